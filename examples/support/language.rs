//! The language argument of the examples.

use talent_match::Language;

/// The language that `word` stands for, or what to use instead.
pub(crate) fn language(word: &str) -> Result<Language, String> {
    match word {
        "en" => Ok(Language::English),
        "zh" => Ok(Language::Chinese),
        _ => Err("use en or zh".to_owned()),
    }
}

//! One thing said in both languages.

use serde::Serialize;

use crate::language::{Language, Words};

/// What is said, in English and in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrase {
    en: String,
    zh: String,
}

impl Phrase {
    /// What `say` says in each language.
    pub fn each(say: impl Fn(Language) -> String) -> Self {
        Self { en: say(Language::English), zh: say(Language::Chinese) }
    }

    /// `words` with the same `values` filled in in both languages.
    #[must_use]
    pub fn fill(words: Words, values: &[(&str, &str)]) -> Self {
        Self::each(|language| words.fill(language, values))
    }

    /// The same in both languages, such as a name.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self::each(|_| name.to_owned())
    }

    /// In `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

impl From<Words> for Phrase {
    fn from(words: Words) -> Self {
        Self::each(|language| words.get(language).to_owned())
    }
}

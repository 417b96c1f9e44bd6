//! What it would take to open classes, as text.

use super::columns as c;
use super::text::{Sheet, amounts, grouped};
use super::words as w;
use crate::language::Language;
use crate::relaxation::{Cost, Relaxation};

/// A table of what it would take to open each class, in `language`; empty for no classes.
#[must_use]
pub fn reopening(classes: &[Relaxation], language: Language) -> String {
    if classes.is_empty() {
        return String::new();
    }
    let mut text = w::REOPENING.get(language).to_owned() + "\n";
    let header = [c::NOT_OPENED.words, c::OWNER.words, w::COST, c::LEAST.words, c::APPLICANTS.words, w::OPENS_WITH];
    let mut sheet = Sheet::new(language, 3, &header);
    for Relaxation { class, cost, opens_with } in classes {
        let cost = match cost {
            Cost::Goals(goals) => amounts(goals, language),
            Cost::Impossible => w::IMPOSSIBLE.get(language).to_owned(),
            Cost::Unknown => w::UNKNOWN.get(language).to_owned(),
        };
        let opens_with = opens_with.map_or_else(|| "–".to_owned(), grouped);
        sheet.row(&[&class.name, &class.owner, &cost, &grouped(class.least), &grouped(class.applicants), &opens_with]);
    }
    sheet.write(&mut text);
    text
}

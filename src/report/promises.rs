//! Promises to hire, as text.

use super::pledge_words as w;
use super::summary::Report;
use super::text::{SHOWN, Sheet, heading, more};
use super::words::{OWNER, PLACED, POST, STATE};
use crate::insight::{PromiseLine, PromiseState};
use crate::language::Language;

impl Report {
    /// The promises: broken ones first, those that miss most people before others.
    pub(super) fn promises(&self, text: &mut String, language: Language) {
        if self.promises.is_empty() {
            return;
        }
        let count = |state| self.promises.iter().filter(|line| line.state == state).count().to_string();
        let counts = [PromiseState::Kept, PromiseState::Broken, PromiseState::Unknown].map(count);
        let [kept, broken, unknown] = counts.each_ref().map(String::as_str);
        let values = [("kept", kept), ("broken", broken), ("unknown", unknown)];
        heading(text, &w::PROMISES.fill(language, &values));
        let mut lines: Vec<&PromiseLine> = self.promises.iter().collect();
        let broken_first = |line: &PromiseLine| (line.state != PromiseState::Broken, std::cmp::Reverse(line.missing));
        lines.sort_by(|a, b| broken_first(a).cmp(&broken_first(b)).then_with(|| a.id.cmp(&b.id)));
        let header = [POST, OWNER, STATE, w::PROMISED, w::TRAINED, w::HIRED, w::MISSING_HIRES, PLACED, w::TO_HIRE];
        let mut sheet = Sheet::new(language, 3, &header);
        for line in lines.iter().take(SHOWN) {
            let percent = w::PERCENT.fill(language, &[("percent", &line.promise.to_string())]);
            let known = |people: Option<u32>| people.map_or_else(|| "–".to_owned(), |people| people.to_string());
            let (trained, hired) = (known(line.trained), known(line.hired));
            let (state, missing, placed) = (line.state.label(language), line.missing, line.placed);
            sheet.row(&[
                &line.name,
                &line.owner,
                &state,
                &percent,
                &trained,
                &hired,
                &missing,
                &placed,
                &line.promised,
            ]);
        }
        sheet.write(text);
        more(text, lines.len(), language);
    }
}

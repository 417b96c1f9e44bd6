//! Fairness and envy, as text.

use std::fmt::Write as _;

use super::fairness_words as w;
use super::summary::Report;
use super::text::{SHOWN, Sheet, heading, more, number, share};
use super::words::{GROUP, PEOPLE, PLACED, SHARE, WITH_CHOICE};
use crate::insight::{FairnessLine, GROUPED_BY, Quantiles};
use crate::language::Language;

fn quartiles(points: &Quantiles, language: Language) -> String {
    let Quantiles { least, lower, median, upper, most } = *points;
    let [least, lower, median, upper, most] = [least, lower, median, upper, most].map(number);
    let values = [("least", least), ("lower", lower), ("median", median), ("upper", upper), ("most", most)];
    w::POINTS.fill(language, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

impl Report {
    /// The groups placed least, of each kind, and envy.
    pub(super) fn fairness(&self, text: &mut String, language: Language) {
        if self.fairness.is_empty() {
            return;
        }
        heading(text, w::FAIRNESS.get(language));
        let mut sheet = Sheet::new(language, 2, &[w::BY, GROUP, PEOPLE, WITH_CHOICE, PLACED, SHARE, w::QUARTILES]);
        let mut hidden = SHOWN;
        for dimension in GROUPED_BY {
            let mut lines: Vec<&FairnessLine> =
                self.fairness.iter().filter(|line| line.group.dimension == dimension).collect();
            // Whoever is placed least first: placed / people ascending, without fractions.
            let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
            lines.sort_by(|a, b| product(a.placed, b.people).cmp(&product(b.placed, a.people)));
            hidden += lines.len().saturating_sub(SHOWN);
            for line in lines.into_iter().take(SHOWN) {
                let points = line.points.map_or_else(|| "–".to_owned(), |points| quartiles(&points, language));
                let (by, group) = (dimension.label(language), line.label(language));
                let rate = share(line.placed, line.people);
                sheet.row(&[&by, &group, &line.people, &line.with_choice, &line.placed, &rate, &points]);
            }
        }
        sheet.write(text);
        more(text, hidden, language);
        if self.envy.of > 0 {
            let words = if self.envy.people == 0 { w::NO_ENVY } else { w::ENVY };
            let numbers = [
                ("of", self.envy.of),
                ("people", self.envy.people),
                ("free", self.envy.free_seat),
                ("occupant", self.envy.occupant),
                ("allowed", self.envy.keeps_limits),
            ]
            .map(|(name, number)| (name, number.to_string()));
            let values = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
            let _ = writeln!(text, "\n{}", words.fill(language, &values));
        }
    }
}

//! The compliance sheet, as text.

use std::fmt::Write as _;

use super::compliance_words as w;
use super::summary::Report;
use super::text::{SHOWN, Sheet, heading, more};
use super::words::{MODE, NOTHING, RULE, SOURCE, STATE};
use crate::insight::{ComplianceLine, ComplianceState, Nearest, Seen};
use crate::language::Language;
use crate::market::{Bound, Measure, Unit};

/// Hundredths of a percent as percent, without superfluous digits.
fn percent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number with its unit, and its whole if it is a part.
pub(super) fn measure(measure: Measure, language: Language) -> String {
    let (unit, amount) = (("unit", measure.unit().label(language)), measure.amount().to_string());
    let of = measure.of().unwrap_or_default().to_string();
    let percent = measure.basis_points().map(percent);
    match (measure.of(), &percent) {
        (None, _) => w::NUMBER.fill(language, &[unit, ("amount", &amount)]),
        (Some(_), None) => w::PART_OF_NONE.fill(language, &[unit, ("amount", &amount)]),
        (Some(_), Some(percent)) => {
            w::PART.fill(language, &[unit, ("amount", &amount), ("of", &of), ("percent", percent)])
        }
    }
}

/// What a number must be.
pub(super) fn limit(bound: Bound, language: Language) -> String {
    let (words, limit) = match bound {
        Bound::Least(limit) => (w::LEAST, limit),
        Bound::Most(limit) => (w::MOST, limit),
    };
    let share = limit.basis_points().filter(|_| limit.unit() == Unit::Share);
    let amount = match share {
        Some(share) => w::PERCENT.fill(language, &[("percent", &percent(share))]),
        None => limit.amount().to_string(),
    };
    words.fill(language, &[("limit", &amount)])
}

fn seen(seen: &Seen, language: Language) -> String {
    match (seen.unit.as_str(), seen.post.as_str(), seen.group.as_str()) {
        ("", "", group) => group.to_owned(),
        (unit, "", _) => unit.to_owned(),
        ("", post, _) => post.to_owned(),
        (unit, post, _) => w::PLACEMENT.fill(language, &[("unit", unit), ("post", post)]),
    }
}

fn row(sheet: &mut Sheet, line: &ComplianceLine, language: Language) {
    let none = || "–".to_owned();
    let name = format!("{} {}", line.code, line.name.get(language));
    let source = line.source.as_ref().map_or("–", |source| source.get(language));
    let (near, counted, limit) = match &line.nearest {
        Some(Nearest { seen: what, reading }) => {
            (seen(what, language), measure(reading.counted, language), limit(reading.bound, language))
        }
        None => (none(), none(), none()),
    };
    let (mode, state) =
        (line.mode.map_or_else(none, |mode| super::text::mode(mode, language)), line.state.label(language));
    let (looked, what) = (line.looked.amount(), line.looked.unit().label(language));
    let cells: [&dyn std::fmt::Display; 12] = [
        &name,
        &source,
        &mode,
        &state,
        &near,
        &counted,
        &limit,
        &what,
        &looked,
        &line.at_limit,
        &line.beyond,
        &line.excused,
    ];
    sheet.row(&cells);
}

impl Report {
    /// Every rule, check and quota that was asked; of mentors, bonds and classes those at their limit.
    pub(super) fn compliance(&self, text: &mut String, language: Language) {
        let count = |state| self.compliance.iter().filter(|line| line.state == state).count();
        let informs = |line: &ComplianceLine| matches!(line.code, "L05" | "L06");
        let asked = |line: &&ComplianceLine| {
            !informs(line) && !matches!(line.state, ComplianceState::NotAsked | ComplianceState::Off)
        };
        heading(text, w::COMPLIANCE.get(language));
        let held = self.compliance.iter().filter(asked).filter(|line| line.state == ComplianceState::Held).count();
        let numbers = [
            ("asked", self.compliance.iter().filter(asked).count()),
            ("held", held),
            ("at_limit", count(ComplianceState::AtLimit)),
            ("exceeded", count(ComplianceState::Exceeded)),
            ("before", count(ComplianceState::Before)),
            ("broken", count(ComplianceState::Broken)),
        ]
        .map(|(name, number)| (name, number.to_string()));
        let values = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
        let _ = writeln!(text, "{}", w::SUMMARY.fill(language, &values));
        let named = |state| {
            // Nothing is said of decisions where there are none.
            let told = |line: &&ComplianceLine| self.decided.is_some() || !matches!(line.code, "R15" | "A12" | "A13");
            let asked = |line: &&ComplianceLine| line.state == state && !informs(line) && line.code != "L07";
            let lines = self.compliance.iter().filter(asked).filter(told);
            let names: Vec<String> = lines.map(|line| format!("{} {}", line.code, line.id).trim().to_owned()).collect();
            if names.is_empty() { NOTHING.get(language).to_owned() } else { language.list(&names) }
        };
        let (unasked, off) = (named(ComplianceState::NotAsked), named(ComplianceState::Off));
        let _ = writeln!(text, "{}", w::UNASKED.fill(language, &[("codes", &unasked), ("off", &off)]));
        self.agreements(text, language);
        let header = [
            RULE,
            SOURCE,
            MODE,
            STATE,
            w::NEAREST,
            w::COUNTED,
            w::LIMIT,
            w::WHAT,
            w::LOOKED,
            w::AT_LIMIT,
            w::BROKEN,
            w::EXCUSED,
        ];
        let mut sheet = Sheet::new(language, 8, &header);
        let each = |line: &&ComplianceLine| matches!(line.code, "L02" | "L03" | "L04" | "L07");
        self.compliance
            .iter()
            .filter(asked)
            .filter(|line| !each(line))
            .for_each(|line| row(&mut sheet, line, language));
        let pressing = |line: &&ComplianceLine| each(line) && line.state != ComplianceState::Held;
        let pressing: Vec<&ComplianceLine> = self.compliance.iter().filter(asked).filter(pressing).collect();
        pressing.iter().take(SHOWN).for_each(|line| row(&mut sheet, line, language));
        sheet.write(text);
        more(text, pressing.len(), language);
    }

    fn agreements(&self, text: &mut String, language: Language) {
        let of = |code: &'static str| self.compliance.iter().filter(move |line| line.code == code);
        let all = of("L05").count();
        if all == 0 {
            return;
        }
        let used = of("L05").filter(|line| line.looked.amount() > 0).count();
        let none: i64 = of("L06").map(|line| line.looked.amount()).sum();
        let numbers = [used.to_string(), all.to_string(), none.to_string()];
        let [used, all, none] = numbers.each_ref().map(String::as_str);
        let _ = writeln!(text, "{}", w::AGREEMENTS.fill(language, &[("used", used), ("all", all), ("none", none)]));
    }
}

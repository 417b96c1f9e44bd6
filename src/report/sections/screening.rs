//! The rules, and what each of them cut.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, Table, grouped};
use super::words as w;
use crate::insight::CutLine;
use crate::language::Phrase;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let row = |line: &CutLine| {
        let rule = Phrase::each(|language| {
            w::RULE_NAMED.fill(language, &[("code", line.code), ("rule", line.rule.label(language))])
        });
        let source = Phrase::each(|language| line.rule.source(language));
        vec![Cell::term(line.code, rule), Cell::term("", source), super::measures::mode(line.mode), line.pairs.into()]
    };
    let columns = [c::RULE, c::RULE_SOURCE, c::MODE, c::PAIRS];
    let table = Table::new("rules", w::RULES_CAPTION, &columns).with(report.rules.iter().map(row));
    let heading = Phrase::fill(w::RULES, &[("pairs", &grouped(report.pairs))]);
    Section::new(Topic::Screening, heading).table(table)
}

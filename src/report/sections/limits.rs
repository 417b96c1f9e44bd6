//! Quotas, mentors and bonds.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, Table};
use super::words as w;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let columns = [c::ID, c::LIMIT, c::SOURCE, c::LIMITS, c::PRESSING, c::AT_LIMIT, c::CLOSED, c::EXCEEDED, c::BEYOND];
    let rows = report.limits.iter().map(|rule| {
        let name = match (rule.name.is_empty(), rule.id.as_str()) {
            (false, _) => Cell::name(&rule.name),
            (true, "mentors") => Cell::term("mentors", w::MENTORS),
            (true, bond) => Cell::name(bond),
        };
        vec![
            Cell::name(&rule.id),
            name,
            Cell::name(rule.source.as_deref().unwrap_or_default()),
            rule.limits.into(),
            rule.pressing.into(),
            rule.at_limit.into(),
            rule.closed.into(),
            rule.exceeded.into(),
            rule.beyond.into(),
        ]
    });
    let table = Table::new("limits", w::LIMITS, &columns).with(rows);
    Section::new(Topic::Limits, w::LIMITS).table(table)
}

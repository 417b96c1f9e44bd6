//! Quotas, mentors and bonds.

use super::columns as c;
use super::prices::dearest;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, SHOWN, Table};
use super::words as w;
use crate::insight::LimitLine;
use crate::report::Report;
use crate::report::measures::sides;

/// Every group of a quota and everybody's mentors, from both sides.
fn prices(report: &Report) -> Table {
    let limits = report.prices.iter().flat_map(|prices| &prices.limits);
    let mut limits: Vec<&LimitLine> = limits.collect();
    limits.sort_by_key(|line| std::cmp::Reverse(line.sides.as_ref().map_or(0, dearest)));
    let rows = limits.into_iter().map(|line| {
        let about = vec![Cell::name(&line.limit), Cell::term(line.force.word(), line.force.words())];
        [about, sides(line.sides.as_ref()).to_vec()].concat()
    });
    let columns = [c::LIMIT, c::FORCE, c::ONE_MORE, c::ONE_FEWER, c::LOWER_MINIMUM];
    Table::new("limit_prices", w::LIMIT_PRICES, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows)
}

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
    Section::new(Topic::Limits, w::LIMITS).table(table).table(prices(report))
}

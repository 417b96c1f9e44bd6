//! The investment incentive: the latest years first, then those who set off most.

use super::columns as c;
use super::pledge_words as w;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, SHOWN, Table};
use crate::insight::IncentiveLine;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let mut lines: Vec<&IncentiveLine> = report.incentives.iter().collect();
    let latest = |a: &IncentiveLine, b: &IncentiveLine| b.year.cmp(&a.year).then(b.offset.cmp(&a.offset));
    lines.sort_by(|a, b| latest(a, b).then_with(|| a.enterprise.cmp(&b.enterprise)));
    let rows = lines.into_iter().map(|line| {
        let mut row = vec![Cell::name(&line.enterprise), Cell::name(&line.name), Cell::name(&line.year.to_string())];
        let before = [line.invested, line.brought, line.credit, line.lapsed];
        let after = [line.surcharge, line.offset, line.repaid, line.carried];
        row.extend(before.into_iter().chain(after).map(Cell::Fen));
        row
    });
    let columns = [
        c::ID,
        c::ENTERPRISE,
        c::YEAR,
        c::INVESTED,
        c::BROUGHT,
        c::CREDIT,
        c::LAPSED,
        c::SURCHARGE,
        c::OFFSET,
        c::REPAID,
        c::CARRIED,
    ];
    let table = Table::new("incentives", w::INCENTIVES, &columns).shown(SHOWN, IN_PAGE).with(rows);
    Section::new(Topic::Incentives, w::INCENTIVES).table(table)
}

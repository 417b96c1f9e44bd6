//! The enterprises, those with most seats left first.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, SHOWN, Table};
use super::words as w;
use crate::insight::EnterpriseLine;
use crate::report::Report;
use crate::report::sectors::sector;

pub(in crate::report) fn section(report: &Report) -> Section {
    let left = |line: &EnterpriseLine| line.seats - line.filled;
    let mut lines: Vec<&EnterpriseLine> = report.enterprises.iter().collect();
    lines.sort_by(|a, b| left(b).cmp(&left(a)).then_with(|| a.id.cmp(&b.id)));
    let rows = lines.into_iter().map(|line| {
        vec![
            Cell::name(&line.id),
            Cell::name(&line.name),
            line.sector.as_deref().map_or(Cell::Nothing, sector),
            line.seats.into(),
            line.filled.into(),
            left(line).into(),
        ]
    });
    let columns = [c::ID, c::ENTERPRISE, c::SECTOR, c::SEATS, c::FILLED, c::LEFT];
    let table = Table::new("enterprises", w::ENTERPRISES, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows);
    Section::new(Topic::Enterprises, w::ENTERPRISES).table(table)
}

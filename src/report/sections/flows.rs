//! Who went where, from categories of programmes to sectors.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, SHOWN, Table};
use super::words as w;
use crate::insight::{Destination, FlowLine};
use crate::report::Report;
use crate::report::sectors::sector;

pub(in crate::report) fn section(report: &Report) -> Section {
    let mut flows: Vec<&FlowLine> = report.flows.iter().collect();
    flows.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| (a.category, &a.to).cmp(&(b.category, &b.to))));
    let rows = flows.into_iter().map(|line| {
        let from = line.category.map_or_else(
            || Cell::term("none", w::NO_CATEGORY),
            |category| Cell::term(category.word(), category.words()),
        );
        let to = match &line.to {
            Destination::Sector(name) => sector(name),
            Destination::Unstated => Cell::term("unstated", w::NO_SECTOR),
            Destination::School => Cell::term("school", w::AT_A_SCHOOL),
        };
        vec![from, to, line.people.into()]
    });
    let table = Table::new("flows", w::FLOWS_CAPTION, &[c::CATEGORY, c::DESTINATION, c::PEOPLE]);
    let picture = Picture::Flow { from: c::CATEGORY.code, to: c::DESTINATION.code, people: c::PEOPLE.code };
    Section::new(Topic::Flows, w::FLOWS).table(table.shown(SHOWN, 400).with(rows).drawn(picture))
}

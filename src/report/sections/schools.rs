//! The schools.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, Table};
use super::words as w;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let rows = report.schools.iter().map(|line| {
        vec![
            Cell::name(&line.id),
            Cell::name(&line.name),
            line.people.into(),
            line.with_choice.into(),
            line.placed.into(),
            Cell::share(line.placed, line.people),
        ]
    });
    let columns = [c::ID, c::SCHOOL, c::PEOPLE, c::WITH_CHOICE, c::PLACED, c::SHARE];
    let table = Table::new("schools", w::SCHOOLS_CAPTION, &columns).shown(usize::MAX, IN_PAGE).folded().with(rows);
    Section::new(Topic::Schools, w::SCHOOLS).table(table)
}

//! What became of earlier rounds.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, Table};
use super::words as w;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let rows = report.decided.iter().flat_map(|decided| {
        [
            ("standing", w::STANDING, decided.standing),
            ("left", w::DEPARTED, decided.left),
            ("stayed", w::STAYED, decided.stayed),
            ("moved", w::MOVED, decided.moved),
            ("displaced", w::DISPLACED, decided.displaced),
            ("new", w::NEW, decided.new),
        ]
    });
    let rows = rows.map(|(code, words, people)| vec![Cell::term(code, words), people.into()]);
    let table = Table::new("decided", w::DECIDED, &[c::EARLIER, c::PEOPLE]).with(rows);
    Section::new(Topic::Decided, w::DECIDED).table(table)
}

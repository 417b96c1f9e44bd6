//! The classes that open or not.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, SHOWN, Table, grouped};
use super::words as w;
use crate::insight::ClassLine;
use crate::language::Phrase;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let (mut cancelled, opened): (Vec<&ClassLine>, Vec<&ClassLine>) =
        report.classes.iter().partition(|class| class.placed == 0);
    // Those that came nearest to opening first.
    cancelled.sort_by(|a, b| (a.missing, &a.id).cmp(&(b.missing, &b.id)));
    let state = |class: &ClassLine| Cell::term(class.state.word(), class.state.words());
    let row = |class: &&ClassLine| {
        vec![
            Cell::name(&class.id),
            Cell::name(&class.name),
            Cell::name(&class.owner),
            state(class),
            class.least.into(),
            class.applicants.into(),
            class.missing.into(),
        ]
    };
    let columns = [c::ID, c::NOT_OPENED, c::OWNER, c::CAUSE, c::LEAST, c::APPLICANTS, c::MISSING];
    let closed = Table::new("not_opened", w::NOT_OPENED, &columns).shown(SHOWN, IN_PAGE);
    let closed = closed.with(cancelled.iter().map(row));
    let row = |class: &ClassLine| {
        vec![
            Cell::name(&class.id),
            Cell::name(&class.name),
            Cell::name(&class.owner),
            Cell::term(class.kind.word(), class.kind.words()),
            state(class),
            class.least.into(),
            class.seats.into(),
            class.applicants.into(),
            class.placed.into(),
        ]
    };
    let columns = [c::ID, c::CLASS, c::OWNER, c::KIND, c::STATE, c::LEAST, c::SEATS, c::APPLICANTS, c::PLACED];
    let all = Table::new("classes", w::ALL_CLASSES, &columns).shown(0, IN_PAGE).folded();
    let all = all.with(report.classes.iter().map(row));
    let numbers = [report.classes.len(), opened.len()].map(grouped);
    let heading = Phrase::fill(w::CLASSES, &[("all", &numbers[0]), ("opened", &numbers[1])]);
    Section::new(Topic::Classes, heading).table(closed).table(all)
}

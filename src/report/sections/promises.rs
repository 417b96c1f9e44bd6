//! Promises to hire: broken ones first, those that miss most people before others.

use super::columns as c;
use super::pledge_words as w;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, SHOWN, Table, grouped};
use crate::insight::{PromiseLine, PromiseState};
use crate::language::Phrase;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let count = |state| grouped(report.promises.iter().filter(|line| line.state == state).count());
    let counts = [PromiseState::Kept, PromiseState::Broken, PromiseState::Unknown].map(count);
    let [kept, broken, unknown] = counts.each_ref().map(String::as_str);
    let heading = Phrase::fill(w::PROMISES, &[("kept", kept), ("broken", broken), ("unknown", unknown)]);
    let mut lines: Vec<&PromiseLine> = report.promises.iter().collect();
    let broken_first = |line: &PromiseLine| (line.state != PromiseState::Broken, std::cmp::Reverse(line.missing));
    lines.sort_by(|a, b| broken_first(a).cmp(&broken_first(b)).then_with(|| a.id.cmp(&b.id)));
    let known = |people: Option<u32>| people.map_or(Cell::Nothing, Cell::from);
    let rows = lines.into_iter().map(|line| {
        vec![
            Cell::name(&line.id),
            Cell::name(&line.name),
            Cell::name(&line.owner),
            Cell::term(line.state.word(), line.state.words()),
            u32::from(line.promise).into(),
            known(line.trained),
            known(line.hired),
            line.missing.into(),
            line.placed.into(),
            line.promised.into(),
        ]
    });
    let columns =
        [c::ID, c::POST, c::OWNER, c::STATE, c::PROMISED, c::TRAINED, c::HIRED, c::MISSING, c::PLACED, c::TO_HIRE];
    let table = Table::new("promises", heading.clone(), &columns).shown(SHOWN, IN_PAGE).with(rows);
    Section::new(Topic::Promises, heading).table(table)
}

//! The goals, everybody and each circumstance, and the wishes.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, Table, grouped};
use super::words as w;
use crate::formulation::Goal;
use crate::language::Phrase;
use crate::report::Report;

/// The round in a handful of figures, each a part of a whole.
fn headline(report: &Report) -> Table {
    let everybody = report.people.iter().find(|line| line.flag.is_none());
    let (people, placed) = everybody.map_or((0, 0), |line| (line.people, line.placed));
    let filled = report.tracks.iter().map(|line| line.placed).sum();
    let inside = report.goals.iter().find(|value| value.goal == Goal::InConsortium);
    let opened = report.classes.iter().filter(|class| class.placed > 0).count() as u64;
    let wishes = &report.wishes;
    let figures = [
        ("placed", w::PEOPLE_PLACED, placed, people),
        ("filled", w::SEATS_FILLED, filled, report.seats),
        ("inside", w::PLACED_INSIDE, inside.map_or(0, |value| value.amount as u64), inside.map_or(0, |_| placed)),
        ("first_wish", w::FIRST_WISHES, wishes.first, wishes.people),
        ("any_wish", w::ANY_WISH, wishes.any, wishes.people),
        ("opened", w::CLASSES_OPENED, opened, report.classes.len() as u64),
    ];
    let rows = figures.into_iter().filter(|(.., whole)| *whole > 0).map(|(code, words, number, whole)| {
        vec![Cell::term(code, words), number.into(), whole.into(), Cell::share(number, whole)]
    });
    let picture =
        Picture::Cards { name: c::FIGURE.code, number: c::NUMBER.code, whole: c::WHOLE.code, share: c::SHARE.code };
    let table = Table::new("headline", w::HEADLINE, &[c::FIGURE, c::NUMBER, c::WHOLE, c::SHARE]);
    table.shown(0, IN_PAGE).with(rows).drawn(picture)
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let goal = |line: &crate::insight::GoalValue| {
        let words = Phrase::each(|language| line.goal.label(language));
        vec![Cell::term(line.goal.word(), words), Cell::Amount(line.amount)]
    };
    let goals = Table::new("goals", w::GOALS, &[c::GOAL, c::REACHED]).with(report.goals.iter().map(goal));
    let group = |line: &crate::insight::EquityLine| {
        let name = line
            .flag
            .map_or_else(|| Cell::term("everybody", w::EVERYBODY), |flag| Cell::term(flag.word(), flag.words()));
        vec![name, line.people.into(), line.placed.into(), Cell::share(line.placed, line.people)]
    };
    let people = Table::new("people", w::CIRCUMSTANCES, &[c::GROUP, c::PEOPLE, c::PLACED, c::SHARE]);
    let wishes = [report.wishes.people, report.wishes.first, report.wishes.any].map(grouped);
    let [of, first, any] = &wishes;
    Section::new(Topic::Overview, w::OVERVIEW)
        .table(headline(report))
        .table(goals)
        .table(people.with(report.people.iter().map(group)))
        .say(Phrase::fill(w::WISHES, &[("people", of), ("first", first), ("any", any)]))
}

//! The round with something changed, beside it, as far as it was asked.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, SHOWN, Table};
use super::what_if_words as w;
use crate::formulation::Goal;
use crate::language::Phrase;
use crate::report::{Curve, Report};
use crate::what_if::{Comparison, GoalChange, SweepPoint};

fn amount(amount: Option<f64>) -> Cell {
    amount.map_or(Cell::Nothing, Cell::Amount)
}

fn named(name: &str) -> Cell {
    if name.is_empty() { Cell::term("nameless", w::NAMELESS) } else { Cell::name(name) }
}

fn goals(lines: &[Comparison]) -> Table {
    let rows = lines.iter().flat_map(|line| line.goals.iter().map(move |goal| (line, goal)));
    let rows = rows.map(|(line, goal)| {
        let name = Cell::term(goal.goal.word(), goal.goal.words());
        let stay = if line.can_stay { Cell::term("yes", w::YES) } else { Cell::term("no", w::NO) };
        vec![named(&line.name), name, stay, amount(goal.before), amount(goal.after), amount(goal.by())]
    });
    let columns = [c::CHANGED, c::GOAL, c::CAN_STAY, c::BEFORE, c::AFTER, c::DIFFERENCE];
    Table::new("what_if", w::GOALS, &columns).shown(SHOWN, IN_PAGE).with(rows)
}

fn people(lines: &[Comparison]) -> Table {
    let rows = lines.iter().flat_map(|line| line.people.iter().map(move |(turn, people)| (line, turn, people)));
    let rows = rows
        .map(|(line, turn, people)| vec![named(&line.name), Cell::term(turn.word(), turn.words()), (*people).into()]);
    Table::new("what_if_people", w::WHOM, &[c::CHANGED, c::TURN, c::CONCERNED]).shown(SHOWN, IN_PAGE).with(rows)
}

/// How much more of `goal` a point reaches.
fn more(point: &SweepPoint, goal: Goal) -> Cell {
    let goals = point.comparison.iter().flat_map(|comparison| &comparison.goals);
    amount(goals.filter(|change| change.goal == goal).find_map(GoalChange::by))
}

fn curves(curves: &[Curve]) -> Table {
    let rows = curves.iter().flat_map(|curve| curve.points.iter().map(move |point| (curve, point)));
    let rows = rows.map(|(curve, point)| {
        let concerned = point.comparison.as_ref().map(|comparison| comparison.people.values().sum::<u64>());
        vec![
            named(&curve.name),
            point.value.into(),
            Cell::term(point.state.word(), point.state.words()),
            more(point, Goal::Placed),
            more(point, Goal::InConsortium),
            more(point, Goal::Score),
            concerned.map_or(Cell::Nothing, Cell::from),
        ]
    });
    let columns = [c::CHANGED, c::VALUE, c::STATE, c::MORE_PLACED, c::MORE_INSIDE, c::MORE_POINTS, c::CONCERNED];
    let picture = Picture::Line { group: c::CHANGED.code, across: c::VALUE.code, up: c::MORE_PLACED.code };
    Table::new("curves", w::CURVES, &columns).shown(SHOWN, IN_PAGE).with(rows).drawn(picture)
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let section = Section::new(Topic::WhatIf, w::HEADING);
    let exact = report.what_if.iter().all(|comparison| comparison.exact);
    let rests = if exact { w::EXACT } else { w::NOT_EXACT };
    let mut section = if report.what_if.is_empty() { section } else { section.say(rests) };
    let points = report.curves.iter().flat_map(|curve| &curve.points).filter_map(|point| point.comparison.as_ref());
    if !report.what_if.iter().chain(points).all(Comparison::are_comparable) {
        section = section.say(w::OTHER_POINTS);
    }
    for (line, stay) in report.what_if.iter().filter_map(|line| Some((line, line.stay()?))) {
        section = section.say(Phrase::each(|language| {
            let name = if line.name.is_empty() { w::NAMELESS.get(language) } else { &line.name };
            w::OF_CHANGE.fill(language, &[("name", name), ("said", stay.get(language))])
        }));
    }
    section.table(goals(&report.what_if)).table(people(&report.what_if)).table(curves(&report.curves))
}

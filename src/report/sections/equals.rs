//! Placements that were decided among equals: who, where, and among whom.

use std::collections::BTreeMap;

use super::answer_words::NAMED;
use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, SHOWN, Table, grouped};
use super::words as w;
use crate::certificate::Condition;
use crate::insight::{Certain, CertaintyCount, PostName, Tie, Tied};
use crate::language::{Language, Phrase};
use crate::report::Report;

/// Of a list in a cell, so many stand in its words; files have all.
const LISTED: usize = 4;

/// A list as a cell: `code|code` in files.
fn list<T>(items: &[T], code: impl Fn(&T) -> String, said: impl Fn(&T, Language) -> String) -> Cell {
    if items.is_empty() {
        return Cell::Nothing;
    }
    let codes: Vec<String> = items.iter().map(code).collect();
    let words = Phrase::each(|language| {
        let first: Vec<String> = items.iter().take(LISTED).map(|item| said(item, language)).collect();
        let (first, rest) = (language.list(&first), items.len().saturating_sub(LISTED));
        match rest {
            0 => first,
            _ => w::AND_OTHERS.fill(language, &[("list", &first), ("count", &grouped(rest))]),
        }
    });
    Cell::term(&codes.join("|"), words)
}

fn certainty(lines: &[CertaintyCount]) -> Table {
    let rows = lines.iter().map(|line| {
        // Pairs that are not placed place nobody.
        let placed = matches!(line.certain, Certain::Every | Certain::Some);
        let people = if placed { line.people.into() } else { Cell::Nothing };
        vec![Cell::term(line.certain.word(), line.certain.words()), line.pairs.into(), people]
    });
    Table::new("certainty", w::CERTAINTY, &[c::CERTAIN, c::PAIRS_SO, c::PEOPLE]).with(rows)
}

/// Each person or cohort with the posts it is at, and those where it would be as good: `post:people` in files.
fn people(ties: &[Tie]) -> Table {
    type Place<'a> = (&'a PostName, u32);
    let mut units: BTreeMap<(&str, &str), [Vec<Place<'_>>; 2]> = BTreeMap::new();
    for (tie, tied) in ties.iter().flat_map(|tie| tie.people.iter().map(move |tied| (tie, tied))) {
        let places = units.entry((&tied.lot, &tied.unit)).or_default();
        places[usize::from(tied.people == 0)].push((&tie.post, tied.people));
    }
    let posts = |places: &Vec<Place<'_>>| {
        let said = |(post, _): &Place<'_>, language| NAMED.fill(language, &[("name", &post.name), ("id", &post.id)]);
        list(places, |(post, people)| format!("{}:{people}", post.id), said)
    };
    let rows = units
        .iter()
        .map(|((lot, unit), [here, elsewhere])| vec![Cell::name(unit), Cell::name(lot), posts(here), posts(elsewhere)]);
    let columns = [c::UNIT, c::LOT, c::PLACED_AT, c::AS_GOOD_AT];
    Table::new("equal_people", w::EQUAL_PEOPLE, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows)
}

/// Each post with the people of whom another result has others there: `unit:lottery number` in files.
fn posts(ties: &[Tie]) -> Table {
    let rows = ties.iter().map(|tie| {
        let (here, others): (Vec<&Tied>, Vec<&Tied>) = tie.people.iter().partition(|tied| tied.people > 0);
        let people =
            |people: &[&Tied]| list(people, |tied| format!("{}:{}", tied.unit, tied.lot), |tied, _| tied.unit.clone());
        let PostName { id, name, owner } = &tie.post;
        vec![Cell::name(id), Cell::name(name), Cell::name(owner), people(&here), people(&others)]
    });
    let columns = [c::ID, c::POST, c::OWNER, c::HERE, c::AS_GOOD_HERE];
    Table::new("equal_posts", w::EQUAL_POSTS, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows)
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let mut section = Section::new(Topic::Equals, w::EQUALS);
    if let Some(decider) = report.decided_by.filter(|_| !report.certainty.is_empty()) {
        section = section.say(if report.ties.is_empty() { w::NO_EQUALS } else { decider.words() });
        if report.certificate.iter().any(|line| line.kind == Condition::Cases && line.state == "holds") {
            section = section.say(w::EQUALS_STANDING);
        }
    }
    section.table(certainty(&report.certainty)).table(people(&report.ties)).table(posts(&report.ties))
}

//! Rates and points of each group, whoever is placed least first, and envy.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, SHOWN, Table, grouped};
use super::words as w;
use crate::insight::{FairnessLine, GROUPED_BY, label_of};
use crate::language::{Language, Phrase, Words};
use crate::market::Dimension;
use crate::report::Report;

/// The table of the groups of a dimension, and how it is drawn.
const fn table_of(dimension: Dimension) -> (&'static str, Words, Picture) {
    let share = c::SHARE.code;
    match dimension {
        Dimension::School => ("rates_school", w::RATES_SCHOOL, Picture::Rates { name: c::SCHOOL.code, share }),
        Dimension::Level => ("rates_level", w::RATES_LEVEL, Picture::Rates { name: c::LEVEL.code, share }),
        Dimension::Home => ("rates_home", w::RATES_HOME, Picture::Rates { name: c::HOME.code, share }),
        _ => ("rates_flag", w::RATES_FLAG, Picture::Rates { name: c::FLAG.code, share }),
    }
}

fn row(line: &FairnessLine) -> Vec<Cell> {
    let label = || Phrase::each(|language| line.label(language));
    let known = label_of(&line.group, Language::English).is_some();
    let group = if known { Cell::term(&line.group.value, label()) } else { Cell::name(label().get(Language::English)) };
    let points = match line.points {
        Some(points) => [points.least, points.lower, points.median, points.upper, points.most].map(Cell::Amount),
        None => [const { Cell::Nothing }; 5],
    };
    let mut row = vec![
        Cell::name(&line.group.value),
        group,
        line.people.into(),
        line.with_choice.into(),
        line.placed.into(),
        Cell::share(line.placed, line.people),
    ];
    row.extend(points);
    row
}

fn rates(report: &Report, dimension: Dimension) -> Table {
    let of_it = |line: &&FairnessLine| line.group.dimension == dimension;
    let mut lines: Vec<&FairnessLine> = report.fairness.iter().filter(of_it).collect();
    // Whoever is placed least first: placed / people ascending, without fractions.
    let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
    lines.sort_by(|a, b| product(a.placed, b.people).cmp(&product(b.placed, a.people)));
    let (code, caption, picture) = table_of(dimension);
    let columns = [
        c::ID,
        c::of(dimension),
        c::PEOPLE,
        c::WITH_CHOICE,
        c::PLACED,
        c::SHARE,
        c::LOWEST,
        c::LOWER,
        c::MEDIAN,
        c::UPPER,
        c::HIGHEST,
    ];
    let table = Table::new(code, caption, &columns).shown(SHOWN, IN_PAGE);
    table.with(lines.into_iter().map(row)).drawn(picture)
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let section = Section::new(Topic::Fairness, w::FAIRNESS);
    let section = GROUPED_BY.into_iter().fold(section, |section, by| section.table(rates(report, by)));
    let envy = &report.envy;
    if envy.of == 0 {
        return section;
    }
    let words = if envy.people == 0 { w::NO_ENVY } else { w::ENVY };
    let numbers = [envy.of, envy.people, envy.free_seat, envy.occupant, envy.keeps_limits].map(grouped);
    let [of, people, free, occupant, allowed] = &numbers;
    let values = [("of", of), ("people", people), ("free", free), ("occupant", occupant), ("allowed", allowed)];
    section.say(Phrase::fill(words, &values.map(|(name, value)| (name, value.as_str()))))
}

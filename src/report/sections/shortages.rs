//! Seats left and people left by group, with causes that add up, and what stays empty whoever is placed where.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, SHOWN, Table, grouped};
use super::words as w;
use crate::insight::{CauseLine, PEOPLE_BY, POSTS_BY, ShortageCut, ShortageLine, SurplusLine, label_of};
use crate::language::{Language, Phrase, Words};
use crate::market::{Dimension, Facet};
use crate::report::Report;
use crate::report::sectors::{sector, sector_words};
use crate::report::text::write;

/// Names that a sentence lists.
const NAMED: usize = 3;

fn called<'a>(group: &'a Facet, name: &'a str, language: Language) -> &'a str {
    if group.dimension == Dimension::Sector {
        return sector_words(&group.value).map_or(&group.value, |words| words.get(language));
    }
    label_of(group, language).or(Some(name).filter(|name| !name.is_empty())).unwrap_or(&group.value)
}

/// The name of a group as a cell.
fn group(facet: &Facet, name: &str) -> Cell {
    match facet.dimension {
        Dimension::Sector => sector(&facet.value),
        _ if label_of(facet, Language::English).is_some() => {
            Cell::term(&facet.value, Phrase::each(|language| called(facet, name, language)))
        }
        _ => Cell::name(called(facet, name, Language::English)),
    }
}

/// The causes: `rule:R05:12|held:3` in files.
fn causes(lines: &[CauseLine]) -> Cell {
    if lines.is_empty() {
        return Cell::Nothing;
    }
    let code = |line: &CauseLine| match line.rule {
        Some(rule) => format!("{}:{}:{}", line.cause.word(), rule.code(), line.count),
        None => format!("{}:{}", line.cause.word(), line.count),
    };
    let say = |line: &CauseLine, language: Language| {
        let count = grouped(line.count);
        match line.rule {
            Some(rule) => {
                let values = [("code", rule.code()), ("rule", rule.label(language)), ("count", &count)];
                w::BY_RULE.fill(language, &values)
            }
            None => w::BY_CAUSE.fill(language, &[("cause", line.cause.label(language)), ("count", &count)]),
        }
    };
    let words = |language: Language| language.list(&lines.iter().map(|line| say(line, language)).collect::<Vec<_>>());
    Cell::term(&lines.iter().map(code).collect::<Vec<_>>().join("|"), Phrase::each(words))
}

const fn of_posts(dimension: Dimension) -> (&'static str, Words) {
    match dimension {
        Dimension::Kind => ("shortages_kind", w::SHORTAGES_KIND),
        Dimension::Sector => ("shortages_sector", w::SHORTAGES_SECTOR),
        Dimension::Occupation => ("shortages_occupation", w::SHORTAGES_OCCUPATION),
        _ => ("shortages_place", w::SHORTAGES_PLACE),
    }
}

const fn of_people(dimension: Dimension) -> (&'static str, Words) {
    match dimension {
        Dimension::School => ("surpluses_school", w::SURPLUSES_SCHOOL),
        _ => ("surpluses_programme", w::SURPLUSES_PROGRAMME),
    }
}

fn shortages(lines: &[&ShortageLine], dimension: Dimension) -> Table {
    let (code, caption) = of_posts(dimension);
    let columns = [c::ID, c::of(dimension), c::CAUSES, c::SEATS, c::APPLICANTS, c::PLACED, c::LEFT];
    let rows = lines.iter().filter(|line| line.group.dimension == dimension).map(|line| {
        vec![
            Cell::name(&line.group.value),
            group(&line.group, &line.name),
            causes(&line.causes),
            line.demand.into(),
            line.supply.into(),
            line.placed.into(),
            line.unfilled.into(),
        ]
    });
    let table = Table::new(code, caption, &columns).shown(SHOWN, IN_PAGE / 4).with(rows);
    let name = c::of(dimension).code;
    match dimension {
        Dimension::Kind => table,
        Dimension::Sector => table.drawn(Picture::Bars { name, parts: &[c::PLACED.code, c::LEFT.code] }),
        _ => table.drawn(Picture::Bars { name, parts: &[c::LEFT.code] }),
    }
}

fn surpluses(lines: &[&SurplusLine], dimension: Dimension) -> Table {
    let (code, caption) = of_people(dimension);
    let columns = [c::ID, c::of(dimension), c::CAUSES, c::PEOPLE, c::OPEN_SEATS, c::PLACED, c::UNPLACED];
    let rows = lines.iter().filter(|line| line.group.dimension == dimension).map(|line| {
        vec![
            Cell::name(&line.group.value),
            group(&line.group, &line.name),
            causes(&line.causes),
            line.people.into(),
            line.demand.into(),
            line.placed.into(),
            line.unplaced.into(),
        ]
    });
    let table = Table::new(code, caption, &columns).shown(SHOWN, IN_PAGE / 2).with(rows);
    let parts = &[c::PLACED.code, c::UNPLACED.code];
    match dimension {
        Dimension::School => table.drawn(Picture::Bars { name: c::SCHOOL.code, parts }),
        _ => table.folded(),
    }
}

/// What stays empty of each group of posts, whoever is placed where.
fn cuts_of(cuts: &[(&ShortageLine, &ShortageCut)]) -> Table {
    let rows = cuts.iter().map(|(line, cut)| {
        let by = line.group.dimension;
        vec![
            Cell::name(&line.group.to_string()),
            Cell::term(by.word(), by.words()),
            group(&line.group, &line.name),
            (cut.posts.len() as u64).into(),
            cut.seats.into(),
            cut.people.into(),
            cut.short.into(),
        ]
    });
    let columns = [c::ID, c::BY, c::GROUP, c::POSTS, c::SEATS, c::APPLICANTS, c::SHORT];
    Table::new("cuts", w::CUTS, &columns).shown(0, IN_PAGE).folded().with(rows)
}

/// The first of `names`, and that there are more.
fn listed(names: impl Iterator<Item = String>, language: Language) -> String {
    let mut names: Vec<String> = names.take(NAMED + 1).collect();
    if let Some(last) = names.get_mut(NAMED) {
        "…".clone_into(last);
    }
    if names.is_empty() { w::NOBODY.get(language).to_owned() } else { language.list(&names) }
}

fn cut(line: &ShortageLine, cut: &ShortageCut, language: Language) -> String {
    let names = listed(cut.posts.iter().map(|post| post.name.clone()), language);
    let homes = cut.homes.iter().map(|home| {
        w::HOME.fill(language, &[("people", &grouped(home.people)), ("name", &home.name), ("id", &home.id)])
    });
    let homes = listed(homes, language);
    let numbers = [cut.seats, cut.posts.len() as u64, cut.people, cut.short].map(grouped);
    let [seats, posts, people, short] = &numbers;
    let group = called(&line.group, &line.name, language);
    let (by, group) = (("by", line.group.dimension.label(language)), ("group", group));
    let numbers = [("seats", seats.as_str()), ("posts", posts), ("people", people), ("short", short)];
    let values = [[by, group].as_slice(), &numbers, &[("names", &names), ("homes", &homes)]].concat();
    w::CUT.fill(language, &values)
}

/// What the lines say, the groups with most left first.
fn of(shortages_: &[ShortageLine], surpluses_: &[SurplusLine]) -> Section {
    let mut posts: Vec<&ShortageLine> = shortages_.iter().filter(|line| line.unfilled > 0).collect();
    posts.sort_by(|a, b| b.unfilled.cmp(&a.unfilled).then_with(|| a.group.cmp(&b.group)));
    let mut people: Vec<&SurplusLine> = surpluses_.iter().filter(|line| line.unplaced > 0).collect();
    people.sort_by(|a, b| b.unplaced.cmp(&a.unplaced).then_with(|| a.group.cmp(&b.group)));
    let mut section = Section::new(Topic::Shortages, w::SHORTAGES);
    for dimension in POSTS_BY {
        section = section.table(shortages(&posts, dimension));
    }
    let cuts: Vec<(&ShortageLine, &ShortageCut)> =
        posts.iter().filter_map(|line| Some((*line, line.cut.as_ref()?))).collect();
    if !cuts.is_empty() {
        section = section.say(w::CUTS);
    }
    for (line, found) in cuts.iter().take(NAMED) {
        section = section.say(Phrase::each(|language| cut(line, found, language)));
    }
    section = section.table(cuts_of(&cuts));
    if !people.is_empty() {
        section = section.say(w::SURPLUSES);
    }
    PEOPLE_BY.into_iter().fold(section, |section, by| section.table(surpluses(&people, by)))
}

pub(in crate::report) fn section(report: &Report) -> Section {
    of(&report.shortages, &report.surpluses)
}

/// The groups of posts with most seats left and those of people with most people left, with their causes, and what stays empty
/// whoever is placed where, in `language`; empty where nothing is left.
#[must_use]
pub fn scarcity(shortages: &[ShortageLine], surpluses: &[SurplusLine], language: Language) -> String {
    let section = of(shortages, surpluses);
    let mut text = String::new();
    write(&section, &mut text, language, w::MORE);
    text
}

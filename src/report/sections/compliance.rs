//! The compliance sheet: every rule, check and quota that was asked; of mentors, bonds, classes and promises those at their limit first.

use super::columns as c;
use super::compliance_words as w;
use super::measures::{bound, counted, mode, seen};
use super::section::{Section, Topic};
use super::table::{Cell, IN_PAGE, Table, grouped};
use super::words::{NOTHING, RULE_NAMED};
use crate::insight::{ComplianceLine, ComplianceState, Nearest, Seen};
use crate::language::{Language, Phrase};
use crate::report::Report;

/// Agreements inform; they limit nothing.
fn informs(line: &ComplianceLine) -> bool {
    matches!(line.code, "L05" | "L06")
}

fn is_asked(line: &ComplianceLine) -> bool {
    !informs(line) && !matches!(line.state, ComplianceState::NotAsked | ComplianceState::Off)
}

/// What comes nearest: `unit:post` in files for a placement.
fn near(nearest: &Nearest) -> Cell {
    let Seen { unit, post, .. } = &nearest.seen;
    if unit.is_empty() || post.is_empty() {
        return Cell::name(&seen(&nearest.seen, Language::English));
    }
    Cell::term(&format!("{unit}:{post}"), Phrase::each(|language| seen(&nearest.seen, language)))
}

fn row(line: &ComplianceLine) -> Vec<Cell> {
    let name =
        Phrase::each(|language| RULE_NAMED.fill(language, &[("code", line.code), ("rule", line.name.get(language))]));
    let source = line.source.clone();
    let (nearest, number, limit) = match &line.nearest {
        Some(nearest) => (near(nearest), counted(nearest.reading.counted), bound(nearest.reading.bound)),
        None => (Cell::Nothing, Cell::Nothing, Cell::Nothing),
    };
    let unit = line.looked.unit();
    // What has an id has a name of the market's own.
    let code = if line.id.is_empty() { line.code.to_owned() } else { format!("{}:{}", line.code, line.id) };
    vec![
        Cell::name(&line.id),
        Cell::term(&code, name),
        source.map_or(Cell::Nothing, |source| Cell::term("", source)),
        line.mode.map_or(Cell::Nothing, mode),
        Cell::term(line.state.word(), line.state.words()),
        nearest,
        number,
        limit,
        Cell::term(unit.word(), unit.words()),
        line.looked.amount().into(),
        line.at_limit.into(),
        line.beyond.into(),
        line.excused.into(),
    ]
}

/// What there was nothing to ask of, or what is off.
fn named(report: &Report, state: ComplianceState, language: Language) -> String {
    // Nothing is said of decisions where there are none.
    let told = |line: &&ComplianceLine| report.decided.is_some() || !matches!(line.code, "R15" | "A12" | "A13");
    let asked = |line: &&ComplianceLine| line.state == state && !informs(line) && line.code != "L07";
    let lines = report.compliance.iter().filter(asked).filter(told);
    let names: Vec<String> = lines.map(|line| format!("{} {}", line.code, line.id).trim().to_owned()).collect();
    if names.is_empty() { NOTHING.get(language).to_owned() } else { language.list(&names) }
}

/// How many agreements people are placed under; nothing where there are none.
fn agreements(report: &Report) -> Option<Phrase> {
    let of = |code: &'static str| report.compliance.iter().filter(move |line| line.code == code);
    let used = of("L05").filter(|line| line.looked.amount() > 0).count();
    let none: i64 = of("L06").map(|line| line.looked.amount()).sum();
    let numbers = [grouped(used), grouped(of("L05").count()), grouped(none)];
    let [used, all, none] = numbers.each_ref().map(String::as_str);
    (all != "0").then(|| Phrase::fill(w::AGREEMENTS, &[("used", used), ("all", all), ("none", none)]))
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let count = |state| report.compliance.iter().filter(|line| line.state == state).count();
    let asked = || report.compliance.iter().filter(|line| is_asked(line));
    let numbers = [
        ("asked", asked().count()),
        ("held", asked().filter(|line| line.state == ComplianceState::Held).count()),
        ("at_limit", count(ComplianceState::AtLimit)),
        ("exceeded", count(ComplianceState::Exceeded)),
        ("before", count(ComplianceState::Before)),
        ("broken", count(ComplianceState::Broken)),
    ]
    .map(|(name, number)| (name, grouped(number)));
    let values = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
    let unasked = Phrase::each(|language| {
        let states = [ComplianceState::NotAsked, ComplianceState::Off];
        let [codes, off] = states.map(|state| named(report, state, language));
        w::UNASKED.fill(language, &[("codes", &codes), ("off", &off)])
    });
    // One line each for mentors, bonds, classes and promises: those that press first, the others in files.
    let each = |line: &&ComplianceLine| matches!(line.code, "L02" | "L03" | "L04" | "L07");
    let presses = |line: &&ComplianceLine| line.state != ComplianceState::Held;
    let general = asked().filter(|line| !each(line));
    let pressing = asked().filter(|line| each(line) && presses(line));
    let easy = asked().filter(|line| each(line) && !presses(line));
    let first = general.clone().count() + pressing.clone().count().min(super::table::SHOWN);
    let rows = general.chain(pressing).chain(easy).map(row);
    let columns = [
        c::ID,
        c::RULE,
        c::RULE_SOURCE,
        c::MODE,
        c::STATE,
        c::NEAREST,
        c::COUNTED,
        c::BOUND,
        c::WHAT,
        c::LOOKED,
        c::REACHED_LIMIT,
        c::BEYOND,
        c::EXCUSED,
    ];
    let table = Table::new("compliance", w::COMPLIANCE, &columns).shown(first, IN_PAGE).folded().with(rows);
    let section = Section::new(Topic::Compliance, w::COMPLIANCE).say(Phrase::fill(w::SUMMARY, &values)).say(unasked);
    let section = match agreements(report) {
        Some(said) => section.say(said),
        None => section,
    };
    section.table(table)
}

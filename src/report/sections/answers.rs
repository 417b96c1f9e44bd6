//! Why somebody is placed where they are, and why not elsewhere, as far as it was asked.

use super::answer_words as w;
use super::columns as c;
use super::measures::goals;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, IN_PAGE, SHOWN, Table};
use super::words::RULE_NAMED;
use crate::insight::{Cut, PostName, Why, WhyNot, Worth};
use crate::language::Phrase;
use crate::report::Report;

/// The unit and the post that an answer is about.
fn about(unit: &str, post: &PostName) -> Vec<Cell> {
    [unit, &post.id, &post.name, &post.owner].map(Cell::name).to_vec()
}

fn worth(worth: Option<&Worth>) -> Cell {
    worth.map_or(Cell::Nothing, |worth| goals(&worth.goals))
}

fn why(lines: &[Why]) -> Table {
    let rows = lines.iter().map(|line| {
        let certain = line.certain.map_or(Cell::Nothing, |certain| Cell::term(certain.word(), certain.words()));
        let amounts = [&line.value, &line.price, &line.rent].map(|amount| worth(Some(amount)));
        [about(&line.unit, &line.post), amounts.to_vec(), vec![worth(line.margin.as_ref()), certain]].concat()
    });
    let columns = [c::UNIT, c::ID, c::POST, c::OWNER, c::ADDS, c::PRICE, c::RENT, c::MARGIN, c::CERTAIN];
    Table::new("why", w::PLACED_THERE, &columns).shown(SHOWN, IN_PAGE).with(rows)
}

/// The next best posts of each.
fn alternatives(lines: &[Why]) -> Table {
    let rows = lines.iter().flat_map(|line| line.alternatives.iter().map(move |other| (line, other)));
    let rows = rows.map(|(line, other)| {
        let amounts = [&other.value, &other.price, &other.behind].map(|amount| worth(Some(amount)));
        [about(&line.unit, &other.post), amounts.to_vec()].concat()
    });
    let columns = [c::UNIT, c::ID, c::POST, c::OWNER, c::ADDS, c::PRICE, c::BEHIND];
    Table::new("why_alternatives", w::NEXT_BEST, &columns).shown(0, IN_PAGE).folded().with(rows)
}

/// The rule that cut a pair, what it found, and what would change that.
fn cut(cut: &Cut) -> [Cell; 3] {
    let rule =
        Phrase::each(|language| RULE_NAMED.fill(language, &[("code", cut.code), ("rule", cut.rule.label(language))]));
    [Cell::term(cut.code, rule), Cell::term("", cut.reason.clone()), Cell::term("", cut.remedy.clone())]
}

fn why_not(lines: &[WhyNot]) -> Table {
    let rows = lines.iter().map(|line| {
        let verdict = Cell::term(line.verdict.word(), line.verdict.words());
        let rule = line.cut.as_ref().map_or([const { Cell::Nothing }; 3], cut);
        let forced = line.forced.as_ref();
        let points = forced.and_then(|forced| forced.points).map_or(Cell::Nothing, Cell::Amount);
        let seats = line.seats.and_then(|seats| seats.needed).map_or(Cell::Nothing, Cell::from);
        let turning = vec![worth(forced.map(|forced| &forced.loss)), points, seats];
        [about(&line.unit, &line.post), vec![verdict], rule.to_vec(), turning].concat()
    });
    let columns = [
        c::UNIT,
        c::ID,
        c::POST,
        c::OWNER,
        c::VERDICT,
        c::RULE,
        c::REASON,
        c::REMEDY,
        c::LOSS,
        c::TURNING_POINTS,
        c::TURNING_SEATS,
    ];
    Table::new("why_not", w::NOT_PLACED_THERE, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows)
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let section = Section::new(Topic::Answers, w::ANSWERS);
    // All answers about one result rest on the same.
    let mut rests = report.why.iter().map(|line| line.basis).chain(report.why_not.iter().map(|line| line.basis));
    let section = match rests.next() {
        Some(basis) => section.say(basis.words()),
        None => section,
    };
    section.table(why(&report.why)).table(alternatives(&report.why)).table(why_not(&report.why_not))
}

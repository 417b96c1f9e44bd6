//! People not placed, by cause.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, Table, grouped};
use super::words as w;
use crate::language::Phrase;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let unplaced = &report.unplaced;
    let causes = [
        ("no_gain", w::NO_GAIN, unplaced.no_gain),
        ("limited", w::LIMITED, unplaced.limited),
        ("stopped", w::STOPPED, unplaced.stopped),
        ("no_posts", w::NO_POSTS, unplaced.no_posts),
    ];
    let rare = causes.into_iter().filter(|(_, _, people)| *people > 0);
    let causes = (unplaced.people > 0).then_some(("outbid", w::OUTBID, unplaced.outbid)).into_iter().chain(rare);
    let causes = causes.map(|(code, words, people)| vec![Cell::term(code, words), people.into()]);
    let by_rule = unplaced.by_rule.iter().map(|(rule, people)| {
        let words = Phrase::each(|language| {
            let rule = w::RULE_NAMED.fill(language, &[("code", rule.code()), ("rule", rule.label(language))]);
            w::NO_POST.fill(language, &[("rule", &rule)])
        });
        vec![Cell::term(rule.code(), words), (*people).into()]
    });
    let table = Table::new("unplaced", w::UNPLACED_CAPTION, &[c::CAUSE, c::PEOPLE]).with(causes.chain(by_rule));
    let heading = Phrase::fill(w::UNPLACED, &[("people", &grouped(unplaced.people))]);
    let picture = Picture::Bars { name: c::CAUSE.code, parts: &[c::PEOPLE.code] };
    Section::new(Topic::Unplaced, heading).table(table.drawn(picture))
}

//! Why a pair is not acceptable, or which soft rules it breaks.

use super::RULES;
use super::rule::Pair;
use crate::language::Language;
use crate::market::{Market, Mode, PostIx, Rule, RuleBook, SupplyIx};

/// A rule that a pair breaks, with what it asks and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// One sentence with the numbers, in the language asked for.
    pub sentence: String,
}

/// The first strict rule that cuts the pair; none if it is acceptable. Cost: one look at each rule.
#[must_use]
pub fn first_cut(market: &Market, book: &RuleBook, unit: SupplyIx, post: PostIx, language: Language) -> Option<Reason> {
    let pair = Pair { market, book, unit, post };
    let mut strict = broken(market, book, unit, post, language, |mode| mode == Mode::Strict);
    strict.find(|reason| !pair.is_waived(reason.rule))
}

/// The first strict rule that cuts the pair, without the reason; none if it is acceptable. Cost: one look at each rule.
#[must_use]
pub fn first_rule(market: &Market, book: &RuleBook, unit: SupplyIx, post: PostIx) -> Option<Rule> {
    let pair = Pair { market, book, unit, post };
    let mut strict = RULES.iter().filter(|rule| book.mode(rule.rule()) == Mode::Strict);
    strict.find(|rule| !rule.permits(&pair) && !pair.is_waived(rule.rule())).map(|rule| rule.rule())
}

/// The latest rule, in the order of checking, that cuts `unit` from one of `posts`: what stands in the way of the post
/// that came nearest. None if one of them is acceptable or there are none.
pub(crate) fn nearest_obstacle(
    market: &Market,
    book: &RuleBook,
    unit: SupplyIx,
    posts: impl Iterator<Item = PostIx>,
) -> Option<Rule> {
    let strict: Vec<_> = RULES.iter().filter(|rule| book.mode(rule.rule()) == Mode::Strict).collect();
    let cut = |post| {
        let pair = Pair { market, book, unit, post };
        strict
            .iter()
            .map(|rule| (rule, rule.rule()))
            .find(|(rule, name)| !rule.permits(&pair) && !pair.is_waived(*name))
            .map(|(_, name)| name)
    };
    posts.map(cut).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The soft rules the pair breaks, in the order of the rules.
#[must_use]
pub fn softly_broken(
    market: &Market,
    book: &RuleBook,
    unit: SupplyIx,
    post: PostIx,
    language: Language,
) -> Vec<Reason> {
    broken(market, book, unit, post, language, |mode| matches!(mode, Mode::Soft(_))).collect()
}

/// The points a pair loses by the soft rules it breaks.
#[must_use]
pub fn penalty(market: &Market, book: &RuleBook, unit: SupplyIx, post: PostIx) -> u64 {
    let pair = Pair { market, book, unit, post };
    let points = RULES.iter().map(|rule| match book.mode(rule.rule()) {
        Mode::Soft(points) if !rule.permits(&pair) => u64::from(points),
        _ => 0,
    });
    points.sum()
}

fn broken<'a>(
    market: &'a Market,
    book: &'a RuleBook,
    unit: SupplyIx,
    post: PostIx,
    language: Language,
    applies: impl Fn(Mode) -> bool + 'a,
) -> impl Iterator<Item = Reason> + 'a {
    let pair = Pair { market, book, unit, post };
    RULES.iter().filter(move |rule| applies(book.mode(rule.rule())) && !rule.permits(&pair)).map(move |rule| {
        let evidence = rule.evidence(&pair, language);
        let values = [("needed", evidence.needed.as_str()), ("found", evidence.found.as_str())];
        Reason { rule: rule.rule(), sentence: rule.words().fill(language, &values) }
    })
}

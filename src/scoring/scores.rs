//! The scores of all acceptable pairs, and one score taken apart.

use super::criterion::{Criteria, Criterion, Ground, Value, View};
use super::distance::Distances;
use super::{BY_GROUP, BY_PERSON};
use crate::control::{Control, Phase, Progress};
use crate::eligibility::{Acceptable, GroupIx, penalty};
use crate::market::{Market, Mode, PostIx, Rule, RuleBook, SupplyIx};
use crate::parallel;

/// Points of every acceptable pair, aligned with [`Acceptable`]'s pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores(Vec<f64>);

impl Scores {
    /// Points by pair number.
    #[must_use]
    pub fn points(&self) -> &[f64] {
        &self.0
    }
}

/// A score, criterion by criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// Each criterion with its value (0 to 1) and its points (weight times value).
    pub parts: Vec<(Criterion, f64, f64)>,
    /// Points lost by soft rules.
    pub penalty: f64,
    /// All points: exactly the pair's entry in [`Scores`].
    pub total: f64,
}

/// Supply units scored together; only a matter of speed.
const PIECE: usize = 1024;

fn subtotal(criteria: &[(Criterion, Value)], view: &View<'_>) -> f64 {
    let points = criteria.iter().map(|(criterion, value)| {
        let weight = view.ground.criteria.weight(*criterion);
        if weight == 0 { 0.0 } else { f64::from(weight) * value(view) }
    });
    points.sum()
}

/// Scores every acceptable pair.
///
/// Cost: one look at the group criteria for each group and candidate post, and at the others for each pair, in
/// parallel.
#[must_use]
pub fn score(
    market: &Market,
    acceptable: &Acceptable,
    criteria: &Criteria,
    book: &RuleBook,
    control: &Control<'_>,
) -> Scores {
    parallel::with_threads(control.threads, || score_here(market, acceptable, criteria, book, control))
}

fn score_here(
    market: &Market,
    acceptable: &Acceptable,
    criteria: &Criteria,
    book: &RuleBook,
    control: &Control<'_>,
) -> Scores {
    let total = acceptable.pairs() as u64;
    control.report(Progress::new(Phase::Score, 0, total));
    let ground = Ground { market, criteria, distances: Distances::of_market(market) };
    let penalised = Rule::ALL.iter().any(|rule| matches!(book.mode(*rule), Mode::Soft(_)));
    let by_group = parallel::map(acceptable.groups().len(), |k| {
        let group = GroupIx::new(k as u32);
        let unit = acceptable.groups()[k].first();
        let points = |post: &PostIx| subtotal(&BY_GROUP, &View { ground: &ground, unit, post: *post });
        acceptable.candidates(group).iter().map(points).collect::<Vec<_>>()
    });
    let pieces = parallel::map(market.supply().len().div_ceil(PIECE), |piece| {
        let end = market.supply().len().min((piece + 1) * PIECE);
        let mut points = Vec::new();
        for unit in (piece * PIECE..end).map(|k| SupplyIx::new(k as u32)) {
            let group = acceptable.group_of(unit);
            let mut shared = acceptable.candidates(group).iter().zip(&by_group[group.index()]);
            for post in acceptable.posts_of(unit) {
                // The row is an ascending part of the group's candidates, so one walk finds every subtotal.
                let of_group = shared.find(|(candidate, _)| *candidate == post).map_or(0.0, |(_, points)| *points);
                let of_person = subtotal(&BY_PERSON, &View { ground: &ground, unit, post: *post });
                let lost = if penalised { penalty(market, book, unit, *post) } else { 0 };
                points.push(of_group + of_person - lost as f64);
            }
        }
        points
    });
    control.report(Progress::new(Phase::Score, total, total));
    Scores(pieces.concat())
}

/// The score of one pair, criterion by criterion, whether the pair is acceptable or not.
///
/// Cost: one look at every criterion, after distances for the market are prepared; use [`Explainer`] for many pairs.
#[derive(Debug)]
pub struct Explainer<'a> {
    ground: Ground<'a>,
    book: &'a RuleBook,
}

impl<'a> Explainer<'a> {
    /// Prepares to explain scores of `market`.
    #[must_use]
    pub fn new(market: &'a Market, criteria: &'a Criteria, book: &'a RuleBook) -> Self {
        Self { ground: Ground { market, criteria, distances: Distances::of_market(market) }, book }
    }

    /// The score of `unit` at `post`.
    #[must_use]
    pub fn explain(&self, unit: SupplyIx, post: PostIx) -> Breakdown {
        let view = View { ground: &self.ground, unit, post };
        let part = |(criterion, value): &(Criterion, Value)| {
            let value = value(&view);
            (*criterion, value, f64::from(self.ground.criteria.weight(*criterion)) * value)
        };
        let penalty = penalty(self.ground.market, self.book, unit, post) as f64;
        // Summed in the same order as when scoring, so that the totals are the same number.
        let total = subtotal(&BY_GROUP, &view) + subtotal(&BY_PERSON, &view) - penalty;
        Breakdown { parts: BY_GROUP.iter().chain(&BY_PERSON).map(part).collect(), penalty, total }
    }
}

//! The exchange that a change would set off: who moves where.

use std::collections::BTreeMap;

use serde::Serialize;

use super::around::Insight;
use super::post_name::PostName;
use crate::index::PostId;
use crate::language::vocabulary;
use crate::market::PostKind;
use crate::sensitivity::Exchange;

vocabulary! {
    /// What becomes of somebody in an exchange.
    Change {
        /// From one post to another.
        Moves = "moves", "moves to another post", "改到其他岗位";
        /// Placed who was not.
        Gains = "gains", "gets a place", "新获安置";
        /// Not placed any more.
        Loses = "loses", "loses the place", "失去安置";
    }
}

/// What becomes of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What becomes of them.
    pub change: Change,
    /// Id of the unit.
    pub unit: String,
    /// The post left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PostName>,
    /// The post taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PostName>,
}

/// Other people of an exchange, counted by what becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Others {
    /// What becomes of them.
    pub change: Change,
    /// Track of the post taken, or of the one lost.
    pub kind: PostKind,
    /// People.
    pub people: u64,
}

/// An exchange, the person asked about first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// Each takes the seat that the next one leaves, or a free one; only the first where other people's data are left out.
    pub steps: Vec<Step>,
    /// The other people by what becomes of them and track.
    pub others: Vec<Others>,
}

impl Chain {
    /// The same without other people's data: counts and tracks only.
    #[must_use]
    pub fn redacted(&self) -> Self {
        Self { steps: self.steps.iter().take(1).cloned().collect(), others: self.others.clone() }
    }
}

impl Insight<'_> {
    pub(super) fn chain(&self, exchange: &Exchange) -> Chain {
        let docking = self.result.docking();
        let (market, formulation) = (docking.market(), docking.formulation());
        let name = |post: PostId| self.post_name(formulation.post(post));
        let change = |from: Option<PostId>, to: Option<PostId>| match (from, to) {
            (Some(_), Some(_)) => Change::Moves,
            (None, _) => Change::Gains,
            (_, None) => Change::Loses,
        };
        let mut others: BTreeMap<(Change, PostKind), u64> = BTreeMap::new();
        for step in exchange.moves.iter().skip(1) {
            if let Some(post) = step.to.or(step.from) {
                let kind = market.post(formulation.post(post)).kind;
                *others.entry((change(step.from, step.to), kind)).or_default() += 1;
            }
        }
        let steps = exchange.moves.iter().map(|step| Step {
            change: change(step.from, step.to),
            unit: market.unit(formulation.supply(step.unit)).id.clone(),
            from: step.from.map(name),
            to: step.to.map(name),
        });
        let others = others.into_iter().map(|((change, kind), people)| Others { change, kind, people });
        Chain { steps: steps.collect(), others: others.collect() }
    }
}

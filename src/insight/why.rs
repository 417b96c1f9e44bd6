//! Why somebody is placed where they are.

use serde::Serialize;

use super::around::{Basis, Insight, Worth};
use super::certainty::Certain;
use super::goals::to_a_millionth;
use super::post_name::PostName;
use crate::market::{PostIx, SupplyIx};
use crate::scoring::Criterion;

/// One criterion of a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The criterion.
    pub criterion: Criterion,
    /// From 0 to 1, to a millionth.
    pub value: f64,
    /// Weight times value, to a millionth.
    pub points: f64,
}

/// Another post that would be acceptable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// The post.
    #[serde(flatten)]
    pub post: PostName,
    /// What the pair adds to the goals.
    pub value: Worth,
    /// What a seat there costs.
    pub price: Worth,
    /// By how much its value less its price is below that of the placement in question.
    pub behind: Worth,
}

/// Why members of a unit are placed at a post: nothing else is worth more at these prices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// What the numbers rest on.
    pub basis: Basis,
    /// Id of the unit.
    pub unit: String,
    /// The post.
    pub post: PostName,
    /// Members placed there, without those whose placement stands.
    pub people: u32,
    /// The score, criterion by criterion.
    pub score: Vec<Part>,
    /// Points lost by soft rules.
    pub penalty: f64,
    /// All points, to a millionth.
    pub points: f64,
    /// What the pair adds to the goals.
    pub value: Worth,
    /// What a seat there costs, its quotas included.
    pub price: Worth,
    /// What the quotas of the unit's own side charge.
    pub charge: Worth,
    /// What is left of the value: the member's rent.
    pub rent: Worth,
    /// Whether it is so in every best result; none if the result is not proven best.
    pub certain: Option<Certain>,
    /// What any other result would lose; none if there is no other, or the result is not proven best.
    pub margin: Option<Worth>,
    /// How many other posts would be acceptable.
    pub acceptable: usize,
    /// The next best of them.
    pub alternatives: Vec<Alternative>,
}

impl Insight<'_> {
    /// Why members of `unit` are at `post`, with the `most` next best alternatives; none if nobody of it is there but by a decision, which
    /// [`Insight::stands`] tells.
    ///
    /// Cost: the unit's acceptable posts, and a search for the margin.
    #[must_use]
    pub fn why(&self, unit: SupplyIx, post: PostIx, most: usize) -> Option<Why> {
        let people = self.placed(unit, post);
        let pair = self.pair(unit, post).filter(|_| people > 0)?;
        let docking = self.result.docking();
        let problem = docking.formulation().problem();
        let breakdown = self.explainer.explain(unit, post);
        let price_of = |post: PostIx| self.price_with_quotas(post);
        let value_of = |weight: i32| i64::from(weight) + problem.placement_bonus();
        let (value, price, charge) = (value_of(problem.weight(pair)), price_of(post), self.charge(unit));
        let posts = docking.acceptable().posts_of(unit).iter().filter(|other| **other != post);
        let mut others: Vec<(i64, PostIx, i64, i64)> = posts
            .filter_map(|&other| {
                let (theirs, cost) = (value_of(problem.weight(self.pair(unit, other)?)), price_of(other));
                let behind = (value.saturating_sub(price)).saturating_sub(theirs.saturating_sub(cost));
                Some((behind, other, theirs, cost))
            })
            .collect();
        others.sort_unstable();
        let alternative = |&(behind, other, theirs, cost): &(i64, PostIx, i64, i64)| Alternative {
            post: self.post_name(other),
            value: self.worth(theirs),
            price: self.worth(cost),
            behind: self.worth(behind),
        };
        // Nothing is said of staying where nobody was placed before.
        let told = |(criterion, ..): &&(Criterion, f64, f64)| {
            *criterion != Criterion::Stay || !docking.market().previous_placements().is_empty()
        };
        let part = |&(criterion, value, points): &(Criterion, f64, f64)| {
            let [value, points] = [value, points].map(to_a_millionth);
            Part { criterion, value, points }
        };
        Some(Why {
            basis: self.basis(),
            unit: docking.market().unit(unit).id.clone(),
            post: self.post_name(post),
            people,
            score: breakdown.parts.iter().filter(told).map(part).collect(),
            penalty: breakdown.penalty,
            points: to_a_millionth(breakdown.total),
            value: self.worth(value),
            price: self.worth(price),
            charge: self.worth(charge),
            rent: self.worth(value.saturating_sub(price).saturating_sub(charge)),
            certain: self.sensitivity.as_ref().map(|known| known.certainty(pair).into()),
            margin: self
                .sensitivity
                .as_ref()
                .and_then(|known| known.one_fewer(pair))
                .map(|exchange| self.worth(exchange.loss)),
            acceptable: others.len(),
            alternatives: others.iter().take(most).map(alternative).collect(),
        })
    }

    /// The price of `post` and of the quotas above it, added up.
    fn price_with_quotas(&self, post: PostIx) -> i64 {
        let (formulation, prices) = (self.result.docking().formulation(), &self.result.solution().prices);
        let id = formulation.post_id(post);
        let above = formulation.problem().demand_quotas().path(id.index());
        let above = above.map(|node| prices.demand().get(node.index()).copied().unwrap_or(0));
        above.fold(self.result.price(post), i64::saturating_add)
    }

    /// The prices of the quotas above `unit`, added up.
    fn charge(&self, unit: SupplyIx) -> i64 {
        let (formulation, prices) = (self.result.docking().formulation(), &self.result.solution().prices);
        let above = formulation.problem().supply_quotas().path(formulation.unit_id(unit).index());
        let above = above.map(|node| prices.supply().get(node.index()).copied().unwrap_or(0));
        above.fold(0, i64::saturating_add)
    }
}

//! How certain placements are, and which of them were decided among equals.

use std::collections::BTreeMap;

use serde::Serialize;

use super::around::{Insight, Worth};
use super::post_name::PostName;
use crate::config::Answer;
use crate::language::vocabulary;
use crate::market::{PostIx, Side, SupplyIx, lottery_draw};
use crate::sensitivity::{Certainty, Margin};
use crate::verified::Status;

vocabulary! {
    /// What the best results have in common about somebody at a post.
    Certain {
        /// Placed there in every best result.
        Every = "every", "placed there in every best result", "在每个最优方案中均安排在此";
        /// Placed there in this one, not in every best result.
        Some = "some", "placed there here, but not in every best result", "本方案安排在此，但并非每个最优方案都如此";
        /// Not placed there in this one, but in another best result.
        Other = "other", "not placed there here, but in another best result", "本方案未安排在此，但另有最优方案安排在此";
        /// Not placed there in any best result.
        None = "none", "not placed there in any best result", "任何最优方案都不安排在此";
    }
}

vocabulary! {
    /// What decides where several results are best.
    Decider {
        /// The lottery: this is the first of the best in lottery order.
        Lottery = "lottery", "Where several placements are equally good, the lottery decided: this is the first of the best in lottery order.", "多个安排同样好时由抽签决定：本方案是按抽签顺序的第一个最优方案。";
        /// The order of computation, which is the same in every run.
        Order = "order", "Where several placements are equally good, the order of computation decided, the same in every run, and not the lottery.", "多个安排同样好时由计算顺序决定（每次运行相同），而非抽签。";
    }
}

/// How many pairs are how certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CertaintyCount {
    /// How certain.
    pub certain: Certain,
    /// Acceptable pairs, and those that stand.
    pub pairs: u64,
    /// People placed by them.
    pub people: u64,
}

impl From<Certainty> for Certain {
    fn from(certainty: Certainty) -> Self {
        match certainty {
            Certainty::Every => Self::Every,
            Certainty::Some => Self::Some,
            Certainty::Other => Self::Other,
            Certainty::None => Self::None,
        }
    }
}

/// How certain one pair is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertaintyLine {
    /// Id of the unit.
    pub unit: String,
    /// Id of the post.
    pub post: String,
    /// Members placed there.
    pub people: u32,
    /// How certain that is.
    pub certain: Certain,
    /// What a result with one member fewer there (for somebody who is not there: one more) loses at least; none where nobody
    /// can be released since all of them stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Worth>,
    /// And at most; exact where both are the same. None where nothing is known to allow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Worth>,
}

/// Somebody for whom a post is as good as another result that is also best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tied {
    /// Id of the unit.
    pub unit: String,
    /// Lottery number; the lowest comes first. Hexadecimal, so that it sorts as it counts.
    pub lot: String,
    /// Members placed there.
    pub people: u32,
}

/// A post with people who are there in some best results and not in others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// The post.
    pub post: PostName,
    /// These people, by lottery number.
    pub people: Vec<Tied>,
}

impl Insight<'_> {
    /// How certain `unit` is to be at `post` or not; none if it is not acceptable or the result is not proven best. A placement
    /// that stands is in every result.
    /// Constant cost but for units that are split between posts.
    #[must_use]
    pub fn certainty(&self, unit: SupplyIx, post: PostIx) -> Option<CertaintyLine> {
        let (known, market) = (self.sensitivity.as_ref()?, self.result.docking().market());
        let (placed, standing) = (self.placed(unit, post), market.frozen_of(unit, post));
        let (certain, [at_least, at_most]) = if placed == 0 && standing > 0 {
            (Certain::Every, [None, None])
        } else {
            let margin = known.margin(self.pair(unit, post)?);
            let worth = [margin.at_least, margin.at_most].map(|units| units.map(|units| self.worth(units)));
            (margin.certainty.into(), worth)
        };
        let (unit, post) = (market.unit(unit).id.clone(), market.post(post).id.clone());
        Some(CertaintyLine { unit, post, people: placed + standing, certain, at_least, at_most })
    }

    /// How certain each placement is, by unit and post; empty if the result is not proven best.
    #[must_use]
    pub fn certainties(&self) -> Vec<CertaintyLine> {
        let placements = self.result.placements().all().iter();
        placements.filter_map(|placement| self.certainty(placement.unit, placement.post)).collect()
    }

    /// What decided where several results are best.
    #[must_use]
    pub fn decider(&self) -> Decider {
        let canonical = self.result.docking().config().answer == Answer::Canonical;
        // A run that was stopped before it had chosen has not asked the lottery.
        if canonical && self.result.status() == Status::Optimal { Decider::Lottery } else { Decider::Order }
    }

    /// Every acceptable pair with what is known of it.
    fn margins(&self) -> impl Iterator<Item = (SupplyIx, PostIx, Margin)> {
        let docking = self.result.docking();
        let formulation = docking.formulation();
        self.sensitivity.iter().flat_map(move |known| {
            let graph = known.problem().graph();
            SupplyIx::all(docking.market().supply().len()).flat_map(move |unit| {
                let margins = known.margins(formulation.unit_id(unit));
                margins.map(move |margin| (unit, formulation.post(graph.post_of(margin.pair)), margin))
            })
        })
    }

    /// How many pairs are how certain, from [`Certain::Every`] on; empty if the result is not proven best. Placements that stand
    /// are in every result. Cost: one look at every acceptable pair.
    #[must_use]
    pub fn certainty_counts(&self) -> Vec<CertaintyCount> {
        if self.sensitivity.is_none() {
            return Vec::new();
        }
        let market = self.result.docking().market();
        let mut counts: BTreeMap<Certain, (u64, u64)> = Certain::ALL.iter().map(|certain| (*certain, (0, 0))).collect();
        let mut count = |certain: Certain, people: u32| {
            let (pairs, sum) = counts.entry(certain).or_default();
            (*pairs, *sum) = (*pairs + 1, *sum + u64::from(people));
        };
        for (unit, post, margin) in self.margins() {
            count(margin.certainty.into(), self.placed(unit, post));
        }
        let standing = self.result.placements().all().iter();
        let standing = standing.map(|placement| market.frozen_of(placement.unit, placement.post));
        standing.filter(|people| *people > 0).for_each(|people| count(Certain::Every, people));
        counts.into_iter().map(|(certain, (pairs, people))| CertaintyCount { certain, pairs, people }).collect()
    }

    /// Every post where another result would be as good, with the people among whom the [`decider`](Self::decider) had to decide, by
    /// id of the post. Cost: one look at every acceptable pair.
    #[must_use]
    pub fn ties(&self) -> Vec<Tie> {
        let docking = self.result.docking();
        let (market, seed) = (docking.market(), docking.digest().seed);
        let mut tied: BTreeMap<PostIx, Vec<Tied>> = BTreeMap::new();
        for (unit, post, margin) in self.margins() {
            if matches!(margin.certainty, Certainty::Some | Certainty::Other) {
                let id = &market.unit(unit).id;
                let lot = format!("{:016x}", lottery_draw(seed, Side::Supply, id));
                let people = self.placed(unit, post);
                tied.entry(post).or_default().push(Tied { unit: id.clone(), lot, people });
            }
        }
        let tie = |(post, mut people): (PostIx, Vec<Tied>)| {
            people.sort_unstable_by(|a, b| (&a.lot, &a.unit).cmp(&(&b.lot, &b.unit)));
            Tie { post: self.post_name(post), people }
        };
        tied.into_iter().map(tie).collect()
    }
}

//! One pair more, or one fewer: who would move, and what it would lose.

use super::pair::PairView;
use super::search::FAR;
use super::{Certainty, Sensitivity};
use crate::index::{PairId, PostId, UnitId};

/// One member of a unit goes from one post to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Move {
    /// The unit.
    pub unit: UnitId,
    /// The post left; none for somebody without a place before.
    pub from: Option<PostId>,
    /// The post taken; none for somebody without a place afterwards.
    pub to: Option<PostId>,
}

/// The cheapest way to change something, as moves one after the other: each takes the seat that the next one
/// leaves, or one that is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What it loses: the optimum less the optimum with the change. Never below 0.
    pub loss: i64,
    /// The moves; the one that was asked for comes first.
    pub moves: Vec<Move>,
}

/// What is known of a pair without any search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The pair.
    pub pair: PairId,
    /// What the optima say of it.
    pub certainty: Certainty,
    /// What the change it does not have loses at least: one member fewer where somebody is placed, one more elsewhere. None
    /// where nothing allows it.
    pub at_least: Option<i64>,
    /// And at most; exact where both are equal. None where nothing is known to allow it.
    pub at_most: Option<i64>,
}

impl Sensitivity<'_> {
    /// The cheapest exchange that places one more member by `pair`; none if nothing allows it.
    ///
    /// Cost: a search from both ends that stops where they meet, mostly far from a pass over the pairs.
    ///
    /// # Panics
    /// If the problem has no such pair.
    #[must_use]
    pub fn one_more(&self, pair: PairId) -> Option<Exchange> {
        let PairView { from, to, placed, takes, cost, .. } = self.flow.view(&self.network, pair);
        if !takes {
            return None;
        }
        let (length, way) = self.shortest([to, from], (placed > 0).then_some([to, from]), FAR)?;
        Some(Exchange { loss: cost.saturating_add(length), moves: self.moves(&way) })
    }

    /// The cheapest exchange that takes one member away from `pair`; none if nobody is there or nothing allows it.
    ///
    /// # Panics
    /// If the problem has no such pair.
    #[must_use]
    pub fn one_fewer(&self, pair: PairId) -> Option<Exchange> {
        let PairView { from, to, placed, takes, .. } = self.flow.view(&self.network, pair);
        if placed == 0 {
            return None;
        }
        let (loss, mut way) = self.shortest([from, to], takes.then_some([from, to]), FAR)?;
        way.rotate_left(1);
        Some(Exchange { loss, moves: self.moves(&way) })
    }

    /// What is known of `pair` at once.
    ///
    /// # Panics
    /// If the problem has no such pair.
    #[must_use]
    pub fn margin(&self, pair: PairId) -> Margin {
        self.margin_of(&self.flow.view(&self.network, pair))
    }

    /// The same of each pair of `unit`. Constant cost each, but for units that are split between posts.
    ///
    /// # Panics
    /// If the problem has no such unit.
    pub fn margins(&self, unit: UnitId) -> impl Iterator<Item = Margin> + '_ {
        let view = self.flow.views(&self.network, unit);
        self.problem().graph().row(unit).map(move |pair| self.margin_of(&view(PairId::new(pair as u32))))
    }

    fn margin_of(&self, view: &PairView) -> Margin {
        let PairView { pair, from, to, placed, takes, cost } = *view;
        // The way by a landmark may be the way back along the pair itself.
        let within = |start: usize, target: usize, length: i64, apart: bool| {
            let ways = [self.landmarks.least(start, target), self.landmarks.most(start, target).filter(|_| apart)];
            ways.map(|way| way.map(|way| way.saturating_add(length)))
        };
        let [at_least, at_most] = match (placed, takes) {
            (0, false) => [None; 2],
            (0, true) => within(to, from, cost, true),
            _ => within(from, to, 0, !takes),
        };
        Margin { pair, certainty: self.certainty_of(view), at_least, at_most }
    }

    /// The moves along a cycle, whose last node leads to its first; the last node's first.
    fn moves(&self, cycle: &[usize]) -> Vec<Move> {
        let count = cycle.len();
        let at = |place: usize| cycle[place % count];
        let moves = (0..count).map(|place| place + count - 1).filter_map(|place| {
            let unit = self.network.unit_at(at(place))?;
            let [from, to] = [at(place + count - 1), at(place + 1)].map(|node| self.network.post_at(node));
            Some(Move { unit, from, to })
        });
        moves.collect()
    }
}

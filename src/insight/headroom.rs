//! Whether one person could move without breaking a limit.

use std::collections::BTreeMap;

use crate::formulation::{Limit, Members};
use crate::graph::Span;
use crate::index::PairId;
use crate::market::{PostIx, SupplyIx};
use crate::verified::Verified;

/// The strict limits of a market with what they hold, and which of them each pair counts for.
pub(super) struct Headroom<'a> {
    result: &'a Verified<'a>,
    limits: Vec<(Span, i64)>,
    of_post: Vec<Vec<u32>>,
    of_unit: Vec<Vec<u32>>,
    of_pair: BTreeMap<PairId, Vec<(u32, i64)>>,
}

impl<'a> Headroom<'a> {
    /// Cost: what the limits of the market count, and one look at each for every placement.
    pub(super) fn of(result: &'a Verified<'a>) -> Self {
        let formulation = result.docking().formulation();
        let (problem, graph) = (formulation.problem(), formulation.problem().graph());
        let mut headroom = Self {
            result,
            limits: Vec::new(),
            of_post: vec![Vec::new(); graph.posts()],
            of_unit: vec![Vec::new(); graph.units()],
            of_pair: BTreeMap::new(),
        };
        for (post, range) in problem.seats().iter().enumerate() {
            let number = headroom.add((*range).into());
            headroom.of_post[post].push(number);
        }
        let rows = formulation.rows_of_limits(result.docking().market());
        for (_, Limit { members, span, .. }) in rows.into_iter().filter(|(_, limit)| limit.penalty.is_none()) {
            let number = headroom.add(span);
            match members {
                Members::Posts(posts) => posts.iter().for_each(|post| headroom.of_post[post.index()].push(number)),
                Members::Units(units) => units.iter().for_each(|unit| headroom.of_unit[unit.index()].push(number)),
                Members::Pairs(first, second) => {
                    for (pairs, sign) in [(first, 1), (second, -1)] {
                        for pair in pairs {
                            headroom.of_pair.entry(pair).or_default().push((number, sign));
                        }
                    }
                }
            }
        }
        for placement in result.solution().matching.placements() {
            for (number, sign) in headroom.counted(placement.pair) {
                headroom.limits[number].1 += sign * i64::from(placement.count);
            }
        }
        headroom
    }

    fn add(&mut self, span: Span) -> u32 {
        self.limits.push((span, 0));
        self.limits.len() as u32 - 1
    }

    /// The limits a pair counts for, with its sign.
    fn counted(&self, pair: PairId) -> Vec<(usize, i64)> {
        let graph = self.result.docking().formulation().problem().graph();
        let (post, unit) = (&self.of_post[graph.post_of(pair).index()], &self.of_unit[graph.unit_of(pair).index()]);
        let alone = post.iter().chain(unit).map(|number| (*number as usize, 1));
        let crossing = self.of_pair.get(&pair).into_iter().flatten();
        alone.chain(crossing.map(|(number, sign)| (*number as usize, *sign))).collect()
    }

    /// Whether one member of `unit` may leave `from` for `to`, where a member of `occupant` makes room, and everybody else stays.
    pub(super) fn allows(&self, unit: SupplyIx, from: Option<PostIx>, to: PostIx, occupant: Option<SupplyIx>) -> bool {
        let formulation = self.result.docking().formulation();
        let find =
            |unit, post| formulation.problem().graph().find(formulation.unit_id(unit), formulation.post_id(post));
        let steps = [(find(unit, to), 1), (from.and_then(|post| find(unit, post)), -1)];
        let makes_room = (occupant.and_then(|other| find(other, to)), -1);
        let mut change: BTreeMap<usize, i64> = BTreeMap::new();
        for (pair, people) in steps.into_iter().chain([makes_room]) {
            for (number, sign) in pair.map(|pair| self.counted(pair)).unwrap_or_default() {
                *change.entry(number).or_default() += sign * people;
            }
        }
        change.into_iter().all(|(number, by)| {
            let (span, load) = self.limits[number];
            by == 0 || span.allows(load + by)
        })
    }
}

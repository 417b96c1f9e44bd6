//! The pairs as every step reads them.

use std::ops::Range;

use super::meter::Meter;
use crate::control::Stop;
use crate::graph::Problem;
use crate::index::PostId;
use crate::parallel;

/// Weights a task looks at, and tasks between two looks at the clock.
const TASK: usize = 1 << 16;
const TASKS: usize = 1 << 6;

/// Spreads of values below `2^ROOM` are made finer up to there, unless they are below `2^TIES`: where hardly any two
/// pairs differ, increments between their values buy nothing. No value becomes larger than `2^LARGE`.
const ROOM: u32 = 20;
const TIES: u32 = 4;
const LARGE: u32 = 50;

/// Pairs whose posts, or weights, fill a cache line.
const LINE: usize = 16;

/// Rows of pairs with their weights, and what being unplaced is worth beside them.
///
/// The placement bonus is earned whatever the pair, so it never decides between two pairs: instead of adding it to
/// every weight, being unplaced is worth `outside = -bonus`.
///
/// A pair's *value* is its weight times `2^scale`; `outside` and all prices are in the same unit. Weights that differ
/// by little leave no room between them for an auction's increments; a finer unit makes that room, and changes no
/// optimum (see [`unscaled`]).
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) offsets: &'a [u32],
    pub(super) posts: &'a [PostId],
    pub(super) weights: &'a [i32],
    /// Members of each unit.
    pub(super) headcounts: &'a [u32],
    pub(super) outside: i64,
    pub(super) scale: u32,
    /// Smallest and largest weight.
    pub(super) lightest: i32,
    pub(super) heaviest: i32,
}

impl<'a> Rows<'a> {
    /// The pairs of `problem`, after one pass over the weights.
    pub(super) fn measured(problem: &'a Problem, meter: &Meter<'_>) -> Result<Self, Stop> {
        let graph = problem.graph();
        let (mut lightest, mut heaviest) = (i32::MAX, i32::MIN);
        for weights in problem.weights().chunks(TASK * TASKS) {
            let mut ends = [(i32::MAX, i32::MIN); TASKS];
            parallel::for_each_chunk(&mut ends[..weights.len().div_ceil(TASK)], 1, |task, ends| {
                let weights = &weights[task * TASK..weights.len().min((task + 1) * TASK)];
                let join = |(low, high): (i32, i32), &weight: &i32| (low.min(weight), high.max(weight));
                ends[0] = weights.iter().fold(ends[0], join);
            });
            for (low, high) in ends {
                (lightest, heaviest) = (lightest.min(low), heaviest.max(high));
            }
            meter.look()?;
        }
        if problem.weights().is_empty() {
            (lightest, heaviest) = (0, 0);
        }
        Ok(Self {
            offsets: graph.offsets(),
            posts: graph.targets(),
            weights: problem.weights(),
            headcounts: problem.headcounts(),
            outside: -problem.placement_bonus(),
            scale: 0,
            lightest,
            heaviest,
        })
    }

    pub(super) fn units(self) -> usize {
        self.headcounts.len()
    }

    /// The pair numbers of `unit`.
    pub(super) fn row(self, unit: usize) -> Range<usize> {
        self.offsets[unit] as usize..self.offsets[unit + 1] as usize
    }

    /// What a pair of `weight` is worth, without the bonus.
    pub(super) fn value(self, weight: i32) -> i64 {
        i64::from(weight) << self.scale
    }

    /// Post and weight of each pair of `unit`.
    pub(super) fn entries(self, unit: usize) -> impl Iterator<Item = (u32, i32)> + 'a {
        let row = self.row(unit);
        self.posts[row.clone()].iter().zip(&self.weights[row]).map(|(post, &weight)| (post.get(), weight))
    }

    /// Post and value of each pair of `unit`.
    pub(super) fn pairs(self, unit: usize) -> impl Iterator<Item = (usize, i64)> + 'a {
        self.entries(unit).map(move |(post, weight)| (post as usize, self.value(weight)))
    }

    /// The pair of `unit` and `post`, if there is one. Rows ascend.
    pub(super) fn pair(self, unit: usize, post: usize) -> Option<usize> {
        let row = self.row(unit);
        let at = self.posts[row.clone()].binary_search_by_key(&post, |target| target.index());
        at.ok().map(|at| row.start + at)
    }

    /// What a member of `unit` earns at best under `prices`, being unplaced included.
    pub(super) fn best(self, unit: usize, prices: &[i64]) -> i64 {
        self.pairs(unit).map(|(post, value)| value - prices[post]).fold(self.outside, i64::max)
    }

    /// Asks for the posts of the rows of `units` from memory, all at once.
    pub(super) fn fetch_posts(self, units: Range<usize>) {
        let touched = (self.offsets[units.start] as usize..self.offsets[units.end] as usize).step_by(LINE);
        std::hint::black_box(touched.fold(0, |sum, pair| sum ^ self.posts[pair].get()));
    }

    /// Asks for the rows of `units` from memory, all at once.
    pub(super) fn fetch(self, units: &[u32]) {
        let touched = units.iter().fold(0, |sum, &unit| {
            let row = self.row(unit as usize);
            let lines = row.step_by(LINE).map(|pair| self.posts[pair].get() ^ self.weights[pair].cast_unsigned());
            sum ^ lines.fold(0, |sum, word| sum ^ word)
        });
        std::hint::black_box(touched);
    }

    /// Smallest and largest value; both 0 where there is no pair.
    pub(super) fn range(self) -> (i64, i64) {
        (self.value(self.lightest), self.value(self.heaviest))
    }

    /// How much finer a unit leaves room for increments between values, without prices that could overflow.
    pub(super) fn room(self) -> u32 {
        let (lightest, heaviest) = self.range();
        let bits = |value: i64| i64::BITS - value.leading_zeros();
        let spread = bits(heaviest - lightest);
        let large = bits(heaviest.abs().max(lightest.abs()).max(-self.outside));
        if spread < TIES { 0 } else { ROOM.saturating_sub(spread).min(LARGE.saturating_sub(large)) }
    }

    /// The same pairs in units finer by `2^scale`.
    pub(super) fn scaled(self, scale: u32) -> Self {
        Self { outside: self.outside << scale, scale: self.scale + scale, ..self }
    }
}

/// Prices of rows in units finer by `2^scale`, back in the rows' own unit.
///
/// If the scaled prices prove a matching best, so do these. Where `rent + price >= value * 2^scale` held, rounding the price
/// down and the rent up leaves `rent + price > value - 1`, hence `>= value`, as all are whole; and where it was an
/// equality, price and rent round by parts that add up to nothing, so it stays one. A price of 0 stays 0.
pub(super) fn unscaled(prices: &mut [i64], scale: u32) {
    for price in prices {
        *price >>= scale;
    }
}

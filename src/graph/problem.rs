//! Everything a solver reads, with every overflow decided before it starts.

use super::bipartite::BipartiteGraph;
use super::error::{ProblemError, Side, length};
use super::matching::Matching;
use super::quota::QuotaForest;
use super::seats::SeatRange;
use crate::index::{PairId, PostId, UnitId};
use crate::parallel;

/// Largest weight of a pair, either way.
pub const MAX_WEIGHT: i32 = 1 << 30;

/// Largest placement bonus.
pub const MAX_BONUS: i64 = 1 << 53;

/// Largest sum of all headcounts, of all post maxima, and of all maxima of one side's quota nodes.
pub const MAX_TOTAL: u64 = 1 << 52;

/// Weights that one task checks.
const WEIGHTS: usize = 1 << 16;

/// Maximise the value of a matching of units to posts within headcounts, seat ranges and nested quotas.
///
/// A pair's *value* is its weight plus the placement bonus, which every placed person earns once, whatever the pair.
/// Being unplaced is worth 0. Units and posts come in lottery order: where the optimum is not unique, the lower number
/// goes first.
///
/// # Why nothing overflows
/// A value `v` has `|v| <= 2^30 + 2^53 < 2^54`. The solver's prices stay within `0 ..= 2^55` and the lengths of its
/// paths within `2^60`: `i64` holds both. The verifier reads prices from anywhere, so each may be any `i64`; a path
/// through both forests adds at most `2 * 65` of them, a rent is below `2^71`, and it is multiplied with at most
/// `2^52` people. Each of the bound's four sums therefore stays below `2^123`: `i128` holds their total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    graph: BipartiteGraph,
    weights: Vec<i32>,
    headcounts: Vec<u32>,
    seats: Vec<SeatRange>,
    placement_bonus: i64,
    demand_quotas: QuotaForest,
    supply_quotas: QuotaForest,
}

impl Problem {
    /// The problem over `graph` with one weight a pair, one headcount a unit, one seat range a post.
    ///
    /// # Errors
    /// An array of another length (P107), a weight beyond [`MAX_WEIGHT`] (P108), headcounts or seats that add up to
    /// more than [`MAX_TOTAL`] (P110). One pass over the pairs.
    pub fn new(
        graph: BipartiteGraph,
        weights: Vec<i32>,
        headcounts: Vec<u32>,
        seats: Vec<SeatRange>,
    ) -> Result<Self, ProblemError> {
        length("weights", weights.len(), graph.pairs())?;
        length("headcounts", headcounts.len(), graph.units())?;
        length("seat ranges", seats.len(), graph.posts())?;
        let beyond = parallel::find_first(weights.len().div_ceil(WEIGHTS), |block| {
            let mut pairs = block * WEIGHTS..weights.len().min((block + 1) * WEIGHTS);
            pairs.find(|&pair| weights[pair].unsigned_abs() > MAX_WEIGHT.unsigned_abs())
        });
        if let Some(pair) = beyond {
            return Err(ProblemError::Weight { pair, weight: weights[pair] });
        }
        total("headcounts", headcounts.iter().copied())?;
        total("seat maxima", seats.iter().map(|seat| seat.max()))?;
        Ok(Self {
            graph,
            weights,
            headcounts,
            seats,
            placement_bonus: 0,
            demand_quotas: QuotaForest::default(),
            supply_quotas: QuotaForest::default(),
        })
    }

    /// The same with a bonus earned once by every placed person.
    ///
    /// # Errors
    /// P109 if `bonus` is not within `0..=`[`MAX_BONUS`].
    pub fn with_placement_bonus(self, bonus: i64) -> Result<Self, ProblemError> {
        if (0..=MAX_BONUS).contains(&bonus) {
            Ok(Self { placement_bonus: bonus, ..self })
        } else {
            Err(ProblemError::Bonus { bonus })
        }
    }

    /// The same with nested quotas over the posts.
    ///
    /// # Errors
    /// A forest with another number of leaves than posts (P114), maxima above [`MAX_TOTAL`] in sum (P110).
    pub fn with_demand_quotas(self, quotas: QuotaForest) -> Result<Self, ProblemError> {
        check_quotas(Side::Demand, &quotas, self.graph.posts())?;
        Ok(Self { demand_quotas: quotas, ..self })
    }

    /// The same with nested quotas over the units.
    ///
    /// # Errors
    /// A forest with another number of leaves than units (P114), maxima above [`MAX_TOTAL`] in sum (P110).
    pub fn with_supply_quotas(self, quotas: QuotaForest) -> Result<Self, ProblemError> {
        check_quotas(Side::Supply, &quotas, self.graph.units())?;
        Ok(Self { supply_quotas: quotas, ..self })
    }

    /// The acceptable pairs.
    #[must_use]
    pub fn graph(&self) -> &BipartiteGraph {
        &self.graph
    }

    /// The weight of every pair, by pair number.
    #[must_use]
    pub fn weights(&self) -> &[i32] {
        &self.weights
    }

    /// The weight of `pair`, without the bonus.
    ///
    /// # Panics
    /// If the graph has no such pair.
    #[must_use]
    pub fn weight(&self, pair: PairId) -> i32 {
        self.weights[pair.index()]
    }

    /// Members of every unit.
    #[must_use]
    pub fn headcounts(&self) -> &[u32] {
        &self.headcounts
    }

    /// Members of `unit`.
    ///
    /// # Panics
    /// If the graph has no such unit.
    #[must_use]
    pub fn headcount(&self, unit: UnitId) -> u32 {
        self.headcounts[unit.index()]
    }

    /// Seats of every post.
    #[must_use]
    pub fn seats(&self) -> &[SeatRange] {
        &self.seats
    }

    /// Seats of `post`.
    ///
    /// # Panics
    /// If the graph has no such post.
    #[must_use]
    pub fn seat(&self, post: PostId) -> SeatRange {
        self.seats[post.index()]
    }

    /// What every placed person earns beside the pair's weight.
    #[must_use]
    pub fn placement_bonus(&self) -> i64 {
        self.placement_bonus
    }

    /// Nested quotas over the posts.
    #[must_use]
    pub fn demand_quotas(&self) -> &QuotaForest {
        &self.demand_quotas
    }

    /// Nested quotas over the units.
    #[must_use]
    pub fn supply_quotas(&self) -> &QuotaForest {
        &self.supply_quotas
    }

    /// What `matching` is worth: the sum of `(weight + bonus) * count`. Placements of pairs the graph does not have
    /// are worth nothing.
    #[must_use]
    pub fn value(&self, matching: &Matching) -> i128 {
        let worth =
            |(weight, count): (i32, u32)| (i128::from(weight) + i128::from(self.placement_bonus)) * i128::from(count);
        matching
            .placements()
            .iter()
            .filter_map(|placement| Some((*self.weights.get(placement.pair.index())?, placement.count)))
            .map(worth)
            .sum()
    }
}

/// Refuses numbers that add up to more than [`MAX_TOTAL`]. (At most `2^32` numbers below `2^32` are added: no overflow.)
fn total(what: &'static str, numbers: impl Iterator<Item = u32>) -> Result<(), ProblemError> {
    if numbers.map(u64::from).sum::<u64>() <= MAX_TOTAL { Ok(()) } else { Err(ProblemError::Total { what }) }
}

/// Refuses a forest that does not fit its side of the graph; the forest without nodes fits every side.
fn check_quotas(side: Side, quotas: &QuotaForest, leaves: usize) -> Result<(), ProblemError> {
    if quotas.leaves().len() != leaves && !(quotas.is_empty() && quotas.leaves().is_empty()) {
        return Err(ProblemError::QuotaLeaves { side, found: quotas.leaves().len(), expected: leaves });
    }
    total("quota maxima", quotas.ranges().iter().map(|range| range.max()))
}

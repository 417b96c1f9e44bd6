//! Everything a solver reads, with every overflow decided before it starts.

use std::sync::Arc;

use super::bipartite::BipartiteGraph;
use super::coupling::{Coupling, MAX_COUPLED, MAX_COUPLING_PENALTIES};
use super::error::{ProblemError, Side, length};
use super::matching::Matching;
use super::quota::QuotaForest;
use super::seats::{Opening, SeatRange};
use crate::index::{CouplingId, PairId, PostId, UnitId};
use crate::parallel;

/// Largest weight of a pair, either way.
pub const MAX_WEIGHT: i32 = 1 << 30;

/// Largest placement bonus.
pub const MAX_BONUS: i64 = 1 << 53;

/// Largest sum of all headcounts, of all post maxima, and of all maxima of one side's quota nodes.
pub const MAX_TOTAL: u64 = 1 << 52;

/// Most posts and quota nodes of a problem in which some have minimums or penalties.
pub const MAX_RANGES: usize = 1 << 26;

/// Weights that one task checks.
const WEIGHTS: usize = 1 << 16;

/// Maximise the value of a matching of units to posts within headcounts, seat ranges, nested quotas and couplings.
///
/// A pair's *value* is its weight plus the placement bonus, which every placed person earns once, whatever the pair.
/// Being unplaced is worth 0. Units and posts come in lottery order: where the optimum is not unique, the lower number
/// goes first.
///
/// A clone shares the pairs and their weights with the original.
///
/// # Why nothing overflows
/// A value `v` has `|v| <= 2^30 + 2^53 < 2^54`. Without minimums and penalties, the solver's prices stay within
/// `0 ..= 2^55` and the lengths of its paths within `2^60`. With them, a chain of moves visits each of at most `2^26`
/// posts and quota nodes once, gains or loses at most `2^31` a move, the bonus once and each penalty once, so that prices
/// stay within `2^59` either way and lengths within `2^61`. `i64` holds all of these. The verifier reads prices from anywhere, so each may be any `i64`; a path
/// through both forests adds at most `2 * 65` of them, a rent is below `2^71`, and it is multiplied with at most
/// `2^52` people; a range with a penalty adds at most `2^63 * 2^32` and there are at most `2^26` of them. Each of the
/// bound's four sums therefore stays below `2^123`: `i128` holds their total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    graph: Arc<BipartiteGraph>,
    weights: Arc<Vec<i32>>,
    headcounts: Vec<u32>,
    seats: Vec<SeatRange>,
    placement_bonus: i64,
    demand_quotas: QuotaForest,
    supply_quotas: QuotaForest,
    couplings: Vec<Coupling>,
}

impl Problem {
    /// The problem over `graph` with one weight a pair, one headcount a unit, one seat range a post.
    ///
    /// # Errors
    /// An array of another length (P107), a weight beyond [`MAX_WEIGHT`] (P108), headcounts or seats that add up to
    /// more than [`MAX_TOTAL`] (P110), minimums of more than [`MAX_RANGES`] posts (P117). One pass over the pairs.
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
        Self {
            graph: Arc::new(graph),
            weights: Arc::new(weights),
            headcounts,
            seats,
            placement_bonus: 0,
            demand_quotas: QuotaForest::default(),
            supply_quotas: QuotaForest::default(),
            couplings: Vec::new(),
        }
        .sized()
    }

    /// The same, if it is not too large for what its ranges ask.
    fn sized(self) -> Result<Self, ProblemError> {
        let forests = [&self.demand_quotas, &self.supply_quotas];
        let count = self.seats.len() + forests.map(QuotaForest::len).iter().sum::<usize>();
        let asks = |ranges: &[SeatRange]| ranges.iter().any(|range| range.min() > 0);
        let demanding = || asks(&self.seats) || forests.iter().any(|forest| asks(forest.ranges()) || forest.is_soft());
        if count > MAX_RANGES && demanding() { Err(ProblemError::TooManyRanges { count }) } else { Ok(self) }
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

    /// The same with other seat ranges.
    ///
    /// # Errors
    /// Another number of ranges than of posts (P107), seats that add up to more than [`MAX_TOTAL`] (P110), minimums of more
    /// than [`MAX_RANGES`] posts (P117).
    pub fn with_seats(self, seats: Vec<SeatRange>) -> Result<Self, ProblemError> {
        length("seat ranges", seats.len(), self.graph.posts())?;
        total("seat maxima", seats.iter().map(|seat| seat.max()))?;
        Self { seats, ..self }.sized()
    }

    /// The same with nested quotas over the posts.
    ///
    /// # Errors
    /// A forest with another number of leaves than posts (P114), maxima above [`MAX_TOTAL`] in sum (P110), too many nodes
    /// for minimums or penalties (P117).
    pub fn with_demand_quotas(self, quotas: QuotaForest) -> Result<Self, ProblemError> {
        check_quotas(Side::Demand, &quotas, self.graph.posts())?;
        Self { demand_quotas: quotas, ..self }.sized()
    }

    /// The same with nested quotas over the units.
    ///
    /// # Errors
    /// A forest with another number of leaves than units (P114), maxima above [`MAX_TOTAL`] in sum (P110), too many nodes
    /// for minimums or penalties (P117).
    pub fn with_supply_quotas(self, quotas: QuotaForest) -> Result<Self, ProblemError> {
        check_quotas(Side::Supply, &quotas, self.graph.units())?;
        Self { supply_quotas: quotas, ..self }.sized()
    }

    /// The same with ranges over any pairs.
    ///
    /// # Errors
    /// A coupling that names a pair twice or one there is not (P119), whose span is empty or too wide (P120), or whose
    /// penalty does not fit (P121).
    pub fn with_couplings(self, couplings: Vec<Coupling>) -> Result<Self, ProblemError> {
        let mut penalties = 0_i64;
        for (coupling, own) in CouplingId::all(couplings.len()).zip(&couplings) {
            let mut pairs: Vec<PairId> = own.signed().map(|(pair, _)| pair).collect();
            pairs.sort_unstable();
            let twice = pairs.windows(2).find(|two| two[0] == two[1]).map(|two| two[1]);
            if let Some(pair) = twice.or(pairs.last().copied().filter(|pair| pair.index() >= self.graph.pairs())) {
                return Err(ProblemError::CoupledPair { coupling, pair });
            }
            let (min, max) = (own.span().min(), own.span().max());
            if min > max || min < -MAX_COUPLED || max > MAX_COUPLED {
                return Err(ProblemError::CouplingSpan { coupling, min, max });
            }
            let Some(penalty) = own.penalty() else { continue };
            penalties = penalties.saturating_add(penalty);
            if penalty < 1 || penalties > MAX_COUPLING_PENALTIES || own.span().opening() == Opening::OrClosed {
                return Err(ProblemError::CouplingPenalty { coupling, penalty });
            }
        }
        Ok(Self { couplings, ..self })
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

    /// The ranges over any pairs.
    #[must_use]
    pub fn couplings(&self) -> &[Coupling] {
        &self.couplings
    }

    /// What `matching` is worth: the sum of `(weight + bonus) * count`, less the penalties of soft quotas and
    /// couplings. Placements of pairs the graph does not have are worth nothing.
    #[must_use]
    pub fn value(&self, matching: &Matching) -> i128 {
        let worth =
            |(weight, count): (i32, u32)| (i128::from(weight) + i128::from(self.placement_bonus)) * i128::from(count);
        matching
            .placements()
            .iter()
            .filter_map(|placement| Some((*self.weights.get(placement.pair.index())?, placement.count)))
            .map(worth)
            .sum::<i128>()
            - self.fines(matching)
    }

    /// What soft quotas and couplings cost under `matching`.
    #[must_use]
    pub fn fines(&self, matching: &Matching) -> i128 {
        let (demand, supply) = (&self.demand_quotas, &self.supply_quotas);
        let mut fines = 0;
        if demand.is_soft() {
            let mut posts = vec![0_u64; self.graph.posts()];
            for placement in matching.placements() {
                if let Some(post) = self.graph.targets().get(placement.pair.index()) {
                    posts[post.index()] = posts[post.index()].saturating_add(u64::from(placement.count));
                }
            }
            fines += demand.fines(&posts);
        }
        if supply.is_soft() {
            let mut units = vec![0_u64; self.graph.units()];
            for placement in matching.placements().iter().filter(|known| known.pair.index() < self.graph.pairs()) {
                let unit = &mut units[self.graph.unit_of(placement.pair).index()];
                *unit = unit.saturating_add(u64::from(placement.count));
            }
            fines += supply.fines(&units);
        }
        let soft = self.couplings.iter().filter(|coupling| coupling.penalty().is_some());
        fines + soft.map(|coupling| coupling.fine(coupling.load(matching))).sum::<i128>()
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

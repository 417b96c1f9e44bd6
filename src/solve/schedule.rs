//! How the auction's increment shrinks from phase to phase.

use super::desk::Heads;
use super::rough::Rough;
use crate::graph::SeatRange;

/// One phase of the auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phase {
    /// The least by which a bid exceeds what the bidder would be content with.
    pub(super) increment: i32,
    /// By how much prices fall before.
    pub(super) lowering: i32,
    /// How far posts that are left with a free seat look for somebody.
    pub(super) reach: i32,
    /// Whether units that are content keep their seats from the phase before, if it had the same units.
    pub(super) keep: bool,
    /// One in so many units bids, for as large a part of the seats.
    pub(super) stride: u32,
    /// Whether units bid from their shortlists.
    pub(super) listed: bool,
    /// Bids a unit that the last few units may make, who often outbid each other for long.
    pub(super) patience: usize,
}

/// A sample is a part of this size, where posts have at least [`SAMPLED_SEATS`] on average.
const STRIDE: u32 = 4;
const SAMPLED_SEATS: u64 = 12;

/// Fewer units than this are not worth sampling.
const SAMPLED_UNITS: usize = 1 << 15;

/// Phases whose increment is above this part of the range are rough: a sample and whole rows will do.
const ROUGH: i32 = 500;

/// How far posts look for somebody, in increments: after a sample, posts may be wrong by what the sample's increment was.
const REACH: i32 = 64;
const REACH_SAMPLED: i32 = 16;

/// Neighbouring units that are sampled together, because their rows are neighbours in memory.
pub(super) const NEIGHBOURS: usize = 32;

/// Where no pair can earn more than this, increments come to an end before anything is worth keeping.
const FINE: i32 = 1_000;

/// Units fill much of a post if they have more members on average than this part of its seats.
const LUMP: u128 = 4;

/// What depends on the market.
struct Shape {
    /// The first increment, as a part of the most that a pair can earn.
    coarsest: i32,
    /// The last increment, as a part of the spread of weights.
    finest: i32,
    /// How many increments prices are lowered by between phases: less leaves more posts empty at a price, more wastes bids.
    lowering: i32,
    /// See [`Phase::keep`].
    keep: bool,
    /// Whether a sample bids first.
    sampled: bool,
    /// Whether units bid from their shortlists from the start.
    listed: bool,
    /// See [`Phase::patience`]; in the last phase.
    patience: usize,
}

impl Shape {
    /// Units whose members together fill much of a post: bids at a fine increment are many and seat few, and the repairs move whole
    /// groups at once.
    const LUMPS: Self =
        Self { coarsest: 100, finest: 1, lowering: 0, keep: false, sampled: false, listed: false, patience: 0 };
    /// Units of several members, fewer than posts have seats.
    const COHORTS: Self =
        Self { coarsest: 100, finest: 2_000, lowering: 2, keep: false, sampled: false, listed: false, patience: 3 };
    /// Too few units or weights to keep anything: every phase begins with empty seats.
    const EMPTIED: Self =
        Self { coarsest: 10, finest: 20_000, lowering: 2, keep: false, sampled: false, listed: false, patience: 3 };
    /// Posts that several people share and many want.
    const CROWDED: Self =
        Self { coarsest: 10, finest: 30_000, lowering: 2, keep: true, sampled: true, listed: false, patience: 1 };
    /// Posts that several people share, where most get what they like best: prices hardly matter, but in the end.
    const LOOSE: Self =
        Self { coarsest: 100, finest: 100_000, lowering: 0, keep: true, sampled: false, listed: true, patience: 3 };
    /// One seat each: who keeps a seat leaves too many posts empty at a price, and the search that would seat the last few units is dearer
    /// than their bids.
    const SINGLE: Self =
        Self { coarsest: 100, finest: 30_000, lowering: 2, keep: false, sampled: false, listed: false, patience: 30 };

    fn of<H: Heads>(rough: Rough<'_>, seats: &[SeatRange]) -> Self {
        let total: u64 = seats.iter().map(|seat| u64::from(seat.max())).sum();
        let large = rough.rows.units() >= SAMPLED_UNITS && total >= SAMPLED_SEATS * seats.len() as u64;
        let fine = rough.ceiling() > FINE;
        if !H::ONE {
            let heads: u64 = rough.rows.headcounts.iter().map(|&heads| u64::from(heads)).sum();
            // In 128 bits, where any two counts may be multiplied.
            let (heads_by_posts, seats_by_units) =
                (u128::from(heads) * seats.len() as u128, u128::from(total) * rough.rows.units() as u128);
            if heads_by_posts > seats_by_units / LUMP { Self::LUMPS } else { Self::COHORTS }
        } else if seats.iter().all(|seat| seat.max() <= 1) {
            Self::SINGLE
        } else if !crowded(rough, seats) {
            Self::LOOSE
        } else if large && fine {
            Self::CROWDED
        } else {
            Self { sampled: large, ..Self::EMPTIED }
        }
    }
}

/// The phases for rows of units with so many `H`eads, and posts of `seats`.
pub(super) fn phases<H: Heads>(rough: Rough<'_>, seats: &[SeatRange]) -> Vec<Phase> {
    // Nothing is worth more than this, so nobody pays it for a seat that does not exist.
    let ceiling = rough.ceiling();
    if ceiling == 0 {
        return Vec::new();
    }
    let shape = Shape::of::<H>(rough, seats);
    let spread = (rough.range.1 - rough.range.0).clamp(1, ceiling);
    let finest = (spread / shape.finest).max(1);
    let mut increment = (ceiling / shape.coarsest).max(1);
    let mut phases: Vec<Phase> = Vec::new();
    loop {
        let rough = increment > ceiling / ROUGH;
        let lowering = phases.last().map_or(0, |last| shape.lowering * last.increment);
        let stride = if rough && shape.sampled { STRIDE } else { 1 };
        let listed = !rough || shape.listed;
        let reach = increment.saturating_mul(if stride > 1 { REACH_SAMPLED } else { REACH });
        phases.push(Phase { increment, lowering, reach, stride, listed, keep: shape.keep, patience: 0 });
        // Less than three times as fine again is not worth a phase.
        if increment / 3 < finest {
            break;
        }
        increment = if increment / 100 > spread { increment / 100 } else { (increment / 10).max(finest) };
    }
    if let Some(last) = phases.last_mut() {
        *last = Phase { stride: 1, listed: true, patience: shape.patience, ..*last };
    }
    phases
}

/// Whether many of a sample of the units like a post best that has no seat left for them.
fn crowded(rough: Rough<'_>, seats: &[SeatRange]) -> bool {
    let mut left: Vec<u32> = (0..).zip(seats).map(|(post, seat)| seats_in(STRIDE, post, seat.max())).collect();
    let (mut units, mut refused) = (0usize, 0usize);
    for unit in (0..rough.rows.units()).filter(|unit| (unit / NEIGHBOURS).is_multiple_of(STRIDE as usize)) {
        let Some((post, _)) = rough.rows.entries(unit).max_by_key(|&(_, weight)| weight) else { continue };
        units += 1;
        match &mut left[post as usize] {
            0 => refused += 1,
            left => *left -= 1,
        }
    }
    refused > units / 4
}

/// The seats of `post` that a sample of one unit in `stride` bids for.
pub(super) fn seats_in(stride: u32, post: u32, seats: u32) -> u32 {
    // A turn for each post that has nothing to do with its neighbours'.
    part(seats, (post.wrapping_mul(0x9e37_79b9) >> 16) % stride, stride)
}

/// A `stride`-th of `count`, rounded so that the parts of all turns `0..stride` add up to it.
pub(super) fn part(count: u32, turn: u32, stride: u32) -> u32 {
    count / stride + u32::from(turn < count % stride)
}

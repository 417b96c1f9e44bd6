//! How the auction's increment shrinks from phase to phase.

use super::rows::Rows;

/// One phase of the auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phase {
    /// The least by which a bid exceeds what the bidder would be content with.
    pub(super) increment: i64,
    /// By how much prices fall before.
    pub(super) lowering: i64,
    /// One in so many units bids, for as large a part of the seats.
    pub(super) stride: u32,
    /// Whether units bid from their shortlists.
    pub(super) listed: bool,
    /// Bids a unit that the last few units may make, who often outbid each other for long.
    pub(super) patience: usize,
}

/// How many increments prices are lowered by between phases: less leaves more posts empty at a price, more wastes bids.
const LOWERING: i64 = 2;

/// The same after the last phase that saw a sample only, whose prices are less certain.
const LOWERING_SAMPLED: i64 = 4;

/// A sample is a part of this size, where posts have at least [`SAMPLED_SEATS`] on average.
const STRIDE: u32 = 4;
const SAMPLED_SEATS: u64 = 12;

/// Fewer units than this are not worth sampling.
const SAMPLED_UNITS: usize = 1 << 15;

/// Phases whose increment is above this part of the range are rough: a sample and whole rows will do.
const ROUGH: i64 = 500;

/// What depends on how many seats posts have.
struct Shape {
    /// The first increment, as a part of the most that a pair can earn.
    coarsest: i64,
    /// The last increment, as a part of the spread of weights.
    finest: i64,
    /// See [`Phase::patience`]; in the last phase.
    patience: usize,
}

impl Shape {
    /// Posts that several people share.
    const SHARED: Self = Self { coarsest: 10, finest: 20_000, patience: 3 };
    /// One seat each: coarse phases leave too many posts empty at a price, and the search that would seat the last few units
    /// is dearer than their bids.
    const SINGLE: Self = Self { coarsest: 100, finest: 30_000, patience: 30 };
}

/// The phases for `rows`, whose values lie within `range`, and posts of `seats`.
pub(super) fn phases(rows: Rows<'_>, range: (i64, i64), seats: impl Iterator<Item = u32>) -> Vec<Phase> {
    // Nothing is worth more than this, so nobody pays it for a seat that does not exist.
    let ceiling = (range.1 - rows.outside).max(0);
    if ceiling == 0 {
        return Vec::new();
    }
    let (posts, total, most) = seats
        .fold((0u64, 0u64, 0), |(posts, total, most), seats| (posts + 1, total + u64::from(seats), most.max(seats)));
    let spread = (range.1 - range.0).clamp(1, ceiling);
    let shape = if most <= 1 { Shape::SINGLE } else { Shape::SHARED };
    let sampled = rows.units() >= SAMPLED_UNITS && total >= SAMPLED_SEATS * posts;
    let finest = (spread / shape.finest).max(1);
    let mut increment = (ceiling / shape.coarsest).max(1);
    let mut phases: Vec<Phase> = Vec::new();
    loop {
        let rough = increment > ceiling / ROUGH;
        let lowering = match phases.last() {
            None => 0,
            Some(last) if last.stride > 1 && !rough => LOWERING_SAMPLED * last.increment,
            Some(last) => LOWERING * last.increment,
        };
        let stride = if rough && sampled { STRIDE } else { 1 };
        phases.push(Phase { increment, lowering, stride, listed: !rough, patience: 0 });
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

//! How the auction's increment shrinks from phase to phase.

use super::desk::Heads;
use super::meter::Meter;
use super::rough::Rough;
use crate::control::Stop;
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

/// Units between two looks at the clock.
const LOOK: usize = 1 << 12;

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

/// An increment is such a part of the one before; less of it after a phase of more than so many bids a person; and a very small part
/// while it is beyond the spread of weights.
const STEP: i32 = 10;
const SHORT_STEP: i32 = 5;
const MANY_BIDS: u64 = 4;
const LEAP: i32 = 100;

/// No increment is finer than such a part of a unit of weight.
const PARTS_OF_WEIGHT: i32 = 8;

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
    /// See [`Phase::patience`]; in earlier phases, and in the last.
    patience: (usize, usize),
}

impl Shape {
    /// Units whose members together fill much of a post: bids at a fine increment are many and seat few, and the repairs move whole
    /// groups at once.
    const LUMPS: Self =
        Self { coarsest: 100, finest: 100, lowering: 2, keep: false, sampled: false, listed: false, patience: (0, 0) };
    /// Units of several members, fewer than posts have seats.
    const COHORTS: Self = Self {
        coarsest: 100,
        finest: 2_000,
        lowering: 2,
        keep: false,
        sampled: false,
        listed: false,
        patience: (0, 3),
    };
    /// Too few units or weights to keep anything: every phase begins with empty seats.
    const EMPTIED: Self = Self {
        coarsest: 10,
        finest: 20_000,
        lowering: 2,
        keep: false,
        sampled: false,
        listed: false,
        patience: (0, 3),
    };
    /// Posts that several people share and many want.
    const CROWDED: Self =
        Self { coarsest: 10, finest: 30_000, lowering: 2, keep: true, sampled: true, listed: false, patience: (0, 1) };
    /// Posts that several people share, where most get what they like best: prices hardly matter, but in the end.
    const LOOSE: Self = Self {
        coarsest: 100,
        finest: 100_000,
        lowering: 0,
        keep: true,
        sampled: false,
        listed: true,
        patience: (0, 3),
    };
    /// One seat each: who keeps a seat leaves too many posts empty at a price, and the search that would seat the last few units is dearer
    /// than their bids.
    const SINGLE: Self = Self {
        coarsest: 100,
        finest: 30_000,
        lowering: 2,
        keep: false,
        sampled: false,
        listed: false,
        patience: (1, 30),
    };

    fn of<H: Heads>(
        rough: Rough<'_>,
        seats: &[SeatRange],
        left: &mut Vec<u32>,
        meter: &Meter<'_>,
    ) -> Result<Self, Stop> {
        let total: u64 = seats.iter().map(|seat| u64::from(seat.max())).sum();
        let large = Sample::of_market(rough.rows.units(), seats.len(), total) != Sample::ALL;
        let fine = rough.ceiling() > FINE;
        Ok(if !H::ONE {
            let heads: u64 = rough.rows.headcounts.iter().map(|&heads| u64::from(heads)).sum();
            // In 128 bits, where any two counts may be multiplied.
            let (heads_by_posts, seats_by_units) =
                (u128::from(heads) * seats.len() as u128, u128::from(total) * rough.rows.units() as u128);
            if heads_by_posts > seats_by_units / LUMP { Self::LUMPS } else { Self::COHORTS }
        } else if seats.iter().all(|seat| seat.max() <= 1) {
            Self::SINGLE
        } else if !crowded(rough, seats, left, meter)? {
            Self::LOOSE
        } else if large && fine {
            Self::CROWDED
        } else {
            Self { sampled: large, ..Self::EMPTIED }
        })
    }
}

/// The phases of one auction, one after the other.
pub(super) struct Schedule {
    shape: Shape,
    /// The most that a pair can earn, and the spread of weights.
    ceiling: i32,
    spread: i32,
    finest: i32,
    last: Option<Phase>,
    /// Whether a phase took many bids: smaller steps then take fewer in all.
    laborious: bool,
}

/// How a phase went.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Went {
    /// People who took part, and those of them who were left without a seat.
    pub(super) people: u64,
    pub(super) left: u64,
    pub(super) bids: u64,
}

impl Schedule {
    /// The schedule for rows of units with so many `H`eads, and posts of `seats`; `left` is scratch.
    pub(super) fn new<H: Heads>(
        rough: Rough<'_>,
        seats: &[SeatRange],
        left: &mut Vec<u32>,
        meter: &Meter<'_>,
    ) -> Result<Self, Stop> {
        // Nothing is worth more than this, so nobody pays it for a seat that does not exist.
        let ceiling = rough.ceiling();
        let shape = Shape::of::<H>(rough, seats, left, meter)?;
        let spread = (rough.range.1 - rough.range.0).clamp(1, ceiling.max(1));
        // Within a unit of weight, finer increments tell nothing apart.
        let finest = (spread / shape.finest).max(rough.value(1) / PARTS_OF_WEIGHT).max(1);
        Ok(Self { shape, ceiling, spread, finest, last: None, laborious: false })
    }

    /// The next phase, given how the one before went; nothing after the last.
    pub(super) fn next(&mut self, went: Went) -> Option<Phase> {
        let Self { shape, ceiling, spread, finest, last, laborious } = self;
        // Where nothing is worth anything, nobody bids.
        if *ceiling == 0 || last.is_some_and(|last| last.increment / 3 < *finest) {
            return None;
        }
        // Where most people are left out, hardly a post can stay empty, and every price climbs to where they give up.
        let scramble = went.left > went.people / 2;
        *laborious |= (shape.keep || scramble) && went.bids > MANY_BIDS * went.people;
        let increment = last.map_or((*ceiling / shape.coarsest).max(1), |last| {
            let shrunk = last.increment / if *laborious { SHORT_STEP } else { STEP };
            if last.increment / LEAP > *spread { last.increment / LEAP } else { shrunk.max(*finest) }
        });
        let times = if *laborious && scramble { shape.lowering.min(1) } else { shape.lowering };
        let lowering = last.map_or(0, |last| times * last.increment);
        let rough = increment > *ceiling / ROUGH;
        let stride = if rough && shape.sampled { STRIDE } else { 1 };
        let listed = !rough || shape.listed;
        let reach = increment.saturating_mul(if stride > 1 { REACH_SAMPLED } else { REACH });
        let mut phase =
            Phase { increment, lowering, reach, stride, listed, keep: shape.keep, patience: shape.patience.0 };
        // Less than three times as fine again is not worth a phase.
        if increment / 3 < *finest {
            phase = Phase { stride: 1, listed: true, patience: shape.patience.1, ..phase };
        }
        *last = Some(phase);
        *last
    }

    /// The last phase alone, for prices that are nearly right.
    pub(super) fn only_last(&mut self) -> Option<Phase> {
        std::iter::from_fn(|| self.next(Went::default())).last()
    }
}

/// One unit in so many, for as large a part of the seats.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample(u32);

impl Sample {
    /// Every unit.
    pub(super) const ALL: Self = Self(1);

    /// A part of the units where that says enough of prices: there are many of each, and posts have many seats.
    pub(super) fn of_market(units: usize, posts: usize, seats: u64) -> Self {
        let says_enough = units >= SAMPLED_UNITS && seats >= SAMPLED_SEATS * posts as u64;
        if says_enough { Self(STRIDE) } else { Self::ALL }
    }

    pub(super) const fn stride(self) -> u32 {
        self.0
    }

    /// Whether `unit` is one of the sample.
    pub(super) fn has(self, unit: usize) -> bool {
        (unit / NEIGHBOURS).is_multiple_of(self.0 as usize)
    }

    /// Those of `units`, counted from the first one, who are of the sample.
    pub(super) fn of(self, units: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        let start = units.start;
        units.filter(move |unit| self.has(unit - start))
    }
}

/// Whether many of a sample of the units like a post best that has no seat left for them.
fn crowded(rough: Rough<'_>, seats: &[SeatRange], left: &mut Vec<u32>, meter: &Meter<'_>) -> Result<bool, Stop> {
    left.clear();
    left.extend((0..).zip(seats).map(|(post, seat)| seats_in(STRIDE, post, seat.max())));
    let (mut units, mut refused) = (0usize, 0usize);
    for unit in Sample(STRIDE).of(0..rough.rows.units()) {
        let Some((post, _)) = rough.rows.entries(unit).max_by_key(|&(_, weight)| weight) else { continue };
        units += 1;
        if unit % LOOK == 0 {
            meter.look()?;
        }
        match &mut left[post as usize] {
            0 => refused += 1,
            left => *left -= 1,
        }
    }
    Ok(refused > units / 4)
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

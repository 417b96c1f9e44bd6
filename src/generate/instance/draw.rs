//! Seeded numbers with a distribution.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// One stream of numbers; streams of one seed are independent of each other.
#[derive(Clone, Debug)]
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut numbers = ChaCha8Rng::seed_from_u64(seed);
        numbers.set_stream(stream);
        Self(numbers)
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `end`, which is at least 1; biased by less than one part in `2^32` for the ends used here.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A weight below `end`.
    pub(super) fn weight(&mut self, end: usize) -> i32 {
        signed(self.below(end))
    }

    /// A number of at least 0 and less than 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// All numbers below `end` in random order.
    pub(super) fn order(&mut self, end: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..end as u32).collect();
        for last in (1..end).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

/// Ranks below an end, the first ranks most often: about as `1 / rank^exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranks {
    end: usize,
    range: f64,
    inverse: f64,
}

impl Ranks {
    /// `exponent` is not 1.
    pub(super) fn new(end: usize, exponent: f64) -> Self {
        let power = 1.0 - exponent;
        Self { end, range: libm::pow(end as f64 + 1.0, power) - 1.0, inverse: 1.0 / power }
    }

    /// There is at least one rank.
    pub(super) fn draw(&self, draw: &mut Draw) -> usize {
        let base = self.range * draw.unit() + 1.0;
        // The system's power is faster, and far closer than this to ours, which is the same everywhere: only beside a
        // whole number could they give different ranks.
        let near = base.powf(self.inverse);
        let (low, high) = ((near * (1.0 - 1e-9)) as usize, (near * (1.0 + 1e-9)) as usize);
        let rank = if low == high { low } else { libm::pow(base, self.inverse) as usize };
        rank.clamp(1, self.end) - 1
    }
}

/// A number that depends on these alone.
pub(super) fn mix(seed: u64, kind: u64, group: usize, post: usize) -> u64 {
    let mut mixed = seed ^ (kind << 56) ^ ((group as u64) << 32) ^ post as u64;
    for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(factor);
    }
    mixed ^ (mixed >> 31)
}

/// A small number as a weight.
pub(super) fn signed(number: usize) -> i32 {
    (number as u32).cast_signed()
}

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

    /// A rank below `end`, the first ranks most often: about as `1 / rank^exponent`. `exponent` is not 1.
    pub(super) fn rank(&mut self, end: usize, exponent: f64) -> usize {
        let power = 1.0 - exponent;
        let range = libm::pow(end as f64 + 1.0, power) - 1.0;
        let rank = libm::pow(range * self.unit() + 1.0, 1.0 / power);
        (rank as usize).clamp(1, end) - 1
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

/// A small number as a weight.
pub(super) fn signed(number: usize) -> i32 {
    (number as u32).cast_signed()
}

//! Seeded numbers (splitmix64): the same on every machine.

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// One stream of numbers.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// Stream `stream` of `seed`.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut draw = Self(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        draw.bits();
        draw
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// An index below `end`.
    pub fn index(&mut self, end: usize) -> usize {
        self.below(end as u64) as usize
    }

    /// A number of at least 0 and less than 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A rank below `end`, the first most often: about as `1 / rank^exponent` (Zipf). `exponent` is not 1.
    pub fn rank(&mut self, end: usize, exponent: f64) -> usize {
        let power = 1.0 - exponent;
        let range = (end as f64 + 1.0).powf(power) - 1.0;
        let rank = (range * self.unit() + 1.0).powf(1.0 / power);
        (rank as usize).clamp(1, end) - 1
    }

    /// All numbers below `end` in random order.
    pub fn order(&mut self, end: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..end).collect();
        for last in (1..end).rev() {
            order.swap(last, self.index(last + 1));
        }
        order
    }
}

/// A number that depends on the three arguments alone.
#[must_use]
pub fn mixed(seed: u64, group: u64, item: u64) -> u64 {
    Draw::new(seed ^ group.wrapping_mul(STEP), item).bits()
}

//! Seeded draws in whole numbers: the same on every machine and with every version of the random crate.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of draws. Streams of one seed are independent, so that a change in one part of a generator leaves the
/// others as they are.
#[derive(Clone, Debug)]
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    /// Stream `stream` of `seed`.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        Self(random)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        // The product of a uniform 64-bit number and the bound, shifted: its bias is below 2^-32.
        ((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u32
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `per_mille` of 1,000 draws.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of `items`; none of an empty list.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let k = self.below(items.len() as u32) as usize;
        items.get(k)
    }

    /// A position of `weights`, each with a chance in proportion to its weight; 0 if they are all 0.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (k, weight) in weights.iter().enumerate() {
            if left < *weight {
                return k;
            }
            left -= weight;
        }
        0
    }
}

/// Shares `total` out in proportion to `weights`, in whole numbers that add up to `total` (largest remainders first,
/// earlier ones first among equals). All weights 0 share nothing.
pub(crate) fn apportion(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().copied().map(u64::from).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<u64> = weights.iter().map(|weight| u64::from(*weight) * u64::from(total)).collect();
    let mut shares: Vec<u32> = exact.iter().map(|share| (share / sum) as u32).collect();
    let left = total - shares.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|k| (std::cmp::Reverse(exact[*k] % sum), *k));
    for k in order.into_iter().take(left as usize) {
        shares[k] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_the_same_everywhere() {
        let mut draw = Draw::new(20_260_901, 1);
        let drawn: Vec<u32> = (0..6).map(|_| draw.below(1000)).collect();
        assert_eq!(drawn, [465, 120, 633, 969, 978, 716]);
        assert_ne!(Draw::new(20_260_901, 2).below(u32::MAX), Draw::new(20_260_901, 1).below(u32::MAX));
        assert_eq!(draw.below(0), 0);
        assert_eq!(draw.between(5, 5), 5);
        assert_eq!(draw.pick::<u8>(&[]), None);
        assert_eq!(draw.weighted(&[0, 3, 0]), 1);
    }

    #[test]
    fn shares_add_up() {
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportion(2800, &[3, 1]), [2100, 700]);
        assert_eq!(apportion(5, &[0, 0]), [0, 0]);
        assert_eq!(apportion(0, &[]), [0; 0]);
    }
}

//! The eight largest of some numbers, with wider instructions where the processor has them.
//!
//! The crate is compiled for the plainest processor of its kind. Drawing up shortlists gains much (three times the speed)
//! from instructions that almost all processors have beside those. So it is compiled twice, and the processor at hand decides
//! which runs. Both do the same in integers: the answer never depends on it, and tests take either.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled twice")]

/// How many numbers are kept.
pub(super) const KEPT: usize = 8;

/// Keeps the largest numbers of those it was shown.
pub(super) trait Largest: Copy {
    /// The same, having been shown `number` too.
    fn show(self, number: i32) -> Self;

    /// The largest of those that one or the other was shown, in no particular order.
    fn join(self, other: Self) -> [i32; KEPT];
}

/// A loop that needs the largest of some numbers, over and over.
pub(super) trait Work {
    /// Runs the loop with copies of `none`, which was shown nothing. This and all it calls should be `#[inline(always)]`.
    fn run(self, none: impl Largest);
}

/// Runs `work`, with wider instructions if the processor has them.
pub(super) fn widely(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if let Some(none) = x86::Vector::none() {
        x86::run(work, none);
        return;
    }
    work.run(Plain([i32::MIN; KEPT]));
}

/// What every processor can do: numbers in descending order.
#[derive(Clone, Copy)]
struct Plain([i32; KEPT]);

impl Largest for Plain {
    #[inline(always)]
    fn show(self, mut number: i32) -> Self {
        // No branches: what belongs where is what a processor cannot guess.
        Self(self.0.map(|kept| {
            let larger = kept.max(number);
            number = kept.min(number);
            larger
        }))
    }

    #[inline(always)]
    fn join(self, other: Self) -> [i32; KEPT] {
        std::array::from_fn(|at| self.0[at].max(other.0[KEPT - 1 - at]))
    }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "calls what not every processor can run")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, _mm256_blend_epi32, _mm256_max_epi32, _mm256_min_epi32, _mm256_permutevar8x32_epi32,
        _mm256_set1_epi32, _mm256_setr_epi32,
    };

    use super::{KEPT, Largest, Work};

    /// Numbers in descending order. There is one only where the processor has AVX2: [`Vector::none`] makes the first.
    #[derive(Clone, Copy)]
    pub(super) struct Vector(__m256i);

    impl Vector {
        /// Shown nothing; none at all on a processor without AVX2.
        pub(super) fn none() -> Option<Self> {
            // SAFETY: the processor was just asked for AVX2.
            is_x86_feature_detected!("avx2").then(|| Self(unsafe { _mm256_set1_epi32(i32::MIN) }))
        }
    }

    impl Largest for Vector {
        #[inline(always)]
        fn show(self, number: i32) -> Self {
            // SAFETY: a `Vector` exists only where there is AVX2.
            unsafe {
                let number = _mm256_set1_epi32(number);
                // Each place keeps its own, takes the new number, or that of the place before.
                let before = _mm256_permutevar8x32_epi32(self.0, _mm256_setr_epi32(0, 0, 1, 2, 3, 4, 5, 6));
                let before = _mm256_blend_epi32::<1>(before, number);
                Self(_mm256_max_epi32(self.0, _mm256_min_epi32(before, number)))
            }
        }

        #[inline(always)]
        fn join(self, other: Self) -> [i32; KEPT] {
            // SAFETY: a `Vector` exists only where there is AVX2; eight `i32` are what it consists of.
            unsafe {
                let back = _mm256_permutevar8x32_epi32(other.0, _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0));
                std::mem::transmute::<__m256i, [i32; KEPT]>(_mm256_max_epi32(self.0, back))
            }
        }
    }

    /// Runs `work` compiled for AVX2; `none` says that the processor has it.
    pub(super) fn run(work: impl Work, none: Vector) {
        #[target_feature(enable = "avx2")]
        fn compiled(work: impl Work, none: Vector) {
            work.run(none);
        }
        // SAFETY: `none` exists, so there is AVX2.
        unsafe { compiled(work, none) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{KEPT, Largest, Plain, Work, widely};

    /// Shows every number to one of two keepers, and writes down what they keep together, in order.
    struct Keep<'a> {
        numbers: &'a [i32],
        kept: &'a mut [i32; KEPT],
    }

    impl Work for Keep<'_> {
        fn run(self, none: impl Largest) {
            let (even, odd) = self.numbers.iter().enumerate().fold((none, none), |(even, odd), (at, &number)| {
                if at % 2 == 0 { (even.show(number), odd) } else { (even, odd.show(number)) }
            });
            *self.kept = even.join(odd);
            self.kept.sort_unstable();
        }
    }

    proptest! {
        #[test]
        fn both_ways_keep_the_largest(mut numbers in prop::collection::vec(any::<i32>(), 0..60)) {
            let (mut wide, mut plain) = ([0; KEPT], [0; KEPT]);
            widely(Keep { numbers: &numbers, kept: &mut wide });
            Keep { numbers: &numbers, kept: &mut plain }.run(Plain([i32::MIN; KEPT]));
            numbers.resize(numbers.len().max(KEPT), i32::MIN);
            numbers.extend([i32::MIN; KEPT]);
            numbers.sort_unstable();
            prop_assert_eq!(&wide[..], &numbers[numbers.len() - KEPT..]);
            prop_assert_eq!(wide, plain);
        }
    }
}

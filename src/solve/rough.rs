//! The pairs as the auction sees them: in 32 bits.
//!
//! An auction need not be exact, so it reads values and keeps prices in half the width. Values that need more lose
//! their last bits.

use super::rows::Rows;

/// No value has more bits than this, so that sums and differences of a few fit 32.
const BITS: u32 = 28;

/// Rows with values and being unplaced in the auction's unit, which is `2^grain` of the rows' own.
#[derive(Clone, Copy)]
pub(super) struct Rough<'a> {
    pub(super) rows: Rows<'a>,
    /// What being unplaced is worth.
    pub(super) outside: i32,
    /// Smallest and largest value.
    pub(super) range: (i32, i32),
    pub(super) grain: u32,
    /// A value is its weight, shifted to the left and then to the right; one of the two is 0.
    up: u32,
    down: u32,
}

impl<'a> Rough<'a> {
    pub(super) fn of(rows: Rows<'a>) -> Self {
        let range = rows.range();
        let largest = range.0.abs().max(range.1.abs()).max(-rows.outside);
        let grain = (i64::BITS - largest.leading_zeros()).saturating_sub(BITS);
        let narrow = |value: i64| (value >> grain) as i32;
        Self {
            rows,
            outside: narrow(rows.outside),
            range: (narrow(range.0), narrow(range.1)),
            grain,
            up: rows.scale.saturating_sub(grain),
            down: grain.saturating_sub(rows.scale),
        }
    }

    /// What a pair of `weight` is worth, without the bonus.
    pub(super) fn value(self, weight: i32) -> i32 {
        (weight << self.up) >> self.down
    }

    /// The most that a seat can be worth: nobody pays it.
    pub(super) fn ceiling(self) -> i32 {
        (self.range.1 - self.outside).max(0)
    }

    /// Prices by post in the rows' own unit, in the auction's.
    pub(super) fn narrow(self, price: i64) -> i32 {
        (price >> self.grain).clamp(0, i64::from(self.ceiling())) as i32
    }

    /// The reverse of [`narrow`](Self::narrow).
    pub(super) fn wide(self, amount: i32) -> i64 {
        i64::from(amount) << self.grain
    }
}

//! Qualifications beyond what the post asks.

use super::criterion::View;
use crate::market::Qualification;

/// A surplus of this many grades is worth full points.
const FULL_SURPLUS: u32 = 3;

/// Grades held beyond the required ones, over all qualifications the post asks for, out of three; 0 where it asks none.
pub(super) fn value(view: &View<'_>) -> f64 {
    let held = &view.supply().qualifications;
    let surplus = view.offer().qualifications.iter().map(|needed| {
        let best = held.iter().filter(|own| own.kind() == needed.kind()).map(Qualification::grade).max();
        u32::from(best.unwrap_or(0).saturating_sub(needed.grade()))
    });
    f64::from(surplus.sum::<u32>().min(FULL_SURPLUS)) / f64::from(FULL_SURPLUS)
}

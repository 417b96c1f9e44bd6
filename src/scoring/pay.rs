//! Pay.

use super::criterion::View;

/// Pay as a share of the pay that is worth full points, at most 1; 0 where none is stated.
pub(super) fn value(view: &View<'_>) -> f64 {
    let full = view.ground.criteria.full_pay.max(1);
    f64::from(view.offer().pay.unwrap_or(0).min(full)) / f64::from(full)
}

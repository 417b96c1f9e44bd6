//! What the city wants to further: sectors and people.

use super::criterion::View;
use crate::market::Party;

/// 1 for a post of an enterprise in a priority sector.
pub(super) fn sector(view: &View<'_>) -> f64 {
    let sector = match view.market().owner_of(view.post) {
        Party::Enterprise(enterprise) => view.market().enterprise(enterprise).sector.as_ref(),
        Party::School(_) => None,
    };
    f64::from(u8::from(sector.is_some_and(|sector| view.ground.criteria.priority_sectors.contains(sector))))
}

/// 1 for a person in one of the circumstances that earn equity points.
pub(super) fn equity(view: &View<'_>) -> f64 {
    let earns = view.supply().flags.iter().any(|flag| view.ground.criteria.equity_flags.contains(flag));
    f64::from(u8::from(earns))
}

//! What school and enterprises already do together.

use super::criterion::View;
use crate::eligibility::{agreements, covers};
use crate::market::Party;

/// 1 with an agreement that covers the programme, 0.5 with another one, 0 without. An employee's own enterprise is its
/// partner in full.
pub(super) fn agreement(view: &View<'_>) -> f64 {
    let (market, party) = (view.market(), view.party());
    let Some(programme) = view.programme() else {
        return f64::from(u8::from(party == market.owner_of(view.post)));
    };
    let values = agreements(market, party, view.post);
    let values = values.map(|agreement| if covers(market, agreement, programme) { 1.0 } else { 0.5 });
    values.fold(0.0, f64::max)
}

/// The share of the sponsors that have an agreement with the school; 0 for a post without sponsors.
pub(super) fn sponsors(view: &View<'_>) -> f64 {
    let (market, party) = (view.market(), view.party());
    let sponsors = market.sponsors_of(view.post);
    if sponsors.is_empty() {
        return 0.0;
    }
    let signed = market.agreements_of(party);
    let shared = |sponsor: &&Party| signed.iter().any(|agreement| market.parties_of(*agreement).contains(sponsor));
    sponsors.iter().filter(shared).count() as f64 / sponsors.len() as f64
}

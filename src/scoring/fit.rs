//! How well the programme trains for the work, from the edges of the national guideline.

use super::criterion::View;
use crate::market::{Catalogue, OccupationCode, ProgrammeCode, ProgrammeDistance};

/// 1 where the guideline links programme and occupation, 0.7 where it links the programme to another occupation of the
/// same minor group, 0.5 where it links another programme of the same class to the occupation, 0.3 for the same
/// category, 0 otherwise. Through-training compares the programme with its target: 1, 0.8 and 0.3 for the same code,
/// class and category. Employees are compared by the occupation alone and get 0.5.
pub(super) fn value(view: &View<'_>) -> f64 {
    let Some(programme) = view.programme() else { return 0.5 };
    let offer = view.offer();
    match (offer.target, offer.occupation) {
        (Some(target), _) => match target.distance(programme) {
            ProgrammeDistance::SameCode => 1.0,
            ProgrammeDistance::SameClass => 0.8,
            ProgrammeDistance::SameCategory => 0.3,
            ProgrammeDistance::Across => 0.0,
        },
        (None, Some(occupation)) => trained(view.market().catalogue(), programme, occupation),
        (None, None) => 0.0,
    }
}

fn trained(catalogue: &Catalogue, programme: ProgrammeCode, occupation: OccupationCode) -> f64 {
    let shared = catalogue.occupations_of(programme).map(|own| own.shared_groups(occupation)).max().unwrap_or(0);
    if shared == 4 {
        return 1.0;
    }
    if shared == 3 {
        return 0.7;
    }
    match catalogue.programmes_for(occupation).map(|other| other.distance(programme)).min() {
        Some(ProgrammeDistance::SameCode | ProgrammeDistance::SameClass) => 0.5,
        Some(ProgrammeDistance::SameCategory) => 0.3,
        Some(ProgrammeDistance::Across) | None => 0.0,
    }
}

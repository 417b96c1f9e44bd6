//! Ranked wishes of either side.

use super::criterion::View;
use crate::market::ProgrammeDistance;

/// Wishes beyond this many are worth as little as the last.
const WISHES: usize = 5;

/// 1 for the first wish, 0.8, 0.6, 0.4 and 0.2 for the next ones and all after, 0 for a post not wished for.
pub(super) fn wish(view: &View<'_>) -> f64 {
    let rank = view.market().wish_rank(view.unit, view.post);
    rank.map_or(0.0, |rank| (WISHES - rank.min(WISHES - 1)) as f64 / WISHES as f64)
}

/// 1 for somebody the previous round placed here; for a cohort the share of those to be placed who were here, so that all of
/// them together never earn more than those who were.
pub(super) fn stay(view: &View<'_>) -> f64 {
    let before = view.market().placed_before(view.unit, view.post);
    if before == 0 {
        return 0.0;
    }
    (f64::from(before) / f64::from(view.market().open_headcount(view.unit).max(1))).min(1.0)
}

/// The best of the wanted programmes: `1 - position / number`, times 1 for the programme itself (or a member of a
/// wanted class or category), 0.6 for its class, 0.3 for its category. A post that wants none is worth 0.5.
pub(super) fn wanted(view: &View<'_>) -> f64 {
    let list = &view.offer().programmes;
    let Some(programme) = view.programme().filter(|_| !list.is_empty()) else { return 0.5 };
    let values = list.iter().enumerate().map(|(position, wanted)| {
        let nearness = match wanted.distance(programme) {
            ProgrammeDistance::SameCode => 1.0,
            ProgrammeDistance::SameClass => 0.6,
            ProgrammeDistance::SameCategory => 0.3,
            ProgrammeDistance::Across => 0.0,
        };
        nearness * (list.len() - position) as f64 / list.len() as f64
    });
    values.fold(0.0, f64::max)
}

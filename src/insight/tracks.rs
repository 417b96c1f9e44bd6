//! The tracks: seats, applicants, placements.

use serde::Serialize;

use crate::market::{PostKind, SupplyIx};
use crate::verified::Verified;

/// One track of the round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TrackLine {
    /// The track.
    pub kind: PostKind,
    /// Posts offered.
    pub posts: u64,
    /// Posts with at least one person placed.
    pub posts_taken: u64,
    /// Seats offered.
    pub seats: u64,
    /// People with at least one acceptable post of the track whose placement stands nowhere, and those whose placement at one
    /// stands.
    pub applicants: u64,
    /// People placed.
    pub placed: u64,
}

/// Every track, in the order of [`PostKind`]. Cost: one pass over the acceptable pairs.
#[must_use]
pub fn tracks(result: &Verified<'_>) -> Vec<TrackLine> {
    let (market, acceptable) = (result.docking().market(), result.docking().acceptable());
    let mut lines: Vec<TrackLine> = PostKind::ALL
        .iter()
        .map(|kind| TrackLine { kind: *kind, posts: 0, posts_taken: 0, seats: 0, applicants: 0, placed: 0 })
        .collect();
    for post in market.posts() {
        lines[post.kind as usize].posts += 1;
        lines[post.kind as usize].seats += u64::from(post.seats_max);
    }
    for unit in SupplyIx::all(market.supply().len()) {
        let mut open = [false; PostKind::ALL.len()];
        for post in acceptable.posts_of(unit) {
            open[market.post(*post).kind as usize] = true;
        }
        for (line, _) in lines.iter_mut().zip(open).filter(|(_, open)| *open) {
            line.applicants += u64::from(market.open_headcount(unit));
        }
    }
    for standing in market.frozen_placements() {
        lines[market.post(standing.post).kind as usize].applicants += u64::from(standing.people);
    }
    let mut taken = vec![false; market.posts().len()];
    for placement in result.placements().all() {
        let line = &mut lines[market.post(placement.post).kind as usize];
        line.placed += u64::from(placement.people);
        line.posts_taken += u64::from(!std::mem::replace(&mut taken[placement.post.index()], true));
    }
    lines
}

//! Potentials to go on from, and who is where.

use super::network::Network;
use crate::control::Stop;
use crate::graph::{Placement, Solution};
use crate::solve::meter::Meter;

/// What an auction begins with, and leaves behind.
pub(super) struct Guess {
    pub(super) scale: u32,
    /// By node, in units of `2^-scale`; those of units mean nothing.
    pub(super) potentials: Vec<i64>,
    /// By ascending pair.
    pub(super) placements: Vec<Placement>,
}

impl Guess {
    /// What is best without quotas.
    pub(super) fn of(network: &Network<'_>, plain: &Solution, scale: u32) -> Self {
        let mut potentials = vec![0; network.len()];
        for (post, &price) in network.posts().zip(plain.prices.posts()) {
            potentials[post] = -(price.min(network.ceiling()) << scale);
        }
        Self { scale, potentials, placements: plain.matching.placements().to_vec() }
    }
}

/// A potential in whole units, to the nearest.
pub(super) fn whole(potential: i64, scale: u32) -> i64 {
    (potential + (1 << scale >> 1)) >> scale
}

/// Shows the meter what `potentials` of all nodes but units prove.
pub(super) fn offer(
    network: &Network<'_>,
    potential: impl Fn(usize) -> i64,
    scale: u32,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    if !meter.keeps() {
        return Ok(());
    }
    let whole = |node: usize| whole(potential(node), scale);
    let rise = |node: usize| if network.is_closed(node) { 0 } else { whole(node) - whole(network.parent(node)) };
    let (posts, demand) = (network.posts().start, network.demand_nodes().start);
    let supply = network.supply_nodes().start;
    meter.offer_quotas([&|post| -rise(posts + post), &|node| -rise(demand + node), &|node| rise(supply + node)])
}

//! From what was best under other ranges, or without any.

use super::network::Network;
use super::start::start;
use super::{finished, run};
use crate::control::Stop;
use crate::graph::{Problem, Solution, Witness};
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;
use crate::solve::rows::Rows;

/// Known prices beyond this are of no use, and sums of them along a path fit.
const FARTHEST: i64 = 1 << 54;

/// The best placement of `problem`, as by [`solve`](super::solve), from a `known` solution of one that has the same pairs.
///
/// `charges`: what each pair costs beside its weight; nothing if empty. Whoever earns their rent at the known prices stays
/// where they were while there is room. The rest is repaired, which is little where little has changed.
pub(in crate::solve) fn solve_again(
    problem: &Problem,
    charges: &[i64],
    known: &Solution,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    meter.begin()?;
    go_on(problem, charges, known, meter)
}

/// [`solve_again`] in a run that has begun.
pub(super) fn go_on(
    problem: &Problem,
    charges: &[i64],
    known: &Solution,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    let network = Network::of(problem, Rows::measured(problem, meter)?, meter)?.charging(charges);
    let mut potentials = vec![0; network.len()];
    let prices = &known.prices;
    let of = |prices: &[i64], at: usize| prices.get(at).copied().unwrap_or(0).clamp(-FARTHEST, FARTHEST);
    for (at, node) in network.supply_nodes().enumerate() {
        potentials[node] = potentials[network.parent(node)] + of(prices.supply(), at);
    }
    for (at, node) in network.demand_nodes().enumerate() {
        potentials[node] = potentials[network.parent(node)] - of(prices.demand(), at);
    }
    for (at, node) in network.posts().enumerate() {
        potentials[node] = potentials[network.parent(node)] - of(prices.posts(), at);
    }
    let mut circulation = start(&network, potentials, known.matching.placements(), meter)?;
    let ended = run(&mut circulation, Groups::default(), 0, meter);
    finished(circulation, ended, meter)
}

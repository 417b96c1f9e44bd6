//! Whom to place at once, and what supply quotas charge under given prices of posts.
//!
//! Under given prices the best use of the supply quotas is greedy: those who earn most come in first, and a node that
//! is full charges what the first one it turns away would have earned.

use super::circulation::Circulation;
use super::network::{Network, ROOT};
use crate::control::Stop;
use crate::parallel;
use crate::solve::meter::Meter;

/// Units a task looks at, and tasks between two looks at the clock.
const TASK: usize = 1 << 10;
const TASKS: usize = 1 << 4;

/// Places whoever earns their rent under `potentials` of all nodes but units, within every maximum.
pub(super) fn start<'a>(
    network: &'a Network<'a>,
    mut potentials: Vec<i64>,
    meter: &Meter<'_>,
) -> Result<Circulation<'a>, Stop> {
    let earned = earned(network, &potentials, meter)?;
    let mut sure = Vec::new();
    let mut tied = Vec::new();
    for (unit, &earned) in network.units().zip(&earned) {
        let level = potentials[network.parent(unit)];
        potentials[unit] = level.max(earned);
        if earned > level {
            sure.push(unit);
        } else if earned == level {
            tied.push(unit);
        }
    }
    let mut circulation = Circulation::new(network, potentials);
    for (at, unit) in sure.into_iter().chain(tied).enumerate() {
        if at % TASK == 0 {
            meter.look()?;
        }
        for pair in network.row(unit) {
            if circulation.slack(pair) == 0 {
                circulation.place(pair, u32::MAX);
            }
        }
    }
    Ok(circulation)
}

/// What each unit earns at best under the posts' potentials; below 0 where it can go nowhere.
pub(super) fn earned(network: &Network<'_>, potentials: &[i64], meter: &Meter<'_>) -> Result<Vec<i64>, Stop> {
    let best = |unit: usize| {
        let pairs = network.row(unit).filter(|&pair| !network.is_closed(network.ends(pair).1));
        pairs.map(|pair| network.value(pair) + potentials[network.ends(pair).1]).fold(-1, i64::max)
    };
    let mut earned = vec![-1; network.units().len()];
    for (chunk, earned) in earned.chunks_mut(TASK * TASKS).enumerate() {
        parallel::for_each_chunk(earned, TASK, |task, earned| {
            let first = network.units().start + (chunk * TASKS + task) * TASK;
            for (unit, earned) in (first..).zip(earned) {
                *earned = best(unit);
            }
        });
        meter.look()?;
    }
    Ok(earned)
}

/// What the first unit that each supply node turns away would have earned; 0 where nobody is turned away.
pub(super) fn levels(network: &Network<'_>, earned: &[i64], meter: &Meter<'_>) -> Result<Vec<i64>, Stop> {
    let mut levels = vec![0; network.len()];
    let mut room: Vec<u32> = (0..network.len()).map(|node| network.max(node)).collect();
    let below = network
        .units()
        .zip(earned)
        .filter(|&(unit, &earned)| earned > 0 && !network.is_closed(unit) && network.parent(unit) != ROOT);
    let mut order: Vec<(i64, usize)> = below.map(|(unit, &earned)| (earned, unit)).collect();
    order.sort_unstable_by_key(|&(earned, unit)| (std::cmp::Reverse(earned), unit));
    for (at, (earned, unit)) in order.into_iter().enumerate() {
        if at % TASK == 0 {
            meter.look()?;
        }
        let count = network.path(unit).map(|node| room[node]).min().unwrap_or(0);
        for node in network.path(unit) {
            room[node] -= count;
        }
        if count < network.max(unit) {
            // Whoever comes later earns less, and is turned away by the same node.
            let full = network.path(unit).skip(1).filter(|&node| room[node] == 0);
            for node in full {
                levels[node] = levels[node].max(earned);
            }
        }
    }
    Ok(levels)
}

//! Whom to place at once, and what supply quotas charge under given prices of posts.
//!
//! Under given prices the best use of the supply quotas is greedy: those who earn most come in first, and a node that
//! is full charges what the first one it turns away would have earned.

use super::circulation::Circulation;
use super::network::{Network, ROOT};
use crate::parallel;

/// Units a task looks at.
const TASK: usize = 1 << 12;

/// Places whoever earns their rent under `potentials` of all nodes but units, within every maximum.
pub(super) fn start<'a>(network: &'a Network<'a>, mut potentials: Vec<i64>) -> Circulation<'a> {
    let earned = earned(network, &potentials);
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
    for unit in sure.into_iter().chain(tied) {
        for pair in network.row(unit) {
            if circulation.slack(pair) == 0 {
                circulation.place(pair);
            }
        }
    }
    circulation
}

/// What each unit earns at best under the posts' potentials; below 0 where it can go nowhere.
pub(super) fn earned(network: &Network<'_>, potentials: &[i64]) -> Vec<i64> {
    let units = network.units();
    let tasks = parallel::map(units.len().div_ceil(TASK), |task| {
        let best = |unit: usize| {
            let pairs = network.row(unit).filter(|&pair| network.max(network.ends(pair).1) > 0);
            pairs.map(|pair| network.value(pair) + potentials[network.ends(pair).1]).fold(-1, i64::max)
        };
        let begin = units.start + task * TASK;
        (begin..units.end.min(begin + TASK)).map(best).collect::<Vec<i64>>()
    });
    tasks.concat()
}

/// What the first unit that each supply node turns away would have earned; 0 where nobody is turned away.
pub(super) fn levels(network: &Network<'_>, earned: &[i64]) -> Vec<i64> {
    let mut levels = vec![0; network.len()];
    let mut room: Vec<u32> = (0..network.len()).map(|node| network.max(node)).collect();
    let below = network
        .units()
        .zip(earned)
        .filter(|&(unit, &earned)| earned > 0 && network.max(unit) > 0 && network.parent(unit) != ROOT);
    let mut order: Vec<(i64, usize)> = below.map(|(unit, &earned)| (earned, unit)).collect();
    order.sort_unstable_by_key(|&(earned, unit)| (std::cmp::Reverse(earned), unit));
    for (earned, unit) in order {
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
    levels
}

//! Whom to place at once under given potentials.

use super::circulation::Circulation;
use super::network::Network;
use crate::control::Stop;
use crate::graph::Placement;
use crate::parallel;
use crate::solve::meter::Meter;

/// Units a task looks at, and tasks between two looks at the clock.
const TASK: usize = 1 << 10;
const TASKS: usize = 1 << 4;

/// What who can go nowhere earns. Others may earn less than nothing: minimums pay for it.
const NOWHERE: i64 = i64::MIN;

/// Places whoever earns their rent under `potentials` of all nodes but units, within every maximum: by the `placements` there
/// are, then by any pair.
pub(super) fn start<'a>(
    network: &'a Network<'a>,
    mut potentials: Vec<i64>,
    placements: &[Placement],
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
    for placement in placements {
        let pair = placement.pair.index();
        if circulation.slack(pair) == 0 {
            circulation.place(pair, placement.count);
        }
    }
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

/// What each unit earns at best under the posts' potentials; less than anything where it can go nowhere.
fn earned(network: &Network<'_>, potentials: &[i64], meter: &Meter<'_>) -> Result<Vec<i64>, Stop> {
    let best = |unit: usize| {
        let pairs = network.row(unit).filter(|&pair| !network.is_closed(network.ends(pair).1));
        pairs.map(|pair| network.value(pair) + potentials[network.ends(pair).1]).fold(NOWHERE, i64::max)
    };
    let mut earned = vec![NOWHERE; network.units().len()];
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

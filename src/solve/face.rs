//! The face of all optima: which pairs an optimum may use, and whom that leaves a choice.
//!
//! Whatever prices prove one optimum, the optima are exactly the feasible matchings that use pairs of slack 0 only, fill every
//! post and quota that costs something, and place all members of units that earn a rent (complementary slackness).

use std::ops::Range;

use super::meter::Meter;
use super::ranges::Ranges;
use crate::control::Stop;
use crate::graph::{Placement, Solution};
use crate::index::{PairId, UnitId};
use crate::parallel;

/// Units a task looks at, and tasks between two looks at the clock.
const TASK: usize = 1 << 10;
const TASKS: usize = 1 << 6;

/// What a choice between optima consists of.
#[derive(Default)]
pub(super) struct Face {
    /// The units with a choice, ascending.
    pub(super) choosers: Vec<Chooser>,
    /// Their pairs of slack 0 with the members placed by each; of each unit as it prefers them.
    pub(super) tight: Vec<Placement>,
    /// Where all other units are.
    pub(super) settled: Vec<Placement>,
}

/// A unit that is elsewhere in some other optimum, as far as its own pairs tell.
pub(super) struct Chooser {
    pub(super) unit: UnitId,
    /// How many of the tight pairs are its own.
    pub(super) pairs: u32,
    /// Whether members may stay unplaced.
    pub(super) idle: bool,
}

impl Face {
    /// The face of all optima; `None` if the prices do not prove the solution.
    pub(super) fn of(ranges: &Ranges<'_>, solution: &Solution, meter: &mut Meter<'_>) -> Result<Option<Self>, Stop> {
        let graph = ranges.problem().graph();
        let (units, placements) = (graph.units(), solution.matching.placements());
        let tasks = units.div_ceil(TASK);
        let mut face = Self::default();
        for first in (0..tasks).step_by(TASKS) {
            let end = tasks.min(first + TASKS);
            meter.spend((graph.offsets()[units.min(end * TASK)] - graph.offsets()[first * TASK]) as usize)?;
            let found = parallel::map(end - first, |task| {
                let begin = (first + task) * TASK;
                Self::of_units(ranges, placements, begin..units.min(begin + TASK))
            });
            for found in found {
                let Some(found) = found else { return Ok(None) };
                face.choosers.extend(found.choosers);
                face.tight.extend(found.tight);
                face.settled.extend(found.settled);
            }
        }
        Ok(Some(face))
    }

    /// The part that some units have in it.
    fn of_units(ranges: &Ranges<'_>, placements: &[Placement], units: Range<usize>) -> Option<Self> {
        let problem = ranges.problem();
        let graph = problem.graph();
        let mut face = Self::default();
        let begin = graph.offsets()[units.start];
        let mut rest = &placements[placements.partition_point(|placement| placement.pair.get() < begin)..];
        for unit in units.map(|unit| UnitId::new(unit as u32)) {
            let row = graph.row(unit);
            let (own, later) = rest.split_at(rest.iter().take_while(|own| own.pair.index() < row.end).count());
            rest = later;
            let level = ranges.level(ranges.home(unit));
            let best = row.clone().map(|pair| ranges.earned(pair)).fold(level, i64::max);
            let idle = best == level;
            // Everybody placed earns the rent, and nobody who could earn one is left out.
            let (placed, headcount) = (ranges.placed(unit), problem.headcount(unit));
            if own.iter().any(|own| ranges.earned(own.pair.index()) < best) || (placed < headcount && !idle) {
                return None;
            }
            if headcount == 0 {
                continue;
            }
            let before = face.tight.len();
            for pair in row.filter(|&pair| ranges.earned(pair) == best) {
                let pair = PairId::new(pair as u32);
                let count = own.iter().find(|own| own.pair == pair).map_or(0, |own| own.count);
                face.tight.push(Placement { pair, count });
            }
            let pairs = face.tight.len() - before;
            if pairs + usize::from(idle) < 2 {
                face.tight.truncate(before);
                face.settled.extend(own);
            } else {
                // Rows ascend by post, and the sort keeps the order of equals.
                face.tight[before..].sort_by_key(|tight| std::cmp::Reverse(problem.weight(tight.pair)));
                face.choosers.push(Chooser { unit, pairs: pairs as u32, idle });
            }
        }
        Some(face)
    }
}

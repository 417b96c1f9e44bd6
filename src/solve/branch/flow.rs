//! The flow problem under a case.

use crate::control::{Control, Limits, Stop};
use crate::graph::{Problem, SeatRange, Solution, Witness};
use crate::solve::meter::Meter;
use crate::solve::nested::solve_again;
use crate::solve::workspace::Workspace;

/// The best matching of a problem without openings and couplings whose pairs cost `charges`, or why there is none; adds to
/// `work`. `known`: a solution of a problem with the same pairs to begin from.
pub(super) fn flow(
    problem: &Problem,
    charges: &[i64],
    known: Option<&Solution>,
    control: &Control<'_>,
    workspace: &mut Workspace,
    work: &mut u64,
) -> Result<Result<Solution, Witness>, Stop> {
    let left = control.limits.work.map(|limit| limit.saturating_sub(*work));
    let control = control.with_limits(Limits { work: left, ..control.limits });
    let mut meter = Meter::new(&control);
    let solved = solved(problem, charges, known, workspace, &mut meter);
    *work += meter.work();
    solved
}

fn solved(
    problem: &Problem,
    charges: &[i64],
    known: Option<&Solution>,
    workspace: &mut Workspace,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    if let Some(known) = known {
        return solve_again(problem, charges, known, meter);
    }
    let Workspace { merged, steps, .. } = workspace;
    // Without quotas it is much the faster problem, and little is to be repaired then.
    let easier = without_quotas(problem);
    let solved = crate::solve::solved(easier.as_ref().unwrap_or(problem), None, merged, steps, meter)?;
    match solved {
        Ok(known) if easier.is_some() || !charges.is_empty() => solve_again(problem, charges, &known, meter),
        solved => Ok(solved),
    }
}

/// `problem` with no limits but the seats of its posts, if it has others.
fn without_quotas(problem: &Problem) -> Option<Problem> {
    let nested = !problem.demand_quotas().is_empty() || !problem.supply_quotas().is_empty();
    if !nested && problem.seats().iter().all(|range| range.floor() == 0) {
        return None;
    }
    let seats = problem.seats().iter().map(|range| SeatRange::up_to(range.max())).collect();
    let (graph, weights) = (problem.graph().clone(), problem.weights().to_vec());
    let plain = Problem::new(graph, weights, problem.headcounts().to_vec(), seats);
    plain.and_then(|plain| plain.with_placement_bonus(problem.placement_bonus())).ok()
}

//! The verb.

use super::condition::Claim;
use super::fault::Fault;
use super::proof::{Faults, Proof};
use super::ranges::{Loads, RangeFindings};
use super::rents::{RentFindings, unknown_pairs};
use crate::control::{Control, Phase, Progress};
use crate::graph::{Prices, Problem, Solution};
use crate::parallel;

/// Checks `solution` against `problem` and what is claimed of it, condition by condition.
///
/// `sign` and `rent` are asked of a solution claimed to be optimal; together with feasibility they are equivalent to a gap
/// of 0, and say where it comes from otherwise.
///
/// Couplings are checked as ranges are; their prices are left out, so that the bound is that of the problem without them:
/// [`verify_cases`](super::verify_cases) proves more.
///
/// Verification is never cut short: of `control` it uses the threads and the observer, not the limits. It does not
/// panic on any solution, whatever file that came from. Cost: one pass over the pairs on all threads, one over the placements
/// on one; 8 bytes a post and at most 16 more where prices are beyond 62 bits.
#[must_use]
pub fn verify(problem: &Problem, solution: &Solution, claim: Claim, control: &Control<'_>) -> Proof {
    let pairs = problem.graph().pairs() as u64;
    control.report(Progress::new(Phase::Verify, 0, pairs));
    let rents = parallel::with_threads(control.threads, || RentFindings::check(problem, solution));
    let loads = Loads::count(problem, &solution.matching);
    let prices = &solution.prices;
    let mut ranges = RangeFindings::check(problem, [prices.posts(), prices.demand(), prices.supply()], &loads);
    ranges.check_couplings(problem, &solution.matching);

    let value = rents.value - ranges.fines;
    let bound = rents.bound + ranges.bound;
    let mut gap = price_counts(problem, prices);
    // A negative gap refutes weak duality, so something else is wrong with the matching; no claim covers it.
    if bound - value < 0 || bound - value > claim.gap() {
        gap.push(Fault::Gap { gap: bound - value, claimed: claim.gap() });
    }
    let acceptability = unknown_pairs(problem, solution);
    control.report(Progress::new(Phase::Verify, pairs, pairs));
    Proof::new(value, bound, claim, [ranges.capacity, acceptability, rents.headcount, ranges.sign, rents.rent, gap])
}

/// Faults of prices that are not one for each post and quota node.
fn price_counts(problem: &Problem, prices: &Prices) -> Faults {
    let mut faults = Faults::default();
    for (what, found, expected) in [
        ("posts", prices.posts().len(), problem.graph().posts()),
        ("demand quotas", prices.demand().len(), problem.demand_quotas().len()),
        ("supply quotas", prices.supply().len(), problem.supply_quotas().len()),
    ] {
        if found != expected {
            faults.push(Fault::Prices { what, found, expected });
        }
    }
    faults
}

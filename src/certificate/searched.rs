//! A result of a search: a matching, the prices that hold with everything as it decided, and the tree of cases.

use super::cases::verify_cases;
use super::condition::Claim;
use super::fault::Fault;
use super::proof::{Faults, Proof};
use super::scene::Scene;
use super::verify::verify;
use crate::control::Control;
use crate::graph::{Cases, Multipliers, Problem, Solution};
use crate::parallel;

/// Checks a solution of a problem whose classes open or not, or with couplings, condition by condition.
///
/// The matching is counted as by [`verify`]. What no matching exceeds is for the tree of cases to prove (`cases`, `gap`).
/// The prices are asked of a solution claimed to be optimal: they prove that it is best as long as everything that the search
/// decided stays so ([`Problem::decided_by`]): what is open, what is closed, and who is placed by the pairs of couplings (`rent`).
///
/// Cost: that of [`verify`], and one pass over the pairs for each leaf of the tree and for the prices.
#[must_use]
pub fn verify_searched(
    problem: &Problem,
    solution: &Solution,
    cases: &Cases,
    claim: Claim,
    control: &Control<'_>,
) -> Proof {
    let counted = verify(problem, solution, Claim::Within(i128::MAX), control);
    let tree = verify_cases(problem, cases, control);
    let value = counted.value();
    let bound = tree.bound().filter(|_| tree.is_sound()).unwrap_or(value);
    let (mut faults, mut gap, mut rent) = (Faults::default(), Faults::default(), Faults::default());
    if let Some(fault) = tree.fault() {
        faults.push(Fault::Cases(fault.clone()));
    } else if bound < value || bound - value > claim.gap() {
        gap.push(Fault::Gap { gap: bound - value, claimed: claim.gap() });
    }
    if claim == Claim::Optimal {
        let proven = parallel::with_threads(control.threads, || decided_bound(problem, solution));
        if proven != Some(value) {
            rent.push(Fault::Decided { bound: proven, value });
        }
    }
    counted.searched(bound, claim, rent, gap, faults)
}

/// What the prices of `solution` prove under its decisions; `None` if they are not one for each range, or the matching
/// names what the problem does not have.
fn decided_bound(problem: &Problem, solution: &Solution) -> Option<i128> {
    let prices = &solution.prices;
    let known = solution.matching.placements().iter().all(|placed| placed.pair.index() < problem.graph().pairs());
    let fit = prices.posts().len() == problem.seats().len()
        && prices.demand().len() == problem.demand_quotas().len()
        && prices.supply().len() == problem.supply_quotas().len();
    let scene = Scene::of(problem, &problem.decided_by(&solution.matching)).filter(|_| known && fit)?;
    let multipliers = Multipliers { prices: prices.clone(), couplings: vec![0; problem.couplings().len()] };
    Some(scene.bound(&multipliers))
}

//! The prices of a matching that a search found.

use super::flow::flow;
use super::relaxed::{Relaxed, multipliers};
use super::view::{View, nothing};
use crate::control::{Control, Stop};
use crate::graph::{Cases, Matching, Problem, Solution};
use crate::parallel;
use crate::solve::lowest::lowest_prices;
use crate::solve::nearest::nearest;
use crate::solve::workspace::Workspace;

/// A matching worth most as long as everything that `matching` decides stays so ([`Problem::decided_by`]), and the lowest
/// prices that prove it: what one more seat would be worth with the same classes open, and everybody who is placed by a pair of
/// a coupling where they are.
///
/// `matching` must be feasible; of anything else the result is itself, with prices that prove nothing. `cases`: what the search
/// proved, whose prices are near. Cost: one flow.
///
/// # Errors
/// Who stopped it.
pub fn settle(problem: &Problem, matching: &Matching, cases: &Cases, control: &Control<'_>) -> Result<Solution, Stop> {
    settle_near(problem, matching, cases, &Matching::empty(), control)
}

/// The same, of all such matchings one that is [`nearest`] to `earlier`. Cost: that of `nearest` besides.
///
/// # Errors
/// Who stopped it.
pub fn settle_near(
    problem: &Problem,
    matching: &Matching,
    cases: &Cases,
    earlier: &Matching,
    control: &Control<'_>,
) -> Result<Solution, Stop> {
    let charges = vec![0; problem.couplings().len()];
    let unproven = || Solution { matching: matching.clone(), prices: nothing(problem).prices };
    let view = View::of(problem, &problem.decided_by(matching));
    let Some(Ok(relaxed)) = view.map(|view| Relaxed::of(problem, &view)) else { return Ok(unproven()) };
    // The first multipliers are those the search began with, the second those of its first flow.
    let known = cases.multipliers().get(1);
    let known = known.map(|known| Solution { matching: matching.clone(), prices: known.prices.clone() });
    let known = known.map(|known| relaxed.part(&known).into_owned());
    parallel::with_threads(control.threads, || {
        let Ok(solution) = flow(&relaxed.problem, &[], known.as_ref(), control, &mut Workspace::new(), &mut 0)? else {
            return Ok(unproven());
        };
        let prices = lowest_prices(&relaxed.problem, &solution);
        let solution = Solution { prices, ..solution };
        let earlier = Solution { matching: earlier.clone(), prices: nothing(problem).prices };
        let solution = nearest(&relaxed.problem, &solution, &relaxed.part(&earlier).matching, control)?;
        let prices = multipliers(problem, &solution.prices, charges).prices;
        Ok(Solution { matching: relaxed.matching(&solution.matching), prices })
    })
}

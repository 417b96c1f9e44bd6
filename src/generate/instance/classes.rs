//! Classes that open with enough people or not at all, on top of any problem.

use crate::graph::{Problem, ProblemError, SeatRange};

/// `problem` where `count` of its posts, evenly spread, open with two thirds of their seats or not at all; all of them if it
/// has fewer.
///
/// Cost: a copy of the problem.
///
/// # Errors
/// None for a problem that is valid (see [`ProblemError`]).
///
/// ```
/// use talent_match::control::Control;
/// use talent_match::generate::instance::{Family, Size, instance, with_classes};
/// use talent_match::solve::{Searched, search};
///
/// let city = instance(Family::City, Size { units: 300, posts: 15, degree: 8 }, 1)?;
/// let problem = with_classes(&city, 5)?;
/// assert_eq!(problem.seats().iter().filter(|range| range.floor() == 0 && range.min() > 0).count(), 5);
/// assert!(matches!(search(&problem, &Control::new())?, Searched::Optimal { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn with_classes(problem: &Problem, count: usize) -> Result<Problem, ProblemError> {
    let mut seats = problem.seats().to_vec();
    let (posts, count) = (seats.len(), count.min(seats.len()));
    for class in 0..count {
        let range = &mut seats[class * posts / count];
        let least = u32::try_from((u64::from(range.max()) * 2).div_ceil(3)).unwrap_or(range.max());
        *range = SeatRange::between(least, range.max())?.or_closed();
    }
    let (graph, weights) = (problem.graph().clone(), problem.weights().to_vec());
    let classes = Problem::new(graph, weights, problem.headcounts().to_vec(), seats)?;
    let classes = classes.with_placement_bonus(problem.placement_bonus())?;
    classes.with_demand_quotas(problem.demand_quotas().clone())?.with_supply_quotas(problem.supply_quotas().clone())
}

//! What prices prove, whether or not the run was finished.

use super::rows::Rows;
use crate::graph::Problem;
use crate::parallel;

/// Units a task adds up.
const TASK: usize = 1 << 12;

/// `D(y)`: no feasible matching is worth more. One pass over the pairs.
pub(super) fn dual_value(problem: &Problem, prices: &[i64]) -> i128 {
    let rows = Rows::of(problem);
    let units = problem.headcounts().len();
    let rents = parallel::map(units.div_ceil(TASK), |task| {
        let rent =
            |unit: usize| i128::from(rows.best(unit, prices) - rows.outside) * i128::from(problem.headcounts()[unit]);
        (task * TASK..units.min((task + 1) * TASK)).map(rent).sum::<i128>()
    });
    let seats = problem.seats().iter().zip(prices).map(|(seat, &price)| i128::from(seat.max()) * i128::from(price));
    rents.into_iter().sum::<i128>() + seats.sum::<i128>()
}

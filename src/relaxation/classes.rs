//! What it would take to open a class that did not open.
//!
//! Each question is the round once more with one class that must open, with its own minimum or a smaller one; everything else
//! is decided anew, so that the answers are exact. With a smaller minimum a class never opens at a higher cost, so that the
//! largest that will do is found by halving.

use serde::Serialize;

use crate::control::Control;
use crate::graph::{Problem, SeatRange};
use crate::index::PostId;
use crate::insight::{ClassLine, GoalValue, classes, worth};
use crate::solve::{Outcome, Searched, search, solve};
use crate::verified::{Status, Verified};

/// What the goals lose if a class must open.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// So much of each goal; a negative amount is gained, at the price of an earlier goal.
    Goals(Vec<GoalValue>),
    /// It cannot open: nobody can be brought there within the rules and the other limits.
    Impossible,
    /// Not found out within the limits, or the result itself was stopped before it was known to be best.
    Unknown,
}

/// A class that did not open, and what it would take.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relaxation {
    /// The class.
    pub class: ClassLine,
    /// What opening it with its own minimum would cost.
    pub cost: Cost,
    /// The largest smaller minimum with which it could open at no cost; none if there is none or it was not found out.
    pub opens_with: Option<u32>,
}

/// Every class that did not open, by id, with what it would take to open it.
///
/// Cost: at most 2 and the logarithm of its minimum solves for each class that is acceptable for anybody; `control` limits each
/// of these.
#[must_use]
pub fn cancelled(result: &Verified<'_>, control: &Control<'_>) -> Vec<Relaxation> {
    let docking = result.docking();
    let question = Question {
        problem: docking.formulation().problem(),
        control,
        best: (!matches!(result.status(), Status::Feasible { gap: 1.., .. })).then(|| result.proof().value()),
    };
    let closed = classes(result).into_iter().filter(|class| class.placed == 0);
    let relaxed = closed.filter_map(|class| {
        let post = docking.formulation().post_id(docking.market().find_post(&class.id)?);
        let least = question.problem.seat(post).min();
        let cost = match question.loss(post, least, &class) {
            Answer::Loses(loss) => Cost::Goals(worth(result, loss)),
            Answer::Impossible => Cost::Impossible,
            Answer::Unknown => Cost::Unknown,
        };
        let opens_with = question.opens_with(post, least, &class);
        Some(Relaxation { class, cost, opens_with })
    });
    relaxed.collect()
}

/// What is asked of every class.
struct Question<'a> {
    problem: &'a Problem,
    control: &'a Control<'a>,
    /// What the round is worth, if it is known to be best.
    best: Option<i128>,
}

enum Answer {
    Loses(i128),
    Impossible,
    Unknown,
}

impl Question<'_> {
    /// What is lost if `post` must hold `least` people or more.
    fn loss(&self, post: PostId, least: u32, class: &ClassLine) -> Answer {
        if u64::from(least) > class.applicants {
            return Answer::Impossible;
        }
        let mut seats = self.problem.seats().to_vec();
        let range = SeatRange::between(least, seats[post.index()].max());
        let (Ok(range), Some(best)) = (range, self.best) else { return Answer::Unknown };
        seats[post.index()] = range;
        let Ok(problem) = self.problem.clone().with_seats(seats) else { return Answer::Unknown };
        let found = if problem.needs_search() {
            match search(&problem, self.control) {
                Ok(Searched::Optimal { matching, .. }) => Ok(matching),
                Ok(Searched::Infeasible(_)) => Err(Answer::Impossible),
                _ => Err(Answer::Unknown),
            }
        } else {
            match solve(&problem, self.control) {
                Ok(Outcome::Optimal(solution)) => Ok(solution.matching),
                Ok(Outcome::Infeasible(_)) => Err(Answer::Impossible),
                _ => Err(Answer::Unknown),
            }
        };
        found.map_or_else(|answer| answer, |matching| Answer::Loses(best - problem.value(&matching)))
    }

    /// The largest minimum below `least` with which nothing is lost.
    fn opens_with(&self, post: PostId, least: u32, class: &ClassLine) -> Option<u32> {
        let most = u32::try_from(class.applicants).unwrap_or(u32::MAX).min(least.saturating_sub(1));
        // Mostly that is as many as are acceptable, so that is asked first.
        let (mut opens, mut closed, mut next) = (0, most + 1, most);
        while opens + 1 < closed {
            match self.loss(post, next, class) {
                Answer::Loses(..=0) => opens = next,
                Answer::Loses(_) | Answer::Impossible => closed = next,
                Answer::Unknown => return None,
            }
            next = opens.midpoint(closed);
        }
        (opens > 0).then_some(opens)
    }
}

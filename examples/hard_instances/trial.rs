//! Solving a problem, and what it took.

use std::sync::Mutex;

use talent_match::certificate::{Claim, verify};
use talent_match::control::{Control, Limits, Observer, Phase, Progress};
use talent_match::generate::instance::Recipe;
use talent_match::graph::Problem;
use talent_match::solve::{Outcome, solve};

#[path = "../support/cpu.rs"]
mod cpu;

/// What a recipe took to solve.
pub(crate) struct Trial {
    pub(crate) recipe: Recipe,
    pub(crate) pairs: usize,
    pub(crate) objective: i64,
    /// Pairs visited.
    pub(crate) work: u64,
    /// Those by part: merging and bidding, placing and searching for units, searching for posts.
    parts: [u64; 3],
    cpu_seconds: f64,
}

impl Trial {
    /// Solves and verifies the problem of `recipe`, with at most `most` visits a pair.
    pub(crate) fn of(recipe: Recipe, most: Option<u64>) -> Result<Self, String> {
        let problem = recipe.problem().map_err(|error| error.to_string())?;
        Self::solve(recipe, &problem, most)
    }

    /// The same for any problem.
    pub(crate) fn solve(recipe: Recipe, problem: &Problem, most: Option<u64>) -> Result<Self, String> {
        let pairs = problem.graph().pairs();
        let limits = most.map_or(Limits::NONE, |most| Limits::NONE.with_work(most * pairs as u64));
        let parts = Parts::default();
        let control = Control::new().with_limits(limits).with_observer(&parts);
        let before = cpu::cpu_seconds();
        let outcome = solve(problem, &control).map_err(|error| error.to_string())?;
        let cpu_seconds = cpu::cpu_seconds() - before;
        let claim = match &outcome {
            Outcome::Feasible { solution, bound, .. } => Claim::Within(bound - problem.value(&solution.matching)),
            Outcome::Optimal(_) | Outcome::Undecided { .. } | Outcome::Infeasible(_) => Claim::Optimal,
        };
        let solution = outcome.solution().ok_or("no feasible matching was found")?;
        let proof = verify(problem, solution, claim, &Control::new());
        if let Some(fault) = proof.faults().next() {
            return Err(format!("NOT PROVEN: {fault}"));
        }
        let objective = i64::try_from(proof.value()).map_err(|error| error.to_string())?;
        let (last, parts) = parts.0.into_inner().map_err(|error| error.to_string())?;
        Ok(Self { recipe, pairs, objective, work: last.map_or(0, |last| last.work), parts, cpu_seconds })
    }

    pub(crate) fn work_per_pair(&self) -> f64 {
        self.work as f64 / self.pairs.max(1) as f64
    }

    pub(crate) fn nanoseconds_per_pair(&self) -> f64 {
        self.cpu_seconds * 1e9 / self.pairs.max(1) as f64
    }

    /// Size, visits a pair in all and by part, nanoseconds of CPU time a pair.
    pub(crate) fn line(&self) -> String {
        let Recipe { units, posts, .. } = self.recipe;
        let [price, place, fill] = self.parts.map(|work| work as f64 / self.pairs.max(1) as f64);
        format!(
            "{units:>7} {posts:>6} {:>8} {:>8.1} = {price:>6.1} + {place:>7.1} + {fill:>7.1} {:>8.0}",
            self.pairs,
            self.work_per_pair(),
            self.nanoseconds_per_pair(),
        )
    }
}

/// The last report, and the work by part.
#[derive(Default)]
struct Parts(Mutex<(Option<Progress>, [u64; 3])>);

impl Observer for Parts {
    fn observe(&self, progress: Progress) {
        // Of a poisoned lock there is nothing to tell.
        let Ok(mut state) = self.0.lock() else { return };
        let (last, parts) = &mut *state;
        let part = match last {
            Some(last) if last.phase == Phase::Place => 1 + usize::from(last.done == last.total),
            // After the last bid members are placed.
            Some(last) if last.done == last.total => 1,
            _ => 0,
        };
        parts[part] += progress.work - last.map_or(0, |last| last.work);
        *last = Some(progress);
    }
}

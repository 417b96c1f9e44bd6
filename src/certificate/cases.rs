//! Does a tree of cases leave nothing out, and what does it prove?

use std::collections::BTreeMap;

use super::scene::{Decision, Scene};
use crate::control::{Control, Phase, Progress};
use crate::graph::{Case, Cases, Load, Multipliers, Part, Problem};
use crate::parallel;

/// What is wrong with a tree of cases. Numbers of cases and multipliers are places in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseFault {
    /// A case, or multipliers, that a case refers to do not exist, or the case does not come further on.
    #[error("cases: case {case} refers to {to}, which is not there or does not come after it")]
    Reference {
        /// The case.
        case: u32,
        /// What it refers to.
        to: u32,
    },
    /// A case is about something that the problem does not have.
    #[error("cases: case {case} is about {on:?}, which the problem does not have")]
    Unknown {
        /// The case.
        case: u32,
        /// What it is about.
        on: Load,
    },
    /// The parts of a case leave out a load.
    #[error("cases: the parts of case {case} leave out load {load} of {on:?}")]
    LeftOut {
        /// The case.
        case: u32,
        /// What it is about.
        on: Load,
        /// The smallest load left out.
        load: i64,
    },
    /// Multipliers are not one for each range and coupling.
    #[error(
        "cases: multipliers {multipliers} are not one for each post, quota and coupling, or those of couplings are beyond {MAX_CHARGE}"
    )]
    Multipliers {
        /// Their number.
        multipliers: u32,
    },
    /// A case that is said to be empty is not proven to be.
    #[error("cases: case {case} is said to be empty, but its multipliers prove {bound} only")]
    NotEmpty {
        /// The case.
        case: u32,
        /// The bound with every pair worth nothing.
        bound: i128,
    },
}

/// What a tree of cases proves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseProof {
    bound: Option<i128>,
    leaves: u64,
    fault: Option<CaseFault>,
}

impl CaseProof {
    /// No matching is worth more; `None` if no matching is feasible. Proves something only if there is no fault.
    #[must_use]
    pub const fn bound(&self) -> Option<i128> {
        self.bound
    }

    /// Cases that fall into no parts.
    #[must_use]
    pub const fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The first fault.
    #[must_use]
    pub const fn fault(&self) -> Option<&CaseFault> {
        self.fault.as_ref()
    }

    /// Whether the tree proves its bound.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.fault.is_none()
    }
}

/// Checks that `cases` leave out no matching of `problem`, and finds what they prove in all: the largest bound of any
/// case.
///
/// Believes nothing of the tree and does not panic on any. Nothing is said here about a matching: that it is feasible and
/// what it is worth is for [`verify`](super::verify). Cost: one pass over the pairs for each leaf, but for those that follow one
/// with the same multipliers and the same limits of pairs; on all threads.
#[must_use]
pub fn verify_cases(problem: &Problem, cases: &Cases, control: &Control<'_>) -> CaseProof {
    parallel::with_threads(control.threads, || {
        let mut proof = CaseProof::default();
        let walked = Walk { problem, cases, decisions: Vec::new(), last: None }.run(&mut proof, control);
        CaseProof { fault: walked.err(), ..proof }
    })
}

/// A walk through the tree, with what is decided on the way.
struct Walk<'a> {
    problem: &'a Problem,
    cases: &'a Cases,
    decisions: Vec<Decision>,
    /// What units earned last: most cases differ from the one before by an opening, which does not change that.
    last: Option<Earned>,
}

/// What units earn under multipliers where these pairs are limited.
struct Earned {
    multipliers: u32,
    worthless: bool,
    limited: BTreeMap<u32, (i64, i64)>,
    rents: i128,
}

impl Walk<'_> {
    fn run(&mut self, proof: &mut CaseProof, control: &Control<'_>) -> Result<(), CaseFault> {
        let total = self.cases.cases().len() as u64;
        // Cases to come, with how many decisions are above them and the last of these.
        let mut stack: Vec<(u32, usize, Option<Decision>)> = vec![(0, 0, None)];
        let mut done = 0;
        while let Some((number, above, last)) = stack.pop() {
            if done % 64 == 0 {
                control.report(Progress::new(Phase::Verify, done.min(total), total));
            }
            done += 1;
            self.decisions.truncate(above);
            self.decisions.extend(last);
            let case = self.cases.cases().get(number as usize);
            match case.ok_or(CaseFault::Reference { case: number, to: number })? {
                Case::Split { on, parts } => {
                    self.check_parts(number, *on, parts)?;
                    let above = self.decisions.len();
                    let parts = parts.iter().rev();
                    stack.extend(parts.map(|&Part { min, max, case }| (case, above, Some((*on, min, max)))));
                }
                &Case::Bounded(multipliers) => {
                    proof.leaves += 1;
                    let bound = self.bound(number, multipliers, false)?;
                    proof.bound = proof.bound.max(bound);
                }
                &Case::Empty(multipliers) => {
                    proof.leaves += 1;
                    if let Some(bound) = self.bound(number, multipliers, true)?.filter(|&bound| bound >= 0) {
                        return Err(CaseFault::NotEmpty { case: number, bound });
                    }
                }
            }
        }
        control.report(Progress::new(Phase::Verify, total, total));
        Ok(())
    }

    /// Whether the parts of a case come further on and cover every load that is allowed.
    fn check_parts(&self, case: u32, on: Load, parts: &[Part]) -> Result<(), CaseFault> {
        if let Some(part) = parts.iter().find(|part| part.case <= case) {
            return Err(CaseFault::Reference { case, to: part.case });
        }
        let span = Scene::span(self.problem, on).ok_or(CaseFault::Unknown { case, on })?;
        let mut own = self.decisions.iter().filter(|decision| decision.0 == on);
        let span = own.try_fold(span, |span, &(_, min, max)| span.narrowed(min, max));
        let mut parts: Vec<&Part> = parts.iter().collect();
        parts.sort_unstable_by_key(|part| part.min);
        let mut next = span.and_then(|span| span.next_from(i64::MIN));
        for part in parts {
            while next.is_some_and(|load| (part.min..=part.max).contains(&load)) {
                next = part.max.checked_add(1).and_then(|after| span?.next_from(after));
            }
        }
        next.map_or(Ok(()), |load| Err(CaseFault::LeftOut { case, on, load }))
    }

    /// What multipliers prove of a case; `None` if the case contradicts itself.
    fn bound(&mut self, case: u32, number: u32, worthless: bool) -> Result<Option<i128>, CaseFault> {
        let multipliers = self.cases.multipliers().get(number as usize);
        let multipliers = multipliers.ok_or(CaseFault::Reference { case, to: number })?;
        if !fits(self.problem, multipliers) {
            return Err(CaseFault::Multipliers { multipliers: number });
        }
        let Some(scene) = Scene::of(self.problem, &self.decisions) else { return Ok(None) };
        let known = self.last.take().filter(|last| {
            (last.multipliers, last.worthless) == (number, worthless) && last.limited == *scene.limited()
        });
        let earned = known.unwrap_or_else(|| Earned {
            multipliers: number,
            worthless,
            limited: scene.limited().clone(),
            rents: scene.rents(multipliers, worthless),
        });
        let bound = scene.bound_of_ranges(multipliers, worthless) + earned.rents;
        self.last = Some(earned);
        Ok(Some(bound))
    }
}

/// Largest multiplier of a coupling, either way: larger ones prove nothing more, and sums of these fit.
const MAX_CHARGE: i64 = 1 << 53;

/// Whether there is one multiplier for each range and coupling.
fn fits(problem: &Problem, multipliers: &Multipliers) -> bool {
    let prices = &multipliers.prices;
    prices.posts().len() == problem.seats().len()
        && prices.demand().len() == problem.demand_quotas().len()
        && prices.supply().len() == problem.supply_quotas().len()
        && multipliers.couplings.len() == problem.couplings().len()
        && multipliers.couplings.iter().all(|price| price.unsigned_abs() <= MAX_CHARGE.unsigned_abs())
}

//! Results that both checkers have accepted.
//!
//! A [`Verified`] value can only be made by [`Verified::check`], which asks the certificate (mathematics, no market)
//! and the audit (market, no mathematics). Whatever reports a result takes one.

use crate::audit::{Audit, audit};
use crate::certificate::{Claim, Proof, verify, verify_searched};
use crate::control::{Control, Phase, Progress, Stop};
use crate::docking::Docking;
use crate::graph::{Cases, Solution};
use crate::market::{Placements, PostIx};

/// How good a result is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No placement is worth more; proven.
    Optimal,
    /// Stopped early; no placement is worth more than this by more than `gap`, proven. A gap of 0: this is best, but not
    /// the one of the best that was asked for.
    Feasible {
        /// Why it was stopped. Of a result from a file: why it says so; that alone cannot be proven.
        stop: Option<Stop>,
        /// The proven gap in units of the problem's value.
        gap: i128,
    },
}

/// A result of a round that certificate and audit have accepted.
#[derive(Debug)]
pub struct Verified<'a> {
    docking: Docking<'a>,
    solution: Solution,
    cases: Option<Cases>,
    placements: Placements,
    status: Status,
    proof: Proof,
    audit: Audit,
}

/// A result that was refused, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines().join("\n"))]
pub struct Refused {
    /// What the certificate says.
    pub proof: Proof,
    /// What the audit says; none if the certificate found placements that are no pairs of the round.
    pub audit: Option<Audit>,
}

impl Refused {
    /// One line a fault: the condition's name or the check's code, then the evidence.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.proof.faults().map(ToString::to_string).collect();
        lines.extend(self.audit.iter().flat_map(|audit| audit.findings().iter().map(ToString::to_string)));
        lines
    }
}

/// What the certificate says of `solution`, a result of `docking` that is as good as `status` claims.
pub(crate) fn proof(
    docking: &Docking<'_>,
    solution: &Solution,
    cases: Option<&Cases>,
    status: Status,
    control: &Control<'_>,
) -> Proof {
    let claim = match status {
        Status::Optimal => Claim::Optimal,
        Status::Feasible { gap, .. } => Claim::Within(gap),
    };
    let problem = docking.formulation().problem();
    match cases {
        Some(cases) => verify_searched(problem, solution, cases, claim, control),
        None => verify(problem, solution, claim, control),
    }
}

impl<'a> Verified<'a> {
    /// Checks `solution` against the problem, the market and the claim made for it; `cases` are the proof of a search.
    ///
    /// Cost: one pass over the pairs, in parallel, for each leaf of the cases, and one over the placements.
    ///
    /// # Errors
    /// Everything that certificate and audit found wrong.
    pub fn check(
        docking: Docking<'a>,
        solution: Solution,
        cases: Option<Cases>,
        status: Status,
        control: &Control<'_>,
    ) -> Result<Self, Box<Refused>> {
        control.report(Progress::new(Phase::Verify, 0, 2));
        let proof = proof(&docking, &solution, cases.as_ref(), status, control);
        let problem = docking.formulation().problem();
        control.report(Progress::new(Phase::Verify, 1, 2));
        let pairs = problem.graph().pairs();
        if solution.matching.placements().iter().any(|placement| placement.pair.index() >= pairs) {
            return Err(Box::new(Refused { proof, audit: None }));
        }
        let placements = docking.placements(&solution.matching);
        let audit = audit(docking.market(), &docking.config().rules, &placements);
        control.report(Progress::new(Phase::Verify, 2, 2));
        let status = match status {
            // What the cases prove under all their decisions may be better than what the search knew of.
            Status::Feasible { stop, .. } if cases.is_some() => Status::Feasible { stop, gap: proof.gap() },
            status => status,
        };
        if proof.is_sound() && audit.is_clean() {
            Ok(Self { docking, solution, cases, placements, status, proof, audit })
        } else {
            Err(Box::new(Refused { proof, audit: Some(audit) }))
        }
    }

    /// The question this answers.
    #[must_use]
    pub const fn docking(&self) -> &Docking<'a> {
        &self.docking
    }

    /// Who is placed where.
    #[must_use]
    pub const fn placements(&self) -> &Placements {
        &self.placements
    }

    /// The same in the problem's words, with its prices.
    #[must_use]
    pub const fn solution(&self) -> &Solution {
        &self.solution
    }

    /// The tree of cases that proves the result of a search: where classes open or not, or limits cross. The prices then hold
    /// with everything as it was decided.
    #[must_use]
    pub const fn cases(&self) -> Option<&Cases> {
        self.cases.as_ref()
    }

    /// How good it is known to be.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// The certificate's findings.
    #[must_use]
    pub const fn proof(&self) -> &Proof {
        &self.proof
    }

    /// The audit's findings.
    #[must_use]
    pub const fn audit(&self) -> &Audit {
        &self.audit
    }

    /// The price of `post` in units of the problem's value.
    #[must_use]
    pub fn price(&self, post: PostIx) -> i64 {
        self.solution.prices.price(self.docking.formulation().post_id(post)).unwrap_or(0)
    }
}

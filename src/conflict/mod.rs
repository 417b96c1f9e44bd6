//! Why no placement keeps every limit: the demands that contradict each other, who could reach them, and what stands between.
//!
//! # Method
//! That nothing is feasible has a proof (an integer Farkas witness, or a tree of cases with one in every leaf) which
//! [`refute`](crate::certificate::refute) and [`verify_cases`](crate::certificate::verify_cases) check. It names some limits; of
//! these, a part is looked for which contradicts itself and no part of which does: an *irreducible inconsistent subsystem*
//! (Chinneck and Dravnieks, *ORSA Journal on Computing* 3, 1991), by halving (Junker, *`QuickXplain`*, AAAI 2004). Every question on
//! the way is a problem of the usual kind with fewer limits, solved and proven like any other. Only people and posts that
//! can matter to a minimum are asked about, so that the cost goes with the size of the contradiction and not of the market.
//!
//! # What it means
//! No one of its demands can be left out: to resolve this contradiction, it is enough to lift any one of them far enough, and a
//! change that touches none of them resolves nothing. `needed`, `at_most` and `missing` say how far it is: with everything
//! that stands between, so many of the people that the minimums ask for can be placed at most.

mod names;
mod question;
mod reach;
mod smallest;
mod strict;

use std::fmt;

use serde::Serialize;

use crate::control::Control;
use crate::docking::Docking;
use crate::graph::{Cases, Witness};
use crate::language::{Language, Words};
pub use names::{LimitKind, LimitName};
use question::heads;
pub(crate) use question::{Answer, State, briefly};
use reach::reach;
pub use reach::{HomeLine, ObstacleLine, Reach};
pub(crate) use smallest::{Smallest, smallest};
pub(crate) use strict::{End, Limits, Side, Subject};

/// The proof that no placement keeps every limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// Multipliers that [`refute`](crate::certificate::refute) checks.
    Witness(Witness),
    /// A tree of cases, all of them empty, that [`verify_cases`](crate::certificate::verify_cases) checks.
    Cases(Cases),
}

/// A minimum of a contradiction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Minimum {
    /// The limit.
    pub limit: LimitName,
    /// Fewest people it needs in this round.
    pub least: u64,
    /// People of other rounds whom it counts too, already taken off.
    pub present: u64,
    /// Who could be placed there.
    pub reach: Reach,
}

/// A limit that stands between a minimum and the people who could reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Barrier {
    /// The limit.
    pub limit: LimitName,
    /// Most people it allows in this round, if that is what stands between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
    /// Fewest people it opens with, if that is what stands between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_with: Option<u64>,
}

/// Demands that contradict each other, with the arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The minimums, in the order of posts and quotas.
    pub minimums: Vec<Minimum>,
    /// What stands between; nothing where there are not people enough.
    pub barriers: Vec<Barrier>,
    /// People who could reach one of the minimums.
    pub people: u64,
    /// What the minimums ask for in sum.
    pub needed: u64,
    /// How many of these can be placed at most; none if that was not found out.
    pub at_most: Option<u64>,
    /// `needed` less `at_most`: what is missing.
    pub missing: Option<u64>,
    /// What the minimums of the market miss at least in sum, with all of its limits and not those of this contradiction alone; none
    /// if that was not found out.
    pub missing_in_all: Option<u64>,
    /// Whether none of the demands can be left out; otherwise the questions took too long.
    pub irreducible: bool,
}

impl Conflict {
    /// The contradiction in the limits of `docking`; without minimums if there is none.
    ///
    /// The same for any threads and any order of the input's rows, unless a deadline stops a question.
    #[must_use]
    pub fn of(docking: &Docking<'_>, control: &Control<'_>) -> Self {
        let (limits, control) = (Limits::of(docking), &briefly(control));
        let none = || Smallest { ends: Vec::new(), irreducible: true };
        let smallest = smallest(&limits, control).unwrap_or_else(none);
        let missing = [&smallest.ends, &limits.ends()].map(|ends| limits.shortfall(ends, control));
        Self::told(docking, &limits, &smallest, missing)
    }

    fn told(
        docking: &Docking<'_>,
        limits: &Limits,
        smallest: &Smallest,
        [missing, missing_in_all]: [Option<u64>; 2],
    ) -> Self {
        let market = docking.market();
        let groups = market.quota_groups();
        let (mut minimums, mut barriers) = (Vec::new(), Vec::new());
        let mut units = Vec::new();
        for &End { limit, side } in &smallest.ends {
            let (strict, name) = (&limits.all[limit], limits.name(limit, market));
            let whole = |people: i64| u64::try_from(people).unwrap_or(0);
            if side == Side::Least && strict.asks() {
                let present =
                    groups.iter().find(|group| group.label(market) == name.id).map_or(0, |group| group.present(market));
                units.extend(limits.units(limit));
                let reach = reach(docking, limits, limit, &groups);
                minimums.push(Minimum { limit: name, least: whole(strict.span.min()), present, reach });
                continue;
            }
            let most = (side == Side::Most).then(|| whole(strict.span.max()));
            let opens_with = (side == Side::Least).then(|| whole(strict.span.min()));
            barriers.push(Barrier { limit: name, most, opens_with });
        }
        units.sort_unstable();
        units.dedup();
        let needed = minimums.iter().map(|minimum| minimum.least).sum();
        Self {
            people: heads(&limits.headcounts, &units),
            needed,
            at_most: missing.map(|missing| needed.saturating_sub(missing)),
            missing,
            missing_in_all,
            irreducible: smallest.irreducible,
            minimums,
            barriers,
        }
    }
}

impl Limits {
    /// By how many people in all the minimums among `ends` are missed at least where the others hold.
    fn shortfall(&self, ends: &[End], control: &Control<'_>) -> Option<u64> {
        let state = |end: End| match ends.binary_search(&end) {
            Err(_) => State::Dropped,
            Ok(_) if end.side == Side::Least && self.all[end.limit].asks() => State::Soft,
            Ok(_) => State::Held,
        };
        match self.ask(&state, None, control) {
            Answer::Best { value, .. } => u64::try_from(-value).ok(),
            Answer::Impossible(_) | Answer::Unknown => None,
        }
    }
}

/// The answer to a market whose limits cannot all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infeasible {
    proof: Impossible,
    conflict: Conflict,
}

impl Infeasible {
    /// What `proof` means for `docking`.
    pub(crate) fn of(docking: &Docking<'_>, proof: Impossible, control: &Control<'_>) -> Self {
        Self { proof, conflict: Conflict::of(docking, control) }
    }

    /// The proof that no placement keeps every limit.
    #[must_use]
    pub const fn proof(&self) -> &Impossible {
        &self.proof
    }

    /// The demands that contradict each other.
    #[must_use]
    pub const fn conflict(&self) -> &Conflict {
        &self.conflict
    }

    /// The first minimum, what is missing and what to do, in `language`.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let Conflict { minimums, needed, at_most, missing, .. } = &self.conflict;
        let (Some(first), Some(at_most), Some(missing)) = (minimums.first(), at_most, missing) else {
            return BARE.get(language).to_owned();
        };
        let others = match minimums.len() - 1 {
            0 => String::new(),
            others => OTHERS.fill(language, &[("count", &others.to_string())]),
        };
        let missing = match self.conflict.missing_in_all {
            Some(all) if all > *missing => {
                IN_ALL.fill(language, &[("missing", &missing.to_string()), ("all", &all.to_string())])
            }
            _ => MISSING.fill(language, &[("missing", &missing.to_string())]),
        };
        let (needed, at_most) = (&needed.to_string(), &at_most.to_string());
        let values = [("name", first.limit.name.as_str()), ("id", &first.limit.id), ("others", &others)];
        let numbers = [("needed", needed.as_str()), ("most", at_most), ("missing", &missing)];
        MESSAGE.fill(language, &[values, numbers].concat())
    }
}

impl fmt::Display for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

const BARE: Words = Words::new(
    "E001: the minimums cannot all hold; lower one, or let more people reach it",
    "E001：各项下限不能同时满足；请降低其中一项，或让更多人可以到达",
);
const OTHERS: Words = Words::new(" and {count} more", "等另外 {count} 项");
const MISSING: Words = Words::new("{missing} {missing:is/are} missing", "缺 {missing} 人");
const IN_ALL: Words = Words::new(
    "{missing} {missing:is/are} missing, {all} with all limits of the market",
    "缺 {missing} 人，计入市场全部限额共缺 {all} 人",
);
const MESSAGE: Words = Words::new(
    "E001: the minimums cannot all hold: {name} ({id}){others}: {needed} {needed:person is/people are} needed, {most} can be placed at most, \
     {missing}; lower a minimum, raise what stands in its way, or let more people reach it",
    "E001：各项下限不能同时满足：{name}（{id}）{others}共需 {needed} 人，最多可安置 {most} 人，{missing}；\
     请降低下限、放宽其间的限额，或让更多人可以到达",
);

//! The compliance sheet: every rule of the market with its source, what was counted, its limit, and how it stands.
//!
//! | code | line |
//! |---|---|
//! | `R01` … | a rule about pairs, over everybody placed in the round |
//! | `A01` … | a check of the audit, over everything it counts |
//! | `L01` | a quota, over all its groups |
//! | `L02` | the mentors of a party, or those for one of its programmes |
//! | `L03` | a bond |
//! | `L04` | a class that opens or not |
//! | `L05` | an agreement, with the people placed under it |
//! | `L06` | people placed under no agreement |
//! | `L07` | a promise to hire |
//!
//! No strict rule is exceeded here: a [`Verified`] value would not exist. Numbers are compared as fractions.

mod agreements;
mod bonds;
mod counts;
mod mentors;
mod promises;
mod quotas;
mod rules;
mod tally;

use serde::Serialize;

use super::unplaced::is_nobody;
use crate::audit::Check;
use crate::language::{Phrase, vocabulary};
use crate::market::{Market, Measure, Mode, PostIx, Reading, SupplyIx};
use crate::verified::Verified;
pub(super) use agreements::under_agreements;
use tally::Tally;

vocabulary! {
    /// How a rule stands.
    ComplianceState {
        /// It holds, with room everywhere.
        Held = "held", "held", "遵守";
        /// It holds, and somewhere one step further would break it.
        AtLimit = "at_limit", "held, at the limit", "遵守，已达限额";
        /// It is soft, and broken.
        Exceeded = "exceeded", "soft, broken", "柔性，有超出";
        /// Whoever was there before the round exceeds it, and nobody of the round.
        Before = "before", "exceeded before the round", "本轮之前已超出";
        /// It is a promise, and was not kept; that is reported, and steers nothing.
        Broken = "broken", "promise broken", "承诺未兑现";
        /// It is not applied.
        Off = "off", "off", "停用";
        /// Nothing in the market or among those placed is asked of it.
        NotAsked = "not_asked", "not asked", "未涉及";
    }
}

/// What was looked at: a placement, a supply unit, a post or a group; what it is not is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Seen {
    /// Id of the supply unit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Id of the post.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub post: String,
    /// What files call the group of a quota, or the mentors.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
}

impl Seen {
    fn unit(market: &Market, unit: SupplyIx) -> Self {
        Self { unit: market.unit(unit).id.clone(), ..Self::default() }
    }

    fn post(market: &Market, post: PostIx) -> Self {
        Self { post: market.post(post).id.clone(), ..Self::default() }
    }

    fn placement(market: &Market, unit: SupplyIx, post: PostIx) -> Self {
        Self { unit: market.unit(unit).id.clone(), ..Self::post(market, post) }
    }

    fn group(label: String) -> Self {
        Self { group: label, ..Self::default() }
    }
}

/// What comes nearest to breaking a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nearest {
    /// What it is.
    #[serde(flatten)]
    pub seen: Seen,
    /// Its number and what that must be.
    #[serde(flatten)]
    pub reading: Reading,
}

/// One rule of the market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComplianceLine {
    /// Stable code: that of the rule or check, or `L01` to `L07`.
    pub code: &'static str,
    /// Id of the quota, bond, class or agreement, or label of the mentors; empty for the others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What people call it.
    pub name: Phrase,
    /// Law, agreement or table it comes from; none where none is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Phrase>,
    /// How it is applied; of a quota, `soft` with its penalty. None for what is only reported: agreements and promises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// How it stands.
    pub state: ComplianceState,
    /// How many were looked at.
    pub looked: Measure,
    /// How many of these are at their limit.
    #[serde(skip_serializing_if = "is_nobody")]
    pub at_limit: u64,
    /// People by whom it is exceeded, or who break it: it is soft then, or a promise.
    #[serde(skip_serializing_if = "is_nobody")]
    pub beyond: u64,
    /// People who break it and whom it does not bind: their placement stands, somebody waived it for them, or they were there
    /// before the round.
    #[serde(skip_serializing_if = "is_nobody")]
    pub excused: u64,
    /// What comes nearest to its limit; none for a rule that says yes or no, or where nothing was looked at.
    #[serde(flatten)]
    pub nearest: Option<Nearest>,
}

impl ComplianceLine {
    /// A line of something that is only reported.
    fn reported(code: &'static str, name: Phrase, tally: Tally) -> Self {
        Self { mode: None, ..Self::new(code, name, Mode::Strict, tally) }
    }

    fn new(code: &'static str, name: Phrase, mode: Mode, tally: Tally) -> Self {
        let Tally { looked, unit, at_limit, beyond, excused, before, nearest } = tally;
        let state = match mode {
            Mode::Off => ComplianceState::Off,
            _ if looked == 0 && excused == 0 => ComplianceState::NotAsked,
            _ if beyond > 0 => ComplianceState::Exceeded,
            _ if before > 0 => ComplianceState::Before,
            _ if at_limit > 0 => ComplianceState::AtLimit,
            _ => ComplianceState::Held,
        };
        let (id, looked) = (String::new(), Measure::count(looked, unit));
        let mode = Some(mode);
        Self { code, id, name, source: None, mode, state, looked, at_limit, beyond, excused, nearest }
    }

    fn of_check(check: Check, tally: Tally) -> Self {
        let source = Some(Phrase::each(|language| check.source(language)));
        let name = Phrase::each(|language| check.label(language));
        Self { source, ..Self::new(check.code(), name, Mode::Strict, tally) }
    }
}

/// Every rule, check, quota, party with mentors, bond, class that opens or not, and agreement: rules and checks by code, then the
/// rows in the order of the market's tables.
///
/// Cost: a look at every placement for each rule, and at the posts and supply units of each group of a quota.
#[must_use]
pub fn compliance(result: &Verified<'_>) -> Vec<ComplianceLine> {
    let (quotas, mentors, bonds) =
        (quotas::quotas(result), mentors::mentors(result), bonds::bonds(result.docking().market()));
    let mut lines = rules::rules(result);
    lines.extend(Check::COUNTS.into_iter().map(|check| {
        let tally = match check {
            Check::QuotaMost | Check::QuotaLeast | Check::QuotaOpening => quotas::of_check(result, check, &quotas),
            Check::Mentors => mentors::all(&mentors),
            Check::Whole | Check::Together | Check::Apart => bonds::of_check(check, &bonds),
            counted => counts::of_check(counted, result),
        };
        ComplianceLine::of_check(check, tally)
    }));
    lines.extend(quotas::lines(result, quotas));
    lines.extend(mentors::lines(result, mentors));
    lines.extend(bonds::lines(result.docking().market(), bonds));
    lines.extend(counts::classes(result));
    lines.extend(agreements::lines(result));
    lines.extend(promises::lines(result));
    lines
}

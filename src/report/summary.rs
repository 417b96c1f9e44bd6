//! The report as data.

use serde::Serialize;

use crate::audit::Check;
use crate::certificate::{Condition, State};
use crate::control::Stop;
use crate::docking::Digest;
use crate::insight::{
    CertaintyCount, ClassLine, ComplianceLine, CutLine, Decided, Decider, EnterpriseLine, Envy, EquityLine,
    FairnessLine, FlowLine, GoalValue, IncentiveLine, Insight, KeyFigure, PlaceLine, PostLine, Prices, PromiseLine,
    RuleLine, SchoolLine, ShortageLine, Shortages, SurplusLine, Tie, TrackLine, Unplaced, Why, WhyNot, WishLine,
    blocking, classes, compliance, cuts, decided, enterprises, equity, fairness, flows, goals, incentives, key_figures,
    places, posts, promises, rules, schools, tracks, unplaced, wishes, worth,
};
use crate::market::{Mode, Rule};
use crate::verified::{Status, Verified};
use crate::what_if::{Comparison, SweepPoint};

/// How good the result is known to be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum StatusLine {
    /// Proven to be best.
    Optimal,
    /// Stopped early, within a proven gap.
    Feasible {
        /// What stopped it: `cancelled`, `deadline` or `work`; none where it is not known.
        stop: Option<&'static str>,
        /// The gap in units of the problem's value.
        gap: String,
        /// The gap in the goals.
        gap_in_goals: Vec<GoalValue>,
    },
}

/// One condition of the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionLine {
    /// Its name.
    pub condition: &'static str,
    /// `holds` or `not_asked`; a result with a condition that fails is never reported.
    pub state: &'static str,
    /// The condition.
    #[serde(skip)]
    pub kind: Condition,
}

/// One check of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// Its stable code.
    pub code: &'static str,
    /// `holds`, `soft` or `off`; a result that breaks a check is never reported.
    pub state: &'static str,
    /// What is counted.
    #[serde(skip)]
    pub check: Check,
}

/// A curve over one number of a change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// What it is called.
    pub name: String,
    /// Its points, each a round.
    pub points: Vec<SweepPoint>,
}

/// Everything a round's report says, as data. Timings and machine are not part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Id of the round.
    pub round: String,
    /// Date of the round.
    pub date: String,
    /// What the result belongs to.
    pub digest: Digest,
    /// How good it is known to be.
    #[serde(flatten)]
    pub status: StatusLine,
    /// What was reached of each goal.
    pub goals: Vec<GoalValue>,
    /// Everybody, and the people in each circumstance.
    pub people: Vec<EquityLine>,
    /// Seats in all.
    pub seats: u64,
    /// The key figures of the consortium, with their targets.
    pub key_figures: Vec<KeyFigure>,
    /// Acceptable pairs of supply units and posts.
    pub pairs: u64,
    /// The tracks.
    pub tracks: Vec<TrackLine>,
    /// How far wishes were met.
    pub wishes: WishLine,
    /// Envy: how many people and posts would rather have each other.
    pub envy: Envy,
    /// What the round did for each school, level, division and circumstance.
    pub fairness: Vec<FairnessLine>,
    /// Who went where: people placed by category of programmes and sector.
    pub flows: Vec<FlowLine>,
    /// Where seats and people are.
    pub places: Vec<PlaceLine>,
    /// Seats left by track, sector, occupation and work place, with causes; empty unless asked for
    /// ([`with_shortages`](Report::with_shortages)).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shortages: Vec<ShortageLine>,
    /// People left by school and programme, with causes; likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub surpluses: Vec<SurplusLine>,
    /// People not placed, by cause.
    pub unplaced: Unplaced,
    /// What became of earlier rounds; none where nothing was decided before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// What each rule cut.
    pub rules: Vec<CutLine>,
    /// The schools.
    pub schools: Vec<SchoolLine>,
    /// The enterprises.
    pub enterprises: Vec<EnterpriseLine>,
    /// The posts.
    pub posts: Vec<PostLine>,
    /// What one more and one fewer of every post and limit is worth; none unless asked for
    /// ([`with_insight`](Report::with_insight)), or where the result is not proven best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<Prices>,
    /// What decided where several results are best; none unless asked for ([`with_insight`](Report::with_insight)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Decider>,
    /// How many pairs of people and posts are how certain; empty unless asked for, or where the result is not proven best.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certainty: Vec<CertaintyCount>,
    /// Posts where another result would be as good, with the people concerned and their lottery numbers; likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Why people are placed where they are; empty unless asked for ([`with_answers`](Report::with_answers)).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
    /// Why people are not placed somewhere; likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why_not: Vec<WhyNot>,
    /// Rounds with something changed; empty unless asked for ([`with_what_if`](Report::with_what_if)).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub what_if: Vec<Comparison>,
    /// The same over one number; empty unless asked for ([`with_curve`](Report::with_curve)).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub curves: Vec<Curve>,
    /// The classes that open or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<ClassLine>,
    /// The quotas, mentors and bonds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<RuleLine>,
    /// The compliance sheet: every rule, check, quota, party with mentors, bond, class and agreement.
    pub compliance: Vec<ComplianceLine>,
    /// The promises to hire.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<PromiseLine>,
    /// The investment incentive, by enterprise and year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incentives: Vec<IncentiveLine>,
    /// The value of the result in units of the problem.
    pub value: String,
    /// What no placement can exceed, in the same units.
    pub bound: String,
    /// The certificate, condition by condition.
    pub certificate: Vec<ConditionLine>,
    /// The audit, check by check.
    pub audit: Vec<AuditLine>,
}

/// The word for why a run was stopped.
pub(crate) const fn stop_word(stop: Stop) -> &'static str {
    match stop {
        Stop::Cancelled => "cancelled",
        Stop::Deadline => "deadline",
        Stop::Work => "work",
    }
}

impl Report {
    /// The report of a verified result. Cost: a few passes over acceptable pairs and placements.
    #[must_use]
    pub fn of(result: &Verified<'_>) -> Self {
        let docking = result.docking();
        let (market, book) = (docking.market(), &docking.config().rules);
        let status = match result.status() {
            Status::Optimal => StatusLine::Optimal,
            Status::Feasible { stop, gap } => StatusLine::Feasible {
                stop: stop.map(stop_word),
                gap: gap.to_string(),
                gap_in_goals: worth(result, gap),
            },
        };
        let condition = |(condition, state): (Condition, &State)| ConditionLine {
            kind: condition,
            condition: condition.name(),
            // The digest is computed with the result here and compared by whoever reads the files again.
            state: if *state == State::NotAsked { "not_asked" } else { "holds" },
        };
        let check = |check: Check| AuditLine {
            code: check.code(),
            state: match check {
                Check::Rule(rule) => match book.mode(rule) {
                    Mode::Strict => "holds",
                    Mode::Soft(_) => "soft",
                    Mode::Off => "off",
                },
                _ => "holds",
            },
            check,
        };
        let decided = (!market.decisions().is_empty()).then(|| decided(result));
        let told = decided.is_some();
        let of_decisions =
            |check: &Check| matches!(check, Check::Standing | Check::Departed | Check::Rule(Rule::Decided));
        Self {
            round: market.round().id.clone(),
            date: market.round().date.to_string(),
            digest: docking.digest().clone(),
            status,
            goals: goals(result),
            people: equity(result),
            seats: market.posts().iter().map(|post| u64::from(post.seats_max)).sum(),
            key_figures: key_figures(result),
            pairs: docking.acceptable().pairs() as u64,
            tracks: tracks(result),
            wishes: wishes(result),
            envy: blocking(result).envy,
            fairness: fairness(result),
            flows: flows(result),
            places: places(result),
            shortages: Vec::new(),
            surpluses: Vec::new(),
            unplaced: unplaced(result),
            decided,
            rules: cuts(result),
            schools: schools(result),
            enterprises: enterprises(result),
            posts: posts(result),
            prices: None,
            decided_by: None,
            certainty: Vec::new(),
            ties: Vec::new(),
            why: Vec::new(),
            why_not: Vec::new(),
            what_if: Vec::new(),
            curves: Vec::new(),
            classes: classes(result),
            limits: rules(result),
            compliance: compliance(result),
            promises: promises(result),
            incentives: incentives(market),
            value: result.proof().value().to_string(),
            bound: result.proof().bound().to_string(),
            certificate: result.proof().conditions().map(condition).collect(),
            audit: Check::all().filter(|check| told || !of_decisions(check)).map(check).collect(),
        }
    }

    /// This report with shortages and surpluses, of the same result. Cost: see [`Shortages`]; with 10,000 people about that of the
    /// round.
    #[must_use]
    pub fn with_shortages(self, shortages: &Shortages<'_>) -> Self {
        Self { shortages: shortages.shortages(), surpluses: shortages.surpluses(), ..self }
    }

    /// This report with what is known around the same result: what one more and one fewer of every seat is worth, who was told apart
    /// from whom among equals, and how certain placements are. Cost: that of [`Insight::prices`], and two looks at every acceptable
    /// pair.
    #[must_use]
    pub fn with_insight(self, insight: &Insight<'_>) -> Self {
        let (certainty, ties) = (insight.certainty_counts(), insight.ties());
        Self { prices: insight.prices(), decided_by: Some(insight.decider()), certainty, ties, ..self }
    }

    /// This report with answers about single placements of the same result, instead of those it has. Whoever may read the report reads
    /// them: [`WhyNot::redacted`] leaves out the data of other people.
    #[must_use]
    pub fn with_answers(self, why: Vec<Why>, why_not: Vec<WhyNot>) -> Self {
        Self { why, why_not, ..self }
    }

    /// This report with rounds that have something changed, each beside this one, instead of those it has.
    #[must_use]
    pub fn with_what_if(self, what_if: Vec<Comparison>) -> Self {
        Self { what_if, ..self }
    }

    /// This report with one more curve: what a [`Sweep`](crate::what_if::Sweep) over one number of this round found.
    #[must_use]
    pub fn with_curve(mut self, name: &str, points: Vec<SweepPoint>) -> Self {
        self.curves.push(Curve { name: name.to_owned(), points });
        self
    }
}

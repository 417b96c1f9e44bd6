//! One number of a change set with several values: a curve.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ChangeSet, Comparison, what_if};
use crate::control::Control;
use crate::error::Error;
use crate::insight::GoalValue;
use crate::language::{Phrase, vocabulary};
use crate::verified::Verified;

/// A change set and the number in it that is tried with several values.
///
/// ```
/// use talent_match::what_if::Sweep;
///
/// // From 1 to 3 seats.
/// let sweep: Sweep = serde_json::from_str(
///     r#"{
///         "changes": {"put": {"posts": [{"id": "fitter", "seats_max": 1}]}},
///         "at": "/put/posts/0/seats_max",
///         "values": [1, 2, 3]
///     }"#,
/// )?;
/// assert_eq!(sweep.with(2)?.put["posts"][0]["seats_max"], 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// The changes; the number stands in them, whatever its value.
    pub changes: ChangeSet,
    /// Where: a JSON Pointer (RFC 6901) into `changes`, such as `/put/posts/0/seats_max` or `/config/criteria/weights/wish`.
    pub at: String,
    /// The values to try.
    pub values: Vec<i64>,
}

vocabulary! {
    /// What is known of one value.
    SweepState {
        /// Its round is proven best.
        Optimal = "optimal", "proven best", "已证明最优";
        /// Its round was stopped before it was proven best.
        Stopped = "stopped", "stopped early", "提前停止";
        /// Its limits cannot all hold.
        Impossible = "impossible", "impossible", "不可能";
        /// It was not found out within the limits whether they can.
        Unknown = "unknown", "not found out", "未判明";
        /// There is no such market or configuration.
        Refused = "refused", "not a valid market", "市场或配置无效";
    }
}

/// One point of the curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SweepPoint {
    /// The value.
    pub value: i64,
    /// What is known of it.
    pub state: SweepState,
    /// What is wrong, for a value without a round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Phrase>,
    /// What its round reaches of each goal; empty without one.
    pub goals: Vec<GoalValue>,
    /// Its round beside the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

impl Sweep {
    /// The changes with `value` at its place.
    ///
    /// # Errors
    /// [`Error::Change`] if there is no number there.
    pub fn with(&self, value: i64) -> Result<ChangeSet, Error> {
        let nowhere = || Error::Change { table: self.at.clone(), id: String::new() };
        let mut changes = serde_json::to_value(&self.changes).map_err(|_| nowhere())?;
        let place = changes.pointer_mut(&self.at).filter(|place| place.is_number()).ok_or_else(nowhere)?;
        *place = Value::from(value);
        serde_json::from_value(changes).map_err(|_| nowhere())
    }
}

/// The curve of `sweep` beside `before`: a proven round for each value, nothing interpolated. Cost: [`what_if`] for each value.
///
/// # Errors
/// [`Error::Change`] if there is no number where the sweep says; a value that makes no market, or whose limits cannot all hold, is a
/// point of the curve and no error.
pub fn sweep(before: &Verified<'_>, sweep: &Sweep, control: &Control<'_>) -> Result<Vec<SweepPoint>, Error> {
    let point = |&value: &i64| {
        let changes = sweep.with(value)?;
        let (state, comparison, error) = match what_if(before, &changes, control) {
            Ok(comparison) if comparison.exact => (SweepState::Optimal, Some(comparison), None),
            Ok(comparison) => (SweepState::Stopped, Some(comparison), None),
            Err(error @ (Error::Infeasible(_) | Error::Held { .. })) => (SweepState::Impossible, None, Some(error)),
            Err(error @ Error::Undecided(_)) => (SweepState::Unknown, None, Some(error)),
            Err(error @ Error::Change { .. }) => return Err(error),
            Err(error) => (SweepState::Refused, None, Some(error)),
        };
        let said = |language| error.as_ref().map(|error| error.message(language)).unwrap_or_default();
        let why = error.as_ref().map(|_| Phrase::each(said));
        let reached = comparison.iter().flat_map(|comparison| &comparison.goals);
        let goals = reached.filter_map(|goal| Some(GoalValue { goal: goal.goal, amount: goal.after? })).collect();
        Ok(SweepPoint { value, state, why, goals, comparison })
    };
    sweep.values.iter().map(point).collect()
}

//! What each rule cut.

use serde::Serialize;

use crate::market::{Mode, Rule};
use crate::verified::Verified;

/// One rule of the round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CutLine {
    /// The rule's stable code.
    pub code: &'static str,
    /// The rule.
    pub rule: Rule,
    /// How it was applied.
    pub mode: Mode,
    /// Pairs it cut (people times posts); a pair counts for the first rule that cuts it.
    pub pairs: u64,
}

/// Every rule, in the order of checking.
#[must_use]
pub fn cuts(result: &Verified<'_>) -> Vec<CutLine> {
    let counted = result.docking().acceptable().all_cuts();
    let book = &result.docking().config().rules;
    let line = |(rule, pairs): (&Rule, u64)| CutLine { code: rule.code(), rule: *rule, mode: book.mode(*rule), pairs };
    // Nothing is said of decisions where there are none.
    let decided = !result.docking().market().decisions().is_empty();
    Rule::ALL.iter().zip(counted).filter(|(rule, _)| decided || **rule != Rule::Decided).map(line).collect()
}

//! What was decided before the round: placements that stand, pairs that are closed, who was placed where, who has left.

use super::cell::scalar_by_word;
use super::record::record;
use crate::language::{Language, Words, vocabulary};

vocabulary! {
    /// What was decided about a supply unit and a post.
    DecisionState {
        /// The placement stands, whatever screening says.
        Frozen = "frozen", "frozen", "锁定";
        /// Signed in an earlier round: the placement stands.
        Signed = "signed", "signed", "已签约";
        /// Placed there in the previous round and not yet signed: staying earns points.
        Placed = "placed", "placed before", "上轮安置";
        /// The pair must not be.
        Forbidden = "forbidden", "forbidden", "禁止";
        /// One side declined it in an earlier round: nobody more of the unit goes there.
        Declined = "declined", "declined", "已拒绝";
        /// People of the unit who are no longer there.
        Left = "left", "left", "已离开";
    }
}

scalar_by_word!(DecisionState);

impl DecisionState {
    /// Whether the placement stands.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Frozen | Self::Signed)
    }

    /// Whether the pair is closed.
    #[must_use]
    pub const fn closes(self) -> bool {
        matches!(self, Self::Forbidden | Self::Declined)
    }
}

record! {
    /// A decision taken before the round.
    Decision in "decisions" {
        /// Id of the supply unit.
        unit: String,
        /// Id of the post; empty for `left`.
        post: Option<String>,
        /// `frozen`, `signed`, `placed`, `forbidden`, `declined` or `left`.
        state: DecisionState,
        /// How many people stand, were placed or left, all of the unit when empty; empty for `forbidden` and `declined`.
        people: Option<u32>,
        /// Why; `forbidden` needs it.
        reason: Option<String>,
        /// Number of the round it was taken in, from 1.
        round: Option<u32>,
    }
}

impl Decision {
    /// `state` for all people of `unit` at `post`.
    #[must_use]
    pub fn at(unit: &str, post: &str, state: DecisionState) -> Self {
        let (unit, post) = (unit.to_owned(), Some(post.to_owned()));
        Self { unit, post, state, people: None, reason: None, round: None }
    }

    /// All people of `unit` have left.
    #[must_use]
    pub fn left(unit: &str) -> Self {
        Self { post: None, ..Self::at(unit, "", DecisionState::Left) }
    }

    /// The same for `people` of the unit.
    #[must_use]
    pub const fn of_people(mut self, people: u32) -> Self {
        self.people = Some(people);
        self
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// The same, taken in round `round` (from 1).
    #[must_use]
    pub const fn of_round(mut self, round: u32) -> Self {
        self.round = Some(round);
        self
    }

    /// What was decided, in which round and why, as `declined (round 1): too far`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let round = self.round.map(|round| {
            Words::new(" (round {round})", "（第 {round} 轮）").fill(language, &[("round", &round.to_string())])
        });
        let reason = self.reason.as_ref().map(|reason| format!("{}{reason}", Words::new(": ", "：").get(language)));
        format!("{}{}{}", self.state.label(language), round.unwrap_or_default(), reason.unwrap_or_default())
    }
}

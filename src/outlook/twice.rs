//! Two results of one round.

use jiff::civil::Date;

use crate::language::{Language, Words};

const WORDS: Words = Words::new(
    "E007: the round {round} of {date} is there twice; leave one of its results out",
    "E007：{date} 的轮次 {round} 出现两次；请去掉其中一个结果",
);

/// Two results are of one round.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Language::English))]
pub struct Twice {
    /// Id of the round.
    pub round: String,
    /// Its date.
    pub date: Date,
}

impl Twice {
    /// What is wrong and what to do, in `language`.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        WORDS.fill(language, &[("round", &self.round), ("date", &self.date.to_string())])
    }
}

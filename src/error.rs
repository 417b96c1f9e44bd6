//! Why a round could not be run.

use std::path::PathBuf;

use crate::config::ConfigError;
use crate::conflict::Infeasible;
use crate::control::Stop;
use crate::formulation::{FormulationError, Held};
use crate::language::Language;
use crate::market::Faults;
use crate::solve::SolveError;
use crate::verified::Refused;

/// A question that cannot be asked, or a result that was refused. Every message begins with a stable code or the name
/// of a condition.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The market has faults.
    #[error(transparent)]
    Market(#[from] Faults),
    /// The configuration has faults.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The goals do not fit the integers.
    #[error(transparent)]
    Formulation(#[from] FormulationError),
    /// The solver does not take this problem.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// Certificate or audit refused the result; nothing of it is reported.
    #[error(transparent)]
    Refused(#[from] Box<Refused>),
    /// The minimums and other limits of the market cannot all hold: the proof, and the demands that contradict each
    /// other.
    #[error("{0}")]
    Infeasible(Box<Infeasible>),
    /// The same, where some of these must hold because placements stand.
    #[error(
        "E005: the minimums cannot all hold, among them these that must because placements stand: {}; release some of them, lower a minimum, or let more people reach it",
        listed(held, Language::English)
    )]
    Held {
        /// The limits that ask for more people because the placement of some stands.
        held: Vec<Held>,
        /// The proof, and the demands that contradict each other.
        found: Box<Infeasible>,
    },
    /// The canonical answer is not defined for a search.
    #[error(
        "E004: there is no canonical answer where classes open or not, people are bound or limits cross; ask for `deterministic`"
    )]
    Canonical,
    /// The run was stopped before it was known whether the minimums can all hold.
    #[error("E003: stopped before it was known whether the minimums can all hold; allow more time or work")]
    Undecided(Stop),
    /// A change of what is not there.
    #[error("E006: there is no {}; name a table with ids and a row of it, or the place of a number", change(table, id))]
    Change {
        /// The table, or the place of the number.
        table: String,
        /// The row; empty if there is no such table or number.
        id: String,
    },
    /// An id that is in no row of its table.
    #[error("E008: there is no `{id}` in `{table}`; take an id from that table of the market")]
    Unknown {
        /// The table, as in the files of a market.
        table: &'static str,
        /// What was asked for.
        id: String,
    },
    /// A record of a result that does not hold.
    #[error(
        "E009: the result does not hold: {}; its market, configuration or record was changed since; run the round again",
        failed.join(", ")
    )]
    Fails {
        /// The names of the conditions and checks that fail.
        failed: Vec<&'static str>,
    },
    /// A file of a result cannot be read or written.
    #[error("E002: {}: {source}; check the path and its permissions", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

fn change(table: &str, id: &str) -> String {
    if id.is_empty() { format!("`{table}`") } else { format!("`{id}` in `{table}`") }
}

fn listed(held: &[Held], language: Language) -> String {
    language.list(&held.iter().map(|limit| limit.text(language)).collect::<Vec<_>>())
}

impl Error {
    /// What is wrong and what to do, in `language` where the words exist in it; codes and numbers are the same in both.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match self {
            Self::Market(faults) => faults.message(language),
            Self::Config(faults) => faults.message(language),
            Self::Formulation(error) if language == Language::Chinese => error.chinese(),
            Self::Infeasible(found) => found.message(language),
            Self::Held { held, .. } if language == Language::Chinese => format!(
                "E005：各项下限不能同时满足，其中因已有安置保持不变而必须满足的有：{}；请减少锁定，降低下限，或让更多人可以到达",
                listed(held, language)
            ),
            Self::Canonical if language == Language::Chinese => {
                "E004：有开班与否、人员关系或交叉名额时没有 canonical 答案；请改用 deterministic".to_owned()
            }
            Self::Undecided(_) if language == Language::Chinese => {
                "E003：在判明各项下限能否同时满足之前已停止；请放宽时间或工作量限制".to_owned()
            }
            Self::Change { table, id } if language == Language::Chinese => {
                let place = if id.is_empty() { format!("`{table}`") } else { format!("`{table}` 中的 `{id}`") };
                format!("E006：没有{place}；请指明有编号的表及其中一行，或数字所在的位置")
            }
            Self::Unknown { table, id } if language == Language::Chinese => {
                format!("E008：`{table}` 中没有 `{id}`；请使用市场该表中的编号")
            }
            Self::Fails { failed } if language == Language::Chinese => {
                format!("E009：结果不成立：{}；市场、配置或记录在此之后有过改动；请重新运行本轮", failed.join("、"))
            }
            Self::File { path, source } if language == Language::Chinese => {
                format!("E002：{}：{source}；请检查路径和权限", path.display())
            }
            other => other.to_string(),
        }
    }
}

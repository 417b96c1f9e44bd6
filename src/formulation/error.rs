//! Why a market and an objective do not make a problem.

use crate::graph::ProblemError;

/// Why a market and an objective do not make a problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormulationError {
    /// No goal, or one of them twice.
    #[error("F001: the goals must be one or more, each at most once; correct `goals`")]
    Goals,
    /// Too coarse or too fine.
    #[error("F002: {steps} steps a point are not within 1 and 10000; correct `steps`")]
    Steps {
        /// What was asked for.
        steps: u32,
    },
    /// The tiers do not fit the integers of a problem.
    #[error(
        "F003: the goals need weights up to {needed}, beyond {limit}; about {fits} steps a point would fit, or fewer goals"
    )]
    Range {
        /// The largest number needed.
        needed: i128,
        /// The largest there is.
        limit: i64,
        /// Steps a point that would about fit; 0 where only fewer goals will do.
        fits: u32,
    },
    /// More pairs than a problem can number.
    #[error("F004: {pairs} acceptable pairs are more than 4294967295; split the market")]
    Pairs {
        /// Acceptable pairs.
        pairs: usize,
    },
    /// A quota is soft, but nothing counts points.
    #[error(
        "F005: the quota `{quota}` has a penalty in points, but `score` is none of the goals; add it, or make the quota strict"
    )]
    Penalty {
        /// The quota's id.
        quota: String,
    },
    /// A waiver is of nobody, or for no post.
    #[error(
        "F006: `rules.waivers` names the unit `{unit}` and the post `{post}`, but the market does not have both; correct it"
    )]
    Waiver {
        /// The id given for a supply unit.
        unit: String,
        /// The id given for a post.
        post: String,
    },
    /// Placements that stand break a limit.
    #[error(
        "F007: the placements that stand break `{limit}`: {standing} of at most {most}; release some of them, or change the limit"
    )]
    Standing {
        /// The quota's group, the mentors or the bond.
        limit: String,
        /// People who stand.
        standing: u64,
        /// How many may.
        most: u64,
    },
    /// The problem refused its numbers.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

impl FormulationError {
    /// The message in Chinese, with the same codes and numbers.
    pub(crate) fn chinese(&self) -> String {
        match self {
            Self::Goals => "F001：目标应至少一个且不得重复；请更正 goals".to_owned(),
            Self::Steps { steps } => format!("F002：每分 {steps} 级不在 1 至 10000 之间；请更正 steps"),
            Self::Range { needed, limit, fits } => {
                format!("F003：这些目标所需的权重达 {needed}，超过 {limit}；每分约 {fits} 级可行，或减少目标")
            }
            Self::Pairs { pairs } => format!("F004：合格对数 {pairs} 超过 4294967295；请拆分市场"),
            Self::Penalty { quota } => {
                format!("F005：名额组“{quota}”以分数计罚，但目标中没有 score；请加入该目标，或取消罚分")
            }
            Self::Waiver { unit, post } => {
                format!("F006：rules.waivers 列有供给单元“{unit}”和岗位“{post}”，但市场中没有其中之一；请更正")
            }
            Self::Standing { limit, standing, most } => {
                format!("F007：已锁定的安置违反“{limit}”：{standing} 人，最多 {most} 人；请减少锁定，或更改该限制")
            }
            Self::Problem(error) => error.to_string(),
        }
    }
}

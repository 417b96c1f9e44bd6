//! What a round is run with: rules, criteria, goals, seed and which optimum to give.

use serde::{Deserialize, Serialize};

use crate::formulation::{Goal, Objective};
use crate::language::{Language, Words, vocabulary};
use crate::market::RuleBook;
use crate::scoring::{Criteria, Criterion, MOST_POINTS};

vocabulary! {
    /// Which placement to give where several are best.
    #[derive(Default)]
    Answer {
        /// One of them, always the same with the same version of this crate.
        #[default]
        Deterministic = "deterministic", "any of the best, the same every time", "任取一个最优，每次相同";
        /// The first of them in lottery order, whatever finds it: see [`canonical`](crate::solve::canonical).
        Canonical = "canonical", "the first of the best in lottery order", "按抽签顺序的第一个最优";
    }
}

/// The configuration of a round. Every field has a default; unknown fields are refused.
///
/// ```
/// use talent_match::Config;
///
/// let config = Config::from_json(
///     r#"{
///         "rules": {"modes": {"pay": {"soft": 10}, "agreement": "off"}, "numbers": {"minimum_age": 17}},
///         "criteria": {"weights": {"wish": 40}, "priority_sectors": ["digital economy"]},
///         "objective": {"goals": ["placed", "score"]},
///         "seed": 20260901
///     }"#,
/// )?;
/// assert_eq!(config.seed, Some(20260901));
/// # Ok::<(), talent_match::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// Which rules hold, how strictly, and their numbers.
    pub rules: RuleBook,
    /// Weights of the criteria and their numbers.
    pub criteria: Criteria,
    /// Goals in order of importance.
    pub objective: Objective,
    /// The lottery's seed; the round's own when empty.
    pub seed: Option<u64>,
    /// Which placement to give where several are best.
    pub answer: Answer,
}

/// Something in a configuration that cannot be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigFault {
    /// Not JSON, or not of this form.
    Form {
        /// What the reader said, with line and column.
        message: String,
    },
    /// No goals, or one of them twice.
    Goals {
        /// The goals given.
        goals: Vec<Goal>,
    },
    /// Steps a point out of range.
    Steps {
        /// What was given.
        steps: u32,
    },
    /// A weight out of range.
    Weight {
        /// The criterion.
        criterion: Criterion,
        /// What was given.
        points: u32,
    },
    /// A minimum age above the age of majority.
    Ages {
        /// The minimum age.
        minimum: u8,
        /// The age of majority.
        adult: u8,
    },
}

impl ConfigFault {
    /// The stable code, `C001` to `C005`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "C001",
            Self::Goals { .. } => "C002",
            Self::Steps { .. } => "C003",
            Self::Weight { .. } => "C004",
            Self::Ages { .. } => "C005",
        }
    }

    /// Code, field, what is wrong and what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let text = match self {
            Self::Form { message } => {
                Words::new("cannot be read: {value}.", "无法读取：{value}。").fill(language, &[("value", message)])
            }
            Self::Goals { goals } => {
                let given: Vec<_> = goals.iter().map(|goal| goal.word()).collect();
                Words::new(
                    "objective.goals: [{value}] must name one goal or more, each once.",
                    "objective.goals：[{value}] 应至少列出一个目标，且不得重复。",
                )
                .fill(language, &[("value", &given.join(", "))])
            }
            Self::Steps { steps } => Words::new(
                "objective.steps: {value} is not within 1 and 10000.",
                "objective.steps：{value} 不在 1 至 10000 之间。",
            )
            .fill(language, &[("value", &steps.to_string())]),
            Self::Weight { criterion, points } => Words::new(
                "criteria.weights.{name}: {value} points are more than {limit}.",
                "criteria.weights.{name}：{value} 分超过 {limit} 分。",
            )
            .fill(
                language,
                &[("name", criterion.word()), ("value", &points.to_string()), ("limit", &MOST_POINTS.to_string())],
            ),
            Self::Ages { minimum, adult } => Words::new(
                "rules.numbers: minimum_age {value} exceeds adult_age {limit}.",
                "rules.numbers：minimum_age {value} 大于 adult_age {limit}。",
            )
            .fill(language, &[("value", &minimum.to_string()), ("limit", &adult.to_string())]),
        };
        format!("{} {text}", self.code())
    }
}

/// Every fault of a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(Vec<ConfigFault>);

impl ConfigError {
    /// The faults; at least one.
    #[must_use]
    pub fn faults(&self) -> &[ConfigFault] {
        &self.0
    }

    /// One line a fault.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.0.iter().map(|fault| fault.message(language)).collect::<Vec<_>>().join("\n")
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// The error of a configuration that cannot be read.
    pub(crate) fn unreadable(message: String) -> ConfigError {
        ConfigError(vec![ConfigFault::Form { message }])
    }

    /// Reads and checks a configuration.
    ///
    /// # Errors
    /// C001 for text that is not a configuration, otherwise every fault of [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let form = |error: serde_json::Error| Self::unreadable(error.to_string());
        let config: Self = serde_json::from_str(text).map_err(form)?;
        // Serde takes a list for an object whose fields have their order; a reader would not know what it means.
        let given: serde_json::Value = serde_json::from_str(text).map_err(form)?;
        for section in ["", "/rules", "/rules/numbers", "/criteria", "/objective"] {
            if given.pointer(section).is_some_and(serde_json::Value::is_array) {
                return Err(Self::unreadable(format!("`{section}` is an object, not a list")));
            }
        }
        config.check()?;
        Ok(config)
    }

    /// The configuration as JSON on one line, every field written out.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether every number is in its range.
    ///
    /// # Errors
    /// All faults found.
    pub fn check(&self) -> Result<(), ConfigError> {
        let mut faults = Vec::new();
        let goals = &self.objective.goals;
        if goals.is_empty() || (1..goals.len()).any(|k| goals[..k].contains(&goals[k])) {
            faults.push(ConfigFault::Goals { goals: goals.clone() });
        }
        if !(1..=10_000).contains(&self.objective.steps) {
            faults.push(ConfigFault::Steps { steps: self.objective.steps });
        }
        let overweight = Criterion::ALL.iter().filter(|criterion| self.criteria.weight(**criterion) > MOST_POINTS);
        faults.extend(
            overweight.map(|criterion| ConfigFault::Weight {
                criterion: *criterion,
                points: self.criteria.weight(*criterion),
            }),
        );
        let numbers = &self.rules.numbers;
        if numbers.minimum_age > numbers.adult_age {
            faults.push(ConfigFault::Ages { minimum: numbers.minimum_age, adult: numbers.adult_age });
        }
        if faults.is_empty() { Ok(()) } else { Err(ConfigError(faults)) }
    }
}

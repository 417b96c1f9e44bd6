//! The rules a market is run under: which of them hold, how strictly, and their numbers.

use serde::{Deserialize, Serialize};

use super::{Level, ProgrammeDistance};
use crate::language::{Language, Words, vocabulary};

vocabulary! {
    /// A rule that looks at one pair of a supply unit and a post. The order is the order of checking.
    Rule {
        /// School or enterprise of both sides take part in the round.
        RoundScope = "round_scope", "takes part in the round", "参加本轮";
        /// The track is for this kind of person.
        Track = "track", "track fits the person", "类型相符";
        /// The post takes people of this level.
        Level = "level", "level of education", "培养层次";
        /// The year of study is far enough.
        Grade = "grade", "year of study", "年级";
        /// The programme is near enough to the work.
        Programme = "programme", "programme fits the work", "专业对口";
        /// School and enterprise have agreed on it.
        Agreement = "agreement", "agreement in place", "校企协议";
        /// The post is open to people from there.
        Reach = "reach", "within reach of the post", "生源范围";
        /// The pay is high enough.
        Pay = "pay", "pay floor", "报酬下限";
        /// The work is allowed for students at all.
        Hazard = "hazard", "work allowed for students", "禁止安排的工作";
        /// The person is old enough at the start.
        Age = "age", "minimum age", "最低年龄";
        /// The work is allowed for minors and women where they are concerned.
        ProtectedWork = "protected_work", "protection of minors and women", "未成年人和女学生保护";
        /// Required qualifications are held.
        Qualification = "qualification", "qualifications", "证书要求";
        /// The person is available through the window of the post.
        Window = "window", "time window", "时间段";
        /// Those who must agree have agreed.
        Consent = "consent", "consent", "知情同意";
        /// Nobody has decided against the pair. Always strict.
        Decided = "decided", "not decided against", "未被排除";
    }
}

impl Rule {
    /// The stable code, `R01` to `R15`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RoundScope => "R01",
            Self::Track => "R02",
            Self::Level => "R03",
            Self::Grade => "R04",
            Self::Programme => "R05",
            Self::Agreement => "R06",
            Self::Reach => "R07",
            Self::Pay => "R08",
            Self::Hazard => "R09",
            Self::Age => "R10",
            Self::ProtectedWork => "R11",
            Self::Qualification => "R12",
            Self::Window => "R13",
            Self::Consent => "R14",
            Self::Decided => "R15",
        }
    }

    /// Where the rule comes from.
    #[must_use]
    pub const fn source(self, language: Language) -> &'static str {
        match self {
            Self::RoundScope => Words::new("scope of the round", "本轮范围"),
            Self::Track => Words::new("definition of the track", "培养类型定义"),
            Self::Level | Self::Qualification | Self::Window => Words::new("stated by the post", "岗位要求"),
            Self::Grade | Self::Hazard | Self::Age | Self::ProtectedWork => Words::new(
                "Internship rules for vocational schools (2021), art. 16",
                "《职业学校学生实习管理规定》（2021）第十六条",
            ),
            Self::Programme | Self::Consent => {
                Words::new("Internship rules for vocational schools (2021)", "《职业学校学生实习管理规定》（2021）")
            }
            Self::Agreement => Words::new("Vocational Education Law (2022), art. 30", "《职业教育法》（2022）第三十条"),
            Self::Decided => Words::new("decisions before the round", "本轮之前的决定"),
            Self::Reach => Words::new("scope stated by the post", "岗位生源范围"),
            Self::Pay => Words::new(
                "Internship rules for vocational schools (2021), art. 18",
                "《职业学校学生实习管理规定》（2021）第十八条",
            ),
        }
        .get(language)
    }

    const fn position(self) -> usize {
        self as usize
    }
}

/// How a rule is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A pair that breaks it is not acceptable.
    #[default]
    Strict,
    /// A pair that breaks it loses this many points of score.
    Soft(u32),
    /// It is not applied.
    Off,
}

/// The numbers of the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct RuleNumbers {
    /// Youngest age in years at the start of a placement. Default 16.
    pub minimum_age: u8,
    /// Age in years from which somebody is not a minor. Default 18.
    pub adult_age: u8,
    /// First year of study that may be placed on internships, order classes, apprenticeships and field-engineer
    /// seats. Default 2.
    pub first_grade: u8,
    /// Years of study of secondary, college and bachelor programmes; jobs and through-training are for the last one.
    /// Default 3, 3, 4.
    pub years: [u8; 3],
    /// The farthest a programme may be from the work. Default: the same category.
    pub farthest_programme: ProgrammeDistance,
    /// Least pay of an internship in percent of the post's wage. Default 80.
    pub pay_percent: u32,
}

impl Default for RuleNumbers {
    fn default() -> Self {
        Self {
            minimum_age: 16,
            adult_age: 18,
            first_grade: 2,
            years: [3, 3, 4],
            farthest_programme: ProgrammeDistance::SameCategory,
            pay_percent: 80,
        }
    }
}

impl RuleNumbers {
    /// The last year of study at `level`.
    #[must_use]
    pub const fn last_year(&self, level: Level) -> u8 {
        self.years[level as usize]
    }
}

/// A strict rule that is not applied to one pair, as somebody has decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The rule.
    pub rule: Rule,
    /// Id of the supply unit.
    pub unit: String,
    /// Id of the post.
    pub post: String,
}

/// Every rule's mode, and the numbers. The default holds every rule strictly.
///
/// ```
/// use talent_match::market::{Mode, Rule, RuleBook};
///
/// let book: RuleBook = serde_json::from_str(r#"{"modes": {"pay": {"soft": 10}}}"#)?;
/// assert_eq!(book.mode(Rule::Pay), Mode::Soft(10));
/// assert_eq!(book.mode(Rule::Age), Mode::Strict);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleBook {
    #[serde(with = "modes_by_rule")]
    modes: [Mode; Rule::ALL.len()],
    /// The numbers of the rules.
    pub numbers: RuleNumbers,
    /// Pairs that strict rules are not applied to. Left out of files while there are none, so that older ones keep their digest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
}

impl RuleBook {
    /// Whether `rule` is not applied to this pair. Cost: a look at every waiver.
    #[must_use]
    pub fn waives(&self, rule: Rule, unit: &str, post: &str) -> bool {
        self.waivers.iter().any(|waiver| waiver.rule == rule && waiver.unit == unit && waiver.post == post)
    }

    /// How `rule` is applied.
    #[must_use]
    pub const fn mode(&self, rule: Rule) -> Mode {
        self.modes[rule.position()]
    }

    /// The same book with `rule` applied as `mode`; [`Rule::Decided`] stays strict.
    #[must_use]
    pub const fn with_mode(mut self, rule: Rule, mode: Mode) -> Self {
        if !matches!(rule, Rule::Decided) {
            self.modes[rule.position()] = mode;
        }
        self
    }
}

/// Modes as an object from rule to mode, in the order of the rules; rules left out are strict. The rule that is always
/// strict has none.
mod modes_by_rule {
    use serde::{Deserializer, Serializer};

    use super::{Mode, Rule};
    use crate::language::entries;

    pub(super) fn serialize<S: Serializer>(modes: &[Mode; Rule::ALL.len()], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Rule::ALL.iter().zip(modes).filter(|(rule, _)| **rule != Rule::Decided))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[Mode; Rule::ALL.len()], D::Error> {
        let mut modes = [Mode::default(); Rule::ALL.len()];
        for (rule, mode) in entries::<Rule, Mode, D>(deserializer)? {
            if rule == Rule::Decided && mode != Mode::Strict {
                return Err(serde::de::Error::custom("the rule `decided` is always strict"));
            }
            modes[rule.position()] = mode;
        }
        Ok(modes)
    }
}

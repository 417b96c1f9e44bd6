//! Every rule recounted from the market's own words and the placements alone.
//!
//! The audit knows no mathematics, no screening and no solver: it looks up each placement's rows by their ids and asks
//! each rule again, in code of its own, so that a mistake in screening cannot pass by being made twice. A result counts
//! as verified only when the audit and the [`certificate`](crate::certificate) both say yes.
//!
//! It asks whether those who are placed may be placed. Whether a pair was wrongly refused, or scored wrongly, it does not
//! see; there the guarantee is that both implementations of every rule agree on all pairs in tests.
//!
//! ```
//! use talent_match::audit::{Check, audit};
//! use talent_match::market::*;
//! # use jiff::civil::date;
//! # let (autumn, winter) = (date(2026, 9, 1), date(2027, 2, 28));
//! # let mut post = Post::new("miller", "Milling machine operator", PostKind::Internship, "plant", 1, [autumn, winter]);
//! # post.occupation = Some("6-18-01-02".parse()?);
//! # post.programmes = vec!["6601".parse()?];
//! # let market = Market::builder(Round::new("autumn", date(2026, 6, 1), 1))
//! #     .school(School::new("school", "Vocational centre", Level::Secondary, "210213".parse()?))
//! #     .programme(Programme::new("machining", "school", "660102".parse()?))
//! #     .enterprise(Enterprise::new("plant", "Machine plant", "210213".parse()?, 800))
//! #     .supply(Supply::student("li", "machining", 1, date(2009, 3, 1), [autumn, winter]))
//! #     .post(post)
//! #     .build()?;
//! // `market` has one student, "li", who is in the first year.
//! let placed = Placements::new(vec![Placement { unit: SupplyIx::new(0), post: PostIx::new(0), people: 1 }]);
//! let audit = audit(&market, &RuleBook::default(), &placed);
//! assert_eq!(audit.findings()[0].check, Check::Rule(Rule::Grade));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod counts;
mod decisions;
mod limits;
mod rules;

use std::fmt;

use crate::language::{Language, Words};
use crate::market::{Market, Mode, Placements, Rule, RuleBook};

/// Something the audit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Check {
    /// No supply unit places more members than it has; a person is placed at most once.
    Headcount,
    /// No post holds more people than it has seats.
    Seats,
    /// No post that is always open holds fewer people than it must.
    FewestSeats,
    /// No class opens with fewer people than its minimum.
    ClassSize,
    /// No group of a strict quota holds more people than it may.
    QuotaMost,
    /// No group of a strict quota that is always open holds fewer people than it must.
    QuotaLeast,
    /// A group of a quota that opens or not holds its minimum or nobody.
    QuotaOpening,
    /// Everybody who needs mentors has them.
    Mentors,
    /// A cohort that is bound goes whole to one post, or stays.
    Whole,
    /// People who are bound together are at one enterprise or school, or stay.
    Together,
    /// No two people who are kept apart are at one enterprise or school.
    Apart,
    /// Everybody whose placement stands is placed there.
    Standing,
    /// Nobody who has left is placed.
    Departed,
    /// Every placement that does not stand keeps this rule; asked of strict rules.
    Rule(Rule),
}

impl Check {
    /// The checks that count people, in reporting order; the others look at each placement.
    pub const COUNTS: [Self; 13] = [
        Self::Headcount,
        Self::Seats,
        Self::FewestSeats,
        Self::ClassSize,
        Self::QuotaMost,
        Self::QuotaLeast,
        Self::QuotaOpening,
        Self::Mentors,
        Self::Whole,
        Self::Together,
        Self::Apart,
        Self::Standing,
        Self::Departed,
    ];

    /// Every check, in reporting order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::COUNTS.into_iter().chain(Rule::ALL.iter().copied().map(Self::Rule))
    }

    /// The stable code: `A01` to `A13`, or the rule's own.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Headcount => "A01",
            Self::Seats => "A02",
            Self::FewestSeats => "A03",
            Self::ClassSize => "A04",
            Self::QuotaMost => "A05",
            Self::QuotaLeast => "A06",
            Self::QuotaOpening => "A07",
            Self::Mentors => "A08",
            Self::Whole => "A09",
            Self::Together => "A10",
            Self::Apart => "A11",
            Self::Standing => "A12",
            Self::Departed => "A13",
            Self::Rule(rule) => rule.code(),
        }
    }

    /// What is counted.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        match self {
            Self::Headcount => Words::new("headcounts", "人数").get(language),
            Self::Seats => Words::new("seats", "席位").get(language),
            Self::FewestSeats => Words::new("minimum of seats", "席位下限").get(language),
            Self::ClassSize => Words::new("class size", "开班人数").get(language),
            Self::QuotaMost => Words::new("quota maximum", "名额上限").get(language),
            Self::QuotaLeast => Words::new("quota minimum", "名额下限").get(language),
            Self::QuotaOpening => Words::new("quota opened below its minimum", "名额启用人数").get(language),
            Self::Mentors => Words::new("mentors", "导师").get(language),
            Self::Whole => Words::new("cohort placed whole", "整班安置").get(language),
            Self::Together => Words::new("placed together", "同去").get(language),
            Self::Apart => Words::new("kept apart", "分开").get(language),
            Self::Standing => Words::new("placements that stand", "锁定的安置").get(language),
            Self::Departed => Words::new("people who have left", "已离开人员").get(language),
            Self::Rule(rule) => rule.label(language),
        }
    }
}

impl Check {
    /// Where it comes from.
    #[must_use]
    pub const fn source(self, language: Language) -> &'static str {
        match self {
            Self::Headcount => Words::new("one placement a person", "一人一岗").get(language),
            Self::Seats | Self::FewestSeats | Self::ClassSize => Rule::Level.source(language),
            Self::QuotaMost | Self::QuotaLeast | Self::QuotaOpening => {
                Words::new("quotas of the market", "市场名额").get(language)
            }
            Self::Mentors => {
                Words::new("two mentors: of the enterprise and of the school", "校企双导师制").get(language)
            }
            Self::Whole | Self::Together | Self::Apart => {
                Words::new("bonds of the market", "市场人员关系").get(language)
            }
            Self::Standing | Self::Departed => Rule::Decided.source(language),
            Self::Rule(rule) => rule.source(language),
        }
    }
}

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was counted.
    pub check: Check,
    /// Id of the supply unit concerned; empty for a count of seats.
    pub unit: String,
    /// Id of the post concerned; empty for a count of people.
    pub post: String,
    /// The group of a quota, the party of mentors, or the bond concerned; empty for others.
    pub subject: String,
    /// What was counted, where it is a number.
    pub counted: Option<u64>,
    /// What it must reach.
    pub least: Option<u64>,
    /// What it must not exceed.
    pub limit: Option<u64>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.check.code(), self.check.label(Language::English))?;
        for (name, id) in [("unit", &self.unit), ("post", &self.post), ("of", &self.subject)] {
            if !id.is_empty() {
                write!(f, ", {name} {id}")?;
            }
        }
        match (self.counted, self.least, self.limit) {
            (Some(counted), _, Some(limit)) => write!(f, ": {counted} of at most {limit}"),
            (Some(counted), Some(least), None) => write!(f, ": {counted} of at least {least}"),
            (Some(counted), None, None) => write!(f, ": {counted}"),
            _ => Ok(()),
        }
    }
}

/// What the audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    asked: Vec<Check>,
    findings: Vec<Finding>,
    placements: usize,
}

impl Audit {
    /// The checks that were made; soft rules and those that are off are not asked.
    #[must_use]
    pub fn asked(&self) -> &[Check] {
        &self.asked
    }

    /// Everything that does not hold, in the order of the checks.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many findings `check` has.
    #[must_use]
    pub fn count(&self, check: Check) -> usize {
        self.findings.iter().filter(|finding| finding.check == check).count()
    }

    /// How many placements were looked at.
    #[must_use]
    pub const fn placements(&self) -> usize {
        self.placements
    }

    /// Whether everything holds.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Recounts `placements` of `market`, whose indices they must be of, under the strict rules of `book`.
///
/// Cost: a table of ids and one look at each rule for each placement.
#[must_use]
pub fn audit(market: &Market, book: &RuleBook, placements: &Placements) -> Audit {
    let asked: Vec<Check> =
        Check::all().filter(|check| !matches!(check, Check::Rule(rule) if book.mode(*rule) != Mode::Strict)).collect();
    let mut findings = counts::headcounts(market, placements);
    findings.extend(counts::seats(market, placements));
    let words = rules::MarketWords::of(market);
    findings.extend(limits::limits(market, &words, placements));
    findings.extend(decisions::decisions(&words, placements));
    for placement in placements.all() {
        let (unit, post) = (market.unit(placement.unit), market.post(placement.post));
        let same = placements.of(placement.unit).iter().filter(|other| other.post == placement.post);
        let standing = words.standing(&unit.id, &post.id);
        if standing > 0 && same.map(|other| u64::from(other.people)).sum::<u64>() <= standing {
            continue;
        }
        for rule in Rule::ALL.iter().filter(|rule| book.mode(**rule) == Mode::Strict) {
            if !words.keeps(*rule, &book.numbers, unit, post) && !book.waives(*rule, &unit.id, &post.id) {
                let (unit, post) = (unit.id.clone(), post.id.clone());
                let check = Check::Rule(*rule);
                let subject = String::new();
                findings.push(Finding { check, unit, post, subject, counted: None, least: None, limit: None });
            }
        }
    }
    findings.sort_by(|a, b| (a.check, &a.unit, &a.post, &a.subject).cmp(&(b.check, &b.unit, &b.post, &b.subject)));
    Audit { asked, findings, placements: placements.all().len() }
}

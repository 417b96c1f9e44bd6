//! Which pairs are acceptable, and for every other pair the rule that cut it.
//!
//! A rule is one type in one file and one line in this page's list; its code, source and mode
//! ([`Mode`](crate::market::Mode)) stand in the rule book, which the audit reads too and recounts in its own words. Strict
//! rules cut, soft ones cost points, others are off. Rules have a fixed order; a pair is cut by the first one it
//! breaks. [`screen`] finds the acceptable pairs and counts the cuts group by group; [`first_cut`] answers for one pair
//! at any time, so that no reason need be stored.
//!
//! ```
//! use jiff::civil::date;
//! use talent_match::control::Control;
//! use talent_match::eligibility::{first_cut, screen};
//! use talent_match::language::Language;
//! use talent_match::market::*;
//!
//! let (autumn, winter) = (date(2026, 9, 1), date(2027, 2, 28));
//! let mut post = Post::new("miller", "Milling machine operator", PostKind::Internship, "plant", 2, [autumn, winter]);
//! post.occupation = Some("6-18-01-02".parse()?);
//! post.programmes = vec!["6601".parse()?];
//! let market = Market::builder(Round::new("autumn", date(2026, 6, 1), 1))
//!     .school(School::new("school", "Vocational centre", Level::Secondary, "210213".parse()?))
//!     .programme(Programme::new("machining", "school", "660102".parse()?))
//!     .enterprise(Enterprise::new("plant", "Machine plant", "210213".parse()?, 800))
//!     .supply(Supply::student("li", "machining", 2, date(2009, 3, 1), [autumn, winter]))
//!     .supply(Supply::student("wu", "machining", 1, date(2010, 3, 1), [autumn, winter]))
//!     .post(post)
//!     .build()?;
//! let book = RuleBook::default();
//! assert_eq!(screen(&market, &book, &Control::new()).pairs(), 1);
//! let reason = first_cut(&market, &book, SupplyIx::new(1), PostIx::new(0), Language::English).unwrap();
//! assert_eq!((reason.rule, reason.sentence.as_str()), (Rule::Grade, "needs year of study 2 at least, is in year 1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod age;
mod agreement;
mod consent;
mod decided;
mod grade;
mod group;
mod hazard;
mod level;
mod look;
mod pay;
mod programme;
mod protected_work;
mod qualification;
mod reach;
mod reason;
mod round_scope;
mod rule;
mod screening;
mod track;
mod window;

pub(crate) use agreement::{agreements, covers};
pub use group::Group;
pub(crate) use look::look;
pub(crate) use reach::nearness;
pub(crate) use reason::nearest_obstacle;
pub use reason::{Reason, first_cut, first_rule, penalty, softly_broken};
pub use screening::{Acceptable, Cuts, GroupIx, screen};

use crate::market::Rule;
use rule::PairRule;

/// Every rule, in the order of checking: those that see groups come first.
const RULES: [&dyn PairRule; Rule::ALL.len()] = [
    &round_scope::RoundScope,
    &track::Track,
    &level::Level,
    &grade::Grade,
    &programme::Programme,
    &agreement::Agreement,
    &reach::Reach,
    &pay::Pay,
    &hazard::Hazard,
    &age::Age,
    &protected_work::ProtectedWork,
    &qualification::Qualification,
    &window::Window,
    &consent::Consent,
    &decided::Decided,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_the_order_of_their_codes_and_groups_come_first() {
        assert!(RULES.iter().map(|rule| rule.rule()).eq(Rule::ALL.iter().copied()));
        assert!(RULES.iter().map(|rule| rule.sight()).is_sorted());
        assert!(Rule::ALL.iter().map(|rule| rule.code()).is_sorted());
    }
}

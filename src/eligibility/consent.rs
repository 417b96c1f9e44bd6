//! R14: those who must agree have agreed.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Consent as Agreed, Rule};

pub(super) struct Consent;

/// Minors need their guardian's signature beside their own.
fn needed(pair: &Pair<'_>) -> Agreed {
    let minor = pair.supply().age_on(pair.offer().start) < i16::from(pair.numbers().adult_age);
    if minor { Agreed::Both } else { Agreed::Student }
}

impl PairRule for Consent {
    fn rule(&self) -> Rule {
        Rule::Consent
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        match pair.supply().consent {
            Agreed::Nobody | Agreed::OptedOut => false,
            Agreed::Student => needed(pair) == Agreed::Student,
            Agreed::Both => true,
        }
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        Evidence::new(needed(pair).label(language), pair.supply().consent.label(language))
    }

    fn words(&self) -> Words {
        Words::new("needs the consent of “{needed}”, has “{found}”", "需要“{needed}”同意，现为“{found}”")
    }
}

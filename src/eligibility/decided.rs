//! R15: nobody has decided against the pair.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::Rule;

pub(super) struct Decided;

impl PairRule for Decided {
    fn rule(&self) -> Rule {
        Rule::Decided
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        pair.market.closed(pair.unit, pair.post).is_none()
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let decision = pair.market.closed(pair.unit, pair.post);
        Evidence::new("", decision.map(|decision| decision.text(language)).unwrap_or_default())
    }

    fn words(&self) -> Words {
        Words::new("the pair is closed: {found}", "该组合已排除：{found}")
    }
}

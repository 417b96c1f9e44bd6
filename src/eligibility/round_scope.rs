//! R01: both sides take part in the round.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::Rule;

pub(super) struct RoundScope;

impl PairRule for RoundScope {
    fn rule(&self) -> Rule {
        Rule::RoundScope
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        pair.market.takes_part(pair.party()) && pair.market.takes_part(pair.market.owner_of(pair.post))
    }

    fn evidence(&self, pair: &Pair<'_>, _: Language) -> Evidence {
        let owner = pair.market.owner_of(pair.post);
        let absent = if pair.market.takes_part(owner) { pair.party() } else { owner };
        Evidence::new(&pair.market.round().id, pair.market.name_of(absent))
    }

    fn words(&self) -> Words {
        Words::new("{found} does not take part in the round {needed}", "{found}未参加本轮（{needed}）")
    }
}

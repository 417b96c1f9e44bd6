//! R07: the post is open to people from there.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Market, Party, PostIx, Reach as Scope, Rule};

pub(super) struct Reach;

/// How near `party` is to `post`: both consortium members, the same city, the same province, or neither.
pub(crate) fn nearness(market: &Market, party: Party, post: PostIx) -> Scope {
    let (from, to) = (market.division_of(party), market.region_of(post));
    if market.is_member(party) && market.is_member(market.owner_of(post)) {
        Scope::Consortium
    } else if from.city() == to.city() {
        Scope::City
    } else if from.province() == to.province() {
        Scope::Province
    } else {
        Scope::Country
    }
}

impl PairRule for Reach {
    fn rule(&self) -> Rule {
        Rule::Reach
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        nearness(pair.market, pair.party(), pair.post) <= pair.offer().reach
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let found = nearness(pair.market, pair.party(), pair.post);
        Evidence::new(pair.offer().reach.label(language), found.label(language))
    }

    fn words(&self) -> Words {
        Words::new(
            "the post reaches as far as “{needed}”, this is “{found}”",
            "岗位生源范围为“{needed}”，实为“{found}”",
        )
    }
}

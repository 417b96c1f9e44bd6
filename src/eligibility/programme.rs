//! R05: the programme is near enough to the work.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Home, Market, Measure, PostIx, ProgrammeCode, ProgrammeDistance, Reading, Rule, Unit};

pub(super) struct Programme;

/// The nearest `programme` comes to what `post` wants: its list of programmes, the target of a through-training
/// class, or else the programmes that train for its occupation.
fn distance_to_work(market: &Market, programme: ProgrammeCode, post: PostIx) -> ProgrammeDistance {
    let offer = market.post(post);
    let nearest = if !offer.programmes.is_empty() {
        offer.programmes.iter().map(|wanted| wanted.distance(programme)).min()
    } else if let Some(target) = offer.target {
        Some(target.distance(programme))
    } else {
        offer.occupation.and_then(|occupation| {
            market.catalogue().programmes_for(occupation).map(|trained| trained.distance(programme)).min()
        })
    };
    nearest.unwrap_or(ProgrammeDistance::Across)
}

fn distance(pair: &Pair<'_>) -> Option<ProgrammeDistance> {
    match pair.home() {
        Home::Programme(programme) => {
            Some(distance_to_work(pair.market, pair.market.programme(programme).code, pair.post))
        }
        Home::Enterprise(_) => None,
    }
}

impl PairRule for Programme {
    fn rule(&self) -> Rule {
        Rule::Programme
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        distance(pair).is_some()
    }

    fn reading(&self, pair: &Pair<'_>) -> Option<Reading> {
        let steps = |distance: ProgrammeDistance| Measure::new(distance as i64, Unit::Distance);
        let farthest = Some(pair.numbers().farthest_programme).filter(|farthest| *farthest < ProgrammeDistance::Across);
        Some(Reading::at_most(steps(distance(pair)?), steps(farthest?)))
    }

    /// Employees have no programme and are not asked.
    fn permits(&self, pair: &Pair<'_>) -> bool {
        distance(pair).is_none_or(|distance| distance <= pair.numbers().farthest_programme)
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let found = distance(pair).unwrap_or(ProgrammeDistance::Across);
        Evidence::new(pair.numbers().farthest_programme.label(language), found.label(language))
    }

    fn words(&self) -> Words {
        Words::new(
            "the programme must fit the work at least as “{needed}”, it is “{found}”",
            "专业与岗位至少应为“{needed}”，实为“{found}”",
        )
    }
}

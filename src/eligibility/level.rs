//! R03: the post takes people of this level.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Home, Level as Education, Rule};

pub(super) struct Level;

fn education(pair: &Pair<'_>) -> Option<Education> {
    match pair.home() {
        Home::Programme(programme) => Some(pair.market.programme(programme).code.level()),
        Home::Enterprise(_) => None,
    }
}

impl PairRule for Level {
    fn rule(&self) -> Rule {
        Rule::Level
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        !pair.offer().levels.is_empty() && education(pair).is_some()
    }

    /// A post that names no level takes all; employees have none and are not asked.
    fn permits(&self, pair: &Pair<'_>) -> bool {
        let levels = &pair.offer().levels;
        levels.is_empty() || education(pair).is_none_or(|level| levels.contains(&level))
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let needed: Vec<_> = pair.offer().levels.iter().map(|level| level.label(language)).collect();
        Evidence::new(needed.join(" / "), education(pair).map_or("", |level| level.label(language)))
    }

    fn words(&self) -> Words {
        Words::new(
            "the post is for the levels {needed}, the programme is {found}",
            "岗位要求层次为{needed}，所学专业为{found}",
        )
    }
}

//! R02: the track is for this kind of person.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Home, Level, PostKind, Rule};

pub(super) struct Track;

impl PairRule for Track {
    fn rule(&self) -> Rule {
        Rule::Track
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    /// Craftsman plans are for employees, through-training for students of secondary schools, the rest for students.
    fn permits(&self, pair: &Pair<'_>) -> bool {
        match (pair.offer().kind, pair.home()) {
            (PostKind::Craftsman, home) => matches!(home, Home::Enterprise(_)),
            (_, Home::Enterprise(_)) => false,
            (PostKind::ThroughTraining, Home::Programme(programme)) => {
                pair.market.programme(programme).code.level() == Level::Secondary
            }
            (_, Home::Programme(_)) => true,
        }
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        Evidence::new(pair.offer().kind.label(language), pair.supply().kind.label(language))
    }

    fn words(&self) -> Words {
        Words::new("the track “{needed}” is not open to this {found}", "“{needed}”不面向该{found}")
    }
}

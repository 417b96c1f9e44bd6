//! R09: the work is allowed for students at all.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Hazard as Danger, Home, Post, PostKind, Rule};

pub(super) struct Hazard;

const FORBIDDEN: [Danger; 3] = [Danger::Entertainment, Danger::Agency, Danger::HeavyLabour];

/// Whether people on the post are still students at school.
fn is_training(post: &Post) -> bool {
    !matches!(post.kind, PostKind::Job | PostKind::Craftsman)
}

/// Whether the person would be a student on the post.
pub(super) fn in_training(pair: &Pair<'_>) -> bool {
    is_training(pair.offer()) && matches!(pair.home(), Home::Programme(_))
}

fn forbidden(pair: &Pair<'_>) -> impl Iterator<Item = Danger> {
    let concerned = in_training(pair);
    pair.offer().hazards.iter().copied().filter(move |danger| concerned && FORBIDDEN.contains(danger))
}

impl PairRule for Hazard {
    fn rule(&self) -> Rule {
        Rule::Hazard
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        in_training(pair)
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        forbidden(pair).next().is_none()
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let found: Vec<_> = forbidden(pair).map(|danger| danger.label(language)).collect();
        Evidence::new("", language.list(&found))
    }

    fn words(&self) -> Words {
        Words::new("students must not be placed here: {found}", "不得安排学生从事：{found}")
    }
}

//! R11: the work is allowed for minors and women where they are concerned.

use super::hazard::in_training;
use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Hazard, Rule, Sex};

pub(super) struct ProtectedWork;

/// Work closed to minors.
const FOR_ADULTS: [Hazard; 6] =
    [Hazard::Height, Hazard::Underground, Hazard::Radioactive, Hazard::Toxic, Hazard::Explosive, Hazard::NightShift];

/// Work closed to female students. Source: special rules on the labour protection of female employees (2012), annex.
const FOR_MEN: [Hazard; 1] = [Hazard::Underground];

fn closed(pair: &Pair<'_>) -> impl Iterator<Item = Hazard> {
    let unit = pair.supply();
    let student = in_training(pair);
    let minor = unit.age_on(pair.offer().start) < i16::from(pair.numbers().adult_age);
    // A cohort without a sex has members of both.
    let female = unit.sex != Some(Sex::Male);
    let closed =
        move |hazard: &Hazard| student && (minor && FOR_ADULTS.contains(hazard) || female && FOR_MEN.contains(hazard));
    pair.offer().hazards.iter().copied().filter(closed)
}

impl PairRule for ProtectedWork {
    fn rule(&self) -> Rule {
        Rule::ProtectedWork
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        in_training(pair)
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        closed(pair).next().is_none()
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let found: Vec<_> = closed(pair).map(|hazard| hazard.label(language)).collect();
        Evidence::new("", language.list(&found))
    }

    fn words(&self) -> Words {
        Words::new("this work is closed to the person: {found}", "不得安排该学生从事：{found}")
    }
}

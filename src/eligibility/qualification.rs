//! R12: required qualifications are held.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Measure, Qualification as Certificate, Reading, Rule, Unit};

pub(super) struct Qualification;

fn missing<'a>(pair: &Pair<'a>) -> impl Iterator<Item = &'a Certificate> {
    let held = &pair.supply().qualifications;
    let meets =
        |needed: &Certificate| held.iter().any(|own| own.kind() == needed.kind() && own.grade() >= needed.grade());
    pair.offer().qualifications.iter().filter(move |needed| !meets(needed))
}

impl PairRule for Qualification {
    fn rule(&self) -> Rule {
        Rule::Qualification
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        !pair.offer().qualifications.is_empty()
    }

    /// Of several that are asked for, the one that is held with least to spare.
    fn reading(&self, pair: &Pair<'_>) -> Option<Reading> {
        let held = &pair.supply().qualifications;
        let grade = |grade: u8| Measure::new(grade.into(), Unit::SkillGrade);
        let readings = pair.offer().qualifications.iter().map(|needed| {
            let own = held.iter().filter(|own| own.kind() == needed.kind()).map(Certificate::grade).max();
            Reading::at_least(grade(own.unwrap_or_default()), grade(needed.grade()))
        });
        readings.min_by(|a, b| a.nearer(*b))
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        missing(pair).next().is_none()
    }

    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence {
        let needed: Vec<_> = missing(pair).map(ToString::to_string).collect();
        Evidence::new(language.list(&needed), "")
    }

    fn words(&self) -> Words {
        Words::new("lacks the qualification {needed}", "缺少证书：{needed}")
    }
}

//! R08: the pay is high enough.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Measure, PostKind, Reading, Rule, Unit};

pub(super) struct Pay;

/// The least pay of the post in CNY a month: a share of its wage, rounded up; none where no wage is stated.
fn floor(pair: &Pair<'_>) -> Option<u64> {
    let wage = pair.offer().wage.filter(|_| pair.offer().kind == PostKind::Internship)?;
    Some((u64::from(wage) * u64::from(pair.numbers().pay_percent)).div_ceil(100))
}

impl PairRule for Pay {
    fn rule(&self) -> Rule {
        Rule::Pay
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        floor(pair).is_some()
    }

    fn reading(&self, pair: &Pair<'_>) -> Option<Reading> {
        let (offer, percent) = (pair.offer(), pair.numbers().pay_percent.into());
        let wage = offer.wage.filter(|_| self.concerns(pair))?.into();
        let pay = Measure::part(offer.pay.unwrap_or_default().into(), wage, Unit::Yuan);
        Some(Reading::at_least(pay, Measure::part(percent, 100, Unit::Share)))
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        floor(pair).is_none_or(|floor| u64::from(pair.offer().pay.unwrap_or(0)) >= floor)
    }

    fn evidence(&self, pair: &Pair<'_>, _: Language) -> Evidence {
        Evidence::new(floor(pair).unwrap_or_default(), pair.offer().pay.unwrap_or_default())
    }

    fn words(&self) -> Words {
        Words::new(
            "pay must be at least {needed} CNY a month, it is {found}",
            "报酬至少应为每月{needed}元，实为{found}元",
        )
    }
}

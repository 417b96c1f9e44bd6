//! How one pair stands to one rule, whatever the rule's mode.

use super::RULES;
use super::rule::Pair;
use crate::market::{Market, PostIx, Reading, Rule, RuleBook, SupplyIx};

/// How a pair stands to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether the pair keeps it.
    pub(crate) kept: bool,
    /// Whether somebody has decided that it is not applied to the pair.
    pub(crate) waived: bool,
    /// The number it looks at and what that must be; none for a rule that says yes or no.
    pub(crate) reading: Option<Reading>,
}

/// How the pair stands to `rule`; none where the rule asks nothing of such a pair.
pub(crate) fn look(market: &Market, book: &RuleBook, rule: Rule, unit: SupplyIx, post: PostIx) -> Option<Look> {
    let pair = Pair { market, book, unit, post };
    let asked = RULES[rule as usize];
    asked.concerns(&pair).then(|| Look {
        kept: asked.permits(&pair),
        waived: pair.is_waived(rule),
        reading: asked.reading(&pair),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::market::{Enterprise, Fit, Level, Post, PostKind, Programme, Round, School, Supply};

    fn days_older(minimum_age: u8, birth: Date, start: Date) -> i64 {
        let (window, plant) = ([start, start], "210213".parse().unwrap());
        let mut post = Post::new("o", "Post", PostKind::Internship, "e", 1, window);
        post.occupation = "6-18-01-02".parse().ok();
        let market = Market::builder(Round::new("r", start, 1))
            .school(School::new("s", "School", Level::Secondary, plant))
            .programme(Programme::new("p", "s", "660102".parse().unwrap()))
            .enterprise(Enterprise::new("e", "Plant", plant, 9))
            .supply(Supply::student("u", "p", 2, birth, window))
            .post(post)
            .build()
            .unwrap();
        let mut book = RuleBook::default();
        book.numbers.minimum_age = minimum_age;
        let look = look(&market, &book, Rule::Age, SupplyIx::new(0), PostIx::new(0)).unwrap();
        let reading = look.reading.unwrap();
        assert_eq!(look.kept, reading.fit() != Fit::Broken, "{birth} {start}");
        reading.counted.amount()
    }

    #[test]
    fn the_day_of_the_birthday_is_old_enough_also_without_a_leap_day() {
        assert_eq!(days_older(16, date(2010, 9, 1), date(2026, 9, 1)), 0);
        assert_eq!(days_older(16, date(2010, 9, 2), date(2026, 9, 1)), -1);
        assert_eq!(days_older(16, date(2008, 2, 29), date(2024, 2, 29)), 0);
        assert_eq!(days_older(17, date(2008, 2, 29), date(2025, 2, 28)), -1);
        assert_eq!(days_older(17, date(2008, 2, 29), date(2025, 3, 1)), 0);
    }
}

//! Numbers with their units, compared without rounding.

use std::cmp::Ordering;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::language::vocabulary;

vocabulary! {
    /// What a number counts.
    Unit {
        /// People.
        People = "people", "people", "人数";
        /// Supply units: single people and cohorts.
        Units = "units", "people or cohorts", "人员（班组）";
        /// Posts.
        Posts = "posts", "posts", "岗位";
        /// Classes.
        Classes = "classes", "classes", "班";
        /// Programmes of schools.
        Programmes = "programmes", "programmes", "专业";
        /// Agreements.
        Agreements = "agreements", "agreements", "协议";
        /// Groups of placements, each with a limit of its own.
        Groups = "groups", "groups", "组";
        /// Years of study.
        Grade = "grade", "year of study", "年级";
        /// Grades of a qualification.
        SkillGrade = "skill_grade", "grade of qualification", "证书等级";
        /// Steps from the wanted programme: 0 itself, 1 its class, 2 its category, 3 across.
        Distance = "distance", "steps from the programme", "专业距离（级）";
        /// Days a person is older than asked.
        AgeDays = "age_days", "days older than asked", "超龄天数";
        /// Days by which a window is longer, at its nearer end, than what it must hold.
        SpareDays = "spare_days", "days to spare", "余量天数";
        /// Yuan a month.
        Yuan = "yuan", "CNY a month", "元/月";
        /// Parts of a whole; the whole is always stated.
        Share = "share", "of the whole", "占比";
    }
}

/// A number with its unit, or a part of a whole. Both are integers and stay so.
///
/// ```
/// use std::cmp::Ordering;
/// use talent_match::market::{Measure, Unit};
///
/// // 809 of 1,000 yuan are not four fifths, and no rounding makes them so.
/// let (pay, floor) = (Measure::part(809, 1_000, Unit::Yuan), Measure::part(80, 100, Unit::Share));
/// assert_eq!(pay.compare(floor), Ordering::Greater);
/// assert_eq!(pay.basis_points(), Some(8_090));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    amount: i64,
    of: Option<u64>,
    unit: Unit,
}

impl Measure {
    /// So many.
    #[must_use]
    pub const fn new(amount: i64, unit: Unit) -> Self {
        Self { amount, of: None, unit }
    }

    /// So many of `of`.
    #[must_use]
    pub const fn part(amount: i64, of: u64, unit: Unit) -> Self {
        Self { amount, of: Some(of), unit }
    }

    /// `amount`, or the most that can be said.
    #[must_use]
    pub fn count(amount: u64, unit: Unit) -> Self {
        Self::new(i64::try_from(amount).unwrap_or(i64::MAX), unit)
    }

    /// The number; of a part, its upper part.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// The whole that it is a part of.
    #[must_use]
    pub const fn of(self) -> Option<u64> {
        self.of
    }

    /// What it counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Hundredths of a percent, rounded down: for people to read, never to compare. None without a whole.
    #[must_use]
    pub fn basis_points(self) -> Option<i64> {
        let of = i128::from(self.of.filter(|of| *of > 0)?);
        i64::try_from((i128::from(self.amount) * 10_000).div_euclid(of)).ok()
    }

    const fn whole(self) -> i128 {
        match self.of {
            Some(of) => of as i128,
            None => 1,
        }
    }

    /// Which of two is larger, as fractions: exact. Of a whole of 0, anything above 0 is larger than any part.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        (i128::from(self.amount) * other.whole()).cmp(&(i128::from(other.amount) * self.whole()))
    }

    /// One more, or one fewer, of the same.
    const fn step(self, by: i64) -> Self {
        Self { amount: self.amount.saturating_add(by), ..self }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Measure", 2 + 2 * usize::from(self.of.is_some()))?;
        fields.serialize_field("amount", &self.amount)?;
        if let Some(of) = self.of {
            fields.serialize_field("of", &of)?;
            fields.serialize_field("basis_points", &self.basis_points())?;
        }
        fields.serialize_field("unit", &self.unit)?;
        fields.end()
    }
}

/// What a number must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// At least this.
    Least(Measure),
    /// At most this.
    Most(Measure),
}

/// How a number stands to what it must be. The worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is not.
    Broken,
    /// It is, and one step further (a person, a day, a yuan) would break it.
    AtLimit,
    /// It is, with room.
    Within,
}

/// A number that was looked at, and what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The number.
    pub counted: Measure,
    /// What it must be.
    #[serde(flatten)]
    pub bound: Bound,
}

impl Reading {
    /// `counted`, at least `limit`.
    #[must_use]
    pub const fn at_least(counted: Measure, limit: Measure) -> Self {
        Self { counted, bound: Bound::Least(limit) }
    }

    /// `counted`, at most `limit`.
    #[must_use]
    pub const fn at_most(counted: Measure, limit: Measure) -> Self {
        Self { counted, bound: Bound::Most(limit) }
    }

    /// What it must not go beyond.
    #[must_use]
    pub const fn limit(self) -> Measure {
        match self.bound {
            Bound::Least(limit) | Bound::Most(limit) => limit,
        }
    }

    fn keeps(self, counted: Measure) -> bool {
        match self.bound {
            Bound::Least(limit) => counted.compare(limit) != Ordering::Less,
            Bound::Most(limit) => counted.compare(limit) != Ordering::Greater,
        }
    }

    /// How the number stands to its bound.
    #[must_use]
    pub fn fit(self) -> Fit {
        let further = match self.bound {
            Bound::Least(_) => self.counted.step(-1),
            Bound::Most(_) => self.counted.step(1),
        };
        if !self.keeps(self.counted) {
            Fit::Broken
        } else if self.keeps(further) {
            Fit::Within
        } else {
            Fit::AtLimit
        }
    }

    /// How far the number is inside its bound, as a fraction; below 0 outside.
    fn room(self) -> (i128, i128) {
        let (counted, limit) = (self.counted, self.limit());
        let inside = i128::from(limit.amount) * counted.whole() - i128::from(counted.amount) * limit.whole();
        let sign = if matches!(self.bound, Bound::Least(_)) { -1 } else { 1 };
        (sign * inside, counted.whole() * limit.whole())
    }

    /// Which of two readings of one kind is nearer to its limit, the nearer one first: broken ones, then those at their limit; of
    /// these, whichever has less room, in its own unit, or in parts of its whole; of equal ones, the larger count. Exact up to
    /// wholes of 2⁵⁰.
    #[must_use]
    pub fn nearer(self, other: Self) -> Ordering {
        let ((a, of_a), (b, of_b)) = (self.room(), other.room());
        let room = a.saturating_mul(of_b).cmp(&b.saturating_mul(of_a));
        self.fit().cmp(&other.fit()).then(room).then(other.counted.amount.cmp(&self.counted.amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(people: i64, staff: u64) -> Reading {
        Reading::at_most(Measure::part(people, staff, Unit::People), Measure::part(10, 100, Unit::Share))
    }

    #[test]
    fn a_share_is_at_its_limit_when_one_more_would_break_it() {
        assert_eq!([79, 80, 81].map(|people| staff(people, 809).fit()), [Fit::Within, Fit::AtLimit, Fit::Broken]);
        assert_eq!([0, 1].map(|people| staff(people, 9).fit()), [Fit::AtLimit, Fit::Broken]);
        assert_eq!([0, 1].map(|people| staff(people, 0).fit()), [Fit::AtLimit, Fit::Broken]);
        let pay = |pay| Reading::at_least(Measure::part(pay, 3_000, Unit::Yuan), Measure::part(80, 100, Unit::Share));
        assert_eq!(
            [2_399, 2_400, 2_401, 2_427].map(|yuan| pay(yuan).fit()),
            [Fit::Broken, Fit::AtLimit, Fit::Within, Fit::Within]
        );
    }

    #[test]
    fn nearer_is_told_by_fractions() {
        // 495 of 5,000 leave a tenth of a percent and five people; 80 of 809 leave more, but nobody.
        assert_eq!(staff(80, 809).nearer(staff(495, 5_000)), Ordering::Less);
        // 99 of 1,001 and 98 of 991 both round to 9.89 % and hold 99 and 98 of 100 and 99.
        assert_eq!(staff(99, 1_001).nearer(staff(98, 991)), Ordering::Less);
        assert_eq!(staff(0, 9).nearer(staff(0, 19)), Ordering::Less);
        assert_eq!(staff(3, 20).nearer(staff(2, 20)), Ordering::Less);
    }

    #[test]
    fn a_part_is_written_with_its_whole() {
        let text = serde_json::to_string(&staff(80, 809)).unwrap();
        assert_eq!(
            text,
            r#"{"counted":{"amount":80,"of":809,"basis_points":988,"unit":"people"},"most":{"amount":10,"of":100,"basis_points":1000,"unit":"share"}}"#
        );
    }
}

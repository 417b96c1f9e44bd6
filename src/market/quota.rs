//! Quotas: ranges for the number of people in a group of placements.

use std::fmt;

use super::cell::{BadCell, JsonKind, Scalar, scalar_by_word};
use super::fault::FaultCode;
use super::record::record;
use super::{Measure, Opening, Unit};
use crate::language::vocabulary;

vocabulary! {
    /// What placements are grouped by: a property of the post, or of the people placed there.
    Dimension {
        /// The post, by id.
        Post = "post", "post", "岗位";
        /// The track of the post.
        Kind = "kind", "track", "培养类型";
        /// Who offers the post: an enterprise or a school, by id.
        Owner = "owner", "offered by", "提供方";
        /// The sector of the enterprise that offers the post.
        Sector = "sector", "sector", "产业";
        /// Whether who offers the post is a member of the consortium: `true` or `false`.
        Member = "member", "consortium member", "联合体成员";
        /// The occupation of the post, or a group of occupations by the beginning of its code.
        Occupation = "occupation", "occupation", "职业";
        /// The division of the work place; a city or province holds its districts.
        Place = "place", "work place", "工作地";
        /// The supply unit, by id.
        Unit = "unit", "supply unit", "供给单元";
        /// The school people study at, by id.
        School = "school", "school", "学校";
        /// The enterprise people work for, by id.
        Employer = "employer", "employer", "所在企业";
        /// The programme people study, by id.
        Programme = "programme", "programme", "专业点";
        /// The code of the programme, or the class or category by its beginning.
        Code = "code", "programme code", "专业代码";
        /// The level of the programme.
        Level = "level", "level", "层次";
        /// The year of study.
        Grade = "grade", "year of study", "年级";
        /// The division people come from: their own, or that of school or enterprise.
        Home = "home", "home", "生源地";
        /// A circumstance.
        Flag = "flag", "circumstance", "情形";
    }
}

scalar_by_word!(Dimension);

impl Dimension {
    /// Whether it is a property of posts; of people otherwise.
    #[must_use]
    pub const fn is_of_posts(self) -> bool {
        (self as usize) < Self::Unit as usize
    }
}

/// A property that placements have: `dimension:value`, such as `kind:internship` or `code:6601`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Facet {
    /// The property.
    pub dimension: Dimension,
    /// Its value, in the words of the market's own tables.
    pub value: String,
}

impl Facet {
    /// `dimension:value`.
    #[must_use]
    pub fn new(dimension: Dimension, value: &str) -> Self {
        Self { dimension, value: value.to_owned() }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.dimension.word(), self.value)
    }
}

impl Scalar for Facet {
    const JSON: JsonKind = JsonKind::String;

    fn parse(text: &str) -> Result<Self, BadCell> {
        let read = text.split_once(':').and_then(|(word, value)| {
            let dimension = Dimension::ALL.iter().copied().find(|dimension| dimension.word() == word.trim())?;
            Some(Self::new(dimension, value.trim())).filter(|facet| !facet.value.is_empty())
        });
        read.ok_or_else(|| BadCell {
            code: FaultCode::BadFacet,
            value: text.to_owned(),
            allowed: Dimension::ALL.iter().map(|dimension| dimension.word()).collect::<Vec<_>>().join(", ").into(),
        })
    }
}

impl serde::Serialize for Facet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Facet {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Facet".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words = Dimension::ALL.iter().map(|dimension| dimension.word()).collect::<Vec<_>>().join("|");
        schemars::json_schema!({ "type": "string", "pattern": format!("^({words}):.+$") })
    }
}

vocabulary! {
    /// What a share is taken of.
    Base {
        /// The people employed by the enterprises that offer the posts of the group, each counted once.
        Staff = "staff", "staff", "在岗职工";
        /// The people employed on the same kind of post, over the posts of the group.
        PostStaff = "post_staff", "staff on the same kind of post", "同类岗位在岗职工";
        /// The seats of the group's posts.
        Seats = "seats", "seats", "席位";
        /// The people of the group, placed or not.
        People = "people", "people", "人数";
    }
}

/// A number of people, or a share in percent: `12`, `10% staff`.
///
/// A share is rounded down for a maximum and up for a minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// So many people.
    Count(u32),
    /// So many percent, 0 to 100.
    Percent(u8, Base),
}

impl Amount {
    /// The number of people where the base counts `base`.
    #[must_use]
    pub fn at_most(self, base: u64) -> u64 {
        match self {
            Self::Count(count) => count.into(),
            Self::Percent(percent, _) => (u128::from(base) * u128::from(percent) / 100) as u64,
        }
    }

    /// The same, rounded up.
    #[must_use]
    pub fn at_least(self, base: u64) -> u64 {
        match self {
            Self::Count(count) => count.into(),
            Self::Percent(percent, _) => (u128::from(base) * u128::from(percent)).div_ceil(100) as u64,
        }
    }

    /// `people` and this amount where the base counts `base`, as the amount is stated: heads, or a part of the base.
    pub(super) fn measured(self, people: u64, base: u64) -> (Measure, Measure) {
        let counted = Measure::count(people, Unit::People);
        match self {
            Self::Count(count) => (counted, Measure::count(count.into(), Unit::People)),
            Self::Percent(percent, _) => {
                (Measure::part(counted.amount(), base, Unit::People), Measure::part(percent.into(), 100, Unit::Share))
            }
        }
    }

    /// What a share is taken of.
    #[must_use]
    pub const fn base(self) -> Option<Base> {
        match self {
            Self::Count(_) => None,
            Self::Percent(_, base) => Some(base),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Percent(percent, base) => write!(f, "{percent}% {}", base.word()),
        }
    }
}

impl Scalar for Amount {
    const JSON: JsonKind = JsonKind::Either;

    fn parse(text: &str) -> Result<Self, BadCell> {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let read = match text.split_once('%') {
            None => text.parse().ok().filter(|_| digits(text)).map(Self::Count),
            Some((percent, base)) => {
                let base = Base::ALL.iter().copied().find(|known| known.word() == base.trim());
                let percent = percent.parse().ok().filter(|&share| digits(percent) && share <= 100);
                percent.zip(base).map(|(percent, base)| Self::Percent(percent, base))
            }
        };
        read.ok_or_else(|| BadCell {
            code: FaultCode::BadAmount,
            value: text.to_owned(),
            allowed: Base::ALL.iter().map(|base| base.word()).collect::<Vec<_>>().join(", ").into(),
        })
    }
}

impl serde::Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u32(*count),
            Self::Percent(..) => serializer.collect_str(self),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words = Base::ALL.iter().map(|base| base.word()).collect::<Vec<_>>().join("|");
        schemars::json_schema!({ "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": u32::MAX },
            { "type": "string", "pattern": format!("^([0-9]+|[0-9]{{1,3}}% ({words}))$") },
        ] })
    }
}

record! {
    /// A quota: a range for the number of people in a group of placements, or in each of several groups.
    Quota in "quotas" {
        /// Id, unique among quotas.
        id: String,
        /// Name.
        name: String,
        /// The placements it counts, as `dimension:value`: all those that have one of the listed values in each
        /// dimension listed; every placement when empty.
        of: Vec<Facet>,
        /// Dimensions whose values make a group each, with the same range; one group when empty.
        per: Vec<Dimension>,
        /// Fewest people: a number, or a share such as `15% seats`; none when empty.
        min: Option<Amount>,
        /// Most people: a number, or a share such as `10% staff`; any number when empty.
        max: Option<Amount>,
        /// `always`, or `or_closed` for a group that holds its minimum or nobody.
        opening: Opening,
        /// Penalty in points for each person beyond the range; a strict quota when empty.
        penalty: Option<u32>,
        /// Where the quota comes from.
        source: Option<String>,
    }
}

impl Quota {
    /// A strict quota over all placements that have the facets `of`, without limits yet; the fields are public.
    #[must_use]
    pub fn new(id: &str, name: &str, of: Vec<Facet>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            of,
            per: Vec::new(),
            min: None,
            max: None,
            opening: Opening::Always,
            penalty: None,
            source: None,
        }
    }

    /// The same for each value of `dimension`.
    #[must_use]
    pub fn per(mut self, dimension: Dimension) -> Self {
        self.per.push(dimension);
        self
    }

    /// The same with a minimum.
    #[must_use]
    pub const fn at_least(mut self, min: Amount) -> Self {
        self.min = Some(min);
        self
    }

    /// The same with a maximum.
    #[must_use]
    pub const fn at_most(mut self, max: Amount) -> Self {
        self.max = Some(max);
        self
    }

    /// Interns at most `percent` of the staff of each enterprise, counted over all schools and with those already there.
    ///
    /// Source: internship rules for vocational schools (10 percent).
    #[must_use]
    pub fn interns_of_staff(percent: u8) -> Self {
        let of = vec![Facet::new(Dimension::Kind, "internship")];
        let quota = Self::new("interns-of-staff", "Interns by staff of the enterprise", of).per(Dimension::Owner);
        quota.at_most(Amount::Percent(percent, Base::Staff))
    }

    /// Interns at most `percent` of the staff on the same kind of post, for each post.
    ///
    /// Source: internship rules for vocational schools (20 percent).
    #[must_use]
    pub fn interns_of_post_staff(percent: u8) -> Self {
        let of = vec![Facet::new(Dimension::Kind, "internship")];
        let quota = Self::new("interns-of-post-staff", "Interns by staff on the same kind of post", of);
        quota.per(Dimension::Post).at_most(Amount::Percent(percent, Base::PostStaff))
    }

    /// People of one programme at one enterprise: from `min` to `max` of them, or nobody.
    ///
    /// Source: school rules for hospitals (5 to 25).
    #[must_use]
    pub fn programme_at_enterprise(of: Vec<Facet>, min: u32, max: u32) -> Self {
        let quota = Self::new("programme-at-enterprise", "People of one programme at one enterprise", of);
        let quota = quota.per(Dimension::Programme).per(Dimension::Owner);
        let quota = quota.at_least(Amount::Count(min)).at_most(Amount::Count(max));
        Self { opening: Opening::OrClosed, ..quota }
    }

    /// Places outside the consortium, such as those people found themselves: at most `percent` of each programme.
    ///
    /// Source: school rules (20 percent).
    #[must_use]
    pub fn outside_the_consortium(percent: u8) -> Self {
        let of = vec![Facet::new(Dimension::Member, "false")];
        let quota = Self::new("outside-the-consortium", "Places outside the consortium by programme", of);
        quota.per(Dimension::Programme).at_most(Amount::Percent(percent, Base::People))
    }

    /// People with a circumstance on at least `percent` of the seats of the posts `of`.
    #[must_use]
    pub fn equity_share(flag: super::Flag, mut of: Vec<Facet>, percent: u8) -> Self {
        of.push(Facet::new(Dimension::Flag, flag.word()));
        let quota = Self::new(&format!("equity-{}", flag.word()), "Least share of seats", of);
        quota.at_least(Amount::Percent(percent, Base::Seats))
    }
}

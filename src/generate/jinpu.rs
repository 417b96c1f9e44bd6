//! The Dalian Jinpu consortium: its real catalogue, members, tracks and numbers, with generated people and posts.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::draw::{Draw, apportion};
use super::enterprises::{EnterpriseFacts, enterprises};
use super::people::People;
use super::posts::{PlannedPost, Tracks};
use super::projects::agreements;
use super::schools::SCHOOLS;
use crate::market::{
    Catalogue, Enterprise, Faults, Indicator, Investment, Market, MarketBuilder, Programme, ProgrammeCode, RegionCode,
    Round, School, Target,
};

/// The first day of the school year that is drawn, which is the date of its round.
pub(super) const ROUND_DATE: Date = date(2026, 9, 1);

/// Size, seed and year of a generated market.
///
/// At 10,000 people the seats are those reported of the consortium: 2,800 internship seats, 40 order classes, 40
/// field-engineer seats, 26 through-training classes of 40 and 12 craftsman seats, with 300 apprenticeship seats and
/// 1,500 jobs beside them. An order class opens with 20 to 30 people, an apprenticeship with half of its seats, a field-engineer
/// class with three fifths, or not at all. Other sizes have seats and staff in proportion; classes keep their size and change in
/// number, while internship, apprenticeship and job posts change in number with the square root of the size and have
/// more seats each, so that a person has some tens of acceptable posts at any size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jinpu {
    /// People in all, students and employees; at least 100 are generated, and at most 100 million.
    pub people: u32,
    /// Seed of every draw; also the seed of the round's lottery.
    pub seed: u64,
    /// Year of the round, 1950 to 9000, which is held on 1 September; every date is drawn for 2026 and moved by whole years.
    pub year: i16,
}

impl Default for Jinpu {
    /// The market carried in `examples/data/jinpu`.
    fn default() -> Self {
        Self { people: 10_000, seed: 20_260_901, year: 2026 }
    }
}

impl Jinpu {
    /// `base` things of a market of 10,000 people, in proportion to this one's people; at least 1.
    pub(super) fn scaled(self, base: u32) -> u32 {
        let exact = u64::from(base) * u64::from(self.people);
        ((exact + 5_000) / 10_000).clamp(1, u64::from(u32::MAX)) as u32
    }

    /// `base` things of a market of 10,000 people, with the square root of this one's people; at least 1.
    pub(super) fn rooted(self, base: u32) -> u32 {
        let square = u64::from(base) * u64::from(base) * u64::from(self.people) / 10_000;
        square.isqrt().max(1) as u32
    }

    /// A date that was drawn for [`ROUND_DATE`], in the year of the round.
    fn moved(self, drawn: Date) -> Date {
        drawn.saturating_add(self.later().years())
    }

    /// Years from the round that is drawn to this one.
    fn later(self) -> i16 {
        self.year - ROUND_DATE.year()
    }
}

/// A code of the tables of this room.
pub(super) fn code<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("the tables of the generator hold valid codes")
}

/// The market of the Jinpu consortium over `catalogue`, the same for the same arguments on any machine.
///
/// Cost: linear in people and posts, besides the sorting of [`MarketBuilder::build`].
///
/// # Errors
/// M202 for each code the catalogue lacks. An empty table of the catalogue lacks nothing.
///
/// ```
/// use talent_match::generate::{Jinpu, jinpu};
/// use talent_match::market::Catalogue;
///
/// let market = jinpu(&Catalogue::default(), Jinpu { people: 1_000, seed: 7, ..Jinpu::default() })?;
/// assert_eq!(market.people(), 1_000);
/// # Ok::<(), talent_match::market::Faults>(())
/// ```
pub fn jinpu(catalogue: &Catalogue, size: Jinpu) -> Result<Market, Faults> {
    let (people, year) = (size.people.clamp(100, 100_000_000), size.year.clamp(1950, 9000));
    let size = Jinpu { people, year, ..size };
    let enterprises = enterprises(&mut Draw::new(size.seed, 1));
    let agreements = agreements(&mut Draw::new(size.seed, 2), &enterprises);
    let posts = Tracks { size, catalogue, enterprises: &enterprises, agreements: &agreements }.posts();
    let units = People::new(size, &enterprises, &posts).all();

    let round = Round::new(&format!("jinpu-{year}-autumn"), size.moved(ROUND_DATE), size.seed);
    let mut builder = members(with_catalogue(Market::builder(round), catalogue), size, &enterprises, &posts);
    for agreement in agreements {
        builder = builder.agreement(agreement);
    }
    for PlannedPost { mut post, .. } in posts {
        (post.start, post.end) = (size.moved(post.start), size.moved(post.end));
        builder = builder.post(post);
    }
    for mut unit in units {
        (unit.birth, unit.from, unit.to) = (size.moved(unit.birth), size.moved(unit.from), size.moved(unit.to));
        builder = builder.supply(unit);
    }
    let mut incentive = investments(&enterprises);
    for row in &mut incentive {
        row.year = row.year.saturating_add_signed(size.later());
    }
    // Without its earlier years, a withdrawal would have nothing to be taken from.
    if incentive.iter().all(|row| INVESTMENT_YEARS.contains(&row.year)) {
        for row in incentive {
            builder = builder.investment(row);
        }
    }
    for target in targets(size) {
        builder = builder.target(target);
    }
    builder.build()
}

/// Years of the investment incentive that a market takes.
const INVESTMENT_YEARS: std::ops::RangeInclusive<u16> = 2019..=2100;

/// How many members, of those whose names are generated, are in the incentive programme.
const INVESTING: usize = 4;

/// What some members invested, in proportion to their staff: most at first, less later; the second withdraws a quarter.
fn investments(enterprises: &[EnterpriseFacts]) -> Vec<Investment> {
    let generated = enterprises.iter().filter(|facts| facts.member && !facts.is_named()).take(INVESTING);
    let of_member = |(k, facts): (usize, &EnterpriseFacts)| {
        let staff = u64::from(facts.staff);
        [(2024, 1_500, 0), (2025, 500, 0), (2026, 0, u64::from(k == 1) * 500)].map(|(year, invested, withdrawn)| {
            let mut row = Investment::new(&facts.id, year, staff * invested, staff * 200);
            row.withdrawn = Some(staff * withdrawn).filter(|yuan| *yuan > 0);
            row
        })
    };
    generated.enumerate().flat_map(of_member).collect()
}

/// What the consortium has reported to be its plans of a year: classes and seats, in proportion to the people.
fn targets(size: Jinpu) -> [Target; 5] {
    let plans = [
        (Indicator::OrderClasses, 40),
        (Indicator::FieldEngineers, 40),
        (Indicator::ThroughTraining, 1_000),
        (Indicator::Craftsmen, 12),
        (Indicator::Internships, 2_800),
    ];
    plans.map(|(indicator, amount)| {
        let mut target = Target::new(indicator, size.scaled(amount));
        target.source = Some("联合体公开报道（2023—2024）".to_owned());
        target
    })
}

fn with_catalogue(mut builder: MarketBuilder, catalogue: &Catalogue) -> MarketBuilder {
    for region in catalogue.regions() {
        builder = builder.region(region.clone());
    }
    for programme in catalogue.programmes() {
        builder = builder.catalogue_programme(programme.clone());
    }
    for occupation in catalogue.occupations() {
        builder = builder.occupation(occupation.clone());
    }
    for edge in catalogue.trains_for() {
        builder = builder.programme_occupation(edge.clone());
    }
    builder
}

/// Schools with their programmes, and enterprises with enough staff for their interns.
fn members(
    mut builder: MarketBuilder,
    size: Jinpu,
    enterprises: &[EnterpriseFacts],
    posts: &[PlannedPost],
) -> MarketBuilder {
    for facts in SCHOOLS {
        let mut school = School::new(facts.id, facts.name, facts.level, code::<RegionCode>(facts.region));
        school.member = facts.member;
        builder = builder.school(school);
        for programme in facts.programmes() {
            let id = programme_id(facts.id, programme);
            builder = builder.programme(Programme::new(&id, facts.id, code::<ProgrammeCode>(programme)));
        }
    }
    for facts in enterprises {
        let interns: u32 =
            posts.iter().filter(|planned| planned.is_internship_at(&facts.id)).map(PlannedPost::seats).sum();
        let staff = size.scaled(facts.staff).max(interns.saturating_mul(10));
        let mut enterprise = Enterprise::new(&facts.id, &facts.name, code::<RegionCode>(facts.region), staff);
        enterprise.sector = Some(facts.sector.to_owned());
        enterprise.member = facts.member;
        builder = builder.enterprise(enterprise);
    }
    builder
}

/// The id of a programme of a school.
pub(super) fn programme_id(school: &str, programme: &str) -> String {
    format!("{school}-{programme}")
}

/// Shares `seats` out over `count` posts at random, at least one seat each and fewer posts where seats run out.
pub(super) fn split_seats(draw: &mut Draw, seats: u32, count: u32) -> Vec<u32> {
    let count = count.clamp(1, seats.max(1));
    let weights: Vec<u32> = (0..count).map(|_| draw.between(2, 6)).collect();
    apportion(seats, &weights).into_iter().filter(|share| *share > 0).collect()
}

//! A market put together in code.

use super::draft::Draft;
use super::next_round::table;
use super::validation::validate;
use super::{
    Agreement, Bond, CatalogueProgramme, Decision, Enterprise, Faults, Investment, Market, Mentor, Occupation, Post,
    Programme, ProgrammeOccupation, Quota, Region, Round, School, Supply, Target,
};

/// Collects the rows of a market; [`build`](Self::build) validates all of them at once.
///
/// ```
/// use jiff::civil::date;
/// use talent_match::market::{Enterprise, Market, Round};
///
/// let market = Market::builder(Round::new("autumn", date(2026, 9, 1), 1))
///     .enterprise(Enterprise::new("plant", "Machine plant", "210213".parse()?, 800))
///     .build()?;
/// assert_eq!(market.enterprises().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until build() is called"]
pub struct MarketBuilder {
    draft: Draft,
}

macro_rules! adders {
    ($($(#[$doc:meta])* $one:ident, $many:ident: $row:ty;)+) => {
        impl MarketBuilder {
            $(
                $(#[$doc])*
                pub fn $one(mut self, row: $row) -> Self {
                    self.draft.$many.push(row);
                    self
                }
            )+
        }
    };
}

adders! {
    /// Adds a school.
    school, schools: School;
    /// Adds a programme of a school.
    programme, programmes: Programme;
    /// Adds an enterprise.
    enterprise, enterprises: Enterprise;
    /// Adds an agreement.
    agreement, agreements: Agreement;
    /// Adds a post.
    post, posts: Post;
    /// Adds a student, a cohort or an employee.
    supply, supply: Supply;
    /// Adds a quota.
    quota, quotas: Quota;
    /// Adds a mentor.
    mentor, mentors: Mentor;
    /// Adds a bond between supply units.
    bond, bonds: Bond;
    /// Adds a decision taken before the round.
    decision, decisions: Decision;
    /// Adds what an indicator is to reach.
    target, targets: Target;
    /// Adds what an enterprise invested in a year.
    investment, investments: Investment;
    /// Adds an administrative division.
    region, regions: Region;
    /// Adds a programme of the national catalogue.
    catalogue_programme, catalogue_programmes: CatalogueProgramme;
    /// Adds an occupation.
    occupation, occupations: Occupation;
    /// Adds an edge from a programme to an occupation it trains for.
    programme_occupation, programme_occupations: ProgrammeOccupation;
}

impl MarketBuilder {
    pub(super) fn new(round: Round) -> Self {
        let mut draft = Draft::default();
        draft.round.push(round);
        Self { draft }
    }

    /// The validated market. Cost: sorting of its rows.
    ///
    /// # Errors
    /// Every fault of the rows together, see [`FaultCode`](super::FaultCode).
    pub fn build(self) -> Result<Market, Faults> {
        validate(self.draft)
    }
}

impl Market {
    /// The same market, its decisions too, with other posts, quotas and mentors. Cost: a copy of its tables and their validation.
    ///
    /// # Errors
    /// Every fault of the rows together.
    pub fn with_limits(&self, posts: Vec<Post>, quotas: Vec<Quota>, mentors: Vec<Mentor>) -> Result<Self, Faults> {
        let mut draft = Draft::of(self);
        (draft.posts, draft.quotas, draft.mentors) = (table(posts), table(quotas), table(mentors));
        draft.decisions = table(self.decisions().iter().cloned());
        validate(draft)
    }

    /// The same market, its decisions too, with other bonds. Cost: a copy of its tables and their validation.
    ///
    /// # Errors
    /// Every fault of the rows together.
    pub fn with_bonds(&self, bonds: Vec<Bond>) -> Result<Self, Faults> {
        let mut draft = Draft::of(self);
        draft.bonds = table(bonds);
        draft.decisions = table(self.decisions().iter().cloned());
        validate(draft)
    }
}

//! The validated market.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::document_value::deserialize;
use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults, Place};
use super::links::Links;
use super::record::{Record, Table};
use super::standing::Decided;
use super::validation::validate;
use super::{
    Agreement, AgreementIx, Bond, BondIx, Catalogue, Decision, Document, Enterprise, EnterpriseIx, Home, Investment,
    MarketBuilder, Mentor, Party, Post, PostIx, Programme, ProgrammeIx, Quota, QuotaIx, ReadLimits, RegionCode, Round,
    School, SchoolIx, Supply, SupplyIx, Target, csv_folder, document,
};

/// A market: validated, sorted by id, immutable. However it was built, the same content is the same market.
#[derive(Clone, Debug)]
pub struct Market {
    round: Round,
    schools: Vec<School>,
    programmes: Vec<Programme>,
    enterprises: Vec<Enterprise>,
    agreements: Vec<Agreement>,
    posts: Vec<Post>,
    supply: Vec<Supply>,
    quotas: Vec<Quota>,
    mentors: Vec<Mentor>,
    bonds: Vec<Bond>,
    decisions: Vec<Decision>,
    targets: Vec<Target>,
    investments: Vec<Investment>,
    catalogue: Catalogue,
    links: Links,
}

fn rows<T: Record>(table: Table<T>) -> Vec<T> {
    table.rows.into_iter().map(|(_, record)| record).collect()
}

impl Market {
    /// A builder for the market of `round`.
    pub fn builder(round: Round) -> MarketBuilder {
        MarketBuilder::new(round)
    }

    /// Reads a folder of CSV files or, if `path` is a file, a JSON document.
    ///
    /// # Errors
    /// Every fault found, with file, line, field and id.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Faults> {
        Self::read_within(path, ReadLimits::default())
    }

    /// Like [`read`](Self::read), refusing files and tables beyond `limits`.
    ///
    /// # Errors
    /// As [`read`](Self::read), and M008 beyond the limits.
    pub fn read_within(path: impl AsRef<Path>, limits: ReadLimits) -> Result<Self, Faults> {
        let path = path.as_ref();
        if path.is_dir() {
            return validate(csv_folder::read(path, limits)?);
        }
        let refuse = |code, value: &dyn std::fmt::Display, allowed: &str| {
            let place = Place { table: path.display().to_string(), ..Place::default() };
            Faults::one(Fault::new(code, place, value, allowed))
        };
        let unreadable = |error: std::io::Error| refuse(FaultCode::Unreadable, &error, "");
        let bytes = csv_folder::file_length(path).map_err(unreadable)?;
        if bytes > limits.bytes {
            return Err(refuse(FaultCode::TooLarge, &bytes, &format!("{} bytes", limits.bytes)));
        }
        let text = std::fs::read(path).map_err(unreadable)?;
        if text.trim_ascii().is_empty() {
            return Err(refuse(FaultCode::Empty, &"", ""));
        }
        let text = std::str::from_utf8(&text).map_err(|_| refuse(FaultCode::NotUtf8, &"", ""))?;
        Self::from_json_within(text, limits)
    }

    /// Reads the reference tables of a folder of CSV files, whatever else is in it; tables that are not there are empty.
    ///
    /// # Errors
    /// Every fault found in them.
    pub fn read_catalogue(folder: impl AsRef<Path>) -> Result<Catalogue, Faults> {
        let mut draft = csv_folder::read_catalogue(folder.as_ref(), ReadLimits::default())?;
        draft.round.push(Round::new("catalogue", jiff::civil::Date::ZERO, 0));
        validate(draft).map(|market| market.catalogue)
    }

    /// Reads a JSON document; a leading byte-order mark is ignored.
    ///
    /// # Errors
    /// Every fault found, with its path in the document.
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        Self::from_json_within(text, ReadLimits::default())
    }

    fn from_json_within(text: &str, limits: ReadLimits) -> Result<Self, Faults> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        validate(document::from_text(text, limits)?)
    }

    /// The JSON document of this market, its tables sorted by id.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = Vec::new();
        self.write_json(&mut text).ok();
        String::from_utf8(text).unwrap_or_default()
    }

    /// Writes the JSON document of this market on one line.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_json(&self, out: impl Write) -> std::io::Result<()> {
        serde_json::to_writer(out, &Document::of(self)).map_err(std::io::Error::from)
    }

    /// Writes this market as a folder of CSV files.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_csv(&self, folder: impl AsRef<Path>) -> std::io::Result<()> {
        csv_folder::write(self, folder.as_ref())
    }

    pub(super) fn assemble(draft: Draft, links: Links) -> Self {
        let trains_for = rows(draft.programme_occupations);
        let mut by_occupation: Vec<u32> = (0..trains_for.len() as u32).collect();
        by_occupation.sort_by_key(|k| (trains_for[*k as usize].occupation, trains_for[*k as usize].programme));
        let catalogue = Catalogue {
            regions: rows(draft.regions),
            programmes: rows(draft.catalogue_programmes),
            occupations: rows(draft.occupations),
            trains_for,
            by_occupation,
        };
        let round = rows(draft.round).pop().expect("validation asked for exactly one round");
        Self {
            round,
            schools: rows(draft.schools),
            programmes: rows(draft.programmes),
            enterprises: rows(draft.enterprises),
            agreements: rows(draft.agreements),
            posts: rows(draft.posts),
            supply: rows(draft.supply),
            quotas: rows(draft.quotas),
            mentors: rows(draft.mentors),
            bonds: rows(draft.bonds),
            decisions: rows(draft.decisions),
            targets: rows(draft.targets),
            investments: rows(draft.investments),
            catalogue,
            links,
        }
    }
}

/// Tables and lookups.
impl Market {
    /// The round.
    #[must_use]
    pub const fn round(&self) -> &Round {
        &self.round
    }

    /// The reference tables.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Schools, by id.
    #[must_use]
    pub fn schools(&self) -> &[School] {
        &self.schools
    }

    /// Programmes of schools, by id.
    #[must_use]
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }

    /// Enterprises, by id.
    #[must_use]
    pub fn enterprises(&self) -> &[Enterprise] {
        &self.enterprises
    }

    /// Agreements, by id.
    #[must_use]
    pub fn agreements(&self) -> &[Agreement] {
        &self.agreements
    }

    /// Posts, by id.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// Supply units, by id.
    #[must_use]
    pub fn supply(&self) -> &[Supply] {
        &self.supply
    }

    /// Quotas, by id.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.quotas
    }

    /// Mentors, by id.
    #[must_use]
    pub fn mentors(&self) -> &[Mentor] {
        &self.mentors
    }

    /// Bonds, by id.
    #[must_use]
    pub fn bonds(&self) -> &[Bond] {
        &self.bonds
    }

    /// Decisions taken before the round, by supply unit, post and state.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// What the consortium has set out to reach, in the order of the indicators.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// What enterprises invested, by enterprise and year.
    #[must_use]
    pub fn investments(&self) -> &[Investment] {
        &self.investments
    }

    /// The decisions, resolved.
    pub(super) const fn decided(&self) -> &Decided {
        &self.links.decided
    }

    /// The quota at `ix`.
    #[must_use]
    pub fn quota(&self, ix: QuotaIx) -> &Quota {
        &self.quotas[ix.index()]
    }

    /// The post at `ix`.
    #[must_use]
    pub fn post(&self, ix: PostIx) -> &Post {
        &self.posts[ix.index()]
    }

    /// The supply unit at `ix`.
    #[must_use]
    pub fn unit(&self, ix: SupplyIx) -> &Supply {
        &self.supply[ix.index()]
    }

    /// The school at `ix`.
    #[must_use]
    pub fn school(&self, ix: SchoolIx) -> &School {
        &self.schools[ix.index()]
    }

    /// The programme at `ix`.
    #[must_use]
    pub fn programme(&self, ix: ProgrammeIx) -> &Programme {
        &self.programmes[ix.index()]
    }

    /// The enterprise at `ix`.
    #[must_use]
    pub fn enterprise(&self, ix: EnterpriseIx) -> &Enterprise {
        &self.enterprises[ix.index()]
    }

    /// The post with `id`. Cost: binary search.
    #[must_use]
    pub fn find_post(&self, id: &str) -> Option<PostIx> {
        self.posts.binary_search_by(|post| post.id.as_str().cmp(id)).ok().map(|k| PostIx::new(k as u32))
    }

    /// The supply unit with `id`. Cost: binary search.
    #[must_use]
    pub fn find_unit(&self, id: &str) -> Option<SupplyIx> {
        self.supply.binary_search_by(|unit| unit.id.as_str().cmp(id)).ok().map(|k| SupplyIx::new(k as u32))
    }
}

/// References, resolved.
impl Market {
    /// The school of a programme.
    #[must_use]
    pub fn school_of(&self, programme: ProgrammeIx) -> SchoolIx {
        self.links.programme_school[programme.index()]
    }

    /// Programme or enterprise of a supply unit.
    #[must_use]
    pub fn home_of(&self, unit: SupplyIx) -> Home {
        self.links.supply_home[unit.index()]
    }

    /// The posts a supply unit wishes for, most wished first.
    #[must_use]
    pub fn wishes_of(&self, unit: SupplyIx) -> &[PostIx] {
        &self.links.wishes[unit.index()]
    }

    /// The rank of `post` among the wishes of `unit`, from 0. Cost: a few steps, a search for a long list.
    #[must_use]
    pub fn wish_rank(&self, unit: SupplyIx, post: PostIx) -> Option<usize> {
        match self.links.long_wishes.get(&unit) {
            Some(ranks) => ranks.binary_search_by_key(&post, |(post, _)| *post).ok().map(|k| ranks[k].1),
            None => self.wishes_of(unit).iter().position(|wished| *wished == post),
        }
    }

    /// Who offers a post.
    #[must_use]
    pub fn owner_of(&self, post: PostIx) -> Party {
        self.links.post_owner[post.index()]
    }

    /// Who carries a post together with its owner.
    #[must_use]
    pub fn sponsors_of(&self, post: PostIx) -> &[Party] {
        &self.links.post_sponsors[post.index()]
    }

    /// Where the work of a post is.
    #[must_use]
    pub fn region_of(&self, post: PostIx) -> RegionCode {
        self.links.post_region[post.index()]
    }

    /// Who signed an agreement.
    #[must_use]
    pub fn parties_of(&self, agreement: AgreementIx) -> &[Party] {
        &self.links.agreement_parties[agreement.index()]
    }

    /// Whose mentor the mentor in row `row` is, and for which programme if for one alone.
    #[must_use]
    pub fn mentor_of(&self, row: usize) -> (Party, Option<ProgrammeIx>) {
        self.links.mentors[row]
    }

    /// The supply units that a bond names, in its order.
    #[must_use]
    pub fn bound_by(&self, bond: BondIx) -> &[SupplyIx] {
        &self.links.bond_units[bond.index()]
    }

    /// The agreements a party has signed, ascending.
    #[must_use]
    pub fn agreements_of(&self, party: Party) -> &[AgreementIx] {
        self.links.agreements_of.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The party a supply unit belongs to: its school, or its enterprise.
    #[must_use]
    pub fn party_of(&self, home: Home) -> Party {
        match home {
            Home::Programme(programme) => Party::School(self.school_of(programme)),
            Home::Enterprise(enterprise) => Party::Enterprise(enterprise),
        }
    }

    /// Whether a party takes part in the round.
    #[must_use]
    pub fn takes_part(&self, party: Party) -> bool {
        match party {
            Party::School(school) => self.links.school_takes_part[school.index()],
            Party::Enterprise(enterprise) => self.links.enterprise_takes_part[enterprise.index()],
        }
    }

    /// Whether a party is a member of the consortium.
    #[must_use]
    pub fn is_member(&self, party: Party) -> bool {
        match party {
            Party::School(school) => self.school(school).member,
            Party::Enterprise(enterprise) => self.enterprise(enterprise).member,
        }
    }

    /// The name of a party.
    #[must_use]
    pub fn name_of(&self, party: Party) -> &str {
        match party {
            Party::School(school) => &self.school(school).name,
            Party::Enterprise(enterprise) => &self.enterprise(enterprise).name,
        }
    }

    /// The division a party lies in.
    #[must_use]
    pub fn division_of(&self, party: Party) -> RegionCode {
        match party {
            Party::School(school) => self.school(school).region,
            Party::Enterprise(enterprise) => self.enterprise(enterprise).region,
        }
    }

    /// People of all supply units together.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.supply.iter().map(|unit| u64::from(unit.headcount)).sum()
    }
}

impl Serialize for Market {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Document::of(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Market {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = deserialize(deserializer)?;
        document::read(&document, ReadLimits::default()).and_then(validate).map_err(serde::de::Error::custom)
    }
}

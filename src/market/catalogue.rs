//! The reference tables a market is written in: regions, programmes, occupations and what leads to what.

use super::member::new_record;
use super::record::record;
use super::{Degrees, OccupationCode, ProgrammeCode, RegionCode};

record! {
    /// An administrative division.
    Region in "regions" {
        /// Six-digit division code (GB/T 2260).
        code: RegionCode,
        /// Name.
        name: String,
        /// Longitude of its seat in degrees east; without one, distances use the division above.
        longitude: Option<Degrees>,
        /// Latitude of its seat in degrees north.
        latitude: Option<Degrees>,
    }
}

record! {
    /// A programme of the national catalogue.
    CatalogueProgramme in "catalogue_programmes" {
        /// Six-digit programme code.
        code: ProgrammeCode,
        /// Name of the programme.
        name: String,
        /// Name of its class (four digits).
        class: String,
        /// Name of its category (two digits).
        category: String,
    }
}

record! {
    /// An occupation, or a group of them, of the national classification.
    Occupation in "occupations" {
        /// Code `d-dd-dd-dd`.
        code: OccupationCode,
        /// Name.
        name: String,
    }
}

record! {
    /// An edge of the national guideline: this programme trains for this occupation.
    ProgrammeOccupation in "programme_occupations" {
        /// Programme code of the catalogue.
        programme: ProgrammeCode,
        /// Occupation code of the classification.
        occupation: OccupationCode,
    }
}

new_record!(Region, code: RegionCode, name: &str, longitude: Option<Degrees>, latitude: Option<Degrees>;);
new_record!(CatalogueProgramme, code: ProgrammeCode, name: &str, class: &str, category: &str;);
new_record!(Occupation, code: OccupationCode, name: &str;);
new_record!(ProgrammeOccupation, programme: ProgrammeCode, occupation: OccupationCode;);

/// Regions, programmes and occupations of a validated market, each sorted by code.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub(super) regions: Vec<Region>,
    pub(super) programmes: Vec<CatalogueProgramme>,
    pub(super) occupations: Vec<Occupation>,
    pub(super) trains_for: Vec<ProgrammeOccupation>,
    /// Positions in `trains_for`, sorted by occupation, then programme.
    pub(super) by_occupation: Vec<u32>,
}

impl Catalogue {
    /// The division with `code`. Cost: binary search.
    #[must_use]
    pub fn region(&self, code: RegionCode) -> Option<&Region> {
        self.regions.binary_search_by_key(&code, |region| region.code).ok().map(|k| &self.regions[k])
    }

    /// The programme with `code`. Cost: binary search.
    #[must_use]
    pub fn programme(&self, code: ProgrammeCode) -> Option<&CatalogueProgramme> {
        self.programmes.binary_search_by_key(&code, |programme| programme.code).ok().map(|k| &self.programmes[k])
    }

    /// The occupation with `code`. Cost: binary search.
    #[must_use]
    pub fn occupation(&self, code: OccupationCode) -> Option<&Occupation> {
        self.occupations.binary_search_by_key(&code, |occupation| occupation.code).ok().map(|k| &self.occupations[k])
    }

    /// Longitude and latitude of the division, or of the nearest one above it that has them.
    #[must_use]
    pub fn coordinates(&self, code: RegionCode) -> Option<(Degrees, Degrees)> {
        std::iter::successors(Some(code), |code| code.parent()).find_map(|code| {
            let region = self.region(code)?;
            region.longitude.zip(region.latitude)
        })
    }

    /// The occupations `programme` trains for, ascending.
    pub fn occupations_of(&self, programme: ProgrammeCode) -> impl Iterator<Item = OccupationCode> + '_ {
        let first = self.trains_for.partition_point(|edge| edge.programme < programme);
        self.trains_for[first..].iter().take_while(move |edge| edge.programme == programme).map(|edge| edge.occupation)
    }

    /// The programmes that train for `occupation`, ascending.
    pub fn programmes_for(&self, occupation: OccupationCode) -> impl Iterator<Item = ProgrammeCode> + '_ {
        let edge = |k: &u32| &self.trains_for[*k as usize];
        let first = self.by_occupation.partition_point(|k| edge(k).occupation < occupation);
        let run = self.by_occupation[first..].iter().map(edge);
        run.take_while(move |edge| edge.occupation == occupation).map(|edge| edge.programme)
    }

    /// All divisions, by code.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// All programmes, by code.
    #[must_use]
    pub fn programmes(&self) -> &[CatalogueProgramme] {
        &self.programmes
    }

    /// All occupations and their groups, by code.
    #[must_use]
    pub fn occupations(&self) -> &[Occupation] {
        &self.occupations
    }

    /// All edges from programmes to occupations, by programme, then occupation.
    #[must_use]
    pub fn trains_for(&self) -> &[ProgrammeOccupation] {
        &self.trains_for
    }
}

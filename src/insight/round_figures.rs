//! What one round leaves for the years after it: its programmes, and the demand for each occupation.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::group_name::name_of;
use super::shortages::Shortages;
use super::signals::ProgrammeFigures;
use crate::market::{Dimension, Party, PostIx, ProgrammeIx};

/// The seats of one occupation in one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OccupationFigures {
    /// The code of the occupation.
    pub occupation: String,
    /// Its name in the catalogue; empty where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Seats, those of people whose placement stands among them.
    pub demand: u64,
    /// People placed there.
    pub placed: u64,
    /// Seats at posts with a price: somebody would gain from one more.
    pub priced: u64,
}

/// What people call a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProgrammeName {
    /// Its name in the catalogue; empty where it has none.
    pub name: String,
    /// The name of its school.
    pub school: String,
}

/// The figures of one round that are read beside those of others ([`outlook`](mod@crate::outlook)).
///
/// There is no other way to one than from a [`Verified`](crate::verified::Verified) result ([`Shortages::figures`]), of a round just run
/// or of a saved [`Record`](crate::Record) that was [examined](crate::Record::examine): figures that nobody proved do not exist as this
/// type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundFigures {
    round: String,
    date: Date,
    digest: String,
    programmes: Vec<ProgrammeFigures>,
    names: BTreeMap<String, ProgrammeName>,
    occupations: Vec<OccupationFigures>,
}

impl RoundFigures {
    /// Id of the round.
    #[must_use]
    pub fn round(&self) -> &str {
        &self.round
    }

    /// Date of the round.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// What the result belongs to: market, configuration and seed, as the certificate says.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Every programme with people, by id.
    #[must_use]
    pub fn programmes(&self) -> &[ProgrammeFigures] {
        &self.programmes
    }

    /// What a programme of the market is called.
    #[must_use]
    pub fn name(&self, programme: &str) -> Option<&ProgrammeName> {
        self.names.get(programme)
    }

    /// Every occupation with posts, by code.
    #[must_use]
    pub fn occupations(&self) -> &[OccupationFigures] {
        &self.occupations
    }
}

impl Shortages<'_> {
    /// The figures of this round to be read beside those of others.
    ///
    /// Cost: that of [`programmes`](Self::programmes), and a look at every post for each occupation.
    #[must_use]
    pub fn figures(&self) -> RoundFigures {
        let market = self.market();
        let name = |programme: ProgrammeIx| {
            let row = market.programme(programme);
            let name = market.catalogue().programme(row.code).map_or_else(String::new, |entry| entry.name.clone());
            let school = market.name_of(Party::School(market.school_of(programme))).to_owned();
            (row.id.clone(), ProgrammeName { name, school })
        };
        RoundFigures {
            round: market.round().id.clone(),
            date: market.round().date,
            digest: self.result().docking().digest().whole.clone(),
            programmes: self.programmes(),
            names: ProgrammeIx::all(market.programmes().len()).map(name).collect(),
            occupations: self.occupations(),
        }
    }

    fn occupations(&self) -> Vec<OccupationFigures> {
        let (market, result) = (self.market(), self.result());
        let mut at = vec![0_u64; market.posts().len()];
        for placement in result.placements().all() {
            at[placement.post.index()] += u64::from(placement.people);
        }
        let of = |group| {
            let posts = market.posts_with(&group);
            let seats = |post: &PostIx| u64::from(market.post(*post).seats_max);
            OccupationFigures {
                name: name_of(market, &group).unwrap_or_default(),
                occupation: group.value,
                demand: posts.iter().map(seats).sum(),
                placed: posts.iter().map(|post| at[post.index()]).sum(),
                priced: posts.iter().filter(|post| self.is_priced(**post)).map(seats).sum(),
            }
        };
        market.facets(Dimension::Occupation).into_iter().map(of).collect()
    }
}

//! References of a market resolved to dense indices.

use std::collections::HashMap;

use super::RegionCode;
use super::standing::Decided;
use crate::index::index;

index! {
    /// A school of a market, in order of ids.
    SchoolIx
}
index! {
    /// An enterprise of a market, in order of ids.
    EnterpriseIx
}
index! {
    /// A programme of a school, in order of ids.
    ProgrammeIx
}
index! {
    /// A post of a market, in order of ids.
    PostIx
}
index! {
    /// A supply unit of a market, in order of ids.
    SupplyIx
}
index! {
    /// An agreement of a market, in order of ids.
    AgreementIx
}
index! {
    /// A quota of a market, in order of ids.
    QuotaIx
}
index! {
    /// A bond of a market, in order of ids.
    BondIx
}

/// A school or an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A school.
    School(SchoolIx),
    /// An enterprise.
    Enterprise(EnterpriseIx),
}

/// Where a supply unit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// Students and cohorts: the programme they study.
    Programme(ProgrammeIx),
    /// Employees: the enterprise they work for.
    Enterprise(EnterpriseIx),
}

/// What refers to what, aligned with the market's tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    pub(super) programme_school: Vec<SchoolIx>,
    pub(super) post_owner: Vec<Party>,
    pub(super) post_sponsors: Vec<Vec<Party>>,
    pub(super) post_region: Vec<RegionCode>,
    pub(super) supply_home: Vec<Home>,
    pub(super) wishes: Vec<Vec<PostIx>>,
    /// The wishes of those who have many, by post, with their ranks.
    pub(super) long_wishes: HashMap<SupplyIx, Vec<(PostIx, usize)>>,
    pub(super) agreement_parties: Vec<Vec<Party>>,
    /// Agreements by party, ascending.
    pub(super) agreements_of: HashMap<Party, Vec<AgreementIx>>,
    pub(super) mentors: Vec<(Party, Option<ProgrammeIx>)>,
    pub(super) bond_units: Vec<Vec<SupplyIx>>,
    pub(super) decided: Decided,
    pub(super) school_takes_part: Vec<bool>,
    pub(super) enterprise_takes_part: Vec<bool>,
}

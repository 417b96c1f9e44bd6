//! The world in the domain's words, validated once, then immutable.
//!
//! A [`Market`] has a **demand** side ([`Post`]s of enterprises and schools), a **supply** side ([`Supply`] units:
//! students, cohorts, employees), the members and their [`Agreement`]s, one [`Round`], what was decided in earlier ones
//! ([`Decision`]), and the [`Catalogue`] all of it is written in. It is built by a [`MarketBuilder`], read from a folder of CSV files or from one JSON document; the
//! three reach the same value, and each finds every fault at once ([`Faults`]).
//!
//! ```
//! use talent_match::market::{FaultCode, Market};
//!
//! let faults = Market::from_json(r#"{"schema": "talent-match/market/1", "posts": [], "supply": []}"#).unwrap_err();
//! assert!(faults.has(FaultCode::MissingTable));
//! ```

mod builder;
mod catalogue;
mod category;
mod cell;
mod codes;
mod csv_folder;
mod decision;
mod decision_faults;
mod demand;
mod document;
mod document_value;
mod draft;
mod fault;
mod groups;
mod investment;
mod links;
mod lottery;
mod measure;
mod member;
mod mentor;
mod next_round;
mod occupation_code;
mod placements;
mod programme_code;
mod qualification;
mod quota;
mod quota_faults;
mod record;
mod region_code;
mod rulebook;
mod standing;
mod supply;
mod target;
mod validation;
mod world;

pub use builder::MarketBuilder;
pub use catalogue::{Catalogue, CatalogueProgramme, Occupation, ProgrammeOccupation, Region};
pub use category::Category;
pub use cell::Degrees;
pub use csv_folder::ReadLimits;
pub use decision::{Decision, DecisionState};
pub use demand::{Hazard, Opening, Post, PostKind, Reach, Side};
use document::Document;
pub use document::SCHEMA;
#[cfg(feature = "schema")]
pub use document::json_schema;
pub use draft::table_columns;
pub use fault::{Fault, FaultCode, Faults, Place, Row};
pub use groups::QuotaGroup;
pub use investment::Investment;
pub use links::{AgreementIx, BondIx, EnterpriseIx, Home, Party, PostIx, ProgrammeIx, QuotaIx, SchoolIx, SupplyIx};
pub use lottery::lottery_draw;
pub use measure::{Bound, Fit, Measure, Reading, Unit};
pub use member::{Agreement, AgreementKind, Enterprise, Programme, School};
pub use mentor::{Bond, BondKind, Mentor};
pub use next_round::{Reply, Said};
pub use occupation_code::OccupationCode;
pub use placements::{Placement, Placements};
pub use programme_code::{BadCode, Level, ProgrammeCode, ProgrammeDistance, ProgrammePattern};
pub use qualification::Qualification;
pub use quota::{Amount, Base, Dimension, Facet, Quota};
pub use record::Column;
pub use region_code::RegionCode;
pub use rulebook::{Mode, Rule, RuleBook, RuleNumbers, Waiver};
pub use standing::OpenSeats;
pub use supply::{Consent, Flag, Round, Sex, Supply, SupplyKind};
pub use target::{Indicator, Target};
pub use world::Market;

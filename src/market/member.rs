//! The members: schools with their programmes, enterprises, and what they have agreed.

use super::cell::scalar_by_word;
use super::record::record;
use super::{Level, ProgrammeCode, ProgrammePattern, RegionCode};
use crate::language::vocabulary;

scalar_by_word!(Level);

record! {
    /// A school, college or university.
    School in "schools" {
        /// Id, unique among schools and enterprises together.
        id: String,
        /// Name.
        name: String,
        /// Level: `secondary`, `college` or `bachelor`.
        level: Level,
        /// Division it lies in.
        region: RegionCode,
        /// Whether it is a member of the consortium.
        member: bool,
    }
}

record! {
    /// A programme as one school offers it.
    Programme in "programmes" {
        /// Id, unique among programmes.
        id: String,
        /// Id of its school.
        school: String,
        /// Code of the national catalogue.
        code: ProgrammeCode,
    }
}

record! {
    /// An enterprise or another employer.
    Enterprise in "enterprises" {
        /// Id, unique among schools and enterprises together.
        id: String,
        /// Name.
        name: String,
        /// Division it lies in.
        region: RegionCode,
        /// Industry sector, in the market's own words; the configuration may give some of them priority.
        sector: Option<String>,
        /// People employed.
        staff: u32,
        /// Whether it is a member of the consortium.
        member: bool,
    }
}

vocabulary! {
    /// What an agreement is about.
    AgreementKind {
        /// A shared training base.
        Base = "base", "training base", "实训基地";
        /// A science and technology project.
        Science = "science", "science and technology", "科技攻关";
        /// Joint training of talent, including apprenticeships and order classes.
        Talent = "talent", "talent training", "人才培养";
    }
}

scalar_by_word!(AgreementKind);

record! {
    /// An agreement between schools and enterprises, two parties or more.
    Agreement in "agreements" {
        /// Id, unique among agreements.
        id: String,
        /// Name.
        name: String,
        /// Kind: `base`, `science` or `talent`.
        kind: AgreementKind,
        /// Ids of the schools and enterprises that signed, at least two.
        parties: Vec<String>,
        /// The programmes it covers (codes, classes or categories); all of them when empty.
        programmes: Vec<ProgrammePattern>,
    }
}

macro_rules! new_record {
    ($name:ident, $($field:ident: $type:ty),+; $($rest:ident: $value:expr),*) => {
        impl $name {
            /// The record with its required fields; the others are public and start empty.
            #[must_use]
            pub fn new($($field: $type),+) -> Self {
                Self { $($field: $field.into(),)+ $($rest: $value),* }
            }
        }
    };
}
pub(super) use new_record;

new_record!(School, id: &str, name: &str, level: Level, region: RegionCode; member: false);
new_record!(Programme, id: &str, school: &str, code: ProgrammeCode;);
new_record!(Enterprise, id: &str, name: &str, region: RegionCode, staff: u32; sector: None, member: false);
new_record!(Agreement, id: &str, name: &str, kind: AgreementKind, parties: Vec<String>; programmes: Vec::new());

//! Mentors, and people who go together or apart.

use super::cell::scalar_by_word;
use super::member::new_record;
use super::record::record;
use crate::language::vocabulary;

record! {
    /// A mentor. Where a market has mentors, each apprentice, field engineer and craftsman has one of the party that
    /// offers the post and one of the party they come from; one in all if these are the same.
    Mentor in "mentors" {
        /// Id, unique among mentors.
        id: String,
        /// Id of the enterprise or school.
        party: String,
        /// Id of a programme of the school: the mentor is for its students alone, and they have no others. For everybody else
        /// of the party when empty.
        programme: Option<String>,
        /// Most people at a time.
        capacity: u32,
    }
}

new_record!(Mentor, id: &str, party: &str, capacity: u32; programme: None);

vocabulary! {
    /// What binds people.
    BondKind {
        /// Each cohort listed is placed whole, at one post, or not at all.
        Whole = "whole", "placed whole", "整班安置";
        /// The people listed are placed at the same enterprise or school, or not at all.
        Together = "together", "together", "同去";
        /// No two of the people listed are placed at the same enterprise or school.
        Apart = "apart", "apart", "分开";
    }
}

scalar_by_word!(BondKind);

record! {
    /// A bond between supply units.
    Bond in "bonds" {
        /// Id, unique among bonds.
        id: String,
        /// `whole`, `together` or `apart`.
        kind: BondKind,
        /// Ids of the supply units.
        units: Vec<String>,
        /// Where the bond comes from.
        source: Option<String>,
    }
}

new_record!(Bond, id: &str, kind: BondKind, units: Vec<String>; source: None);

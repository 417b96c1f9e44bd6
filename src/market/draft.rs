//! A market as it was given, before validation: every table with the places of its rows.

use super::catalogue::{CatalogueProgramme, Occupation, ProgrammeOccupation, Region};
use super::record::{Column, Record, Table};
use super::{
    Agreement, Bond, Decision, Enterprise, Investment, Mentor, Post, Programme, Quota, Round, School, Supply, Target,
};

/// Declares the tables of a market once: field and row type, in the order of files and documents.
macro_rules! tables {
    ($($field:ident: $row:ty,)+) => {
        /// Every table of a market, unvalidated.
        #[derive(Clone, Debug, Default)]
        pub(super) struct Draft { $(pub(super) $field: Table<$row>,)+ }

        impl Draft {
            /// Shows every table, by its name, to `visitor`.
            pub(super) fn visit(&mut self, visitor: &mut impl TableVisitor) {
                $(visitor.table(&mut self.$field);)+
            }
        }

        /// The tables of a market with their columns, in order: the name is the CSV file's and the JSON field's.
        #[must_use]
        pub fn table_columns() -> Vec<(&'static str, Vec<Column>)> {
            vec![$((<$row as Record>::TABLE, <$row as Record>::columns())),+]
        }
    };
}

tables! {
    round: Round,
    schools: School,
    programmes: Programme,
    enterprises: Enterprise,
    agreements: Agreement,
    posts: Post,
    supply: Supply,
    quotas: Quota,
    mentors: Mentor,
    bonds: Bond,
    decisions: Decision,
    targets: Target,
    investments: Investment,
    regions: Region,
    catalogue_programmes: CatalogueProgramme,
    occupations: Occupation,
    programme_occupations: ProgrammeOccupation,
}

/// Reads each table from somewhere.
pub(super) trait TableVisitor {
    fn table<T: Record>(&mut self, table: &mut Table<T>);
}

/// Tables a market cannot do without; the others may be left out when they would be empty.
pub(super) const REQUIRED: [&str; 3] = ["round", "posts", "supply"];

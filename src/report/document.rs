//! What every form is drawn from.

use super::section::{Part, Section};
use super::table::Table;
use crate::language::{Phrase, Words};

/// A title, a line beneath it, and sections in reading order, empty ones too.
pub(super) struct Document {
    /// What it is of.
    pub(super) title: Phrase,
    /// How far it can be relied on.
    pub(super) standing: Phrase,
    /// Whether that leaves something open.
    #[cfg_attr(not(feature = "page"), expect(dead_code, reason = "only the page shows it"))]
    pub(super) open: bool,
    pub(super) sections: Vec<Section>,
    /// Where the rows are that the text leaves out; takes their `count`.
    pub(super) rest: Words,
}

impl Document {
    /// Every table, empty ones too, in reading order.
    pub(super) fn into_tables(self) -> Vec<Table> {
        let parts = self.sections.into_iter().flat_map(|section| section.parts);
        let table = |part| match part {
            Part::Table(table) => Some(table),
            Part::Sentence(_) => None,
        };
        parts.filter_map(table).collect()
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections.iter().flat_map(Section::tables)
    }
}

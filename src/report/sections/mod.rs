//! One file a section. A new section is a file with one function, a line here, and its topic, columns and words.

mod answers;
mod classes;
mod compliance;
mod decided;
mod enterprises;
mod equals;
mod fairness;
mod flows;
mod incentives;
mod key_figures;
mod limits;
mod overview;
mod places;
mod prices;
mod promises;
mod proof;
mod schools;
mod screening;
mod shortages;
mod tracks;
mod unplaced;
mod vacant;
mod what_if;

use super::section::Section;
use super::summary::Report;
use super::{
    answer_words, columns, compliance_words, key_figure_words, measures, picture, pledge_words, section, table,
    what_if_words, words,
};

pub use shortages::scarcity;

/// The sections, in reading order.
pub(super) const ALL: &[fn(&Report) -> Section] = &[
    overview::section,
    key_figures::section,
    tracks::section,
    decided::section,
    flows::section,
    places::section,
    unplaced::section,
    shortages::section,
    classes::section,
    limits::section,
    compliance::section,
    promises::section,
    incentives::section,
    prices::section,
    vacant::section,
    equals::section,
    answers::section,
    what_if::section,
    schools::section,
    enterprises::section,
    fairness::section,
    screening::section,
    proof::section,
];

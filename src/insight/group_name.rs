//! What people call a group of posts or people.

use crate::language::Language;
use crate::market::{Dimension, Facet, Flag, Level, Market, PostKind};

/// What people call a track, level or circumstance; none for groups whose value is an id, a code or a name.
pub(crate) fn label_of(group: &Facet, language: Language) -> Option<&'static str> {
    let value = group.value.as_str();
    match group.dimension {
        Dimension::Kind => PostKind::ALL.iter().find(|kind| kind.word() == value).map(|kind| kind.label(language)),
        Dimension::Level => Level::ALL.iter().find(|level| level.word() == value).map(|level| level.label(language)),
        Dimension::Flag => Flag::ALL.iter().find(|flag| flag.word() == value).map(|flag| flag.label(language)),
        _ => None,
    }
}

/// The name of a school, enterprise, division, occupation or programme, as far as the market knows it.
pub(crate) fn name_of(market: &Market, group: &Facet) -> Option<String> {
    let catalogue = market.catalogue();
    match group.dimension {
        Dimension::School => market.schools().iter().find(|row| row.id == group.value).map(|row| row.name.clone()),
        Dimension::Employer => {
            market.enterprises().iter().find(|row| row.id == group.value).map(|row| row.name.clone())
        }
        Dimension::Home | Dimension::Place => catalogue.region(group.value.parse().ok()?).map(|row| row.name.clone()),
        Dimension::Occupation => catalogue.occupation(group.value.parse().ok()?).map(|row| row.name.clone()),
        Dimension::Programme => {
            let programme = market.programmes().iter().find(|row| row.id == group.value)?;
            catalogue.programme(programme.code).map(|row| row.name.clone())
        }
        _ => None,
    }
}

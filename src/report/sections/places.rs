//! The map: seats and people of each division.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, SHOWN, Table};
use super::words as w;
use crate::insight::PlaceLine;
use crate::language::Phrase;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let left = |line: &PlaceLine| line.seats - line.filled;
    let mut places: Vec<&PlaceLine> = report.places.iter().collect();
    places.sort_by(|a, b| (b.seats, b.people).cmp(&(a.seats, a.people)).then_with(|| a.code.cmp(&b.code)));
    let degrees = |degrees: Option<crate::market::Degrees>| {
        degrees.map_or(Cell::Nothing, |degrees| Cell::Degrees(f64::from(degrees.micro()) / 1e6))
    };
    let rows = places.into_iter().map(|line| {
        let code = line.code.to_string();
        let name = if line.name.is_empty() { &code } else { &line.name };
        vec![
            Cell::name(&code),
            Cell::name(name),
            line.seats.into(),
            line.filled.into(),
            left(line).into(),
            Cell::share(line.filled, line.seats),
            line.people.into(),
            line.placed.into(),
            degrees(line.longitude),
            degrees(line.latitude),
        ]
    });
    let columns =
        [c::ID, c::DIVISION, c::SEATS, c::FILLED, c::LEFT, c::SHARE, c::PEOPLE, c::PLACED, c::LONGITUDE, c::LATITUDE];
    let picture = Picture::Map {
        name: c::DIVISION.code,
        longitude: c::LONGITUDE.code,
        latitude: c::LATITUDE.code,
        size: c::SEATS.code,
        left: c::LEFT.code,
        share: c::SHARE.code,
    };
    let table = Table::new("places", Phrase::from(w::PLACES_CAPTION), &columns).shown(SHOWN, 400);
    Section::new(Topic::Places, w::PLACES).table(table.with(rows).drawn(picture))
}

//! The tracks: seats, people, and what is left.

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, Table};
use super::words as w;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let columns = [c::KIND, c::POSTS, c::TAKEN, c::SEATS, c::APPLICANTS, c::FILLED, c::LEFT, c::SHARE];
    let rows = report.tracks.iter().filter(|line| line.posts > 0).map(|line| {
        vec![
            Cell::term(line.kind.word(), line.kind.words()),
            line.posts.into(),
            line.posts_taken.into(),
            line.seats.into(),
            line.applicants.into(),
            line.placed.into(),
            (line.seats - line.placed).into(),
            Cell::share(line.placed, line.seats),
        ]
    });
    let table = Table::new("tracks", w::TRACKS_CAPTION, &columns).with(rows);
    let picture = Picture::Bars { name: c::KIND.code, parts: &[c::FILLED.code, c::LEFT.code] };
    Section::new(Topic::Tracks, w::TRACKS).table(table.drawn(picture))
}

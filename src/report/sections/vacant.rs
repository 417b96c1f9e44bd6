//! The posts with seats left, and why.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, SHOWN, Table};
use super::words as w;
use crate::insight::PostLine;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let left = |post: &PostLine| post.seats - post.placed;
    let mut posts: Vec<_> = report.posts.iter().filter_map(|post| Some((post, post.vacancy?))).collect();
    posts.sort_by(|(a, _), (b, _)| left(b).cmp(&left(a)).then_with(|| a.id.cmp(&b.id)));
    let rows = posts.into_iter().map(|(post, cause)| {
        vec![
            Cell::name(&post.id),
            Cell::name(&post.name),
            Cell::name(&post.owner),
            Cell::term(cause.word(), cause.words()),
            post.seats.into(),
            left(post).into(),
            post.applicants.into(),
        ]
    });
    let columns = [c::ID, c::POST, c::OWNER, c::CAUSE, c::SEATS, c::LEFT, c::APPLICANTS];
    let table = Table::new("vacant", w::VACANT, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows);
    Section::new(Topic::Vacant, w::VACANT).table(table)
}

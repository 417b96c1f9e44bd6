//! What one more seat would add: the most contested posts, every track, and every post.

use std::collections::BTreeMap;

use super::columns as c;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, IN_PAGE, SHOWN, Table};
use super::words as w;
use crate::certificate::Condition;
use crate::formulation::Goal;
use crate::insight::{PostLine, PriceLine, Sides};
use crate::market::PostKind;
use crate::report::measures::{self, goals};
use crate::report::{Report, StatusLine};

/// What one more seat at `post` would add of `goal`.
fn adds(post: &PostLine, goal: Goal) -> f64 {
    let value = post.price.iter().find(|value| value.goal == goal);
    value.filter(|_| post.price_units > 0).map_or(0.0, |value| value.amount)
}

/// The first goal that one more seat at `post` would serve.
fn first_goal(post: &PostLine) -> Option<Goal> {
    post.price.iter().map(|value| value.goal).find(|goal| adds(post, *goal) > 0.0)
}

/// Seats of each track by the first goal that one more seat there would serve.
fn worth(report: &Report) -> Table {
    let mut tracks: BTreeMap<PostKind, [u64; 4]> = BTreeMap::new();
    for post in &report.posts {
        let column = match first_goal(post) {
            Some(Goal::Placed) => 0,
            Some(Goal::InConsortium) => 1,
            Some(Goal::Score) => 2,
            None => 3,
        };
        tracks.entry(post.kind).or_default()[column] += post.seats;
    }
    let columns = [c::KIND, c::ADDS_PLACED, c::ADDS_INSIDE, c::ADDS_POINTS, c::ADDS_NOTHING];
    let rows = tracks.into_iter().map(|(kind, seats)| {
        let mut row = vec![Cell::term(kind.word(), kind.words())];
        row.extend(seats.map(Cell::from));
        row
    });
    let parts = &[c::ADDS_PLACED.code, c::ADDS_INSIDE.code, c::ADDS_POINTS.code, c::ADDS_NOTHING.code];
    let picture = Picture::Bars { name: c::KIND.code, parts };
    Table::new("worth", w::WORTH_CAPTION, &columns).shown(0, IN_PAGE).with(rows).drawn(picture)
}

/// For each track, how many seats have which price in points, the highest first.
fn curve(report: &Report) -> Table {
    let mut steps: BTreeMap<(PostKind, std::cmp::Reverse<i64>), u64> = BTreeMap::new();
    for post in &report.posts {
        // Prices are whole steps of a point, a hundredth unless set otherwise.
        let points = (adds(post, Goal::Score) * 100.0).round() as i64;
        *steps.entry((post.kind, std::cmp::Reverse(points.max(0)))).or_default() += post.seats;
    }
    let rows = steps.into_iter().map(|((kind, points), seats)| {
        vec![Cell::term(kind.word(), kind.words()), Cell::Amount(points.0 as f64 / 100.0), seats.into()]
    });
    let picture = Picture::Curve { group: c::KIND.code, length: c::SEATS.code, height: c::POINTS.code };
    let table = Table::new("price_curve", w::CURVE_CAPTION, &[c::KIND, c::POINTS, c::SEATS]);
    table.shown(0, 1000).with(rows).drawn(picture)
}

fn contested(report: &Report) -> Table {
    let mut posts: Vec<&PostLine> = report.posts.iter().filter(|post| post.price_units > 0).collect();
    posts.sort_by(|a, b| b.price_units.cmp(&a.price_units).then_with(|| a.id.cmp(&b.id)));
    let rows = posts.into_iter().map(|post| {
        vec![
            Cell::name(&post.id),
            Cell::name(&post.name),
            Cell::name(&post.owner),
            goals(&post.price),
            post.seats.into(),
            post.applicants.into(),
        ]
    });
    let columns = [c::ID, c::POST, c::OWNER, c::PRICE, c::SEATS, c::APPLICANTS];
    Table::new("contested", w::CONTESTED, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows)
}

/// The most that another number of seats would be worth.
pub(super) fn dearest(sides: &Sides) -> i64 {
    let worths = [&sides.more, &sides.fewer, &sides.lower_minimum].into_iter().flatten();
    worths.map(|worth| worth.units).max().unwrap_or(0)
}

/// Every post of which one seat more or fewer would change something, from both sides.
fn from_both_sides(report: &Report) -> Table {
    let posts = report.prices.iter().flat_map(|prices| &prices.posts);
    let mut posts: Vec<(&PriceLine, i64)> = posts.map(|line| (line, dearest(&line.sides))).collect();
    posts.retain(|(_, units)| *units != 0);
    posts.sort_by_key(|(_, units)| std::cmp::Reverse(*units));
    let rows = posts.into_iter().map(|(PriceLine { post, sides }, _)| {
        let about = [&post.id, &post.name, &post.owner].map(|text| Cell::name(text));
        [about, measures::sides(Some(sides))].concat()
    });
    let columns = [c::ID, c::POST, c::OWNER, c::ONE_MORE, c::ONE_FEWER, c::LOWER_MINIMUM];
    Table::new("seat_prices", w::SEAT_PRICES, &columns).shown(SHOWN, FEW_IN_PAGE).with(rows)
}

fn posts(report: &Report) -> Table {
    let columns = [c::ID, c::POST, c::OWNER, c::KIND, c::CAUSE, c::PRICE, c::SEATS, c::FILLED, c::LEFT, c::APPLICANTS];
    let rows = report.posts.iter().map(|post| {
        vec![
            Cell::name(&post.id),
            Cell::name(&post.name),
            Cell::name(&post.owner),
            Cell::term(post.kind.word(), post.kind.words()),
            post.vacancy.map_or(Cell::Nothing, |cause| Cell::term(cause.word(), cause.words())),
            goals(&post.price),
            post.seats.into(),
            post.placed.into(),
            (post.seats - post.placed).into(),
            post.applicants.into(),
        ]
    });
    Table::new("posts", w::POSTS_CAPTION, &columns).shown(0, 0).with(rows)
}

pub(in crate::report) fn section(report: &Report) -> Section {
    let contested = contested(report);
    let searched = report.certificate.iter().any(|line| line.kind == Condition::Cases && line.state == "holds");
    let note = match report.status {
        StatusLine::Optimal if searched => w::CONTESTED_NOTE_DECIDED,
        StatusLine::Optimal => w::CONTESTED_NOTE,
        StatusLine::Feasible { .. } => w::CONTESTED_NOTE_STOPPED,
    };
    let section = Section::new(Topic::Prices, w::CONTESTED);
    let section = if contested.rows.is_empty() { section } else { section.say(note) };
    section
        .table(contested)
        .table(from_both_sides(report))
        .table(worth(report))
        .table(curve(report))
        .table(posts(report))
}

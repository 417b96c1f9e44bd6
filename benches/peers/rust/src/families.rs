//! The families of instances; `../README.md` says what each is like. A change here changes every instance: the
//! checksums in `instances.py` hold it to what was measured before.

use std::collections::HashMap;

use crate::Instance;
use crate::draw::{Draw, mixed};

/// Draws of an instance that belong to no unit come from streams that no unit has.
const SHARED: u64 = 1 << 40;
const CLASSES: u64 = 1 << 41;
const PROGRAMMES: u64 = 1 << 42;

/// Home zones of a city, around a ring.
const ZONES: u64 = 24;

/// Side of the square of `euclid`, in metres.
const SIDE: f64 = 100_000.0;

/// How large an instance is, and what it is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Units, of one person each.
    pub units: usize,
    /// Posts.
    pub posts: usize,
    /// Pairs of each unit.
    pub degree: usize,
    /// Of all draws.
    pub seed: u64,
}

/// The instance of a family; none if there is no such family.
#[must_use]
pub fn instance(family: &str, size: Size) -> Option<Instance> {
    Some(match family {
        "city" => city(size, true),
        "city0" => city(size, false),
        "uniform" => random(size, 1_000_000, equal_seats(size, size.units)),
        "lowrange" => random(size, 100, equal_seats(size, size.units)),
        "one2one" => random(size, 1_000_000, vec![1; size.posts]),
        "tiescarce" => random(size, 3, equal_seats(size, size.units * 6 / 10)),
        "dense" => dense(size),
        "scarce" => scarce(size),
        "near" => near(size),
        "euclid" => euclid(size),
        _ => return None,
    })
}

/// Units of equal rows become one unit with all their members.
#[must_use]
pub fn merge(instance: &Instance) -> Instance {
    let mut merged = Instance { seed: instance.seed, seats: instance.seats.clone(), ..Instance::default() };
    merged.offsets.push(0);
    let mut seen = HashMap::new();
    for (unit, &headcount) in instance.headcounts.iter().enumerate() {
        let row = instance.row(unit);
        let (posts, weights) = (&instance.posts[row.clone()], &instance.weights[row]);
        let next = merged.headcounts.len();
        let same = *seen.entry((posts, weights)).or_insert(next);
        if same == next {
            merged.headcounts.push(0);
            merged.posts.extend_from_slice(posts);
            merged.weights.extend_from_slice(weights);
            merged.offsets.push(merged.posts.len() as u32);
        }
        merged.headcounts[same] += headcount;
    }
    merged
}

/// The same with the median weight taken off every weight, so that half of the pairs are worth less than nothing.
#[must_use]
pub fn lower(instance: &Instance) -> Instance {
    let mut sorted = instance.weights.clone();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    let weights = instance.weights.iter().map(|weight| weight - median).collect();
    Instance { weights, ..instance.clone() }
}

/// `total` seats in proportion to `shares`; every post has at least one.
fn seats(total: usize, shares: &[f64]) -> Vec<u32> {
    let total = total.max(shares.len());
    let spare = (total - shares.len()) as f64;
    let sum: f64 = shares.iter().sum();
    let mut seats: Vec<u32> = shares.iter().map(|share| (1.0 + spare * share / sum).floor() as u32).collect();
    let given: usize = seats.iter().map(|&seats| seats as usize).sum();
    // Rounding down leaves fewer seats than posts.
    for seats in seats.iter_mut().take(total.saturating_sub(given)) {
        *seats += 1;
    }
    seats
}

fn equal_seats(size: Size, total: usize) -> Vec<u32> {
    seats(total, &vec![1.0; size.posts])
}

/// An instance in the making, row by row.
struct Rows {
    instance: Instance,
    degree: usize,
    /// The unit that chose the post last.
    chosen: Vec<usize>,
}

impl Rows {
    fn new(size: Size, seats: Vec<u32>) -> Self {
        let degree = size.degree.min(size.posts);
        let mut instance = Instance { seed: size.seed, headcounts: vec![1; size.units], seats, ..Instance::default() };
        instance.offsets.push(0);
        instance.posts.reserve(size.units * degree);
        instance.weights.reserve(size.units * degree);
        Self { instance, degree, chosen: vec![usize::MAX; size.posts] }
    }

    /// The row of the next unit: posts from `choose` (any where it keeps choosing the same), weights from `weigh`.
    fn draw(
        &mut self,
        draw: &mut Draw,
        mut choose: impl FnMut(&mut Draw) -> usize,
        mut weigh: impl FnMut(usize, &mut Draw) -> i32,
    ) {
        let unit = self.instance.offsets.len() - 1;
        let mut row = Vec::with_capacity(self.degree);
        let mut tries = 0;
        while row.len() < self.degree {
            tries += 1;
            let post = if tries > 4 * self.degree { draw.index(self.chosen.len()) } else { choose(draw) };
            if self.chosen[post] != unit {
                self.chosen[post] = unit;
                row.push(post);
            }
        }
        row.sort_unstable();
        self.push(row.into_iter().map(|post| (post, weigh(post, draw))));
    }

    /// The row of the next unit, ascending by post.
    fn push(&mut self, row: impl Iterator<Item = (usize, i32)>) {
        for (post, weight) in row {
            self.instance.posts.push(post as u32);
            self.instance.weights.push(weight);
        }
        self.instance.offsets.push(self.instance.posts.len() as u32);
    }
}

fn random(size: Size, largest: u64, seats: Vec<u32>) -> Instance {
    let mut rows = Rows::new(size, seats);
    for unit in 0..size.units {
        let mut draw = Draw::new(size.seed, unit as u64);
        rows.draw(&mut draw, |draw| draw.index(size.posts), |_, draw| 1 + draw.below(largest) as i32);
    }
    rows.instance
}

fn dense(size: Size) -> Instance {
    let mut rows = Rows::new(Size { degree: size.posts, ..size }, vec![1; size.posts]);
    rows.instance.dense = true;
    for unit in 0..size.units {
        let mut draw = Draw::new(size.seed, unit as u64);
        rows.push((0..size.posts).map(|post| (post, 1 + draw.below(1_000_000) as i32)));
    }
    rows.instance
}

/// Without `noise`, a row is a function of the unit's class: programme, home zone and grade.
fn city(size: Size, noise: bool) -> Instance {
    let Size { units, posts, seed, .. } = size;
    let mut draw = Draw::new(seed, SHARED);
    let order = draw.order(posts);
    let zones: Vec<u64> = (0..posts).map(|_| draw.below(ZONES)).collect();
    let pay: Vec<u64> = (0..posts).map(|_| draw.below(6)).collect();
    let mut ranks = vec![0; posts];
    for (rank, &post) in order.iter().enumerate() {
        ranks[post] = rank;
    }
    let shares: Vec<f64> = ranks.iter().map(|&rank| 1.0 / (1.0 + rank as f64).powf(0.5)).collect();
    let mut rows = Rows::new(size, seats(units + units / 5, &shares));
    let programmes = (units / 2500).clamp(12, 240);
    for unit in 0..units {
        let mut draw = Draw::new(seed, unit as u64);
        let (programme, home, grade) = (draw.rank(programmes, 0.6) as u64, draw.below(ZONES), draw.below(4));
        let shift = (mixed(seed, 7, programme) % posts as u64) as usize;
        if !noise {
            draw = Draw::new(seed, CLASSES + (programme * ZONES + home) * 4 + grade);
        }
        let choose = |draw: &mut Draw| {
            let rank = draw.rank(posts, 0.7);
            order[if draw.bits() & 1 == 0 { rank } else { (rank + shift) % posts }]
        };
        let weigh = |post: usize, draw: &mut Draw| {
            let fit = mixed(seed, programme + 100, post as u64) % 41;
            let apart = home.abs_diff(zones[post]);
            let near = ZONES / 2 - apart.min(ZONES - apart);
            let popular = 3000 - (3000 * ranks[post] / posts) as u64;
            let known = 100 * fit + popular + 150 * near + 200 * (grade * pay[post]) / 3;
            (1 + known + if noise { draw.below(100) } else { 0 }) as i32
        };
        rows.draw(&mut draw, choose, weigh);
    }
    rows.instance
}

fn near(size: Size) -> Instance {
    let Size { units, posts, seed, .. } = size;
    let programmes = (units / 2500).clamp(4, 400);
    let mut rows = Rows::new(size, equal_seats(size, units));
    for unit in 0..units as u64 {
        let programme = Draw::new(seed, unit).rank(programmes, 0.6) as u64;
        let weigh = |post: usize, _: &mut Draw| {
            let own = mixed(seed, unit + (1 << 32), post as u64) % 101;
            (1000 + mixed(seed, programme, post as u64) % 998_900 + own) as i32
        };
        rows.draw(&mut Draw::new(seed, PROGRAMMES + programme), |draw| draw.index(posts), weigh);
    }
    rows.instance
}

fn scarce(size: Size) -> Instance {
    let Size { units, posts, seed, .. } = size;
    let order = Draw::new(seed, SHARED).order(posts);
    let mut common = vec![0; posts];
    for (rank, &post) in order.iter().enumerate() {
        common[post] = (200_000.0 / (1.0 + rank as f64).powf(0.35)) as u64;
    }
    let mut rows = Rows::new(size, equal_seats(size, units * 6 / 10));
    for unit in 0..units {
        let weigh = |post: usize, draw: &mut Draw| (1 + common[post] + draw.below(20_000)) as i32;
        rows.draw(&mut Draw::new(seed, unit as u64), |draw| order[draw.rank(posts, 1.1)], weigh);
    }
    rows.instance
}

fn euclid(size: Size) -> Instance {
    let grid = Grid::new(size);
    let mut rows = Rows::new(size, equal_seats(size, size.units));
    for unit in 0..size.units {
        let mut draw = Draw::new(size.seed, unit as u64);
        let mut nearest = grid.nearest((draw.unit() * SIDE, draw.unit() * SIDE), rows.degree);
        nearest.sort_unstable_by_key(|&(_, post)| post);
        rows.push(nearest.into_iter().map(|(metres, post)| (post, (150_000.0 - metres).max(1.0) as i32)));
    }
    rows.instance
}

/// Posts in the plane, by cells of about four.
struct Grid {
    places: Vec<(f64, f64)>,
    cells: Vec<Vec<usize>>,
    /// Cells along one side.
    across: usize,
}

impl Grid {
    /// Half of the posts lie around eight centres, the others anywhere.
    fn new(size: Size) -> Self {
        let mut draw = Draw::new(size.seed, SHARED);
        let centres: Vec<(f64, f64)> = (0..8).map(|_| (draw.unit() * SIDE, draw.unit() * SIDE)).collect();
        let mut place = || {
            if draw.unit() >= 0.5 {
                return (draw.unit() * SIDE, draw.unit() * SIDE);
            }
            let centre = centres[draw.index(8)];
            let mut around = |middle: f64| {
                let off = (draw.unit() + draw.unit() + draw.unit() - 1.5) * SIDE * 0.08;
                (middle + off).clamp(0.0, SIDE - 1e-6)
            };
            (around(centre.0), around(centre.1))
        };
        let places: Vec<(f64, f64)> = (0..size.posts).map(|_| place()).collect();
        let across = ((size.posts as f64 / 4.0).sqrt().ceil() as usize).max(1);
        let mut grid = Self { places, cells: vec![Vec::new(); across * across], across };
        for (post, &place) in grid.places.iter().enumerate() {
            let (column, line) = grid.cell(place);
            grid.cells[line * across + column].push(post);
        }
        grid
    }

    fn width(&self) -> f64 {
        SIDE / self.across as f64
    }

    fn cell(&self, place: (f64, f64)) -> (usize, usize) {
        let along = |metres: f64| ((metres / self.width()) as usize).min(self.across - 1);
        (along(place.0), along(place.1))
    }

    /// The `count` posts nearest to `home`, with their distances in metres; of equal distances the lower number.
    fn nearest(&self, home: (f64, f64), count: usize) -> Vec<(f64, usize)> {
        let (column, line) = self.cell(home);
        let mut reach = 1;
        loop {
            let range = |middle: usize| middle.saturating_sub(reach)..(middle + reach + 1).min(self.across);
            let cells = range(line).flat_map(|line| range(column).map(move |column| line * self.across + column));
            let metres = |post: usize| (self.places[post].0 - home.0).hypot(self.places[post].1 - home.1);
            let mut found: Vec<(f64, usize)> =
                cells.flat_map(|cell| &self.cells[cell]).map(|&post| (metres(post), post)).collect();
            // Whatever lies within the reach has been seen.
            let seen = reach as f64 * self.width();
            if reach > self.across || found.iter().filter(|&&(metres, _)| metres <= seen).count() >= count {
                found.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
                found.truncate(count);
                return found;
            }
            reach *= 2;
        }
    }
}

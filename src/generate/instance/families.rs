//! What distinguishes the families: the seats of the posts, the posts of a unit, the weight of a pair.

use super::draw::signed;
use super::{Draw, Family, Size};

/// Home zones of a city, around a ring.
const ZONES: usize = 24;

/// Side of the square of [`Family::Euclid`], in metres.
const SIDE: f64 = 100_000.0;

/// Streams of numbers that belong to no unit come after all those that do.
const SHARED: u64 = 1 << 40;

/// Everything that the rows of one instance have in common.
pub(super) struct World {
    family: Family,
    seed: u64,
    posts: Vec<Post>,
    seats: Vec<u32>,
    programmes: usize,
    /// Posts by popularity.
    order: Vec<u32>,
}

/// What a post is like; each family reads what concerns it.
struct Post {
    rank: usize,
    zone: usize,
    pay: usize,
    place: (f64, f64),
}

impl World {
    pub(super) fn new(family: Family, size: Size, seed: u64) -> Self {
        let mut draw = Draw::new(seed, SHARED);
        let order = draw.order(size.posts);
        let centres: Vec<(f64, f64)> = (0..8).map(|_| (draw.unit() * SIDE, draw.unit() * SIDE)).collect();
        let mut posts: Vec<Post> = (0..size.posts)
            .map(|_| Post { rank: 0, zone: draw.below(ZONES), pay: draw.below(6), place: place(&centres, &mut draw) })
            .collect();
        for (rank, &post) in order.iter().enumerate() {
            posts[post as usize].rank = rank;
        }
        let total = match family {
            Family::City | Family::Alike => size.units + size.units / 5,
            Family::Scarce | Family::TieScarce => size.units * 6 / 10,
            _ => size.units,
        };
        let share = |post: &Post| match family {
            Family::City | Family::Alike => 1.0 / libm::sqrt(1.0 + post.rank as f64),
            _ => 1.0,
        };
        let seats = match family {
            Family::OneToOne | Family::Dense => vec![1; size.posts],
            _ => spread(total, &posts.iter().map(share).collect::<Vec<_>>()),
        };
        Self { family, seed, posts, seats, programmes: (size.units / 2500).clamp(12, 240), order }
    }

    pub(super) fn seats(&self) -> &[u32] {
        &self.seats
    }

    /// The pairs of `unit`, ascending by post: `degree` of them.
    pub(super) fn row(&self, unit: usize, degree: usize, row: &mut Vec<(u32, i32)>) {
        let draw = Draw::new(self.seed, unit as u64);
        match self.family {
            Family::City | Family::Alike => self.city(draw, degree, row),
            Family::Near => self.near(draw, degree, row),
            Family::Euclid => self.euclid(draw, degree, row),
            Family::Dense => row.extend((0..degree as u32).map(|post| (post, 0))),
            Family::Scarce => {
                self.pick(draw, degree, row, |draw| self.order[draw.rank(self.posts.len(), 1.1)] as usize);
            }
            _ => self.pick(draw, degree, row, |draw| draw.below(self.posts.len())),
        }
        row.sort_unstable();
        self.weigh(Draw::new(self.seed ^ 0x5eed, unit as u64), row);
    }

    /// Weights that depend on the unit alone, where the family has such.
    fn weigh(&self, mut draw: Draw, row: &mut [(u32, i32)]) {
        for (post, weight) in row {
            let common = || 200_000.0 / libm::pow(1.0 + self.posts[*post as usize].rank as f64, 0.35);
            match self.family {
                Family::Uniform | Family::OneToOne | Family::Dense => *weight = 1 + draw.weight(1_000_000),
                Family::LowRange => *weight = 1 + draw.weight(100),
                Family::TieScarce => *weight = 1 + draw.weight(3),
                Family::Scarce => *weight = 1 + common() as i32 + draw.weight(20_000),
                Family::City => *weight += draw.weight(100),
                Family::Near => *weight += draw.weight(101),
                Family::Alike | Family::Euclid => {}
            }
        }
    }

    /// `degree` different posts as `choose` draws them, any posts where it keeps drawing the same.
    fn pick(
        &self,
        mut draw: Draw,
        degree: usize,
        row: &mut Vec<(u32, i32)>,
        mut choose: impl FnMut(&mut Draw) -> usize,
    ) {
        let mut tries = 0;
        while row.len() < degree {
            tries += 1;
            let post = if tries > 4 * degree { draw.below(self.posts.len()) } else { choose(&mut draw) } as u32;
            if row.iter().all(|&(chosen, _)| chosen != post) {
                row.push((post, 0));
            }
        }
    }

    fn city(&self, mut draw: Draw, degree: usize, row: &mut Vec<(u32, i32)>) {
        let posts = self.posts.len();
        let (programme, home, grade) = (draw.rank(self.programmes, 0.6), draw.below(ZONES), draw.below(4));
        let shift = self.common(7, programme, 0) as usize % posts.max(1);
        let class = (programme * ZONES + home) * 4 + grade;
        let own = if self.family == Family::Alike { Draw::new(self.seed, 2 * SHARED + class as u64) } else { draw };
        self.pick(own, degree, row, |draw| {
            let rank = draw.rank(posts, 0.7);
            self.order[if draw.bits() & 1 == 0 { rank } else { (rank + shift) % posts }] as usize
        });
        for (number, weight) in row {
            let post = &self.posts[*number as usize];
            let fit = self.common(100, programme, *number as usize) as usize % 41;
            let apart = home.abs_diff(post.zone);
            let near = ZONES / 2 - apart.min(ZONES - apart);
            let popular = 3000 - 3000 * post.rank / posts;
            *weight = signed(1 + 100 * fit + popular + 150 * near + 200 * grade * post.pay / 3);
        }
    }

    fn near(&self, mut draw: Draw, degree: usize, row: &mut Vec<(u32, i32)>) {
        let programme = draw.rank(self.programmes, 0.6);
        let own = Draw::new(self.seed, 3 * SHARED + programme as u64);
        self.pick(own, degree, row, |draw| draw.below(self.posts.len()));
        for (post, weight) in row {
            *weight = 1000 + signed(self.common(200, programme, *post as usize) as usize % 998_900);
        }
    }

    fn euclid(&self, mut draw: Draw, degree: usize, row: &mut Vec<(u32, i32)>) {
        let home = (draw.unit() * SIDE, draw.unit() * SIDE);
        let metres = |post: &Post| libm::hypot(post.place.0 - home.0, post.place.1 - home.1) as i32;
        row.extend((0u32..).zip(&self.posts).map(|(number, post)| (number, 150_000 - metres(post))));
        if degree < row.len() {
            row.select_nth_unstable_by_key(degree, |&(post, weight)| (std::cmp::Reverse(weight), post));
            row.truncate(degree);
        }
    }

    /// A number that depends on these alone.
    fn common(&self, kind: u64, group: usize, post: usize) -> u64 {
        let mut mixed = self.seed ^ (kind << 56) ^ ((group as u64) << 32) ^ post as u64;
        for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(factor);
        }
        mixed ^ (mixed >> 31)
    }
}

/// A place of a post: around one of the centres, or anywhere.
fn place(centres: &[(f64, f64)], draw: &mut Draw) -> (f64, f64) {
    if draw.bits() & 1 == 0 {
        return (draw.unit() * SIDE, draw.unit() * SIDE);
    }
    let centre = centres[draw.below(centres.len())];
    let mut around = |middle: f64| {
        let off = (draw.unit() + draw.unit() + draw.unit() - 1.5) * SIDE * 0.08;
        (middle + off).clamp(0.0, SIDE)
    };
    (around(centre.0), around(centre.1))
}

/// `total` seats by shares; every post has at least one.
fn spread(total: usize, shares: &[f64]) -> Vec<u32> {
    let extra = total.saturating_sub(shares.len());
    let sum: f64 = shares.iter().sum();
    let mut seats: Vec<u32> = shares.iter().map(|share| 1 + (extra as f64 * share / sum) as u32).collect();
    let given: usize = seats.iter().map(|&seats| seats as usize).sum();
    // Rounding down leaves fewer seats than posts.
    for seats in seats.iter_mut().take(total.saturating_sub(given)) {
        *seats += 1;
    }
    seats
}

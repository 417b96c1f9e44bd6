//! What distinguishes the families: the seats of the posts, the posts of a unit, the weight of a pair.

use super::draw::{Ranks, mix, signed};
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
    /// Where the posts are.
    places: Vec<(f64, f64)>,
    seats: Vec<u32>,
    /// Programmes, the largest first.
    programmes: Ranks,
    /// Posts by popularity, and how their places in it are drawn.
    order: Vec<u32>,
    ranks: Ranks,
}

/// What a post is like; each family reads what concerns it.
struct Post {
    zone: u8,
    pay: u8,
    /// What its popularity adds to a weight.
    popular: i32,
}

impl World {
    pub(super) fn new(family: Family, size: Size, seed: u64) -> Self {
        let mut draw = Draw::new(seed, SHARED);
        let order = draw.order(size.posts);
        let centres: Vec<(f64, f64)> = (0..8).map(|_| (draw.unit() * SIDE, draw.unit() * SIDE)).collect();
        let mut rank_of = vec![0; size.posts];
        for (rank, &post) in order.iter().enumerate() {
            rank_of[post as usize] = rank;
        }
        let popular = |rank: usize| match family {
            Family::City | Family::Alike => 3000 - signed(3000 * rank / size.posts),
            Family::Scarce => (200_000.0 / libm::pow(1.0 + rank as f64, 0.35)) as i32,
            _ => 0,
        };
        let mut post = |&rank| {
            let (zone, pay) = (draw.below(ZONES) as u8, draw.below(6) as u8);
            (Post { zone, pay, popular: popular(rank) }, place(&centres, &mut draw))
        };
        let (posts, places) = rank_of.iter().map(&mut post).unzip();
        let total = match family {
            Family::City | Family::Alike => size.units + size.units / 5,
            Family::Scarce | Family::TieScarce => size.units * 6 / 10,
            _ => size.units,
        };
        let share = |&rank: &usize| match family {
            Family::City | Family::Alike => 1.0 / libm::sqrt(1.0 + rank as f64),
            _ => 1.0,
        };
        let seats = match family {
            Family::OneToOne | Family::Dense => vec![1; size.posts],
            _ => spread(total, &rank_of.iter().map(share).collect::<Vec<_>>()),
        };
        let programmes = Ranks::new((size.units / 2500).clamp(12, 240), 0.6);
        let ranks = Ranks::new(size.posts, if family == Family::Scarce { 1.1 } else { 0.7 });
        Self { family, seed, posts, places, seats, programmes, order, ranks }
    }

    pub(super) fn seats(&self) -> &[u32] {
        &self.seats
    }

    /// Fills a row of pairs of `unit`: different posts, ascending, and their weights.
    pub(super) fn row(&self, unit: usize, posts: &mut [u32], weights: &mut [i32]) {
        let draw = Draw::new(self.seed, unit as u64);
        let noise = Draw::new(self.seed ^ 0x5eed, unit as u64);
        match self.family {
            Family::City | Family::Alike => self.city(draw, noise, posts, weights),
            Family::Near => self.near(draw, noise, posts, weights),
            Family::Euclid => self.euclid(draw, posts, weights),
            Family::Scarce => {
                self.pick(draw, posts, |draw| self.order[self.ranks.draw(draw)]);
                weigh(noise, weights, 20_000, posts.iter().map(|&post| 1 + self.posts[post as usize].popular));
            }
            Family::Dense => {
                posts.iter_mut().zip(0..).for_each(|(post, number)| *post = number);
                weigh(noise, weights, 1_000_000, std::iter::repeat(1));
            }
            Family::Uniform | Family::OneToOne => self.random(draw, noise, posts, weights, 1_000_000),
            Family::LowRange => self.random(draw, noise, posts, weights, 100),
            Family::TieScarce => self.random(draw, noise, posts, weights, 3),
        }
    }

    /// Different posts as `choose` draws them, any posts where it keeps drawing the same; ascending.
    fn pick(&self, mut draw: Draw, posts: &mut [u32], mut choose: impl FnMut(&mut Draw) -> u32) {
        let most = 4 * posts.len();
        let (mut found, mut tries) = (0, 0);
        while found < posts.len() {
            // As many as are wanted at least will be drawn; together, they do not wait for memory one by one.
            let drawn = found..posts.len();
            for post in &mut posts[drawn.clone()] {
                tries += 1;
                *post = if tries > most { draw.below(self.posts.len()) as u32 } else { choose(&mut draw) };
            }
            for next in drawn {
                let post = posts[next];
                // Counted, for want of a way out in the middle many are compared at once.
                if posts[..found].iter().filter(|&&other| other == post).count() == 0 {
                    posts[found] = post;
                    found += 1;
                }
            }
        }
        posts.sort_unstable();
    }

    /// Random posts with weights from 1 to `end`.
    fn random(&self, draw: Draw, noise: Draw, posts: &mut [u32], weights: &mut [i32], end: usize) {
        self.pick(draw, posts, |draw| draw.below(self.posts.len()) as u32);
        weigh(noise, weights, end, std::iter::repeat(1));
    }

    fn city(&self, mut draw: Draw, noise: Draw, posts: &mut [u32], weights: &mut [i32]) {
        let count = self.posts.len();
        let (programme, home, grade) = (self.programmes.draw(&mut draw), draw.below(ZONES), draw.below(4));
        let shift = self.common(7, programme, 0) as usize % count.max(1);
        let class = (programme * ZONES + home) * 4 + grade;
        let alike = self.family == Family::Alike;
        let own = if alike { Draw::new(self.seed, 2 * SHARED + class as u64) } else { draw };
        self.pick(own, posts, |draw| {
            let rank = self.ranks.draw(draw);
            let shifted = if rank < count - shift { rank + shift } else { rank + shift - count };
            self.order[if draw.bits() & 1 == 0 { rank } else { shifted }]
        });
        let weights_of = posts.iter().map(|&number| {
            let post = &self.posts[number as usize];
            let fit = self.common(100, programme, number as usize) % 41;
            let apart = home.abs_diff(post.zone.into());
            let near = ZONES / 2 - apart.min(ZONES - apart);
            1 + post.popular + signed(100 * fit as usize + 150 * near + 200 * grade * usize::from(post.pay) / 3)
        });
        weigh(noise, weights, if alike { 1 } else { 100 }, weights_of);
    }

    fn near(&self, mut draw: Draw, noise: Draw, posts: &mut [u32], weights: &mut [i32]) {
        let programme = self.programmes.draw(&mut draw);
        let own = Draw::new(self.seed, 3 * SHARED + programme as u64);
        self.pick(own, posts, |draw| draw.below(self.posts.len()) as u32);
        let weight = |&post: &u32| 1000 + signed((self.common(200, programme, post as usize) % 998_900) as usize);
        weigh(noise, weights, 101, posts.iter().map(weight));
    }

    fn euclid(&self, mut draw: Draw, posts: &mut [u32], weights: &mut [i32]) {
        let home = (draw.unit() * SIDE, draw.unit() * SIDE);
        let metres = |place: &(f64, f64)| libm::hypot(place.0 - home.0, place.1 - home.1) as i32;
        let mut nearest: Vec<(i32, u32)> = self.places.iter().map(metres).zip(0..).collect();
        if posts.len() < nearest.len() {
            nearest.select_nth_unstable(posts.len());
        }
        let row = &mut nearest[..posts.len()];
        row.sort_unstable_by_key(|&(_, post)| post);
        for ((post, weight), &(metres, number)) in posts.iter_mut().zip(weights).zip(&*row) {
            (*post, *weight) = (number, 150_000 - metres);
        }
    }

    /// A number that depends on these alone.
    fn common(&self, kind: u64, group: usize, post: usize) -> u64 {
        mix(self.seed, kind, group, post)
    }
}

/// Weights of so much each, and noise below `end` on top.
fn weigh(mut noise: Draw, weights: &mut [i32], end: usize, of: impl Iterator<Item = i32>) {
    for (weight, of) in weights.iter_mut().zip(of) {
        *weight = of + noise.weight(end);
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
pub(super) fn spread(total: usize, shares: &[f64]) -> Vec<u32> {
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

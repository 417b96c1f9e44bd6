//! Problems described by a few numbers: what a search for hard ones changes, and what it keeps.

use serde::{Deserialize, Serialize};

use super::assemble;
use super::draw::{Draw, Ranks, mix};
use super::families::spread;
use crate::graph::{MAX_WEIGHT, Problem, ProblemError};

/// Streams of numbers that belong to no unit come after all those that do.
const SHARED: u64 = 1 << 40;

/// A problem as a few numbers, each a knob that may be turned without the others.
///
/// Parts are in thousandths, so that a recipe is the same in every format it is written in. A number that a recipe does
/// not name is 0, which leaves out what the number is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipe {
    /// Which of all such problems.
    #[serde(skip_serializing_if = "is_zero")]
    pub seed: u64,
    /// Supply units.
    pub units: u32,
    /// Posts.
    pub posts: u32,
    /// The fewest pairs of a unit.
    pub fewest: u32,
    /// The most pairs of a unit: `fewest` if less, and never more than there are posts.
    #[serde(skip_serializing_if = "is_zero")]
    pub most: u32,
    /// Each unit has from 1 to so many members: 1 if 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub heads: u32,
    /// Seats in all, in thousandths of the people; every post has at least one.
    pub seats: u32,
    /// How unevenly posts share the seats: about as `1 / rank^(uneven / 1000)`.
    #[serde(skip_serializing_if = "is_zero")]
    pub uneven: u32,
    /// How much more often units have pairs with the first posts: about as `1 / rank^(popular / 1000)`.
    #[serde(skip_serializing_if = "is_zero")]
    pub popular: u32,
    /// Units have pairs with so many posts next to their home only: with all if 0. `popular` counts from home then.
    #[serde(skip_serializing_if = "is_zero")]
    pub within: u32,
    /// Homes are in the order of the units, not at random.
    #[serde(skip_serializing_if = "is_zero")]
    pub ordered: bool,
    /// Groups of units: none if 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub groups: u32,
    /// The units of a group have pairs with the same posts.
    #[serde(skip_serializing_if = "is_zero")]
    pub together: bool,
    /// So many units in a thousand have the row of the unit before.
    #[serde(skip_serializing_if = "is_zero")]
    pub copies: u32,
    /// What a pair is worth.
    pub weights: Weights,
    /// The placement bonus.
    #[serde(skip_serializing_if = "is_zero")]
    pub bonus: u32,
}

/// The weight of a pair: a sum of components, each at most its number, 0 or more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// What a post is worth to everybody: the most of the first post, and less by rank.
    #[serde(skip_serializing_if = "is_zero")]
    pub common: u32,
    /// How fast that falls: as `1 / rank^(decay / 1000)`.
    #[serde(skip_serializing_if = "is_zero")]
    pub decay: u32,
    /// What a post is worth to the units of one group.
    #[serde(skip_serializing_if = "is_zero")]
    pub group: u32,
    /// What an able unit earns at a good post: a factor of the unit times one of the post.
    #[serde(skip_serializing_if = "is_zero")]
    pub product: u32,
    /// What a post at home is worth; less with the distance, none on the other side of the ring on which all live.
    #[serde(skip_serializing_if = "is_zero")]
    pub nearness: u32,
    /// What a unit earns wherever it is.
    #[serde(skip_serializing_if = "is_zero")]
    pub own: u32,
    /// What nothing explains, every value as likely.
    #[serde(skip_serializing_if = "is_zero")]
    pub noise: u32,
    /// What nothing explains, every order of magnitude as likely.
    #[serde(skip_serializing_if = "is_zero")]
    pub exponential: u32,
    /// Weights are rounded down to multiples of this.
    #[serde(skip_serializing_if = "is_zero")]
    pub step: u32,
    /// By how much all of them are lowered in the end.
    #[serde(skip_serializing_if = "is_zero")]
    pub lowered: u32,
}

/// Whether a number is what recipes leave out.
fn is_zero<T: Default + PartialEq>(number: &T) -> bool {
    *number == T::default()
}

impl Recipe {
    /// The problem. Takes time and memory for its pairs.
    ///
    /// # Errors
    /// More pairs or seats than a [`Problem`] can number.
    ///
    /// ```
    /// use talent_match::generate::instance::{Recipe, Weights};
    ///
    /// let weights = Weights { common: 100, noise: 9, ..Weights::default() };
    /// let recipe = Recipe { units: 50, posts: 5, fewest: 2, seats: 1_100, weights, ..Recipe::default() };
    /// let problem = recipe.problem()?;
    /// assert_eq!(problem.graph().pairs(), 100);
    /// assert_eq!(problem.seats().iter().map(|seats| seats.max()).sum::<u32>(), 55);
    /// # Ok::<(), talent_match::graph::ProblemError>(())
    /// ```
    pub fn problem(&self) -> Result<Problem, ProblemError> {
        let mut draw = Draw::new(self.seed, SHARED);
        let headcounts: Vec<u32> = (0..self.units).map(|_| 1 + draw.below(self.heads.max(1) as usize) as u32).collect();
        let people: u64 = headcounts.iter().map(|&heads| u64::from(heads)).sum();
        let seats = usize::try_from(u128::from(people) * u128::from(self.seats) / 1_000).unwrap_or(usize::MAX);
        let mut rows = Rows::new(self, &mut draw);
        let shares: Vec<f64> = rows.posts.iter().map(|post| falling(post.rank, self.uneven)).collect();
        let problem = assemble(&headcounts, &spread(seats, &shares), |unit, row| {
            if unit == 0 || draw.below(1_000) >= self.copies as usize {
                rows.write(unit);
            }
            row.extend_from_slice(&rows.row);
        })?;
        problem.with_placement_bonus(i64::from(self.bonus))
    }

    /// The recipe for `factor` times as many units, posts and groups; rows stay as long, and homes as near.
    #[must_use]
    pub fn times(&self, factor: u32) -> Self {
        let [units, posts, groups] = [self.units, self.posts, self.groups].map(|count| count.saturating_mul(factor));
        Self { units, posts, groups, ..self.clone() }
    }
}

/// What a post is like.
struct Post {
    rank: usize,
    quality: f64,
}

/// Writes rows, one at a time.
struct Rows<'a> {
    recipe: &'a Recipe,
    posts: Vec<Post>,
    /// Posts by rank.
    order: Vec<u32>,
    /// The last row that has each post, plus 1.
    seen: Vec<u64>,
    written: u64,
    row: Vec<(u32, i32)>,
}

impl<'a> Rows<'a> {
    fn new(recipe: &'a Recipe, draw: &mut Draw) -> Self {
        let order = draw.order(recipe.posts as usize);
        let mut posts: Vec<Post> = order.iter().map(|_| Post { rank: 0, quality: draw.unit() }).collect();
        for (rank, &post) in order.iter().enumerate() {
            posts[post as usize].rank = rank;
        }
        Self { recipe, posts, order, seen: vec![0; recipe.posts as usize], written: 0, row: Vec::new() }
    }

    /// The row of `unit`, ascending by post.
    fn write(&mut self, unit: usize) {
        let recipe = self.recipe;
        self.row.clear();
        if self.posts.is_empty() {
            return;
        }
        let mut draw = Draw::new(recipe.seed, unit as u64);
        let (units, groups) = (recipe.units as usize, recipe.groups.max(1) as usize);
        let group = if recipe.ordered { unit * groups / units } else { draw.below(groups) };
        let mut shared = Draw::new(recipe.seed, 2 * SHARED + group as u64);
        let choice = if recipe.together { &mut shared } else { &mut draw };
        let home = if recipe.ordered { unit * self.posts.len() / units } else { choice.below(self.posts.len()) };
        let most = recipe.most.max(recipe.fewest);
        let degree = recipe.fewest as usize + choice.below((most - recipe.fewest) as usize + 1);
        self.choose(home, degree, choice);
        self.row.sort_unstable();
        self.weigh(home, group, &mut draw);
    }

    /// How many posts a row may have.
    fn reach(&self) -> usize {
        let all = self.posts.len();
        if self.recipe.within == 0 { all } else { all.min(self.recipe.within as usize) }
    }

    /// `degree` different posts near `home`.
    fn choose(&mut self, home: usize, degree: usize, draw: &mut Draw) {
        let (all, reach) = (self.posts.len(), self.reach());
        // Nearest first, one way and the other in turn.
        let near = |step: usize| (home + if step.is_multiple_of(2) { step / 2 } else { all - step.div_ceil(2) }) % all;
        if 2 * degree >= reach {
            let mut left = degree.min(reach);
            for step in 0..reach {
                if draw.below(reach - step) < left {
                    left -= 1;
                    self.row.push((near(step) as u32, 0));
                }
            }
            return;
        }
        self.written += 1;
        // An exponent of 1 is not drawn from.
        let exponent = (f64::from(self.recipe.popular) + 0.5) / 1_000.0;
        let mut tries = 0;
        while self.row.len() < degree {
            tries += 1;
            let even = self.recipe.popular == 0 || tries > 4 * degree;
            let rank = if even { draw.below(reach) } else { Ranks::new(reach, exponent).draw(draw) };
            let post = if self.recipe.within == 0 { self.order[rank] } else { near(rank) as u32 };
            if self.seen[post as usize] != self.written {
                self.seen[post as usize] = self.written;
                self.row.push((post, 0));
            }
        }
    }

    /// Weights for the posts of the row.
    fn weigh(&mut self, home: usize, group: usize, draw: &mut Draw) {
        let (seed, weights) = (self.recipe.seed, &self.recipe.weights);
        let (all, half) = (self.posts.len(), (self.reach() as f64 / 2.0).max(1.0));
        let own = draw.unit() * f64::from(weights.own);
        let ability = draw.unit() * f64::from(weights.product);
        for (number, weight) in &mut self.row {
            let post = &self.posts[*number as usize];
            let apart = home.abs_diff(*number as usize);
            let near = (1.0 - apart.min(all - apart) as f64 / half).max(0.0);
            let fit = mix(seed, 1, group, *number as usize) as f64 / 2f64.powi(64);
            let value = own
                + ability * post.quality
                + near * f64::from(weights.nearness)
                + fit * f64::from(weights.group)
                + falling(post.rank, weights.decay) * f64::from(weights.common)
                + draw.unit() * f64::from(weights.noise)
                + libm::pow(f64::from(weights.exponential) + 1.0, draw.unit())
                - 1.0;
            let value = value as i64;
            let rounded = value - value % i64::from(weights.step.max(1)) - i64::from(weights.lowered);
            *weight = rounded.clamp(-i64::from(MAX_WEIGHT), i64::from(MAX_WEIGHT)) as i32;
        }
    }
}

/// `1 / (1 + rank)^(thousandths / 1000)`.
fn falling(rank: usize, thousandths: u32) -> f64 {
    libm::pow(1.0 + rank as f64, -f64::from(thousandths) / 1_000.0)
}

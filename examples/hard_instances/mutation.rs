//! What recipes a search begins with, how it changes them, and which of them it compares.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use talent_match::generate::instance::{Recipe, Weights};

/// How large recipes may be.
pub(crate) struct Bounds {
    pub(crate) units: (u32, u32),
    pub(crate) pairs: u32,
}

impl Bounds {
    /// `recipe` at a size within bounds.
    pub(crate) fn fit(&self, mut recipe: Recipe) -> Recipe {
        recipe.units = recipe.units.clamp(self.units.0, self.units.1);
        recipe.posts = recipe.posts.clamp(1, 2 * recipe.units);
        recipe.fewest = recipe.fewest.clamp(1, self.pairs / self.units.0);
        recipe.most = recipe.most.clamp(recipe.fewest, 4 * recipe.fewest);
        let degree = u32::midpoint(recipe.fewest, recipe.most);
        let fitting = recipe.units.min(self.pairs / degree);
        // As many posts a unit as before.
        recipe.posts = (u64::from(recipe.posts) * u64::from(fitting) / u64::from(recipe.units)).max(1) as u32;
        recipe.units = fitting;
        recipe
    }
}

/// Recipes are compared with those of their kind, so that the hardest kind does not drive out all others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    seats: &'static str,
    weights: &'static str,
    rows: &'static str,
}

impl Kind {
    pub(crate) fn of(recipe: &Recipe) -> Self {
        let seats = if recipe.heads > 1 {
            "cohorts"
        } else if recipe.units / recipe.posts.max(1) >= 2 {
            "shared"
        } else {
            "single"
        };
        let Weights { common, group, product, nearness, own, noise, exponential, .. } = recipe.weights;
        let components = [
            (common, "common"),
            (group, "group"),
            (product, "product"),
            (nearness, "nearness"),
            (own, "own"),
            (noise, "noise"),
            (exponential, "exponential"),
        ];
        let weights = components.into_iter().filter(|&(most, _)| most > 0).max_by_key(|&(most, _)| most);
        let weights = weights.map_or("equal", |(_, name)| name);
        let rows = match recipe.fewest {
            0..6 => "short",
            6..25 => "usual",
            _ => "long",
        };
        Self { seats, weights, rows }
    }

    pub(crate) fn name(self) -> String {
        format!("{} {}", self.family(), self.rows)
    }

    /// The name without the length of rows.
    pub(crate) fn family(self) -> String {
        format!("{} {}", self.seats, self.weights)
    }
}

/// A number below `end`.
pub(crate) fn pick(numbers: &mut ChaCha8Rng, end: usize) -> usize {
    ((u128::from(numbers.next_u64()) * end as u128) >> 64) as usize
}

/// Recipes that are like the families, and some that are known to be hard for one method or another.
pub(crate) fn starts(units: u32) -> Vec<Recipe> {
    let base = Recipe { units, posts: units / 20, fewest: 16, most: 16, seats: 1_000, ..Recipe::default() };
    let single = Recipe { posts: units, ..base.clone() };
    let noise = |noise| Weights { noise, ..Weights::default() };
    let alike = Weights { common: 200_000, decay: 350, noise: 20_000, ..Weights::default() };
    let near = Weights { group: 1_000_000, noise: 100, ..Weights::default() };
    let product = Weights { product: 1_000_000, ..Weights::default() };
    let home = Weights { nearness: 150_000, ..Weights::default() };
    let exponential = Weights { exponential: 1_000_000_000, ..Weights::default() };
    let groups = (units / 2_500).max(2);
    vec![
        Recipe { seats: 990, weights: noise(1_000_000), ..base.clone() },
        Recipe { weights: noise(1_000_000), ..single.clone() },
        Recipe { weights: noise(3), seats: 600, ..base.clone() },
        Recipe { weights: alike, seats: 600, popular: 1_100, ..base.clone() },
        Recipe { weights: near, groups, together: true, ..base.clone() },
        Recipe { weights: home.clone(), within: 64, ..base.clone() },
        Recipe { weights: home, within: 64, ..single.clone() },
        Recipe { weights: product.clone(), ..base.clone() },
        Recipe { units: units / 8, posts: units / 8, fewest: units / 8, weights: product, ..single.clone() },
        Recipe { units: units / 8, posts: units / 8, fewest: units / 8, weights: noise(1_000_000), ..single },
        Recipe { weights: exponential, ..base.clone() },
        Recipe { weights: noise(1_000_000), heads: 10, ..base },
    ]
}

/// `recipe` with one number changed or a few.
pub(crate) fn mutated(recipe: &Recipe, numbers: &mut ChaCha8Rng) -> Recipe {
    let mut recipe = recipe.clone();
    loop {
        change(&mut recipe, numbers);
        if pick(numbers, 2) == 0 {
            return recipe;
        }
    }
}

fn change(recipe: &mut Recipe, numbers: &mut ChaCha8Rng) {
    let mut one = |choices: &[u32]| choices[pick(numbers, choices.len())];
    let (units, degree) = (recipe.units, recipe.fewest);
    match one(&[0, 1, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13, 13, 13, 13, 14, 15]) {
        0 => recipe.units = one(&[units / 2, units - units / 5, units + units / 4, 2 * units]),
        1 => {
            let posts = recipe.posts;
            recipe.posts = one(&[
                units,
                units - units / 100,
                units + units / 100,
                units - units / 10,
                units / 2,
                units / 5,
                units / 20,
                units / 100,
                posts + posts / 4,
                posts - posts / 5,
            ]);
        }
        2 => recipe.fewest = one(&[2, 4, 8, 16, 32, degree + 1, degree - degree / 4, degree + degree / 4]),
        3 => recipe.most = degree * one(&[1, 1, 2, 4]),
        4 => recipe.heads = one(&[1, 1, 2, 5, 20, 100]),
        5 => recipe.seats = one(&[500, 800, 900, 950, 980, 990, 999, 1_000, 1_001, 1_010, 1_050, 1_100, 1_300]),
        6 => recipe.uneven = one(&[0, 0, 300, 600, 1_000, 1_500]),
        7 => recipe.popular = one(&[0, 0, 300, 600, 1_000, 1_500]),
        8 => recipe.within = one(&[0, 0, degree, degree + 1, degree + degree / 2, 2 * degree, 4 * degree, 20 * degree]),
        9 => recipe.ordered = !recipe.ordered,
        10 => {
            recipe.groups = one(&[0, 1, 2, 10, 100, units / 100, units / 10]);
            recipe.together = one(&[0, 1]) == 1;
        }
        11 => recipe.copies = one(&[0, 0, 100, 500, 900, 990]),
        12 => recipe.seed = u64::from(one(&[1, 2, 3, 4, 5, 6, 7, 8, 9])),
        13 => change_weights(&mut recipe.weights, &mut one),
        14 => recipe.weights.lowered = one(&[0, 0, 10, 1_000, 100_000, 1_000_000]),
        _ => recipe.bonus = one(&[0, 0, 10, 1_000, 100_000, 10_000_000, 1_000_000_000]),
    }
}

fn change_weights(weights: &mut Weights, one: &mut impl FnMut(&[u32]) -> u32) {
    let most = one(&[0, 0, 1, 3, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 500_000_000]);
    match one(&[0, 1, 2, 3, 4, 5, 6, 7, 8]) {
        0 => weights.common = most,
        1 => weights.decay = one(&[0, 10, 100, 350, 600, 1_000, 2_000]),
        2 => weights.group = most,
        3 => weights.product = most,
        4 => weights.nearness = most,
        5 => weights.own = most,
        6 => weights.noise = most,
        7 => weights.exponential = most,
        _ => weights.step = one(&[0, 0, 3, 10, 100, 1_000, 10_000, 100_000, 300_000]),
    }
}

/// Ways to make a recipe plainer, each tried again until it changes nothing.
pub(crate) const SIMPLER: [fn(Recipe) -> Recipe; 20] = [
    |recipe| Recipe { bonus: 0, ..recipe },
    |recipe| Recipe { copies: 0, ..recipe },
    |recipe| Recipe { heads: recipe.heads.min(2), ..recipe },
    |recipe| Recipe { uneven: 0, ..recipe },
    |recipe| Recipe { popular: 0, ..recipe },
    |recipe| Recipe { within: 0, ..recipe },
    |recipe| Recipe { ordered: false, ..recipe },
    |recipe| Recipe { together: false, ..recipe },
    |recipe| Recipe { groups: 0, ..recipe },
    |recipe| Recipe { most: recipe.fewest, ..recipe },
    |recipe| Recipe { seats: 1_000, ..recipe },
    |recipe| weights(recipe, |weights| Weights { lowered: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { common: 0, decay: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { group: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { product: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { nearness: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { own: 0, step: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { noise: 0, ..weights }),
    |recipe| weights(recipe, |weights| Weights { exponential: 0, ..weights }),
    |recipe| {
        if recipe.units < 4_000 {
            return recipe;
        }
        Recipe { units: recipe.units / 2, posts: recipe.posts.div_ceil(2), groups: recipe.groups.div_ceil(2), ..recipe }
    },
];

/// `recipe` with other weights.
fn weights(mut recipe: Recipe, change: fn(Weights) -> Weights) -> Recipe {
    recipe.weights = change(recipe.weights);
    recipe
}

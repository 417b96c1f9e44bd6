//! Problems found by a search for what takes the solver the most work per pair: solved, proven, and no harder than
//! recorded.

use std::sync::Mutex;

use serde::Deserialize;
use talent_match::control::{Control, Observer, Progress};
use talent_match::generate::instance::{Recipe, Weights};
use talent_match::index::{PairId, UnitId};
use talent_match::solve::{Outcome, solve};

use crate::agreement::assert_proven;

/// A recipe, and what is known of it; `examples/hard_instances` writes them.
#[derive(Deserialize)]
struct Hard {
    name: String,
    objective: i64,
    work: u64,
    recipe: Recipe,
}

/// Remembers the work told last.
#[derive(Default)]
struct Work(Mutex<u64>);

impl Observer for Work {
    fn observe(&self, progress: Progress) {
        *self.0.lock().unwrap() = progress.work;
    }
}

#[test]
fn what_a_search_found_is_solved_and_takes_no_more_work_than_recorded_and_a_quarter() {
    let hard: Vec<Hard> = serde_json::from_str(include_str!("../data/hard.json")).unwrap();
    assert!(hard.len() >= 10);
    for Hard { name, objective, work, recipe } in hard {
        let problem = recipe.problem().unwrap();
        let spent = Work::default();
        let outcome = solve(&problem, &Control::new().with_observer(&spent)).unwrap();
        let Outcome::Optimal(solution) = outcome else { panic!("{name}: no limit was set") };
        assert_eq!(assert_proven(&problem, &solution), i128::from(objective), "{name}");
        let spent = spent.0.into_inner().unwrap();
        // What to do about it is said in `tests/data/ORIGIN.md`.
        assert!(spent <= work + work / 4, "{name}: {spent} pairs visited, {work} recorded");
    }
}

#[test]
fn a_recipe_gives_what_it_says() {
    let weights = Weights { common: 900, noise: 500, step: 7, lowered: 300, ..Weights::default() };
    let base = Recipe { units: 300, posts: 60, fewest: 3, most: 9, seats: 900, weights, ..Recipe::default() };
    let recipe = Recipe { heads: 4, within: 12, ordered: true, copies: 500, bonus: 40, ..base.clone() };
    let problem = recipe.problem().unwrap();
    assert_eq!(problem, recipe.problem().unwrap());
    assert_ne!(problem, Recipe { seed: 1, ..recipe.clone() }.problem().unwrap());
    assert_eq!(serde_json::from_str::<Recipe>(&serde_json::to_string(&recipe).unwrap()).unwrap(), recipe);

    let people: u32 = problem.headcounts().iter().sum();
    assert_eq!(problem.seats().iter().map(|seats| seats.max()).sum::<u32>(), people * 9 / 10);
    assert!((1..=4).all(|heads| problem.headcounts().contains(&heads)));
    assert!(problem.weights().iter().all(|weight| (-300..=1_100).contains(weight) && (weight + 300) % 7 == 0));
    assert_eq!(problem.placement_bonus(), 40);
    let rows: Vec<_> = UnitId::all(300).map(|unit| problem.graph().neighbours(unit)).collect();
    assert!((3..=9).all(|degree| rows.iter().any(|row| row.len() == degree)));
    assert!(rows.iter().all(|row| (3..=9).contains(&row.len())));
    let copies = rows.windows(2).filter(|rows| rows[0] == rows[1]).count();
    assert!((100..200).contains(&copies), "{copies}");
    let alone = Recipe { copies: 0, ..recipe.clone() }.problem().unwrap();
    for unit in UnitId::all(300) {
        // Homes are in the order of the units, five at each post, on a ring of 60.
        let apart = |post: usize| (unit.index() / 5).abs_diff(post);
        let row = alone.graph().neighbours(unit);
        assert!(row.iter().all(|post| apart(post.index()).min(60 - apart(post.index())) <= 6), "{unit:?}: {row:?}");
    }

    let together = Recipe { groups: 5, together: true, ..base.clone() }.problem().unwrap();
    let mut rows: Vec<_> = UnitId::all(300).map(|unit| together.graph().neighbours(unit)).collect();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), 5);
    let larger = base.times(3);
    assert_eq!((larger.units, larger.posts, larger.fewest, larger.most), (900, 180, 3, 9));
    let plain = Recipe { weights: Weights { common: 5, ..Weights::default() }, ..base }.problem().unwrap();
    let weights = (0..plain.graph().pairs() as u32).map(|pair| plain.weight(PairId::new(pair)));
    assert!(weights.eq(std::iter::repeat_n(5, plain.graph().pairs())), "nothing falls without a decay");
    assert_eq!(Recipe { units: 3, fewest: 2, ..Recipe::default() }.problem().unwrap().graph().pairs(), 0);
}

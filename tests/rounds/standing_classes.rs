//! Classes in which somebody stands: they are open, and what is left of their minimum must be reached or is refused by name.

use talent_match::audit::audit;
use talent_match::insight::{ClassState, Vacancy, classes, posts, schools, tracks, unplaced};
use talent_match::market::{
    Amount, Bond, BondKind, Decision, DecisionState, Dimension, Facet, Opening, Placement, Placements, Quota, RuleBook,
};
use talent_match::relaxation::cancelled;
use talent_match::{Config, Control, Error, Language};

use crate::classes::{assert_reopening, classy, too_few};
use crate::decisions::decide;
use crate::random::Random;
use crate::random_markets::{engine, run};
use crate::world::World;

/// `li`, `wu` and `xu`, and the class `fitter` that opens with three; `li` has signed.
fn signed() -> World {
    let mut world = too_few();
    let mut other = world.supply[0].clone();
    "xu".clone_into(&mut other.id);
    world.supply.push(other);
    world.decisions = vec![Decision::at("li", "fitter", DecisionState::Signed)];
    world
}

fn refusal(world: &World) -> Error {
    let market = world.market();
    engine(&Config::default()).run(&market, &Control::new()).expect_err("the limits cannot all hold")
}

fn held(world: &World) -> Vec<(String, [u64; 3])> {
    let Error::Held { held, .. } = refusal(world) else { panic!("{}", refusal(world)) };
    held.into_iter().map(|held| (held.limit, [held.standing, held.needed, held.possible])).collect()
}

#[test]
fn those_who_stand_count_towards_opening() {
    let world = signed();
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let line = &classes(&result)[0];
    assert_eq!((line.state, line.least, line.applicants, line.missing), (ClassState::Opened, 3, 3, 0));
    assert_eq!((line.placed, line.standing), (3, 1));
    assert!(cancelled(&result, &Control::new()).is_empty());
    let post = &posts(&result)[0];
    assert_eq!((post.placed, post.applicants, post.vacancy), (3, 3, Some(Vacancy::FewApplicants)));
    let json = serde_json::to_string(&classes(&result)).expect("it is data");
    assert!(json.contains("\"standing\":1"), "{json}");
    // One who stands and nobody else is a class below its minimum to the audit too.
    let at = |unit: &str| Placement {
        unit: market.find_unit(unit).expect("a unit"),
        post: market.find_post("fitter").expect("a post"),
        people: 1,
    };
    let told = |units: &[&str]| -> Vec<String> {
        let placements = Placements::new(units.iter().map(|unit| at(unit)).collect());
        audit(&market, &RuleBook::default(), &placements).findings().iter().map(ToString::to_string).collect()
    };
    assert_eq!(told(&["li", "wu", "xu"]), [""; 0]);
    assert_eq!(told(&["li", "wu"]), ["A04 class size, post fitter: 2 of at least 3"]);
    assert_eq!(told(&[]), ["A12 placements that stand, unit li, post fitter: 0 of at least 1"]);
}

#[test]
fn a_class_that_is_open_and_cannot_be_filled_is_named() {
    let mut world = signed();
    world.decisions.push(Decision::at("wu", "fitter", DecisionState::Declined));
    let error = refusal(&world);
    assert_eq!(
        error.message(Language::English),
        "E005: the minimums cannot all hold, among them these that must because placements stand: `fitter` (1 stands, 2 more \
         must come, 1 could); release some of them, lower a minimum, or let more people reach it"
    );
    assert_eq!(
        error.message(Language::Chinese),
        "E005：各项下限不能同时满足，其中因已有安置保持不变而必须满足的有：“fitter”（1 人保持不变，还须 2 人，可来 1 人）；\
         请减少锁定，降低下限，或让更多人可以到达"
    );
    // Each thing that it names does.
    let released = World { decisions: world.decisions[1..].to_vec(), ..world.clone() };
    let market = released.market();
    assert_eq!(run(&engine(&Config::default()), &market).placements().people(), 0);
    let mut lower = world.clone();
    lower.posts[0].seats_min = 2;
    let market = lower.market();
    assert_eq!(run(&engine(&Config::default()), &market).placements().people(), 2);
    // A class in which nobody stands stays closed all the same.
    world.decisions[0] = Decision::at("li", "fitter", DecisionState::Placed);
    let market = world.market();
    assert_eq!(run(&engine(&Config::default()), &market).placements().people(), 0);
}

#[test]
fn classes_that_need_the_same_people_are_all_named() {
    let mut world = signed();
    let (mut post, mut unit) = (world.posts[0].clone(), world.supply[0].clone());
    "welder".clone_into(&mut post.id);
    "yu".clone_into(&mut unit.id);
    world.posts.push(post);
    world.supply.push(unit);
    world.decisions.push(Decision::at("yu", "welder", DecisionState::Frozen));
    let both = [("fitter".to_owned(), [1, 2, 2]), ("welder".to_owned(), [1, 2, 2])];
    assert_eq!(held(&world), both);
    // If one of them is short in any case, it alone.
    world.posts[0].seats_min = 4;
    assert_eq!(held(&world), [("fitter".to_owned(), [1, 3, 2])]);
}

#[test]
fn groups_and_bonds_that_are_held_are_named_too() {
    let mut world = signed();
    (world.posts[0].seats_min, world.posts[0].opening) = (0, Opening::Always);
    let plain = world.clone();
    let quota = Quota::new("centre", "Centre", vec![Facet::new(Dimension::School, "school")]);
    world.quotas = vec![quota.at_least(Amount::Count(4))];
    world.quotas[0].opening = Opening::OrClosed;
    assert_eq!(held(&world), [("centre".to_owned(), [1, 3, 2])]);
    world.decisions.clear();
    let market = world.market();
    assert_eq!(run(&engine(&Config::default()), &market).placements().people(), 0);
    let mut world = plain;
    world.bonds = vec![Bond::new("pair", BondKind::Together, vec!["li".to_owned(), "wu".to_owned()])];
    let market = world.market();
    assert_eq!(run(&engine(&Config::default()), &market).placements().people(), 3);
    world.decisions.push(Decision::at("wu", "fitter", DecisionState::Declined));
    assert_eq!(held(&world), [("pair".to_owned(), [1, 1, 0])]);
}

#[test]
fn whoever_stands_elsewhere_is_no_applicant() {
    let mut world = signed();
    let mut post = world.posts[0].clone();
    (post.id, post.seats_min, post.opening) = ("welder".to_owned(), 0, Opening::Always);
    world.posts.push(post);
    world.decisions = vec![Decision::at("li", "welder", DecisionState::Signed)];
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let line = &classes(&result)[0];
    assert_eq!((line.state, line.applicants, line.missing), (ClassState::Short, 2, 1));
    let lines = posts(&result);
    assert_eq!((lines[0].vacancy, lines[1].vacancy), (Some(Vacancy::Cancelled), Some(Vacancy::FewApplicants)));
    assert_eq!((lines[0].applicants, lines[1].applicants), (2, 3));
    let applicants: u64 = tracks(&result).iter().map(|line| line.applicants).sum();
    assert_eq!(applicants, 3, "there is one track");
    assert_eq!((schools(&result)[0].with_choice, unplaced(&result).people), (3, 0));
    // Standing where the rules would not allow it is a choice, and counts there alone.
    world.supply[0].grade = Some(1);
    let market = world.market();
    let result = run(&engine, &market);
    assert_eq!(posts(&result).iter().map(|line| line.applicants).collect::<Vec<_>>(), [2, 3]);
    let applicants: u64 = tracks(&result).iter().map(|line| line.applicants).sum();
    assert_eq!((applicants, schools(&result)[0].with_choice), (3, 3));
}

#[test]
fn what_it_takes_to_open_a_class_counts_those_who_stand_elsewhere() {
    let mut met = [0; 5];
    for seed in 0..400 {
        let mut world = classy(seed);
        decide(&mut world, &mut Random::new(seed ^ 0x57a4d));
        assert_reopening(&world, seed, &mut met);
    }
    assert!(met.iter().all(|&count| count > 5), "{met:?}");
}

//! What a change set may not do silently, and what is said of rounds with it that were stopped.

use serde_json::{Value, json};
use talent_match::control::Limits;
use talent_match::market::{
    Amount, Decision, DecisionState, Dimension, Facet, FaultCode, Mentor, Opening, Programme, Quota,
};
use talent_match::scoring::Criterion;
use talent_match::what_if::{ChangeSet, Comparison, Sweep, SweepState, Turn, View, sweep, what_if};
use talent_match::{Config, Control, Error, Market, Status, Verified};

use crate::limits::limited;
use crate::random_markets::{config, engine, jinpu_market, run};
use crate::world::World;

fn changes(value: Value) -> ChangeSet {
    serde_json::from_value(value).expect("it is a change set")
}

fn compared(before: &Verified<'_>, value: Value) -> Comparison {
    what_if(before, &changes(value), &Control::new()).expect("a round")
}

fn with_work(work: u64) -> Control<'static> {
    Control::new().with_limits(Limits::NONE.with_work(work))
}

/// Students `li` at school `school`, `wu` at `college`, and a seat for each.
fn two_schools() -> World {
    let mut world = World::of_two();
    let mut school = world.schools[0].clone();
    "college".clone_into(&mut school.id);
    world.schools.push(school);
    world.programmes.push(Programme::new("welding", "college", world.programmes[0].code));
    let mut wu = world.supply[0].clone();
    (wu.id, wu.programme) = ("wu".to_owned(), Some("welding".to_owned()));
    world.supply.push(wu);
    world.post().seats_max = 2;
    world
}

#[test]
fn nothing_restores_the_default_of_a_setting() {
    let market = World::of_two().market();
    let other = config(|config| {
        config.rules.numbers.pay_percent = 75;
        config.criteria = config.criteria.clone().with_weight(Criterion::Wish, 99);
    });
    let set = changes(json!({"config": {"rules": {"numbers": {"pay_percent": null}}}}));
    let expected = config(|config| config.criteria = config.criteria.clone().with_weight(Criterion::Wish, 99));
    assert_eq!(set.apply(&market, &other).expect("a configuration").config, expected);
}

#[test]
fn a_round_of_one_school_is_no_round_of_all_without_it() {
    let mut world = two_schools();
    world.round.schools = vec!["school".to_owned()];
    let gone = changes(json!({"leave": {"schools": ["school"]}}));
    let refused = gone.apply(&world.market(), &Config::default()).expect_err("nobody is left who takes part");
    let Error::Market(faults) = refused else { panic!("{refused}") };
    assert!(faults.has(FaultCode::Dangling), "{faults}");
}

#[test]
fn a_quota_that_loses_one_of_its_properties_goes() {
    let mut world = two_schools();
    let both = vec![Facet::new(Dimension::School, "college"), Facet::new(Dimension::Owner, "plant")];
    world.quotas = vec![Quota::new("both", "Cap", both).at_most(Amount::Count(1))];
    let gone = changes(json!({"leave": {"schools": ["college"]}}));
    let changed = gone.apply(&world.market(), &Config::default()).expect("a market");
    assert!(changed.market.quotas().is_empty(), "it would be a cap on everybody at the plant");
}

#[test]
fn the_mentor_of_a_programme_leaves_with_it() {
    let mut world = two_schools();
    world.mentors = vec![Mentor::new("m1", "college", 2), Mentor::new("m2", "college", 2)];
    world.mentors[1].programme = Some("welding".to_owned());
    let gone = changes(json!({"leave": {"programmes": ["welding"]}}));
    let changed = gone.apply(&world.market(), &Config::default()).expect("nothing is left hanging");
    assert_eq!(changed.market.mentors(), &world.mentors[..1]);
}

#[test]
fn a_school_that_leaves_has_nobody_placed() {
    let market = two_schools().market();
    let engine = engine(&Config::default());
    let said = compared(&run(&engine, &market), json!({"leave": {"schools": ["college"]}}));
    let schools: Vec<(&str, u64, u64)> =
        said.schools.iter().map(|party| (party.id.as_str(), party.before, party.after)).collect();
    assert_eq!(schools, [("college", 1, 0)]);
    assert_eq!(said.people.get(&Turn::Leaves), Some(&1));
}

#[test]
fn a_goal_that_is_given_up_is_still_told() {
    let market = World::of_two().market();
    let engine = engine(&Config::default());
    let said = compared(&run(&engine, &market), json!({"config": {"objective": {"goals": ["placed"]}}}));
    let told: Vec<(&str, Option<f64>, bool)> =
        said.goals.iter().map(|goal| (goal.goal.word(), goal.after, goal.before.is_some())).collect();
    assert_eq!(told, [("placed", Some(1.0), true), ("in_consortium", None, true), ("score", None, true)]);
    assert_eq!(said.goals[1].by(), None);
}

#[test]
fn classes_that_open_and_close_are_named() {
    let mut world = two_schools();
    (world.post().seats_min, world.post().opening) = (2, Opening::OrClosed);
    let market = world.market();
    let engine = engine(&Config::default());
    let before = run(&engine, &market);
    let [open, closed] = [1, 3].map(|least| {
        compared(&before, json!({"put": {"posts": [{"id": "fitter", "seats_min": least, "seats_max": 3}]}}))
    });
    assert_eq!((open.opened.len(), open.closed.len()), (0, 0), "it is open in both");
    assert_eq!((closed.opened.len(), closed.closed[0].id.as_str()), (0, "fitter"));
    world.post().seats_min = 3;
    world.post().seats_max = 3;
    let market = world.market();
    let before = run(&engine, &market);
    let open = compared(&before, json!({"put": {"posts": [{"id": "fitter", "seats_min": 2}]}}));
    assert_eq!((open.opened[0].id.as_str(), open.closed.len()), ("fitter", 0));
    let neither = compared(&before, json!({"put": {"posts": [{"id": "fitter", "seats_max": 4}]}}));
    assert_eq!((neither.opened.len(), neither.closed.len()), (0, 0), "it is closed in both");
}

#[test]
fn whoever_moves_is_asked_by_the_later_wishes() {
    let mut world = World::of_two();
    let mut other = world.post().clone();
    "welder".clone_into(&mut other.id);
    world.posts.push(other);
    world.unit().wishes = vec!["fitter".to_owned()];
    let market = world.market();
    let engine = engine(&Config::default());
    let said = compared(&run(&engine, &market), json!({"put": {"supply": [{"id": "li", "wishes": ["welder"]}]}}));
    assert_eq!((said.people.get(&Turn::Moves), said.views.get(&View::Better)), (Some(&1), Some(&1)));
}

#[test]
fn a_difference_is_exact_only_between_two_proven_rounds() {
    let market = jinpu_market(300, 4);
    let engine = engine(&Config::default());
    let proven = run(&engine, &market);
    let stopped = engine.run(&market, &with_work(0)).expect("nobody placed is feasible");
    assert!(matches!(stopped.status(), Status::Feasible { gap: 1.., .. }));
    assert!(Comparison::of("", &proven, &proven).exact);
    assert!(!Comparison::of("", &proven, &stopped).exact);
    assert!(!Comparison::of("", &stopped, &proven).exact);
    let weights: Sweep = serde_json::from_value(json!({
        "changes": {"config": {"criteria": {"weights": {"wish": 0}}}},
        "at": "/config/criteria/weights/wish", "values": [0, 900],
    }))
    .expect("it is a sweep");
    let states = |control: &Control<'_>| -> Vec<SweepState> {
        let curve = sweep(&proven, &weights, control).expect("there is a number");
        curve.into_iter().map(|point| point.state).collect()
    };
    assert_eq!(states(&Control::new()), [SweepState::Optimal; 2]);
    assert_eq!(states(&with_work(0)), [SweepState::Stopped; 2]);
}

/// The states of `sweep` over the work allowed.
fn state(market: &Market, sweep_of: &Sweep, control: &Control<'_>) -> SweepState {
    let engine = engine(&Config::default());
    let before = engine.run(market, &Control::new()).expect("a round");
    sweep(&before, sweep_of, control).expect("there is a number")[0].state
}

#[test]
fn limits_that_cannot_hold_are_told_from_those_that_were_not_found_out() {
    // A class with somebody in it that is to have more people than there are.
    let mut world = two_schools();
    (world.post().seats_min, world.post().opening) = (1, Opening::OrClosed);
    world.decisions = vec![Decision::at("li", "fitter", DecisionState::Signed)];
    let least: Sweep = serde_json::from_value(json!({
        "changes": {"put": {"posts": [{"id": "fitter", "seats_min": 9, "seats_max": 9}]}},
        "at": "/put/posts/0/seats_min", "values": [9],
    }))
    .expect("it is a sweep");
    assert_eq!(state(&world.market(), &least, &Control::new()), SweepState::Impossible);
    let mut unknown = 0;
    for seed in 0..60 {
        let market = limited(seed).market();
        if engine(&Config::default()).run(&market, &Control::new()).is_err() {
            continue;
        }
        let weights: Sweep = serde_json::from_value(json!({
            "changes": {"config": {"criteria": {"weights": {"wish": 0}}}},
            "at": "/config/criteria/weights/wish", "values": [900],
        }))
        .expect("it is a sweep");
        // The limits are those of a round that there is: impossible is what nobody may say.
        let found = state(&market, &weights, &with_work(0));
        assert_ne!(found, SweepState::Impossible, "seed {seed}");
        unknown += usize::from(found == SweepState::Unknown);
    }
    assert!(unknown > 0);
}

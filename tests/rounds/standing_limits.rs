//! Mentors, shares of people and rules, with those who stand and without those who have left.

use talent_match::Config;
use talent_match::audit::audit;
use talent_match::market::{
    Amount, Base, Decision, DecisionState, Dimension, Facet, Mentor, Placement, Placements, PostKind, Quota, RuleBook,
    Supply,
};

use crate::decisions::second;
use crate::random_markets::{engine, run};
use crate::world::{WINDOW, World};

fn placed(world: &World) -> u64 {
    let (market, config) = (world.market(), Config::default());
    let engine = engine(&config);
    run(&engine, &market).placements().people()
}

#[test]
fn mentors_of_those_who_stand_are_taken() {
    let mut world = World::of_two();
    world.agree(&[]);
    world.post().kind = PostKind::Apprenticeship;
    world.post().seats_max = 3;
    let mut wu = world.supply[0].clone();
    "wu".clone_into(&mut wu.id);
    world.supply.push(wu);
    world.decisions = vec![Decision::at("li", "fitter", DecisionState::Signed)];
    for (capacity, people) in [(1, 1), (2, 2)] {
        world.mentors = vec![Mentor::new("ma", "plant", capacity), Mentor::new("xu", "school", 9)];
        assert_eq!(placed(&world), people, "{capacity}");
        world.mentors = vec![Mentor::new("ma", "plant", 9), Mentor::new("xu", "school", capacity)];
        assert_eq!(placed(&world), people, "{capacity}");
    }
}

#[test]
fn a_share_of_people_is_of_those_who_are_there() {
    let mut world = World::of_two();
    world.post().seats_max = 9;
    world.supply = vec![Supply::cohort("ban", "machining", 2, 8, world.supply[0].birth, WINDOW)];
    let of = vec![Facet::new(Dimension::Unit, "ban")];
    world.quotas = vec![Quota::new("half", "Half", of).at_most(Amount::Percent(50, Base::People))];
    assert_eq!(placed(&world), 4);
    world.decisions = vec![Decision::left("ban").of_people(4)];
    assert_eq!(placed(&world), 2);
    world.decisions.push(Decision::at("ban", "fitter", DecisionState::Frozen).of_people(1));
    assert_eq!(placed(&world), 2, "the one who stands counts");
}

/// Two of the cohort `ban` stand; a third one beside them is asked of the rules.
#[test]
fn a_placement_that_stands_lets_nobody_else_of_the_cohort_in() {
    let mut world = second();
    world.decisions.push(Decision::at("ban", "welder", DecisionState::Declined));
    for (grade, broken) in [(2, vec!["R15"]), (1, vec!["R04", "R15"])] {
        world.supply.iter_mut().filter(|unit| unit.id == "ban").for_each(|unit| unit.grade = Some(grade));
        let market = world.market();
        let told = |people: u32| -> Vec<&str> {
            let at = |(unit, post, people)| Placement {
                unit: market.find_unit(unit).expect("a unit"),
                post: market.find_post(post).expect("a post"),
                people,
            };
            let placements = Placements::new([("li", "fitter", 1), ("ban", "welder", people)].map(at).to_vec());
            let audit = audit(&market, &RuleBook::default(), &placements);
            audit.findings().iter().map(|finding| finding.check.code()).collect()
        };
        assert_eq!(told(2), [""; 0]);
        assert_eq!(told(3), broken);
    }
}

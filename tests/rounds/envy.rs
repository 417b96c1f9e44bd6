//! Envy and rates: what is said of pairs and groups is what counting person by person says.

use std::collections::{BTreeMap, BTreeSet};

use talent_match::audit::audit;
use talent_match::eligibility::first_cut;
use talent_match::insight::{Blocking, FairnessLine, Outlet, Quantiles, blocking, fairness};
use talent_match::market::{
    Decision, DecisionState, Dimension, Flag, Market, Opening, Placement, Placements, PostIx, SupplyIx,
};
use talent_match::scoring::{Criterion, Explainer};
use talent_match::{Config, Control, Engine, Language, Verified};

use crate::decisions::decide;
use crate::limits::limited;
use crate::random::Random;
use crate::random_markets::{Size, config, engine, run, world};
use crate::world::World;

/// One person: of which unit, and where; who stands or has left is not among them.
type Person = (SupplyIx, Option<PostIx>);

fn persons(result: &Verified<'_>) -> Vec<Person> {
    let market = result.docking().market();
    let mut persons = Vec::new();
    for unit in SupplyIx::all(market.supply().len()) {
        let mut open = market.open_headcount(unit);
        for post in PostIx::all(market.posts().len()) {
            let there = result.placements().of(unit).iter().filter(|placement| placement.post == post);
            let here = there.map(|placement| placement.people).sum::<u32>() - market.frozen_of(unit, post);
            open -= here;
            persons.extend((0..here).map(|_| (unit, Some(post))));
        }
        persons.extend((0..open).map(|_| (unit, None)));
    }
    persons
}

/// Every person and post that block, from the words of the market; with the outlet.
fn listed(result: &Verified<'_>) -> Vec<(Person, PostIx, Outlet)> {
    let (market, config) = (result.docking().market(), result.docking().config());
    // What a post thinks of people is what they score where wishes score nothing.
    let criteria = config.criteria.clone().with_weight(Criterion::Wish, 0);
    let explainer = Explainer::new(market, &criteria, &config.rules);
    let steps = |unit, post| (explainer.explain(unit, post).total * f64::from(config.objective.steps)).round();
    let rank = |unit, post: PostIx| market.unit(unit).wishes.iter().position(|id| *id == market.post(post).id);
    let persons = persons(result);
    let mut found = Vec::new();
    for person @ (unit, now) in &persons {
        for post in PostIx::all(market.posts().len()) {
            let acceptable = first_cut(market, &config.rules, *unit, post, Language::English).is_none();
            let wants = rank(*unit, post)
                .is_some_and(|wish| now.and_then(|now| rank(*unit, now)).is_none_or(|present| wish < present));
            if !acceptable || !wants {
                continue;
            }
            let (row, there) = (market.post(post), result.placements().all().iter().filter(|at| at.post == post));
            let taken: u32 = there.map(|placement| placement.people).sum();
            let shut = taken == 0 && row.opening == Opening::OrClosed && row.seats_min > 1;
            let worse = |(other, at): &Person| *at == Some(post) && steps(*other, post) < steps(*unit, post);
            if taken < row.seats_max && !shut {
                found.push((*person, post, Outlet::FreeSeat));
            } else if persons.iter().any(worse) {
                found.push((*person, post, Outlet::Occupant));
            }
        }
    }
    found
}

/// The placements of `result` after the move that `pair` says.
fn moved(result: &Verified<'_>, pair: &talent_match::insight::BlockingPair) -> Placements {
    let market = result.docking().market();
    let mut people: BTreeMap<(SupplyIx, PostIx), u32> = BTreeMap::new();
    for placement in result.placements().all() {
        *people.entry((placement.unit, placement.post)).or_default() += placement.people;
    }
    let (unit, post) =
        (market.find_unit(&pair.unit).expect("a unit"), market.find_post(&pair.post.id).expect("a post"));
    *people.entry((unit, post)).or_default() += 1;
    if let Some(from) = &pair.from {
        *people.get_mut(&(unit, market.find_post(&from.id).expect("a post"))).expect("somebody is there") -= 1;
    }
    if let Some(other) = &pair.occupant {
        let other = market.find_unit(other).expect("a unit");
        *people.get_mut(&(other, post)).expect("somebody is there") -= 1;
    }
    let rows = people.into_iter().filter(|(_, people)| *people > 0);
    Placements::new(rows.map(|((unit, post), people)| Placement { unit, post, people }).collect())
}

fn assert_blocking(result: &Verified<'_>, context: &str) -> Blocking {
    let market = result.docking().market();
    let (said, listed) = (blocking(result), listed(result));
    let mut pairs: BTreeMap<(String, String), (u64, Outlet)> = BTreeMap::new();
    for ((unit, _), post, outlet) in &listed {
        let key = (market.unit(*unit).id.clone(), market.post(*post).id.clone());
        pairs.entry(key).or_insert((0, *outlet)).0 += 1;
    }
    let told: BTreeMap<_, _> =
        said.pairs.iter().map(|pair| ((pair.unit.clone(), pair.post.id.clone()), (pair.people, pair.outlet))).collect();
    assert_eq!(told, pairs, "{context}");
    assert_eq!(said.pairs.len(), told.len(), "{context}: no pair twice");
    let everybody = persons(result);
    let envious = everybody.iter().filter(|person| listed.iter().any(|(other, ..)| other == *person));
    assert_eq!(said.envy.people, envious.count() as u64, "{context}");
    let wishing = persons(result).iter().filter(|(unit, _)| !market.unit(*unit).wishes.is_empty()).count() as u64;
    assert_eq!(said.envy.of, wishing, "{context}");
    assert_eq!(said.envy.free_seat + said.envy.occupant, said.pairs.len() as u64);
    assert_eq!(said.envy.free_seat, said.pairs.iter().filter(|pair| pair.outlet == Outlet::FreeSeat).count() as u64);
    for pair in &said.pairs {
        let clean = audit(market, &result.docking().config().rules, &moved(result, pair)).is_clean();
        assert_eq!(pair.keeps_limits, clean, "{context}: {pair:?}");
        assert_eq!(pair.occupant.is_some(), pair.outlet == Outlet::Occupant);
        // Nobody of the unit is worse off than the member who moves first.
        let (unit, rank) = (market.find_unit(&pair.unit).expect("a unit"), |post: Option<PostIx>| {
            let row = &market.unit(market.find_unit(&pair.unit)?).wishes;
            row.iter().position(|id| post.is_some_and(|post| market.post(post).id == *id))
        });
        let from = pair.from.as_ref().and_then(|from| market.find_post(&from.id));
        for (_, now) in everybody.iter().filter(|person| person.0 == unit) {
            assert!(rank(from).is_none() || rank(*now).is_some_and(|now| Some(now) <= rank(from)), "{context}");
            assert!(from.is_none() || now.is_some(), "{context}");
        }
        assert!(pair.occupant_steps.is_none_or(|other| other < pair.steps));
    }
    assert_eq!(said.envy.keeps_limits, said.pairs.iter().filter(|pair| pair.keeps_limits).count() as u64);
    said
}

/// Result of `market` if its limits can all hold.
fn possible<'a>(engine: &'a Engine, market: &'a Market) -> Option<Verified<'a>> {
    engine.run(market, &Control::new()).ok()
}

#[test]
fn blocking_pairs_are_those_that_counting_person_by_person_finds() {
    let (mut free, mut occupied, mut held_back) = (0, 0, 0);
    for seed in 0..500 {
        // Where wishes score little, the goals leave envy.
        let plain = config(|config| config.criteria = config.criteria.clone().with_weight(Criterion::Wish, 1));
        let engine = engine(&plain);
        let mut rows = world(seed, Size { units: 16, posts: 4, cohort: 3, oddity: 16 });
        if seed % 3 == 0 {
            decide(&mut rows, &mut Random::new(seed));
        }
        let market = rows.market();
        let said = possible(&engine, &market).map(|result| assert_blocking(&result, &format!("seed {seed}")));
        let market = limited(seed).market();
        let tight = possible(&engine, &market).map(|result| assert_blocking(&result, &format!("limited {seed}")));
        for said in said.into_iter().chain(tight) {
            free += said.envy.free_seat;
            occupied += said.envy.occupant;
            held_back += said.pairs.len() as u64 - said.envy.keeps_limits;
        }
    }
    assert!(free > 20 && occupied > 40 && held_back > 40, "{free} {occupied} {held_back}");
}

#[test]
fn who_stands_neither_moves_nor_makes_room() {
    let mut world = World::of_two();
    let mut wu = world.supply[0].clone();
    (wu.id, wu.wishes) = ("wu".to_owned(), vec!["fitter".to_owned()]);
    wu.flags = vec![Flag::Poor];
    world.supply.push(wu);
    world.decisions = vec![Decision::at("li", "fitter", DecisionState::Signed)];
    let (standing, open) = (world.market(), {
        world.decisions[0].state = DecisionState::Placed;
        world.market()
    });
    let engine = engine(&Config::default());
    assert_eq!(blocking(&run(&engine, &standing)).pairs, []);
    // Without the decision, staying outweighs the wish of wu, whom the post likes better but for that.
    let said = blocking(&run(&engine, &open));
    assert_eq!((said.envy.people, said.envy.of), (0, 1), "li earns more by staying: {said:?}");
}

/// Counted person by person.
fn assert_fairness(result: &Verified<'_>) -> usize {
    let market = result.docking().market();
    let lines = fairness(result);
    let told: BTreeSet<String> = lines.iter().map(|line| line.group.to_string()).collect();
    assert_eq!(told.len(), lines.len(), "no group twice");
    let explainer = result.docking().explainer();
    for FairnessLine { group, people, with_choice, placed, points, .. } in &lines {
        let (mut all, mut choice, mut there, mut scores) = (0, 0, 0, Vec::new());
        for unit in SupplyIx::all(market.supply().len()) {
            let row = market.unit(unit);
            let school = row.programme.as_ref().and_then(|id| market.programmes().iter().find(|row| row.id == *id));
            let is_in = match group.dimension {
                Dimension::School => school.is_some_and(|programme| programme.school == group.value),
                Dimension::Level => school.is_some_and(|programme| programme.code.level().word() == group.value),
                Dimension::Flag => row.flags.iter().any(|flag| flag.word() == group.value),
                _ => {
                    let own = row.region.unwrap_or_else(|| market.division_of(market.party_of(market.home_of(unit))));
                    own.to_string() == group.value
                }
            };
            if is_in {
                let (present, open) = (market.present(unit), market.open_headcount(unit));
                all += u64::from(present);
                choice += u64::from(present - open);
                choice += if result.docking().acceptable().posts_of(unit).is_empty() { 0 } else { u64::from(open) };
                for placement in result.placements().of(unit) {
                    there += u64::from(placement.people);
                    let new = placement.people - market.frozen_of(unit, placement.post);
                    let steps = (explainer.explain(unit, placement.post).total * 100.0).round();
                    scores.extend((0..new).map(|_| steps / 100.0));
                }
            }
        }
        scores.sort_by(f64::total_cmp);
        assert_eq!((*people, *with_choice, *placed), (all, choice, there), "{group}");
        assert_eq!(points.is_some(), !scores.is_empty());
        if let Some(Quantiles { least, lower, median, upper, most }) = points {
            let quarters = [1, 2, 3].map(|quarters| scores[(scores.len() * quarters).div_ceil(4) - 1]);
            assert_eq!(
                [*least, *lower, *median, *upper, *most].as_slice(),
                [&scores[..1], &quarters, &scores[scores.len() - 1..]].concat()
            );
        }
    }
    lines.len()
}

#[test]
fn rates_and_quantiles_are_counted_person_by_person() {
    let mut groups = 0;
    for seed in 0..60 {
        let mut rows = world(seed, Size { units: 12, posts: 5, cohort: 5, oddity: 9 });
        if seed % 2 == 0 {
            decide(&mut rows, &mut Random::new(seed));
        }
        let market = rows.market();
        let engine = engine(&Config::default());
        groups += possible(&engine, &market).map_or(0, |result| assert_fairness(&result));
    }
    assert!(groups > 300, "{groups}");
}

//! From a round to the next: what replies become, who stays, who waits.

use jiff::civil::date;
use talent_match::control::Threads;
use talent_match::insight::{decided, waiting_list};
use talent_match::market::{Decision, DecisionState, FaultCode, Market, Reply, Round, Said, Supply, SupplyIx};
use talent_match::{Config, Control, Record, Verified};

use crate::random::Random;
use crate::random_markets::{Pick, engine, jinpu_market, run};
use crate::world::{WINDOW, World, placements};

fn round() -> Round {
    Round::new("second", date(2026, 7, 1), 8)
}

/// Draws what becomes of everybody.
fn replies(result: &Verified<'_>, random: &mut Random) -> Vec<Reply> {
    let market = result.docking().market();
    let mut replies = Vec::new();
    for placement in result.placements().without_standing(market).all() {
        let mut rest = placement.people;
        for said in Said::ALL {
            let people = random.within(0, i64::from(rest)) as u32;
            rest -= people;
            let reply = Reply { unit: placement.unit, post: Some(placement.post), people, said: *said };
            replies.extend(Some(reply).filter(|reply| reply.people > 0));
        }
    }
    replies
}

#[test]
fn rounds_follow_each_other_and_nobody_is_lost() {
    let (config, random) = (Config::default(), &mut Random::new(5));
    let engine = engine(&config);
    let mut market = jinpu_market(600, 21);
    for number in 1..5 {
        let result = run(&engine, &market);
        let replies = replies(&result, random);
        let count = |said| replies.iter().filter(|reply| reply.said == said).map(|reply| u64::from(reply.people)).sum();
        let (signed, left): (u64, u64) = (count(Said::Accepted), count(Said::Left));
        let next = market.next_round(&round(), number, result.placements(), &replies).expect("the rows are valid");
        let of = |market: &Market| {
            let stand: u64 = market.frozen_placements().iter().map(|placement| u64::from(placement.people)).sum();
            let present: u64 = SupplyIx::all(market.supply().len()).map(|unit| u64::from(market.present(unit))).sum();
            [stand, present]
        };
        let ([stood, were], [stand, are]) = (of(&market), of(&next));
        assert_eq!((stand, are), (stood + signed, were - left));
        let second = run(&engine, &next);
        let told = decided(&second);
        assert_eq!((told.standing, told.left), (stand, next.people() - are));
        let before: u64 = next.previous_placements().iter().map(|placement| u64::from(placement.people)).sum();
        assert_eq!(told.stayed + told.moved + told.displaced, before);
        assert_eq!(told.standing + told.stayed + told.moved + told.new, second.placements().people());
        assert!(told.stayed > told.moved, "{told:?}");
        market = next;
    }
}

#[test]
fn a_second_round_is_the_same_for_any_threads_and_order_of_rows() {
    let config = Config::default();
    let engine = engine(&config);
    let first = jinpu_market(800, 4);
    let result = run(&engine, &first);
    let replies = replies(&result, &mut Random::new(9));
    let market = first.next_round(&round(), 1, result.placements(), &replies).expect("the rows are valid");
    let bytes = Record::of(&run(&engine, &market));
    for threads in [1, 2, 8] {
        let control = Control::new().with_threads(Threads::from_count(threads));
        assert_eq!(Record::of(&engine.run(&market, &control).expect("it can be run")), bytes, "{threads} threads");
    }
    let mut document: serde_json::Value = serde_json::from_str(&market.to_json()).expect("a market is JSON");
    let random = &mut Random::new(3);
    for table in ["decisions", "supply", "posts"] {
        let rows = document[table].as_array_mut().expect("a table");
        assert!(rows.len() > 50);
        for k in (1..rows.len()).rev() {
            let other = random.pick(&(0..=k).collect::<Vec<_>>());
            rows.swap(k, other);
        }
    }
    let shuffled = Market::from_json(&document.to_string()).expect("the rows are the same");
    assert_eq!(shuffled.to_json(), market.to_json());
    assert_eq!(Record::of(&run(&engine, &shuffled)), bytes);
}

/// `li` and `wu` and a cohort `ban` of five; the posts `fitter` with one seat and `welder` with six.
fn first() -> World {
    let mut world = World::of_two();
    let (mut post, unit) = (world.posts[0].clone(), world.supply[0].clone());
    (post.id, post.seats_max) = ("welder".to_owned(), 6);
    world.posts.push(post);
    let mut wu = unit.clone();
    "wu".clone_into(&mut wu.id);
    world.supply.push(wu);
    world.supply.push(Supply::cohort("ban", "machining", 2, 5, unit.birth, WINDOW));
    world
}

fn reply(market: &Market, unit: &str, post: Option<&str>, people: u32, said: Said) -> Reply {
    let post = post.map(|post| market.find_post(post).expect("a post"));
    Reply { unit: market.find_unit(unit).expect("a unit"), post, people, said }
}

#[test]
fn replies_become_decisions() {
    let mut world = first();
    world.decisions = vec![
        Decision::at("wu", "fitter", DecisionState::Placed),
        Decision::at("ban", "fitter", DecisionState::Forbidden).because("too far"),
    ];
    let market = world.market();
    let placed = placements(&market, &[("li", "fitter", 1), ("ban", "welder", 4)]);
    let replies = [
        reply(&market, "li", Some("fitter"), 1, Said::Accepted),
        reply(&market, "ban", Some("welder"), 1, Said::Accepted),
        reply(&market, "ban", Some("welder"), 1, Said::Accepted),
        reply(&market, "ban", Some("welder"), 1, Said::Left),
        reply(&market, "wu", None, 1, Said::Left),
    ];
    let next = market.next_round(&round(), 2, &placed, &replies).expect("the rows are valid");
    let expected = [
        Decision::left("ban").of_people(1).of_round(2),
        Decision::at("ban", "fitter", DecisionState::Forbidden).because("too far"),
        Decision::at("ban", "welder", DecisionState::Signed).of_people(2).of_round(2),
        Decision::at("ban", "welder", DecisionState::Placed).of_people(1).of_round(2),
        Decision::at("li", "fitter", DecisionState::Signed).of_people(1).of_round(2),
        Decision::left("wu").of_people(1).of_round(2),
    ];
    assert_eq!(next.decisions(), expected);
    assert_eq!(next.round(), &round());

    // Whoever signed may still go, and whoever declines frees the seat and closes the pair for the rest of the cohort.
    let placed = placements(&next, &[("li", "fitter", 1), ("ban", "welder", 3)]);
    let replies = [
        reply(&next, "li", Some("fitter"), 1, Said::Declined),
        reply(&next, "ban", Some("welder"), 2, Said::Declined),
        reply(&next, "ban", None, 1, Said::Left),
    ];
    let third = next.next_round(&round(), 3, &placed, &replies).expect("the rows are valid");
    let expected = [
        Decision::left("ban").of_people(2).of_round(3),
        Decision::at("ban", "fitter", DecisionState::Forbidden).because("too far"),
        Decision::at("ban", "welder", DecisionState::Signed).of_people(1).of_round(2),
        Decision::at("ban", "welder", DecisionState::Declined).of_round(3),
        Decision::at("li", "fitter", DecisionState::Declined).of_round(3),
        Decision::left("wu").of_people(1).of_round(2),
    ];
    assert_eq!(third.decisions(), expected);
}

#[test]
fn replies_that_cannot_be_are_all_refused_with_their_place() {
    let market = first().market();
    let placed = placements(&market, &[("li", "fitter", 1), ("ban", "welder", 4)]);
    let replies = [
        reply(&market, "li", Some("fitter"), 1, Said::Accepted),
        reply(&market, "li", Some("fitter"), 1, Said::Declined),
        reply(&market, "ban", None, 2, Said::Left),
        reply(&market, "wu", None, 1, Said::Declined),
        reply(&market, "ban", Some("fitter"), 1, Said::Accepted),
        reply(&market, "ban", Some("welder"), 0, Said::Declined),
    ];
    let faults = market.next_round(&round(), 2, &placed, &replies).expect_err("four replies are wrong");
    let told: Vec<_> = faults.all().iter().map(|fault| (fault.code, fault.place.to_string())).collect();
    let expected = [
        (FaultCode::DecidedPeople, "replies[2].people (ban)".to_owned()),
        (FaultCode::DecisionPost, "replies[3].post (wu)".to_owned()),
        (FaultCode::DecidedPeople, "replies[4].people (ban)".to_owned()),
        (FaultCode::DecisionPeople, "replies[5].people (ban)".to_owned()),
    ];
    assert_eq!(told, expected);
}

#[test]
fn those_who_would_rather_be_there_wait_by_points_then_by_lot() {
    let mut world = first();
    world.posts[1].seats_max = 1;
    world.supply.truncate(2);
    for (id, wishes) in [("xu", vec!["fitter"]), ("yu", vec!["fitter"]), ("zu", vec!["welder"])] {
        let wishes = wishes.into_iter().map(str::to_owned).collect();
        let mut other = world.supply[0].clone();
        (other.id, other.wishes) = (id.to_owned(), wishes);
        world.supply.push(other);
    }
    world.decisions = vec![
        Decision::at("li", "fitter", DecisionState::Signed),
        Decision::at("wu", "fitter", DecisionState::Declined),
    ];
    let market = world.market();
    let config = Config::default();
    let engine = engine(&config);
    let result = run(&engine, &market);
    let lists = waiting_list(&result);
    let names = |post: &str| -> Vec<&str> {
        let post = market.find_post(post).expect("a post");
        let list = lists.iter().find(|list| list.post == post).expect("somebody waits");
        list.waiting.iter().map(|waiting| market.unit(waiting.unit).id.as_str()).collect()
    };
    // li has signed and wu declined; xu and yu wish for it and are alike but for their lots.
    let formulation = result.docking().formulation();
    let lot = |id: &str| formulation.unit_id(market.find_unit(id).expect("a unit"));
    let mut wishing = ["xu", "yu"];
    wishing.sort_by_key(|id| lot(id));
    assert_eq!(names("fitter"), wishing);
    let mut others = ["wu", "xu", "yu"];
    others.sort_by_key(|id| lot(id));
    assert_eq!(names("welder"), others, "zu is placed there");
}

#[test]
fn staying_is_worth_its_points() {
    let mut world = first();
    world.posts[1].seats_max = 1;
    world.supply.truncate(1);
    let config = Config::default();
    let engine = engine(&config);
    for (at, wish) in [("fitter", "welder"), ("welder", "fitter")] {
        // A first wish is worth 22 points, staying 20; the second wish is worth 17.6, so that staying wins.
        for (wishes, stays) in [(vec![wish], false), (vec![wish, at], true)] {
            world.supply[0].wishes = wishes.into_iter().map(str::to_owned).collect();
            world.decisions = vec![Decision::at("li", at, DecisionState::Placed)];
            let market = world.market();
            let result = run(&engine, &market);
            let post = result.placements().all()[0].post;
            assert_eq!(market.post(post).id == at, stays, "{at}");
        }
    }
}

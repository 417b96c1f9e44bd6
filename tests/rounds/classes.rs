//! Classes that open or not: the best of all ways to open them, what is said of those that do not, and files that prove it.

use talent_match::control::Limits;
use talent_match::graph::{Problem, SeatRange};
use talent_match::index::PostId;
use talent_match::insight::{ClassState, Vacancy, classes, goals, posts, unplaced};
use talent_match::market::{Market, Opening};
use talent_match::relaxation::{Cost, cancelled};
use talent_match::report::reopening;
use talent_match::solve::{Outcome, solve};
use talent_match::{Config, Control, Engine, Error, Language, Record, Report, Status, Verified};

use crate::random::Random;
use crate::random_markets::{Size, docking, engine, jinpu_classes, run, world};
use crate::record::failures;
use crate::world::World;

/// A random market most of whose posts are classes that open or not.
pub(crate) fn classy(seed: u64) -> World {
    let mut world = world(seed, Size { units: 14, posts: 5, cohort: 3, oddity: 20 });
    let random = &mut Random::new(seed ^ 0xC1A55);
    for post in &mut world.posts {
        post.seats_max = random.within(2, 7) as u32;
        if random.within(0, 3) > 0 {
            post.seats_min = random.within(2, i64::from(post.seats_max)) as u32;
            post.opening = Opening::OrClosed;
        }
    }
    world
}

/// `problem` with some of its classes open, and the others closed.
fn decided(problem: &Problem, open: impl Fn(usize) -> bool) -> Problem {
    let seats = problem.seats().iter().enumerate().map(|(at, range)| match (range.floor() < range.min(), open(at)) {
        (false, _) => *range,
        (true, true) => SeatRange::between(range.min(), range.max()).expect("a range as before"),
        (true, false) => SeatRange::up_to(0),
    });
    problem.clone().with_seats(seats.collect()).expect("no larger than before")
}

/// What a problem without classes is worth, if anything is feasible.
fn worth(problem: &Problem) -> Option<i128> {
    match solve(problem, &Control::new()).expect("a flow") {
        Outcome::Optimal(solution) => Some(problem.value(&solution.matching)),
        Outcome::Infeasible(_) => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_round_is_worth_the_best_of_all_ways_to_open_classes() {
    let (config, mut closed, mut split) = (Config::default(), 0, 0);
    for seed in 0..300 {
        let market = classy(seed).market();
        let engine = engine(&config);
        let result = run(&engine, &market);
        assert_eq!(result.status(), Status::Optimal);
        let problem = result.docking().formulation().problem();
        let ways = 0..1_u32 << problem.seats().len();
        let best = ways.filter_map(|way| worth(&decided(problem, |at| way >> at & 1 == 1))).max();
        assert_eq!(Some(result.proof().value()), best, "{seed}");
        closed += classes(&result).iter().filter(|class| class.placed == 0).count();
        split += usize::from(result.cases().is_some_and(|cases| cases.cases().len() > 1));
    }
    assert!(closed > 100 && split > 50, "{closed} classes closed, {split} rounds in cases");
}

#[test]
fn a_price_is_what_one_more_seat_adds_with_the_same_classes_open() {
    let (config, mut priced) = (Config::default(), [0; 2]);
    for seed in 0..200 {
        let market = classy(seed).market();
        let engine = engine(&config);
        let result = run(&engine, &market);
        let problem = result.docking().formulation().problem();
        let mut loads = vec![0_u64; problem.seats().len()];
        for placement in result.solution().matching.placements() {
            loads[problem.graph().post_of(placement.pair).index()] += u64::from(placement.count);
        }
        let decided = decided(problem, |at| loads[at] > 0);
        for (post, range) in PostId::all(loads.len()).zip(decided.seats()) {
            let price = result.solution().prices.posts()[post.index()];
            let more = |least: u32| {
                let mut seats = decided.seats().to_vec();
                seats[post.index()] = SeatRange::between(range.min() + least, range.max() + 1).expect("a range");
                worth(&decided.clone().with_seats(seats).expect("hardly larger"))
            };
            // Where nobody more can come, there is no such round.
            if let Some(then) = more(u32::from(price < 0)) {
                assert_eq!(then - result.proof().value(), i128::from(price), "{seed}");
                priced[usize::from(price < 0)] += usize::from(price != 0);
            } else {
                assert!(price < 0, "{seed}");
            }
        }
    }
    assert!(priced.iter().all(|&count| count > 10), "{priced:?}");
}

/// What the goals reach if a class must hold `least` people or more.
pub(crate) fn reached(world: &World, id: &str, least: u32) -> Option<Vec<f64>> {
    let mut forced = world.clone();
    let post = forced.posts.iter_mut().find(|post| post.id == id).expect("it is one of the posts");
    (post.seats_min, post.opening) = (least, Opening::Always);
    let market = forced.market();
    let (config, control) = (Config::default(), Control::new());
    match engine(&config).run(&market, &control) {
        Ok(result) => Some(amounts(&result)),
        Err(Error::Infeasible(_) | Error::Held { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

pub(crate) fn amounts(result: &Verified<'_>) -> Vec<f64> {
    goals(result).iter().map(|goal| goal.amount).collect()
}

/// What is said of each class that did not open in a round of `world`, against rounds in which it must; counted in `met`: it
/// costs something, is impossible, opens with no fewer, opens with fewer, its people are elsewhere.
pub(crate) fn assert_reopening(world: &World, seed: u64, met: &mut [usize; 5]) {
    let market = world.market();
    let engine = engine(&Config::default());
    let Ok(result) = engine.run(&market, &Control::new()) else { return };
    let now = amounts(&result);
    let relaxed = cancelled(&result, &Control::new());
    let closed = classes(&result).into_iter().filter(|class| class.placed == 0);
    assert!(relaxed.iter().map(|relaxation| &relaxation.class).eq(closed.collect::<Vec<_>>().iter()));
    for relaxation in relaxed {
        let (id, least) = (&relaxation.class.id, relaxation.class.least as u32);
        let forced = reached(world, id, least);
        match (&relaxation.cost, &forced) {
            (Cost::Goals(cost), Some(forced)) => {
                let lost: Vec<f64> = now.iter().zip(forced).map(|(now, then)| now - then).collect();
                let near = cost.iter().zip(&lost).all(|(cost, lost)| (cost.amount - lost).abs() < 1e-6);
                assert!(near, "{seed} {id}: {cost:?} {lost:?}");
                met[0] += 1;
            }
            (Cost::Impossible, None) => met[1] += 1,
            other => panic!("{seed} {id}: {other:?}"),
        }
        let as_good = |least: u32| reached(world, id, least).is_some_and(|then| then >= now);
        assert_eq!(relaxation.opens_with, (1..least).rev().find(|least| as_good(*least)), "{seed} {id}");
        met[2 + usize::from(relaxation.opens_with.is_some())] += 1;
        met[4] += usize::from(relaxation.class.state == ClassState::Elsewhere);
    }
}

#[test]
fn what_it_takes_to_open_a_class_is_what_rounds_with_that_class_find() {
    let mut met = [0; 5];
    for seed in 0..150 {
        assert_reopening(&classy(seed), seed, &mut met);
    }
    assert!(met.iter().all(|&count| count > 5), "{met:?}");
}

/// Two people, and a class that opens with three.
pub(crate) fn too_few() -> World {
    let mut world = World::of_two();
    let mut other = world.supply[0].clone();
    "wu".clone_into(&mut other.id);
    world.supply.push(other);
    (world.posts[0].seats_min, world.posts[0].seats_max, world.posts[0].opening) = (3, 4, Opening::OrClosed);
    world
}

#[test]
fn a_class_that_does_not_open_is_said_not_to() {
    let world = too_few();
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let line = &classes(&result)[0];
    assert_eq!((line.state, line.least, line.applicants, line.missing), (ClassState::Short, 3, 2, 1));
    let post = &posts(&result)[0];
    assert_eq!((post.vacancy, post.price.len()), (Some(Vacancy::Cancelled), 0));
    let left = unplaced(&result);
    assert_eq!((left.people, left.limited), (2, 2));
    let relaxed = cancelled(&result, &Control::new());
    assert_eq!((&relaxed[0].cost, relaxed[0].opens_with), (&Cost::Impossible, Some(2)));
    for (language, words) in [
        (Language::English, ["0 of 1 opened", "fewer people are acceptable", "the class did not open", "impossible"]),
        (Language::Chinese, ["1 个班中 0 个开班", "合格人数不足开班人数", "未开班", "不可能"]),
    ] {
        let text = Report::of(&result).text(language) + &reopening(&relaxed, language);
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    }
}

#[test]
fn what_is_not_known_is_said_not_to_be() {
    let market = jinpu_classes(1_000, 4);
    let engine = engine(&Config::default());
    let control = Control::new().with_limits(Limits::NONE.with_work(0));
    let result = engine.run(&market, &control).expect("nobody placed is feasible");
    assert!(matches!(result.status(), Status::Feasible { gap: 1.., .. }));
    let stopped = classes(&result).into_iter().filter(|class| class.state == ClassState::Stopped).count();
    assert!(stopped > 0);
    for relaxation in cancelled(&result, &Control::new()) {
        let short = relaxation.class.state == ClassState::Short;
        assert_eq!(relaxation.cost, if short { Cost::Impossible } else { Cost::Unknown });
        assert_eq!(relaxation.opens_with, None);
    }
}

/// Pairs that the Jinpu round may look at, at most twice as many as it does: some seconds of one core.
const JINPU_WORK: u64 = 200_000_000;

#[test]
fn the_jinpu_round_opens_most_classes_and_says_what_the_others_lack() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let config = Config::from_json(&config).expect("the configuration is valid");
    let engine = engine(&config);
    let control = Control::new().with_limits(Limits::NONE.with_work(JINPU_WORK));
    let result = engine.run(&market, &control).expect("the round can be run");
    assert_eq!(result.status(), Status::Optimal);
    let classes = classes(&result);
    let opened = classes.iter().filter(|class| class.state == ClassState::Opened);
    assert!(opened.clone().all(|class| (class.least..=class.seats).contains(&class.placed)));
    assert_eq!((opened.count(), classes.len()), (74, 85));
    let relaxed = cancelled(&result, &control);
    let near: Vec<_> = relaxed.iter().filter(|relaxation| relaxation.class.applicants > 0).collect();
    let [near] = near[..] else { panic!("{near:?}") };
    assert_eq!((near.class.id.as_str(), near.class.missing), ("FE-0003", 1));
    assert_eq!((&near.cost, near.opens_with), (&Cost::Impossible, Some(5)));
}

/// A stopped search leaves files that prove what they say.
#[test]
fn a_stopped_search_can_be_examined() {
    let market = jinpu_classes(300, 4);
    let (config, mut gaps) = (Config::default(), Vec::new());
    let engine = engine(&config);
    for work in [0, 10_000, 100_000, 300_000, 1_000_000, u64::MAX] {
        let control = Control::new().with_limits(Limits::NONE.with_work(work));
        let result = engine.run(&market, &control).expect("nobody placed is feasible");
        let gap = result.proof().gap();
        let proven = Record::of(&result).examine(docking(&market, &config), &Control::new());
        assert!(proven.verified().is_some_and(|same| same.status() == result.status()), "{:?}", proven.lines());
        gaps.push(gap);
    }
    assert!(gaps.is_sorted_by(|a, b| a >= b) && gaps[0] > 0 && gaps.ends_with(&[0]), "{gaps:?}");
}

fn searched() -> (Market, Config, Record) {
    let (config, control) = (Config::default(), Control::new());
    let found = (0..).find_map(|seed| {
        let market = classy(seed).market();
        let engine: Engine = engine(&config);
        let result = engine.run(&market, &control).expect("nobody placed is feasible");
        let cases = result.cases().is_some_and(|cases| cases.cases().len() > 1 && cases.multipliers().len() > 2);
        let priced = result.solution().prices.posts().iter().any(|price| *price > 0);
        let record = (cases && priced).then(|| Record::of(&result));
        record.map(|record| (market, record))
    });
    let (market, record) = found.expect("some seed has cases");
    (market, config, record)
}

#[test]
fn whatever_is_wrong_with_the_files_of_a_search_is_refused_for_it() {
    let (market, config, record) = searched();
    let file = |name| record.file(name).expect("it is one of the files").as_bytes().to_vec();
    let certificate: serde_json::Value = serde_json::from_slice(&file("certificate.json")).expect("it is JSON");
    let failed = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut certificate = certificate.clone();
        change(&mut certificate);
        let certificate = serde_json::to_string_pretty(&certificate).expect("it is JSON") + "\n";
        let files = [file("placements.csv"), file("result.json"), certificate.into_bytes()];
        failures(&market, &config, &Record::from_bytes(files))
    };
    // The same tree in other bytes is not the record of this round.
    assert_eq!(failed(&|_| {}), ["digest"]);
    let tree = |certificate: &mut serde_json::Value| certificate["cases"]["cases"].as_array().expect("cases").clone();
    let split = tree(&mut certificate.clone()).iter().position(|case| case.get("split").is_some()).expect("a split");
    let without = |part: usize| {
        failed(&move |certificate| {
            let parts = certificate["cases"]["cases"][split]["split"][1].as_array_mut().expect("parts");
            parts.remove(part);
        })
    };
    assert!(without(0).contains(&"cases") && without(1).contains(&"cases"));
    let unpriced = failed(&|certificate| {
        for multipliers in certificate["cases"]["multipliers"].as_array_mut().expect("multipliers") {
            *multipliers = serde_json::json!({});
        }
    });
    assert!(unpriced.contains(&"gap") || unpriced.contains(&"cases"), "{unpriced:?}");
    assert!(failed(&|certificate| certificate["cases"]["multipliers"] = serde_json::json!([])).contains(&"cases"));
    assert!(failed(&|certificate| certificate["prices"] = serde_json::json!({})).contains(&"rent"));
    let unknown = serde_json::json!({"split": [{"post": "nowhere"}, []]});
    assert!(failed(&move |certificate| certificate["cases"]["cases"][0] = unknown.clone()).contains(&"cases"));
    let bare = failed(&|certificate| {
        certificate.as_object_mut().expect("an object").remove("cases");
    });
    assert!(bare.contains(&"gap"), "{bare:?}");
}

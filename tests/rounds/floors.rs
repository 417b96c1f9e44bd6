//! Fairness floors and leximin: what listing every placement finds.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use talent_match::audit::audit;
use talent_match::control::Limits;
use talent_match::docking::Docking;
use talent_match::insight::goals;
use talent_match::market::{Decision, DecisionState, Dimension, Market, Placements, SupplyIx, SupplyKind};
use talent_match::relaxation::{FloorState, floors, leximin};
use talent_match::solve::Workspace;
use talent_match::{Config, Control, Status};

use crate::limits::{Reached, all_placements, limited, reached};
use crate::random_markets::{Size, docking, engine, jinpu_market, run, world};
use crate::world::World;

/// How many of each group of `dimension` there are, by value, told from the rows.
fn members(market: &Market, dimension: Dimension) -> BTreeMap<String, Vec<SupplyIx>> {
    let mut groups: BTreeMap<String, Vec<SupplyIx>> = BTreeMap::new();
    for unit in SupplyIx::all(market.supply().len()) {
        let row = market.unit(unit);
        let programme = market.programmes().iter().find(|programme| row.programme.as_ref() == Some(&programme.id));
        let values: Vec<String> = match dimension {
            Dimension::Flag => row.flags.iter().map(|flag| flag.word().to_owned()).collect(),
            _ => programme.map(|programme| programme.school.clone()).into_iter().collect(),
        };
        for value in values {
            let group = groups.entry(value).or_default();
            if !group.contains(&unit) {
                group.push(unit);
            }
        }
    }
    groups.retain(|_, units| units.iter().any(|unit| market.unit(*unit).headcount > 0));
    groups
}

/// People and those placed of each group.
fn counted(docking: &Docking<'_>, placements: &Placements, dimension: Dimension) -> Vec<(u64, u64)> {
    let market = docking.market();
    let count = |units: &Vec<SupplyIx>| {
        let placed = units.iter().flat_map(|unit| placements.of(*unit)).map(|at| u64::from(at.people)).sum();
        (units.iter().map(|unit| u64::from(market.unit(*unit).headcount)).sum(), placed)
    };
    members(market, dimension).values().map(count).collect()
}

fn clean(docking: &Docking<'_>) -> Vec<Placements> {
    let book = &docking.config().rules;
    let all = all_placements(docking).into_iter();
    all.filter(|placements| audit(docking.market(), book, placements).is_clean()).collect()
}

fn amounts(reached: Reached) -> [f64; 3] {
    [reached[0] as f64, reached[1] as f64, reached[2] as f64 / 100.0]
}

#[test]
fn each_point_of_the_curve_is_the_best_of_every_placement_with_the_floor() {
    let (config, control) = (Config::default(), Control::new());
    let engine = engine(&config);
    let (mut reachable, mut not, mut dear) = (0, 0, 0);
    for seed in 0..400 {
        let world = if seed % 2 == 0 { limited(seed) } else { world(seed, Size::TINY) };
        let dimension = [Dimension::School, Dimension::Flag][(seed / 2 % 2) as usize];
        let market = world.market();
        let Ok(result) = engine.run(&market, &control) else { continue };
        let docking = docking(&market, &config);
        let all = clean(&docking);
        let before = goals(&result);
        let curve = floors(&engine, &result, dimension, &[0, 34, 50, 67, 100], &control).expect("the question is one");
        for floor in &curve {
            let meets = |placements: &&Placements| {
                let groups = counted(&docking, placements, dimension);
                groups.iter().all(|(people, placed)| 100 * placed >= people * u64::from(floor.percent))
            };
            let best = all.iter().filter(meets).map(|placements| reached(&docking, placements)).max();
            let told: Option<Vec<f64>> = match floor.state {
                FloorState::Optimal => Some(floor.goals.iter().map(|goal| goal.amount).collect()),
                FloorState::Impossible => None,
                state => panic!("{state:?}"),
            };
            assert_eq!(told, best.map(|best| amounts(best).to_vec()), "seed {seed}, {}%", floor.percent);
            if let Some(told) = &told {
                for ((cost, before), after) in floor.cost.iter().zip(&before).zip(told) {
                    assert!((cost.amount - (before.amount - after)).abs() < 1e-9);
                    let steps = cost.amount * 100.0;
                    assert_eq!(
                        cost.amount.to_bits(),
                        (steps.round() / 100.0).to_bits(),
                        "points are in hundredths, without noise"
                    );
                }
                dear += usize::from(floor.cost.iter().any(|cost| cost.amount > 0.0));
                assert!(floor.groups.iter().all(|rate| 100 * rate.placed >= rate.people * u64::from(floor.percent)));
                assert_eq!(floor.groups.len(), members(&market, dimension).len());
                assert!(floor.least().is_none_or(|least| {
                    floor.groups.iter().all(|rate| least.placed * rate.people <= rate.placed * least.people)
                }));
            }
            reachable += usize::from(told.is_some());
            not += usize::from(told.is_none());
        }
    }
    assert!(reachable > 300 && not > 200 && dear > 6, "{reachable} {not} {dear}");
}

type Rates = Vec<(u64, u64)>;

fn by_rate(a: &(u64, u64), b: &(u64, u64)) -> Ordering {
    (a.1 * b.0).cmp(&(b.1 * a.0))
}

/// Which rates are fairer: the lowest is higher, or equal and the next one is.
fn fairer(a: &Rates, b: &Rates) -> Ordering {
    let mut pairs = a.iter().zip(b).map(|(a, b)| by_rate(a, b));
    pairs.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn sorted(mut rates: Rates) -> Rates {
    rates.sort_by(by_rate);
    rates
}

#[test]
fn leximin_is_the_fairest_of_every_placement() {
    let (config, control) = (Config::default(), Control::new());
    let engine = engine(&config);
    let (mut uneven, mut costly, mut limits) = (0, 0, 0);
    for seed in 0..400 {
        let plain = seed % 2 == 1;
        let size = Size { units: 5, posts: 3, cohort: 3, oddity: 9 };
        let world = if plain { world(seed, size) } else { limited(seed) };
        let dimension = if plain || seed % 4 == 0 { Dimension::School } else { Dimension::Flag };
        let market = world.market();
        let Ok(result) = engine.run(&market, &control) else { continue };
        let docking = docking(&market, &config);
        let found = leximin(&engine, &result, dimension, &control).expect("a question").expect("an answer");
        assert!(found.proven);
        let levels: Rates = found.levels.iter().map(|level| (level.people, level.placed)).collect();
        assert_eq!(levels.len(), members(&market, dimension).len());
        let all = clean(&docking);
        let listed: Vec<Rates> = all.iter().map(|one| counted(&docking, one, dimension)).collect();
        let best = listed.iter().cloned().map(sorted).max_by(fairer).expect("one is possible");
        if plain {
            assert_eq!(sorted(levels.clone()), levels, "seed {seed}: the levels rise");
            assert!(fairer(&levels, &best).is_eq(), "seed {seed}: {levels:?} is not {best:?}");
        } else {
            assert!(levels.first().is_none_or(|level| by_rate(level, &best[0]).is_eq()), "seed {seed}: {levels:?}");
        }
        // Whatever the limits: everybody has that much in some placement, and nobody more while all others do.
        let groups: Vec<String> = members(&market, dimension).into_keys().collect();
        let floor: Vec<u64> = groups
            .iter()
            .map(|group| found.levels.iter().find(|level| level.group.value == *group).map_or(0, |level| level.placed))
            .collect();
        let reaches = |rates: &Rates| rates.iter().zip(&floor).all(|((_, placed), floor)| placed >= floor);
        assert!(listed.iter().any(reaches), "seed {seed}");
        for rates in listed.iter().filter(|rates| reaches(rates)) {
            let equal = rates.iter().zip(&floor).all(|((_, placed), floor)| placed == floor);
            assert!(equal, "seed {seed}: {rates:?} is more than {floor:?}");
        }
        let fair = all.iter().zip(&listed).filter(|(_, rates)| reaches(rates));
        let most = fair.map(|(placements, _)| reached(&docking, placements)).max().expect("one is possible");
        assert_eq!(found.goals.iter().map(|goal| goal.amount).collect::<Vec<_>>(), amounts(most), "seed {seed}");
        uneven += usize::from(levels.windows(2).any(|two| by_rate(&two[0], &two[1]).is_ne()));
        costly += usize::from(found.cost.iter().any(|cost| cost.amount > 0.0));
        limits += usize::from(!plain);
    }
    assert!(uneven > 40 && costly > 10 && limits > 100, "{uneven} {costly} {limits}");
}

#[test]
fn the_fairest_round_of_jinpu_is_proven_and_nothing_fairer_is_possible() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let config = Config::from_json(&config).expect("the carried configuration is valid");
    let (engine, control) = (engine(&config), Control::new());
    let result = run(&engine, &market);
    let fair = leximin(&engine, &result, Dimension::Level, &control).expect("a question").expect("an answer");
    assert!(fair.proven);
    let rates: Rates = fair.levels.iter().map(|level| (level.people, level.placed)).collect();
    assert_eq!(sorted(rates.clone()), rates, "the rates of groups that do not overlap rise");
    // As many people as before are placed.
    assert!(fair.cost[0].amount.abs() < 0.5);
    assert!(fair.cost.iter().any(|cost| cost.amount > 0.0), "it is not for nothing");
    // The next percent that is above the lowest rate is impossible for all of them together.
    let (people, placed) = rates[0];
    let percent = u8::try_from(100 * placed / people).expect("a share");
    let points = floors(&engine, &result, Dimension::Level, &[percent, percent + 1], &control).expect("a question");
    let states: Vec<FloorState> = points.iter().map(|point| point.state).collect();
    assert_eq!(states, [FloorState::Optimal, FloorState::Impossible]);
}

#[test]
fn a_round_that_begins_from_another_is_as_good_as_one_that_begins_from_nothing() {
    let config = Config::default();
    let engine = engine(&config);
    let mut workspace = Workspace::new();
    let size = Size { units: 14, posts: 5, cohort: 4, oddity: 12 };
    for seed in 0..150 {
        let (first, second) = (world(seed, size).market(), world(seed + 1, size).market());
        let near = {
            let mut rows = world(seed, size);
            rows.posts.iter_mut().for_each(|post| post.seats_max += u32::from(post.id == "post1"));
            rows.supply.retain(|unit| unit.id != "unit2");
            rows.market()
        };
        let before = run(&engine, &first);
        for market in [&first, &second, &near] {
            let warm = engine.run_from(market, &before, &mut workspace, &Control::new()).expect("a round");
            assert_eq!(warm.status(), Status::Optimal);
            let cold = run(&engine, market);
            assert_eq!(warm.proof().value(), cold.proof().value(), "seed {seed}");
            assert_eq!(goals(&warm), goals(&cold));
            assert_eq!(warm.solution().prices, cold.solution().prices, "the lowest prices are one answer");
        }
    }
}

#[test]
fn changed_limits_leave_decisions_as_they_are() {
    let mut world = World::of_two();
    world.decisions = vec![Decision::at("li", "fitter", DecisionState::Signed)];
    let market = world.market();
    let rows = (market.posts().to_vec(), market.quotas().to_vec(), market.mentors().to_vec());
    let same = market.with_limits(rows.0, rows.1, rows.2).expect("nothing is changed");
    assert_eq!(same.to_json(), market.to_json());
}

/// Five alike, three seats at one post and two at another.
fn cohort() -> World {
    let mut world = World::of_two();
    (world.unit().headcount, world.unit().kind) = (5, SupplyKind::Cohort);
    let mut other = world.post().clone();
    (other.id, other.seats_max) = ("welder".to_owned(), 2);
    world.post().seats_max = 3;
    world.posts.push(other);
    world
}

#[test]
fn people_of_one_cohort_count_wherever_they_are() {
    let market = cohort().market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    // More than all is all.
    let curve = floors(&engine, &result, Dimension::School, &[0, 100, 200], &Control::new()).expect("a question");
    for floor in &curve {
        assert_eq!(floor.state, FloorState::Optimal, "{floor:?}");
        assert_eq!((floor.groups[0].people, floor.groups[0].placed), (5, 5));
        assert_eq!(floor.least(), Some(&floor.groups[0]));
    }
}

#[test]
fn a_property_of_posts_has_no_groups_of_people() {
    let market = cohort().market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let curve = floors(&engine, &result, Dimension::Kind, &[100], &Control::new()).expect("a question");
    assert_eq!((curve[0].state, curve[0].groups.len(), curve[0].least()), (FloorState::Optimal, 0, None));
    assert!(curve[0].cost.iter().all(|cost| cost.amount == 0.0));
}

#[test]
fn a_floor_that_was_not_found_out_is_no_impossible_one() {
    let control = Control::new().with_limits(Limits::NONE.with_work(0));
    let config = Config::default();
    let engine = engine(&config);
    let market = jinpu_market(300, 4);
    let result = engine.run(&market, &control).expect("nobody placed is feasible");
    let curve = floors(&engine, &result, Dimension::School, &[0], &control).expect("a question");
    assert_eq!(curve[0].state, FloorState::Stopped, "nothing was proven");
    let (mut unknown, mut known) = (0, 0);
    for seed in 0..60 {
        let market = limited(seed).market();
        let Ok(result) = engine.run(&market, &Control::new()) else { continue };
        let percents = [34, 67];
        let told = |control: &Control<'_>| {
            floors(&engine, &result, Dimension::School, &percents, control).expect("a question")
        };
        for (stopped, free) in told(&control).iter().zip(told(&Control::new())) {
            match stopped.state {
                FloorState::Unknown => unknown += 1,
                FloorState::Impossible => assert_eq!(free.state, FloorState::Impossible, "seed {seed}"),
                _ => known += usize::from(free.state != FloorState::Impossible),
            }
        }
    }
    assert!(unknown > 0 && known > 0, "{unknown} {known}");
}

//! Placements that stand, pairs that are closed, people who have left or stay: the engine solves exactly what is left.

use std::collections::BTreeMap;

use talent_match::audit::{Check, audit};
use talent_match::formulation::FormulationError;
use talent_match::insight::goals;
use talent_match::market::{
    Decision, DecisionState, Market, Placement, Placements, PostIx, Rule, RuleBook, Supply, SupplyIx, SupplyKind,
};
use talent_match::{Config, Control, Error, Record, Verified};

use crate::limits::{Reached, all_placements, limited, reached};
use crate::random::Random;
use crate::random_markets::{Pick, Size, docking, engine, run, world};
use crate::record::{failures, small_round};
use crate::world::{WINDOW, World, inside, pairs, placements};

/// Draws decisions that go together.
pub(crate) fn decide(world: &mut World, random: &mut Random) {
    let mut seats: BTreeMap<String, u32> = world.posts.iter().map(|post| (post.id.clone(), post.seats_max)).collect();
    for unit in world.supply.clone() {
        let mut heads = unit.headcount;
        let mut some = |most: u32, random: &mut Random| {
            let people = random.within(0, i64::from(most.min(heads))) as u32;
            heads -= people;
            people
        };
        if random.within(0, 5) == 0 {
            let left = some(u32::MAX, random);
            world.decisions.extend((left > 0).then(|| Decision::left(&unit.id).of_people(left)));
        }
        for post in world.posts.clone() {
            let at = |state| Decision::at(&unit.id, &post.id, state).of_round(1);
            let mut standing = 0;
            if random.within(0, 4) == 0 {
                let free = seats.get_mut(&post.id).expect("it is a post");
                standing = some(*free, random);
                *free -= standing;
                let state = random.pick(&[DecisionState::Frozen, DecisionState::Signed]);
                world.decisions.extend((standing > 0).then(|| at(state).of_people(standing)));
            }
            match random.within(0, 5) {
                0 | 1 => {
                    let placed = some(u32::MAX, random);
                    world.decisions.extend((placed > 0).then(|| at(DecisionState::Placed).of_people(placed)));
                }
                2 if standing == 0 => world.decisions.push(at(DecisionState::Forbidden).because("a reason")),
                3 if standing == 0 || unit.kind == SupplyKind::Cohort => {
                    world.decisions.push(at(DecisionState::Declined));
                }
                _ => {}
            }
        }
    }
}

/// The round before it is decided about, told apart from its rows alone.
struct Told {
    standing: BTreeMap<(String, String), u32>,
    placed: BTreeMap<(String, String), u32>,
    closed: Vec<(String, String)>,
    left: BTreeMap<String, u32>,
}

impl Told {
    fn of(world: &World) -> Self {
        let mut told =
            Self { standing: BTreeMap::new(), placed: BTreeMap::new(), closed: Vec::new(), left: BTreeMap::new() };
        for decision in &world.decisions {
            let pair = (decision.unit.clone(), decision.post.clone().unwrap_or_default());
            let people = decision.people.unwrap_or(0);
            match decision.state {
                DecisionState::Frozen | DecisionState::Signed => drop(told.standing.insert(pair, people)),
                DecisionState::Placed => drop(told.placed.insert(pair, people)),
                DecisionState::Forbidden | DecisionState::Declined => told.closed.push(pair),
                DecisionState::Left => drop(told.left.insert(decision.unit.clone(), people)),
            }
        }
        told
    }
}

/// The best that people can reach one after the other on the seats that decisions leave, by the market without decisions.
fn best_left(world: &World) -> [i64; 3] {
    let told = Told::of(world);
    let undecided = World { decisions: Vec::new(), ..world.clone() }.market();
    let config = Config::default();
    let before = docking(&undecided, &config);
    let seats: Vec<u32> = undecided
        .posts()
        .iter()
        .map(|post| {
            let here = told.standing.iter().filter(|((_, at), _)| *at == post.id);
            post.seats_max - here.map(|(_, people)| people).sum::<u32>()
        })
        .collect();
    let mut states = vec![([0_i64; 3], seats)];
    for unit in SupplyIx::all(undecided.supply().len()) {
        let row = undecided.unit(unit);
        let standing: u32 = told.standing.iter().filter(|((of, _), _)| *of == row.id).map(|(_, people)| people).sum();
        let open = row.headcount - standing - told.left.get(&row.id).copied().unwrap_or(0);
        for _ in 0..open {
            for k in 0..states.len() {
                let (reached, seats) = states[k].clone();
                for post in before.acceptable().posts_of(unit) {
                    let pair = (row.id.clone(), undecided.post(*post).id.clone());
                    if seats[post.index()] == 0 || told.closed.contains(&pair) {
                        continue;
                    }
                    let stays = f64::from(told.placed.get(&pair).copied().unwrap_or(0)) / f64::from(open);
                    let points = before.explainer().explain(unit, *post).total + 20.0 * stays.min(1.0);
                    let more = [1, i64::from(inside(&undecided, unit, *post)), (points * 100.0).round() as i64];
                    let mut seats = seats.clone();
                    seats[post.index()] -= 1;
                    states.push(([0, 1, 2].map(|goal| reached[goal] + more[goal]), seats));
                }
            }
            states.sort_unstable();
            states.dedup();
        }
    }
    states.into_iter().map(|(reached, _)| reached).max().expect("nobody placed is always possible")
}

/// The placements that stand, from the rows.
fn standing(world: &World, market: &Market) -> Placements {
    let placement = |((unit, post), people): ((String, String), u32)| Placement {
        unit: market.find_unit(&unit).expect("a unit"),
        post: market.find_post(&post).expect("a post"),
        people,
    };
    Placements::new(Told::of(world).standing.into_iter().map(placement).collect())
}

fn assert_kept(market: &Market, config: &Config, result: &Verified<'_>, standing: &Placements) {
    for stands in standing.all() {
        let kept = result.placements().of(stands.unit).iter().find(|placement| placement.post == stands.post);
        assert!(kept.is_some_and(|kept| kept.people >= stands.people));
    }
    assert_eq!(failures(market, config, &Record::of(result)), [""; 0]);
}

#[test]
fn what_is_left_is_solved_exactly_on_small_markets() {
    let (mut decided, mut stood, mut stayed) = (0, 0, 0);
    for seed in 0..3_000 {
        let mut world = world(seed, Size { cohort: 3, ..Size::TINY });
        decide(&mut world, &mut Random::new(seed ^ 0xdec1));
        let (market, config) = (world.market(), Config::default());
        let engine = engine(&config);
        let result = run(&engine, &market);
        let standing = standing(&world, &market);
        assert_kept(&market, &config, &result, &standing);
        let here = result.placements().without_standing(&market);
        let best = best_left(&world);
        let said: Vec<f64> = goals(&result).iter().map(|goal| goal.amount).collect();
        let people = |placements: &Placements| -> [i64; 2] {
            placements.all().iter().fold([0; 2], |[all, within], placement| {
                let people = i64::from(placement.people);
                let here = i64::from(inside(&market, placement.unit, placement.post));
                [all + people, within + here * people]
            })
        };
        let (placed, stand) = (people(&here), people(&standing));
        assert_eq!(placed, best[..2], "market {seed}");
        let all = [best[0] + stand[0], best[1] + stand[1]];
        assert_eq!(said, [all[0] as f64, all[1] as f64, best[2] as f64 / 100.0], "market {seed}");
        assert_eq!(result.placements().people(), here.people() + standing.people());
        decided += world.decisions.len();
        stood += standing.people();
        stayed += talent_match::insight::decided(&result).stayed;
    }
    assert!(decided > 3_000 && stood > 400 && stayed > 250, "{decided} decided, {stood} stood, {stayed} stayed");
}

/// What the engine reaches beyond the placements that stand; nothing if it proves that nothing keeps the limits.
fn found(market: &Market, config: &Config, standing: &Placements) -> Result<Option<Reached>, FormulationError> {
    let engine = engine(config);
    match engine.run(market, &Control::new()) {
        Ok(result) => {
            assert_kept(market, config, &result, standing);
            let here = result.placements().without_standing(market);
            Ok(Some(reached(result.docking(), &here)))
        }
        Err(Error::Infeasible(_)) => {
            assert_eq!(docking(market, config).formulation().held(market), [], "E005 names what is held");
            Ok(None)
        }
        Err(Error::Held { held, .. }) => {
            assert!(!held.is_empty() && held.iter().all(|limit| limit.standing > 0 && limit.needed > 0));
            Ok(None)
        }
        Err(Error::Formulation(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn limits_count_those_who_stand_on_small_markets() {
    let (mut broken, mut impossible, mut solved) = (0, 0, 0);
    for seed in 0..1_000 {
        let mut world = limited(seed);
        decide(&mut world, &mut Random::new(seed ^ 0x5ea7));
        let (market, config) = (world.market(), Config::default());
        let standing = standing(&world, &market);
        let checks = |placements: &Placements| -> Vec<Check> {
            audit(&market, &config.rules, placements).findings().iter().map(|finding| finding.check).collect()
        };
        match found(&market, &config, &standing) {
            Err(error) => {
                assert!(error.to_string().starts_with("F007"), "{error}");
                let hopeless = [Check::QuotaMost, Check::Mentors, Check::Whole, Check::Together, Check::Apart];
                assert!(checks(&standing).iter().any(|check| hopeless.contains(check)), "market {seed}: {error}");
                broken += 1;
            }
            Ok(reached_here) => {
                let docking = docking(&market, &config);
                let whole = |here: &Placements| here.clone().with_standing(&market);
                let clean = all_placements(&docking).into_iter().filter(|here| checks(&whole(here)).is_empty());
                let best = clean.map(|here| reached(&docking, &here)).max();
                assert_eq!(reached_here, best, "market {seed}");
                *if best.is_some() { &mut solved } else { &mut impossible } += 1;
            }
        }
    }
    assert!(
        broken > 20 && impossible > 50 && solved > 500,
        "{broken} broken, {impossible} impossible, {solved} solved"
    );
}

/// Of the cohort `ban` of four one has left and two stand at `welder`, where a third seat is free; `li` has signed, `wu` may
/// not go to `welder`, and nobody else goes there.
pub(crate) fn second() -> World {
    let mut world = World::of_two();
    let (mut post, unit) = (world.posts[0].clone(), world.supply[0].clone());
    (post.id, post.seats_max) = ("welder".to_owned(), 5);
    world.posts.push(post);
    for id in ["wu", "xu"] {
        let mut other = unit.clone();
        id.clone_into(&mut other.id);
        world.supply.push(other);
    }
    world.supply.push(Supply::cohort("ban", "machining", 2, 4, unit.birth, WINDOW));
    world.decisions = vec![
        Decision::at("li", "fitter", DecisionState::Signed).of_round(1),
        Decision::at("ban", "welder", DecisionState::Frozen).of_people(2),
        Decision::left("ban").of_people(1),
        Decision::at("wu", "welder", DecisionState::Forbidden).because("a reason"),
    ];
    world
}

#[test]
fn each_thing_that_is_decided_is_refused_by_its_own_code() {
    let world = second();
    let market = world.market();
    let told = |rows: &[(&str, &str, u32)]| -> Vec<String> {
        let found = audit(&market, &RuleBook::default(), &placements(&market, rows));
        found.findings().iter().map(ToString::to_string).collect()
    };
    let right = [("li", "fitter", 1), ("ban", "welder", 3), ("xu", "welder", 1)];
    assert_eq!(told(&right), [""; 0]);
    let missing = [("ban", "welder", 3), ("xu", "welder", 1)];
    assert_eq!(told(&missing), ["A12 placements that stand, unit li, post fitter: 0 of at least 1"]);
    let fewer = [("li", "fitter", 1), ("ban", "welder", 1)];
    assert_eq!(told(&fewer), ["A12 placements that stand, unit ban, post welder: 1 of at least 2"]);
    let departed = [("li", "fitter", 1), ("ban", "welder", 4)];
    assert_eq!(told(&departed), ["A13 people who have left, unit ban: 4 of at most 3"]);
    let closed = [("li", "fitter", 1), ("ban", "welder", 2), ("wu", "welder", 1)];
    assert_eq!(told(&closed), ["R15 not decided against, unit wu, post welder"]);
    let crowded = [("li", "fitter", 1), ("ban", "welder", 2), ("xu", "fitter", 1)];
    assert_eq!(told(&crowded), ["A02 seats, post fitter: 2 of at most 1"]);
    let twice = [("li", "fitter", 1), ("li", "welder", 1), ("ban", "welder", 2)];
    assert_eq!(told(&twice), ["A01 headcounts, unit li: 2 of at most 1"]);
}

#[test]
fn a_record_that_leaves_decisions_out_is_refused() {
    let (market, config) = (second().market(), Config::default());
    let engine = engine(&config);
    let result = run(&engine, &market);
    let record = Record::of(&result);
    assert_eq!(failures(&market, &config, &record), [""; 0]);
    let files = talent_match::record::FILES.map(|file| record.file(file).expect("it is text").to_owned());
    assert!(files[0].starts_with("unit,post,people,") && files[0].lines().next().unwrap_or("").ends_with(",standing"));
    let with = |text: String| {
        assert_ne!(text, files[0]);
        let bytes = [text, files[1].clone(), files[2].clone()].map(String::into_bytes);
        failures(&market, &config, &Record::from_bytes(bytes))
    };
    let without = |unit: &str| {
        let rows: Vec<&str> = files[0].lines().filter(|line| !line.starts_with(unit)).collect();
        rows.join("\n") + "\n"
    };
    assert_eq!(with(without("li,")), ["A12"]);
    assert!(with(files[0].replace("ban,welder,3,", "ban,welder,4,")).contains(&"A13"));
    assert!(with(format!("{}wu,welder,1,,,,,,,,,,0\n", without("wu,"))).contains(&"R15"));
    assert!(with(files[0].replace("li,fitter,1,", "li,fitter,2,")).contains(&"A02"));
    let unmarked = files[0].lines().map(|line| line.rsplit_once(',').map_or(line, |(row, _)| row).to_owned() + "\n");
    assert_eq!(with(unmarked.collect()), ["digest"]);
    // The same files beside the market as it was before anything was decided.
    let before = World { decisions: Vec::new(), ..second() }.market();
    assert!(failures(&before, &config, &record).contains(&"digest"));
}

#[test]
fn what_stands_is_not_asked_and_what_is_closed_is_screened() {
    let mut world = second();
    world.supply[0].grade = Some(1);
    let market = world.market();
    let config = Config::default();
    let engine = engine(&config);
    let result = run(&engine, &market);
    let li = market.find_unit("li").expect("a unit");
    assert_eq!(result.placements().of(li).len(), 1, "first year or not, li has signed");
    let cuts = talent_match::insight::cuts(&result);
    assert_eq!(cuts.iter().find(|line| line.rule == Rule::Decided).map(|line| line.pairs), Some(1));
    let text = talent_match::Report::of(&result).text(talent_match::Language::English);
    assert!(text.contains("R15 not decided against") && text.contains("After earlier rounds"), "{text}");
    let text = talent_match::Report::of(&run(&engine, &small_round())).text(talent_match::Language::English);
    assert!(!text.contains("R15") && !text.contains("After earlier rounds"), "{text}");
}

#[test]
fn numbers_of_the_market_follow_from_its_decisions() {
    let market = second().market();
    let (ban, welder) = (market.find_unit("ban").expect("a unit"), market.find_post("welder").expect("a post"));
    assert_eq!((market.unit(ban).headcount, market.present(ban), market.open_headcount(ban)), (4, 3, 1));
    assert_eq!((market.open_seats(welder).min, market.open_seats(welder).max, market.frozen_at(welder)), (0, 3, 2));
    assert_eq!(market.frozen(ban), [Placement { unit: ban, post: welder, people: 2 }]);
    assert_eq!(market.frozen_placements().len(), 2);
    let closed: Vec<(SupplyIx, PostIx)> =
        pairs(&market).filter(|(unit, post)| market.closed(*unit, *post).is_some()).collect();
    assert_eq!(closed, [(market.find_unit("wu").expect("a unit"), welder)]);
    assert_eq!(market.previous_placements(), []);
}

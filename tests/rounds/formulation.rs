//! Goals are compared in their order whatever the numbers, or the question is refused; lots order equals.

use talent_match::docking::Docking;
use talent_match::formulation::{FormulationError, Goal};
use talent_match::index::UnitId;
use talent_match::market::{Market, Mode, Rule, RuleBook, Side, SupplyIx, lottery_draw};
use talent_match::{Config, Control, Verified};

use crate::random::Random;
use crate::random_markets::{Pick, Size, config, docking, engine, nearness_alone, run, world};
use crate::world::{World, inside};

/// All orders of one, two or three goals.
fn orders() -> Vec<Vec<Goal>> {
    let mut orders: Vec<Vec<Goal>> = vec![Vec::new()];
    let mut next = 0;
    while next < orders.len() {
        let missing: Vec<Goal> = Goal::ALL.iter().copied().filter(|goal| !orders[next].contains(goal)).collect();
        for goal in missing {
            let longer = orders[next].iter().copied().chain([goal]).collect();
            orders.push(longer);
        }
        next += 1;
    }
    orders.remove(0);
    orders
}

/// What a placement reaches of each goal, in the order of [`Goal::ALL`]; the score in steps.
type Reached = [i64; 3];

fn of_pair(docking: &Docking<'_>, steps: u32, unit: SupplyIx, post: talent_match::market::PostIx) -> Reached {
    let points = docking.explainer().explain(unit, post).total;
    [1, i64::from(inside(docking.market(), unit, post)), (points * f64::from(steps)).round() as i64]
}

/// What every feasible placement reaches, one person after the other.
fn all_reached(docking: &Docking<'_>, steps: u32) -> Vec<Reached> {
    let market = docking.market();
    let people: Vec<SupplyIx> = SupplyIx::all(market.supply().len())
        .flat_map(|unit| vec![unit; market.unit(unit).headcount as usize])
        .collect();
    let mut states = vec![([0; 3], market.posts().iter().map(|post| post.seats_max).collect::<Vec<u32>>())];
    for unit in people {
        for k in 0..states.len() {
            let (reached, seats) = states[k].clone();
            for post in docking.acceptable().posts_of(unit) {
                if seats[post.index()] > 0 {
                    let mut seats = seats.clone();
                    seats[post.index()] -= 1;
                    let more = of_pair(docking, steps, unit, *post);
                    states.push(([0, 1, 2].map(|goal| reached[goal] + more[goal]), seats));
                }
            }
        }
        states.sort_unstable();
        states.dedup();
    }
    states.into_iter().map(|(reached, _)| reached).collect()
}

fn reached(result: &Verified<'_>, steps: u32) -> Reached {
    result.placements().all().iter().fold([0; 3], |sum, placement| {
        let one = of_pair(result.docking(), steps, placement.unit, placement.post);
        [0, 1, 2].map(|goal| sum[goal] + i64::from(placement.people) * one[goal])
    })
}

/// Every rule is soft, and most cost so much that placing one more person takes several times the points of the best
/// pair.
fn costly_rules(random: &mut Random) -> RuleBook {
    let book = RuleBook::default();
    Rule::ALL.iter().fold(book, |book, rule| book.with_mode(*rule, Mode::Soft(random.pick(&[0, 5, 100, 100]))))
}

#[test]
fn goals_are_compared_in_every_order() {
    assert_eq!(orders().len(), 15);
    let mut placements = 0;
    for seed in 0..150 {
        let market = world(seed, Size { oddity: 3, units: 5, ..Size::TINY }).market();
        let book = costly_rules(&mut Random::new(seed));
        let steps = [1, 3, 100, 10_000][seed as usize % 4];
        let base = config(|config| (config.rules, config.objective.steps) = (book, steps));
        let possible = all_reached(&docking(&market, &base), steps);
        for goals in orders() {
            let config = config(|config| {
                config.rules = base.rules.clone();
                (config.objective.steps, config.objective.goals) = (steps, goals.clone());
            });
            let engine = engine(&config);
            let result = run(&engine, &market);
            let in_order = |reached: &Reached| goals.iter().map(|goal| reached[*goal as usize]).collect::<Vec<_>>();
            let best = possible.iter().map(in_order).max().expect("nobody placed is always possible");
            assert_eq!(in_order(&reached(&result, steps)), best, "{goals:?} in market {seed}");
            placements += result.placements().all().len();
        }
    }
    assert!(placements > 500, "only {placements} placements");
}

/// Placing one more person moves everybody else along a chain, at the whole range of points each.
#[test]
fn an_earlier_goal_outweighs_a_long_chain_of_losses() {
    for (length, goal) in [(2, Goal::Placed), (6, Goal::Placed), (2, Goal::InConsortium), (6, Goal::InConsortium)] {
        let mut rows = World::chain(length);
        rows.posts[usize::from(length) - 1].seats_max = 2;
        (rows.schools[0].member, rows.enterprises[0].member) = (true, true);
        let market = rows.market();
        let engine = engine(&nearness_alone(&[goal, Goal::Score]));
        let result = run(&engine, &market);
        assert_eq!(result.placements().people(), u64::from(length) + 1, "{goal:?} first, {length} seats");
        assert_eq!(reached(&result, 1), [i64::from(length) + 1, i64::from(length) + 1, 100]);
        let engine = self::engine(&nearness_alone(&[Goal::Score, goal]));
        assert_eq!(reached(&run(&engine, &market), 1)[2], 100 * i64::from(length), "points first");
    }
}

fn refused(market: &Market, config: &Config) -> FormulationError {
    Docking::prepare(market, config, &Control::new()).expect_err("the question cannot be asked")
}

#[test]
fn goals_and_steps_that_cannot_be_meant_are_refused() {
    let market = World::of_two().market();
    let text = "F001: the goals must be one or more, each at most once; correct `goals`";
    for goals in [vec![], vec![Goal::Score, Goal::Placed, Goal::Score]] {
        let error = refused(&market, &config(|config| config.objective.goals = goals));
        assert_eq!((&error, error.to_string().as_str()), (&FormulationError::Goals, text));
    }
    for steps in [0, 10_001, u32::MAX] {
        let error = refused(&market, &config(|config| config.objective.steps = steps));
        let text = format!("F002: {steps} steps a point are not within 1 and 10000; correct `steps`");
        assert_eq!((&error, error.to_string()), (&FormulationError::Steps { steps }, text));
    }
}

#[test]
fn goals_that_do_not_fit_are_refused_before_anything_is_solved() {
    let mut world = World::of_two();
    world.unit().grade = Some(1);
    let soft = |points, goals: &[Goal], steps| {
        config(|config| {
            config.rules = config.rules.clone().with_mode(Rule::Grade, Mode::Soft(points));
            (config.objective.goals, config.objective.steps) = (goals.to_vec(), steps);
        })
    };
    let market = world.market();
    // One post: a step of score and nothing below it, so that the weight is the score itself.
    let fitting = soft(100_000, &[Goal::Score], 10_000);
    assert!(Docking::prepare(&market, &fitting, &Control::new()).is_ok());
    let error = refused(&market, &soft(u32::MAX, &[Goal::Score], 10_000));
    let FormulationError::Range { needed, limit, fits } = error else { panic!("{error}") };
    assert!(needed > i128::from(limit));
    assert_eq!(
        error.to_string(),
        format!(
            "F003: the goals need weights up to {needed}, beyond {limit}; about {fits} steps a point would fit, or fewer goals"
        )
    );
    // The same score fits alone, but not with a goal above it that weighs pairs.
    let above = soft(100_000, &[Goal::InConsortium, Goal::Score], 10_000);
    assert!(matches!(refused(&market, &above), FormulationError::Range { .. }));
    let text = FormulationError::Pairs { pairs: 5_000_000_000 }.to_string();
    assert_eq!(text, "F004: 5000000000 acceptable pairs are more than 4294967295; split the market");
}

/// Ids of the supply in the order the solver sees them.
fn lots(market: &Market, seed: u64) -> Vec<String> {
    let config = config(|config| config.seed = Some(seed));
    let docking = docking(market, &config);
    let units = UnitId::all(market.supply().len());
    units.map(|unit| market.unit(docking.formulation().supply(unit)).id.clone()).collect()
}

#[test]
fn lots_depend_on_seed_and_id_alone() {
    for seed in 0..50 {
        let rows = world(seed, Size::USUAL);
        let market = rows.market();
        let order = lots(&market, 1);
        let draws: Vec<u64> = order.iter().map(|id| lottery_draw(1, Side::Supply, id)).collect();
        assert!(draws.is_sorted());
        let mut turned = rows.clone();
        turned.supply.reverse();
        turned.posts.reverse();
        turned.programmes.reverse();
        assert_eq!(lots(&turned.market(), 1), order);
    }
}

#[test]
fn lots_go_to_the_units_and_posts_and_back() {
    let market = world(3, Size { units: 30, ..Size::USUAL }).market();
    let config = Config::default();
    let docking = docking(&market, &config);
    let formulation = docking.formulation();
    for unit in SupplyIx::all(market.supply().len()) {
        assert_eq!(formulation.supply(formulation.unit_id(unit)), unit);
    }
    for post in talent_match::market::PostIx::all(market.posts().len()) {
        assert_eq!(formulation.post(formulation.post_id(post)), post);
    }
}

#[test]
fn another_seed_gives_the_seat_to_another_of_equals() {
    let mut rows = World::of_two();
    rows.supply = (0..6)
        .map(|k| {
            let mut unit = rows.supply[0].clone();
            unit.id = format!("unit{k}");
            unit
        })
        .collect();
    let market = rows.market();
    let mut winners = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let engine = engine(&config(|config| config.seed = Some(seed)));
        let result = run(&engine, &market);
        assert_eq!(result.placements().people(), 1);
        winners.insert(result.placements().all()[0].unit);
    }
    assert!(winners.len() >= 4, "only {winners:?} ever win");
}

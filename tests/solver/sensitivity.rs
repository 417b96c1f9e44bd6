//! What an optimum's surroundings are worth, against solving the changed problem with the oracle for quotas.

use talent_match::certificate::{Claim, verify};
use talent_match::control::Control;
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Load, Matching, Opening, Placement, Prices, Problem, SeatRange, Solution, Span};
use talent_match::index::{PairId, PostId};
use talent_match::sensitivity::{Certainty, Exchange, SeatValue, Sensitivity};
use talent_match::solve::{Outcome, Searched, lowest_prices, search, settle, solve};

use super::support::instances::Shape;
use super::support::listing::best_listed_of;
use super::support::min_cost_flow::best_feasible;
use super::support::nested::{Forest, Nested};
use super::support::random::Random;

/// A pair by its unit and its place in the unit's row.
#[derive(Clone, Copy)]
struct Place {
    unit: usize,
    at: usize,
}

/// `nested` with `count` members of a unit kept for one of its pairs.
fn forced(nested: &Nested, place: Place, count: u32) -> Option<Nested> {
    let mut changed = nested.clone();
    let heads = &mut changed.plain.headcounts;
    heads[place.unit] = heads[place.unit].checked_sub(count)?;
    heads.push(count);
    let pair = nested.plain.rows[place.unit][place.at];
    changed.plain.rows.push(vec![pair]);
    let supply = &mut changed.supply;
    let node = supply.parents.len();
    supply.minima.resize(node, 0);
    supply.penalties.resize(node, None);
    supply.parents.push(supply.leaves[place.unit]);
    supply.maxima.push(count);
    supply.minima.push(count);
    supply.penalties.push(None);
    supply.leaves.push(Some(node as u32));
    Some(changed)
}

/// `nested` with at most `count` members of a unit at one of its pairs.
fn capped(nested: &Nested, place: Place, count: u32) -> Nested {
    let mut changed = nested.clone();
    let plain = &mut changed.plain;
    let mut row = plain.rows[place.unit].clone();
    row.remove(place.at);
    plain.rows.push(row);
    plain.headcounts.push(plain.headcounts[place.unit] - count);
    plain.headcounts[place.unit] = count;
    changed.supply.leaves.push(changed.supply.leaves[place.unit]);
    changed
}

struct Solved {
    nested: Nested,
    problem: Problem,
    solution: Solution,
    value: i128,
}

/// A random problem with quotas and its optimum, at prices of one kind or another; none if nothing is feasible.
fn draw(seed: u64) -> Option<Solved> {
    let families = Shape::small_families();
    let (_, shape) = families[seed as usize % (families.len() - 1)];
    // Every third one with long chains of moves.
    let shape = match seed % 3 {
        0 => Shape { units: (4, 8), degree: (1, 3), seats: (1, 1), weights: (1, 9), ..Shape::SMALL },
        _ => Shape { bonus: (0, shape.bonus.1.min(1_000)), ..shape },
    };
    let random = &mut Random::new(seed);
    let most = random.within(0, 3);
    let mut nested = Nested::draw(&shape, most, random);
    if random.within(0, 1) == 0 {
        nested = nested.with_ranges(random);
    }
    let problem = nested.problem();
    let Ok(Outcome::Optimal(solution)) = solve(&problem, &Control::new()) else {
        assert_eq!(best_feasible(&nested), None, "problem {seed}");
        return None;
    };
    let lowest = lowest_prices(&problem, &solution);
    let prices = if random.within(0, 1) == 0 { lowest } else { solution.prices };
    let solution = Solution { prices, ..solution };
    let value = problem.value(&solution.matching);
    Some(Solved { nested, problem, solution, value })
}

/// Makes the moves of an exchange.
fn moved(problem: &Problem, matching: &Matching, exchange: &Exchange) -> Matching {
    let graph = problem.graph();
    let mut counts: Vec<i64> = PairId::all(graph.pairs()).map(|pair| matching.count(pair)).collect();
    for step in &exchange.moves {
        for (post, by) in [(step.from, -1), (step.to, 1)] {
            if let Some(post) = post {
                counts[graph.find(step.unit, post).expect("moves are along pairs").index()] += by;
            }
        }
    }
    let place = |(pair, count): (usize, &i64)| Placement {
        pair: PairId::new(pair as u32),
        count: u32::try_from(*count).expect("nobody leaves where nobody is"),
    };
    Matching::new(counts.iter().enumerate().map(place).collect())
}

fn assert_exchange(
    solved: &Solved,
    found: Option<&Exchange>,
    expected: Option<i128>,
    (pair, by): (PairId, i64),
    what: &str,
) {
    assert_eq!(found.map(|found| i128::from(found.loss)), expected.map(|value| solved.value - value), "{what}");
    let Some(found) = found else { return };
    let matching = moved(&solved.problem, &solved.solution.matching, found);
    let problem = &solved.problem;
    let (demand, supply) = (vec![0; problem.demand_quotas().len()], vec![0; problem.supply_quotas().len()]);
    let prices = Prices::new(vec![0; problem.seats().len()]).with_quotas(demand, supply);
    let proof = verify(
        &solved.problem,
        &Solution { matching: matching.clone(), prices },
        Claim::Within(i128::MAX),
        &Control::new(),
    );
    assert!(proof.is_sound(), "{what}: {:?}", proof.faults().collect::<Vec<_>>());
    assert_eq!(solved.problem.value(&matching), solved.value - i128::from(found.loss), "{what}");
    assert_eq!(matching.count(pair) - solved.solution.matching.count(pair), by, "{what}");
}

#[test]
fn one_more_and_one_fewer_cost_what_solving_the_changed_problem_says() {
    let mut seen = [0_usize; 8];
    for seed in 0..4_000 {
        let Some(solved) = draw(seed) else { continue };
        let Solved { nested, problem, solution, value } = &solved;
        let sensitivity = Sensitivity::of(problem, solution).expect("the prices prove it");
        for pair in PairId::all(problem.graph().pairs()) {
            let unit = problem.graph().unit_of(pair);
            let place = Place { unit: unit.index(), at: pair.index() - problem.graph().row(unit).start };
            let placed = solution.matching.count(pair) as u32;
            let what = format!("pair {pair:?} of problem {seed}: {nested:?} {solution:?}");
            let more = sensitivity.one_more(pair);
            let expected = forced(nested, place, placed + 1).and_then(|changed| best_feasible(&changed));
            assert_exchange(&solved, more.as_ref(), expected, (pair, 1), &what);
            if let Some(more) = &more {
                seen[1] += usize::from(more.loss > 0);
                seen[2] += usize::from(more.moves.len() > 2);
            }
            let fewer = sensitivity.one_fewer(pair);
            let expected = if placed == 0 { None } else { best_feasible(&capped(nested, place, placed - 1)) };
            assert_exchange(&solved, fewer.as_ref(), expected, (pair, -1), &what);
            let certainty = match (placed, expected, &more) {
                (0, _, Some(more)) if more.loss == 0 => Certainty::Other,
                (0, ..) => Certainty::None,
                (_, Some(other), _) if other == *value => Certainty::Some,
                _ => Certainty::Every,
            };
            assert_eq!(sensitivity.certainty(pair), certainty, "{what}");
            seen[3 + certainty as usize] += 1;
            let margin = sensitivity.margin(pair);
            let loss = if placed > 0 { &fewer } else { &more }.as_ref().map(|exchange| exchange.loss);
            assert!(loss.is_none_or(|loss| margin.at_least.is_some_and(|least| least <= loss)), "{what}");
            assert!(margin.at_most.is_none_or(|most| loss.is_some_and(|loss| loss <= most)), "{what}");
            assert!(sensitivity.margins(unit).any(|other| other == margin) && margin.certainty == certainty, "{what}");
            seen[0] += usize::from(loss.is_some() && [margin.at_least, margin.at_most] == [loss; 2]);
            assert!(sensitivity.reduced_cost(pair) >= 0, "{what}");
            // The optimum takes the pair up when it earns more than it lacks, and not before.
            if let Some(more) = more.filter(|_| placed == 0) {
                for (by, gain) in [(more.loss, 0), (more.loss + 1, 1)] {
                    let mut changed = nested.clone();
                    let Ok(by) = i32::try_from(by) else { continue };
                    changed.plain.rows[place.unit][place.at].1 += by;
                    if nested.plain.headcounts[place.unit] == 1 {
                        assert_eq!(best_feasible(&changed), Some(value + gain), "{what}");
                        seen[7] += 1;
                    }
                }
            }
        }
    }
    assert!(seen.iter().all(|&count| count > 100), "{seen:?}");
}

fn assert_seats(
    solved: &Solved,
    found: SeatValue,
    change: impl Fn(&mut Nested, i64, i64) -> bool,
    what: &str,
) -> usize {
    let with = |min: i64, max: i64| {
        let mut changed = solved.nested.clone();
        change(&mut changed, min, max).then(|| best_feasible(&changed)).flatten()
    };
    let [more, fewer, lower] = [with(0, 1), with(0, -1), with(-1, 0)];
    assert_eq!(found.more.map(i128::from), more.map(|value| value - solved.value), "more: {what}");
    assert_eq!(found.fewer.map(i128::from), fewer.map(|value| solved.value - value), "fewer: {what}");
    assert_eq!(found.lower_minimum.map(i128::from), lower.map(|value| value - solved.value), "lower: {what}");
    [found.more, found.fewer, found.lower_minimum]
        .into_iter()
        .filter(|value| value.is_some_and(|value| value > 0))
        .count()
}

/// Changes the ends of a range; false if that leaves none.
fn widen(min: &mut u32, max: &mut u32, [by_min, by_max]: [i64; 2]) -> bool {
    let (new_min, new_max) = (i64::from(*min) + by_min, i64::from(*max) + by_max);
    (*min, *max) = (new_min.max(0) as u32, new_max.max(0) as u32);
    0 <= new_min && new_min <= new_max
}

fn widen_node(forest: &mut Forest, node: usize, by: [i64; 2]) -> bool {
    forest.minima.resize(forest.parents.len(), 0);
    widen(&mut forest.minima[node], &mut forest.maxima[node], by)
}

#[test]
fn both_sides_of_every_price_are_what_another_range_is_worth() {
    let mut seen = [0; 3];
    for seed in 0..1_500 {
        let Some(solved) = draw(seed) else { continue };
        let Solved { nested, problem, solution, .. } = &solved;
        let sensitivity = Sensitivity::of(problem, solution).expect("the prices prove it");
        let values = sensitivity.seats();
        for (post, &value) in values.posts.iter().enumerate() {
            let change = |changed: &mut Nested, min: i64, max: i64| {
                changed.minima.resize(changed.plain.seats.len(), 0);
                widen(&mut changed.minima[post], &mut changed.plain.seats[post], [min, max])
            };
            seen[0] += assert_seats(&solved, value, change, &format!("post {post} of {seed}: {nested:?} {solution:?}"));
        }
        for (node, &value) in values.demand.iter().enumerate() {
            let change = |changed: &mut Nested, min: i64, max: i64| widen_node(&mut changed.demand, node, [min, max]);
            seen[1] +=
                assert_seats(&solved, value, change, &format!("demand {node} of {seed}: {nested:?} {solution:?}"));
        }
        for (node, &value) in values.supply.iter().enumerate() {
            let change = |changed: &mut Nested, min: i64, max: i64| widen_node(&mut changed.supply, node, [min, max]);
            seen[2] +=
                assert_seats(&solved, value, change, &format!("supply {node} of {seed}: {nested:?} {solution:?}"));
        }
    }
    assert!(seen.iter().all(|&count| count > 100), "{seen:?}");
}

#[test]
fn seats_added_one_after_the_other_gain_what_solving_again_says() {
    const MOST: u32 = 5;
    let mut seen = [0; 2];
    for seed in 0..500 {
        let Some(solved) = draw(seed) else { continue };
        let Solved { nested, problem, solution, value } = &solved;
        let sensitivity = Sensitivity::of(problem, solution).expect("the prices prove it");
        let with = |nested: &Nested, post: usize, seats: u32| {
            let mut changed = nested.clone();
            changed.plain.seats[post] += seats;
            best_feasible(&changed)
        };
        for post in PostId::all(problem.seats().len()) {
            let values: Vec<_> = (1..=MOST).filter_map(|seats| with(nested, post.index(), seats)).collect();
            let gains: Vec<i128> = std::iter::once(value).chain(&values).zip(&values).map(|(a, b)| b - a).collect();
            let gains: Vec<i128> = gains.into_iter().take_while(|&gain| gain > 0).collect();
            let found: Vec<i128> = sensitivity.gains(post, MOST).into_iter().map(i128::from).collect();
            assert_eq!(found, gains, "{post:?} of {seed}: {nested:?} {solution:?}");
            seen[0] += found.len();
        }
        for pair in PairId::all(problem.graph().pairs()) {
            let (unit, post) = (problem.graph().unit_of(pair), problem.graph().post_of(pair).index());
            let place = Place { unit: unit.index(), at: pair.index() - problem.graph().row(unit).start };
            let forced = forced(nested, place, 1);
            let holds = |&seats: &u32| {
                forced
                    .as_ref()
                    .and_then(|forced| with(forced, post, seats))
                    .is_some_and(|value| Some(value) == with(nested, post, seats))
            };
            let expected = (0..=MOST).find(holds);
            assert_eq!(sensitivity.seats_until(pair, MOST), expected, "{pair:?} of {seed}: {nested:?} {solution:?}");
            seen[1] += usize::from(expected.is_some_and(|seats| seats > 0));
        }
    }
    assert!(seen.iter().all(|&count| count > 200), "{seen:?}");
}

/// The same problem with one member of the unit of `pair` fewer, and one seat fewer at its post.
fn without_one(problem: &Problem, pair: PairId) -> Problem {
    let graph = problem.graph();
    let (mut headcounts, mut seats) = (problem.headcounts().to_vec(), problem.seats().to_vec());
    headcounts[graph.unit_of(pair).index()] -= 1;
    let seat = &mut seats[graph.post_of(pair).index()];
    *seat = SeatRange::up_to(seat.max() - 1);
    Problem::new(graph.clone(), problem.weights().to_vec(), headcounts, seats).unwrap()
}

/// In markets where exchanges are long, and where all seats are taken: small ones have neither.
#[test]
fn exchanges_of_larger_markets_cost_what_solving_again_says() {
    let optimum = |problem: &Problem| match solve(problem, &Control::new()) {
        Ok(Outcome::Optimal(solution)) => solution,
        other => panic!("{other:?}"),
    };
    let (mut longest, mut exact) = (0, 0);
    for family in Family::ALL {
        for seed in 0..3 {
            let posts = if family == Family::OneToOne { 400 } else { 40 };
            let problem = instance(family, Size { units: 400, posts, degree: 8 }, seed).unwrap();
            let solution = optimum(&problem);
            let value = problem.value(&solution.matching);
            let solved = Solved { nested: Nested::default(), value, problem, solution };
            let (problem, matching) = (&solved.problem, &solved.solution.matching);
            let sensitivity = Sensitivity::of(problem, &solved.solution).expect("the prices prove it");
            for pair in PairId::all(problem.graph().pairs()).skip(seed as usize).step_by(61) {
                let what = format!("{pair:?} of {} with seed {seed}", family.name());
                let placed = matching.count(pair) > 0;
                let found = if placed { sensitivity.one_fewer(pair) } else { sensitivity.one_more(pair) };
                let expected = if placed {
                    let mut weights = problem.weights().to_vec();
                    weights[pair.index()] = i32::MIN / 2;
                    let (heads, seats) = (problem.headcounts().to_vec(), problem.seats().to_vec());
                    let banned = Problem::new(problem.graph().clone(), weights, heads, seats).unwrap();
                    banned.value(&optimum(&banned).matching)
                } else {
                    let rest = without_one(problem, pair);
                    rest.value(&optimum(&rest).matching) + i128::from(problem.weights()[pair.index()])
                };
                assert_exchange(&solved, found.as_ref(), Some(expected), (pair, if placed { -1 } else { 1 }), &what);
                let loss = found.as_ref().map(|found| found.loss);
                let margin = sensitivity.margin(pair);
                assert!(margin.at_least <= loss && loss <= margin.at_most, "{what}: {margin:?} {loss:?}");
                let certainty = match (placed, loss) {
                    (false, Some(0)) => Certainty::Other,
                    (false, _) => Certainty::None,
                    (true, Some(0)) => Certainty::Some,
                    (true, _) => Certainty::Every,
                };
                assert_eq!(margin.certainty, certainty, "{what}");
                longest = longest.max(found.map_or(0, |found| found.moves.len()));
                exact += usize::from(family == Family::LowRange && margin.at_least == margin.at_most);
            }
        }
    }
    // Where everybody is placed and every seat taken, the way by leaving says little, and the way by a post much.
    assert!(longest > 10 && exact > 20, "{longest} {exact}");
}

#[test]
fn prices_that_prove_nothing_answer_nothing() {
    let (mut refused, mut seen) = (0, 0);
    for seed in 0..300 {
        let Some(solved) = draw(seed) else { continue };
        let Solved { problem, mut solution, .. } = solved;
        let mut posts = solution.prices.posts().to_vec();
        let Some(first) = posts.first_mut() else { continue };
        *first += 1;
        let (demand, supply) = (solution.prices.demand().to_vec(), solution.prices.supply().to_vec());
        solution.prices = Prices::new(posts).with_quotas(demand, supply);
        let proven = verify(&problem, &solution, Claim::Optimal, &Control::new()).is_optimal();
        assert_eq!(Sensitivity::of(&problem, &solution).is_some(), proven, "problem {seed}");
        refused += usize::from(!proven);
        seen += 1;
    }
    assert!(refused > 50 && seen > refused, "{refused} of {seen}");
}

/// What is open, and how many are placed by the pairs of couplings.
fn decisions(problem: &Problem, matching: &Matching) -> Vec<(Load, i64)> {
    let decided = problem.decided_by(matching).into_iter();
    decided.map(|(load, min, max)| (load, if matches!(load, Load::Pair(_)) { min } else { max.min(1) })).collect()
}

/// Where classes open or not, or limits cross, everything holds as long as that stays as decided.
#[test]
fn what_a_search_decided_is_kept() {
    let mut seen = [0; 4];
    let families = Shape::small_families();
    for seed in 0..1_500_u64 {
        let (_, shape) = families[seed as usize % (families.len() - 1)];
        let problem = crate::branch::draw(&Shape { units: (0, 4), posts: (0, 3), ..shape }, seed);
        let Ok(Searched::Optimal { matching, cases }) = search(&problem, &Control::new()) else { continue };
        let solution = settle(&problem, &matching, &cases, &Control::new()).unwrap();
        let value = problem.value(&solution.matching);
        let what = format!("problem {seed}: {problem:?} {solution:?}");
        let sensitivity = Sensitivity::of(&problem, &solution).unwrap_or_else(|| panic!("no proof of {what}"));
        let decided = decisions(&problem, &solution.matching);
        for pair in PairId::all(problem.graph().pairs()) {
            let placed = solution.matching.count(pair);
            let best = |counts: &dyn Fn(i64) -> bool| {
                let same = |other: &Matching| counts(other.count(pair)) && decisions(&problem, other) == decided;
                best_listed_of(&problem, &same).map(|other| value - other)
            };
            if sensitivity.is_decided(pair) {
                seen[0] += 1;
                assert_eq!((sensitivity.one_more(pair), sensitivity.one_fewer(pair)), (None, None));
                continue;
            }
            let more = sensitivity.one_more(pair).map(|exchange| i128::from(exchange.loss));
            assert_eq!(more, best(&|count| count > placed), "{pair:?} of {what}");
            let fewer = sensitivity.one_fewer(pair).map(|exchange| i128::from(exchange.loss));
            assert_eq!(fewer, best(&|count| count < placed), "{pair:?} of {what}");
            seen[1] += usize::from(more.is_some_and(|loss| loss > 0));
        }
        for (post, found) in PostId::all(problem.seats().len()).zip(sensitivity.seats().posts) {
            let range = problem.seat(post);
            for (by, found) in [(1, found.more), (-1, found.fewer.map(|loss| -loss))] {
                let max = i64::from(range.max()) + by;
                let Ok(mut changed) = SeatRange::between(range.min(), max.max(0) as u32) else { continue };
                if range.opening() == Opening::OrClosed {
                    changed = changed.or_closed();
                }
                if max < 0 || Span::from(changed).has_gap() != Span::from(range).has_gap() {
                    continue;
                }
                let mut seats = problem.seats().to_vec();
                seats[post.index()] = changed;
                let changed = Problem::new(
                    problem.graph().clone(),
                    problem.weights().to_vec(),
                    problem.headcounts().to_vec(),
                    seats,
                )
                .and_then(|changed| changed.with_placement_bonus(problem.placement_bonus()))
                .and_then(|changed| changed.with_demand_quotas(problem.demand_quotas().clone()))
                .and_then(|changed| changed.with_supply_quotas(problem.supply_quotas().clone()))
                .and_then(|changed| changed.with_couplings(problem.couplings().to_vec()))
                .unwrap();
                let other = best_listed_of(&changed, &|other| decisions(&changed, other) == decided);
                let closed = decided.contains(&(Load::Post(post), 0));
                if closed {
                    seen[2] += 1;
                    assert_eq!(found.filter(|_| by > 0), None, "{post:?} of {what}");
                    assert_eq!(sensitivity.gains(post, 2), [0; 0], "it stays closed: {post:?} of {what}");
                } else {
                    if by > 0 {
                        let first = sensitivity.gains(post, 1).first().copied().unwrap_or(0);
                        assert_eq!(Some(first), found, "{post:?} of {what}");
                    }
                    seen[3] += usize::from(found.is_some_and(|gain| gain != 0));
                    assert_eq!(found.map(i128::from), other.map(|other| other - value), "{post:?} {by} of {what}");
                }
            }
        }
    }
    assert!(seen.iter().all(|&count| count > 50), "{seen:?}");
}

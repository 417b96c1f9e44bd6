//! A round that asks for the canonical answer gets it, says so in its files, and says when there was no time for it.

use talent_match::control::{CancelToken, Observer, Phase, Progress, Stop};
use talent_match::docking::Docking;
use talent_match::formulation::Goal;
use talent_match::graph::Problem;
use talent_match::index::UnitId;
use talent_match::insight::{Decider, Insight, goals};
use talent_match::solve::canonical;
use talent_match::{Answer, Config, Control, Record, Status, Verified};

use crate::random_markets::{Size, config, engine, jinpu_market, run, world};

fn asked() -> Config {
    config(|config| config.answer = Answer::Canonical)
}

/// The files say the same to somebody who has only them and the market.
fn assert_examined(result: &Verified<'_>) {
    let record = Record::of(result);
    let config = record.config().expect("the configuration is in the certificate");
    assert_eq!(config.answer, Answer::Canonical);
    let docking = Docking::prepare(result.docking().market(), &config, &Control::new()).expect("it was asked before");
    let examination = record.examine(docking, &Control::new());
    assert_eq!(examination.failed().collect::<Vec<_>>(), [""; 0]);
    assert_eq!(examination.verified().map(Verified::status), Some(result.status()));
}

#[test]
fn it_is_the_first_of_the_best_and_reaches_the_same() {
    // Where people count and points do not, most rounds have many best placements.
    let placed = |answer| config(|config| (config.objective.goals, config.answer) = (vec![Goal::Placed], answer));
    let (usual, first) = (engine(&placed(Answer::Deterministic)), engine(&placed(Answer::Canonical)));
    let mut others = 0;
    for seed in 0..200 {
        let market = world(seed, Size::USUAL).market();
        let (found, asked) = (run(&usual, &market), run(&first, &market));
        assert_eq!(asked.status(), Status::Optimal);
        assert_eq!(goals(&asked), goals(&found));
        assert_ne!(asked.docking().digest(), found.docking().digest(), "the digest knows what was asked");
        let problem = found.docking().formulation().problem();
        assert_eq!(canonical(problem, found.solution(), &Control::new()).as_ref(), Ok(asked.solution()));
        assert_examined(&asked);
        others += u32::from(found.placements() != asked.placements());
    }
    assert!(others > 6, "{others}");
}

/// The place of what `unit`, a single person, has among its posts by preference; beyond them if it has nothing.
fn rank(problem: &Problem, result: &Verified<'_>, unit: UnitId) -> usize {
    let row = problem.graph().row(unit);
    let mut order: Vec<usize> = row.clone().collect();
    order.sort_by_key(|&pair| std::cmp::Reverse(problem.weights()[pair]));
    let placed = result.solution().matching.placements();
    let held = placed.iter().map(|placement| placement.pair.index()).find(|pair| row.contains(pair));
    held.map_or(order.len(), |held| order.iter().position(|&pair| pair == held).expect("the pair is in its row"))
}

#[test]
fn of_two_people_alike_the_lower_draw_has_the_better_post() {
    let first = engine(&asked());
    let mut twins = 0;
    for seed in 0..4 {
        let market = jinpu_market(400, seed);
        let result = run(&first, &market);
        let problem = result.docking().formulation().problem();
        let (graph, weights) = (problem.graph(), problem.weights());
        let single: Vec<UnitId> = UnitId::all(graph.units())
            .filter(|&unit| problem.headcount(unit) == 1 && !graph.row(unit).is_empty())
            .collect();
        let alike = |a: UnitId, b: UnitId| {
            graph.neighbours(a) == graph.neighbours(b) && weights[graph.row(a)] == weights[graph.row(b)]
        };
        for (k, &unit) in single.iter().enumerate() {
            for &later in single[k + 1..].iter().filter(|&&later| alike(unit, later)) {
                assert!(rank(problem, &result, unit) <= rank(problem, &result, later), "{unit:?} {later:?}");
                twins += 1;
            }
        }
    }
    assert!(twins > 0);
}

/// Cancels as soon as the solver has placed everybody.
#[derive(Default)]
struct Impatient(CancelToken);

impl Observer for Impatient {
    fn observe(&self, progress: Progress) {
        if progress.phase == Phase::Place && progress.done == progress.total {
            self.0.cancel();
        }
    }
}

#[test]
fn a_round_stopped_before_the_choice_is_best_and_says_that_it_is_not_the_first() {
    let market = jinpu_market(300, 4);
    let impatient = Impatient::default();
    let control = Control::new().with_observer(&impatient).with_cancel(&impatient.0);
    let first = engine(&asked());
    let result = first.run(&market, &control).expect("a stopped round is no error");
    assert_eq!(result.status(), Status::Feasible { stop: Some(Stop::Cancelled), gap: 0 });
    // Nobody is told that the lottery decided what it was not asked about.
    let whole = run(&first, &market);
    let deciders = [&result, &whole].map(|result| Insight::of(result).decider());
    assert_eq!(deciders, [Decider::Order, Decider::Lottery]);
    assert_eq!(goals(&result), goals(&whole));
    assert_examined(&result);
}

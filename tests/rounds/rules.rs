//! What is said of quotas, mentors and bonds, against the numbers of the market itself.

use talent_match::control::Limits;
use talent_match::docking::Docking;
use talent_match::formulation::{Origin, Standing};
use talent_match::generate::{Jinpu, jinpu, with_rules};
use talent_match::graph::Span;
use talent_match::insight::{LimitState, RuleLine, limits, rules};
use talent_match::market::{BondKind, Market, Mentor, Opening, Placement, Quota};
use talent_match::{Config, Control, Language, Report, Status};

use crate::limits::limited;
use crate::random_markets::engine;

/// Pairs looked at in the search of a Jinpu round with a cap that crosses, and half as many more.
const WORK: u64 = 1_000_000_000;

#[test]
fn limits_hold_what_the_placements_say() {
    let config = Config::default();
    let (mut seen, mut exceeded) = (std::collections::BTreeMap::new(), 0);
    for seed in 0..600 {
        let market = limited(seed).market();
        let engine = engine(&config);
        let Ok(result) = engine.run(&market, &Control::new()) else { continue };
        assert_eq!(result.status(), Status::Optimal);
        let said = limits(&result);
        for group in market.quota_groups() {
            let label = group.label(&market);
            let line = said.iter().find(|line| line.limit == label).expect("every group has a line");
            let counts = |placement: &&Placement| {
                group.posts.as_ref().is_none_or(|posts| posts.contains(&placement.post))
                    && group.units.as_ref().is_none_or(|units| units.contains(&placement.unit))
            };
            let people: u64 =
                result.placements().all().iter().filter(counts).map(|placement| u64::from(placement.people)).sum();
            let (below, above) =
                (group.min.saturating_sub(people), people.saturating_sub(group.max.unwrap_or(u64::MAX)));
            let closed = group.opening(&market) == Opening::OrClosed && people == 0 && group.min > 0;
            let at_limit = group.max == Some(people) && people < market.people() || people == group.min && people > 0;
            let why = format!("{seed}: {line:?} {people} in {} to {:?}", group.min, group.max);
            match line.state {
                // A class that nobody can come to cannot break anything either.
                LimitState::Idle => assert!(closed || below + above == 0, "{why}"),
                LimitState::Closed => assert!(closed && line.beyond == 0, "{why}"),
                LimitState::Exceeded => assert!(!closed && line.beyond == below + above && line.beyond > 0, "{why}"),
                LimitState::AtLimit => assert!(at_limit && below + above == 0, "{why}"),
                LimitState::Met => assert!(!closed && !at_limit && below + above == 0, "{why}"),
            }
            if line.state != LimitState::Idle {
                assert_eq!(u64::try_from(line.people), Ok(people), "{why}");
            }
            *seen.entry(line.state.word()).or_insert(0) += 1;
        }
        let lines = rules(&result);
        let sum = |of: fn(&RuleLine) -> u64| lines.iter().map(of).sum::<u64>();
        let states = |state| said.iter().filter(|line| line.state == state).count() as u64;
        assert_eq!(sum(|line| line.limits), said.len() as u64);
        assert_eq!(sum(|line| line.pressing), said.len() as u64 - states(LimitState::Idle));
        assert_eq!(sum(|line| line.at_limit), states(LimitState::AtLimit));
        assert_eq!(sum(|line| line.closed), states(LimitState::Closed));
        assert_eq!(sum(|line| line.exceeded), states(LimitState::Exceeded));
        exceeded += sum(|line| line.beyond);
        let report = Report::of(&result);
        assert_eq!(report.limits, lines);
        for (language, heading) in
            [(Language::English, "Quotas, mentors and bonds"), (Language::Chinese, "名额组、导师和人员关系")]
        {
            assert_eq!(report.text(language).contains(heading), !lines.is_empty());
        }
    }
    assert!(seen.len() == LimitState::ALL.len() && seen.values().all(|count| *count > 5), "{seen:?}");
    assert!(exceeded > 20, "{exceeded}");
}

#[test]
fn a_cap_that_crosses_the_round_of_jinpu_is_proven_with_little_work() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let quotas = vec![Quota::outside_the_consortium(20)];
    let market = market.with_limits(market.posts().to_vec(), quotas, Vec::new()).expect("one more quota");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("it is valid"));
    let control = Control::new().with_limits(Limits::NONE.with_work(WORK));
    let result = engine.run(&market, &control).expect("a round");
    assert_eq!(result.status(), Status::Optimal);
    let cap = &rules(&result)[0];
    assert!(cap.at_limit > 2 && cap.exceeded == 0, "{cap:?}");
}

/// Pairs looked at in a market of 1,000 people with all rules, and as many more.
const ALL_WORK: u64 = 1_000_000_000;

#[test]
fn a_market_with_all_rules_of_a_consortium_is_proven() {
    let catalogue = Market::read_catalogue("examples/data/jinpu").expect("the carried catalogue is valid");
    let plain = jinpu(&catalogue, Jinpu { people: 1_000, seed: 20_260_901, ..Jinpu::default() }).expect("a market");
    let market = with_rules(&plain).expect("its rules");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("it is valid"));
    let control = Control::new().with_limits(Limits::NONE.with_work(ALL_WORK));
    let result = engine.run(&market, &control).expect("a round");
    assert_eq!(result.status(), Status::Optimal);
    let lines = rules(&result);
    let pressing = lines.iter().filter(|line| line.pressing > 0).count();
    assert!(pressing >= 15 && lines.iter().any(|line| line.at_limit > 0), "{lines:?}");
    let count = |kind| market.bonds().iter().filter(|bond| bond.kind == kind).count();
    // So few people have no cohorts.
    assert!([BondKind::Together, BondKind::Apart].into_iter().all(|kind| count(kind) == 6));
    let people = |rows: &[Mentor]| rows.iter().all(|mentor| (1..=8).contains(&mentor.capacity));
    assert!(people(market.mentors()));
}

#[test]
fn the_round_of_jinpu_with_all_rules_is_proven() {
    let market =
        with_rules(&Market::read("examples/data/jinpu").expect("the carried market is valid")).expect("its rules");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("it is valid"));
    let result = engine.run(&market, &Control::new().with_limits(Limits::NONE.with_work(ALL_WORK))).expect("a round");
    assert_eq!(result.status(), Status::Optimal);
    for kind in [BondKind::Whole, BondKind::Together, BondKind::Apart] {
        assert!(market.bonds().iter().any(|bond| bond.kind == kind), "{kind:?}");
    }
    let lines = rules(&result);
    assert!(lines.iter().filter(|line| line.pressing > 0).count() >= 20, "{lines:?}");
}

#[test]
fn a_cohort_that_stays_whole_is_searched_for_only_where_it_fits() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let market = with_rules(&market).expect("its rules");
    let (config, control) = (Config::default(), Control::new());
    let docking = Docking::prepare(&market, &config, &control).expect("a question");
    let formulation = docking.formulation();
    let problem = formulation.problem();
    let (mut fits, mut closed) = (0, 0);
    for (origin, standing) in formulation.limits() {
        let Origin::Bond { bond, .. } = origin else { continue };
        if market.bonds()[bond.index()].kind != BondKind::Whole {
            continue;
        }
        let Standing::Coupling(coupling) = *standing else { panic!("{standing:?}") };
        let coupling = &problem.couplings()[coupling.index()];
        let [pair] = *coupling.pairs() else { panic!("{coupling:?}") };
        let heads = problem.headcount(problem.graph().unit_of(pair));
        let seats = problem.seats()[problem.graph().post_of(pair).index()].max();
        let whole = Span::new(heads.into(), heads.into()).or_closed();
        assert_eq!(coupling.span(), if seats < heads { Span::new(0, 0) } else { whole });
        *if seats < heads { &mut closed } else { &mut fits } += 1;
    }
    assert!(fits > 10 && closed > 500, "{fits} {closed}");
}

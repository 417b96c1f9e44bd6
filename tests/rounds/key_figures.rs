//! The key figures against counts from the rows of the market and the placements, and their targets compared exactly.

use std::collections::BTreeSet;

use talent_match::insight::{KeyFigure, key_figures};
use talent_match::market::{Indicator, Market, Measure, Opening, PostKind, Target};
use talent_match::{Config, Language, Report};

use crate::random_markets::{engine, run};
use crate::world::World;

fn figure(figures: &[KeyFigure], indicator: Indicator) -> &KeyFigure {
    figures.iter().find(|figure| figure.indicator == indicator).expect("every indicator has a figure")
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).expect("few enough")
}

#[test]
fn every_indicator_has_one_figure_with_its_code() {
    let market = World::of_two().market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let figures = key_figures(&result);
    let codes: Vec<&str> = figures.iter().map(|figure| figure.code).collect();
    assert_eq!(codes, ["K01", "K02", "K03", "K04", "K05", "K06", "K07"]);
    assert!(figures.iter().map(|figure| figure.indicator).eq(Indicator::ALL.iter().copied()));
    assert!(figures.iter().all(|figure| figure.target.is_none() && figure.met.is_none()));
    assert_eq!(Report::of(&result).key_figures, figures);
    let internships = figure(&figures, Indicator::Internships);
    assert_eq!(internships.reached.amount(), 1);
}

/// Two programmes of three in training: two thirds.
fn three_programmes() -> World {
    let mut world = World::of_two();
    world.agree(&[]);
    let mut unused = world.agreements[0].clone();
    "unused".clone_into(&mut unused.id);
    unused.programmes = vec!["7102".parse().expect("a class")];
    world.agreements.push(unused);
    let mut seat = world.posts[0].clone();
    (seat.id, seat.kind, seat.seats_max) = ("seat".to_owned(), PostKind::Apprenticeship, 1);
    let mut class = seat.clone();
    (class.id, class.kind) = ("class".to_owned(), PostKind::OrderClass);
    let mut closed = class.clone();
    (closed.id, closed.seats_min, closed.seats_max, closed.opening) = ("closed".to_owned(), 5, 9, Opening::OrClosed);
    world.posts.extend([seat, class, closed]);
    for (programme, unit, wish) in [("second", "wu", "seat"), ("third", "xu", "class")] {
        let mut own = world.programmes[0].clone();
        programme.clone_into(&mut own.id);
        world.programmes.push(own);
        let mut person = world.supply[0].clone();
        (person.id, person.programme, person.wishes) =
            (unit.to_owned(), Some(programme.to_owned()), vec![wish.to_owned()]);
        world.supply.push(person);
    }
    world.supply[0].wishes = vec!["fitter".to_owned()];
    // Nobody of a programme without people counts.
    let mut empty = world.programmes[0].clone();
    "empty".clone_into(&mut empty.id);
    world.programmes.push(empty);
    world
}

#[test]
fn shares_meet_their_targets_as_fractions() {
    for (percent, met) in [(66, true), (67, false)] {
        let mut world = three_programmes();
        world.targets = vec![Target::new(Indicator::ProgrammesInTraining, percent)];
        world.targets.push(Target::new(Indicator::AgreementsUsed, 50));
        let market = world.market();
        let engine = engine(&Config::default());
        let figures = key_figures(&run(&engine, &market));
        let programmes = figure(&figures, Indicator::ProgrammesInTraining);
        assert_eq!((programmes.reached.amount(), programmes.reached.of()), (2, Some(3)));
        assert_eq!((programmes.met, programmes.reached.basis_points()), (Some(met), Some(6_666)));
        let agreements = figure(&figures, Indicator::AgreementsUsed);
        assert_eq!((agreements.reached.amount(), agreements.reached.of()), (1, Some(2)));
        assert_eq!(agreements.met, Some(true));
        assert_eq!(figure(&figures, Indicator::OrderClasses).reached.amount(), 1, "the closed one is not opened");
    }
}

#[test]
fn one_fewer_than_the_target_is_not_met() {
    for (amount, met) in [(1, true), (2, false)] {
        let mut world = World::of_two();
        world.targets = vec![Target::new(Indicator::Internships, amount)];
        let market = world.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let figures = key_figures(&result);
        assert_eq!(figure(&figures, Indicator::Internships).met, Some(met));
        for (language, word) in [(Language::English, "at least"), (Language::Chinese, "至少")] {
            let text = Report::of(&result).text(language);
            let line = text.lines().find(|line| line.contains("K05")).expect("the figure is told");
            assert!(line.contains(&format!("{word} {amount}")), "{line}");
        }
    }
}

#[test]
fn the_figures_of_jinpu_are_counted_and_beside_its_own_targets() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("it is valid"));
    let result = run(&engine, &market);
    let figures = key_figures(&result);
    let rows =
        || result.placements().all().iter().map(|row| (market.unit(row.unit), market.post(row.post), row.people));
    let people = |kind| rows().filter(|(_, post, _)| post.kind == kind).map(|(_, _, people)| i64::from(people)).sum();
    let classes: BTreeSet<&str> =
        rows().filter(|(_, post, _)| post.kind == PostKind::OrderClass).map(|(_, post, _)| post.id.as_str()).collect();
    let expected: [(Indicator, i64, i64); 5] = [
        (Indicator::OrderClasses, count(classes.len()), 40),
        (Indicator::FieldEngineers, people(PostKind::FieldEngineer), 40),
        (Indicator::ThroughTraining, people(PostKind::ThroughTraining), 1_000),
        (Indicator::Craftsmen, people(PostKind::Craftsman), 12),
        (Indicator::Internships, people(PostKind::Internship), 2_800),
    ];
    for (indicator, reached, target) in expected {
        let figure = figure(&figures, indicator);
        assert_eq!(figure.reached.amount(), reached, "{figure:?}");
        assert_eq!(figure.target.map(Measure::amount), Some(target));
        assert_eq!(figure.met, Some(reached >= target));
        assert!(reached > 0 && figure.source.is_some());
    }
    let all: BTreeSet<&str> = market.supply().iter().filter_map(|unit| unit.programme.as_deref()).collect();
    let training = rows().filter(|(_, post, _)| {
        matches!(post.kind, PostKind::OrderClass | PostKind::Apprenticeship | PostKind::FieldEngineer)
    });
    let training: BTreeSet<&str> = training.filter_map(|(unit, _, _)| unit.programme.as_deref()).collect();
    let programmes = figure(&figures, Indicator::ProgrammesInTraining);
    assert_eq!((programmes.reached.amount(), programmes.reached.of()), (count(training.len()), Some(all.len() as u64)));
    assert!(training.len() < all.len() && programmes.target.is_none());
}

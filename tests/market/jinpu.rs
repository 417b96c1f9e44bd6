//! The carried Jinpu market is what the generator writes, and has the reported numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::date;
use talent_match::control::Control;
use talent_match::eligibility::screen;
use talent_match::generate::{Jinpu, jinpu};
use talent_match::market::{
    AgreementKind, Consent, FaultCode, Home, Level, Market, Opening, Party, PostKind, Rule, RuleBook, SupplyIx,
    SupplyKind, table_columns,
};

const FOLDER: &str = "examples/data/jinpu";

fn generated(size: Jinpu) -> Market {
    let catalogue = Market::read_catalogue(FOLDER).expect("the carried catalogue is valid");
    jinpu(&catalogue, size).expect("the generator makes valid markets")
}

#[test]
fn the_carried_files_are_the_generators_output() {
    let out = tempfile::tempdir().expect("a temporary folder");
    generated(Jinpu::default()).write_csv(out.path()).expect("the folder can be written");
    let mut bytes = 0;
    for (table, _) in table_columns() {
        let file = format!("{table}.csv");
        let written = fs::read(out.path().join(&file)).ok();
        let carried = fs::read(Path::new(FOLDER).join(&file)).ok();
        assert!(written == carried, "{file} differs: run the example `generate_jinpu` and look at the difference");
        bytes += carried.map_or(0, |text| text.len());
    }
    assert!(bytes < 3 << 20, "the carried market has {bytes} bytes");
}

#[test]
fn the_carried_market_reads_back_as_generated() {
    let carried = Market::read(FOLDER).expect("the carried market is valid");
    assert!(carried.to_json() == generated(Jinpu::default()).to_json());
}

#[test]
fn the_numbers_are_those_reported() {
    let market = Market::read(FOLDER).expect("the carried market is valid");
    let schools = |level| market.schools().iter().filter(|school| school.member && school.level == level).count();
    assert_eq!([Level::Secondary, Level::College, Level::Bachelor].map(schools), [7, 4, 6]);
    assert_eq!(market.enterprises().iter().filter(|enterprise| enterprise.member).count(), 57);

    let projects = |kind| market.agreements().iter().filter(|a| a.id.starts_with('P') && a.kind == kind).count();
    assert_eq!([AgreementKind::Base, AgreementKind::Science, AgreementKind::Talent].map(projects), [6, 5, 5]);
    let largest = market.agreements().iter().map(|agreement| agreement.parties.len()).max();
    assert_eq!(largest, Some(15));

    let of = |kind| market.posts().iter().filter(move |post| post.kind == kind);
    let seats = |kind| of(kind).map(|post| post.seats_max).sum::<u32>();
    assert_eq!(seats(PostKind::Internship), 2_800);
    assert_eq!(of(PostKind::OrderClass).count(), 40);
    assert!(of(PostKind::OrderClass).all(|post| (20..=40).contains(&post.seats_max) && !post.programmes.is_empty()));
    assert!((1_100..=1_300).contains(&seats(PostKind::OrderClass)));
    assert_eq!(seats(PostKind::FieldEngineer), 40);
    assert!(of(PostKind::ThroughTraining).count() >= 25 && seats(PostKind::ThroughTraining) >= 1_000);
    assert_eq!(seats(PostKind::Craftsman), 12);

    assert_eq!(market.people(), 10_000);
    let employees = market.supply().iter().filter(|unit| unit.kind == SupplyKind::Employee).count();
    assert_eq!(employees, 60);
    for post in market.posts() {
        let class = matches!(post.kind, PostKind::OrderClass | PostKind::Apprenticeship | PostKind::FieldEngineer);
        assert_eq!(post.opening == Opening::OrClosed, class && post.seats_max > 2, "{}", post.id);
        assert_eq!(post.opening == Opening::OrClosed, post.seats_min > 1, "{}", post.id);
        assert!(post.kind != PostKind::OrderClass || (20..=30).contains(&post.seats_min), "{}", post.id);
    }
    assert!(market.quotas().is_empty());
    // No amount is said to be that of an enterprise whose name is real.
    let generated = |id: &str| id.starts_with('E') && id > "E15";
    assert!(market.investments().len() == 12 && market.investments().iter().all(|row| generated(&row.enterprise)));
    let hiring = market.posts().iter().filter(|post| post.hired.is_some());
    assert!(hiring.clone().count() > 10 && hiring.into_iter().all(|post| generated(&post.owner)));
    let targets: Vec<u32> = market.targets().iter().map(|target| target.amount).collect();
    assert_eq!(targets, [40, 40, 1_000, 12, 2_800]);
}

#[test]
fn interns_are_at_most_a_tenth_of_the_staff() {
    for people in [100, 1_000, 10_000, 25_000] {
        let market = generated(Jinpu { people, seed: 5, ..Jinpu::default() });
        let mut interns: BTreeMap<&str, u32> = BTreeMap::new();
        for post in market.posts().iter().filter(|post| post.kind == PostKind::Internship) {
            *interns.entry(&post.owner).or_default() += post.seats_max;
        }
        for enterprise in market.enterprises() {
            let seats = interns.get(enterprise.id.as_str()).copied().unwrap_or_default();
            assert!(seats * 10 <= enterprise.staff, "{people} people: {} takes {seats} interns", enterprise.id);
        }
    }
}

#[test]
fn students_fit_their_schools() {
    let market = Market::read(FOLDER).expect("the carried market is valid");
    let date = market.round().date;
    let mut grades = BTreeSet::new();
    for (k, unit) in market.supply().iter().enumerate() {
        let Home::Programme(programme) = market.home_of(SupplyIx::new(k as u32)) else { continue };
        let level = market.school(market.school_of(programme)).level;
        assert_eq!(market.programme(programme).code.level(), level, "{}", unit.id);
        let grade = unit.grade.expect("students have a grade");
        let days = date.since(unit.birth).expect("both are dates").get_days();
        let age = i64::from(days) / 365;
        let first = if level == Level::Secondary { 15 } else { 18 };
        let usual = first + i64::from(grade) - 1;
        assert!((usual - 1..=usual + 3).contains(&age), "{}: {age} years old in year {grade}", unit.id);
        grades.insert((level, grade));
    }
    assert_eq!(grades.len(), 3 + 3 + 4);
}

#[test]
fn every_rule_has_something_to_say() {
    let market = Market::read(FOLDER).expect("the carried market is valid");
    let low = |post: &&talent_match::market::Post| {
        post.kind == PostKind::Internship && post.pay.zip(post.wage).is_some_and(|(pay, wage)| pay * 100 < wage * 80)
    };
    assert_eq!(market.posts().iter().filter(low).count(), 12);
    let hazards: BTreeSet<_> = market.posts().iter().flat_map(|post| &post.hazards).collect();
    assert_eq!(hazards.len(), 9);
    let consents: BTreeSet<_> = market.supply().iter().map(|unit| unit.consent).collect();
    assert_eq!(consents, BTreeSet::from([Consent::Nobody, Consent::Student, Consent::Both, Consent::OptedOut]));
    let reaches: BTreeSet<_> = market.posts().iter().map(|post| post.reach).collect();
    assert_eq!(reaches.len(), 4);
    let outside = |party: Party| !market.is_member(party);
    assert!(
        market
            .supply()
            .iter()
            .enumerate()
            .any(|(k, _)| { outside(market.party_of(market.home_of(SupplyIx::new(k as u32)))) })
    );
}

#[test]
fn sizes_and_seeds_are_free() {
    let catalogue = Market::read_catalogue(FOLDER).expect("the carried catalogue is valid");
    for (people, seed) in [(0, 1), (100, 2), (1_000, 3), (30_000, u64::MAX)] {
        let size = Jinpu { people, seed, ..Jinpu::default() };
        let market = jinpu(&catalogue, size).expect("any size is valid");
        assert_eq!(market.people(), u64::from(people.max(100)));
        assert!(market.to_json() == jinpu(&catalogue, size).expect("any size is valid").to_json(), "{people} people");
    }
    assert!(
        generated(Jinpu { people: 500, seed: 1, ..Jinpu::default() }).to_json()
            != generated(Jinpu { people: 500, seed: 2, ..Jinpu::default() }).to_json()
    );
}

#[test]
fn another_year_is_the_same_market_moved() {
    let usual = generated(Jinpu { people: 500, ..Jinpu::default() });
    for year in (2015..2030).chain([1950, 2097, 2099, 9000]) {
        let moved = generated(Jinpu { people: 500, year, ..Jinpu::default() });
        assert_eq!(moved.round().date, date(year, 9, 1));
        assert_eq!(moved.round().id, format!("jinpu-{year}-autumn"));
        let later = i64::from(year - 2026).years();
        for (a, b) in usual.posts().iter().zip(moved.posts()) {
            assert_eq!((&a.id, a.seats_max, a.start + later), (&b.id, b.seats_max, b.start));
        }
        for (a, b) in usual.supply().iter().zip(moved.supply()) {
            assert_eq!((&a.id, a.birth + later, a.from + later), (&b.id, b.birth, b.from));
        }
    }
}

#[test]
fn a_catalogue_that_lacks_codes_is_named() {
    let only = tempfile::tempdir().expect("a temporary folder");
    fs::write(only.path().join("occupations.csv"), "code,name\n6-18-02-04,焊工\n").expect("the file can be written");
    let catalogue = Market::read_catalogue(only.path()).expect("the table is valid");
    let faults = jinpu(&catalogue, Jinpu { people: 100, seed: 1, ..Jinpu::default() })
        .expect_err("most occupations are missing");
    assert!(faults.has(FaultCode::Dangling));
}

#[test]
fn every_track_is_contested_and_some_of_it_is_scarce() {
    let market = Market::read(FOLDER).expect("the carried market is valid");
    let acceptable = screen(&market, &RuleBook::default(), &Control::new());
    // Everybody takes part in the round, and nothing was decided before it; every other rule cuts somebody.
    let idle: Vec<&Rule> =
        Rule::ALL.iter().zip(acceptable.all_cuts()).filter(|(_, cut)| *cut == 0).map(|(rule, _)| rule).collect();
    assert_eq!(idle, [&Rule::RoundScope, &Rule::Decided]);
    let mut applicants = vec![0_u32; market.posts().len()];
    for (k, unit) in market.supply().iter().enumerate() {
        for post in acceptable.posts_of(SupplyIx::new(k as u32)) {
            applicants[post.index()] += unit.headcount;
        }
    }
    assert!((200_000..600_000).contains(&acceptable.pairs()), "{} pairs", acceptable.pairs());
    for kind in PostKind::ALL {
        let of_kind = || market.posts().iter().zip(&applicants).filter(|(post, _)| post.kind == *kind);
        let contested = of_kind().filter(|(post, people)| **people > post.seats_max).count();
        let scarce = of_kind().filter(|(post, people)| **people < post.seats_max).count();
        assert!(contested > 0 && scarce > 0, "{kind:?}: {contested} contested, {scarce} scarce");
    }
}

#[test]
fn people_have_some_tens_of_acceptable_posts_at_any_size() {
    for people in [1_000, 10_000, 40_000] {
        let market = generated(Jinpu { people, seed: 11, ..Jinpu::default() });
        let each = screen(&market, &RuleBook::default(), &Control::new()).pairs() / people as usize;
        assert!((10..150).contains(&each), "{people} people: {each} posts each");
    }
}

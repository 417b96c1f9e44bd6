//! Every criterion has its documented values, and a score taken apart is the score.

use talent_match::control::Control;
use talent_match::eligibility::{penalty, screen};
use talent_match::market::{
    Agreement, AgreementKind, Enterprise, Flag, Mode, PostIx, PostKind, ProgrammeOccupation, Qualification, Rule,
    RuleBook, SupplyIx,
};
use talent_match::scoring::{Criteria, Criterion, Explainer, score};

use crate::random::Random;
use crate::random_markets::{Pick, Size, jinpu_market, rules, world};
use crate::world::{World, code, pairs, region};

const UNIT: SupplyIx = SupplyIx::new(0);
const POST: PostIx = PostIx::new(0);

fn value_under(criteria: &Criteria, criterion: Criterion, world: &World) -> f64 {
    let (market, book) = (world.market(), RuleBook::default());
    let parts = Explainer::new(&market, criteria, &book).explain(UNIT, POST).parts;
    let found = parts.iter().find(|(part, ..)| *part == criterion);
    found.map(|(_, value, _)| *value).expect("every criterion has a part")
}

fn assert_value(criterion: Criterion, expected: f64, name: &str, change: impl FnOnce(&mut World)) {
    let mut world = World::of_two();
    change(&mut world);
    let value = value_under(&Criteria::default(), criterion, &world);
    assert!((value - expected).abs() < 1e-12, "{criterion:?}, {name}: {value} is not {expected}");
}

fn trains(world: &mut World, edges: &[(&str, &str)]) {
    let edge = |(programme, occupation): &(&str, &str)| ProgrammeOccupation::new(code(programme), code(occupation));
    world.trains_for = edges.iter().map(edge).collect();
}

#[test]
fn fit_follows_the_guideline() {
    let fit = |expected, name, edges: &[(&str, &str)]| {
        assert_value(Criterion::Fit, expected, name, |world| trains(world, edges));
    };
    fit(1.0, "the programme trains for it", &[("660102", "6-18-01-02"), ("660102", "6-18-01-01")]);
    fit(0.7, "trains for another of the minor group", &[("660102", "6-18-01-01"), ("660101", "6-18-01-02")]);
    fit(0.5, "another of the class trains for it", &[("460103", "6-18-01-02"), ("660102", "6-18-02-01")]);
    fit(0.3, "another of the category trains for it", &[("660301", "6-18-01-02")]);
    fit(0.0, "another category trains for it", &[("710201", "6-18-01-02")]);
    fit(0.0, "nothing is known", &[]);
    let target = |expected, target| {
        assert_value(Criterion::Fit, expected, target, |world| {
            (world.post().kind, world.post().owner) = (PostKind::ThroughTraining, "school".to_owned());
            (world.post().occupation, world.post().target) = (None, Some(code(target)));
        });
    };
    target(1.0, "660102");
    target(0.8, "460103");
    target(0.3, "460301");
    target(0.0, "510201");
    let employee = value_under(&Criteria::default(), Criterion::Fit, &World::of_craftsmen());
    assert!((employee - 0.5).abs() < 1e-12);
}

#[test]
fn wanted_falls_with_place_and_distance() {
    let wanted = |expected, list: &[&str]| {
        assert_value(Criterion::Wanted, expected, &list.join(" "), |world| {
            world.post().programmes = list.iter().map(|text| code(text)).collect();
        });
    };
    wanted(0.5, &[]);
    wanted(1.0, &["660102"]);
    wanted(1.0, &["66"]);
    wanted(0.6, &["660103"]);
    wanted(0.6, &["4601"]);
    wanted(0.3, &["46"]);
    wanted(0.0, &["71"]);
    wanted(0.75, &["71", "66", "72", "73"]);
    wanted(0.6, &["660103", "660102"]);
    wanted(0.5, &["660301", "6601"]);
    let employee = value_under(&Criteria::default(), Criterion::Wanted, &World::of_craftsmen());
    assert!((employee - 0.5).abs() < 1e-12);
}

#[test]
fn pay_is_a_share_of_full_pay() {
    let pay = |expected, pay| assert_value(Criterion::Pay, expected, "", |world| world.post().pay = pay);
    pay(0.0, None);
    pay(0.0, Some(0));
    pay(0.25, Some(2_000));
    pay(1.0, Some(8_000));
    pay(1.0, Some(u32::MAX));
    let mut criteria = Criteria::default();
    criteria.full_pay = 0;
    let mut world = World::of_two();
    world.post().pay = Some(1);
    assert!((value_under(&criteria, Criterion::Pay, &world) - 1.0).abs() < 1e-12);
}

#[test]
fn agreements_count_in_full_where_they_cover_the_programme() {
    let agreement = |expected, name, change: fn(&mut World)| {
        assert_value(Criterion::Agreement, expected, name, change);
    };
    agreement(0.0, "none", |_| {});
    agreement(1.0, "about everything", |world| world.agree(&[]));
    agreement(1.0, "about the class", |world| world.agree(&["71", "6601"]));
    agreement(0.5, "about something else", |world| world.agree(&["71"]));
    agreement(0.0, "with somebody else", |world| {
        world.enterprises.push(Enterprise::new("rival", "Rival", code("210213"), 10));
        world.agree(&[]);
        world.agreements[0].parties[1] = "rival".to_owned();
    });
    let own = World::of_craftsmen();
    assert!((value_under(&Criteria::default(), Criterion::Agreement, &own) - 1.0).abs() < 1e-12);
    let mut other = World::of_craftsmen();
    other.enterprises.push(Enterprise::new("rival", "Rival", code("210213"), 10));
    other.post().owner = "rival".to_owned();
    assert!(value_under(&Criteria::default(), Criterion::Agreement, &other).abs() < 1e-12);
}

#[test]
fn sponsors_count_by_the_share_the_school_works_with() {
    assert_value(Criterion::Sponsors, 0.0, "none", |world| world.agree(&[]));
    let sponsored = |expected: f64, signed: &[&str]| {
        assert_value(Criterion::Sponsors, expected, &signed.join(" "), |world| {
            for id in ["first", "second"] {
                world.enterprises.push(Enterprise::new(id, id, code("210213"), 10));
            }
            world.post().sponsors = vec!["first".to_owned(), "second".to_owned()];
            for id in signed {
                let parties = vec!["school".to_owned(), (*id).to_owned()];
                world.agreements.push(Agreement::new(id, id, AgreementKind::Base, parties));
            }
        });
    };
    sponsored(0.0, &[]);
    sponsored(0.0, &["plant"]);
    sponsored(0.5, &["second"]);
    sponsored(1.0, &["first", "second", "plant"]);
}

#[test]
fn sectors_count_where_they_have_priority() {
    let mut criteria = Criteria::default();
    criteria.priority_sectors = vec!["装备制造".to_owned()];
    let mut world = World::of_two();
    for (sector, expected) in [(None, 0.0), (Some("装备"), 0.0), (Some("装备制造"), 1.0)] {
        world.enterprises[0].sector = sector.map(str::to_owned);
        assert!((value_under(&criteria, Criterion::Sector, &world) - expected).abs() < 1e-12, "{sector:?}");
    }
    assert!(value_under(&Criteria::default(), Criterion::Sector, &world).abs() < 1e-12);
}

#[test]
fn wishes_fall_by_a_fifth() {
    for (rank, expected) in [1.0, 0.8, 0.6, 0.4, 0.2, 0.2, 0.2].into_iter().enumerate() {
        assert_value(Criterion::Wish, expected, &rank.to_string(), |world| {
            for k in 0..7 {
                let mut post = world.posts[0].clone();
                post.id = format!("other{k}");
                world.posts.push(post);
            }
            let others = (0..7).map(|k| format!("other{k}"));
            let mut wishes: Vec<String> = others.collect();
            wishes.insert(rank, "fitter".to_owned());
            world.unit().wishes = wishes;
        });
    }
    assert_value(Criterion::Wish, 0.0, "not wished for", |_| {});
}

#[test]
fn nearness_falls_evenly() {
    let distance = |expected: f64, home: &str, far_km: u32| {
        let mut world = World::of_two();
        let places = [("210200", 40_000_000), ("210300", 40_449_661)];
        world.regions = places.map(|(city, north)| region(city, Some((120_000_000, north)))).to_vec();
        world.regions.extend(["210213", "210281", "210303", "330100"].map(|division| region(division, None)));
        world.unit().region = Some(code(home));
        let mut criteria = Criteria::default();
        criteria.far_km = far_km;
        let value = value_under(&criteria, Criterion::Distance, &world);
        assert!((value - expected).abs() < 1e-9, "{home}: {value} is not {expected}");
    };
    distance(1.0, "210213", 100);
    distance(1.0, "210281", 100);
    // 0.449661 degrees of latitude are 50.0 km.
    distance(0.5, "210300", 100);
    distance(0.9, "210303", 500);
    distance(0.0, "210303", 50);
    distance(0.0, "210303", 1);
    distance(0.0, "210303", 0);
    distance(0.5, "330100", 100);
}

#[test]
fn qualifications_count_beyond_what_is_asked() {
    let surplus = |expected, held: &[(&str, u8)], asked: &[(&str, u8)]| {
        let list = |list: &[(&str, u8)]| -> Vec<Qualification> {
            list.iter().filter_map(|(kind, grade)| Qualification::new(kind, *grade)).collect()
        };
        assert_value(Criterion::Qualification, expected, &format!("{held:?}"), |world| {
            (world.unit().qualifications, world.post().qualifications) = (list(held), list(asked));
        });
    };
    surplus(0.0, &[("焊工", 8)], &[]);
    surplus(0.0, &[("焊工", 3)], &[("焊工", 3)]);
    surplus(0.0, &[], &[("焊工", 3)]);
    surplus(1.0 / 3.0, &[("焊工", 4), ("焊工", 1)], &[("焊工", 3)]);
    surplus(2.0 / 3.0, &[("焊工", 4), ("车工", 2), ("钳工", 8)], &[("焊工", 3), ("车工", 1)]);
    surplus(1.0, &[("焊工", 8)], &[("焊工", 1)]);
}

#[test]
fn equity_counts_the_circumstances_asked_for() {
    let mut world = World::of_two();
    assert!(value_under(&Criteria::default(), Criterion::Equity, &world).abs() < 1e-12);
    world.unit().flags = vec![Flag::Rural, Flag::Poor];
    assert!((value_under(&Criteria::default(), Criterion::Equity, &world) - 1.0).abs() < 1e-12);
    let mut criteria = Criteria::default();
    criteria.equity_flags = vec![Flag::Disabled];
    assert!(value_under(&criteria, Criterion::Equity, &world).abs() < 1e-12);
}

/// Criteria with random weights, some of them 0.
fn criteria(random: &mut Random) -> Criteria {
    let mut criteria = Criterion::ALL.iter().fold(Criteria::default(), |criteria, criterion| {
        criteria.with_weight(*criterion, random.pick(&[0, 1, 7, 1_000]))
    });
    criteria.far_km = random.pick(&[0, 1, 300]);
    criteria.full_pay = random.pick(&[0, 1, 5_000]);
    criteria.priority_sectors = vec!["装备制造".to_owned()];
    criteria
}

fn assert_taken_apart(market: &talent_match::Market, criteria: &Criteria, book: &RuleBook) -> usize {
    let acceptable = screen(market, book, &Control::new());
    let scores = score(market, &acceptable, criteria, book, &Control::new());
    assert_eq!(scores.points().len(), acceptable.pairs());
    let explain = Explainer::new(market, criteria, book);
    for (unit, post) in pairs(market) {
        let taken_apart = explain.explain(unit, post);
        let mut sum = -taken_apart.penalty;
        for (criterion, value, points) in &taken_apart.parts {
            assert!((0.0..=1.0).contains(value), "{criterion:?} is {value}");
            let expected = f64::from(criteria.weight(*criterion)) * value;
            assert_eq!(points.to_bits(), expected.to_bits(), "{criterion:?}");
            sum += points;
        }
        assert!((sum - taken_apart.total).abs() < 1e-6, "{sum} is not {}", taken_apart.total);
        assert!(taken_apart.parts.iter().map(|(criterion, ..)| criterion).eq(Criterion::ALL));
        let lost = penalty(market, book, unit, post) as f64;
        assert_eq!(taken_apart.penalty.to_bits(), lost.to_bits());
        if let Ok(at) = acceptable.posts_of(unit).binary_search(&post) {
            let entry = scores.points()[acceptable.row(unit).start + at];
            assert_eq!(entry.to_bits(), taken_apart.total.to_bits(), "{entry} is not {}", taken_apart.total);
        }
    }
    acceptable.pairs()
}

#[test]
fn a_score_taken_apart_is_the_score_bit_for_bit() {
    for seed in 0..300 {
        let random = &mut Random::new(seed);
        let market = world(seed, Size::USUAL).market();
        assert_taken_apart(&market, &criteria(random), &rules(random));
    }
    let market = jinpu_market(200, 3);
    assert!(assert_taken_apart(&market, &Criteria::default(), &RuleBook::default()) > 500);
}

#[test]
fn without_weights_only_penalties_are_left() {
    let nothing = Criterion::ALL.iter().fold(Criteria::default(), |all, criterion| all.with_weight(*criterion, 0));
    let mut world = World::of_two();
    world.unit().grade = Some(1);
    let market = world.market();
    let book = RuleBook::default().with_mode(Rule::Grade, Mode::Soft(9));
    let acceptable = screen(&market, &book, &Control::new());
    let scores = score(&market, &acceptable, &nothing, &book, &Control::new());
    assert_eq!(scores.points(), [-9.0]);
}

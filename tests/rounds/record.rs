//! The files of a round hold what was proven and are accepted for that round only.

use std::fs;
use std::path::Path;

use talent_match::audit::Check;
use talent_match::certificate::Condition;
use talent_match::docking::Docking;
use talent_match::market::{Flag, Market};
use talent_match::record::FILES;
use talent_match::{Config, Control, Error, Record, Status};

use crate::random::Random;
use crate::random_markets::{Size, config, docking, engine, jinpu_market, rules, run, world};
use crate::world::World;

/// A round in which a post is contested, a cohort is split, wishes are met and somebody is left out.
pub(crate) fn small_round() -> Market {
    let mut world = World::of_two();
    let (post, unit) = (world.posts[0].clone(), world.supply[0].clone());
    for (id, seats, pay) in [("miller", 2, 4_000), ("welder", 3, 2_500)] {
        let mut other = post.clone();
        (other.id, other.seats_max, other.pay) = (id.to_owned(), seats, Some(pay));
        world.posts.push(other);
    }
    for (id, wish) in [("wu", "fitter"), ("xu", "miller")] {
        let mut person = unit.clone();
        (person.id, person.wishes) = (id.to_owned(), vec![wish.to_owned()]);
        world.supply.push(person);
    }
    let mut cohort = talent_match::market::Supply::cohort("ban", "machining", 2, 4, unit.birth, crate::world::WINDOW);
    cohort.flags = vec![Flag::Rural];
    world.supply.push(cohort);
    world.market()
}

/// Runs a round and writes its files.
fn write(market: &Market, config: &Config, folder: &Path) {
    let engine = engine(config);
    Record::of(&run(&engine, market)).write(folder).expect("the folder can be written");
}

/// What fails when a record is examined against a market and a configuration.
pub(crate) fn failures(market: &Market, config: &Config, record: &Record) -> Vec<&'static str> {
    let examination = record.examine(docking(market, config), &Control::new());
    let failed: Vec<&str> = examination.failed().collect();
    assert_eq!(failed.is_empty(), examination.verified().is_some());
    match examination.into_verified() {
        Ok(_) => assert!(failed.is_empty()),
        Err(error) => assert!(matches!(error, Error::Fails { failed: said } if said == failed)),
    }
    failed
}

/// The same for the files of a folder.
fn failures_in(market: &Market, config: &Config, folder: &Path) -> Vec<&'static str> {
    failures(market, config, &Record::read(folder).expect("the files are there"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn written_and_read_it_holds() {
    let (market, config, folder) = (small_round(), Config::default(), folder());
    write(&market, &config, folder.path());
    let mut files: Vec<String> = fs::read_dir(folder.path())
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ["certificate.json", "placements.csv", "result.json"]);

    let engine = engine(&config);
    let result = run(&engine, &market);
    let record = Record::read(folder.path()).expect("the files are there");
    assert_eq!(record, Record::of(&result));
    assert_eq!(record.config().expect("the configuration is there"), config);
    let examination = record.examine(docking(&market, &config), &Control::new());
    let verified = examination.verified().expect("the record holds");
    assert_eq!((verified.status(), verified.placements()), (Status::Optimal, result.placements()));
    let names = Condition::ALL.map(Condition::name).into_iter().chain(Check::all().map(Check::code));
    // No class opens or not here, so there are no cases.
    let asked = |name: &'static str| (name, Some(Vec::new()).filter(|_| name != Condition::Cases.name()));
    let lines = examination.lines().iter().map(|line| (line.name, line.faults.clone()));
    assert!(lines.eq(names.map(asked)), "{:?}", examination.lines());
    assert_eq!(
        record.file("placements.csv").map(|text| text.lines().count()),
        Some(1 + result.placements().all().len())
    );
    assert_eq!(record.file("placements"), None);
}

#[test]
fn of_random_rounds_hold() {
    for seed in 0..60 {
        let (market, folder) = (world(seed, Size::USUAL).market(), folder());
        let book = rules(&mut Random::new(seed));
        let config = config(|config| config.rules = book);
        write(&market, &config, folder.path());
        assert_eq!(failures_in(&market, &config, folder.path()), [""; 0], "market {seed}");
    }
}

#[test]
fn another_market_configuration_or_seed_is_not_its_own() {
    let (market, default, folder) = (small_round(), Config::default(), folder());
    write(&market, &default, folder.path());
    let seed = config(|config| config.seed = Some(8));
    assert!(failures_in(&market, &seed, folder.path()).contains(&"digest"));
    let steps = config(|config| config.objective.steps = 99);
    assert!(failures_in(&market, &steps, folder.path()).contains(&"digest"));
    let lenient = config(|config| config.rules.numbers.minimum_age = 15);
    assert_eq!(failures_in(&market, &lenient, folder.path()), ["digest"]);

    // Nothing that matters to the result, and yet another market.
    let mut rows = serde_json::to_value(&market).expect("a market is plain data");
    rows["enterprises"][0]["staff"] = 801.into();
    let other = Market::from_json(&rows.to_string()).expect("the market is valid");
    assert_eq!(failures_in(&other, &default, folder.path()), ["digest"]);
    // The round's own seed, written out, is another configuration but the same lottery.
    let same_seed = config(|config| config.seed = Some(7));
    assert_eq!(failures_in(&market, &same_seed, folder.path()), ["digest"]);
}

#[test]
fn files_of_another_round_do_not_mix() {
    let default = Config::default();
    let (one, other, mixed) = (folder(), folder(), folder());
    let market = small_round();
    write(&market, &default, one.path());
    let next_seed = config(|config| config.seed = Some(8));
    write(&market, &next_seed, other.path());
    for foreign in FILES {
        for name in FILES {
            let from = if name == foreign { other.path() } else { one.path() };
            fs::copy(from.join(name), mixed.path().join(name)).expect("the file can be copied");
        }
        let failed = failures_in(&market, &default, mixed.path());
        assert!(!failed.is_empty(), "{foreign} of another round passes");
        assert!(foreign == "placements.csv" || failed.contains(&"digest"), "{foreign}: {failed:?}");
    }
    let jinpu = jinpu_market(150, 1);
    assert!(failures_in(&jinpu, &default, one.path()).contains(&"digest"));
}

#[test]
fn missing_files_and_unwritable_folders_are_named() {
    let folder = folder();
    write(&small_round(), &Config::default(), folder.path());
    fs::remove_file(folder.path().join("result.json")).expect("the file is there");
    let error = Record::read(folder.path()).expect_err("a file is missing");
    assert!(matches!(&error, Error::File { path, .. } if path.ends_with("result.json")));
    assert!(error.to_string().starts_with("E002: ") && error.to_string().contains("result.json"), "{error}");

    let blocked = folder.path().join("placements.csv");
    let engine = engine(&Config::default());
    let market = small_round();
    let error = Record::of(&run(&engine, &market)).write(&blocked).expect_err("a file is in the way");
    assert!(error.to_string().starts_with("E002: "), "{error}");
}

#[test]
fn a_record_whose_configuration_cannot_be_read_says_so() {
    let folder = folder();
    write(&small_round(), &Config::default(), folder.path());
    let certificate = folder.path().join("certificate.json");
    let text = fs::read_to_string(&certificate).expect("the file is there");
    for (change, with, code) in [("\"steps\": 100", "\"steps\": 0", "C003"), ("\"config\"", "\"confine\"", "C001")] {
        assert!(text.contains(change));
        fs::write(&certificate, text.replace(change, with)).expect("the file can be written");
        let record = Record::read(folder.path()).expect("the files are there");
        let error = record.config().expect_err("the configuration has faults");
        assert!(error.to_string().starts_with(code), "{error}");
    }
}

/// The configuration a record names may be anything; preparing the question again must not panic.
#[test]
fn a_question_prepared_from_any_configuration_is_answered_or_refused() {
    let market = small_round();
    for (what, change) in [
        ("weights", r#"{"criteria": {"weights": {"wish": 1000, "fit": 1000}, "far_km": 4294967295}}"#),
        ("numbers", r#"{"rules": {"numbers": {"minimum_age": 0, "pay_percent": 4294967295, "first_grade": 255}}}"#),
        ("soft", r#"{"rules": {"modes": {"pay": {"soft": 4294967295}, "grade": {"soft": 4294967295}}}}"#),
    ] {
        let config = Config::from_json(change).expect("the configuration has no faults");
        let prepared = Docking::prepare(&market, &config, &Control::new());
        assert!(prepared.is_ok(), "{what}");
    }
}

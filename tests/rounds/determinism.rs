//! The same round gives the same bytes, whatever runs it and however its rows are written.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use talent_match::control::Threads;
use talent_match::insight::goals;
use talent_match::market::Market;
use talent_match::solve::Workspace;
use talent_match::{Config, Control, Record};

use crate::random::Random;
use crate::random_markets::{Pick, Size, config, engine, jinpu_classes, jinpu_market, run, world};

static MARKET: LazyLock<Market> = LazyLock::new(|| jinpu_classes(2_000, 17));

static RECORD: LazyLock<Record> = LazyLock::new(|| {
    let engine = engine(&Config::default());
    Record::of(&run(&engine, &MARKET))
});

fn assert_same(record: &Record, what: &str) {
    for file in talent_match::record::FILES {
        assert!(record.file(file) == RECORD.file(file), "{file} differs: {what}");
    }
}

#[test]
fn for_any_number_of_threads() {
    let engine = engine(&Config::default());
    for threads in [1, 2, 8] {
        let control = Control::new().with_threads(Threads::from_count(threads));
        let result = engine.run(&MARKET, &control).expect("the round can be run");
        assert_same(&Record::of(&result), &format!("{threads} threads"));
    }
}

#[cfg(feature = "parallel")]
#[test]
fn inside_a_pool_of_the_caller() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("a pool");
    let engine = engine(&Config::default());
    assert_same(&pool.install(|| Record::of(&run(&engine, &MARKET))), "the caller's pool");
}

/// Shuffles the rows below the header.
fn shuffle(file: &Path, random: &mut Random) -> usize {
    let text = fs::read_to_string(file).expect("the file can be read");
    assert!(!text.contains("\"\n"), "no row ends in a quoted field that might go on");
    let (header, rows) = text.split_once('\n').expect("there is a header");
    let mut rows: Vec<&str> = rows.lines().collect();
    for k in (1..rows.len()).rev() {
        let other = random.pick(&(0..=k).collect::<Vec<_>>());
        rows.swap(k, other);
    }
    fs::write(file, format!("{header}\n{}\n", rows.join("\n"))).expect("the file can be written");
    rows.len()
}

#[test]
fn for_any_order_of_rows_and_either_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    MARKET.write_csv(folder.path()).expect("the folder can be written");
    let mut shuffled = 0;
    for entry in fs::read_dir(folder.path()).expect("the folder can be read") {
        let file = entry.expect("the folder can be read").path();
        shuffled += usize::from(shuffle(&file, &mut Random::new(3)) > 1);
    }
    assert!(shuffled >= 10, "only {shuffled} tables have rows to shuffle");
    let engine = engine(&Config::default());
    let rows = Market::read(folder.path()).expect("the order of rows is free");
    assert_same(&Record::of(&run(&engine, &rows)), "shuffled rows");
    let document = Market::from_json(&MARKET.to_json()).expect("the document is valid");
    assert_same(&Record::of(&run(&engine, &document)), "JSON");
}

#[test]
fn whatever_the_workspace_was_used_for() {
    let engine = engine(&Config::default());
    let mut workspace = Workspace::default();
    for (seed, people) in [(1, 900), (2, 100)] {
        let other = jinpu_market(people, seed);
        engine.run_with(&other, &mut workspace, &Control::new()).expect("the round can be run");
    }
    for _ in 0..2 {
        let result = engine.run_with(&MARKET, &mut workspace, &Control::new()).expect("the round can be run");
        assert_same(&Record::of(&result), "a used workspace");
    }
}

#[test]
fn another_seed_reaches_the_same_goals() {
    let default = engine(&Config::default());
    let expected = goals(&run(&default, &MARKET));
    let mut others = 0;
    for seed in [1, 2] {
        let engine = engine(&config(|config| config.seed = Some(seed)));
        let result = run(&engine, &MARKET);
        assert_eq!(goals(&result), expected);
        others += usize::from(Record::of(&result).file("placements.csv") != RECORD.file("placements.csv"));
    }
    assert_eq!(others, 2, "the draws at least are others");
    for seed in 0..30 {
        let market = world(seed, Size::USUAL).market();
        let values = [1, 2].map(|seed| {
            let engine = engine(&config(|config| config.seed = Some(seed)));
            goals(&run(&engine, &market))
        });
        assert_eq!(values[0], values[1]);
    }
}

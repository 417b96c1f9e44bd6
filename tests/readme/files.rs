//! The small market and its files, the report of the Jinpu round, and a draw of the lottery.

use std::collections::BTreeSet;

use serde_json::Value;
use talent_match::market::{Market, Side, lottery_draw};
use talent_match::record::{FILES, SCHEMA};
use talent_match::{Config, Control, Engine, Record, Report, Status};

use super::READMES;
use super::markdown::code;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/small");
const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/jinpu");
const DOCUMENT: &str = include_str!("../../examples/data/small/market.json");

/// The fields of a run that was stopped, and of one with decisions before it; every other one has them not.
const OCCASIONAL: [&str; 4] = ["stop", "gap", "gap_in_goals", "decided"];

/// The fields of a result, and of a certificate, where the market has classes that open or not, promises, investments, or quotas.
const LIMITED: [&[&str]; 2] = [&["classes", "promises", "incentives"], &["limits", "cases"]];

fn small_record() -> Record {
    let market = Market::from_json(DOCUMENT).expect("the small market is valid");
    let engine = Engine::new(Config::default()).expect("the default is valid");
    let result = engine.run(&market, &Control::new()).expect("the small market can be solved");
    assert_eq!(result.status(), Status::Optimal);
    Record::of(&result)
}

fn file(record: &Record, name: &str) -> String {
    record.file(name).unwrap_or_else(|| panic!("{name} is a file of a record")).to_owned()
}

#[test]
fn the_small_market_is_printed_in_full_and_the_same_as_csv() {
    let market = Market::from_json(DOCUMENT).expect("the small market is valid");
    let folder = Market::read(SMALL).expect("the CSV files are valid");
    assert_eq!(market.to_json(), folder.to_json());
    for readme in READMES {
        assert!(readme.blocks("json").iter().any(|block| block == DOCUMENT), "{}", readme.name);
    }
}

#[test]
fn the_placements_printed_are_those_of_the_small_market() {
    let placements = file(&small_record(), "placements.csv");
    for readme in READMES {
        assert_eq!(readme.blocks("csv"), [placements.as_str()], "{}", readme.name);
        let header = placements.lines().next().unwrap_or_default();
        let expected: Vec<String> = header.split(',').map(code).collect();
        let table = readme.table("### `placements.csv`", 0);
        assert_eq!(table.iter().map(|row| row[0]).collect::<Vec<_>>(), expected, "{}", readme.name);
    }
    assert_eq!(FILES, ["placements.csv", "result.json", "certificate.json"]);
}

/// The names of all fields inside `value`.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(name.clone());
                names(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_the_result_is_there() {
    let result: Value = serde_json::from_str(&file(&small_record(), "result.json")).expect("a result is JSON");
    let fields = result.as_object().expect("a result is an object");
    let mut expected: BTreeSet<String> = fields.keys().map(|name| code(name)).collect();
    expected.extend(OCCASIONAL.iter().chain(LIMITED[0]).map(|name| code(name)));
    for readme in READMES {
        let table = readme.table("### `result.json`", 0);
        assert_eq!(table.iter().map(|row| row[0].to_owned()).collect::<BTreeSet<_>>(), expected, "{}", readme.name);
        for (field, value) in fields {
            let row = table.iter().find(|row| row[0] == code(field)).expect("just compared");
            let mut inside = BTreeSet::new();
            names(value, &mut inside);
            // Under `by_rule` stand rules.
            for name in inside.iter().filter(|name| *name != "grade") {
                assert!(row[1].contains(&code(name)), "{}: {field}.{name}", readme.name);
            }
        }
    }
}

#[test]
fn every_field_of_the_certificate_is_there() {
    let text = file(&small_record(), "certificate.json");
    let certificate: Value = serde_json::from_str(&text).expect("a certificate is JSON");
    let fields = certificate.as_object().expect("a certificate is an object");
    let names = fields.keys().map(String::as_str).chain(LIMITED[1].iter().copied());
    let expected: BTreeSet<String> = names.map(code).collect();
    for readme in READMES {
        let table = readme.table("### `certificate.json`", 0);
        assert_eq!(table.iter().map(|row| row[0].to_owned()).collect::<BTreeSet<_>>(), expected, "{}", readme.name);
        for schema in [SCHEMA, talent_match::market::SCHEMA] {
            assert!(readme.text.contains(&code(schema)), "{}: {schema}", readme.name);
        }
    }
}

#[test]
fn the_draw_printed_is_drawn() {
    let draw = format!("# {:016x}\n", lottery_draw(20_260_615, Side::Supply, "chen"));
    for readme in READMES {
        let shown = readme.blocks("sh").into_iter().find(|block| block.contains("sha256sum"));
        assert!(
            shown.is_some_and(|block| block.ends_with(&draw) && block.contains("seed=20260615 side=supply id=chen"))
        );
    }
}

/// Should this fail after a change of rules, criteria, data or words: run `cargo run --release --example jinpu`, with
/// `--lang zh` for the other one, and print its lines.
#[test]
fn the_report_printed_is_that_of_the_jinpu_round() {
    let market = Market::read(JINPU).expect("the carried market is valid");
    let config = std::fs::read_to_string(format!("{JINPU}/config.json")).expect("the configuration is there");
    let engine = Engine::new(Config::from_json(&config).expect("the configuration is valid")).expect("it is valid");
    let result = engine.run(&market, &Control::new()).expect("the carried market can be solved");
    let report = Report::of(&result);
    for readme in READMES {
        let text = report.text(readme.language);
        let printed = &readme.blocks("text")[0];
        assert!(printed.lines().count() > 30);
        let mut lines = text.lines();
        for line in printed.lines().filter(|line| !line.is_empty()) {
            assert!(lines.any(|found| found == line), "{}: not in the report, or not there: {line}", readme.name);
        }
    }
}

//! CSV, JSON and builder reach the same market, whatever the order of rows and columns.

use std::fs;

use proptest::prelude::*;
use talent_match::market::{Market, table_columns};

use super::sample::{DOCUMENT, FOLDER, Files, builder, document};

fn carried() -> Market {
    Market::read(FOLDER).expect("the sample is valid")
}

#[test]
fn folder_document_and_builder_are_the_same_market() {
    let from_folder = carried().to_json();
    assert_eq!(from_folder, Market::read(DOCUMENT).expect("the document is valid").to_json());
    assert_eq!(from_folder, builder().build().expect("the rows are valid").to_json());
    let by_serde: Market = serde_json::from_value(document()).expect("the document is valid");
    assert_eq!(from_folder, by_serde.to_json());
}

#[test]
fn what_is_written_reads_back() {
    let market = carried();
    assert_eq!(Market::from_json(&market.to_json()).expect("own JSON is valid").to_json(), market.to_json());
    assert_eq!(serde_json::to_string(&market).expect("a market is JSON"), market.to_json());
    let folder = tempfile::tempdir().expect("a temporary folder");
    market.write_csv(folder.path().join("new").join("deep")).expect("the folder can be written");
    for name in Files::sample().0.keys() {
        let written = fs::read_to_string(folder.path().join("new/deep").join(name)).expect("every table is written");
        assert_eq!(written, fs::read_to_string(format!("{FOLDER}/{name}")).expect("carried"), "{name}");
    }
}

#[test]
fn optional_tables_may_be_left_out() {
    let alone = Files::sample();
    let only: Vec<String> = ["round", "posts", "supply"].map(|table| format!("{table}.csv")).to_vec();
    let mut files =
        Files(alone.0.iter().filter(|(name, _)| only.contains(name)).map(|(n, b)| (n.clone(), b.clone())).collect());
    for table in ["posts.csv", "supply.csv"] {
        let header = files.text(table).lines().next().expect("a header").to_owned() + "\n";
        files = files.put(table, header);
    }
    let market = files.with("round.csv", "plant|works", "").read().expect("a market may be empty");
    assert_eq!((market.people(), market.posts().len(), market.schools().len()), (0, 0, 0));
    let again = Market::from_json(&market.to_json()).expect("own JSON is valid");
    assert_eq!(again.to_json(), market.to_json());
}

#[test]
fn a_byte_order_mark_and_windows_lines_change_nothing() {
    let mut files = Files::sample();
    for name in files.0.clone().keys() {
        let text = files.text(name).replace('\n', "\r\n");
        files = files.put(name, format!("\u{feff}{text}"));
    }
    assert_eq!(files.read().expect("line ends do not matter").to_json(), carried().to_json());

    let document = format!("\u{feff}{}", fs::read_to_string(DOCUMENT).expect("carried").replace('\n', "\r\n"));
    assert_eq!(Market::from_json(&document).expect("line ends do not matter").to_json(), carried().to_json());
}

#[test]
fn values_left_out_are_the_same_as_their_defaults() {
    let files = Files::sample()
        .with("enterprises.csv", "120,", "120,false")
        .with("posts.csv", "0,30,,", "0,30,always,")
        .with("posts.csv", ",,,2027-09-01", ",,province,2027-09-01")
        .with("supply.csv", "2026-09-01,2027-08-31,,,", "2026-09-01,2027-08-31,nobody,,");
    assert_eq!(files.read().expect("defaults may be written").to_json(), carried().to_json());
}

#[test]
fn blank_lines_quotes_and_spaces_around_values_change_nothing() {
    let files = Files::sample().with("schools.csv", "centre,Vocational", "\n\" centre \",  Vocational").with(
        "supply.csv",
        "poor|rural",
        " poor | rural ",
    );
    assert_eq!(files.read().expect("blanks do not matter").to_json(), carried().to_json());
}

/// Splits a line of the sample, which quotes one name only.
fn cells(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let record = reader.records().next().expect("one line").expect("a valid line");
    record.iter().map(str::to_owned).collect()
}

fn shuffled(text: &str, columns: &[usize], rows: &[usize]) -> Vec<u8> {
    let lines: Vec<Vec<String>> = text.lines().map(cells).collect();
    let (header, body) = lines.split_first().expect("a header");
    let order = |keys: &[usize], n: usize| {
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|k| (keys[k % keys.len()], *k));
        order
    };
    let columns = order(columns, header.len());
    let rows = order(rows, body.len());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in std::iter::once(header).chain(rows.iter().map(|k| &body[*k])) {
        writer.write_record(columns.iter().map(|k| &line[*k])).expect("a valid line");
    }
    writer.into_inner().expect("memory can be written")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_of_rows_and_columns_does_not_matter(
        columns in proptest::collection::vec(0..100_usize, 24),
        rows in proptest::collection::vec(0..100_usize, 8),
    ) {
        let mut files = Files::sample();
        for name in files.0.clone().keys() {
            let text = files.text(name);
            files = files.put(name, shuffled(&text, &columns, &rows));
        }
        prop_assert_eq!(files.read().expect("order does not matter").to_json(), carried().to_json());
    }
}

#[test]
fn every_column_is_documented_once() {
    for (table, columns) in table_columns() {
        for (k, column) in columns.iter().enumerate() {
            assert!(
                column.meaning.ends_with('.') || column.meaning.ends_with(')'),
                "{table}.{}: {}",
                column.name,
                column.meaning
            );
            assert!(columns[..k].iter().all(|other| other.name != column.name), "{table}.{}", column.name);
        }
    }
}

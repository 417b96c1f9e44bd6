//! Nothing that is read makes the reader panic, and whatever is accepted survives a round trip.

use proptest::prelude::*;
use serde_json::Value;
use talent_match::language::Language;
use talent_match::market::{Market, table_columns};

use super::sample::{Files, document};

/// Whatever comes out: faults have words, markets survive a round trip.
fn settle(read: Result<Market, talent_match::market::Faults>) {
    match read {
        Ok(market) => {
            let again = Market::from_json(&market.to_json()).expect("own JSON is valid");
            assert_eq!(again.to_json(), market.to_json());
            let folder = tempfile::tempdir().expect("a temporary folder");
            market.write_csv(folder.path()).expect("the folder can be written");
            assert_eq!(Market::read(folder.path()).expect("own files are valid").to_json(), market.to_json());
        }
        Err(faults) => {
            assert!(!faults.all().is_empty());
            for fault in faults.all() {
                let lines = [Language::English, Language::Chinese].map(|language| fault.message(language));
                assert!(lines.iter().all(|line| !line.contains(char::is_control)), "{lines:?}");
            }
        }
    }
}

/// JSON of any shape, with the words of a document among the others.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any_word().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((any_word(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn any_word() -> impl Strategy<Value = String> {
    let mut known: Vec<String> =
        vec!["schema".into(), "talent-match/market/1".into(), "li".into(), "2026-09-01".into()];
    known.extend(
        ["plant", "660103", "6-18-02-04", "210213", "student", "焊工:2", "", "|", "\"", "\n", "\u{feff}"]
            .map(str::to_owned),
    );
    for (table, columns) in table_columns() {
        known.push(table.to_owned());
        known.extend(columns.iter().map(|column| column.name.to_owned()));
    }
    prop_oneof![3 => proptest::sample::select(known), 1 => any::<String>()]
}

/// The paths of every value of the sample.
fn paths(value: &Value, path: &str, all: &mut Vec<String>) {
    all.push(path.to_owned());
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(k, item)| paths(item, &format!("{path}/{k}"), all)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| paths(field, &format!("{path}/{name}"), all)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        settle(Market::from_json(&text));
    }

    #[test]
    fn any_json_is_read_or_refused(value in any_json()) {
        settle(Market::from_json(&value.to_string()));
    }

    #[test]
    fn any_value_anywhere_in_a_document_is_read_or_refused(place in any::<proptest::sample::Index>(), value in any_json()) {
        let mut changed = document();
        let mut all = Vec::new();
        paths(&changed, "", &mut all);
        *changed.pointer_mut(&all[place.index(all.len())]).expect("a path of the sample") = value;
        settle(Market::from_json(&changed.to_string()));
    }

    #[test]
    fn any_cut_of_a_document_is_read_or_refused(at in any::<proptest::sample::Index>()) {
        let text = document().to_string();
        let cut: String = text.chars().take(at.index(text.chars().count())).collect();
        settle(Market::from_json(&cut));
    }

    #[test]
    fn any_bytes_in_a_file_are_read_or_refused(
        file in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(),
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b','), Just(b'"'), Just(b'\n'), Just(b'|')], 0..12),
        take in 0..12_usize,
    ) {
        let files = Files::sample();
        let names: Vec<String> = files.0.keys().cloned().collect();
        let name = &names[file.index(names.len())];
        let mut content = files.0[name].clone();
        let start = at.index(content.len());
        let end = (start + take).min(content.len());
        content.splice(start..end, bytes);
        settle(files.put(name, content).read());
    }
}

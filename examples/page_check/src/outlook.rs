//! Where the figures of an outlook's page are in its JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::figures::Of::{At, By};
use crate::figures::{Source, at};
use crate::follow::{all, within};

fn by_round(row: &Value, field: &str) -> String {
    let numbers: Vec<String> = all(row, "evidence").iter().map(|figures| at(figures, field)).collect();
    numbers.join("|")
}

fn last(row: &Value, list: &str, field: &str) -> String {
    all(row, list).last().map_or_else(String::new, |row| at(row, field))
}

fn occupation(row: &Value) -> String {
    Some(at(row, "/name")).filter(|name| !name.is_empty()).unwrap_or_else(|| at(row, "/occupation"))
}

fn by_signal(data: &Value) -> Vec<Value> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for row in all(data, "programmes") {
        *counts.entry(at(&row, "/signal")).or_default() += 1;
    }
    counts.into_iter().map(|(signal, programmes)| json!({ "signal": signal, "programmes": programmes })).collect()
}

pub(crate) const SOURCES: &[Source] = &[
    Source {
        table: "rounds",
        rows: |data| all(data, "rounds"),
        figures: &[
            ("round", At("/round")),
            ("date", At("/date")),
            ("year", By(|row| at(row, "/date").split('-').next().unwrap_or_default().to_owned())),
            ("of_year", By(|row| if row["of_year"] == true { "yes" } else { "no" }.to_owned())),
            ("digest", At("/digest")),
        ],
    },
    Source {
        table: "signal_counts",
        rows: by_signal,
        figures: &[("signal", At("/signal")), ("programmes", At("/programmes"))],
    },
    Source {
        table: "signals",
        rows: |data| all(data, "programmes"),
        figures: &[
            ("id", At("/programme")),
            ("programme", At("/name")),
            ("school", At("/school")),
            ("signal", At("/signal")),
            ("crowded", By(|row| by_round(row, "/crowded_out"))),
            ("spare", By(|row| by_round(row, "/free"))),
            ("people", By(|row| last(row, "evidence", "/people"))),
        ],
    },
    Source {
        table: "evidence",
        rows: |data| within(data, "programmes", "evidence"),
        figures: &[
            ("id", At("/one/programme")),
            ("programme", At("/of/name")),
            ("round", At("/one/round")),
            ("people", At("/one/people")),
            ("placed", At("/one/placed")),
            ("crowded_out", At("/one/crowded_out")),
            ("free", At("/one/free")),
            ("priced", At("/one/priced")),
        ],
    },
    Source {
        table: "demand",
        rows: |data| all(data, "demand"),
        figures: &[
            ("id", At("/occupation")),
            ("occupation", By(occupation)),
            ("seats", By(|row| last(row, "years", "/demand"))),
            ("placed", By(|row| last(row, "years", "/placed"))),
            ("priced", By(|row| last(row, "years", "/priced"))),
            (
                "projection",
                By(|row| at(row, if row["ahead"]["model"].is_null() { "/ahead/state" } else { "/ahead/model" })),
            ),
            ("expected", At("/ahead/expected")),
            ("low", At("/ahead/low")),
            ("high", At("/ahead/high")),
        ],
    },
    Source {
        table: "demand_years",
        rows: |data| within(data, "demand", "years"),
        figures: &[
            ("id", At("/of/occupation")),
            ("occupation", By(|row| occupation(&row["of"]))),
            ("year", At("/one/year")),
            ("seats", At("/one/demand")),
            ("placed", At("/one/placed")),
            ("priced", At("/one/priced")),
        ],
    },
];

//! What the page must say, read from the report's JSON alone.

use serde_json::Value;

/// A table of the page, and where in the JSON its figures are.
struct Source {
    table: &'static str,
    list: &'static str,
    /// Columns of the page with the fields of the list.
    figures: &'static [(&'static str, &'static str)],
    of_it: fn(&Value) -> bool,
}

const fn all(_: &Value) -> bool {
    true
}

fn begins(row: &Value, with: &str) -> bool {
    row["group"].as_str().is_some_and(|group| group.starts_with(with))
}

const RATES: &[(&str, &str)] = &[("people", "people"), ("with_choice", "with_choice"), ("placed", "placed")];
const SHORT: &[(&str, &str)] =
    &[("seats", "demand"), ("applicants", "supply"), ("placed", "placed"), ("left", "unfilled")];
const OVER: &[(&str, &str)] =
    &[("people", "people"), ("open_seats", "demand"), ("placed", "placed"), ("unplaced", "unplaced")];

const SOURCES: &[Source] = &[
    Source { table: "goals", list: "goals", figures: &[("goal", "goal"), ("reached", "amount")], of_it: all },
    Source { table: "people", list: "people", figures: &[("people", "people"), ("placed", "placed")], of_it: all },
    Source {
        table: "tracks",
        list: "tracks",
        figures: &[
            ("kind", "kind"),
            ("posts", "posts"),
            ("posts_taken", "posts_taken"),
            ("seats", "seats"),
            ("applicants", "applicants"),
            ("filled", "placed"),
        ],
        of_it: |row| row["posts"] != 0,
    },
    Source { table: "flows", list: "flows", figures: &[("people", "people")], of_it: all },
    Source {
        table: "places",
        list: "places",
        figures: &[
            ("division", "name"),
            ("seats", "seats"),
            ("filled", "filled"),
            ("people", "people"),
            ("placed", "placed"),
        ],
        of_it: all,
    },
    Source {
        table: "shortages_kind",
        list: "shortages",
        figures: SHORT,
        of_it: |row| begins(row, "kind:") && row["unfilled"] != 0,
    },
    Source {
        table: "shortages_sector",
        list: "shortages",
        figures: SHORT,
        of_it: |row| begins(row, "sector:") && row["unfilled"] != 0,
    },
    Source {
        table: "surpluses_school",
        list: "surpluses",
        figures: OVER,
        of_it: |row| begins(row, "school:") && row["unplaced"] != 0,
    },
    Source {
        table: "not_opened",
        list: "classes",
        figures: &[("not_opened", "name"), ("owner", "owner"), ("least", "least"), ("missing", "missing")],
        of_it: |row| row["placed"] == 0,
    },
    Source {
        table: "schools",
        list: "schools",
        figures: &[("school", "name"), ("people", "people"), ("with_choice", "with_choice"), ("placed", "placed")],
        of_it: all,
    },
    Source { table: "rates_school", list: "fairness", figures: RATES, of_it: |row| begins(row, "school:") },
    Source { table: "rates_level", list: "fairness", figures: RATES, of_it: |row| begins(row, "level:") },
    Source { table: "rates_home", list: "fairness", figures: RATES, of_it: |row| begins(row, "home:") },
    Source { table: "rates_flag", list: "fairness", figures: RATES, of_it: |row| begins(row, "flag:") },
    Source { table: "rules", list: "rules", figures: &[("rule", "code"), ("pairs", "pairs")], of_it: all },
    Source {
        table: "certificate",
        list: "certificate",
        figures: &[("condition", "condition")],
        of_it: |row| row["state"] == "holds",
    },
    Source { table: "audit", list: "audit", figures: &[("check", "code"), ("state", "state")], of_it: all },
];

/// A value as the page marks it.
fn marked(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(String::new, |number| {
            let text = format!("{number:.2}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }),
        value => value.to_string(),
    }
}

/// Where the tables that the page shows differ from the report; and how many figures were compared.
pub(crate) fn differences(report: &Value, tables: &Value) -> (usize, Vec<String>) {
    let (mut compared, mut found) = (0, Vec::new());
    for source in SOURCES {
        let none = Vec::new();
        let rows = report[source.list].as_array().unwrap_or(&none).iter().filter(|row| (source.of_it)(row));
        let mut told: Vec<Vec<String>> =
            rows.map(|row| source.figures.iter().map(|(_, field)| marked(&row[*field])).collect()).collect();
        let rows = tables[source.table].as_array().unwrap_or(&none).iter();
        let mut shown: Vec<Vec<String>> = rows
            .map(|row| {
                source.figures.iter().map(|(column, _)| row[*column].as_str().unwrap_or("?").to_owned()).collect()
            })
            .collect();
        told.sort();
        shown.sort();
        compared += told.iter().flatten().count();
        if told != shown {
            found.push(format!("{}: {shown:?} is shown for {told:?}", source.table));
        }
    }
    (compared, found)
}

/// The figures in large type: code, figure and whole.
pub(crate) fn cards(report: &Value) -> Vec<[String; 3]> {
    let everybody = &report["people"][0];
    let filled: u64 = report["tracks"].as_array().into_iter().flatten().filter_map(|row| row["placed"].as_u64()).sum();
    let inside = report["goals"].as_array().into_iter().flatten().find(|goal| goal["goal"] == "in_consortium");
    let classes = report["classes"].as_array().map_or(0, Vec::len);
    let opened = report["classes"].as_array().into_iter().flatten().filter(|class| class["placed"] != 0).count();
    let wishes = &report["wishes"];
    let mut cards = vec![
        ["placed".to_owned(), marked(&everybody["placed"]), marked(&everybody["people"])],
        ["filled".to_owned(), filled.to_string(), marked(&report["seats"])],
    ];
    cards.extend(inside.map(|goal| ["inside".to_owned(), marked(&goal["amount"]), marked(&everybody["placed"])]));
    cards.push(["first_wish".to_owned(), marked(&wishes["first"]), marked(&wishes["people"])]);
    cards.push(["any_wish".to_owned(), marked(&wishes["any"]), marked(&wishes["people"])]);
    cards.push(["opened".to_owned(), opened.to_string(), classes.to_string()]);
    cards.retain(|card| card[2] != "0");
    cards
}

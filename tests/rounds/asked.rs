//! What a caller asked of a round stands in its report, in every form.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use talent_match::Language::{Chinese, English};
use talent_match::insight::Insight;
use talent_match::market::{PostIx, SupplyIx};
use talent_match::report::{COLUMNS, Cell, Picture, Table};
use talent_match::what_if::{Sweep, sweep};
use talent_match::{Config, Control, Report, Verified};

use crate::random_markets::{engine, run};
use crate::world::World;

/// The report with everything that can be asked: why one is there, why the other is not, and one seat more.
fn asked(result: &Verified<'_>) -> Report {
    let (insight, post) = (Insight::of(result), PostIx::all(1).next().expect("a post"));
    let there = result.placements().all()[0].unit;
    let other = SupplyIx::all(2).find(|unit| *unit != there).expect("two students");
    let why = insight.why(there, post, 3).expect("somebody is there");
    let seats: Sweep = serde_json::from_value(json!({
        "changes": {"name": "one more", "put": {"posts": [{"id": "fitter", "seats_max": 1}]}},
        "at": "/put/posts/0/seats_max", "values": [1, 2, 3, -1],
    }))
    .expect("it is a sweep");
    let points = sweep(result, &seats, &Control::new()).expect("there is a number");
    let more = points[1].comparison.clone().expect("a round");
    let report = Report::of(result).with_answers(vec![why], vec![insight.why_not(other, post, 3)]);
    report.with_what_if(vec![more]).with_curve("seats", points)
}

fn table(report: &Report, code: &str) -> Table {
    report.tables().into_iter().find(|table| table.code == code).unwrap_or_else(|| panic!("no table {code}"))
}

fn column(table: &Table, code: &str) -> Vec<String> {
    let at = table.column(code).unwrap_or_else(|| panic!("{} has no {code}", table.code));
    table.rows.iter().map(|row| row[at].file()).collect()
}

#[test]
fn answers_and_changes_stand_in_the_report_that_was_asked_for_them() {
    let market = World::of_rivals().market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let report = asked(&result);
    let there = market.unit(result.placements().all()[0].unit).id.clone();
    let other = if there == "li" { "wu" } else { "li" };

    let why = table(&report, "why");
    assert_eq!((column(&why, "unit"), column(&why, "id")), (vec![there], vec!["fitter".to_owned()]));
    let said = &report.why[0];
    let adds: Vec<String> = (said.value.goals.iter().filter(|goal| goal.amount != 0.0))
        .map(|goal| format!("{}:{}", goal.goal.word(), goal.amount))
        .collect();
    assert_eq!(column(&why, "adds"), [adds.join("|")]);
    assert_eq!(column(&why, "certain"), [said.certain.expect("it is proven best").word()]);
    let why_not = table(&report, "why_not");
    assert_eq!(column(&why_not, "unit"), [other]);
    assert_eq!(column(&why_not, "verdict"), [report.why_not[0].verdict.word()]);

    let what_if = table(&report, "what_if");
    assert_eq!(column(&what_if, "changed"), ["one more"; 3]);
    assert_eq!(column(&what_if, "before")[0], "1");
    assert_eq!((&column(&what_if, "after")[0], &column(&what_if, "difference")[0]), (&"2".to_owned(), &"1".to_owned()));
    assert_eq!(table(&report, "what_if_people").csv(), "changed,turn,concerned\none more,gains,1\n");
    let curves = table(&report, "curves");
    assert_eq!(column(&curves, "value"), ["1", "2", "3", "-1"]);
    assert_eq!(column(&curves, "state"), ["optimal", "optimal", "optimal", "refused"]);
    assert_eq!(column(&curves, "more_placed"), ["0", "1", "1", ""]);
    assert_eq!(column(&curves, "concerned"), ["0", "1", "1", ""]);
    assert_eq!(curves.picture, Some(Picture::Line { group: "changed", across: "value", up: "more_placed" }));

    let data: Value = serde_json::from_str(&report.json()).expect("JSON");
    assert_eq!(data["curves"][0]["points"][3]["state"], "refused");
    assert_eq!(data["why_not"][0]["unit"], other);
    let page = report.page(English);
    assert!(page.contains("data-table=\"why_not\"") && page.contains("data-picture=\"line\""));
    for (language, words) in [
        (English, ["Why they are placed there", "What each change would do to the goals", "gets a place"]),
        (Chinese, ["安排在该岗位的理由", "各假设对目标的影响", "新获安置"]),
    ] {
        for words in words {
            assert!(report.text(language).contains("one more") && page.contains(words), "{words}");
        }
    }
}

#[test]
fn what_nobody_asked_is_nowhere() {
    let market = World::of_rivals().market();
    let engine = engine(&Config::default());
    let report = Report::of(&run(&engine, &market));
    let data: Value = serde_json::from_str(&report.json()).expect("JSON");
    for field in ["why", "why_not", "what_if", "curves"] {
        assert!(data.get(field).is_none(), "{field}");
    }
    let (page, text) = (report.page(English), report.text(English));
    for words in ["Why, and why not", "What if"] {
        assert!(!page.contains(words) && !text.contains(words), "{words}");
    }
}

#[test]
fn every_code_of_what_was_asked_has_words_in_both_languages() {
    let market = World::of_rivals().market();
    let engine = engine(&Config::default());
    let report = asked(&run(&engine, &market));
    let words = report.words_csv();
    let mut reader = csv::Reader::from_reader(words.as_bytes());
    let known: BTreeSet<(String, String)> = reader
        .records()
        .map(|row| row.expect("the file can be read"))
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    for table in report.tables().iter().filter(|table| !table.rows.is_empty()) {
        for (column, cell) in table.rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
            assert!(COLUMNS.contains(column), "{}", column.code);
            if let Cell::Said { code, words } = cell {
                let list = code.contains([':', '|']) || code.is_empty() || column.words.en == "meaning";
                let key = (column.code.to_owned(), code.clone());
                assert!(list || known.contains(&key), "{}: {code}", column.code);
                assert!(!words.get(English).is_empty() && !words.get(Chinese).is_empty());
            }
        }
    }
}

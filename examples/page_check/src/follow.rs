//! What follows from the lines of a report's JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::figures::{at, marked, number};

/// The rows of a list.
pub(crate) fn all(data: &Value, list: &str) -> Vec<Value> {
    data[list].as_array().cloned().unwrap_or_default()
}

pub(crate) fn only(data: &Value, list: &str, of_it: impl Fn(&Value) -> bool) -> Vec<Value> {
    all(data, list).into_iter().filter(of_it).collect()
}

/// The groups of one kind with something `left`, and each rule among their causes by its code.
pub(crate) fn groups(data: &Value, list: &str, with: &str, left: &str) -> Vec<Value> {
    let codes = all(data, "rules");
    let code =
        |rule: &Value| codes.iter().find(|line| line["rule"] == *rule).map_or(Value::Null, |l| l["code"].clone());
    let begins = |row: &Value| row["group"].as_str().is_some_and(|group| group.starts_with(with));
    let mut rows = only(data, list, |row| begins(row) && row[left] != 0);
    for cause in rows.iter_mut().filter_map(|row| row["causes"].as_array_mut()).flatten() {
        if let Some(rule) = cause.get("rule").cloned() {
            cause["rule"] = code(&rule);
        }
    }
    rows
}

/// What all of a group have in common.
pub(crate) fn in_common(row: &Value) -> String {
    let group = at(row, "/group");
    group.split_once(':').map_or(String::new(), |(_, value)| value.to_owned())
}

/// What a group is called in files.
pub(crate) fn called(row: &Value) -> String {
    let by_code = ["kind:", "sector:", "level:", "flag:"].iter().any(|with| at(row, "/group").starts_with(with));
    Some(at(row, "/name")).filter(|name| !by_code && !name.is_empty()).unwrap_or_else(|| in_common(row))
}

pub(crate) fn causes(row: &Value) -> String {
    let code = |cause: &Value| {
        let parts = ["/cause", "/rule", "/count"].map(|field| at(cause, field));
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":")
    };
    row["causes"].as_array().into_iter().flatten().map(code).collect::<Vec<_>>().join("|")
}

/// A measure: `982` or `41/44`.
pub(crate) fn measure(measure: &Value) -> String {
    let (amount, of) = (at(measure, "/amount"), at(measure, "/of"));
    if of.is_empty() { amount } else { format!("{amount}/{of}") }
}

pub(crate) fn bound(row: &Value) -> String {
    match (&row["least"], &row["most"]) {
        (Value::Null, Value::Null) => String::new(),
        (least, Value::Null) => format!(">={}", measure(least)),
        (_, most) => format!("<={}", measure(most)),
    }
}

pub(crate) fn mode(row: &Value) -> String {
    match &row["mode"] {
        Value::Object(soft) => format!("soft:{}", marked(&soft["soft"])),
        mode => marked(mode),
    }
}

/// What one more seat would add: the first goal that it serves, and points.
pub(crate) fn adds(row: &Value) -> (Option<String>, f64) {
    let goals = || row["price"].as_array().into_iter().flatten();
    let amount = |goal: &Value| goal["amount"].as_f64().unwrap_or_default();
    if goals().find(|goal| amount(goal) != 0.0).is_none_or(|goal| amount(goal) < 0.0) {
        return (None, 0.0);
    }
    let points = goals().find(|goal| goal["goal"] == "score").map_or(0.0, amount);
    (goals().find(|goal| amount(goal) > 0.0).map(|goal| at(goal, "/goal")), points.max(0.0))
}

/// Amounts of goals: `placed:1|score:16`.
pub(crate) fn goals(list: &Value) -> String {
    let goals = list.as_array().into_iter().flatten().filter(|goal| goal["amount"].as_f64() != Some(0.0));
    let goals: Vec<String> = goals.map(|goal| format!("{}:{}", at(goal, "/goal"), at(goal, "/amount"))).collect();
    goals.join("|")
}

/// What one more or one fewer is worth: `nothing`, or empty where there is no such change.
pub(crate) fn side(worth: &Value) -> String {
    match goals(&worth["goals"]) {
        _ if worth.is_null() => String::new(),
        said if said.is_empty() => "nothing".to_owned(),
        said => said,
    }
}

/// The posts where another number of seats is worth something.
pub(crate) fn priced(data: &Value) -> Vec<Value> {
    let units = |row: &Value, side: &str| row[side]["units"].as_str().and_then(|units| units.parse::<i64>().ok());
    let sides = ["more", "fewer", "lower_minimum"];
    only(&data["prices"], "posts", |row| sides.iter().filter_map(|side| units(row, side)).max().unwrap_or(0) != 0)
}

/// Everybody whom another best result has elsewhere, with the posts on either side.
pub(crate) fn equal_people(data: &Value) -> Vec<Value> {
    let mut units: BTreeMap<[String; 2], [Vec<String>; 2]> = BTreeMap::new();
    for row in within(data, "ties", "people") {
        let unit = ["/one/lot", "/one/unit"].map(|field| at(&row, field));
        let elsewhere = number(&row, "/one/people") == 0;
        let post = format!("{}:{}", at(&row, "/of/post/id"), at(&row, "/one/people"));
        units.entry(unit).or_default()[usize::from(elsewhere)].push(post);
    }
    let row = |([lot, unit], posts): ([String; 2], [Vec<String>; 2])| {
        let [here, elsewhere] = posts.map(|posts| posts.join("|"));
        json!({ "unit": unit, "lot": lot, "here": here, "elsewhere": elsewhere })
    };
    units.into_iter().map(row).collect()
}

/// Those of the people of a tie who are there, or who are not.
pub(crate) fn tied(tie: &Value, there: bool) -> String {
    let people = tie["people"].as_array().into_iter().flatten();
    let people = people.filter(|tied| (number(tied, "/people") > 0) == there);
    people.map(|tied| format!("{}:{}", at(tied, "/unit"), at(tied, "/lot"))).collect::<Vec<_>>().join("|")
}

/// Each row of a list within the rows of a list, with the row it is of.
pub(crate) fn within(data: &Value, list: &str, inner: &str) -> Vec<Value> {
    let of = |row: Value| all(&row, inner).into_iter().map(move |one| json!({ "of": row, "one": one }));
    all(data, list).into_iter().flat_map(of).collect()
}

/// How many people each change moves how.
pub(crate) fn turns(data: &Value) -> Vec<Value> {
    let turn = |row: &Value| {
        let of = row["people"].as_object().cloned().unwrap_or_default();
        let name = row["name"].clone();
        of.into_iter().map(move |(turn, people)| json!({ "name": name, "turn": turn, "people": people }))
    };
    all(data, "what_if").iter().flat_map(turn).collect()
}

/// What a row reaches more of a goal.
pub(crate) fn more(goals: &Value, goal: &str) -> String {
    let found = goals.as_array().into_iter().flatten().find(|row| goal.is_empty() || row["goal"] == goal);
    let known = found.and_then(|row| Some(row["after"].as_f64()? - row["before"].as_f64()?));
    known.map_or_else(String::new, |more| marked(&json!(more)))
}

/// Seats of each track by what one more would add.
pub(crate) fn worth(data: &Value) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    for post in all(data, "posts") {
        let column = adds(&post).0.unwrap_or_else(|| "nothing".to_owned());
        let place = rows.iter().position(|row| row["kind"] == post["kind"]);
        let place = place.unwrap_or_else(|| {
            rows.push(json!({ "kind": post["kind"], "placed": 0, "in_consortium": 0, "score": 0, "nothing": 0 }));
            rows.len() - 1
        });
        let row = &mut rows[place][&column];
        *row = json!(row.as_u64().unwrap_or(0) + number(&post, "/seats"));
    }
    rows
}

pub(crate) fn price_curve(data: &Value) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    for post in all(data, "posts") {
        let points = (adds(&post).1 * 100.0).round() / 100.0;
        let step = rows.iter_mut().find(|row| row["kind"] == post["kind"] && row["points"] == points);
        match step {
            Some(row) => row["seats"] = json!(number(row, "/seats") + number(&post, "/seats")),
            None => rows.push(json!({ "kind": post["kind"], "points": points, "seats": post["seats"] })),
        }
    }
    rows
}

pub(crate) fn unplaced(data: &Value) -> Vec<Value> {
    let unplaced = &data["unplaced"];
    let row = |cause: &str, people: &Value| json!({ "cause": cause, "people": people });
    let named = ["outbid", "no_gain", "limited", "stopped", "no_posts"].map(|cause| (cause, &unplaced[cause]));
    let of_it = |cause: &str, people: &Value| match cause {
        "outbid" => unplaced["people"] != 0,
        _ => people.as_u64().unwrap_or(0) > 0,
    };
    let mut rows: Vec<Value> = named.iter().filter(|(c, people)| of_it(c, people)).map(|(c, p)| row(c, p)).collect();
    for (rule, people) in unplaced["by_rule"].as_object().into_iter().flatten() {
        let rules = all(data, "rules");
        let code = rules.iter().find(|line| line["rule"] == *rule).map_or_else(String::new, |line| at(line, "/code"));
        rows.push(row(&code, people));
    }
    rows
}

pub(crate) fn decided(data: &Value) -> Vec<Value> {
    let of = ["standing", "left", "stayed", "moved", "displaced", "new"];
    let row = |what: &str| json!({ "earlier": what, "people": data["decided"][what] });
    if data["decided"].is_null() { Vec::new() } else { of.map(row).to_vec() }
}

pub(crate) fn left(row: &Value) -> String {
    let filled = if row["filled"].is_null() { "/placed" } else { "/filled" };
    number(row, "/seats").saturating_sub(number(row, filled)).to_string()
}

pub(crate) fn is_asked(row: &Value) -> bool {
    row["code"] != "L05" && row["code"] != "L06" && row["state"] != "off" && row["state"] != "not_asked"
}

/// The rule of a line of the compliance sheet, with what has an id of its own.
pub(crate) fn rule(row: &Value) -> String {
    let id = at(row, "/id");
    if id.is_empty() { at(row, "/code") } else { format!("{}:{id}", at(row, "/code")) }
}

pub(crate) fn nearest(row: &Value) -> String {
    let parts = ["/unit", "/post", "/group"].map(|field| at(row, field));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":")
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

//! Both sides of every price, in every form of the report.

use std::collections::BTreeMap;

use serde_json::Value;
use talent_match::Language::{Chinese, English};
use talent_match::insight::{Insight, Prices, Sides, Worth};
use talent_match::market::{Amount, Dimension, Facet, Quota};
use talent_match::report::Table;
use talent_match::{Config, Control, Report};

use crate::limits::limited;
use crate::random_markets::{engine, run};
use crate::world::World;

fn table(report: &Report, code: &str) -> Table {
    report.tables().into_iter().find(|table| table.code == code).unwrap_or_else(|| panic!("no table {code}"))
}

/// A worth as files write it.
fn written(worth: Option<&Worth>) -> String {
    let Some(worth) = worth else { return String::new() };
    let goals = worth.goals.iter().filter(|goal| goal.amount != 0.0);
    let said: Vec<String> = goals.map(|goal| format!("{}:{}", goal.goal.word(), goal.amount)).collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join("|") }
}

fn sides(sides: Option<&Sides>) -> [String; 3] {
    let side = |of: fn(&Sides) -> &Option<Worth>| written(sides.and_then(|sides| of(sides).as_ref()));
    [side(|sides| &sides.more), side(|sides| &sides.fewer), side(|sides| &sides.lower_minimum)]
}

/// The cells of a table by the first column: its last three.
fn told(table: &Table) -> BTreeMap<String, [String; 3]> {
    let row = |row: &Vec<talent_match::report::Cell>| {
        let last: Vec<String> = row[row.len() - 3..].iter().map(talent_match::report::Cell::file).collect();
        (row[0].file(), [last[0].clone(), last[1].clone(), last[2].clone()])
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn every_post_and_limit_with_a_price_is_told_from_both_sides() {
    let (mut dear, mut idle, mut limits) = (0, 0, 0);
    for seed in 0..300 {
        let market = limited(seed).market();
        let engine = engine(&Config::default());
        let Ok(result) = engine.run(&market, &Control::new()) else { continue };
        let insight = Insight::of(&result);
        let Some(Prices { posts, limits: groups }) = insight.prices() else { continue };
        let report = Report::of(&result).with_insight(&insight);
        let (seats, quotas) = (told(&table(&report, "seat_prices")), told(&table(&report, "limit_prices")));
        for line in &posts {
            let expected = sides(Some(&line.sides));
            let worth = expected.iter().any(|said| !["", "nothing"].contains(&said.as_str()));
            assert_eq!(seats.get(&line.post.id), worth.then_some(&expected), "seed {seed}: {}", line.post.id);
            dear += usize::from(worth);
            idle += usize::from(!worth);
        }
        assert_eq!(quotas.len(), groups.len(), "seed {seed}");
        for line in &groups {
            assert_eq!(quotas[&line.limit], sides(line.sides.as_ref()), "seed {seed}: {}", line.limit);
            limits += usize::from(line.sides.is_some());
        }
    }
    assert!(dear > 40 && idle > 50 && limits > 30, "{dear} {idle} {limits}");
}

/// Three students who are alike, two seats.
fn three() -> World {
    let mut world = World::of_two();
    for id in ["wu", "xu"] {
        let mut other = world.supply[0].clone();
        id.clone_into(&mut other.id);
        world.supply.push(other);
    }
    world.post().seats_max = 2;
    world
}

fn asked(world: &World) -> Report {
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    Report::of(&result).with_insight(&Insight::of(&result))
}

#[test]
fn a_quota_and_a_minimum_have_prices_of_their_own() {
    let mut world = three();
    let all = vec![Facet::new(Dimension::Kind, "internship")];
    world.quotas = vec![Quota::new("few", "Few", all).at_most(Amount::Count(1))];
    let report = asked(&world);
    // A seat more is of no use, and one fewer no loss.
    assert!(table(&report, "seat_prices").rows.is_empty());
    let limits = table(&report, "limit_prices").csv();
    assert!(limits.starts_with("limit,force,one_more,one_fewer,lower_minimum\n"), "{limits}");
    assert!(limits.lines().any(|line| line.contains("few") && line.contains(",priced,placed:1|")), "{limits}");
    // Li would rather be elsewhere, but one must come.
    let mut world = World::of_two();
    let mut other = world.posts[0].clone();
    "welder".clone_into(&mut other.id);
    world.posts.push(other);
    world.post().seats_min = 1;
    world.unit().wishes = vec!["welder".to_owned()];
    let row = &told(&table(&asked(&world), "seat_prices"))["fitter"];
    assert!(row[2].starts_with("score:"), "{row:?}");
}

#[test]
fn the_two_sides_are_said_in_both_languages_and_only_where_they_were_asked_for() {
    let market = three().market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let report = Report::of(&result).with_insight(&Insight::of(&result));
    let seats = table(&report, "seat_prices");
    assert!(seats.csv().starts_with("id,post,owner,one_more,one_fewer,lower_minimum\nfitter,Fitter,Machine plant,"));
    let row = &told(&seats)["fitter"];
    assert!(row[0].starts_with("placed:1|") && row[1] == row[0] && row[2].is_empty(), "{row:?}");
    let data: Value = serde_json::from_str(&report.json()).expect("JSON");
    assert_eq!(data["prices"]["posts"][0]["fewer"]["goals"][0]["amount"], 1.0);
    assert_eq!(data["prices"]["limits"].as_array().map(Vec::len), Some(table(&report, "limit_prices").rows.len()));
    for (language, words) in [
        (English, ["one more gains", "one fewer loses", "1 placed, "]),
        (Chinese, ["增加一个的增益", "减少一个的损失", "安置 1 人"]),
    ] {
        for words in words {
            assert!(report.text(language).contains(words) && report.page(language).contains(words), "{words}");
        }
    }
    let page = report.page(English);
    assert!(page.contains("Seats of every post from both sides") && page.contains("各岗位席位的两侧价格"));
    let unasked = Report::of(&result);
    assert!(unasked.prices.is_none() && !unasked.json().contains("\"prices\""));
    assert!(table(&unasked, "seat_prices").rows.is_empty() && !unasked.text(English).contains("one fewer loses"));
}

//! The rules in a line: each line of JSON is a row of a market, and the line of CSV is the same row.

use std::fs;

use serde_json::Value;
use talent_match::market::Market;

use super::READMES;

const TABLES: [&str; 4] = ["quotas", "mentors", "bonds", "decisions"];

/// The block that begins with `fence` after the line that is `heading`.
fn block<'a>(text: &'a str, heading: &str, fence: &str) -> &'a str {
    let after = text.split_once(heading).unwrap_or_else(|| panic!("no {heading}")).1;
    let block = after.split_once(fence).unwrap_or_else(|| panic!("no {fence} after {heading}")).1;
    block.split_once("```").expect("an end").0
}

#[test]
fn every_rule_in_a_line_is_a_row_of_a_market() {
    for readme in READMES {
        let section = readme.either("### Rules in a line", "### 一行一条规则");
        let text = readme.text.split_once(section).expect("the section").1;
        let heading = |table: &str| readme.either(format!("As `{table}`"), format!("`{table}` 表："));
        let carried = Market::read("examples/data/jinpu").expect("the carried market is valid");
        let mut market: Value = serde_json::from_str(&carried.to_json()).expect("JSON");
        for post in market["posts"].as_array_mut().expect("posts") {
            if post["kind"] == "internship" {
                post["staff"] = 50.into();
            }
        }
        for table in TABLES {
            let rows = block(text, &heading(table), "```jsonl\n").lines();
            let rows = rows.map(|row| serde_json::from_str(row).unwrap_or_else(|error| panic!("{row}: {error}")));
            market[table] = Value::Array(rows.collect());
        }
        let market =
            Market::from_json(&market.to_string()).unwrap_or_else(|faults| panic!("{}: {faults}", readme.name));
        let out = tempfile::tempdir().expect("a temporary folder");
        market.write_csv(out.path()).expect("the folder can be written");
        for table in TABLES {
            let written = fs::read_to_string(out.path().join(format!("{table}.csv"))).expect("the table is written");
            assert_eq!(block(text, &heading(table), "```text\n"), written, "{}: {table}", readme.name);
        }
        let groups = market.quota_groups();
        for quota in market.quotas() {
            assert!(groups.iter().any(|group| market.quota(group.quota).id == quota.id), "{}", quota.id);
        }
    }
}

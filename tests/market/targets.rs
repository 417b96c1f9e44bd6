//! Targets that cannot be meant: every fault at once, each with its file, line and field.

use talent_match::market::{FaultCode, Indicator, Market, Target};

use super::sample::{Files, assert_faults, builder, document_faults};

fn targets(rows: &[&str]) -> Files {
    Files::sample().put("targets.csv", format!("indicator,amount,source\n{}\n", rows.join("\n")))
}

#[test]
fn every_fault_is_found_at_once() {
    let rows = ["craftsmen,0,", "internships,5,<b>", "craftsmen,12,", "agreements_used,101,", "agreements_used,100,"];
    assert_faults(
        &targets(&rows).faults(),
        &[
            (FaultCode::BadNumber, "targets.csv:2.amount (craftsmen)", "0"),
            (FaultCode::BadName, "targets.csv:3.source (internships)", "<b>"),
            (FaultCode::DuplicateRow, "targets.csv:4 (craftsmen)", "craftsmen"),
            (FaultCode::BadNumber, "targets.csv:5.amount (agreements_used)", "101"),
            (FaultCode::DuplicateRow, "targets.csv:6 (agreements_used)", "agreements_used"),
        ],
    );
    let faults = targets(&["masters,5,", "craftsmen,,", "internships,-1,"]).faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::UnknownWord, "targets.csv:2.indicator (masters)", "masters"),
            (FaultCode::MissingValue, "targets.csv:3.amount (craftsmen)", ""),
            (FaultCode::BadNumber, "targets.csv:4.amount (internships)", "-1"),
        ],
    );
    let faults = document_faults(|document| document["targets"][1]["amount"] = 101.into());
    assert_faults(&faults, &[(FaultCode::BadNumber, "targets[1].amount (programmes_in_training)", "101")]);
    let faults = builder().target(Target::new(Indicator::OrderClasses, 4)).build().expect_err("two of one");
    assert_faults(&faults, &[(FaultCode::DuplicateRow, "targets[2] (order_classes)", "order_classes")]);
}

#[test]
fn targets_stand_in_the_order_of_the_indicators_and_stay_with_the_market() {
    let market = targets(&["agreements_used,100,", "order_classes,1,"]).read().expect("the rows are valid");
    let words = |market: &Market| market.targets().iter().map(|row| row.indicator.word()).collect::<Vec<_>>();
    assert_eq!(words(&market), ["order_classes", "agreements_used"]);
    let same = market.with_bonds(Vec::new()).expect("still valid");
    assert_eq!(words(&same), words(&market));
    let without = Files::sample().without("targets.csv").read().expect("they may be left out");
    assert!(without.targets().is_empty() && !without.to_json().contains("targets"));
}

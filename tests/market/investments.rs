//! Investments and promises that cannot be meant: every fault at once, each with its file, line and field.

use talent_match::market::FaultCode;

use super::sample::{Files, assert_faults};

fn investments(rows: &[&str]) -> Files {
    let header = "enterprise,year,invested,withdrawn,surcharge";
    Files::sample().put("investments.csv", format!("{header}\n{}\n", rows.join("\n")))
}

#[test]
fn every_fault_is_found_at_once() {
    let rows = [
        "plant,2025,10,,5",
        "plant,2025,10,,5",
        "centre,2025,10,,5",
        "works,2018,10,,5",
        "works,2101,1000000000001,,0",
        "plant,2024,10,11,5",
        "plant,2026,5,26,5",
    ];
    assert_faults(
        &investments(&rows).faults(),
        &[
            (FaultCode::DuplicateRow, "investments.csv:3.year (plant)", "2025"),
            (FaultCode::Dangling, "investments.csv:4.enterprise (centre)", "centre"),
            (FaultCode::BadNumber, "investments.csv:5.year (works)", "2018"),
            (FaultCode::BadNumber, "investments.csv:6.invested (works)", "1000000000001"),
            (FaultCode::BadNumber, "investments.csv:6.year (works)", "2101"),
            (FaultCode::WithdrawnMore, "investments.csv:7.withdrawn (plant)", "11"),
            (FaultCode::WithdrawnMore, "investments.csv:8.withdrawn (plant)", "37"),
        ],
    );
    let most = "1000000000000";
    let row = format!("plant,2100,{most},{most},{most}");
    assert!(investments(&[&row]).read().is_ok());
    let faults = investments(&["plant,2025,-1,,5", "plant,2026,1,,"]).faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::BadNumber, "investments.csv:2.invested (plant)", "-1"),
            (FaultCode::MissingValue, "investments.csv:3.surcharge (plant)", ""),
        ],
    );
}

/// What is wrong with a promise of `kind` with these cells.
fn promised(kind: &str, cells: &str) -> Vec<(FaultCode, String)> {
    let files = Files::sample().with("posts.csv", "Order class,order_class,", &format!("Order class,{kind},"));
    let read = files.with("posts.csv", ",80,25,20", &format!(",{cells}")).read();
    let faults = read.err().map(|faults| faults.all().to_vec()).unwrap_or_default();
    faults.into_iter().map(|fault| (fault.code, fault.place.field)).collect()
}

#[test]
fn promises_are_whole_and_of_those_who_train() {
    for fine in ["80,25,20", "80,,", ",,", "1,0,0", "100,4294967295,4294967295"] {
        assert_eq!(promised("order_class", fine), [], "{fine}");
    }
    let one = |code, field: &str| vec![(code, field.to_owned())];
    for (cells, code, field) in [
        ("0,,", FaultCode::BadNumber, "promise"),
        ("101,,", FaultCode::BadNumber, "promise"),
        ("80,25,", FaultCode::PromiseFields, "hired"),
        ("80,,20", FaultCode::PromiseFields, "trained"),
        (",,20", FaultCode::PromiseFields, "hired"),
        (",25,", FaultCode::PromiseFields, "trained"),
        ("80,25,26", FaultCode::HiredMore, "hired"),
    ] {
        assert_eq!(promised("order_class", cells), one(code, field), "{cells}");
    }
    for (kind, fine) in [("job", false), ("internship", false), ("apprenticeship", true), ("field_engineer", true)] {
        let expected = if fine { Vec::new() } else { one(FaultCode::KindExcludes, "promise") };
        assert_eq!(promised(kind, "80,25,20"), expected, "{kind}");
    }
}

//! Decisions that cannot be meant: every fault at once, each with its file, line and field.

use talent_match::market::{DecisionState, FaultCode, Market};

use super::sample::{Files, assert_faults};

const HEADER: &str = "unit,post,state,people,reason,round\n";

fn decided(rows: &[&str]) -> Files {
    Files::sample().put("decisions.csv", format!("{HEADER}{}\n", rows.join("\n")))
}

#[test]
fn every_fault_is_found_at_once() {
    let rows = [
        "nobody,class,signed,,,",
        "li,nowhere,signed,,,",
        "li,class,signed,0,,",
        "li,fitter,forbidden,,,",
        "wu,class,left,,,",
        "wu,,placed,,,",
        "group,class,frozen,20,,0",
        "group,class,placed,5,,",
        "group,fitter,signed,1,<b>,1",
        "em,fitter,signed,,,",
        "em,class,declined,1,,",
    ];
    let expected = [
        (FaultCode::DecisionPeople, "decisions.csv:12.people (em)", "1"),
        (FaultCode::Dangling, "decisions.csv:2.unit (nobody)", "nobody"),
        (FaultCode::Dangling, "decisions.csv:3.post (li)", "nowhere"),
        (FaultCode::DecisionPeople, "decisions.csv:4.people (li)", "0"),
        (FaultCode::KindNeeds, "decisions.csv:5.reason (li)", ""),
        (FaultCode::DecisionPost, "decisions.csv:6.post (wu)", "class"),
        (FaultCode::DecidedPeople, "decisions.csv:6.people (wu)", "2"),
        (FaultCode::DecisionPost, "decisions.csv:7.post (wu)", ""),
        (FaultCode::BadNumber, "decisions.csv:8.round (group)", "0"),
        (FaultCode::DecidedPeople, "decisions.csv:9.people (group)", "25"),
        (FaultCode::DecidedPeople, "decisions.csv:10.people (group)", "26"),
        (FaultCode::BadName, "decisions.csv:10.reason (group)", "<b>"),
    ];
    let faults = decided(&rows).faults();
    let mut found: Vec<_> =
        faults.all().iter().map(|fault| (fault.code, fault.place.to_string(), fault.value.clone())).collect();
    let mut expected: Vec<_> =
        expected.iter().map(|(code, place, value)| (*code, (*place).to_owned(), (*value).to_owned())).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn more_people_stand_than_there_are_seats() {
    let faults = decided(&["em,fitter,signed,,,", "group,fitter,frozen,2,,", "li,class,signed,,,"]).faults();
    assert_faults(&faults, &[(FaultCode::DecidedSeats, "decisions.csv:3.people (group)", "3")]);
    assert!(decided(&["em,fitter,signed,,,", "group,fitter,frozen,1,,"]).read().is_ok());
}

/// Of two decisions on one pair: only people who stand beside others who do not.
#[test]
fn decisions_on_one_pair() {
    let pair = |unit: &str, one: DecisionState, other: DecisionState| -> Result<Market, _> {
        let row = |state: DecisionState| {
            let (people, reason) = (if state.closes() { "" } else { "1" }, if state.closes() { "why" } else { "" });
            let post = if state == DecisionState::Left { "" } else { "class" };
            format!("{unit},{post},{},{people},{reason},", state.word())
        };
        decided(&[&row(one), &row(other)]).read()
    };
    for one in DecisionState::ALL {
        for other in DecisionState::ALL {
            let stands_beside = |a: &DecisionState, b: &DecisionState| {
                a.stands() && matches!(b, DecisionState::Placed | DecisionState::Declined)
            };
            let elsewhere = (*one == DecisionState::Left) != (*other == DecisionState::Left);
            let together = elsewhere || stands_beside(one, other) || stands_beside(other, one);
            let read = pair("group", *one, *other);
            assert_eq!(read.is_ok(), together, "{one:?} {other:?}");
            if let Err(faults) = read {
                assert!(faults.all().iter().all(|fault| fault.code == FaultCode::DecidedTwice), "{faults}");
            }
        }
    }
    let faults = pair("li", DecisionState::Signed, DecisionState::Declined).expect_err("li is one person");
    assert!(faults.has(FaultCode::DecidedTwice));
    let faults = pair("li", DecisionState::Signed, DecisionState::Placed).expect_err("li is one person");
    assert!(faults.has(FaultCode::DecidedPeople));
}

#[test]
fn of_nobody_nothing_can_be_decided() {
    let files = decided(&["group,class,signed,,,"]).with("supply.csv", ",24,2,", ",0,2,");
    assert_faults(&files.faults(), &[(FaultCode::DecisionPeople, "decisions.csv:2.people (group)", "0")]);
}

#[test]
fn whoever_is_decided_about_in_full_needs_no_number() {
    let market = decided(&["group,class,signed,,,1"]).read().expect("the rows are valid");
    let group = market.find_unit("group").expect("a unit");
    assert_eq!((market.open_headcount(group), market.frozen(group)[0].people), (0, 24));
    let market = decided(&["group,,left,,,1"]).read().expect("the rows are valid");
    assert_eq!(market.present(group), 0);
}

//! Every fault code can be met: one input for each.

use talent_match::market::{
    Amount, Base, Bond, BondKind, Decision, DecisionState, Dimension, Facet, FaultCode, Faults, Market, MarketBuilder,
    Mentor, Quota, ReadLimits,
};

use super::sample::{DOCUMENT, FOLDER, Files, builder, document_faults};

fn changed(file: &str, from: &str, to: &str) -> Faults {
    Files::sample().with(file, from, to).faults()
}

fn refused(change: impl FnOnce(MarketBuilder) -> MarketBuilder) -> Faults {
    change(builder()).build().expect_err("the market is broken on purpose")
}

fn quota(of: &[(Dimension, &str)], max: Option<Amount>) -> Faults {
    let facets = of.iter().map(|(dimension, value)| Facet::new(*dimension, value)).collect();
    let mut quota = Quota::new("cap", "Cap", facets);
    quota.max = max;
    refused(|market| market.quota(quota))
}

fn bond(kind: BondKind, units: &[&str]) -> Faults {
    let units = units.iter().map(|id| (*id).to_owned()).collect();
    refused(|market| market.bond(Bond::new("bond", kind, units)))
}

fn decided(decisions: Vec<Decision>) -> Faults {
    refused(|market| decisions.into_iter().fold(market, MarketBuilder::decision))
}

/// The sample with a quota of this row.
fn changed_quotas(row: &str) -> Faults {
    Files::sample().put("quotas.csv", format!("id,name,of,max\n{row}\n")).faults()
}

/// An input that has the fault; none for a code that is forgotten here.
fn meet(code: FaultCode) -> Option<Faults> {
    let met = match code {
        FaultCode::Unreadable => Market::read("tests/data/market/nowhere").expect_err("nothing is there"),
        FaultCode::NotUtf8 => Files::sample().put("regions.csv", [0xff, b'\n']).faults(),
        FaultCode::MissingTable => Files::sample().without("posts.csv").faults(),
        FaultCode::UnknownName => Files::sample().put("people.csv", "id\n").faults(),
        FaultCode::MissingColumn => changed("regions.csv", "code,", "number,"),
        FaultCode::Empty => Files::sample().put("regions.csv", "").faults(),
        FaultCode::BrokenRow => Files::sample().append("regions.csv", "1,2").faults(),
        FaultCode::TooLarge => {
            Market::read_within(FOLDER, ReadLimits { bytes: 10, rows: 10 }).expect_err("the files are larger")
        }
        FaultCode::BadJson => Market::from_json("{").expect_err("no JSON"),
        FaultCode::SchemaVersion => document_faults(|document| document["schema"] = "2".into()),
        FaultCode::DuplicateColumn => changed("regions.csv", "longitude,latitude", "longitude,longitude"),
        FaultCode::JsonType => document_faults(|document| document["posts"] = 1.into()),
        FaultCode::MissingValue => changed("schools.csv", "college,Poly", ",Poly"),
        FaultCode::BadNumber => changed("enterprises.csv", "120", "-120"),
        FaultCode::BadDate => changed("supply.csv", "2008-02-29", "2026-02-30"),
        FaultCode::UnknownWord => changed("agreements.csv", "base", "case"),
        FaultCode::BadCodeForm => changed("programmes.csv", "660103", "6601"),
        FaultCode::BadId => changed("schools.csv", "centre,", "=centre,"),
        FaultCode::BadName => changed("schools.csv", "Vocational", "<b>"),
        FaultCode::BadFlag => changed("schools.csv", "true", "TRUE"),
        FaultCode::BadCoordinate => changed("regions.csv", "121.6", "521.6"),
        FaultCode::BadQualification => changed("supply.csv", "焊工:2", "焊工:0"),
        FaultCode::DuplicateId => changed("programmes.csv", "college-machining", "centre-machining"),
        FaultCode::Dangling => changed("programmes.csv", "centre,", "gone,"),
        FaultCode::DuplicateRow => changed("programme_occupations.csv", "460103", "660103"),
        FaultCode::WindowReversed => changed("posts.csv", "2027-04-07", "2026-04-07"),
        FaultCode::RangeReversed => changed("posts.csv", "0,2,,", "3,2,,"),
        FaultCode::PersonHeadcount => changed("supply.csv", ",1,3,", ",3,3,"),
        FaultCode::KindNeeds => changed("posts.csv", "plant,,6-18-02-04", "plant,,"),
        FaultCode::KindExcludes => changed("supply.csv", "works,1,,", "works,1,1,"),
        FaultCode::DuplicateWish => changed("supply.csv", "fitter|class", "class|class"),
        FaultCode::BornLate => changed("supply.csv", "2008-02-29", "2027-02-28"),
        FaultCode::Parties => changed("agreements.csv", "centre|plant", "plant"),
        FaultCode::OneRound => Files::sample().append("round.csv", "winter,2027-01-01,8,,").faults(),
        FaultCode::TooMany => changed("posts.csv", "0,30,,", "0,4294967295,,"),
        FaultCode::BadFacet => changed_quotas("cap,Cap,colour:red,3"),
        FaultCode::BadAmount => changed_quotas("cap,Cap,kind:job,10% of all"),
        FaultCode::QuotaLimits => quota(&[(Dimension::Post, "class")], None),
        FaultCode::QuotaPer => {
            refused(|market| market.quota(Quota::new("cap", "Cap", Vec::new()).per(Dimension::Flag)))
        }
        FaultCode::NoStaff => quota(&[(Dimension::Post, "class")], Some(Amount::Percent(20, Base::PostStaff))),
        FaultCode::MentorProgramme => refused(|market| {
            let mut mentor = Mentor::new("m", "centre", 5);
            mentor.programme = Some("college-machining".to_owned());
            market.mentor(mentor)
        }),
        FaultCode::BondSize => bond(BondKind::Together, &["li"]),
        FaultCode::BondCohort => bond(BondKind::Apart, &["li", "group"]),
        FaultCode::DecidedTwice => decided(vec![Decision::at("em", "class", DecisionState::Declined)]),
        FaultCode::DecidedPeople => decided(vec![Decision::at("group", "fitter", DecisionState::Signed)]),
        FaultCode::DecidedSeats => decided(
            ["em", "group"].map(|unit| Decision::at(unit, "fitter", DecisionState::Frozen).of_people(2)).to_vec(),
        ),
        FaultCode::DecisionPost => decided(vec![Decision::at("li", "class", DecisionState::Left)]),
        FaultCode::DecisionPeople => decided(vec![Decision::at("li", "class", DecisionState::Forbidden).of_people(1)]),
        FaultCode::PromiseFields => changed("posts.csv", ",80,25,20", ",80,25,"),
        FaultCode::HiredMore => changed("posts.csv", ",80,25,20", ",80,25,26"),
        FaultCode::WithdrawnMore => changed("investments.csv", "0,100000,", "0,1000001,"),
        _ => return None,
    };
    Some(met)
}

#[test]
fn every_code_is_met() {
    assert!(Market::read(DOCUMENT).is_ok());
    let never: Vec<&FaultCode> =
        FaultCode::ALL.iter().filter(|code| meet(**code).is_none_or(|faults| !faults.has(**code))).collect();
    assert!(never.is_empty(), "no input meets {never:?}");
}

//! Ids, names and what refers to what.

use talent_match::market::{FaultCode, Market};

use super::sample::{Files, assert_faults, document, document_faults};

#[test]
fn hostile_ids() {
    for id in [
        "=cmd()",
        "@sum",
        "+1",
        "-li",
        "../x",
        "a/b",
        "a b",
        "<b>",
        "a\u{202e}b",
        "a'--",
        ".li",
        "_li",
        "a,b",
        "a\"b",
        "li\u{0}",
    ] {
        let faults = document_faults(|document| document["supply"][2]["id"] = id.into());
        assert!(faults.has(FaultCode::BadId), "{id:?}");
        let text = faults.message(talent_match::language::Language::English);
        assert!(!text.contains(['\u{0}', '\u{202e}']), "{text:?}");
    }
    let long = document_faults(|document| document["supply"][2]["id"] = "a".repeat(65).into());
    assert_faults(&long, &[(FaultCode::BadId, &format!("supply[2].id ({})", "a".repeat(65)), &"a".repeat(65))]);
    let empty = document_faults(|document| document["supply"][2]["id"] = "".into());
    assert_faults(&empty, &[(FaultCode::BadId, "supply[2].id", "")]);
    for id in ["a", "7", "李", "a.b_c-d", &"a".repeat(64)] {
        let mut renamed = document();
        renamed["supply"][2]["id"] = id.into();
        assert!(Market::from_json(&renamed.to_string()).is_ok(), "{id:?}");
    }
}

#[test]
fn hostile_names() {
    let cases = [
        "<script>alert(1)</script>",
        "a>b",
        "=1+1",
        "@SUM(A1)",
        "zero\u{200b}width",
        "\u{feff}mark",
        "line\nbreak",
        "tab\there",
        "bell\u{7}",
        "\u{202e}txt.exe",
        "\u{2066}x\u{2069}",
        "",
        " ",
        " before",
        "after ",
        "\u{1b}[31mred",
    ];
    for name in cases.into_iter().map(str::to_owned).chain(["字".repeat(201)]) {
        let faults = document_faults(|document| document["schools"][0]["name"] = name.clone().into());
        assert_eq!(faults.all().iter().map(|fault| fault.code).collect::<Vec<_>>(), [FaultCode::BadName], "{name:?}");
        let text = faults.message(talent_match::language::Language::Chinese);
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
    }
    for (table, field) in [
        ("posts", "name"),
        ("agreements", "name"),
        ("enterprises", "sector"),
        ("regions", "name"),
        ("catalogue_programmes", "class"),
        ("catalogue_programmes", "category"),
        ("occupations", "name"),
    ] {
        let faults = document_faults(|document| document[table][0][field] = "<i>".into());
        assert_eq!(faults.all()[0].code, FaultCode::BadName, "{table}.{field}");
        assert_eq!((faults.all()[0].place.table.as_str(), faults.all()[0].place.field.as_str()), (table, field));
    }
}

#[test]
fn ids_used_twice() {
    let faults = Files::sample()
        .append("schools.csv", "plant,Plant school,college,210200,false")
        .append("programmes.csv", "centre-machining,college,460103")
        .append("posts.csv", "fitter,Fitter,job,works,,6-18-02-04,,,,0,1,,,,2027-07-01,2028-06-30,,,,,,,,,")
        .append("supply.csv", "li,student,centre-machining,,1,2,2010-01-01,,,,2026-09-01,2027-08-31,both,,")
        .append("agreements.csv", "shop,Second shop,talent,college|plant,")
        .faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::DuplicateId, "agreements.csv:3.id (shop)", "shop"),
            (FaultCode::DuplicateId, "enterprises.csv:2.id (plant)", "plant"),
            (FaultCode::MentorProgramme, "mentors.csv:3.programme (xu)", "centre-machining"),
            (FaultCode::DuplicateId, "posts.csv:5.id (fitter)", "fitter"),
            (FaultCode::DuplicateId, "programmes.csv:4.id (centre-machining)", "centre-machining"),
            (FaultCode::DuplicateId, "supply.csv:6.id (li)", "li"),
        ],
    );
}

#[test]
fn rows_listed_twice() {
    let faults = Files::sample()
        .append("regions.csv", "210213,Jinzhou,,")
        .append("catalogue_programmes.csv", "660103,数控,类,大类")
        .append("occupations.csv", "6-18-02-04,焊接工")
        .append("programme_occupations.csv", "660103,6-18-02-04")
        .faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::DuplicateRow, "catalogue_programmes.csv:4 (660103)", "660103"),
            (FaultCode::DuplicateRow, "occupations.csv:3 (6-18-02-04)", "6-18-02-04"),
            (FaultCode::DuplicateRow, "programme_occupations.csv:4 (660103)", "660103"),
            (FaultCode::DuplicateRow, "regions.csv:5 (210213)", "210213"),
        ],
    );
}

#[test]
fn every_kind_of_dangling_reference() {
    let faults = Files::sample()
        .with("round.csv", "7,,plant|works", "7,plant,centre|gone")
        .with("schools.csv", "secondary,210213", "secondary,210299")
        .with("programmes.csv", "college-machining,college,460103", "college-machining,gone,460199")
        .with("enterprises.csv", "210200,,120", "210298,,120")
        .with("agreements.csv", "centre|plant,6601", "centre|gone,6699")
        .with("posts.csv", "plant,works,6-18-02-04,,660103|46", "gone,missing,6-18-02-99,,660199|47")
        .with("posts.csv", "210200,,2026", "210297,,2026")
        .with("posts.csv", "college,,,460103", "college,,,460198")
        .with("supply.csv", "em,employee,,works", "em,employee,,gone")
        .with("supply.csv", "group,cohort,centre-machining", "group,cohort,gone")
        .with("supply.csv", "210213", "210296")
        .with("supply.csv", "fitter|class", "fitter|gone")
        .append("programme_occupations.csv", "660197,6-18-02-97")
        .faults();
    let found: Vec<String> = faults.all().iter().map(|fault| format!("{} {}", fault.place, fault.value)).collect();
    assert!(faults.all().iter().all(|fault| fault.code == FaultCode::Dangling), "{faults}");
    let expected = [
        "agreements.csv:2.parties (shop) gone",
        "agreements.csv:2.programmes (shop) 6699",
        "enterprises.csv:3.region (works) 210298",
        "posts.csv:2.occupation (class) 6-18-02-99",
        "posts.csv:2.owner (class) gone",
        "posts.csv:2.programmes (class) 47",
        "posts.csv:2.programmes (class) 660199",
        "posts.csv:2.sponsors (class) missing",
        "posts.csv:3.region (fitter) 210297",
        "posts.csv:4.target (through) 460198",
        "programme_occupations.csv:4.occupation (660197) 6-18-02-97",
        "programme_occupations.csv:4.programme (660197) 660197",
        "programmes.csv:3.code (college-machining) 460199",
        "programmes.csv:3.school (college-machining) gone",
        "round.csv:2.enterprises (autumn) centre",
        "round.csv:2.enterprises (autumn) gone",
        "round.csv:2.schools (autumn) plant",
        "schools.csv:2.region (centre) 210299",
        "supply.csv:2.enterprise (em) gone",
        "supply.csv:3.programme (group) gone",
        "supply.csv:4.region (li) 210296",
        "supply.csv:4.wishes (li) gone",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_market_without_a_catalogue_may_use_any_code() {
    let files = Files::sample()
        .without("regions.csv")
        .without("catalogue_programmes.csv")
        .without("occupations.csv")
        .without("programme_occupations.csv")
        .with("schools.csv", "210213", "110101")
        .with("programmes.csv", "460103", "510203");
    assert!(files.read().is_ok());
}

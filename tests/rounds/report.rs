//! The report as people read it, in both languages, whatever names it has to carry.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use talent_match::Language::{self, Chinese, English};
use talent_match::market::Market;
use talent_match::{Config, Record, Report};

use crate::random_markets::{engine, run};
use crate::world::World;

/// The market of the crate's first example.
fn quickstart() -> Market {
    let mut world = World::of_two();
    (world.round.id, world.round.seed) = ("autumn-2026".to_owned(), 20_260_601);
    let mut miller = world.posts[0].clone();
    (miller.id, miller.name) = ("miller".to_owned(), "Milling machine operator".to_owned());
    world.posts.push(miller);
    let mut wu = world.supply[0].clone();
    (wu.id, wu.birth, wu.wishes) = ("wu".to_owned(), date(2009, 7, 15), vec!["fitter".to_owned()]);
    world.supply.push(wu);
    world.market()
}

/// The same with a scarce post, people left out for different causes, a soft rule, and one that is off.
fn scarce() -> World {
    let mut world = World::of_two();
    world.enterprises[0].sector = Some("装备制造".to_owned());
    let (post, unit) = (world.posts[0].clone(), world.supply[0].clone());
    let mut care = post.clone();
    (care.id, care.name, care.seats_max) = ("welder".to_owned(), "焊工".to_owned(), 40);
    care.qualifications = talent_match::market::Qualification::new("焊工", 3).into_iter().collect();
    world.posts.push(care);
    for (id, grade) in [("wu", 2), ("xu", 1), ("yu", 2)] {
        let mut person = unit.clone();
        (person.id, person.grade) = (id.to_owned(), Some(grade));
        person.wishes = vec!["fitter".to_owned()];
        world.supply.push(person);
    }
    world.supply[3].consent = talent_match::market::Consent::Nobody;
    world
}

fn assert_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rounds").join(name);
    let golden = fs::read_to_string(&path).unwrap_or_default();
    if golden != text {
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&new, text).expect("the folder can be written");
        panic!("{name} reads differently now; if the new text in {} is meant, copy it\n{text}", new.display());
    }
}

#[test]
fn reads_as_agreed_in_both_languages() {
    let market = quickstart();
    let engine = engine(&Config::default());
    let report = Report::of(&run(&engine, &market));
    assert_golden("quickstart.en.txt", &report.text(English));
    assert_golden("quickstart.zh.txt", &report.text(Chinese));
}

#[test]
fn tells_of_scarcity_and_causes_in_both_languages() {
    let market = scarce().market();
    let config = r#"{"rules": {"modes": {"pay": {"soft": 10}, "window": "off"}}, "seed": 1}"#;
    let engine = engine(&Config::from_json(config).expect("the configuration has no faults"));
    let report = Report::of(&run(&engine, &market));
    assert_golden("scarce.en.txt", &report.text(English));
    assert_golden("scarce.zh.txt", &report.text(Chinese));
}

#[test]
fn one_is_said_as_one() {
    let mut world = World::of_two();
    world.supply[0].wishes = vec!["fitter".to_owned()];
    let mut other = world.supply[0].clone();
    (other.id, other.grade) = ("wu".to_owned(), Some(1));
    other.wishes.clear();
    world.supply.push(other);
    let market = world.market();
    let engine = engine(&Config::default());
    let text = Report::of(&run(&engine, &market)).text(English);
    for said in
        ["Of 1 person with wishes, ", "Not placed: 1 person\n", "Screening: 1 pair of people or cohorts and posts is"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    for many in ["people", "pairs", "seats", "posts", "points", "rules", "are", "were"] {
        assert!(!text.lines().any(|line| format!(" {line} ").contains(&format!(" 1 {many} "))), "1 {many}: {text}");
    }
}

#[test]
fn of_nobody_and_nothing_can_be_read_too() {
    let mut world = World::of_two();
    (world.posts, world.supply) = (Vec::new(), Vec::new());
    let market = world.market();
    let engine = engine(&Config::default());
    let report = Report::of(&run(&engine, &market));
    for language in [English, Chinese] {
        let text = report.text(language);
        assert!(!text.contains("NaN") && !text.contains("inf") && text.ends_with('\n'), "{text}");
    }
}

fn hostile_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "a,b;c|d",
        "\"quoted\" and 'quoted'",
        "مدرسة مهنية",
        "\u{200d}joined\u{200c}",
        "👩‍🏭👨‍👩‍👧‍👦🇨🇳",
        "e\u{301}\u{301}\u{301}\u{301}",
        "soft\u{ad}hyphen",
        "a  b   c",
        "{round} {people} {0}",
        "%s%n \\n \\u001b[31m",
        "&lt;script&gt;",
        "\u{a0}",
        "……其余 3 行见 result.json",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(["校".repeat(200), "W".repeat(200), "👩‍🏭".repeat(66)]);
    names.retain(|name| !name.trim().is_empty());
    names
}

fn lines(report: &Report, language: Language) -> Vec<String> {
    report.text(language).lines().map(str::to_owned).collect()
}

#[test]
fn names_of_any_kind_stay_on_their_line() {
    let named = |name: &str| {
        let mut world = scarce();
        world.schools[0].name = name.to_owned();
        world.enterprises[0].name = name.to_owned();
        world.enterprises[0].sector = Some(name.to_owned());
        world.posts.iter_mut().for_each(|post| post.name = name.to_owned());
        world.market()
    };
    let engine = engine(&Config::default());
    let plain = named("plain");
    let plain = run(&engine, &plain);
    for name in hostile_names() {
        let market = named(&name);
        let result = run(&engine, &market);
        let record = Record::of(&result);
        for language in [English, Chinese] {
            let (own, usual) = (lines(&Report::of(&result), language), lines(&Report::of(&plain), language));
            assert_eq!(own.len(), usual.len(), "{name}");
            for (own, usual) in own.iter().zip(&usual) {
                let times = usual.matches("plain").count();
                assert!(times == 0 || own.matches(name.trim_end()).count() >= times, "{name}: {own}");
            }
        }
        let file = record.file("placements.csv").expect("it is one of the files");
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("the file can be read")).collect();
        assert_eq!(rows.len(), result.placements().all().len());
        assert!(rows.iter().all(|row| row[4] == name && row[7] == name && row[8] == name), "{name}");
    }
}

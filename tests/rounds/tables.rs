//! The tables of the report: they hold what was counted, text and files show them alike, and every code has its words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use talent_match::Language::{Chinese, English};
use talent_match::insight::{Insight, Shortages};
use talent_match::market::{Home, Market, Party, PostIx};
use talent_match::report::{COLUMNS, Cell, Part, Table, Topic, Unit};
use talent_match::verified::Verified;
use talent_match::{Config, Report};

use crate::random_markets::{engine, run};
use crate::world::World;

const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/jinpu");

pub(crate) fn on_jinpu(ask: impl FnOnce(&Verified<'_>, &Report)) {
    let market = Market::read(JINPU).expect("the carried market is valid");
    let config = fs::read_to_string(format!("{JINPU}/config.json")).expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("the configuration is valid"));
    let result = run(&engine, &market);
    let report = Report::of(&result).with_shortages(&Shortages::of(&result)).with_insight(&Insight::of(&result));
    ask(&result, &report);
}

fn table(report: &Report, code: &str) -> Table {
    report.tables().into_iter().find(|table| table.code == code).unwrap_or_else(|| panic!("no table {code}"))
}

/// The longest fraction of any number in `value`, in digits.
fn longest_fraction(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Number(number) => number.to_string().split('.').nth(1).map_or(0, str::len),
        serde_json::Value::Array(values) => values.iter().map(longest_fraction).max().unwrap_or(0),
        serde_json::Value::Object(fields) => fields.values().map(longest_fraction).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn numbers_in_json_end_where_what_they_count_ends() {
    on_jinpu(|_, report| {
        let data: serde_json::Value = serde_json::from_str(&report.json()).expect("a report is JSON");
        // Points are in hundredths, degrees in millionths.
        assert_eq!(longest_fraction(&data["fairness"]), 2);
        assert_eq!(longest_fraction(&data), 6);
    });
}

fn number(cell: &Cell) -> u64 {
    match cell {
        Cell::Count(number) => u64::try_from(*number).expect("not below 0"),
        Cell::Amount(amount) => *amount as u64,
        cell => panic!("{cell:?} is no number"),
    }
}

/// What the column `code` of a table adds up to.
fn sum(table: &Table, code: &str) -> u64 {
    let column = table.column(code).unwrap_or_else(|| panic!("{} has no {code}", table.code));
    table.rows.iter().map(|row| number(&row[column])).sum()
}

#[test]
fn the_tables_add_up_to_what_the_market_and_the_placements_hold() {
    on_jinpu(|result, report| {
        let market = result.docking().market();
        let people: u64 = market.supply().iter().map(|unit| u64::from(unit.headcount)).sum();
        let seats: u64 = market.posts().iter().map(|post| u64::from(post.seats_max)).sum();
        let placed: u64 = result.placements().all().iter().map(|placement| u64::from(placement.people)).sum();
        assert!(placed > 5000 && seats > placed);
        for (code, column, expected) in [
            ("tracks", "seats", seats),
            ("tracks", "filled", placed),
            ("tracks", "left", seats - placed),
            ("flows", "people", placed),
            ("places", "seats", seats),
            ("places", "filled", placed),
            ("places", "people", people),
            ("places", "placed", placed),
            ("unplaced", "people", people - placed),
            ("posts", "seats", seats),
            ("posts", "filled", placed),
            ("price_curve", "seats", seats),
            ("vacant", "left", seats - placed),
            ("shortages_kind", "left", seats - placed),
            ("shortages_place", "left", seats - placed),
        ] {
            assert_eq!(sum(&table(report, code), column), expected, "{code}.{column}");
        }
        let worth = table(report, "worth");
        let parts: u64 = worth.columns.iter().skip(1).map(|column| sum(&worth, column.code)).sum();
        assert_eq!(parts, seats);
        assert_eq!(number(&table(report, "goals").rows[0][1]), placed);
        for table in report.tables() {
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.code);
        }
    });
}

#[test]
fn flows_and_places_are_what_counting_each_placement_finds() {
    on_jinpu(|result, report| {
        let market = result.docking().market();
        let mut flows: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut filled: BTreeMap<String, u64> = BTreeMap::new();
        for placement in result.placements().all() {
            let from = match market.home_of(placement.unit) {
                Home::Enterprise(_) => "在职人员及其他".to_owned(),
                Home::Programme(programme) => {
                    let code = market.programme(programme).code;
                    let entry = market.catalogue().programme(code).expect("the catalogue has every programme");
                    entry.category.trim_end_matches("大类").to_owned()
                }
            };
            let to = match market.owner_of(placement.post) {
                Party::School(_) => "升学".to_owned(),
                Party::Enterprise(owner) => market.enterprise(owner).sector.clone().expect("every one has a sector"),
            };
            *flows.entry((from, to)).or_default() += u64::from(placement.people);
            *filled.entry(market.region_of(placement.post).to_string()).or_default() += u64::from(placement.people);
        }
        let told = table(report, "flows");
        let told: BTreeMap<(String, String), u64> =
            told.rows.iter().map(|row| ((row[0].text(Chinese), row[1].text(Chinese)), number(&row[2]))).collect();
        assert_eq!(told, flows);
        let places = table(report, "places");
        let (id, column) = (places.column("id").expect("ids"), places.column("filled").expect("seats filled"));
        for row in &places.rows {
            assert_eq!(number(&row[column]), filled.get(&row[id].file()).copied().unwrap_or(0), "{row:?}");
        }
    });
}

#[test]
fn the_worth_of_seats_is_that_of_the_prices() {
    on_jinpu(|result, report| {
        let market = result.docking().market();
        let mut seats: BTreeMap<&str, u64> = BTreeMap::new();
        for post in PostIx::all(market.posts().len()).filter(|post| result.price(*post) <= 0) {
            *seats.entry(market.post(post).kind.word()).or_default() += u64::from(market.post(post).seats_max);
        }
        let worth = table(report, "worth");
        let nothing = worth.column("adds_nothing").expect("the column");
        for row in &worth.rows {
            // A class that did not open has no price either.
            let closed = report.classes.iter().filter(|class| class.placed == 0 && class.kind.word() == row[0].file());
            let closed: u64 = closed.map(|class| class.seats).sum();
            let free = seats.get(row[0].file().as_str()).copied().unwrap_or(0);
            assert!((free..=free + closed).contains(&number(&row[nothing])), "{row:?}");
        }
    });
}

fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("the file can be read").iter().map(str::to_owned).collect());
    rows.collect()
}

/// A report whose every name is `name`; a market refuses some of these.
pub(crate) fn named(name: &str) -> Report {
    let mut world = World::of_two();
    let mut post = world.posts[0].clone();
    (post.id, post.seats_max) = ("second".to_owned(), 5);
    world.posts.push(post);
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let mut report = Report::of(&result).with_shortages(&Shortages::of(&result)).with_insight(&Insight::of(&result));
    report.posts.iter_mut().for_each(|post| name.clone_into(&mut post.name));
    report.posts.iter_mut().for_each(|post| name.clone_into(&mut post.owner));
    report.schools.iter_mut().for_each(|school| name.clone_into(&mut school.name));
    report.enterprises.iter_mut().for_each(|enterprise| name.clone_into(&mut enterprise.name));
    report.fairness.iter_mut().for_each(|line| name.clone_into(&mut line.name));
    report.places.iter_mut().for_each(|line| name.clone_into(&mut line.name));
    report.shortages.iter_mut().for_each(|line| name.clone_into(&mut line.name));
    report.ties.iter_mut().for_each(|tie| name.clone_into(&mut tie.post.name));
    report
}

#[test]
fn the_files_read_back_whatever_the_names() {
    for name in ["plain", "a,b", "\"quoted\"", "=1+1", "</script><b>", "\u{202e}turned", "two\nlines", "{people}"] {
        let report = named(name);
        let out = tempfile::tempdir().expect("a temporary folder");
        report.write_csv(out.path().join("new")).expect("the folder can be written");
        let mut names = 0;
        let mut expected: BTreeSet<String> = BTreeSet::from(["words.csv".to_owned()]);
        for table in report.tables() {
            let file = format!("{}.csv", table.code);
            let rows = read(&fs::read_to_string(out.path().join("new").join(&file)).expect("the file is there"));
            assert!(expected.insert(file), "{} stands twice", table.code);
            assert_eq!(rows.len(), table.rows.len() + 1, "{}", table.code);
            for (read, row) in rows[1..].iter().zip(&table.rows) {
                for (column, cell) in rows[0].iter().zip(read) {
                    let at = table.column(column).unwrap_or_else(|| panic!("{} has no {column}", table.code));
                    assert_eq!(*cell, row[at].file());
                }
            }
            names += rows.iter().flatten().filter(|cell| *cell == name).count();
        }
        assert!(names > 10, "{name} stands {names} times");
        let written = fs::read_dir(out.path().join("new")).expect("the folder is there");
        let written = written.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
        assert_eq!(written.collect::<BTreeSet<_>>(), expected);
        let json: serde_json::Value = serde_json::from_str(&report.json()).expect("the report is JSON");
        assert_eq!(json["posts"][0]["name"], name);
        assert_eq!(json["shortages"].as_array().map(Vec::len), Some(report.shortages.len()));
    }
}

#[test]
fn the_text_shows_the_rows_of_the_tables() {
    on_jinpu(|_, report| {
        for language in [English, Chinese] {
            let text = report.text(language);
            let mut lines = text.lines();
            for section in report.sections() {
                let silent =
                    |part: &Part| matches!(part, Part::Table(table) if table.rows.is_empty() || table.in_text == 0);
                if section.parts.iter().all(silent) {
                    continue;
                }
                assert!(lines.any(|line| line == section.heading.get(language)), "{:?}", section.topic);
                for part in &section.parts {
                    match part {
                        Part::Sentence(sentence) => assert!(lines.any(|line| line == sentence.get(language))),
                        Part::Table(table) => {
                            for row in table.rows.iter().take(table.in_text) {
                                let columns = table.columns.iter().zip(row);
                                let counted = columns
                                    .filter(|(column, _)| column.unit.is_number() && column.unit != Unit::Degrees);
                                let numbers: Vec<String> = counted.map(|(_, cell)| cell.text(language)).collect();
                                let mut line = lines.next().expect("a line for the row");
                                while !line
                                    .split_whitespace()
                                    .collect::<String>()
                                    .ends_with(&numbers.concat().replace(' ', ""))
                                {
                                    line = lines.next().unwrap_or_else(|| panic!("no line for {row:?}"));
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    });
}

/// The whole numbers of `text` from a thousand on that have no commas, besides those within words.
fn unseparated(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-.".contains(letter));
    let words = words.map(|word| word.trim_end_matches('.').split('.').next().unwrap_or_default());
    words.filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

#[test]
fn people_read_thousands_with_commas_in_sentences_and_tables_and_files_have_none() {
    on_jinpu(|_, report| {
        // What is compared with the files of the round stands as it does there.
        let raw = [&report.value, &report.bound, &report.digest.seed.to_string(), &report.date[..4].to_owned()];
        let mut separated = 0;
        for section in report.sections() {
            for language in [English, Chinese] {
                let sentences = section.parts.iter().filter_map(|part| match part {
                    Part::Sentence(sentence) => Some(sentence.get(language)),
                    _ => None,
                });
                for said in sentences.chain([section.heading.get(language)]) {
                    let plain: Vec<&str> =
                        unseparated(said).into_iter().filter(|number| !raw.iter().any(|raw| raw == number)).collect();
                    assert_eq!(plain, [""; 0], "{said}");
                    separated += usize::from(said.contains(','));
                }
            }
            for table in section.tables() {
                let numbers: Vec<usize> =
                    (0..table.columns.len()).filter(|at| table.columns[*at].unit.is_number()).collect();
                for cell in table.rows.iter().flat_map(|row| numbers.iter().map(|at| &row[*at])) {
                    assert_eq!(unseparated(&cell.text(English)), [""; 0], "{}: {cell:?}", table.code);
                    assert!(!cell.file().contains(','), "{}: {cell:?}", table.code);
                }
            }
        }
        assert!(separated > 4);
        let unplaced = report.unplaced.people;
        assert!((1_000..10_000).contains(&unplaced));
        let said = format!("{},{:03}", unplaced / 1_000, unplaced % 1_000);
        assert!(report.text(English).contains(&format!("Not placed: {said} people\n")));
        assert!(report.text(Chinese).contains(&format!("未安置：{said} 人\n")));
    });
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

#[test]
fn every_code_has_words_in_both_languages() {
    let mut codes = BTreeSet::new();
    for column in COLUMNS {
        assert!(codes.insert(column.code), "{} stands twice", column.code);
        assert!(has_chinese(column.words.zh) && !has_chinese(column.words.en), "{}", column.code);
    }
    for topic in Topic::ALL {
        assert!(has_chinese(topic.label(Chinese)) && !has_chinese(topic.label(English)), "{}", topic.word());
    }
    on_jinpu(|_, report| {
        let mut tables = BTreeSet::new();
        let words = read(&report.words_csv());
        assert_eq!(words[0], ["where", "code", "en", "zh"]);
        for row in &words[1..] {
            assert!(!row[2].is_empty() && !row[3].is_empty(), "{row:?}");
            assert!(has_chinese(&row[3]) && !has_chinese(&row[2]), "{row:?}");
        }
        let known: BTreeSet<(&str, &str)> = words.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
        for table in report.tables() {
            assert!(tables.insert(table.code), "{} stands twice", table.code);
            assert!(known.contains(&("table", table.code)));
            for (column, cell) in table.rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
                assert!(known.contains(&("column", column.code)));
                if let Cell::Said { code, .. } = cell {
                    let list = code.contains([':', '|']) || column.words.en == "meaning" || code.is_empty();
                    assert!(list || known.contains(&(column.code, code)), "{}: {code}", column.code);
                }
            }
            if let Some(picture) = table.picture {
                assert!(picture.columns().iter().all(|column| table.column(column).is_some()), "{}", table.code);
            }
        }
    });
}

/// The arguments of each call of a macro or method in `source` that puts text together.
fn gluings(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for start in ["format!(", "concat!(", ".push_str(", ".join("] {
        for (at, _) in source.match_indices(start) {
            let arguments = &source[at + start.len()..];
            let mut depth = 1;
            let end = arguments.find(|letter| {
                depth += match letter {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            });
            found.push(&arguments[..end.unwrap_or(arguments.len())]);
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(&path).expect("the sources are text"));
        }
    }
}

#[test]
fn no_sentence_is_put_together_by_gluing_words() {
    let words =
        |arguments: &&str| [".get(language)", ".label(", "w::", ".words."].iter().any(|word| arguments.contains(word));
    assert_eq!(
        gluings("format!(\"{} {}\", line.code, line.rule.label(language))").iter().filter(|a| words(a)).count(),
        1
    );
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report"), &mut files);
    assert!(files.len() > 30);
    for source in &files {
        let glued: Vec<&str> = gluings(source).into_iter().filter(words).collect();
        assert_eq!(glued, [""; 0]);
    }
}

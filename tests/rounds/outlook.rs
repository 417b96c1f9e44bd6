//! Several rounds together: figures come from examined records alone, and what is said of them follows whatever the order.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;
use talent_match::Language::{Chinese, English};
use talent_match::insight::{RoundFigures, Shortages, Signal, SignalRules, signals};
use talent_match::market::{Dimension, Facet, Market, PostIx};
use talent_match::outlook::{Ahead, AheadState, Outlook, Twice};
use talent_match::record::FILES;
use talent_match::report::{COLUMNS, Cell, Table};
use talent_match::{Config, Control, Record};

use crate::random::Random;
use crate::random_markets::{Size, docking, engine, jinpu_market, run, world};
use crate::world::{World, code};

/// The market of `world`, its round `id` in the year `year`.
fn in_year(mut world: World, id: &str, year: i16) -> Market {
    (world.round.id, world.round.date) = (id.to_owned(), date(year, 6, 1));
    world.market()
}

/// The figures of a round that was just run.
fn live(market: &Market) -> RoundFigures {
    let engine = engine(&Config::default());
    Shortages::of(&run(&engine, market)).figures()
}

/// The files of a round.
fn record(market: &Market) -> Record {
    let engine = engine(&Config::default());
    Record::of(&run(&engine, market))
}

/// The figures that the files of a round are good for.
fn saved(market: &Market, record: &Record) -> Option<RoundFigures> {
    let config = record.config().ok()?;
    let examination = record.examine(docking(market, &config), &Control::new());
    examination.verified().map(|result| Shortages::of(result).figures())
}

fn outlook(rounds: &[RoundFigures]) -> Outlook {
    Outlook::of(rounds.to_vec(), SignalRules::default()).expect("no round is there twice")
}

fn table(outlook: &Outlook, code: &str) -> Table {
    outlook.tables().into_iter().find(|table| table.code == code).unwrap_or_else(|| panic!("no table {code}"))
}

/// `people` students who want the one seat of `fitter`, in a round of `year`; the last `free` seats of another post stay empty.
fn crowd(people: u32, free: u32, year: i16) -> Market {
    let mut world = World::of_two();
    let unit = world.supply[0].clone();
    world.supply.extend((1..people).map(|k| {
        let mut person = unit.clone();
        person.id = format!("li{k}");
        person
    }));
    if free > 0 {
        let mut post = world.posts[0].clone();
        (post.id, post.seats_max) = ("second".to_owned(), people - 1 + free);
        world.posts.push(post);
    }
    in_year(world, "autumn", year)
}

#[test]
fn a_saved_round_leaves_what_it_left_when_it_was_run() {
    let (mut occupations, mut programmes) = (0, 0);
    for seed in 0..60 {
        let market = in_year(world(seed, Size::USUAL), "autumn", 2020);
        let (live, record) = (live(&market), record(&market));
        assert_eq!(saved(&market, &record).as_ref(), Some(&live), "seed {seed}");
        assert_eq!((live.round(), live.date()), ("autumn", date(2020, 6, 1)));
        let config = Config::default();
        assert_eq!(live.digest(), docking(&market, &config).digest().whole);
        occupations += live.occupations().len();
        programmes += live.programmes().len();
    }
    assert!(occupations > 60 && programmes > 60, "{occupations} {programmes}");
}

#[test]
fn a_round_leaves_the_seats_of_its_occupations() {
    let (mut seats, mut people, mut dear) = (0, 0, 0);
    for seed in 0..60 {
        let market = in_year(world(seed, Size::USUAL), "autumn", 2020);
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let asked = Shortages::of(&result);
        let figures = asked.figures();
        let with = |post: PostIx| market.post(post).occupation.map(|code| code.to_string());
        let posts: Vec<PostIx> = PostIx::all(market.posts().len()).collect();
        let expected: BTreeSet<String> = posts.iter().filter_map(|post| with(*post)).collect();
        assert!(figures.occupations().iter().map(|line| &line.occupation).eq(&expected), "seed {seed}");
        for line in figures.occupations() {
            let own = || posts.iter().filter(|post| with(**post).as_ref() == Some(&line.occupation));
            let demand: u64 = own().map(|post| u64::from(market.post(*post).seats_max)).sum();
            let placed: u64 = (result.placements().all().iter())
                .filter(|at| own().any(|post| *post == at.post))
                .map(|at| u64::from(at.people))
                .sum();
            let shortage = asked.shortage(Facet::new(Dimension::Occupation, &line.occupation));
            assert_eq!((line.demand, line.placed), (demand, placed), "seed {seed}");
            assert_eq!((line.demand, line.placed), (shortage.demand, shortage.placed), "seed {seed}");
            assert!(line.priced <= line.demand);
            (seats, people, dear) = (seats + demand, people + placed, dear + line.priced);
        }
    }
    assert!(seats > people && people > 30 && dear > 10, "{seats} {people} {dear}");
}

#[test]
fn the_signals_of_saved_rounds_are_those_of_the_rounds() {
    let markets: Vec<Market> =
        [(2023, 10), (2024, 12), (2025, 14)].into_iter().map(|(year, people)| crowd(people, 0, year)).collect();
    let rounds: Vec<RoundFigures> =
        markets.iter().map(|market| saved(market, &record(market)).expect("the record holds")).collect();
    let plain: Vec<_> = rounds.iter().map(|round| round.programmes().to_vec()).collect();
    let outlook = outlook(&rounds);
    let said: Vec<_> = outlook.programmes.iter().map(|line| line.said.clone()).collect();
    assert_eq!(said, signals(&plain, SignalRules::default()));
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].signal, Signal::Stop);
    let evidence: Vec<(u64, u64, u64)> =
        said[0].evidence.iter().map(|figures| (figures.people, figures.crowded_out, figures.priced)).collect();
    assert_eq!(evidence, [(10, 9, 1), (12, 11, 1), (14, 13, 1)], "shortage and prices are there, round by round");
    assert_eq!(outlook.programmes[0].called.school, "Vocational centre");

    let grown: Vec<RoundFigures> = [2023, 2024, 2025].map(|year| live(&crowd(10, 3, year))).to_vec();
    assert_eq!(self::outlook(&grown).programmes[0].said.signal, Signal::Add);
    assert_eq!(self::outlook(&grown[1..]).programmes[0].said.signal, Signal::TooFew);

    // Nobody is told to stop for nine people, and the words say so.
    let few: Vec<RoundFigures> = [2023, 2024, 2025].map(|year| live(&crowd(9, 0, year))).to_vec();
    let few = self::outlook(&few);
    assert_eq!(few.programmes[0].said.signal, Signal::TooFewPeople);
    assert!(table(&few, "signals").csv().contains(",too_few_people,"));
    for (language, counts, rule) in [
        (English, "Programmes: too few people to say anything: 1.", "fewer than 10 people in one of them."),
        (Chinese, "专业数：人数过少，无法判断 1。", "任一轮该专业不足 10 人的，不作判断。"),
    ] {
        let text = few.text(language);
        assert!(text.contains(counts) && text.contains(rule), "{text}");
    }
}

#[test]
fn a_record_that_was_touched_leaves_nothing() {
    let market = crate::record::small_round();
    let record = record(&market);
    let files = FILES.map(|name| record.file(name).expect("text").as_bytes().to_vec());
    assert!(saved(&market, &record).is_some());
    for (at, name) in FILES.iter().enumerate() {
        let mut touched = files.clone();
        let digit = touched[at].iter().rposition(u8::is_ascii_digit).expect("a number");
        touched[at][digit] = if touched[at][digit] == b'1' { b'2' } else { b'1' };
        assert_eq!(saved(&market, &Record::from_bytes(touched)), None, "{name}");
    }
    let mut fewer = files.clone();
    let text = String::from_utf8(fewer[0].clone()).expect("text");
    fewer[0] = text.lines().take(2).fold(String::new(), |text, line| text + line + "\n").into_bytes();
    assert_eq!(saved(&market, &Record::from_bytes(fewer)), None, "placements were left out");
    // The same round a year later is another round.
    let other = in_year(World::of_two(), "autumn", 2027);
    assert_eq!(saved(&other, &record), None, "the record of another market");
}

#[test]
fn a_year_counts_by_its_last_round_and_none_is_guessed() {
    let seats = |seats: u32, occupation: &str| {
        let mut world = World::of_two();
        (world.post().seats_max, world.post().occupation) = (seats, Some(code(occupation)));
        world
    };
    let round = |id: &str, year, number, occupation: &str| live(&in_year(seats(number, occupation), id, year));
    let (fitter, turner) = ("6-18-01-02", "6-18-01-01");
    let rounds = [
        round("a", 2019, 3, fitter),
        round("a", 2021, 4, fitter),
        round("b", 2021, 5, fitter),
        round("a", 2022, 7, turner),
        round("a", 2023, 8, fitter),
    ];
    let outlook = outlook(&rounds);
    assert_eq!((&outlook.missing[..], &outlook.in_a_row[..]), (&[2020][..], &[2021, 2022, 2023][..]));
    let of_year: Vec<bool> = outlook.rounds.iter().map(|line| line.of_year).collect();
    assert_eq!(of_year, [true, false, true, true, true]);
    let demand = |at: usize| -> Vec<(i16, u64)> {
        outlook.demand[at].years.iter().map(|year| (year.year, year.demand)).collect()
    };
    assert_eq!(outlook.demand.iter().map(|line| line.occupation.as_str()).collect::<Vec<_>>(), [turner, fitter]);
    assert_eq!(demand(0), [(2019, 0), (2021, 0), (2022, 7), (2023, 0)]);
    assert_eq!(demand(1), [(2019, 3), (2021, 5), (2022, 0), (2023, 8)]);
    for (language, said) in [(English, "Years without a round: 2020."), (Chinese, "没有轮次的年度：2020。")] {
        assert!(outlook.text(language).contains(said));
    }
    let none = self::outlook(&[]);
    assert!(none.programmes.is_empty() && none.demand.is_empty() && none.in_a_row.is_empty());
    assert_eq!(none.tables(), []);
    assert!(none.text(English).starts_with("Outlook without rounds\n"));
}

#[test]
fn thousands_are_read_with_commas_and_stand_in_files_without() {
    let rounds = [2023, 2024, 2025].map(|year| live(&crowd(1_001, 0, year)));
    let rules = SignalRules { least_people: 1_000, ..SignalRules::default() };
    let outlook = Outlook::of(rounds, rules).expect("no round is there twice");
    for (language, said) in [
        (English, ["fewer than 1,000 people", " 1,000, 1,000, 1,000 ", " 1,001\n"]),
        (Chinese, ["不足 1,000 人", " 1,000、1,000、1,000 ", " 1,001\n"]),
    ] {
        let text = outlook.text(language);
        assert!(said.iter().all(|said| text.contains(said)), "{text}");
    }
    assert!(table(&outlook, "signals").csv().ends_with(",stop,1000|1000|1000,0|0|0,1001\n"));
}

#[test]
fn a_year_ahead_rests_on_the_years_in_a_row() {
    let round = |year: i16, seats: u32| {
        let mut world = World::of_two();
        world.post().seats_max = seats;
        live(&in_year(world, "autumn", year))
    };
    // Seats that grow by two a year, and a year without a round among them.
    let history = |years: std::ops::RangeInclusive<i16>, without: i16| -> Vec<RoundFigures> {
        let years = years.filter(|year| *year != without);
        years.map(|year| round(year, u32::from(year.unsigned_abs() - 2010) * 2)).collect()
    };
    let ahead = |outlook: &Outlook| outlook.demand[0].ahead;
    let grown = outlook(&history(2017..=2026, 2018));
    assert_eq!((ahead(&grown).state, ahead(&grown).years), (AheadState::Projected, 8));
    let projection = ahead(&grown).projection.expect("eight years are enough");
    assert_eq!((projection.low, projection.expected, projection.high), (34, 34, 34));
    assert_eq!(grown.projected, Some(2027));
    let demand = table(&grown, "demand").csv();
    assert_eq!(
        demand,
        "id,occupation,seats,placed,priced,projection,expected,low,high\n6-18-01-02,6-18-01-02,32,1,0,trend,34,34,34\n"
    );
    for said in [
        "Years without a round: 2018.",
        "Projected for 2027 from 8 years in a row, 2019 to 2026, by exponential smoothing.",
    ] {
        assert!(grown.text(English).contains(said), "{}", grown.text(English));
    }
    assert!(grown.text(Chinese).contains("以 2019 至 2026 连续 8 个年度用指数平滑预测 2027 年度。"));
    // The same years with the gap nearer: what comes before it is not used.
    let few = outlook(&history(2017..=2026, 2023));
    assert_eq!(ahead(&few), Ahead { state: AheadState::TooFew, years: 3, projection: None });
    let text = few.text(English);
    assert!(
        text.contains("Nothing is projected for 2027: 3 years in a row up to 2026 are too few, 5 are needed."),
        "{text}"
    );
    assert!(table(&few, "demand").csv().ends_with(",32,1,0,too_few_years,,,\n"));
    assert_eq!(few.demand[0].years.len(), 9, "every year is told");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the order in which rounds are given, the same bytes; and one of them twice is refused.
    #[test]
    fn the_order_of_rounds_does_not_matter(seed in 0_u64..1_000, mut order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let years = [2018, 2018, 2019, 2021, 2022];
        let rounds: Vec<RoundFigures> = (0..5_u64)
            .map(|k| live(&in_year(world(seed + k, Size::TINY), &format!("round{k}"), years[k as usize])))
            .collect();
        let sorted = outlook(&rounds);
        let shuffled: Vec<RoundFigures> = order.iter().map(|at| rounds[*at].clone()).collect();
        let shuffled = outlook(&shuffled);
        prop_assert_eq!(sorted.json(), shuffled.json());
        prop_assert_eq!(sorted.text(Chinese), shuffled.text(Chinese));
        order.push(order[0]);
        let twice = Outlook::of(order.iter().map(|at| rounds[*at].clone()), SignalRules::default());
        let one = &rounds[order[0]];
        let expected = Twice { round: one.round().to_owned(), date: one.date() };
        prop_assert_eq!(twice.as_ref(), Err(&expected));
        prop_assert!(expected.to_string().starts_with("E007: ") && expected.message(Chinese).starts_with("E007："));
    }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("the file can be read").iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn every_form_says_the_same_of_generated_years() {
    let mut random = Random::new(7);
    let rounds: Vec<RoundFigures> = (0..4)
        .map(|k| {
            let mut document: serde_json::Value =
                serde_json::from_str(&jinpu_market(300, random.bits() % 1_000).to_json()).expect("JSON");
            document["round"]["date"] = format!("{}-09-01", 2020 + k).into();
            live(&Market::from_json(&document.to_string()).expect("still valid"))
        })
        .collect();
    let rules = SignalRules { least_people: 2, ..SignalRules::default() };
    let outlook = Outlook::of(rounds.clone(), rules).expect("no round is there twice");
    assert!(outlook.programmes.len() > 20 && outlook.demand.len() > 20);
    let words: BTreeSet<Signal> = outlook.programmes.iter().map(|line| line.said.signal).collect();
    assert!(words.len() > 2, "{words:?}");

    // The figures of the tables are those of the outlook.
    let column = |table: &Table, code: &str| -> Vec<String> {
        let at = table.column(code).unwrap_or_else(|| panic!("{} has no {code}", table.code));
        table.rows.iter().map(|row| row[at].file()).collect()
    };
    let evidence = table(&outlook, "evidence");
    let expected: u64 = outlook.programmes.iter().flat_map(|line| &line.said.evidence).map(|one| one.crowded_out).sum();
    let told: u64 = column(&evidence, "crowded_out").iter().map(|cell| cell.parse::<u64>().expect("a number")).sum();
    assert_eq!(told, expected);
    let years = table(&outlook, "demand_years");
    let told: u64 = column(&years, "seats").iter().map(|cell| cell.parse::<u64>().expect("a number")).sum();
    let expected: u64 = rounds.iter().flat_map(RoundFigures::occupations).map(|line| line.demand).sum();
    assert_eq!(told, expected, "every seat of an occupation, in every year");
    assert_eq!(years.rows.len(), 4 * outlook.demand.len());
    let table_of_signals = table(&outlook, "signals");
    assert_eq!(table_of_signals.rows.len(), outlook.programmes.len());
    let counts = table(&outlook, "signal_counts");
    for (signal, count) in column(&counts, "signal").iter().zip(column(&counts, "programmes")) {
        let of_it = column(&table_of_signals, "signal").iter().filter(|word| *word == signal).count();
        assert_eq!((of_it.to_string(), of_it > 0), (count, true), "{signal}");
    }
    assert_eq!(counts.rows.len(), words.len());

    // Every code has words, and every word is in both languages.
    let words = read(&outlook.words_csv());
    for row in &words[1..] {
        assert!(has_chinese(&row[3]) && !has_chinese(&row[2]), "{row:?}");
    }
    let known: BTreeSet<(&str, &str)> = words.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    for table in outlook.tables() {
        assert!(known.contains(&("table", table.code)));
        for (column, cell) in table.rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
            assert!(COLUMNS.contains(column) && known.contains(&("column", column.code)));
            if let Cell::Said { code, .. } = cell {
                assert!(code.contains('|') || known.contains(&(column.code, code)), "{}: {code}", column.code);
            }
        }
        if let Some(picture) = table.picture {
            assert!(picture.columns().iter().all(|column| table.column(column).is_some()), "{}", table.code);
        }
    }
    let out = tempfile::tempdir().expect("a temporary folder");
    outlook.write_csv(out.path()).expect("the folder can be written");
    for table in outlook.tables() {
        let file = std::fs::read_to_string(out.path().join(format!("{}.csv", table.code))).expect("the file is there");
        assert_eq!(read(&file).len(), table.rows.len() + 1);
    }
    let json: serde_json::Value = serde_json::from_str(&outlook.json()).expect("JSON");
    assert_eq!(json["rounds"][3]["date"], "2023-09-01");
    assert_eq!(json["programmes"].as_array().map(Vec::len), Some(outlook.programmes.len()));
    for language in [English, Chinese] {
        let (text, page) = (outlook.text(language), outlook.page(language));
        for section in outlook.sections() {
            assert!(text.contains(section.heading.get(language)) && page.contains(section.heading.get(language)));
        }
    }
}

/// An outlook whose every name is `name`; a market refuses some of these.
fn named(name: &str) -> Outlook {
    let mut outlook = outlook(&[live(&crowd(3, 2, 2020)), live(&crowd(3, 2, 2021))]);
    outlook.rounds.iter_mut().for_each(|line| name.clone_into(&mut line.round));
    for line in &mut outlook.programmes {
        (line.called.name, line.called.school) = (name.to_owned(), name.to_owned());
        line.said.evidence.iter_mut().for_each(|figures| name.clone_into(&mut figures.round));
    }
    outlook.demand.iter_mut().for_each(|line| name.clone_into(&mut line.name));
    outlook
}

#[test]
fn names_that_mean_harm_do_none() {
    let tags = |outlook: &Outlook| outlook.page(English).matches('<').count();
    let usual = tags(&named("plain"));
    for name in [
        "</script><b>",
        "<img src=x onerror=alert(1)>",
        "\"onclick=\"alert(1)",
        "{rounds} ${x}",
        "=1+1",
        "\u{202e}turned",
        "a,b",
        "two\nlines",
    ] {
        let outlook = named(name);
        assert_eq!(tags(&outlook), usual, "{name}");
        let page = outlook.page(Chinese);
        assert!(!page.contains("<img") && !page.contains("<b>alert") && !page.contains(" onclick="), "{name}");
        let mut names = 0;
        for table in outlook.tables() {
            let rows = read(&table.csv());
            assert_eq!(rows.len(), table.rows.len() + 1);
            names += rows.iter().flatten().filter(|cell| *cell == name).count();
        }
        assert!(names > 6, "{name} stands {names} times in the files");
        let json: serde_json::Value = serde_json::from_str(&outlook.json()).expect("JSON");
        assert_eq!(json["programmes"][0]["school"], name);
    }
}

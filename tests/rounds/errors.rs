//! Every message begins with its code; faults of a configuration are said in both languages.

use std::path::PathBuf;

use talent_match::Language::{Chinese, English};
use talent_match::audit::Audit;
use talent_match::formulation::{FormulationError, Goal};
use talent_match::graph::{Matching, Placement, Prices, Side, Solution};
use talent_match::index::PairId;
use talent_match::scoring::Criterion;
use talent_match::solve::{SolveError, Unsupported};
use talent_match::{Config, ConfigError, ConfigFault, Control, Engine, Error, Status, Verified};

use crate::random_markets::{docking, engine};
use crate::record::small_round;
use crate::world::World;

fn faults(json: &str) -> ConfigError {
    Config::from_json(json).expect_err("the configuration has faults")
}

#[test]
fn faults_of_a_configuration_are_said_in_both_languages() {
    let said = |json: &str, code: &str, english: &str, chinese: &str| {
        let error = faults(json);
        assert_eq!(error.faults().iter().map(ConfigFault::code).collect::<Vec<_>>(), [code], "{json}");
        assert_eq!(error.message(English), format!("{code} {english}"));
        assert_eq!(error.message(Chinese), format!("{code} {chinese}"));
        assert_eq!(error.to_string(), error.message(English));
        assert_eq!(Error::from(error.clone()).message(Chinese), error.message(Chinese));
    };
    said(
        "{\"rulez\": 1}",
        "C001",
        "cannot be read: unknown field `rulez`, expected one of `rules`, `criteria`, `objective`, `seed`, `answer` \
         at line 1 column 8.",
        "无法读取：unknown field `rulez`, expected one of `rules`, `criteria`, `objective`, `seed`, `answer` at line 1 column 8。",
    );
    said(
        r#"{"objective": {"goals": ["score", "score"]}}"#,
        "C002",
        "objective.goals: [score, score] must name one goal or more, each once.",
        "objective.goals：[score, score] 应至少列出一个目标，且不得重复。",
    );
    said(
        r#"{"objective": {"goals": []}}"#,
        "C002",
        "objective.goals: [] must name one goal or more, each once.",
        "objective.goals：[] 应至少列出一个目标，且不得重复。",
    );
    said(
        r#"{"objective": {"steps": 0}}"#,
        "C003",
        "objective.steps: 0 is not within 1 and 10000.",
        "objective.steps：0 不在 1 至 10000 之间。",
    );
    said(
        r#"{"criteria": {"weights": {"wish": 1001}}}"#,
        "C004",
        "criteria.weights.wish: 1001 points are more than 1000.",
        "criteria.weights.wish：1001 分超过 1000 分。",
    );
    said(
        r#"{"rules": {"numbers": {"minimum_age": 19}}}"#,
        "C005",
        "rules.numbers: minimum_age 19 exceeds adult_age 18.",
        "rules.numbers：minimum_age 19 大于 adult_age 18。",
    );
}

#[test]
fn all_faults_of_a_configuration_are_found_at_once() {
    let mut config = Config::default();
    config.objective.goals = vec![];
    config.objective.steps = 10_001;
    config.rules.numbers.minimum_age = 200;
    let codes = |error: &ConfigError| error.faults().iter().map(ConfigFault::code).collect::<Vec<_>>();
    assert_eq!(codes(&config.check().expect_err("it has faults")), ["C002", "C003", "C005"]);
    assert_eq!(codes(&Engine::new(config).expect_err("it has faults")), ["C002", "C003", "C005"]);
    let weights = faults(r#"{"criteria": {"weights": {"wish": 1001, "fit": 4294967295}}}"#);
    assert_eq!(codes(&weights), ["C004", "C004"]);
    assert_eq!(weights.message(English).lines().count(), 2);
}

#[test]
fn what_is_no_configuration_is_refused() {
    let texts = [
        "",
        "null",
        "[]",
        r#"{"objective": [["placed"], 100]}"#,
        r#"{"rules": {"numbers": [16, 18, 2, [3, 3, 4], "same_code", 80]}}"#,
        "{",
        "{}{}",
        r#"{"seed": -1}"#,
        r#"{"seed": 18446744073709551616}"#,
        r#"{"seed": 1, "seed": 2}"#,
        r#"{"rules": {"modes": {"pay": "sometimes"}}}"#,
        r#"{"rules": {"modes": {"pay": {"soft": -1}}}}"#,
        r#"{"rules": {"modes": {"salary": "off"}}}"#,
        r#"{"rules": {"modes": {"pay": "off", "age": "off", "pay": "strict"}}}"#,
        r#"{"criteria": {"weights": {"wish": 1, "wish": 2}}}"#,
        r#"{"rules": {"numbers": {"years": [3, 3]}}}"#,
        r#"{"criteria": {"weights": {"luck": 1}}}"#,
        r#"{"criteria": {"weights": {"wish": 1.5}}}"#,
        r#"{"objective": {"goals": ["money"]}}"#,
    ];
    for text in texts {
        assert_eq!(faults(text).faults()[0].code(), "C001", "{text}");
    }
    for text in ["{}", "\u{feff}{}", " { } \n"] {
        assert_eq!(Config::from_json(text), Ok(Config::default()), "{text}");
    }
}

#[test]
fn a_configuration_survives_being_written() {
    let config = Config::from_json(
        r#"{"rules": {"modes": {"pay": {"soft": 10}, "age": "off"}, "numbers": {"years": [3, 3, 5]}},
            "criteria": {"weights": {"wish": 1000, "fit": 0}, "priority_sectors": ["“新”能源"]},
            "objective": {"goals": ["score", "in_consortium"], "steps": 10000}, "seed": 18446744073709551615}"#,
    )
    .expect("the configuration has no faults");
    assert_eq!(Config::from_json(&config.to_json()), Ok(config.clone()));
    assert_eq!(config.to_json().lines().count(), 1);
    assert_eq!(Config::from_json(&Config::default().to_json()), Ok(Config::default()));
}

#[test]
fn every_message_begins_with_its_code() {
    let unsupported = |unsupported| Error::Solve(SolveError::Unsupported(unsupported));
    let post = talent_match::index::PostId::new(3);
    let node = talent_match::index::QuotaId::new(2);
    let source = std::io::Error::new(std::io::ErrorKind::NotFound, "no such file");
    let mut world = World::of_two();
    (world.post().seats_min, world.post().seats_max) = (2, 2);
    let impossible = engine(&Config::default()).run(&world.market(), &Control::new()).expect_err("there is one person");
    let Error::Infeasible(found) = impossible else { panic!("{impossible}") };
    let errors: Vec<(&str, Error)> = vec![
        ("F001", FormulationError::Goals.into()),
        ("F002", FormulationError::Steps { steps: 0 }.into()),
        ("F003", FormulationError::Range { needed: 1 << 60, limit: 1, fits: 0 }.into()),
        ("F004", FormulationError::Pairs { pairs: 1 << 33 }.into()),
        ("S102", unsupported(Unsupported::Opening { post, min: 2 })),
        ("S105", unsupported(Unsupported::QuotaOpening { side: Side::Supply, node, min: 2 })),
        ("E001", Error::Infeasible(found.clone())),
        ("E005", Error::Held { held: Vec::new(), found }),
        ("E003", Error::Undecided(talent_match::control::Stop::Work)),
        ("E006", Error::Change { table: "posts".to_owned(), id: "fitter".to_owned() }),
        ("E008", Error::Unknown { table: "posts", id: "fitter".to_owned() }),
        ("E009", Error::Fails { failed: vec!["rent", "A02"] }),
        ("E002", Error::File { path: PathBuf::from("out/result.json"), source }),
        ("C001", faults("?").into()),
    ];
    for (code, error) in errors {
        for language in [English, Chinese] {
            let message = error.message(language);
            assert!(message.starts_with(code), "{message}");
        }
    }
    let weight = ConfigFault::Weight { criterion: Criterion::Wish, points: 2_000 };
    let goals = ConfigFault::Goals { goals: vec![Goal::Score; 2] };
    for fault in [weight, goals, ConfigFault::Steps { steps: 0 }, ConfigFault::Ages { minimum: 9, adult: 8 }] {
        assert!(fault.message(Chinese).starts_with(fault.code()));
    }
}

#[test]
fn a_refused_result_names_each_condition_once() {
    let (market, config) = (small_round(), Config::default());
    let refused = |placements: Vec<Placement>| {
        let solution = Solution { matching: Matching::new(placements), prices: Prices::default() };
        let checked = Verified::check(docking(&market, &config), solution, None, Status::Optimal, &Control::new());
        *checked.expect_err("neither matching nor prices are right")
    };
    let nobody = refused(Vec::new());
    assert!(nobody.audit.as_ref().is_some_and(Audit::is_clean), "nobody breaks no rule");
    assert!(nobody.lines().iter().any(|line| line.starts_with("rent: unit ")), "{nobody}");
    assert!(nobody.lines().iter().all(|line| line.matches(": ").count() == 1), "{nobody}");
    let crowd = refused(vec![Placement { pair: PairId::new(0), count: 1_000 }]);
    for start in ["capacity: post ", "headcount: unit ", "gap: ", "A01 headcounts", "A02 seats"] {
        assert!(crowd.lines().iter().any(|line| line.starts_with(start)), "{start} is not in {crowd}");
    }
    let stranger = refused(vec![Placement { pair: PairId::new(u32::MAX), count: 1 }]);
    assert!(stranger.audit.is_none() && stranger.to_string().contains("acceptability: "), "{stranger}");
    assert_eq!(Error::from(Box::new(stranger.clone())).message(Chinese), stranger.to_string());
}

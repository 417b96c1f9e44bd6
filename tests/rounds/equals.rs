//! Placements decided among equals, in every form of the report.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use talent_match::Language::{Chinese, English};
use talent_match::formulation::Goal;
use talent_match::insight::{Certain, CertaintyCount, Decider, Insight, Verdict};
use talent_match::market::{PostIx, Side, SupplyIx, lottery_draw};
use talent_match::report::Table;
use talent_match::{Answer, Config, Control, Report, Status, Verified};

use crate::limits::limited;
use crate::random_markets::{Size, config, engine, run, world};
use crate::world::World;

fn table(report: &Report, code: &str) -> Table {
    report.tables().into_iter().find(|table| table.code == code).unwrap_or_else(|| panic!("no table {code}"))
}

fn asked(result: &Verified<'_>) -> Report {
    Report::of(result).with_insight(&Insight::of(result))
}

#[test]
fn whoever_was_told_apart_among_equals_is_listed_with_lottery_numbers() {
    let market = World::of_rivals().market();
    let canonical = config(|config| config.answer = Answer::Canonical);
    for (settings, decider) in [(Config::default(), Decider::Order), (canonical, Decider::Lottery)] {
        let engine = engine(&settings);
        let result = run(&engine, &market);
        let there = market.unit(result.placements().all()[0].unit).id.clone();
        let other = if there == "li" { "wu" } else { "li" };
        let lot = |id: &str| format!("{:016x}", lottery_draw(7, Side::Supply, id));
        let report = asked(&result);
        assert_eq!(report.decided_by, Some(decider));
        let mut people =
            [format!("{there},{},fitter:1,\n", lot(&there)), format!("{other},{},,fitter:0\n", lot(other))];
        people.sort_by_key(|line| line.split(',').nth(1).map(str::to_owned));
        let expected = format!("unit,lot,placed_at,as_good_at\n{}", people.concat());
        assert_eq!(table(&report, "equal_people").csv(), expected);
        assert_eq!(
            table(&report, "equal_posts").csv(),
            format!(
                "id,post,owner,here,as_good_here\nfitter,Fitter,Machine plant,{there}:{},{other}:{}\n",
                lot(&there),
                lot(other)
            )
        );
        let counts = "certain,pairs_so,people\nevery,0,0\nsome,1,1\nother,1,\nnone,0,\n";
        assert_eq!(table(&report, "certainty").csv(), counts);
        let data: Value = serde_json::from_str(&report.json()).expect("JSON");
        assert_eq!(data["ties"][0]["people"].as_array().map(Vec::len), Some(2));
        assert_eq!(data["decided_by"], decider.word());
        for language in [English, Chinese] {
            let (text, page) = (report.text(language), report.page(language));
            let ties = text
                .split(if language == English { "Decided among equals" } else { "同等方案的取舍" })
                .nth(1)
                .expect("a section");
            assert!(ties.contains(decider.label(language)) && page.contains(decider.label(language)));
            for said in [&there, other, &lot("li"), &lot("wu"), "Fitter"] {
                assert!(ties.contains(said) && page.contains(said), "{said}: {ties}");
            }
        }
        // The same of one who asks why not.
        let unit = market.find_unit(other).expect("a student");
        let why_not = Insight::of(&result).why_not(unit, PostIx::all(1).next().expect("a post"), 0);
        assert_eq!(why_not.verdict, if decider == Decider::Order { Verdict::Tied } else { Verdict::Drawn });
        assert_eq!(why_not.text(English).contains("the lottery decided"), decider == Decider::Lottery);
        assert_eq!(why_not.text(Chinese).contains("由抽签决定"), decider == Decider::Lottery);
    }
}

#[test]
fn where_nothing_else_is_as_good_that_is_said() {
    let market = World::of_two().market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let report = asked(&result);
    assert!(report.text(English).contains("No other placement is as good as this one."));
    assert!(report.text(Chinese).contains("没有与本方案同样好的其他安排。"));
    let unasked = Report::of(&result);
    for words in ["No other placement is as good", "\"certainty\"", "\"decided_by\""] {
        assert!(!unasked.text(English).contains(words) && !unasked.json().contains(words), "{words}");
    }
}

#[test]
fn every_pair_is_counted_and_every_tie_is_in_the_tables() {
    let (mut tied, mut certain) = (0, 0);
    for seed in 0..300 {
        let rows = if seed % 3 == 0 {
            limited(seed)
        } else {
            world(seed, Size { units: 10, posts: 4, cohort: 3, oddity: 20 })
        };
        let market = rows.market();
        let engine = engine(&config(|config| {
            if seed % 2 == 0 {
                config.objective.goals = vec![Goal::Placed];
            }
        }));
        let Ok(result) = engine.run(&market, &Control::new()) else { continue };
        let insight = Insight::of(&result);
        let report = asked(&result);
        let mut counted: BTreeMap<Certain, (u64, u64)> = BTreeMap::new();
        let (mut people, mut posts) = (BTreeSet::new(), BTreeSet::new());
        for unit in SupplyIx::all(market.supply().len()) {
            for post in PostIx::all(market.posts().len()) {
                let Some(line) = insight.certainty(unit, post) else { continue };
                let entry = counted.entry(line.certain).or_default();
                *entry = (entry.0 + 1, entry.1 + u64::from(line.people));
                if matches!(line.certain, Certain::Some | Certain::Other) {
                    people.insert(line.unit);
                    posts.insert(line.post);
                }
            }
        }
        for CertaintyCount { certain, pairs, people } in &report.certainty {
            assert_eq!(
                (*pairs, *people),
                counted.get(certain).copied().unwrap_or_default(),
                "seed {seed}: {certain:?}"
            );
        }
        assert_eq!(report.certainty.len(), if result.status() == Status::Optimal { 4 } else { 0 });
        let ids = |code: &str| table(&report, code).rows.iter().map(|row| row[0].file()).collect::<Vec<_>>();
        let (listed, listed_posts) = (ids("equal_people"), ids("equal_posts"));
        assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), people);
        assert_eq!(listed.len(), people.len(), "nobody twice");
        assert_eq!(listed_posts.into_iter().collect::<BTreeSet<_>>(), posts);
        tied += people.len();
        certain += counted.get(&Certain::Every).map_or(0, |(pairs, _)| *pairs);
    }
    assert!(tied > 100 && certain > 100, "{tied} {certain}");
}

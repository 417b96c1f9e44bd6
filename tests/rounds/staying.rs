//! A change that gains nothing moves nobody, and points of different scales are not compared.

use serde_json::json;
use talent_match::Language::{Chinese, English};

use talent_match::formulation::Goal;
use talent_match::insight::{GoalValue, goals};
use talent_match::market::Market;
use talent_match::report::swept;
use talent_match::what_if::{ChangeSet, Comparison, GoalChange, Sweep, Turn, sweep, what_if};
use talent_match::{Answer, Config, Control, Report, Verified};

use crate::classes::classy;
use crate::limits::limited;
use crate::random_markets::{Size, config, engine, run, world};
use crate::world::World;

/// A seat more at the first post.
fn one_more(market: &Market) -> ChangeSet {
    let post = &market.posts()[0];
    serde_json::from_value(json!({
        "name": "one more", "put": {"posts": [{"id": post.id, "seats_max": post.seats_max + 1}]},
    }))
    .expect("it is a change set")
}

fn compared(before: &Verified<'_>, changes: &ChangeSet) -> Comparison {
    what_if(before, changes, &Control::new()).expect("a round")
}

/// Rounds of small markets with few posts that are much alike, so that many placements are best: each with its rows, what one more
/// seat changes, and the round with it that knows nothing of the one before.
fn each_with_one_more(mut each: impl FnMut(u64, &World, &Verified<'_>, &Comparison, &Verified<'_>)) {
    let settings = config(|config| config.objective.goals = vec![Goal::Placed, Goal::InConsortium]);
    let engine = engine(&settings);
    for seed in 0..240 {
        let rows = match seed % 3 {
            0 => classy(seed),
            1 => limited(seed),
            _ => world(seed, Size { units: 12, posts: 4, cohort: 3, oddity: 30 }),
        };
        let market = rows.market();
        if market.posts().is_empty() {
            continue;
        }
        let Ok(before) = engine.run(&market, &Control::new()) else { continue };
        let changes = one_more(&market);
        let then = changes.apply(&market, &settings).expect("a market");
        each(seed, &rows, &before, &compared(&before, &changes), &run(&engine, &then.market));
    }
}

#[test]
fn nobody_moves_for_a_seat_that_gains_nothing() {
    let (mut still, mut moved, mut searched) = (0, 0, 0);
    each_with_one_more(|seed, rows, before, said, cold| {
        let gains = goals(cold) != goals(before);
        assert!(said.exact);
        // A limit in per cent of seats may have become another one: then staying is not allowed although nothing is gained.
        assert!(!(gains && said.can_stay), "seed {seed}");
        if said.can_stay {
            assert_eq!((said.transfers.len(), said.people.len()), (0, 0), "seed {seed}");
            still += 1;
            searched += usize::from(before.cases().is_some());
        } else {
            assert!(gains || !rows.quotas.is_empty(), "seed {seed}: everybody can stay");
            moved += 1;
        }
    });
    assert!(still > 60 && moved > 30 && searched > 20, "{still} {moved} {searched}");
}

#[test]
fn nobody_in_jinpu_moves_for_a_seat_where_seats_are_empty() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("the carried configuration is valid"));
    let before = run(&engine, &market);
    let report = Report::of(&before);
    let empty = report.posts.iter().find(|post| post.vacancy.is_some() && post.placed > 0).expect("seats are left");
    let changes: ChangeSet = serde_json::from_value(json!({
        "name": "one more", "put": {"posts": [{"id": empty.id, "seats_max": empty.seats + 1}]},
    }))
    .expect("it is a change set");
    let said = compared(&before, &changes);
    assert!(said.exact && said.can_stay && said.goals.iter().all(|goal| goal.by() == Some(0.0)));
    assert_eq!((said.transfers.len(), said.opened.len(), said.closed.len()), (0, 0, 0));
}

#[test]
fn as_few_people_move_as_can_be() {
    let moved = |said: &Comparison| said.people.values().sum::<u64>();
    let (mut fewer, mut gained, mut searched) = (0, 0, 0);
    each_with_one_more(|seed, _, before, said, cold| {
        let strange = Comparison::of("one more", before, cold);
        assert_eq!(goals(cold), said.goals.iter().map(after).collect::<Vec<_>>());
        assert!(moved(said) <= moved(&strange), "seed {seed}");
        let gains = said.goals.iter().any(|goal| goal.by() > Some(0.0));
        let nearer = gains && moved(said) < moved(&strange);
        gained += usize::from(gains);
        fewer += usize::from(nearer);
        searched += usize::from(nearer && before.cases().is_some());
    });
    assert!(gained > 30 && fewer > 10 && searched > 0, "{gained} {fewer} {searched}");
}

fn after(goal: &GoalChange) -> GoalValue {
    GoalValue { goal: goal.goal, amount: goal.after.expect("it is a goal of both") }
}

#[test]
fn the_canonical_answer_stays_canonical_and_says_that_everybody_could_stay() {
    let mut moved = 0;
    for seed in 0..400 {
        let market = world(seed, Size { units: 12, posts: 4, cohort: 2, oddity: 30 }).market();
        if market.posts().is_empty() {
            continue;
        }
        let settings = config(|config| {
            config.objective.goals = vec![Goal::Placed];
            config.answer = Answer::Canonical;
        });
        let engine = engine(&settings);
        let before = run(&engine, &market);
        let changes = one_more(&market);
        let then = changes.apply(&market, &settings).expect("a market");
        let cold = run(&engine, &then.market);
        let said = compared(&before, &changes);
        assert_eq!(said, Comparison::of("one more", &before, &cold), "seed {seed}: one answer, wherever it begins");
        assert_eq!(said.can_stay, goals(&cold) == goals(&before), "seed {seed}");
        moved += usize::from(said.can_stay && said.people.contains_key(&Turn::Moves));
    }
    assert!(moved > 5, "{moved}");
}

#[test]
fn that_everybody_can_stay_is_said_in_every_form() {
    let market = world(3, Size::USUAL).market();
    let engine = engine(&Config::default());
    let before = run(&engine, &market);
    let said = compared(&before, &ChangeSet { name: "nothing".to_owned(), ..ChangeSet::default() });
    assert!(said.can_stay);
    for (language, words) in [
        (English, "verybody whose place is still there can stay there: no placement is worth more after the change."),
        (Chinese, "原岗位仍在的人员均可留在原处：变更后没有更好的安排。"),
    ] {
        assert!(said.text(language).contains(words), "{}", said.text(language));
        let report = Report::of(&before).with_what_if(vec![said.clone()]);
        let sentence = format!("nothing{}{}", if language == English { ": E" } else { "：" }, words);
        assert!(report.text(language).contains(&sentence) && report.page(language).contains(words), "{sentence}");
        assert!(report.json().contains("\"can_stay\": true"));
        let table = report.tables().into_iter().find(|table| table.code == "what_if").expect("a table");
        assert!(table.csv().contains("changed,goal,can_stay,before,after,difference\nnothing,placed,yes,"));
    }
    // Somebody gains something by moving.
    let alone = market.posts().iter().map(|post| json!({"id": post.id})).collect::<Vec<_>>();
    let fewer: ChangeSet = serde_json::from_value(json!({"leave": {"posts": [alone[0]["id"]]}})).expect("a change set");
    let text = compared(&before, &fewer).text(English);
    assert!(compared(&before, &fewer).can_stay || !text.contains("can stay"), "{text}");
}

#[test]
fn points_of_different_scales_are_not_compared() {
    let market = world(5, Size::USUAL).market();
    let engine = engine(&Config::default());
    let before = run(&engine, &market);
    let same = json!({"config": {"rules": {"numbers": {"pay_percent": 70}}}});
    let other = [
        json!({"config": {"criteria": {"weights": {"wish": 60}}}}),
        json!({"config": {"criteria": {"far_km": 10}}}),
        json!({"config": {"objective": {"steps": 10}}}),
        json!({"config": {"rules": {"modes": {"pay": {"soft": 5}}}}}),
    ];
    for (changes, comparable) in [(&same, true)].into_iter().chain(other.iter().map(|other| (other, false))) {
        let said = compared(&before, &serde_json::from_value(changes.clone()).expect("a change set"));
        for goal in &said.goals {
            assert!(goal.before.is_some() && goal.after.is_some());
            assert_eq!(goal.comparable, comparable || goal.goal != Goal::Score, "{changes}");
            assert_eq!(goal.by().is_some(), goal.comparable, "{changes}");
        }
        for (language, words) in [(English, "are in different scales"), (Chinese, "计分口径不同")] {
            assert_eq!(said.text(language).contains(words), !comparable, "{}", said.text(language));
            let report = Report::of(&before).with_what_if(vec![said.clone()]);
            assert_eq!(report.text(language).contains(words), !comparable);
            assert_eq!(report.page(language).contains(words), !comparable);
        }
    }
    let weights: Sweep = serde_json::from_value(json!({
        "changes": other[0], "at": "/config/criteria/weights/wish", "values": [10, 60],
    }))
    .expect("it is a sweep");
    let curve = sweep(&before, &weights, &Control::new()).expect("there is a number");
    assert!(swept(&curve, English).contains("are in different scales"));
    let report = Report::of(&before).with_curve("wish", curve);
    assert!(report.text(English).contains("are in different scales"));
    let table = report.tables().into_iter().find(|table| table.code == "curves").expect("a table");
    let points = table.column("more_points").expect("a column");
    assert!(table.rows.iter().all(|row| row[points].file().is_empty()));
}

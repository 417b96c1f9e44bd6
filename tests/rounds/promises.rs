//! Promises to hire: kept, broken or not yet known, compared as fractions.

use talent_match::insight::{ComplianceState, PromiseLine, PromiseState, compliance, promises};
use talent_match::market::{Market, PostKind};
use talent_match::{Config, Language, Report};

use crate::random_markets::{engine, run};
use crate::world::World;

/// The line of a class with a promise, and how it stands on the compliance sheet.
fn promised(promise: u8, known: Option<(u32, u32)>) -> (PromiseLine, ComplianceState, u64) {
    let mut world = World::of_two();
    let post = world.post();
    (post.kind, post.promise) = (PostKind::OrderClass, Some(promise));
    (post.trained, post.hired) = (known.map(|known| known.0), known.map(|known| known.1));
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let lines = promises(&result);
    assert_eq!((lines.len(), &Report::of(&result).promises), (1, &lines));
    let sheet = compliance(&result);
    let line = sheet.iter().find(|line| line.code == "L07" && line.id == "fitter").expect("it has a line");
    assert_eq!(line.mode, None);
    (lines[0].clone(), line.state, line.beyond)
}

#[test]
fn a_promise_is_compared_with_the_class_before_as_a_fraction() {
    use ComplianceState::{AtLimit, Broken, Held, NotAsked};
    for (promise, known, state, on_sheet, missing) in [
        (80, Some((25, 20)), PromiseState::Kept, AtLimit, 0),
        (80, Some((25, 25)), PromiseState::Kept, Held, 0),
        // 23 of 29 are 79.3 %, 24 are 82.8 %.
        (80, Some((29, 24)), PromiseState::Kept, AtLimit, 0),
        (80, Some((29, 23)), PromiseState::Broken, Broken, 1),
        // 666 of 1,000 are less than 67 %, and more than 66 %.
        (67, Some((1_000, 666)), PromiseState::Broken, Broken, 4),
        (66, Some((1_000, 666)), PromiseState::Kept, Held, 0),
        (100, Some((3, 2)), PromiseState::Broken, Broken, 1),
        (80, Some((0, 0)), PromiseState::Kept, AtLimit, 0),
        (80, None, PromiseState::Unknown, NotAsked, 0),
    ] {
        let (line, found, beyond) = promised(promise, known);
        let told = (line.state, found, line.missing, beyond);
        assert_eq!(told, (state, on_sheet, missing, missing), "{promise} {known:?}");
        assert_eq!((line.placed, line.promised), (1, 1));
    }
}

#[test]
fn the_promises_of_jinpu_are_those_of_its_order_classes() {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let engine = engine(&Config::from_json(&config).expect("it is valid"));
    let result = run(&engine, &market);
    let lines = promises(&result);
    let classes: Vec<_> = market.posts().iter().filter(|post| post.kind == PostKind::OrderClass).collect();
    assert!(lines.iter().map(|line| &line.id).eq(classes.iter().map(|post| &post.id)) && lines.len() == 40);
    let mut counts = [0; 3];
    for (line, post) in lines.iter().zip(classes) {
        let state = match (post.trained, post.hired) {
            (Some(trained), Some(hired)) if hired * 5 >= trained * 4 => PromiseState::Kept,
            (Some(_), Some(_)) => PromiseState::Broken,
            _ => PromiseState::Unknown,
        };
        assert_eq!(line.state, state, "{line:?}");
        counts[PromiseState::ALL.iter().position(|one| *one == state).expect("a state")] += 1;
        let there = result.placements().all().iter().filter(|row| market.post(row.post).id == line.id);
        let there: u64 = there.map(|row| u64::from(row.people)).sum();
        assert_eq!((line.placed, line.promised), (there, (there * 4).div_ceil(5)));
    }
    assert!(counts.iter().all(|count| *count > 5), "{counts:?}");
    let [kept, broken, unknown] = counts;
    let text = Report::of(&result).text(Language::English);
    assert!(text.contains(&format!("Promises to hire: {kept} kept, {broken} broken, {unknown} not yet known")));
    let text = Report::of(&result).text(Language::Chinese);
    assert!(text.contains(&format!("录用承诺：{kept} 项已兑现，{broken} 项未兑现，{unknown} 项尚未可知")));
}

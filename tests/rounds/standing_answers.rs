//! Why and why not, where decisions were taken before the round.

use talent_match::insight::{Certain, Insight, Verdict, goals};
use talent_match::market::{Decision, DecisionState, Market, PostIx, Rule, SupplyIx};
use talent_match::scoring::Criterion;
use talent_match::{Config, Language};

use crate::decisions::{decide, second};
use crate::random::Random;
use crate::random_markets::{Size, config, engine, run, world};
use crate::world::{World, pairs};

fn find(market: &Market, unit: &str, post: &str) -> (SupplyIx, PostIx) {
    (market.find_unit(unit).expect("a unit"), market.find_post(post).expect("a post"))
}

#[test]
fn whoever_stands_is_there_by_the_decision() {
    let mut world = second();
    world.decisions[0] = Decision::at("li", "fitter", DecisionState::Signed).of_round(1).because("both agreed");
    // First year: li would not be acceptable there.
    world.supply[0].grade = Some(1);
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let insight = Insight::of(&result);
    let (li, fitter) = find(&market, "li", "fitter");
    let stands = insight.stands(li, fitter).expect("li has signed");
    assert_eq!((stands.people, stands.state), (1, DecisionState::Signed));
    assert_eq!(stands.decision.en, "signed (round 1): both agreed");
    let [en, zh] = [Language::English, Language::Chinese].map(|language| stands.text(language));
    assert!(en.contains("Why li is placed") && en.contains("for 1 person: signed (round 1): both agreed."), "{en}");
    assert!(zh.contains("本轮之前已定，1 人：已签约（第 1 轮）：both agreed。"), "{zh}");
    assert_eq!(insight.why(li, fitter, 3), None, "the goals did not decide it");
    assert_eq!(insight.why_not(li, fitter, 3).verdict, Verdict::Placed);
    let line = insight.certainty(li, fitter).expect("it is certain");
    assert_eq!((line.people, line.certain, line.at_least, line.at_most), (1, Certain::Every, None, None));
    // Two of the cohort stand and the third is placed beside them: the numbers are about that one.
    let (ban, welder) = find(&market, "ban", "welder");
    assert_eq!(insight.stands(ban, welder).map(|stands| stands.people), Some(2));
    assert_eq!(insight.why(ban, welder, 3).map(|why| why.people), Some(1));
    let line = insight.certainty(ban, welder).expect("it is certain");
    assert_eq!((line.people, line.certain), (3, Certain::Every));
    let least = line.at_least.expect("the third may be released");
    let most = line.at_most.expect("the third may be released");
    // Solved again where the third has left, too: seats are free there, so that nobody comes in that place.
    world.decisions[2] = Decision::left("ban").of_people(2);
    let without = world.market();
    let less = goals(&run(&engine, &without));
    let lost = |at: usize| goals(&result)[at].amount - less[at].amount;
    for (at, goal) in least.goals.iter().enumerate() {
        assert!((lost(at) - goal.amount).abs() < 1e-6, "{goal:?} of {less:?}");
    }
    assert_eq!(least, most);
    assert_eq!(insight.stands(ban, fitter), None);
}

#[test]
fn staying_is_told_of_where_somebody_was_placed_before() {
    let mut world = World::of_two();
    for told in [false, true] {
        let market = world.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let (li, fitter) = find(&market, "li", "fitter");
        let why = Insight::of(&result).why(li, fitter, 3).expect("li is placed");
        let stay: Vec<f64> =
            why.score.iter().filter(|part| part.criterion == Criterion::Stay).map(|part| part.points).collect();
        assert_eq!(stay, if told { vec![20.0] } else { vec![] });
        world.decisions = vec![Decision::at("li", "fitter", DecisionState::Placed)];
    }
}

#[test]
fn whoever_was_decided_against_is_cut_with_the_reason() {
    let mut world = second();
    let mut yu = world.supply[1].clone();
    "yu".clone_into(&mut yu.id);
    world.supply.push(yu);
    world.decisions.push(Decision::at("xu", "welder", DecisionState::Declined).of_round(2).because("too far"));
    world.decisions.push(Decision::left("yu"));
    let market = world.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let insight = Insight::of(&result);
    for (unit, english, chinese) in [
        ("wu", "forbidden: a reason", "禁止：a reason"),
        ("xu", "declined (round 2): too far", "已拒绝（第 2 轮）：too far"),
    ] {
        let (unit, welder) = find(&market, unit, "welder");
        let answer = insight.why_not(unit, welder, 3);
        let cut = answer.cut.clone().expect("somebody decided against it");
        assert_eq!((answer.verdict, cut.rule, cut.code), (Verdict::Cut, Rule::Decided, "R15"));
        assert!(cut.reason.en.contains(english) && cut.reason.zh.contains(chinese), "{cut:?}");
        assert!(cut.remedy.en.contains("take that back") && answer.forced.is_none());
        let text = answer.text(Language::English);
        assert!(text.contains(english) && text.contains("R15"), "{text}");
        assert_eq!(insight.certainty(unit, welder), None);
    }
    let verdict = |unit: &str| {
        let (unit, post) = find(&market, unit, "welder");
        let answer = insight.why_not(unit, post, 3);
        assert_eq!((answer.forced, answer.seats), (None, None));
        answer.verdict
    };
    assert_eq!((verdict("li"), verdict("yu")), (Verdict::Standing, Verdict::Left));
}

#[test]
fn answers_agree_with_the_decisions_of_random_markets() {
    let (mut standing, mut both, mut cut, mut elsewhere) = (0, 0, 0, 0);
    for seed in 0..600 {
        let mut world = world(seed, Size { units: 5, posts: 3, cohort: 6, oddity: 20 });
        world.posts.iter_mut().for_each(|post| post.seats_max += 4);
        decide(&mut world, &mut Random::new(seed ^ 0xa15));
        let market = world.market();
        let first = engine(&Config::default());
        let result = run(&first, &market);
        let insight = Insight::of(&result);
        assert_eq!(insight.certainties().len(), result.placements().all().len());
        let other = config(|config| config.seed = Some(seed + 7));
        let second = engine(&other);
        let again = run(&second, &market);
        for (unit, post) in pairs(&market) {
            let people = |result: &talent_match::Verified<'_>| -> u32 {
                let there = result.placements().of(unit).iter().filter(|placement| placement.post == post);
                there.map(|placement| placement.people).sum()
            };
            let (here, stands) = (people(&result), market.frozen_of(unit, post));
            assert_eq!(insight.stands(unit, post).map_or(0, |stands| stands.people), stands);
            assert_eq!(insight.why(unit, post, 3).map_or(0, |why| why.people), here - stands);
            let answer = insight.why_not(unit, post, 0);
            assert_eq!(answer.verdict == Verdict::Placed, here > 0);
            if stands > 0 {
                let line = insight.certainty(unit, post).expect("it is placed");
                assert_eq!(line.people, here);
                assert!(here > stands || line.certain == Certain::Every);
                assert!(line.certain != Certain::Every || people(&again) >= here, "{seed}");
            }
            let closed = market.closed(unit, post).is_some();
            assert!(!closed || answer.cut.is_some() && here == stands, "{seed}");
            let nobody = market.open_headcount(unit) == 0;
            assert!(
                !nobody
                    || matches!(
                        answer.verdict,
                        Verdict::Placed | Verdict::Standing | Verdict::Left | Verdict::Cut | Verdict::Impossible
                    )
            );
            standing += usize::from(stands > 0);
            both += usize::from(stands > 0 && here > stands);
            cut += usize::from(answer.cut.is_some_and(|cut| cut.rule == Rule::Decided));
            elsewhere += usize::from(matches!(answer.verdict, Verdict::Standing | Verdict::Left));
        }
    }
    assert!(standing > 100 && both > 5 && cut > 100 && elsewhere > 100, "{standing} {both} {cut} {elsewhere}");
}

//! Why, why not, how certain, at what price: every answer against making the change it speaks of and solving again.

use std::collections::BTreeSet;

use talent_match::control::Stop;
use talent_match::docking::Docking;
use talent_match::eligibility::first_cut;
use talent_match::formulation::Goal;
use talent_match::graph::{Matching, Prices, Problem, Solution};
use talent_match::insight::{Basis, Certain, GoalValue, Insight, Verdict, Why, WhyNot, Worth, goals};
use talent_match::market::{Mode, PostIx, Rule, Side, SupplyIx, lottery_draw};
use talent_match::solve::{Outcome, solve};
use talent_match::{Config, Control, Language, Market, Status, Verified};

use crate::random_markets::{Size, config, docking, engine, run, world};
use crate::world::pairs;

const MARKETS: u64 = 300;

fn small(seed: u64) -> Size {
    // Crowded ones and roomy ones, with few rules in the way.
    Size { units: if seed.is_multiple_of(2) { 14 } else { 7 }, posts: 5, cohort: 3, oddity: 12 }
}

fn optimum(problem: &Problem) -> i128 {
    match solve(problem, &Control::new()) {
        Ok(Outcome::Optimal(solution)) => problem.value(&solution.matching),
        other => panic!("no limit was set: {other:?}"),
    }
}

/// `problem` with another weight of the pair of `unit` and `post`.
fn reweighted(docking: &Docking<'_>, unit: SupplyIx, post: PostIx, by: i64) -> Problem {
    let formulation = docking.formulation();
    let problem = formulation.problem();
    let pair = problem.graph().find(formulation.unit_id(unit), formulation.post_id(post)).expect("acceptable");
    let mut weights = problem.weights().to_vec();
    weights[pair.index()] += i32::try_from(by).expect("margins are small here");
    Problem::new(problem.graph().clone(), weights, problem.headcounts().to_vec(), problem.seats().to_vec())
        .and_then(|changed| changed.with_placement_bonus(problem.placement_bonus()))
        .expect("the weights stay in range")
}

#[test]
fn the_margin_turns_the_answer_and_nothing_less_does() {
    let (mut worse, mut tied, mut chains) = (0, 0, 0);
    for seed in 0..MARKETS {
        let market = world(seed, small(seed)).market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        assert_eq!(insight.basis(), Basis::Optimal);
        let docking = result.docking();
        let value = result.proof().value();
        let scale = docking.formulation().scale(Goal::Score);
        for (unit, post) in pairs(&market) {
            let answer = insight.why_not(unit, post, 0);
            let acceptable = docking.acceptable().posts_of(unit).contains(&post);
            assert_eq!(acceptable, answer.cut.is_none());
            let placed = result.placements().of(unit).iter().any(|placement| placement.post == post);
            assert_eq!(placed, answer.verdict == Verdict::Placed);
            let Some(forced) = answer.forced.filter(|_| !placed) else {
                assert!(placed || !acceptable || market.unit(unit).headcount == 0 || market.post(post).seats_max == 0);
                continue;
            };
            let loss = forced.loss.units;
            assert_eq!(answer.verdict, if loss == 0 { Verdict::Tied } else { Verdict::Worse });
            assert!(forced.reduced_cost.units <= loss);
            // One unit beyond the margin turns the answer; the margin itself is a tie.
            assert_eq!(optimum(&reweighted(docking, unit, post, loss)), value, "unit {unit:?} post {post:?} of {seed}");
            assert!(
                optimum(&reweighted(docking, unit, post, loss + 1)) > value,
                "unit {unit:?} post {post:?} of {seed}"
            );
            // The points it names are the first whole step that turns it.
            let steps = (forced.points.expect("points are a goal") * 100.0).round() as i64;
            let units = i64::try_from(scale).expect("small") * steps;
            assert!(units > loss && units - i64::try_from(scale).expect("small") <= loss);
            worse += usize::from(loss > 0);
            tied += usize::from(loss == 0);
            chains += usize::from(forced.chain.steps.len() > 2);
            assert_eq!(forced.chain.steps[0].unit, market.unit(unit).id);
            let counted: u64 = forced.chain.others.iter().map(|others| others.people).sum();
            assert_eq!(counted as usize, forced.chain.steps.len() - 1);
        }
    }
    assert!(worse > 300 && tied > 20 && chains > 20, "{worse} {tied} {chains}");
}

#[test]
fn why_adds_up_and_its_margin_is_what_doing_without_loses() {
    let mut margins = 0;
    for seed in 0..MARKETS {
        let market = world(seed, small(seed)).market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        for placement in result.placements().all() {
            let why = insight.why(placement.unit, placement.post, 100).expect("somebody is there");
            let points: f64 = why.score.iter().map(|part| part.points).sum();
            assert!((points - why.penalty - why.points).abs() < 1e-5, "each is told to a millionth");
            let value = result.docking().explainer().explain(placement.unit, placement.post).total;
            assert!((why.points - value).abs() < 1e-6);
            let told = why.score.iter().flat_map(|part| [part.value, part.points]).chain([why.points]);
            assert!(
                told.map(|number| number.to_string())
                    .all(|text| text.split('.').nth(1).is_none_or(|rest| rest.len() <= 6))
            );
            assert_eq!(why.value.units, why.price.units + why.charge.units + why.rent.units);
            assert!(why.rent.units >= 0);
            assert_eq!(why.alternatives.len(), why.acceptable);
            assert!(why.alternatives.iter().all(|other| other.behind.units >= 0), "no other post leaves more");
            assert!(why.alternatives.is_sorted_by_key(|other| other.behind.units));
            // Without the pair: so little that nobody would ever take it.
            let Some(margin) = why.margin.filter(|_| market.unit(placement.unit).headcount == 1) else { continue };
            let far = 1 << 26;
            let without = optimum(&reweighted(result.docking(), placement.unit, placement.post, -far));
            assert_eq!(i128::from(margin.units), result.proof().value() - without);
            assert_eq!(why.certain == Some(Certain::Some), margin.units == 0);
            margins += usize::from(margin.units > 0);
        }
        for (unit, post) in pairs(&market) {
            let placed = result.placements().of(unit).iter().any(|placement| placement.post == post);
            assert_eq!(insight.why(unit, post, 1).is_some(), placed);
        }
    }
    assert!(margins > 300, "{margins}");
}

/// A rule that cuts is the first one: without it, another one cuts or none does.
#[test]
fn the_rule_that_cuts_is_the_one_to_change() {
    let mut opened = 0;
    for seed in 0..MARKETS {
        let market = world(seed, Size::USUAL).market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        for (unit, post) in pairs(&market) {
            let Some(cut) = insight.why_not(unit, post, 0).cut else { continue };
            let book = Config::default().rules.with_mode(cut.rule, Mode::Off);
            let next = first_cut(&market, &book, unit, post, Language::English).map(|reason| reason.rule);
            assert!(next.is_none_or(|next| next > cut.rule), "rules are asked in order");
            opened += usize::from(next.is_none());
            assert_eq!(cut.source.get(Language::Chinese), cut.rule.source(Language::Chinese));
            assert!(!cut.reason.en.is_empty() && !cut.remedy.zh.is_empty());
        }
    }
    assert!(opened > 300, "{opened}");
}

fn reached(market: &Market) -> Vec<GoalValue> {
    let engine = engine(&Config::default());
    goals(&run(&engine, market))
}

fn assert_worth(worth: &Worth, more: &[GoalValue], less: &[GoalValue], what: &str) {
    let gains = more.iter().zip(less).map(|(more, less)| more.amount - less.amount);
    let near = worth.goals.iter().zip(gains).all(|(said, gain)| (said.amount - gain).abs() < 1e-6);
    assert!(near, "{what}: said {worth:?}, changed from {less:?} to {more:?}");
}

#[test]
fn both_sides_of_a_price_are_what_one_more_and_one_fewer_change() {
    let (mut gained, mut lost, mut runs) = (0, 0, 0);
    for seed in 0..MARKETS {
        let rows = world(seed, small(seed));
        let market = rows.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        let (prices, now) = (insight.prices().expect("proven"), goals(&result));
        assert!(prices.limits.is_empty());
        for line in &prices.posts {
            let changed = |by: i64| {
                let mut other = rows.clone();
                let post = other.posts.iter_mut().find(|post| post.id == line.post.id).expect("of the market");
                post.seats_max = u32::try_from(i64::from(post.seats_max) + by).ok()?;
                Some(reached(&other.market()))
            };
            let more = line.sides.more.as_ref().expect("no class is closed");
            assert_worth(more, &changed(1).expect("more is possible"), &now, &line.post.id);
            gained += usize::from(more.units > 0);
            assert_eq!(more.units, result.price(market.find_post(&line.post.id).expect("of the market")));
            match (&line.sides.fewer, changed(-1)) {
                (Some(fewer), Some(then)) => {
                    assert_worth(fewer, &now, &then, &line.post.id);
                    lost += usize::from(fewer.units > more.units);
                }
                (fewer, then) => assert_eq!((fewer.is_none(), then.is_none()), (true, true)),
            }
            if seed < 60 {
                let gains = insight.gains(market.find_post(&line.post.id).expect("of the market"), 4).expect("proven");
                let mut before = now.clone();
                let mut seats = 1;
                for gain in &gains {
                    let then = changed(seats).expect("more is possible");
                    seats += 1;
                    assert_worth(gain, &then, &before, &line.post.id);
                    before = then;
                    runs += 1;
                }
                if gains.len() < 4 {
                    assert_eq!(changed(seats).expect("more is possible"), before, "one more gains nothing");
                }
            }
        }
    }
    assert!(gained > 200 && lost > 100 && runs > 50, "{gained} {lost} {runs}");
}

/// What is so in every best result is so whatever the lottery says, and what is so in none never is.
#[test]
fn certain_placements_stay_whatever_the_lottery_draws() {
    let (mut every, mut moved) = (0, 0);
    for seed in 0..MARKETS {
        let market = world(seed, small(seed)).market();
        let first_engine = engine(&Config::default());
        let result = run(&first_engine, &market);
        let insight = Insight::of(&result);
        assert_eq!(insight.certainties().len(), result.placements().all().len());
        let listed_ties = insight.ties();
        for tie in &listed_ties {
            assert!(tie.people.is_sorted_by_key(|tied| tied.lot.clone()));
            for tied in &tie.people {
                assert_eq!(tied.lot, format!("{:016x}", lottery_draw(seed, Side::Supply, &tied.unit)));
            }
        }
        let listed: BTreeSet<(&str, &str)> = listed_ties
            .iter()
            .flat_map(|tie| tie.people.iter().map(|tied| (tied.unit.as_str(), tie.post.id.as_str())))
            .collect();
        let engines: Vec<_> =
            (1..4).map(|other| engine(&config(|config| config.seed = Some(seed + 1000 * other)))).collect();
        let others: Vec<Verified<'_>> = engines.iter().map(|engine| run(engine, &market)).collect();
        for (unit, post) in pairs(&market) {
            let Some(line) = insight.certainty(unit, post) else { continue };
            let tied = matches!(line.certain, Certain::Some | Certain::Other);
            assert_eq!(listed.contains(&(line.unit.as_str(), line.post.as_str())), tied);
            if let Some(least) = &line.at_least {
                assert!(least.units == 0 || !tied);
                assert!(line.at_most.as_ref().is_none_or(|most| most.units >= least.units));
            }
            for other in &others {
                let there = other.placements().of(unit).iter().find(|placement| placement.post == post);
                let there = there.map_or(0, |placement| placement.people);
                match line.certain {
                    Certain::Every => assert!(there >= line.people, "{line:?} of {seed}"),
                    Certain::None => assert_eq!(there, 0, "{line:?} of {seed}"),
                    Certain::Some | Certain::Other => moved += usize::from(there != line.people),
                }
                every += usize::from(line.certain == Certain::Every);
            }
        }
    }
    assert!(every > 300 && moved > 20, "{every} {moved}");
}

#[test]
fn as_many_seats_as_it_says_turn_the_answer() {
    let (mut turned, mut never) = (0, 0);
    for seed in 0..MARKETS {
        let rows = world(seed, small(seed));
        let market = rows.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        for (unit, post) in pairs(&market) {
            let answer = insight.why_not(unit, post, 3);
            let Some(seats) = answer.seats else { continue };
            let certain = |by: u32| {
                let mut other = rows.clone();
                let row = other.posts.iter_mut().find(|row| row.id == answer.post.id).expect("of the market");
                row.seats_max += by;
                let market = other.market();
                let result = run(&engine, &market);
                Insight::of(&result).certainty(unit, post).expect("acceptable").certain
            };
            let first = (1..=3).find(|by| certain(*by) != Certain::None);
            assert_eq!(seats.needed, first, "unit {unit:?} post {post:?} of {seed}");
            turned += usize::from(first.is_some());
            never += usize::from(first.is_none());
        }
    }
    assert!(turned > 50 && never > 50, "{turned} {never}");
}

#[test]
fn a_redacted_answer_names_nobody_else() {
    let mut hidden = 0;
    for seed in 0..60 {
        let market = world(seed, small(seed)).market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        for (unit, post) in pairs(&market) {
            let answer = insight.why_not(unit, post, 2);
            let redacted = answer.redacted();
            let texts = [Language::English, Language::Chinese].map(|language| redacted.text(language));
            let json = serde_json::to_string(&redacted).expect("answers are plain data");
            for other in market.supply().iter().filter(|other| other.id != market.unit(unit).id) {
                let quoted = format!("\"{}\"", other.id);
                assert!(!json.contains(&quoted), "{json}");
                let words = |text: &String| text.split_whitespace().any(|word| word == other.id);
                assert!(!texts.iter().any(words), "{texts:?}");
            }
            hidden += answer.forced.map_or(0, |forced| forced.chain.steps.len() - 1);
            assert_eq!(redacted.redacted(), redacted);
        }
    }
    assert!(hidden > 100, "{hidden}");
}

fn assert_words(why: &[Why], why_not: &[WhyNot]) {
    for language in [Language::English, Language::Chinese] {
        let texts = why.iter().map(|answer| answer.text(language));
        for text in texts.chain(why_not.iter().map(|answer| answer.text(language))) {
            assert!(!text.contains(['{', '}']), "{text}");
            let chinese = text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            assert_eq!(chinese, language == Language::Chinese, "{text}");
        }
    }
}

#[test]
fn answers_are_whole_in_either_language() {
    let mut verdicts = BTreeSet::new();
    for seed in 0..40 {
        let market = world(seed, small(seed)).market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        let why: Vec<Why> = pairs(&market).filter_map(|(unit, post)| insight.why(unit, post, 3)).collect();
        let why_not: Vec<WhyNot> = pairs(&market).map(|(unit, post)| insight.why_not(unit, post, 2)).collect();
        verdicts.extend(why_not.iter().map(|answer| answer.verdict));
        // The markets name qualifications, sectors and hazards in Chinese, in either language.
        let plain = |answer: &WhyNot| answer.cut.as_ref().is_none_or(|cut| cut.rule != Rule::Qualification);
        assert_words(&why, &why_not.into_iter().filter(plain).collect::<Vec<_>>());
    }
    assert!(verdicts.len() >= 4, "{verdicts:?}");
}

#[test]
fn a_result_that_is_not_proven_best_says_nothing_of_changes() {
    let (config, control) = (Config::default(), Control::new());
    let mut seen = 0;
    for seed in 0..40 {
        let market = world(seed, small(seed)).market();
        let docking = docking(&market, &config);
        let problem = docking.formulation().problem();
        let solution = Solution { matching: Matching::empty(), prices: Prices::new(vec![0; problem.seats().len()]) };
        let gap = talent_match::certificate::verify(
            problem,
            &solution,
            talent_match::certificate::Claim::Within(i128::MAX),
            &control,
        )
        .gap();
        if gap == 0 {
            continue;
        }
        let status = Status::Feasible { stop: Some(Stop::Work), gap };
        let result = Verified::check(docking, solution, None, status, &control).expect("nobody placed is feasible");
        let insight = Insight::of(&result);
        assert_eq!(insight.basis(), Basis::Unproven);
        assert_eq!((insight.prices(), insight.certainties(), insight.ties()), (None, Vec::new(), Vec::new()));
        for (unit, post) in pairs(&market) {
            let answer = insight.why_not(unit, post, 3);
            assert!(matches!(answer.verdict, Verdict::Unproven | Verdict::Cut));
            assert_eq!((answer.forced, answer.seats), (None, None));
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

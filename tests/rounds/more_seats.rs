//! What more seats are worth under limits that nobody can exceed with the seats there are: against solving again.

use talent_match::formulation::Standing;
use talent_match::insight::{Basis, Certain, Force, GoalValue, Insight, LimitLine, Shortages, goals};
use talent_match::market::{Amount, Decision, DecisionState, Dimension, Enterprise, Facet, Flag, PostIx, Quota};
use talent_match::{Config, Market};

use crate::random::Random;
use crate::random_markets::{Pick, Size, engine, run, world};
use crate::world::{World, pairs};

/// `rows` with quotas on the seats of owners, tracks or sectors, some for people of one level, school or programme, each as
/// large as the seats of its largest group, or a seat larger.
fn with_latent_quotas(mut rows: World, random: &mut Random) -> World {
    let of_posts = [Dimension::Owner, Dimension::Kind, Dimension::Sector];
    let of_people = [Dimension::Level, Dimension::School, Dimension::Programme];
    for k in 0..random.within(1, 3) {
        let mut quota = Quota::new(&format!("quota{k}"), "Quota", Vec::new());
        quota.per = vec![random.pick(&of_posts)];
        if random.within(0, 2) == 0 {
            quota.per.push(random.pick(&of_people));
        }
        if random.within(0, 4) == 0 {
            (quota.of, quota.per) = (vec![Facet::new(Dimension::Kind, "internship")], Vec::new());
        }
        quota.max = Some(Amount::Count(0));
        rows.quotas.push(quota);
        let market = rows.market();
        let all: Vec<PostIx> = PostIx::all(market.posts().len()).collect();
        let seats = |posts: &[PostIx]| posts.iter().map(|post| market.post(*post).seats_max).sum::<u32>();
        let groups = market.quota_groups().into_iter().filter(|group| group.quota.index() == k as usize);
        let most = groups.map(|group| group.posts.as_ref().map_or(seats(&all), |posts| seats(posts))).max();
        let quota = &mut rows.quotas[k as usize];
        quota.max = Some(Amount::Count(most.unwrap_or(0) + random.within(0, 1) as u32));
        quota.penalty = Some(random.within(1, 90) as u32).filter(|penalty| penalty % 3 == 0);
    }
    rows
}

fn with_more(rows: &World, id: &str, more: u32) -> Market {
    let mut rows = rows.clone();
    let post = rows.posts.iter_mut().find(|post| post.id == id).expect("of the market");
    post.seats_max += more;
    rows.market()
}

fn reached(market: &Market) -> Vec<GoalValue> {
    goals(&run(&engine(&Config::default()), market))
}

/// What each goal gains, in order; the first difference decides.
fn gain(more: &[GoalValue], less: &[GoalValue]) -> Vec<f64> {
    more.iter().zip(less).map(|(more, less)| more.amount - less.amount).collect()
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

fn amounts(goals: &[GoalValue]) -> Vec<f64> {
    goals.iter().map(|goal| goal.amount).collect()
}

#[test]
fn a_quota_as_large_as_its_seats_lets_nobody_more_in() {
    let mut rows = World::of_rivals();
    let free = rows.clone();
    let mut quota = Quota::new("internships", "Internships", vec![Facet::new(Dimension::Kind, "internship")]);
    quota.max = Some(Amount::Count(rows.posts.iter().map(|post| post.seats_max).sum()));
    rows.quotas.push(quota);
    for (rows, gains) in [(free, true), (rows, false)] {
        let market = rows.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        let prices = insight.prices().expect("proven");
        let id = rows.posts[0].id.clone();
        let line = prices.posts.iter().find(|line| line.post.id == id).expect("of the market");
        let more = line.sides.more.as_ref().expect("nothing is closed");
        assert_eq!(more.units > 0, gains);
        assert!(same(&amounts(&more.goals), &gain(&reached(&with_more(&rows, &id, 1)), &goals(&result))));
        assert_eq!(
            insight.gains(market.find_post(&id).expect("of the market"), 3).expect("proven").len() as u32,
            u32::from(gains)
        );
        // Programmes are not told to grow for seats that a quota keeps from them.
        assert_eq!(Shortages::of(&result).programmes()[0].priced > 0, gains);
        if let [limit] = &prices.limits[..] {
            // One fewer at the quota is one fewer at the seats.
            let [fewer, seat] =
                [limit.sides.as_ref(), Some(&line.sides)].map(|sides| sides.and_then(|sides| sides.fewer.clone()));
            assert_eq!(
                (limit.force, fewer.expect("somebody is there").units),
                (Force::Priced, seat.expect("a seat").units)
            );
        }
    }
}

/// Three poor people share one seat at the plant that is also open to somebody else; one could be at the works, too.
fn with_poor_rivals() -> World {
    let mut rows = World::of_rivals();
    rows.supply.iter_mut().for_each(|unit| unit.flags = vec![Flag::Poor]);
    let mut third = rows.supply[0].clone();
    "ban".clone_into(&mut third.id);
    rows.supply.push(third);
    rows.enterprises.push(Enterprise::new("works", "Works", rows.enterprises[0].region, 800));
    for (post, owner) in [("turner", "plant"), ("welder", "works")] {
        let mut other = rows.posts[0].clone();
        (other.id, other.owner) = (post.to_owned(), owner.to_owned());
        rows.posts.push(other);
    }
    for id in ["xu", "zhao"] {
        let mut other = rows.supply[0].clone();
        (other.id, other.flags) = (id.to_owned(), Vec::new());
        rows.supply.push(other);
    }
    let apart = [
        ("li", "turner"),
        ("li", "welder"),
        ("ban", "turner"),
        ("ban", "welder"),
        ("wu", "turner"),
        ("xu", "welder"),
        ("zhao", "fitter"),
        ("zhao", "turner"),
    ];
    rows.decisions =
        apart.map(|(unit, post)| Decision::at(unit, post, DecisionState::Forbidden).because("a reason")).to_vec();
    rows
}

#[test]
fn of_two_limits_that_cross_at_a_post_the_tighter_one_keeps_people_out() {
    for most in [[1, 2], [2, 1], [2, 2]] {
        let mut rows = with_poor_rivals();
        let poor = vec![Facet::new(Dimension::Owner, "plant"), Facet::new(Dimension::Flag, "poor")];
        for (k, most) in most.into_iter().enumerate() {
            let mut quota = Quota::new(&format!("quota{k}"), "Quota", poor.clone());
            quota.max = Some(Amount::Count(most));
            rows.quotas.push(quota);
        }
        let market = rows.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        assert_eq!(insight.basis(), Basis::Decided, "people who are not poor have seats there, too");
        let gains = insight.gains(market.find_post("fitter").expect("of the market"), 1).expect("proven");
        let really = gain(&reached(&with_more(&rows, "fitter", 1)), &goals(&result));
        let said = gains.first().map_or(vec![0.0; really.len()], |gain| amounts(&gain.goals));
        assert!(same(&said, &really), "{most:?}: {said:?} {really:?}");
        let (lets_in, expected) = (really[0] > 0.5, !most.contains(&1));
        assert_eq!(lets_in, expected, "{most:?}: {really:?}");
    }
}

#[test]
fn more_seats_count_limits_that_bind_only_with_them() {
    let (mut exact, mut kept, mut least, mut quotas) = (0, 0, 0, 0);
    for seed in 0..300 {
        let size = Size { units: 14, posts: 5, cohort: 3, oddity: 12 };
        let rows = with_latent_quotas(world(seed, size), &mut Random::new(seed ^ 0x5EA7));
        let market = rows.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        let (prices, now) = (insight.prices().expect("proven"), goals(&result));
        let limits = result.docking().formulation().limits().iter().zip(&prices.limits);
        let nodes =
            |(limit, line): &(&(_, Standing), &LimitLine)| limit.1 == Standing::Idle && line.force == Force::Priced;
        quotas += limits.filter(nodes).count();
        let crossing = prices.limits.iter().any(|line| [Force::Latent, Force::Crossing].contains(&line.force));
        assert_eq!(insight.basis(), if crossing { Basis::Decided } else { Basis::Optimal });
        for line in &prices.posts {
            let more = line.sides.more.as_ref().expect("nothing is closed");
            let mut before = now.clone();
            let gains = insight.gains(market.find_post(&line.post.id).expect("of the market"), 3).expect("proven");
            assert!(gains.first().map_or(0, |gain| gain.units) == more.units);
            for seats in 1..=3 {
                let then = reached(&with_more(&rows, &line.post.id, seats));
                let (really, said) = (gain(&then, &before), gains.get(seats as usize - 1));
                let said = said.map_or(vec![0.0; really.len()], |gain| amounts(&gain.goals));
                if !same(&said, &really) {
                    // Where limits cross, everybody in them stays as they are; that is possible, but not always best.
                    let differs = said.iter().zip(&really).find(|(said, really)| (*said - *really).abs() > 1e-6);
                    assert!(
                        crossing && differs.is_some_and(|(said, really)| said < really),
                        "{seed} {line:?} {really:?}"
                    );
                    least += 1;
                    break;
                }
                exact += usize::from(said.iter().any(|amount| *amount > 0.0));
                before = then;
            }
            kept += usize::from(more.units < result.price(market.find_post(&line.post.id).expect("of the market")));
        }
    }
    assert!(exact > 300 && kept > 50 && least > 10 && quotas > 100, "{exact} {kept} {least} {quotas}");
}

#[test]
fn as_many_seats_as_it_says_turn_the_answer_under_limits_that_bind_only_with_them() {
    let (mut turned, mut never) = (0, 0);
    for seed in 0..150 {
        let size = Size { units: 14, posts: 5, cohort: 3, oddity: 12 };
        let rows = with_latent_quotas(world(seed, size), &mut Random::new(seed ^ 0x5EA8));
        let market = rows.market();
        let engine = engine(&Config::default());
        let result = run(&engine, &market);
        let insight = Insight::of(&result);
        if insight.basis() == Basis::Decided {
            continue;
        }
        for (unit, post) in pairs(&market) {
            let answer = insight.why_not(unit, post, 3);
            let Some(seats) = answer.seats else { continue };
            let certain = |by: u32| {
                let market = with_more(&rows, &answer.post.id, by);
                let result = run(&engine, &market);
                Insight::of(&result).certainty(unit, post).expect("acceptable").certain
            };
            let first = (1..=3).find(|by| certain(*by) != Certain::None);
            assert_eq!((seats.needed, seats.tried), (first, 3), "unit {unit:?} post {post:?} of {seed}");
            turned += usize::from(first.is_some());
            never += usize::from(first.is_none());
        }
    }
    assert!(turned > 20 && never > 20, "{turned} {never}");
}

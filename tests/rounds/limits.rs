//! Quotas, mentors, bonds and classes that open or not: the engine finds what listing every placement finds.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use talent_match::audit::{Check, audit};
use talent_match::certificate::{Claim, Condition, refute, verify, verify_cases};
use talent_match::control::Threads;
use talent_match::docking::Docking;
use talent_match::formulation::{Goal, Standing};
use talent_match::graph::{Matching, Prices, Solution};
use talent_match::insight::goals;
use talent_match::market::{
    Agreement, AgreementKind, Amount, Base, Bond, BondKind, Dimension, Facet, Flag, Market, Mentor, Opening, Placement,
    Placements, PostIx, PostKind, Quota, Supply, SupplyIx, SupplyKind,
};
use talent_match::{Answer, Config, Control, Error, Impossible, Record};

use crate::random::Random;
use crate::random_markets::{Pick, Size, config, docking, engine, nearness_alone, world};
use crate::world::{WINDOW, World, code, inside, region};

fn facet(random: &mut Random) -> Facet {
    let facets = [
        (Dimension::Post, "post0"),
        (Dimension::Kind, "internship"),
        (Dimension::Kind, "order_class"),
        (Dimension::Owner, "plant0"),
        (Dimension::Owner, "plant1"),
        (Dimension::Member, "true"),
        (Dimension::Occupation, "6-18"),
        (Dimension::Place, "210200"),
        (Dimension::School, "school0"),
        (Dimension::Programme, "programme1"),
        (Dimension::Code, "66"),
        (Dimension::Level, "college"),
        (Dimension::Grade, "2"),
        (Dimension::Home, "210000"),
        (Dimension::Flag, "poor"),
        (Dimension::Flag, "rural"),
    ];
    let (dimension, value) = random.pick(&facets);
    Facet::new(dimension, value)
}

fn quota(k: i64, random: &mut Random) -> Quota {
    let of = (0..random.within(0, 2)).map(|_| facet(random)).collect();
    let mut quota = Quota::new(&format!("quota{k}"), "Quota", of);
    let dimensions = [
        Dimension::Owner,
        Dimension::Kind,
        Dimension::Sector,
        Dimension::Post,
        Dimension::School,
        Dimension::Programme,
        Dimension::Level,
    ];
    let per: BTreeSet<Dimension> = (0..random.within(0, 2)).map(|_| random.pick(&dimensions)).collect();
    quota.per = per.into_iter().collect();
    let min = random.within(1, 2) as u32;
    match random.within(0, 5) {
        0 => quota.min = Some(Amount::Count(min)),
        1 => {
            (quota.min, quota.opening) = (Some(Amount::Count(min + 1)), Opening::OrClosed);
            quota.max = Some(Amount::Count(min + random.within(1, 3) as u32)).filter(|_| random.within(0, 1) == 0);
        }
        2 => {
            let base = random.pick(Base::ALL);
            quota.max = Some(Amount::Percent(random.within(1, 60) as u8, base));
        }
        _ => quota.max = Some(Amount::Count(random.within(0, 3) as u32)),
    }
    if quota.opening == Opening::Always && random.within(0, 2) == 0 {
        quota.penalty = Some(random.within(1, 90) as u32);
    }
    quota
}

/// A small random market with limits of every kind.
pub(crate) fn limited(seed: u64) -> World {
    let mut world = world(seed, Size::TINY);
    let random = &mut Random::new(seed ^ 0x11_17);
    let times = &mut Random::new(seed ^ 0x11_18);
    for post in &mut world.posts {
        post.staff = Some(random.within(0, 9) as u32);
        post.present = Some(random.within(0, 2) as u32).filter(|present| *present > 0);
        if times.within(0, 5) == 0 {
            let day = |day: i64| WINDOW[0].saturating_add(jiff::Span::new().days(day));
            let start = 30 * times.within(0, 3);
            (post.start, post.end) = (day(start), day(start + 40));
        }
        if random.within(0, 3) == 0 && post.seats_max > 0 {
            post.seats_min = random.within(1, i64::from(post.seats_max)) as u32;
            post.opening = random.pick(&[Opening::Always, Opening::OrClosed, Opening::OrClosed]);
        }
    }
    for (k, enterprise) in (0..).zip(&mut world.enterprises) {
        enterprise.staff = 3 * k + random.within(0, 5) as u32;
    }
    let quotas = if world.posts.is_empty() { 0 } else { random.within(0, 3) };
    world.quotas = (0..quotas).map(|k| quota(k, random)).collect();
    if random.within(0, 2) == 0 {
        let everybody = ["school0", "school1", "school2", "plant0", "plant1", "plant2"].map(str::to_owned).to_vec();
        world.agreements.push(Agreement::new("all", "All", AgreementKind::Talent, everybody));
        for post in world.posts.iter_mut().filter(|post| post.kind != PostKind::ThroughTraining) {
            post.kind = random.pick(&[PostKind::Apprenticeship, PostKind::FieldEngineer, post.kind]);
        }
        for k in 0..random.within(1, 5) {
            let party = random.pick(&["plant0", "plant1", "plant2", "school0", "school1"]);
            let mut mentor = Mentor::new(&format!("mentor{k}"), party, random.within(0, 2) as u32);
            let own = world.programmes.iter().find(|programme| programme.school == party);
            mentor.programme = own.map(|programme| programme.id.clone()).filter(|_| random.within(0, 1) == 0);
            world.mentors.push(mentor);
        }
    }
    let ids = |cohorts: bool, world: &World| -> Vec<String> {
        let rows = world.supply.iter().filter(|unit| (unit.kind == SupplyKind::Cohort) == cohorts);
        rows.map(|unit| unit.id.clone()).collect()
    };
    let (cohorts, people) = (ids(true, &world), ids(false, &world));
    if !cohorts.is_empty() && random.within(0, 1) == 0 {
        world.bonds.push(Bond::new("whole", BondKind::Whole, cohorts));
    }
    if people.len() > 1 && random.within(0, 1) == 0 {
        let kind = random.pick(&[BondKind::Together, BondKind::Apart]);
        world.bonds.push(Bond::new("some", kind, people));
    }
    world
}

/// What a placement reaches: people placed, people placed inside the consortium, and steps of score less fines.
pub(crate) type Reached = [i128; 3];

pub(crate) fn reached(docking: &Docking<'_>, placements: &Placements) -> Reached {
    let (market, steps) = (docking.market(), f64::from(docking.config().objective.steps));
    let mut sum = [0; 3];
    for placement in placements.all() {
        let points = docking.explainer().explain(placement.unit, placement.post).total;
        let own = [1, i128::from(inside(market, placement.unit, placement.post)), (points * steps).round() as i128];
        for (sum, own) in sum.iter_mut().zip(own) {
            *sum += own * i128::from(placement.people);
        }
    }
    for group in market.quota_groups() {
        let counts = |placement: &&Placement| {
            group.posts.as_ref().is_none_or(|posts| posts.contains(&placement.post))
                && group.units.as_ref().is_none_or(|units| units.contains(&placement.unit))
        };
        let people: u64 = placements.all().iter().filter(counts).map(|placement| u64::from(placement.people)).sum();
        let beyond = group.min.saturating_sub(people).max(people.saturating_sub(group.max.unwrap_or(u64::MAX)));
        let points = market.quota(group.quota).penalty.unwrap_or(0);
        sum[2] -= i128::from(beyond) * i128::from(points) * steps as i128;
    }
    sum
}

/// Every placement of acceptable pairs within headcounts and seats.
pub(crate) fn all_placements(docking: &Docking<'_>) -> Vec<Placements> {
    placements_within(docking, |post| docking.market().post(post).seats_max)
}

/// Every placement of acceptable pairs within headcounts and as many people a post as `seats` says.
pub(crate) fn placements_within(docking: &Docking<'_>, seats: impl Fn(PostIx) -> u32) -> Vec<Placements> {
    let market = docking.market();
    let mut all: Vec<Vec<Placement>> = vec![Vec::new()];
    for unit in SupplyIx::all(market.supply().len()) {
        let mut ways: Vec<Vec<Placement>> = vec![Vec::new()];
        for post in docking.acceptable().posts_of(unit) {
            for k in 0..ways.len() {
                let placed: u32 = ways[k].iter().map(|placement| placement.people).sum();
                for people in 1..=(market.unit(unit).headcount - placed).min(seats(*post)) {
                    let more = ways[k].iter().copied().chain([Placement { unit, post: *post, people }]);
                    ways.push(more.collect());
                }
            }
        }
        all = all.iter().flat_map(|some| ways.iter().map(|more| [some.as_slice(), more].concat())).collect();
    }
    all.into_iter().map(Placements::new).collect()
}

/// The best that any placement reaches that the audit finds nothing wrong with.
fn best_listed(docking: &Docking<'_>) -> Option<Reached> {
    let clean = |placements: &Placements| audit(docking.market(), &docking.config().rules, placements).is_clean();
    all_placements(docking).iter().filter(|placements| clean(placements)).map(|some| reached(docking, some)).max()
}

/// What the engine finds, proven and kept in files; nothing if it proves that there is nothing.
fn found(market: &Market, config: &Config) -> Option<Reached> {
    let control = Control::new();
    let engine = engine(config);
    let verified = match engine.run(market, &control) {
        Ok(verified) => verified,
        Err(Error::Infeasible(found)) => {
            let docking = docking(market, config);
            let problem = docking.formulation().problem();
            match found.proof() {
                Impossible::Witness(witness) => assert!(refute(problem, witness, &control).holds()),
                Impossible::Cases(cases) => {
                    let proof = verify_cases(problem, cases, &control);
                    assert_eq!((proof.fault(), proof.bound()), (None, None));
                }
            }
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let record = Record::of(&verified);
    let examination = record.examine(docking(market, config), &control);
    let lines =
        || examination.lines().iter().filter(|line| line.faults.as_ref().is_some_and(|faults| !faults.is_empty()));
    assert!(
        examination.verified().is_some(),
        "{:?}\n{}",
        lines().collect::<Vec<_>>(),
        record.file("certificate.json").unwrap_or_default()
    );
    let said: Vec<f64> = goals(&verified).iter().map(|goal| goal.amount).collect();
    let reached = reached(verified.docking(), verified.placements());
    let steps = f64::from(config.objective.steps);
    let all = [(Goal::Placed, 1.0), (Goal::InConsortium, 1.0), (Goal::Score, steps)];
    let asked = all.iter().zip(reached).filter(|((goal, _), _)| config.objective.goals.contains(goal));
    assert_eq!(said, asked.map(|((_, unit), reached)| reached as f64 / unit).collect::<Vec<_>>());
    Some(reached)
}

#[test]
fn small_markets_reach_the_best_of_all_listed() {
    let config = config(|config| config.objective.steps = 10);
    let mut met = [0; 6];
    for seed in 0..3000 {
        let world = limited(seed);
        let market = world.market();
        let docking = docking(&market, &config);
        assert_eq!(found(&market, &config), best_listed(&docking), "{seed}: {world:?}");
        for (_, standing) in docking.formulation().limits() {
            met[match standing {
                Standing::Demand(_) => 0,
                Standing::Supply(_) => 1,
                Standing::Coupling(_) => 2,
                Standing::Idle => 3,
            }] += 1;
        }
        met[4] += i32::from(docking.formulation().problem().needs_search());
        met[5] += i32::from(best_listed(&docking).is_none());
    }
    assert!(met.iter().all(|&count| count > 50), "{met:?}");
}

/// What the certificate finds wrong with a placement, whatever it is worth.
fn broken(docking: &Docking<'_>, placements: &Placements) -> Vec<Condition> {
    let (formulation, problem) = (docking.formulation(), docking.formulation().problem());
    let matched = placements.all().iter().map(|placement| {
        let (unit, post) = (formulation.unit_id(placement.unit), formulation.post_id(placement.post));
        let pair = problem.graph().find(unit, post).expect("the pairs are acceptable");
        talent_match::graph::Placement { pair, count: placement.people }
    });
    let (demand, supply) = (problem.demand_quotas().len(), problem.supply_quotas().len());
    let prices = Prices::new(vec![0; problem.seats().len()]).with_quotas(vec![0; demand], vec![0; supply]);
    let solution = Solution { matching: Matching::new(matched.collect()), prices };
    verify(problem, &solution, Claim::Within(i128::MAX), &Control::new()).failed().collect()
}

#[test]
fn audit_and_certificate_refuse_the_same_placements_and_every_check_breaks_alone() {
    let config = config(|config| config.objective.steps = 10);
    let mut alone: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..500 {
        let world = limited(seed);
        let market = world.market();
        let docking = docking(&market, &config);
        for placements in all_placements(&docking).iter().take(300) {
            let audit = audit(&market, &config.rules, placements);
            let broken = broken(&docking, placements);
            assert_eq!(audit.is_clean(), broken.is_empty(), "{seed}: {:?} {placements:?} {world:?}", audit.findings());
            let checks: BTreeSet<&str> = audit.findings().iter().map(|finding| finding.check.code()).collect();
            if checks.len() == 1 {
                assert_eq!(broken, [Condition::Capacity], "{:?}", audit.findings());
                *alone.entry(checks.into_iter().next().expect("there is one")).or_default() += 1;
            }
        }
    }
    let codes = ["A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10", "A11"];
    assert!(alone.keys().eq(codes.iter()) && alone.values().all(|&count| count > 5), "{alone:?}");
}

#[test]
fn there_is_no_canonical_answer_to_a_search() {
    let mut world = World::of_two();
    (world.posts[0].seats_min, world.posts[0].seats_max, world.posts[0].opening) = (2, 3, Opening::OrClosed);
    let market = world.market();
    let engine = engine(&config(|config| config.answer = Answer::Canonical));
    let refused = engine.run(&market, &Control::new()).expect_err("a class opens or not");
    assert!(refused.to_string().starts_with("E004"), "{refused}");
}

#[test]
fn rows_and_threads_change_nothing() {
    let config = config(|_| {});
    for seed in (0..400).step_by(7) {
        let mut world = limited(seed);
        let run = |world: &World, threads| {
            let market = world.market();
            let threads = NonZeroUsize::new(threads).expect("some threads");
            let control = Control::new().with_threads(Threads::Exactly(threads));
            let engine = engine(&config);
            engine.run(&market, &control).map(|verified| Record::of(&verified)).map_err(|error| error.to_string())
        };
        let one = run(&world, 1);
        world.quotas.reverse();
        world.mentors.reverse();
        world.posts.reverse();
        world.supply.reverse();
        world.bonds.reverse();
        assert_eq!(one, run(&world, 3), "{seed}");
    }
}

#[test]
fn a_soft_quota_needs_points() {
    let mut world = World::of_two();
    let mut quota = Quota::new("cap", "Cap", Vec::new()).at_most(Amount::Count(0));
    quota.penalty = Some(5);
    world.quotas.push(quota);
    let market = world.market();
    let config = config(|config| config.objective.goals = vec![Goal::Placed]);
    let refused = Docking::prepare(&market, &config, &Control::new()).expect_err("nothing counts points");
    assert!(refused.to_string().starts_with("F005"), "{refused}");
}

#[test]
fn ready_made_quotas_count_what_the_rules_say() {
    let mut world = World::of_two();
    let mut other = world.supply[0].clone();
    other.id = "wu".to_owned();
    world.supply.push(other);
    world.posts[0].seats_max = 9;
    world.posts[0].staff = Some(14);
    world.posts[0].present = Some(1);
    world.quotas = vec![
        Quota::interns_of_staff(10),
        Quota::interns_of_post_staff(20),
        Quota::outside_the_consortium(100),
        Quota::programme_at_enterprise(vec![Facet::new(Dimension::Kind, "internship")], 1, 25),
        Quota::equity_share(Flag::Poor, vec![Facet::new(Dimension::Kind, "internship")], 0),
    ];
    let market = world.market();
    let ranges: Vec<_> =
        market.quota_groups().iter().map(|group| (group.label(&market), group.min, group.max)).collect();
    let expected = [
        ("equity-poor", 0, None),
        // A fifth of 14 is 2, and one is there already; a tenth of 800 is 80.
        ("interns-of-post-staff[post:fitter]", 0, Some(1)),
        ("interns-of-staff[owner:plant]", 0, Some(79)),
        ("outside-the-consortium[programme:machining]", 0, Some(2)),
        ("programme-at-enterprise[owner:plant;programme:machining]", 1, Some(25)),
    ];
    assert_eq!(ranges, expected.map(|(label, min, max)| (label.to_owned(), min, max)));
    let config = Config::default();
    assert_eq!(found(&market, &config).map(|reached| reached[0]), Some(1));
}

#[test]
fn a_share_of_the_staff_counts_those_who_are_there_at_one_time() {
    let mut world = World::of_two();
    let day = |day: i64| WINDOW[0].saturating_add(jiff::Span::new().days(day));
    world.posts = [("first", 0, 50), ("middle", 40, 90), ("last", 60, 110)]
        .map(|(id, start, end)| {
            let mut post = world.posts[0].clone();
            (post.id, post.seats_max, post.start, post.end) = (id.to_owned(), 3, day(start), day(end));
            post
        })
        .to_vec();
    world.posts[1].present = Some(1);
    world.enterprises[0].staff = 30;
    world.supply = (0..9)
        .map(|k| {
            let mut unit = world.supply[0].clone();
            unit.id = format!("li{k}");
            unit
        })
        .collect();
    world.quotas = vec![Quota::interns_of_staff(10)];
    let market = world.market();
    let ranges: Vec<_> =
        market.quota_groups().iter().map(|group| (group.label(&market), group.min, group.max)).collect();
    let at = |start| format!("interns-of-staff[owner:plant]@{}", day(start));
    // Three are a tenth, and one is there from the fortieth day on.
    assert_eq!(ranges, [(at(40), 0, Some(2)), (at(60), 0, Some(2))]);
    // Two before and two after the middle, where nobody else has room then.
    assert_eq!(found(&market, &Config::default()).map(|reached| reached[0]), Some(4));

    let people = |counts: [usize; 3]| {
        let posts = ["first", "middle", "last"].into_iter().zip(counts);
        let posts: Vec<&str> = posts.flat_map(|(post, count)| std::iter::repeat_n(post, count)).collect();
        let placed = posts.into_iter().zip(0..).map(|(post, k)| Placement {
            unit: market.find_unit(&format!("li{k}")).expect("nine"),
            post: market.find_post(post).expect("three"),
            people: 1,
        });
        Placements::new(placed.collect())
    };
    let findings = |counts| {
        let audit = audit(&market, &Config::default().rules, &people(counts));
        let broken = audit.findings().iter().filter(|finding| finding.check == Check::QuotaMost);
        broken.map(|finding| (finding.subject.clone(), finding.counted, finding.limit)).collect::<Vec<_>>()
    };
    assert_eq!(findings([2, 0, 2]), []);
    // Before anybody else comes three may be there; then it is too many by one.
    assert_eq!(findings([3, 0, 0]), [(at(40), Some(4), Some(3))]);
    assert_eq!(findings([0, 1, 2]), [(at(60), Some(4), Some(3))]);
}

/// Ten people who score at `near`, where there are as many seats; one more who can only go `far`, where nobody scores.
fn near_and_far() -> World {
    let mut world = World::of_two();
    world.regions = vec![region("210213", None), region("210100", Some((120_000_000, 30_000_000)))];
    world.regions.push(region("210200", Some((120_000_000, 33_000_000))));
    let (mut near, mut far) = (world.posts[0].clone(), world.posts[0].clone());
    (near.id, near.seats_max, near.region) = ("near".to_owned(), 10, Some(code("210100")));
    (far.id, far.seats_max, far.region) = ("far".to_owned(), 11, Some(code("210200")));
    near.start = WINDOW[0].saturating_sub(jiff::Span::new().days(1));
    world.posts = vec![near, far];
    let mut ten = Supply::cohort("ten", "machining", 2, 10, world.supply[0].birth, WINDOW);
    (ten.from, ten.region) = (WINDOW[0].saturating_sub(jiff::Span::new().days(1)), Some(code("210100")));
    let mut last = world.supply[0].clone();
    (last.id, last.region) = ("last".to_owned(), Some(code("210100")));
    world.supply = vec![ten, last];
    world
}

#[test]
fn no_number_of_moves_outweighs_an_earlier_goal() {
    let config = nearness_alone(&[Goal::Placed, Goal::Score]);
    let mut world = near_and_far();
    // The far class opens with ten or not at all: placing one person more moves nine who then score nothing.
    (world.posts[1].seats_min, world.posts[1].opening) = (10, Opening::OrClosed);
    assert_eq!(found(&world.market(), &config), Some([11, 0, 10_000]));
    world.posts[1].seats_max = 0;
    (world.posts[1].seats_min, world.posts[1].opening) = (0, Opening::Always);
    assert_eq!(found(&world.market(), &config), Some([10, 0, 100_000]));
}

#[test]
fn no_fine_outweighs_an_earlier_goal() {
    let mut world = near_and_far();
    let mut quota = Quota::new("far", "Far", vec![Facet::new(Dimension::Post, "far")]).at_most(Amount::Count(0));
    quota.penalty = Some(100_000);
    world.quotas = vec![quota];
    let config = nearness_alone(&[Goal::Placed, Goal::Score]);
    assert_eq!(found(&world.market(), &config), Some([11, 0, 100_000 - 10_000_000]));
}

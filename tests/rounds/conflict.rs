//! Markets whose limits cannot all hold: what contradicts what, and the cheapest changes with which they can.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use talent_match::audit::{Check, audit};
use talent_match::conflict::{Conflict, LimitKind};
use talent_match::control::Threads;
use talent_match::docking::Docking;
use talent_match::eligibility::first_cut;
use talent_match::insight::goals;
use talent_match::market::{Amount, Base, Market, Mode, Opening, Placement, Placements, Quota, Rule};
use talent_match::relaxation::{ChangeKind, Repair, repairs};
use talent_match::{Config, Control, Error, Language, Status};

use crate::limits::{limited, placements_within};
use crate::random_markets::{config, docking, engine};
use crate::world::World;

/// The contradiction in a market; none if its limits can hold.
fn conflict(market: &Market, config: &Config) -> Option<Conflict> {
    match engine(config).run(market, &Control::new()) {
        Ok(_) => None,
        Err(Error::Infeasible(found)) => Some(found.conflict().clone()),
        Err(error) => panic!("{error}"),
    }
}

/// The same repair by one person, or one waiver, less at one of its changes.
fn less(repair: &Repair, at: usize) -> Repair {
    let mut repair = repair.clone();
    repair.changes[at].by -= 1;
    repair.changes[at].waivers.pop();
    repair
}

fn assert_least(market: &Market, config: &Config, repair: &Repair, why: &str) {
    let run = |repair: &Repair| {
        let market = repair.apply(market).expect("a changed market is valid");
        let engine = engine(&repair.configure(config));
        engine.run(&market, &Control::new()).map(|result| (result.status(), goals(&result)))
    };
    let (status, goals) = run(repair).expect("a repair makes it possible");
    assert_eq!((status, Some(goals)), (Status::Optimal, repair.goals.clone()), "{why}");
    for at in 0..repair.changes.len() {
        assert!(matches!(run(&less(repair, at)), Err(Error::Infeasible(_))), "{repair:?} {why}");
    }
}

/// A limit and the side of it that gives way.
type Way = (LimitKind, String, bool);

/// By how many people a placement leaves each limit.
fn broken(docking: &Docking<'_>, placements: &Placements) -> BTreeMap<Way, u64> {
    let market = docking.market();
    let mut ways = BTreeMap::new();
    for finding in audit(market, &docking.config().rules, placements).findings() {
        let (least, most) = (finding.least.unwrap_or(0), finding.limit.unwrap_or(u64::MAX));
        let by = finding.counted.map(|counted| least.saturating_sub(counted).max(counted.saturating_sub(most)));
        let post = finding.post.as_str();
        let kind = match market.find_post(post).map(|post| market.post(post).opening) {
            Some(Opening::OrClosed) => LimitKind::Class,
            _ => LimitKind::Post,
        };
        let (kind, id) = match finding.check {
            Check::Seats | Check::FewestSeats | Check::ClassSize => (kind, post.to_owned()),
            Check::Mentors => (LimitKind::Mentors, format!("mentors({})", finding.subject.replace(", ", ";"))),
            Check::QuotaMost | Check::QuotaLeast | Check::QuotaOpening => continue,
            Check::Whole | Check::Together | Check::Apart => (LimitKind::Bond, finding.subject.clone()),
            _ => panic!("{finding}"),
        };
        ways.insert((kind, id, kind != LimitKind::Bond && least > 0), by.unwrap_or(1));
    }
    for group in market.quota_groups().iter().filter(|group| market.quota(group.quota).penalty.is_none()) {
        let counts = |placement: &&Placement| {
            group.posts.as_ref().is_none_or(|posts| posts.contains(&placement.post))
                && group.units.as_ref().is_none_or(|units| units.contains(&placement.unit))
        };
        let people: u64 = placements.all().iter().filter(counts).map(|placement| u64::from(placement.people)).sum();
        let closed = group.opening(market) == Opening::OrClosed && people == 0;
        let (below, above) = (group.min.saturating_sub(people), people.saturating_sub(group.max.unwrap_or(u64::MAX)));
        for (by, least) in [(if closed { 0 } else { below }, true), (above, false)] {
            if by > 0 {
                ways.insert((LimitKind::Quota, group.label(market), least), by);
            }
        }
    }
    ways
}

/// Whether a strict quota takes a share of the seats of a post.
fn is_shared(market: &Market, post: &str) -> bool {
    market.quota_groups().iter().any(|group| {
        let quota = market.quota(group.quota);
        let share = |amount| matches!(amount, Some(Amount::Percent(_, Base::Seats)));
        let asks = quota.penalty.is_none() && (share(quota.min) || share(quota.max));
        asks && group.posts.as_ref().is_none_or(|posts| posts.iter().any(|own| market.post(*own).id == post))
    })
}

/// Whether a limit asks for people whatever happens.
fn is_minimum(market: &Market, (kind, id, least): &Way) -> bool {
    let opens = market.quota_groups().iter().any(|group| {
        *kind == LimitKind::Quota && group.label(market) == *id && group.opening(market) == Opening::OrClosed
    });
    *least && *kind != LimitKind::Class && !opens
}

/// The least by which each limit alone can give way, and the least that all can together, with the minimums or without them, among
/// all placements.
fn listed(market: &Market, all: &[BTreeMap<Way, u64>]) -> (BTreeMap<Way, u64>, [u64; 2]) {
    let firm = |(kind, id, least): &Way| {
        *kind == LimitKind::Bond
            // A share of the staff at one time.
            || id.contains('@')
            || !least && matches!(kind, LimitKind::Post | LimitKind::Class) && is_shared(market, id)
    };
    let (mut alone, mut together) = (BTreeMap::new(), [u64::MAX; 2]);
    for ways in all.iter().filter(|ways| !ways.keys().any(firm)) {
        let sum = ways.values().sum();
        together[0] = together[0].min(sum);
        if !ways.keys().any(|way| is_minimum(market, way)) {
            together[1] = together[1].min(sum);
        }
        if let (1, Some((way, by))) = (ways.len(), ways.iter().next()) {
            let least = alone.entry(way.clone()).or_insert(*by);
            *least = *by.min(least);
        }
    }
    (alone, together)
}

/// The fewest people to whom each rule that may be waived must not be applied, among all placements without it.
fn waived(docking: &Docking<'_>) -> BTreeMap<String, u64> {
    let (market, mut found) = (docking.market(), BTreeMap::new());
    for rule in [Rule::RoundScope, Rule::Level, Rule::Reach, Rule::Qualification, Rule::Window] {
        let off = config(|config| {
            config.clone_from(docking.config());
            config.rules = config.rules.clone().with_mode(rule, Mode::Off);
        });
        let without = self::docking(market, &off);
        let people = |placements: &Placements| -> u64 {
            let cut = |placement: &&Placement| {
                first_cut(market, &docking.config().rules, placement.unit, placement.post, Language::English).is_some()
            };
            placements.all().iter().filter(cut).map(|placement| u64::from(placement.people)).sum()
        };
        let all = placements_within(&without, |post| market.post(post).seats_max);
        let clean = all.iter().filter(|placements| audit(market, &off.rules, placements).is_clean());
        found.extend(clean.map(people).min().map(|people| (rule.code().to_owned(), people)));
    }
    found
}

/// No placement keeps all demands of the contradiction, one does without any one of them, and the numbers are those of the
/// placements that break only its minimums.
fn assert_contradicts(conflict: &Conflict, all: &[BTreeMap<Way, u64>], why: &str) {
    let minimums: BTreeSet<Way> =
        conflict.minimums.iter().map(|minimum| (minimum.limit.kind, minimum.limit.id.clone(), true)).collect();
    let barriers = conflict.barriers.iter().map(|barrier| {
        assert!(barrier.limit.kind == LimitKind::Bond || barrier.most.is_some() != barrier.opens_with.is_some());
        (barrier.limit.kind, barrier.limit.id.clone(), barrier.opens_with.is_some())
    });
    let demands: BTreeSet<Way> = minimums.iter().cloned().chain(barriers).collect();
    let (mut without, mut missing) = (BTreeSet::new(), u64::MAX);
    for ways in all {
        let broken: Vec<&Way> = ways.keys().filter(|way| demands.contains(way)).collect();
        assert!(!broken.is_empty(), "{why}");
        if let [way] = broken[..] {
            without.insert(way.clone());
        }
        if broken.iter().all(|way| minimums.contains(*way)) {
            missing = missing.min(broken.iter().map(|way| ways[*way]).sum());
        }
    }
    assert_eq!(without, demands, "{why}");
    assert_eq!(conflict.missing, Some(missing), "{why}");
    assert_eq!(conflict.at_most, Some(conflict.needed - missing), "{why}");
    assert_eq!(conflict.needed, conflict.minimums.iter().map(|minimum| minimum.least).sum::<u64>());
}

/// A random market that asks for more people than most have: by a quota over everybody every other time.
fn pressed(seed: u64) -> Market {
    let mut world = limited(seed);
    if seed % 2 == 1 && !world.posts.is_empty() {
        let least = 2 + (seed % 5) as u32;
        world.quotas.push(Quota::new("everybody", "Everybody", Vec::new()).at_least(Amount::Count(least)));
    }
    world.market()
}

#[test]
fn contradictions_and_repairs_of_random_markets_are_those_of_all_placements_listed() {
    let config = config(|config| config.objective.steps = 10);
    let (mut impossible, mut several) = (0, 0);
    let (mut barriers, mut changes) = (BTreeMap::<LimitKind, u32>::new(), BTreeMap::<_, u32>::new());
    for seed in 0..3000 {
        let market = pressed(seed);
        let Some(conflict) = conflict(&market, &config) else { continue };
        let why = format!("{seed}: {conflict:?} {}", market.to_json());
        assert!(conflict.irreducible, "{why}");
        let docking = docking(&market, &config);
        let all = placements_within(&docking, |_| u32::MAX);
        let all: Vec<BTreeMap<Way, u64>> = all.iter().map(|placements| broken(&docking, placements)).collect();
        assert_contradicts(&conflict, &all, &why);
        let short = all.iter().filter(|ways| ways.keys().all(|way| is_minimum(&market, way)));
        assert_eq!(conflict.missing_in_all, short.map(|ways| ways.values().sum()).min(), "{why}");
        let found = repairs(&engine(&config), &market, &Control::new()).expect("the question can be asked");
        assert!(found.complete && found.further == 0, "{why}");
        let (alone, [together, kept]) = listed(&market, &all);
        let (waivers, limits): (Vec<&Repair>, Vec<&Repair>) =
            found.repairs.iter().partition(|repair| repair.changes[0].kind == ChangeKind::Waive);
        assert_eq!(limits.first().map_or(u64::MAX, |repair| repair.heads), together, "{why}");
        let keeps = |repair: &&&Repair| repair.changes.iter().all(|change| change.kind != ChangeKind::Lower);
        assert_eq!(limits.iter().find(keeps).map_or(u64::MAX, |repair| repair.heads), kept, "{why}");
        let way = |repair: &&Repair| {
            let [change] = &repair.changes[..] else { return None };
            let least = !matches!(change.kind, ChangeKind::Raise | ChangeKind::MoreMentors);
            Some(((change.limit.kind, change.limit.id.clone(), least), change.by))
        };
        assert_eq!(limits.iter().filter_map(way).collect::<BTreeMap<_, _>>(), alone, "{why}");
        let of_rule = |repair: &&Repair| (repair.changes[0].limit.id.clone(), repair.changes[0].by);
        assert_eq!(waivers.iter().map(of_rule).collect::<BTreeMap<_, _>>(), waived(&docking), "{why}");
        for repair in &found.repairs {
            assert_least(&market, &config, repair, &why);
            for change in &repair.changes {
                *changes.entry((change.limit.kind, change.kind)).or_default() += 1;
            }
        }
        conflict.barriers.iter().for_each(|barrier| *barriers.entry(barrier.limit.kind).or_default() += 1);
        impossible += 1;
        several += usize::from(found.repairs.iter().any(|repair| repair.changes.len() > 1));
    }
    assert!(impossible > 1_000 && several > 200, "{impossible} impossible, {several} repaired by several changes");
    assert!(barriers.len() == 5 && barriers.values().all(|&met| met > 5), "{barriers:?}");
    assert!(changes.len() == 9 && changes.values().all(|&met| met > 2), "{changes:?}");
}

#[test]
fn rows_and_threads_change_no_contradiction_and_no_repair() {
    let config = config(|_| {});
    let mut impossible = 0;
    for seed in (1..400).step_by(6) {
        let mut world = limited(seed);
        world.quotas.push(Quota::new("everybody", "Everybody", Vec::new()).at_least(Amount::Count(4)));
        let told = |world: &World, threads| {
            let market = world.market();
            let threads = NonZeroUsize::new(threads).expect("some threads");
            let control = Control::new().with_threads(Threads::Exactly(threads));
            let found = match engine(&config).run(&market, &control) {
                Err(Error::Infeasible(found)) => found.conflict().clone(),
                _ => return None,
            };
            let repairs = repairs(&engine(&config), &market, &control).expect("the question can be asked");
            Some((found.text(Language::English), repairs.text(Language::English)))
        };
        let one = told(&world, 1);
        world.quotas.reverse();
        world.mentors.reverse();
        world.posts.reverse();
        world.supply.reverse();
        world.bonds.reverse();
        assert_eq!(one, told(&world, 3), "{seed}");
        impossible += u32::from(one.is_some());
    }
    assert!(impossible > 20, "{impossible}");
}

//! Screening, which asks groups and indexes what they share, finds exactly what asking every pair finds.

use std::collections::BTreeMap;

use talent_match::Language;
use talent_match::audit::{Check, audit};
use talent_match::control::Control;
use talent_match::eligibility::{Cuts, GroupIx, first_cut, screen};
use talent_match::market::{Market, Mode, Placement, Placements, PostIx, Rule, RuleBook, SupplyIx, Waiver};

use crate::random::Random;
use crate::random_markets::{Pick, Size, jinpu_market, rules, world};
use crate::world::pairs;

/// Asks every pair and compares with the screening: pairs, and cuts group by group.
fn assert_screened(market: &Market, book: &RuleBook) -> usize {
    let screened = screen(market, book, &Control::new());
    let mut cuts = BTreeMap::<GroupIx, Cuts>::new();
    let mut pairs = 0;
    for unit in SupplyIx::all(market.supply().len()) {
        let people = u64::from(market.unit(unit).headcount);
        let counted = cuts.entry(screened.group_of(unit)).or_default();
        let acceptable = |post: &PostIx| match first_cut(market, book, unit, *post, Language::English) {
            None => true,
            Some(reason) => {
                counted[reason.rule as usize] += people;
                false
            }
        };
        let posts: Vec<PostIx> = PostIx::all(market.posts().len()).filter(acceptable).collect();
        assert_eq!(screened.posts_of(unit), posts, "{}", market.unit(unit).id);
        assert_eq!(screened.row(unit).len(), posts.len());
        pairs += posts.len();
        let candidates = screened.candidates(screened.group_of(unit));
        assert!(posts.iter().all(|post| candidates.binary_search(post).is_ok()));
    }
    assert_eq!(screened.pairs(), pairs);
    for (k, group) in screened.groups().iter().enumerate() {
        let ix = GroupIx::new(k as u32);
        assert_eq!(screened.cuts(ix), &cuts[&ix], "{group:?}");
        let members = SupplyIx::all(market.supply().len()).filter(|unit| screened.group_of(*unit) == ix);
        assert_eq!(members.map(|unit| u64::from(market.unit(unit).headcount)).sum::<u64>(), group.people());
        assert_eq!((market.home_of(group.first()), market.unit(group.first()).grade), (group.home(), group.grade()));
    }
    let all: u64 = screened.all_cuts().iter().sum();
    assert_eq!(all, cuts.values().flatten().sum::<u64>());
    pairs
}

#[test]
fn of_random_markets_is_what_asking_every_pair_finds() {
    let mut pairs = 0;
    for seed in 0..400 {
        let market = world(seed, Size::USUAL).market();
        pairs += assert_screened(&market, &RuleBook::default());
        assert_screened(&market, &rules(&mut Random::new(seed)));
    }
    assert!(pairs > 1_000, "only {pairs} pairs were acceptable");
}

/// Screening, reasons and audit agree where some pairs need not keep some rules.
#[test]
fn waivers_are_honoured_by_all() {
    let mut lifted = 0;
    for seed in 0..400 {
        let market = world(seed, Size::USUAL).market();
        let all: Vec<(SupplyIx, PostIx)> = pairs(&market).collect();
        if all.is_empty() {
            continue;
        }
        let (mut random, mut book) = (Random::new(seed), RuleBook::default());
        let before = assert_screened(&market, &book);
        for _ in 0..60 {
            let rule = random.pick(Rule::ALL);
            let (unit, post) = random.pick(&all);
            let (unit, post) = (market.unit(unit).id.clone(), market.post(post).id.clone());
            book.waivers.push(Waiver { rule, unit, post });
        }
        lifted += assert_screened(&market, &book) - before;
        for &(unit, post) in &all {
            let cut = first_cut(&market, &book, unit, post, Language::English).map(|reason| Check::Rule(reason.rule));
            let placed = Placements::new(vec![Placement { unit, post, people: 1 }]);
            let audited = audit(&market, &book, &placed);
            let rules = audited.findings().iter().map(|finding| finding.check);
            assert_eq!(rules.filter(|check| matches!(check, Check::Rule(_))).min(), cut);
        }
    }
    assert!(lifted > 20, "only {lifted} pairs became acceptable");
}

#[test]
fn of_a_jinpu_market_is_what_asking_every_pair_finds() {
    let market = jinpu_market(300, 11);
    assert!(assert_screened(&market, &RuleBook::default()) > 1_000);
}

/// The rules that are asked once a group must not look at anything its members do not share.
#[test]
fn rules_about_groups_say_the_same_of_all_members() {
    for seed in 0..400 {
        let market = world(seed, Size::USUAL).market();
        let screened = screen(&market, &RuleBook::default(), &Control::new());
        for rule in &Rule::ALL[..=Rule::Hazard as usize] {
            let others = Rule::ALL.iter().filter(|other| *other != rule);
            let book = others.fold(RuleBook::default(), |book, other| book.with_mode(*other, Mode::Off));
            for (unit, post) in crate::world::pairs(&market) {
                let first = screened.groups()[screened.group_of(unit).index()].first();
                let cut = |unit| first_cut(&market, &book, unit, post, Language::English).is_some();
                assert_eq!(cut(unit), cut(first), "{rule:?} in market {seed}");
            }
        }
    }
}

#[test]
fn of_nobody_or_nothing_finds_nothing() {
    let mut nobody = crate::world::World::of_two();
    nobody.supply.clear();
    assert_eq!(assert_screened(&nobody.market(), &RuleBook::default()), 0);
    let mut nothing = crate::world::World::of_two();
    nothing.posts.clear();
    assert_eq!(assert_screened(&nothing.market(), &RuleBook::default()), 0);
}

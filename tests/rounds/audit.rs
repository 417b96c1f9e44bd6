//! The audit finds what is broken, says exactly that, and agrees with the screening that it shares no code with.

use talent_match::Language;
use talent_match::audit::{Audit, Check, audit};
use talent_match::eligibility::first_cut;
use talent_match::market::{Market, Mode, Placement, Placements, PostIx, Rule, RuleBook, SupplyIx};

use crate::random_markets::{Size, jinpu_market, world};
use crate::rule_cases::cuts;
use crate::rule_neighbours::passes;
use crate::world::{World, pairs};

fn placement(unit: u32, post: u32, people: u32) -> Placement {
    Placement { unit: SupplyIx::new(unit), post: PostIx::new(post), people }
}

fn of(market: &Market, book: &RuleBook, placements: &[Placement]) -> Audit {
    audit(market, book, &Placements::new(placements.to_vec()))
}

fn checks(audit: &Audit) -> Vec<Check> {
    audit.findings().iter().map(|finding| finding.check).collect()
}

#[test]
fn a_placement_that_breaks_one_rule_is_found_with_that_code() {
    for case in cuts() {
        let market = case.world.market();
        let found = of(&market, &RuleBook::default(), &[placement(0, 0, 1)]);
        assert_eq!(checks(&found), [Check::Rule(case.rule)], "{}", case.name);
        let (code, finding) = (case.rule.code(), found.findings()[0].to_string());
        assert!(finding.starts_with(code) && finding.ends_with("unit li, post fitter"), "{finding}");
        // What was decided cannot be softened.
        for mode in [Mode::Off, Mode::Soft(1)].into_iter().filter(|_| case.rule != Rule::Decided) {
            let book = RuleBook::default().with_mode(case.rule, mode);
            let lenient = of(&market, &book, &[placement(0, 0, 1)]);
            assert!(lenient.is_clean() && !lenient.asked().contains(&Check::Rule(case.rule)), "{}", case.name);
        }
    }
}

#[test]
fn a_placement_that_breaks_nothing_is_clean() {
    for case in passes() {
        let mut book = RuleBook::default();
        book.numbers = case.numbers;
        let found = of(&case.world.market(), &book, &[placement(0, 0, 1)]);
        assert!(found.is_clean(), "{}: {:?}", case.name, found.findings());
        assert_eq!((found.asked().len(), found.placements()), (28, 1));
    }
}

#[test]
fn more_people_than_there_are_or_seats_are_counted() {
    let mut world = World::of_two();
    world.posts.push({
        let mut post = world.posts[0].clone();
        (post.id, post.seats_max) = ("miller".to_owned(), 9);
        post
    });
    let mut other = world.supply[0].clone();
    other.id = "wu".to_owned();
    world.supply.push(other);
    let market = world.market();
    let book = RuleBook::default();

    let twice = of(&market, &book, &[placement(0, 0, 1), placement(0, 1, 1)]);
    assert_eq!(checks(&twice), [Check::Headcount]);
    assert_eq!(twice.findings()[0].to_string(), "A01 headcounts, unit li: 2 of at most 1");
    let crowded = of(&market, &book, &[placement(0, 0, 1), placement(1, 0, 1)]);
    assert_eq!(checks(&crowded), [Check::Seats]);
    assert_eq!(crowded.findings()[0].to_string(), "A02 seats, post fitter: 2 of at most 1");
    let split = of(&market, &book, &[placement(0, 1, 1), placement(0, 1, 1)]);
    assert_eq!(checks(&split), [Check::Headcount]);
    let enormous = of(&market, &book, &[placement(0, 0, u32::MAX), placement(0, 0, u32::MAX)]);
    assert_eq!(checks(&enormous), [Check::Headcount, Check::Seats]);
    assert_eq!(enormous.findings()[0].counted, Some(2 * u64::from(u32::MAX)));
    assert!(of(&market, &book, &[placement(0, 0, 1), placement(1, 1, 1)]).is_clean());
}

/// Two implementations that share no code, asked the same questions.
fn assert_agreement(market: &Market) {
    for rule in Rule::ALL {
        let others = Rule::ALL.iter().filter(|other| *other != rule);
        let book = others.fold(RuleBook::default(), |book, other| book.with_mode(*other, Mode::Off));
        for (unit, post) in pairs(market) {
            let cut = first_cut(market, &book, unit, post, Language::English);
            let found = of(market, &book, &[Placement { unit, post, people: 0 }]);
            let (unit, post) = (market.unit(unit), market.post(post));
            assert_eq!(found.count(Check::Rule(*rule)), usize::from(cut.is_some()), "{cut:?}\n{unit:?}\n{post:?}");
        }
    }
}

#[test]
fn agrees_with_the_screening_on_random_markets() {
    for seed in 0..250 {
        assert_agreement(&world(seed, Size { oddity: 2, ..Size::USUAL }).market());
    }
}

#[test]
fn agrees_with_the_screening_on_a_jinpu_market() {
    let market = jinpu_market(150, 5);
    let book = RuleBook::default();
    let everything: Vec<Placement> = pairs(&market).map(|(unit, post)| Placement { unit, post, people: 0 }).collect();
    let found = of(&market, &book, &everything);
    let mut cuts = pairs(&market).filter_map(|(unit, post)| {
        let reason = first_cut(&market, &book, unit, post, Language::English)?;
        Some((market.unit(unit).id.clone(), market.post(post).id.clone(), reason.rule))
    });
    let mut first = std::collections::BTreeMap::new();
    for finding in found.findings() {
        let Check::Rule(rule) = finding.check else { panic!("nobody was placed, so nothing can be too much") };
        let rules = first.entry((finding.unit.clone(), finding.post.clone())).or_insert(rule);
        *rules = rule.min(*rules);
    }
    let broken = first.len();
    assert!(cuts.all(|(unit, post, rule)| first.remove(&(unit, post)) == Some(rule)));
    assert!(first.is_empty() && broken > 1_000);
}

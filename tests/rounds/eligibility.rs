//! Each rule cuts what it should, says so in both languages, and lets its neighbours through.

use std::collections::BTreeSet;

use talent_match::Language::{Chinese, English};
use talent_match::control::Control;
use talent_match::eligibility::{first_cut, penalty, screen, softly_broken};
use talent_match::market::{Mode, PostIx, Rule, RuleBook, SupplyIx};

use crate::rule_cases::cuts;
use crate::rule_neighbours::passes;

const UNIT: SupplyIx = SupplyIx::new(0);
const POST: PostIx = PostIx::new(0);

#[test]
fn every_rule_cuts_alone_and_says_why_in_both_languages() {
    let book = RuleBook::default();
    for case in cuts() {
        let market = case.world.market();
        for (language, sentence) in [(English, case.en), (Chinese, case.zh)] {
            let reason = first_cut(&market, &book, UNIT, POST, language).expect(case.name);
            assert_eq!((reason.rule, reason.sentence.as_str()), (case.rule, sentence), "{}", case.name);
        }
        assert_eq!(screen(&market, &book, &Control::new()).pairs(), 0, "{}", case.name);
    }
    let covered: BTreeSet<Rule> = cuts().iter().map(|case| case.rule).collect();
    assert!(covered.iter().eq(Rule::ALL), "every rule has a case");
}

#[test]
fn a_rule_that_is_off_cuts_nothing_and_costs_nothing() {
    for case in cuts().into_iter().filter(|case| case.rule != Rule::Decided) {
        let (market, book) = (case.world.market(), RuleBook::default().with_mode(case.rule, Mode::Off));
        assert_eq!(first_cut(&market, &book, UNIT, POST, English), None, "{}: another rule cuts it too", case.name);
        assert_eq!(penalty(&market, &book, UNIT, POST), 0, "{}", case.name);
        assert_eq!(softly_broken(&market, &book, UNIT, POST, English), [], "{}", case.name);
        assert_eq!(screen(&market, &book, &Control::new()).pairs(), 1, "{}", case.name);
    }
}

#[test]
fn a_soft_rule_costs_its_points_and_says_the_same() {
    for case in cuts().into_iter().filter(|case| case.rule != Rule::Decided) {
        let (market, book) = (case.world.market(), RuleBook::default().with_mode(case.rule, Mode::Soft(7)));
        assert_eq!(first_cut(&market, &book, UNIT, POST, English), None, "{}", case.name);
        assert_eq!(penalty(&market, &book, UNIT, POST), 7, "{}", case.name);
        let reasons = softly_broken(&market, &book, UNIT, POST, Chinese);
        let said: Vec<_> = reasons.iter().map(|reason| (reason.rule, reason.sentence.as_str())).collect();
        assert_eq!(said, [(case.rule, case.zh)], "{}", case.name);
    }
}

#[test]
fn what_was_decided_cannot_be_switched_off() {
    for mode in [Mode::Off, Mode::Soft(7)] {
        let book = RuleBook::default().with_mode(Rule::Decided, mode);
        assert_eq!(book, RuleBook::default());
        for case in cuts().into_iter().filter(|case| case.rule == Rule::Decided) {
            assert!(first_cut(&case.world.market(), &book, UNIT, POST, English).is_some(), "{}", case.name);
        }
    }
    for mode in [r#""off""#, r#"{"soft": 7}"#] {
        let text = format!(r#"{{"modes": {{"decided": {mode}}}}}"#);
        assert!(serde_json::from_str::<RuleBook>(&text).is_err(), "{mode}");
    }
    let strict: RuleBook = serde_json::from_str(r#"{"modes": {"decided": "strict"}}"#).expect("that is what it is");
    assert_eq!(strict, RuleBook::default());
}

#[test]
fn neighbours_of_every_cut_pass() {
    for case in passes() {
        let (market, mut book) = (case.world.market(), RuleBook::default());
        book.numbers = case.numbers;
        assert_eq!(first_cut(&market, &book, UNIT, POST, English), None, "{}", case.name);
        assert_eq!(screen(&market, &book, &Control::new()).pairs(), 1, "{}", case.name);
        for rule in Rule::ALL {
            assert_eq!(penalty(&market, &book.clone().with_mode(*rule, Mode::Soft(1)), UNIT, POST), 0, "{}", case.name);
        }
    }
}

#[test]
fn several_soft_rules_add_up() {
    let mut world = crate::world::World::of_two();
    world.unit().grade = Some(1);
    world.unit().consent = talent_match::market::Consent::Nobody;
    let market = world.market();
    let book = RuleBook::default().with_mode(Rule::Grade, Mode::Soft(3)).with_mode(Rule::Consent, Mode::Soft(u32::MAX));
    assert_eq!(penalty(&market, &book, UNIT, POST), 3 + u64::from(u32::MAX));
    let rules: Vec<Rule> = softly_broken(&market, &book, UNIT, POST, English).iter().map(|said| said.rule).collect();
    assert_eq!(rules, [Rule::Grade, Rule::Consent]);
}

#[test]
fn the_first_rule_in_the_order_of_checking_is_named() {
    let mut world = crate::world::World::of_two();
    world.unit().grade = Some(1);
    world.unit().consent = talent_match::market::Consent::Nobody;
    let market = world.market();
    let named = |book: &RuleBook| first_cut(&market, book, UNIT, POST, English).map(|reason| reason.rule);
    assert_eq!(named(&RuleBook::default()), Some(Rule::Grade));
    assert_eq!(named(&RuleBook::default().with_mode(Rule::Grade, Mode::Off)), Some(Rule::Consent));
}

//! The compliance sheet against counts made from the rows of the market and the placements by other means.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use talent_match::audit::{Check, audit};
use talent_match::generate::{Jinpu, jinpu, with_rules};
use talent_match::insight::{ComplianceLine, ComplianceState, compliance};
use talent_match::market::{
    Amount, Base, Bond, BondKind, Decision, DecisionState, Market, Mentor, Mode, Opening, PostKind, Quota, Rule,
    RuleBook, Supply, Unit,
};
use talent_match::{Config, Control, Language, Report, Verified};

use crate::decisions::decide;
use crate::limits::limited;
use crate::random::Random;
use crate::random_markets::{config, engine, rules, run};
use crate::world::{WINDOW, World, code};

fn find<'a>(lines: &'a [ComplianceLine], code: &str, id: &str) -> &'a ComplianceLine {
    let mut found = lines.iter().filter(|line| line.code == code && line.id == id);
    let line = found.next().unwrap_or_else(|| panic!("no line {code} {id}"));
    assert!(found.next().is_none(), "{code} {id} has two lines");
    line
}

/// The lines of `world` under the rule book `book`.
fn sheet(world: &World, book: RuleBook) -> Vec<ComplianceLine> {
    let (market, config) = (world.market(), config(|config| config.rules = book));
    let engine = engine(&config);
    compliance(&run(&engine, &market))
}

/// What is nearest: its number with the whole, and its limit with the whole.
fn reading(line: &ComplianceLine) -> ((i64, Option<u64>), (i64, Option<u64>)) {
    let reading = line.nearest.as_ref().expect("something was looked at").reading;
    let (counted, limit) = (reading.counted, reading.limit());
    ((counted.amount(), counted.of()), (limit.amount(), limit.of()))
}

#[test]
fn every_rule_and_check_there_is_has_exactly_one_line() {
    let lines = sheet(&World::of_two(), RuleBook::default());
    let source = include_str!("../../src/audit/mod.rs");
    // Every variant with a code of its own, listed in `Check::COUNTS` or not.
    let codes = source.split("=> \"A").skip(1).filter_map(|rest| rest.split('"').next());
    let checks: BTreeSet<String> = codes.map(|digits| format!("A{digits}")).collect();
    assert_eq!(checks.len(), Check::COUNTS.len());
    let expected: Vec<String> = Rule::ALL.iter().map(|rule| rule.code().to_owned()).chain(checks).collect();
    let found: Vec<&str> = lines.iter().map(|line| line.code).filter(|code| !code.starts_with('L')).collect();
    assert_eq!(found, expected);
    for line in lines.iter().filter(|line| !line.code.starts_with('L')) {
        let source = line.source.as_ref().expect("rules and checks have a source");
        assert!(!source.en.is_empty() && source.zh.chars().any(|letter| letter > '\u{4e00}'), "{line:?}");
    }
}

#[test]
fn pay_is_compared_as_a_fraction() {
    let of = |wage, pay, mode| {
        let mut world = World::of_two();
        (world.post().wage, world.post().pay) = (wage, Some(pay));
        let lines = sheet(&world, RuleBook::default().with_mode(Rule::Pay, mode));
        find(&lines, "R08", "").clone()
    };
    let state = |wage, pay, mode| of(Some(wage), pay, mode).state;
    // 80.9 % rounds down to 80 %, and is not at the limit of 80 %.
    assert_eq!(state(3_000, 2_427, Mode::Strict), ComplianceState::Held);
    assert_eq!(state(3_000, 2_401, Mode::Strict), ComplianceState::Held);
    assert_eq!(state(3_000, 2_400, Mode::Strict), ComplianceState::AtLimit);
    assert_eq!(state(3_000, 2_400, Mode::Soft(5)), ComplianceState::AtLimit);
    assert_eq!(state(3_000, 2_399, Mode::Soft(5)), ComplianceState::Exceeded);
    assert_eq!(state(3_000, 2_399, Mode::Off), ComplianceState::Off);
    assert_eq!(of(None, 1, Mode::Strict).state, ComplianceState::NotAsked);
    let line = of(Some(3_000), 2_399, Mode::Soft(5));
    assert_eq!((line.beyond, line.looked.amount(), line.at_limit), (1, 1, 0));
    assert_eq!(reading(&line), ((2_399, Some(3_000)), (80, Some(100))));
    assert_eq!(line.nearest.expect("one").reading.counted.basis_points(), Some(7_996));
}

#[test]
fn ages_grades_windows_and_programmes_say_how_near_they_come() {
    let mut world = World::of_two();
    world.post().seats_max = 3;
    let mut wu = world.supply[0].clone();
    (wu.id, wu.birth, wu.grade) = ("wu".to_owned(), date(2010, 9, 1), Some(3));
    world.supply.push(wu);
    let lines = sheet(&world, RuleBook::default());
    let age = find(&lines, "R10", "");
    assert_eq!((age.state, age.looked.amount(), age.at_limit), (ComplianceState::AtLimit, 2, 1));
    assert_eq!(age.nearest.as_ref().expect("two").seen.unit, "wu");
    assert_eq!((reading(age).0, age.nearest.as_ref().expect("two").reading.counted.unit()), ((0, None), Unit::AgeDays));
    // From 1 March 2025, the sixteenth birthday, to 1 September 2026.
    world.supply.pop();
    let lines = sheet(&world, RuleBook::default());
    assert_eq!(reading(find(&lines, "R10", "")), ((549, None), (0, None)));
    assert_eq!(reading(find(&lines, "R04", "")), ((2, None), (2, None)));
    assert_eq!(find(&lines, "R04", "").state, ComplianceState::AtLimit);
    assert_eq!(reading(find(&lines, "R13", "")), ((0, None), (0, None)));
    assert_eq!(reading(find(&lines, "R05", "")), ((0, None), (2, None)));
    for (code, state) in [("R03", ComplianceState::NotAsked), ("R12", ComplianceState::NotAsked)] {
        assert_eq!(find(&lines, code, "").state, state, "{code}");
    }
    assert_eq!(find(&lines, "R14", "").state, ComplianceState::Held);
    assert_eq!(find(&lines, "R15", "").state, ComplianceState::NotAsked);
}

/// A plant with `staff`, a cohort of `people` and seats for all, under the cap of a tenth.
fn capped(staff: u32, people: u32, present: u32, penalty: Option<u32>) -> World {
    let mut world = World::of_two();
    world.enterprises[0].staff = staff;
    world.supply = vec![Supply::cohort("ban", "machining", 2, people, world.supply[0].birth, WINDOW)];
    (world.post().seats_max, world.post().present) = (people, Some(present));
    let mut cap = Quota::interns_of_staff(10);
    (cap.penalty, cap.source) = (penalty, Some("办法".to_owned()));
    world.quotas = vec![cap];
    world
}

#[test]
fn caps_by_staff_are_loose_tight_exceeded_softly_or_exceeded_before() {
    let of = |staff, people, present, penalty| {
        let lines = sheet(&capped(staff, people, present, penalty), RuleBook::default());
        let most = find(&lines, "A05", "").clone();
        (find(&lines, "L01", "interns-of-staff").clone(), most)
    };
    let (loose, most) = of(809, 79, 0, None);
    assert_eq!((loose.state, most.state), (ComplianceState::Held, ComplianceState::Held));
    assert_eq!(reading(&loose), ((79, Some(809)), (10, Some(100))));
    assert_eq!((&loose.source.expect("it has one").en, loose.beyond), (&"办法".to_owned(), 0));
    // Nobody more than 80 is a tenth of 809 at most.
    let (tight, most) = of(809, 99, 3, None);
    assert_eq!((tight.state, most.state), (ComplianceState::AtLimit, ComplianceState::AtLimit));
    assert_eq!(reading(&tight), ((80, Some(809)), (10, Some(100))));
    assert_eq!(tight.nearest.as_ref().expect("one").seen.group, "interns-of-staff[owner:plant]");
    let (soft, most) = of(809, 99, 3, Some(1));
    assert_eq!((soft.state, soft.beyond, soft.mode), (ComplianceState::Exceeded, 22, Some(Mode::Soft(1))));
    assert_eq!((reading(&soft), most.state), (((102, Some(809)), (10, Some(100))), ComplianceState::NotAsked));
    // Those who were there before are more than a tenth already; nobody comes to them.
    let (before, _) = of(20, 5, 4, None);
    assert_eq!((before.state, before.excused, before.beyond), (ComplianceState::Before, 2, 0));
    assert_eq!(reading(&before), ((4, Some(20)), (10, Some(100))));
    let (both, _) = of(20, 5, 4, Some(1));
    assert_eq!((both.state, both.excused, both.beyond), (ComplianceState::Exceeded, 2, 5));
}

#[test]
fn minima_classes_mentors_bonds_and_agreements_have_their_lines() {
    let mut world = World::of_two();
    world.agree(&[]);
    world.agreements[0].programmes = vec![code("6601")];
    let mut other = world.agreements[0].clone();
    (other.id, other.programmes) = ("other".to_owned(), vec![code("7102")]);
    world.agreements.push(other);
    (world.post().kind, world.post().seats_max) = (PostKind::Apprenticeship, 4);
    let mut class = world.posts[0].clone();
    (class.id, class.kind, class.seats_min, class.opening) =
        ("class".to_owned(), PostKind::OrderClass, 9, Opening::OrClosed);
    class.seats_max = 9;
    class.owner = "far".to_owned();
    let mut far = world.enterprises[0].clone();
    (far.id, far.name) = ("far".to_owned(), "Far".to_owned());
    world.enterprises.push(far);
    world.posts.push(class);
    for id in ["wu", "xu"] {
        let mut more = world.supply[0].clone();
        more.id = id.to_owned();
        world.supply.push(more);
    }
    world.bonds = vec![Bond::new("pair", BondKind::Together, vec!["li".to_owned(), "wu".to_owned()])];
    world.mentors = vec![Mentor::new("ma", "plant", 3), Mentor::new("xu", "school", 5)];
    let least = Quota::new("least", "Least", Vec::new()).at_least(Amount::Percent(75, Base::People));
    world.quotas = vec![least];
    let lines = sheet(&world, RuleBook::default());
    let state = |code, id| find(&lines, code, id).state;
    assert_eq!(state("L02", "mentors(plant)"), ComplianceState::AtLimit);
    assert_eq!(state("L02", "mentors(school)"), ComplianceState::Held);
    assert_eq!(reading(find(&lines, "L02", "mentors(school)")), ((3, None), (5, None)));
    let mentors = find(&lines, "A08", "");
    assert_eq!((mentors.looked.amount(), mentors.at_limit), (2, 1));
    assert_eq!(mentors.nearest.as_ref().expect("two").seen.group, "mentors(plant)");
    let class = find(&lines, "L04", "class");
    assert_eq!((class.state, &class.nearest), (ComplianceState::Held, &None));
    assert_eq!(find(&lines, "A04", "").looked.amount(), 1);
    assert_eq!((state("L03", "pair"), find(&lines, "A10", "").looked.amount()), (ComplianceState::Held, 2));
    assert_eq!((state("A09", ""), state("A11", "")), (ComplianceState::NotAsked, ComplianceState::NotAsked));
    // Three quarters of three are more than two.
    assert_eq!((state("L01", "least"), state("A06", "")), (ComplianceState::AtLimit, ComplianceState::AtLimit));
    assert_eq!(reading(find(&lines, "L01", "least")), ((3, Some(3)), (75, Some(100))));
    let people = |code, id| find(&lines, code, id).looked.amount();
    assert_eq!([people("L05", "deal"), people("L05", "other"), people("L06", "")], [3, 0, 0]);
    assert_eq!([people("R06", ""), people("R01", "")], [3, 3]);
}

#[test]
fn a_bond_and_mentors_with_the_id_of_a_quota_are_lines_of_their_own() {
    let mut world = World::of_two();
    let mut nobody = Quota::new("mentors", "Nobody", Vec::new()).at_most(Amount::Count(0));
    nobody.penalty = Some(1);
    world.quotas = vec![nobody];
    world.bonds = vec![Bond::new("mentors", BondKind::Apart, vec!["li".to_owned(), "wu".to_owned()])];
    let mut wu = world.supply[0].clone();
    wu.id = "wu".to_owned();
    world.supply.push(wu);
    let lines = sheet(&world, RuleBook::default());
    assert_eq!(find(&lines, "L01", "mentors").state, ComplianceState::Exceeded);
    assert_eq!(find(&lines, "L03", "mentors").state, ComplianceState::Held);
}

#[test]
fn who_stands_against_a_rule_or_has_a_waiver_is_not_bound_and_named() {
    let mut world = World::of_two();
    world.unit().grade = Some(1);
    world.decisions = vec![Decision::at("li", "fitter", DecisionState::Signed)];
    let lines = sheet(&world, RuleBook::default());
    let grade = find(&lines, "R04", "");
    assert_eq!((grade.state, grade.looked.amount(), grade.excused), (ComplianceState::Held, 0, 1));
    assert_eq!(find(&lines, "A12", "").looked.amount(), 1);
    world.decisions.clear();
    let mut book = RuleBook::default();
    let (unit, post) = ("li".to_owned(), "fitter".to_owned());
    book.waivers = vec![talent_match::market::Waiver { rule: Rule::Grade, unit, post }];
    let lines = sheet(&world, book);
    assert_eq!((find(&lines, "R04", "").excused, find(&lines, "R04", "").beyond), (1, 0));
    assert_eq!(find(&lines, "R01", "").looked.amount(), 1);
}

/// People at a post by their decisions, from the rows.
fn standing(market: &Market) -> BTreeMap<(&str, &str), u64> {
    let mut standing = BTreeMap::new();
    for row in market.decisions() {
        if let (DecisionState::Frozen | DecisionState::Signed, Some(post)) = (row.state, &row.post) {
            let heads = market.supply().iter().find(|unit| unit.id == row.unit).expect("a unit").headcount;
            *standing.entry((row.unit.as_str(), post.as_str())).or_default() += u64::from(row.people.unwrap_or(heads));
        }
    }
    standing
}

/// Lines of rules against the audit, which asks each rule again in code of its own, as if it were strict.
fn assert_rules(result: &Verified<'_>, lines: &[ComplianceLine], seen: &mut BTreeMap<&'static str, u64>) {
    let (market, book) = (result.docking().market(), &result.docking().config().rules);
    let standing = standing(market);
    for rule in Rule::ALL {
        let line = find(lines, rule.code(), "");
        let alone = Rule::ALL.iter().fold(book.clone(), |book, other| {
            book.with_mode(*other, if other == rule { Mode::Strict } else { Mode::Off })
        });
        let findings = audit(market, &alone, result.placements());
        let mut broken = 0;
        for finding in findings.findings().iter().filter(|finding| finding.check == Check::Rule(*rule)) {
            let (unit, post) = (market.find_unit(&finding.unit), market.find_post(&finding.post));
            let at = result.placements().of(unit.expect("a unit")).iter();
            let people: u64 = at.filter(|row| Some(row.post) == post).map(|row| u64::from(row.people)).sum();
            broken += people - standing.get(&(finding.unit.as_str(), finding.post.as_str())).copied().unwrap_or(0);
        }
        let soft = matches!(book.mode(*rule), Mode::Soft(_));
        assert_eq!(line.beyond, if soft { broken } else { 0 }, "{line:?}");
        assert_eq!(line.state == ComplianceState::Exceeded, soft && broken > 0, "{line:?}");
        *seen.entry(line.state.word()).or_default() += 1;
    }
    let all: u64 = result.placements().people() - standing.values().sum::<u64>();
    for code in ["R01", "R02", "R07", "R13", "R14"] {
        let line = find(lines, code, "");
        let off = line.state == ComplianceState::Off;
        assert_eq!(line.looked.amount() as u64, if off { 0 } else { all }, "{line:?}");
    }
}

#[test]
fn random_markets_agree_with_the_audit_and_with_sums_by_hand() {
    let mut seen = BTreeMap::new();
    let mut soft = 0;
    for seed in 0..500 {
        let mut random = Random::new(seed ^ 0xc0_11);
        let mut world = limited(seed);
        if seed % 3 == 0 {
            decide(&mut world, &mut random);
        }
        let book = rules(&mut random);
        let (market, config) = (world.market(), config(|config| config.rules = book));
        let engine = engine(&config);
        let Ok(result) = engine.run(&market, &Control::new()) else { continue };
        let lines = compliance(&result);
        assert_rules(&result, &lines, &mut seen);
        let count = |code| lines.iter().filter(|line| line.code == code).count();
        assert_eq!(count("L01"), market.quotas().len());
        assert_eq!(count("L03"), market.bonds().len());
        assert_eq!((count("L05"), count("L06")), (market.agreements().len(), 1));
        for (quota, line) in market.quotas().iter().zip(lines.iter().filter(|line| line.code == "L01")) {
            assert_eq!((&line.id, line.source.is_some()), (&quota.id, quota.source.is_some()));
            let said = talent_match::insight::limits(&result);
            let of_quota = said.iter().filter(|load| load.limit.split(['[', '@']).next() == Some(&quota.id));
            let beyond: u64 = of_quota.map(|load| load.beyond).sum();
            assert_eq!(line.beyond, beyond, "{seed}: {line:?}");
            soft += beyond;
            let excess = line.state == ComplianceState::Exceeded;
            assert_eq!(excess, quota.penalty.is_some() && beyond > 0, "{seed}: {line:?}");
        }
        let full = market.posts().iter().filter(|post| {
            let at = result.placements().all().iter().filter(|row| market.post(row.post).id == post.id);
            at.map(|row| row.people).sum::<u32>() == post.seats_max
        });
        assert_eq!(find(&lines, "A02", "").at_limit, full.count() as u64);
        let report = Report::of(&result);
        assert_eq!(report.compliance, lines);
        for language in [Language::English, Language::Chinese] {
            assert!(report.text(language).lines().all(|line| !line.contains('{')), "{}", report.text(language));
        }
    }
    assert!(seen.values().all(|count| *count > 10) && seen.len() == 5, "{seen:?}");
    assert!(soft > 20, "{soft}");
}

#[test]
fn the_sheet_of_jinpu_is_what_its_rows_say() {
    let catalogue = Market::read_catalogue("examples/data/jinpu").expect("the carried catalogue is valid");
    let plain = jinpu(&catalogue, Jinpu { people: 1_000, seed: 20_260_901, ..Jinpu::default() }).expect("a market");
    let market = with_rules(&plain).expect("its rules");
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let lines = compliance(&result);
    let rows =
        || result.placements().all().iter().map(|row| (market.unit(row.unit), market.post(row.post), row.people));
    // The lowest pay as a share of the wage, and those who are paid exactly four fifths.
    let paid = rows().filter_map(|(_, post, people)| {
        let wage = post.wage.filter(|_| post.kind == PostKind::Internship)?;
        Some((u64::from(post.pay.unwrap_or(0)), u64::from(wage), people))
    });
    let paid: Vec<(u64, u64, u32)> = paid.collect();
    let lowest = paid.iter().min_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1))).expect("interns with a wage");
    let pay = find(&lines, "R08", "");
    let (counted, _) = reading(pay);
    assert_eq!(counted.0 as u64 * lowest.1, lowest.0 * counted.1.expect("a share"), "{pay:?}");
    assert_eq!(pay.looked.amount() as u64, paid.iter().map(|row| u64::from(row.2)).sum::<u64>());
    // One yuan less would be less than four fifths.
    let tight = paid.iter().filter(|row| (row.0 - 1) * 100 < row.1 * 80).map(|row| u64::from(row.2));
    assert_eq!(pay.at_limit, tight.sum::<u64>());
    // The youngest, by date of birth, of those who are not on their way to a college.
    let young = rows().filter(|(_, post, _)| post.kind != PostKind::ThroughTraining).map(|(unit, post, _)| {
        let sixteen = unit.birth.saturating_add(jiff::Span::new().years(16));
        (post.start - sixteen).get_days()
    });
    assert_eq!(Some(reading(find(&lines, "R10", "")).0.0), young.min().map(i64::from));
    // A tenth of the staff of each enterprise, of those who are there at one time: on the first day of some post, with every
    // post that is on then, unless there are more of them on another day.
    let mut filled: BTreeMap<&str, u64> = BTreeMap::new();
    for post in market.posts().iter().filter(|post| post.kind == PostKind::Internship) {
        filled.insert(&post.id, u64::from(post.present.unwrap_or(0)));
    }
    for (_, post, people) in rows() {
        filled.entry(&post.id).and_modify(|all| *all += u64::from(people));
    }
    let mut groups: Vec<(&str, u64, u64)> = Vec::new();
    for plant in market.enterprises() {
        let own = market.posts().iter().filter(|post| post.owner == plant.id && filled.contains_key(post.id.as_str()));
        let own: Vec<_> = own.collect();
        let on = |day| -> BTreeSet<&str> {
            own.iter().filter(|post| post.start <= day && day <= post.end).map(|post| post.id.as_str()).collect()
        };
        let sets: BTreeSet<BTreeSet<&str>> = own.iter().map(|post| on(post.start)).collect();
        let largest = sets.iter().filter(|set| !sets.iter().any(|other| other != *set && set.is_subset(other)));
        groups.extend(
            largest.map(|set| (plant.id.as_str(), set.iter().map(|post| filled[post]).sum(), plant.staff.into())),
        );
    }
    let cap = find(&lines, "L01", "staff");
    let tight = groups.iter().filter(|(_, people, staff)| (people + 1) * 10 > *staff).count();
    assert!(groups.len() > 60 && tight > 2 && tight < 20);
    assert_eq!((cap.looked.amount() as usize, cap.at_limit as usize), (groups.len(), tight), "{cap:?}");
    let ((people, whole), limit) = reading(cap);
    let owner = cap.nearest.as_ref().expect("enterprises").seen.group.clone();
    let owner = owner.strip_prefix("staff[owner:").and_then(|rest| rest.split(']').next()).expect("an owner");
    assert!(groups.contains(&(owner, people as u64, whole.expect("a share"))), "{cap:?}");
    // Of those at their limit, whose share is largest.
    let tight = groups.iter().filter(|(_, people, staff)| (people + 1) * 10 > *staff);
    let largest = tight.max_by(|a, b| (a.1 * b.2).cmp(&(b.1 * a.2))).expect("some");
    assert_eq!((largest.1 * whole.expect("a share"), limit), (people as u64 * largest.2, (10, Some(100))));
    // Agreements: of the school with who offers the post, for all programmes or for this one.
    let agreed = |id: &str| -> i64 {
        let row = market.agreements().iter().find(|row| row.id == id).expect("an agreement");
        let under = rows().filter(|(unit, post, _)| {
            let Some(programme) = market.programmes().iter().find(|own| unit.programme.as_ref() == Some(&own.id))
            else {
                return false;
            };
            let has = |party: &String| row.parties.contains(party) && *party != programme.school;
            let code = programme.code.to_string();
            row.parties.contains(&programme.school)
                && (has(&post.owner) || post.sponsors.iter().any(has))
                && (row.programmes.is_empty() || row.programmes.iter().any(|own| code.starts_with(&own.to_string())))
        });
        under.map(|(_, _, people)| i64::from(people)).sum()
    };
    let used: Vec<&ComplianceLine> = lines.iter().filter(|line| line.code == "L05").collect();
    assert!(used.iter().all(|line| line.looked.amount() == agreed(&line.id)));
    assert!(used.iter().any(|line| line.looked.amount() > 0));
    // Mentors: of who offers the post, and of who sends the person, once where they are the same.
    let mut parties = 0;
    for line in lines.iter().filter(|line| line.code == "L02") {
        let party = line.id.trim_start_matches("mentors(").trim_end_matches(')');
        let with_mentors = rows().filter(|(unit, post, _)| {
            let school = market.programmes().iter().find(|own| unit.programme.as_ref() == Some(&own.id));
            let home = school.map(|own| &own.school).or(unit.enterprise.as_ref());
            let kinds = [PostKind::Apprenticeship, PostKind::FieldEngineer, PostKind::Craftsman];
            kinds.contains(&post.kind) && (post.owner == party || home.is_some_and(|home| home == party))
        });
        let people: i64 = with_mentors.map(|(_, _, people)| i64::from(people)).sum();
        let capacity = market.mentors().iter().filter(|mentor| mentor.party == party).map(|mentor| mentor.capacity);
        assert_eq!(reading(line), ((people, None), (capacity.sum::<u32>().into(), None)), "{line:?}");
        parties += usize::from(people > 0);
    }
    assert!(parties > 10, "{parties}");
    let whole = lines.iter().filter(|line| line.code == "L04").count();
    let opening = market.posts().iter().filter(|post| post.opening == Opening::OrClosed && post.seats_min > 0);
    assert_eq!(whole, opening.count());
}

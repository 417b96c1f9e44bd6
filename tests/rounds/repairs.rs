//! What is said of markets whose limits cannot all hold, and what repairs them, where the answer is known beforehand.

use talent_match::Language::{Chinese, English};
use talent_match::certificate::{refute, verify_cases};
use talent_match::conflict::{Conflict, LimitKind};
use talent_match::market::{
    Agreement, AgreementKind, Amount, Base, Bond, BondKind, Dimension, Facet, Market, Mentor, Opening, PostKind, Quota,
    Rule, Supply,
};
use talent_match::relaxation::{Change, ChangeKind, Repair, Repairs, repairs};
use talent_match::{Config, Control, Error, Impossible, Infeasible};

use crate::random_markets::{docking, engine};
use crate::world::{WINDOW, World};

fn infeasible(market: &Market, config: &Config) -> Infeasible {
    match engine(config).run(market, &Control::new()) {
        Err(Error::Infeasible(found)) => *found,
        other => panic!("{:?}", other.map(|result| result.status())),
    }
}

fn repaired(market: &Market, config: &Config) -> Repairs {
    repairs(&engine(config), market, &Control::new()).expect("the question can be asked")
}

/// The demands and the numbers of a contradiction, and the changes of each repair, in short.
fn told(world: &World) -> (Vec<String>, [Option<u64>; 3], Vec<String>) {
    let (market, config) = (world.market(), Config::default());
    let Conflict { minimums, barriers, needed, at_most, missing, irreducible, .. } =
        infeasible(&market, &config).conflict().clone();
    assert!(irreducible);
    let minimums = minimums.iter().map(|minimum| format!("{} >= {}", minimum.limit.id, minimum.least));
    let barriers = barriers.iter().map(|barrier| match (barrier.most, barrier.opens_with) {
        (Some(most), None) => format!("{} <= {most}", barrier.limit.id),
        (None, Some(least)) => format!("{} opens with {least}", barrier.limit.id),
        _ => barrier.limit.id.clone(),
    });
    let found = repaired(&market, &config);
    assert!(found.complete);
    let repairs = found.repairs.iter().map(|repair| {
        assert_eq!(repair.heads, repair.changes.iter().map(|change| change.by).sum::<u64>());
        let changes = repair.changes.iter();
        let changes = changes.map(|change| format!("{} {} {}", change.kind.word(), change.limit.id, change.by));
        changes.collect::<Vec<_>>().join(" + ")
    });
    (minimums.chain(barriers).collect(), [Some(needed), at_most, missing], repairs.collect())
}

#[track_caller]
fn assert_told(world: &World, demands: &[&str], [needed, at_most, missing]: [u64; 3], repairs: &[&str]) {
    let expected = [needed, at_most, missing].map(Some);
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(told(world), (owned(demands), expected, owned(repairs)));
}

/// `people` like the one of `world`.
fn many(world: &World, people: usize) -> Vec<Supply> {
    let one = |k| {
        let mut unit = world.supply[0].clone();
        unit.id = format!("s{k}");
        unit
    };
    (0..people).map(one).collect()
}

/// `people` students like the one of the world, and as many seats at its post.
fn students(people: usize) -> World {
    let mut world = World::of_two();
    world.posts[0].seats_max = people as u32;
    world.supply = many(&world, people);
    world
}

fn everybody(least: u32) -> Quota {
    Quota::new("all", "Everybody", Vec::new()).at_least(Amount::Count(least))
}

#[test]
fn a_minimum_that_too_few_people_can_reach() {
    let mut world = students(3);
    world.posts[0].seats_min = 3;
    world.supply[2].grade = Some(1);
    assert_told(&world, &["fitter >= 3"], [3, 2, 1], &["lower fitter 1"]);
}

#[test]
fn a_minimum_for_which_there_are_too_few_seats() {
    let mut world = students(3);
    world.posts[0].seats_max = 1;
    world.quotas = vec![everybody(3)];
    assert_told(&world, &["all >= 3", "fitter <= 1"], [3, 1, 2], &["raise fitter 2", "lower all 2"]);
}

/// With more seats, a quota that is a share of them would say something else.
#[test]
fn seats_that_a_quota_takes_a_share_of_do_not_give_way() {
    let mut world = students(3);
    world.posts[0].seats_max = 1;
    let share = Quota::new("share", "Share", Vec::new());
    world.quotas = vec![everybody(3), share.at_least(Amount::Percent(10, Base::Seats))];
    assert_told(&world, &["all >= 3", "fitter <= 1"], [3, 1, 2], &["lower all 2"]);
}

#[test]
fn a_maximum_between() {
    let mut world = students(4);
    let cap = Quota::new("cap", "Cap", vec![Facet::new(Dimension::School, "school")]).per(Dimension::Owner);
    world.quotas = vec![everybody(3), cap.at_most(Amount::Count(1))];
    let demands = ["all >= 3", "cap[owner:plant] <= 1"];
    assert_told(&world, &demands, [3, 1, 2], &["raise cap[owner:plant] 2", "lower all 2"]);
}

#[test]
fn mentors_between() {
    let mut world = World::of_craftsmen();
    world.posts[0].seats_max = 4;
    world.supply = many(&world, 4);
    world.mentors = vec![Mentor::new("ma", "plant", 1)];
    world.quotas = vec![everybody(3)];
    assert_told(
        &world,
        &["all >= 3", "mentors(plant) <= 1"],
        [3, 1, 2],
        &["more_mentors mentors(plant) 2", "lower all 2"],
    );
}

/// Where a party has no mentor at all, one is added.
#[test]
fn no_mentors_between() {
    let mut world = World::of_craftsmen();
    world.mentors = vec![Mentor::new("ma", "school", 9)];
    world.quotas = vec![everybody(1)];
    assert_told(
        &world,
        &["all >= 1", "mentors(plant) <= 0"],
        [1, 0, 1],
        &["more_mentors mentors(plant) 1", "lower all 1"],
    );
}

#[test]
fn a_class_between() {
    let mut world = students(3);
    (world.posts[0].seats_min, world.posts[0].seats_max, world.posts[0].opening) = (5, 9, Opening::OrClosed);
    world.quotas = vec![everybody(1)];
    let demands = ["all >= 1", "fitter opens with 5"];
    assert_told(&world, &demands, [1, 0, 1], &["lower all 1", "open_with_fewer fitter 2"]);
}

#[test]
fn a_bond_between() {
    let mut world = students(2);
    world.bonds = vec![Bond::new("rivals", BondKind::Apart, vec!["s0".to_owned(), "s1".to_owned()])];
    world.quotas = vec![everybody(2)];
    assert_told(&world, &["all >= 2", "rivals"], [2, 1, 1], &["lower all 1"]);
}

#[test]
fn minimums_that_want_the_same_people() {
    let mut world = students(3);
    world.posts[0].seats_min = 2;
    let mut other = world.posts[0].clone();
    other.id = "turner".to_owned();
    world.posts.push(other);
    assert_told(&world, &["fitter >= 2", "turner >= 2"], [4, 3, 1], &["lower fitter 1", "lower turner 1"]);
}

/// Two contradictions that have nothing in common: no single limit is enough.
#[test]
fn two_contradictions_at_once() {
    let mut world = students(2);
    world.posts[0].seats_min = 2;
    world.supply.truncate(1);
    let mut other = world.posts[0].clone();
    (other.id, other.seats_min, other.seats_max, other.kind) = ("class".to_owned(), 3, 3, PostKind::OrderClass);
    world.posts.push(other);
    let parties = vec!["school".to_owned(), "plant".to_owned()];
    world.agreements.push(Agreement::new("deal", "Deal", AgreementKind::Talent, parties));
    let (market, config) = (world.market(), Config::default());
    let found = repaired(&market, &config);
    let [repair] = &found.repairs[..] else { panic!("{found:?}") };
    assert_eq!((repair.heads, repair.changes.len()), (4, 2));
}

/// A student who is not free for the whole time.
#[test]
fn a_rule_between() {
    let mut world = students(3);
    world.posts[0].seats_min = 3;
    world.supply[1].from = WINDOW[1];
    assert_told(&world, &["fitter >= 3"], [3, 2, 1], &["waive R13 1", "lower fitter 1"]);
}

const ENGLISH: &str = "\
Why the limits cannot all hold
The minimums below ask for 3 people in all; 1 of these can be placed at most, so 2 are missing.
3 people could be placed where one of them counts.
Every one of these demands is needed for the contradiction: whatever resolves it changes at least one of them.

 minimum           of      offered by   source      needed   already there   acceptable people
───────────────────────────────────────────────────────────────────────────────────────────────
 Everybody (all)   quota   –            Plan 2026        3               0                   3
Acceptable for Everybody (all): 3 of Vocational centre (machining)
Not acceptable there: 1 by R04 year of study, 1 by R13 time window

What stands between
 limit             of     offered by      source   at most   opens with
────────────────────────────────────────────────────────────────────────
 Fitter (fitter)   post   Machine plant   –              1            –

What would make it possible, the cheapest first
Each line, or each group of lines of one number, is enough alone, and no less of it is.
 no.   change              limit             offered by      by people   the round then reaches
────────────────────────────────────────────────────────────────────────────────────────────────
 1     raise the maximum   Fitter (fitter)   Machine plant           2      3 placed, 48 points
 2     lower the minimum   Everybody (all)   –                       2      1 placed, 16 points
";

const CHINESE: &str = "\
各项限额为何不能同时满足
下列各项下限共需 3 人，其中最多可安置 1 人，缺 2 人。
可安置到其中任一项的共 3 人。
下列各项要求缺一不可构成矛盾：要消除矛盾，至少须改变其中一项。

 下限               类别   提供方   依据        需要人数   已在岗   合格人数
─────────────────────────────────────────────────────────────────────────────
 Everybody（all）   名额   –        Plan 2026          3        0          3
Everybody（all）的合格人员：Vocational centre（machining）3 人
不合格人员：R04 年级 1 人、R13 时间段 1 人

其间的限额
 限额               类别   提供方          依据   最多   开班人数
──────────────────────────────────────────────────────────────────
 Fitter（fitter）   岗位   Machine plant   –         1          –

可行的调整，代价小的在前
每一行（或同一序号的各行）单独即可，且不能更少。
 序号   调整       限额               提供方          人数     调整后本轮达成
──────────────────────────────────────────────────────────────────────────────
 1      提高上限   Fitter（fitter）   Machine plant      2   安置 3 人、48 分
 2      降低下限   Everybody（all）   –                  2   安置 1 人、16 分
";

#[test]
fn words_in_both_languages() {
    let mut world = students(5);
    world.posts[0].seats_max = 1;
    world.supply[3].grade = Some(1);
    world.supply[4].from = WINDOW[1];
    let mut quota = everybody(3);
    quota.source = Some("Plan 2026".to_owned());
    world.quotas = vec![quota];
    let (market, config) = (world.market(), Config::default());
    let (found, repairs) = (infeasible(&market, &config), repaired(&market, &config));
    for (language, text) in [(English, ENGLISH), (Chinese, CHINESE)] {
        assert_eq!(found.conflict().text(language) + "\n" + &repairs.text(language), text);
    }
    assert_eq!(
        found.message(English),
        "E001: the minimums cannot all hold: Everybody (all): 3 people are needed, 1 can be placed at most, 2 are missing; \
         lower a minimum, raise what stands in its way, or let more people reach it"
    );
    assert_eq!(
        found.message(Chinese),
        "E001：各项下限不能同时满足：Everybody（all）共需 3 人，最多可安置 1 人，缺 2 人；\
         请降低下限、放宽其间的限额，或让更多人可以到达"
    );
    assert_eq!(Error::Infeasible(Box::new(found.clone())).to_string(), found.message(English));
    let data = serde_json::to_value(found.conflict()).expect("plain data");
    assert_eq!(data["minimums"][0]["limit"]["source"], "Plan 2026");
    assert_eq!(data["minimums"][0]["reach"]["cut"][1]["code"], "R13");
    assert_eq!(serde_json::to_value(&repairs).expect("plain data")["repairs"][0]["changes"][0]["kind"], "raise");
}

#[test]
fn words_about_waivers_and_what_was_not_found_out() {
    let mut world = students(2);
    world.posts[0].seats_min = 2;
    world.supply[1].from = WINDOW[1];
    let (market, config) = (world.market(), Config::default());
    let repairs = repaired(&market, &config);
    let text = repairs.text(English);
    let line = text.lines().nth(4).expect("there is a repair").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(line, "1 waive for some people R13 time window – 1 2 placed, 32 points");
    assert!(text.contains("R13 waived: s1 at fitter"), "{text}");
    assert!(repairs.text(Chinese).contains("豁免 R13：s1 安排在 fitter"));
    // Who is already acceptable needs no waiver, and a waiver of nobody is refused.
    let waiver = &repairs.repairs[0].changes[0].waivers[0];
    let mut config = repairs.repairs[0].configure(&config);
    assert!(
        config.rules.waives(Rule::Window, &waiver.unit, &waiver.post)
            && !config.rules.waives(Rule::Window, "s0", "fitter")
    );
    assert_eq!(Config::from_json(&config.to_json()), Ok(config.clone()));
    config.rules.waivers[0].unit = "nobody".to_owned();
    let refused = engine(&config).run(&market, &Control::new()).expect_err("nobody is called so");
    assert!([English, Chinese].iter().all(|language| refused.message(*language).starts_with("F006")), "{refused}");
    let unsure = Repairs { complete: false, further: 3, ..repairs };
    assert!(unsure.text(English).contains("3 further changes") && unsure.text(English).contains("Not every question"));
}

/// A market whose limits can hold contradicts nothing and needs nothing.
#[test]
fn what_is_possible_needs_no_repair() {
    let (market, config) = (students(3).market(), Config::default());
    assert_eq!(repaired(&market, &config), Repairs { repairs: Vec::new(), further: 0, complete: true });
    let conflict = Conflict::of(&docking(&market, &config), &Control::new());
    assert_eq!((conflict.minimums.len(), conflict.barriers.len(), conflict.text(English)), (0, 0, String::new()));
}

/// The carried Jinpu market with so many craftsmen to be placed, enough mentors at the schools and at most enterprises, but
/// one place with a mentor at each that trains craftsmen.
fn few_mentors(craftsmen: u32) -> Market {
    let market = Market::read("examples/data/jinpu").expect("the carried market is valid");
    let of = |id: &str, places| Mentor::new(&format!("mentor-{id}"), id, places);
    let trains = |id: &str| market.posts().iter().any(|post| post.kind == PostKind::Craftsman && post.owner == id);
    let schools = market.schools().iter().map(|school| of(&school.id, 1_000));
    let enterprises = market.enterprises().iter().map(|row| of(&row.id, if trains(&row.id) { 1 } else { 1_000 }));
    let mentors = schools.chain(enterprises).collect();
    let quota = Quota::new("craftsmen", "工匠", vec![Facet::new(Dimension::Kind, "craftsman")]);
    let quotas = vec![quota.at_least(Amount::Count(craftsmen))];
    market.with_limits(market.posts().to_vec(), quotas, mentors).expect("the market is valid")
}

#[test]
fn too_few_mentors_for_the_craftsmen_of_jinpu() {
    let config = std::fs::read_to_string("examples/data/jinpu/config.json").expect("the configuration is there");
    let config = Config::from_json(&config).expect("the configuration is valid");
    let market = few_mentors(12);
    let found = infeasible(&market, &config);
    let (docking, control) = (docking(&market, &config), Control::new());
    let problem = docking.formulation().problem();
    assert!(match found.proof() {
        Impossible::Witness(witness) => refute(problem, witness, &control).holds(),
        Impossible::Cases(cases) => {
            let proof = verify_cases(problem, cases, &control);
            proof.is_sound() && proof.bound().is_none()
        }
    });
    let Conflict { minimums, barriers, people, needed, irreducible, missing_in_all, .. } = found.conflict();
    assert_eq!((minimums.len(), minimums[0].limit.id.as_str(), *needed, *people), (1, "craftsmen", 12, 56));
    assert!(*irreducible && barriers.iter().any(|barrier| barrier.limit.kind == LimitKind::Mentors), "{barriers:?}");
    let repairs = repaired(&market, &config);
    assert_eq!((*missing_in_all, repairs.repairs[0].heads), (Some(8), 8));
    assert!(found.message(English).contains("8 with all limits of the market"), "{found}");
    assert!(found.conflict().text(Chinese).contains("计入市场全部限额，各项下限合计至少缺 8 人。"));
    let kept = |repair: &&Repair| repair.changes.iter().all(|change| change.kind != ChangeKind::Lower);
    let more = repairs.repairs.iter().find(kept).expect("with more mentors there is room for all");
    let mentors = |change: &&Change| change.kind == ChangeKind::MoreMentors;
    assert!(more.changes.iter().filter(mentors).map(|change| change.by).sum::<u64>() > 0, "{more:?}");
    for repair in &repairs.repairs {
        let possible = |repair: &Repair| {
            let (market, config) = (repair.apply(&market).expect("it is valid"), repair.configure(&config));
            Conflict::of(&self::docking(&market, &config), &control).minimums.is_empty()
        };
        assert!(possible(repair), "{repair:?}");
        for at in 0..repair.changes.len() {
            let mut less = repair.clone();
            less.changes[at].by -= 1;
            assert!(!possible(&less), "{less:?}");
        }
    }
}

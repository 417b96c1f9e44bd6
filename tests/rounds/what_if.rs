//! What if: a changed market is the one that the changed rows make, and its round the one that they have.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use talent_match::insight::{PostName, goals};
use talent_match::market::{
    Agreement, AgreementKind, Amount, Bond, BondKind, Decision, DecisionState, Dimension, Facet, FaultCode, Investment,
    Market, Mentor, Quota,
};
use talent_match::relaxation::{floors, leximin};
use talent_match::report::{floored, swept};
use talent_match::scoring::Criterion;
use talent_match::what_if::{ChangeSet, Changed, Comparison, Sweep, SweepState, TABLES, Turn, View, sweep, what_if};
use talent_match::{Config, Control, Error, Language, Verified};

use crate::classes::classy;
use crate::random::Random;
use crate::random_markets::{Size, config, engine, run, world};
use crate::world::World;

fn changes(value: Value) -> ChangeSet {
    serde_json::from_value(value).expect("it is a change set")
}

fn applied(changes: &ChangeSet, market: &Market, config: &Config) -> Changed {
    changes.apply(market, config).expect("the changed market is valid")
}

/// A row of a table as the market document writes it.
fn row(market: &Market, table: &str, id: &str) -> Value {
    let document: Value = serde_json::from_str(&market.to_json()).expect("a market is JSON");
    let mut rows = document[table].as_array().expect("a table").iter();
    rows.find(|row| row["id"] == id).expect("a row").clone()
}

type Places = BTreeMap<(String, String), u64>;

fn places(result: &Verified<'_>) -> Places {
    let market = result.docking().market();
    let mut places = Places::new();
    for placement in result.placements().all().iter().filter(|placement| placement.people > 0) {
        let key = (market.unit(placement.unit).id.clone(), market.post(placement.post).id.clone());
        *places.entry(key).or_default() += u64::from(placement.people);
    }
    places
}

/// Whoever is said to move, and nobody else, leads from one round to the other.
fn assert_leads(before: &Verified<'_>, after: &Verified<'_>, said: &Comparison) {
    let mut now = places(before);
    for transfer in &said.transfers {
        assert!(transfer.people > 0 && transfer.from != transfer.to, "{transfer:?}");
        if let Some(from) = &transfer.from {
            *now.get_mut(&(transfer.unit.clone(), from.id.clone())).expect("somebody is there") -= transfer.people;
        }
        if let Some(to) = &transfer.to {
            *now.entry((transfer.unit.clone(), to.id.clone())).or_default() += transfer.people;
        }
    }
    now.retain(|_, people| *people > 0);
    assert_eq!(now, places(after));
    let [old, new] = [before, after].map(|result| result.docking().market());
    for transfer in &said.transfers {
        let known = [old, new].map(|market| market.find_unit(&transfer.unit).is_some());
        let turn = match (transfer.from.is_some(), transfer.to.is_some(), known) {
            (true, true, _) => Turn::Moves,
            (false, _, [true, _]) => Turn::Gains,
            (false, ..) => Turn::Comes,
            (_, _, [_, true]) => Turn::Loses,
            _ => Turn::Leaves,
        };
        assert_eq!(transfer.turn, turn);
        let wishes =
            [new, old].into_iter().find_map(|market| Some(&market.unit(market.find_unit(&transfer.unit)?).wishes));
        let rank = |post: &PostName| {
            wishes.and_then(|wishes| wishes.iter().position(|id| *id == post.id)).unwrap_or(usize::MAX)
        };
        let order = match (&transfer.from, &transfer.to) {
            (Some(from), Some(to)) => rank(from).cmp(&rank(to)),
            (None, _) => std::cmp::Ordering::Greater,
            _ if turn == Turn::Leaves => std::cmp::Ordering::Equal,
            _ => std::cmp::Ordering::Less,
        };
        let view = [View::Worse, View::Same, View::Better][(order as i8 + 1) as usize];
        assert_eq!(transfer.view, view, "{transfer:?}");
    }
    let sum = |turn| said.transfers.iter().filter(|one| one.turn == turn).map(|one| one.people).sum::<u64>();
    assert!(Turn::ALL.iter().all(|turn| said.people.get(turn).copied().unwrap_or(0) == sum(*turn)));
    assert_eq!(said.views.values().sum::<u64>(), said.people.values().sum::<u64>());
    let open = |result: &Verified<'_>, id: &str| places(result).iter().any(|((_, post), _)| post == id);
    assert!(said.opened.iter().all(|class| open(after, &class.id) && !open(before, &class.id)));
    assert!(said.closed.iter().all(|class| open(before, &class.id) && !open(after, &class.id)));
}

fn assert_goals(before: &Verified<'_>, after: &Verified<'_>, said: &Comparison) {
    let (before, after) = (goals(before), goals(after));
    for change in &said.goals {
        let of = |goals: &[talent_match::insight::GoalValue]| {
            goals.iter().find(|value| value.goal == change.goal).map(|value| value.amount)
        };
        assert_eq!((change.before, change.after), (of(&before), of(&after)));
    }
    assert!(after.iter().all(|value| said.goals.iter().any(|change| change.goal == value.goal)));
}

#[test]
fn the_changed_round_is_as_good_as_one_that_begins_from_nothing() {
    let (mut moved, mut lost, mut came, mut left) = (0, 0, 0, 0);
    let size = Size { units: 14, posts: 5, cohort: 3, oddity: 16 };
    for seed in 0..250 {
        let random = &mut Random::new(seed ^ 0x0F);
        let rows = if seed % 5 == 0 { classy(seed) } else { world(seed, size) };
        let mut other = rows.clone();
        let mut put = json!({ "posts": [], "supply": [] });
        let mut gone = Vec::new();
        for post in &mut other.posts {
            if random.within(0, 2) == 0 {
                post.seats_max += random.within(0, 2) as u32;
                put["posts"].as_array_mut().expect("a list").push(json!({"id": post.id, "seats_max": post.seats_max}));
            }
        }
        other.supply.retain(|unit| {
            let leaves = random.within(0, 6) == 0;
            gone.extend(leaves.then(|| unit.id.clone()));
            !leaves
        });
        if let Some(like) = rows.supply.first() {
            let mut new = like.clone();
            "newcomer".clone_into(&mut new.id);
            other.supply.push(new);
            put["supply"].as_array_mut().expect("a list").push(row(&other.market(), "supply", "newcomer"));
        }
        let weight = random.within(0, 60) as u32;
        let set = changes(json!({
            "name": "other", "put": put, "leave": {"supply": gone},
            "config": {"criteria": {"weights": {"wish": weight}}, "rules": {"numbers": {"pay_percent": 70}}},
        }));
        let settings = config(|config| config.rules.numbers.pay_percent = 75);
        let settled = config(|config| {
            config.rules.numbers.pay_percent = 70;
            config.criteria = config.criteria.clone().with_weight(Criterion::Wish, weight);
        });
        let (market, expected) = (rows.market(), other.market());
        let changed = applied(&set, &market, &settings);
        assert_eq!(changed.market.to_json(), expected.to_json(), "seed {seed}");
        assert_eq!(changed.config, settled);
        let (first, second) = (engine(&settings), engine(&settled));
        let (before, cold) = (run(&first, &market), run(&second, &expected));
        let said = what_if(&before, &set, &Control::new()).expect("a round");
        assert!(said.exact && said.name == "other");
        assert_goals(&before, &cold, &said);
        // Beside the same round begun from nothing, the words about it hold too.
        let beside = Comparison::of("other", &before, &cold);
        assert_leads(&before, &cold, &beside);
        let warm = second.run_from(&expected, &before, &mut talent_match::solve::Workspace::new(), &Control::new());
        assert_leads(&before, &warm.expect("a round"), &said);
        moved += said.people.get(&Turn::Moves).copied().unwrap_or(0);
        lost += said.people.get(&Turn::Loses).copied().unwrap_or(0);
        came += said.people.get(&Turn::Comes).copied().unwrap_or(0);
        left += said.people.get(&Turn::Leaves).copied().unwrap_or(0);
    }
    assert!(moved > 30 && lost > 10 && came > 50 && left > 50, "{moved} {lost} {came} {left}");
}

#[test]
fn nobody_moves_where_nothing_changes() {
    for seed in 0..60 {
        let market = world(seed, Size::USUAL).market();
        let engine = engine(&Config::default());
        let before = run(&engine, &market);
        let said = what_if(&before, &ChangeSet::default(), &Control::new()).expect("a round");
        assert!(said.goals.iter().all(|goal| goal.by() == Some(0.0)));
        assert_eq!((said.transfers, said.schools, said.enterprises), (vec![], vec![], vec![]), "seed {seed}");
    }
}

/// Two of everything, tied to each other wherever rows can be.
fn tied() -> World {
    let mut world = World::of_two();
    for (table, id) in [("school", "college"), ("programme", "welding"), ("plant", "yard")] {
        match table {
            "school" => world.schools.push({
                let mut school = world.schools[0].clone();
                id.clone_into(&mut school.id);
                school
            }),
            "programme" => world.programmes.push({
                let mut programme = world.programmes[0].clone();
                (programme.id, programme.school) = (id.to_owned(), "college".to_owned());
                programme
            }),
            _ => world.enterprises.push({
                let mut plant = world.enterprises[0].clone();
                id.clone_into(&mut plant.id);
                plant
            }),
        }
    }
    let (post, unit) = (world.posts[0].clone(), world.supply[0].clone());
    for (id, owner) in [("welder", "yard"), ("turner", "plant")] {
        let mut other = post.clone();
        (other.id, other.owner) = (id.to_owned(), owner.to_owned());
        other.sponsors = vec!["plant".to_owned(), "yard".to_owned()];
        world.posts.push(other);
    }
    for (id, programme) in [("wu", "welding"), ("xu", "machining")] {
        let mut other = unit.clone();
        (other.id, other.programme) = (id.to_owned(), Some(programme.to_owned()));
        other.wishes = ["welder", "fitter"].map(str::to_owned).to_vec();
        world.supply.push(other);
    }
    let parties = |parties: &[&str]| parties.iter().map(|party| (*party).to_owned()).collect::<Vec<_>>();
    world.agreements = vec![
        Agreement::new("deal", "Deal", AgreementKind::Talent, parties(&["college", "yard"])),
        Agreement::new("pact", "Pact", AgreementKind::Talent, parties(&["college", "plant", "school"])),
    ];
    world.mentors = vec![Mentor::new("m1", "yard", 2), Mentor::new("m2", "plant", 2)];
    world.investments = vec![Investment::new("plant", 2025, 9, 1), Investment::new("yard", 2025, 9, 1)];
    world.bonds = vec![Bond::new("b1", BondKind::Together, parties(&["li", "wu", "xu"]))];
    world.decisions = vec![
        Decision::at("wu", "fitter", DecisionState::Declined),
        Decision::at("xu", "welder", DecisionState::Placed),
        Decision::at("xu", "fitter", DecisionState::Placed),
    ];
    let facet = Facet::new;
    world.quotas = vec![
        Quota::new("q1", "Cap", vec![facet(Dimension::School, "college")]).at_most(Amount::Count(5)),
        Quota::new("q2", "Cap", vec![facet(Dimension::Owner, "yard"), facet(Dimension::Owner, "plant")])
            .at_most(Amount::Count(5)),
        Quota::new("q3", "Cap", vec![facet(Dimension::Kind, "internship")]).at_most(Amount::Count(5)),
    ];
    world.round.schools = parties(&["school", "college"]);
    world.round.enterprises = parties(&["plant", "yard"]);
    world
}

#[test]
fn what_cannot_be_without_a_row_leaves_with_it() {
    let mut rows = tied();
    // Staying twice as often as there are people is no market.
    rows.decisions.pop();
    let market = rows.market();
    let document =
        |changed: &Changed| -> Value { serde_json::from_str(&changed.market.to_json()).expect("a market is JSON") };
    let ids = |value: &Value| -> Vec<String> {
        let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
        rows.iter().map(|row| row["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let config = Config::default();
    let without = document(&applied(&changes(json!({"leave": {"schools": ["college"]}})), &market, &config));
    assert_eq!(ids(&without["programmes"]), ["machining"]);
    assert_eq!(ids(&without["supply"]), ["li", "xu"]);
    assert_eq!(ids(&without["agreements"]), ["pact"]);
    assert_eq!(without["agreements"][0]["parties"], json!(["plant", "school"]));
    assert_eq!(without["bonds"][0]["units"], json!(["li", "xu"]));
    assert_eq!(ids(&without["quotas"]), ["q2", "q3"]);
    assert_eq!(without["decisions"].as_array().map(Vec::len), Some(1));
    assert_eq!(without["round"]["schools"], json!(["school"]));
    let without = document(&applied(&changes(json!({"leave": {"enterprises": ["yard"]}})), &market, &config));
    assert_eq!(ids(&without["posts"]), ["fitter", "turner"]);
    assert_eq!(without["posts"][1]["sponsors"], json!(["plant"]));
    assert_eq!(ids(&without["mentors"]), ["m2"]);
    assert_eq!(without["investments"].as_array().map(Vec::len), Some(1));
    assert_eq!(without["supply"][1]["wishes"], json!(["fitter"]));
    assert_eq!(ids(&without["agreements"]), ["pact"]);
    assert_eq!(ids(&without["quotas"]), ["q1", "q2", "q3"]);
    assert_eq!(without["quotas"][1]["of"], json!(["owner:plant"]));
    assert_eq!(without["round"]["enterprises"], json!(["plant"]));
    let without = document(&applied(&changes(json!({"leave": {"programmes": ["welding"]}})), &market, &config));
    assert_eq!((ids(&without["schools"]).len(), ids(&without["supply"])), (2, vec!["li".to_owned(), "xu".to_owned()]));
    let without = document(&applied(&changes(json!({"leave": {"supply": ["li", "wu", "xu"]}})), &market, &config));
    assert_eq!((ids(&without["bonds"]), ids(&without["supply"])), (vec![], vec![]));
    for table in TABLES {
        let all = ids(&serde_json::from_str::<Value>(&market.to_json()).expect("a market is JSON")[table]);
        for id in all {
            changes(json!({"leave": {table: [id]}})).apply(&market, &config).expect("nothing is left hanging");
        }
    }
}

#[test]
fn whatever_is_wrong_is_said_at_once() {
    let market = World::of_two().market();
    let config = Config::default();
    let refused = |value: Value| changes(value).apply(&market, &config).expect_err("it is refused");
    let bad = refused(json!({"put": {"posts": [{"id": "fitter", "seats_max": -1}], "supply": [{"id": "?"}]}}));
    let Error::Market(faults) = bad else { panic!("{bad}") };
    assert!(faults.all().len() >= 2, "{faults}");
    let bad = refused(json!({"put": {"supply": [{"id": "li", "programme": "nothing"}]}}));
    let Error::Market(faults) = bad else { panic!("{bad}") };
    assert!(faults.has(FaultCode::Dangling), "{faults}");
    let bad = refused(json!({"config": {"criteria": {"weights": {"wish": 2000}}}}));
    assert!(bad.message(Language::Chinese).starts_with("C004"), "{bad}");
    for (value, place) in [
        (json!({"leave": {"supply": ["nobody"]}}), "`nobody` in `supply`"),
        (json!({"leave": {"regions": ["210000"]}}), "`regions`"),
        (json!({"put": {"round": [{"id": "x"}]}}), "`round`"),
    ] {
        let bad = refused(value).to_string();
        assert!(bad.starts_with("E006: there is no ") && bad.contains(place), "{bad}");
    }
    assert!(serde_json::from_value::<ChangeSet>(json!({"seats": 3})).is_err(), "an unknown field is no change");
}

#[test]
fn a_sweep_is_a_round_for_each_value() {
    let mut world = World::of_two();
    for id in ["wu", "xu", "yu"] {
        let mut other = world.supply[0].clone();
        id.clone_into(&mut other.id);
        world.supply.push(other);
    }
    let market = world.market();
    let engine = engine(&Config::default());
    let before = run(&engine, &market);
    let seats: Sweep = serde_json::from_value(json!({
        "changes": {"name": "seats", "put": {"posts": [{"id": "fitter", "seats_min": 0, "seats_max": 0}]}},
        "at": "/put/posts/0/seats_max", "values": [0, 2, 9, -1],
    }))
    .expect("it is a sweep");
    let curve = sweep(&before, &seats, &Control::new()).expect("there is a number");
    let placed = |point: &talent_match::what_if::SweepPoint| point.goals.first().map(|goal| goal.amount);
    assert_eq!(curve.iter().map(placed).collect::<Vec<_>>(), [Some(0.0), Some(2.0), Some(4.0), None]);
    assert_eq!((curve[2].state, curve[3].state), (SweepState::Optimal, SweepState::Refused));
    assert!(
        curve[3].why.as_ref().is_some_and(|why| why.en.starts_with('M') || why.en.contains("M2")),
        "{:?}",
        curve[3]
    );
    let turn = |point: usize, turn| curve[point].comparison.as_ref().map(|said| said.people.get(&turn).copied());
    assert_eq!((turn(0, Turn::Loses), turn(2, Turn::Gains)), (Some(Some(1)), Some(Some(3))));
    // A minimum beyond everybody.
    let minimum = Sweep { at: "/put/posts/0/seats_min".to_owned(), values: vec![2, 5], ..seats.clone() };
    let minimum = Sweep { changes: seats.with(9).expect("a number is there"), ..minimum };
    let curve = sweep(&before, &minimum, &Control::new()).expect("there is a number");
    assert_eq!([curve[0].state, curve[1].state], [SweepState::Optimal, SweepState::Impossible]);
    assert!(curve[1].why.as_ref().is_some_and(|why| why.en.starts_with("E001") && why.zh.starts_with("E001")));
    for nowhere in ["/put/posts/1/seats_max", "/name", "", "/put"] {
        let bad = Sweep { at: nowhere.to_owned(), ..seats.clone() };
        assert!(matches!(sweep(&before, &bad, &Control::new()), Err(Error::Change { .. })), "{nowhere}");
    }
}

#[test]
fn the_words_carry_the_numbers_in_both_languages() {
    let mut world = World::of_two();
    let mut wu = world.supply[0].clone();
    (wu.id, wu.wishes) = ("wu".to_owned(), vec!["fitter".to_owned()]);
    world.supply.push(wu);
    let market = world.market();
    let engine = engine(&Config::default());
    let before = run(&engine, &market);
    let one_more = changes(json!({"name": "one more seat", "put": {"posts": [{"id": "fitter", "seats_max": 2}]}}));
    let said = what_if(&before, &one_more, &Control::new()).expect("a round");
    let [en, zh] = [Language::English, Language::Chinese].map(|language| said.text(language));
    for part in [
        "What if: one more seat",
        "proven best",
        "+1",
        "gets a place",
        "1 is better off and 0 worse off",
        "Fitter (fitter)",
        "Machine plant",
    ] {
        assert!(en.contains(part), "{part} is not in\n{en}");
    }
    for part in ["假设：one more seat", "已证明最优", "+1", "新获安置", "1 人更好", "Fitter（fitter）", "Machine plant"]
    {
        assert!(zh.contains(part), "{part} is not in\n{zh}");
    }
    let nothing = what_if(&before, &ChangeSet::default(), &Control::new()).expect("a round").text(Language::English);
    assert!(nothing.contains("Nobody moves.") && !nothing.contains('+'), "{nothing}");
    let sweep_of: Sweep = serde_json::from_value(json!({
        "changes": one_more, "at": "/put/posts/0/seats_max", "values": [2, -1],
    }))
    .expect("it is a sweep");
    let curve = sweep(&before, &sweep_of, &Control::new()).expect("there is a number");
    let text = swept(&curve, Language::Chinese);
    assert!(text.contains("安置 1 人") && text.contains("市场或配置无效") && text.contains("-1: M"), "{text}");
    let curve = floors(&engine, &before, Dimension::School, &[50, 100], &Control::new()).expect("a question");
    let text = floored(&curve, Language::English);
    assert!(
        text.contains("proven best   nothing   Vocational centre (school): 1 of 2") && text.contains("impossible"),
        "{text}"
    );
    let fair = leximin(&engine, &before, Dimension::School, &Control::new()).expect("a question").expect("an answer");
    let text = fair.text(Language::Chinese);
    assert!(
        text.contains("Vocational centre（school）") && text.contains("50.0 %") && text.contains("代价：无。"),
        "{text}"
    );
}

//! Shortages and surpluses: every cause is what counting person by person, seat by seat, and running the round once more find.

use std::collections::BTreeMap;

use talent_match::eligibility::first_cut;
use talent_match::formulation::Goal;
use talent_match::insight::{
    Cause, CauseLine, PEOPLE_BY, POSTS_BY, ProgrammeFigures, ShortageLine, Shortages, Signal, SignalRules, SurplusLine,
    signals,
};
use talent_match::market::{DecisionState, Dimension, Facet, Market, Mode, Opening, PostIx, Rule, SupplyIx};
use talent_match::report::scarcity;
use talent_match::{Config, Control, Language, Verified};

use crate::classes::classy;
use crate::decisions::decide;
use crate::limits::limited;
use crate::random::Random;
use crate::random_markets::{Size, config, engine, run, world};
use crate::world::World;

/// Somebody whose placement does not stand: of which unit, and where.
type Person = (SupplyIx, Option<PostIx>);

fn persons(result: &Verified<'_>) -> Vec<Person> {
    let market = result.docking().market();
    let mut persons = Vec::new();
    for unit in SupplyIx::all(market.supply().len()) {
        let mut open = market.open_headcount(unit);
        for placement in result.placements().of(unit) {
            let here = placement.people - market.frozen_of(unit, placement.post);
            open -= here;
            persons.extend((0..here).map(|_| (unit, Some(placement.post))));
        }
        persons.extend((0..open).map(|_| (unit, None)));
    }
    persons
}

/// The most of `persons` who can have one of `seats`, one after the other, each making room for the next.
fn most(persons: &[SupplyIx], seats: &[PostIx], allowed: &dyn Fn(SupplyIx, PostIx) -> bool) -> u64 {
    fn seat(
        person: usize,
        persons: &[SupplyIx],
        seats: &[PostIx],
        allowed: &dyn Fn(SupplyIx, PostIx) -> bool,
        seen: &mut [bool],
        holder: &mut [Option<usize>],
    ) -> bool {
        for at in 0..seats.len() {
            if !seen[at] && allowed(persons[person], seats[at]) {
                seen[at] = true;
                let free = holder[at].is_none_or(|other| seat(other, persons, seats, allowed, seen, holder));
                if free {
                    holder[at] = Some(person);
                    return true;
                }
            }
        }
        false
    }
    let mut holder = vec![None; seats.len()];
    let person = |person: usize| seat(person, persons, seats, allowed, &mut vec![false; seats.len()], &mut holder);
    (0..persons.len()).map(person).filter(|seated| *seated).count() as u64
}

/// What keeps a pair apart: 0 for nothing, 1 for a refusal, then the rules from the last to the first.
fn levels(result: &Verified<'_>) -> BTreeMap<(SupplyIx, PostIx), usize> {
    let (market, book) = (result.docking().market(), &result.docking().config().rules);
    let level = |(unit, post)| match first_cut(market, book, unit, post, Language::English) {
        None => 0,
        Some(reason) => {
            let rule = Rule::ALL.iter().position(|rule| *rule == reason.rule).expect("it is a rule");
            let closed = market.closed(unit, post).map(|decision| decision.state);
            match (reason.rule, closed) {
                (Rule::Decided, Some(DecisionState::Declined)) => 1,
                _ => 1 + Rule::ALL.len() - rule,
            }
        }
    };
    crate::world::pairs(market).map(|pair| (pair, level(pair))).collect()
}

/// The causes, from the numbers each step ends at.
fn causes(steps: &[(Cause, Option<Rule>, u64)], start: u64) -> Vec<CauseLine> {
    let mut before = start;
    let line = |(cause, rule, value): &(Cause, Option<Rule>, u64)| {
        let count = value - before;
        before = *value;
        CauseLine { cause: *cause, rule: *rule, count }
    };
    steps.iter().map(line).filter(|line| line.count > 0).collect()
}

fn rules() -> impl Iterator<Item = (usize, Rule)> {
    Rule::ALL.iter().rev().enumerate().map(|(k, rule)| (k + 2, *rule))
}

fn open_seats(market: &Market, posts: impl Iterator<Item = PostIx>, less: impl Fn(PostIx) -> usize) -> Vec<PostIx> {
    posts.flat_map(|post| vec![post; market.open_seats(post).max as usize - less(post)]).collect()
}

fn closed(result: &Verified<'_>, post: PostIx) -> bool {
    let row = result.docking().market().post(post);
    let anybody = result.placements().all().iter().any(|at| at.post == post && at.people > 0);
    row.opening == Opening::OrClosed && row.seats_min > 1 && !anybody && row.seats_max > 0
}

fn assert_shortage(result: &Verified<'_>, line: &ShortageLine, levels: &BTreeMap<(SupplyIx, PostIx), usize>) {
    let market = result.docking().market();
    let posts = market.posts_with(&line.group);
    let everybody = persons(result);
    let inside = |post: &PostIx| posts.contains(post);
    let placed = everybody.iter().filter(|(_, at)| at.as_ref().is_some_and(inside)).count() as u64;
    let near: Vec<SupplyIx> =
        everybody.iter().filter(|(_, at)| at.as_ref().is_none_or(inside)).map(|person| person.0).collect();
    let all: Vec<SupplyIx> = everybody.iter().map(|person| person.0).collect();
    let seats = open_seats(market, posts.iter().copied(), |_| 0);
    let open = open_seats(market, posts.iter().copied().filter(|post| !closed(result, *post)), |_| 0);
    let upto = |level: usize| move |unit: SupplyIx, post: PostIx| levels[&(unit, post)] <= level;
    let acceptable = most(&all, &seats, &upto(0));
    let mut steps = vec![
        (Cause::Held, None, most(&near, &open, &upto(0))),
        (Cause::BetterUse, None, most(&all, &open, &upto(0))),
        (Cause::Minimum, None, acceptable),
        (Cause::Declined, None, most(&all, &seats, &upto(1))),
    ];
    steps.extend(rules().map(|(level, rule)| (Cause::Rule, Some(rule), most(&all, &seats, &upto(level)))));
    steps.push((Cause::NoPeople, None, seats.len() as u64));
    assert_eq!(line.causes, causes(&steps, placed), "{}", line.group);
    let standing: u64 = posts.iter().map(|post| u64::from(market.frozen_at(*post))).sum();
    assert_eq!((line.demand, line.placed), (seats.len() as u64 + standing, placed + standing));
    assert_eq!(line.unfilled, line.demand - line.placed);
    assert_eq!(line.causes.iter().map(|cause| cause.count).sum::<u64>(), line.unfilled, "the parts add up");
    let reaches = |unit: &&SupplyIx| posts.iter().any(|post| levels[&(**unit, *post)] == 0);
    assert_eq!(line.supply, all.iter().filter(reaches).count() as u64 + standing);
    // The cut: those posts and everybody who could be there, and what is missing is what no placement can fill.
    let short = seats.len() as u64 - acceptable;
    assert_eq!(line.cut.as_ref().map_or(0, |cut| cut.short), short, "{}: cut and flow", line.group);
    if let Some(cut) = &line.cut {
        let here: Vec<PostIx> = cut.posts.iter().map(|post| market.find_post(&post.id).expect("a post")).collect();
        assert!(here.iter().all(inside));
        let come = |unit: &&SupplyIx| here.iter().any(|post| levels[&(**unit, *post)] == 0);
        assert_eq!(cut.people, all.iter().filter(come).count() as u64);
        assert_eq!(cut.homes.iter().map(|home| home.people).sum::<u64>(), cut.people);
        assert_eq!(cut.seats, open_seats(market, here.iter().copied(), |_| 0).len() as u64);
        assert_eq!(cut.seats - cut.people, cut.short);
    }
}

fn assert_surplus(result: &Verified<'_>, line: &SurplusLine, levels: &BTreeMap<(SupplyIx, PostIx), usize>) {
    let market = result.docking().market();
    let units = market.units_with(&line.group);
    let (own, others): (Vec<Person>, Vec<Person>) = persons(result).into_iter().partition(|one| units.contains(&one.0));
    let people: Vec<SupplyIx> = own.iter().map(|person| person.0).collect();
    let placed = own.iter().filter(|(_, at)| at.is_some()).count() as u64;
    let taken = |post: PostIx| others.iter().filter(|(_, at)| *at == Some(post)).count();
    let every = || PostIx::all(market.posts().len());
    let open = || every().filter(|post| !closed(result, *post));
    let (rest, open) = (open_seats(market, open(), taken), open_seats(market, open(), |_| 0));
    let seats = open_seats(market, every(), |_| 0);
    let upto = |level: usize| move |unit: SupplyIx, post: PostIx| levels[&(unit, post)] <= level;
    let mut steps = vec![
        (Cause::Held, None, most(&people, &rest, &upto(0))),
        (Cause::Outbid, None, most(&people, &open, &upto(0))),
        (Cause::Minimum, None, most(&people, &seats, &upto(0))),
        (Cause::Declined, None, most(&people, &seats, &upto(1))),
    ];
    steps.extend(rules().map(|(level, rule)| (Cause::Rule, Some(rule), most(&people, &seats, &upto(level)))));
    steps.push((Cause::NoSeats, None, people.len() as u64));
    assert_eq!(line.causes, causes(&steps, placed), "{}", line.group);
    assert_eq!(line.causes.iter().map(|cause| cause.count).sum::<u64>(), line.unplaced, "the parts add up");
    let present: u64 = units.iter().map(|unit| u64::from(market.present(*unit))).sum();
    assert_eq!((line.people, line.unplaced), (present, line.people - line.placed));
}

#[test]
fn every_cause_is_what_counting_seat_by_seat_finds() {
    let (mut met, mut cuts, mut groups) = (BTreeMap::<Cause, u64>::new(), 0, 0);
    let engine = engine(&Config::default());
    for seed in 0..240 {
        let plain = seed % 4 == 1;
        let mut rows = match seed % 4 {
            0 => limited(seed),
            2 => classy(seed),
            _ => world(seed, Size { units: 12, posts: 7, cohort: 3, oddity: 7 }),
        };
        if seed % 4 == 3 {
            decide(&mut rows, &mut Random::new(seed));
        }
        let market = rows.market();
        let Ok(result) = engine.run(&market, &Control::new()) else { continue };
        let (levels, asked) = (levels(&result), Shortages::of(&result));
        let (shortages, surpluses) = (asked.shortages(), asked.surpluses());
        for line in &shortages {
            assert_shortage(&result, line, &levels);
            cuts += usize::from(line.cut.is_some());
        }
        for line in &surpluses {
            assert_surplus(&result, line, &levels);
        }
        groups += shortages.len() + surpluses.len();
        let causes =
            shortages.iter().flat_map(|line| &line.causes).chain(surpluses.iter().flat_map(|line| &line.causes));
        for cause in causes {
            *met.entry(cause.cause).or_default() += cause.count;
            assert!(!plain || cause.cause != Cause::Held, "nothing but seats holds anybody back: {cause:?}");
        }
        let known = |dimension: &Dimension| market.facets(*dimension).len();
        assert_eq!(shortages.len(), POSTS_BY.iter().map(known).sum::<usize>());
        assert!(surpluses.len() <= PEOPLE_BY.iter().map(known).sum::<usize>());
    }
    assert!(Cause::ALL.iter().all(|cause| met.get(cause).is_some_and(|count| *count > 5)), "{met:?}");
    assert!(cuts > 200 && groups > 1_000, "{cuts} {groups}");
}

/// How many the round of these rows places where it places as many as can be, and the rules from `rule` on are off.
fn placed_without(rows: &World, rule: usize) -> u64 {
    let settings = config(|config| {
        config.objective.goals = vec![Goal::Placed];
        config.rules =
            Rule::ALL[rule..].iter().fold(config.rules.clone(), |book, rule| book.with_mode(*rule, Mode::Off));
    });
    let (engine, market) = (engine(&settings), rows.market());
    run(&engine, &market).placements().people()
}

#[test]
fn a_rule_cuts_what_the_round_gains_without_it() {
    let (engine, mut cut) = (engine(&Config::default()), 0);
    for seed in 0..60 {
        let rows = world(seed, Size { units: 12, posts: 7, cohort: 3, oddity: 6 });
        let market = rows.market();
        let result = run(&engine, &market);
        for group in market.facets(Dimension::Kind) {
            let line = Shortages::of(&result).shortage(group.clone());
            let mut alone = rows.clone();
            alone.posts.retain(|post| post.kind.word() == group.value);
            alone.supply.iter_mut().for_each(|unit| unit.wishes.clear());
            for (k, rule) in Rule::ALL.iter().enumerate().filter(|(_, rule)| **rule != Rule::Decided) {
                let gain = placed_without(&alone, k) - placed_without(&alone, k + 1);
                let said = line.causes.iter().find(|cause| cause.rule == Some(*rule)).map_or(0, |cause| cause.count);
                assert_eq!(said, gain, "seed {seed}, {group}, {rule:?}");
                cut += said;
            }
        }
    }
    assert!(cut > 100, "{cut}");
}

#[test]
fn more_people_of_the_right_kind_fill_what_nobody_could() {
    let mut rows = World::of_two();
    rows.posts[0].seats_max = 5;
    let mut young = rows.supply[0].clone();
    (young.id, young.grade) = ("wu".to_owned(), Some(1));
    rows.supply.push(young);
    let engine = engine(&Config::default());
    let line = |rows: &World| {
        let market = rows.market();
        let result = run(&engine, &market);
        Shortages::of(&result).shortage(Facet::new(Dimension::Kind, "internship"))
    };
    let before = line(&rows);
    let count = |line: &ShortageLine| {
        line.causes.iter().map(|cause| (cause.cause, cause.rule, cause.count)).collect::<Vec<_>>()
    };
    assert_eq!(count(&before), [(Cause::Rule, Some(Rule::Grade), 1), (Cause::NoPeople, None, 3)]);
    let cut = before.cut.as_ref().expect("no placement fills all seats");
    assert_eq!((cut.seats, cut.people, cut.short, cut.homes.len()), (5, 1, 4, 1));
    assert_eq!((cut.homes[0].id.as_str(), cut.posts[0].id.as_str()), ("machining", "fitter"));
    for k in 0..3 {
        let mut more = rows.supply[0].clone();
        more.id = format!("more{k}");
        rows.supply.push(more);
    }
    assert_eq!(count(&line(&rows)), [(Cause::Rule, Some(Rule::Grade), 1)]);
    rows.supply[1].grade = Some(2);
    let after = line(&rows);
    assert_eq!((after.unfilled, after.causes, after.cut), (0, vec![], None));
}

#[test]
fn the_words_carry_the_causes_and_the_cut_in_both_languages() {
    let mut rows = World::of_two();
    rows.posts[0].seats_max = 5;
    let mut young = rows.supply[0].clone();
    (young.id, young.grade) = ("wu".to_owned(), Some(1));
    rows.supply.push(young);
    let market = rows.market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let asked = Shortages::of(&result);
    let (shortages, surpluses) = (asked.shortages(), asked.surpluses());
    let [en, zh] = [Language::English, Language::Chinese].map(|language| scarcity(&shortages, &surpluses, language));
    for part in [
        "R04 year of study: 1, there are not that many people: 3",
        "track internship: 5 seats at 1 post (Fitter) are acceptable for 1 person only (1 of Vocational centre (machining)); 4 stay empty",
        " machining   R04 year of study: 1 ",
    ] {
        assert!(en.contains(part), "{part} is not in\n{en}");
    }
    for part in [
        "R04 年级：1、总人数不足：3",
        "培养类型 岗位实习：1 个岗位（Fitter）的 5 个席位仅有 1 人合格",
        "4 个席位必然空缺",
    ] {
        assert!(zh.contains(part), "{part} is not in\n{zh}");
    }
    assert_eq!(scarcity(&[], &[], Language::English), "");
}

#[test]
fn a_round_leaves_the_figures_of_its_programmes() {
    let (engine, mut free, mut priced) = (engine(&Config::default()), 0, 0);
    for seed in 0..80 {
        let market = if seed % 2 == 0 { classy(seed) } else { world(seed, Size::USUAL) }.market();
        let result = run(&engine, &market);
        let asked = Shortages::of(&result);
        let surpluses = asked.surpluses();
        for figures in asked.programmes() {
            let of = |line: &&SurplusLine| line.group == Facet::new(Dimension::Programme, &figures.programme);
            let line = surpluses.iter().find(of).expect("it is a group");
            assert_eq!((figures.people, figures.placed), (line.people, line.placed));
            let want = line.causes.iter().filter(|cause| matches!(cause.cause, Cause::Outbid | Cause::NoSeats));
            assert_eq!(figures.crowded_out, want.map(|cause| cause.count).sum::<u64>());
            let own: Vec<SupplyIx> = SupplyIx::all(market.supply().len())
                .filter(|unit| market.unit(*unit).programme.as_ref() == Some(&figures.programme))
                .collect();
            let (mut seats, mut dear) = (0, 0);
            for post in PostIx::all(market.posts().len()) {
                let book = &result.docking().config().rules;
                let fits = |unit: &SupplyIx| first_cut(&market, book, *unit, post, Language::English).is_none();
                if own.iter().any(fits) && !closed(&result, post) {
                    let taken: u32 =
                        result.placements().all().iter().filter(|at| at.post == post).map(|at| at.people).sum();
                    seats += u64::from(market.post(post).seats_max - taken);
                    dear += if result.price(post) > 0 { u64::from(market.post(post).seats_max) } else { 0 };
                }
            }
            assert_eq!((figures.free, figures.priced), (seats, dear), "seed {seed}, {}", figures.programme);
            free += seats;
            priced += dear;
            let kept = serde_json::to_string(&figures).expect("they are data");
            assert_eq!(serde_json::from_str::<ProgrammeFigures>(&kept).expect("they are read again"), figures);
        }
    }
    assert!(free > 50 && priced > 20, "{free} {priced}");
}

#[test]
fn a_signal_follows_from_the_figures_and_lists_them() {
    let figures = |round: usize, crowded_out: u64, free: u64| ProgrammeFigures {
        round: format!("round{round}"),
        programme: "machining".to_owned(),
        people: 40,
        placed: 40 - crowded_out,
        crowded_out,
        free,
        priced: 0,
    };
    let by = |rounds: &[(u64, u64)], rules: SignalRules| {
        let rounds: Vec<Vec<ProgrammeFigures>> =
            rounds.iter().enumerate().map(|(k, (crowded, free))| vec![figures(k, *crowded, *free)]).collect();
        let said = signals(&rounds, rules);
        assert_eq!(said.len(), 1);
        let last = rounds.len().saturating_sub(rules.rounds.max(1) as usize);
        assert_eq!(said[0].evidence, rounds[last..].concat(), "the evidence is listed");
        said[0].signal
    };
    let said = |rounds: &[(u64, u64)]| by(rounds, SignalRules::default());
    // Each word, and right beside the edge of each rule.
    assert_eq!(said(&[(0, 9), (0, 9)]), Signal::TooFew);
    assert_eq!(said(&[(0, 4), (0, 4), (9, 4)]), Signal::Add);
    assert_eq!(said(&[(0, 4), (0, 3), (0, 4)]), Signal::Keep);
    assert_eq!(said(&[(0, 4), (10, 4), (0, 4)]), Signal::Keep);
    assert_eq!(said(&[(20, 0), (20, 0), (20, 0)]), Signal::Stop);
    assert_eq!(said(&[(20, 0), (20, 0), (19, 0)]), Signal::Warn);
    assert_eq!(said(&[(20, 0), (20, 0), (20, 1)]), Signal::Warn);
    assert_eq!(said(&[(9, 0), (10, 0), (10, 0)]), Signal::Warn);
    assert_eq!(said(&[(9, 0), (9, 0), (10, 0)]), Signal::Keep);
    assert_eq!(said(&[(10, 0), (10, 0), (9, 0)]), Signal::Keep);
    assert_eq!(said(&[(40, 0), (0, 4), (0, 4), (0, 4)]), Signal::Add, "only the last three count");
    // Of two rounds, one is half; of none, the last one is looked at.
    let two = SignalRules { rounds: 2, ..SignalRules::default() };
    assert_eq!(by(&[(20, 0), (0, 0), (10, 0)], two), Signal::Warn);
    assert_eq!(by(&[(10, 0), (0, 0)], two), Signal::Keep);
    assert_eq!(by(&[(0, 0), (20, 0)], SignalRules { rounds: 0, ..two }), Signal::Stop);
    // The same shares of fewer people: ten are enough, nine in one of the rounds are not.
    let of = |people: [u64; 3], rules: SignalRules| {
        let one = |(round, people): (usize, u64)| ProgrammeFigures { people, ..figures(round, people, 0) };
        let rounds: Vec<_> = people.into_iter().enumerate().map(|round| vec![one(round)]).collect();
        signals(&rounds, rules)[0].signal
    };
    let usual = SignalRules::default();
    assert_eq!(of([10, 10, 10], usual), Signal::Stop);
    for few in [[9, 10, 10], [10, 9, 40], [40, 40, 9]] {
        assert_eq!(of(few, usual), Signal::TooFewPeople);
        assert_eq!(of(few, SignalRules { least_people: 9, ..usual }), Signal::Stop);
    }
    let none = ProgrammeFigures { people: 0, placed: 0, ..figures(0, 0, 9) };
    assert_eq!(signals(&[vec![none]], SignalRules::default()), [], "nobody says nothing");
}

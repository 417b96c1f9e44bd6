//! What a result is said to mean: sums agree, causes are the right ones, prices are worth what they say.

use talent_match::certificate::{Claim, verify};
use talent_match::control::Stop;
use talent_match::docking::Docking;
use talent_match::formulation::Goal;
use talent_match::graph::{Matching, Prices, Solution};
use talent_match::insight::{GoalValue, PostLine, Unplaced, Vacancy, goals, posts, unplaced, worth};
use talent_match::market::{Consent, Market, Mode, Party, PostIx, Rule, Supply, SupplyIx};
use talent_match::{Config, Control, Report, Status, Verified};

use crate::random::Random;
use crate::random_markets::{
    Pick, Size, config, engine, jinpu_classes, jinpu_market, nearness_alone, rules, run, world,
};
use crate::world::{WINDOW, World, code};

fn assert_sums(result: &Verified<'_>) {
    let report = Report::of(result);
    let docking = result.docking();
    let (market, placed) = (docking.market(), result.placements().people());
    let people = market.people();
    assert_eq!(report.tracks.iter().map(|line| line.placed).sum::<u64>(), placed);
    assert_eq!(report.tracks.iter().map(|line| line.seats).sum::<u64>(), report.seats);
    assert_eq!(report.tracks.iter().map(|line| line.posts).sum::<u64>(), market.posts().len() as u64);
    assert!(report.tracks.iter().all(|line| line.placed <= line.seats.min(line.applicants)));
    assert!(report.tracks.iter().all(|line| line.posts_taken <= line.posts.min(line.placed)));
    assert_eq!(report.posts.iter().map(|line| line.placed).sum::<u64>(), placed);
    assert_eq!(report.posts.iter().map(|line| line.seats).sum::<u64>(), report.seats);
    assert!(report.posts.iter().all(|line| line.vacancy.is_some() == (line.placed < line.seats)));
    assert_eq!((report.people[0].people, report.people[0].placed), (people, placed));
    assert!(report.people.iter().all(|line| line.placed <= line.people && line.people <= people));

    let causes = &report.unplaced;
    let counted = causes.outbid + causes.no_gain + causes.limited + causes.stopped + causes.no_posts;
    assert_eq!(causes.people, people - placed);
    assert_eq!(counted + causes.by_rule.values().sum::<u64>(), causes.people, "{causes:?}");
    let optimal = result.status() == Status::Optimal;
    let held = |line: &PostLine| {
        let least = market.find_post(&line.id).map(|post| u64::from(market.post(post).seats_min));
        line.placed == line.seats || line.price_units < 0 && Some(line.placed) == least
    };
    assert!(!optimal || report.posts.iter().all(|line| line.price.is_empty() || held(line)));
    assert!(!optimal || causes.stopped == 0, "nobody stopped the round");
    assert!(!optimal || report.posts.iter().all(|line| line.vacancy != Some(Vacancy::Stopped)));

    let employed = market.supply().iter().filter(|unit| unit.enterprise.is_some()).count() as u64;
    assert_eq!(report.schools.iter().map(|line| line.people).sum::<u64>() + employed, people);
    assert!(report.schools.iter().all(|line| line.placed <= line.with_choice && line.with_choice <= line.people));
    let of_schools = PostIx::all(market.posts().len())
        .filter(|post| matches!(market.owner_of(*post), Party::School(_)))
        .map(|post| (u64::from(market.post(post).seats_max), report.posts[post.index()].placed))
        .fold((0, 0), |sum, line| (sum.0 + line.0, sum.1 + line.1));
    assert_eq!(report.enterprises.iter().map(|line| line.seats).sum::<u64>() + of_schools.0, report.seats);
    assert_eq!(report.enterprises.iter().map(|line| line.filled).sum::<u64>() + of_schools.1, placed);

    let acceptable = SupplyIx::all(market.supply().len())
        .map(|unit| u64::from(market.unit(unit).headcount) * docking.acceptable().posts_of(unit).len() as u64);
    let cut: u64 = report.rules.iter().map(|line| line.pairs).sum();
    assert_eq!(cut + acceptable.sum::<u64>(), people * market.posts().len() as u64);
    let wishes = report.wishes;
    assert!(wishes.first <= wishes.any && wishes.any <= wishes.placed && wishes.placed <= wishes.people.min(placed));
    assert_eq!(report.goals, goals(result));
}

#[test]
fn sums_agree() {
    for seed in 0..150 {
        let random = &mut Random::new(seed);
        let book = rules(random);
        let goals = random.pick(&[&[Goal::Placed, Goal::InConsortium, Goal::Score][..], &[Goal::Score]]);
        let config = config(|config| (config.rules, config.objective.goals) = (book, goals.to_vec()));
        let market = world(seed, Size::USUAL).market();
        assert_sums(&run(&engine(&config), &market));
    }
    assert_sums(&run(&engine(&Config::default()), &jinpu_market(400, 2)));
    assert_sums(&run(&engine(&Config::default()), &jinpu_classes(400, 2)));
}

/// What the round of `market` reached of the default goals.
fn reached(market: &Market, config: &Config) -> Vec<f64> {
    goals(&run(&engine(config), market)).iter().map(|goal| goal.amount).collect()
}

/// Runs the round again with one more seat at each post.
fn assert_prices(rows: &World, config: &Config) -> usize {
    let market = rows.market();
    let before = reached(&market, config);
    let engine = engine(config);
    let lines = posts(&run(&engine, &market));
    for line in &lines {
        let mut more = rows.clone();
        let row = more.posts.iter_mut().find(|post| post.id == line.id).expect("the post is in the market");
        row.seats_max += 1;
        let after = reached(&more.market(), config);
        let gain: Vec<f64> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
        let said: Vec<f64> = line.price.iter().map(|goal| goal.amount).collect();
        let said = if said.is_empty() { vec![0.0; gain.len()] } else { said };
        let near = gain.iter().zip(&said).all(|(gain, said)| (gain - said).abs() < 1e-6);
        assert!(near, "{}: one more seat adds {gain:?}, its price says {said:?}", line.id);
    }
    lines.iter().filter(|line| line.price_units > 0).count()
}

#[test]
fn a_price_is_what_one_more_seat_adds_to_each_goal() {
    let mut priced = 0;
    for seed in 0..80 {
        let rows = world(seed, Size { units: 10, posts: 4, cohort: 3, oddity: 12 });
        priced += assert_prices(&rows, &Config::default());
        let book = rules(&mut Random::new(seed));
        priced += assert_prices(&rows, &config(|config| config.rules = book));
    }
    assert!(priced > 40, "only {priced} posts had a price");
}

/// One more seat at the end of the chain places one more person, while everybody moves 300 km: the points lost are more
/// than half of what a person counts.
#[test]
fn a_price_is_right_even_where_placing_one_more_costs_many_points() {
    assert_eq!(assert_prices(&World::chain(6), &nearness_alone(&[Goal::Placed, Goal::Score])), 6);
}

fn causes(world: &World, config: &Config) -> Unplaced {
    let market = world.market();
    unplaced(&run(&engine(config), &market))
}

#[test]
fn people_left_out_are_left_out_for_the_right_cause() {
    let default = Config::default();
    let mut world = World::of_two();
    assert_eq!(causes(&world, &default), Unplaced::default());
    world.unit().consent = Consent::Nobody;
    let expected = |rule, people| Unplaced { people, by_rule: [(rule, people)].into(), ..Unplaced::default() };
    assert_eq!(causes(&world, &default), expected(Rule::Consent, 1));
    // The post that came nearest counts: another one falls to an earlier rule.
    let mut other = world.posts[0].clone();
    (other.id, other.programmes) = ("care".to_owned(), vec![code("72")]);
    world.posts.push(other);
    assert_eq!(causes(&world, &default), expected(Rule::Consent, 1));
    world.unit().grade = Some(1);
    assert_eq!(causes(&world, &default), expected(Rule::Grade, 1));

    let mut crowd = World::of_two();
    crowd.supply = vec![Supply::cohort("li", "machining", 2, 5, crowd.supply[0].birth, WINDOW)];
    assert_eq!(causes(&crowd, &default), Unplaced { people: 4, outbid: 4, ..Unplaced::default() });
    crowd.posts.clear();
    assert_eq!(causes(&crowd, &default), Unplaced { people: 5, no_posts: 5, ..Unplaced::default() });
}

/// Points lost by a soft rule can make a placement worth less than none, where placing people is no goal.
fn worthless() -> (World, Config) {
    let mut world = World::of_two();
    world.unit().grade = Some(1);
    let config = config(|config| {
        config.rules = config.rules.clone().with_mode(Rule::Grade, Mode::Soft(500));
        config.objective.goals = vec![Goal::Score];
    });
    (world, config)
}

#[test]
fn a_placement_that_would_gain_nothing_is_said_to_gain_nothing() {
    let (mut world, config) = worthless();
    assert_eq!(causes(&world, &config), Unplaced { people: 1, no_gain: 1, ..Unplaced::default() });
    assert_eq!(vacancies(&world, &config), [Some(Vacancy::NoGain)]);
    world.post().seats_max = 2;
    assert_eq!(vacancies(&world, &config), [Some(Vacancy::NoGain)]);
}

#[test]
fn people_and_seats_left_by_a_stopped_round_are_said_to_be_so() {
    let (config, control) = (Config::default(), Control::new());
    let (mut people, mut seats) = (0, 0);
    for seed in 0..40 {
        let market = world(seed, Size { units: 30, oddity: 12, ..Size::USUAL }).market();
        // A run over a large market may be stopped before anybody is placed.
        let docking = Docking::prepare(&market, &config, &control).expect("the round can be formulated");
        let problem = docking.formulation().problem();
        let prices = Prices::new(vec![0; problem.seats().len()])
            .with_quotas(vec![0; problem.demand_quotas().len()], vec![0; problem.supply_quotas().len()]);
        let solution = Solution { matching: Matching::empty(), prices };
        let gap = verify(problem, &solution, Claim::Within(i128::MAX), &control).gap();
        let status = Status::Feasible { stop: Some(Stop::Cancelled), gap };
        let result = Verified::check(docking, solution, None, status, &control).expect("nobody placed is feasible");
        assert_sums(&result);
        people += unplaced(&result).stopped;
        seats += posts(&result).iter().filter(|line| line.vacancy == Some(Vacancy::Stopped)).count();
    }
    assert!(people > 0 && seats > 0, "{people} people and {seats} posts were left");
}

fn vacancies(world: &World, config: &Config) -> Vec<Option<Vacancy>> {
    let market = world.market();
    posts(&run(&engine(config), &market)).iter().map(|line| line.vacancy).collect()
}

#[test]
fn seats_are_left_for_the_right_cause() {
    let default = Config::default();
    let mut world = World::of_two();
    assert_eq!(vacancies(&world, &default), [None]);
    world.post().seats_max = 0;
    assert_eq!(vacancies(&world, &default), [None], "no seats, so none are left");
    world.post().seats_max = 2;
    assert_eq!(vacancies(&world, &default), [Some(Vacancy::FewApplicants)]);
    world.unit().grade = Some(1);
    assert_eq!(vacancies(&world, &default), [Some(Vacancy::NoApplicant)]);

    let mut two = World::of_two();
    let mut other = two.posts[0].clone();
    other.id = "other".to_owned();
    two.posts.push(other);
    two.unit().wishes = vec!["other".to_owned()];
    assert_eq!(vacancies(&two, &default), [Some(Vacancy::BetterElsewhere), None]);
    two.posts[0].seats_max = 5;
    assert_eq!(vacancies(&two, &default)[0], Some(Vacancy::BetterElsewhere), "few, but not all of them are here");
}

#[test]
fn a_worth_is_what_the_goals_add_up_to() {
    let market = world(5, Size::USUAL).market();
    let engine = engine(&Config::default());
    let result = run(&engine, &market);
    let formulation = result.docking().formulation();
    let scale = |goal| formulation.scale(goal);
    let (person, inside) = (scale(Goal::Placed), scale(Goal::InConsortium));
    let expected = |amounts: [f64; 3]| {
        Goal::ALL.iter().zip(amounts).map(|(goal, amount)| GoalValue { goal: *goal, amount }).collect::<Vec<_>>()
    };
    assert_eq!(worth(&result, 0), expected([0.0, 0.0, 0.0]));
    assert_eq!(worth(&result, 2 * person - 3 * inside + 250), expected([2.0, -3.0, 2.5]));
    assert_eq!(worth(&result, person - 1), expected([1.0, 0.0, -0.01]));
    assert_eq!(worth(&result, -inside + 7), expected([0.0, -1.0, 0.07]));
}

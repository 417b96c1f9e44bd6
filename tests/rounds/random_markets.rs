//! Small random markets in which every rule and criterion has something to do.

use jiff::civil::date;
use talent_match::control::Control;
use talent_match::docking::Docking;
use talent_match::formulation::Goal;
use talent_match::generate::{Jinpu, jinpu};
use talent_match::market::{
    Agreement, AgreementKind, Consent, Enterprise, Flag, Hazard, Level, Market, Mode, Post, PostKind, Programme,
    ProgrammeOccupation, Qualification, Reach, Rule, RuleBook, School, Sex, Supply,
};
use talent_match::scoring::{Criteria, Criterion};
use talent_match::{Config, Engine, Verified};

use crate::random::Random;
use crate::world::{WINDOW, World, code, region};

const PROGRAMMES: [&str; 6] = ["660102", "660301", "710201", "460103", "460301", "260101"];
const REGIONS: [&str; 4] = ["210213", "210281", "210102", "110105"];
const OCCUPATIONS: [&str; 3] = ["6-18-01-02", "6-18-01-01", "6-25-03-00"];
const SECTORS: [&str; 3] = ["装备制造", "新能源", "数字经济"];

/// Draws one of several choices.
pub(crate) trait Pick {
    fn pick<T: Copy>(&mut self, choices: &[T]) -> T;
}

impl Pick for Random {
    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = i64::try_from(choices.len()).expect("choices are few") - 1;
        choices[self.within(0, last) as usize]
    }
}

/// How large random markets are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) units: i64,
    pub(crate) posts: i64,
    /// Most members of a cohort.
    pub(crate) cohort: i64,
    /// One detail in this many is out of the ordinary; the smaller, the more pairs are cut.
    pub(crate) oddity: i64,
}

impl Size {
    pub(crate) const USUAL: Self = Self { units: 12, posts: 8, cohort: 5, oddity: 4 };
    pub(crate) const TINY: Self = Self { units: 4, posts: 3, cohort: 2, oddity: 12 };
}

struct Drawing<'a> {
    random: &'a mut Random,
    oddity: i64,
}

impl Drawing<'_> {
    fn odd(&mut self) -> bool {
        self.random.within(1, self.oddity) == 1
    }

    fn some<T: Copy>(&mut self, choices: &[T]) -> Vec<T> {
        let number = self.random.within(0, 2);
        (0..number).map(|_| self.random.pick(choices)).collect()
    }

    fn members(&mut self, world: &mut World) {
        for (k, level) in [Level::Secondary, Level::College, Level::Bachelor].into_iter().enumerate() {
            let mut school = School::new(&format!("school{k}"), "School", level, code(self.random.pick(&REGIONS)));
            school.member = self.random.pick(&[true, false]);
            world.schools.push(school);
        }
        for (k, programme) in PROGRAMMES.iter().enumerate() {
            let school = self.random.pick(&["school0", "school1", "school2"]);
            world.programmes.push(Programme::new(&format!("programme{k}"), school, code(programme)));
        }
        for k in 0..3 {
            let mut plant = Enterprise::new(&format!("plant{k}"), "Plant", code(self.random.pick(&REGIONS)), 100);
            plant.member = self.random.pick(&[true, false]);
            plant.sector = self.some(&SECTORS).first().map(ToString::to_string);
            world.enterprises.push(plant);
        }
        for k in 0..self.random.within(0, 4) {
            let others = ["plant0", "plant1", "plant2", "school1", "school2"];
            let parties = vec![self.random.pick(&["school0", "school1"]).to_owned(), "plant0".to_owned()];
            let mut agreement = Agreement::new(&format!("deal{k}"), "Deal", AgreementKind::Talent, parties);
            agreement.parties.extend(self.some(&others).iter().map(ToString::to_string));
            agreement.programmes = self.some(&["66", "6601", "460301", "71"]).into_iter().map(code).collect();
            world.agreements.push(agreement);
        }
        if self.odd() {
            world.round.schools = vec!["school0".to_owned(), "school1".to_owned()];
        }
        if self.odd() {
            world.round.enterprises = vec!["plant0".to_owned(), "plant1".to_owned()];
        }
    }

    fn post(&mut self, k: i64) -> Post {
        let mut kind = self.random.pick(&[PostKind::Internship, PostKind::Internship, PostKind::OrderClass]);
        if self.odd() {
            kind = self.random.pick(PostKind::ALL);
        }
        let schooling = kind == PostKind::ThroughTraining;
        let plants = ["plant0", "plant1", "plant2"];
        let owner = match (schooling, self.odd()) {
            (true, _) => "school1",
            (false, true) => "school0",
            (false, false) => self.random.pick(&plants),
        };
        let seats = self.random.within(0, 3) as u32;
        let mut post = Post::new(&format!("post{k}"), "Post", kind, owner, seats, WINDOW);
        post.occupation = (!schooling).then(|| code(self.random.pick(&OCCUPATIONS)));
        post.target = schooling.then(|| code(self.random.pick(&PROGRAMMES)));
        post.programmes = self.some(&["66", "4601", "660301", "46", "71"]).into_iter().map(code).collect();
        post.sponsors = self.some(&plants).into_iter().map(str::to_owned).collect();
        post.reach = if self.odd() { self.random.pick(Reach::ALL) } else { Reach::Country };
        if self.odd() {
            post.levels = self.some(Level::ALL);
            post.region = Some(code(self.random.pick(&REGIONS)));
        }
        if self.odd() {
            post.wage = Some(4_000);
        }
        post.pay =
            Some(self.random.pick(&[3_199, 3_200, 3_201, 9_000])).filter(|pay| pay % 2 == 0 || post.wage.is_some());
        if self.odd() {
            post.hazards = self.some(Hazard::ALL);
        }
        if self.odd() {
            post.qualifications = self.qualifications();
        }
        if self.odd() {
            post.start = self.random.pick(&[date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2026, 9, 2)]);
        }
        post
    }

    fn qualifications(&mut self) -> Vec<Qualification> {
        let grade = self.random.within(1, 8) as u8;
        self.some(&["焊工", "车工"]).into_iter().filter_map(|kind| Qualification::new(kind, grade)).collect()
    }

    fn unit(&mut self, k: i64, size: Size, posts: i64) -> Supply {
        let births = [date(2008, 2, 29), date(2008, 9, 1), date(2008, 9, 2), date(2010, 9, 1), date(2010, 9, 2)];
        let birth = if self.odd() { self.random.pick(&births) } else { date(2006, 5, 1) };
        let programme = format!("programme{}", self.random.within(0, 5));
        let youngest = 2 - i64::from(self.odd());
        let grade = self.random.within(youngest, 4) as u8;
        let id = format!("unit{k}");
        let members = self.random.within(0, size.cohort) as u32;
        let mut unit = match self.random.within(0, 5) {
            0 if self.odd() => Supply::employee(&id, self.random.pick(&["plant0", "plant1"]), birth, WINDOW),
            1 | 2 => Supply::cohort(&id, &programme, grade, members, birth, WINDOW),
            _ => Supply::student(&id, &programme, grade, birth, WINDOW),
        };
        unit.from = if self.odd() { date(2026, 9, 2) } else { date(2024, 1, 1) };
        unit.sex = self.some(Sex::ALL).first().copied();
        unit.qualifications = self.qualifications();
        unit.region = self.some(&REGIONS).first().map(|region| code(region));
        unit.flags = self.some(Flag::ALL);
        if self.odd() {
            unit.consent = self.random.pick(Consent::ALL);
        }
        let mut wishes: Vec<i64> = (0..posts).filter(|_| self.random.within(0, 2) == 0).collect();
        let turn = wishes.len().min(self.random.within(0, 2) as usize);
        wishes.rotate_left(turn);
        unit.wishes = wishes.iter().map(|post| format!("post{post}")).collect();
        unit
    }
}

/// A random market of at most `size`, the same for the same seed.
pub(crate) fn world(seed: u64, size: Size) -> World {
    let mut random = Random::new(seed);
    let mut world = World::of_two();
    (world.schools, world.programmes, world.enterprises) = (Vec::new(), Vec::new(), Vec::new());
    (world.posts, world.supply) = (Vec::new(), Vec::new());
    world.round.seed = seed;
    let (units, posts) = (random.within(0, size.units), random.within(0, size.posts));
    let mut drawing = Drawing { random: &mut random, oddity: size.oddity };
    drawing.members(&mut world);
    world.posts = (0..posts).map(|k| drawing.post(k)).collect();
    world.supply = (0..units).map(|k| drawing.unit(k, size, posts)).collect();
    world.regions = REGIONS.iter().map(|division| region(division, None)).collect();
    let cities = [("210200", 121_614_848, 38_914_086), ("210100", 123_429_092, 41_796_768)];
    world.regions.extend(cities.map(|(city, east, north)| region(city, Some((east, north)))));
    let edges = [("660102", OCCUPATIONS[0]), ("460301", OCCUPATIONS[1]), ("710201", OCCUPATIONS[2])];
    world.trains_for =
        edges.map(|(programme, occupation)| ProgrammeOccupation::new(code(programme), code(occupation))).to_vec();
    world
}

/// Random rules: most strict, some soft, some off.
pub(crate) fn rules(random: &mut Random) -> RuleBook {
    Rule::ALL.iter().fold(RuleBook::default(), |book, rule| match random.within(0, 7) {
        0 => book.with_mode(*rule, Mode::Off),
        1 => book.with_mode(*rule, Mode::Soft(random.within(0, 60) as u32)),
        _ => book,
    })
}

/// A generated Jinpu market in which every class opens whatever happens, so that its problem is a flow.
pub(crate) fn jinpu_market(people: u32, seed: u64) -> Market {
    let mut document: serde_json::Value =
        serde_json::from_str(&jinpu_classes(people, seed).to_json()).expect("a market is JSON");
    for post in document["posts"].as_array_mut().expect("there are posts") {
        (post["seats_min"], post["opening"]) = (0.into(), "always".into());
    }
    Market::from_json(&document.to_string()).expect("the market is still valid")
}

/// A generated Jinpu market, with classes that open or not.
pub(crate) fn jinpu_classes(people: u32, seed: u64) -> Market {
    let catalogue = Market::read_catalogue("examples/data/jinpu").expect("the carried catalogue is valid");
    jinpu(&catalogue, Jinpu { people, seed, ..Jinpu::default() }).expect("the generator makes valid markets")
}

/// The configuration as it would be after some changes.
pub(crate) fn config(change: impl FnOnce(&mut Config)) -> Config {
    let mut config = Config::default();
    change(&mut config);
    config
}

/// A configuration in which nothing but nearness scores, at 100 points.
pub(crate) fn nearness_alone(goals: &[Goal]) -> Config {
    config(|config| {
        let criteria = Criterion::ALL.iter().fold(Criteria::default(), |all, one| all.with_weight(*one, 0));
        config.criteria = criteria.with_weight(Criterion::Distance, 100);
        config.objective.goals = goals.to_vec();
    })
}

/// The question a market asks.
pub(crate) fn docking<'a>(market: &'a Market, config: &'a Config) -> Docking<'a> {
    Docking::prepare(market, config, &Control::new()).expect("the question can be asked")
}

/// An engine for `config`.
pub(crate) fn engine(config: &Config) -> Engine {
    Engine::new(config.clone()).expect("the configuration has no faults")
}

/// The proven result of a round without limits.
pub(crate) fn run<'a>(engine: &'a Engine, market: &'a Market) -> Verified<'a> {
    engine.run(market, &Control::new()).expect("the round can be run")
}

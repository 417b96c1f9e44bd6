//! For each rule: pairs it lets through, each just beyond one that it cuts.

use jiff::civil::date;
use talent_match::market::{
    Consent, Decision, DecisionState, Enterprise, Hazard, Level, PostKind, Programme, ProgrammeDistance,
    ProgrammeOccupation, Reach, RuleNumbers, Sex,
};

use crate::rule_cases::{become_cohort, neighbours, qualification, through_training};
use crate::world::{World, code};

/// A pair that every rule lets through, just beyond a cut.
pub(crate) struct Pass {
    pub(crate) name: &'static str,
    pub(crate) world: World,
    pub(crate) numbers: RuleNumbers,
}

fn pass(name: &'static str, change: fn(&mut World)) -> Pass {
    let mut world = World::of_two();
    change(&mut world);
    Pass { name, world, numbers: RuleNumbers::default() }
}

/// Every case that is acceptable.
pub(crate) fn passes() -> Vec<Pass> {
    let mut cases = acceptable_groups();
    cases.extend(acceptable_people());
    let mut across = RuleNumbers::default();
    across.farthest_programme = ProgrammeDistance::Across;
    cases.push(Pass {
        numbers: across,
        ..pass("any programme where the rule says so", |world| world.post().programmes = vec![code("71")])
    });
    cases.push(Pass { name: "an employee on a craftsman plan", world: World::of_craftsmen(), ..pass("", |_| {}) });
    cases
}

fn acceptable_groups() -> Vec<Pass> {
    vec![
        pass("nothing changed", |_| {}),
        pass("a cohort", become_cohort),
        pass("school and enterprise listed", |world| {
            neighbours(world);
            world.round.schools = vec!["school".to_owned()];
            world.round.enterprises = vec!["plant".to_owned()];
        }),
        pass("through-training for the last year, at fifteen", |world| {
            through_training(world);
            world.unit().birth = date(2011, 3, 1);
        }),
        pass("one of the levels wanted", |world| world.post().levels = vec![Level::College, Level::Secondary]),
        pass("a job in the last year", |world| {
            world.post().kind = PostKind::Job;
            world.unit().grade = Some(3);
        }),
        pass("the same class at another level", |world| world.post().programmes = vec![code("4601")]),
        pass("another class of the category", |world| world.post().programmes = vec![code("2603")]),
        pass("an occupation the category trains for", |world| {
            world.post().programmes.clear();
            world.trains_for = vec![ProgrammeOccupation::new(code("460301"), code("6-18-01-02"))];
        }),
        pass("an agreement about everything", |world| {
            world.post().kind = PostKind::Apprenticeship;
            world.agree(&[]);
        }),
        pass("an agreement about the class", |world| {
            world.post().kind = PostKind::Apprenticeship;
            world.agree(&["4603", "6601"]);
        }),
        pass("an agreement with a sponsor", |world| {
            world.post().kind = PostKind::FieldEngineer;
            world.enterprises.push(Enterprise::new("partner", "Partner", code("210213"), 10));
            world.post().sponsors = vec!["partner".to_owned()];
            world.agree(&["660102"]);
            world.agreements[0].parties = vec!["school".to_owned(), "partner".to_owned()];
        }),
        pass("members from another city", |world| {
            world.schools[0].region = code("110105");
            (world.schools[0].member, world.enterprises[0].member) = (true, true);
            world.post().reach = Reach::Consortium;
        }),
        pass("another district of the city", |world| {
            world.schools[0].region = code("210281");
            world.post().reach = Reach::City;
        }),
        pass("another city of the province", |world| world.schools[0].region = code("210102")),
        pass("another province where all may come", |world| {
            world.schools[0].region = code("110105");
            world.post().reach = Reach::Country;
        }),
        pass("pay of exactly four fifths", |world| {
            (world.post().wage, world.post().pay) = (Some(4_000), Some(3_200));
        }),
        pass("low pay, but no internship", |world| {
            world.post().kind = PostKind::OrderClass;
            (world.post().wage, world.post().pay) = (Some(4_000), Some(1));
        }),
        pass("a job where students may not go", |world| {
            world.post().kind = PostKind::Job;
            world.unit().grade = Some(3);
            world.post().hazards = Hazard::ALL.to_vec();
        }),
        pass("a second programme of the school changes nothing", |world| {
            world.programmes.push(Programme::new("care", "school", code("720301")));
        }),
    ]
}

fn acceptable_people() -> Vec<Pass> {
    vec![
        pass("sixteen on the first day", |world| world.unit().birth = date(2010, 9, 1)),
        pass("born on a leap day, on the first of March", |world| {
            world.unit().birth = date(2008, 2, 29);
            (world.post().start, world.unit().from) = (date(2024, 3, 1), date(2024, 3, 1));
        }),
        pass("born on a leap day, on a leap day", |world| {
            world.unit().birth = date(2008, 2, 29);
            (world.post().start, world.unit().from) = (date(2024, 2, 29), date(2024, 2, 29));
        }),
        pass("eighteen on the first day, alone, at night", |world| {
            (world.unit().birth, world.unit().consent) = (date(2008, 9, 1), Consent::Student);
            world.post().hazards = vec![Hazard::NightShift];
        }),
        pass("an adult man underground", |world| {
            (world.unit().birth, world.unit().sex) = (date(2007, 3, 1), Some(Sex::Male));
            world.post().hazards = vec![Hazard::Underground];
        }),
        pass("exactly the grade asked for", |world| {
            world.unit().qualifications = vec![qualification("焊工", 1), qualification("焊工", 4)];
            world.post().qualifications = vec![qualification("焊工", 4)];
        }),
        pass("a longer window", |world| {
            (world.unit().from, world.unit().to) = (date(2026, 8, 31), date(2027, 3, 1));
        }),
        pass("staying where the previous round placed", |world| {
            world.decisions = vec![Decision::at("li", "fitter", DecisionState::Placed)];
        }),
        pass("a post of one day", |world| world.post().end = world.post().start),
    ]
}

//! The supply side of the Jinpu market: students, cohorts and employees, all generated.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::draw::{Draw, apportion};
use super::enterprises::EnterpriseFacts;
use super::jinpu::{Jinpu, ROUND_DATE, code, programme_id};
use super::posts::PlannedPost;
use super::schools::{SCHOOLS, SchoolFacts};
use super::trade::Trade;
use super::wishes::{Wisher, Wishes};
use crate::market::{Consent, Flag, Level, Qualification, RegionCode, Sex, Supply};

/// Last days of availability: until graduation, until the end of the school year, through the first year after it,
/// and through a college course.
const UNTIL: [Date; 4] = [date(2027, 6, 30), date(2027, 8, 31), date(2028, 12, 31), date(2029, 8, 31)];

/// Homes of students by weight: the districts of Dalian, other cities of the province, other provinces.
const HOMES: [(&str, u32); 24] = [
    ("210213", 200),
    ("210211", 120),
    ("210204", 60),
    ("210202", 40),
    ("210203", 30),
    ("210212", 50),
    ("210214", 120),
    ("210281", 110),
    ("210283", 100),
    ("210224", 10),
    ("210100", 30),
    ("210300", 25),
    ("210600", 25),
    ("210700", 15),
    ("210800", 25),
    ("210900", 10),
    ("211000", 8),
    ("211200", 8),
    ("211300", 12),
    ("211400", 12),
    ("220000", 8),
    ("230000", 8),
    ("150000", 6),
    ("370000", 4),
];

/// Everything the people are generated from.
#[derive(Debug)]
pub(super) struct People<'a> {
    size: Jinpu,
    enterprises: &'a [EnterpriseFacts],
    wishes: Wishes<'a>,
}

/// The students of one programme and year.
#[derive(Clone, Copy, Debug)]
struct Year<'a> {
    school: &'a SchoolFacts,
    programme: &'static str,
    trade: Trade,
    grade: u8,
}

impl Year<'_> {
    fn is_last(self) -> bool {
        self.grade == years(self.school.level)
    }
}

/// Years of study at a level.
const fn years(level: Level) -> u8 {
    match level {
        Level::Secondary | Level::College => 3,
        Level::Bachelor => 4,
    }
}

impl<'a> People<'a> {
    pub(super) fn new(size: Jinpu, enterprises: &'a [EnterpriseFacts], posts: &'a [PlannedPost]) -> Self {
        Self { size, enterprises, wishes: Wishes::new(posts) }
    }

    /// Students and cohorts of every school, then employees.
    pub(super) fn all(&self) -> Vec<Supply> {
        let employed = self.size.scaled(60);
        let offers: Vec<_> = SCHOOLS
            .iter()
            .flat_map(|school| {
                let offers = school.offers();
                let shares: Vec<u32> = offers.iter().map(|(_, _, share)| *share).collect();
                let heads = apportion(school.heads, &shares);
                offers
                    .into_iter()
                    .zip(heads)
                    .map(move |((programme, trade, _), heads)| (school, programme, trade, heads))
            })
            .collect();
        let weights: Vec<u32> = offers.iter().map(|(.., heads)| *heads).collect();
        let heads = apportion(self.size.people - employed, &weights);
        let mut draw = Draw::new(self.size.seed, 21);
        let mut people = Vec::with_capacity(self.size.people as usize);
        for ((school, programme, trade, _), heads) in offers.into_iter().zip(heads) {
            let grades: &[u32] = match school.level {
                Level::Secondary => &[6, 36, 58],
                Level::College => &[6, 42, 52],
                Level::Bachelor => &[4, 16, 40, 40],
            };
            for (grade, heads) in (1..).zip(apportion(heads, grades)) {
                self.year(&mut draw, Year { school, programme, trade, grade }, heads, &mut people);
            }
        }
        self.employees(&mut Draw::new(self.size.seed, 22), employed, &mut people);
        people
    }

    /// `heads` students: a cohort out of a large year now and then, the others one by one.
    fn year(&self, draw: &mut Draw, year: Year<'_>, heads: u32, people: &mut Vec<Supply>) {
        let mut left = heads;
        while left >= 45 && year.school.level != Level::Bachelor && draw.chance(600) {
            let headcount = draw.between(20, 45);
            left -= headcount;
            people.push(self.cohort(draw, year, headcount, people.len()));
        }
        for _ in 0..left {
            people.push(self.student(draw, year, people.len()));
        }
    }

    fn student(&self, draw: &mut Draw, year: Year<'_>, number: usize) -> Supply {
        let id = format!("st-{:06}", number + 1);
        let programme = programme_id(year.school.id, year.programme);
        let [from, to] = window(draw, year);
        let mut unit = Supply::student(&id, &programme, year.grade, birth(draw, year), [from, to]);
        unit.sex = Some(if draw.chance(women(year.trade)) { Sex::Female } else { Sex::Male });
        if draw.chance(if year.is_last() { 560 } else { 380 }) {
            let grade = 1 + draw.weighted(&[55, 35, 10]) as u8;
            unit.qualifications.extend(Qualification::new(year.trade.facts().certificate, grade));
        }
        unit.region = Some(home(draw, year.school));
        unit.consent =
            [Consent::Both, Consent::Student, Consent::Nobody, Consent::OptedOut][draw.weighted(&[830, 115, 30, 25])];
        let rural = unit.region.is_some_and(|home| RURAL.contains(&home.to_string().as_str()));
        for (flag, per_mille) in [(Flag::Poor, 90), (Flag::Rural, if rural { 600 } else { 120 }), (Flag::Disabled, 9)] {
            if draw.chance(per_mille) {
                unit.flags.push(flag);
            }
        }
        let count = draw.weighted(&[8, 12, 20, 28, 20, 12]);
        unit.wishes = self.wishes.draw(draw, &wisher(year), count);
        unit
    }

    fn cohort(&self, draw: &mut Draw, year: Year<'_>, headcount: u32, number: usize) -> Supply {
        let id = format!("co-{:06}", number + 1);
        let programme = programme_id(year.school.id, year.programme);
        let [from, to] = window(draw, year);
        let mut unit = Supply::cohort(&id, &programme, year.grade, headcount, birth(draw, year), [from, to]);
        if draw.chance(300) {
            unit.qualifications.extend(Qualification::new(year.trade.facts().certificate, 1));
        }
        unit.wishes = self.wishes.draw(draw, &wisher(year), 2);
        unit
    }

    /// Young front-line employees of the members, for the craftsman plan.
    fn employees(&self, draw: &mut Draw, count: u32, people: &mut Vec<Supply>) {
        let members: Vec<&EnterpriseFacts> = self.enterprises.iter().filter(|enterprise| enterprise.member).collect();
        let weights: Vec<u32> = members.iter().map(|enterprise| enterprise.staff).collect();
        for number in 0..count {
            let enterprise = members[draw.weighted(&weights)];
            let trade = draw.pick(enterprise.trades).copied().unwrap_or(enterprise.trades[0]);
            let birth = days_before(ROUND_DATE, draw.between(20 * 365, 33 * 365));
            let to = if draw.chance(900) { UNTIL[2] } else { UNTIL[0] };
            let id = format!("em-{:06}", number + 1);
            let mut unit = Supply::employee(&id, &enterprise.id, birth, [ROUND_DATE, to]);
            unit.sex = Some(if draw.chance(women(trade)) { Sex::Female } else { Sex::Male });
            let grade = 2 + draw.weighted(&[40, 40, 15, 5]) as u8;
            unit.qualifications.extend(Qualification::new(trade.facts().name, grade));
            let who = Wisher { trade, level: None, last_year: false };
            let count = draw.between(0, 3) as usize;
            unit.wishes = self.wishes.draw(draw, &who, count);
            people.push(unit);
        }
    }
}

fn wisher(year: Year<'_>) -> Wisher {
    Wisher { trade: year.trade, level: Some(year.school.level), last_year: year.is_last() }
}

/// Divisions with many rural households.
const RURAL: [&str; 4] = ["210214", "210281", "210283", "210224"];

/// Women among the students of a trade, in thousandths.
const fn women(trade: Trade) -> u32 {
    match trade {
        Trade::Childcare => 930,
        Trade::Accounting | Trade::Hotel | Trade::Clothing => 750,
        Trade::Commerce | Trade::Biology | Trade::Logistics => 550,
        Trade::Software | Trade::Network | Trade::Things | Trade::Intelligence => 350,
        _ => 130,
    }
}

/// A birth date that fits level and grade: most of the usual age, some a year younger, some older.
fn birth(draw: &mut Draw, year: Year<'_>) -> Date {
    let entry = match year.school.level {
        Level::Secondary => 15,
        Level::College | Level::Bachelor => 18,
    };
    let usual = entry + u32::from(year.grade) - 1;
    let age = usual + [0, 1, 2][draw.weighted(&[84, 12, 4])] - u32::from(draw.chance(30));
    // Pupils of one year were born from one September to the next August.
    let youngest = date(2026 - age as i16, 9, 1);
    days_before(youngest, draw.between(1, 365))
}

fn days_before(day: Date, days: u32) -> Date {
    day.saturating_sub(i64::from(days).days())
}

/// When the student is free: most from the round on, last-year students often past their graduation.
fn window(draw: &mut Draw, year: Year<'_>) -> [Date; 2] {
    let from = if draw.chance(880) { ROUND_DATE } else { date(2027, 2, 15) };
    let weights = if year.is_last() { [6, 10, 14, 70] } else { [8, 22, 60, 10] };
    [from, UNTIL[draw.weighted(&weights)]]
}

/// The home of a student: often the district of the school.
fn home(draw: &mut Draw, school: &SchoolFacts) -> RegionCode {
    if draw.chance(300) {
        return code(school.region);
    }
    let weights = HOMES.map(|(_, weight)| weight);
    code(HOMES[draw.weighted(&weights)].0)
}

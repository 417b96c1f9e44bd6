//! The demand side of the Jinpu market: posts of seven tracks, all generated within the reported numbers of seats.

use jiff::civil::{Date, date};

use super::draw::{Draw, apportion};
use super::enterprises::EnterpriseFacts;
use super::jinpu::{Jinpu, code, split_seats};
use super::projects::partners;
use super::terms::{LEVELS, certificate, hazard, patterns, pay, reach, round_up, wanted};
use super::trade::Trade::{
    self, Accounting, CarMaking, CarService, Childcare, CleanPower, Commerce, Intelligence, Logistics, Machining,
    Mechatronics, Network, Robots, Software, Things, Welding,
};
use crate::market::{
    Agreement, Catalogue, Level, OccupationCode, Opening, Post, PostKind, ProgrammeCode, Qualification, Reach,
};

/// A post with what the wishes of students are drawn from.
#[derive(Clone, Debug)]
pub(super) struct PlannedPost {
    pub(super) post: Post,
    pub(super) trade: Trade,
    pub(super) popularity: u32,
}

impl PlannedPost {
    pub(super) fn is_internship_at(&self, enterprise: &str) -> bool {
        self.post.kind == PostKind::Internship && self.post.owner == enterprise
    }

    pub(super) const fn seats(&self) -> u32 {
        self.post.seats_max
    }
}

/// Through-training classes by college, in the order they open.
const THROUGH_TRAINING: [(&str, Trade); 26] = [
    ("C01", Machining),
    ("C02", Logistics),
    ("C01", Network),
    ("C04", CarMaking),
    ("C02", Things),
    ("C01", Commerce),
    ("C01", Childcare),
    ("C02", Robots),
    ("C03", Welding),
    ("C01", Mechatronics),
    ("C02", Accounting),
    ("C04", CarService),
    ("C01", Software),
    ("C03", CleanPower),
    ("C01", Machining),
    ("C02", Things),
    ("C01", Network),
    ("C02", Commerce),
    ("C04", Intelligence),
    ("C01", Childcare),
    ("C02", Logistics),
    ("C01", Robots),
    ("C03", Machining),
    ("C01", CarMaking),
    ("C01", Commerce),
    ("C01", CarService),
];

/// Field-engineer classes by enterprise, in the order they open.
const FIELD_ENGINEERS: [(&str, Trade); 4] =
    [("E01", Machining), ("E08", Robots), ("E05", CarMaking), ("E03", Intelligence)];

/// Half-year internships, by weight.
const HALF_YEARS: [[Date; 2]; 4] = [
    [date(2026, 10, 8), date(2027, 4, 7)],
    [date(2027, 1, 4), date(2027, 7, 3)],
    [date(2027, 2, 22), date(2027, 8, 21)],
    [date(2026, 9, 14), date(2027, 1, 22)],
];

const ONE_YEAR: [Date; 2] = [date(2026, 10, 8), date(2027, 6, 30)];
const TWO_YEARS: [Date; 2] = [date(2026, 10, 8), date(2028, 6, 30)];
const FIELD_ENGINEER_WINDOW: [Date; 2] = [date(2026, 9, 15), date(2028, 9, 14)];
const CRAFTSMAN_WINDOW: [Date; 2] = [date(2026, 10, 8), date(2027, 10, 7)];
const FIRST_JOB: [Date; 2] = [date(2027, 7, 5), date(2028, 7, 4)];
const COLLEGE_YEARS: [Date; 2] = [date(2027, 9, 1), date(2029, 7, 10)];

/// Enterprises promise to hire four fifths of an order class. Of two classes in three, one has ended before; none is said to have
/// of an enterprise whose name is real.
fn promised(class: &mut Post, number: u32, named: bool) {
    class.promise = Some(80);
    if !named && !number.is_multiple_of(3) {
        let trained = class.seats_max - number % 4;
        (class.trained, class.hired) = (Some(trained), Some(trained * (72 + 7 * (number % 5)) / 100));
    }
}

/// Makes the post a class that opens with `least` people or not at all; a minimum of 1 says nothing.
fn opens_with(post: &mut Post, least: u32) {
    if least > 1 {
        (post.seats_min, post.opening) = (least, Opening::OrClosed);
    }
}

/// Everything the posts are generated from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tracks<'a> {
    pub(super) size: Jinpu,
    pub(super) catalogue: &'a Catalogue,
    pub(super) enterprises: &'a [EnterpriseFacts],
    pub(super) agreements: &'a [Agreement],
}

impl Tracks<'_> {
    /// The posts of every track.
    pub(super) fn posts(self) -> Vec<PlannedPost> {
        let mut posts = self.internships(&mut Draw::new(self.size.seed, 11));
        posts.extend(self.jobs(&mut Draw::new(self.size.seed, 12)));
        posts.extend(self.order_classes(&mut Draw::new(self.size.seed, 13)));
        posts.extend(self.apprenticeships(&mut Draw::new(self.size.seed, 14)));
        posts.extend(self.field_engineers());
        posts.extend(self.through_training(&mut Draw::new(self.size.seed, 15)));
        posts.extend(self.craftsmen(&mut Draw::new(self.size.seed, 16)));
        posts
    }

    /// Shares `seats` over `enterprises` by staff, and each share over posts: enterprise, trade, seats.
    fn spread<'e>(
        draw: &mut Draw,
        enterprises: &[&'e EnterpriseFacts],
        seats: u32,
        count: u32,
    ) -> Vec<(&'e EnterpriseFacts, Trade, u32)> {
        let staff: Vec<u32> = enterprises.iter().map(|enterprise| enterprise.staff).collect();
        let seats = apportion(seats, &staff);
        let counts = apportion(count, &seats);
        let mut spread = Vec::new();
        for ((enterprise, seats), count) in enterprises.iter().zip(seats).zip(counts) {
            let trades = enterprise.trades.iter().cycle();
            spread.extend(
                split_seats(draw, seats, count).into_iter().zip(trades).map(|(n, trade)| (*enterprise, *trade, n)),
            );
        }
        spread
    }

    fn internships(self, draw: &mut Draw) -> Vec<PlannedPost> {
        let everybody: Vec<&EnterpriseFacts> = self.enterprises.iter().collect();
        let spread = Self::spread(draw, &everybody, self.size.scaled(2_800), self.size.rooted(400));
        let mut posts = Vec::with_capacity(spread.len());
        for (k, (enterprise, trade, seats)) in spread.into_iter().enumerate() {
            let (levels, engineer) = LEVELS[draw.weighted(&[24, 14, 28, 20, 6, 8])];
            let occupation = self.occupation(draw, trade, engineer);
            let window = HALF_YEARS[draw.weighted(&[40, 20, 25, 15])];
            let id = format!("IN-{:04}", k + 1);
            let name = format!("{}实习", occupation.1);
            let mut post = Post::new(&id, &name, PostKind::Internship, &enterprise.id, seats, window);
            post.occupation = Some(occupation.0);
            post.levels = levels.to_vec();
            post.programmes = wanted(draw, trade, levels, 500);
            post.reach = reach(draw, enterprise);
            let (pay, wage) = pay(draw, trade, engineer, [80, 100]);
            // A few break the pay rule on purpose, so that screening has something to report.
            post.pay = Some(if k % 33 == 7 { round_up(wage * draw.between(55, 75) / 100) } else { pay });
            post.wage = Some(wage);
            post.hazards.extend(hazard(k));
            if draw.chance(200) {
                post.qualifications.extend(certificate(draw, trade));
            }
            // And a few ask for what nobody has.
            if k % 120 == 55 {
                post.qualifications = Qualification::new(&occupation.1, 8).into_iter().collect();
            }
            posts.push(PlannedPost { post, trade, popularity: enterprise.popularity });
        }
        posts
    }

    fn jobs(self, draw: &mut Draw) -> Vec<PlannedPost> {
        let everybody: Vec<&EnterpriseFacts> = self.enterprises.iter().collect();
        let spread = Self::spread(draw, &everybody, self.size.scaled(1_500), self.size.rooted(260));
        let mut posts = Vec::with_capacity(spread.len());
        for (k, (enterprise, trade, seats)) in spread.into_iter().enumerate() {
            let (levels, engineer) = LEVELS[draw.weighted(&[14, 24, 20, 26, 11, 5])];
            let occupation = self.occupation(draw, trade, engineer);
            let id = format!("JB-{:04}", k + 1);
            let mut post = Post::new(&id, &occupation.1, PostKind::Job, &enterprise.id, seats, FIRST_JOB);
            post.occupation = Some(occupation.0);
            post.levels = levels.to_vec();
            post.programmes = wanted(draw, trade, levels, 300);
            post.reach = reach(draw, enterprise);
            let (pay, wage) = pay(draw, trade, engineer, [90, 110]);
            (post.pay, post.wage) = (Some(pay), Some(wage));
            if draw.chance(250) {
                post.qualifications.extend(certificate(draw, trade));
            }
            posts.push(PlannedPost { post, trade, popularity: enterprise.popularity });
        }
        posts
    }

    fn order_classes(self, draw: &mut Draw) -> Vec<PlannedPost> {
        let members: Vec<&EnterpriseFacts> = self.enterprises.iter().filter(|enterprise| enterprise.member).collect();
        let weights: Vec<u32> = members.iter().map(|enterprise| enterprise.staff.isqrt()).collect();
        let mut posts = Vec::new();
        for k in 0..self.size.scaled(40) {
            let owner = members[draw.weighted(&weights)];
            let trade = draw.pick(owner.trades).copied().unwrap_or(Machining);
            let (levels, _) = LEVELS[draw.weighted(&[35, 45, 20])];
            let occupation = self.occupation(draw, trade, false);
            let window = if draw.chance(650) { ONE_YEAR } else { TWO_YEARS };
            let seats = 20 + 5 * draw.below(5);
            let id = format!("OC-{:04}", k + 1);
            let name = format!("{}订单班", trade.facts().name);
            let mut post = Post::new(&id, &name, PostKind::OrderClass, &owner.id, seats, window);
            opens_with(&mut post, seats.saturating_sub(5).clamp(20, 30));
            promised(&mut post, k, owner.is_named());
            post.occupation = Some(occupation.0);
            post.levels = levels.to_vec();
            post.programmes = wanted(draw, trade, levels, 1_000);
            post.reach = if draw.chance(400) { Reach::Consortium } else { Reach::Province };
            if draw.chance(400) {
                let alike = |other: &&&EnterpriseFacts| other.sector == owner.sector && other.id != owner.id;
                let others: Vec<&&EnterpriseFacts> = members.iter().filter(alike).collect();
                let picked = (0..draw.between(1, 3)).filter_map(|_| draw.pick(&others).map(|other| other.id.clone()));
                post.sponsors = picked.collect();
                post.sponsors.sort();
                post.sponsors.dedup();
            }
            posts.push(PlannedPost { post, trade, popularity: owner.popularity });
        }
        posts
    }

    fn apprenticeships(self, draw: &mut Draw) -> Vec<PlannedPost> {
        let partners: Vec<&EnterpriseFacts> = partners(self.agreements, self.enterprises).collect();
        let spread = Self::spread(draw, &partners, self.size.scaled(300), self.size.rooted(36));
        let mut posts = Vec::with_capacity(spread.len());
        for (k, (enterprise, trade, seats)) in spread.into_iter().enumerate() {
            let (levels, _) = LEVELS[draw.weighted(&[30, 40, 30])];
            let occupation = self.occupation(draw, trade, false);
            let window = if draw.chance(600) { ONE_YEAR } else { TWO_YEARS };
            let id = format!("AP-{:04}", k + 1);
            let name = format!("{}学徒", occupation.1);
            let mut post = Post::new(&id, &name, PostKind::Apprenticeship, &enterprise.id, seats, window);
            opens_with(&mut post, seats.div_ceil(2));
            post.occupation = Some(occupation.0);
            post.levels = levels.to_vec();
            post.programmes = wanted(draw, trade, levels, 700);
            post.reach = Reach::Consortium;
            let (pay, wage) = pay(draw, trade, false, [80, 95]);
            (post.pay, post.wage) = (Some(pay), Some(wage));
            posts.push(PlannedPost { post, trade, popularity: enterprise.popularity });
        }
        posts
    }

    fn field_engineers(self) -> Vec<PlannedPost> {
        let seats = self.size.scaled(40);
        let count = seats.div_ceil(10);
        let mut posts = Vec::new();
        for (k, (seats, (owner, trade))) in apportion(seats, &vec![1; count as usize])
            .into_iter()
            .zip(FIELD_ENGINEERS.iter().copied().cycle())
            .enumerate()
        {
            let levels = [Level::College, Level::Bachelor];
            let name = format!("{}现场工程师", trade.facts().name);
            let id = format!("FE-{:04}", k + 1);
            let mut post = Post::new(&id, &name, PostKind::FieldEngineer, owner, seats, FIELD_ENGINEER_WINDOW);
            opens_with(&mut post, (3 * seats).div_ceil(5));
            post.occupation = trade.facts().engineer.first().map(|text| code::<OccupationCode>(text));
            post.levels = levels.to_vec();
            post.programmes = levels.into_iter().flat_map(|level| patterns(trade, level)).collect();
            post.reach = Reach::Consortium;
            (post.pay, post.wage) = (Some(trade.facts().wage), Some(trade.facts().wage * 11 / 10));
            post.qualifications = Qualification::new(trade.facts().certificate, 2).into_iter().collect();
            posts.push(PlannedPost { post, trade, popularity: 15 });
        }
        posts
    }

    fn through_training(self, draw: &mut Draw) -> Vec<PlannedPost> {
        let mut posts = Vec::new();
        let classes = THROUGH_TRAINING.iter().copied().cycle().take(self.size.scaled(26) as usize);
        for (k, (college, trade)) in classes.enumerate() {
            let Some(target) = draw.pick(trade.programmes(Level::College)) else { continue };
            let target: ProgrammeCode = code(target);
            let title = self.catalogue.programme(target).map_or(trade.facts().name, |row| row.name.as_str());
            let name = format!("{title}中高职贯通班");
            let id = format!("TT-{:04}", k + 1);
            let mut post = Post::new(&id, &name, PostKind::ThroughTraining, college, 40, COLLEGE_YEARS);
            post.target = Some(target);
            post.levels = vec![Level::Secondary];
            post.programmes = patterns(trade, Level::Secondary).collect();
            post.reach = if draw.chance(700) { Reach::Consortium } else { Reach::Province };
            if draw.chance(150) {
                post.qualifications.extend(Qualification::new(trade.facts().certificate, 1));
            }
            posts.push(PlannedPost { post, trade, popularity: draw.between(3, 9) });
        }
        posts
    }

    fn craftsmen(self, draw: &mut Draw) -> Vec<PlannedPost> {
        let members: Vec<&EnterpriseFacts> = self.enterprises.iter().filter(|enterprise| enterprise.member).collect();
        let weights: Vec<u32> = members.iter().map(|enterprise| enterprise.staff).collect();
        let seats = self.size.scaled(12);
        let mut posts = Vec::new();
        for (k, seats) in apportion(seats, &vec![1; seats.div_ceil(2) as usize]).into_iter().enumerate() {
            let owner = members[draw.weighted(&weights)];
            let trade = owner.trades[0];
            let occupation = self.occupation(draw, trade, false);
            let id = format!("CR-{:04}", k + 1);
            let name = format!("兴辽未来工匠·{}", occupation.1);
            let mut post = Post::new(&id, &name, PostKind::Craftsman, &owner.id, seats, CRAFTSMAN_WINDOW);
            post.occupation = Some(occupation.0);
            post.reach = Reach::Consortium;
            if draw.chance(500) {
                post.qualifications = Qualification::new(trade.facts().name, 3).into_iter().collect();
            }
            posts.push(PlannedPost { post, trade, popularity: owner.popularity });
        }
        posts
    }

    /// An occupation of the trade, with its name.
    fn occupation(self, draw: &mut Draw, trade: Trade, engineer: bool) -> (OccupationCode, String) {
        let facts = trade.facts();
        let codes = if engineer { facts.engineer } else { facts.worker };
        let occupation: OccupationCode = code(draw.pick(codes).copied().unwrap_or("1-00-00-00"));
        let name = self.catalogue.occupation(occupation).map_or_else(|| facts.name.to_owned(), |row| row.name.clone());
        (occupation, name)
    }
}

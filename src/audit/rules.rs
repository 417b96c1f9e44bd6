//! The pair rules, asked once more from the rows of the market.
//!
//! Nothing of the screening is used here: rows are found by their ids, codes are read digit by digit from their text,
//! and each rule is written from its own wording.

use std::collections::HashMap;

use super::decisions::Decisions;
use crate::market::{
    Agreement, Consent, Enterprise, Hazard, Level, Market, OccupationCode, Post, PostKind, Programme,
    ProgrammeDistance, Qualification, Reach, Rule, RuleNumbers, School, Sex, Supply,
};

/// The rows of a market by their ids, as a clerk would look them up.
pub(super) struct MarketWords<'a> {
    market: &'a Market,
    schools: HashMap<&'a str, &'a School>,
    enterprises: HashMap<&'a str, &'a Enterprise>,
    programmes: HashMap<&'a str, &'a Programme>,
    trained: HashMap<OccupationCode, Vec<String>>,
    decisions: Decisions<'a>,
}

/// A school or an enterprise, as far as rules ask.
pub(super) struct Member<'a> {
    id: &'a str,
    pub(super) region: String,
    pub(super) in_consortium: bool,
}

impl<'a> MarketWords<'a> {
    pub(super) fn of(market: &'a Market) -> Self {
        let mut trained = HashMap::<OccupationCode, Vec<String>>::new();
        for edge in market.catalogue().trains_for() {
            trained.entry(edge.occupation).or_default().push(edge.programme.to_string());
        }
        Self {
            market,
            schools: market.schools().iter().map(|school| (school.id.as_str(), school)).collect(),
            enterprises: market.enterprises().iter().map(|enterprise| (enterprise.id.as_str(), enterprise)).collect(),
            programmes: market.programmes().iter().map(|programme| (programme.id.as_str(), programme)).collect(),
            trained,
            decisions: Decisions::of(market),
        }
    }

    /// Whether `unit` at `post` keeps `rule`. A row that is not found keeps nothing.
    pub(super) fn keeps(&self, rule: Rule, numbers: &RuleNumbers, unit: &Supply, post: &Post) -> bool {
        let kept = match rule {
            Rule::RoundScope => self.round_scope(unit, post),
            Rule::Track => self.track(unit, post),
            Rule::Level => self.level(unit, post),
            Rule::Grade => self.grade(numbers, unit, post),
            Rule::Programme => self.programme_distance(numbers, unit, post),
            Rule::Agreement => self.agreement(unit, post),
            Rule::Reach => self.reach(unit, post),
            Rule::Pay => Some(pay(numbers, post)),
            Rule::Hazard => Some(hazard(unit, post)),
            Rule::Age => Some(post.kind == PostKind::ThroughTraining || years_old(numbers.minimum_age, unit, post)),
            Rule::ProtectedWork => Some(protected_work(numbers, unit, post)),
            Rule::Qualification => Some(qualification(unit, post)),
            Rule::Window => Some(post.start >= unit.from && post.end <= unit.to),
            Rule::Consent => Some(match unit.consent {
                Consent::Both => true,
                Consent::Student => years_old(numbers.adult_age, unit, post),
                Consent::Nobody | Consent::OptedOut => false,
            }),
            Rule::Decided => Some(!self.is_closed(&unit.id, &post.id)),
        };
        kept.unwrap_or(false)
    }

    pub(super) const fn decisions(&self) -> &Decisions<'a> {
        &self.decisions
    }

    pub(super) const fn market(&self) -> &'a Market {
        self.market
    }

    pub(super) fn enterprise(&self, id: &str) -> Option<&'a Enterprise> {
        self.enterprises.get(id).copied()
    }

    pub(super) fn programme(&self, unit: &Supply) -> Option<&'a Programme> {
        self.programmes.get(unit.programme.as_deref()?).copied()
    }

    pub(super) fn member(&self, id: &str) -> Option<Member<'a>> {
        let school = self.schools.get(id).map(|school| Member {
            id: &school.id,
            region: school.region.to_string(),
            in_consortium: school.member,
        });
        school.or_else(|| {
            let enterprise = self.enterprises.get(id)?;
            let region = enterprise.region.to_string();
            Some(Member { id: &enterprise.id, region, in_consortium: enterprise.member })
        })
    }

    /// The school a student studies at, or the enterprise an employee works for.
    pub(super) fn origin(&self, unit: &Supply) -> Option<Member<'a>> {
        match &unit.enterprise {
            Some(enterprise) => self.member(enterprise),
            None => self.member(&self.programme(unit)?.school),
        }
    }

    fn round_scope(&self, unit: &Supply, post: &Post) -> Option<bool> {
        let round = self.market.round();
        let listed = |member: &Member<'_>| {
            let list = if self.schools.contains_key(member.id) { &round.schools } else { &round.enterprises };
            list.is_empty() || list.iter().any(|id| id == member.id)
        };
        Some(listed(&self.origin(unit)?) && listed(&self.member(&post.owner)?))
    }

    fn track(&self, unit: &Supply, post: &Post) -> Option<bool> {
        let employee = unit.enterprise.is_some();
        Some(match post.kind {
            PostKind::Craftsman => employee,
            PostKind::ThroughTraining => !employee && self.level_of(unit)? == Level::Secondary,
            _ => !employee,
        })
    }

    /// The level, from the first two digits of the programme code.
    pub(super) fn level_of(&self, unit: &Supply) -> Option<Level> {
        match number(&self.programme(unit)?.code.to_string(), 0, 2) {
            21..=39 => Some(Level::Bachelor),
            41..=59 => Some(Level::College),
            61..=79 => Some(Level::Secondary),
            _ => None,
        }
    }

    fn level(&self, unit: &Supply, post: &Post) -> Option<bool> {
        Some(post.levels.is_empty() || unit.enterprise.is_some() || post.levels.contains(&self.level_of(unit)?))
    }

    fn grade(&self, numbers: &RuleNumbers, unit: &Supply, post: &Post) -> Option<bool> {
        if unit.enterprise.is_some() {
            return Some(true);
        }
        let [secondary, college, bachelor] = numbers.years;
        let needed = match (post.kind, self.level_of(unit)?) {
            (PostKind::Job | PostKind::ThroughTraining, Level::Secondary) => secondary,
            (PostKind::Job | PostKind::ThroughTraining, Level::College) => college,
            (PostKind::Job | PostKind::ThroughTraining, Level::Bachelor) => bachelor,
            _ => numbers.first_grade,
        };
        Some(unit.grade? >= needed)
    }

    fn programme_distance(&self, numbers: &RuleNumbers, unit: &Supply, post: &Post) -> Option<bool> {
        if unit.enterprise.is_some() {
            return Some(true);
        }
        let own = self.programme(unit)?.code.to_string();
        let wanted: Vec<String> = if !post.programmes.is_empty() {
            post.programmes.iter().map(ToString::to_string).collect()
        } else if let Some(target) = post.target {
            vec![target.to_string()]
        } else {
            self.trained.get(&post.occupation?).cloned().unwrap_or_default()
        };
        let nearest = wanted.iter().map(|wanted| distance(&own, wanted)).min().unwrap_or(ProgrammeDistance::Across);
        Some(nearest <= numbers.farthest_programme)
    }

    fn agreement(&self, unit: &Supply, post: &Post) -> Option<bool> {
        if unit.enterprise.is_some() || !matches!(post.kind, PostKind::Apprenticeship | PostKind::FieldEngineer) {
            return Some(true);
        }
        let programme = self.programme(unit)?;
        let code = programme.code.to_string();
        let signed = |agreement: &&Agreement| {
            // A school that offers a post itself has no agreement by being its own partner.
            let other = |id: &String| *id != programme.school && agreement.parties.contains(id);
            agreement.parties.contains(&programme.school)
                && (other(&post.owner) || post.sponsors.iter().any(other))
                && (agreement.programmes.is_empty()
                    || agreement.programmes.iter().any(|wanted| code.starts_with(&wanted.to_string())))
        };
        Some(self.market.agreements().iter().any(|agreement| signed(&agreement)))
    }

    fn reach(&self, unit: &Supply, post: &Post) -> Option<bool> {
        let (origin, owner) = (self.origin(unit)?, self.member(&post.owner)?);
        let work = post.region.map_or(owner.region, |region| region.to_string());
        let both_members = origin.in_consortium && owner.in_consortium;
        Some(match post.reach {
            Reach::Country => true,
            Reach::Province => both_members || origin.region[..2] == work[..2],
            Reach::City => both_members || origin.region[..4] == work[..4],
            Reach::Consortium => both_members,
        })
    }
}

/// Digits `from..to` of a code as a number.
fn number(code: &str, from: usize, to: usize) -> u32 {
    code.get(from..to).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// How far a programme is from a wanted programme, class or category, both as text.
fn distance(own: &str, wanted: &str) -> ProgrammeDistance {
    let category = |code: &str| number(code, 0, 2) % 20;
    if own.starts_with(wanted) {
        ProgrammeDistance::SameCode
    } else if category(own) != category(wanted) {
        ProgrammeDistance::Across
    } else if wanted.len() >= 4 && own[2..4] == wanted[2..4] {
        ProgrammeDistance::SameClass
    } else {
        ProgrammeDistance::SameCategory
    }
}

/// Whether the person has had the birthday of `age` when the post starts.
fn years_old(age: u8, unit: &Supply, post: &Post) -> bool {
    let (birth, start) = (unit.birth, post.start);
    (birth.year() + i16::from(age), birth.month(), birth.day()) <= (start.year(), start.month(), start.day())
}

fn pay(numbers: &RuleNumbers, post: &Post) -> bool {
    match (post.kind, post.wage) {
        (PostKind::Internship, Some(wage)) => {
            u64::from(post.pay.unwrap_or(0)) * 100 >= u64::from(wage) * u64::from(numbers.pay_percent)
        }
        _ => true,
    }
}

/// Whether the person would still be a student on the post.
fn in_training(unit: &Supply, post: &Post) -> bool {
    unit.enterprise.is_none() && post.kind != PostKind::Job && post.kind != PostKind::Craftsman
}

fn hazard(unit: &Supply, post: &Post) -> bool {
    let closed = |hazard: &Hazard| matches!(hazard, Hazard::Entertainment | Hazard::Agency | Hazard::HeavyLabour);
    !in_training(unit, post) || !post.hazards.iter().any(closed)
}

fn protected_work(numbers: &RuleNumbers, unit: &Supply, post: &Post) -> bool {
    if !in_training(unit, post) {
        return true;
    }
    let for_adults = [
        Hazard::Height,
        Hazard::Underground,
        Hazard::Radioactive,
        Hazard::Toxic,
        Hazard::Explosive,
        Hazard::NightShift,
    ];
    let minor = !years_old(numbers.adult_age, unit, post);
    let kept_from_minors = minor && post.hazards.iter().any(|hazard| for_adults.contains(hazard));
    let kept_from_women = unit.sex != Some(Sex::Male) && post.hazards.contains(&Hazard::Underground);
    !kept_from_minors && !kept_from_women
}

fn qualification(unit: &Supply, post: &Post) -> bool {
    post.qualifications.iter().all(|needed| {
        let held = unit.qualifications.iter().filter(|own| own.kind() == needed.kind());
        held.map(Qualification::grade).max() >= Some(needed.grade())
    })
}

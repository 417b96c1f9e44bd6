//! What must hold of quotas, mentors and bonds.

use std::collections::{BTreeSet, HashSet};

use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults};
use super::links::Links;
use super::record::Table;
use super::validation::{find, is_name};
use super::{
    Base, BondKind, Dimension, EnterpriseIx, Facet, Flag, Level, Market, Opening, Party, PostIx, PostKind, ProgrammeIx,
    ProgrammePattern, Quota, QuotaGroup, RegionCode, SchoolIx, SupplyIx, SupplyKind,
};

/// Largest penalty in points.
const MAX_PENALTY: u32 = 1_000_000;

/// Finds the faults of quotas, mentors and bonds in `draft`, whose tables are sorted, and links them.
pub(super) fn check(draft: &Draft, links: &mut Links, faults: &mut Faults) {
    quotas(draft, faults);
    links.mentors = mentors(draft, faults);
    links.bond_units = bonds(draft, faults);
}

fn quotas(draft: &Draft, faults: &mut Faults) {
    let table = &draft.quotas;
    for (k, quota) in table.records().enumerate() {
        let mut fault = |field: &str, code: FaultCode, value: &str, allowed: &str| {
            faults.push(Fault::new(code, table.place(k, field), value, allowed));
        };
        if quota.min.is_none() && quota.max.is_none() {
            fault("max", FaultCode::QuotaLimits, "", "");
        }
        if quota.opening == Opening::OrClosed {
            if quota.min.is_none() {
                fault("min", FaultCode::KindNeeds, "", Opening::OrClosed.word());
            }
            if let Some(penalty) = quota.penalty {
                fault("penalty", FaultCode::KindExcludes, &penalty.to_string(), Opening::OrClosed.word());
            }
        }
        if let Some(penalty) = quota.penalty.filter(|penalty| !(1..=MAX_PENALTY).contains(penalty)) {
            fault("penalty", FaultCode::BadNumber, &penalty.to_string(), &format!("1–{MAX_PENALTY}"));
        }
        if let Some(source) = quota.source.as_ref().filter(|source| !is_name(source)) {
            fault("source", FaultCode::BadName, source, "");
        }
        for (at, dimension) in quota.per.iter().enumerate() {
            if *dimension == Dimension::Flag || quota.per[..at].contains(dimension) {
                fault("per", FaultCode::QuotaPer, dimension.word(), "");
            }
        }
        for facet in &quota.of {
            if let Some((code, allowed)) = unknown(draft, facet) {
                fault("of", code, &facet.value, &allowed);
            }
        }
    }
}

/// Why a facet's value is none, if it is none, and what would be.
fn unknown(draft: &Draft, facet: &Facet) -> Option<(FaultCode, String)> {
    let value = facet.value.as_str();
    let words = |words: Vec<&str>| {
        let known = words.contains(&value);
        (!known).then(|| (FaultCode::UnknownWord, words.join(", ")))
    };
    let among = |found: bool, table: &str| (!found).then(|| (FaultCode::Dangling, table.to_owned()));
    let form = |read: Option<String>| read.map(|form| (FaultCode::BadCodeForm, form));
    match facet.dimension {
        Dimension::Post => among(find(&draft.posts, value, |row| &row.id).is_some(), "posts"),
        Dimension::Unit => among(find(&draft.supply, value, |row| &row.id).is_some(), "supply"),
        Dimension::School => among(find(&draft.schools, value, |row| &row.id).is_some(), "schools"),
        Dimension::Employer => among(find(&draft.enterprises, value, |row| &row.id).is_some(), "enterprises"),
        Dimension::Programme => among(find(&draft.programmes, value, |row| &row.id).is_some(), "programmes"),
        Dimension::Owner => {
            let school = find(&draft.schools, value, |row| &row.id).is_some();
            among(school || find(&draft.enterprises, value, |row| &row.id).is_some(), "schools, enterprises")
        }
        Dimension::Sector => {
            among(draft.enterprises.records().any(|row| row.sector.as_deref() == Some(value)), "enterprises.sector")
        }
        Dimension::Kind => words(PostKind::ALL.iter().map(|kind| kind.word()).collect()),
        Dimension::Member => words(vec!["true", "false"]),
        Dimension::Level => words(Level::ALL.iter().map(|level| level.word()).collect()),
        Dimension::Flag => words(Flag::ALL.iter().map(|flag| flag.word()).collect()),
        Dimension::Grade => {
            let grade = value.len() == 1 && ("1"..="9").contains(&value);
            (!grade).then(|| (FaultCode::BadNumber, "1 to 9".to_owned()))
        }
        Dimension::Code => form(value.parse::<ProgrammePattern>().err().map(|bad| bad.form().to_owned())),
        Dimension::Place | Dimension::Home => form(value.parse::<RegionCode>().err().map(|bad| bad.form().to_owned())),
        Dimension::Occupation => form((!begins_occupation(value)).then(|| "d, d-dd, d-dd-dd, d-dd-dd-dd".to_owned())),
    }
}

/// Whether `text` is an occupation code or the beginning of one: `6`, `6-18`, `6-18-01`, `6-18-01-02`.
fn begins_occupation(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() <= 4 && parts.iter().all(digits) && parts.iter().zip([1, 2, 2, 2]).all(|(part, len)| part.len() == len)
}

fn mentors(draft: &Draft, faults: &mut Faults) -> Vec<(Party, Option<ProgrammeIx>)> {
    let table = &draft.mentors;
    let mut links = Vec::with_capacity(table.rows.len());
    for (k, mentor) in table.records().enumerate() {
        let mut fault = |field: &str, code: FaultCode, value: &str, allowed: &str| {
            faults.push(Fault::new(code, table.place(k, field), value, allowed));
        };
        let school = find(&draft.schools, &mentor.party, |row| &row.id).map(|row| Party::School(SchoolIx::new(row)));
        let enterprise = || find(&draft.enterprises, &mentor.party, |row| &row.id).map(EnterpriseIx::new);
        let party = school.or_else(|| enterprise().map(Party::Enterprise));
        if party.is_none() {
            fault("party", FaultCode::Dangling, &mentor.party, "schools, enterprises");
        }
        let mut own = None;
        if let Some(programme) = &mentor.programme {
            own = find(&draft.programmes, programme, |row| &row.id).map(ProgrammeIx::new);
            match own {
                None => fault("programme", FaultCode::Dangling, programme, "programmes"),
                Some(row) if draft.programmes.rows[row.index()].1.school != mentor.party => {
                    fault("programme", FaultCode::MentorProgramme, programme, "");
                }
                Some(_) => {}
            }
        }
        links.extend(party.map(|party| (party, own)));
    }
    links
}

fn bonds(draft: &Draft, faults: &mut Faults) -> Vec<Vec<SupplyIx>> {
    let table = &draft.bonds;
    let mut links = Vec::with_capacity(table.rows.len());
    for (k, bond) in table.records().enumerate() {
        let mut fault = |field: &str, code: FaultCode, value: &str, allowed: &str| {
            faults.push(Fault::new(code, table.place(k, field), value, allowed));
        };
        let fewest = if bond.kind == BondKind::Whole { 1 } else { 2 };
        if bond.units.len() < fewest {
            fault("units", FaultCode::BondSize, bond.kind.word(), &fewest.to_string());
        }
        if let Some(source) = bond.source.as_ref().filter(|source| !is_name(source)) {
            fault("source", FaultCode::BadName, source, "");
        }
        let mut seen = HashSet::new();
        let mut units = Vec::with_capacity(bond.units.len());
        for id in &bond.units {
            let Some(unit) = find(&draft.supply, id, |row| &row.id) else {
                fault("units", FaultCode::Dangling, id, "supply");
                continue;
            };
            if !seen.insert(unit) {
                fault("units", FaultCode::DuplicateRow, id, "");
            }
            if bond.kind != BondKind::Whole && draft.supply.rows[unit as usize].1.kind == SupplyKind::Cohort {
                fault("units", FaultCode::BondCohort, id, bond.kind.word());
            }
            units.push(SupplyIx::new(unit));
        }
        links.push(units);
    }
    links
}

/// Finds the faults of the groups that the quotas of `market` make; `table` says where the quotas stand.
pub(super) fn check_groups(market: &Market, table: &Table<Quota>, faults: &mut Faults) {
    for group in market.quota_groups() {
        let row = group.quota.index();
        let quota = market.quota(group.quota);
        let (min, max) = group.stated;
        if let Some(max) = max.filter(|max| min > *max) {
            let range = format!("{}: {min} > {max}", group.label(market));
            faults.push(Fault::new(FaultCode::RangeReversed, table.place(row, "min"), range, ""));
        }
        let bases: BTreeSet<&str> =
            [quota.min, quota.max].into_iter().flatten().filter_map(|amount| amount.base().map(Base::word)).collect();
        let asks = |base: Base| bases.contains(base.word());
        if asks(Base::PostStaff) {
            for post in posts_of(&group, market).filter(|post| market.post(*post).staff.is_none()) {
                let id = &market.post(post).id;
                faults.push(Fault::new(FaultCode::NoStaff, table.place(row, "max"), id, ""));
            }
        }
    }
}

fn posts_of<'a>(group: &'a QuotaGroup, market: &Market) -> Box<dyn Iterator<Item = PostIx> + 'a> {
    match &group.posts {
        Some(posts) => Box::new(posts.iter().copied()),
        None => Box::new(PostIx::all(market.posts().len())),
    }
}

//! The terms of a generated post: levels, wanted programmes, certificates, reach, pay and hazards.

use super::draw::Draw;
use super::enterprises::EnterpriseFacts;
use super::jinpu::code;
use super::trade::Trade;
use crate::market::{Hazard, Level, ProgrammePattern, Qualification, Reach};

/// Levels a post may ask for, with whether the work is an engineer's.
pub(super) const LEVELS: [(&[Level], bool); 6] = [
    (&[Level::Secondary], false),
    (&[Level::College], false),
    (&[Level::Secondary, Level::College], false),
    (&[Level::College, Level::Bachelor], true),
    (&[Level::Bachelor], true),
    (&[], false),
];

/// The trade's programmes of `level` as patterns.
pub(super) fn patterns(trade: Trade, level: Level) -> impl Iterator<Item = ProgrammePattern> {
    trade.programmes(level).iter().map(|text| code(text))
}

/// With a chance of `per_mille`, the trade's programmes of the wanted levels, as codes or as classes; else none, which
/// means whatever leads to the occupation.
pub(super) fn wanted(draw: &mut Draw, trade: Trade, levels: &[Level], per_mille: u32) -> Vec<ProgrammePattern> {
    let levels = if levels.is_empty() { Level::ALL } else { levels };
    if !draw.chance(per_mille) {
        return Vec::new();
    }
    if draw.chance(700) {
        return levels.iter().flat_map(|level| patterns(trade, *level)).collect();
    }
    let class = |level: &Level| trade.programmes(*level).first().map(|text| code(&text[..4]));
    levels.iter().filter_map(class).collect()
}

/// A certificate of the trade, mostly of the first grade.
pub(super) fn certificate(draw: &mut Draw, trade: Trade) -> Option<Qualification> {
    let grade = 1 + draw.weighted(&[60, 30, 10]) as u8;
    Qualification::new(trade.facts().certificate, grade)
}

/// How far people may come from: members look near first, others take the whole province.
pub(super) fn reach(draw: &mut Draw, enterprise: &EnterpriseFacts) -> Reach {
    let near = [Reach::Consortium, Reach::City, Reach::Province, Reach::Country];
    let weights = if enterprise.member { [25, 25, 45, 5] } else { [0, 0, 9, 1] };
    near[draw.weighted(&weights)]
}

pub(super) fn round_up(amount: u32) -> u32 {
    amount.div_ceil(10) * 10
}

/// Pay, from `share` percent of the wage, and wage in CNY a month.
pub(super) fn pay(draw: &mut Draw, trade: Trade, engineer: bool, share: [u32; 2]) -> (u32, u32) {
    let typical = trade.facts().wage * if engineer { 12 } else { 10 } / 10;
    let wage = round_up(typical * draw.between(85, 115) / 100);
    let pay = (wage * draw.between(share[0], share[1])).div_ceil(100);
    (round_up(pay), wage)
}

/// Some posts have a hazard, so that every rule about hazards has cases.
pub(super) const fn hazard(k: usize) -> Option<Hazard> {
    match (k % 40, k % 200) {
        (11, _) => Some(Hazard::NightShift),
        (_, 21 | 121) => Some(Hazard::Toxic),
        (_, 37 | 137) => Some(Hazard::Height),
        (_, 45) => Some(Hazard::Explosive),
        (_, 60) => Some(Hazard::HeavyLabour),
        (_, 77) => Some(Hazard::Agency),
        (_, 133) => Some(Hazard::Underground),
        (_, 152) => Some(Hazard::Entertainment),
        (_, 174) => Some(Hazard::Radioactive),
        _ => None,
    }
}

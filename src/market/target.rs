//! What a consortium has set out to reach.

use super::cell::scalar_by_word;
use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults};
use super::member::new_record;
use super::record::record;
use super::validation::is_name;
use crate::language::vocabulary;

vocabulary! {
    /// What a consortium reports of a year.
    Indicator {
        /// Order classes with somebody in them.
        OrderClasses = "order_classes", "order classes opened", "开办订单班";
        /// People on seats of field-engineer programmes.
        FieldEngineers = "field_engineers", "field engineers in training", "现场工程师在培";
        /// People on seats of through-training classes.
        ThroughTraining = "through_training", "through-training seats filled", "中高职贯通录取";
        /// Employees in craftsman training.
        Craftsmen = "craftsmen", "craftsmen in training", "工匠在培";
        /// People on internships.
        Internships = "internships", "internship seats filled", "实习岗位上岗";
        /// Programmes of whose students some are in an order class, an apprenticeship or a field-engineer programme.
        ProgrammesInTraining = "programmes_in_training", "programmes with orders or apprenticeships", "开展订单或学徒培养的专业";
        /// Agreements under which somebody is placed.
        AgreementsUsed = "agreements_used", "agreements used", "已用协议";
    }
}

scalar_by_word!(Indicator);

impl std::fmt::Display for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl Indicator {
    /// The stable code, `K01` to `K07`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrderClasses => "K01",
            Self::FieldEngineers => "K02",
            Self::ThroughTraining => "K03",
            Self::Craftsmen => "K04",
            Self::Internships => "K05",
            Self::ProgrammesInTraining => "K06",
            Self::AgreementsUsed => "K07",
        }
    }

    /// Whether its target is a share of all there are, in percent.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self, Self::ProgrammesInTraining | Self::AgreementsUsed)
    }
}

record! {
    /// What an indicator is to reach; it is reported, and steers nothing.
    Target in "targets" {
        /// What is measured; each at most once.
        indicator: Indicator,
        /// How much is to be reached, from 1: classes or people; percent, up to 100, for programmes and agreements.
        amount: u32,
        /// Where the target comes from.
        source: Option<String>,
    }
}

new_record!(Target, indicator: Indicator, amount: u32; source: None);

/// Finds the faults of the targets in `draft`, whose tables are sorted.
pub(super) fn check(draft: &Draft, faults: &mut Faults) {
    let table = &draft.targets;
    for (row, target) in table.records().enumerate() {
        let word = target.indicator.word();
        if row > 0 && table.rows[row - 1].1.indicator == target.indicator {
            faults.push(Fault::new(FaultCode::DuplicateRow, table.place(row, ""), word, ""));
        }
        let most = if target.indicator.is_share() { 100 } else { u32::MAX };
        if !(1..=most).contains(&target.amount) {
            let allowed = format!("1–{most}");
            faults.push(Fault::new(FaultCode::BadNumber, table.place(row, "amount"), target.amount, allowed));
        }
        if let Some(source) = target.source.as_ref().filter(|source| !is_name(source)) {
            faults.push(Fault::new(FaultCode::BadName, table.place(row, "source"), source, ""));
        }
    }
}

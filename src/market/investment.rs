//! What enterprises invest in vocational education, and the surcharges they owe: the basis of an incentive.

use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults};
use super::member::new_record;
use super::record::record;
use super::validation::find;

record! {
    /// What an enterprise in the incentive programme invested, withdrew and owed in one year, subsidiaries included.
    Investment in "investments" {
        /// Id of the enterprise.
        enterprise: String,
        /// The year, 2019 (the first of the rule) to 2100; each at most once for an enterprise.
        year: u16,
        /// Eligible investment of the year in yuan.
        invested: u64,
        /// Investment of this or earlier years that was withdrawn or sold in the year, in yuan; none when empty.
        withdrawn: Option<u64>,
        /// Education surcharge and local education surcharge due for the year, in yuan.
        surcharge: u64,
    }
}

new_record!(Investment, enterprise: &str, year: u16, invested: u64, surcharge: u64; withdrawn: None);

/// The largest amount in yuan: sums of all years stay within 64 bits, in fen too.
const MOST: u64 = 1_000_000_000_000;

/// Finds the faults of the investments in `draft`, whose tables are sorted.
pub(super) fn check(draft: &Draft, faults: &mut Faults) {
    let table = &draft.investments;
    let (mut invested, mut withdrawn) = (0_u64, 0_u64);
    for (row, own) in table.records().enumerate() {
        let mut fault = |field: &str, code, value: &dyn std::fmt::Display, allowed: &str| {
            faults.push(Fault::new(code, table.place(row, field), value, allowed));
        };
        if find(&draft.enterprises, &own.enterprise, |enterprise| &enterprise.id).is_none() {
            fault("enterprise", FaultCode::Dangling, &own.enterprise, "enterprises");
        }
        if !(2019..=2100).contains(&own.year) {
            fault("year", FaultCode::BadNumber, &own.year, "2019 to 2100");
        }
        let amounts =
            [("invested", own.invested), ("withdrawn", own.withdrawn.unwrap_or(0)), ("surcharge", own.surcharge)];
        for (field, amount) in amounts.into_iter().filter(|(_, amount)| *amount > MOST) {
            fault(field, FaultCode::BadNumber, &amount, &format!("0–{MOST}"));
        }
        let before =
            row.checked_sub(1).map(|at| &table.rows[at].1).filter(|before| before.enterprise == own.enterprise);
        match before {
            None => (invested, withdrawn) = (0, 0),
            Some(before) if before.year == own.year => fault("year", FaultCode::DuplicateRow, &own.year, ""),
            Some(_) => {}
        }
        invested = invested.saturating_add(own.invested);
        withdrawn = withdrawn.saturating_add(own.withdrawn.unwrap_or(0));
        if withdrawn > invested {
            fault("withdrawn", FaultCode::WithdrawnMore, &withdrawn, &invested.to_string());
        }
    }
}

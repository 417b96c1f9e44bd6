//! The investment incentive: what enterprises save of their surcharges for what they invest in vocational education.
//!
//! Of each year's eligible investment, 30 % is credit against the education surcharge and local education surcharge of the year;
//! what is not used is carried forward. Whoever withdraws an investment loses its credit: what is not used lapses first, and the
//! rest, already set off, is repaid. Everything is in fen and exact: 30 % of a yuan are 30 fen.
//!
//! Source: 财税〔2019〕46号. That unused credit lapses before used credit is repaid is how it is read here; the notice says that
//! what has been set off is repaid.

use serde::Serialize;

use crate::market::{Enterprise, Market};

/// Fen of credit for a yuan of investment.
const CREDIT: u64 = 30;

/// Fen of a yuan.
const YUAN: u64 = 100;

/// The incentive of one enterprise in one year. Amounts are in fen, hundredths of a yuan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IncentiveLine {
    /// Id of the enterprise.
    pub enterprise: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: u16,
    /// Eligible investment of the year.
    pub invested: u64,
    /// Investment withdrawn in the year.
    pub withdrawn: u64,
    /// Credit brought forward from the years before.
    pub brought: u64,
    /// Credit for the year's investment.
    pub credit: u64,
    /// Unused credit that lapses with the investment withdrawn.
    pub lapsed: u64,
    /// Surcharges due.
    pub surcharge: u64,
    /// Set off against them: all of the credit, or all of the surcharges, whichever is less.
    pub offset: u64,
    /// To be repaid for what was set off in earlier years and is withdrawn now.
    pub repaid: u64,
    /// Credit carried forward.
    pub carried: u64,
}

/// The incentive of every enterprise with investments, by enterprise and year; a year without a row carries everything on.
///
/// ```
/// use talent_match::insight::incentives;
/// use talent_match::market::{Enterprise, Investment, Market, Round};
/// # use jiff::civil::date;
///
/// let market = Market::builder(Round::new("autumn", date(2026, 9, 1), 1))
///     .enterprise(Enterprise::new("plant", "Machine plant", "210213".parse()?, 800))
///     .investment(Investment::new("plant", 2025, 1_000_000, 200_000))
///     .investment(Investment::new("plant", 2026, 0, 250_000))
///     .build()?;
/// let offsets: Vec<u64> = incentives(&market).iter().map(|line| line.offset / 100).collect();
/// assert_eq!(offsets, [200_000, 100_000]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn incentives(market: &Market) -> Vec<IncentiveLine> {
    let mut lines: Vec<IncentiveLine> = Vec::with_capacity(market.investments().len());
    for row in market.investments() {
        let before = lines.last().filter(|line| line.enterprise == row.enterprise);
        let brought = before.map_or(0, |line| line.carried);
        let credit = CREDIT * row.invested;
        let withdrawn = row.withdrawn.unwrap_or(0);
        let lost = CREDIT * withdrawn;
        let lapsed = lost.min(brought + credit);
        let surcharge = YUAN * row.surcharge;
        let left = brought + credit - lapsed;
        let offset = left.min(surcharge);
        lines.push(IncentiveLine {
            enterprise: row.enterprise.clone(),
            name: name(market.enterprises(), &row.enterprise),
            year: row.year,
            invested: YUAN * row.invested,
            withdrawn: YUAN * withdrawn,
            brought,
            credit,
            lapsed,
            surcharge,
            offset,
            repaid: lost - lapsed,
            carried: left - offset,
        });
    }
    lines
}

fn name(enterprises: &[Enterprise], id: &str) -> String {
    let found = enterprises.binary_search_by(|row| row.id.as_str().cmp(id));
    found.map_or_else(|_| id.to_owned(), |row| enterprises[row].name.clone())
}

//! Several rounds together: what they say of each programme, and of the demand for each occupation, with the feature `forecast` a year
//! ahead.
//!
//! A saved [`Record`](crate::Record) and the market it belongs to are enough: what the years need is read from the examined result, so
//! that nobody has to keep figures beside the files, and no figure counts that was not proven.
//!
//! ```no_run
//! use talent_match::docking::Docking;
//! use talent_match::insight::{RoundFigures, Shortages, SignalRules};
//! use talent_match::outlook::Outlook;
//! use talent_match::{Control, Language, Market, Record};
//!
//! fn figures(market: &str, record: &str) -> Result<RoundFigures, talent_match::Error> {
//!     let (market, record) = (Market::read(market)?, Record::read(record)?);
//!     let (config, control) = (record.config()?, Control::new());
//!     let result = record.examine(Docking::prepare(&market, &config, &control)?, &control).into_verified()?;
//!     Ok(Shortages::of(&result).figures())
//! }
//!
//! let rounds = [figures("2025/market", "2025")?, figures("2026/market", "2026")?];
//! let outlook = Outlook::of(rounds, SignalRules::default())?;
//! print!("{}", outlook.text(Language::English));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "forecast")]
mod ahead;
mod demand;
mod twice;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::insight::{ProgrammeName, ProgrammeSignal, RoundFigures, SignalRules, signals};
#[cfg(feature = "forecast")]
pub use ahead::{Ahead, AheadState, INTERVAL, LEAST_YEARS, Model, Projection, ahead};
pub use demand::{DemandLine, YearLine};
pub use twice::Twice;

/// One of the rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundLine {
    /// Id of the round.
    pub round: String,
    /// Its date.
    pub date: Date,
    /// What its result belongs to: market, configuration and seed.
    pub digest: String,
    /// Whether the demand of its year is that of this round: it is the last one of the year.
    pub of_year: bool,
}

/// What is said of one programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeLine {
    /// What people call it, as in the last round that has it.
    #[serde(flatten)]
    pub called: ProgrammeName,
    /// The word, with the figures it rests on.
    #[serde(flatten)]
    pub said: ProgrammeSignal,
}

/// Several rounds together, as data; the same whatever order they were given in.
///
/// The rounds are taken to be of one consortium with the same scope: nothing in a market says whether a round left part of it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Outlook {
    /// The rounds, the earliest first; of one day by id.
    pub rounds: Vec<RoundLine>,
    /// The numbers that the signals follow from.
    pub rules: SignalRules,
    /// The programmes, by id.
    pub programmes: Vec<ProgrammeLine>,
    /// Years between the first and the last without a round.
    pub missing: Vec<i16>,
    /// The years in a row up to the last one, which a projection rests on; empty without rounds.
    pub in_a_row: Vec<i16>,
    /// The year that projections are of, the one after the last; none without rounds.
    #[cfg(feature = "forecast")]
    pub projected: Option<i16>,
    /// The occupations with posts in one of the rounds, by code.
    pub demand: Vec<DemandLine>,
}

impl Outlook {
    /// Puts rounds together, in any order.
    ///
    /// Signals follow from rounds ([`signals`]). Demand follows from years: a later round of the same year has the posts of the one
    /// before again, with those that stand ([`Market::next_round`](crate::Market::next_round)), so the last round of a year stands for
    /// it. A year with a round in which an occupation has no post is a year without demand for it; a year without a round is
    /// [`missing`](Self::missing) and is never guessed.
    ///
    /// Cost: sorting the figures; with the feature `forecast` a fit for each occupation, about a millisecond.
    ///
    /// # Errors
    /// E007 if two results are of one round: same id and date.
    pub fn of(rounds: impl IntoIterator<Item = RoundFigures>, rules: SignalRules) -> Result<Self, Twice> {
        let mut rounds: Vec<RoundFigures> = rounds.into_iter().collect();
        rounds.sort_by(|a, b| (a.date(), a.round()).cmp(&(b.date(), b.round())));
        let twice = rounds.windows(2).find(|two| (two[0].date(), two[0].round()) == (two[1].date(), two[1].round()));
        if let Some(two) = twice {
            return Err(Twice { round: two[0].round().to_owned(), date: two[0].date() });
        }
        let is_last = |at: usize| rounds.get(at + 1).is_none_or(|next| next.date().year() > rounds[at].date().year());
        let line = |(at, round): (usize, &RoundFigures)| RoundLine {
            round: round.round().to_owned(),
            date: round.date(),
            digest: round.digest().to_owned(),
            of_year: is_last(at),
        };
        let lines: Vec<RoundLine> = rounds.iter().enumerate().map(line).collect();
        let of_years: Vec<&RoundFigures> =
            rounds.iter().zip(&lines).filter(|(_, line)| line.of_year).map(|(round, _)| round).collect();
        let years: BTreeSet<i16> = of_years.iter().map(|round| round.date().year()).collect();
        let mut in_a_row: Vec<i16> = years.last().into_iter().copied().collect();
        while let Some(before) = in_a_row.last().map(|year| year - 1).filter(|year| years.contains(year)) {
            in_a_row.push(before);
        }
        in_a_row.reverse();
        let span = years.first().copied().zip(years.last().copied());
        let missing =
            span.map_or_else(Vec::new, |(first, last)| (first..last).filter(|year| !years.contains(year)).collect());
        let figures: Vec<_> = rounds.iter().map(|round| round.programmes().to_vec()).collect();
        let called =
            |programme: &str| rounds.iter().rev().find_map(|round| round.name(programme)).cloned().unwrap_or_default();
        let programmes = signals(&figures, rules).into_iter();
        let programmes = programmes.map(|said| ProgrammeLine { called: called(&said.programme), said }).collect();
        let demand = demand::of(&of_years, in_a_row.len());
        Ok(Self {
            rounds: lines,
            rules,
            programmes,
            missing,
            #[cfg(feature = "forecast")]
            projected: in_a_row.last().map(|year| year.saturating_add(1)),
            in_a_row,
            demand,
        })
    }
}

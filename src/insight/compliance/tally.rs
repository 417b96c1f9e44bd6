//! What was looked at for one line of the sheet, added up.

use super::{Nearest, Seen};
use crate::market::{Fit, Reading, Unit};

/// Numbers of one line.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) unit: Unit,
    pub(super) looked: u64,
    pub(super) at_limit: u64,
    pub(super) beyond: u64,
    pub(super) excused: u64,
    /// How many limits nobody but those of before exceeds.
    pub(super) before: u64,
    pub(super) nearest: Option<Nearest>,
}

impl Tally {
    /// Nothing yet.
    pub(super) const fn of(unit: Unit) -> Self {
        Self { unit, looked: 0, at_limit: 0, beyond: 0, excused: 0, before: 0, nearest: None }
    }

    /// `weight` more were looked at: one post, or so many people of one placement.
    pub(super) fn see(&mut self, weight: u64, seen: impl Fn() -> Seen, reading: Reading) {
        self.looked += weight;
        self.at_limit += if reading.fit() == Fit::AtLimit { weight } else { 0 };
        self.near(seen, reading);
    }

    fn near(&mut self, seen: impl Fn() -> Seen, reading: Reading) {
        let nearer = |known: &Nearest| {
            let order = reading.nearer(known.reading);
            order.is_lt() || order.is_eq() && seen() < known.seen
        };
        if self.nearest.as_ref().is_none_or(nearer) {
            self.nearest = Some(Nearest { seen: seen(), reading });
        }
    }

    /// Those of `other` too.
    pub(super) fn add(&mut self, other: &Self) {
        self.looked += other.looked;
        self.at_limit += other.at_limit;
        self.beyond = self.beyond.saturating_add(other.beyond);
        self.excused += other.excused;
        self.before += other.before;
        if let Some(Nearest { seen, reading }) = &other.nearest {
            self.near(|| seen.clone(), *reading);
        }
    }

    /// All of `tallies`.
    pub(super) fn sum<'a>(unit: Unit, tallies: impl Iterator<Item = &'a Self>) -> Self {
        tallies.fold(Self::of(unit), |mut sum, tally| {
            sum.add(tally);
            sum
        })
    }
}

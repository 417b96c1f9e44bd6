//! Who might move to a post: the pairs of each post that are nearly as good as what their units have.
//!
//! A search against the direction of the rows asks a post for the units that lose least by moving there. All pairs
//! sorted by post would answer, at the price of the graph's size again; most are far from mattering. So only pairs
//! of *slack* (rent less what the pair earns) up to a reach are kept. A pair's slack can fall only as its post's price falls, so while a
//! search needs no more than the reach less that fall, what it sees is exact; a search that needs more asks for a larger reach.

use std::ops::Range;

use super::meter::Meter;
use super::place::Places;
use super::rows::Rows;
use super::shortlist::Shortlists;
use crate::control::Stop;

/// Units between two looks at the clock.
const CHUNK: usize = 1 << 14;

/// A unit that may move to a post, and the weight of that pair.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) unit: u32,
    pub(super) weight: i32,
}

/// The pairs of each post within reach.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    reach: i64,
    /// Prices when this was built.
    prices: Vec<i64>,
    offsets: Vec<u32>,
    entries: Vec<Entry>,
    /// What each unit earned when this was built.
    rents: Vec<i64>,
    /// Posts whose entries are sorted by slack.
    sorted: Vec<bool>,
}

impl Nearby {
    /// Forgets an earlier run.
    pub(super) fn clear(&mut self) {
        self.prices.clear();
    }

    /// Finds the pairs of slack up to `reach`: a pass over the shortlists, and over the rows of which they say too little.
    pub(super) fn build(
        &mut self,
        rows: Rows<'_>,
        lists: &mut Shortlists,
        places: &Places,
        reach: i64,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let posts = places.prices().len();
        let falls = self.prices.iter().zip(places.prices()).map(|(before, now)| before - now);
        lists.loosen(falls.fold(0, i64::max));
        let lists = &*lists;
        self.reach = reach;
        self.prices.clear();
        self.prices.extend_from_slice(places.prices());
        places.rents(rows, &mut self.rents);
        let rents = &self.rents;
        self.offsets.clear();
        self.offsets.resize(posts + 2, 0);
        for first in (0..rows.units()).step_by(CHUNK) {
            let chunk = first..rows.units().min(first + CHUNK);
            for unit in chunk.clone() {
                near(rows, lists, places, unit, rents[unit] - reach, |post, _| self.offsets[post + 2] += 1);
            }
            meter.spend((rows.offsets[chunk.end] - rows.offsets[chunk.start]) as usize)?;
        }
        for post in 2..self.offsets.len() {
            self.offsets[post] += self.offsets[post - 1];
        }
        self.entries.clear();
        self.entries.resize(self.offsets[posts + 1] as usize, Entry::default());
        for first in (0..rows.units()).step_by(CHUNK) {
            let chunk = first..rows.units().min(first + CHUNK);
            for unit in chunk.clone() {
                near(rows, lists, places, unit, rents[unit] - reach, |post, weight| {
                    // The offset of a post's entries moves to their end while they fill, which is where the next one's begin.
                    let at = &mut self.offsets[post + 1];
                    self.entries[*at as usize] = Entry { unit: unit as u32, weight };
                    *at += 1;
                });
            }
            meter.spend((rows.offsets[chunk.end] - rows.offsets[chunk.start]) as usize)?;
        }
        self.sorted.clear();
        self.sorted.resize(posts, false);
        Ok(())
    }

    /// Where the pairs of `post` are, nearest first as it was when this was built.
    pub(super) fn sort(&mut self, rows: Rows<'_>, post: usize) -> Range<usize> {
        let range = self.offsets[post] as usize..self.offsets[post + 1] as usize;
        if !std::mem::replace(&mut self.sorted[post], true) {
            // Only by what differs from pair to pair; the price is the same for all. Ties in lottery order.
            let rents = &self.rents;
            let slack = |entry: &Entry| (rents[entry.unit as usize] - rows.value(entry.weight), entry.unit);
            self.entries[range.clone()].sort_unstable_by_key(slack);
        }
        range
    }

    /// The entry at a place.
    pub(super) fn entry(&self, at: usize) -> Entry {
        self.entries[at]
    }

    /// The least slack an entry can have now, given the price of its post: rents have not fallen since this was built.
    pub(super) fn least(&self, rows: Rows<'_>, entry: Entry, price: i64) -> i64 {
        self.rents[entry.unit as usize] - rows.value(entry.weight) + price
    }

    /// Pairs of `post` with slack up to this are all there, given its price now.
    pub(super) fn reach(&self, post: usize, price: i64) -> i64 {
        self.reach - (self.prices[post] - price)
    }
}

/// Passes on the pairs of `unit` that earn at least `limit`, as post and weight.
fn near(
    rows: Rows<'_>,
    lists: &Shortlists,
    places: &Places,
    unit: usize,
    limit: i64,
    mut pass: impl FnMut(usize, i32),
) {
    let mut look = |(post, weight): (u32, i32)| {
        if rows.value(weight) - places.prices()[post as usize] >= limit {
            pass(post as usize, weight);
        }
    };
    if lists.bound(unit) < limit {
        lists.of(unit).entries().for_each(&mut look);
    } else {
        rows.entries(unit).for_each(&mut look);
    }
}

//! The few pairs of a unit that matter at present prices, in one cache line.
//!
//! Fetching a whole row from memory costs far more than looking at it. A unit's shortlist holds its best pairs at some
//! prices, and a bound on what all its other pairs can earn. While the pairs in question earn more than the bound, the shortlist
//! speaks for the row. Prices that rise leave the bound valid; prices that fall by at most `d` raise it by `d`.

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;
use crate::parallel;

/// Pairs on a list: with the bound they fill a cache line.
pub(super) const LENGTH: usize = 7;

/// Units between two looks at the clock.
const CHUNK: usize = 1 << 15;

/// Units a task lists.
const TASK: usize = 1 << 9;

/// Bits of a key that say where in the row a pair is; units with longer rows have no list.
const PLACE_BITS: u32 = 20;

/// The best pairs of one unit.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Shortlist {
    pub(super) posts: [u32; LENGTH],
    pub(super) weights: [i32; LENGTH],
    /// No pair that is not listed earns more than this plus what prices may have fallen by since lists began.
    bound: i64,
}

impl Shortlist {
    /// A list that never speaks for its row.
    const NONE: Self = Self { posts: [0; LENGTH], weights: [0; LENGTH], bound: i64::MAX };

    /// Post and weight of the listed pairs.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, i32)> {
        self.posts.into_iter().zip(self.weights)
    }
}

/// The shortlists of all units.
#[derive(Debug, Default)]
pub(super) struct Shortlists {
    lists: Vec<Shortlist>,
    /// How much prices may have fallen by in all.
    fallen: i64,
    /// Bits dropped from what pairs earn, so that it fits a key.
    coarse: u32,
}

impl Shortlists {
    /// No unit has a list.
    pub(super) fn clear(&mut self) {
        self.lists.clear();
        self.fallen = 0;
    }

    /// Every unit has a place for a list, but no list yet.
    pub(super) fn blank(&mut self, units: usize) {
        self.clear();
        self.lists.resize(units, Shortlist::NONE);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Lists the best pairs of every unit at `prices`; `largest` bounds what a pair earns, either way. One pass over the pairs.
    pub(super) fn build(
        &mut self,
        rows: Rows<'_>,
        prices: &[i64],
        largest: i64,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        self.blank(rows.units());
        self.coarse = (i64::BITS - largest.leading_zeros() + 2 + PLACE_BITS).saturating_sub(i64::BITS - 1);
        let coarse = self.coarse;
        for (chunk, lists) in self.lists.chunks_mut(CHUNK).enumerate() {
            let first = chunk * CHUNK;
            parallel::for_each_chunk(lists, TASK, |task, lists| {
                for (unit, list) in (first + task * TASK..).zip(lists) {
                    *list = shortlist(rows, prices, coarse, unit);
                }
            });
            let pairs = rows.offsets[first + lists.len()] - rows.offsets[first];
            // A stop may leave some units without a list, which is no harm.
            meter.spend(pairs as usize)?;
        }
        Ok(())
    }

    /// The best pairs of `unit` at `prices`, if it can have a list.
    pub(super) fn renewed(&self, rows: Rows<'_>, prices: &[i64], unit: usize) -> Option<Shortlist> {
        let mut list = shortlist(rows, prices, self.coarse, unit);
        let listed = list.bound < i64::MAX;
        list.bound = list.bound.saturating_sub(self.fallen);
        listed.then_some(list)
    }

    /// Keeps a list from [`renewed`](Self::renewed).
    pub(super) fn keep(&mut self, unit: usize, list: Shortlist) {
        self.lists[unit] = list;
    }

    /// Takes note that prices are about to fall by at most `by`.
    pub(super) fn loosen(&mut self, by: i64) {
        self.fallen += by;
    }

    pub(super) fn of(&self, unit: usize) -> &Shortlist {
        &self.lists[unit]
    }

    /// What a member of `unit` earns at best at `prices`, being unplaced included.
    pub(super) fn best(&self, rows: Rows<'_>, unit: usize, prices: &[i64]) -> i64 {
        let listed = self.of(unit).entries().map(|(post, weight)| rows.value(weight) - prices[post as usize]);
        let best = listed.fold(rows.outside, i64::max);
        if self.bound(unit) <= best { best } else { rows.best(unit, prices) }
    }

    /// What no unlisted pair of `unit` exceeds; `i64::MAX` if it has no list.
    pub(super) fn bound(&self, unit: usize) -> i64 {
        self.bound_of(&self.lists[unit])
    }

    /// The same of a list from [`renewed`](Self::renewed).
    pub(super) fn bound_of(&self, list: &Shortlist) -> i64 {
        list.bound.saturating_add(self.fallen)
    }

    /// Asks for the lists of `units` from memory, all at once.
    pub(super) fn fetch(&self, units: impl Iterator<Item = u32>) {
        let touched = units.fold(0, |sum, unit| sum ^ self.lists[unit as usize].bound);
        std::hint::black_box(touched);
    }
}

/// The list of `unit`; none for a row that is no longer than a list, or too long for a key.
fn shortlist(rows: Rows<'_>, prices: &[i64], coarse: u32, unit: usize) -> Shortlist {
    let row = rows.row(unit);
    if row.len() <= LENGTH || row.len() >= 1 << PLACE_BITS {
        return Shortlist::NONE;
    }
    // The best keys in descending order, and the best of the rest. Without branches: what belongs where is what a processor cannot guess.
    let mut keys = [i64::MIN; LENGTH + 1];
    for (place, (post, value)) in (0i64..).zip(rows.pairs(unit)) {
        let mut key = ((value - prices[post]) >> coarse << PLACE_BITS) | place;
        for kept in &mut keys {
            (*kept, key) = ((*kept).max(key), (*kept).min(key));
        }
    }
    let mut list = Shortlist::NONE;
    for (slot, key) in keys[..LENGTH].iter().enumerate() {
        let pair = row.start + (key & ((1 << PLACE_BITS) - 1)) as usize;
        list.posts[slot] = rows.posts[pair].get();
        list.weights[slot] = rows.weights[pair];
    }
    // The most that dropped bits may have hidden.
    list.bound = (((keys[LENGTH] >> PLACE_BITS) + 1) << coarse) - 1;
    list
}

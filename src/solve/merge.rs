//! Units with the same row become one unit with their members together, and get their own placements back in the end.
//!
//! Nothing is lost: members of units with equal rows are interchangeable, so a best matching of the merged problem is,
//! handed out in any way, a best matching of the original one, under the same prices. Here the unit that comes first in
//! the lottery order is served first. Equal rows are what auctions and shortest paths are worst at, and what
//! markets are full of.
//!
//! Cost: a look at the beginning of every row; if many are alike, one pass over the pairs to hash every row, and another over
//! the rows that look alike.

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;
use crate::graph::Placement;
use crate::index::{PairId, PostId};
use crate::parallel;

/// Rows a task hashes, and tasks between two looks at the clock.
const TASK: usize = 1 << 10;
const TASKS: usize = 1 << 4;

/// Merging must save one in so many units.
const WORTH: usize = 10;

/// Pairs of a row whose look decides whether to look at all of them.
const BEGINNING: usize = 4;

/// An empty slot of the table.
const NONE: u32 = u32::MAX;

/// Merged rows; scratch between runs.
#[derive(Debug, Default)]
pub(super) struct Merged {
    seen: Vec<u64>,
    hashes: Vec<u64>,
    table: Vec<u32>,
    /// The class of each unit.
    class: Vec<u32>,
    /// The first unit of each class.
    first: Vec<u32>,
    headcounts: Vec<u32>,
    offsets: Vec<u32>,
    posts: Vec<PostId>,
    weights: Vec<i32>,
    /// The placements of the merged units, and where each class's next ones are.
    pub(super) placements: Vec<Placement>,
    cursors: Vec<u32>,
}

impl Merged {
    /// Merges `rows`; false, with nothing to be used, where that would save less than a tenth of the units.
    pub(super) fn build(&mut self, rows: Rows<'_>, meter: &mut Meter<'_>) -> Result<bool, Stop> {
        if rows.units() < 2 || !self.promising(rows, meter)? {
            return Ok(false);
        }
        meter.spend(rows.posts.len())?;
        self.hash(rows, meter)?;
        self.classify(rows, meter)?;
        let worth = self.first.len() <= rows.units() - rows.units() / WORTH;
        if worth {
            self.copy(rows, meter)?;
        }
        Ok(worth)
    }

    /// Whether enough rows may be equal, by the look of their beginnings: never false where they are.
    fn promising(&mut self, rows: Rows<'_>, meter: &Meter<'_>) -> Result<bool, Stop> {
        // One bit a hash, 16 bits a unit: few rows look alike by accident.
        let bits = (16 * rows.units()).next_power_of_two().max(64);
        self.seen.clear();
        self.seen.resize(bits / 64, 0);
        let mut alike = 0;
        for unit in 0..rows.units() {
            let hash = hash_row(rows, unit, BEGINNING) as usize & (bits - 1);
            let (word, bit) = (&mut self.seen[hash / 64], 1 << (hash % 64));
            alike += usize::from(*word & bit != 0);
            *word |= bit;
            if unit % TASK == 0 {
                meter.look()?;
            }
        }
        Ok(alike >= rows.units() / WORTH)
    }

    /// The merged rows.
    pub(super) fn rows<'a>(&'a self, rows: Rows<'a>) -> Rows<'a> {
        Rows {
            offsets: &self.offsets,
            posts: &self.posts,
            weights: &self.weights,
            headcounts: &self.headcounts,
            ..rows
        }
    }

    /// The placements of the original units, from those of the merged ones, which are in the order of their pairs.
    pub(super) fn hand_out(&mut self, rows: Rows<'_>, meter: &Meter<'_>) -> Result<Vec<Placement>, Stop> {
        let Self { placements: merged, cursors, offsets, class, .. } = self;
        // Where each class's placements begin, and where those of all end.
        cursors.clear();
        let mut next = 0;
        for &offset in &*offsets {
            while next < merged.len() && merged[next].pair.get() < offset {
                next += 1;
            }
            cursors.push(next as u32);
        }
        // Every placement uses up one of a class, or is the last of its unit, and places somebody.
        let placed: u64 = merged.iter().map(|placement| u64::from(placement.count)).sum();
        let most = (merged.len() + rows.units()).min(usize::try_from(placed).unwrap_or(usize::MAX));
        let mut placements = Vec::with_capacity(most);
        for (unit, &headcount) in rows.headcounts.iter().enumerate() {
            if unit % TASK == 0 {
                meter.look()?;
            }
            let class = class[unit] as usize;
            let mut left = headcount;
            // Used up are those of the next class, or of none.
            while left > 0
                && let Some(placement) = merged.get_mut(cursors[class] as usize)
                && placement.pair.get() < offsets[class + 1]
            {
                let count = placement.count.min(left);
                let pair = placement.pair.get() - offsets[class] + rows.offsets[unit];
                placements.push(Placement { pair: PairId::new(pair), count });
                left -= count;
                placement.count -= count;
                if placement.count == 0 {
                    cursors[class] += 1;
                }
            }
        }
        Ok(placements)
    }

    fn hash(&mut self, rows: Rows<'_>, meter: &Meter<'_>) -> Result<(), Stop> {
        self.hashes.clear();
        self.hashes.resize(rows.units(), 0);
        for (chunk, hashes) in self.hashes.chunks_mut(TASK * TASKS).enumerate() {
            parallel::for_each_chunk(hashes, TASK, |task, hashes| {
                for (unit, hash) in ((chunk * TASKS + task) * TASK..).zip(hashes) {
                    *hash = hash_row(rows, unit, usize::MAX);
                }
            });
            meter.look()?;
        }
        Ok(())
    }

    /// Gives every unit its class: that of the first unit with an equal row, while their members can be counted.
    fn classify(&mut self, rows: Rows<'_>, meter: &Meter<'_>) -> Result<(), Stop> {
        let units = rows.units();
        let slots = (2 * units + 1).next_power_of_two();
        self.table.clear();
        self.table.resize(slots, NONE);
        self.class.clear();
        self.first.clear();
        self.headcounts.clear();
        for unit in 0..units {
            if unit % TASK == 0 {
                meter.look()?;
            }
            let mut slot = self.hashes[unit] as usize & (slots - 1);
            let class = loop {
                let class = self.table[slot];
                if class == NONE {
                    let class = self.first.len() as u32;
                    self.table[slot] = class;
                    self.first.push(unit as u32);
                    self.headcounts.push(rows.headcounts[unit]);
                    break class;
                }
                if self.hashes[unit] == self.hashes[self.first[class as usize] as usize]
                    && same_row(rows, unit, self.first[class as usize] as usize)
                    && let Some(sum) = self.headcounts[class as usize].checked_add(rows.headcounts[unit])
                {
                    self.headcounts[class as usize] = sum;
                    break class;
                }
                slot = (slot + 1) & (slots - 1);
            };
            self.class.push(class);
        }
        Ok(())
    }

    /// Copies one row a class.
    fn copy(&mut self, rows: Rows<'_>, meter: &Meter<'_>) -> Result<(), Stop> {
        self.offsets.clear();
        self.posts.clear();
        self.weights.clear();
        self.offsets.push(0);
        for (class, &unit) in self.first.iter().enumerate() {
            if class % TASK == 0 {
                meter.look()?;
            }
            let row = rows.row(unit as usize);
            self.posts.extend_from_slice(&rows.posts[row.clone()]);
            self.weights.extend_from_slice(&rows.weights[row]);
            self.offsets.push(self.posts.len() as u32);
        }
        Ok(())
    }
}

/// A hash of a row's length and its first posts and weights; equal rows have equal hashes.
fn hash_row(rows: Rows<'_>, unit: usize, first: usize) -> u64 {
    let row = rows.row(unit);
    let mut hash = row.len() as u64;
    for (post, &weight) in rows.posts[row.clone()].iter().zip(&rows.weights[row]).take(first) {
        let pair = (u64::from(post.get()) << 32) | u64::from(weight.cast_unsigned());
        hash = (hash.rotate_left(5) ^ pair).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    // The table reads the low bits, which a product mixes least.
    hash ^ (hash >> 32)
}

fn same_row(rows: Rows<'_>, one: usize, other: usize) -> bool {
    let (one, other) = (rows.row(one), rows.row(other));
    rows.posts[one.clone()] == rows.posts[other.clone()] && rows.weights[one] == rows.weights[other]
}

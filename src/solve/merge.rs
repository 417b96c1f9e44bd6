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

/// Rows a task hashes.
const TASK: usize = 1 << 12;

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
}

impl Merged {
    /// Merges `rows`; false, with nothing to be used, where that would save less than a tenth of the units.
    pub(super) fn build(&mut self, rows: Rows<'_>, meter: &mut Meter<'_>) -> Result<bool, Stop> {
        if rows.units() < 2 || !self.promising(rows) {
            return Ok(false);
        }
        meter.spend(rows.posts.len())?;
        self.hash(rows);
        self.classify(rows);
        let worth = self.first.len() <= rows.units() - rows.units() / WORTH;
        if worth {
            self.copy(rows);
        }
        Ok(worth)
    }

    /// Whether enough rows may be equal, by the look of their beginnings: never false where they are.
    fn promising(&mut self, rows: Rows<'_>) -> bool {
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
        }
        alike >= rows.units() / WORTH
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

    /// The placements of the original units, from those of the merged ones.
    pub(super) fn hand_out(&self, rows: Rows<'_>, mut merged: Vec<Placement>) -> Vec<Placement> {
        merged.sort_unstable();
        // Where each class's placements begin, and where those of all end.
        let begin = |&pair: &u32| merged.partition_point(|placement| placement.pair.get() < pair);
        let begins: Vec<usize> = self.offsets.iter().map(begin).collect();
        let mut cursors = begins.clone();
        let mut placements = Vec::with_capacity(merged.len());
        for (unit, &headcount) in rows.headcounts.iter().enumerate() {
            let class = self.class[unit] as usize;
            let mut left = headcount;
            while left > 0 && cursors[class] < begins[class + 1] {
                let placement = &mut merged[cursors[class]];
                let count = placement.count.min(left);
                let pair = placement.pair.get() - self.offsets[class] + rows.offsets[unit];
                placements.push(Placement { pair: PairId::new(pair), count });
                left -= count;
                placement.count -= count;
                if placement.count == 0 {
                    cursors[class] += 1;
                }
            }
        }
        placements
    }

    fn hash(&mut self, rows: Rows<'_>) {
        self.hashes.clear();
        self.hashes.resize(rows.units(), 0);
        parallel::for_each_chunk(&mut self.hashes, TASK, |task, hashes| {
            for (unit, hash) in (task * TASK..).zip(hashes) {
                *hash = hash_row(rows, unit, usize::MAX);
            }
        });
    }

    /// Gives every unit its class: that of the first unit with an equal row, while their members can be counted.
    fn classify(&mut self, rows: Rows<'_>) {
        let units = rows.units();
        let slots = (2 * units + 1).next_power_of_two();
        self.table.clear();
        self.table.resize(slots, NONE);
        self.class.clear();
        self.first.clear();
        self.headcounts.clear();
        for unit in 0..units {
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
    }

    /// Copies one row a class.
    fn copy(&mut self, rows: Rows<'_>) {
        self.offsets.clear();
        self.posts.clear();
        self.weights.clear();
        self.offsets.push(0);
        for &unit in &self.first {
            let row = rows.row(unit as usize);
            self.posts.extend_from_slice(&rows.posts[row.clone()]);
            self.weights.extend_from_slice(&rows.weights[row]);
            self.offsets.push(self.posts.len() as u32);
        }
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

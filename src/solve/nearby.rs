//! Who might move to a post: the pairs of each post that are nearly as good as what their units have.
//!
//! A search against the direction of the rows asks a post for the units that lose least by moving there. All pairs
//! sorted by post would answer, at the price of the graph's size again; most are far from mattering. So only some
//! are kept. Two passes find them: one counts them, one puts each where it belongs.

use std::ops::Range;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;
use crate::parallel;

/// Parts of the units that are looked at side by side; few, since each counts by post. Small problems are one part.
const PARTS: usize = 8;
const PART: usize = 1 << 12;

/// Units of a part between two looks at the clock, and cells made room for.
const CHUNK: usize = 1 << 12;
const BLANK: usize = 1 << 20;

/// Where what is kept of a pair is kept: threads write side by side, each to cells of its own.
pub(super) type Cell<const N: usize> = [AtomicU32; N];

/// Finds the pairs of a unit that are to be kept.
pub(super) trait Look<const N: usize>: Sync {
    /// Shows the pairs of `unit` to `show`, in any order: whether to keep it, its post, and what to keep of it.
    fn look(&self, unit: usize, show: &mut impl FnMut(bool, u32, [u32; N]));
}

/// Entries of `N` words by post, each of which tells of one pair.
#[derive(Debug, Default)]
pub(super) struct Nearby<const N: usize> {
    offsets: Vec<u32>,
    /// One for each pair that is kept, and one for each part that takes what is not.
    cells: Vec<Cell<N>>,
    /// Posts whose entries were asked for.
    arranged: Vec<bool>,
    parts: Vec<Part>,
}

/// What one part of the units finds.
#[derive(Debug, Default)]
struct Part {
    /// Units with a pair that is kept.
    units: Vec<u32>,
    /// By post: how many entries, then where the next one goes.
    places: Vec<u32>,
}

impl<const N: usize> Nearby<N> {
    /// Keeps the entries for `posts` posts that `look` finds, by unit within a post.
    pub(super) fn build(
        &mut self,
        rows: Rows<'_>,
        posts: usize,
        look: &impl Look<N>,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let units = rows.units();
        self.parts.resize_with(units.div_ceil(PART).clamp(1, PARTS), Part::default);
        for part in &mut self.parts {
            part.units.clear();
            part.places.clear();
            part.places.resize(posts, 0);
        }
        let size = units.div_ceil(self.parts.len());
        for first in (0..size).step_by(CHUNK) {
            let chunk = |part: usize| {
                let start = part * size + first;
                units.min(start)..units.min((part + 1) * size).min(start + CHUNK)
            };
            parallel::for_each_chunk(&mut self.parts, 1, |number, parts| {
                let Part { units, places } = &mut parts[0];
                for unit in chunk(number) {
                    let mut any = false;
                    // Which ones are kept is what a processor cannot guess: no branches.
                    look.look(unit, &mut |keep, post, _| {
                        places[post as usize] += u32::from(keep);
                        any |= keep;
                    });
                    if any {
                        units.push(unit as u32);
                    }
                }
            });
            let visited = |units: Range<usize>| (rows.offsets[units.end] - rows.offsets[units.start]) as usize;
            meter.spend((0..self.parts.len()).map(chunk).map(visited).sum())?;
        }
        self.offsets.clear();
        let mut total = 0;
        for post in 0..posts {
            self.offsets.push(total);
            for part in &mut self.parts {
                total += std::mem::replace(&mut part.places[post], total);
            }
        }
        self.offsets.push(total);
        let (spare, cells) = (total as usize, total as usize + self.parts.len());
        if self.cells.len() < cells {
            self.cells.reserve_exact(cells - self.cells.len());
            for len in (self.cells.len()..cells).step_by(BLANK) {
                self.cells.resize_with(cells.min(len + BLANK), || [const { AtomicU32::new(0) }; N]);
                meter.look()?;
            }
        }
        let cells = &self.cells;
        let most = self.parts.iter().map(|part| part.units.len()).max().unwrap_or(0);
        for first in (0..most).step_by(CHUNK) {
            parallel::for_each_chunk(&mut self.parts, 1, |number, parts| {
                let Part { units, places } = &mut parts[0];
                for &unit in units.iter().skip(first).take(CHUNK) {
                    look.look(unit as usize, &mut |keep, post, words| {
                        let place = &mut places[post as usize];
                        put(&cells[if keep { *place as usize } else { spare + number }], words);
                        *place += u32::from(keep);
                    });
                }
            });
            meter.spend(0)?;
        }
        self.arranged.clear();
        self.arranged.resize(posts, false);
        Ok(())
    }

    /// Where the entries of `post` are, and whether this was asked before.
    pub(super) fn range(&mut self, post: usize) -> (Range<usize>, bool) {
        let range = self.offsets[post] as usize..self.offsets[post + 1] as usize;
        (range, std::mem::replace(&mut self.arranged[post], true))
    }

    /// The entries at some places, for arranging them.
    pub(super) fn cells_mut(&mut self, range: Range<usize>) -> &mut [Cell<N>] {
        &mut self.cells[range]
    }

    /// The entry at a place.
    pub(super) fn entry(&self, at: usize) -> [u32; N] {
        words(&self.cells[at])
    }
}

/// What a cell holds.
pub(super) fn words<const N: usize>(cell: &Cell<N>) -> [u32; N] {
    std::array::from_fn(|at| cell[at].load(Relaxed))
}

/// Makes a cell hold `words`.
pub(super) fn put<const N: usize>(cell: &Cell<N>, words: [u32; N]) {
    for (place, word) in cell.iter().zip(words) {
        place.store(word, Relaxed);
    }
}

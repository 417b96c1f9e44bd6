//! Who might move to a post: the pairs of each post that are nearly as good as what their units have.
//!
//! A search against the direction of the rows asks a post for the units that lose least by moving there. All pairs
//! sorted by post would answer, at the price of the graph's size again; most are far from mattering. So only some
//! are kept: those of *slack* (rent less what the pair earns) up to a reach.

use std::ops::Range;

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;
use crate::parallel;

/// Units a task looks at, and tasks between two looks at the clock.
const TASK: usize = 1 << 10;
const TASKS: usize = 1 << 4;

/// Entries by post, each of which tells of one pair.
#[derive(Debug, Default)]
pub(super) struct Nearby<E> {
    offsets: Vec<u32>,
    entries: Vec<E>,
    /// Posts whose entries were asked for.
    arranged: Vec<bool>,
    /// The entries as they were found, task by task.
    found: Vec<Found<E>>,
}

/// What one task found.
#[derive(Debug, Default)]
pub(super) struct Found<E> {
    /// The first `count` are meant.
    entries: Vec<(u32, E)>,
    count: usize,
}

impl<E: Copy + Default> Found<E> {
    /// Adds an entry for `post` if it is to be kept, without a branch: which ones are is what a processor cannot guess.
    #[inline]
    pub(super) fn keep_if(&mut self, keep: bool, post: u32, entry: E) {
        if self.count == self.entries.len() {
            self.grow();
        }
        self.entries[self.count] = (post, entry);
        self.count += usize::from(keep);
    }

    #[cold]
    fn grow(&mut self) {
        self.entries.resize(2 * self.count + 4 * TASK, (0, E::default()));
    }

    fn entries(&self) -> &[(u32, E)] {
        &self.entries[..self.count]
    }
}

impl<E: Copy + Default + Send> Nearby<E> {
    /// Keeps the entries for `posts` posts that `look` finds, unit by unit, in any order within a unit.
    pub(super) fn build(
        &mut self,
        rows: Rows<'_>,
        posts: usize,
        look: impl Fn(usize, &mut Found<E>) + Sync,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let units = rows.units();
        self.found.resize_with(units.div_ceil(TASK), Found::default);
        for (chunk, tasks) in self.found.chunks_mut(TASKS).enumerate() {
            parallel::for_each_chunk(tasks, 1, |task, found| {
                let first = (chunk * TASKS + task) * TASK;
                let found = &mut found[0];
                found.count = 0;
                for unit in first..units.min(first + TASK) {
                    look(unit, found);
                }
            });
            let ends = [chunk, chunk + 1].map(|chunk| rows.offsets[units.min(chunk * TASKS * TASK)]);
            meter.spend((ends[1] - ends[0]) as usize)?;
        }
        self.offsets.clear();
        self.offsets.resize(posts + 2, 0);
        for (post, _) in self.found.iter().flat_map(Found::entries) {
            self.offsets[*post as usize + 2] += 1;
        }
        for post in 2..self.offsets.len() {
            self.offsets[post] += self.offsets[post - 1];
        }
        self.entries.clear();
        self.entries.resize(self.offsets[posts + 1] as usize, E::default());
        for &(post, entry) in self.found.iter().flat_map(Found::entries) {
            // The offset of a post's entries moves to their end while they fill, which is where the next one's begin.
            let at = &mut self.offsets[post as usize + 1];
            self.entries[*at as usize] = entry;
            *at += 1;
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
    pub(super) fn entries_mut(&mut self, range: Range<usize>) -> &mut [E] {
        &mut self.entries[range]
    }

    /// The entry at a place.
    pub(super) fn entry(&self, at: usize) -> E {
        self.entries[at]
    }
}

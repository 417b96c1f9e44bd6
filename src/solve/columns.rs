//! The pairs of each post, for searches against the direction of the rows.

use std::ops::Range;

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;

/// A unit that may go to a post, and the weight of that pair.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) unit: u32,
    pub(super) weight: i32,
}

/// The pairs of each post, by ascending unit.
#[derive(Debug, Default)]
pub(super) struct Columns {
    offsets: Vec<u32>,
    entries: Vec<Entry>,
}

impl Columns {
    /// Sorts the pairs by post: two passes over them.
    pub(super) fn build(&mut self, rows: Rows<'_>, posts: usize, meter: &mut Meter<'_>) -> Result<(), Stop> {
        meter.spend(rows.posts.len())?;
        self.offsets.clear();
        self.offsets.resize(posts + 2, 0);
        for post in rows.posts {
            self.offsets[post.index() + 2] += 1;
        }
        for post in 2..self.offsets.len() {
            self.offsets[post] += self.offsets[post - 1];
        }
        self.entries.resize(rows.posts.len(), Entry::default());
        for unit in 0..rows.offsets.len() - 1 {
            let row = rows.row(unit);
            for (post, &weight) in rows.posts[row.clone()].iter().zip(&rows.weights[row]) {
                // The offset of a column moves to its end while it fills, which is where the next one begins.
                let at = &mut self.offsets[post.index() + 1];
                self.entries[*at as usize] = Entry { unit: unit as u32, weight };
                *at += 1;
            }
        }
        Ok(())
    }

    fn column(&self, post: usize) -> Range<usize> {
        self.offsets[post] as usize..self.offsets[post + 1] as usize
    }

    /// The pairs of `post`.
    pub(super) fn entries(&self, post: usize) -> &[Entry] {
        &self.entries[self.column(post)]
    }
}

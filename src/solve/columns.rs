//! The pairs of each post, for searches against the direction of the rows.

use std::ops::Range;

use super::meter::Meter;
use super::rows::Rows;
use crate::control::Stop;

/// The units of each post's pairs, ascending.
#[derive(Debug, Default)]
pub(super) struct Columns {
    offsets: Vec<u32>,
    units: Vec<u32>,
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
        self.units.resize(rows.posts.len(), 0);
        for unit in 0..rows.offsets.len() - 1 {
            for post in &rows.posts[rows.row(unit)] {
                // The offset of a column moves to its end while it fills, which is where the next one begins.
                let at = &mut self.offsets[post.index() + 1];
                self.units[*at as usize] = unit as u32;
                *at += 1;
            }
        }
        Ok(())
    }

    fn column(&self, post: usize) -> Range<usize> {
        self.offsets[post] as usize..self.offsets[post + 1] as usize
    }

    /// The units that have a pair with `post`.
    pub(super) fn units(&self, post: usize) -> &[u32] {
        &self.units[self.column(post)]
    }
}

//! Instances as binary files; `benches/peers/README.md` describes the format.

use std::error::Error;
use std::io::{self, Read};

use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
use talent_match::index::PostId;

/// The arrays of an instance, as they stand in its file.
pub(crate) struct Arrays {
    headcounts: Vec<u32>,
    seats: Vec<u32>,
    offsets: Vec<u32>,
    posts: Vec<PostId>,
    weights: Vec<i32>,
}

impl Arrays {
    /// Reads a file. A fault says in which array the file ends too early.
    pub(crate) fn read(file: &mut impl Read) -> Result<Self, Box<dyn Error>> {
        let mut header = [0; 64];
        file.read_exact(&mut header).map_err(|error| within("the header", &error))?;
        let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if !header.starts_with(b"TSDMWB01") || word(20) != 0 {
            return Err("this is not an instance of the documented format".into());
        }
        let (units, posts, pairs) = (word(8) as usize, word(12) as usize, word(16) as usize);
        // Grown as words arrive: a header may promise more than there is.
        let mut word = [0; 4];
        let mut words = |what: &str, count: usize| -> Result<Vec<u32>, Box<dyn Error>> {
            let mut words = Vec::new();
            for _ in 0..count {
                file.read_exact(&mut word).map_err(|error| within(what, &error))?;
                words.push(u32::from_le_bytes(word));
            }
            words.shrink_to_fit();
            Ok(words)
        };
        let (headcounts, seats) = (words("the headcounts", units)?, words("the seats", posts)?);
        let offsets = words("the row offsets", units + 1)?;
        let posts = words("the posts of the pairs", pairs)?.into_iter().map(PostId::new).collect();
        let weights = words("the weights", pairs)?.into_iter().map(u32::cast_signed).collect();
        Ok(Self { headcounts, seats, offsets, posts, weights })
    }

    /// The problem without rules.
    pub(crate) fn problem(self) -> Result<Problem, Box<dyn Error>> {
        let graph = BipartiteGraph::from_rows(self.seats.len(), self.offsets, self.posts)?;
        let seats = self.seats.into_iter().map(SeatRange::up_to).collect();
        Ok(Problem::new(graph, self.weights, self.headcounts, seats)?)
    }
}

/// What went wrong, and in which array.
fn within(what: &str, error: &io::Error) -> Box<dyn Error> {
    format!("in {what}: {error}").into()
}

//! Instances as files, without rules; `../README.md` describes the format.

pub mod draw;
pub mod families;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

const MAGIC: &[u8; 8] = b"TSDMWB01";
const UNIT_HEADCOUNTS: u32 = 1;
const DENSE: u32 = 2;
const UNIT_SEATS: u32 = 4;

/// A weighted bipartite b-matching problem: rows of pairs, headcounts of units, seats of posts.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// What it was drawn from.
    pub seed: u64,
    /// Every row lists all posts.
    pub dense: bool,
    /// Of each unit.
    pub headcounts: Vec<u32>,
    /// Of each post.
    pub seats: Vec<u32>,
    /// Where each row begins, and the number of pairs.
    pub offsets: Vec<u32>,
    /// Posts of the pairs, ascending in each row.
    pub posts: Vec<u32>,
    /// Weights of the pairs.
    pub weights: Vec<i32>,
}

impl Instance {
    /// The pairs of `unit`.
    #[must_use]
    pub fn row(&self, unit: usize) -> std::ops::Range<usize> {
        self.offsets[unit] as usize..self.offsets[unit + 1] as usize
    }

    /// The largest weight; 0 without pairs.
    #[must_use]
    pub fn largest_weight(&self) -> i32 {
        self.weights.iter().copied().max().unwrap_or(0)
    }

    /// Whether every headcount and every post's seats are 1.
    #[must_use]
    pub fn is_one_to_one(&self) -> bool {
        self.flags() & (UNIT_HEADCOUNTS | UNIT_SEATS) == UNIT_HEADCOUNTS | UNIT_SEATS
    }

    fn flags(&self) -> u32 {
        let all_one = |numbers: &[u32]| numbers.iter().all(|&number| number == 1);
        let mut flags = 0;
        for (flag, set) in
            [(UNIT_HEADCOUNTS, all_one(&self.headcounts)), (DENSE, self.dense), (UNIT_SEATS, all_one(&self.seats))]
        {
            flags |= if set { flag } else { 0 };
        }
        flags
    }

    /// Writes the instance.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        file.write_all(MAGIC)?;
        file.write_all(&(self.headcounts.len() as u32).to_le_bytes())?;
        file.write_all(&(self.seats.len() as u32).to_le_bytes())?;
        file.write_all(&(self.posts.len() as u64).to_le_bytes())?;
        file.write_all(&self.seed.to_le_bytes())?;
        file.write_all(&self.flags().to_le_bytes())?;
        file.write_all(&self.weights.iter().copied().min().unwrap_or(0).to_le_bytes())?;
        file.write_all(&self.largest_weight().to_le_bytes())?;
        file.write_all(&[0; 20])?;
        for words in [&self.headcounts, &self.seats, &self.offsets, &self.posts] {
            for word in words {
                file.write_all(&word.to_le_bytes())?;
            }
        }
        for weight in &self.weights {
            file.write_all(&weight.to_le_bytes())?;
        }
        file.flush()
    }

    /// Reads an instance.
    ///
    /// # Errors
    /// The file cannot be read, or is no instance.
    pub fn load(path: &Path) -> io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut magic = [0; 8];
        file.read_exact(&mut magic)?;
        if &magic != MAGIC {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no instance"));
        }
        let header = words(&mut file, 14)?;
        let (units, posts, pairs) = (header[0] as usize, header[1] as usize, header[2] as usize);
        if header[3] != 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too many pairs"));
        }
        Ok(Self {
            seed: u64::from(header[4]) | u64::from(header[5]) << 32,
            dense: header[6] & DENSE != 0,
            headcounts: words(&mut file, units)?,
            seats: words(&mut file, posts)?,
            offsets: words(&mut file, units + 1)?,
            posts: words(&mut file, pairs)?,
            weights: words(&mut file, pairs)?.into_iter().map(u32::cast_signed).collect(),
        })
    }

    /// Value and people placed of a flow, given pair by pair in order.
    ///
    /// # Panics
    /// The flow is no matching of this instance.
    #[must_use]
    pub fn examine(&self, mut flow: impl FnMut(usize) -> i64) -> (i64, i64) {
        let mut taken = vec![0; self.seats.len()];
        let (mut value, mut placed) = (0, 0);
        for (unit, &headcount) in self.headcounts.iter().enumerate() {
            let mut members = 0;
            for pair in self.row(unit) {
                let amount = flow(pair);
                assert!(amount >= 0, "negative flow");
                members += amount;
                taken[self.posts[pair] as usize] += amount;
                value += amount * i64::from(self.weights[pair]);
            }
            assert!(members <= i64::from(headcount), "unit {unit} has not so many members");
            placed += members;
        }
        assert!(taken.iter().zip(&self.seats).all(|(&taken, &seats)| taken <= i64::from(seats)), "too few seats");
        (value, placed)
    }
}

/// The next `count` little-endian words.
fn words(file: &mut impl Read, count: usize) -> io::Result<Vec<u32>> {
    let mut bytes = vec![0; 4 * count];
    file.read_exact(&mut bytes)?;
    Ok(bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect())
}

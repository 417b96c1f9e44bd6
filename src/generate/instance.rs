//! Mathematical instances in families, to test and to measure solvers with.
//!
//! | family | what |
//! |---|---|
//! | [`City`](Family::City) | programmes, home zones and pay bands decide most of a weight, a little noise the rest; popular posts are many people's candidates; more seats than people |
//! | [`Alike`](Family::Alike) | the same without noise: whole groups of units are identical |
//! | [`Uniform`](Family::Uniform) | random posts, weights up to a million, as many seats as people |
//! | [`LowRange`](Family::LowRange) | random posts, weights up to a hundred: many ties |
//! | [`OneToOne`](Family::OneToOne) | random posts of one seat each |
//! | [`Dense`](Family::Dense) | every pair is acceptable, one seat each |
//! | [`Scarce`](Family::Scarce) | seats for six in ten, and nearly everybody values posts alike |
//! | [`Euclid`](Family::Euclid) | the nearest posts in the plane; the nearer, the better |
//! | [`Near`](Family::Near) | the units of one programme differ by one part in ten thousand |
//! | [`TieScarce`](Family::TieScarce) | three different weights, and seats for six in ten |
//!
//! [`with_quotas`] adds nested quotas to a problem of any of them, [`with_classes`] posts that open or not.
//!
//! Beside them, a [`Recipe`] describes a problem by a few numbers, each of which may be changed without the others: that is
//! how problems that are hard for a solver are searched for, and kept.
//!
//! ```
//! use talent_match::generate::instance::{Family, Size, instance};
//!
//! let problem = instance(Family::Scarce, Size { units: 100, posts: 20, degree: 5 }, 7)?;
//! assert_eq!(problem.graph().pairs(), 500);
//! # Ok::<(), talent_match::graph::ProblemError>(())
//! ```

mod classes;
mod draw;
mod families;
mod quotas;
mod recipe;

use crate::graph::{BipartiteGraph, Problem, ProblemError, SeatRange};
use crate::index::PostId;
use crate::parallel;
use draw::Draw;
use families::World;

pub use classes::with_classes;
pub use quotas::{Pressure, with_quotas};
pub use recipe::{Recipe, Weights};

/// A kind of instance; the [page](self) says what each is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// A labour market: structure and a little noise.
    City,
    /// The labour market without noise.
    Alike,
    /// Random posts, a wide range of weights.
    Uniform,
    /// Random posts, a narrow range of weights.
    LowRange,
    /// Random posts of one seat.
    OneToOne,
    /// All pairs, one seat each.
    Dense,
    /// Few seats, valued alike.
    Scarce,
    /// Distances in the plane.
    Euclid,
    /// Rows that are almost the same.
    Near,
    /// Three weights and few seats.
    TieScarce,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 10] = [
        Self::City,
        Self::Alike,
        Self::Uniform,
        Self::LowRange,
        Self::OneToOne,
        Self::Dense,
        Self::Scarce,
        Self::Euclid,
        Self::Near,
        Self::TieScarce,
    ];

    /// The family's name in benchmarks and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Alike => "alike",
            Self::Uniform => "uniform",
            Self::LowRange => "lowrange",
            Self::OneToOne => "one2one",
            Self::Dense => "dense",
            Self::Scarce => "scarce",
            Self::Euclid => "euclid",
            Self::Near => "near",
            Self::TieScarce => "tiescarce",
        }
    }
}

/// How large an instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// Supply units, each of one person.
    pub units: usize,
    /// Posts.
    pub posts: usize,
    /// Pairs of each unit, at most one a post; dense instances have all.
    pub degree: usize,
}

/// Units whose rows one task makes: large enough to hide what a task costs.
const BLOCK: usize = 256;

/// The instance of `family` that `seed` gives, on the threads of the rayon pool it is called in.
///
/// The same for any number of threads. Rows are made in their place: memory stays below that of the instance and a
/// tenth more.
///
/// # Errors
/// Sizes beyond what a [`Problem`] can number (P104).
pub fn instance(family: Family, size: Size, seed: u64) -> Result<Problem, ProblemError> {
    let degree = if family == Family::Dense { size.posts } else { size.degree.min(size.posts) };
    let pairs = size.units.saturating_mul(degree);
    // Refused here already: the arrays would be made first.
    for (what, count) in [("posts", size.posts), ("units", size.units), ("pairs", pairs)] {
        if count >= u32::MAX as usize {
            return Err(ProblemError::TooMany { what, count });
        }
    }
    let world = World::new(family, size, seed);
    let (mut posts, mut weights) = (vec![0; pairs], vec![0; pairs]);
    parallel::for_each_two_chunks(&mut posts, &mut weights, BLOCK * degree.max(1), |block, posts, weights| {
        let rows = posts.chunks_exact_mut(degree).zip(weights.chunks_exact_mut(degree));
        rows.zip(block * BLOCK..).for_each(|((posts, weights), unit)| world.row(unit, posts, weights));
    });
    let offsets = (0..=size.units).map(|unit| (unit * degree) as u32).collect();
    // Collected in place.
    let posts = posts.into_iter().map(PostId::new).collect();
    let graph = BipartiteGraph::from_rows(size.posts, offsets, posts)?;
    let seats = world.seats().iter().map(|&seats| SeatRange::up_to(seats)).collect();
    Problem::new(graph, weights, vec![1; size.units], seats)
}

/// The problem of units of `headcounts`, whose rows `write` writes in turn, and posts of `seats`.
fn assemble(
    headcounts: &[u32],
    seats: &[u32],
    mut write: impl FnMut(usize, &mut Vec<(u32, i32)>),
) -> Result<Problem, ProblemError> {
    let mut offsets = Vec::with_capacity(headcounts.len() + 1);
    offsets.push(0);
    let (mut posts, mut weights) = (Vec::new(), Vec::new());
    let mut row: Vec<(u32, i32)> = Vec::new();
    for unit in 0..headcounts.len() {
        row.clear();
        write(unit, &mut row);
        posts.extend(row.iter().map(|&(post, _)| PostId::new(post)));
        weights.extend(row.iter().map(|&(_, weight)| weight));
        // Pairs beyond what an offset holds are refused below, by their number.
        offsets.push(u32::try_from(posts.len()).unwrap_or(u32::MAX));
    }
    let graph = BipartiteGraph::from_rows(seats.len(), offsets, posts)?;
    let seats = seats.iter().map(|&seats| SeatRange::up_to(seats)).collect();
    Problem::new(graph, weights, headcounts.to_vec(), seats)
}

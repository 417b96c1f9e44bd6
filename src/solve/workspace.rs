//! Memory kept from solve to solve.

use super::auction::Auction;
use super::desk::One;
use super::merge::Merged;
use super::nearby::Nearby;
use super::place::Places;
use super::search::Search;
use super::shortlist::Shortlists;

/// Scratch of [`solve_with`](super::solve_with). Holds no result; a workspace used for one problem serves any other.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) merged: Merged,
    pub(super) steps: Steps,
}

/// The state of each step of the algorithm.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) singles: Auction<One>,
    pub(super) cohorts: Auction<u32>,
    pub(super) lists: Shortlists,
    pub(super) places: Places,
    pub(super) search: Search,
    pub(super) nearby: Nearby<2>,
    pub(super) rents: Vec<i64>,
}

impl Workspace {
    /// A workspace that has allocated nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

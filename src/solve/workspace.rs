//! Memory kept from solve to solve.

use super::auction::Auction;
use super::backward::Chains;
use super::desk::One;
use super::incumbent::Incumbent;
use super::lift::Lift;
use super::merge::Merged;
use super::nearby::Nearby;
use super::place::Places;
use super::search::Search;
use super::shortlist::Shortlists;

/// Scratch of [`solve_with`](super::solve_with). Holds no result; a workspace used for one problem serves any other,
/// whether the run before ended, was stopped, or panicked.
///
/// A second solve of a problem of the same shape allocates the answer alone: a vector of placements and one of prices.
/// (What several threads need to share work comes on top, and what quotas take.)
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) merged: Merged,
    pub(super) steps: Steps,
    pub(super) incumbent: Incumbent,
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
    pub(super) gains: Vec<(i64, u32)>,
    /// Prices a solve begins from.
    pub(super) known: Vec<i64>,
    pub(super) lift: Lift,
    pub(super) chains: Chains,
}

impl Workspace {
    /// A workspace that has allocated nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

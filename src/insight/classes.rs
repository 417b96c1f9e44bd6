//! The classes that open or not: which opened, which did not, and why.

use serde::Serialize;

use super::scarcity::applicants;
use super::unplaced::is_nobody;
use crate::language::vocabulary;
use crate::market::{Opening, PostIx, PostKind};
use crate::verified::{Status, Verified};

vocabulary! {
    /// What became of a class that opens or not.
    ClassState {
        /// It opened.
        Opened = "opened", "opened", "已开班";
        /// It did not: fewer people are acceptable than it needs.
        Short = "short", "fewer people are acceptable than it needs", "合格人数不足开班人数";
        /// It did not: the goals gain as much or more if its people are elsewhere.
        Elsewhere = "elsewhere", "the goals gain as much or more without it", "不开班对目标同样好或更好";
        /// It did not, and the run was stopped before it was known whether it should.
        Stopped = "stopped", "stopped before it was known", "提前停止，尚未判明";
    }
}

/// One class that opens or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who offers it.
    pub owner: String,
    /// Track.
    pub kind: PostKind,
    /// Fewest people it opens with.
    pub least: u64,
    /// Seats.
    pub seats: u64,
    /// People who could be there: see [`PostLine`](super::PostLine).
    pub applicants: u64,
    /// By how many these fall short of what it needs.
    pub missing: u64,
    /// People placed; nobody if it did not open.
    pub placed: u64,
    /// Those of them whose placement stands; because of them it is open.
    #[serde(skip_serializing_if = "is_nobody")]
    pub standing: u64,
    /// What became of it.
    pub state: ClassState,
}

/// Every class that opens or not, by id; one that opens with a single person is always open. Cost: one pass over the acceptable
/// pairs.
#[must_use]
pub fn classes(result: &Verified<'_>) -> Vec<ClassLine> {
    let market = result.docking().market();
    let decided = !matches!(result.status(), Status::Feasible { gap: 1.., .. });
    let mut placed = vec![0_u64; market.posts().len()];
    for placement in result.placements().all() {
        placed[placement.post.index()] += u64::from(placement.people);
    }
    let applicants = applicants(result);
    let classes = PostIx::all(market.posts().len()).filter(|ix| opens_or_not(result, *ix));
    let line = |ix: PostIx| {
        let post = market.post(ix);
        let (least, applicants, placed) = (u64::from(post.seats_min), applicants[ix.index()], placed[ix.index()]);
        ClassLine {
            id: post.id.clone(),
            name: post.name.clone(),
            owner: market.name_of(market.owner_of(ix)).to_owned(),
            kind: post.kind,
            least,
            seats: u64::from(post.seats_max),
            applicants,
            missing: least.saturating_sub(applicants),
            placed,
            standing: market.frozen_at(ix).into(),
            state: match placed {
                1.. => ClassState::Opened,
                0 if applicants < least => ClassState::Short,
                0 if decided => ClassState::Elsewhere,
                0 => ClassState::Stopped,
            },
        }
    };
    classes.map(line).collect()
}

/// Whether `post` is a class that opens with several people or not at all.
pub(super) fn opens_or_not(result: &Verified<'_>, post: PostIx) -> bool {
    let post = result.docking().market().post(post);
    post.opening == Opening::OrClosed && post.seats_min > 1
}

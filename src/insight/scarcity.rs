//! The posts: which are contested and at what price, which keep seats and why.

use serde::Serialize;

use super::classes::opens_or_not;
use super::goals::{GoalValue, worth};
use super::left::{Apart, Left};
use crate::language::vocabulary;
use crate::market::{PostIx, PostKind, SupplyIx};
use crate::verified::Verified;

vocabulary! {
    /// Why a post keeps seats.
    Vacancy {
        /// Nobody is acceptable.
        NoApplicant = "no_applicant", "nobody is acceptable", "无合格人选";
        /// Everybody acceptable is placed here, and seats are left.
        FewApplicants = "few_applicants", "everybody acceptable is placed here", "合格人选已全部安置于此";
        /// Acceptable people are placed elsewhere, where the goals gain as much or more.
        BetterElsewhere = "better_elsewhere", "acceptable people are placed elsewhere", "合格人选已安置到其他岗位";
        /// It is a class that did not open.
        Cancelled = "cancelled", "the class did not open", "未开班";
        /// Acceptable people are left, but another limit is reached: a quota, mentors, or a bond.
        Limited = "limited", "another limit stands in the way", "受其他限额约束";
        /// Acceptable people are left, but the goals would gain nothing from them.
        NoGain = "no_gain", "the goals would gain nothing", "对目标没有增益";
        /// Acceptable people are left, because the run was stopped.
        Stopped = "stopped", "stopped before it was filled", "提前停止，尚未填满";
    }
}

/// One post of the round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PostLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who offers it.
    pub owner: String,
    /// Track.
    pub kind: PostKind,
    /// Seats.
    pub seats: u64,
    /// People who could be there: for whom it is acceptable and whose placement stands nowhere, or stands there.
    pub applicants: u64,
    /// People placed.
    pub placed: u64,
    /// The price of a seat in the goals: exactly what one more seat would add to an optimal result, to the proven bound
    /// for one that was stopped, if limits that nobody can exceed with the seats there are have room for it
    /// ([`Insight::prices`](super::Insight::prices) counts these too). Where classes open or not, or limits cross, with these as they were decided. Below 0: what
    /// one more person would cost, if the minimum that is just reached were higher and somebody could come. Empty where it is 0, and for a class that
    /// did not open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub price: Vec<GoalValue>,
    /// The price in units of the problem's value.
    #[serde(skip)]
    pub price_units: i64,
    /// Why seats are left; none where all are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vacancy: Option<Vacancy>,
}

/// People who could be at each post.
pub(super) fn applicants(result: &Verified<'_>) -> Vec<u64> {
    let (market, acceptable) = (result.docking().market(), result.docking().acceptable());
    let posts = PostIx::all(market.posts().len());
    let mut applicants: Vec<u64> = posts.map(|post| u64::from(market.frozen_at(post))).collect();
    for unit in SupplyIx::all(market.supply().len()) {
        for post in acceptable.posts_of(unit) {
            applicants[post.index()] += u64::from(market.open_headcount(unit));
        }
    }
    applicants
}

/// Every post, by id. Cost: one pass over the acceptable pairs.
#[must_use]
pub fn posts(result: &Verified<'_>) -> Vec<PostLine> {
    let (market, acceptable) = (result.docking().market(), result.docking().acceptable());
    let left = Left::by(result);
    let applicants = applicants(result);
    let mut apart = vec![None; market.posts().len()];
    for unit in SupplyIx::all(market.supply().len()) {
        for post in acceptable.posts_of(unit) {
            apart[post.index()] = apart[post.index()].max(left.apart(unit, *post));
        }
    }
    let line = |ix: PostIx| {
        let post = market.post(ix);
        let (seats, applicants) = (u64::from(post.seats_max), applicants[ix.index()]);
        let cancelled = opens_or_not(result, ix) && left.seats(ix) == seats;
        let price_units = if cancelled { 0 } else { result.price(ix) };
        let vacancy = (left.seats(ix) > 0).then_some(match (apart[ix.index()], applicants) {
            (_, 1..) if cancelled => Vacancy::Cancelled,
            (Some(Apart::Limited), _) => Vacancy::Limited,
            (Some(Apart::NoGain), _) => Vacancy::NoGain,
            (Some(Apart::Stopped), _) => Vacancy::Stopped,
            (None, 0) => Vacancy::NoApplicant,
            (None, all) if all == seats - left.seats(ix) => Vacancy::FewApplicants,
            (None, _) => Vacancy::BetterElsewhere,
        });
        PostLine {
            id: post.id.clone(),
            name: post.name.clone(),
            owner: market.name_of(market.owner_of(ix)).to_owned(),
            kind: post.kind,
            seats,
            applicants,
            placed: seats - left.seats(ix),
            price: if price_units == 0 { Vec::new() } else { worth(result, price_units.into()) },
            price_units,
            vacancy,
        }
    };
    PostIx::all(market.posts().len()).map(line).collect()
}

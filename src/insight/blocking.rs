//! Envy: a person and a post that would both rather have each other.

use std::collections::BTreeMap;

use serde::Serialize;

use super::headroom::Headroom;
use super::left::Left;
use super::post_name::PostName;
use crate::language::vocabulary;
use crate::market::{PostIx, SupplyIx};
use crate::scoring::{Criterion, Explainer};
use crate::verified::Verified;

vocabulary! {
    /// Where the seat for a blocking pair would come from.
    Outlet {
        /// A seat is free.
        FreeSeat = "free_seat", "a seat is free", "有空席";
        /// Somebody is there whom the post prefers less.
        Occupant = "occupant", "somebody is there whom the post prefers less", "现有人员排序更靠后";
    }
}

/// A person (or members of one cohort) and a post that would both rather have each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockingPair {
    /// Id of the unit.
    pub unit: String,
    /// The post.
    pub post: PostName,
    /// The rank of the post among the unit's wishes, from 1.
    pub wish: u64,
    /// Members who are at nothing they wish for as much.
    pub people: u64,
    /// Where the first to move of these is now; none if not placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PostName>,
    /// Where the seat would come from; a free one where there is any.
    pub outlet: Outlet,
    /// Id of the unit there that the post prefers least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupant: Option<String>,
    /// What the post thinks of the unit, in steps of a point.
    pub steps: i64,
    /// And of the occupant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupant_steps: Option<i64>,
    /// Whether one member could take the seat, the occupant going without one, and every strict quota, mentor, bond and minimum
    /// would still hold. Otherwise the limits of the market stand between the two.
    pub keeps_limits: bool,
}

/// How much envy a result leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Envy {
    /// People in at least one blocking pair.
    pub people: u64,
    /// People with wishes, whose placement does not stand.
    pub of: u64,
    /// Pairs where a seat is free.
    pub free_seat: u64,
    /// Pairs where somebody is there whom the post prefers less.
    pub occupant: u64,
    /// Pairs of either kind that every limit of the market would let come together.
    pub keeps_limits: u64,
}

/// Every blocking pair of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Blocking {
    /// How many there are.
    #[serde(flatten)]
    pub envy: Envy,
    /// The pairs, by unit and wish.
    pub pairs: Vec<BlockingPair>,
}

/// The blocking pairs of `result`.
///
/// What each side prefers is read from the market alone, and always strictly:
///
/// - *A person* prefers a post to where they are if they wish for it and are not placed, or are at a post that they do not wish for or
///   wish for less. Nothing is said of posts nobody asked for: between two of these, and between one of these and no place, there is
///   no preference.
/// - *A post* prefers one acceptable person to another by the points of the pair **without those for the person's own wish** (which
///   would count one side's preference twice), in whole steps as the round counts them; and any acceptable person to a free seat.
///
/// A pair *blocks* if it is acceptable, no decision stands for the people concerned, the person prefers the post, and the post has a
/// free seat or somebody it prefers less (Gale and Shapley, *American Mathematical Monthly* 69, 1962). A seat of a class that did not
/// open is not free, since one person does not open it. A round that is best for its goals need not be free of such pairs; how many
/// there are is what efficiency costs in envy.
///
/// Cost: the wishes of everybody, and a look at the score of each wished pair and each placement.
#[must_use]
pub fn blocking(result: &Verified<'_>) -> Blocking {
    let scene = Scene::of(result);
    let market = result.docking().market();
    let (mut envy, mut all) = (Envy::default(), Vec::new());
    for unit in SupplyIx::all(market.supply().len()) {
        let members = u64::from(market.open_headcount(unit));
        if members == 0 || market.wishes_of(unit).is_empty() {
            continue;
        }
        envy.of += members;
        let pairs = scene.pairs_of(unit);
        // Whoever prefers a post also prefers those wished for more, so the most are in the pair of the first wish.
        envy.people += pairs.iter().map(|pair| pair.people).max().unwrap_or(0);
        for pair in pairs {
            envy.free_seat += u64::from(pair.outlet == Outlet::FreeSeat);
            envy.occupant += u64::from(pair.outlet == Outlet::Occupant);
            envy.keeps_limits += u64::from(pair.keeps_limits);
            all.push(pair);
        }
    }
    Blocking { envy, pairs: all }
}

struct Scene<'a> {
    result: &'a Verified<'a>,
    explainer: Explainer<'a>,
    left: Left<'a>,
    headroom: Headroom<'a>,
    /// Who of those this round placed each post prefers least.
    least: BTreeMap<PostIx, (i64, SupplyIx)>,
    /// Members this round placed at each post, by unit.
    placed: BTreeMap<SupplyIx, Vec<(PostIx, u64)>>,
}

impl<'a> Scene<'a> {
    fn of(result: &'a Verified<'a>) -> Self {
        let mut scene = Self {
            result,
            explainer: result.docking().explainer(),
            left: Left::by(result),
            headroom: Headroom::of(result),
            least: BTreeMap::new(),
            placed: BTreeMap::new(),
        };
        for placement in result.placements().without_standing(result.docking().market()).all() {
            let (unit, post) = (placement.unit, placement.post);
            if placement.people > 0 {
                let told = (scene.steps(unit, post), unit);
                scene.least.entry(post).and_modify(|least| *least = told.min(*least)).or_insert(told);
                scene.placed.entry(unit).or_default().push((post, placement.people.into()));
            }
        }
        scene
    }

    /// What `post` thinks of `unit`.
    fn steps(&self, unit: SupplyIx, post: PostIx) -> i64 {
        let breakdown = self.explainer.explain(unit, post);
        let of_wish = breakdown.parts.iter().filter(|(criterion, ..)| *criterion == Criterion::Wish);
        let points = breakdown.total - of_wish.map(|(_, _, points)| points).sum::<f64>();
        self.result.docking().config().objective.steps_in(points)
    }

    fn pairs_of(&self, unit: SupplyIx) -> Vec<BlockingPair> {
        let docking = self.result.docking();
        let (market, acceptable) = (docking.market(), docking.acceptable().posts_of(unit));
        let held = self.placed.get(&unit).map_or(&[][..], Vec::as_slice);
        // Where members are, the worst first: nowhere, somewhere they do not wish for, then by wish.
        let mut places: Vec<(usize, Option<PostIx>, u64)> = vec![(usize::MAX, None, self.left.members(unit))];
        let rank = |post| market.wish_rank(unit, post).unwrap_or(usize::MAX);
        places.extend(held.iter().map(|(post, people)| (rank(*post), Some(*post), *people)));
        places.retain(|(_, _, people)| *people > 0);
        places.sort_by_key(|(rank, post, _)| (std::cmp::Reverse(*rank), *post));
        let pair = |(rank, post): (usize, &PostIx)| {
            acceptable.binary_search(post).ok()?;
            let people: u64 = places.iter().filter(|place| place.0 > rank).map(|place| place.2).sum();
            let from = places.first().filter(|_| people > 0)?.1;
            let steps = self.steps(unit, *post);
            let free = self.left.is_free(*post);
            let occupant = self.least.get(post).filter(|(least, _)| !free && *least < steps);
            if !free && occupant.is_none() {
                return None;
            }
            Some(BlockingPair {
                unit: market.unit(unit).id.clone(),
                post: PostName::of(market, *post),
                wish: rank as u64 + 1,
                people,
                from: from.map(|post| PostName::of(market, post)),
                outlet: if free { Outlet::FreeSeat } else { Outlet::Occupant },
                occupant: occupant.map(|(_, other)| market.unit(*other).id.clone()),
                steps,
                occupant_steps: occupant.map(|(least, _)| *least),
                keeps_limits: self.headroom.allows(unit, from, *post, occupant.map(|(_, other)| *other)),
            })
        };
        market.wishes_of(unit).iter().enumerate().filter_map(pair).collect()
    }
}

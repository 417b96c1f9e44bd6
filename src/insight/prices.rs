//! What one more seat is worth, and one fewer: both sides of every price.

use serde::Serialize;

use super::around::{Insight, Worth};
use super::post_name::PostName;
use crate::formulation::Standing;
use crate::index::PostId;
use crate::language::vocabulary;
use crate::market::PostIx;
use crate::sensitivity::{SeatValue, SeatValues};

vocabulary! {
    /// How a limit of the market binds.
    Force {
        /// Its range is part of the proof, with prices of its own.
        Priced = "priced", "has prices of its own", "有自身价格";
        /// It crosses other limits; it is held as decided and has no price.
        Crossing = "crossing", "crosses other limits, so it has no price", "与其他限额交叉，没有价格";
        /// It crosses other limits, and only more seats could make it bind.
        Latent = "latent", "only more seats could make it bind", "仅在增加席位时才可能受限";
        /// It holds whoever is placed where.
        Idle = "idle", "holds whoever is placed where", "无论如何安排都成立";
    }
}

/// What another range would be worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sides {
    /// What one more seat gains; none where a class is decided to be closed.
    pub more: Option<Worth>,
    /// What one fewer loses; none where there is none to lose, or nothing allows it.
    pub fewer: Option<Worth>,
    /// What a minimum lower by one gains; none where there is no minimum.
    pub lower_minimum: Option<Worth>,
}

/// A post with both sides of its price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriceLine {
    /// The post.
    pub post: PostName,
    /// What its seats are worth.
    #[serde(flatten)]
    pub sides: Sides,
}

/// A limit on a group of placements, with both sides of its price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitLine {
    /// What files call it.
    pub limit: String,
    /// How it binds.
    pub force: Force,
    /// What another range would be worth; none where it has no price.
    #[serde(flatten)]
    pub sides: Option<Sides>,
}

/// Every price of a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prices {
    /// The posts, by id.
    pub posts: Vec<PriceLine>,
    /// The limits, in the order of the market's tables.
    pub limits: Vec<LimitLine>,
}

impl Insight<'_> {
    /// Both sides of every price; none if the result is not proven best. Where classes open or not, with the classes open
    /// that are so. One more seat counts limits that nobody can exceed with the seats there are; where such a limit crosses
    /// others, with everybody in it as they are. Every limit stays what it is, also one that is a share of the seats.
    ///
    /// Cost: that of [`seats`](crate::sensitivity::Sensitivity::seats), twice where limits that only more seats could make bind
    /// cross others.
    #[must_use]
    pub fn prices(&self) -> Option<Prices> {
        let values = self.seat_values()?;
        let docking = self.result.docking();
        let (market, formulation) = (docking.market(), docking.formulation());
        let around = formulation.around();
        let sides = |value: SeatValue| {
            let [more, fewer, lower_minimum] =
                [value.more, value.fewer, value.lower_minimum].map(|units| units.map(|units| self.worth(units)));
            Sides { more, fewer, lower_minimum }
        };
        let post = |ix: PostIx| PriceLine {
            post: self.post_name(ix),
            sides: sides(values.posts[formulation.post_id(ix).index()]),
        };
        let limits = formulation.limits().iter().enumerate().map(|(at, (origin, standing))| {
            let latent = around.and_then(|around| around.standing(at));
            let (force, value) = match (standing, latent) {
                (Standing::Demand(node), _) => {
                    let node = around.map_or(*node, |around| around.node(*node));
                    (Force::Priced, Some(values.demand[node.index()]))
                }
                (Standing::Supply(node), _) => (Force::Priced, Some(values.supply[node.index()])),
                (Standing::Coupling(_), _) => (Force::Crossing, None),
                (Standing::Idle, Some(Standing::Demand(node))) => (Force::Priced, Some(values.demand[node.index()])),
                (Standing::Idle, Some(_)) => (Force::Latent, None),
                (Standing::Idle, None) => (Force::Idle, None),
            };
            LimitLine { limit: origin.label(market), force, sides: value.map(sides) }
        });
        Some(Prices { posts: PostIx::all(market.posts().len()).map(post).collect(), limits: limits.collect() })
    }

    /// The value of every seat and limit, in units; none if the result is not proven best.
    pub(super) fn seat_values(&self) -> Option<SeatValues> {
        let mut values = self.sensitivity.as_ref()?.seats();
        if let (Some(coupled), Some(around)) = (&self.coupled, self.result.docking().formulation().around()) {
            for (post, (value, kept)) in
                PostId::all(values.posts.len()).zip(values.posts.iter_mut().zip(coupled.seats().posts))
            {
                if around.room(post) == 0 {
                    value.more = kept.more;
                }
            }
        }
        Some(values)
    }

    /// What the first more seat at `post` gains, the second, and so on, until one gains nothing or `most` are counted: for as
    /// many seats as the amounts are equal the price holds. Ends before a limit could bind that crosses others and that nobody
    /// can exceed so far; where it could at once, everybody in it stays as they are. None if the result is not proven best.
    #[must_use]
    pub fn gains(&self, post: PostIx, most: u32) -> Option<Vec<Worth>> {
        let (known, most) = self.more_seats(post, most)?;
        let gains = known.gains(self.result.docking().formulation().post_id(post), most);
        Some(gains.into_iter().map(|units| self.worth(units)).collect())
    }
}

//! The multipliers that prove a matching's value, or bound it.

use super::matching::Matching;
use crate::index::PostId;

/// One integer multiplier for each range of a problem: each post, each demand quota node, each supply quota node.
///
/// In the unit of the pairs' values. A multiplier above 0 says what one more seat would be worth; one below 0, what a
/// minimum costs. Any numbers at all give a valid upper bound, so that prices from a file need no trust:
/// [`verify`](crate::certificate::verify) recomputes what they prove.
///
/// ```
/// use talent_match::graph::Prices;
/// use talent_match::index::PostId;
///
/// let prices = Prices::new(vec![0, 40]);
/// assert_eq!(prices.price(PostId::new(1)), Some(40));
/// assert!(prices.demand().is_empty() && prices.supply().is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    posts: Vec<i64>,
    demand: Vec<i64>,
    supply: Vec<i64>,
}

impl Prices {
    /// Multipliers of the posts alone, by post.
    #[must_use]
    pub fn new(posts: Vec<i64>) -> Self {
        Self { posts, ..Self::default() }
    }

    /// The same with multipliers of the demand and the supply quota nodes.
    #[must_use]
    pub fn with_quotas(self, demand: Vec<i64>, supply: Vec<i64>) -> Self {
        Self { demand, supply, ..self }
    }

    /// The posts' multipliers.
    #[must_use]
    pub fn posts(&self) -> &[i64] {
        &self.posts
    }

    /// The demand quota nodes' multipliers.
    #[must_use]
    pub fn demand(&self) -> &[i64] {
        &self.demand
    }

    /// The supply quota nodes' multipliers.
    #[must_use]
    pub fn supply(&self) -> &[i64] {
        &self.supply
    }

    /// The multiplier of `post` itself, without the quota nodes above it; `None` where none was given.
    #[must_use]
    pub fn price(&self, post: PostId) -> Option<i64> {
        self.posts.get(post.index()).copied()
    }
}

/// A matching and the prices that prove it best, or bound how far from best it can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Solution {
    /// Who is placed where.
    pub matching: Matching,
    /// The multipliers.
    pub prices: Prices,
}

/// Why no matching is feasible: prices under which the bound is negative although every pair is worth nothing.
///
/// The ranges with a multiplier other than 0 are the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// The multipliers.
    pub prices: Prices,
}

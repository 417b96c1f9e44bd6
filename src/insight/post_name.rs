//! A post as answers name it.

use serde::Serialize;

use super::around::Insight;
use crate::market::{Market, PostIx};

/// A post, with the names people know it by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PostName {
    /// Id of the post.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who offers it.
    pub owner: String,
}

impl PostName {
    /// The names of `post`.
    #[must_use]
    pub fn of(market: &Market, post: PostIx) -> Self {
        let row = market.post(post);
        let owner = market.name_of(market.owner_of(post)).to_owned();
        Self { id: row.id.clone(), name: row.name.clone(), owner }
    }
}

impl Insight<'_> {
    pub(super) fn post_name(&self, post: PostIx) -> PostName {
        PostName::of(self.result.docking().market(), post)
    }
}

//! Who is at a post because it was decided before the round.

use serde::Serialize;

use super::around::Insight;
use super::post_name::PostName;
use crate::language::Phrase;
use crate::market::{DecisionState, PostIx, SupplyIx};

/// The decision by which people stand at a post: they are there in every result, whatever it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stands {
    /// Id of the unit.
    pub unit: String,
    /// The post.
    pub post: PostName,
    /// Members who stand.
    pub people: u32,
    /// What was decided.
    pub state: DecisionState,
    /// The same with its round and reason.
    pub decision: Phrase,
}

impl Insight<'_> {
    /// The decision by which members of `unit` stand at `post`; none if nobody of it does. [`Insight::why`] is about the others.
    #[must_use]
    pub fn stands(&self, unit: SupplyIx, post: PostIx) -> Option<Stands> {
        let market = self.result.docking().market();
        let decision = market.stands(unit, post)?;
        Some(Stands {
            unit: market.unit(unit).id.clone(),
            post: self.post_name(post),
            people: market.frozen_of(unit, post),
            state: decision.state,
            decision: Phrase::each(|language| decision.text(language)),
        })
    }
}

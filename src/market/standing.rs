//! What decisions leave to be decided: who is still there, whose placement stands, which seats are open.

use super::{Decision, Market, Opening, Placement, Placements, PostIx, SupplyIx};

/// The decisions of a market, resolved; everything in order of supply unit, then post.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    pub(super) standing: Vec<Placement>,
    pub(super) placed: Vec<Placement>,
    /// With the row of the decision.
    pub(super) closed: Vec<(SupplyIx, PostIx, u32)>,
    pub(super) left: Vec<(SupplyIx, u32)>,
    /// People whose placement stands, by post.
    pub(super) at_posts: Vec<(PostIx, u32)>,
}

/// The seats of a post beside those of people whose placement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSeats {
    /// Seats that must still be filled.
    pub min: u32,
    /// Seats there still are.
    pub max: u32,
    /// Whether the post may still stay closed: not where somebody's placement stands. Such a class is open, and what is left of
    /// its minimum must be reached: nobody but whoever decides can release a placement that stands.
    pub opening: Opening,
}

fn of_unit(placements: &[Placement], unit: SupplyIx) -> &[Placement] {
    let first = placements.partition_point(|placement| placement.unit < unit);
    let length = placements[first..].partition_point(|placement| placement.unit == unit);
    &placements[first..first + length]
}

fn people_at(placements: &[Placement], unit: SupplyIx, post: PostIx) -> u32 {
    let found = placements.binary_search_by_key(&(unit, post), |placement| (placement.unit, placement.post));
    found.map_or(0, |at| placements[at].people)
}

/// What decisions leave open. Every lookup is a binary search among the decisions.
impl Market {
    /// People of `unit` who have not left.
    #[must_use]
    pub fn present(&self, unit: SupplyIx) -> u32 {
        let left = &self.decided().left;
        let left = left.binary_search_by_key(&unit, |(unit, _)| *unit).map_or(0, |at| left[at].1);
        self.unit(unit).headcount - left
    }

    /// People of `unit` who have not left and whose placement does not stand.
    #[must_use]
    pub fn open_headcount(&self, unit: SupplyIx) -> u32 {
        self.present(unit) - self.frozen(unit).iter().map(|placement| placement.people).sum::<u32>()
    }

    /// The seats of `post` that are still to be filled.
    #[must_use]
    pub fn open_seats(&self, post: PostIx) -> OpenSeats {
        let (row, standing) = (self.post(post), self.frozen_at(post));
        let opening = if standing > 0 { Opening::Always } else { row.opening };
        OpenSeats { min: row.seats_min.saturating_sub(standing), max: row.seats_max - standing, opening }
    }

    /// The placements of `unit` that stand, by post.
    #[must_use]
    pub fn frozen(&self, unit: SupplyIx) -> &[Placement] {
        of_unit(&self.decided().standing, unit)
    }

    /// People whose placement at `post` stands.
    #[must_use]
    pub fn frozen_at(&self, post: PostIx) -> u32 {
        let at_posts = &self.decided().at_posts;
        at_posts.binary_search_by_key(&post, |(post, _)| *post).map_or(0, |at| at_posts[at].1)
    }

    /// People of `unit` whose placement at `post` stands.
    #[must_use]
    pub fn frozen_of(&self, unit: SupplyIx, post: PostIx) -> u32 {
        people_at(&self.decided().standing, unit, post)
    }

    /// The decision by which people of `unit` stand at `post`, if one does.
    #[must_use]
    pub fn stands(&self, unit: SupplyIx, post: PostIx) -> Option<&Decision> {
        let pair = (self.unit(unit).id.as_str(), Some(self.post(post).id.as_str()));
        let pair_of = |decision: &Decision| (decision.unit.as_str(), decision.post.as_deref()) < pair;
        let rows = &self.decisions()[self.decisions().partition_point(pair_of)..];
        let mut rows = rows.iter().take_while(|row| (row.unit.as_str(), row.post.as_deref()) == pair);
        rows.find(|row| row.state.stands())
    }

    /// Every placement that stands, by supply unit and post.
    #[must_use]
    pub fn frozen_placements(&self) -> &[Placement] {
        &self.decided().standing
    }

    /// The decision that closes the pair, if one does.
    #[must_use]
    pub fn closed(&self, unit: SupplyIx, post: PostIx) -> Option<&Decision> {
        let closed = &self.decided().closed;
        let at = closed.binary_search_by_key(&(unit, post), |(unit, post, _)| (*unit, *post)).ok()?;
        Some(&self.decisions()[closed[at].2 as usize])
    }

    /// People of `unit` who were placed at `post` in the previous round and have not signed.
    #[must_use]
    pub fn placed_before(&self, unit: SupplyIx, post: PostIx) -> u32 {
        people_at(&self.decided().placed, unit, post)
    }

    /// Everybody placed in the previous round who has not signed, by supply unit and post.
    #[must_use]
    pub fn previous_placements(&self) -> &[Placement] {
        &self.decided().placed
    }
}

impl Placements {
    /// These placements and those of `market` that stand.
    #[must_use]
    pub fn with_standing(self, market: &Market) -> Self {
        let standing = market.frozen_placements();
        if standing.is_empty() {
            return self;
        }
        let mut all = Self::new([self.all(), standing].concat()).all().to_vec();
        all.dedup_by(|next, first| {
            let same = (next.unit, next.post) == (first.unit, first.post);
            if same {
                first.people = first.people.saturating_add(next.people);
            }
            same
        });
        Self::new(all)
    }

    /// What these placements hold beyond those of `market` that stand.
    #[must_use]
    pub fn without_standing(&self, market: &Market) -> Self {
        if market.frozen_placements().is_empty() {
            return self.clone();
        }
        let mut rest = Vec::with_capacity(self.all().len());
        for pair in self.all().chunk_by(|a, b| (a.unit, a.post) == (b.unit, b.post)) {
            let mut standing = people_at(market.frozen_placements(), pair[0].unit, pair[0].post);
            for placement in pair {
                let taken = standing.min(placement.people);
                standing -= taken;
                // A row of nobody stays what it is.
                if taken == 0 || placement.people > taken {
                    rest.push(Placement { people: placement.people - taken, ..*placement });
                }
            }
        }
        Self::new(rest)
    }
}

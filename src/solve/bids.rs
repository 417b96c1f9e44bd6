//! What one unit bids at given prices.

use super::rough::Rough;
use super::shortlist::{Shortlist, Shortlists};

/// A bid for `count` seats of `post`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bid {
    pub(super) unit: u32,
    pub(super) post: u32,
    pub(super) count: u32,
    pub(super) amount: i32,
}

/// The bids of some units, with scratch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) bids: Vec<Bid>,
    /// New shortlists of units whose old ones no longer speak for their rows.
    pub(super) renewed: Vec<(u32, Shortlist)>,
    /// Pairs looked at.
    pub(super) visited: usize,
    nets: Vec<(i32, u32)>,
}

/// What bidders look at.
#[derive(Clone, Copy)]
pub(super) struct Offer<'a> {
    pub(super) rough: Rough<'a>,
    pub(super) prices: &'a [i32],
    pub(super) seats: &'a [u32],
    /// The least by which a bid exceeds what the bidder would be content with.
    pub(super) increment: i32,
}

/// The best a unit can have at given prices, and what it could have instead.
#[derive(Clone, Copy)]
struct Choice {
    best: i32,
    second: i32,
    /// The best post; `u32::MAX` if staying out is as good.
    post: u32,
}

impl Offer<'_> {
    /// The two best of some pairs, being unplaced included.
    fn choose(self, entries: impl Iterator<Item = (u32, i32)>) -> Choice {
        let outside = self.rough.outside;
        let mut choice = Choice { best: outside, second: outside, post: u32::MAX };
        // Minimum and maximum instead of branches: which pair is best is what a processor cannot guess.
        for (post, weight) in entries {
            let net = self.rough.value(weight) - self.prices[post as usize];
            choice.post = if net > choice.best { post } else { choice.post };
            choice.second = choice.second.max(net.min(choice.best));
            choice.best = choice.best.max(net);
        }
        choice
    }

    /// What a member of `unit` who sits at `post` earns there, and the best it could have instead.
    fn compare(self, post: u32, entries: impl Iterator<Item = (u32, i32)>) -> (Option<i32>, i32) {
        let (mut own, mut other) = (None, self.rough.outside);
        for (at, weight) in entries {
            let net = self.rough.value(weight) - self.prices[at as usize];
            if at == post { own = Some(net) } else { other = other.max(net) }
        }
        (own, other)
    }

    /// What a member of `unit` who sits at `post` would offer to stay; nothing if something else is better by more than the increment.
    pub(super) fn stay(self, lists: Option<&Shortlists>, unit: usize, post: u32) -> Option<i32> {
        let amount = |own: i32, other: i32| {
            (own + self.increment >= other).then(|| self.prices[post as usize] + own - other + self.increment)
        };
        if let Some(lists) = lists.filter(|lists| lists.lists(unit))
            && let (Some(own), other) = self.compare(post, lists.of(unit).entries())
        {
            let bound = lists.rough_bound(unit, self.rough);
            // Other pairs may be as good as the bound, but no better.
            if own + self.increment >= bound || other >= bound {
                return amount(own, other.max(bound));
            }
        }
        let (own, other) = self.compare(post, self.rough.rows.entries(unit));
        own.and_then(|own| amount(own, other))
    }

    /// What a member of `unit` who is unplaced gains by the best post; 0 if nothing.
    pub(super) fn gain(self, lists: Option<&Shortlists>, unit: usize) -> i32 {
        if let Some(lists) = lists.filter(|lists| lists.lists(unit)) {
            let best = self.choose(lists.of(unit).entries()).best;
            if best >= lists.rough_bound(unit, self.rough) {
                return best - self.rough.outside;
            }
        }
        self.choose(self.rough.rows.entries(unit)).best - self.rough.outside
    }

    /// Whether a member of `unit` would rather be at some post than unplaced.
    pub(super) fn wants(self, lists: Option<&Shortlists>, unit: usize) -> bool {
        let some = |choice: Choice| choice.post != u32::MAX;
        match lists.filter(|lists| lists.lists(unit)) {
            Some(lists) if some(self.choose(lists.of(unit).entries())) => true,
            Some(lists) if lists.rough_bound(unit, self.rough) <= self.rough.outside => false,
            _ => some(self.choose(self.rough.rows.entries(unit))),
        }
    }
}

impl Batch {
    /// Forgets the last units.
    pub(super) fn clear(&mut self) {
        self.bids.clear();
        self.renewed.clear();
        self.visited = 0;
    }

    /// Adds the bids of `free` members of `unit`: none if being unplaced is as good as the best seat.
    ///
    /// A bid raises the price to where the bidder would as soon take its next best choice, plus the increment.
    pub(super) fn bid(&mut self, offer: Offer<'_>, unit: usize, free: u32) {
        self.visited += offer.rough.rows.row(unit).len();
        self.place(offer, unit, free, offer.choose(offer.rough.rows.entries(unit)));
    }

    /// The same from the unit's shortlist where it suffices.
    pub(super) fn bid_listed(&mut self, offer: Offer<'_>, lists: &Shortlists, unit: usize, free: u32) {
        let mut choice = offer.choose(lists.of(unit).entries());
        let bound = lists.rough_bound(unit, offer.rough);
        // Where the best is known, less than the next best is enough: the bid is lower than it might be, no more.
        if choice.second >= bound || choice.best >= bound.saturating_add(offer.increment) {
            choice.second = choice.second.max(bound);
            self.visited += 1;
            self.place(offer, unit, free, choice);
            return;
        }
        match lists.renewed(offer.rough, offer.prices, unit) {
            // A fresh list speaks for its row, unless it was drawn too coarsely.
            Some(list) if offer.choose(list.entries()).second >= lists.rough_bound_of(&list, offer.rough) => {
                self.visited += offer.rough.rows.row(unit).len();
                self.place(offer, unit, free, offer.choose(list.entries()));
                self.renewed.push((unit as u32, list));
            }
            _ => self.bid(offer, unit, free),
        }
    }

    fn place(&mut self, offer: Offer<'_>, unit: usize, free: u32, choice: Choice) {
        let Choice { best, second, post } = choice;
        if post == u32::MAX {
            return;
        }
        if free <= offer.seats[post as usize] {
            let amount = offer.prices[post as usize] + (best - second) + offer.increment;
            self.bids.push(Bid { unit: unit as u32, post, count: free, amount });
        } else {
            self.bid_apart(offer, unit, free);
        }
    }

    /// The bids of more members than the best post has seats: for the fewest best posts that hold them all, each up to
    /// where the next best post is as good.
    fn bid_apart(&mut self, offer: Offer<'_>, unit: usize, free: u32) {
        let Offer { rough, prices, seats, increment } = offer;
        self.nets.clear();
        let nets = rough.rows.entries(unit).map(|(post, weight)| (rough.value(weight) - prices[post as usize], post));
        self.nets.extend(nets.filter(|&(net, post)| net > rough.outside && seats[post as usize] > 0));
        self.nets.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut left = free;
        let first = self.bids.len();
        let mut next = rough.outside;
        for &(net, post) in &self.nets {
            if left == 0 {
                next = net;
                break;
            }
            let count = seats[post as usize].min(left);
            left -= count;
            self.bids.push(Bid { unit: unit as u32, post, count, amount: net });
        }
        for bid in &mut self.bids[first..] {
            bid.amount += prices[bid.post as usize] - next + increment;
        }
    }
}

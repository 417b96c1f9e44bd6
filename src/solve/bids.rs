//! What one unit bids at given prices.

use super::rows::Rows;
use super::shortlist::{Shortlist, Shortlists};

/// A bid for `count` seats of `post`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bid {
    pub(super) unit: u32,
    pub(super) post: u32,
    pub(super) count: u32,
    pub(super) amount: i64,
}

/// The bids of some units, with scratch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) bids: Vec<Bid>,
    /// New shortlists of units whose old ones no longer speak for their rows.
    pub(super) renewed: Vec<(u32, Shortlist)>,
    /// Pairs looked at.
    pub(super) visited: usize,
    nets: Vec<(i64, u32)>,
}

/// What bidders look at.
#[derive(Clone, Copy)]
pub(super) struct Offer<'a> {
    pub(super) rows: Rows<'a>,
    pub(super) prices: &'a [i64],
    pub(super) seats: &'a [u32],
    /// The least by which a bid exceeds what the bidder would be content with.
    pub(super) increment: i64,
}

/// The best a unit can have at given prices, and what it could have instead.
#[derive(Clone, Copy)]
struct Choice {
    best: i64,
    second: i64,
    /// The best post; `u32::MAX` if staying out is as good.
    post: u32,
}

impl Offer<'_> {
    /// The two best of some pairs, being unplaced included.
    fn choose(self, entries: impl Iterator<Item = (u32, i32)>) -> Choice {
        let outside = self.rows.outside;
        let mut choice = Choice { best: outside, second: outside, post: u32::MAX };
        // Minimum and maximum instead of branches: which pair is best is what a processor cannot guess.
        for (post, weight) in entries {
            let net = self.rows.value(weight) - self.prices[post as usize];
            choice.post = if net > choice.best { post } else { choice.post };
            choice.second = choice.second.max(net.min(choice.best));
            choice.best = choice.best.max(net);
        }
        choice
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
        self.visited += offer.rows.row(unit).len();
        self.place(offer, unit, free, offer.choose(offer.rows.entries(unit)));
    }

    /// The same from the unit's shortlist where it suffices.
    pub(super) fn bid_listed(&mut self, offer: Offer<'_>, lists: &Shortlists, unit: usize, free: u32) {
        let choice = offer.choose(lists.of(unit).entries());
        if choice.second >= lists.bound(unit) {
            self.visited += 1;
            self.place(offer, unit, free, choice);
            return;
        }
        match lists.renewed(offer.rows, offer.prices, unit) {
            // A fresh list speaks for its row, unless it was drawn too coarsely.
            Some(list) if offer.choose(list.entries()).second >= lists.bound_of(&list) => {
                self.visited += offer.rows.row(unit).len();
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
        let Offer { rows, prices, seats, increment } = offer;
        self.nets.clear();
        let nets = rows.pairs(unit).map(|(post, value)| (value - prices[post], post as u32));
        self.nets.extend(nets.filter(|&(net, post)| net > rows.outside && seats[post as usize] > 0));
        self.nets.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut left = free;
        let first = self.bids.len();
        let mut next = rows.outside;
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

//! What one unit bids at given prices.

use super::rows::Rows;

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

impl Batch {
    /// Adds the bids of `free` members of `unit`: none if being unplaced is as good as the best seat.
    ///
    /// A bid raises the price to where the bidder would as soon take its next best choice, plus the increment.
    pub(super) fn bid(&mut self, offer: Offer<'_>, unit: usize, free: u32) {
        let Offer { rows, prices, seats, increment } = offer;
        let row = rows.row(unit);
        let (mut best, mut second, mut post) = (rows.outside, rows.outside, u32::MAX);
        // Minimum and maximum instead of branches: which pair is best is what a processor cannot guess.
        for (target, &weight) in rows.posts[row.clone()].iter().zip(&rows.weights[row]) {
            let net = i64::from(weight) - prices[target.index()];
            post = if net > best { target.get() } else { post };
            second = second.max(net.min(best));
            best = best.max(net);
        }
        if post == u32::MAX {
            return;
        }
        if free <= seats[post as usize] {
            let amount = prices[post as usize] + (best - second) + increment;
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
        let nets = rows.pairs(unit).map(|(_, post, weight)| (weight - prices[post], post as u32));
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

//! Posts take bids: the other half of a block of the auction.
//!
//! What a post does depends on the bids for it and their order alone. So posts may be served side by side, in any number of parts.

use super::bids::{Batch, Bid};
use super::desk::{Desk, Heads, Held};

/// Desks asked for from memory at once.
const FETCH: usize = 16;

/// Some neighbouring posts, which take bids.
pub(super) struct Counter<'a, H> {
    /// The number of the first.
    pub(super) first: usize,
    pub(super) desks: &'a mut [Desk<H>],
    pub(super) prices: &'a mut [i32],
    /// Units that were refused or lost a seat.
    pub(super) outbid: &'a mut Vec<u32>,
}

impl<H: Heads> Counter<'_, H> {
    /// Takes the bids for these posts, in order; `free` is kept up to date for units of several members.
    pub(super) fn serve(&mut self, batches: &[Batch], free: &mut [u32]) {
        let Self { first, desks, prices, outbid } = self;
        let (first, posts) = (*first, desks.len());
        let own = |bid: &&Bid| (bid.post as usize).wrapping_sub(first) < posts;
        let mut some = [Bid::default(); FETCH];
        let mut bids = batches.iter().flat_map(|batch| &batch.bids).filter(own);
        loop {
            let mut count = 0;
            for (place, bid) in some.iter_mut().zip(&mut bids) {
                *place = *bid;
                count += 1;
            }
            if count == 0 {
                return;
            }
            let bids = &some[..count];
            std::hint::black_box(bids.iter().fold(0, |sum, bid| sum ^ desks[bid.post as usize - first].price()));
            for bid in bids {
                let desk = &mut desks[bid.post as usize - first];
                let price = &mut prices[bid.post as usize - first];
                if bid.amount <= *price {
                    outbid.push(bid.unit);
                    continue;
                }
                if !H::ONE {
                    free[bid.unit as usize] -= bid.count;
                }
                desk.take(Held::new(bid.amount, bid.unit, bid.count), |lost| {
                    if !H::ONE {
                        free[lost.unit() as usize] += lost.count();
                    }
                    outbid.push(lost.unit());
                });
                *price = desk.price();
            }
        }
    }
}

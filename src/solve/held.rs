//! The bids a post holds, the weakest at hand.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// `count` members of `unit` hold seats that they offered `amount` each for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) amount: i64,
    pub(super) unit: u32,
    pub(super) count: u32,
}

impl Ord for Held {
    /// The weakest bid is the greatest: the lowest amount, and of equal ones the latest in lottery order.
    fn cmp(&self, other: &Self) -> Ordering {
        other.amount.cmp(&self.amount).then(self.unit.cmp(&other.unit)).then(self.count.cmp(&other.count))
    }
}

impl PartialOrd for Held {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// One post in the auction.
#[derive(Debug, Default)]
pub(super) struct Desk {
    seats: u32,
    taken: u32,
    /// What a seat costs while there is a free one.
    floor: i64,
    held: BinaryHeap<Held>,
}

impl Desk {
    /// A post of `seats` empty seats at `floor`.
    pub(super) fn open(&mut self, seats: u32, floor: i64) {
        self.seats = seats;
        self.taken = 0;
        self.floor = floor;
        self.held.clear();
    }

    /// What a bid must exceed.
    pub(super) fn price(&self) -> i64 {
        match self.held.peek() {
            Some(weakest) if self.taken == self.seats => weakest.amount,
            _ => self.floor,
        }
    }

    /// The bids held, in no order that means anything.
    pub(super) fn held(&self) -> impl Iterator<Item = &Held> {
        self.held.iter()
    }

    /// Takes a bid for at most as many members as there are seats, and hands every seat it costs somebody to `evict`.
    pub(super) fn take(&mut self, bid: Held, mut evict: impl FnMut(Held)) {
        // Mostly one person takes the place of another: one entry changes.
        if self.taken == self.seats
            && let Some(mut weakest) = self.held.peek_mut()
            && weakest.count == bid.count
        {
            evict(std::mem::replace(&mut *weakest, bid));
            return;
        }
        // Wide, because the sum may not fit; the excess is at most what is taken, since the bid is at most all seats.
        let wanted = u64::from(self.taken) + u64::from(bid.count);
        let mut excess = wanted.saturating_sub(u64::from(self.seats)) as u32;
        self.taken = wanted.min(u64::from(self.seats)) as u32;
        self.held.push(bid);
        while excess > 0
            && let Some(mut weakest) = self.held.peek_mut()
        {
            let count = weakest.count.min(excess);
            excess -= count;
            evict(Held { count, ..*weakest });
            if count == weakest.count {
                PeekMut::pop(weakest);
            } else {
                weakest.count -= count;
            }
        }
    }
}

//! The bids a post holds, the weakest at hand.

use std::cmp::Ordering;

/// Children of a node of the heap: four bids are a cache line.
const ARITY: usize = 4;

/// `count` members of `unit` hold seats that they offered `amount` each for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) amount: i64,
    pub(super) unit: u32,
    pub(super) count: u32,
}

impl Held {
    /// Whether this bid gives way before `other`: the lower amount, and of equal ones the later in lottery order.
    fn weaker(&self, other: &Self) -> bool {
        self.amount.cmp(&other.amount).then(other.unit.cmp(&self.unit)) == Ordering::Less
    }
}

/// One post in the auction: a heap of the bids it holds.
#[derive(Debug, Default)]
pub(super) struct Desk {
    seats: u32,
    taken: u32,
    /// What a seat costs while there is a free one.
    floor: i64,
    held: Vec<Held>,
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
        match self.held.first() {
            Some(weakest) if self.taken == self.seats => weakest.amount,
            _ => self.floor,
        }
    }

    /// The bids held, in no order that means anything.
    pub(super) fn held(&self) -> &[Held] {
        &self.held
    }

    /// Takes a bid for at most as many members as there are seats, and hands every seat it costs somebody to `evict`.
    pub(super) fn take(&mut self, bid: Held, mut evict: impl FnMut(Held)) {
        // Mostly one person takes the place of another: one entry changes.
        if self.taken == self.seats
            && let Some(&weakest) = self.held.first()
            && weakest.count == bid.count
        {
            evict(weakest);
            self.sink(bid);
            return;
        }
        // Wide, because the sum may not fit; the excess is at most what is taken, since the bid is at most all seats.
        let wanted = u64::from(self.taken) + u64::from(bid.count);
        let mut excess = wanted.saturating_sub(u64::from(self.seats)) as u32;
        self.taken = wanted.min(u64::from(self.seats)) as u32;
        self.push(bid);
        while excess > 0
            && let Some(weakest) = self.held.first_mut()
        {
            let count = weakest.count.min(excess);
            excess -= count;
            evict(Held { count, ..*weakest });
            if count < weakest.count {
                weakest.count -= count;
            } else if let Some(last) = self.held.pop()
                && !self.held.is_empty()
            {
                self.sink(last);
            }
        }
    }

    /// Adds a bid, and lifts it above those that are stronger.
    fn push(&mut self, bid: Held) {
        let mut at = self.held.len();
        self.held.push(bid);
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if !bid.weaker(&self.held[parent]) {
                break;
            }
            self.held[at] = self.held[parent];
            at = parent;
        }
        self.held[at] = bid;
    }

    /// Puts a bid in the place of the weakest, and sinks it below those that are weaker.
    fn sink(&mut self, bid: Held) {
        let held = &mut self.held[..];
        let mut at = 0;
        loop {
            let first = ARITY * at + 1;
            if first >= held.len() {
                break;
            }
            let mut weakest = first;
            for child in first + 1..(first + ARITY).min(held.len()) {
                if held[child].weaker(&held[weakest]) {
                    weakest = child;
                }
            }
            if !held[weakest].weaker(&bid) {
                break;
            }
            held[at] = held[weakest];
            at = weakest;
        }
        held[at] = bid;
    }
}

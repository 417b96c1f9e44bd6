//! The bids a post holds, the weakest at hand.

use std::fmt::Debug;

/// Children of a node of the heap.
const ARITY: usize = 4;

/// How many members of a unit bid together: a number, or always [`One`], which takes no memory and no time.
pub(super) trait Heads: Copy + Debug + Default + Send + Sync {
    /// Whether the count is always 1.
    const ONE: bool;
    fn new(count: u32) -> Self;
    fn count(self) -> u32;
}

/// The count of units that have one member each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct One;

impl Heads for One {
    const ONE: bool = true;

    fn new(_: u32) -> Self {
        Self
    }

    fn count(self) -> u32 {
        1
    }
}

impl Heads for u32 {
    const ONE: bool = false;

    fn new(count: u32) -> Self {
        count
    }

    fn count(self) -> u32 {
        self
    }
}

/// Members of a unit who hold seats that they offered an amount each for.
///
/// Amount and unit are one number, so that one comparison says which of two bids gives way: the lower amount, and of
/// equal ones the later in lottery order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held<H> {
    key: u64,
    heads: H,
}

impl<H: Heads> Held<H> {
    /// `amount` is 0 or more.
    pub(super) fn new(amount: i32, unit: u32, count: u32) -> Self {
        Self { key: (u64::from(amount.cast_unsigned()) << 32) | u64::from(!unit), heads: H::new(count) }
    }

    pub(super) fn amount(self) -> i32 {
        ((self.key >> 32) as u32).cast_signed()
    }

    pub(super) fn unit(self) -> u32 {
        !(self.key as u32)
    }

    pub(super) fn count(self) -> u32 {
        self.heads.count()
    }
}

/// One post in the auction: a heap of the bids it holds.
#[derive(Debug, Default)]
pub(super) struct Desk<H> {
    seats: u32,
    taken: u32,
    /// What a seat costs while there is a free one.
    floor: i32,
    held: Vec<Held<H>>,
}

impl<H: Heads> Desk<H> {
    /// A post of `seats` empty seats at `floor`.
    pub(super) fn open(&mut self, seats: u32, floor: i32) {
        self.seats = seats;
        self.taken = 0;
        self.floor = floor;
        self.held.clear();
    }

    /// What a bid must exceed.
    pub(super) fn price(&self) -> i32 {
        match self.held.first() {
            Some(weakest) if self.taken == self.seats => weakest.amount(),
            _ => self.floor,
        }
    }

    /// The bids held, in no order that means anything.
    pub(super) fn held(&self) -> &[Held<H>] {
        &self.held
    }

    /// Seats somebody holds.
    pub(super) fn taken(&self) -> u32 {
        self.taken
    }

    /// Seats nobody holds.
    pub(super) fn vacant(&self) -> u32 {
        self.seats - self.taken
    }

    /// Every bid is renewed, or withdrawn where `renew` says nothing; while there is a free seat, it costs `floor`.
    pub(super) fn renew(&mut self, floor: i32, mut renew: impl FnMut(Held<H>) -> Option<i32>) {
        self.floor = floor;
        self.held.retain_mut(|bid| {
            let amount = renew(*bid);
            if let Some(amount) = amount {
                *bid = Held::new(amount, bid.unit(), bid.count());
            }
            amount.is_some()
        });
        self.taken = self.held.iter().map(|bid| bid.count()).sum();
        // As many pieces as there are parents, each sunk in its turn: the classic way to make a heap of a heap's mess.
        for at in (0..self.held.len().div_ceil(ARITY)).rev() {
            self.sink(at, self.held[at]);
        }
    }

    /// Withdraws the bid of `unit`, which holds one. The heap is out of order until bids are renewed.
    pub(super) fn withdraw(&mut self, unit: u32) {
        if let Some(at) = self.held.iter().position(|bid| bid.unit() == unit) {
            self.taken -= self.held.swap_remove(at).count();
        }
    }

    /// Seats a bid for which there are seats. The heap is out of order until bids are renewed.
    pub(super) fn seat(&mut self, bid: Held<H>) {
        self.taken += bid.count();
        self.held.push(bid);
    }

    /// Takes a bid for at most as many members as there are seats, and hands every seat it costs somebody to `evict`.
    pub(super) fn take(&mut self, bid: Held<H>, mut evict: impl FnMut(Held<H>)) {
        // Mostly one person takes the place of another: one entry changes.
        if self.taken == self.seats
            && let Some(&weakest) = self.held.first()
            && weakest.count() == bid.count()
        {
            evict(weakest);
            self.sink(0, bid);
            return;
        }
        // Wide, because the sum may not fit; the excess is at most what is taken, since the bid is at most all seats.
        let wanted = u64::from(self.taken) + u64::from(bid.count());
        let mut excess = wanted.saturating_sub(u64::from(self.seats)) as u32;
        self.taken = wanted.min(u64::from(self.seats)) as u32;
        self.push(bid);
        while excess > 0
            && let Some(weakest) = self.held.first_mut()
        {
            let count = weakest.count().min(excess);
            excess -= count;
            evict(Held { heads: H::new(count), ..*weakest });
            if count < weakest.count() {
                weakest.heads = H::new(weakest.count() - count);
            } else if let Some(last) = self.held.pop()
                && !self.held.is_empty()
            {
                self.sink(0, last);
            }
        }
    }

    /// Adds a bid, and lifts it above those that are stronger.
    fn push(&mut self, bid: Held<H>) {
        let mut at = self.held.len();
        self.held.push(bid);
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if bid.key >= self.held[parent].key {
                break;
            }
            self.held[at] = self.held[parent];
            at = parent;
        }
        self.held[at] = bid;
    }

    /// Puts a bid at `at`, and sinks it below those that are weaker.
    fn sink(&mut self, mut at: usize, bid: Held<H>) {
        let held = &mut self.held[..];
        loop {
            let first = ARITY * at + 1;
            if first >= held.len() {
                break;
            }
            let mut weakest = first;
            for child in first + 1..(first + ARITY).min(held.len()) {
                if held[child].key < held[weakest].key {
                    weakest = child;
                }
            }
            if held[weakest].key >= bid.key {
                break;
            }
            held[at] = held[weakest];
            at = weakest;
        }
        held[at] = bid;
    }
}

//! Posts with a free seat at a price look for somebody: the auction the other way round.
//!
//! When units have done bidding, some posts are left with a free seat at a price that nobody pays any more. Such a post
//! asks every unit what it would pay to move there, which is what it earns there less what it earns now, and sells at
//! the best offer it turns down, less the increment. Whom it wins leaves a seat elsewhere, which is sold in its turn, until the free
//! seats are where they cost nothing (the reverse auction of Bertsekas and Castañón 1992). Nobody becomes unplaced, and
//! everybody ends up within an increment of their best choice, as after bidding.
//!
//! Only offers within a reach of the price are known. A post that looks for more than that is left with its seat.

use std::collections::VecDeque;

use super::meter::Meter;
use super::nearby::{Cell, Look, Nearby, words};
use super::rough::Rough;
use super::shortlist::Shortlists;
use crate::control::Stop;

/// Where a unit sits, and what the seat is worth to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) post: u32,
    pub(super) value: i32,
}

impl Seat {
    /// What [`post`](Self::post) says of a unit that sits nowhere.
    pub(super) const NOWHERE: u32 = u32::MAX;
    /// What it says of a unit that takes no part.
    pub(super) const ABSENT: u32 = u32::MAX - 1;
}

/// The market as posts see it.
pub(super) struct Market<'a> {
    pub(super) rough: Rough<'a>,
    pub(super) lists: Option<&'a Shortlists>,
    pub(super) prices: &'a mut [i32],
    pub(super) vacant: &'a mut [u32],
    pub(super) seats: &'a mut [Seat],
    pub(super) increment: i32,
}

impl Market<'_> {
    /// What `unit` earns where it is.
    fn rent(&self, unit: usize) -> i32 {
        let seat = self.seats[unit];
        if seat.post >= Seat::ABSENT { self.rough.outside } else { seat.value - self.prices[seat.post as usize] }
    }

    /// Shows the claims of `unit` among `entries`: those above `least` are to be kept.
    #[inline]
    fn claim(
        &self,
        unit: usize,
        least: &[i32],
        entries: impl Iterator<Item = (u32, i32)>,
        show: &mut impl FnMut(bool, u32, [u32; 3]),
    ) {
        let (home, rent) = (self.seats[unit].post, self.rent(unit));
        for (post, weight) in entries {
            let value = self.rough.value(weight);
            let offer = value - rent;
            show(offer > least[post as usize] && post != home, post, Claim { offer, unit: unit as u32, value }.words());
        }
    }

    fn overpriced(&self, post: usize) -> bool {
        self.prices[post] > 0 && self.vacant[post] > 0
    }
}

/// What a unit would pay at most to move to a post, or would have when it was last asked: since then it can only have become less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    offer: i32,
    unit: u32,
    value: i32,
}

impl Claim {
    /// Of two claims, the words of the better one are larger: the higher offer, and of equal ones the first in lottery order.
    fn words(self) -> [u32; 3] {
        // Offers that are kept are above 0.
        [self.offer.cast_unsigned(), !self.unit, self.value.cast_unsigned()]
    }

    fn of([offer, unit, value]: [u32; 3]) -> Self {
        Self { offer: offer.cast_signed(), unit: !unit, value: value.cast_signed() }
    }
}

/// Who looks for claims: every unit, from its shortlist if it has one.
struct Claims<'a, 'm> {
    market: &'a Market<'m>,
    least: &'a [i32],
}

impl Look<3> for Claims<'_, '_> {
    fn look(&self, unit: usize, show: &mut impl FnMut(bool, u32, [u32; 3])) {
        let Self { market, least } = self;
        if market.seats[unit].post == Seat::ABSENT {
            return;
        }
        match market.lists {
            Some(lists) if lists.lists(unit) => market.claim(unit, least, lists.of(unit).entries(), show),
            _ => market.claim(unit, least, market.rough.rows.entries(unit), show),
        }
    }
}

/// Scratch of the reverse auction.
#[derive(Debug, Default)]
pub(super) struct ReverseAuction {
    nearby: Nearby<3>,
    waiting: VecDeque<u32>,
    queued: Vec<bool>,
    /// Prices when claims were collected.
    before: Vec<i32>,
    /// Claims above this were collected, by post.
    least: Vec<i32>,
}

impl ReverseAuction {
    /// Sells free seats until none costs anything, or no offer within `reach` is left, or `patience` sales are made.
    /// Hands every unit that moved to `moved`, with where it was and is. Returns how much a price fell at most.
    pub(super) fn run(
        &mut self,
        market: &mut Market<'_>,
        reach: i32,
        mut patience: usize,
        meter: &mut Meter<'_>,
        mut moved: impl FnMut(u32, u32, u32),
    ) -> Result<i32, Stop> {
        let posts = market.prices.len();
        self.waiting.clear();
        self.waiting.extend((0..posts).filter(|&post| market.overpriced(post)).map(|post| post as u32));
        self.queued.clear();
        self.queued.extend((0..posts).map(|post| market.overpriced(post)));
        // A free post need not sell.
        self.least.clear();
        self.least.extend(market.prices.iter().map(|&price| if price > 0 { (price - reach).max(0) } else { i32::MAX }));
        self.before.clear();
        self.before.extend_from_slice(market.prices);
        self.collect(market, meter)?;
        while patience > 0
            && let Some(post) = self.waiting.pop_front()
        {
            self.queued[post as usize] = false;
            if market.overpriced(post as usize) {
                patience -= 1;
                meter.spend(self.sell(market, post as usize, &mut moved))?;
            }
        }
        Ok(self.before.iter().zip(&*market.prices).map(|(before, now)| before - now).fold(0, i32::max))
    }

    /// Collects what every unit would pay at most for the seats within reach.
    fn collect(&mut self, market: &Market<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let claims = Claims { market, least: &self.least };
        self.nearby.build(market.rough.rows, market.prices.len(), &claims, meter)
    }

    /// Sells the free seats of `post`. Returns how many pairs it looked at.
    fn sell(&mut self, market: &mut Market<'_>, post: usize, moved: &mut impl FnMut(u32, u32, u32)) -> usize {
        let free = market.vacant[post] as usize;
        // Offers up to this are not known.
        let least = self.least[post];
        let (range, arranged) = self.nearby.range(post);
        let claims = self.nearby.cells_mut(range);
        if !arranged {
            heap::arrange(claims);
        }
        let mut visited = 0;
        // The best claim that still holds; any that is out of date goes back to where it belongs.
        let mut best = |market: &Market<'_>, claims: &mut [Cell<3>]| loop {
            let claim = Claim::of(words(claims.first()?));
            visited += 1;
            let unit = claim.unit as usize;
            let here = market.seats[unit].post == post as u32;
            let offer = if here { 0 } else { claim.value - market.rent(unit) };
            if claim.offer <= least {
                return None;
            } else if offer == claim.offer {
                return Some(claim);
            }
            heap::replace_first(claims, Claim { offer, ..claim }.words());
        };
        let mut won = 0;
        while won < free
            && let Some(claim) = best(market, claims)
        {
            won += 1;
            let unit = claim.unit;
            let seat = &mut market.seats[unit as usize];
            let from = std::mem::replace(seat, Seat { post: post as u32, value: claim.value }).post;
            market.vacant[post] -= 1;
            moved(unit, from, post as u32);
            if from != Seat::NOWHERE {
                market.vacant[from as usize] += 1;
                if market.overpriced(from as usize) && !std::mem::replace(&mut self.queued[from as usize], true) {
                    self.waiting.push_back(from);
                }
            }
        }
        let turned_down = best(market, claims).map_or(least, |claim| (claim.offer - market.increment).max(0));
        market.prices[post] = market.prices[post].min(turned_down);
        visited
    }
}

/// The largest first: a binary heap in a slice, whose elements stay where they are said to be.
mod heap {
    use super::super::nearby::{Cell, put, words};

    type Item = [u32; 3];

    /// Makes a heap.
    pub(super) fn arrange(items: &mut [Cell<3>]) {
        for at in (0..items.len() / 2).rev() {
            let item = words(&items[at]);
            sink(items, at, item);
        }
    }

    /// Puts another item in the place of the largest.
    pub(super) fn replace_first(items: &mut [Cell<3>], item: Item) {
        sink(items, 0, item);
    }

    /// What an item is compared by: its first two words.
    fn key(item: Item) -> u64 {
        u64::from(item[0]) << 32 | u64::from(item[1])
    }

    fn sink(items: &mut [Cell<3>], mut at: usize, item: Item) {
        loop {
            let mut child = 2 * at + 1;
            if child >= items.len() {
                break;
            }
            let mut larger = words(&items[child]);
            if let Some(other) = items.get(child + 1).map(words).filter(|&other| key(other) > key(larger)) {
                child += 1;
                larger = other;
            }
            if key(larger) <= key(item) {
                break;
            }
            put(&items[at], larger);
            at = child;
        }
        put(&items[at], item);
    }
}

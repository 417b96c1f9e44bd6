//! Coarse prices by an auction with a shrinking increment.
//!
//! In each phase every unit bids until all its members hold a seat or would rather stay out; a post keeps the highest
//! bids and its price is the lowest of them (Bertsekas and Castañón 1989). A phase leaves every holder within one
//! increment of its best choice. Then posts that are left with a free seat at a price sell it (see [`reverse`](super::reverse)).
//! The next phase has a smaller increment, and only those bid who are no longer content.
//!
//! Units of several members keep nothing from phase to phase: the next one starts from slightly lowered prices instead, which
//! makes posts that end with free seats at a price rare.
//!
//! The first phases only find out roughly what posts cost: a sample of the units bids for a part of the seats. Later ones
//! bid from [shortlists](super::shortlist), since by then few pairs of a row still matter.
//!
//! Units bid in blocks against the prices of the block's start (Jacobi), which makes the bids of one block independent
//! of each other and of threads; posts then take them in the order of the units.
//!
//! Nothing rests on the result: a phase that needs too many bids is broken off.

mod raise;
mod sell;

use super::bids::{Batch, Offer};
use super::counter::Counter;
use super::desk::{Desk, Heads, Held};
use super::meter::Meter;
use super::reverse::{ReverseAuction, Seat};
use super::rough::Rough;
use super::schedule::{self, NEIGHBOURS, Phase, Schedule, Went};
use super::shortlist::Shortlists;
use crate::control::{self, Stop};
use crate::graph::SeatRange;
use crate::parallel;

/// Units that bid against the same prices: one part of all that bid in a phase, within limits.
const BLOCK_PART: usize = 32;
const BLOCK_LEAST: usize = 256;
const BLOCK_MOST: usize = 4096;

/// Units whose bids one task computes.
const TASK: usize = 256;

/// Units, and desks, between two looks at the clock where work is not counted in pairs.
const CHUNK: usize = 1 << 14;
const DESKS: usize = 1 << 6;

/// From so many bidders on, posts take their bids side by side, in so many parts at most.
const SIDE_BY_SIDE: usize = 1024;
const PARTS: usize = 8;

/// Rows, shortlists or desks asked for at once.
const FETCH: usize = 16;

/// Bids a unit and phase after which the phase is broken off.
const BUDGET: usize = 40;

/// As few as one in so many units are not worth waiting for, unless in the last phase.
const TAIL: usize = 1_000;

/// People without a seat are few up to this part of all.
const FEW: u64 = 8;

/// Shortlists are drawn up again when prices have fallen by more than so many increments since.
const STALE: i64 = 512;

/// The state of the auction; scratch between runs.
#[derive(Debug, Default)]
pub(super) struct Auction<H> {
    desks: Vec<Desk<H>>,
    prices: Vec<i32>,
    /// Seats in the present phase.
    seats: Vec<u32>,
    /// Members of each unit that hold no seat and still want one; kept up to date for units of several members only.
    free: Vec<u32>,
    /// People who take part in the present phase.
    people: u64,
    queue: Vec<u32>,
    next: Queue,
    batches: Vec<Batch>,
    /// Units outbid at each part of the posts.
    outbid: Vec<Vec<u32>>,
    /// Where each unit is between phases, if units have one member each.
    places: Vec<Seat>,
    /// What each unit offers to stay where it is; below 0 if it would rather not.
    stays: Vec<i32>,
    /// What people gain, sorted as far as needed.
    sorted: Vec<i32>,
    vacant: Vec<u32>,
    reverse: ReverseAuction,
    /// Seats left in a sample, see [`Schedule::new`].
    sample: Vec<u32>,
    /// The increment of the last phase.
    increment: i32,
    grain: u32,
}

/// Units that bid next. They come out in lottery order, which is also the order of the rows in memory.
#[derive(Debug, Default)]
struct Queue {
    units: Vec<u32>,
    /// A bit for each unit: many are sorted by them.
    words: Vec<u64>,
}

impl Queue {
    fn reset(&mut self, units: usize) {
        self.units.clear();
        self.words.clear();
        self.words.resize(units.div_ceil(64), 0);
    }

    /// Empties the queue into `sorted`, each unit once.
    fn drain(&mut self, sorted: &mut Vec<u32>) {
        sorted.clear();
        if self.units.len() < self.words.len() / 8 {
            // Not by exchanging the two: each keeps the memory it has grown to.
            sorted.append(&mut self.units);
            sorted.sort_unstable();
            sorted.dedup();
            return;
        }
        for unit in self.units.drain(..) {
            self.words[unit as usize / 64] |= 1 << (unit % 64);
        }
        for (first, word) in (0..).step_by(64).zip(&mut self.words) {
            let mut left = std::mem::take(word);
            while left != 0 {
                sorted.push(first + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

impl<H: Heads> Auction<H> {
    /// Prices by post.
    pub(super) fn prices(&self) -> impl Iterator<Item = i64> {
        self.prices.iter().map(|&price| i64::from(price) << self.grain)
    }

    /// The last phase's increment: about how wrong prices are.
    pub(super) fn increment(&self) -> i64 {
        i64::from(self.increment) << self.grain
    }

    /// Each post's held bids, by post.
    pub(super) fn held(&self) -> impl Iterator<Item = &[Held<H>]> {
        self.desks.iter().map(Desk::held)
    }

    /// Runs every phase, or from `known` prices the last one; on `Err` what is held is still a feasible placement.
    /// Leaves `lists` valid at the prices found.
    pub(super) fn run(
        &mut self,
        known: Option<&[i64]>,
        seats: &[SeatRange],
        rough: Rough<'_>,
        lists: &mut Shortlists,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let headcounts = rough.rows.headcounts;
        self.reset(seats);
        self.grain = rough.grain;
        let mut schedule = Schedule::new::<H>(rough, seats, &mut self.sample, meter)?;
        if let Some(prices) = known {
            self.prices.clear();
            self.prices.extend(prices.iter().map(|&price| rough.narrow(price)));
        }
        let mut next = if known.is_some() { schedule.only_last() } else { schedule.next(Went::default()) };
        lists.clear();
        let mut stride = 0;
        let mut done = 0;
        while let Some(phase) = &next {
            meter.report(control::Phase::Price, done, done + 1);
            self.increment = phase.increment;
            let kept = phase.keep && phase.stride == stride;
            if kept && phase.listed {
                self.list(rough, lists, meter)?;
            } else if phase.stride != stride {
                // Posts that had no seat before may cost nothing now: no list knows that.
                lists.clear();
            }
            lists.loosen(rough.wide(phase.lowering));
            if kept {
                self.renew(rough, lists, phase, meter)?;
            } else {
                self.open(seats, headcounts, phase, rough.ceiling());
                if phase.listed {
                    self.list(rough, lists, meter)?;
                }
            }
            stride = phase.stride;
            let bids = self.bidding(rough, lists, phase, meter)?;
            if phase.keep {
                self.sell(rough, lists, phase, meter)?;
            }
            let seated: u64 = self.desks.iter().map(|desk| u64::from(desk.taken())).sum();
            let went = Went { people: self.people, left: self.people - seated, bids };
            next = if known.is_some() { None } else { schedule.next(went) };
            done += 1;
            // Of samples, the last one says as much as those before.
            if next.is_none_or(|next| next.stride == 1) {
                meter.offer(rough.rows.scale, |post| rough.wide(self.prices[post]))?;
            }
        }
        self.list(rough, lists, meter)?;
        meter.report(control::Phase::Price, done, done);
        Ok(())
    }

    /// Draws up shortlists if there are none, or if prices have fallen so far since that they say little.
    fn list(&self, rough: Rough<'_>, lists: &mut Shortlists, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let stale = rough.wide(self.increment).saturating_mul(STALE);
        if lists.fallen().is_none_or(|fallen| fallen > stale) {
            lists.build(rough, &self.prices, meter)
        } else {
            Ok(())
        }
    }

    fn reset(&mut self, seats: &[SeatRange]) {
        let posts = seats.len();
        self.desks.resize_with(posts, Desk::default);
        // There may be no phase that opens them.
        self.desks.iter_mut().for_each(|desk| desk.open(0, 0));
        self.prices.clear();
        self.prices.resize(posts, 0);
        self.seats.clear();
        self.seats.extend(seats.iter().map(|seat| seat.max()));
        self.batches.resize_with(BLOCK_MOST.div_ceil(TASK), Batch::default);
        self.increment = 0;
    }

    /// Empties every seat, lowers every price, and calls the units that bid in this phase.
    fn open(&mut self, seats: &[SeatRange], headcounts: &[u32], phase: &Phase, ceiling: i32) {
        let stride = phase.stride as usize;
        for (post, (desk, price)) in self.desks.iter_mut().zip(&mut self.prices).enumerate() {
            let all = seats[post].max();
            // A post that had no seat in a sample starts afresh.
            let known = if self.seats[post] == 0 && all > 0 { 0 } else { *price };
            let seats = schedule::seats_in(phase.stride, post as u32, all);
            *price = if seats == 0 { ceiling } else { (known - phase.lowering).max(0) };
            desk.open(seats, *price);
            self.seats[post] = seats;
        }
        self.free.clear();
        self.free.extend(
            (0..)
                .zip(headcounts)
                .map(|(unit, &heads)| schedule::part(heads, (unit / NEIGHBOURS % stride) as u32, phase.stride)),
        );
        self.people = self.free.iter().map(|&free| u64::from(free)).sum();
        self.queue.clear();
        self.queue.extend((0..self.free.len() as u32).filter(|&unit| self.free[unit as usize] > 0));
        self.next.reset(self.free.len());
        self.places.clear();
        let place = |&free: &u32| Seat { post: if free > 0 { Seat::NOWHERE } else { Seat::ABSENT }, value: 0 };
        self.places.extend(self.free.iter().map(place));
    }

    /// Lowers every price, lets those stay who are content, and calls everybody else who wants a seat.
    fn renew(
        &mut self,
        rough: Rough<'_>,
        lists: &Shortlists,
        phase: &Phase,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        for (price, &seats) in self.prices.iter_mut().zip(&self.seats) {
            *price = if seats == 0 { *price } else { (*price - phase.lowering).max(0) };
        }
        let Self { desks, prices, seats, places, stays, queue, .. } = self;
        let offer = Offer { rough, prices, seats, increment: phase.increment };
        let lists = phase.listed.then_some(lists);
        stays.clear();
        stays.resize(places.len(), -1);
        for (chunk, stays) in stays.chunks_mut(CHUNK).enumerate() {
            parallel::for_each_chunk(stays, TASK, |task, stays| {
                for (unit, stay) in (chunk * CHUNK + task * TASK..).zip(stays) {
                    *stay = match places[unit].post {
                        Seat::ABSENT => -1,
                        Seat::NOWHERE => {
                            if offer.wants(lists, unit) {
                                -2
                            } else {
                                -1
                            }
                        }
                        post => offer.stay(lists, unit, post).unwrap_or(-2),
                    };
                }
            });
            meter.look()?;
        }
        meter.spend(places.len())?;
        queue.clear();
        queue.extend((0..).zip(&*stays).filter(|(_, stay)| **stay == -2).map(|(unit, _): (u32, _)| unit));
        for (post, (desk, price)) in desks.iter_mut().zip(prices).enumerate() {
            if post % DESKS == 0 {
                meter.look()?;
            }
            desk.renew(*price, |bid| Some(stays[bid.unit() as usize]).filter(|&stay| stay >= 0));
            *price = desk.price();
        }
        Ok(())
    }

    /// Units bid until few want to, or the budget is used up. Returns the number of bids.
    fn bidding(
        &mut self,
        rough: Rough<'_>,
        lists: &mut Shortlists,
        phase: &Phase,
        meter: &mut Meter<'_>,
    ) -> Result<u64, Stop> {
        let size = (self.queue.len() / BLOCK_PART).clamp(BLOCK_LEAST, BLOCK_MOST);
        let mut budget = self.free.len().saturating_mul(BUDGET);
        let tail = self.free.len() / TAIL;
        let seats: u64 = self.seats.iter().map(|&seats| u64::from(seats)).sum();
        let surplus = self.people.saturating_sub(seats);
        let mut surplus = if H::ONE && surplus <= self.people / FEW { surplus } else { 0 };
        let mut patience = phase.patience.saturating_mul(self.free.len());
        // Where lists keep failing, as among rows that are nearly alike, whole rows are cheaper.
        let (mut bids, mut renewed) = (0, 0);
        while !self.queue.is_empty() && budget > 0 {
            if self.queue.len() as u64 <= surplus {
                // Where seats are kept from phase to phase, few phases would gain by what the repair does as well.
                if phase.keep {
                    break;
                }
                self.raise(rough, phase.listed.then_some(&*lists), meter)?;
                surplus = 0;
                continue;
            }
            if self.queue.len() <= tail {
                if patience < self.queue.len() {
                    break;
                }
                patience -= self.queue.len();
            }
            let listed = phase.listed && (renewed < bids / 2 || bids < self.free.len() / 4);
            bids += self.queue.len();
            let queue = std::mem::take(&mut self.queue);
            budget = budget.saturating_sub(queue.len());
            for block in queue.chunks(size) {
                self.compute(block, rough, lists, listed);
                let batches = &mut self.batches[..block.len().div_ceil(TASK)];
                for (unit, list) in batches.iter_mut().flat_map(|batch| batch.renewed.drain(..)) {
                    renewed += 1;
                    lists.keep(unit as usize, list);
                }
                let visited = batches.iter().map(|batch| batch.visited).sum();
                self.apply(block.len());
                if let Err(stop) = meter.spend(visited) {
                    self.queue = queue;
                    return Err(stop);
                }
            }
            self.queue = queue;
            self.next.drain(&mut self.queue);
        }
        Ok(bids as u64)
    }

    /// The bids of a block at the present prices.
    fn compute(&mut self, block: &[u32], rough: Rough<'_>, lists: &Shortlists, listed: bool) {
        let offer = Offer { rough, prices: &self.prices, seats: &self.seats, increment: self.increment };
        let free = &self.free;
        let tasks = block.len().div_ceil(TASK);
        let work = |task: usize, batch: &mut Batch| {
            batch.clear();
            for units in block[task * TASK..block.len().min((task + 1) * TASK)].chunks(FETCH) {
                if listed {
                    lists.fetch(units.iter().copied());
                } else {
                    rough.rows.fetch(units);
                }
                for &unit in units {
                    let free = if H::ONE { 1 } else { free[unit as usize] };
                    let unit = unit as usize;
                    // A cohort may have lost seats and won them back since it was queued.
                    if free > 0 {
                        if listed { batch.bid_listed(offer, lists, unit, free) } else { batch.bid(offer, unit, free) }
                    }
                }
            }
        };
        if tasks == 1 {
            work(0, &mut self.batches[0]);
        } else {
            parallel::for_each_chunk(&mut self.batches[..tasks], 1, |task, batches| work(task, &mut batches[0]));
        }
    }

    /// Posts take the block's bids in order; whoever is refused or loses a seat bids again.
    fn apply(&mut self, units: usize) {
        let Self { desks, prices, free, next, batches, outbid, .. } = self;
        let batches = &batches[..units.div_ceil(TASK)];
        // Posts have nothing to do with each other, but a cohort's members bid for several.
        let parts = if H::ONE && units >= SIDE_BY_SIDE { parallel::threads().min(PARTS) } else { 1 };
        if parts == 1 {
            Counter { first: 0, desks, prices, outbid: &mut next.units }.serve(batches, free);
            return;
        }
        let size = desks.len().div_ceil(parts);
        outbid.resize_with(parts, Vec::new);
        let posts = desks.chunks_mut(size).zip(prices.chunks_mut(size)).zip(&mut *outbid).zip((0..).step_by(size));
        let mut counters: Vec<_> =
            posts.map(|(((desks, prices), outbid), first)| Counter { first, desks, prices, outbid }).collect();
        parallel::for_each_chunk(&mut counters, 1, |_, counters| counters[0].serve(batches, &mut []));
        for outbid in outbid {
            next.units.append(outbid);
        }
    }
}

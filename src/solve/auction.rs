//! Coarse prices by an auction with a shrinking increment.
//!
//! In each phase every unit bids until all its members hold a seat or would rather stay out; a post keeps the highest
//! bids and its price is the lowest of them. A phase leaves every holder within one increment of its best choice. The
//! next phase starts from slightly lowered prices with a smaller increment (Bertsekas and Castañón 1989; the lowering makes posts
//! that ended with free seats at a price rare).
//!
//! The first phases only find out roughly what posts cost: a sample of the units bids for a part of the seats. Later ones
//! bid from [shortlists](super::shortlist), since by then few pairs of a row still matter.
//!
//! Units bid in blocks against the prices of the block's start (Jacobi), which makes the bids of one block independent
//! of each other and of threads; posts then take them in the order of the units.
//!
//! Nothing rests on the result: a phase that needs too many bids is broken off.

use super::bids::{Batch, Offer};
use super::desk::{Desk, Held};
use super::meter::Meter;
use super::rows::Rows;
use super::schedule::{self, Phase};
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

/// Rows, shortlists or desks asked for at once.
const FETCH: usize = 16;

/// Bids a unit and phase after which the phase is broken off.
const BUDGET: usize = 40;

/// As few as one in so many units are not worth waiting for, unless in the last phase.
const TAIL: usize = 1_000;

/// Neighbouring units that are sampled together, because their rows are neighbours in memory.
const NEIGHBOURS: usize = 32;

/// The state of the auction; scratch between runs.
#[derive(Debug, Default)]
pub(super) struct Auction {
    desks: Vec<Desk>,
    prices: Vec<i64>,
    /// Seats in the present phase.
    seats: Vec<u32>,
    /// Members of each unit that hold no seat and still want one.
    free: Vec<u32>,
    queued: Vec<bool>,
    queue: Vec<u32>,
    next: Vec<u32>,
    batches: Vec<Batch>,
    /// The increment of the last phase.
    increment: i64,
}

impl Auction {
    /// Prices by post.
    pub(super) fn prices(&self) -> &[i64] {
        &self.prices
    }

    /// The last phase's increment: about how wrong prices are.
    pub(super) fn increment(&self) -> i64 {
        self.increment
    }

    /// Each post's held bids, by post.
    pub(super) fn held(&self) -> impl Iterator<Item = &[Held]> {
        self.desks.iter().map(Desk::held)
    }

    /// Runs every phase, or from `known` prices the last one; on `Err` what is held is still a feasible placement.
    /// Leaves `lists` valid at the prices found.
    pub(super) fn run(
        &mut self,
        known: Option<&[i64]>,
        seats: &[SeatRange],
        rows: Rows<'_>,
        lists: &mut Shortlists,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let range = rows.range();
        let ceiling = (range.1 - rows.outside).max(0);
        let mut phases = schedule::phases(rows, range, seats.iter().map(|seat| seat.max()));
        self.reset(seats);
        if let Some(prices) = known {
            self.prices.copy_from_slice(prices);
            phases.drain(..phases.len().saturating_sub(1));
        }
        lists.clear();
        for (done, phase) in phases.iter().enumerate() {
            meter.report(control::Phase::Price, done as u64, phases.len() as u64);
            self.open(seats, rows.headcounts, phase, ceiling);
            if phase.listed && lists.is_empty() {
                lists.build(rows, &self.prices, ceiling.max(range.1.abs()).max(range.0.abs()), meter)?;
            } else {
                lists.loosen(phase.lowering);
            }
            self.bidding(rows, lists, phase, meter)?;
        }
        if lists.is_empty() {
            lists.build(rows, &self.prices, ceiling.max(range.1.abs()).max(range.0.abs()), meter)?;
        }
        meter.report(control::Phase::Price, phases.len() as u64, phases.len() as u64);
        Ok(())
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
    fn open(&mut self, seats: &[SeatRange], headcounts: &[u32], phase: &Phase, ceiling: i64) {
        let stride = phase.stride as usize;
        for (post, (desk, price)) in self.desks.iter_mut().zip(&mut self.prices).enumerate() {
            let all = seats[post].max();
            // A post that had no seat in a sample starts afresh.
            let known = if self.seats[post] == 0 && all > 0 { 0 } else { *price };
            let seats = part(all, scatter(post as u32) % phase.stride, phase.stride);
            *price = if seats == 0 { ceiling } else { (known - phase.lowering).max(0) };
            desk.open(seats, *price);
            self.seats[post] = seats;
        }
        self.increment = phase.increment;
        self.free.clear();
        self.free.extend(
            (0..).zip(headcounts).map(|(unit, &heads)| part(heads, (unit / NEIGHBOURS % stride) as u32, phase.stride)),
        );
        self.queue.clear();
        self.queue.extend((0..self.free.len() as u32).filter(|&unit| self.free[unit as usize] > 0));
        self.queued.clear();
        self.queued.resize(self.free.len(), false);
    }

    /// Units bid until few want to, or the budget is used up.
    fn bidding(
        &mut self,
        rows: Rows<'_>,
        lists: &mut Shortlists,
        phase: &Phase,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let size = (self.queue.len() / BLOCK_PART).clamp(BLOCK_LEAST, BLOCK_MOST);
        let mut budget = self.queue.len().saturating_mul(BUDGET);
        let tail = self.free.len() / TAIL;
        let mut patience = phase.patience.saturating_mul(self.free.len());
        // Where lists keep failing, as among rows that are nearly alike, whole rows are cheaper.
        let (mut bids, mut renewed) = (0, 0);
        while !self.queue.is_empty() && budget > 0 {
            if self.queue.len() <= tail {
                if patience < self.queue.len() {
                    break;
                }
                patience -= self.queue.len();
            }
            let listed = phase.listed && (renewed < bids / 2 || bids < self.free.len() / 4);
            bids += self.queue.len();
            self.next.clear();
            let queue = std::mem::take(&mut self.queue);
            budget = budget.saturating_sub(queue.len());
            for block in queue.chunks(size) {
                self.compute(block, rows, lists, listed);
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
            std::mem::swap(&mut self.queue, &mut self.next);
            // In lottery order again, which is also the order of the rows in memory.
            self.queue.sort_unstable();
            for &unit in &self.queue {
                self.queued[unit as usize] = false;
            }
        }
        Ok(())
    }

    /// The bids of a block at the present prices.
    fn compute(&mut self, block: &[u32], rows: Rows<'_>, lists: &Shortlists, listed: bool) {
        let offer = Offer { rows, prices: &self.prices, seats: &self.seats, increment: self.increment };
        let free = &self.free;
        let tasks = block.len().div_ceil(TASK);
        let work = |task: usize, batch: &mut Batch| {
            batch.clear();
            for units in block[task * TASK..block.len().min((task + 1) * TASK)].chunks(FETCH) {
                if listed {
                    lists.fetch(units.iter().copied());
                } else {
                    rows.fetch(units);
                }
                // A cohort may have lost seats and won them back since it was queued.
                for &unit in units.iter().filter(|&&unit| free[unit as usize] > 0) {
                    let (unit, free) = (unit as usize, free[unit as usize]);
                    if listed { batch.bid_listed(offer, lists, unit, free) } else { batch.bid(offer, unit, free) }
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
        let Self { desks, prices, free, queued, next, batches, .. } = self;
        for bids in batches[..units.div_ceil(TASK)].iter().flat_map(|batch| batch.bids.chunks(FETCH)) {
            std::hint::black_box(bids.iter().fold(0, |sum, bid| sum ^ desks[bid.post as usize].price()));
            for bid in bids {
                let mut again = |unit: u32| {
                    if !std::mem::replace(&mut queued[unit as usize], true) {
                        next.push(unit);
                    }
                };
                let desk = &mut desks[bid.post as usize];
                if bid.amount <= prices[bid.post as usize] {
                    again(bid.unit);
                    continue;
                }
                free[bid.unit as usize] -= bid.count;
                desk.take(Held { amount: bid.amount, unit: bid.unit, count: bid.count }, |lost| {
                    free[lost.unit as usize] += lost.count;
                    again(lost.unit);
                });
                prices[bid.post as usize] = desk.price();
            }
        }
    }
}

/// A `stride`-th of `count`, rounded so that the parts of all turns `0..stride` add up to it.
fn part(count: u32, turn: u32, stride: u32) -> u32 {
    count / stride + u32::from(turn < count % stride)
}

/// A turn for each post that has nothing to do with its neighbours'.
fn scatter(post: u32) -> u32 {
    post.wrapping_mul(0x9e37_79b9) >> 16
}

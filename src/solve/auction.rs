//! Coarse prices by an auction with a shrinking increment.
//!
//! In each phase every unit bids until all its members hold a seat or would rather stay out; a post keeps the highest
//! bids and its price is the lowest of them. A phase leaves every holder within one increment of its best choice. The
//! next phase starts from slightly lowered prices with a smaller increment (Bertsekas and Castañón 1989; the lowering makes posts
//! that ended with free seats at a price rare).
//!
//! Units bid in blocks against the prices of the block's start (Jacobi), which makes the bids of one block independent
//! of each other and of threads; posts then take them in the order of the units.
//!
//! Nothing rests on the result: a phase that needs too many bids is broken off.

use super::bids::{Batch, Offer};
use super::held::{Desk, Held};
use super::meter::Meter;
use super::rows::Rows;
use crate::control::{Phase, Stop};
use crate::graph::SeatRange;
use crate::parallel;

/// Units that bid against the same prices.
const BLOCK: usize = 2048;

/// Units whose bids one task computes.
const TASK: usize = 128;

/// Bids a unit and phase after which the phase is broken off.
const BUDGET: usize = 40;

/// How many increments prices are lowered by between phases.
const LOWERING: i64 = 2;

/// How the increment shrinks.
#[derive(Clone, Copy)]
struct Schedule {
    /// The largest increment is this part of the range of values.
    coarsest: i64,
    /// The smallest increment is this part of the spread of weights.
    finest: i64,
}

impl Schedule {
    /// Where several people share a post, coarse phases save bids.
    const SHARED: Self = Self { coarsest: 10, finest: 100_000 };
    /// Where every post has one seat, they leave too many posts empty at a price, which is dearer to repair than bids.
    const SINGLE: Self = Self { coarsest: 1_000, finest: 30_000 };
}

/// The state of the auction; scratch between runs.
#[derive(Debug, Default)]
pub(super) struct Auction {
    desks: Vec<Desk>,
    prices: Vec<i64>,
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
    pub(super) fn held(&self) -> impl Iterator<Item = impl Iterator<Item = &Held>> {
        self.desks.iter().map(Desk::held)
    }

    /// Runs every phase; on `Err` what is held is still a feasible placement.
    pub(super) fn run(&mut self, seats: &[SeatRange], rows: Rows<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let (lightest, heaviest) = rows.range();
        // Nothing is worth more than this, so nobody pays it for a seat that does not exist.
        let ceiling = (heaviest - rows.outside).max(0);
        self.reset(seats, rows.headcounts, ceiling);
        let single = self.seats.iter().all(|&seats| seats <= 1);
        let schedule = if single { Schedule::SINGLE } else { Schedule::SHARED };
        let phases = increments(schedule, ceiling, heaviest - lightest);
        for (done, &increment) in phases.iter().enumerate() {
            meter.report(Phase::Price, done as u64, phases.len() as u64);
            self.open(rows.headcounts, if done == 0 { 0 } else { LOWERING * self.increment }, ceiling);
            self.increment = increment;
            self.phase(rows, meter)?;
        }
        meter.report(Phase::Price, phases.len() as u64, phases.len() as u64);
        Ok(())
    }

    fn reset(&mut self, seats: &[SeatRange], headcounts: &[u32], ceiling: i64) {
        self.seats.clear();
        self.seats.extend(seats.iter().map(|seat| seat.max()));
        self.desks.resize_with(self.seats.len(), Desk::default);
        self.desks.truncate(self.seats.len());
        self.prices.clear();
        self.prices.resize(self.seats.len(), 0);
        self.batches.resize_with(BLOCK.div_ceil(TASK), Batch::default);
        self.increment = 0;
        self.open(headcounts, 0, ceiling);
    }

    /// Empties every seat and lowers every price by `lowering`.
    fn open(&mut self, headcounts: &[u32], lowering: i64, ceiling: i64) {
        for ((desk, price), &seats) in self.desks.iter_mut().zip(&mut self.prices).zip(&self.seats) {
            *price = if seats == 0 { ceiling } else { (*price - lowering).max(0) };
            desk.open(seats, *price);
        }
        self.free.clear();
        self.free.extend_from_slice(headcounts);
        self.queue.clear();
        self.queue.extend((0..self.free.len() as u32).filter(|&unit| self.free[unit as usize] > 0));
        self.queued.clear();
        self.queued.resize(self.free.len(), false);
    }

    /// Units bid until nobody wants to, or the budget is used up.
    fn phase(&mut self, rows: Rows<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let mut budget = rows.headcounts.len().saturating_mul(BUDGET);
        while !self.queue.is_empty() {
            self.next.clear();
            let queue = std::mem::take(&mut self.queue);
            for block in queue.chunks(BLOCK) {
                self.compute(block, rows);
                self.apply(block.len());
                let pairs = block.iter().map(|&unit| rows.row(unit as usize).len()).sum();
                if let Err(stop) = meter.spend(pairs) {
                    self.queue = queue;
                    return Err(stop);
                }
            }
            budget = budget.saturating_sub(queue.len());
            self.queue = queue;
            std::mem::swap(&mut self.queue, &mut self.next);
            if budget == 0 {
                break;
            }
            // In lottery order again, which is also the order of the rows in memory.
            self.queue.sort_unstable();
            for &unit in &self.queue {
                self.queued[unit as usize] = false;
            }
        }
        Ok(())
    }

    /// The bids of a block at the present prices.
    fn compute(&mut self, block: &[u32], rows: Rows<'_>) {
        let offer = Offer { rows, prices: &self.prices, seats: &self.seats, increment: self.increment };
        let free = &self.free;
        let tasks = block.len().div_ceil(TASK);
        let work = |task: usize, batch: &mut Batch| {
            batch.bids.clear();
            for &unit in &block[task * TASK..block.len().min((task + 1) * TASK)] {
                // A cohort may have lost seats and won them back since it was queued.
                if free[unit as usize] > 0 {
                    batch.bid(offer, unit as usize, free[unit as usize]);
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
        for bid in batches[..units.div_ceil(TASK)].iter().flat_map(|batch| &batch.bids) {
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

/// The increment of each phase: tenfold finer each time, a hundredfold where only the placement bonus is that large.
fn increments(schedule: Schedule, ceiling: i64, spread: i64) -> Vec<i64> {
    if ceiling == 0 {
        return Vec::new();
    }
    let spread = spread.clamp(1, ceiling);
    let finest = (spread / schedule.finest).max(1);
    let mut increment = (ceiling / schedule.coarsest).max(1);
    let mut increments = vec![increment];
    // Less than half as fine again is not worth a phase.
    while increment / 2 >= finest {
        increment = if increment / 100 > spread { increment / 100 } else { (increment / 10).max(finest) };
        increments.push(increment);
    }
    increments
}

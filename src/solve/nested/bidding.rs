//! Prices to begin with where every unit is one person: units bid for posts, and ranges hold the highest bids.
//!
//! As in the auction without quotas, a unit bids for the place it likes best what would leave it as content with the next, and
//! an increment more (Bertsekas 1988); staying out is one of the places. Where a range is full, the lowest bid below it gives way
//! (`laminar`), so that whole sectors and schools find their price in a few rounds. The increment shrinks from phase to phase: before each,
//! prices fall by a little, whoever is content stays, and everybody else bids anew.
//!
//! In a large market, the first phases only find out roughly what places cost: a sample of the units bids for as large a part of
//! every range.
//!
//! It begins with what is best without quotas. Where that leaves a range short of people, prices begin at what they could fall to,
//! and rise from there. What is lacking at the end of the last phase is left to the auction that also lowers prices
//! (`auction`). Nothing rests on the result.
//!
//! Units bid in blocks against the prices of the block's start, and posts take the bids in the order of the units: threads
//! change nothing.

use super::guess::{Guess, offer};
use super::laminar::{FAR, Laminar};
use super::network::Network;
use crate::control::{Phase, Stop};
use crate::graph::Placement;
use crate::index::PairId;
use crate::parallel;
use crate::solve::meter::Meter;
use crate::solve::schedule::Sample;

/// The first increment is this part of what weights differ by; the last is at most such a part.
const COARSEST: i64 = 3;
const FINEST: i64 = 30_000;

/// No increment is finer than such a part of a unit of weight.
const PARTS_OF_UNIT: i64 = 8;

/// How much finer the next phase is.
const FINER: i64 = 5;

/// Increments that are no smaller a part of what weights differ by are rough: a sample of the units will do.
const ROUGH: i64 = 150;

/// How many increments prices fall by between phases; after those of a sample, which are less right; and how many more where people
/// are lacking.
const LOWERING: i64 = 2;
const LOWERING_SAMPLED: i64 = 5;
const LACKING: i64 = 8;

/// Units that bid against the same prices: one part of all that bid, within limits.
const BLOCK_PART: usize = 32;
const BLOCK_LEAST: usize = 256;
const BLOCK_MOST: usize = 4096;

/// Fewer bidders ask for the prices they need, and not for all.
const FEW: usize = 128;

/// Units whose bids one task computes, and whose rows are asked for at once.
const TASK: usize = 256;
const FETCH: usize = 16;

/// Bids a unit and phase after which the phase is broken off.
const BUDGET: usize = 40;

/// As few as one in so many units are not worth waiting for, unless in the last phase, and there no longer than one bid a unit.
const TAIL: usize = 1_000;

/// Instead of a pair: wants a place and has none; stays out.
const NONE: u32 = u32::MAX;
const OUT: u32 = u32::MAX - 1;

/// What a unit bids for a place: a pair, or staying out.
#[derive(Clone, Copy)]
struct Bid {
    place: u32,
    amount: i64,
}

/// What the best place is worth to a unit at its price, what the next one is, and which is best.
struct Choice {
    best: i64,
    next: i64,
    place: u32,
}

/// What weights differ by, and the last increment at most.
fn spread_and_finest(network: &Network<'_>, scale: u32) -> [i64; 2] {
    let (lightest, heaviest) = network.rows.range();
    let spread = (heaviest - lightest) << scale;
    [spread, (spread / FINEST).max((1 << scale) / PARTS_OF_UNIT).max(1)]
}

/// The state of the auction.
pub(super) struct Bidding<'a> {
    network: &'a Network<'a>,
    scale: u32,
    /// Who bids in the present phase.
    sample: Sample,
    laminar: Laminar,
    /// Where each unit is.
    places: Vec<u32>,
    queue: Vec<u32>,
    /// Who gave way, and bids next.
    next: Vec<u32>,
    bids: Vec<Bid>,
}

impl<'a> Bidding<'a> {
    /// Whether every unit is one person at most.
    pub(super) fn suits(network: &Network<'_>) -> bool {
        network.units().all(|unit| network.max(unit) <= 1)
    }

    /// Begins with what is best without quotas.
    pub(super) fn new(network: &'a Network<'a>, guess: &Guess) -> Self {
        let scale = guess.scale;
        let seats = network.posts().map(|post| u64::from(network.bounds(post).max)).sum();
        let market = Sample::of_market(network.units().len(), network.posts().len(), seats);
        let [spread, finest] = spread_and_finest(network, scale);
        // Where weights differ by little, all phases are rough.
        let sample = if finest < spread / ROUGH { market } else { Sample::ALL };
        let laminar = Laminar::new(network, scale, sample);
        let mut places = vec![OUT; network.units().len()];
        for placement in &guess.placements {
            let (unit, _) = network.ends(placement.pair.index());
            places[unit - network.units().start] = placement.pair.get();
        }
        let bid = Bid { place: NONE, amount: 0 };
        let bids = vec![bid; places.len()];
        let mut bidding = Self { network, scale, sample, laminar, places, queue: Vec::new(), next: Vec::new(), bids };
        let mut counts = vec![0; bidding.laminar.leaves()];
        for unit in (0..bidding.places.len()).filter(|&unit| bidding.may_come(unit)) {
            counts[bidding.leaf(unit, bidding.places[unit])] += 1;
        }
        let prices: Vec<i64> = guess.potentials[network.posts()].iter().map(|potential| -potential).collect();
        bidding.laminar.begin(&prices, &counts, network.ceiling() << scale);
        bidding
    }

    /// Every phase; `guess` is then what was found. Returns the increment of the last.
    pub(super) fn run(mut self, guess: &mut Guess, meter: &mut Meter<'_>) -> Result<i64, Stop> {
        let [spread, finest] = spread_and_finest(self.network, self.scale);
        let next = |&increment: &i64| (increment > finest).then_some((increment / FINER).max(1));
        let increments: Vec<i64> = std::iter::successors(Some((spread / COARSEST).max(1)), next).collect();
        let (total, mut increment) = (increments.len() as u64, 0);
        let mut ended = Ok(());
        for (done, finer) in (0..).zip(increments) {
            // One phase is left to the auction that follows.
            meter.report(Phase::Price, done, total + 1);
            let ends_sample = self.sample != Sample::ALL && finer < spread / ROUGH;
            let times = if ends_sample { LOWERING_SAMPLED } else { LOWERING };
            self.laminar.lower(if increment == 0 { finer } else { times * increment }, LACKING * increment);
            if ends_sample {
                self.sample = Sample::ALL;
                self.laminar = self.laminar.of_all(self.network);
            }
            increment = finer;
            ended = self.phase(increment, increment <= finest, meter);
            if ended.is_err() {
                break;
            }
        }
        self.end(guess);
        ended.map(|()| increment)
    }

    /// Whether `unit` bids in this phase, and can be placed at all.
    fn may_come(&self, unit: usize) -> bool {
        self.sample.has(unit) && self.network.max(self.network.units().start + unit) > 0
    }

    /// The leaf of a place of `unit`.
    fn leaf(&self, unit: usize, place: u32) -> usize {
        if place == OUT {
            self.laminar.out(self.network.parent(self.network.units().start + unit))
        } else {
            self.network.rows.posts[place as usize].index()
        }
    }

    /// What a place is worth.
    fn value(&self, place: u32) -> i64 {
        if place == OUT { 0 } else { self.network.value(place as usize) << self.scale }
    }

    /// What `unit` likes best at the prices of leaves.
    fn choose(&self, unit: usize, price: impl Fn(usize) -> i64) -> Choice {
        let rows = self.network.rows;
        let (mut best, mut next, mut place) = (-price(self.leaf(unit, OUT)), -FAR, OUT);
        for pair in rows.row(unit) {
            let value = (i64::from(rows.weights[pair]) - rows.outside) << self.scale;
            let earned = value - price(rows.posts[pair].index());
            next = next.max(earned.min(best));
            place = if earned > best { pair as u32 } else { place };
            best = best.max(earned);
        }
        Choice { best, next, place }
    }

    /// One phase, from levels that have been lowered.
    fn phase(&mut self, increment: i64, last: bool, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.renew(increment, meter)?;
        let units = self.places.len() / self.sample.stride() as usize;
        let tail = units / TAIL;
        let (mut budget, mut patience) = (BUDGET * units, if last { units } else { 0 });
        while !self.queue.is_empty() && budget > 0 {
            if self.queue.len() <= tail {
                if patience < self.queue.len() {
                    break;
                }
                patience -= self.queue.len();
            }
            budget = budget.saturating_sub(self.queue.len());
            let queue = std::mem::take(&mut self.queue);
            let size = (queue.len() / BLOCK_PART).clamp(BLOCK_LEAST, BLOCK_MOST);
            for block in queue.chunks(size) {
                self.bid(block, increment, meter)?;
            }
            self.queue = queue;
            self.queue.clear();
            std::mem::swap(&mut self.queue, &mut self.next);
        }
        self.laminar.measure();
        let posts = self.network.posts().start;
        offer(self.network, |node| -self.laminar.levels()[self.place_of(node, posts)], self.scale, meter)
    }

    /// Keeps those who are content where they are; everybody else is to bid.
    fn renew(&mut self, increment: i64, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let mut bids = std::mem::take(&mut self.bids);
        bids.resize(self.places.len(), Bid { place: NONE, amount: 0 });
        let this = &*self;
        parallel::for_each_chunk(&mut bids, TASK, |task, bids| {
            for (unit, bid) in (task * TASK..).zip(bids) {
                *bid = this.stay(unit, increment);
            }
        });
        self.queue.clear();
        for (unit, &Bid { place, amount }) in bids.iter().enumerate() {
            if !self.may_come(unit) {
                continue;
            }
            self.places[unit] = place;
            if place == NONE {
                self.queue.push(unit as u32);
            } else {
                let leaf = self.leaf(unit, place);
                self.laminar.keep(leaf, amount, unit as u32);
            }
        }
        self.bids = bids;
        let mut evicted = std::mem::take(&mut self.next);
        evicted.clear();
        self.laminar.open(&mut evicted);
        for &unit in &evicted {
            self.places[unit as usize] = NONE;
        }
        self.queue.append(&mut evicted);
        self.queue.sort_unstable();
        self.next = evicted;
        meter.spend(self.network.rows.posts.len())
    }

    /// What `unit` bids to stay where it is; no place if it would rather not.
    fn stay(&self, unit: usize, increment: i64) -> Bid {
        let (own, prices) = (self.places[unit], self.laminar.prices());
        if own != NONE && self.may_come(unit) {
            let Choice { best, next, place } = self.choose(unit, |leaf| prices[leaf]);
            let value = self.value(own);
            if value - prices[self.leaf(unit, own)] >= best - increment {
                let other = if place == own { next } else { best };
                return Bid { place: own, amount: (value - other + increment).clamp(-FAR, FAR) };
            }
        }
        Bid { place: NONE, amount: 0 }
    }

    /// The bids of a block at the present prices; whoever gives way bids next.
    fn bid(&mut self, block: &[u32], increment: i64, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let many = block.len() >= FEW;
        if many {
            self.laminar.measure();
        }
        let mut bids = std::mem::take(&mut self.bids);
        bids.resize(block.len(), Bid { place: NONE, amount: 0 });
        let this = &*self;
        let (laminar, prices) = (&this.laminar, this.laminar.prices());
        parallel::for_each_chunk(&mut bids, TASK, |task, bids| {
            for (units, bids) in block[task * TASK..].chunks(FETCH).zip(bids.chunks_mut(FETCH)) {
                this.network.rows.fetch(units);
                for (&unit, bid) in units.iter().zip(bids) {
                    let unit = unit as usize;
                    let choice = if many {
                        this.choose(unit, |leaf| prices[leaf])
                    } else {
                        this.choose(unit, |leaf| laminar.price(leaf))
                    };
                    let amount = this.value(choice.place) - choice.next + increment;
                    *bid = Bid { place: choice.place, amount: amount.clamp(-FAR, FAR) };
                }
            }
        });
        let mut visited = 0;
        for (&unit, &Bid { place, amount }) in block.iter().zip(&bids) {
            self.places[unit as usize] = place;
            visited += 1 + self.network.rows.row(unit as usize).len();
            let leaf = self.leaf(unit as usize, place);
            if let Some(evicted) = self.laminar.take(leaf, amount, unit) {
                self.places[evicted as usize] = NONE;
                self.next.push(evicted);
            }
        }
        self.bids = bids;
        meter.spend(visited)
    }

    /// The number in the forest of a quota node or post of the network.
    fn place_of(&self, node: usize, posts: usize) -> usize {
        if node < posts { node } else { self.network.units().start + node - posts }
    }

    /// Leaves the levels and places there are behind.
    fn end(mut self, guess: &mut Guess) {
        self.laminar.measure();
        let (network, levels) = (self.network, self.laminar.levels());
        let posts = network.posts().start;
        for node in (0..network.units().start).chain(network.posts()) {
            guess.potentials[node] = -levels[self.place_of(node, posts)];
        }
        let placed = self.places.iter().filter(|&&place| place < OUT);
        guess.placements = placed.map(|&pair| Placement { pair: PairId::new(pair), count: 1 }).collect();
    }
}

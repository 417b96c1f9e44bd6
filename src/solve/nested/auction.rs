//! Prices to begin with, by an auction on both sides that knows the quotas.
//!
//! It works on the whole network, with an increment that shrinks from phase to phase. A node that holds too many people
//! lowers its potential until its neighbours take them; one that lacks some raises it until they give them. Where many are
//! to go, they go in one step to the neighbours that take them soonest (`doors`), and the potential stops an increment beyond
//! the next. For units and posts these are the bids of an auction and the offers of its reverse (Bertsekas and Castañón 1992);
//! for all nodes together it is the relaxation method of Bertsekas and Eckstein (1988). In each phase everybody is sent who is
//! too many somewhere; what is left is lacking, and is sought.
//!
//! It begins with what is best without quotas, so that nothing moves at first but what they move, or with what bids have found
//! (`bidding`). Every arc is left within the increment of what would suit it. Where a phase takes too many steps, the prices of a
//! whole part of the market are far off, as where one person decides whether people or seats are scarce there: it goes back to a
//! larger increment, which moves them soonest. Nothing rests on the result: where that does not help either, it is broken off.

use std::collections::VecDeque;

use super::doors::{Arc, Door, Doors, FARTHEST};
use super::fit::fit;
use super::guess::{Guess, offer, whole};
use super::network::{Entry, Network, ROOT};
use crate::control::{Phase, Stop};
use crate::graph::{Placement, Side};
use crate::index::PairId;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// The first increment is this part of what weights differ by.
const COARSEST: i64 = 30;

/// How much finer the next phase is.
const FINER: i64 = 5;

/// From such a part of a unit on, or from such an increment, it is tried whether everybody is where they belong.
const PARTS_OF_UNIT: i64 = 32;
const LEAST: i64 = 2;

/// Work of a phase, in passes over all pairs, after which it is broken off.
const BUDGET: u64 = 40;

/// How much larger the increment is then, and this part of what weights differ by at most; how often that is tried.
const LARGER: i64 = FINER.pow(4);
const LARGEST: i64 = 3;
const TRIALS: usize = 4;

/// Nodes between two looks at the clock.
const LOOK: usize = 1 << 14;

/// People from which on all doors are sorted, and not only the next one looked for.
const MANY: u64 = 4;

/// How many phases there are from `increment` on.
fn phases(increment: i64) -> u64 {
    std::iter::successors(Some(increment), |&left| (left > 1).then_some((left / FINER).max(1))).count() as u64
}

/// Which way potentials move.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Down, for those who are too many.
    Send,
    /// Up, for those who are lacking.
    Seek,
}

/// The state of the auction.
///
/// While people are sent, the potential of a unit is the lowest that suits it: what it would pay to stay. While people are
/// sought, it is the highest: at what offer it leaves.
pub(super) struct Auction<'a> {
    network: &'a Network<'a>,
    /// The pairs of each post.
    columns: &'a Groups<Entry>,
    increment: i64,
    doors: Doors<'a>,
    /// People that come to each node beyond those that leave it.
    surplus: Vec<i64>,
    queue: VecDeque<u32>,
    queued: Vec<bool>,
    /// The doors of one step.
    open: Vec<Door>,
}

impl<'a> Auction<'a> {
    /// Begins with a guess.
    pub(super) fn new(network: &'a Network<'a>, columns: &'a Groups<Entry>, guess: Guess) -> Self {
        let mut doors = Doors::new(network, columns, guess.scale);
        doors.potentials = guess.potentials;
        doors.close();
        for placement in &guess.placements {
            let (unit, post) = network.ends(placement.pair.index());
            doors.change(placement.pair.get(), i64::from(placement.count));
            for node in network.path(unit).chain(network.path(post)) {
                doors.loads[node] += placement.count;
            }
        }
        let (surplus, queued) = (vec![0; network.len()], vec![false; network.len()]);
        let queue = VecDeque::new();
        Self { network, columns, increment: 0, doors, surplus, queue, queued, open: Vec::new() }
    }

    /// Every phase, until one leaves everybody where they belong: then potentials of all nodes that prove it. `known`: the
    /// increment within which the guess is right, if it is any better than what is best without quotas.
    pub(super) fn run(&mut self, known: Option<i64>, meter: &mut Meter<'_>) -> Result<Option<Vec<i64>>, Stop> {
        let (lightest, heaviest) = self.network.rows.range();
        let spread = (heaviest - lightest) << self.doors.scale;
        let mut increment = known.unwrap_or(spread / COARSEST).max(1);
        let (mut done, mut trials) = (0, 0);
        loop {
            meter.report(Phase::Price, done, done + phases(increment));
            done += 1;
            self.increment = increment;
            self.begin(meter)?;
            if !(self.turn(Turn::Send, meter)? && self.turn(Turn::Seek, meter)?) {
                trials += 1;
                if trials == TRIALS || increment >= spread / LARGEST {
                    break;
                }
                increment = increment.saturating_mul(LARGER).min(spread / LARGEST);
                continue;
            }
            if increment <= ((1 << self.doors.scale) / PARTS_OF_UNIT).max(LEAST) {
                let (potentials, placements) = self.found();
                let proven = fit(self.network, self.columns, &potentials, &placements, meter)?;
                if proven.is_some() {
                    meter.report(Phase::Price, done, done);
                    return Ok(proven);
                }
            }
            offer(self.network, |node| self.doors.potentials[node], self.doors.scale, meter)?;
            if increment == 1 {
                break;
            }
            increment = (increment / FINER).max(1);
        }
        meter.report(Phase::Price, done, done);
        Ok(None)
    }

    /// Potentials of all nodes but units, as found so far, and who is where.
    pub(super) fn found(&self) -> (Vec<i64>, Vec<Placement>) {
        let (network, doors) = (self.network, &self.doors);
        let mut potentials: Vec<i64> =
            doors.potentials.iter().map(|&potential| whole(potential, doors.scale)).collect();
        for post in network.posts().filter(|&post| network.is_closed(post)) {
            potentials[post] = potentials[network.parent(post)];
        }
        let placed = (0..).zip(&doors.flows).filter(|(_, flow)| **flow > 0);
        (potentials, placed.map(|(pair, &count)| Placement { pair: PairId::new(pair), count }).collect())
    }

    /// Puts every arc in order that is out of it by more than the increment, and adds up who is where.
    fn begin(&mut self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let network = self.network;
        for unit in network.units() {
            self.doors.place_again(unit, self.increment);
            meter.spend(network.row(unit).len())?;
        }
        for node in network.supply_nodes().chain(network.demand_nodes()).chain(network.posts()) {
            self.doors.suit(node, self.increment);
        }
        self.surplus.fill(0);
        for node in ROOT + 1..network.len() {
            if node % LOOK == 0 {
                meter.look()?;
            }
            let load = i64::from(self.doors.loads[node]);
            let comes = if network.side(node) == Side::Supply { load } else { -load };
            self.surplus[node] += comes;
            self.surplus[network.parent(node)] -= comes;
        }
        for post in network.posts() {
            for member in self.doors.members(post) {
                let count = i64::from(member.count);
                self.surplus[post] += count;
                self.surplus[member.unit as usize] -= count;
            }
        }
        Ok(())
    }

    /// Sends all who are too many, or seeks all who are lacking; false if that takes too many steps.
    fn turn(&mut self, turn: Turn, meter: &mut Meter<'_>) -> Result<bool, Stop> {
        if turn == Turn::Seek {
            self.doors.hold(LOOK, meter)?;
        }
        self.queue.clear();
        self.queued.fill(false);
        for node in ROOT + 1..self.network.len() {
            if node % LOOK == 0 {
                meter.look()?;
            }
            self.enqueue(node, turn);
        }
        let mut budget = BUDGET * self.network.rows.posts.len() as u64;
        while let Some(node) = self.queue.pop_front() {
            let node = node as usize;
            self.queued[node] = false;
            let visited = if turn == Turn::Send && self.network.units().contains(&node) {
                self.bid(node)
            } else {
                self.step(node, turn)
            };
            meter.spend(visited)?;
            budget = budget.saturating_sub(visited as u64);
            if budget == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether somebody is too many at `node`, or lacking.
    fn is_due(&self, node: usize, turn: Turn) -> bool {
        node != ROOT && if turn == Turn::Send { self.surplus[node] > 0 } else { self.surplus[node] < 0 }
    }

    fn enqueue(&mut self, node: usize, turn: Turn) {
        if self.is_due(node, turn) && !self.queued[node] {
            self.queued[node] = true;
            self.queue.push_back(node as u32);
        }
    }

    /// Moves the potential of `node` until those are gone who are too many, or those are there who are lacking. Returns how
    /// many arcs it looked at.
    fn step(&mut self, node: usize, turn: Turn) -> usize {
        if !self.is_due(node, turn) {
            return 0;
        }
        let mut left = self.surplus[node].unsigned_abs();
        let mut open = std::mem::take(&mut self.open);
        open.clear();
        let visited = self.doors.of(node, turn, left, &mut open);
        let sorted = left > MANY;
        if sorted {
            open.sort_by_key(|door| std::cmp::Reverse(door.opens));
        }
        let (mut passed, mut last) = (0, None);
        while left > 0 && passed < open.len() {
            if !sorted {
                let next = (passed..open.len()).max_by_key(|&at| (open[at].opens, std::cmp::Reverse(at)));
                open.swap(passed, next.unwrap_or(passed));
            }
            let door = open[passed];
            let count = u64::from(door.room).min(left) as u32;
            left -= u64::from(count);
            last = Some(door.opens);
            self.go(node, turn, door.arc, count);
            if count < door.room {
                break;
            }
            passed += 1;
        }
        let next = open[passed..].iter().map(|door| door.opens).max().or(last);
        self.open = open;
        if let Some(opens) = next {
            self.doors.shift(node, turn, opens - self.increment);
            self.enqueue(node, turn);
        }
        visited
    }

    /// The same for members of a unit without a place: the one best is looked for, and the next.
    fn bid(&mut self, unit: usize) -> usize {
        if self.is_due(unit, Turn::Send) {
            let (best, next) = self.doors.best(unit);
            if let Some(door) = best {
                let left = u32::try_from(self.surplus[unit]).unwrap_or(u32::MAX);
                self.go(unit, Turn::Send, door.arc, left.min(door.room));
                let opens = if left < door.room { door.opens } else { next.max(-FARTHEST) };
                self.doors.shift(unit, Turn::Send, opens - self.increment);
                self.enqueue(unit, Turn::Send);
            }
        }
        1 + self.network.row(unit).len()
    }

    /// `count` people go along `arc` from `node`, or come along it.
    fn go(&mut self, node: usize, turn: Turn, arc: Arc, count: u32) {
        let network = self.network;
        let count = i64::from(count);
        let other = match arc {
            Arc::Pair(pair) => {
                let (unit, post) = network.ends(pair as usize);
                let by = if (node == unit) == (turn == Turn::Send) { count } else { -count };
                self.doors.change(pair, by);
                self.surplus[unit] -= by;
                self.surplus[post] += by;
                if node == unit { post } else { unit }
            }
            Arc::Own(own) => {
                let own = own as usize;
                let parent = network.parent(own);
                // Down a tree if people go from the parent, or come from below it.
                let down = (own != node) == (turn == Turn::Send);
                let by = if (network.side(own) == Side::Supply) == down { count } else { -count };
                self.doors.loads[own] = (i64::from(self.doors.loads[own]) + by) as u32;
                let comes = if network.side(own) == Side::Supply { by } else { -by };
                self.surplus[own] += comes;
                self.surplus[parent] -= comes;
                if node == own { parent } else { own }
            }
        };
        self.enqueue(other, turn);
    }
}

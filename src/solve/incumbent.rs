//! The best placement and the best bound known so far: what a run that is stopped answers with.
//!
//! A stop may come at any moment, and the answer must not take long then. So the answer is made while the run goes on:
//! now and then it shows the prices it has come to. One pass over the pairs says what they prove, and lets every unit,
//! in lottery order, take the best that is left at them; whoever finds their best post full takes the next best in a
//! second round. The placement that is worth most and the prices that prove most are kept, from whatever pass they are.
//! Where people are asked for, a placement counts only if it meets every strict minimum; the run itself shows the first
//! that does, at the latest.
//!
//! Every pass can be stopped itself: the bound is then not known, but whoever was placed stays so.
//!
//! Cost of a pass: the pairs once on all threads, and the rows of those who are refused on one. Memory: 24 bytes a unit,
//! and 8 for each placement kept.

use super::bounds::Bounds;
use super::meter::Meter;
use super::outcome::Outcome;
use crate::control::Stop;
use crate::graph::{MAX_WEIGHT, Matching, Placement, Prices, Problem, QuotaForest, Solution};
use crate::index::{PairId, QuotaId, UnitId};
use crate::parallel;

/// Units a task looks at, tasks between two looks at the clock, and pairs a second round visits between two.
const TASK: usize = 1 << 9;
const TASKS: usize = 1 << 4;

/// What a pair's unit earns, being unplaced left out of account, and the pair.
#[derive(Clone, Copy, Debug)]
struct Choice {
    /// What a member earns at best, being unplaced included.
    rent: i64,
    /// The best pair; [`NONE`] if being unplaced is better.
    pair: u32,
    /// Its weight, kept because reading it again would mean waiting for memory.
    weight: i32,
    /// Members placed by it.
    count: u32,
}

const NONE: u32 = u32::MAX;

/// Multipliers of posts, demand quotas and supply quotas.
#[derive(Debug, Default)]
struct Multipliers {
    posts: Vec<i64>,
    demand: Vec<i64>,
    supply: Vec<i64>,
}

impl Multipliers {
    fn set(&mut self, problem: &Problem, prices: [&dyn Fn(usize) -> i64; 3]) {
        let lengths = [problem.seats().len(), problem.demand_quotas().len(), problem.supply_quotas().len()];
        for ((own, len), price) in
            [&mut self.posts, &mut self.demand, &mut self.supply].into_iter().zip(lengths).zip(prices)
        {
            own.clear();
            own.extend((0..len).map(price));
        }
    }

    /// What all ranges add to the bound.
    fn most(&self, problem: &Problem) -> i128 {
        let posts = problem.seats().iter().zip(&self.posts).map(|(&seat, &price)| Bounds::of(seat).most(price));
        let nodes = [(problem.demand_quotas(), &self.demand), (problem.supply_quotas(), &self.supply)];
        let nodes = nodes.into_iter().flat_map(|(forest, prices)| {
            QuotaId::all(forest.len()).zip(prices).map(|(node, &price)| Bounds::of_node(forest, node).most(price))
        });
        posts.chain(nodes).sum()
    }
}

/// How many people still fit.
#[derive(Debug, Default)]
struct Room {
    posts: Vec<u32>,
    demand: Vec<u32>,
    supply: Vec<u32>,
    /// Seats of all posts together.
    seats: u64,
}

impl Room {
    fn open(&mut self, problem: &Problem) {
        let ranges = [problem.seats(), problem.demand_quotas().ranges(), problem.supply_quotas().ranges()];
        for (own, ranges) in [&mut self.posts, &mut self.demand, &mut self.supply].into_iter().zip(ranges) {
            own.clear();
            own.extend(ranges.iter().map(|range| range.max()));
        }
        self.seats = self.posts.iter().map(|&seats| u64::from(seats)).sum();
    }

    /// How many members of `unit` fit into `post`.
    fn of(&self, problem: &Problem, unit: usize, post: usize) -> u32 {
        let demand = problem.demand_quotas().path(post).map(|node| self.demand[node.index()]);
        let supply = problem.supply_quotas().path(unit).map(|node| self.supply[node.index()]);
        demand.chain(supply).fold(self.posts[post], u32::min)
    }

    /// What the loads are fined; none if a strict minimum is not met.
    fn fines(&self, problem: &Problem) -> Option<i128> {
        let fine = |bounds: Bounds, room: u32| bounds.fine(bounds.max - room);
        let posts = problem.seats().iter().zip(&self.posts).map(|(&seat, &room)| fine(Bounds::of(seat), room));
        let nodes = [(problem.demand_quotas(), &self.demand), (problem.supply_quotas(), &self.supply)];
        let nodes = nodes.into_iter().flat_map(|(forest, rooms)| {
            QuotaId::all(forest.len()).zip(rooms).map(|(node, &room)| fine(Bounds::of_node(forest, node), room))
        });
        posts.chain(nodes).sum()
    }

    /// Seats `count` members of `unit` at `post`, who fit there.
    fn seat(&mut self, problem: &Problem, unit: usize, post: usize, count: u32) {
        self.posts[post] -= count;
        self.seats -= u64::from(count);
        problem.demand_quotas().path(post).for_each(|node| self.demand[node.index()] -= count);
        problem.supply_quotas().path(unit).for_each(|node| self.supply[node.index()] -= count);
    }
}

/// See the [page](self); scratch between runs.
#[derive(Debug, Default)]
pub(super) struct Incumbent {
    placements: Vec<Placement>,
    /// What they are worth; none while no placement is known that meets every minimum.
    value: Option<i128>,
    placed: u64,
    prices: Multipliers,
    bound: i128,
    /// Whether the bound comes from a pass.
    known: bool,
    /// The pass under way.
    tried: Multipliers,
    /// What a seat costs under them, its quotas included.
    costs: Vec<i64>,
    choices: Vec<Choice>,
    room: Room,
    found: Vec<Placement>,
}

impl Incumbent {
    /// Nobody placed, and the bound that needs no pass: at the highest of all weights nobody wants a seat.
    pub(super) fn reset(&mut self, problem: &Problem) {
        self.placements.clear();
        self.room.open(problem);
        self.value = self.room.fines(problem).map(|fines| -fines);
        (self.placed, self.known) = (0, false);
        let ceiling = i64::from(MAX_WEIGHT) + problem.placement_bonus();
        self.prices.set(problem, [&|_| ceiling, &|_| 0, &|_| 0]);
        self.bound = self.prices.most(problem);
    }

    /// People placed, and how much more there may be to gain, if a pass has told.
    pub(super) fn standing(&self) -> (u64, Option<i128>) {
        (self.placed, self.value.filter(|_| self.known).map(|value| self.bound - value))
    }

    /// What a run that `stop` stopped ends with.
    pub(super) fn answer(&self, stop: Stop) -> Outcome {
        let Multipliers { posts, demand, supply } = &self.prices;
        let prices = Prices::new(posts.clone()).with_quotas(demand.clone(), supply.clone());
        match self.value {
            Some(_) => {
                let solution = Solution { matching: Matching::new(self.placements.clone()), prices };
                Outcome::Feasible { solution, stop, bound: self.bound }
            }
            None => Outcome::Undecided { prices, stop, bound: self.bound },
        }
    }

    /// Keeps a feasible matching if it is worth most so far.
    pub(super) fn keep(&mut self, problem: &Problem, matching: &Matching) {
        let value = problem.value(matching);
        if self.value.is_none_or(|best| value > best) {
            (self.value, self.placed) = (Some(value), matching.placed());
            self.placements.clear();
            self.placements.extend_from_slice(matching.placements());
        }
    }

    /// Places people at some prices, and finds out what these prove. With `first`, those who come late choose among what is
    /// left: quicker where prices say nothing yet.
    pub(super) fn learn(
        &mut self,
        problem: &Problem,
        prices: [&dyn Fn(usize) -> i64; 3],
        first: bool,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        self.tried.set(problem, prices);
        let Self { tried, costs, .. } = &mut *self;
        costs.clear();
        let quotas = problem.demand_quotas();
        costs.extend(tried.posts.iter().enumerate().map(|(post, price)| price + above(quotas, &tried.demand, post)));
        self.room.open(problem);
        let looked = if first { self.choose::<true>(problem, meter) } else { self.choose::<false>(problem, meter) };
        let rents = looked.as_ref().copied().ok();
        let filled = self.place(problem, meter, looked.is_ok());
        if let Some(rents) = rents {
            let bound = rents + self.tried.most(problem);
            if bound < self.bound || !self.known {
                (self.bound, self.known) = (bound, true);
                std::mem::swap(&mut self.prices, &mut self.tried);
            }
        }
        looked.and(filled)
    }

    /// Every unit's best pair, taken while there is room; what all members earn at best together.
    fn choose<const OPEN: bool>(&mut self, problem: &Problem, meter: &mut Meter<'_>) -> Result<i128, Stop> {
        let Self { tried, costs, choices, room, .. } = self;
        let (graph, headcounts) = (problem.graph(), problem.headcounts());
        let (tried, costs) = (&*tried, &*costs);
        choices.clear();
        let mut rents = 0;
        while choices.len() < graph.units() {
            let first = choices.len();
            let end = graph.units().min(first + TASK * TASKS);
            choices.resize(end, Choice { rent: 0, pair: NONE, weight: 0, count: 0 });
            parallel::for_each_chunk(&mut choices[first..], TASK, |task, choices| {
                for (unit, choice) in (first + task * TASK..).zip(choices) {
                    *choice = best::<OPEN>(problem, tried, costs, &room.posts, unit);
                }
            });
            for (unit, choice) in (first..).zip(&mut choices[first..]) {
                rents += i128::from(headcounts[unit]) * i128::from(choice.rent);
                if choice.pair != NONE {
                    let post = graph.post_of(PairId::new(choice.pair)).index();
                    choice.count = headcounts[unit].min(room.of(problem, unit, post));
                    room.seat(problem, unit, post, choice.count);
                }
            }
            meter.spend((graph.offsets()[end] - graph.offsets()[first]) as usize)?;
        }
        Ok(rents)
    }

    /// Gives those who were refused what is left, if there is time, and keeps the placement if it is worth most.
    fn place(&mut self, problem: &Problem, meter: &mut Meter<'_>, time: bool) -> Result<(), Stop> {
        let Self { costs, choices, room, found, .. } = self;
        let bonus = problem.placement_bonus();
        let (mut value, mut placed, mut ended) = (0i128, 0u64, Ok(()));
        found.clear();
        for (unit, choice) in choices.iter().enumerate() {
            let begin = found.len();
            let mut seat = |pair: usize, weight: i32, count: u32| {
                found.push(Placement { pair: PairId::new(pair as u32), count });
                value += i128::from(i64::from(weight) + bonus) * i128::from(count);
                placed += u64::from(count);
            };
            if choice.count > 0 {
                seat(choice.pair as usize, choice.weight, choice.count);
            }
            let mut left = problem.headcounts()[unit] - choice.count;
            while left > 0 && time && room.seats > 0 && ended.is_ok() {
                let row = problem.graph().row(UnitId::new(unit as u32));
                ended = meter.spend(row.len());
                let Some((pair, post)) = next_best(problem, costs, room, unit) else { break };
                let count = left.min(room.of(problem, unit, post));
                room.seat(problem, unit, post, count);
                seat(pair, problem.weights()[pair], count);
                left -= count;
            }
            found[begin..].sort_unstable();
        }
        let worth = room.fines(problem).map(|fines| value - fines);
        if worth > self.value {
            (self.value, self.placed) = (worth, placed);
            std::mem::swap(&mut self.placements, &mut self.found);
        }
        ended
    }
}

/// What `unit` earns at best, and the best pair, of an `OPEN` post if asked.
fn best<const OPEN: bool>(
    problem: &Problem,
    prices: &Multipliers,
    costs: &[i64],
    seats: &[u32],
    unit: usize,
) -> Choice {
    let own = above(problem.supply_quotas(), &prices.supply, unit) - problem.placement_bonus();
    let (mut most, mut most_open, mut best) = (i64::MIN, i64::MIN, NONE);
    let unit = UnitId::new(unit as u32);
    let row = problem.graph().row(unit);
    let weights = &problem.weights()[row.clone()];
    for ((pair, post), &weight) in (row.start as u32..).zip(problem.graph().neighbours(unit)).zip(weights) {
        let net = i64::from(weight) - costs[post.index()];
        // No branch: which pair is best is what a processor cannot guess.
        let open = if OPEN && seats[post.index()] == 0 { i64::MIN } else { net };
        best = if open > most_open { pair } else { best };
        most_open = most_open.max(open);
        most = most.max(net);
    }
    let earned = if row.is_empty() { -1 } else { most - own };
    let weight = if best == NONE { 0 } else { problem.weights()[best as usize] };
    let worth = best != NONE && most_open >= own && i64::from(weight) + problem.placement_bonus() > 0;
    Choice { rent: earned.max(0), pair: if worth { best } else { NONE }, weight, count: 0 }
}

/// The best pair of `unit` that has room left and is worth something, and its post.
fn next_best(problem: &Problem, costs: &[i64], room: &Room, unit: usize) -> Option<(usize, usize)> {
    let id = UnitId::new(unit as u32);
    let pairs = problem.graph().row(id).zip(problem.graph().neighbours(id));
    let open = pairs.filter_map(|(pair, post)| {
        let (post, weight) = (post.index(), i64::from(problem.weights()[pair]));
        let open = room.posts[post] > 0 && weight + problem.placement_bonus() > 0 && room.of(problem, unit, post) > 0;
        open.then(|| (weight - costs[post], std::cmp::Reverse(pair), post))
    });
    open.max().map(|(_, pair, post)| (pair.0, post))
}

/// The multipliers above a leaf, added up.
fn above(quotas: &QuotaForest, prices: &[i64], leaf: usize) -> i64 {
    quotas.path(leaf).map(|node| prices[node.index()]).sum()
}

//! Who is placed where, and the prices under which each of them earns their unit's rent.

use super::auction::Auction;
use super::desk::Heads;
use super::meter::Meter;
use super::rows::Rows;
use super::shortlist::Shortlists;
use crate::control::Stop;
use crate::graph::{Placement, SeatRange};
use crate::index::PairId;
use crate::parallel;

/// `count` members of `unit` placed at a post, which is worth `weight` for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) unit: u32,
    pub(super) weight: i32,
    pub(super) count: u32,
}

/// Where the members of a unit are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Nowhere.
    None,
    /// All that are placed are at this post.
    At(usize),
    /// Perhaps at several posts.
    Apart,
}

const NOWHERE: u32 = u32::MAX;
const APART: u32 = u32::MAX - 1;

/// Units between two looks at the clock, and units a task looks at.
const CHUNK: usize = 1 << 14;
const TASK: usize = 1 << 9;

/// Units whose rows are asked for at once.
const FETCH: usize = 16;

/// A feasible placement with prices of 0 or more; every placed member earns its unit's rent at them, being unplaced
/// never being better. The repairs keep this true.
#[derive(Debug, Default)]
pub(super) struct Places {
    prices: Vec<i64>,
    members: Vec<Vec<Member>>,
    /// Seats nobody has.
    vacant: Vec<u32>,
    /// Members placed nowhere.
    free: Vec<u32>,
    /// See [`Home`].
    homes: Vec<u32>,
    /// Scratch: what each unit would choose, and its pair at home.
    choices: Vec<Choice>,
    pairs: Vec<u32>,
}

impl Places {
    /// Nobody placed, every price 0.
    pub(super) fn reset(&mut self, seats: &[SeatRange], headcounts: &[u32]) {
        self.prices.clear();
        self.prices.resize(seats.len(), 0);
        self.members.iter_mut().for_each(Vec::clear);
        self.members.resize_with(seats.len(), Vec::new);
        self.vacant.clear();
        self.vacant.extend(seats.iter().map(|seat| seat.max()));
        self.free.clear();
        self.free.extend_from_slice(headcounts);
        self.homes.clear();
        self.homes.resize(headcounts.len(), NOWHERE);
    }

    /// Takes over what the auction found: who earns their rent at its prices, a little lowered, is placed.
    pub(super) fn start<H: Heads>(
        &mut self,
        rows: Rows<'_>,
        auction: &Auction<H>,
        lists: &mut Shortlists,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        // Prices a little lower leave few posts with a free seat at a price; what that costs is repaired more cheaply.
        let lowering = auction.increment() + auction.increment() / 2;
        for ((price, found), &seats) in self.prices.iter_mut().zip(auction.prices()).zip(&self.vacant) {
            // A post without seats stays out of everybody's reach.
            *price = if seats == 0 { found } else { (found - lowering).max(0) };
        }
        lists.loosen(lowering);
        for (members, held) in self.members.iter_mut().zip(auction.held()) {
            members.reserve(held.len());
        }
        let mut choices = std::mem::take(&mut self.choices);
        choices.clear();
        choices.resize(self.free.len(), Choice::Several);
        let (lists, prices) = (&*lists, &self.prices);
        for (chunk, choices) in choices.chunks_mut(CHUNK).enumerate() {
            parallel::for_each_chunk(choices, TASK, |task, choices| {
                for (unit, choice) in (chunk * CHUNK + task * TASK..).zip(choices) {
                    *choice = choose(rows, lists, prices, unit);
                }
            });
            meter.spend(choices.len())?;
        }
        for (unit, &choice) in choices.iter().enumerate() {
            if unit % TASK == 0 {
                meter.look()?;
            }
            match choice {
                Choice::Out => {}
                Choice::One(post, weight) => {
                    let count = self.vacant[post as usize].min(self.free[unit]);
                    if count > 0 {
                        self.add(post as usize, Member { unit: unit as u32, weight, count });
                    }
                }
                Choice::Several => self.place_content(rows, lists, unit),
            }
        }
        self.choices = choices;
        Ok(())
    }

    /// Places free members of `unit` at their best posts while these have seats.
    pub(super) fn place_content(&mut self, rows: Rows<'_>, lists: &Shortlists, unit: usize) {
        let bound = lists.bound(unit);
        let net = |prices: &[i64], (post, weight): (u32, i32)| rows.value(weight) - prices[post as usize];
        let listed = lists.of(unit).entries();
        let mut best = listed.map(|entry| net(&self.prices, entry)).fold(rows.outside, i64::max);
        if bound >= best {
            best = rows.best(unit, &self.prices);
            for entry in rows.entries(unit) {
                self.seat_content(rows, unit, entry, best);
            }
        } else {
            for entry in lists.of(unit).entries() {
                self.seat_content(rows, unit, entry, best);
            }
        }
    }

    /// Places free members of `unit` at a post if they earn `best` there.
    fn seat_content(&mut self, rows: Rows<'_>, unit: usize, (post, weight): (u32, i32), best: i64) {
        let post = post as usize;
        let count = self.vacant[post].min(self.free[unit]);
        if count > 0 && rows.value(weight) - self.prices[post] == best {
            self.add(post, Member { unit: unit as u32, weight, count });
        }
    }

    /// Seats free members of a unit that has none at `post`, or came last there. Takes the same time at any post.
    fn add(&mut self, post: usize, member: Member) {
        self.vacant[post] -= member.count;
        self.free[member.unit as usize] -= member.count;
        let home = &mut self.homes[member.unit as usize];
        *home = if *home == NOWHERE || *home == post as u32 { post as u32 } else { APART };
        match self.members[post].last_mut() {
            Some(last) if last.unit == member.unit => last.count += member.count,
            _ => self.members[post].push(member),
        }
    }

    /// Seats free members of any unit.
    pub(super) fn put(&mut self, post: usize, member: Member) {
        if self.home(member.unit as usize) != Home::None
            && let Some(at) = self.members[post].iter().position(|known| known.unit == member.unit)
        {
            // Last for a moment, so that it is found.
            let end = self.members[post].len() - 1;
            self.members[post].swap(at, end);
        }
        self.add(post, member);
    }

    /// Frees seated members; all of them at most.
    pub(super) fn pull(&mut self, post: usize, unit: u32, count: u32) {
        let Some(at) = self.members[post].iter().position(|member| member.unit == unit) else { return };
        let member = &mut self.members[post][at];
        member.count -= count;
        if member.count == 0 {
            self.members[post].swap_remove(at);
            let home = &mut self.homes[unit as usize];
            // A unit whose members were apart stays marked so, which costs time and nothing else.
            *home = if *home == post as u32 { NOWHERE } else { *home };
        }
        self.vacant[post] += count;
        self.free[unit as usize] += count;
    }

    /// Raises every price; whoever then earns less than unplaced leaves.
    pub(super) fn raise(&mut self, rows: Rows<'_>, by: i64) {
        for post in 0..self.prices.len() {
            self.prices[post] += by;
            for at in (0..self.members[post].len()).rev() {
                let Member { unit, weight, count } = self.members[post][at];
                if rows.value(weight) - self.prices[post] < rows.outside {
                    self.pull(post, unit, count);
                }
            }
        }
    }

    /// How many members of `unit` sit at `post`.
    pub(super) fn seated(&self, post: usize, unit: u32) -> u32 {
        self.members[post].iter().find(|member| member.unit == unit).map_or(0, |member| member.count)
    }

    /// What a member of each unit earns at best, being unplaced included.
    pub(super) fn rents(&self, rows: Rows<'_>, rents: &mut Vec<i64>) {
        // A unit with unplaced members earns what they do; any other has a member somewhere, who earns its best.
        rents.clear();
        rents.resize(self.units(), rows.outside);
        for (members, price) in self.members.iter().zip(&self.prices) {
            for member in members {
                rents[member.unit as usize] = rows.value(member.weight) - price;
            }
        }
    }

    pub(super) fn home(&self, unit: usize) -> Home {
        match self.homes[unit] {
            NOWHERE => Home::None,
            APART => Home::Apart,
            post => Home::At(post as usize),
        }
    }

    pub(super) fn prices(&self) -> &[i64] {
        &self.prices
    }

    pub(super) fn prices_mut(&mut self) -> &mut [i64] {
        &mut self.prices
    }

    pub(super) fn members(&self, post: usize) -> &[Member] {
        &self.members[post]
    }

    pub(super) fn vacant(&self, post: usize) -> u32 {
        self.vacant[post]
    }

    pub(super) fn free(&self, unit: usize) -> u32 {
        self.free[unit]
    }

    /// Units with unplaced members.
    pub(super) fn waiting(&self) -> usize {
        self.free.iter().filter(|&&free| free > 0).count()
    }

    pub(super) fn units(&self) -> usize {
        self.free.len()
    }

    /// Posts with a free seat at a price, in order.
    pub(super) fn overpriced(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.prices.len()).filter(|&post| self.prices[post] > 0 && self.vacant[post] > 0)
    }

    /// Takes over prices alone; for a run that was stopped.
    pub(super) fn set_prices(&mut self, prices: impl Iterator<Item = i64>) {
        self.prices.clear();
        self.prices.extend(prices);
    }

    /// Appends the placements in the order of their pairs.
    pub(super) fn placements(
        &mut self,
        rows: Rows<'_>,
        placements: &mut Vec<Placement>,
        meter: &Meter<'_>,
    ) -> Result<(), Stop> {
        let Self { pairs, homes, .. } = self;
        pairs.clear();
        pairs.resize(homes.len(), 0);
        for (chunk, pairs) in pairs.chunks_mut(CHUNK).enumerate() {
            parallel::for_each_chunk(pairs, TASK, |task, pairs| {
                let first = chunk * CHUNK + task * TASK;
                for (units, pairs) in (first..).step_by(FETCH).zip(pairs.chunks_mut(FETCH)) {
                    rows.fetch_posts(units..units + pairs.len());
                    for (unit, pair) in (units..).zip(pairs) {
                        if homes[unit] < APART {
                            *pair = rows.pair(unit, homes[unit] as usize).unwrap_or(0) as u32;
                        }
                    }
                }
            });
            meter.look()?;
        }
        placements.reserve(self.members.iter().map(Vec::len).sum());
        for unit in 0..self.units() {
            let mut place = |pair: usize, count| placements.push(Placement { pair: PairId::new(pair as u32), count });
            match self.home(unit) {
                Home::None => {}
                Home::At(_) => place(self.pairs[unit] as usize, rows.headcounts[unit] - self.free[unit]),
                Home::Apart => {
                    for pair in rows.row(unit) {
                        let count = self.seated(rows.posts[pair].index(), unit as u32);
                        if count > 0 {
                            place(pair, count);
                        }
                    }
                }
            }
            if unit % CHUNK == 0 {
                meter.look()?;
            }
        }
        Ok(())
    }
}

/// Where the members of a unit would be at some prices.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// Nowhere.
    Out,
    /// At one post, for this weight.
    One(u32, i32),
    /// At one of several, or unlisted, posts.
    Several,
}

/// What a unit would choose, as far as its shortlist says it.
fn choose(rows: Rows<'_>, lists: &Shortlists, prices: &[i64], unit: usize) -> Choice {
    let (mut best, mut second, mut choice) = (rows.outside, i64::MIN, Choice::Out);
    for (post, weight) in lists.of(unit).entries() {
        let net = rows.value(weight) - prices[post as usize];
        choice = if net > best { Choice::One(post, weight) } else { choice };
        second = second.max(net.min(best));
        best = best.max(net);
    }
    // What is not listed may be as good; and where being unplaced is as good as a post, the post goes first.
    if second == best || lists.bound(unit) >= best { Choice::Several } else { choice }
}

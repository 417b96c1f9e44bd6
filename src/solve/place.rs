//! Who is placed where, and the prices under which each of them earns their unit's rent.

use super::auction::Auction;
use super::rows::Rows;
use crate::graph::{Placement, SeatRange};
use crate::index::PairId;

/// `count` members of `unit` placed at a post by `pair`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) unit: u32,
    pub(super) pair: u32,
    pub(super) count: u32,
}

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
    }

    /// Takes over what the auction found. `stopped`: it did not finish, so whoever holds a seat keeps it, and others get
    /// what is left; otherwise only those are placed who earn their rent.
    pub(super) fn start(&mut self, rows: Rows<'_>, auction: &Auction, stopped: bool) {
        if stopped {
            self.prices.copy_from_slice(auction.prices());
            self.keep_all(rows, auction);
            return;
        }
        // Prices a little lower leave few posts with a free seat at a price; what that costs is repaired more cheaply.
        let lowering = auction.increment() + auction.increment() / 2;
        for ((price, &found), &seats) in self.prices.iter_mut().zip(auction.prices()).zip(&self.vacant) {
            // A post without seats stays out of everybody's reach.
            *price = if seats == 0 { found } else { (found - lowering).max(0) };
        }
        for unit in 0..self.free.len() {
            self.place_content(rows, unit);
        }
    }

    /// Places free members of `unit` at their best posts while these have seats.
    fn place_content(&mut self, rows: Rows<'_>, unit: usize) {
        let best = rows.best(unit, &self.prices);
        for (pair, post, weight) in rows.pairs(unit) {
            if self.free[unit] == 0 {
                break;
            }
            let count = self.vacant[post].min(self.free[unit]);
            if count > 0 && weight - self.prices[post] == best {
                self.add(post, Member { unit: unit as u32, pair: pair as u32, count });
            }
        }
    }

    /// Keeps every seat held in the auction, then gives free seats to free members where that is worth something.
    fn keep_all(&mut self, rows: Rows<'_>, auction: &Auction) {
        for (post, held) in auction.held().enumerate() {
            let mut held: Vec<_> = held.collect();
            held.sort_unstable_by_key(|bid| bid.unit);
            for bid in held {
                let row = rows.row(bid.unit as usize);
                let at = rows.posts[row.clone()].binary_search_by_key(&post, |target| target.index());
                if let Ok(at) = at {
                    self.add(post, Member { unit: bid.unit, pair: (row.start + at) as u32, count: bid.count });
                }
            }
        }
        for unit in 0..self.free.len() {
            while self.free[unit] > 0 {
                let open = rows.pairs(unit).filter(|&(_, post, weight)| self.vacant[post] > 0 && weight > rows.outside);
                let Some((pair, post, _)) = open.max_by_key(|&(pair, _, weight)| (weight, std::cmp::Reverse(pair)))
                else {
                    break;
                };
                let count = self.vacant[post].min(self.free[unit]);
                self.put(post, Member { unit: unit as u32, pair: pair as u32, count });
            }
        }
    }

    /// Seats free members of a unit that has none at `post`, or came last there. Takes the same time at any post.
    fn add(&mut self, post: usize, member: Member) {
        self.vacant[post] -= member.count;
        self.free[member.unit as usize] -= member.count;
        match self.members[post].last_mut() {
            Some(last) if last.unit == member.unit => last.count += member.count,
            _ => self.members[post].push(member),
        }
    }

    /// Seats free members of any unit.
    pub(super) fn put(&mut self, post: usize, member: Member) {
        if let Some(at) = self.members[post].iter().position(|known| known.unit == member.unit) {
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
        }
        self.vacant[post] += count;
        self.free[unit as usize] += count;
    }

    /// How many members of `unit` sit at `post`.
    pub(super) fn seated(&self, post: usize, unit: u32) -> u32 {
        self.members[post].iter().find(|member| member.unit == unit).map_or(0, |member| member.count)
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

    pub(super) fn units(&self) -> usize {
        self.free.len()
    }

    /// Posts with a free seat at a price, in order.
    pub(super) fn overpriced(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.prices.len()).filter(|&post| self.prices[post] > 0 && self.vacant[post] > 0)
    }

    /// The placements, in no particular order.
    pub(super) fn placements(&self) -> Vec<Placement> {
        let place = |member: &Member| Placement { pair: PairId::new(member.pair), count: member.count };
        self.members.iter().flatten().map(place).collect()
    }
}

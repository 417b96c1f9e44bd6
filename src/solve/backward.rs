//! Posts with a free seat at a price look for the cheapest chain of moves that fills it.
//!
//! The mirror of the forward repair: from the post, a chain leads to a unit that would move there, and so frees a
//! seat at another post, and so on. A step costs what the mover loses by it. A chain ends with an unplaced unit, or at a
//! post where the free seat is allowed to stay because its price has come down to 0. After the cheapest one, of cost
//! `c`, every post nearer than `c` becomes cheaper by the difference. Prices only fall, never below 0, and nobody becomes
//! unplaced, so the forward repair's work stays done.

use super::columns::Columns;
use super::meter::Meter;
use super::place::{Member, Places};
use super::rows::Rows;
use super::search::{START, Search, Step};
use crate::control::Stop;

/// Where a chain ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// At a post whose price becomes 0.
    Free(usize),
    /// At a post that unplaced members of a unit enter.
    Enter(usize, u32),
}

/// Searches from every post with a free seat until its price is 0 or it is full.
pub(super) fn repair(
    rows: Rows<'_>,
    columns: &Columns,
    places: &mut Places,
    search: &mut Search,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    let mut repair = Repair { rows, columns, places, search, rents: Vec::new(), seats: Vec::new() };
    repair.start();
    for post in 0..repair.places.prices().len() {
        while repair.places.prices()[post] > 0 && repair.places.vacant(post) > 0 {
            repair.improve(post, meter)?;
        }
    }
    Ok(())
}

/// What [`Repair::seats`] says of a unit with members at no post, and of one with members at several.
const NOWHERE: u32 = u32::MAX;
const APART: u32 = u32::MAX - 1;

struct Repair<'a> {
    rows: Rows<'a>,
    columns: &'a Columns,
    places: &'a mut Places,
    search: &'a mut Search,
    /// What a member of each unit earns at best, being unplaced included.
    rents: Vec<i64>,
    /// The post where each unit's members are, if it is one.
    seats: Vec<u32>,
}

impl Repair<'_> {
    fn start(&mut self) {
        // A unit with unplaced members earns what they do; any other has a member somewhere, who earns its best.
        self.rents.clear();
        self.rents.resize(self.places.units(), self.rows.outside);
        self.seats.clear();
        self.seats.resize(self.places.units(), NOWHERE);
        for post in 0..self.places.prices().len() {
            for member in self.places.members(post) {
                let earned = i64::from(self.rows.weights[member.pair as usize]) - self.places.prices()[post];
                self.rents[member.unit as usize] = earned;
                let seat = &mut self.seats[member.unit as usize];
                *seat = if *seat == NOWHERE { post as u32 } else { APART };
            }
        }
    }

    /// One search from `start`.
    fn improve(&mut self, start: usize, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.search.begin();
        self.search.reach(start, 0, Step { from: START, unit: 0, pair: 0 });
        let (mut end, mut cost) = (End::Free(start), self.places.prices()[start]);
        while let Some((post, distance)) = self.search.settle(cost) {
            let price = self.places.prices()[post];
            if distance + price < cost {
                (end, cost) = (End::Free(post), distance + price);
            }
            let mut visited = self.columns.entries(post).len();
            for entry in self.columns.entries(post) {
                let longer = distance + self.rents[entry.unit as usize] - (i64::from(entry.weight) - price);
                if longer >= cost {
                    continue;
                }
                let free = self.places.free(entry.unit as usize);
                if free > 0 {
                    (end, cost) = (End::Enter(post, entry.unit), longer);
                } else {
                    visited += self.reach_seats(entry.unit, post, longer);
                }
            }
            meter.spend(visited)?;
        }
        for &(post, distance) in self.search.settled() {
            let post = post as usize;
            self.places.prices_mut()[post] -= (cost - distance).max(0);
            for member in self.places.members(post) {
                let earned = i64::from(self.rows.weights[member.pair as usize]) - self.places.prices()[post];
                self.rents[member.unit as usize] = earned;
            }
        }
        self.shift(start, end);
        Ok(())
    }

    /// Notes the ways from `post` to where members of `unit` sit, who would move to it. Returns the pairs it looked at.
    fn reach_seats(&mut self, unit: u32, post: usize, distance: i64) -> usize {
        let step = Step { from: post as u32, unit, pair: START };
        match self.seats[unit as usize] {
            NOWHERE => 0,
            APART => {
                let row = self.rows.row(unit as usize);
                for (_, other, weight) in self.rows.pairs(unit as usize) {
                    let earned = weight - self.places.prices()[other];
                    let tight = other != post && earned == self.rents[unit as usize];
                    if tight && self.places.seated(other, unit) > 0 {
                        self.search.reach(other, distance, step);
                    }
                }
                row.len()
            }
            seat if seat as usize == post => 0,
            seat => {
                self.search.reach(seat as usize, distance, step);
                0
            }
        }
    }

    /// Seats members of `unit` at `post`, which is in their row.
    fn seat(&mut self, post: usize, unit: u32, count: u32) {
        let row = self.rows.row(unit as usize);
        let at = self.rows.posts[row.clone()].partition_point(|target| target.index() < post);
        self.places.put(post, Member { unit, pair: (row.start + at) as u32, count });
        let seat = &mut self.seats[unit as usize];
        // A unit whose members were apart stays marked so, which costs time and nothing else.
        *seat = if *seat == NOWHERE { post as u32 } else { APART };
    }

    /// Frees members of `unit` from `post`.
    fn leave(&mut self, post: usize, unit: u32, count: u32) {
        self.places.pull(post, unit, count);
        if self.seats[unit as usize] == post as u32 && self.places.seated(post, unit) == 0 {
            self.seats[unit as usize] = NOWHERE;
        }
    }

    /// Moves as many members as possible along the chain that ends at `end`.
    fn shift(&mut self, start: usize, end: End) {
        let (last, mut count) = match end {
            End::Free(post) => (post, self.places.vacant(start)),
            End::Enter(post, unit) => (post, self.places.vacant(start).min(self.places.free(unit as usize))),
        };
        let mut post = last;
        while post != start {
            let step = self.search.step(post);
            count = count.min(self.places.seated(post, step.unit));
            post = step.from as usize;
        }
        // From the start backwards, so that every post on the way has a free seat when somebody moves in.
        let mut path = Vec::new();
        let mut post = last;
        while post != start {
            path.push(post);
            post = self.search.step(post).from as usize;
        }
        for &post in path.iter().rev() {
            let step = self.search.step(post);
            self.leave(post, step.unit, count);
            self.seat(step.from as usize, step.unit, count);
        }
        if let End::Enter(post, unit) = end {
            self.seat(post, unit, count);
        }
    }
}

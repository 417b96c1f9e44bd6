//! Members who are unplaced although they could earn something look for the cheapest chain of moves.
//!
//! From such a unit, a chain leads to a post, whose member makes room by moving to another post, and so on. A step costs
//! what the mover earns less than at best. A chain ends at a free seat, or with somebody who gives up a seat and all
//! they earn there, or at once with the unit staying unplaced. After the cheapest one, of cost `c`, every post nearer
//! than `c` becomes dearer by the difference: the chain's steps now cost nothing, every other step still costs 0 or
//! more, and whoever gave up earns nothing any more. Prices only rise, and only at posts without a free seat.
//!
//! Since prices only rise, shortlists stay valid: a member's whole row is looked at only if what is not listed might
//! still be near enough.

use super::meter::Meter;
use super::place::{Home, Member, Places};
use super::rows::Rows;
use super::search::{START, Search, Step};
use super::shortlist::Shortlists;
use crate::control::{Phase, Stop};

/// Where a chain ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// The unit stays unplaced.
    Stay,
    /// At a free seat of a post.
    Seat(usize),
    /// Members of a unit give up their seats at a post.
    GiveUp(usize, u32),
}

/// Reports are at least this many searches apart, and there are about this many at most.
const APART: u64 = 1 << 10;
const REPORTS: u64 = 1 << 7;

/// Searches for every unit until no unplaced member could earn anything.
pub(super) fn repair(
    rows: Rows<'_>,
    lists: &mut Shortlists,
    places: &mut Places,
    search: &mut Search,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    search.reset(places.prices().len());
    let total: u64 = (0..places.units()).map(|unit| u64::from(places.free(unit))).sum();
    let apart = APART.max(total / REPORTS);
    let (mut done, mut searches) = (0, 0u64);
    let mut repair = Repair { rows, lists, places, search, end: End::Stay, cost: 0 };
    for unit in 0..repair.places.units() {
        let before = repair.places.free(unit);
        while repair.places.free(unit) > 0 {
            if searches.is_multiple_of(apart) {
                meter.offer_at_times(rows.scale, |post| repair.places.prices()[post])?;
                meter.report(Phase::Place, done, total);
            }
            searches += 1;
            if !repair.improve(unit, meter)? {
                break;
            }
        }
        done += u64::from(before.saturating_sub(repair.places.free(unit)));
    }
    meter.report(Phase::Place, total, total);
    Ok(())
}

struct Repair<'a> {
    rows: Rows<'a>,
    lists: &'a mut Shortlists,
    places: &'a mut Places,
    search: &'a mut Search,
    /// The cheapest end of the present search, and its cost.
    end: End,
    cost: i64,
}

impl Repair<'_> {
    /// One search from `unit`; false once its unplaced members earn what they can: nothing.
    fn improve(&mut self, unit: usize, meter: &mut Meter<'_>) -> Result<bool, Stop> {
        meter.spend(self.rows.row(unit).len())?;
        let best = self.lists.best(self.rows, unit, self.places.prices());
        if best == self.rows.outside {
            return Ok(false);
        }
        self.search.begin();
        (self.end, self.cost) = (End::Stay, best - self.rows.outside);
        self.reach_from(START, unit as u32, best);
        while let Some((post, distance)) = self.search.settle(self.cost) {
            self.lists.fetch(self.places.members(post).iter().map(|member| member.unit));
            for at in 0..self.places.members(post).len() {
                let Member { unit, weight, .. } = self.places.members(post)[at];
                let earned = self.rows.value(weight) - self.places.prices()[post];
                if distance + earned - self.rows.outside < self.cost {
                    self.cost = distance + earned - self.rows.outside;
                    self.end = End::GiveUp(post, unit);
                }
                if self.places.home(unit as usize) != Home::Apart || self.search.meet(unit, distance) {
                    meter.spend(self.reach_from(post as u32, unit, distance + earned))?;
                }
            }
        }
        for &(post, distance) in self.search.settled() {
            // A post settled before the cost fell below its distance keeps its price.
            self.places.prices_mut()[post as usize] += (self.cost - distance).max(0);
        }
        Ok(self.shift(unit))
    }

    /// Notes the ways of members of `unit` from `from` to their other posts, where a way's length is `base` less what they earn there.
    /// Returns how many pairs it looked at.
    fn reach_from(&mut self, from: u32, unit: u32, base: i64) -> usize {
        if base - self.cost > self.lists.bound(unit as usize) {
            let list = *self.lists.of(unit as usize);
            for (post, weight) in list.entries() {
                self.reach(from, unit, base, post, weight);
            }
            1
        } else {
            let rows = self.rows;
            for (post, weight) in rows.entries(unit as usize) {
                self.reach(from, unit, base, post, weight);
            }
            if let Some(list) = self.lists.renewed_exactly(rows, self.places.prices(), unit as usize) {
                self.lists.keep(unit as usize, list);
            }
            rows.row(unit as usize).len()
        }
    }

    /// Notes a way to `post`, which is an end if it has a free seat.
    fn reach(&mut self, from: u32, unit: u32, base: i64, post: u32, weight: i32) {
        let distance = base - (self.rows.value(weight) - self.places.prices()[post as usize]);
        if distance < self.cost {
            self.search.reach(post as usize, distance, Step { from, unit, weight });
            if self.places.vacant(post as usize) > 0 {
                (self.end, self.cost) = (End::Seat(post as usize), distance);
            }
        }
    }

    /// Moves as many members as possible along the chain to its end; false if the unit stays unplaced.
    fn shift(&mut self, unit: usize) -> bool {
        let Self { places, search, .. } = self;
        let (last, mut count) = match self.end {
            End::Stay => return false,
            End::Seat(post) => (post, places.vacant(post).min(places.free(unit))),
            End::GiveUp(post, member) => (post, places.seated(post, member).min(places.free(unit))),
        };
        let mut step = search.step(last);
        while step.from != START {
            count = count.min(places.seated(step.from as usize, step.unit));
            step = search.step(step.from as usize);
        }
        if let End::GiveUp(post, member) = self.end {
            places.pull(post, member, count);
        }
        let mut post = last;
        loop {
            let step = search.step(post);
            if step.from != START {
                places.pull(step.from as usize, step.unit, count);
            }
            places.put(post, Member { unit: step.unit, weight: step.weight, count });
            if step.from == START {
                return true;
            }
            post = step.from as usize;
        }
    }
}

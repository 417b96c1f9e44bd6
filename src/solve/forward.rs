//! Members who are unplaced although they could earn something look for the cheapest chain of moves.
//!
//! From such a unit, a chain leads to a post, whose member makes room by moving to another post, and so on. A step costs
//! what the mover earns less than at best. A chain ends at a free seat, or with somebody who gives up a seat and all
//! they earn there, or at once with the unit staying unplaced. After the cheapest one, of cost `c`, every post nearer
//! than `c` becomes dearer by the difference: the chain's steps now cost nothing, every other step still costs 0 or
//! more, and whoever gave up earns nothing any more. Prices only rise, and only at posts without a free seat.

use super::meter::Meter;
use super::place::{Member, Places};
use super::rows::Rows;
use super::search::{START, Search, Step};
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
    places: &mut Places,
    search: &mut Search,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    search.reset(places.prices().len());
    let total: u64 = (0..places.units()).map(|unit| u64::from(places.free(unit))).sum();
    let apart = APART.max(total / REPORTS);
    let (mut done, mut searches) = (0, 0u64);
    for unit in 0..places.units() {
        let before = places.free(unit);
        while places.free(unit) > 0 {
            if searches.is_multiple_of(apart) {
                meter.report(Phase::Place, done, total);
            }
            searches += 1;
            if !improve(rows, places, search, meter, unit)? {
                break;
            }
        }
        done += u64::from(before.saturating_sub(places.free(unit)));
    }
    meter.report(Phase::Place, total, total);
    Ok(())
}

/// One search from `unit`; false once its unplaced members earn what they can: nothing.
fn improve(
    rows: Rows<'_>,
    places: &mut Places,
    search: &mut Search,
    meter: &mut Meter<'_>,
    unit: usize,
) -> Result<bool, Stop> {
    let best = rows.best(unit, places.prices());
    meter.spend(rows.row(unit).len())?;
    if best == rows.outside {
        return Ok(false);
    }
    search.begin();
    let (mut end, mut cost) = (End::Stay, best - rows.outside);
    for (pair, post, weight) in rows.pairs(unit) {
        let distance = best - (weight - places.prices()[post]);
        let step = Step { from: START, unit: unit as u32, pair: pair as u32 };
        reach(places, search, post, distance, step, &mut end, &mut cost);
    }
    while let Some((post, distance)) = search.settle(cost) {
        let mut visited = 0;
        for member in places.members(post) {
            let earned = i64::from(rows.weights[member.pair as usize]) - places.prices()[post];
            if distance + earned - rows.outside < cost {
                cost = distance + earned - rows.outside;
                end = End::GiveUp(post, member.unit);
            }
            visited += rows.row(member.unit as usize).len();
            for (pair, next, weight) in rows.pairs(member.unit as usize) {
                let longer = distance + earned - (weight - places.prices()[next]);
                if longer < cost {
                    let step = Step { from: post as u32, unit: member.unit, pair: pair as u32 };
                    reach(places, search, next, longer, step, &mut end, &mut cost);
                }
            }
        }
        meter.spend(visited)?;
    }
    for &(post, distance) in search.settled() {
        // A post settled before the cost fell below its distance keeps its price.
        places.prices_mut()[post as usize] += (cost - distance).max(0);
    }
    Ok(shift(places, search, unit, end))
}

/// Notes a way to `post`, which is an end if it has a free seat.
fn reach(places: &Places, search: &mut Search, post: usize, distance: i64, step: Step, end: &mut End, cost: &mut i64) {
    if distance < *cost {
        search.reach(post, distance, step);
        if places.vacant(post) > 0 {
            (*end, *cost) = (End::Seat(post), distance);
        }
    }
}

/// Moves as many members as possible along the chain that ends at `end`; false if the unit stays unplaced.
fn shift(places: &mut Places, search: &Search, unit: usize, end: End) -> bool {
    let (last, mut count) = match end {
        End::Stay => return false,
        End::Seat(post) => (post, places.vacant(post).min(places.free(unit))),
        End::GiveUp(post, member) => (post, places.seated(post, member).min(places.free(unit))),
    };
    let mut step = search.step(last);
    while step.from != START {
        count = count.min(places.seated(step.from as usize, step.unit));
        step = search.step(step.from as usize);
    }
    if let End::GiveUp(post, member) = end {
        places.pull(post, member, count);
    }
    let mut post = last;
    loop {
        let step = search.step(post);
        if step.from != START {
            places.pull(step.from as usize, step.unit, count);
        }
        places.put(post, Member { unit: step.unit, pair: step.pair, count });
        if step.from == START {
            return true;
        }
        post = step.from as usize;
    }
}

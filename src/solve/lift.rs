//! A large placement bonus is solved as a smaller one, and the prices lifted to the large one afterwards.
//!
//! A bonus that outweighs every difference of weights says "place as many people as possible, then look at
//! weights". Auctions climb to it slowly, and a much smaller bonus mostly says the same. Whether it did is seen from the result:
//! collect the posts that unplaced members could take, those that the people there could take, and so on. If one
//! of these has a free seat, another person could be placed, and the bonus was too small. If all are full, raising
//! each of their prices by what the bonus grew changes no unit's best choice: the units met on the way have no other
//! posts, and every other unit is placed elsewhere and earns the difference. Rents, prices and placement are then
//! those of an optimum under the large bonus.
//!
//! Cost: one pass over the rows of the units met.

use super::meter::Meter;
use super::place::Places;
use super::rows::Rows;
use crate::control::Stop;

/// The first bonus tried, in multiples of what weights differ by; and the factor to the next one.
const FIRST: i64 = 8;
const NEXT: i64 = 16;

/// The bonuses worth trying before that of `rows`, ascending.
pub(super) fn smaller_bonuses(rows: Rows<'_>) -> impl Iterator<Item = i64> {
    let bonus = -rows.outside;
    let first = if bonus > 0 {
        let (lightest, heaviest) = rows.range();
        // Every pair must gain something, or some people would rather stay out.
        FIRST * (heaviest - lightest).max(-lightest).max(1)
    } else {
        bonus
    };
    // A factor that saves less than one phase of the auction is not worth a try. (Below 2^53, so the product fits.)
    std::iter::successors(Some(first), |small| Some(small * NEXT)).take_while(move |&small| small < bonus / NEXT)
}

/// Scratch between runs.
#[derive(Debug, Default)]
pub(super) struct Lift {
    met: Vec<bool>,
    contested: Vec<bool>,
    queue: Vec<u32>,
}

impl Lift {
    /// Raises prices by `growth` of the bonus where that is due; false, with nothing changed, if another person could be placed.
    pub(super) fn raise(
        &mut self,
        rows: Rows<'_>,
        places: &mut Places,
        growth: i64,
        meter: &mut Meter<'_>,
    ) -> Result<bool, Stop> {
        let Self { met, contested, queue } = self;
        queue.clear();
        queue.extend((0..places.units() as u32).filter(|&unit| places.free(unit as usize) > 0));
        met.clear();
        met.extend((0..places.units()).map(|unit| places.free(unit) > 0));
        contested.clear();
        contested.resize(places.prices().len(), false);
        while let Some(unit) = queue.pop() {
            meter.spend(rows.row(unit as usize).len())?;
            for (post, _) in rows.pairs(unit as usize) {
                if places.vacant(post) > 0 {
                    return Ok(false);
                }
                if !std::mem::replace(&mut contested[post], true) {
                    for member in places.members(post) {
                        if !std::mem::replace(&mut met[member.unit as usize], true) {
                            queue.push(member.unit);
                        }
                    }
                }
            }
        }
        for (price, _) in places.prices_mut().iter_mut().zip(contested).filter(|(_, contested)| **contested) {
            *price += growth;
        }
        Ok(true)
    }
}

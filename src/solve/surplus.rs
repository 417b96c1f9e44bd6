//! More people want a seat than there are: prices rise everywhere at once until as many have lost interest.
//!
//! Where nearly every seat is taken, somebody who still wants one can only get it if somebody else gives theirs up, and in a
//! well connected market that is the one person who gains least of all, however far away. A search for each would walk
//! through the whole market again and again. But raising every price by the same amount changes nothing between posts,
//! so it keeps everybody at their best post; those who gain less than that leave, and what remains are as many free seats
//! as people who want one, mostly close to each other.
//!
//! How far to raise is a guess: both repairs come after it, and put right what it overdoes.

use super::meter::Meter;
use super::place::Places;
use super::rows::Rows;
use super::shortlist::Shortlists;
use crate::control::Stop;

/// Units between two looks at the clock.
const CHUNK: usize = 1 << 12;

/// Free seats that cost nothing are as many as this part of the surplus at most: where there are more, the seats that are
/// wanted are not just any.
const UNWANTED: u64 = 2;

/// Raises prices if more people want a seat than there are free ones. `gains` is scratch.
pub(super) fn raise(
    rows: Rows<'_>,
    lists: &Shortlists,
    places: &mut Places,
    gains: &mut Vec<(i64, u32)>,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    let prices = places.prices();
    let vacant = |post: usize| u64::from(places.vacant(post));
    let seats: u64 = (0..prices.len()).map(vacant).sum();
    let unwanted: u64 = (0..prices.len()).filter(|&post| prices[post] == 0).map(vacant).sum();
    // First what the unplaced would gain; that is all there is to know in most markets.
    gains.clear();
    for first in (0..places.units()).step_by(CHUNK) {
        let mut visited = 0;
        for unit in first..places.units().min(first + CHUNK) {
            if places.free(unit) > 0 {
                let gain = lists.best(rows, unit, prices) - rows.outside;
                visited += 1;
                if gain > 0 {
                    gains.push((gain, places.free(unit)));
                }
            }
        }
        meter.spend(visited)?;
    }
    let wanted: u64 = gains.iter().map(|&(_, count)| u64::from(count)).sum();
    let surplus = wanted.saturating_sub(seats);
    if surplus == 0 || unwanted > surplus / UNWANTED {
        return Ok(());
    }
    for (post, price) in prices.iter().enumerate() {
        gains.extend(places.members(post).iter().map(|member| {
            let earned = rows.value(member.weight) - price;
            (earned - rows.outside, member.count)
        }));
        meter.look()?;
    }
    gains.sort_unstable();
    let mut left = surplus;
    let enough = gains.iter().find(|&&(_, count)| {
        left = left.saturating_sub(u64::from(count));
        left == 0
    });
    if let Some(&(by, _)) = enough {
        places.raise(rows, by);
    }
    Ok(())
}

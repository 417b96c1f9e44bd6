//! A few people too many: all prices rise at once.
//!
//! When every seat is taken, those left over would outbid each other until every price is where some of them, or somebody
//! else, gives up, one increment after the other. As in the repair ([`surplus`](crate::solve::surplus)), raising every price by what as
//! many people gain at most as there are too many gets there in one step; whoever would pay more for a seat goes on bidding
//! for those that are left.

use super::{Auction, CHUNK, TASK};
use crate::control::Stop;
use crate::parallel;
use crate::solve::bids::Offer;
use crate::solve::desk::Heads;
use crate::solve::meter::Meter;
use crate::solve::reverse::Seat;
use crate::solve::rough::Rough;
use crate::solve::shortlist::Shortlists;

impl<H: Heads> Auction<H> {
    /// Raises prices until no more of those who are to bid want a seat than there are free ones.
    pub(super) fn raise(
        &mut self,
        rough: Rough<'_>,
        lists: Option<&Shortlists>,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        self.seat(meter)?;
        let free: u64 = self.vacant.iter().map(|&seats| u64::from(seats)).sum();
        let surplus = (self.queue.len() as u64).saturating_sub(free) as usize;
        if surplus == 0 {
            return Ok(());
        }
        self.value(rough, lists, meter)?;
        let Self { desks, prices, seats, places, stays: gains, queue, increment, sorted, .. } = self;
        let offer = Offer { rough, prices, seats, increment: *increment };
        gains.clear();
        gains.resize(places.len(), 0);
        for (chunk, gains) in gains.chunks_mut(CHUNK).enumerate() {
            parallel::for_each_chunk(gains, TASK, |task, gains| {
                for (unit, gain) in (chunk * CHUNK + task * TASK..).zip(gains) {
                    let Seat { post, value } = places[unit];
                    *gain = match post {
                        Seat::ABSENT => 0,
                        Seat::NOWHERE => offer.gain(lists, unit),
                        post => value - prices[post as usize] - rough.outside,
                    };
                }
            });
            meter.look()?;
        }
        meter.spend(places.len())?;
        sorted.clear();
        sorted.extend(gains.iter().copied().filter(|&gain| gain > 0));
        if sorted.is_empty() {
            return Ok(());
        }
        let last = surplus.min(sorted.len()) - 1;
        let by = *sorted.select_nth_unstable(last).1;
        for (desk, price) in desks.iter_mut().zip(prices) {
            *price += by;
            desk.renew(*price, |bid| (gains[bid.unit() as usize] >= by).then(|| bid.amount() + by));
            *price = desk.price();
        }
        queue.retain(|&unit| gains[unit as usize] > by);
        Ok(())
    }
}

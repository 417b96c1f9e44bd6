//! Between phases: who sits where, and posts that are left with a free seat at a price sell it.

use super::{Auction, CHUNK, DESKS, TAIL, TASK};
use crate::control::Stop;
use crate::parallel;
use crate::solve::desk::{Desk, Heads, Held};
use crate::solve::meter::Meter;
use crate::solve::reverse::{Market, Seat};
use crate::solve::rough::Rough;
use crate::solve::schedule::Phase;
use crate::solve::shortlist::Shortlists;

/// Sales that a seat that is left free at a price may cause.
const SALES: usize = 100;

impl<H: Heads> Auction<H> {
    /// Notes where every unit sits, and how many seats are free.
    pub(super) fn seat(&mut self, meter: &Meter<'_>) -> Result<(), Stop> {
        let Self { desks, places, vacant, .. } = self;
        for place in places.iter_mut().filter(|place| place.post != Seat::ABSENT) {
            place.post = Seat::NOWHERE;
        }
        for (post, desk) in (0u32..).zip(&*desks) {
            if (post as usize).is_multiple_of(DESKS) {
                meter.look()?;
            }
            for bid in desk.held() {
                places[bid.unit() as usize].post = post;
            }
        }
        vacant.clear();
        vacant.extend(desks.iter().map(Desk::vacant));
        Ok(())
    }

    /// Notes what its seat is worth to every unit.
    pub(super) fn value(
        &mut self,
        rough: Rough<'_>,
        listed: Option<&Shortlists>,
        meter: &Meter<'_>,
    ) -> Result<(), Stop> {
        let places = &mut self.places;
        for (chunk, places) in places.chunks_mut(CHUNK).enumerate() {
            parallel::for_each_chunk(places, TASK, |task, places| {
                let units = chunk * CHUNK + task * TASK..;
                for (unit, place) in units.zip(places).filter(|(_, place)| place.post < Seat::ABSENT) {
                    let own = |(post, weight): (u32, i32)| (post == place.post).then_some(rough.value(weight));
                    let known = listed.and_then(|lists| lists.of(unit).entries().find_map(own));
                    place.value = known.or_else(|| rough.rows.entries(unit).find_map(own)).unwrap_or(0);
                }
            });
            meter.look()?;
        }
        Ok(())
    }

    /// Lets posts sell what is left free at a price.
    pub(super) fn sell(
        &mut self,
        rough: Rough<'_>,
        lists: &mut Shortlists,
        phase: &Phase,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        self.seat(meter)?;
        let left: u64 = (self.vacant.iter().zip(&self.prices))
            .filter(|(_, price)| **price > 0)
            .map(|(free, _)| u64::from(*free))
            .sum();
        if left <= 2 * (self.places.len() / TAIL) as u64 {
            return Ok(());
        }
        let listed = phase.listed.then_some(&*lists);
        self.value(rough, listed, meter)?;
        let Self { desks, prices, places, vacant, reverse, .. } = self;
        let mut market = Market { rough, lists: listed, prices, vacant, seats: places, increment: phase.increment };
        let patience = SALES.saturating_mul(left as usize);
        let fallen = reverse.run(&mut market, phase.reach, patience, meter, |unit, from, to| {
            if from != Seat::NOWHERE {
                desks[from as usize].withdraw(unit);
            }
            desks[to as usize].seat(Held::new(0, unit, 1));
        })?;
        lists.loosen(rough.wide(fallen));
        Ok(())
    }
}

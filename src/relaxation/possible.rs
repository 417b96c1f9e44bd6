//! How many of each group can be placed at once: questions, and what the answers say of further ones.

use super::floors::with_floors;
use crate::conflict::{Answer, End, Limits, Side, State, Subject};
use crate::control::Control;
use crate::docking::Docking;
use crate::engine::Engine;
use crate::error::Error;
use crate::formulation::Origin;
use crate::graph::Span;
use crate::market::{Facet, Market};

/// No placement has more than `most` people in sum if no more are counted of each group than here.
struct Cut {
    counted: Vec<u64>,
    most: u64,
}

impl Cut {
    fn refuses(&self, floors: &[u64]) -> bool {
        let counted = self.counted.iter().zip(floors).map(|(most, floor)| u128::from(*most.min(floor)));
        counted.sum::<u128>() > u128::from(self.most)
    }
}

/// The minimum of a group.
struct Minimum {
    /// Its number among the limits.
    limit: usize,
    /// People of the group whose placement stands.
    standing: u64,
}

/// A question that was not answered within the limits.
pub(super) struct Unknown;

/// What numbers of people of each group some placement reaches.
///
/// Goals are not asked about: people are worth nothing, and whoever is missing from a minimum costs 1. Minimums that the proof that so
/// many are missing does not name may be left out, so that it holds for whatever they are.
pub(super) struct Possible<'a> {
    limits: Limits,
    minimums: Vec<Minimum>,
    control: &'a Control<'a>,
    /// How many of each group some placements have.
    known: Vec<Vec<u64>>,
    cuts: Vec<Cut>,
}

impl<'a> Possible<'a> {
    /// Of the market of `engine`'s round, some placement of which has `known` of each of `groups`. Cost: preparing the round.
    ///
    /// # Errors
    /// Those of a round where everybody of these groups must be placed.
    pub(super) fn of(
        engine: &Engine,
        market: &Market,
        groups: &[(Facet, u64)],
        known: Vec<u64>,
        control: &'a Control<'a>,
    ) -> Result<Self, Error> {
        let everybody = with_floors(market, groups)?;
        let limits = Limits::of(&Docking::prepare(&everybody, engine.config(), control)?);
        let minimum = |(group, people): &(Facet, u64)| {
            let is_floor = |subject: &Subject| match subject {
                Subject::Group(Origin::Quota { quota, .. }) => {
                    let quota = everybody.quota(*quota);
                    quota.of == [group.clone()] && market.quotas().iter().all(|other| other.id != quota.id)
                }
                _ => false,
            };
            let limit = limits.all.iter().position(|strict| is_floor(&strict.subject))?;
            let asked = u64::try_from(limits.all[limit].span.min()).unwrap_or(0);
            Some(Minimum { limit, standing: people.saturating_sub(asked) })
        };
        let minimums = groups.iter().map(|group| minimum(group).expect("every floor is a limit")).collect();
        Ok(Self { limits, minimums, control, known: vec![known], cuts: Vec::new() })
    }

    /// Whether it is known that some placement has so many of each group, or that none has.
    pub(super) fn is_known(&self, floors: &[u64]) -> Option<bool> {
        let reached = |known: &Vec<u64>| known.iter().zip(floors).all(|(placed, floor)| placed >= floor);
        let refused = || self.cuts.iter().any(|cut| cut.refuses(floors)).then_some(false);
        if self.known.iter().any(reached) { Some(true) } else { refused() }
    }

    /// Whether some placement has so many of each group; by a question if that is not known.
    pub(super) fn is_possible(&mut self, floors: &[u64]) -> Result<bool, Unknown> {
        if let Some(known) = self.is_known(floors) {
            return Ok(known);
        }
        for (minimum, floor) in self.minimums.iter().zip(floors) {
            let span = &mut self.limits.all[minimum.limit].span;
            // Nobody has more people than a load can be.
            let least = i64::try_from(floor.saturating_sub(minimum.standing)).unwrap_or(span.max());
            *span = Span::new(least, span.max());
        }
        let is_floor =
            |end: End| end.side == Side::Least && self.minimums.iter().any(|minimum| minimum.limit == end.limit);
        let state = |end: End| if is_floor(end) { State::Soft } else { State::Held };
        let Answer::Best { matching, value, named } = self.limits.ask(&state, None, self.control) else {
            return Err(Unknown);
        };
        let placed = |minimum: &Minimum| {
            minimum.standing + u64::try_from(self.limits.load(minimum.limit, &matching)).unwrap_or(0)
        };
        self.known.push(self.minimums.iter().map(placed).collect());
        if value < 0 {
            let counted = |(minimum, floor): (&Minimum, &u64)| if named.contains(&minimum.limit) { *floor } else { 0 };
            let counted: Vec<u64> = self.minimums.iter().zip(floors).map(counted).collect();
            let missing = value.unsigned_abs();
            let most = counted.iter().map(|people| u128::from(*people)).sum::<u128>().saturating_sub(missing);
            self.cuts.push(Cut { counted, most: u64::try_from(most).unwrap_or(u64::MAX) });
        }
        Ok(value == 0)
    }
}

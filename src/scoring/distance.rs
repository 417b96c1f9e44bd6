//! How near home and work are.

use std::collections::BTreeSet;

use super::criterion::View;
use crate::market::{Catalogue, Degrees, Market, PostIx, RegionCode, SupplyIx};
use crate::parallel;

/// Mean radius of the Earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// Great-circle distances between the divisions people live in and those posts are in.
#[derive(Debug)]
pub(super) struct Distances {
    homes: Vec<u32>,
    places: Vec<u32>,
    width: usize,
    /// Hundreds of metres, whole; none where a division has no coordinates.
    hectometres: Vec<Option<u32>>,
}

impl Distances {
    /// The distances a market needs. Cost: divisions of homes times divisions of posts.
    pub(super) fn of_market(market: &Market) -> Self {
        let home = |unit| market.unit(unit).region.unwrap_or(market.division_of(market.party_of(market.home_of(unit))));
        let homes: Vec<RegionCode> = SupplyIx::all(market.supply().len()).map(home).collect();
        let places: Vec<RegionCode> = PostIx::all(market.posts().len()).map(|post| market.region_of(post)).collect();
        let (homes, home_codes) = dense(&homes);
        let (places, place_codes) = dense(&places);
        let width = place_codes.len();
        let hectometres = parallel::map(home_codes.len() * width, |k| {
            between(market.catalogue(), home_codes[k / width], place_codes[k % width])
        });
        Self { homes, places, width, hectometres }
    }

    fn hectometres(&self, unit: SupplyIx, post: PostIx) -> Option<u32> {
        self.hectometres[self.homes[unit.index()] as usize * self.width + self.places[post.index()] as usize]
    }
}

/// Each code as its rank among the distinct ones, and those.
fn dense(codes: &[RegionCode]) -> (Vec<u32>, Vec<RegionCode>) {
    let distinct: Vec<RegionCode> = codes.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let rank = |code| distinct.partition_point(|other| other < code) as u32;
    (codes.iter().map(rank).collect(), distinct)
}

/// The distance of two divisions by the haversine formula, in hundreds of metres.
///
/// The functions are those of one software library, so that every machine gives the same number.
fn between(catalogue: &Catalogue, from: RegionCode, to: RegionCode) -> Option<u32> {
    let radians = |degrees: Degrees| f64::from(degrees.micro()) * (std::f64::consts::PI / 180e6);
    let ((lon_a, lat_a), (lon_b, lat_b)) = (catalogue.coordinates(from)?, catalogue.coordinates(to)?);
    let (lon_a, lat_a, lon_b, lat_b) = (radians(lon_a), radians(lat_a), radians(lon_b), radians(lat_b));
    let square_of_half = |angle: f64| {
        let sine = libm::sin(angle / 2.0);
        sine * sine
    };
    let haversine = square_of_half(lat_b - lat_a) + libm::cos(lat_a) * libm::cos(lat_b) * square_of_half(lon_b - lon_a);
    let metres = 2.0 * EARTH * libm::asin(libm::sqrt(haversine.clamp(0.0, 1.0)));
    Some((metres / 100.0).round() as u32)
}

/// 1 at the same place, falling evenly to 0 at the far distance of the criteria; 0.5 where the distance is unknown.
pub(super) fn value(view: &View<'_>) -> f64 {
    let far = f64::from(view.ground.criteria.far_km.max(1)) * 10.0;
    let distance = view.ground.distances.hectometres(view.unit, view.post);
    distance.map_or(0.5, |distance| 1.0 - (f64::from(distance) / far).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::{Market, Region, Round};

    #[test]
    fn dalian_to_beijing_is_four_hundred_and_sixty_kilometres() -> Result<(), Box<dyn std::error::Error>> {
        let (beijing, dalian): (RegionCode, RegionCode) = ("110000".parse()?, "210200".parse()?);
        let region = |code, longitude, latitude| {
            let degrees = |micro| Some(Degrees::from_micro(micro));
            Region::new(code, "somewhere", degrees(longitude), degrees(latitude))
        };
        let market = Market::builder(Round::new("r", jiff::civil::date(2026, 1, 1), 0))
            .region(region(beijing, 116_407_394, 39_904_211))
            .region(region(dalian, 121_614_848, 38_914_086))
            .build()?;
        assert_eq!(between(market.catalogue(), beijing, dalian), Some(4_607));
        assert_eq!(between(market.catalogue(), dalian, dalian), Some(0));
        assert_eq!(
            between(market.catalogue(), "210213".parse()?, beijing),
            Some(4_607),
            "a district without a seat uses its city"
        );
        assert_eq!(between(market.catalogue(), "220000".parse()?, beijing), None);
        Ok(())
    }
}

//! What a criterion is.

use serde::{Deserialize, Serialize};

use super::distance::Distances;
use crate::language::vocabulary;
use crate::market::{Flag, Home, Market, Party, Post, PostIx, ProgrammeCode, Supply, SupplyIx};

vocabulary! {
    /// A criterion: how good a pair is in one respect, from 0 to 1.
    Criterion {
        /// How well the programme trains for the occupation.
        Fit = "fit", "programme fits occupation", "专业与职业匹配";
        /// How high the demand side ranks the programme.
        Wanted = "wanted", "wanted by the post", "岗位意向";
        /// Pay.
        Pay = "pay", "pay", "报酬";
        /// Agreement between school and enterprise.
        Agreement = "agreement", "agreement", "校企协议";
        /// Share of the sponsors the school works with.
        Sponsors = "sponsors", "shared sponsors", "共同发起单位";
        /// Priority sector.
        Sector = "sector", "priority sector", "重点产业";
        /// How high the person ranks the post.
        Wish = "wish", "wish", "本人志愿";
        /// Nearness of home and work.
        Distance = "distance", "nearness", "就近";
        /// Grades of qualification beyond what is asked.
        Qualification = "qualification", "qualification surplus", "证书富余";
        /// Equity.
        Equity = "equity", "equity", "公平扶助";
        /// Staying where the previous round placed.
        Stay = "stay", "staying where placed before", "保持上轮安置";
    }
}

/// Weights of the criteria in points, and their numbers. A pair scores `sum of weight * value`, so the weights are also
/// the most points a criterion can give. The default weights add up to 100, and 20 for staying, which only a market with
/// placements of a previous round can earn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Criteria {
    /// Points of each criterion, 0 to 1000.
    #[serde(with = "weights_by_criterion")]
    weights: [u32; Criterion::ALL.len()],
    /// Distance in kilometres from which nearness is worth nothing. Default 100.
    pub far_km: u32,
    /// Pay in CNY a month from which pay is worth full points. Default 8000.
    pub full_pay: u32,
    /// Sectors with priority. Default none.
    pub priority_sectors: Vec<String>,
    /// Circumstances that earn the equity points. Default all of them.
    pub equity_flags: Vec<Flag>,
}

/// The largest weight of one criterion.
pub const MOST_POINTS: u32 = 1000;

/// The default weight of staying.
const STAY: u32 = 20;

impl Default for Criteria {
    fn default() -> Self {
        Self {
            weights: [28, 12, 8, 6, 2, 4, 22, 8, 6, 4, STAY],
            far_km: 100,
            full_pay: 8000,
            priority_sectors: Vec::new(),
            equity_flags: Flag::ALL.to_vec(),
        }
    }
}

impl Criteria {
    /// Points of `criterion`.
    #[must_use]
    pub const fn weight(&self, criterion: Criterion) -> u32 {
        self.weights[criterion as usize]
    }

    /// The same criteria with `points` (at most [`MOST_POINTS`]) for `criterion`.
    #[must_use]
    pub fn with_weight(mut self, criterion: Criterion, points: u32) -> Self {
        self.weights[criterion as usize] = points.min(MOST_POINTS);
        self
    }

    /// The first criterion whose weight is out of range.
    #[must_use]
    pub fn overweight(&self) -> Option<Criterion> {
        Criterion::ALL.iter().copied().find(|criterion| self.weight(*criterion) > MOST_POINTS)
    }
}

/// Weights as an object from criterion to points; criteria left out keep their default. The default of staying is not
/// written, so that configurations keep the digest they had before there was such a criterion.
mod weights_by_criterion {
    use serde::{Deserializer, Serializer};

    use super::{Criteria, Criterion, STAY};
    use crate::language::entries;

    const COUNT: usize = Criterion::ALL.len();

    pub(super) fn serialize<S: Serializer>(weights: &[u32; COUNT], serializer: S) -> Result<S::Ok, S::Error> {
        let written = |(criterion, points): &(&Criterion, &u32)| **criterion != Criterion::Stay || **points != STAY;
        serializer.collect_map(Criterion::ALL.iter().zip(weights).filter(written))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u32; COUNT], D::Error> {
        let mut weights = Criteria::default().weights;
        for (criterion, points) in entries::<Criterion, u32, D>(deserializer)? {
            weights[criterion as usize] = points;
        }
        Ok(weights)
    }
}

/// What every criterion may look at, prepared once a market.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    pub(super) market: &'a Market,
    pub(super) criteria: &'a Criteria,
    pub(super) distances: Distances,
}

/// A pair as a criterion sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) unit: SupplyIx,
    pub(super) post: PostIx,
}

impl<'a> View<'a> {
    pub(super) fn market(&self) -> &'a Market {
        self.ground.market
    }

    pub(super) fn supply(&self) -> &'a Supply {
        self.ground.market.unit(self.unit)
    }

    pub(super) fn offer(&self) -> &'a Post {
        self.ground.market.post(self.post)
    }

    pub(super) fn party(&self) -> Party {
        self.market().party_of(self.market().home_of(self.unit))
    }

    /// The catalogue code of the unit's programme; none for employees.
    pub(super) fn programme(&self) -> Option<ProgrammeCode> {
        match self.market().home_of(self.unit) {
            Home::Programme(programme) => Some(self.market().programme(programme).code),
            Home::Enterprise(_) => None,
        }
    }
}

/// How a criterion is computed: a pure function of the pair with values from 0 to 1.
pub(super) type Value = fn(&View<'_>) -> f64;

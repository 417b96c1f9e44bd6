//! The charges under which the matchings met so far prove the lowest bound: the master problem of Dantzig and Wolfe (1960).
//!
//! Every matching gives a bound that falls with each charge by its load; the charges wanted make the highest of these lowest.
//! By duality that is the best mixture of matchings that keeps all spans on average, and the charges are its multipliers: a small linear
//! program (`simplex`), in floating point. Its answer only says where to look next, and proves nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::loads::Loads;
use super::simplex::{Row, Simplex};
use super::view::{Decision, View};
use crate::graph::{Coupling, Load, Matching, Problem};
use crate::index::PairId;

/// So near to a whole number a part of people is rounding.
const WHOLE: f64 = 1e-3;

/// A matching met.
pub(super) struct Met {
    /// What it is worth without the fines of couplings.
    value: i128,
    matching: Matching,
    loads: Loads,
}

impl Met {
    /// The load of a coupling, times `sign`.
    pub(super) fn signed(&self, sign: i64, coupling: usize) -> i64 {
        sign * self.loads.couplings[coupling]
    }

    fn keeps(&self, (on, min, max): Decision) -> bool {
        let load = match on {
            Load::Pair(pair) => self.matching.count(pair),
            on => self.loads.at(on),
        };
        (min..=max).contains(&load)
    }
}

/// What the matchings met suggest.
pub(super) struct Suggestion {
    pub(super) charges: Vec<i64>,
    /// The share of each matching in the best mixture, in the order in which they were met.
    shares: Vec<f64>,
}

impl Suggestion {
    /// Whether some charge would go farther.
    pub(super) fn is_at_reach(&self, centre: &[i64], reach: i64) -> bool {
        self.charges.iter().zip(centre).any(|(charge, centre)| charge.abs_diff(*centre) >= reach.unsigned_abs())
    }
}

/// What a coupling may hold without a fine, and the most it may charge, with either sign.
struct Limit {
    span: (i64, i64),
    most: i64,
}

/// See the [page](self).
pub(super) struct Master {
    limits: Vec<Limit>,
    columns: Vec<Arc<Met>>,
}

impl Master {
    /// No coupling is to charge more than `most`. Of those `met` in a larger case the ones that keep `decisions` are of use.
    pub(super) fn new(problem: &Problem, view: &View, most: i64, met: &[Arc<Met>], decisions: &[Decision]) -> Self {
        let limit = |(coupling, &ends): (&Coupling, &(i64, i64))| {
            let span = (coupling.span().min(), coupling.span().max());
            match coupling.penalty() {
                Some(penalty) => Limit { span, most: penalty.min(most) },
                None => Limit { span: ends, most },
            }
        };
        let limits = problem.couplings().iter().zip(&view.couplings).map(limit).collect();
        let kept = met.iter().filter(|met| decisions.iter().all(|&decision| met.keeps(decision)));
        Self { limits, columns: kept.cloned().collect() }
    }

    /// Takes note of a matching, worth `value` without the fines of couplings.
    pub(super) fn note(&mut self, value: i128, matching: &Matching, loads: &Loads) {
        self.columns.push(Arc::new(Met { value, matching: matching.clone(), loads: loads.clone() }));
    }

    /// The matchings met, the last `most` of them.
    pub(super) fn met(&self, most: usize) -> Vec<Arc<Met>> {
        self.columns[self.columns.len().saturating_sub(most)..].to_vec()
    }

    /// What the matchings met prove under `charges`, if there were no others.
    pub(super) fn bound(&self, charges: &[i64]) -> i128 {
        let paid = |column: &Arc<Met>| {
            let paid = charges
                .iter()
                .zip(&column.loads.couplings)
                .map(|(&charge, &load)| i128::from(charge) * i128::from(load));
            column.value - paid.sum::<i128>()
        };
        let ranges = self.limits.iter().zip(charges).map(|(limit, &charge)| {
            let load = if charge > 0 { limit.span.1 } else { limit.span.0 };
            i128::from(load) * i128::from(charge)
        });
        self.columns.iter().map(paid).max().unwrap_or(0) + ranges.sum::<i128>()
    }

    /// The charges within `reach` of `centre` under which the matchings met prove least, and their best mixture.
    pub(super) fn suggest(&self, centre: &[i64], reach: i64) -> Suggestion {
        let mut charges = vec![0; centre.len()];
        let mut rows = Vec::new();
        for (coupling, (limit, &centre)) in self.limits.iter().zip(centre).enumerate() {
            for (sign, most) in [(1, limit.span.1), (-1, -limit.span.0)] {
                // A side that no matching met breaks has no reason to charge.
                if sign * centre > 0 || self.columns.iter().any(|column| column.signed(sign, coupling) > most) {
                    let end = |by: i64| (sign * centre).saturating_add(by).clamp(0, limit.most) as f64;
                    rows.push(Row { coupling, sign, most, least: end(-reach), dearest: end(reach) });
                }
            }
        }
        let first = self.columns.first().map_or(0, |first| first.value);
        let values = self.columns.iter().map(|column| (column.value - first) as f64);
        let (prices, shares) = Simplex::new(&rows, &self.columns, values.collect()).run();
        for (row, price) in rows.iter().zip(prices) {
            charges[row.coupling] += row.sign * price.round() as i64;
        }
        let within = charges.iter().zip(centre).zip(&self.limits).map(|((&charge, &centre), limit)| {
            charge.clamp(centre.saturating_sub(reach), centre.saturating_add(reach)).clamp(-limit.most, limit.most)
        });
        Suggestion { charges: within.collect(), shares }
    }

    /// The pairs among the `wanted` by which the mixture places parts of people, each with the number of people.
    pub(super) fn parts(&self, suggestion: &Suggestion, wanted: impl Fn(PairId) -> bool) -> Vec<(PairId, f64)> {
        let mut counts: BTreeMap<PairId, f64> = BTreeMap::new();
        for (column, &share) in self.columns.iter().zip(&suggestion.shares).filter(|(_, share)| **share > 0.0) {
            for placement in column.matching.placements().iter().filter(|placement| wanted(placement.pair)) {
                *counts.entry(placement.pair).or_default() += share * f64::from(placement.count);
            }
        }
        counts.retain(|_, count| (*count - count.round()).abs() > WHOLE);
        counts.into_iter().collect()
    }
}

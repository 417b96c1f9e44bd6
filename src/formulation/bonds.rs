//! Limits of bonds: cohorts placed whole, people who go together or apart.

use std::collections::{BTreeMap, BTreeSet};

use super::FormulationError;
use super::limits::{Limit, Members, Origin, Rows, broken};
use crate::graph::Span;
use crate::index::PairId;
use crate::market::{BondIx, BondKind, Party, SupplyIx};

impl Rows<'_> {
    /// The limits of every bond; who has left binds nobody.
    pub(super) fn bonds(&self, limits: &mut Vec<(Origin, Limit)>) -> Result<(), FormulationError> {
        let market = self.market;
        for bond in BondIx::all(market.bonds().len()) {
            let row = &market.bonds()[bond.index()];
            let units: Vec<SupplyIx> =
                market.bound_by(bond).iter().copied().filter(|unit| market.present(*unit) > 0).collect();
            let mut parts = 0..;
            let mut push = |pairs, against, span| {
                let (members, part) = (Members::Pairs(pairs, against), parts.next().unwrap_or(u32::MAX));
                limits.push((Origin::Bond { bond, part }, Limit { members, span, penalty: None }));
            };
            match row.kind {
                BondKind::Whole => {
                    for unit in units {
                        let present = market.present(unit);
                        if let Some(torn) = market.frozen(unit).iter().find(|placement| placement.people < present) {
                            return Err(broken(row.id.clone(), torn.people.into(), 0));
                        }
                        let heads = i64::from(market.open_headcount(unit));
                        let whole = Span::new(heads, heads).or_closed();
                        for pair in self.graph.row(self.unit_ids[unit.index()]).filter(|_| heads > 1) {
                            push(vec![PairId::new(pair as u32)], Vec::new(), whole);
                        }
                    }
                }
                BondKind::Together => {
                    let standing: BTreeSet<Party> = units.iter().filter_map(|unit| self.stands_at(*unit)).collect();
                    if standing.len() > 1 {
                        return Err(broken(row.id.clone(), standing.len() as u64, 1));
                    }
                    if let Some(there) = standing.first() {
                        // Somebody stands: each of the others must go there.
                        for unit in units.into_iter().filter(|unit| self.stands_at(*unit).is_none()) {
                            push(self.by_owner(unit).remove(there).unwrap_or_default(), Vec::new(), Span::new(1, 1));
                        }
                        continue;
                    }
                    for two in units.windows(2) {
                        let (mut one, mut other) = (self.by_owner(two[0]), self.by_owner(two[1]));
                        for owner in one.keys().chain(other.keys()).copied().collect::<BTreeSet<_>>() {
                            let pairs = [&mut one, &mut other].map(|pairs| pairs.remove(&owner).unwrap_or_default());
                            let [pairs, against] = pairs;
                            push(pairs, against, Span::new(0, 0));
                        }
                    }
                }
                BondKind::Apart => {
                    let mut owners: BTreeMap<Party, (u32, Vec<Vec<PairId>>)> = BTreeMap::new();
                    for unit in units {
                        if let Some(owner) = self.stands_at(unit) {
                            owners.entry(owner).or_default().0 += 1;
                            continue;
                        }
                        for (owner, pairs) in self.by_owner(unit) {
                            owners.entry(owner).or_default().1.push(pairs);
                        }
                    }
                    for (standing, pairs) in owners.into_values() {
                        if standing > 1 {
                            return Err(broken(row.id.clone(), standing.into(), 1));
                        }
                        if standing as usize + pairs.len() > 1 {
                            push(pairs.concat(), Vec::new(), Span::new(0, 1 - i64::from(standing)));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Who offers the post at which the placement of a person stands.
    fn stands_at(&self, unit: SupplyIx) -> Option<Party> {
        self.market.frozen(unit).first().map(|placement| self.market.owner_of(placement.post))
    }

    /// The pairs of a unit by who offers the post.
    fn by_owner(&self, unit: SupplyIx) -> BTreeMap<Party, Vec<PairId>> {
        let mut owners: BTreeMap<Party, Vec<PairId>> = BTreeMap::new();
        for pair in self.graph.row(self.unit_ids[unit.index()]) {
            let pair = PairId::new(pair as u32);
            let post = self.posts[self.graph.post_of(pair).index()];
            owners.entry(self.market.owner_of(post)).or_default().push(pair);
        }
        owners
    }
}

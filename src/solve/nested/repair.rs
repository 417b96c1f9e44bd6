//! Arcs whose multiplier does not suit their load are repaired one after the other.

use super::circulation::Circulation;
use super::network::{Entry, Network};
use super::search::{Search, near};
use crate::control::{Phase, Stop};
use crate::graph::{Side, Witness};
use crate::solve::bounds::{FOREVER, Way};
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// Reports in one run, at most.
const REPORTS: u64 = 1 << 7;

/// The searches of a solve, and what they share.
pub(super) struct Repair {
    search: Search,
    /// The pairs of each post, once somebody looks against the flow.
    columns: Groups<Entry>,
}

impl Repair {
    /// `columns`: the pairs of each post, if they are known already.
    pub(super) fn new(network: &Network<'_>, columns: Groups<Entry>) -> Self {
        Self { search: Search::new(network), columns }
    }

    /// Brings people to every strict range that lacks some, or finds out that nobody can come. What holds enough
    /// stays so.
    pub(super) fn fill(
        &mut self,
        circulation: &mut Circulation<'_>,
        meter: &mut Meter<'_>,
    ) -> Result<Option<Witness>, Stop> {
        for node in order(circulation.network) {
            while circulation.is_broken(node) {
                if !self.step(circulation, (node, Way::More), FOREVER, meter)? {
                    return Ok(Some(Witness { prices: self.search.witness(circulation) }));
                }
            }
        }
        Ok(None)
    }

    /// Searches from every arc that wants more people or fewer until it does not. What is repaired stays so.
    pub(super) fn run(&mut self, circulation: &mut Circulation<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let total = circulation.network.len() as u64;
        for (done, node) in (0..).zip(order(circulation.network)) {
            if done % (total / REPORTS + 1) == 0 {
                if meter.is_due() {
                    circulation.offer(meter)?;
                }
                meter.report(Phase::Place, done, total);
            }
            while let Some((way, gain)) = circulation.wants(node) {
                self.step(circulation, (node, way), gain, meter)?;
            }
        }
        meter.report(Phase::Place, total, total);
        Ok(())
    }

    /// One search from an arc, and what it changes; false if it found that nobody can come who must.
    fn step(
        &mut self,
        circulation: &mut Circulation<'_>,
        (node, way): (usize, Way),
        limit: i64,
        meter: &mut Meter<'_>,
    ) -> Result<bool, Stop> {
        let network = circulation.network;
        if self.columns.is_empty() && near(network, node, way) == Side::Demand {
            meter.spend(network.rows.posts.len())?;
            self.columns = network.columns(meter)?;
        }
        let found = self.search.run(circulation, &self.columns, (node, way), limit, meter)?;
        if found || limit < FOREVER {
            self.search.reprice(circulation);
        }
        if found {
            self.search.shift(circulation, node, way);
        }
        Ok(found || limit < FOREVER)
    }
}

/// All arcs: the supply side from units up, then the demand side from posts up.
fn order(network: &Network<'_>) -> impl Iterator<Item = usize> + use<> {
    network.units().chain(network.supply_nodes()).chain(network.posts()).chain(network.demand_nodes())
}

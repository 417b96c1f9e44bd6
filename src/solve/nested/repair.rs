//! Idle arcs, those with room at a multiplier above 0, are repaired one after the other.

use super::circulation::Circulation;
use super::search::Search;
use crate::control::{Phase, Stop};
use crate::graph::Side;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// Reports in one run, at most.
const REPORTS: u64 = 1 << 7;

/// Searches from every idle arc until its multiplier is 0 or it is full. What is repaired stays so.
pub(super) fn repair(circulation: &mut Circulation<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
    let network = circulation.network;
    let mut search = Search::new(network);
    let mut columns = Groups::default();
    let order = network.units().chain(network.supply_nodes()).chain(network.posts()).chain(network.demand_nodes());
    let total = network.len() as u64;
    for (done, node) in (0..).zip(order) {
        if done % (total / REPORTS + 1) == 0 {
            if meter.is_due() {
                circulation.offer(meter)?;
            }
            meter.report(Phase::Place, done, total);
        }
        if columns.is_empty() && network.side(node) == Side::Demand && circulation.is_idle(node) {
            meter.spend(network.rows.posts.len())?;
            columns = network.columns(meter)?;
        }
        while circulation.is_idle(node) {
            let found = search.run(circulation, &columns, node, meter)?;
            search.reprice(circulation);
            if found {
                search.shift(circulation, node);
            }
        }
    }
    meter.report(Phase::Place, total, total);
    Ok(())
}

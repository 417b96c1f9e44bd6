//! Whether the limits of a market can all hold, without saying why not.

use crate::audit::audit;
use crate::conflict::{Answer, Limits, State};
use crate::control::Control;
use crate::docking::Docking;
use crate::engine::Engine;
use crate::market::Market;

/// A question was not answered.
pub(super) struct Unknown;

/// Whether some placement keeps every limit of `market`: one that the audit finds nothing wrong with.
pub(super) fn is_possible(engine: &Engine, market: &Market, control: &Control<'_>) -> Result<bool, Unknown> {
    let docking = Docking::prepare(market, engine.config(), control).map_err(|_| Unknown)?;
    let limits = Limits::of(&docking);
    match limits.ask(&|_| State::Held, None, control) {
        Answer::Best(matching, _) => {
            let placements = limits.placements(&docking, &matching);
            Ok(audit(market, &engine.config().rules, &placements).is_clean())
        }
        Answer::Impossible(_) => Ok(false),
        Answer::Unknown => Err(Unknown),
    }
}

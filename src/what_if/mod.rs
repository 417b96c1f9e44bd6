//! What if: a round once more with something changed, and what that changes.
//!
//! A [`ChangeSet`] is data in the words of the market document: rows that come, change or leave, and fields of the configuration.
//! The changed market is validated like any other, with every fault at once; its round begins from the one it is compared with
//! ([`Engine::run_from`]) and is proven like any other. A [`Comparison`] puts two proven rounds side by side; a [`Sweep`] is one
//! number of a change set with several values.
//!
//! ```
//! use jiff::civil::date;
//! use talent_match::market::*;
//! use talent_match::what_if::{ChangeSet, what_if};
//! use talent_match::{Config, Control, Engine};
//!
//! let window = [date(2026, 9, 1), date(2027, 2, 28)];
//! let mut post = Post::new("fitter", "Fitter", PostKind::Internship, "plant", 1, window);
//! post.occupation = Some("6-18-01-02".parse()?);
//! post.programmes = vec!["6601".parse()?];
//! let student = |id| Supply::student(id, "machining", 2, date(2009, 3, 1), window);
//! let market = Market::builder(Round::new("autumn", date(2026, 6, 1), 1))
//!     .school(School::new("school", "Vocational centre", Level::Secondary, "210213".parse()?))
//!     .programme(Programme::new("machining", "school", "660102".parse()?))
//!     .enterprise(Enterprise::new("plant", "Machine plant", "210213".parse()?, 800))
//!     .supply(student("li"))
//!     .supply(student("wu"))
//!     .post(post)
//!     .build()?;
//! let engine = Engine::new(Config::default())?;
//! let before = engine.run(&market, &Control::new())?;
//! let more: ChangeSet = serde_json::from_str(r#"{"put": {"posts": [{"id": "fitter", "seats_max": 2}]}}"#)?;
//! let comparison = what_if(&before, &more, &Control::new())?;
//! assert_eq!(comparison.goals[0].by(), Some(1.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod change_set;
mod comparison;
mod sweep;

pub use change_set::{ChangeSet, Changed, TABLES};
pub use comparison::{Comparison, GoalChange, PartyChange, Transfer, Turn, View};
pub use sweep::{Sweep, SweepPoint, SweepState, sweep};

use crate::control::Control;
use crate::engine::Engine;
use crate::error::Error;
use crate::solve::Workspace;
use crate::verified::Verified;

/// The round of `before` with `changes`, beside it. Cost: a round, mostly begun from what is known; `control` limits it.
///
/// # Errors
/// Those of [`ChangeSet::apply`] and [`Engine::run_from`].
pub fn what_if(before: &Verified<'_>, changes: &ChangeSet, control: &Control<'_>) -> Result<Comparison, Error> {
    let docking = before.docking();
    let Changed { market, config } = changes.apply(docking.market(), docking.config())?;
    let engine = Engine::new(config)?;
    let after = engine.run_from(&market, before, &mut Workspace::new(), control)?;
    Ok(Comparison::of(&changes.name, before, &after))
}

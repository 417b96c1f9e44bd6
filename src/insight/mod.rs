//! What a verified result means: tracks, members, scarcity, and why people or seats were left.
//!
//! Everything here is counted from a [`Verified`](crate::verified::Verified) result and its prices; nothing is guessed.

mod classes;
mod goals;
mod left;
mod members;
mod scarcity;
mod screening;
mod tracks;
mod unplaced;

pub use classes::{ClassLine, ClassState, classes};
pub use goals::{GoalValue, goals, worth};
pub use members::{EnterpriseLine, EquityLine, SchoolLine, WishLine, enterprises, equity, schools, wishes};
pub use scarcity::{PostLine, Vacancy, posts};
pub use screening::{CutLine, cuts};
pub use tracks::{TrackLine, tracks};
pub use unplaced::{Unplaced, unplaced};

//! What it would take: questions that are the round once more with something else.
//!
//! | question | answer |
//! |---|---|
//! | to open a class that did not open | [`cancelled`]: what the goals would lose, and with how many people it could open at no cost |
//! | to make a market possible whose limits cannot all hold | [`repairs`]: the limits that could give way, and by how many people |

mod change;
mod classes;
mod repairs;
mod split;

pub use change::{Change, ChangeKind, changed};
pub use classes::{Cost, Relaxation, cancelled};
pub use repairs::{Repair, Repairs, repairs};

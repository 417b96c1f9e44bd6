//! What it would take: questions that are the round once more with something else.
//!
//! | question | answer |
//! |---|---|
//! | to open a class that did not open | [`cancelled`]: what the goals would lose, and with how many people it could open at no cost |
//! | to make a market possible whose limits cannot all hold | [`repairs`]: the limits that could give way, and by how many people |
//! | to place at least a share of every group | [`floors`]: what each floor costs, as a curve |
//! | to place the group placed least as far as can be, then the next | [`leximin`]: how far each can be placed, and what it costs |

mod change;
mod classes;
mod floors;
mod leximin;
mod possible;
mod repairs;
mod split;

pub use change::{Change, ChangeKind, changed};
pub use classes::{Cost, Relaxation, cancelled};
pub use floors::{Floor, FloorState, GroupRate, floors};
pub use leximin::{Leximin, LeximinLevel, leximin};
pub use repairs::{Repair, Repairs, repairs};

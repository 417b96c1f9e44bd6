//! What a verified result means: tracks, members, scarcity, and why people or seats were left.
//!
//! Everything here is counted from a [`Verified`](crate::verified::Verified) result and its prices; nothing is guessed.
//!
//! [`blocking`] and [`fairness`] put envy and rates beside the goals; [`compliance`] goes through every rule of the market,
//! and [`key_figures`] are those a consortium reports.
//!
//! [`Insight`] answers about one placement, from what is known around the optimum ([`sensitivity`](crate::sensitivity)):
//!
//! | question | answer |
//! |---|---|
//! | why is somebody here | [`Insight::why`]: score, price, rent, the next best posts |
//! | was that decided before | [`Insight::stands`]: the decision, its round and reason |
//! | why not there | [`Insight::why_not`]: the rule that cuts and what would change it; or what it would lose, who would move, and how many points or seats turn the answer |
//! | how certain is it | [`Insight::certainty`], [`Insight::ties`]: in every best result, in some, in none; who was told apart from whom among equals, and by what ([`Insight::decider`]) |
//! | what is a seat worth | [`Insight::prices`], [`Insight::gains`]: one more and one fewer, and for how many it holds |

mod around;
mod blocking;
mod certainty;
mod chain;
mod classes;
mod compliance;
mod decided;
mod fairness;
mod flows;
mod goals;
mod group_name;
mod headroom;
mod incentives;
mod key_figures;
mod left;
mod limits;
mod members;
mod places;
mod post_name;
mod prices;
mod promises;
mod remedy;
mod round_figures;
mod scarcity;
mod screening;
mod shortages;
mod signals;
mod stands;
mod tracks;
mod unplaced;
mod why;
mod why_not;

pub use around::{Basis, Insight, Worth};
pub use blocking::{Blocking, BlockingPair, Envy, Outlet, blocking};
pub use certainty::{Certain, CertaintyCount, CertaintyLine, Decider, Tie, Tied};
pub use chain::{Chain, Change, Others, Step};
pub use classes::{ClassLine, ClassState, classes};
pub use compliance::{ComplianceLine, ComplianceState, Nearest, Seen, compliance};
pub use decided::{Decided, Waiting, WaitingList, decided, waiting_list};
pub use fairness::{FairnessLine, GROUPED_BY, Quantiles, fairness};
pub use flows::{Destination, FlowLine, flows};
pub(crate) use goals::to_a_millionth;
pub use goals::{GoalValue, goals, worth};
pub(crate) use group_name::{label_of, name_of};
pub use incentives::{IncentiveLine, incentives};
pub use key_figures::{KeyFigure, key_figures};
pub use limits::{LimitLoad, LimitState, RuleLine, limits, rules};
pub use members::{EnterpriseLine, EquityLine, SchoolLine, WishLine, enterprises, equity, schools, wishes};
pub use places::{PlaceLine, places};
pub use post_name::PostName;
pub use prices::{Force, LimitLine, PriceLine, Prices, Sides};
pub use promises::{PromiseLine, PromiseState, promises};
pub use round_figures::{OccupationFigures, ProgrammeName, RoundFigures};
pub use scarcity::{PostLine, Vacancy, posts};
pub use screening::{CutLine, cuts};
pub use shortages::{
    Cause, CauseLine, CutHome, PEOPLE_BY, POSTS_BY, ShortageCut, ShortageLine, Shortages, SurplusLine,
};
pub use signals::{ProgrammeFigures, ProgrammeSignal, Signal, SignalRules, signals};
pub use stands::Stands;
pub use tracks::{TrackLine, tracks};
pub use unplaced::{Unplaced, unplaced};
pub use why::{Alternative, Part, Why};
pub use why_not::{Cut, Forced, Seats, Verdict, WhyNot};

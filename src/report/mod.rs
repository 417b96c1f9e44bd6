//! Words and tables in Chinese and English, from verified results only.
//!
//! A [`Report`] is plain data first ([`serde::Serialize`]), text second ([`Report::text`]). It has no constructor but
//! [`Report::of`], which takes a [`Verified`](crate::verified::Verified) result.

mod answer_words;
mod answers;
mod compliance;
mod compliance_words;
mod conflict;
mod conflict_words;
mod fairness;
mod fairness_words;
mod incentives;
mod key_figure_words;
mod key_figures;
mod pledge_words;
mod promises;
mod reopening;
mod shortage_words;
mod shortages;
mod summary;
mod text;
mod what_if;
mod what_if_words;
mod words;

pub use answers::not_placed;
pub use reopening::reopening;
pub use shortages::scarcity;
pub(crate) use summary::stop_word;
pub use summary::{AuditLine, ConditionLine, Report, StatusLine};
pub use what_if::{floored, swept};

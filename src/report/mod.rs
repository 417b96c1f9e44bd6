//! Words and tables in Chinese and English, from verified results only.
//!
//! A [`Report`] is plain data first ([`serde::Serialize`]). It has no constructor but [`Report::of`], which takes a
//! [`Verified`](crate::verified::Verified) result. Its [`sections`](Report::sections) hold sentences and [`Table`]s in both languages;
//! every form is drawn from these alone:
//!
//! | form | call |
//! |---|---|
//! | text | [`Report::text`] |
//! | CSV, a file a table | [`Report::write_csv`] |
//! | JSON | [`Report::json`] |
//! | a page with pictures | `Report::page`, with the feature `page` |
//!
//! Shortages, answers about single placements and rounds with something changed stand in it where the caller asked for them
//! ([`Report::with_shortages`], [`Report::with_answers`], [`Report::with_what_if`], [`Report::with_curve`]).
//!
//! An [`Outlook`](crate::Outlook) over several rounds has the same forms.

#[cfg(feature = "forecast")]
mod ahead;
#[cfg(feature = "forecast")]
mod ahead_words;
mod amounts;
mod answer_words;
mod answers;
mod columns;
mod compliance_words;
mod conflict;
mod conflict_words;
mod document;
mod files;
mod key_figure_words;
mod measures;
mod outlook;
mod outlook_words;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "page")]
mod page_words;
mod picture;
mod pledge_words;
mod reopening;
mod section;
mod sections;
mod sectors;
mod summary;
mod table;
mod text;
mod what_if;
mod what_if_words;
mod words;

pub use answers::not_placed;
pub use columns::COLUMNS;
pub use picture::Picture;
pub use reopening::reopening;
pub use section::{Part, Section, Topic};
pub use sections::scarcity;
pub(crate) use summary::stop_word;
pub use summary::{AuditLine, ConditionLine, Curve, Report, StatusLine};
pub use table::{Cell, Column, Table, Unit};
pub use what_if::{floored, swept};

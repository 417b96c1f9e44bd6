//! The tables of a report: what text, CSV and page are drawn from, so that they cannot disagree.

use std::fmt::Display;

use serde::Serialize;

use super::picture::Picture;
use super::words as w;
use crate::language::{Language, Phrase, Words, vocabulary};

vocabulary! {
    /// What the cells of a column are.
    Unit {
        /// An id or code of the market; in files and on the page.
        Id = "id", "id", "编号";
        /// A name, or a stable code with words for it.
        Text = "text", "text", "文字";
        /// Words that a code beside them stands for; not in files.
        Words = "words", "words", "说明";
        /// People.
        People = "people", "people", "人";
        /// Seats.
        Seats = "seats", "seats", "席位";
        /// Posts, limits or other things that are counted.
        Count = "count", "number", "个数";
        /// Pairs of people and posts.
        Pairs = "pairs", "pairs", "对";
        /// A share of a whole, per cent.
        Share = "share", "per cent", "百分比";
        /// Points, or an amount of a goal.
        Amount = "amount", "points", "分";
        /// Money, in yuan.
        Money = "money", "yuan", "元";
        /// Degrees of longitude or latitude.
        Degrees = "degrees", "degrees", "度";
    }
}

impl Unit {
    /// Whether the text shows such a column.
    pub(super) const fn is_in_text(self) -> bool {
        !matches!(self, Self::Id | Self::Degrees)
    }

    /// Whether the cells are numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Id | Self::Text | Self::Words)
    }
}

/// A column: a stable code, what its cells are, and the words above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The code, as in the header of a CSV file.
    pub code: &'static str,
    /// What its cells are.
    pub unit: Unit,
    /// The words above it.
    pub words: Words,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A name or id, as the market writes it.
    Name(String),
    /// What stands in files, and how it is said.
    Said {
        /// In files.
        code: String,
        /// In words.
        words: Phrase,
    },
    /// Something counted.
    Count(i128),
    /// A part of a whole.
    Share {
        /// The part.
        part: u64,
        /// The whole.
        whole: u64,
    },
    /// Points, or an amount of a goal.
    Amount(f64),
    /// Money, in fen.
    Fen(u64),
    /// A place on the earth.
    Degrees(f64),
    /// Nothing is known or said.
    Nothing,
}

impl Cell {
    /// A stable code and the words for it.
    pub(super) fn term(code: &str, words: impl Into<Phrase>) -> Self {
        Self::Said { code: code.to_owned(), words: words.into() }
    }

    /// A name, or nothing where it is empty.
    pub(super) fn name(name: &str) -> Self {
        if name.is_empty() { Self::Nothing } else { Self::Name(name.to_owned()) }
    }

    pub(super) const fn share(part: u64, whole: u64) -> Self {
        Self::Share { part, whole }
    }

    /// The cell as people read it in `language`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Said { words, .. } => words.get(language).to_owned(),
            Self::Count(number) => grouped(number),
            Self::Share { part, whole } => share(*part, *whole),
            Self::Amount(amount) => number(*amount),
            Self::Fen(fen) => grouped(yuan(*fen)),
            Self::Degrees(degrees) => format!("{degrees:.4}"),
            Self::Nothing => w::DASH.get(language).to_owned(),
        }
    }

    /// The cell as it stands in files, the same in both languages: a code rather than words, a share between 0 and 1, and empty
    /// where there is nothing.
    #[must_use]
    pub fn file(&self) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Said { code, .. } => code.clone(),
            Self::Count(number) => number.to_string(),
            Self::Share { whole: 0, .. } | Self::Nothing => String::new(),
            Self::Share { part, whole } => format!("{:.6}", *part as f64 / *whole as f64),
            Self::Amount(amount) => plain(*amount),
            Self::Fen(fen) => yuan(*fen),
            Self::Degrees(degrees) => degrees.to_string(),
        }
    }

    /// The number that a picture draws; none for what is not a number. A share is drawn in per cent.
    #[must_use]
    pub fn drawn(&self) -> Option<f64> {
        match self {
            Self::Count(number) => Some(*number as f64),
            Self::Share { part, whole } => (*whole > 0).then(|| *part as f64 * 100.0 / *whole as f64),
            Self::Amount(number) | Self::Degrees(number) => Some(*number),
            Self::Fen(fen) => Some(*fen as f64 / 100.0),
            Self::Name(_) | Self::Said { .. } | Self::Nothing => None,
        }
    }
}

macro_rules! counts {
    ($($number:ty),+) => {
        $(impl From<$number> for Cell {
            fn from(number: $number) -> Self {
                Self::Count(number.into())
            }
        })+
    };
}
counts!(u64, i64, u32);

/// One table of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its stable code, and the name of its CSV file; unique within a report.
    pub code: &'static str,
    /// What it shows.
    pub caption: Phrase,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell a column, in a fixed order.
    pub rows: Vec<Vec<Cell>>,
    /// How many of its rows, from the first, the text shows.
    pub in_text: usize,
    /// How many of its rows the page shows.
    pub in_page: usize,
    /// Whether the page shows it only when asked for.
    pub folded: bool,
    /// How it is drawn.
    pub picture: Option<Picture>,
}

impl Table {
    pub(super) fn new(code: &'static str, caption: impl Into<Phrase>, columns: &[Column]) -> Self {
        Self {
            code,
            caption: caption.into(),
            columns: columns.to_vec(),
            rows: Vec::new(),
            in_text: usize::MAX,
            in_page: IN_PAGE,
            folded: false,
            picture: None,
        }
    }

    pub(super) fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        let cells = cells.into();
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.code);
        self.rows.push(cells);
    }

    /// This table with its `rows`.
    pub(super) fn with(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        rows.into_iter().for_each(|cells| self.row(cells));
        self
    }

    /// Shows `in_text` and `in_page` rows at most.
    pub(super) fn shown(self, in_text: usize, in_page: usize) -> Self {
        Self { in_text, in_page, ..self }
    }

    pub(super) fn folded(self) -> Self {
        Self { folded: true, ..self }
    }

    pub(super) fn drawn(self, picture: Picture) -> Self {
        Self { picture: Some(picture), ..self }
    }

    /// The position of the column with `code`.
    #[must_use]
    pub fn column(&self, code: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.code == code)
    }
}

/// Rows of a long list that the text shows; files have all.
pub(super) const SHOWN: usize = 10;

/// Rows of a long list that the page shows at once; files have all.
pub(super) const FEW_IN_PAGE: usize = 12;

/// Rows of a table that the page shows unless it says otherwise.
pub(super) const IN_PAGE: usize = 60;

pub(super) fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

/// A number with commas between thousands, as people read it in tables and sentences alike.
pub(super) fn grouped(number: impl Display) -> String {
    let number = number.to_string();
    let digits = number.trim_start_matches('-');
    let (whole, rest) = digits.split_at(digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len()));
    let mut text = if digits.len() < number.len() { "-".to_owned() } else { String::new() };
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// An amount, for people.
pub(super) fn number(amount: f64) -> String {
    grouped(plain(amount))
}

/// An amount without superfluous digits, for files.
pub(super) fn plain(amount: f64) -> String {
    let text = format!("{amount:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Fen as yuan.
fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

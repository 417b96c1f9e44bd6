//! The report as text for people.

use std::fmt::{Display, Write as _};

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table as Lines, TableStyle};

pub(super) use super::amounts::amounts;
use super::document::Document;
use super::section::{Part, Section};
use super::summary::{Report, StatusLine};
use super::table::Table;
pub(super) use super::table::{SHOWN, grouped, number, share};
use super::words as w;
use crate::language::{Language, Phrase, Words};

/// A rule under the header and nothing else.
const RULED: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table of text.
pub(super) struct Sheet {
    table: Lines,
}

impl Sheet {
    /// Its first `texts` columns are text and the rest numbers.
    pub(super) fn new(language: Language, texts: usize, header: &[Words]) -> Self {
        Self::aligned(language, header, |column| column >= texts)
    }

    fn aligned(language: Language, header: &[Words], is_number: impl Fn(usize) -> bool) -> Self {
        let mut table = Lines::new();
        table.load_style(RULED).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(header.iter().map(|words| words.get(language)));
        for (_, column) in table.column_iter_mut().enumerate().filter(|(column, _)| is_number(*column)) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        Self { table }
    }

    pub(super) fn row(&mut self, cells: &[&dyn Display]) {
        self.table.add_row(cells.iter().map(ToString::to_string));
    }

    pub(super) fn write(self, text: &mut String) {
        for line in self.table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
}

impl Report {
    /// What the report is of.
    #[must_use]
    pub fn title(&self) -> Phrase {
        Phrase::fill(w::TITLE, &[("round", &self.round), ("date", &self.date)])
    }

    /// How good the result is known to be.
    #[must_use]
    pub fn standing(&self) -> Phrase {
        match &self.status {
            StatusLine::Optimal => w::OPTIMAL.into(),
            StatusLine::Feasible { gap_in_goals, .. } => {
                Phrase::each(|language| w::FEASIBLE.fill(language, &[("gap", &amounts(gap_in_goals, language))]))
            }
        }
    }

    /// The report in `language`, for a terminal or a text file, in UTF-8; the same bytes for the same report.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        self.document().text(language)
    }

    pub(super) fn document(&self) -> Document {
        let open = !matches!(self.status, StatusLine::Optimal);
        Document { title: self.title(), standing: self.standing(), open, sections: self.sections(), rest: w::MORE }
    }
}

impl Document {
    pub(super) fn text(&self, language: Language) -> String {
        let mut text = String::new();
        for line in [&self.title, &self.standing] {
            let _ = writeln!(text, "{}", line.get(language));
        }
        for section in self.sections.iter().filter(|section| !is_silent(section)) {
            text.push('\n');
            write(section, &mut text, language, self.rest);
        }
        text
    }
}

/// Whether the text says nothing of a section.
fn is_silent(section: &Section) -> bool {
    section.parts.iter().all(|part| matches!(part, Part::Table(table) if table.rows.is_empty() || table.in_text == 0))
}

/// A section, an empty line between its tables; nothing where it says nothing. `rest` says how many rows a table has more.
pub(super) fn write(section: &Section, text: &mut String, language: Language, rest: Words) {
    if is_silent(section) {
        return;
    }
    let _ = writeln!(text, "{}", section.heading.get(language));
    let mut after_table = false;
    for part in &section.parts {
        match part {
            Part::Sentence(sentence) => {
                if after_table {
                    text.push('\n');
                }
                let _ = writeln!(text, "{}", sentence.get(language));
                after_table = false;
            }
            Part::Table(table) if table.rows.is_empty() || table.in_text == 0 => {}
            Part::Table(table) => {
                if after_table {
                    text.push('\n');
                }
                lines(table, text, language, rest);
                after_table = true;
            }
        }
    }
}

fn lines(table: &Table, text: &mut String, language: Language, rest: Words) {
    let read: Vec<usize> = (0..table.columns.len()).filter(|at| table.columns[*at].unit.is_in_text()).collect();
    let header: Vec<Words> = read.iter().map(|at| table.columns[*at].words).collect();
    let mut sheet = Sheet::aligned(language, &header, |column| table.columns[read[column]].unit.is_number());
    for row in table.rows.iter().take(table.in_text) {
        let cells: Vec<String> = read.iter().map(|at| row[*at].text(language)).collect();
        sheet.row(&cells.iter().map(|cell| cell as &dyn Display).collect::<Vec<_>>());
    }
    sheet.write(text);
    and_more(text, table.rows.len(), table.in_text, language, rest);
}

pub(super) fn more(text: &mut String, rows: usize, shown: usize, language: Language) {
    and_more(text, rows, shown, language, w::MORE);
}

fn and_more(text: &mut String, rows: usize, shown: usize, language: Language, rest: Words) {
    if rows > shown {
        let _ = writeln!(text, "{}", rest.fill(language, &[("count", &grouped(rows - shown))]));
    }
}

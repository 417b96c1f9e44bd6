//! The report as files: its tables as CSV, all of it as JSON.

use std::path::Path;

use super::columns::COLUMNS;
use super::document::Document;
use super::summary::Report;
use super::table::{Cell, Table, Unit};
use crate::language::Language;

/// Columns that stand in files.
fn kept(table: &Table) -> Vec<usize> {
    (0..table.columns.len()).filter(|at| table.columns[*at].unit != Unit::Words).collect()
}

fn written(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing rows of one length to memory cannot fail.
        writer.write_record(&row).ok();
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

impl Table {
    /// All rows as CSV in UTF-8, under the codes of the columns: names as the market writes them, codes rather than words, shares
    /// between 0 and 1, empty where there is nothing; the same in both languages.
    #[must_use]
    pub fn csv(&self) -> String {
        let kept = kept(self);
        let header = kept.iter().map(|at| self.columns[*at].code.to_owned()).collect();
        let rows = self.rows.iter().map(|row| kept.iter().map(|at| row[*at].file()).collect());
        written(std::iter::once(header).chain(rows))
    }
}

impl Report {
    /// The words for every code in the CSV files of this report: `where` it stands (`section`, `table`, `column`, or the code of a
    /// column whose cells are codes), the `code`, and the words `en` and `zh`.
    #[must_use]
    pub fn words_csv(&self) -> String {
        self.document().words_csv()
    }

    /// The report as JSON: `result.json` of a record.
    #[must_use]
    pub fn json(&self) -> String {
        // Serialising plain data to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Writes a CSV file for each table, empty ones too, named by its code, and `words.csv`, into `folder`, which is made if need
    /// be.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_csv(&self, folder: impl AsRef<Path>) -> std::io::Result<()> {
        self.document().write_csv(folder.as_ref())
    }
}

impl Document {
    pub(super) fn words_csv(&self) -> String {
        let header = ["where", "code", "en", "zh"].map(str::to_owned).to_vec();
        let both = |at: &str, code: &str, say: &dyn Fn(Language) -> String| {
            vec![at.to_owned(), code.to_owned(), say(Language::English), say(Language::Chinese)]
        };
        let mut rows = vec![header];
        let topics = self.sections.iter().map(|section| section.topic);
        rows.extend(topics.map(|topic| both("section", topic.word(), &|l| topic.label(l).to_owned())));
        let tables: Vec<&Table> = self.tables().collect();
        rows.extend(tables.iter().map(|table| both("table", table.code, &|l| table.caption.get(l).to_owned())));
        rows.extend(COLUMNS.iter().map(|column| both("column", column.code, &|l| column.words.get(l).to_owned())));
        let mut terms = std::collections::BTreeSet::new();
        for table in &tables {
            for (column, cell) in table.rows.iter().flat_map(|row| table.columns.iter().zip(row)) {
                // Lists are codes with their numbers: their parts stand for themselves.
                if let Cell::Said { code, words } = cell {
                    let listed = code.contains([':', '|']) || column.unit == Unit::Words;
                    terms.extend((!listed).then(|| both(column.code, code, &|l| words.get(l).to_owned())));
                }
            }
        }
        written(rows.into_iter().chain(terms))
    }

    pub(super) fn write_csv(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for table in self.tables() {
            std::fs::write(folder.join(table.code).with_extension("csv"), table.csv())?;
        }
        std::fs::write(folder.join("words.csv"), self.words_csv())
    }
}

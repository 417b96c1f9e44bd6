//! A market as a folder of CSV files, one a table: UTF-8, comma-separated, a header row, lists separated by `|`.
//!
//! A byte-order mark and Windows line ends are accepted; anything unknown is a fault.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, Writer};
use serde_json::Value;

use super::cell::Raw;
use super::draft::{Draft, REQUIRED, TableVisitor, table_columns};
use super::fault::{Fault, FaultCode, Faults, Place, Row};
use super::record::{Column, Fields, Record, Table, csv_text};
use super::{Document, Market};

/// How much a reader accepts before it refuses, so that a wrong path cannot fill the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of one file.
    pub bytes: u64,
    /// Rows of one table.
    pub rows: u64,
}

impl Default for ReadLimits {
    /// 8 GiB a file and 100 million rows a table.
    fn default() -> Self {
        Self { bytes: 8 << 30, rows: 100_000_000 }
    }
}

/// Reads every known `*.csv` of `folder`.
pub(super) fn read(folder: &Path, limits: ReadLimits) -> Result<Draft, Faults> {
    let mut draft = Draft::default();
    let mut reader = FolderReader { folder, limits, faults: Faults::default() };
    reader.look_around();
    draft.visit(&mut reader);
    reader.faults.or(draft)
}

/// Reads the reference tables of `folder` and nothing else.
pub(super) fn read_catalogue(folder: &Path, limits: ReadLimits) -> Result<Draft, Faults> {
    let mut draft = Draft::default();
    let mut reader = FolderReader { folder, limits, faults: Faults::default() };
    reader.table(&mut draft.regions);
    reader.table(&mut draft.catalogue_programmes);
    reader.table(&mut draft.occupations);
    reader.table(&mut draft.programme_occupations);
    reader.faults.or(draft)
}

struct FolderReader<'a> {
    folder: &'a Path,
    limits: ReadLimits,
    faults: Faults,
}

/// The length of a file; an error for what is no file, such as a device that never ends or a pipe that never begins.
pub(super) fn file_length(path: &Path) -> std::io::Result<u64> {
    let found = fs::metadata(path)?;
    if found.is_file() { Ok(found.len()) } else { Err(std::io::Error::other("not a file")) }
}

fn file_place(file: &str) -> Place {
    Place { table: file.to_owned(), ..Place::default() }
}

impl FolderReader<'_> {
    /// Refuses a folder that cannot be read and CSV files that no table has.
    fn look_around(&mut self) {
        let known = table_columns();
        let entries = match fs::read_dir(self.folder) {
            Ok(entries) => entries,
            Err(error) => {
                let place = file_place(&self.folder.display().to_string());
                return self.faults.push(Fault::new(FaultCode::Unreadable, place, error, ""));
            }
        };
        for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
            // By the whole name: a table in `POSTS.CSV` would not be found by the name it is opened by.
            if is_csv && !known.iter().any(|(table, _)| format!("{table}.csv") == name) {
                let names = known.iter().map(|(table, _)| format!("{table}.csv")).collect::<Vec<_>>().join(", ");
                self.faults.push(Fault::new(FaultCode::UnknownName, file_place(&name), &name, names));
            }
        }
    }

    fn open(&mut self, table: &str, path: &Path, file: &str) -> Option<csv::Reader<fs::File>> {
        let opened = file_length(path).and_then(|bytes| Ok((bytes, fs::File::open(path)?)));
        let (code, value) = match opened {
            Ok((0, _)) => (FaultCode::Empty, String::new()),
            Ok((bytes, _)) if bytes > self.limits.bytes => (FaultCode::TooLarge, bytes.to_string()),
            Ok((_, opened)) => return Some(ReaderBuilder::new().flexible(true).from_reader(opened)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if !REQUIRED.contains(&table) || !self.folder.is_dir() {
                    return None;
                }
                (FaultCode::MissingTable, String::new())
            }
            Err(error) => (FaultCode::Unreadable, error.to_string()),
        };
        let allowed = format!("{} bytes", self.limits.bytes);
        self.faults.push(Fault::new(code, file_place(file), value, allowed));
        None
    }

    fn csv_fault(&mut self, file: &str, error: &csv::Error) {
        let row = error.position().map(|position| Row::Line(position.line()));
        let place = Place { row, ..file_place(file) };
        let fault = match error.kind() {
            csv::ErrorKind::Utf8 { .. } => Fault::new(FaultCode::NotUtf8, place, "", ""),
            csv::ErrorKind::Io(io) => Fault::new(FaultCode::Unreadable, place, io, ""),
            _ => Fault::new(FaultCode::BrokenRow, place, error, ""),
        };
        self.faults.push(fault);
    }

    /// Where each column stands in the header; faults for what is missing, unknown or doubled.
    fn header(&mut self, file: &str, header: &StringRecord, columns: &[Column]) -> Vec<Option<usize>> {
        let place = |field: &str| Place { row: Some(Row::Line(1)), field: field.to_owned(), ..file_place(file) };
        let names: Vec<&str> = header.iter().map(str::trim).collect();
        let mut seen = HashSet::with_capacity(names.len());
        for name in &names {
            if !seen.insert(name) {
                self.faults.push(Fault::new(FaultCode::DuplicateColumn, place(""), name, ""));
            } else if !columns.iter().any(|column| column.name == *name) {
                let known = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
                self.faults.push(Fault::new(FaultCode::UnknownName, place(""), name, known));
            }
        }
        let find = |column: &Column| {
            let found = names.iter().position(|name| *name == column.name);
            if found.is_none() && column.required {
                self.faults.push(Fault::new(FaultCode::MissingColumn, place(""), column.name, ""));
            }
            found
        };
        columns.iter().map(find).collect()
    }
}

impl TableVisitor for FolderReader<'_> {
    fn table<T: Record>(&mut self, table: &mut Table<T>) {
        let file = format!("{}.csv", T::TABLE);
        let path = self.folder.join(&file);
        let Some(mut reader) = self.open(T::TABLE, &path, &file) else { return };
        table.source.clone_from(&file);
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => return self.csv_fault(&file, &error),
        };
        let columns = T::columns();
        let positions = self.header(&file, &header, &columns);
        if columns.iter().zip(&positions).any(|(column, position)| column.required && position.is_none()) {
            return;
        }
        let mut line = StringRecord::new();
        loop {
            match reader.read_record(&mut line) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    self.csv_fault(&file, &error);
                    if error.is_io_error() {
                        break;
                    }
                    continue;
                }
            }
            let row = Row::Line(line.position().map_or(0, csv::Position::line));
            if table.rows.len() as u64 >= self.limits.rows {
                let place = Place { row: Some(row), ..file_place(&file) };
                let allowed = format!("{} rows", self.limits.rows);
                return self.faults.push(Fault::new(FaultCode::TooLarge, place, "", allowed));
            }
            if line.len() != header.len() {
                let place = Place { row: Some(row), ..file_place(&file) };
                let found = format!("{} fields, header {}", line.len(), header.len());
                self.faults.push(Fault::new(FaultCode::BrokenRow, place, found, ""));
                continue;
            }
            let cells: Vec<_> = positions.iter().map(|k| k.and_then(|k| line.get(k)).map(Raw::Text)).collect();
            if let Some(record) = T::read(&mut Fields::new(&cells, &file, row, &mut self.faults)) {
                table.rows.push((row, record));
            }
        }
    }
}

/// Writes every table of `market` to `folder`, which is created if it is not there; empty tables that may be missing
/// are left out.
pub(super) fn write(market: &Market, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let document = serde_json::to_value(Document::of(market))?;
    for (table, columns) in table_columns() {
        let rows = match document.get(table) {
            Some(Value::Array(rows)) => rows.as_slice(),
            Some(single) => std::slice::from_ref(single),
            None => &[],
        };
        let path: PathBuf = folder.join(format!("{table}.csv"));
        if rows.is_empty() && !REQUIRED.contains(&table) {
            continue;
        }
        let mut writer = Writer::from_path(path)?;
        writer.write_record(columns.iter().map(|column| column.name))?;
        for row in rows {
            writer.write_record(columns.iter().map(|column| csv_text(row.get(column.name).unwrap_or(&Value::Null))))?;
        }
        writer.flush()?;
    }
    Ok(())
}

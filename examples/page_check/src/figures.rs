//! Compares what the page shows with the data alone.

use std::collections::BTreeMap;

use serde_json::Value;
use talent_match::Language;
use talent_match::report::{Table, Unit};

/// Where a figure is in a row of the data.
pub(crate) enum Of {
    /// There.
    At(&'static str),
    /// There, in fen; the page shows yuan.
    Fen(&'static str),
    /// It is the share of the first in the second.
    Share(&'static str, &'static str),
    /// It follows from the row.
    By(fn(&Value) -> String),
}

/// A table of the page, and where its figures are in the data.
pub(crate) struct Source {
    pub(crate) table: &'static str,
    pub(crate) rows: fn(&Value) -> Vec<Value>,
    /// Every column that the page may show, but words that a code beside them stands for.
    pub(crate) figures: &'static [(&'static str, Of)],
}

/// A table as the page shows it.
struct Shown<'a> {
    columns: Vec<&'a str>,
    /// What each cell stands for.
    rows: Vec<Vec<&'a str>>,
    /// What each cell says.
    said: Vec<Vec<&'a str>>,
    /// Rows that it says are in the files alone.
    more: usize,
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap_or("?")).collect()
}

impl<'a> Shown<'a> {
    fn of(table: &'a Value) -> Self {
        let rows = |field: &str| table[field].as_array().into_iter().flatten().map(texts).collect();
        let more = table["more"].as_u64().unwrap_or(0) as usize;
        Self { columns: texts(&table["columns"]), rows: rows("rows"), said: rows("said"), more }
    }
}

/// A value as the page marks it.
pub(crate) fn marked(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            let text = format!("{:.2}", number.as_f64().unwrap_or_default());
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// The value at `pointer` as the page marks it; empty where there is none.
pub(crate) fn at(row: &Value, pointer: &str) -> String {
    row.pointer(pointer).map(marked).unwrap_or_default()
}

/// The number at `pointer`; 0 where there is none.
pub(crate) fn number(row: &Value, pointer: &str) -> u64 {
    row.pointer(pointer).and_then(Value::as_u64).unwrap_or(0)
}

impl Of {
    fn told(&self, row: &Value) -> String {
        match self {
            Self::At(pointer) => at(row, pointer),
            Self::Fen(pointer) => format!("{}.{:02}", number(row, pointer) / 100, number(row, pointer) % 100),
            Self::Share(part, whole) => match number(row, whole) {
                0 => String::new(),
                whole => format!("{:.6}", number(row, part) as f64 / whole as f64),
            },
            Self::By(follow) => follow(row),
        }
    }
}

/// Where the tables that the page shows differ from the data; and how many figures were compared.
pub(crate) fn differences(data: &Value, sources: &[Source], tables: &Value) -> (usize, Vec<String>) {
    let (mut compared, mut found) = (0, Vec::new());
    for source in sources.iter().filter(|source| tables.get(source.table).is_none()) {
        if !(source.rows)(data).is_empty() {
            found.push(format!("{} is not shown", source.table));
        }
    }
    for (name, table) in tables.as_object().into_iter().flatten() {
        let Some(source) = sources.iter().find(|source| source.table == name) else {
            found.push(format!("{name} is compared with nothing"));
            continue;
        };
        let shown = Shown::of(table);
        let figure = |column: &str| source.figures.iter().find(|(code, _)| *code == column).map(|(_, of)| of);
        let kept: Vec<usize> = (0..shown.columns.len()).filter(|at| !WORDS.contains(&shown.columns[*at])).collect();
        if let Some(column) = kept.iter().map(|at| shown.columns[*at]).find(|column| figure(column).is_none()) {
            found.push(format!("{name}.{column} is compared with nothing"));
            continue;
        }
        // How often each row is told and not shown.
        let mut left: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let told = (source.rows)(data);
        for row in &told {
            let figures = kept.iter().filter_map(|at| Some(figure(shown.columns[*at])?.told(row)));
            *left.entry(figures.collect()).or_default() += 1;
        }
        for row in &shown.rows {
            let row: Vec<String> = kept.iter().map(|at| row[*at].to_owned()).collect();
            compared += row.len();
            match left.get_mut(&row).filter(|times| **times > 0) {
                Some(times) => *times -= 1,
                None => found.push(format!("{name}: {row:?} is shown, and not in the data")),
            }
        }
        if shown.rows.len() + shown.more != told.len() {
            found.push(format!(
                "{name}: {} rows and {} more are shown of {}",
                shown.rows.len(),
                shown.more,
                told.len()
            ));
        }
    }
    (compared, found)
}

/// Columns of words that a code beside them stands for.
const WORDS: [&str; 4] = ["rule_source", "meaning", "reason", "remedy"];

/// Text as it is compared: whatever separates words is one space.
fn clean(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where a cell does not say in `language` what the report's table does.
pub(crate) fn misquoted(tables: &[Table], seen: &Value, language: Language) -> Vec<String> {
    let mut found = Vec::new();
    for table in tables {
        let shown = Shown::of(&seen[table.code]);
        for (row, said) in table.rows.iter().zip(&shown.said) {
            for (code, said) in shown.columns.iter().zip(said) {
                let Some(column) = table.column(code) else { continue };
                let text = clean(&row[column].text(language));
                if *said != text {
                    found.push(format!("{}.{code} says {said} for {text}", table.code));
                }
            }
        }
        let ids = table.columns.iter().filter(|column| column.unit == Unit::Id);
        if !shown.columns.is_empty() && shown.columns.len() + ids.count() < table.columns.len() {
            found.push(format!("{} has columns that are not shown", table.code));
        }
    }
    found
}

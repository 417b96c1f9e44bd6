//! A row of a table: its columns declared once, read leniently so that every fault of a row is found.

use serde_json::Value;

use super::cell::{BadCell, Cell, Raw};
use super::fault::{Fault, FaultCode, Faults, Place, Row};

/// One column of a table, which is also one field of its JSON objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in the header and in JSON.
    pub name: &'static str,
    /// Whether every row must fill it.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A kind of row.
pub(super) trait Record: Sized + serde::Serialize {
    const TABLE: &'static str;

    fn columns() -> Vec<Column>;

    fn read(fields: &mut Fields<'_>) -> Option<Self>;

    /// The id faults are reported with.
    fn id(&self) -> String;
}

/// The values of one row, in the order of its columns.
pub(super) struct Fields<'a> {
    cells: &'a [Option<Raw<'a>>],
    next: usize,
    place: Place,
    faults: &'a mut Faults,
}

impl<'a> Fields<'a> {
    pub(super) fn new(cells: &'a [Option<Raw<'a>>], table: &str, row: Row, faults: &'a mut Faults) -> Self {
        // By convention the first column identifies the row.
        let id = cells.first().copied().flatten().map(Raw::quote).unwrap_or_default();
        let id = Fault::new(FaultCode::BadId, Place::default(), id, "").value;
        let place = Place { table: table.to_owned(), row: Some(row), id, field: String::new() };
        Self { cells, next: 0, place, faults }
    }

    /// The value of the next column, `name`; a fault and nothing if it is missing or wrong.
    pub(super) fn take<T: Cell>(&mut self, name: &'static str) -> Option<T> {
        let raw = self.cells.get(self.next).copied().flatten().filter(|raw| !raw.is_empty());
        self.next += 1;
        let read = match raw {
            Some(raw) => T::read(raw),
            None => {
                T::missing().ok_or(BadCell { code: FaultCode::MissingValue, value: String::new(), allowed: "".into() })
            }
        };
        match read {
            Ok(value) => Some(value),
            Err(bad) => {
                let place = Place { field: name.to_owned(), ..self.place.clone() };
                self.faults.push(Fault::new(bad.code, place, bad.value, bad.allowed));
                None
            }
        }
    }
}

/// Rows of one kind with where each came from.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    /// The file or list the rows came from.
    pub(super) source: String,
    /// The rows, each with its place.
    pub(super) rows: Vec<(Row, T)>,
}

impl<T: Record> Default for Table<T> {
    fn default() -> Self {
        Self { source: T::TABLE.to_owned(), rows: Vec::new() }
    }
}

impl<T: Record> Table<T> {
    /// Adds a row given in code.
    pub(super) fn push(&mut self, record: T) {
        self.rows.push((Row::Item(self.rows.len() as u64), record));
    }

    /// The place of field `field` of row `k`.
    pub(super) fn place(&self, k: usize, field: &str) -> Place {
        let (row, record) = &self.rows[k];
        Place { table: self.source.clone(), row: Some(*row), id: record.id(), field: field.to_owned() }
    }

    pub(super) fn records(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().map(|(_, record)| record)
    }
}

/// The text of a CSV field for a JSON value of a record.
pub(super) fn csv_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(csv_text).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

/// Declares a row type: its fields are the columns of its table, in order, the first one identifying the row.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident in $table:literal { $($(#[doc = $meaning:literal])+ $field:ident: $type:ty,)+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $meaning])+
                #[serde(skip_serializing_if = "crate::market::cell::is_absent")]
                pub $field: $type,
            )+
        }

        impl $crate::market::record::Record for $name {
            const TABLE: &'static str = $table;

            fn columns() -> Vec<$crate::market::record::Column> {
                vec![$($crate::market::record::Column {
                    name: stringify!($field),
                    required: <$type as $crate::market::cell::Cell>::missing().is_none(),
                    meaning: concat!($($meaning),+).trim_ascii(),
                }),+]
            }

            fn read(fields: &mut $crate::market::record::Fields<'_>) -> Option<Self> {
                $(let $field = fields.take::<$type>(stringify!($field));)+
                Some(Self { $($field: $field?),+ })
            }

            fn id(&self) -> String {
                $crate::market::record::first!($(self.$field),+).to_string()
            }
        }
    };
}
pub(super) use record;

macro_rules! first {
    ($first:expr $(, $rest:expr)*) => {
        $first
    };
}
pub(super) use first;

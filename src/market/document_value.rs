//! A JSON value that remembers which fields stood twice: a plain value would silently keep the last one.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::fault::{Place, Row};

/// A document and the fields that stand more than once in it; of those the first one counts.
#[derive(Debug)]
pub(super) struct DocumentValue {
    pub(super) value: Value,
    pub(super) doubled: Vec<Doubled>,
}

/// A field that stands more than once in its object.
#[derive(Debug)]
pub(super) struct Doubled {
    pub(super) place: Place,
    pub(super) name: String,
}

/// Reads a JSON value from any self-describing format.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DocumentValue, D::Error> {
    let doubled = RefCell::default();
    let value = Node { path: &Path::Root, doubled: &doubled }.deserialize(deserializer)?;
    Ok(DocumentValue { value, doubled: doubled.into_inner() })
}

/// Where a value stands: a document has tables of rows, and below them the table and row are told.
enum Path<'a> {
    Root,
    Table(&'a str),
    Row(&'a str, u64),
}

impl Path<'_> {
    fn place(&self) -> Place {
        let (table, row) = match self {
            Self::Root => ("$", None),
            Self::Table(table) => (*table, None),
            Self::Row(table, row) => (*table, Some(Row::Item(*row))),
        };
        Place { table: table.to_owned(), row, ..Place::default() }
    }
}

#[derive(Clone, Copy)]
struct Node<'a> {
    path: &'a Path<'a>,
    doubled: &'a RefCell<Vec<Doubled>>,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let row = match self.path {
                Path::Table(table) => &Path::Row(table, list.len() as u64),
                path => path,
            };
            match items.next_element_seed(Node { path: row, ..self })? {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let below = match self.path {
                Path::Root => &Path::Table(&name),
                path => path,
            };
            let value = fields.next_value_seed(Node { path: below, ..self })?;
            if object.contains_key(&name) {
                self.doubled.borrow_mut().push(Doubled { place: self.path.place(), name });
            } else {
                object.insert(name, value);
            }
        }
        Ok(Value::Object(object))
    }
}

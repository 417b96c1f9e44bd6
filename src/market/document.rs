//! A market as one JSON document.

use serde::Serialize;
use serde_json::Value;

use super::catalogue::{CatalogueProgramme, Occupation, ProgrammeOccupation, Region};
use super::cell::Raw;
use super::document_value::{DocumentValue, deserialize};
use super::draft::{Draft, REQUIRED, TableVisitor, table_columns};
use super::fault::{Fault, FaultCode, Faults, Place, Row};
use super::record::{Fields, Record, Table};
use super::{
    Agreement, Bond, Decision, Enterprise, Investment, Market, Mentor, Post, Programme, Quota, ReadLimits, Round,
    School, Supply, Target,
};

/// The version of the market document this crate reads and writes.
pub const SCHEMA: &str = "talent-match/market/1";

/// The JSON form of a market: its tables, sorted by id or code.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Document<'a> {
    /// Always `talent-match/market/1`.
    schema: &'a str,
    round: &'a Round,
    schools: &'a [School],
    programmes: &'a [Programme],
    enterprises: &'a [Enterprise],
    agreements: &'a [Agreement],
    posts: &'a [Post],
    supply: &'a [Supply],
    quotas: &'a [Quota],
    #[serde(skip_serializing_if = "is_empty")]
    mentors: &'a [Mentor],
    #[serde(skip_serializing_if = "is_empty")]
    bonds: &'a [Bond],
    #[serde(skip_serializing_if = "is_empty")]
    decisions: &'a [Decision],
    #[serde(skip_serializing_if = "is_empty")]
    targets: &'a [Target],
    #[serde(skip_serializing_if = "is_empty")]
    investments: &'a [Investment],
    regions: &'a [Region],
    catalogue_programmes: &'a [CatalogueProgramme],
    occupations: &'a [Occupation],
    programme_occupations: &'a [ProgrammeOccupation],
}

impl<'a> Document<'a> {
    pub(super) fn of(market: &'a Market) -> Self {
        let catalogue = market.catalogue();
        Self {
            schema: SCHEMA,
            round: market.round(),
            schools: market.schools(),
            programmes: market.programmes(),
            enterprises: market.enterprises(),
            agreements: market.agreements(),
            posts: market.posts(),
            supply: market.supply(),
            quotas: market.quotas(),
            mentors: market.mentors(),
            bonds: market.bonds(),
            decisions: market.decisions(),
            targets: market.targets(),
            investments: market.investments(),
            regions: catalogue.regions(),
            catalogue_programmes: catalogue.programmes(),
            occupations: catalogue.occupations(),
            programme_occupations: catalogue.trains_for(),
        }
    }
}

/// For serde: tables that came later are left out while they are empty, so that older documents keep their digest.
fn is_empty<T>(rows: &[T]) -> bool {
    rows.is_empty()
}

/// The JSON Schema of the market document, for editors and for services in other languages.
#[cfg(feature = "schema")]
#[must_use]
pub fn json_schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Document<'_>>().to_value();
    schema["title"] = "talent-match market".into();
    schema["properties"]["schema"]["const"] = SCHEMA.into();
    let required: Vec<&str> = std::iter::once("schema").chain(REQUIRED).collect();
    schema["required"] = required.into();
    // Field presence is the tables' own knowledge: what may be left out is what a column may leave empty.
    for (table, columns) in table_columns() {
        let property = &schema["properties"][table];
        let reference = property["$ref"].as_str().or_else(|| property["items"]["$ref"].as_str()).unwrap_or_default();
        let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        let required: Vec<&str> = columns.iter().filter(|column| column.required).map(|column| column.name).collect();
        schema["$defs"][name]["required"] = required.into();
    }
    schema
}

/// Reads the text of a document, finding every fault of its form.
pub(super) fn from_text(text: &str, limits: ReadLimits) -> Result<Draft, Faults> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = deserialize(&mut deserializer).and_then(|document| deserializer.end().map(|()| document));
    let document = parsed.map_err(|error| {
        let place = Place { table: "$".to_owned(), ..Place::default() };
        Faults::one(Fault::new(FaultCode::BadJson, place, error, ""))
    })?;
    read(&document, limits)
}

/// Reads a document, finding every fault of its form.
pub(super) fn read(document: &DocumentValue, limits: ReadLimits) -> Result<Draft, Faults> {
    let place = |table: &str| Place { table: table.to_owned(), ..Place::default() };
    let mut faults = Faults::default();
    for doubled in &document.doubled {
        faults.push(Fault::new(FaultCode::DuplicateColumn, doubled.place.clone(), &doubled.name, ""));
    }
    let document = &document.value;
    let Value::Object(fields) = document else {
        let fault = Fault::new(FaultCode::JsonType, place("$"), Raw::Json(document).quote(), "object");
        return Err(Faults::one(fault));
    };
    let schema = fields.get("schema").and_then(Value::as_str).unwrap_or_default();
    if schema != SCHEMA {
        faults.push(Fault::new(FaultCode::SchemaVersion, place("schema"), schema, SCHEMA));
    }
    let known: Vec<&str> = std::iter::once("schema").chain(table_columns().iter().map(|(table, _)| *table)).collect();
    for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
        faults.push(Fault::new(FaultCode::UnknownName, place("$"), name, known.join(", ")));
    }
    let mut draft = Draft::default();
    let mut reader = DocumentReader { limits, fields, faults };
    draft.visit(&mut reader);
    reader.faults.or(draft)
}

struct DocumentReader<'a> {
    limits: ReadLimits,
    fields: &'a serde_json::Map<String, Value>,
    faults: Faults,
}

impl TableVisitor for DocumentReader<'_> {
    fn table<T: Record>(&mut self, table: &mut Table<T>) {
        let place = Place { table: T::TABLE.to_owned(), ..Place::default() };
        let rows = match self.fields.get(T::TABLE) {
            Some(Value::Array(rows)) => rows.as_slice(),
            Some(single @ Value::Object(_)) if T::TABLE == "round" => std::slice::from_ref(single),
            Some(other) => {
                return self.faults.push(Fault::new(FaultCode::JsonType, place, Raw::Json(other).quote(), "array"));
            }
            None if REQUIRED.contains(&T::TABLE) => {
                return self.faults.push(Fault::new(FaultCode::MissingTable, place, "", ""));
            }
            None => return,
        };
        if rows.len() as u64 > self.limits.rows {
            let allowed = format!("{} rows", self.limits.rows);
            return self.faults.push(Fault::new(FaultCode::TooLarge, place, rows.len(), allowed));
        }
        let columns = T::columns();
        for (k, row) in rows.iter().enumerate() {
            let item = Row::Item(k as u64);
            let place = Place { row: Some(item), ..place.clone() };
            let Value::Object(fields) = row else {
                self.faults.push(Fault::new(FaultCode::JsonType, place, Raw::Json(row).quote(), "object"));
                continue;
            };
            for name in fields.keys().filter(|name| !columns.iter().any(|column| column.name == name.as_str())) {
                let known = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
                self.faults.push(Fault::new(FaultCode::UnknownName, place.clone(), name, known));
            }
            let cells: Vec<_> = columns.iter().map(|column| fields.get(column.name).map(Raw::Json)).collect();
            if let Some(record) = T::read(&mut Fields::new(&cells, T::TABLE, item, &mut self.faults)) {
                table.rows.push((item, record));
            }
        }
    }
}

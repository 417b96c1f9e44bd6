//! What is changed of a market and its configuration, as data.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::config::Config;
use crate::error::Error;
use crate::market::Market;

/// The tables whose rows may be changed: those with an id.
pub const TABLES: [&str; 9] =
    ["schools", "programmes", "enterprises", "agreements", "posts", "supply", "quotas", "mentors", "bonds"];

/// A set of changes, all of which are made together.
///
/// ```
/// use talent_match::what_if::ChangeSet;
///
/// // A post with 5 seats, a student less, nearness worth more, and a younger minimum age.
/// let changes: ChangeSet = serde_json::from_str(
///     r#"{
///         "name": "more seats",
///         "put": {"posts": [{"id": "fitter", "seats_max": 5}]},
///         "leave": {"supply": ["li"]},
///         "config": {"criteria": {"weights": {"distance": 20}}, "rules": {"numbers": {"minimum_age": 17}}}
///     }"#,
/// )?;
/// assert_eq!(changes.leave["supply"], ["li"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeSet {
    /// What people call it.
    pub name: String,
    /// Ids of rows that leave, by table. What cannot be without them leaves too: the programmes and posts of a school or
    /// enterprise, the people of a programme or enterprise, mentors, investments, decisions, wishes, and what bonds, agreements, sponsors and
    /// quotas say of them; an agreement or bond that fewer than two parties or units are left of (nobody, of cohorts placed whole), and a quota that nothing is left of in some property.
    pub leave: BTreeMap<String, Vec<String>>,
    /// Rows that come, or fields of rows that change, by table: as the market document writes them, with their `id`. A row with
    /// an id that the market has keeps the fields that are not named.
    pub put: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Fields of the configuration that change; objects are merged, anything else is replaced, and `null` restores the default
    /// (JSON Merge Patch, RFC 7396).
    pub config: Map<String, Value>,
}

/// A market and its configuration after changes.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The market, validated again.
    pub market: Market,
    /// The configuration, checked again.
    pub config: Config,
}

impl ChangeSet {
    /// `market` and `config` with all of these changes. Cost: a copy of the market's tables as JSON, and their validation.
    ///
    /// # Errors
    /// [`Error::Change`] for a table that may not be changed, and for a row that leaves and is not there; otherwise every fault of
    /// the market, or of the configuration.
    pub fn apply(&self, market: &Market, config: &Config) -> Result<Changed, Error> {
        for table in self.leave.keys().chain(self.put.keys()) {
            if !TABLES.contains(&table.as_str()) {
                return Err(Error::Change { table: table.clone(), id: String::new() });
            }
        }
        let mut document = Document::of(market);
        for (table, ids) in &self.leave {
            for id in ids {
                document.leave(table, id)?;
            }
        }
        document.settle();
        for (table, rows) in &self.put {
            for row in rows {
                document.put(table, row);
            }
        }
        let market = Market::from_json(&document.0.to_string())?;
        let config = if self.config.is_empty() { config.clone() } else { self.configure(config)? };
        Ok(Changed { market, config })
    }

    fn configure(&self, config: &Config) -> Result<Config, Error> {
        let mut document = serde_json::from_str(&config.to_json()).unwrap_or(Value::Null);
        merge(&mut document, &Value::Object(self.config.clone()));
        Ok(Config::from_json(&document.to_string())?)
    }
}

/// Merges `patch` into `value` as RFC 7396 says.
fn merge(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let Value::Object(fields) = value else { return };
    for (name, patch) in patch {
        if patch.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name.clone()).or_insert(Value::Null), patch);
        }
    }
}

/// A market document being changed.
struct Document(Value);

type Gone = BTreeMap<&'static str, BTreeSet<String>>;

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or("")
}

impl Document {
    fn of(market: &Market) -> Self {
        Self(serde_json::from_str(&market.to_json()).unwrap_or(Value::Null))
    }

    fn rows(&mut self, table: &str) -> Option<&mut Vec<Value>> {
        self.0.get_mut(table)?.as_array_mut()
    }

    fn ids(&self, table: &str) -> BTreeSet<String> {
        let rows = self.0.get(table).and_then(Value::as_array).into_iter().flatten();
        rows.map(|row| text(row, "id").to_owned()).collect()
    }

    fn leave(&mut self, table: &str, id: &str) -> Result<(), Error> {
        let rows = self.rows(table).map(std::mem::take).unwrap_or_default();
        let before = rows.len();
        let rest: Vec<Value> = rows.into_iter().filter(|row| text(row, "id") != id).collect();
        let found = rest.len() < before;
        if let Some(rows) = self.rows(table) {
            *rows = rest;
        }
        if found { Ok(()) } else { Err(Error::Change { table: table.to_owned(), id: id.to_owned() }) }
    }

    /// Takes out what cannot be without the rows that left.
    fn settle(&mut self) {
        let mut known = self.known();
        let mut keep = |document: &mut Self, table: &'static str, stays: &dyn Fn(&Value, &Gone) -> bool| {
            if let Some(rows) = document.rows(table) {
                rows.retain(|row| stays(row, &known));
            }
            known.insert(table, document.ids(table));
        };
        let names = |row: &Value, field: &str, ids: &BTreeSet<String>| {
            let id = text(row, field);
            id.is_empty() || ids.contains(id)
        };
        let party = |row: &Value, field: &str, known: &Gone| {
            names(row, field, &known["schools"]) || names(row, field, &known["enterprises"])
        };
        keep(self, "programmes", &|row, known| names(row, "school", &known["schools"]));
        keep(self, "posts", &|row, known| party(row, "owner", known));
        keep(self, "supply", &|row, known| {
            names(row, "programme", &known["programmes"]) && names(row, "enterprise", &known["enterprises"])
        });
        keep(self, "mentors", &|row, known| {
            party(row, "party", known) && names(row, "programme", &known["programmes"])
        });
        keep(self, "investments", &|row, known| names(row, "enterprise", &known["enterprises"]));
        keep(self, "decisions", &|row, known| {
            names(row, "unit", &known["supply"]) && names(row, "post", &known["posts"])
        });
        let parties: BTreeSet<String> = known["schools"].union(&known["enterprises"]).cloned().collect();
        self.keep_listed("supply", "wishes", &known["posts"], |_| 0);
        self.keep_listed("posts", "sponsors", &parties, |_| 0);
        self.keep_listed("agreements", "parties", &parties, |_| 2);
        self.keep_listed("bonds", "units", &known["supply"], |bond| if text(bond, "kind") == "whole" { 1 } else { 2 });
        self.keep_facets(&known);
        if let Some(round) = self.0.get_mut("round") {
            for (field, ids) in [("schools", &known["schools"]), ("enterprises", &known["enterprises"])] {
                let Some(listed) = round.get_mut(field).and_then(Value::as_array_mut) else { continue };
                let there = |id: &Value| id.as_str().is_some_and(|id| ids.contains(id));
                // An empty list would say that all take part.
                if listed.iter().any(there) {
                    listed.retain(there);
                }
            }
        }
    }

    fn known(&self) -> Gone {
        TABLES.into_iter().map(|table| (table, self.ids(table))).collect()
    }

    /// Keeps of a list of ids those that are known, and of its rows those that lose nobody or keep as many as they need.
    fn keep_listed(&mut self, table: &str, field: &str, known: &BTreeSet<String>, least: impl Fn(&Value) -> usize) {
        let Some(rows) = self.rows(table) else { return };
        rows.retain_mut(|row| {
            let least = least(row);
            let Some(listed) = row.get_mut(field).and_then(Value::as_array_mut) else { return true };
            let before = listed.len();
            listed.retain(|id| id.as_str().is_some_and(|id| known.contains(id)));
            listed.len() == before || listed.len() >= least
        });
    }

    /// Keeps what quotas say of rows that are there; a quota of which nothing is left of some property goes.
    fn keep_facets(&mut self, known: &Gone) {
        let Some(quotas) = self.rows("quotas") else { return };
        let table = |dimension: &str| match dimension {
            "post" => Some(&["posts"][..]),
            "owner" => Some(&["schools", "enterprises"][..]),
            "unit" => Some(&["supply"][..]),
            "school" => Some(&["schools"][..]),
            "employer" => Some(&["enterprises"][..]),
            "programme" => Some(&["programmes"][..]),
            _ => None,
        };
        quotas.retain_mut(|quota| {
            let Some(facets) = quota.get_mut("of").and_then(Value::as_array_mut) else { return true };
            let dimension =
                |facet: &Value| facet.as_str().and_then(|facet| facet.split_once(':')).unwrap_or(("", "")).0.to_owned();
            let before: BTreeSet<String> = facets.iter().map(dimension).collect();
            facets.retain(|facet| {
                let (dimension, value) = facet.as_str().and_then(|facet| facet.split_once(':')).unwrap_or(("", ""));
                table(dimension).is_none_or(|tables| tables.iter().any(|table| known[table].contains(value)))
            });
            facets.iter().map(dimension).collect::<BTreeSet<_>>() == before
        });
    }

    fn put(&mut self, table: &str, row: &Map<String, Value>) {
        if self.rows(table).is_none()
            && let Some(document) = self.0.as_object_mut()
        {
            document.insert(table.to_owned(), Value::Array(Vec::new()));
        }
        let Some(rows) = self.rows(table) else { return };
        let id = row.get("id").and_then(Value::as_str).unwrap_or("");
        match rows.iter_mut().find(|known| !id.is_empty() && text(known, "id") == id).and_then(Value::as_object_mut) {
            Some(known) => known.extend(row.clone()),
            None => rows.push(Value::Object(row.clone())),
        }
    }
}

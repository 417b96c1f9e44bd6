//! The published JSON Schema is the one the crate generates, accepts what the crate writes and refuses what it refuses.

use std::fs;

use serde_json::{Value, json};
use talent_match::market::{Market, json_schema};

use super::sample::document;

const PUBLISHED: &str = "src/market/market.schema.json";

/// An independent validator with the crate's schema.
struct Validator {
    schemas: boon::Schemas,
    schema: boon::SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("market.json", json_schema()).expect("the schema is JSON Schema");
        let schema = compiler.compile("market.json", &mut schemas).expect("the schema is a schema");
        Self { schemas, schema }
    }

    fn check(&self, document: &Value) -> Result<(), String> {
        self.schemas.validate(document, self.schema).map_err(|error| error.to_string())
    }
}

fn pretty(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n"
}

#[test]
fn the_published_schema_is_the_generated_one() {
    let generated = pretty(&json_schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(PUBLISHED, &generated).expect("the schema can be written");
    }
    let published = fs::read_to_string(PUBLISHED).expect("the schema is published");
    assert!(published == generated, "run this test with UPDATE_SCHEMA=1 and look at the difference");
}

#[test]
fn own_documents_are_valid() {
    let validator = Validator::new();
    let jinpu = Market::read("examples/data/jinpu").expect("the carried market is valid");
    for document in [document(), serde_json::to_value(&jinpu).expect("a market is JSON")] {
        assert_eq!(validator.check(&document), Ok(()));
    }
}

#[test]
fn broken_documents_are_not_valid() {
    let validator = Validator::new();
    let broken: [(&str, Value); 14] = [
        ("/schema", json!("talent-match/market/2")),
        ("/posts", json!({})),
        ("/posts/0", json!("class")),
        ("/posts/0/kind", json!("intern")),
        ("/posts/0/seats_max", json!(-1)),
        ("/posts/0/seats_max", json!(1.5)),
        ("/posts/0/sponsors", json!("works")),
        ("/posts/0/start", json!("8 October")),
        ("/posts/0/occupation", json!("6-18")),
        ("/posts/0/programmes/0", json!("66010")),
        ("/schools/0/region", json!("21021")),
        ("/schools/0/member", json!("yes")),
        ("/supply/0/qualifications/0", json!("焊工")),
        ("/regions/1/latitude", json!("north")),
    ];
    for (path, value) in broken {
        let mut document = document();
        *document.pointer_mut(path).expect("a path of the sample") = value.clone();
        assert!(validator.check(&document).is_err(), "{path} = {value}");
        assert!(Market::from_json(&document.to_string()).is_err(), "{path} = {value}");
    }
    for (parent, name) in
        [("", "round"), ("", "supply"), ("/posts/0", "owner"), ("/supply/0", "birth"), ("/round", "seed")]
    {
        let mut document = document();
        document.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").remove(name);
        assert!(validator.check(&document).is_err(), "{parent} without {name}");
        assert!(Market::from_json(&document.to_string()).is_err(), "{parent} without {name}");
    }
    for parent in ["", "/posts/0", "/round"] {
        let mut document = document();
        document.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").insert("more".into(), json!(1));
        assert!(validator.check(&document).is_err(), "{parent} with more");
        assert!(Market::from_json(&document.to_string()).is_err(), "{parent} with more");
    }
}

//! What can be wrong with a document as such.

use std::fs;

use serde_json::{Value, json};
use talent_match::market::{FaultCode, Faults, Market};

use super::sample::{DOCUMENT, assert_faults, document, document_faults};

fn faults_of(text: &str) -> Faults {
    Market::from_json(text).expect_err("the text is broken on purpose")
}

#[test]
fn text_that_is_no_json() {
    for text in ["", " ", "{", "{\"schema\": }", "[1,]", "{} {}", "nul", "{\"a\": 1e}", "\u{0}", "{\"a\": \"\\ud800\"}"]
    {
        let faults = faults_of(text);
        assert_eq!(faults.all().len(), 1, "{text:?}: {faults}");
        assert_eq!((faults.all()[0].code, faults.all()[0].place.table.as_str()), (FaultCode::BadJson, "$"), "{text:?}");
    }
    let deep = "[".repeat(100_000);
    assert!(faults_of(&deep).has(FaultCode::BadJson));
}

#[test]
fn values_that_are_no_document() {
    for text in ["null", "1", "\"text\"", "[]", "true"] {
        assert_faults(&faults_of(text), &[(FaultCode::JsonType, "$", text.trim_matches('"'))]);
    }
    assert!(faults_of("{}").has(FaultCode::MissingTable));
    assert!(faults_of("{}").has(FaultCode::SchemaVersion));
}

#[test]
fn files_that_are_no_document() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("market.json");
    for (bytes, code) in [
        (&b""[..], FaultCode::Empty),
        (b" \r\n\t", FaultCode::Empty),
        (&[0xff, 0xfe, b'{', 0], FaultCode::NotUtf8),
        (b"id,name\n", FaultCode::BadJson),
    ] {
        fs::write(&path, bytes).expect("the file can be written");
        let faults = Market::read(&path).expect_err("the file is broken on purpose");
        assert_eq!(faults.all().iter().map(|fault| fault.code).collect::<Vec<_>>(), [code], "{bytes:?}");
    }
}

#[test]
fn schema_versions() {
    for (schema, told) in [(json!("talent-match/market/2"), "talent-match/market/2"), (json!(1), ""), (json!(null), "")]
    {
        let faults = document_faults(|document| document["schema"] = schema);
        assert_faults(&faults, &[(FaultCode::SchemaVersion, "schema", told)]);
        assert_eq!(faults.all()[0].allowed, "talent-match/market/1");
    }
}

#[test]
fn unknown_tables_and_fields() {
    let faults = document_faults(|document| {
        document["students"] = json!([]);
        document["posts"][0]["salary"] = json!(1);
        document["round"]["place"] = json!("Dalian");
    });
    assert_faults(
        &faults,
        &[
            (FaultCode::UnknownName, "$", "students"),
            (FaultCode::UnknownName, "posts[0]", "salary"),
            (FaultCode::UnknownName, "round[0]", "place"),
        ],
    );
}

#[test]
fn fields_that_stand_twice_are_told_with_all_the_rest() {
    let text = fs::read_to_string(DOCUMENT).expect("carried");
    let doubled = text
        .replacen("\"id\": \"fitter\",", "\"id\": \"fitter\", \"pay\": 9999,", 1)
        .replacen("\"id\": \"li\",", "\"id\": \"li\", \"id\": \"li\", \"sex\": 1,", 1)
        .replacen("\"regions\": [", "\"regions\": [], \"regions\": [", 1)
        .replacen("\"date\": ", "\"seed\": 7, \"date\": ", 1);
    assert_faults(
        &faults_of(&doubled),
        &[
            (FaultCode::DuplicateColumn, "$", "regions"),
            (FaultCode::DuplicateColumn, "posts[1]", "pay"),
            (FaultCode::DuplicateColumn, "round", "seed"),
            (FaultCode::DuplicateColumn, "supply[2]", "id"),
            (FaultCode::DuplicateColumn, "supply[2]", "sex"),
            (FaultCode::JsonType, "supply[2].sex (li)", "1"),
        ],
    );
    let through_serde = serde_json::from_str::<Market>(&doubled).expect_err("serde sees them too").to_string();
    assert!(through_serde.contains("M011"), "{through_serde}");
}

#[test]
fn wrong_types() {
    let faults = document_faults(|document| {
        document["schools"] = json!({});
        document["programmes"][0] = json!("centre-machining");
        document["enterprises"][0]["staff"] = json!("800");
        document["enterprises"][0]["member"] = json!("true");
        document["enterprises"][1]["name"] = json!(7);
        document["posts"][0]["sponsors"] = json!("works");
        document["posts"][0]["programmes"] = json!([660_103]);
        document["posts"][0]["kind"] = json!(["order_class"]);
        document["posts"][0]["start"] = json!(20_261_008);
        document["regions"][1]["latitude"] = json!("38.9");
    });
    assert_faults(
        &faults,
        &[
            (FaultCode::JsonType, "enterprises[0].member (plant)", "true"),
            (FaultCode::JsonType, "enterprises[0].staff (plant)", "800"),
            (FaultCode::JsonType, "enterprises[1].name (works)", "7"),
            (FaultCode::JsonType, "posts[0].kind (class)", "[\"order_class\"]"),
            (FaultCode::JsonType, "posts[0].programmes (class)", "660103"),
            (FaultCode::JsonType, "posts[0].sponsors (class)", "works"),
            (FaultCode::JsonType, "posts[0].start (class)", "20261008"),
            (FaultCode::JsonType, "programmes[0]", "centre-machining"),
            (FaultCode::JsonType, "regions[1].latitude (210200)", "38.9"),
            (FaultCode::JsonType, "schools", "{}"),
        ],
    );
}

#[test]
fn null_is_a_value_left_out() {
    let mut changed = document();
    changed["posts"][0]["pay"] = Value::Null;
    changed["posts"][0]["levels"] = Value::Null;
    changed["quotas"] = json!([]);
    assert!(Market::from_json(&changed.to_string()).is_ok());
    let faults = document_faults(|document| document["posts"][0]["seats_max"] = Value::Null);
    assert_faults(&faults, &[(FaultCode::MissingValue, "posts[0].seats_max (class)", "")]);
}

#[test]
fn one_round() {
    let faults = document_faults(|document| document["round"] = json!([document["round"], document["round"]]));
    assert!(faults.has(FaultCode::OneRound));
    let none = document_faults(|document| document["round"] = json!([]));
    assert!(none.has(FaultCode::OneRound));
    let mut list = document();
    list["round"] = json!([list["round"]]);
    assert!(Market::from_json(&list.to_string()).is_ok());
}

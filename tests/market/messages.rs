//! What faults say: complete sentences in both languages, with place, and all of them at once.

use talent_match::language::Language::{Chinese, English};
use talent_match::market::{FaultCode, Faults, Row};

use super::sample::{Files, document_faults, place};

fn told(faults: &Faults, en: &str, zh: &str) {
    assert_eq!(faults.message(English), en);
    assert_eq!(faults.message(Chinese), zh);
    assert_eq!(faults.to_string(), en);
}

#[test]
fn messages_as_text() {
    told(
        &Files::sample().with("supply.csv", "fitter|class", "fitter|gone").faults(),
        "M202 supply.csv:4.wishes (li): `gone` is not found among posts.",
        "M202 supply.csv:4.wishes (li): 在posts中找不到“gone”。",
    );
    told(
        &Files::sample().with("supply.csv", "2008-02-29", "2026-9-1").faults(),
        "M103 supply.csv:4.birth (li): `2026-9-1` is not a date. Write it as 2026-09-01.",
        "M103 supply.csv:4.birth (li): “2026-9-1”不是日期。请写成 2026-09-01。",
    );
    told(
        &Files::sample().with("schools.csv", "secondary", "middle").faults(),
        "M104 schools.csv:2.level (centre): `middle` is not one of: secondary, college, bachelor.",
        "M104 schools.csv:2.level (centre): “middle”不在可选值中：secondary, college, bachelor。",
    );
    told(
        &Files::sample().with("posts.csv", "0,2,,", "3,2,,").faults(),
        "M302 posts.csv:3.seats_min (fitter): the minimum exceeds the maximum (3 > 2).",
        "M302 posts.csv:3.seats_min (fitter): 下限大于上限（3 > 2）。",
    );
    told(
        &Files::sample().without("supply.csv").faults(),
        "M003 supply.csv: is missing. Add it; it may be empty of rows.",
        "M003 supply.csv: 缺少该表。请补上，可以没有数据行。",
    );
    told(
        &document_faults(|document| document["enterprises"][0]["staff"] = "800".into()),
        "M012 enterprises[0].staff (plant): `800` has the wrong JSON type. Expected: number.",
        "M012 enterprises[0].staff (plant): “800”的 JSON 类型不对。应为：number。",
    );
    told(
        &document_faults(|document| document["schema"] = "v2".into()),
        "M010 schema: the schema `v2` is not supported. Use `talent-match/market/1`.",
        "M010 schema: 不支持模式“v2”。请使用“talent-match/market/1”。",
    );
}

#[test]
fn places_as_values() {
    let faults = Files::sample().with("supply.csv", "2008-02-29", "late").faults();
    assert_eq!(faults.all()[0].place, place("supply.csv", Some(Row::Line(4)), "birth", "li"));
    let faults = document_faults(|document| document["posts"][2]["owner"] = "gone".into());
    assert_eq!(faults.all()[0].place, place("posts", Some(Row::Item(2)), "owner", "through"));
}

#[test]
fn many_faults_are_found_in_one_go() {
    let mut files = Files::sample();
    for k in 0..1_000 {
        files = files.append("agreements.csv", &format!("a{k},Agreement,talk,centre|nobody{k},99"));
    }
    // Two values of each row are wrong; the party is not looked up in a row that cannot be read.
    assert_eq!(files.faults().all().len(), 2_000);
    let mut well_formed = Files::sample();
    for k in 0..1_000 {
        well_formed = well_formed.append("agreements.csv", &format!("a{k},Agreement,talent,centre|nobody{k},"));
    }
    assert_eq!(well_formed.faults().all().len(), 1_000);
    assert_eq!(well_formed.faults().message(English).lines().count(), 1_000);
}

#[test]
fn long_values_are_shortened() {
    let faults = document_faults(|document| document["schools"][0]["name"] = "<".repeat(10_000).into());
    assert_eq!(faults.all()[0].value, "<".repeat(80));
    let faults = document_faults(|document| document["schools"][0]["id"] = "字".repeat(10_000).into());
    assert!(faults.all().iter().all(|fault| fault.place.id.chars().count() <= 80));
}

#[test]
fn every_code_has_words_in_both_languages() {
    let mut codes: Vec<&str> = FaultCode::ALL.iter().map(|code| code.code()).collect();
    assert!(codes.is_sorted(), "codes are declared in order");
    codes.dedup();
    assert_eq!(codes.len(), FaultCode::ALL.len(), "codes are unique");
    for code in FaultCode::ALL {
        assert!(code.code().len() == 4 && code.code().starts_with('M'), "{code:?}");
        let (en, zh) = (code.template(English), code.template(Chinese));
        assert!(en.ends_with('.') && en.is_ascii(), "{code:?}: {en}");
        assert!(zh.ends_with('。'), "{code:?}: {zh}");
        let open = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or("").to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(open(en), open(zh), "{code:?}");
        assert!(open(en).iter().all(|name| name == "value" || name == "allowed"), "{code:?}: {en}");
    }
}

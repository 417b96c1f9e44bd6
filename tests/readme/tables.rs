//! The tables: columns, words, rules, criteria, goals, settings and codes.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use talent_match::audit::Check;
use talent_match::certificate::Condition;
use talent_match::formulation::Goal;
use talent_match::insight::{ComplianceState, Signal};
use talent_match::market::{
    AgreementKind, Base, BondKind, Consent, DecisionState, Dimension, FaultCode, Flag, Hazard, Indicator, Level,
    Opening, PostKind, ProgrammeDistance, Reach, Rule, Sex, SupplyKind, table_columns,
};
use talent_match::outlook::{AheadState, INTERVAL, Model};
use talent_match::scoring::{Criteria, Criterion};
use talent_match::{Config, Language};

use super::markdown::code;
use super::{READMES, Readme};

/// Asserts that the table under `heading` begins its rows with exactly `expected`.
fn assert_rows(readme: Readme, heading: &str, nth: usize, expected: &[Vec<String>]) {
    let table = readme.table(heading, nth);
    for (row, expected) in table.iter().zip(expected) {
        assert_eq!(row[..expected.len().min(row.len())], expected[..], "{}: {heading}", readme.name);
    }
    assert_eq!(table.len(), expected.len(), "rows of {}: {heading}", readme.name);
    assert!(table.iter().all(|row| row.last().is_some_and(|cell| !cell.is_empty())), "{}: {heading}", readme.name);
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_table_and_column_of_a_market_is_there() {
    for readme in READMES {
        for (table, columns) in table_columns() {
            let row = |column: &talent_match::market::Column| {
                let required = if column.required { readme.either("yes", "是") } else { "" };
                let mut cells = vec![code(column.name), required.to_owned()];
                cells.extend(readme.either(Some(column.meaning.to_owned()), None));
                cells
            };
            let rows: Vec<Vec<String>> = columns.iter().map(row).collect();
            assert_rows(readme, &format!("#### `{table}`"), 0, &rows);
            if readme.language == Language::Chinese {
                let written = readme.table(&format!("#### `{table}`"), 0);
                assert!(written.iter().all(|row| has_chinese(row[2])), "{table}");
            }
        }
        let tables = readme.text.lines().filter(|line| line.starts_with("#### ")).count();
        assert_eq!(tables, table_columns().len(), "{}", readme.name);
    }
}

#[test]
fn every_word_is_there() {
    macro_rules! words {
        ($language:expr, $($name:ident),+) => {
            [$($name::ALL.iter().map(|value| [code(value.word()), value.label($language).to_owned()]).collect::<Vec<_>>()),+]
                .concat()
        };
    }
    for readme in READMES {
        let expected = words!(
            readme.language,
            PostKind,
            Opening,
            Reach,
            Hazard,
            SupplyKind,
            Sex,
            Consent,
            Flag,
            Level,
            AgreementKind,
            Dimension,
            Base,
            BondKind,
            DecisionState,
            Indicator
        );
        let table = readme.table(readme.either("### Words", "### 用词"), 0);
        assert!(table.iter().map(|row| &row[1..]).eq(expected.iter().map(|row| &row[..])), "{}", readme.name);
        let distances = ProgrammeDistance::ALL.iter().all(|distance| readme.text.contains(&code(distance.word())));
        assert!(distances, "{}", readme.name);
    }
}

#[test]
fn every_rule_criterion_and_goal_is_there() {
    for readme in READMES {
        let language = readme.language;
        let rule = |rule: &Rule| {
            let (label, source) = (rule.label(language), rule.source(language));
            vec![rule.code().to_owned(), code(rule.word()), label.to_owned(), source.to_owned()]
        };
        let rules: Vec<_> = Rule::ALL.iter().map(rule).collect();
        assert_rows(readme, readme.either("### Rules", "### 规则"), 0, &rules);
        let criteria = Criteria::default();
        let criterion = |criterion: &Criterion| {
            let weight = criteria.weight(*criterion).to_string();
            vec![code(criterion.word()), weight, criterion.label(language).to_owned()]
        };
        let rows: Vec<_> = Criterion::ALL.iter().map(criterion).collect();
        assert_rows(readme, readme.either("### Criteria", "### 准则"), 0, &rows);
        let goals: Vec<_> =
            Goal::ALL.iter().map(|goal| vec![code(goal.word()), goal.label(language).to_owned()]).collect();
        assert_rows(readme, readme.either("### Goals", "### 目标"), 0, &goals);
    }
}

/// The fields of a configuration with their values; modes and weights have tables of their own.
fn settings(value: &Value, path: &str, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) if path != "rules.modes" && path != "criteria.weights" => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                settings(value, &path, found);
            }
        }
        Value::Object(_) => {
            found.insert((code(path), String::new()));
        }
        value => {
            found.insert((code(path), code(&value.to_string())));
        }
    }
}

#[test]
fn every_setting_is_there_with_its_default() {
    let config = serde_json::from_str(&Config::default().to_json()).expect("a configuration is JSON");
    let mut expected = BTreeSet::new();
    settings(&config, "", &mut expected);
    for readme in READMES {
        let table = readme.table(readme.either("### Fields", "### 字段"), 0);
        let spelled_out = |field: &str| field == "`rules.modes`" || field == "`criteria.weights`";
        let row =
            |row: &Vec<&str>| (row[0].to_owned(), if spelled_out(row[0]) { String::new() } else { row[1].to_owned() });
        assert_eq!(table.iter().map(row).collect::<BTreeSet<_>>(), expected, "{}", readme.name);
        let example = readme.blocks("json").into_iter().find(|block| block.contains("\"rules\""));
        Config::from_json(&example.expect("there is an example")).expect("the example is a configuration");
    }
}

#[test]
fn every_fault_of_a_market_is_there_in_its_words() {
    for readme in READMES {
        let row = |fault: &FaultCode| vec![fault.code().to_owned(), fault.template(readme.language).to_owned()];
        let rows: Vec<_> = FaultCode::ALL.iter().map(row).collect();
        assert_rows(readme, readme.either("### Faults of a market", "### 市场的问题"), 0, &rows);
    }
}

/// The codes that stand at the beginning of a string in `text`.
fn codes_in(text: &str, found: &mut BTreeSet<String>) {
    for literal in text.split('"').skip(1) {
        let code: String = literal.chars().take_while(char::is_ascii_alphanumeric).collect();
        let (kind, number) = code.split_at(code.len().min(1));
        let digits = number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        if digits && "CEFPS".contains(kind) && !kind.is_empty() {
            found.insert(code);
        }
    }
}

fn codes_below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            codes_below(&path, found);
        } else {
            codes_in(&std::fs::read_to_string(&path).expect("the sources are text"), found);
        }
    }
}

#[test]
fn every_other_code_is_there() {
    let mut expected = BTreeSet::new();
    codes_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut expected);
    assert!(["C001", "E002", "F003", "P101", "S105"].iter().all(|code| expected.contains(*code)));
    for readme in READMES {
        let table = readme.table(readme.either("### Other codes", "### 其他代码"), 0);
        let found: BTreeSet<String> = table.iter().map(|row| row[0].to_owned()).collect();
        assert_eq!(found, expected, "{}", readme.name);
    }
}

#[test]
fn every_condition_and_check_is_there() {
    for readme in READMES {
        let conditions = Condition::ALL.map(|condition| code(condition.name()));
        let counts = Check::all().filter(|check| !matches!(check, Check::Rule(_)));
        let (first, last) = (Rule::ALL[0].code(), Rule::ALL[Rule::ALL.len() - 1].code());
        let rules = readme.either(format!("{first} to {last}"), format!("{first} 至 {last}"));
        let names = conditions.into_iter().chain(counts.map(|check| check.code().to_owned())).chain([rules]);
        let rows: Vec<Vec<String>> = names.map(|name| vec![name]).collect();
        assert_rows(readme, readme.either("### Checking the files", "### 复核结果文件"), 0, &rows);
    }
}

#[test]
fn every_line_and_state_of_the_compliance_sheet_is_there() {
    let (rules, checks) = (Rule::ALL, Check::COUNTS);
    let ends = [(rules[0].code(), rules[rules.len() - 1].code()), (checks[0].code(), checks[checks.len() - 1].code())];
    for readme in READMES {
        let heading = readme.either("### The compliance sheet", "### 合规情况表");
        let ranges =
            ends.map(|(first, last)| readme.either(format!("{first} to {last}"), format!("{first} 至 {last}")));
        let codes = ranges.into_iter().chain((1..=7).map(|number| format!("L{number:02}")));
        assert_rows(readme, heading, 0, &codes.map(|code| vec![code]).collect::<Vec<_>>());
        let states = readme.table(heading, 1);
        assert_eq!(states.len(), ComplianceState::ALL.len());
        for (row, state) in states.iter().zip(ComplianceState::ALL) {
            assert_eq!(row[0], code(state.word()));
            assert!(row[1].starts_with(state.label(readme.language)), "{}: {row:?}", readme.name);
        }
    }
}

#[test]
fn every_key_figure_is_there() {
    for readme in READMES {
        let row = |indicator: &Indicator| vec![indicator.code().to_owned(), code(indicator.word())];
        let rows: Vec<_> = Indicator::ALL.iter().map(row).collect();
        assert_rows(readme, readme.either("### Key figures", "### 关键指标"), 0, &rows);
    }
}

#[test]
fn every_word_of_an_outlook_is_there() {
    for readme in READMES {
        let heading = readme.either("### Several years", "### 多个年度");
        let signal = |signal: &Signal| vec![code(signal.word()), signal.label(readme.language).to_owned()];
        assert_rows(readme, heading, 0, &Signal::ALL.iter().map(signal).collect::<Vec<_>>());
        let model = |model: &Model| vec![code(model.word()), model.label(readme.language).to_owned()];
        let state = |state: &AheadState| vec![code(state.word()), state.label(readme.language).to_owned()];
        let states = AheadState::ALL.iter().filter(|state| **state != AheadState::Projected);
        assert_rows(readme, heading, 1, &Model::ALL.iter().map(model).chain(states.map(state)).collect::<Vec<_>>());
        let level = readme.either(format!("interval of {INTERVAL} %"), format!("{INTERVAL}% 区间"));
        assert!(readme.text.contains(&level), "{}: {level}", readme.name);
    }
}

//! Commands, versions and the quickstart.

use std::path::Path;

use super::{READMES, Readme};

const MANIFEST: &str = include_str!("../../Cargo.toml");
const QUICKSTART: &str = include_str!("../../examples/quickstart.rs");

/// The value of `key` in the section `[section]` of the manifest.
fn manifest(section: &str, key: &str) -> &'static str {
    let lines = MANIFEST.lines().skip_while(|line| *line != format!("[{section}]")).skip(1);
    let mut lines = lines.take_while(|line| !line.starts_with('['));
    let value = lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    value.unwrap_or_else(|| panic!("no {key} in [{section}]")).trim()
}

/// The version in a dependency's line of the manifest.
fn version(value: &str) -> &str {
    value.split('"').nth(1).expect("a version in quotes")
}

/// Every `cargo` command of a README, from blocks and from running text.
fn commands(readme: Readme) -> Vec<&'static str> {
    let spans = readme.text.split('`').skip(1).step_by(2);
    let lines = readme.text.lines().filter(|line| line.starts_with("cargo "));
    let mut commands: Vec<&str> = spans.filter(|span| span.starts_with("cargo ")).chain(lines).collect();
    commands.sort_unstable();
    commands.dedup();
    commands
}

#[test]
fn every_command_names_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for readme in READMES {
        let commands = commands(readme);
        for expected in ["cargo run --release --example jinpu", "cargo test"] {
            assert!(commands.contains(&expected), "{}: {expected}", readme.name);
        }
        for command in commands {
            let (cargo, arguments) = command.split_once(" -- ").unwrap_or((command, ""));
            let words: Vec<&str> = cargo.split(' ').collect();
            let mut example = None;
            for pair in words.windows(2) {
                match pair {
                    ["--example", name] => example = Some(root.join("examples").join(format!("{name}.rs"))),
                    ["--features", name] => {
                        manifest("features", name);
                    }
                    _ => {}
                }
            }
            let source = example.map_or(String::new(), |path| {
                std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}: {command}", readme.name))
            });
            let words: Vec<&str> = arguments.split(' ').filter(|word| !word.is_empty()).collect();
            for option in words.iter().filter_map(|word| word.strip_prefix("--")) {
                assert!(source.contains(&format!("    {option}: ")), "{}: --{option} in {command}", readme.name);
            }
            for path in words.iter().filter(|word| word.starts_with("examples/")) {
                assert!(root.join(path).exists(), "{}: {path}", readme.name);
            }
        }
    }
}

#[test]
fn the_options_of_jinpu_are_those_it_has() {
    let source = include_str!("../../examples/jinpu.rs");
    let arguments = source.split("struct Arguments {").nth(1).and_then(|rest| rest.split("\n}").next());
    let fields = arguments.expect("jinpu has arguments").lines().map(str::trim);
    let fields = fields.filter(|line| !line.starts_with(['/', '#'])).filter_map(|line| line.split_once(": "));
    let expected: Vec<String> = fields.map(|(field, _)| format!("`--{field}`")).collect();
    for readme in READMES {
        let table = readme.table(readme.either("## Try it", "## 快速上手"), 0);
        assert_eq!(table.iter().map(|row| row[0]).collect::<Vec<_>>(), expected, "{}", readme.name);
    }
}

#[test]
fn versions_are_those_of_the_manifest() {
    let own = version(manifest("package", "version"));
    let minor = own.rsplit_once('.').map_or(own, |(minor, _)| minor);
    let rust = version(manifest("package", "rust-version"));
    let jiff = version(manifest("dependencies", "jiff"));
    for readme in READMES {
        let dependencies = readme.blocks("toml").concat();
        assert!(dependencies.contains(&format!("talent-match = \"{minor}\"")), "{}", readme.name);
        assert!(dependencies.contains(&format!("jiff = \"{jiff}\"")), "{}", readme.name);
        assert!(readme.text.contains(&format!("- **{own}** ")), "{}: {own} is not under the changes", readme.name);
        let toolchain = readme.either(format!("({rust} or later)"), format!("（{rust} 或更高版本）"));
        assert!(readme.text.contains(&toolchain), "{}: {toolchain}", readme.name);
        let minimum = readme.either(format!("Rust version is {rust}."), format!("最低支持的 Rust 版本为 {rust}。"));
        assert!(readme.text.contains(&minimum), "{}: {minimum}", readme.name);
    }
}

#[test]
fn features_are_those_of_the_manifest() {
    let lines = MANIFEST.lines().skip_while(|line| *line != "[features]").skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let mut names: Vec<_> = lines.filter_map(|line| line.split_once(" =")).map(|(name, _)| name).collect();
    names.retain(|name| *name != "default" && !name.starts_with('#'));
    let defaults = manifest("features", "default");
    for readme in READMES {
        let table = readme.table(readme.either("## Features", "## 特性"), 0);
        let expected: Vec<[String; 2]> = names
            .iter()
            .map(|name| {
                let on = defaults.contains(&format!("\"{name}\""));
                let word = if on { readme.either("yes", "是") } else { readme.either("no", "否") };
                [format!("`{name}`"), word.to_owned()]
            })
            .collect();
        assert!(table.iter().map(|row| &row[..2]).eq(expected.iter().map(|row| &row[..])), "{}", readme.name);
    }
}

#[test]
fn the_quickstart_is_the_example_and_short() {
    assert!(QUICKSTART.lines().count() < 40);
    for readme in READMES {
        assert_eq!(readme.blocks("rust"), [QUICKSTART], "{}", readme.name);
    }
}

#[test]
fn both_say_the_same_things_in_the_same_order() {
    let [english, chinese] = READMES;
    assert_eq!(english.outline(), chinese.outline());
    for language in ["sh", "csv", "json"] {
        assert_eq!(english.blocks(language), chinese.blocks(language), "{language}");
    }
    let rows = |readme: Readme| readme.text.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(rows(english), rows(chinese));
}

#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for readme in READMES {
        let targets = readme.text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("https://")) {
            let found = match target.strip_prefix('#') {
                Some(anchor) => {
                    let slug = |line: &str| {
                        line.trim_start_matches('#').trim().to_lowercase().replace(',', "").replace(' ', "-")
                    };
                    readme.text.lines().any(|line| line.starts_with('#') && slug(line) == anchor)
                }
                None => root.join(target).exists(),
            };
            assert!(found, "{}: {target}", readme.name);
        }
    }
}

//! Which room may import which. The source is read and every arrow that is not in the table fails the test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Everything there is, in the order the data walks through it.
const MATHEMATICS: &[&str] = &["index", "control", "parallel", "graph", "solve", "certificate", "sensitivity"];

/// Each room with the rooms it may import besides itself; a room that is not here may import nothing.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("index", &[]),
    ("control", &[]),
    ("language", &[]),
    ("parallel", &["control"]),
    // The mathematics knows no domain; the checker knows no solver.
    ("graph", &["index", "parallel"]),
    ("solve", &["graph", "index", "control", "parallel"]),
    ("certificate", &["graph", "index", "control", "parallel"]),
    ("sensitivity", &["graph", "index", "parallel"]),
    // The domain, in the order the data walks through it.
    ("market", &["index", "language"]),
    ("eligibility", &["market", "index", "control", "parallel", "language"]),
    ("scoring", &["eligibility", "market", "index", "control", "parallel", "language"]),
    ("formulation", &["scoring", "eligibility", "market", "graph", "index", "control", "parallel", "language"]),
    ("config", &["formulation", "scoring", "market", "language"]),
    ("docking", &["config", "formulation", "scoring", "eligibility", "market", "graph", "control"]),
    // Why nothing is possible.
    (
        "conflict",
        &["docking", "formulation", "eligibility", "market", "solve", "graph", "index", "control", "language"],
    ),
    // The other checker knows no mathematics.
    ("audit", &["market", "language"]),
    ("verified", &["docking", "audit", "certificate", "market", "graph", "control"]),
    // What tells of results knows neither solver nor engine.
    (
        "insight",
        &[
            "verified",
            "audit",
            "config",
            "docking",
            "sensitivity",
            "formulation",
            "scoring",
            "eligibility",
            "market",
            "graph",
            "index",
            "language",
        ],
    ),
    // Several rounds together.
    ("outlook", &["insight", "language"]),
    // What asks the round once more, with something else.
    (
        "relaxation",
        &[
            "audit",
            "config",
            "conflict",
            "engine",
            "error",
            "insight",
            "verified",
            "docking",
            "formulation",
            "market",
            "solve",
            "graph",
            "index",
            "control",
            "language",
        ],
    ),
    // A round beside the same with something changed.
    (
        "what_if",
        &[
            "config",
            "control",
            "engine",
            "error",
            "formulation",
            "insight",
            "language",
            "market",
            "solve",
            "start",
            "verified",
        ],
    ),
    (
        "report",
        &[
            "outlook",
            "what_if",
            "relaxation",
            "conflict",
            "insight",
            "verified",
            "docking",
            "audit",
            "certificate",
            "formulation",
            "scoring",
            "eligibility",
            "market",
            "control",
            "language",
        ],
    ),
    // A question that cannot be asked, of whatever stage.
    ("error", &["config", "conflict", "control", "formulation", "graph", "market", "solve", "verified", "language"]),
    ("start", &["audit", "docking", "formulation", "graph", "market", "solve", "verified"]),
    (
        "engine",
        &[
            "config", "conflict", "docking", "verified", "market", "graph", "solve", "start", "control", "parallel",
            "error",
        ],
    ),
    (
        "record",
        &[
            "report",
            "verified",
            "docking",
            "formulation",
            "config",
            "audit",
            "certificate",
            "eligibility",
            "market",
            "graph",
            "index",
            "control",
            "language",
            "error",
        ],
    ),
    ("generate", &["market", "graph", "index", "parallel", "language"]),
];

/// The rooms named after `crate::` in code; comments and documentation may name any room.
fn imports(source: &str) -> BTreeSet<String> {
    let code = source.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    // Tests beside the code may reach for other rooms to build what they test.
    let code = code.split("#[cfg(test)]").next().unwrap_or("");
    let mut rooms = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let rest = rest.trim_start();
        match rest.strip_prefix('{') {
            None => rooms.extend(first_word(rest)),
            Some(group) => rooms.extend(group_members(group).iter().filter_map(|member| first_word(member))),
        }
    }
    rooms
}

/// The members of a brace group whose opening brace was read, without what is inside their own groups.
fn group_members(group: &str) -> Vec<String> {
    let (mut members, mut depth) = (vec![String::new()], 0);
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            _ if depth == 0 => members.last_mut().expect("never empty").push(letter),
            _ => {}
        }
    }
    members
}

/// The leading name of a path, if it is a room: modules are lower case, types and macros at the root are not rooms.
fn first_word(path: &str) -> Option<String> {
    let path = path.trim_start();
    let word: String = path.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let after = path[word.len()..].trim_start();
    let ends = after.is_empty() || ["::", ";", ",", "}", "as "].iter().any(|end| after.starts_with(end));
    let is_module = word.starts_with(char::is_lowercase) && ends;
    is_module.then_some(word)
}

/// Rooms that `room` imports and may not, given its source.
fn broken_arrows(room: &str, source: &str) -> Vec<String> {
    let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, allowed)| allowed);
    imports(source)
        .into_iter()
        .filter(|target| target != room && !allowed.contains(&target.as_str()))
        .map(|target| format!("{room} -> {target}"))
        .collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source folder is readable") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_follow_the_walk_and_never_turn_back() {
    let source_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&source_folder, &mut files);
    assert!(files.len() > 20, "the source was not found");
    let mut broken = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&source_folder).expect("found below it");
        let folder = inside.components().next().expect("a file has a name").as_os_str().to_string_lossy();
        let name = folder.trim_end_matches(".rs");
        if name != "lib" {
            let source = fs::read_to_string(&file).expect("source is text");
            broken.extend(broken_arrows(name, &source).iter().map(|arrow| format!("{}: {arrow}", inside.display())));
        }
    }
    assert!(broken.is_empty(), "imports that the table does not allow:\n{}", broken.join("\n"));
}

#[test]
fn the_table_is_a_walk_without_circles() {
    let rank = |room: &str| MAY_IMPORT.iter().position(|(name, _)| *name == room);
    for (room, targets) in MAY_IMPORT {
        for target in *targets {
            let target = rank(target).unwrap_or_else(|| panic!("{room} may import {target}, which is no room"));
            assert!(Some(target) != rank(room), "{room} imports itself");
        }
    }
    for room in MATHEMATICS {
        let (_, targets) = MAY_IMPORT[rank(room).expect("a room")];
        assert!(targets.iter().all(|target| MATHEMATICS.contains(target)), "{room} knows the domain");
    }
}

#[test]
fn a_broken_arrow_is_seen_however_it_is_written() {
    for source in [
        "use crate::solve::Outcome;",
        "pub use crate::solve::Outcome;",
        "use crate::{graph::Problem, solve::{Outcome, solve}};",
        "use crate::{\n    index::PostId,\n    solve::Outcome,\n};",
        "fn f() { let _ = crate::solve::solve; }",
        "use crate::solve;",
        "use crate::solve as other;",
        "use crate::{graph::Problem, solve};",
    ] {
        assert_eq!(broken_arrows("certificate", source), ["certificate -> solve"], "{source}");
    }
    assert_eq!(broken_arrows("graph", "use crate::market::Market;"), ["graph -> market"]);
    assert_eq!(broken_arrows("a_room_nobody_listed", "use crate::index::PostId;"), ["a_room_nobody_listed -> index"]);
}

#[test]
fn what_is_allowed_passes() {
    for source in [
        "use crate::graph::{Problem, Solution};\nuse crate::index::PostId;",
        "//! See [`solve`](crate::solve::solve).",
        "use super::solve::x; // crate::solve::Outcome",
        "pub(crate) use index;",
        "use crate::certificate::Claim;",
        "#[cfg(test)]\nmod tests { use crate::solve::solve; }",
    ] {
        assert_eq!(broken_arrows("certificate", source), [""; 0], "{source}");
    }
}

//! No byte of a record can be changed without a condition that fails.

#[cfg(feature = "parallel")]
use std::sync::LazyLock;

use proptest::prelude::*;
use talent_match::control::CancelToken;
use talent_match::market::Market;
use talent_match::record::FILES;
use talent_match::{Config, Control, Record};

use crate::random_markets::engine;
use crate::record::{failures, small_round};

/// Small questions asked ten thousand times are answered faster by one thread.
#[cfg(feature = "parallel")]
fn on_one_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: LazyLock<rayon::ThreadPool> =
        LazyLock::new(|| rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool"));
    POOL.install(work)
}

#[cfg(not(feature = "parallel"))]
fn on_one_thread<T>(work: impl FnOnce() -> T) -> T {
    work()
}

struct Round {
    market: Market,
    config: Config,
    files: [Vec<u8>; 3],
}

impl Round {
    fn run(control: &Control<'_>) -> Self {
        let (market, config) = (small_round(), Config::default());
        let engine = engine(&config);
        let record = Record::of(&engine.run(&market, control).expect("a stopped round is no error"));
        let files = FILES.map(|file| record.file(file).expect("the files are UTF-8").as_bytes().to_vec());
        Self { market, config, files }
    }

    fn optimal() -> Self {
        Self::run(&Control::new())
    }

    /// A round that was cancelled before it began.
    fn stopped() -> Self {
        let token = CancelToken::new();
        token.cancel();
        let round = Self::run(&Control::new().with_cancel(&token));
        assert!(round.text("result.json").contains("\"stop\": \"cancelled\""));
        round
    }

    fn text(&self, file: &str) -> String {
        let at = FILES.iter().position(|name| *name == file).expect("it is one of the files");
        String::from_utf8(self.files[at].clone()).expect("the files are UTF-8")
    }

    /// What fails with `bytes` for one of the files.
    fn failures(&self, file: &str, bytes: &[u8]) -> Vec<&'static str> {
        let files = [0, 1, 2].map(|k| if FILES[k] == file { bytes.to_vec() } else { self.files[k].clone() });
        on_one_thread(|| failures(&self.market, &self.config, &Record::from_bytes(files)))
    }

    fn assert_refused(&self, file: &str, bytes: impl AsRef<[u8]>, what: &str) -> Vec<&'static str> {
        let bytes = bytes.as_ref();
        assert_ne!(self.text(file).as_bytes(), bytes, "{what} changes nothing");
        let failed = self.failures(file, bytes);
        assert!(!failed.is_empty(), "{file}: {what} is accepted");
        failed
    }

    fn assert_every_byte_counts(&self) {
        for (file, own) in FILES.iter().zip(&self.files) {
            assert!(self.failures(file, own).is_empty());
            let mut bytes = own.clone();
            for at in 0..bytes.len() {
                for other in [own[at] ^ 1, b'9', b' ', 0xff].into_iter().filter(|other| *other != own[at]) {
                    bytes[at] = other;
                    let failed = self.failures(file, &bytes);
                    assert!(
                        !failed.is_empty(),
                        "{file}: byte {at} as {other:#x} instead of {:#x} is accepted",
                        own[at]
                    );
                }
                bytes[at] = own[at];
            }
        }
    }
}

#[test]
fn every_byte_of_a_proven_optimum_counts() {
    Round::optimal().assert_every_byte_counts();
}

#[test]
fn every_byte_of_a_stopped_round_counts() {
    Round::stopped().assert_every_byte_counts();
}

#[test]
fn longer_and_shorter_files_are_refused() {
    for round in [Round::optimal(), Round::stopped()] {
        for file in FILES {
            let text = round.text(file);
            for end in [0, 1, text.len() / 2, text.len() - 2, text.len() - 1] {
                round.assert_refused(file, &text.as_bytes()[..end], "a shorter file");
            }
            for more in ["\n", " ", "\0", "x", "{}", ",", "li,miller,0\n"] {
                round.assert_refused(file, format!("{text}{more}"), "a longer file");
                round.assert_refused(file, format!("{more}{text}"), "a file with something before it");
            }
            round.assert_refused(file, format!("\u{feff}{text}"), "a byte-order mark");
            round.assert_refused(file, text.replace('\n', "\r\n"), "Windows line ends");
        }
    }
}

#[test]
fn rows_cannot_be_moved_doubled_dropped_split_or_invented() {
    let round = Round::optimal();
    let text = round.text("placements.csv");
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows.len() > 3, "{text}");
    let refused = |rows: &[&str], what| round.assert_refused("placements.csv", rows.join("\n") + "\n", what);
    for k in 1..rows.len() {
        let mut changed = rows.clone();
        changed.swap(k, if k == 1 { rows.len() - 1 } else { 1 });
        if changed != rows {
            refused(&changed, "a moved row");
        }
        let mut changed = rows.clone();
        changed.insert(k, rows[k]);
        let failed = refused(&changed, "a doubled row");
        assert!(failed.contains(&"headcount") || failed.contains(&"capacity") || failed.contains(&"gap"), "{failed:?}");
        let mut changed = rows.clone();
        changed.remove(k);
        assert!(refused(&changed, "a dropped row").contains(&"gap"));
        let nobody = rows[k].replacen(",1,", ",0,", 1);
        if nobody != rows[k] {
            let mut changed = rows.clone();
            changed.insert(k, &nobody);
            refused(&changed, "a row of nobody");
        }
    }
    // Several members of the cohort are at one post.
    let shared = [(",2,internship", ",1,internship"), (",3,internship", ",2,internship")];
    let found = rows.iter().enumerate().find_map(|(k, row)| {
        let (people, fewer) = shared.iter().find(|(people, _)| row.contains(people))?;
        Some((k, row.replace(people, ",1,internship"), row.replace(people, fewer)))
    });
    let (split, one, rest) = found.expect("several members of the cohort are at one post");
    let mut changed = rows.clone();
    changed.splice(split..=split, [one.as_str(), rest.as_str()]);
    refused(&changed, "a split row");
    let stranger = rows[1].replacen(rows[1].split(',').next().unwrap_or_default(), "nobody", 1);
    let mut changed = rows.clone();
    changed.push(&stranger);
    assert!(refused(&changed, "a stranger").contains(&"acceptability"));
    let quoted: Vec<String> = rows.iter().map(|row| row.replacen("fitter", "\"fitter\"", 1)).collect();
    refused(&quoted.iter().map(String::as_str).collect::<Vec<_>>(), "quotes");
}

#[test]
fn the_same_data_in_another_form_is_refused() {
    for round in [Round::optimal(), Round::stopped()] {
        for file in ["result.json", "certificate.json"] {
            let text = round.text(file);
            let value: serde_json::Value = serde_json::from_str(&text).expect("the file is JSON");
            assert_eq!(round.assert_refused(file, value.to_string(), "one line"), ["digest"]);
        }
        let certificate = round.text("certificate.json");
        let more = certificate.replace("\"gap\"", "\"more\": 1,\n  \"gap\"");
        assert_eq!(round.assert_refused("certificate.json", more, "a further field"), ["digest"]);
        let twice = certificate.replace("  \"gap\"", "  \"gap\": \"0\",\n  \"gap\"");
        assert_eq!(round.assert_refused("certificate.json", twice, "a field twice"), ["digest"]);
    }
}

#[test]
fn prices_gap_and_status_cannot_be_dressed_up() {
    let round = Round::optimal();
    let certificate = round.text("certificate.json");
    let change = |from: &str, to: &str| {
        assert!(certificate.contains(from), "{from} is not in {certificate}");
        round.assert_refused("certificate.json", certificate.replace(from, to), to)
    };
    assert!(change("\"prices\": {", "\"prices\": {\n    \"nowhere\": 1,").contains(&"sign"));
    assert!(change("\"prices\": {", "\"prices\": {\n    \"zz\": 0,").contains(&"sign"));
    let mut value: serde_json::Value = serde_json::from_str(&certificate).expect("the file is JSON");
    for price in [i64::MIN, -1, i64::MAX] {
        value["prices"]["fitter"] = price.into();
        let failed = round.assert_refused("certificate.json", value.to_string(), "a price");
        assert!(failed.contains(&"gap") || failed.contains(&"rent"), "{price}: {failed:?}");
    }
    for gap in ["-1", "1", "00", "+0", "none", "", "170141183460469231731687303715884105727"] {
        let failed = change("\"gap\": \"0\"", &format!("\"gap\": \"{gap}\""));
        assert!(failed.contains(&"gap") || failed == ["digest"], "{gap}: {failed:?}");
    }
    assert!(change("record/1", "record/2").contains(&"digest"));

    // A weaker claim is true, but it is not what was proven.
    let round = Round::stopped();
    let certificate = round.text("certificate.json");
    let gap = certificate.lines().find_map(|line| line.trim().strip_prefix("\"gap\": \"")).expect("there is a gap");
    let gap = gap.trim_end_matches("\",");
    for other in [format!("{gap}0"), i128::MAX.to_string(), "0".to_owned(), format!("-{gap}")] {
        let changed = certificate.replace(&format!("\"{gap}\""), &format!("\"{other}\""));
        assert!(round.assert_refused("certificate.json", changed, &other).contains(&"gap"), "{other}");
    }
}

/// Pieces of the files, and bytes of any kind, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static str> = vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\n",
        "\r",
        "li",
        "wu",
        "ban",
        "fitter",
        "miller",
        "welder",
        "\"prices\"",
        "\"gap\"",
        "\"config\"",
        "\"digest\"",
        "\"schema\"",
        "talent-match/record/1",
        "null",
        "true",
        "-1",
        "1e999",
        "4294967296",
        "170141183460469231731687303715884105728",
        "9223372036854775807",
        "unit,post,people\n",
        "\u{feff}",
    ];
    let piece = prop_oneof![
        3 => proptest::sample::select(words).prop_map(|word| word.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// A file with a part of it replaced.
fn spliced(own: &[u8], at: f64, length: usize, with: &[u8]) -> Vec<u8> {
    let from = (own.len() as f64 * at) as usize;
    let to = own.len().min(from + length);
    [&own[..from], with, &own[to..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_refused_without_panic(file in 0..3_usize, with in pieces(), at in 0.0..1.0, length in 0..80_usize) {
        let round = Round::optimal();
        let own = &round.files[file];
        for changed in [with.clone(), spliced(own, at, length, &with)] {
            prop_assert_eq!(round.failures(FILES[file], &changed).is_empty(), changed == *own);
            let mut files = round.files.clone();
            files[file] = changed;
            drop(Record::from_bytes(files).config());
        }
    }
}

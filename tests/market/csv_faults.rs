//! What can be wrong with the files themselves.

use std::fs;

use talent_match::market::{FaultCode, Market, ReadLimits};

use super::sample::{FOLDER, Files, assert_faults};

#[test]
fn a_folder_or_file_that_is_not_there() {
    let faults = Market::read("tests/data/market/nowhere").expect_err("nothing is there");
    assert_eq!(faults.all().len(), 1);
    assert_eq!(faults.all()[0].code, FaultCode::Unreadable);
    assert_eq!(faults.all()[0].place.table, "tests/data/market/nowhere");
}

#[test]
fn a_folder_where_a_file_should_be() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Files::sample().without("posts.csv").write(folder.path());
    fs::create_dir(folder.path().join("posts.csv")).expect("a folder can be made");
    let faults = Market::read(folder.path()).expect_err("posts.csv is a folder");
    assert_eq!(faults.all().iter().map(|fault| fault.place.table.as_str()).collect::<Vec<_>>(), ["posts.csv"]);
}

#[test]
fn required_tables() {
    let files = Files::sample().without("round.csv").without("posts.csv").without("supply.csv");
    assert_faults(
        &files.faults(),
        &[
            (FaultCode::MissingTable, "posts.csv", ""),
            (FaultCode::MissingTable, "round.csv", ""),
            (FaultCode::MissingTable, "supply.csv", ""),
        ],
    );
}

#[test]
fn unknown_files_and_columns() {
    let files = Files::sample()
        .put("student.csv", "id\n")
        .put("README.md", "not a table")
        .with("schools.csv", "id,name,level", "id,name,Level")
        .with("supply.csv", "flags", "phone");
    assert_faults(
        &files.faults(),
        &[
            (FaultCode::UnknownName, "schools.csv:1", "Level"),
            (FaultCode::MissingColumn, "schools.csv:1", "level"),
            (FaultCode::UnknownName, "student.csv", "student.csv"),
            (FaultCode::UnknownName, "supply.csv:1", "phone"),
        ],
    );
}

#[test]
fn a_column_that_stands_twice() {
    let files = Files::sample().with("occupations.csv", "code,name", "code,name,name").with(
        "occupations.csv",
        "焊工",
        "焊工,焊工",
    );
    assert_faults(&files.faults(), &[(FaultCode::DuplicateColumn, "occupations.csv:1", "name")]);
}

#[test]
fn a_header_of_very_many_columns_is_refused_in_no_time() {
    let header = format!("{}\n", "x,".repeat(200_000));
    let faults = Files::sample().put("occupations.csv", header).faults();
    assert!(faults.has(FaultCode::DuplicateColumn) && faults.has(FaultCode::MissingColumn));
}

#[test]
fn empty_files_and_files_with_a_header_only() {
    let empty = Files::sample().put("agreements.csv", "");
    assert_faults(&empty.faults(), &[(FaultCode::Empty, "agreements.csv", "")]);
    for nothing in ["\n\n", "\u{feff}", "\u{feff}\r\n", " "] {
        assert!(Files::sample().put("agreements.csv", nothing).faults().has(FaultCode::MissingColumn), "{nothing:?}");
    }
    let header = Files::sample().put("agreements.csv", "id,name,kind,parties,programmes");
    assert_eq!(header.read().expect("a table may be empty").agreements().len(), 0);
}

#[test]
fn text_that_is_not_utf_8() {
    // "焊工" in GB 18030, as an old spreadsheet saves it.
    let mut bytes = b"code,name\n6-18-02-04,".to_vec();
    bytes.extend([0xba, 0xb8, 0xb9, 0xa4, b'\n']);
    let files = Files::sample().put("occupations.csv", &bytes);
    assert!(files.faults().all().contains(&files.faults().all()[0]));
    assert_eq!(files.faults().all()[0].code, FaultCode::NotUtf8);
    assert_eq!(files.faults().all()[0].place.to_string(), "occupations.csv:2");
    let header = Files::sample().put("occupations.csv", [0xba, 0xb8, b',', b'\n']);
    assert!(header.faults().has(FaultCode::NotUtf8));
}

#[test]
fn rows_that_do_not_fit_the_header() {
    let files = Files::sample()
        .with("regions.csv", "210200,大连市,121.614848,38.914086", "210200,大连市,121.614848")
        .with("regions.csv", "210213,金州区,121.782655,39.050001", "210213,金州区,121.782655,39.050001,")
        .append("regions.csv", "just one");
    assert_faults(
        &files.faults(),
        &[
            (FaultCode::BrokenRow, "regions.csv:3", "3 fields, header 4"),
            (FaultCode::BrokenRow, "regions.csv:4", "5 fields, header 4"),
            (FaultCode::BrokenRow, "regions.csv:5", "1 fields, header 4"),
        ],
    );
}

#[test]
fn an_unclosed_quote_never_swallows_rows_in_silence() {
    for (file, from, to) in [
        ("catalogue_programmes.csv", "装备制造大类\n66", "\"装备制造大类\n66"),
        ("catalogue_programmes.csv", "数控技术,", "\"数控技术,"),
        ("schools.csv", "centre,Voc", "\"centre,Voc"),
        ("agreements.csv", "6601", "\"6601"),
        ("supply.csv", "wu,student", "\"wu,student"),
        ("enterprises.csv", "120,", "\"120,"),
    ] {
        let read = Files::sample().with(file, from, to).append(file, "one more row").read();
        assert!(read.is_err(), "{file}: {to:?}");
    }
}

#[test]
fn a_table_under_another_spelling_of_its_name_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(FOLDER).expect("the sample").flatten() {
        let name = entry.file_name().to_string_lossy().replace("agreements.csv", "Agreements.CSV");
        std::fs::copy(entry.path(), folder.path().join(name)).expect("copied");
    }
    let faults = Market::read(folder.path()).expect_err("the table would be lost");
    assert!(faults.has(FaultCode::UnknownName), "{faults}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    let faults = Market::read("/dev/zero").expect_err("it never ends");
    assert!(faults.has(FaultCode::Unreadable), "{faults}");
}

#[test]
fn a_document_beyond_the_limit_of_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("market.json");
    std::fs::write(&path, super::sample::document().to_string()).expect("written");
    let faults = Market::read_within(&path, ReadLimits { bytes: 1 << 20, rows: 1 }).expect_err("more than a row");
    assert!(faults.has(FaultCode::TooLarge), "{faults}");
}

#[test]
fn files_and_tables_beyond_the_limits() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Files::sample().write(folder.path());
    let few = |bytes, rows| Market::read_within(folder.path(), ReadLimits { bytes, rows });
    assert!(few(2_000, 4).is_ok());
    assert_faults(&few(2_000, 3).expect_err("the supply has four rows"), &[(FaultCode::TooLarge, "supply.csv:5", "")]);
    let small = few(500, 100).expect_err("two files are larger");
    let files: Vec<_> = small.all().iter().map(|fault| (fault.code, fault.place.table.as_str())).collect();
    assert_eq!(files, [(FaultCode::TooLarge, "posts.csv")]);
    assert_eq!(small.all()[0].allowed, "500 bytes");

    let limits = ReadLimits { bytes: 100, rows: 100 };
    let document = Market::read_within(super::sample::DOCUMENT, limits).expect_err("the document is larger");
    assert!(document.has(FaultCode::TooLarge));
}

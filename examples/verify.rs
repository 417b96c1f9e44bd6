//! Examines the files of a round against its market; uses nothing of the solver.
//!
//! `cargo run --release --example verify -- --market examples/data/jinpu --result target/jinpu`
//!
//! Prints each condition of the certificate and each check of the audit with its state. Exits with 1 when one fails.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use talent_match::docking::Docking;
use talent_match::record::Examination;
use talent_match::{Config, Control, Error, Language, Market, Record};

/// Examines the files of a round against its market.
#[derive(Parser)]
struct Arguments {
    /// Folder of CSV files or JSON document of the market.
    #[arg(long)]
    market: PathBuf,
    /// Folder with placements.csv, result.json and certificate.json.
    #[arg(long)]
    result: PathBuf,
    /// Configuration the round must have been run with; the one named in the certificate when left out.
    #[arg(long)]
    config: Option<PathBuf>,
}

fn run(arguments: &Arguments) -> Result<bool, Error> {
    let market = Market::read(&arguments.market)?;
    let record = Record::read(&arguments.result)?;
    let config = match &arguments.config {
        Some(path) => {
            let text = std::fs::read_to_string(path);
            Config::from_json(&text.map_err(|source| Error::File { path: path.clone(), source })?)?
        }
        None => record.config()?,
    };
    let control = Control::new();
    let docking = Docking::prepare(&market, &config, &control)?;
    let examination = record.examine(docking, &control);
    // The exit code says the verdict even where nobody reads the text to its end.
    print(&examination).ok();
    Ok(examination.verified().is_some())
}

fn print(examination: &Examination<'_>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in examination.lines() {
        let state = match &line.faults {
            None => "not asked",
            Some(faults) if faults.is_empty() => "holds",
            Some(_) => "FAILS",
        };
        writeln!(out, "{:14} {state}", line.name)?;
        for fault in line.faults.iter().flatten() {
            writeln!(out, "    {fault}")?;
        }
    }
    let failed: Vec<&str> = examination.failed().collect();
    if failed.is_empty() { writeln!(out, "verified") } else { writeln!(out, "refused: {}", failed.join(", ")) }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}", error.message(Language::English));
            ExitCode::FAILURE
        }
    }
}

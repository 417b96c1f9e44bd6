//! Several rounds together, from their saved files: what they say of each programme, and the demand for each occupation a year ahead.
//!
//! `cargo run --release --example outlook -- --record target/years/2024 target/years/2025 target/years/2026`
//!
//! Every record is examined against its market first; one that does not hold ends the run.

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use talent_match::docking::Docking;
use talent_match::insight::{RoundFigures, Shortages, SignalRules};
use talent_match::{Control, Language, Market, Outlook, Record};

use language::language;

#[path = "support/language.rs"]
mod language;

/// Puts several rounds together from their saved files.
#[derive(Parser)]
struct Arguments {
    /// Language: en or zh.
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Language,
    /// Folders with placements.csv, result.json and certificate.json, one for each round.
    #[arg(long, required = true, num_args = 1..)]
    record: Vec<PathBuf>,
    /// The market of each record, in the same order; the folder `market` in each record when left out.
    #[arg(long, num_args = 1..)]
    market: Vec<PathBuf>,
    /// Folder for the tables, a CSV file each.
    #[arg(long)]
    csv: Option<PathBuf>,
    /// File for the outlook as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// File for the outlook as a page with pictures.
    #[arg(long)]
    html: Option<PathBuf>,
}

/// The figures of the round whose files are in `record`, if they hold.
fn figures(market: &Path, record: &Path) -> Result<RoundFigures, talent_match::Error> {
    let (market, files) = (Market::read(market)?, Record::read(record)?);
    let (config, control) = (files.config()?, Control::new());
    let result = files.examine(Docking::prepare(&market, &config, &control)?, &control).into_verified()?;
    Ok(Shortages::of(&result).figures())
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let own: Vec<PathBuf> = arguments.record.iter().map(|record| record.join("market")).collect();
    let markets = if arguments.market.is_empty() { &own } else { &arguments.market };
    if markets.len() != arguments.record.len() {
        return Err("give one --market for each --record".into());
    }
    let mut rounds = Vec::with_capacity(markets.len());
    for (market, record) in markets.iter().zip(&arguments.record) {
        let round = figures(market, record)
            .map_err(|error| format!("{}: {}", record.display(), error.message(arguments.lang)))?;
        rounds.push(round);
    }
    let outlook = Outlook::of(rounds, SignalRules::default()).map_err(|twice| twice.message(arguments.lang))?;
    if let Some(folder) = &arguments.csv {
        outlook.write_csv(folder)?;
    }
    if let Some(file) = &arguments.json {
        std::fs::write(file, outlook.json())?;
    }
    if let Some(file) = &arguments.html {
        std::fs::write(file, outlook.page(arguments.lang))?;
    }
    // Somebody who reads only the first lines has seen enough.
    std::io::stdout().write_all(outlook.text(arguments.lang).as_bytes()).ok();
    Ok(())
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

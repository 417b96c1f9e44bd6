//! Writes nested quotas as a city has them for an instance: enterprises in parks in sectors, and programmes in schools.
//!
//! They are measured out by the first of all best placements without quotas (`solve::canonical`), which the instance alone
//! decides, so that every version writes the same.

use std::error::Error;
use std::fs;
use std::io::BufReader;
use std::path::PathBuf;

use clap::Parser;
use talent_match::control::Control;
use talent_match::generate::instance::{Pressure, with_quotas};
use talent_match::solve::{canonical, solve};

#[path = "support/mwb.rs"]
mod mwb;
#[path = "support/write_rules.rs"]
mod write_rules;

/// Write nested quotas for an instance.
#[derive(Parser)]
struct Arguments {
    /// The file of the instance (`.mwb`).
    instance: PathBuf,
    /// How hard they press.
    #[arg(long, value_parser = pressure)]
    pressure: Pressure,
    /// The seed they are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file to write (`.rules`).
    #[arg(long)]
    out: PathBuf,
}

/// The pressure of a name.
fn pressure(name: &str) -> Result<Pressure, String> {
    let names = Pressure::ALL.map(Pressure::name).join(", ");
    Pressure::ALL.into_iter().find(|pressure| pressure.name() == name).ok_or(format!("the pressures are {names}"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let file = fs::File::open(&arguments.instance)?;
    let plain = mwb::Arrays::read(&mut BufReader::with_capacity(1 << 20, file))?.problem()?;
    let control = Control::new();
    let outcome = solve(&plain, &control)?;
    let best = outcome.solution().ok_or("without quotas, nobody placed is a placement")?;
    let first = canonical(&plain, best, &control).map_err(|stop| format!("stopped: {stop:?}"))?;
    let problem = with_quotas(plain, &first.matching, arguments.pressure, arguments.seed)?;
    fs::write(&arguments.out, write_rules::rules(&problem))?;
    Ok(())
}

//! Writes the Jinpu market again: `cargo run --release --features generate --example generate_jinpu`.
//!
//! The reference tables are read from the folder and written back; everything else comes from the seed.

use std::path::PathBuf;

use clap::Parser;
use talent_match::generate::{Jinpu, jinpu};
use talent_match::market::Market;

#[derive(Parser)]
#[command(about = "Writes the market of the Jinpu consortium from its seed")]
struct Arguments {
    /// Folder with the reference tables, which receives the market.
    #[arg(long, default_value = "examples/data/jinpu")]
    folder: PathBuf,
    /// Folder to write to, if another.
    #[arg(long)]
    out: Option<PathBuf>,
    /// People in all, 100 or more.
    #[arg(long, default_value_t = Jinpu::default().people, value_parser = clap::value_parser!(u32).range(100..=100_000_000))]
    people: u32,
    /// Seed of every draw.
    #[arg(long, default_value_t = Jinpu::default().seed)]
    seed: u64,
    /// Year of the round.
    #[arg(long, default_value_t = Jinpu::default().year, value_parser = clap::value_parser!(i16).range(1950..=9000))]
    year: i16,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let catalogue = Market::read_catalogue(&arguments.folder)?;
    let market = jinpu(&catalogue, Jinpu { people: arguments.people, seed: arguments.seed, year: arguments.year })?;
    let out = arguments.out.unwrap_or(arguments.folder);
    market.write_csv(&out)?;
    println!("{}: {} people, {} posts", out.display(), market.people(), market.posts().len());
    Ok(())
}

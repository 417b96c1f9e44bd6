//! Searches for problems that are hard for the solver: recipes that take the most work per pair.
//!
//! `search` changes recipes at random, and keeps the hardest of every kind; what it finds depends on its options alone.
//! `measure` solves what was kept again, at its own size or larger ones, and says where the work goes.
//! Every answer is verified, and one that is not proven ends the program with an error.

#[path = "hard_instances/mutation.rs"]
mod mutation;
#[path = "hard_instances/trial.rs"]
mod trial;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};
use talent_match::generate::instance::{Family, Recipe, Size, instance};

use mutation::{Bounds, Kind, pick};
use trial::Trial;

/// Search for problems that are hard for the solver, or solve those again that were found.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Threads; 0 for all there are.
    #[arg(long, default_value_t = 1, global = true)]
    threads: usize,
}

#[derive(Subcommand)]
enum Command {
    /// Change recipes at random, and keep the hardest of every kind.
    Search(Search),
    /// Solve recipes of a file again.
    Measure(Measure),
}

#[derive(Args)]
struct Search {
    /// Another seed, another search.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Recipes to try.
    #[arg(long, default_value_t = 2_000)]
    trials: usize,
    /// The most units of a recipe; the fewest are an eighth.
    #[arg(long, default_value_t = 16_000)]
    units: u32,
    /// The most pairs of a recipe, about.
    #[arg(long, default_value_t = 100_000)]
    pairs: u32,
    /// A solve is stopped after so many visits a pair.
    #[arg(long, default_value_t = 300)]
    most: u64,
    /// How many recipes to keep, each of another kind.
    #[arg(long, default_value_t = 12)]
    keep: usize,
    /// Folder for `hard.json`.
    #[arg(long, default_value = "target/hard")]
    out: PathBuf,
}

#[derive(Args)]
struct Measure {
    /// The recipes, as `search` writes them.
    file: PathBuf,
    /// Solve them at so many times their size; may be given more than once.
    #[arg(long, default_values_t = [1])]
    times: Vec<u32>,
    /// Record what solving them at their own size takes now.
    #[arg(long)]
    update: bool,
}

/// A recipe that is kept, and what is known of it.
#[derive(Serialize, Deserialize)]
struct Hard {
    name: String,
    /// The value of every best matching.
    objective: i64,
    /// Pairs that the solver visits.
    work: u64,
    recipe: Recipe,
}

/// A plainer recipe is as good if it takes this part of the work per pair.
const NEARLY: f64 = 0.8;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    // A pool of our own: its threads live to the end, so that their CPU time can be read.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build()?;
    let run = || match &arguments.command {
        Command::Search(search) => search.run(),
        Command::Measure(measure) => measure.run(),
    };
    Ok(pool.install(|| run().map_err(|error| error.to_string()))?)
}

impl Search {
    fn run(&self) -> Result<(), Box<dyn Error>> {
        let bounds = Bounds { units: (self.units.div_ceil(8), self.units), pairs: self.pairs };
        let mut numbers = ChaCha8Rng::seed_from_u64(self.seed);
        let mut best: BTreeMap<Kind, Trial> = BTreeMap::new();
        let mut starts = mutation::starts(self.units).into_iter();
        for number in 1..=self.trials {
            let recipe = if let Some(start) = starts.next() {
                start
            } else {
                let kept: Vec<&Trial> = best.values().collect();
                mutation::mutated(&kept[pick(&mut numbers, kept.len())].recipe, &mut numbers)
            };
            let trial = self.trial(bounds.fit(recipe))?;
            let kind = Kind::of(&trial.recipe);
            if best.get(&kind).is_none_or(|kept| trial.work_per_pair() > kept.work_per_pair()) {
                println!("{number:>6} {} {:<24} {}", trial.line(), kind.name(), serde_json::to_string(&trial.recipe)?);
                best.insert(kind, trial);
            }
        }
        self.keep(best)
    }

    /// Solves within this search's limit.
    fn trial(&self, recipe: Recipe) -> Result<Trial, Box<dyn Error>> {
        let words = serde_json::to_string(&recipe)?;
        Trial::of(recipe, Some(self.most)).map_err(|error| format!("{error}: {words}").into())
    }

    /// The plainest recipe near that of `trial` that is nearly as hard.
    fn plain(&self, trial: Trial) -> Result<Trial, Box<dyn Error>> {
        let (enough, kind) = (trial.work_per_pair() * NEARLY, Kind::of(&trial.recipe));
        let mut plainest = trial;
        for simpler in mutation::SIMPLER {
            loop {
                let recipe = simpler(plainest.recipe.clone());
                if recipe == plainest.recipe || Kind::of(&recipe) != kind {
                    break;
                }
                let trial = self.trial(recipe)?;
                if trial.work_per_pair() < enough {
                    break;
                }
                plainest = trial;
            }
        }
        Ok(plainest)
    }

    /// Writes the hardest that differ in more than the length of their rows.
    fn keep(&self, best: BTreeMap<Kind, Trial>) -> Result<(), Box<dyn Error>> {
        let mut found: Vec<(Kind, Trial)> = best.into_iter().collect();
        found.sort_by(|(_, one), (_, other)| other.work_per_pair().total_cmp(&one.work_per_pair()));
        let mut kept: Vec<Hard> = Vec::new();
        for (kind, trial) in found {
            let name = kind.family();
            if kept.len() < self.keep && kept.iter().all(|hard| hard.name != name) {
                let trial = self.plain(trial)?;
                println!("       {} {name:<24} {}", trial.line(), serde_json::to_string(&trial.recipe)?);
                kept.push(Hard { name, objective: trial.objective, work: trial.work, recipe: trial.recipe });
            }
        }
        fs::create_dir_all(&self.out)?;
        write(&self.out.join("hard.json"), &kept)
    }
}

impl Measure {
    fn run(&self) -> Result<(), Box<dyn Error>> {
        let mut kept: Vec<Hard> = serde_json::from_slice(&fs::read(&self.file)?)?;
        for hard in &mut kept {
            for &times in &self.times {
                let trial =
                    Trial::of(hard.recipe.times(times), None).map_err(|error| format!("{}: {error}", hard.name))?;
                let recipe = &trial.recipe;
                let (units, posts) = (recipe.units as usize, recipe.posts as usize);
                let city =
                    instance(Family::City, Size { units, posts, degree: trial.pairs.div_ceil(units.max(1)) }, 1)?;
                let usual = Trial::solve(recipe.clone(), &city, None)?;
                let ratio = trial.nanoseconds_per_pair() / usual.nanoseconds_per_pair();
                println!("{:<24} {times:>3} {} {ratio:>7.1}", hard.name, trial.line());
                if self.update && times == 1 {
                    (hard.objective, hard.work) = (trial.objective, trial.work);
                }
            }
        }
        if self.update { write(&self.file, &kept) } else { Ok(()) }
    }
}

/// Writes recipes, a line each.
fn write(file: &Path, kept: &[Hard]) -> Result<(), Box<dyn Error>> {
    let lines = kept.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(fs::write(file, format!("[\n  {}\n]\n", lines.join(",\n  ")))?)
}

//! Solves one instance, verifies the answer, and prints one line of JSON with what it cost.
//!
//! The instance is a binary file, or made in memory (`--family`). The format of files (`.mwb`, little endian):
//! `TSDMWB01`; `u32` units, `u32` posts, `u64` pairs; 40 bytes of notes this program does not need; then `u32` headcounts,
//! `u32` seats, `u32` row offsets, `u32` posts of the pairs, `i32` weights.

use std::error::Error;
use std::fs;
use std::io::{BufReader, Read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;
use talent_match::certificate::{Claim, verify};
use talent_match::control::{Control, Limits};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{BipartiteGraph, Problem, SeatRange, Solution};
use talent_match::index::{PairId, PostId, UnitId};
use talent_match::sensitivity::{Certainty, Sensitivity};
use talent_match::solve::{Outcome, Start, Workspace, canonical, solve_from, solve_with};

#[path = "support/cpu.rs"]
mod cpu;

/// Solve an instance, verify the answer, print what it cost.
#[derive(Parser)]
struct Arguments {
    /// The file of the instance.
    #[arg(required_unless_present = "family")]
    instance: Option<PathBuf>,
    /// Make an instance of this family in memory instead of reading a file.
    #[arg(long, value_parser = family, conflicts_with = "instance")]
    family: Option<Family>,
    /// Units of the instance that is made.
    #[arg(long, default_value_t = 10_000, conflicts_with = "instance")]
    units: usize,
    /// Its posts.
    #[arg(long, default_value_t = 500, conflicts_with = "instance")]
    posts: usize,
    /// Its pairs of each unit.
    #[arg(long, default_value_t = 20, conflicts_with = "instance")]
    degree: usize,
    /// Its seed.
    #[arg(long, default_value_t = 1, conflicts_with = "instance")]
    seed: u64,
    /// Threads; 0 for all there are.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Stop after this many seconds.
    #[arg(long)]
    limit: Option<f64>,
    /// Earn this for every placed person on top of the pair's weight.
    #[arg(long, default_value_t = 0)]
    bonus: i64,
    /// Then solve again with one seat less at every hundredth post: from the first answer, and from nothing.
    #[arg(long)]
    again: bool,
    /// Then choose the first of all best answers.
    #[arg(long)]
    canonical: bool,
    /// Then ask for the margin and certainty of every pair, the value of every seat, and what forcing a thousand pairs costs.
    #[arg(long)]
    margins: bool,
}

/// The family of a name.
fn family(name: &str) -> Result<Family, String> {
    let names = Family::ALL.map(Family::name).join(", ");
    Family::ALL.into_iter().find(|family| family.name() == name).ok_or(format!("the families are {names}"))
}

/// Wall and CPU seconds of one stage.
struct Watch(Instant, f64);

impl Watch {
    fn start() -> Self {
        let spent = cpu::cpu_seconds();
        Self(Instant::now(), spent)
    }

    fn stop(&self) -> (f64, f64) {
        (self.0.elapsed().as_secs_f64(), cpu::cpu_seconds() - self.1)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    // A pool of our own: its threads live to the end, so that their CPU time can be read.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build()?;
    let line = pool.install(|| run(&arguments).map_err(|error| error.to_string()))?;
    println!("{line}");
    Ok(())
}

/// Solves and verifies on the threads of the pool it is called in; the line to print.
fn run(arguments: &Arguments) -> Result<String, Box<dyn Error>> {
    let Ready { problem, load, generate, build } = Ready::of(arguments)?;
    let problem = problem.with_placement_bonus(arguments.bonus)?;
    let deadline = arguments.limit.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds));
    let limits = deadline.map_or(Limits::NONE, |deadline| Limits::NONE.with_deadline(deadline));
    let control = Control::new().with_limits(limits);
    let watch = Watch::start();
    let outcome = solve_with(&problem, &mut Workspace::new(), &control)?;
    let (solve, solve_cpu) = watch.stop();

    let claim = match &outcome {
        Outcome::Feasible { solution, bound, .. } => Claim::Within(bound - problem.value(&solution.matching)),
        Outcome::Optimal(_) | Outcome::Undecided { .. } | Outcome::Infeasible(_) => Claim::Optimal,
    };
    let solution = outcome.solution().ok_or("no feasible matching was found")?;
    let watch = Watch::start();
    let proof = verify(&problem, solution, claim, &control);
    let (verify, verify_cpu) = watch.stop();
    if let Some(fault) = proof.faults().next() {
        return Err(fault.to_string().into());
    }
    let again = if arguments.again { again(&problem, solution)? } else { String::new() };
    let canonical = if arguments.canonical { first(&problem, solution)? } else { String::new() };
    let margins = if arguments.margins { margins(&problem, solution)? } else { String::new() };
    let graph = problem.graph();
    Ok(format!(
        "{{\"peer\":\"talent-match\",\"version\":\"{}\",\"units\":{},\"posts\":{},\"pairs\":{},\"objective\":{},\
         \"matched\":{},\"gap\":{},\"load_s\":{load:.6},\"generate_s\":{generate:.6},\"build_s\":{build:.6},\
         \"solve_s\":{solve:.6},\"solve_cpu_s\":{solve_cpu:.6},\"verify_s\":{verify:.6},\
         \"verify_cpu_s\":{verify_cpu:.6},{again}{canonical}{margins}\"peak_rss_mb\":{:.1},\"threads\":{}}}",
        env!("CARGO_PKG_VERSION"),
        graph.units(),
        graph.posts(),
        graph.pairs(),
        proof.value(),
        solution.matching.placed(),
        proof.gap(),
        peak_memory(),
        arguments.threads,
    ))
}

/// A problem without bonus, and the wall seconds that reading, making and building it took.
struct Ready {
    problem: Problem,
    load: f64,
    generate: f64,
    build: f64,
}

impl Ready {
    fn of(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let watch = Watch::start();
        if let Some(family) = arguments.family {
            let Arguments { units, posts, degree, seed, .. } = *arguments;
            let problem = instance(family, Size { units, posts, degree }, seed)?;
            return Ok(Self { problem, load: 0.0, generate: watch.stop().0, build: 0.0 });
        }
        let path = arguments.instance.as_ref().ok_or("there is no instance")?;
        let parts = Parts::read(&mut BufReader::with_capacity(1 << 20, fs::File::open(path)?))?;
        let (load, _) = watch.stop();
        let watch = Watch::start();
        let graph = BipartiteGraph::from_rows(parts.seats.len(), parts.offsets, parts.posts)?;
        let seats = parts.seats.into_iter().map(SeatRange::up_to).collect();
        let problem = Problem::new(graph, parts.weights, parts.headcounts, seats)?;
        Ok(Self { problem, load, generate: 0.0, build: watch.stop().0 })
    }
}

/// CPU seconds of choosing the first of all best answers, as a JSON field.
fn first(problem: &Problem, solution: &Solution) -> Result<String, Box<dyn Error>> {
    let watch = Watch::start();
    let first = canonical(problem, solution, &Control::new()).map_err(|stop| format!("stopped: {stop:?}"))?;
    let (_, spent) = watch.stop();
    if problem.value(&first.matching) != problem.value(&solution.matching) {
        return Err("the first of the best answers is worth something else".into());
    }
    Ok(format!("\"canonical_cpu_s\":{spent:.6},"))
}

/// Wall seconds of everything around the optimum, and of the slowest single exchange, as JSON fields.
fn margins(problem: &Problem, solution: &Solution) -> Result<String, Box<dyn Error>> {
    let watch = Watch::start();
    let sensitivity = Sensitivity::of(problem, solution).ok_or("the prices prove nothing")?;
    let (prepared, _) = watch.stop();
    let (mut ties, mut exact) = (0, 0);
    for margin in UnitId::all(problem.graph().units()).flat_map(|unit| sensitivity.margins(unit)) {
        exact += usize::from(margin.at_least == margin.at_most);
        ties += usize::from(matches!(margin.certainty, Certainty::Other | Certainty::Some));
    }
    let priced = sensitivity.seats().posts.iter().filter(|value| value.more > Some(0)).count();
    let (all, _) = watch.stop();
    let (mut slowest, mut sum, mut moves) = (0.0_f64, 0.0, 0);
    let pairs = problem.graph().pairs();
    for pair in (0..pairs).step_by((pairs / 1000).max(1)) {
        let watch = Watch::start();
        let exchange = sensitivity.one_more(PairId::new(pair as u32));
        let (spent, _) = watch.stop();
        (slowest, sum) = (slowest.max(spent), sum + spent);
        moves = moves.max(exchange.map_or(0, |exchange| exchange.moves.len()));
    }
    Ok(format!(
        "\"margins_prepare_s\":{prepared:.6},\"margins_s\":{all:.6},\"margins_exact\":{exact},\"pairs_tied\":{ties},\
         \"posts_priced\":{priced},\"exchange_worst_s\":{slowest:.6},\"exchange_mean_s\":{:.6},\"moves_most\":{moves},",
        sum / 1000.0
    ))
}

/// CPU seconds of solving with one seat less at every hundredth post, from `solution` and from nothing, as JSON fields.
fn again(problem: &Problem, solution: &Solution) -> Result<String, Box<dyn Error>> {
    let seats = problem.seats().iter().enumerate();
    let fewer = seats.map(|(post, seat)| SeatRange::up_to(seat.max().saturating_sub(u32::from(post % 100 == 0))));
    let (weights, headcounts) = (problem.weights().to_vec(), problem.headcounts().to_vec());
    let changed = Problem::new(problem.graph().clone(), weights, headcounts, fewer.collect())?
        .with_placement_bonus(problem.placement_bonus())?;
    let (start, control) = (Start::of(problem, solution), Control::new());
    let watch = Watch::start();
    let from = solve_from(&changed, &start, &mut Workspace::new(), &control)?;
    let (_, again) = watch.stop();
    let watch = Watch::start();
    let afresh = solve_with(&changed, &mut Workspace::new(), &control)?;
    let (_, anew) = watch.stop();
    let value = |outcome: &Outcome| outcome.solution().map(|solution| changed.value(&solution.matching));
    if value(&from) != value(&afresh) {
        return Err("solving again found another objective than solving from nothing".into());
    }
    Ok(format!("\"again_cpu_s\":{again:.6},\"afresh_cpu_s\":{anew:.6},"))
}

/// The arrays of an instance.
struct Parts {
    headcounts: Vec<u32>,
    seats: Vec<u32>,
    offsets: Vec<u32>,
    posts: Vec<PostId>,
    weights: Vec<i32>,
}

impl Parts {
    fn read(file: &mut impl Read) -> Result<Self, Box<dyn Error>> {
        let mut header = [0; 64];
        file.read_exact(&mut header)?;
        let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if !header.starts_with(b"TSDMWB01") || word(20) != 0 {
            return Err("this is not an instance of the documented format".into());
        }
        let (units, posts, pairs) = (word(8) as usize, word(12) as usize, word(16) as usize);
        // Grown as words arrive: a header may promise more than there is.
        let mut word = [0; 4];
        let mut words = |count: usize| -> std::io::Result<Vec<u32>> {
            let mut words = Vec::new();
            for _ in 0..count {
                file.read_exact(&mut word)?;
                words.push(u32::from_le_bytes(word));
            }
            words.shrink_to_fit();
            Ok(words)
        };
        let (headcounts, seats, offsets) = (words(units)?, words(posts)?, words(units + 1)?);
        let posts = words(pairs)?.into_iter().map(PostId::new).collect();
        let weights = words(pairs)?.into_iter().map(u32::cast_signed).collect();
        Ok(Self { headcounts, seats, offsets, posts, weights })
    }
}

/// Most memory this process has held, in megabytes; 0 where the system does not say.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

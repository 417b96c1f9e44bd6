//! Solves one instance, verifies the answer, and prints one line of JSON with what it cost.
//!
//! The instance is a binary file (`.mwb`), with its rules in a file of text (`--rules`), or made in memory (`--family`).
//! `benches/peers/README.md` describes both files.

use std::error::Error;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use talent_match::certificate::{Claim, refute, verify, verify_cases, verify_searched};
use talent_match::control::{Control, Limits};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::{Cases, Matching, Problem, SeatRange, Solution, Witness};
use talent_match::index::{PairId, UnitId};
use talent_match::sensitivity::{Certainty, Sensitivity};
use talent_match::solve::{Outcome, Searched, Start, Workspace, canonical, search, settle, solve_from, solve_with};

use mwb::Arrays;
use read_rules::Fault;

#[path = "support/cpu.rs"]
mod cpu;
#[path = "support/mwb.rs"]
mod mwb;
#[path = "support/read_rules.rs"]
mod read_rules;

/// Solve an instance, verify the answer, print what it cost.
#[derive(Parser)]
struct Arguments {
    /// The file of the instance.
    #[arg(required_unless_present = "family")]
    instance: Option<PathBuf>,
    /// Its rules: minimums, classes that open or not, nested quotas, cohorts, quotas that cross.
    #[arg(long, requires = "instance")]
    rules: Option<PathBuf>,
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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A pool of our own: its threads live to the end, so that their CPU time can be read.
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build().map_err(|error| error.to_string());
    match pool.and_then(|pool| pool.install(|| run(&arguments).map_err(|error| error.to_string()))) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Solves and verifies on the threads of the pool it is called in; the line to print.
fn run(arguments: &Arguments) -> Result<String, Box<dyn Error>> {
    let Ready { problem, load, generate, build } = Ready::of(arguments)?;
    let problem = problem.with_placement_bonus(arguments.bonus)?;
    let deadline = arguments.limit.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds));
    let limits = deadline.map_or(Limits::NONE, |deadline| Limits::NONE.with_deadline(deadline));
    let control = Control::new().with_limits(limits);
    let watch = Watch::start();
    let found = Found::of(&problem, &control)?;
    let (solve, solve_cpu) = watch.stop();
    let watch = Watch::start();
    let verified = found.verify(&problem, &control)?;
    let (verify, verify_cpu) = watch.stop();
    let more = match &found {
        Found::Matching(solution, _) => around(arguments, &problem, solution)?,
        Found::Searched(_, cases, _) | Found::Refuted(cases) => format!("\"cases\":{},", cases.cases().len()),
        Found::None(_) => String::new(),
    };
    // None: it is proven that no placement keeps all rules.
    let objective = verified.map_or("null".to_owned(), |(value, _)| value.to_string());
    let gap = verified.map_or(0, |(_, gap)| gap);
    let matched = found.solution().map_or(0, |solution| solution.matching.placed());
    let graph = problem.graph();
    Ok(format!(
        "{{\"peer\":\"talent-match\",\"version\":\"{}\",\"units\":{},\"posts\":{},\"pairs\":{},\
         \"objective\":{objective},\"matched\":{matched},\"gap\":{gap},\"load_s\":{load:.6},\
         \"generate_s\":{generate:.6},\"build_s\":{build:.6},\"solve_s\":{solve:.6},\
         \"solve_cpu_s\":{solve_cpu:.6},\"verify_s\":{verify:.6},\"verify_cpu_s\":{verify_cpu:.6},{more}\
         \"peak_rss_mb\":{:.1},\"threads\":{}}}",
        env!("CARGO_PKG_VERSION"),
        graph.units(),
        graph.posts(),
        graph.pairs(),
        peak_memory(),
        arguments.threads,
    ))
}

/// What was found, with all that proves it.
enum Found {
    Matching(Solution, Claim),
    /// Where classes open or not, or quotas cross.
    Searched(Solution, Cases, Claim),
    /// No placement keeps all rules.
    None(Witness),
    Refuted(Cases),
}

impl Found {
    fn of(problem: &Problem, control: &Control<'_>) -> Result<Self, Box<dyn Error>> {
        const UNDECIDED: &str = "stopped before any placement was found";
        if !problem.needs_search() {
            return Ok(match solve_with(problem, &mut Workspace::new(), control)? {
                Outcome::Optimal(solution) => Self::Matching(solution, Claim::Optimal),
                Outcome::Feasible { solution, bound, .. } => {
                    let claim = Claim::Within(bound - problem.value(&solution.matching));
                    Self::Matching(solution, claim)
                }
                Outcome::Infeasible(witness) => Self::None(witness),
                Outcome::Undecided { .. } => return Err(UNDECIDED.into()),
            });
        }
        // The prices are those of the best matching as decided; a search that was stopped proves its bound by cases alone.
        let settled = |matching: &Matching, cases: &Cases| {
            settle(problem, matching, cases, &Control::new()).map_err(|stop| format!("stopped: {stop:?}"))
        };
        Ok(match search(problem, control)? {
            Searched::Optimal { matching, cases } => Self::Searched(settled(&matching, &cases)?, cases, Claim::Optimal),
            Searched::Feasible { matching, cases, bound, .. } => {
                let claim = Claim::Within(bound - problem.value(&matching));
                Self::Searched(settled(&matching, &cases)?, cases, claim)
            }
            Searched::Infeasible(cases) => Self::Refuted(cases),
            Searched::Undecided { .. } => return Err(UNDECIDED.into()),
        })
    }

    const fn solution(&self) -> Option<&Solution> {
        match self {
            Self::Matching(solution, _) | Self::Searched(solution, ..) => Some(solution),
            Self::None(_) | Self::Refuted(_) => None,
        }
    }

    /// Value and gap, verified; none if it is verified that there is no placement.
    fn verify(&self, problem: &Problem, control: &Control<'_>) -> Result<Option<(i128, i128)>, Box<dyn Error>> {
        let proof = match self {
            Self::Matching(solution, claim) => verify(problem, solution, *claim, control),
            Self::Searched(solution, cases, claim) => verify_searched(problem, solution, cases, *claim, control),
            Self::None(witness) if refute(problem, witness, control).holds() => return Ok(None),
            Self::Refuted(cases) if refuted(problem, cases, control) => return Ok(None),
            Self::None(_) | Self::Refuted(_) => return Err("that there is no placement is not proven".into()),
        };
        match proof.faults().next() {
            Some(fault) => Err(fault.to_string().into()),
            None => Ok(Some((proof.value(), proof.gap()))),
        }
    }
}

/// Whether every case is empty.
fn refuted(problem: &Problem, cases: &Cases, control: &Control<'_>) -> bool {
    let proof = verify_cases(problem, cases, control);
    proof.is_sound() && proof.bound().is_none()
}

/// What is asked for besides, as JSON fields.
fn around(arguments: &Arguments, problem: &Problem, solution: &Solution) -> Result<String, Box<dyn Error>> {
    let mut fields = String::new();
    if arguments.again {
        fields += &again(problem, solution)?;
    }
    if arguments.canonical {
        fields += &first(problem, solution)?;
    }
    if arguments.margins {
        fields += &margins(problem, solution)?;
    }
    Ok(fields)
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
        let arrays = Arrays::read(&mut BufReader::with_capacity(1 << 20, fs::File::open(path).map_err(named(path))?))?;
        let rules = arguments.rules.as_ref();
        let rules = rules.map(|path| fs::read_to_string(path).map_err(named(path))).transpose()?;
        let (load, _) = watch.stop();
        let watch = Watch::start();
        let plain = arrays.problem()?;
        let problem = match rules {
            Some(rules) => read_rules::read(&rules, plain).map_err(|faults| listed(&faults))?,
            None => plain,
        };
        Ok(Self { problem, load, generate: 0.0, build: watch.stop().0 })
    }
}

/// What went wrong with a file, with its name.
fn named(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// Every fault of the rules, one a line.
fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
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

/// CPU seconds of everything around the optimum, and of the slowest single exchange, as JSON fields.
fn margins(problem: &Problem, solution: &Solution) -> Result<String, Box<dyn Error>> {
    let watch = Watch::start();
    let sensitivity = Sensitivity::of(problem, solution).ok_or("the prices prove nothing")?;
    let (_, prepared) = watch.stop();
    let (mut ties, mut exact) = (0, 0);
    for margin in UnitId::all(problem.graph().units()).flat_map(|unit| sensitivity.margins(unit)) {
        exact += usize::from(margin.at_least == margin.at_most);
        ties += usize::from(matches!(margin.certainty, Certainty::Other | Certainty::Some));
    }
    let priced = sensitivity.seats().posts.iter().filter(|value| value.more > Some(0)).count();
    let (_, all) = watch.stop();
    let (mut slowest, mut sum, mut moves) = (0.0_f64, 0.0, 0);
    let pairs = problem.graph().pairs();
    for pair in (0..pairs).step_by((pairs / 1000).max(1)) {
        let watch = Watch::start();
        let exchange = sensitivity.one_more(PairId::new(pair as u32));
        let (_, spent) = watch.stop();
        (slowest, sum) = (slowest.max(spent), sum + spent);
        moves = moves.max(exchange.map_or(0, |exchange| exchange.moves.len()));
    }
    Ok(format!(
        "\"margins_prepare_cpu_s\":{prepared:.6},\"margins_cpu_s\":{all:.6},\"margins_exact\":{exact},\"pairs_tied\":{ties},\
         \"posts_priced\":{priced},\"exchange_worst_cpu_s\":{slowest:.6},\"exchange_mean_cpu_s\":{:.6},\"moves_most\":{moves},",
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

/// Most memory this process has held, in megabytes; 0 where the system does not say.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

//! `crates PEER INSTANCE`: solves with a Rust crate and prints one line of JSON; exit code 5 if the peer cannot.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::process::exit;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use peers::Instance;

/// The exact versions of the crates.
const LOCK: &str = include_str!("../../Cargo.lock");

/// What a run came to.
struct Run {
    value: i64,
    placed: i64,
    /// Wall time to make the peer's own input.
    build: Duration,
    /// Wall and CPU time of the peer's own call.
    solve: (Duration, Duration),
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, (Duration, Duration)) {
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    let result = work();
    (result, (wall.elapsed(), cpu.elapsed()))
}

fn version(package: &str) -> &'static str {
    let after = LOCK.split(&format!("name = \"{package}\"\nversion = \"")).nth(1);
    after.and_then(|rest| rest.split('"').next()).unwrap_or("?")
}

/// The crate `mcmf`. Its call takes the edges as they were added: part of what other peers do before counts here.
fn mcmf_crate(instance: &Instance) -> Run {
    use mcmf::{Capacity, Cost, GraphBuilder, Vertex};
    let start = Instant::now();
    let largest = instance.largest_weight();
    let units = instance.headcounts.len() as u32;
    let outside = units + instance.seats.len() as u32;
    let mut graph: GraphBuilder<u32> = GraphBuilder::new();
    for (unit, &headcount) in (0..).zip(&instance.headcounts) {
        let members = headcount as i32;
        graph.add_edge(Vertex::Source, unit, Capacity(members), Cost(0));
        for pair in instance.row(unit as usize) {
            let cost = largest - instance.weights[pair];
            graph.add_edge(unit, units + instance.posts[pair], Capacity(members), Cost(cost));
        }
        graph.add_edge(unit, outside, Capacity(members), Cost(largest));
    }
    for (node, &seats) in (units..).zip(&instance.seats) {
        graph.add_edge(node, Vertex::Sink, Capacity(seats as i32), Cost(0));
    }
    let everybody: u32 = instance.headcounts.iter().sum();
    graph.add_edge(outside, Vertex::Sink, Capacity(everybody as i32), Cost(0));
    let build = start.elapsed();
    let ((_, paths), solve) = timed(|| graph.mcmf());
    let mut flow = HashMap::new();
    for path in &paths {
        if let [_, Vertex::Node(unit), Vertex::Node(node), ..] = path.vertices()[..]
            && *node != outside
        {
            *flow.entry((*unit, node - units)).or_insert(0) += i64::from(path.amount());
        }
    }
    let mut unit = 0;
    let (value, placed) = instance.examine(|pair| {
        while pair >= instance.row(unit).end {
            unit += 1;
        }
        flow.get(&(unit as u32, instance.posts[pair])).copied().unwrap_or(0)
    });
    Run { value, placed, build, solve }
}

/// The crate `lapjv`: square matrices.
fn lapjv_crate(instance: &Instance) -> Run {
    let side = instance.headcounts.len();
    if !instance.dense || side != instance.seats.len() || !instance.is_one_to_one() {
        eprintln!("square matrices only");
        exit(5)
    }
    let start = Instant::now();
    let largest = instance.largest_weight();
    let costs = instance.weights.iter().map(|&weight| f64::from(largest - weight)).collect();
    let matrix = lapjv::Matrix::from_shape_vec((side, side), costs).expect("the matrix is full");
    let build = start.elapsed();
    let (assigned, solve) = timed(|| lapjv::lapjv(&matrix).expect("the matrix is square").0);
    let (value, placed) = instance.examine(|pair| i64::from(assigned[pair / side] == pair % side));
    Run { value, placed, build, solve }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [peer, path, rules @ ..] = &arguments[..] else { return Err("usage: crates PEER INSTANCE".into()) };
    if !rules.is_empty() {
        eprintln!("nothing but headcounts and seats");
        exit(5)
    }
    let start = Instant::now();
    let instance = Instance::load(Path::new(path))?;
    let load = start.elapsed().as_secs_f64();
    let (package, run) = match peer.as_str() {
        "mcmf_crate" => ("mcmf", mcmf_crate(&instance)),
        "lapjv_crate" => ("lapjv", lapjv_crate(&instance)),
        _ => return Err("there is no such peer".into()),
    };
    println!(
        "{{\"peer\":\"{peer}\",\"version\":\"{}\",\"objective\":{},\"matched\":{},\"load_s\":{load:.6},\
         \"build_s\":{:.6},\"solve_s\":{:.6},\"solve_cpu_s\":{:.6},\"peak_rss_mb\":{:.1}}}",
        version(package),
        run.value,
        run.placed,
        run.build.as_secs_f64(),
        run.solve.0.as_secs_f64(),
        run.solve.1.as_secs_f64(),
        peak_memory(),
    );
    Ok(())
}

/// Most memory this process has held, in megabytes; 0 where the system does not say.
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

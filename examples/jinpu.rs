//! A full docking round of the Dalian Jinpu consortium, or of any other market in the same form.
//!
//! `cargo run --release --example jinpu -- --lang zh --out target/jinpu`

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use talent_match::control::{Observer, Phase, Progress, Threads};
use talent_match::generate::with_rules;
use talent_match::insight::{Insight, Shortages};
use talent_match::language::Words;
use talent_match::market::Dimension;
use talent_match::record::FILES;
use talent_match::relaxation::{cancelled, leximin, repairs};
use talent_match::report::reopening;
use talent_match::verified::Verified;
use talent_match::{Config, Control, Engine, Error, Language, Market, Record, Report};

use contested::with_contested;
use language::language;

#[path = "support/contested.rs"]
mod contested;
#[path = "support/language.rs"]
mod language;

const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/jinpu");

/// Runs a docking round, prints its report and writes placements.csv, result.json and certificate.json.
#[derive(Parser)]
struct Arguments {
    /// Language of the report: en or zh.
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Language,
    /// Folder for the files of the round.
    #[arg(long, default_value = "target/jinpu")]
    out: PathBuf,
    /// Number of threads, at most 1024; all cores when 0.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Folder of CSV files or JSON document of another market.
    #[arg(long)]
    market: Option<PathBuf>,
    /// Add the rules of a consortium: quotas, mentors, bonds; the market is written to the folder `market` of the files.
    #[arg(long)]
    rules: bool,
    /// Say what it would take to open the classes that did not open; asks the round again for each.
    #[arg(long)]
    reopen: bool,
    /// Say how far the group placed least can be placed, then the next one, and how long that takes; groups of people by their level,
    /// school, home, flag or any other property of people that quotas know.
    #[arg(long, value_name = "PROPERTY", value_parser = of_people)]
    fairest: Option<Dimension>,
    /// Tell in the report of the most contested post: why people are there, why others are not, and what more seats would do; asks the
    /// round again for each number of seats.
    #[arg(long)]
    contested: bool,
    /// Folder for the tables of the report, a CSV file each.
    #[arg(long)]
    csv: Option<PathBuf>,
    /// File for the report as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// File for the report as a page with pictures.
    #[arg(long)]
    html: Option<PathBuf>,
    /// Configuration file; that of the Jinpu data, or the default one for another market, when left out.
    #[arg(long)]
    config: Option<PathBuf>,
}

/// A property of people.
fn of_people(word: &str) -> Result<Dimension, String> {
    let of_people: Vec<Dimension> = Dimension::ALL.iter().copied().filter(|of| !of.is_of_posts()).collect();
    let words: Vec<&str> = of_people.iter().map(|of| of.word()).collect();
    of_people.iter().copied().find(|of| of.word() == word).ok_or_else(|| words.join(", "))
}

/// A progress bar on standard error.
struct Bar {
    bar: ProgressBar,
    language: Language,
}

impl Bar {
    fn new(language: Language) -> Self {
        let bar = ProgressBar::new(1);
        let style = ProgressStyle::with_template("{msg:10} [{bar:40}] {percent:>3}%");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, language }
    }
}

impl Observer for Bar {
    fn observe(&self, progress: Progress) {
        let words = match progress.phase {
            Phase::Screen => Words::new("screening", "资格审查"),
            Phase::Score => Words::new("scoring", "评分"),
            Phase::Formulate => Words::new("weighing", "建模"),
            Phase::Price => Words::new("pricing", "估价"),
            Phase::Place => Words::new("placing", "安置"),
            Phase::Choose => Words::new("choosing", "选定"),
            _ => Words::new("verifying", "核验"),
        };
        self.bar.set_message(words.get(self.language));
        self.bar.set_length(progress.total);
        self.bar.set_position(progress.done);
    }
}

/// Peak memory and CPU time of this process, where the system tells.
fn resources() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim();
    let kib: u64 = peak.split_whitespace().next()?.parse().ok()?;
    let ticks = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = ticks.rsplit(')').next()?.split_whitespace().collect();
    let used: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    // The kernel reports CPU time in hundredths of a second on every Linux.
    Some(format!("{}.{:02} s of CPU time, peak memory {} MiB", used / 100, used % 100, kib / 1024))
}

fn read(path: &Path) -> Result<String, Error> {
    let regular = std::fs::metadata(path)
        .and_then(|found| if found.is_file() { Ok(()) } else { Err(std::io::Error::other("not a file")) });
    regular.and_then(|()| std::fs::read_to_string(path)).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Writes the report, with shortages, surpluses and what is known around the round, in the forms that were asked for.
fn write_report(result: &Verified<'_>, report: Report, arguments: &Arguments) -> Result<(), Error> {
    if [&arguments.csv, &arguments.json, &arguments.html].into_iter().all(Option::is_none) {
        return Ok(());
    }
    let report = report.with_shortages(&Shortages::of(result)).with_insight(&Insight::of(result));
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| Error::File { path, source }
    };
    if let Some(folder) = &arguments.csv {
        report.write_csv(folder).map_err(failed(folder))?;
    }
    if let Some(file) = &arguments.json {
        std::fs::write(file, report.json()).map_err(failed(file))?;
    }
    if let Some(file) = &arguments.html {
        std::fs::write(file, report.page(arguments.lang)).map_err(failed(file))?;
    }
    Ok(())
}

/// The fairest placement of the groups of `by`, and how long that took beside the `round`.
fn fairest(
    engine: &Engine,
    result: &Verified<'_>,
    by: Dimension,
    round: Duration,
    control: &Control<'_>,
    language: Language,
) -> Result<String, Error> {
    let started = Instant::now();
    let found = leximin(engine, result, by, control)?;
    let [round, answer] = [round, started.elapsed()].map(|time| time.as_secs_f64());
    let unknown = Words::new("Not every question was answered.\n", "部分问题未能判明。\n");
    let said = found.map_or_else(|| unknown.get(language).to_owned(), |found| found.text(language));
    let took = Words::new(
        "The round took {round} s, this {answer} s: {times} times as long.",
        "本轮用时 {round} 秒，此项 {answer} 秒，为其 {times} 倍。",
    );
    let numbers = [round, answer, answer / round].map(|number| format!("{number:.2}"));
    let values = [("round", numbers[0].as_str()), ("answer", &numbers[1]), ("times", &numbers[2])];
    Ok(format!("\n{said}{}\n", took.fill(language, &values)))
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let started = Instant::now();
    let default = arguments.market.is_none().then(|| Path::new(JINPU).join("config.json"));
    let config = match arguments.config.as_ref().or(default.as_ref()) {
        Some(path) => Config::from_json(&read(path)?)?,
        None => Config::default(),
    };
    let market = Market::read(arguments.market.as_deref().unwrap_or(Path::new(JINPU)))?;
    let market = if arguments.rules { with_rules(&market)? } else { market };
    let engine = Engine::new(config)?;
    // A round that fails must not leave the files of another one behind.
    for file in FILES {
        std::fs::remove_file(arguments.out.join(file)).ok();
    }
    if arguments.rules {
        let folder = arguments.out.join("market");
        market.write_csv(&folder).map_err(|source| Error::File { path: folder, source })?;
    }
    let bar = std::io::stderr().is_terminal().then(|| Bar::new(arguments.lang));
    let control = Control::new().with_threads(Threads::from_count(arguments.threads.into()));
    let solving = Instant::now();
    let result = match &bar {
        Some(bar) => engine.run(&market, &control.with_observer(bar)),
        None => engine.run(&market, &control),
    };
    let round = solving.elapsed();
    if let Some(bar) = bar {
        bar.bar.finish_and_clear();
    }
    if let Err(Error::Infeasible(found)) = &result {
        let repairs = repairs(&engine, &market, &control)?;
        let text = [found.conflict().text(arguments.lang), repairs.text(arguments.lang)].join("\n");
        std::io::stdout().write_all(text.as_bytes()).ok();
    }
    let result = result?;
    Record::of(&result).write(&arguments.out)?;
    let report = Report::of(&result);
    let report = if arguments.contested { with_contested(report, &result, &control)? } else { report };
    write_report(&result, report.clone(), arguments)?;
    let reopened = if arguments.reopen {
        format!("\n{}", reopening(&cancelled(&result, &control), arguments.lang))
    } else {
        String::new()
    };
    let fairest = match arguments.fairest {
        Some(by) => fairest(&engine, &result, by, round, &control, arguments.lang)?,
        None => String::new(),
    };
    let resources = resources().map_or(String::new(), |resources| format!(", {resources}"));
    let (folder, seconds) = (arguments.out.display(), started.elapsed().as_secs_f64());
    let text = format!("{}{reopened}{fairest}\n{folder}\n{seconds:.2} s{resources}\n", report.text(arguments.lang));
    // The files are written; somebody who reads only the first lines of the report has seen enough.
    std::io::stdout().write_all(text.as_bytes()).ok();
    Ok(())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", error.message(arguments.lang));
            ExitCode::FAILURE
        }
    }
}

//! Says why somebody is placed where they are, and why not elsewhere, from the files of a round; solves nothing.
//!
//! `cargo run --release --example explain -- --market examples/data/jinpu --result target/jinpu --student st-002641 --lang zh`
//!
//! The files are examined first; a result that does not hold is not explained (exit code 1).

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use serde::Serialize;
use talent_match::docking::Docking;
use talent_match::insight::{Insight, Stands, Why, WhyNot};
use talent_match::market::{PostIx, SupplyIx};
use talent_match::{Control, Error, Language, Market, Record};

use language::language;

#[path = "support/language.rs"]
mod language;

/// Says why somebody is placed where they are, and why not elsewhere.
#[derive(Parser)]
struct Arguments {
    /// Folder of CSV files or JSON document of the market.
    #[arg(long)]
    market: PathBuf,
    /// Folder with placements.csv, result.json and certificate.json.
    #[arg(long)]
    result: PathBuf,
    /// Id of the student, cohort or employee.
    #[arg(long)]
    student: String,
    /// Id of a post: why (not) there. Without it: why there, and why not at each post wished for.
    #[arg(long)]
    post: Option<String>,
    /// Language of the answers: en or zh.
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Language,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Leave out the data of other people.
    #[arg(long)]
    redacted: bool,
    /// How many other posts to list.
    #[arg(long, default_value_t = 5)]
    alternatives: usize,
    /// How many more seats to try at most.
    #[arg(long, default_value_t = 20)]
    seats: u32,
}

/// What is printed.
#[derive(Serialize)]
struct Answers {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stands: Vec<Stands>,
    why: Vec<Why>,
    why_not: Vec<WhyNot>,
}

/// The answers about one unit.
fn answers(insight: &Insight<'_>, unit: SupplyIx, post: Option<PostIx>, arguments: &Arguments) -> Answers {
    let market = insight.result().docking().market();
    let here: Vec<PostIx> = insight.result().placements().of(unit).iter().map(|placement| placement.post).collect();
    let asked = post.map_or_else(|| market.wishes_of(unit).to_vec(), |post| vec![post]);
    let why_not = |post: &PostIx| {
        let answer = insight.why_not(unit, *post, arguments.seats);
        if arguments.redacted { answer.redacted() } else { answer }
    };
    let there = here.iter().filter(|placed| post.is_none_or(|post| post == **placed));
    Answers {
        stands: there.clone().filter_map(|post| insight.stands(unit, *post)).collect(),
        why: there.filter_map(|post| insight.why(unit, *post, arguments.alternatives)).collect(),
        why_not: asked.iter().filter(|post| !here.contains(post)).map(why_not).collect(),
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let market = Market::read(&arguments.market)?;
    let record = Record::read(&arguments.result)?;
    let (config, control) = (record.config()?, Control::new());
    let docking = Docking::prepare(&market, &config, &control)?;
    let verified = record.examine(docking, &control).into_verified()?;
    let unknown = |table, id: &str| Error::Unknown { table, id: id.to_owned() };
    let unit = market.find_unit(&arguments.student).ok_or_else(|| unknown("supply", &arguments.student))?;
    let find = |id: &String| market.find_post(id).ok_or_else(|| unknown("posts", id));
    let post = arguments.post.as_ref().map(find).transpose()?;
    let insight = Insight::of(&verified);
    let answers = answers(&insight, unit, post, arguments);
    print(&answers, arguments).ok();
    Ok(())
}

fn print(answers: &Answers, arguments: &Arguments) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, answers)?;
        return writeln!(out);
    }
    let texts = answers.stands.iter().map(|stands| stands.text(arguments.lang));
    let texts = texts.chain(answers.why.iter().map(|why| why.text(arguments.lang)));
    let texts: Vec<String> = texts.chain(answers.why_not.iter().map(|answer| answer.text(arguments.lang))).collect();
    if texts.is_empty() {
        return writeln!(out, "{}", talent_match::report::not_placed(&arguments.student, arguments.lang));
    }
    write!(out, "{}", texts.join("\n"))
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

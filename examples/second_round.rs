//! The round after the first: some have signed, some declined, some left, and the others may be moved.
//!
//! `cargo run --release --example second_round -- --lang zh --out target/second_round`

use std::path::PathBuf;

use clap::Parser;
use talent_match::insight::{WaitingList, decided, waiting_list};
use talent_match::language::Words;
use talent_match::market::{Opening, Reply, Round, Said, Side, SupplyIx, lottery_draw};
use talent_match::{Config, Control, Engine, Language, Market, Record, Verified};

use language::language;

#[path = "support/language.rs"]
mod language;

const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/jinpu");

/// Runs the Jinpu round, draws what becomes of everybody, and runs the round that follows.
#[derive(Parser)]
struct Arguments {
    /// Language: en or zh.
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Language,
    /// Folder for the second market and the files of its round.
    #[arg(long, default_value = "target/second_round")]
    out: PathBuf,
    /// Seed of the replies.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Of ten people placed seven sign, one declines and one leaves; the tenth has not answered yet.
fn replies(result: &Verified<'_>, seed: u64) -> Vec<Reply> {
    let market = result.docking().market();
    let reply = |placement: &talent_match::market::Placement| {
        // A class that opens with a minimum or not at all signs as a whole: those who sign alone could not fill it.
        let whole = market.post(placement.post).opening == Opening::OrClosed;
        let said = match lottery_draw(seed, Side::Supply, &market.unit(placement.unit).id) % 10 {
            _ if whole => Said::Accepted,
            0..=6 => Said::Accepted,
            7 => Said::Declined,
            8 => Said::Left,
            _ => return None,
        };
        Some(Reply { unit: placement.unit, post: Some(placement.post), people: placement.people, said })
    };
    result.placements().all().iter().filter_map(reply).collect()
}

/// The posts for which most people wait, each with the first three of them.
fn waiting(market: &Market, mut lists: Vec<WaitingList>, language: Language) {
    let people =
        |list: &WaitingList| -> u32 { list.waiting.iter().map(|waiting| waiting.unplaced + waiting.worse_off).sum() };
    lists.sort_by_key(|list| (std::cmp::Reverse(people(list)), list.post));
    let words = Words::new(
        "{post}: {people} {people:person waits/people wait}, first {first}",
        "{post}：候补 {people} 人，依次为 {first}",
    );
    for list in lists.iter().take(5) {
        let id = |unit: SupplyIx| market.unit(unit).id.as_str();
        let first: Vec<String> =
            list.waiting.iter().take(3).map(|next| format!("{} ({:.2})", id(next.unit), next.points)).collect();
        let (post, people) = (market.post(list.post).name.as_str(), people(list).to_string());
        let values = [("post", post), ("people", &people), ("first", &language.list(&first))];
        println!("  {}", words.fill(language, &values));
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let language = arguments.lang;
    let first = Market::read(JINPU)?;
    let engine = Engine::new(Config::from_json(&std::fs::read_to_string(format!("{JINPU}/config.json"))?)?)?;
    let result = engine.run(&first, &Control::new())?;

    let replies = replies(&result, arguments.seed);
    let mut round = Round::new("jinpu-2026-autumn-2", first.round().date, first.round().seed);
    (round.schools, round.enterprises) = (first.round().schools.clone(), first.round().enterprises.clone());
    let second = first.next_round(&round, 1, result.placements(), &replies)?;
    let again = engine.run(&second, &Control::new())?;
    second.write_csv(arguments.out.join("market"))?;
    Record::of(&again).write(&arguments.out)?;

    let count = decided(&again);
    let lines = [
        (Words::new("placed in the first round", "首轮安置"), result.placements().people()),
        (Words::new("have signed and stand", "已签约，保持不变"), count.standing),
        (Words::new("have left", "已离开"), count.left),
        (Words::new("pairs declined", "已拒绝（组合数）"), count.declined),
        (Words::new("stay at their post", "保持原岗位"), count.stayed),
        (Words::new("are moved to another post", "调整到其他岗位"), count.moved),
        (Words::new("are no longer placed", "不再安置"), count.displaced),
        (Words::new("are newly placed", "新安置"), count.new),
        (Words::new("placed in the second round", "次轮安置"), again.placements().people()),
    ];
    for (words, people) in lines {
        println!("{people:>6} {}", words.get(language));
    }
    println!("{}", Words::new("Waiting lists", "候补名单").get(language));
    waiting(&second, waiting_list(&again), language);
    println!("{}", arguments.out.display());
    Ok(())
}

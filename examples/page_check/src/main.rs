//! Opens the page of a report in a real browser, and checks what a person would see: no complaint of the console and no request to any
//! network, every figure as in the report's data, both languages, wide and narrow windows, keyboard, and names that mean harm.
//!
//! `cargo run --release -p page_check -- --shots target/shots`

mod browser;
mod figures;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use serde_json::{Value, json};
use talent_match::insight::Shortages;
use talent_match::{Config, Control, Engine, Language, Market, Report};

use browser::{Result, Window};

const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/jinpu");
const READER: &str = include_str!("page.js");

/// Names that would do harm if a page took them for anything but text.
const HOSTILE: [&str; 6] = [
    "</script><script>window.reached = 1</script>",
    "<img src=x onerror='window.reached = 1'>",
    "\" onmouseover=\"window.reached = 1",
    "]]><!-- <style>body { display: none }</style>",
    "\u{202e}detrevni\u{2028}${window.reached = 1} {{people}}",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
];

/// Checks the page of a report in a browser.
#[derive(Parser)]
struct Arguments {
    /// Chromium or Chrome.
    #[arg(long, default_value = "/usr/bin/chromium")]
    browser: PathBuf,
    /// Folder of CSV files or JSON document of a market.
    #[arg(long, default_value = JINPU)]
    market: PathBuf,
    /// Folder for pictures of the page.
    #[arg(long)]
    shots: Option<PathBuf>,
}

fn report(market: &Path) -> Result<Report> {
    let config = match fs::read_to_string(market.join("config.json")) {
        Ok(text) => Config::from_json(&text).map_err(|error| format!("{error:?}"))?,
        Err(_) => Config::default(),
    };
    let market = Market::read(market).map_err(|faults| format!("{faults:?}"))?;
    let engine = Engine::new(config).map_err(|error| format!("{error:?}"))?;
    let result = engine.run(&market, &Control::new()).map_err(|error| format!("{error:?}"))?;
    Ok(Report::of(&result).with_shortages(&Shortages::of(&result)))
}

/// The same report with names that mean harm; a market would refuse most of them.
fn hostile(report: &Report) -> Report {
    let mut report = report.clone();
    let mut names = HOSTILE.iter().cycle().map(|name| (*name).to_owned());
    let mut name = || names.next().unwrap_or_default();
    report.round = name();
    report.posts.iter_mut().for_each(|post| (post.name, post.owner) = (name(), name()));
    report.classes.iter_mut().for_each(|class| (class.name, class.owner) = (name(), name()));
    report.schools.iter_mut().for_each(|school| school.name = name());
    report.enterprises.iter_mut().for_each(|line| (line.name, line.sector) = (name(), Some(name())));
    report.fairness.iter_mut().for_each(|line| line.name = name());
    report.places.iter_mut().for_each(|line| line.name = name());
    report.shortages.iter_mut().for_each(|line| line.name = name());
    report.surpluses.iter_mut().for_each(|line| line.name = name());
    report
}

/// What is wrong with a page in one language and width; and how many figures were compared.
fn look(window: &Window, file: &Path, language: &str, width: u32, data: &Value) -> Result<(usize, Vec<String>)> {
    window.resize(width, 900)?;
    window.visit(file, language)?;
    let seen = window.ask(READER)?;
    let mut wrong: Vec<String> = seen["wrong"].as_array().into_iter().flatten().map(ToString::to_string).collect();
    wrong.extend(window.complaints());
    if seen["language"] != language || seen["sections"].as_u64() < Some(10) {
        wrong.push(format!("{} sections in {}", seen["sections"], seen["language"]));
    }
    if seen["cards"] != json!(figures::cards(data)) {
        wrong.push(format!("the cards say {}", seen["cards"]));
    }
    let (compared, differences) = figures::differences(data, &seen["tables"]);
    wrong.extend(differences);
    if compared < 400 {
        wrong.push(format!("only {compared} figures could be compared"));
    }
    Ok((compared, wrong))
}

/// What goes wrong for somebody with a keyboard alone: reaching the switch, using it, and finding the language again.
fn by_keyboard(window: &Window, file: &Path) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    window.resize(1280, 900)?;
    window.visit(file, "en")?;
    let focused = "document.activeElement.dataset.language ?? null";
    for _ in 0..6 {
        window.press("Tab")?;
        if window.ask(focused)? == "zh" {
            break;
        }
    }
    if window.ask(focused)? != "zh" {
        wrong.push("the switch cannot be reached by the tab key".to_owned());
    }
    window.press("Enter")?;
    window.settle()?;
    let state = "[document.documentElement.lang, location.hash, document.activeElement.getAttribute('aria-pressed'), document.title]";
    let switched = window.ask(state)?;
    if switched[0] != "zh" || switched[1] != "#zh" || switched[2] != "true" {
        wrong.push(format!("the switch led to {switched}"));
    }
    // Each picture has its own labels in the other language.
    if window.ask("[...document.querySelectorAll('svg text')].filter((text) => /[\\u4e00-\\u9fff]/.test(text.textContent)).length")?.as_u64() < Some(20) {
        wrong.push("the pictures did not change their language".to_owned());
    }
    window.ask("document.querySelector('nav a[data-section=fairness]').click()")?;
    window.settle()?;
    let there = window
        .ask("[location.hash, Math.abs(document.getElementById('fairness').getBoundingClientRect().top) < 200]")?;
    if there != json!(["#zh-fairness", true]) {
        wrong.push(format!("the way to a section led to {there}"));
    }
    wrong.extend(window.complaints());
    Ok(wrong)
}

fn check(arguments: &Arguments) -> Result<bool> {
    let folder = tempfile::tempdir()?;
    let plain = report(&arguments.market)?;
    let window = Window::open(&arguments.browser)?;
    let mut good = true;
    let mut tell = |what: &str, wrong: &[String]| {
        println!("{} {what}", if wrong.is_empty() { "  good " } else { "  WRONG" });
        for wrong in wrong {
            println!("         {wrong}");
        }
        good &= wrong.is_empty();
    };
    for (name, report) in [("plain", &plain), ("hostile", &hostile(&plain))] {
        let file = folder.path().join(format!("{name}.html"));
        fs::write(&file, report.page(Language::English))?;
        let data: Value = serde_json::from_str(&report.json())?;
        for (language, width) in [("en", 1280), ("zh", 1280), ("en", 390), ("zh", 390)] {
            let (compared, wrong) = look(&window, &file, language, width, &data)?;
            tell(&format!("{name} {language} {width}: {compared} figures"), &wrong);
            if let (Some(shots), "plain") = (&arguments.shots, name) {
                fs::create_dir_all(shots)?;
                window.visit(&file, language)?;
                fs::write(shots.join(format!("{language}-{width}.png")), window.picture(width, None)?)?;
            }
        }
        tell(&format!("{name} by keyboard"), &by_keyboard(&window, &file)?);
    }
    Ok(good)
}

fn main() -> ExitCode {
    match check(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

//! Opens the pages of a report and of an outlook over several years in a real browser, and checks what a person would see: no complaint
//! of the console and no request to any network, every figure of every table as in the data, every word as in the tables, both
//! languages, wide and narrow windows, keyboard, and names that mean harm.
//!
//! `cargo run --release -p page_check -- --shots target/shots`

mod browser;
#[path = "../../support/contested.rs"]
mod contested;
mod figures;
mod follow;
mod outlook;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use serde_json::{Value, json};
use talent_match::generate::{Jinpu, jinpu};
use talent_match::insight::{Insight, Shortages, SignalRules};
use talent_match::report::Table;
use talent_match::{Config, Control, Engine, Language, Market, Outlook, Report};

use browser::{Result, Window};
use contested::with_contested;
use figures::Source;

const JINPU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/jinpu");
const READER: &str = include_str!("page.js");
const PAPER_READER: &str = include_str!("paper.js");

/// How wide A4 is between its margins, in pixels of 1/96 inch.
const PAPER: u32 = 703;

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

/// A page, and what it must say.
struct Subject {
    name: &'static str,
    page: String,
    data: Value,
    tables: Vec<Table>,
    cards: Vec<[String; 3]>,
    sources: &'static [Source],
    /// The section that the way to a section is tried with.
    section: &'static str,
    /// How many sections, figures and labels of pictures there are at least.
    least: [usize; 3],
    /// How many sheets of paper it takes at most.
    sheets: usize,
}

impl Subject {
    fn of_report(name: &'static str, report: &Report) -> Result<Self> {
        let data: Value = serde_json::from_str(&report.json())?;
        Ok(Self {
            name,
            page: report.page(Language::English),
            tables: report.tables(),
            cards: follow::cards(&data),
            data,
            sources: report::SOURCES,
            section: "fairness",
            least: [10, 3_000, 20],
            sheets: 48,
        })
    }

    fn of_outlook(name: &'static str, outlook: &Outlook) -> Result<Self> {
        Ok(Self {
            name,
            page: outlook.page(Language::English),
            data: serde_json::from_str(&outlook.json())?,
            tables: outlook.tables(),
            cards: Vec::new(),
            sources: outlook::SOURCES,
            section: "demand",
            least: [3, 1_000, 3],
            sheets: 20,
        })
    }
}

fn config(market: &Path) -> Result<Config> {
    match fs::read_to_string(market.join("config.json")) {
        Ok(text) => Config::from_json(&text).map_err(|error| format!("{error:?}").into()),
        Err(_) => Ok(Config::default()),
    }
}

fn report(market: &Path) -> Result<Report> {
    let engine = Engine::new(config(market)?).map_err(|error| format!("{error:?}"))?;
    let market = Market::read(market).map_err(|faults| format!("{faults:?}"))?;
    let result = engine.run(&market, &Control::new()).map_err(|error| format!("{error:?}"))?;
    let report = Report::of(&result).with_shortages(&Shortages::of(&result)).with_insight(&Insight::of(&result));
    Ok(with_contested(report, &result, &Control::new()).map_err(|error| format!("{error:?}"))?)
}

/// An outlook over rounds of generated years.
fn outlook() -> Result<Outlook> {
    let catalogue = Market::read_catalogue(JINPU).map_err(|faults| format!("{faults:?}"))?;
    let engine = Engine::new(config(Path::new(JINPU))?).map_err(|error| format!("{error:?}"))?;
    let mut rounds = Vec::new();
    for (seed, year) in (1..).zip(2020..=2026) {
        let market = jinpu(&catalogue, Jinpu { people: 1_000, seed, year }).map_err(|faults| format!("{faults:?}"))?;
        let result = engine.run(&market, &Control::new()).map_err(|error| format!("{error:?}"))?;
        rounds.push(Shortages::of(&result).figures());
    }
    Ok(Outlook::of(rounds, SignalRules::default())?)
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
    report.promises.iter_mut().for_each(|line| (line.name, line.owner) = (name(), name()));
    report.incentives.iter_mut().for_each(|line| line.name = name());
    report.why.iter_mut().for_each(|line| (line.post.name, line.post.owner) = (name(), name()));
    report.why_not.iter_mut().for_each(|line| (line.post.name, line.post.owner) = (name(), name()));
    report.what_if.iter_mut().for_each(|line| line.name = name());
    report.curves.iter_mut().for_each(|line| line.name = name());
    report
}

/// The same outlook with names that mean harm.
fn hostile_outlook(outlook: &Outlook) -> Outlook {
    let mut outlook = outlook.clone();
    let mut names = HOSTILE.iter().cycle().map(|name| (*name).to_owned());
    let mut name = || names.next().unwrap_or_default();
    outlook.rounds.iter_mut().for_each(|line| line.round = name());
    for line in &mut outlook.programmes {
        (line.called.name, line.called.school) = (name(), name());
        line.said.evidence.iter_mut().for_each(|figures| figures.round = name());
    }
    outlook.demand.iter_mut().for_each(|line| line.name = name());
    outlook
}

/// What is wrong with a page in one language and width; and how many figures were compared.
fn look(window: &Window, file: &Path, language: Language, width: u32, of: &Subject) -> Result<(usize, Vec<String>)> {
    window.resize(width, 900)?;
    window.visit(file, code(language))?;
    let seen = window.ask(READER)?;
    let mut wrong: Vec<String> = seen["wrong"].as_array().into_iter().flatten().map(ToString::to_string).collect();
    wrong.extend(window.complaints());
    // Names that are longer than any picture may be cut in one.
    if !of.name.starts_with("hostile") {
        wrong.extend(seen["cut"].as_array().into_iter().flatten().map(ToString::to_string));
    }
    let [sections, least, _] = of.least;
    if seen["language"] != code(language) || seen["sections"].as_u64() < Some(sections as u64) {
        wrong.push(format!("{} sections in {}", seen["sections"], seen["language"]));
    }
    if seen["cards"] != json!(of.cards) {
        wrong.push(format!("the cards say {}", seen["cards"]));
    }
    let (compared, differences) = figures::differences(&of.data, of.sources, &seen["tables"]);
    wrong.extend(differences);
    wrong.extend(figures::misquoted(&of.tables, &seen["tables"], language));
    if compared < least {
        wrong.push(format!("only {compared} figures could be compared"));
    }
    Ok((compared, wrong))
}

/// What the address and the page call a language.
const fn code(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh",
    }
}

/// What goes wrong for somebody with a keyboard alone: reaching the switch, using it, and finding the language again.
fn by_keyboard(window: &Window, file: &Path, of: &Subject) -> Result<Vec<String>> {
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
    if window.ask("[...document.querySelectorAll('svg text')].filter((text) => /[\\u4e00-\\u9fff]/.test(text.textContent)).length")?.as_u64() < Some(of.least[2] as u64) {
        wrong.push("the pictures did not change their language".to_owned());
    }
    let section = of.section;
    window.ask(&format!("document.querySelector('nav a[data-section={section}]').click()"))?;
    window.settle()?;
    let there = window.ask(&format!(
        "[location.hash, Math.abs(document.getElementById('{section}').getBoundingClientRect().top) < 200]"
    ))?;
    if there != json!([format!("#zh-{section}"), true]) {
        wrong.push(format!("the way to a section led to {there}"));
    }
    wrong.extend(window.complaints());
    Ok(wrong)
}

/// What is wrong with the page on paper; how many sheets it takes; and the sheets.
fn on_paper(window: &Window, file: &Path, language: Language, of: &Subject) -> Result<(usize, Vec<String>, Vec<u8>)> {
    window.resize(PAPER, 900)?;
    window.visit(file, code(language))?;
    window.show_as("print")?;
    let seen = window.ask(PAPER_READER)?;
    let mut wrong: Vec<String> = seen["wrong"].as_array().into_iter().flatten().map(ToString::to_string).collect();
    // As the window shows it, or else it would be printed so too.
    window.show_as("")?;
    window.resize(1280, 900)?;
    window.settle()?;
    let pdf = window.print()?;
    let marks = |mark: &[u8]| pdf.windows(mark.len()).filter(|bytes| *bytes == mark).count();
    let sheets = marks(b"/Type /Page\n");
    if sheets == 0 || sheets > of.sheets || marks(b"/MediaBox [0 0 594.") != sheets {
        wrong.push(format!("{sheets} sheets, {} of them A4", marks(b"/MediaBox [0 0 594.")));
    }
    wrong.extend(window.complaints());
    Ok((sheets, wrong, pdf))
}

fn check(arguments: &Arguments) -> Result<bool> {
    let folder = tempfile::tempdir()?;
    let (report, outlook) = (report(&arguments.market)?, outlook()?);
    let subjects = [
        Subject::of_report("report", &report)?,
        Subject::of_report("hostile-report", &hostile(&report))?,
        Subject::of_outlook("outlook", &outlook)?,
        Subject::of_outlook("hostile-outlook", &hostile_outlook(&outlook))?,
    ];
    let window = Window::open(&arguments.browser)?;
    let mut good = true;
    let mut tell = |what: &str, wrong: &[String]| {
        println!("{} {what}", if wrong.is_empty() { "  good " } else { "  WRONG" });
        for wrong in wrong {
            println!("         {wrong}");
        }
        good &= wrong.is_empty();
    };
    for subject in &subjects {
        let name = subject.name;
        let file = folder.path().join(name).with_extension("html");
        fs::write(&file, &subject.page)?;
        for width in [1280, 390] {
            for language in [Language::English, Language::Chinese] {
                let (compared, wrong) = look(&window, &file, language, width, subject)?;
                let language = code(language);
                tell(&format!("{name} {language} {width}: {compared} figures"), &wrong);
                if let Some(shots) = &arguments.shots {
                    fs::create_dir_all(shots)?;
                    window.visit(&file, language)?;
                    fs::write(shots.join(format!("{name}-{language}-{width}.png")), window.picture(width, None)?)?;
                }
            }
        }
        for language in [Language::English, Language::Chinese] {
            let (sheets, wrong, pdf) = on_paper(&window, &file, language, subject)?;
            let language = code(language);
            tell(&format!("{name} {language} on {sheets} sheets of paper"), &wrong);
            if let Some(shots) = &arguments.shots {
                fs::write(shots.join(format!("{name}-{language}.pdf")), pdf)?;
            }
        }
        tell(&format!("{name} by keyboard"), &by_keyboard(&window, &file, subject)?);
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

//! The files of a round, and their examination later by somebody who has only them and the market.
//!
//! | file | what it holds |
//! |---|---|
//! | `placements.csv` | who is placed where, one row a supply unit and post |
//! | `certificate.json` | configuration, digest, status and the price of every post: the proof |
//! | `result.json` | the [`Report`] as data |
//!
//! A record is canonical: it follows from market, configuration, placements and prices byte for byte. So an
//! [`examine`](Record::examine)d record cannot differ in a single byte from what was proven.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::audit::{Check, audit};
use crate::certificate::{Claim, Condition, State, verify};
use crate::config::Config;
use crate::control::Control;
use crate::docking::Docking;
use crate::eligibility::first_cut;
use crate::error::Error;
use crate::graph::{Matching, Placement as PairPlacement, Prices, Solution};
use crate::language::Language;
use crate::market::{Home, Market, Placement, Placements, Side, lottery_draw};
use crate::report::Report;
use crate::verified::{Status, Verified};

/// The version of the files this crate reads and writes.
pub const SCHEMA: &str = "talent-match/record/1";

/// The names of the files.
pub const FILES: [&str; 3] = ["placements.csv", "result.json", "certificate.json"];

/// The files of a round as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    files: [String; 3],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificateFile {
    schema: String,
    digest: String,
    config: Config,
    /// The proven gap in units of the problem's value; 0 for a proven optimum.
    gap: String,
    /// The price of every post that has one, in the same units.
    prices: BTreeMap<String, i64>,
}

const HEADER: [&str; 12] =
    ["unit", "post", "people", "kind", "from", "programme", "grade", "post_name", "owner", "wish", "points", "draw"];

impl Record {
    /// The record of a verified result. Cost: the report, and one line a placement.
    #[must_use]
    pub fn of(result: &Verified<'_>) -> Self {
        let docking = result.docking();
        let market = docking.market();
        let gap = match result.status() {
            Status::Optimal => 0,
            Status::Feasible { gap, .. } => gap,
        };
        let posts = crate::market::PostIx::all(market.posts().len());
        let prices = posts.map(|post| (market.post(post).id.clone(), result.price(post)));
        let certificate = CertificateFile {
            schema: SCHEMA.to_owned(),
            digest: docking.digest().whole.clone(),
            config: docking.config().clone(),
            gap: gap.to_string(),
            prices: prices.filter(|(_, price)| *price != 0).collect(),
        };
        let placements = placements_csv(result);
        Self { files: [placements, pretty(&Report::of(result)), pretty(&certificate)] }
    }

    /// The text of one of [`FILES`].
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        FILES.iter().position(|file| *file == name).map(|k| self.files[k].as_str())
    }

    /// Writes the three files to `folder`, which is created if it is not there. Each file appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<(), Error> {
        let folder = folder.as_ref();
        let refuse = |path: &Path, source| Error::File { path: path.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(|source| refuse(folder, source))?;
        for (name, text) in FILES.iter().zip(&self.files) {
            let (path, unfinished) = (folder.join(name), folder.join(format!("{name}.unfinished")));
            let written = std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, &path));
            written.map_err(|source| refuse(&path, source))?;
        }
        Ok(())
    }

    /// Reads the three files of `folder`; what they say is for [`examine`](Self::examine) to judge.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, Error> {
        let mut files = <[String; 3]>::default();
        for (name, text) in FILES.iter().zip(&mut files) {
            let path = folder.as_ref().join(name);
            *text = std::fs::read_to_string(&path).map_err(|source| Error::File { path, source })?;
        }
        Ok(Self { files })
    }

    /// The configuration the record says it was made with.
    ///
    /// # Errors
    /// [`Error::Config`] if the certificate cannot be read or the configuration has faults.
    pub fn config(&self) -> Result<Config, Error> {
        let form = |error: serde_json::Error| Config::unreadable(format!("{}: {error}", FILES[2]));
        let certificate: CertificateFile = serde_json::from_str(&self.files[2]).map_err(form)?;
        certificate.config.check()?;
        Ok(certificate.config)
    }

    /// Examines the record against the market and configuration of `docking`: certificate, audit, digest and every
    /// byte. Uses nothing of the solver.
    #[must_use]
    pub fn examine<'a>(&self, docking: Docking<'a>, control: &Control<'_>) -> Examination<'a> {
        let mut lines = Lines::default();
        let parsed: Result<CertificateFile, _> = serde_json::from_str(&self.files[2]);
        let certificate = match parsed {
            Ok(certificate) => certificate,
            Err(error) => {
                lines.fault(Condition::Digest.name(), format!("{}: {error}", FILES[2]));
                return Examination { verified: None, lines: lines.finish() };
            }
        };
        let solution = self.solution(&docking, &certificate, &mut lines);
        let status = match certificate.gap.parse() {
            Ok(0) => Status::Optimal,
            Ok(gap) if gap > 0 => Status::Feasible { stop: None, gap },
            _ => {
                lines.fault(Condition::Gap.name(), format!("{}: `{}` is no gap", FILES[2], certificate.gap));
                Status::Optimal
            }
        };
        let claim = match status {
            Status::Optimal => Claim::Optimal,
            Status::Feasible { gap, .. } => Claim::Within(gap),
        };
        let proof = verify(docking.formulation().problem(), &solution, claim, control);
        for (condition, state) in proof.conditions() {
            match state {
                State::Holds => lines.holds(condition.name()),
                State::NotAsked => {}
                State::Fails(faults) => {
                    faults.listed().iter().for_each(|fault| lines.fault(condition.name(), fault.to_string()));
                }
            }
        }
        let verified = if lines.faultless() { Verified::check(docking, solution, status, control).ok() } else { None };
        if let Some(verified) = &verified {
            self.compare(verified, &mut lines);
        }
        let verified = verified.filter(|_| lines.faultless());
        Examination { verified, lines: lines.finish() }
    }

    /// Reads placements and prices, noting ids and pairs that are not of the round, and asks the audit.
    fn solution(&self, docking: &Docking<'_>, certificate: &CertificateFile, lines: &mut Lines) -> Solution {
        let (market, formulation) = (docking.market(), docking.formulation());
        if certificate.schema != SCHEMA {
            lines.fault(
                Condition::Digest.name(),
                format!("{}: schema `{}` is not {SCHEMA}", FILES[2], certificate.schema),
            );
        }
        if certificate.digest != docking.digest().whole {
            let text = format!("{} says {}, this round is {}", FILES[2], certificate.digest, docking.digest().whole);
            lines.fault(Condition::Digest.name(), text);
        }
        let mut prices = vec![0; market.posts().len()];
        for (id, price) in &certificate.prices {
            match market.find_post(id) {
                Some(post) => prices[formulation.post_id(post).index()] = *price,
                None => lines.fault(Condition::Sign.name(), format!("{}: there is no post `{id}`", FILES[2])),
            }
        }
        let placements = placements_of(market, &self.files[0], lines);
        let audited = audit(market, &docking.config().rules, &placements);
        for check in audited.asked() {
            lines.holds(check.code());
        }
        for finding in audited.findings() {
            lines.fault(finding.check.code(), finding.to_string());
        }
        let mut matched = Vec::with_capacity(placements.all().len());
        for placement in placements.all() {
            let (unit, post) = (formulation.unit_id(placement.unit), formulation.post_id(placement.post));
            match formulation.problem().graph().find(unit, post) {
                Some(pair) => matched.push(PairPlacement { pair, count: placement.people }),
                None => {
                    let (book, language) = (&docking.config().rules, Language::English);
                    let reason = first_cut(market, book, placement.unit, placement.post, language);
                    let reason = reason.map_or(String::new(), |reason| format!(": {}", reason.sentence));
                    let (unit, post) = (&market.unit(placement.unit).id, &market.post(placement.post).id);
                    lines.fault(Condition::Acceptability.name(), format!("unit {unit}, post {post}{reason}"));
                }
            }
        }
        Solution { matching: Matching::new(matched), prices: Prices::new(prices) }
    }

    /// Every byte of the files must follow from what was just verified.
    fn compare(&self, verified: &Verified<'_>, lines: &mut Lines) {
        lines.holds(Condition::Digest.name());
        let again = Self::of(verified);
        for ((name, own), other) in FILES.iter().zip(&self.files).zip(&again.files) {
            // Why a stopped run stopped cannot be proven afterwards; everything else can.
            if own != other && !(verified.status() != Status::Optimal && *name == FILES[1]) {
                let byte = own.bytes().zip(other.bytes()).position(|(a, b)| a != b);
                let byte = byte.unwrap_or(own.len().min(other.len()));
                let text =
                    format!("{name} is not the file that belongs to these placements and prices, from byte {byte} on");
                lines.fault(Condition::Digest.name(), text);
            }
        }
    }
}

fn pretty(value: &impl Serialize) -> String {
    // Serialising plain data to memory cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn placements_csv(result: &Verified<'_>) -> String {
    let docking = result.docking();
    let (market, explainer) = (docking.market(), docking.explainer());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |row: &[String]| writer.write_record(row).ok();
    write(&HEADER.map(str::to_owned));
    for placement in result.placements().all() {
        let (unit, post) = (market.unit(placement.unit), market.post(placement.post));
        let programme = match market.home_of(placement.unit) {
            Home::Programme(programme) => {
                let code = market.programme(programme).code;
                market.catalogue().programme(code).map_or_else(|| code.to_string(), |entry| entry.name.clone())
            }
            Home::Enterprise(_) => String::new(),
        };
        let wish = market.wishes_of(placement.unit).iter().position(|wished| *wished == placement.post);
        write(&[
            unit.id.clone(),
            post.id.clone(),
            placement.people.to_string(),
            post.kind.word().to_owned(),
            market.name_of(market.party_of(market.home_of(placement.unit))).to_owned(),
            programme,
            unit.grade.map_or_else(String::new, |grade| grade.to_string()),
            post.name.clone(),
            market.name_of(market.owner_of(placement.post)).to_owned(),
            wish.map_or_else(String::new, |rank| (rank + 1).to_string()),
            format!("{:.2}", explainer.explain(placement.unit, placement.post).total),
            format!("{:016x}", lottery_draw(docking.digest().seed, Side::Supply, &unit.id)),
        ]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The placements a file names; rows that name nobody or no post are faults.
fn placements_of(market: &Market, text: &str, lines: &mut Lines) -> Placements {
    let mut placements = Vec::new();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                lines.fault(Condition::Digest.name(), format!("{}: {error}", FILES[0]));
                continue;
            }
        };
        let field = |k| row.get(k).unwrap_or_default();
        let line = row.position().map_or(0, csv::Position::line);
        match (market.find_unit(field(0)), market.find_post(field(1)), field(2).parse()) {
            (Some(unit), Some(post), Ok(people)) => placements.push(Placement { unit, post, people }),
            _ => {
                let text = format!("{}:{line}: no such pair: {}, {}, {}", FILES[0], field(0), field(1), field(2));
                lines.fault(Condition::Acceptability.name(), text);
            }
        }
    }
    Placements::new(placements)
}

/// How one condition of the certificate or one check of the audit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExaminedLine {
    /// The condition's name or the check's code.
    pub name: &'static str,
    /// `None` if it was not asked or not reached, otherwise its faults; none of them if it holds.
    pub faults: Option<Vec<String>>,
}

/// What an examination found.
#[derive(Debug)]
pub struct Examination<'a> {
    verified: Option<Verified<'a>>,
    lines: Vec<ExaminedLine>,
}

impl<'a> Examination<'a> {
    /// The result, if everything holds.
    #[must_use]
    pub const fn verified(&self) -> Option<&Verified<'a>> {
        self.verified.as_ref()
    }

    /// Every condition, then every check.
    #[must_use]
    pub fn lines(&self) -> &[ExaminedLine] {
        &self.lines
    }

    /// The names of the conditions and checks that fail.
    pub fn failed(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.lines
            .iter()
            .filter(|line| line.faults.as_ref().is_some_and(|faults| !faults.is_empty()))
            .map(|line| line.name)
    }
}

#[derive(Default)]
struct Lines(BTreeMap<&'static str, Vec<String>>);

impl Lines {
    fn holds(&mut self, name: &'static str) {
        self.0.entry(name).or_default();
    }

    fn fault(&mut self, name: &'static str, text: String) {
        self.0.entry(name).or_default().push(text);
    }

    fn faultless(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }

    fn finish(mut self) -> Vec<ExaminedLine> {
        let names = Condition::ALL.into_iter().map(Condition::name).chain(Check::all().map(Check::code));
        names.map(|name| ExaminedLine { name, faults: self.0.remove(name) }).collect()
    }
}

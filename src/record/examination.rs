//! A record read again and held against its market.

use std::collections::BTreeMap;

use super::cases::prices_of;
use super::files::CertificateFile;
use super::{FILES, Record, SCHEMA};
use crate::audit::{Check, audit};
use crate::certificate::{Claim, Condition, Fault, LISTED, State, verify, verify_searched};
use crate::control::{Control, Stop};
use crate::docking::Docking;
use crate::eligibility::first_cut;
use crate::error::Error;
use crate::graph::{Cases, Matching, Placement as PairPlacement, Prices, Solution};
use crate::language::Language;
use crate::market::{Market, Placement, Placements};
use crate::report::stop_word;
use crate::verified::{Status, Verified};

impl Record {
    /// Examines the record against the market and configuration of `docking`: certificate, audit, digest and every
    /// byte. Uses nothing of the solver.
    #[must_use]
    pub fn examine<'a>(&self, docking: Docking<'a>, control: &Control<'_>) -> Examination<'a> {
        let mut lines = Lines::default();
        let parsed: Result<CertificateFile, _> = serde_json::from_slice(&self.files[2]);
        let certificate = match parsed {
            Ok(certificate) => certificate,
            Err(error) => {
                lines.fault(Condition::Digest.name(), format!("{}: {error}", FILES[2]));
                return Examination { verified: None, lines: lines.finish() };
            }
        };
        let solution = self.solution(&docking, &certificate, &mut lines);
        let status = match certificate.gap.parse() {
            Ok(0) => match self.stop() {
                None => Status::Optimal,
                // Stopped between the proof and the choice among optima.
                stop => Status::Feasible { stop, gap: 0 },
            },
            Ok(gap) if gap > 0 => Status::Feasible { stop: self.stop(), gap },
            _ => {
                lines.fault(Condition::Gap.name(), format!("{}: `{}` is no gap", FILES[2], certificate.gap));
                Status::Optimal
            }
        };
        let claim = match status {
            Status::Optimal => Claim::Optimal,
            Status::Feasible { gap, .. } => Claim::Within(gap),
        };
        let cases = certificate.cases.as_ref().map(|cases| {
            cases.read(&docking).unwrap_or_else(|word| {
                lines.fault(Condition::Cases.name(), format!("{}: there is nothing called `{word}`", FILES[2]));
                Cases::default()
            })
        });
        let problem = docking.formulation().problem();
        let proof = match &cases {
            Some(cases) => verify_searched(problem, &solution, cases, claim, control),
            None => verify(problem, &solution, claim, control),
        };
        for (condition, state) in proof.conditions() {
            match state {
                State::Holds => lines.holds(condition.name()),
                State::NotAsked => {}
                State::Fails(faults) => {
                    for fault in faults.listed() {
                        lines.fault(condition.name(), in_market_words(fault, &docking));
                    }
                }
            }
        }
        if claim.gap() > proof.gap() {
            let text = format!("{} says {}, it is {}", FILES[2], claim.gap(), proof.gap());
            lines.fault(Condition::Gap.name(), text);
        }
        let verified =
            if lines.faultless() { Verified::check(docking, solution, cases, status, control).ok() } else { None };
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
        let prices = prices_of(docking, &certificate.prices, &certificate.limits).unwrap_or_else(|word| {
            lines.fault(Condition::Sign.name(), format!("{}: there is nothing called `{word}`", FILES[2]));
            Prices::default()
        });
        let placements = placements_of(market, &self.files[0], lines);
        let audited = audit(market, &docking.config().rules, &placements);
        // Rows that name nobody were not counted, so nothing can be said to hold of all rows.
        if lines.faultless_in(Condition::Acceptability.name()) {
            for check in audited.asked() {
                lines.holds(check.code());
            }
        }
        for finding in audited.findings() {
            lines.fault(finding.check.code(), finding.to_string());
        }
        let mut matched = Vec::with_capacity(placements.all().len());
        for placement in placements.without_standing(market).all() {
            let (unit, post) = (formulation.unit_id(placement.unit), formulation.post_id(placement.post));
            if let Some(pair) = formulation.problem().graph().find(unit, post) {
                matched.push(PairPlacement { pair, count: placement.people });
            } else {
                let (book, language) = (&docking.config().rules, Language::English);
                let reason = first_cut(market, book, placement.unit, placement.post, language);
                let reason = reason.map_or_else(String::new, |reason| format!(": {}", reason.sentence));
                let (unit, post) = (&market.unit(placement.unit).id, &market.post(placement.post).id);
                lines.fault(Condition::Acceptability.name(), format!("unit {unit}, post {post}{reason}"));
            }
        }
        Solution { matching: Matching::new(matched), prices }
    }

    /// Why the run was stopped, as the report says. Nobody can prove it afterwards, so it is taken as said.
    fn stop(&self) -> Option<Stop> {
        let report: serde_json::Value = serde_json::from_slice(&self.files[1]).ok()?;
        let said = report.get("stop")?.as_str()?;
        [Stop::Cancelled, Stop::Deadline, Stop::Work].into_iter().find(|stop| stop_word(*stop) == said)
    }

    /// Every byte of the files must follow from what was just verified.
    fn compare(&self, verified: &Verified<'_>, lines: &mut Lines) {
        lines.holds(Condition::Digest.name());
        let again = Self::of(verified);
        for ((name, own), other) in FILES.iter().zip(&self.files).zip(&again.files) {
            if own != other {
                let byte = own.iter().zip(other).position(|(a, b)| a != b);
                let byte = byte.unwrap_or(own.len().min(other.len()));
                let text =
                    format!("{name} is not the file that belongs to these placements and prices, from byte {byte} on");
                lines.fault(Condition::Digest.name(), text);
            }
        }
    }
}

/// A fault of the certificate, followed by the ids of whom and what it is about.
fn in_market_words(fault: &Fault, docking: &Docking<'_>) -> String {
    let (market, formulation) = (docking.market(), docking.formulation());
    let unit = fault.unit().map(|unit| format!(" (unit {})", market.unit(formulation.supply(unit)).id));
    let post = fault.post().map(|post| format!(" (post {})", market.post(formulation.post(post)).id));
    format!("{fault}{}{}", unit.unwrap_or_default(), post.unwrap_or_default())
}

/// The placements a file names; rows that name nobody or no post are faults.
fn placements_of(market: &Market, bytes: &[u8], lines: &mut Lines) -> Placements {
    let mut placements = Vec::new();
    let mut reader = csv::Reader::from_reader(bytes);
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
        let pair = market.find_unit(field(0)).zip(market.find_post(field(1)));
        if let (Some((unit, post)), Ok(people)) = (pair, field(2).parse()) {
            placements.push(Placement { unit, post, people });
        } else {
            let text = format!("{}:{line}: no such pair: {}, {}, {}", FILES[0], field(0), field(1), field(2));
            lines.fault(Condition::Acceptability.name(), text);
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

    /// The result.
    ///
    /// # Errors
    ///
    /// [`Error::Fails`] with the conditions and checks that fail.
    pub fn into_verified(self) -> Result<Verified<'a>, Error> {
        let failed = self.failed().collect();
        self.verified.ok_or(Error::Fails { failed })
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

    fn faultless_in(&self, name: &str) -> bool {
        self.0.get(name).is_none_or(Vec::is_empty)
    }

    fn faultless(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }

    fn finish(mut self) -> Vec<ExaminedLine> {
        for faults in self.0.values_mut().filter(|faults| faults.len() > LISTED) {
            let more = faults.len() - LISTED;
            faults.truncate(LISTED);
            faults.push(format!("and {more} more"));
        }
        let names = Condition::ALL.into_iter().map(Condition::name).chain(Check::all().map(Check::code));
        names.map(|name| ExaminedLine { name, faults: self.0.remove(name) }).collect()
    }
}

//! One docking round as a question: market and configuration with everything derived from them up to the problem.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::config::Config;
use crate::control::Control;
use crate::eligibility::{Acceptable, screen};
use crate::formulation::{Formulation, FormulationError, formulate};
use crate::market::{Market, Placement, Placements, Waiver};
use crate::scoring::{Explainer, score};

/// What a result belongs to: SHA-256 digests in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// Of the market's JSON document, its tables sorted.
    pub market: String,
    /// Of the configuration as JSON, every field written out.
    pub config: String,
    /// The lottery's seed.
    pub seed: u64,
    /// Of the three together: `market`, `config` and `seed` as text, each on a line of its own.
    pub whole: String,
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of `bytes` in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

impl Digest {
    fn of(market: &Market, config: &Config, seed: u64) -> Self {
        let mut hashing = Hashing(Sha256::new());
        // Hashing cannot fail, and neither can writing a validated market.
        market.write_json(&mut hashing).ok();
        let (market, config) = (hexadecimal(hashing.0), sha256(config.to_json().as_bytes()));
        let whole = sha256(format!("{market}\n{config}\n{seed}\n").as_bytes());
        Self { market, config, seed, whole }
    }
}

/// A round ready to be solved.
#[derive(Debug)]
pub struct Docking<'a> {
    market: &'a Market,
    config: &'a Config,
    acceptable: Acceptable,
    formulation: Formulation,
    digest: Digest,
}

impl<'a> Docking<'a> {
    /// Screens, scores and formulates `market` under `config`.
    ///
    /// # Errors
    /// Those of [`formulate`], and F006 for a waiver of a unit or post that the market does not have.
    pub fn prepare(market: &'a Market, config: &'a Config, control: &Control<'_>) -> Result<Self, FormulationError> {
        let unknown =
            |waiver: &&Waiver| market.find_unit(&waiver.unit).is_none() || market.find_post(&waiver.post).is_none();
        if let Some(Waiver { unit, post, .. }) = config.rules.waivers.iter().find(unknown) {
            return Err(FormulationError::Waiver { unit: unit.clone(), post: post.clone() });
        }
        let seed = config.seed.unwrap_or(market.round().seed);
        let acceptable = screen(market, &config.rules, control);
        let scores = score(market, &acceptable, &config.criteria, &config.rules, control);
        let formulation = formulate(market, &acceptable, &scores, &config.objective, seed, control)?;
        Ok(Self { market, config, acceptable, formulation, digest: Digest::of(market, config, seed) })
    }

    /// The market.
    #[must_use]
    pub const fn market(&self) -> &'a Market {
        self.market
    }

    /// The configuration.
    #[must_use]
    pub const fn config(&self) -> &'a Config {
        self.config
    }

    /// The acceptable pairs.
    #[must_use]
    pub const fn acceptable(&self) -> &Acceptable {
        &self.acceptable
    }

    /// The problem and the way back from it.
    #[must_use]
    pub const fn formulation(&self) -> &Formulation {
        &self.formulation
    }

    /// What results belong to.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Takes scores apart, criterion by criterion.
    #[must_use]
    pub fn explainer(&self) -> Explainer<'a> {
        Explainer::new(self.market, &self.config.criteria, &self.config.rules)
    }

    /// A matching of the problem in the market's words, with the placements that stand. Its pairs must be of the problem.
    pub(crate) fn placements(&self, matching: &crate::graph::Matching) -> Placements {
        let graph = self.formulation.problem().graph();
        let placed = matching.placements().iter().map(|placement| Placement {
            unit: self.formulation.supply(graph.unit_of(placement.pair)),
            post: self.formulation.post(graph.post_of(placement.pair)),
            people: placement.count,
        });
        Placements::new(placed.collect()).with_standing(self.market)
    }
}

//! Promises to hire people of a class: of the class before, how many were.

use super::super::promises::{promises, reading};
use super::tally::Tally;
use super::{ComplianceLine, ComplianceState, Seen};
use crate::insight::{PromiseLine, PromiseState};
use crate::language::Phrase;
use crate::market::{Rule, Unit};
use crate::verified::Verified;

/// A line for each post with a promise; nothing was looked at where nothing is known yet.
pub(super) fn lines(result: &Verified<'_>) -> Vec<ComplianceLine> {
    let market = result.docking().market();
    let line = |promise: PromiseLine| {
        let mut tally = Tally::of(Unit::Classes);
        let post = market.find_post(&promise.id);
        if let Some((post, reading)) = post.and_then(|post| Some((post, reading(market, post)?))) {
            tally.see(1, || Seen::post(market, post), reading);
        }
        tally.beyond = promise.missing;
        let source = Some(Phrase::each(|language| Rule::Level.source(language)));
        let mut line = ComplianceLine::reported("L07", Phrase::name(&promise.name), tally);
        (line.id, line.source) = (promise.id, source);
        if promise.state == PromiseState::Broken {
            line.state = ComplianceState::Broken;
        }
        line
    };
    promises(result).into_iter().map(line).collect()
}

//! A way down from a case to a feasible matching: everything that is half open is opened or closed at once.

use super::loads::Loads;
use super::node::{Bounded, Found, Known, Lookout};
use super::view::{Decision, View};
use crate::control::{Control, Stop};
use crate::graph::{Load, Matching, Problem};
use crate::index::PairId;
use crate::solve::workspace::Workspace;

/// A part of people from which on it is made whole.
const SURE: f64 = 0.75;

/// Steps down, at most.
const STEPS: usize = 100;

/// The best feasible matching found on the way down from the case of `decisions`, which is bounded by `from`; adds to
/// `work`.
pub(super) fn dive(
    lookout: &Lookout<'_>,
    decisions: &[Decision],
    from: &Bounded,
    best: Option<i128>,
    control: &Control<'_>,
    work: &mut u64,
) -> Result<Option<(i128, Matching)>, Stop> {
    let mut workspace = Workspace::new();
    let mut found: Option<(i128, Matching)> = None;
    let mut best = best;
    let (mut decisions, mut known) = (decisions.to_vec(), Known::of(from));
    let (mut matching, mut parts) = (from.matching.clone(), from.parts.clone());
    for _ in 0..STEPS {
        let before = decisions.len();
        decisions.extend(next(lookout, &decisions, &matching, &parts));
        if decisions.len() == before {
            break;
        }
        let mut looked = lookout.look(&decisions, &known, best, control, &mut workspace)?;
        *work += looked.work;
        if matches!(looked.found, Found::Empty(_)) && retreat(&mut decisions[before..]) {
            looked = lookout.look(&decisions, &known, best, control, &mut workspace)?;
            *work += looked.work;
        }
        if let Some(candidate) = looked.candidate
            && best.is_none_or(|best| candidate.0 > best)
        {
            best = Some(candidate.0);
            found = Some(candidate);
        }
        match looked.found {
            Found::Bounded(bounded) => {
                if best.is_some_and(|best| bounded.bound <= best) {
                    break;
                }
                known = Known::of(&bounded);
                (matching, parts) = (bounded.matching, bounded.parts);
            }
            Found::Empty(_) => break,
        }
    }
    Ok(found)
}

/// What to decide next: for each opening that is half open, the nearer end; for each coupling that is broken, a pair.
fn next(lookout: &Lookout<'_>, decisions: &[Decision], matching: &Matching, parts: &[(PairId, f64)]) -> Vec<Decision> {
    let problem = lookout.problem;
    let Some(view) = View::of(problem, decisions) else { return Vec::new() };
    let loads = Loads::of(problem, matching);
    let half = lookout.openings.iter().filter(|&&on| {
        let span = view.span(problem, on);
        span.has_gap() && !span.allows(loads.at(on))
    });
    let openings = half.map(|&on| {
        let (span, load) = (view.span(problem, on), loads.at(on));
        if 2 * load >= span.min() { (on, span.min(), span.max()) } else { (on, 0, 0) }
    });
    let openings: Vec<Decision> = openings.collect();
    if !openings.is_empty() {
        return openings;
    }
    let sure = surest(problem, &view, parts);
    if !sure.is_empty() {
        return sure;
    }
    let couplings =
        problem.couplings().iter().enumerate().filter(|(at, coupling)| !coupling.allows(loads.couplings[*at]));
    let mut pairs: Vec<Decision> =
        couplings.filter_map(|(at, _)| lookout.suggestion(&view, matching, &loads, at)).collect();
    pairs.sort_unstable();
    pairs.dedup_by_key(|decision| decision.0);
    pairs
}

/// The parts of people that are near to one more, made whole, or else the one that is nearest.
fn surest(problem: &Problem, view: &View, parts: &[(PairId, f64)]) -> Vec<Decision> {
    let beyond = |count: f64| count - count.floor();
    let surest = parts.iter().map(|&(_, count)| beyond(count)).fold(0.0, f64::max);
    let whole = |&(pair, count): &(PairId, f64)| {
        let (most, more) = (i64::from(view.ends(problem, pair).1), count.ceil() as i64);
        (beyond(count) >= surest.min(SURE) && more <= most).then_some((Load::Pair(pair), more, most))
    };
    parts.iter().filter_map(whole).collect()
}

/// Closes what was just opened; false if nothing was.
fn retreat(decisions: &mut [Decision]) -> bool {
    let mut changed = false;
    for (on, min, max) in decisions.iter_mut().filter(|(on, min, _)| !matches!(on, Load::Pair(_)) && *min > 0) {
        let _ = on;
        (*min, *max, changed) = (0, 0, true);
    }
    changed
}

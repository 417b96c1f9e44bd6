//! A way down from a case to a feasible matching: everything that is half open is opened or closed at once. Where opening
//! lowers the bound, closing is tried as well.

use super::loads::Loads;
use super::node::{Bounded, Found, Known, Lookout};
use super::view::{Decision, View};
use crate::control::{Control, Stop};
use crate::graph::{Load, Matching, Problem};
use crate::index::PairId;
use crate::solve::workspace::Workspace;

/// A part of people from which on it is made whole, and one in how many parts is made whole at least.
const SURE: f64 = 0.75;
const PARTS: usize = 16;

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
    let mut dive = Dive { lookout, control, workspace: Workspace::new(), best, found: None, work: 0 };
    let ended = dive.run(decisions.to_vec(), from);
    *work += dive.work;
    // What was found before a stop is as good as what is found after it.
    if dive.found.is_some() { Ok(dive.found) } else { ended.map(|()| None) }
}

/// A dive under way.
struct Dive<'a> {
    lookout: &'a Lookout<'a>,
    control: &'a Control<'a>,
    workspace: Workspace,
    /// The value to beat.
    best: Option<i128>,
    found: Option<(i128, Matching)>,
    work: u64,
}

impl Dive<'_> {
    fn run(&mut self, mut decisions: Vec<Decision>, from: &Bounded) -> Result<(), Stop> {
        let mut known = Known::of(from);
        let mut bound = from.bound;
        let mut steps = next(self.lookout, &decisions, from);
        for _ in 0..STEPS {
            if steps.is_empty() {
                break;
            }
            let before = decisions.len();
            decisions.append(&mut steps);
            let mut found = self.look(&decisions, &known)?;
            let mut closed = decisions.clone();
            if bound_of(&found) < Some(bound) && retreat(&mut closed[before..]) {
                let other = self.look(&closed, &known)?;
                if bound_of(&other) > bound_of(&found) {
                    (decisions, found) = (closed, other);
                }
            }
            match found {
                Found::Bounded(bounded) if self.best.is_none_or(|best| bounded.bound > best) => {
                    known = Known::of(&bounded);
                    bound = bounded.bound;
                    steps = next(self.lookout, &decisions, &bounded);
                }
                Found::Bounded(_) | Found::Empty(_) => break,
            }
        }
        Ok(())
    }

    /// Looks at a case, and keeps the best matching met there.
    fn look(&mut self, decisions: &[Decision], known: &Known) -> Result<Found, Stop> {
        let looked = self.lookout.look(decisions, known, self.best, self.control, &mut self.workspace)?;
        self.work += looked.work;
        if let Some(candidate) = looked.candidate
            && self.best.is_none_or(|best| candidate.0 > best)
        {
            self.best = Some(candidate.0);
            self.found = Some(candidate);
        }
        looked.stop.map_or(Ok(looked.found), Err)
    }
}

/// The bound of a case; none if it is empty.
fn bound_of(found: &Found) -> Option<i128> {
    match found {
        Found::Bounded(bounded) => Some(bounded.bound),
        Found::Empty(_) => None,
    }
}

/// What to decide next: for each opening that is half open, the nearer end; or what is nearly whole; or for each coupling that
/// is broken, a pair.
fn next(lookout: &Lookout<'_>, decisions: &[Decision], bounded: &Bounded) -> Vec<Decision> {
    let problem = lookout.problem;
    let Some(view) = View::of(problem, decisions) else { return Vec::new() };
    let broken = |at: &usize| !problem.couplings()[*at].allows(bounded.loads.coupling(*at));
    let pairs = || {
        let couplings = (0..problem.couplings().len()).filter(broken);
        let mut pairs: Vec<Decision> = couplings.filter_map(|at| lookout.suggestion(&view, bounded, at)).collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|decision| decision.0);
        pairs
    };
    let ways: [&dyn Fn() -> Vec<Decision>; 4] = [
        &|| nearer_ends(lookout, &view, bounded.nearest()),
        &|| surest(problem, &view, bounded),
        &|| nearer_ends(lookout, &view, &bounded.loads),
        &pairs,
    ];
    ways.into_iter().map(|way| way()).find(|steps| !steps.is_empty()).unwrap_or_default()
}

/// For each opening that is half open the nearer end.
fn nearer_ends(lookout: &Lookout<'_>, view: &View, loads: &Loads) -> Vec<Decision> {
    let half = lookout.openings.iter().filter(|&&on| loads.is_half_open(lookout.problem, view, on));
    let ends = half.map(|&on| {
        let span = view.span(lookout.problem, on);
        if 2.0 * loads.at(on) >= span.min() as f64 { (on, span.min(), span.max()) } else { (on, 0, 0) }
    });
    ends.collect()
}

/// The parts of people that are near to one more, made whole: all that are surely so, and in any case some of all parts.
fn surest(problem: &Problem, view: &View, bounded: &Bounded) -> Vec<Decision> {
    let beyond = |count: f64| count - count.floor();
    let mut parts: Vec<(PairId, f64)> = bounded.parts().collect();
    parts.sort_unstable_by(|a, b| beyond(b.1).total_cmp(&beyond(a.1)).then(a.0.cmp(&b.0)));
    let sure = parts.iter().filter(|part| beyond(part.1) >= SURE).count();
    let whole = |&(pair, count): &(PairId, f64)| {
        let (most, more) = (i64::from(view.ends(problem, pair).1), count.ceil() as i64);
        (more <= most).then_some((Load::Pair(pair), more, most))
    };
    parts[..sure.max(parts.len().div_ceil(PARTS))].iter().filter_map(whole).collect()
}

/// Closes what was just opened; false if nothing was.
fn retreat(decisions: &mut [Decision]) -> bool {
    let mut changed = false;
    for (_, min, max) in decisions.iter_mut().filter(|(on, min, _)| !matches!(on, Load::Pair(_)) && *min > 0) {
        (*min, *max, changed) = (0, 0, true);
    }
    changed
}

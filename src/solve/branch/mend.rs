//! A matching that keeps everything, from one that nearly does.
//!
//! Whoever a coupling holds too many of is taken out where that costs least, and nobody else may come in by a coupled pair
//! (`allowance`). Then every coupling keeps its span wherever people move, and the rest is a flow. As long as couplings have
//! room, the pairs that would gain are let in and the flow is asked again; then full ones exchange who loses least for who gains
//! more. Classes that stay half open are filled once, if they are nearly open, and close otherwise.
//!
//! Cost: some flows, which begin where the one before ended.

use std::collections::BTreeMap;

use super::allowance::Allowance;
use super::flow::flow;
use super::loads::Loads;
use super::nets::Nets;
use super::node::{Bounded, Lookout};
use super::relaxed::{Relaxed, multipliers};
use super::view::{Decision, View};
use crate::control::Control;
use crate::graph::{Load, Matching, Solution};
use crate::solve::workspace::Workspace;

/// Flows, at most.
const FLOWS: usize = 32;

/// What a class is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Hold what it will.
    Free,
    /// Stay open, as the case says.
    Kept,
    /// Open, since it nearly is.
    Filled,
    Open,
    Closed,
}

/// The best matching that keeps everything met on the way from that of `from`, the case of `decisions`; adds to `work`. It need
/// not keep the decisions.
pub(super) fn mend(
    lookout: &Lookout<'_>,
    from: &Bounded,
    decisions: &[Decision],
    control: &Control<'_>,
    workspace: &mut Workspace,
    work: &mut u64,
) -> Option<(i128, Matching)> {
    let problem = lookout.problem;
    let view = View::of(problem, &[])?;
    let mut allowance = Allowance::new(lookout, &view, from)?;
    let mut classes = classes(lookout, decisions, &Loads::of(problem, &from.matching));
    let mut known = Solution { matching: from.matching.clone(), prices: from.multipliers.prices.clone() };
    let mut best: Option<(i128, Matching)> = None;
    let (mut last, mut exchanged) = (i128::MIN, false);
    for _ in 0..FLOWS {
        let decided = classes.iter().filter_map(|(&on, &class)| decision(lookout, on, class));
        let all: Vec<Decision> = decided.chain(allowance.decisions()).collect();
        let Some(view) = View::of(problem, &all) else { break };
        let Ok(relaxed) = Relaxed::of(problem, &view) else { break };
        let begin = relaxed.part(&known).into_owned();
        // Whoever stops it is asked again by the caller.
        let Ok(solved) = flow(&relaxed.problem, &[], Some(&begin), control, workspace, work) else { break };
        let Ok(solution) = solved else {
            // Without those taken out, not all classes of the case can stay open, nor all those that nearly were.
            if !turn(&mut classes, Class::Kept, Class::Free) && !turn(&mut classes, Class::Filled, Class::Closed) {
                break;
            }
            continue;
        };
        turn(&mut classes, Class::Kept, Class::Open);
        turn(&mut classes, Class::Filled, Class::Open);
        let matching = relaxed.matching(&solution.matching);
        let (value, loads) = (problem.value(&matching), Loads::of(problem, &matching));
        if loads.are_feasible(problem, &lookout.openings) && best.as_ref().is_none_or(|(best, _)| value > *best) {
            best = Some((value, matching.clone()));
        }
        let gained = value > last;
        last = value;
        let prices = multipliers(problem, &solution.prices, Vec::new()).prices;
        let nets = Nets::new(problem, &prices);
        let half: Vec<Load> = classes.keys().copied().filter(|&on| !lookout.span(on).allows(loads.at(on))).collect();
        allowance.settle(&matching);
        if !(allowance.let_in(&nets, &[]) && gained) {
            if half.is_empty() && !((gained || !exchanged) && allowance.exchange(&nets)) {
                break;
            }
            exchanged = half.is_empty();
            let mut lacking = Vec::new();
            for on in half {
                let (load, min) = (loads.at(on), lookout.span(on).min());
                let is_near = 2 * load >= min;
                classes.insert(on, if is_near { Class::Filled } else { Class::Closed });
                if is_near {
                    lacking.push((on, min - load));
                }
            }
            if !lacking.is_empty() {
                allowance.let_in(&nets, &lacking);
            }
        }
        known = Solution { matching, prices };
    }
    best
}

/// What all classes are to do at first.
fn classes(lookout: &Lookout<'_>, decisions: &[Decision], loads: &Loads) -> BTreeMap<Load, Class> {
    // Couplings that open or not are decided with the pairs.
    let classes = lookout.openings.iter().copied().filter(|on| !matches!(on, Load::Coupling(_)));
    let mut classes: BTreeMap<Load, Class> =
        classes.map(|on| (on, if loads.at(on) == 0 { Class::Closed } else { Class::Free })).collect();
    for (on, least, _) in decisions {
        if let Some(class) = classes.get_mut(on).filter(|_| *least > 0) {
            *class = Class::Kept;
        }
    }
    classes
}

fn decision(lookout: &Lookout<'_>, on: Load, class: Class) -> Option<Decision> {
    let span = lookout.span(on);
    match class {
        Class::Free => None,
        Class::Kept | Class::Filled | Class::Open => Some((on, span.min(), span.max())),
        Class::Closed => Some((on, 0, 0)),
    }
}

/// Whether some class did the first, which does the second now.
fn turn(classes: &mut BTreeMap<Load, Class>, from: Class, to: Class) -> bool {
    let mut any = false;
    for class in classes.values_mut().filter(|class| **class == from) {
        (*class, any) = (to, true);
    }
    any
}

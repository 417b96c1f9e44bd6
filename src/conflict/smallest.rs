//! Demands that contradict each other, none of which could be left out.

use std::collections::BTreeSet;

use super::question::{Answer, State};
use super::strict::{End, Limits};
use crate::control::Control;

/// An irreducible set of demands, and whether it is known to be one.
pub(crate) struct Smallest {
    /// The demands, ascending.
    pub(crate) ends: Vec<End>,
    /// Whether none of them can be left out, so that lifting any one of them alone resolves this contradiction.
    pub(crate) irreducible: bool,
}

/// The smallest part of all demands that the questions led to; none if all can hold.
///
/// Proofs name the limits they need, so that most are out after a few questions; what is left is halved until nothing can be left
/// out. Cost: some questions, and the logarithm of the demands left for each one in the result.
pub(crate) fn smallest(limits: &Limits, control: &Control<'_>) -> Option<Smallest> {
    let mut search = Search { limits, control, known: true };
    let mut ends = limits.ends();
    loop {
        let named = match search.ask(&ends) {
            Answer::Impossible(named) => named,
            Answer::Best { .. } => return None,
            Answer::Unknown => return Some(Smallest { ends, irreducible: false }),
        };
        let fewer: Vec<End> = ends.iter().copied().filter(|end| named.contains(&end.limit)).collect();
        if fewer.len() == ends.len() || !search.contradict(&fewer) {
            break;
        }
        ends = fewer;
    }
    let mut ends = search.needed(&[], false, &ends);
    ends.sort_unstable();
    Some(Smallest { ends, irreducible: search.known })
}

struct Search<'a> {
    limits: &'a Limits,
    control: &'a Control<'a>,
    /// Whether every question was answered.
    known: bool,
}

impl Search<'_> {
    fn ask(&self, ends: &[End]) -> Answer {
        let held: BTreeSet<End> = ends.iter().copied().collect();
        let state = |end: End| if held.contains(&end) { State::Held } else { State::Dropped };
        self.limits.ask(&state, None, self.control)
    }

    /// Whether `ends` are known to contradict each other.
    fn contradict(&mut self, ends: &[End]) -> bool {
        match self.ask(ends) {
            Answer::Impossible(_) => true,
            Answer::Best { .. } => false,
            Answer::Unknown => {
                self.known = false;
                false
            }
        }
    }

    /// What of `ends` is needed beside `given`, with which they contradict each other; `more` is whether `given` has grown since
    /// it was last asked about.
    fn needed(&mut self, given: &[End], more: bool, ends: &[End]) -> Vec<End> {
        if more && self.contradict(given) {
            return Vec::new();
        }
        if ends.len() <= 1 {
            return ends.to_vec();
        }
        let (first, second) = ends.split_at(ends.len() / 2);
        let of_second = self.needed(&[given, first].concat(), true, second);
        let of_first = self.needed(&[given, &of_second].concat(), !of_second.is_empty(), first);
        [of_first, of_second].concat()
    }
}

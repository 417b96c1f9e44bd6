//! From the best charges to some under which every coupling keeps its span.

use super::loads::Loads;
use crate::graph::{Coupling, Problem};

/// How much farther each time.
const FASTER: i64 = 8;

/// No charge is pushed farther.
const FARTHEST: i64 = 1 << 50;

/// A way from the best charges to some under which every coupling keeps its span: all that broke theirs on the way are moved
/// by the same amount, farther and farther until none does, and then back by halves.
pub(super) struct Push {
    from: Vec<i64>,
    /// The way each coupling is pushed, if it is.
    ways: Vec<i64>,
    /// The largest amount that was too little, and the smallest one that was enough.
    ends: (i64, Option<i64>),
    now: i64,
}

impl Push {
    pub(super) fn new(from: Vec<i64>, couplings: usize) -> Self {
        Self { from, ways: vec![0; couplings], ends: (0, None), now: 0 }
    }

    /// The next charges after those that led to `loads`; none at the end of the way.
    pub(super) fn next(&mut self, problem: &Problem, loads: &Loads) -> Option<Vec<i64>> {
        let mut broken = false;
        let couplings = problem.couplings().iter().zip(&loads.couplings).zip(&self.from);
        for (way, ((coupling, &load), from)) in self.ways.iter_mut().zip(couplings) {
            let span = coupling.span();
            // A fine is no more than a charge of its size.
            let fined = coupling.penalty().is_some_and(|penalty| from.abs() + self.now >= penalty);
            if !span.allows(load) && !fined {
                broken = true;
                *way = if load > span.max() { 1 } else { -1 };
            }
        }
        if broken {
            self.ends.0 = self.ends.0.max(self.now);
        } else {
            self.ends.1 = Some(self.now);
        }
        let (least, most) = self.ends;
        self.now = match most {
            None => (least * FASTER).max(1),
            Some(most) if most > least + 1 => least.midpoint(most),
            Some(_) => return None,
        };
        let pushed = |((&from, &way), coupling): ((&i64, &i64), &Coupling)| {
            let most = coupling.penalty().unwrap_or(FARTHEST);
            (from + way * self.now).clamp(-most, most)
        };
        (self.now < FARTHEST).then(|| self.from.iter().zip(&self.ways).zip(problem.couplings()).map(pushed).collect())
    }
}

//! Work done so far, whether to stop, and the best that is known by then.

use super::incumbent::Incumbent;
use crate::control::{Control, Limits, Phase, Progress, Stop};
use crate::graph::{Matching, Problem};

/// Pair visits between two looks at the clock and the cancel token: well below a millisecond.
const LOOK: u64 = 1 << 15;

/// Pair visits that a run may always make before the first stop, and again after it: a few milliseconds.
const GRACE: u64 = 1 << 20;

/// Prices are offered again after so many passes' worth of work.
const DUE: u64 = 4;

/// Counts pair visits against the caller's limits, and passes progress on.
pub(super) struct Meter<'a> {
    control: &'a Control<'a>,
    work: u64,
    look: u64,
    /// What was reported last.
    last: Progress,
    /// Pairs that may be visited whatever the limits say.
    grace: u64,
    /// Kept only where somebody could stop the run or hears about it: others need not pay for it.
    incumbent: Option<(&'a Problem, &'a mut Incumbent)>,
    /// Work done when prices were last offered.
    offered: u64,
}

impl<'a> Meter<'a> {
    pub(super) fn new(control: &'a Control<'a>) -> Self {
        let last = Progress::new(Phase::Place, 0, 0);
        Self { control, work: 0, look: 0, grace: 0, incumbent: None, offered: 0, last }
    }

    /// A meter that keeps the best that is known about `problem`, if `control` may ask for it.
    pub(super) fn keeping(control: &'a Control<'a>, problem: &'a Problem, incumbent: &'a mut Incumbent) -> Self {
        let asked = control.observer.is_some() || control.cancel.is_some() || control.limits != Limits::NONE;
        if asked {
            incumbent.reset(problem);
        }
        Self { incumbent: asked.then_some((problem, incumbent)), ..Self::new(control) }
    }

    /// Adds `pairs` visited pairs; an error if the run should stop now.
    pub(super) fn spend(&mut self, pairs: usize) -> Result<(), Stop> {
        self.work += pairs as u64;
        // The work limit is looked at every time, or its answer would depend on when it is looked at.
        let limited = self.control.limits.work.is_some_and(|limit| self.work >= limit);
        if limited || self.work >= self.look {
            self.look = self.work + LOOK;
            return self.look();
        }
        Ok(())
    }

    /// An error if the run should stop now; for work that is not counted in pairs.
    pub(super) fn look(&self) -> Result<(), Stop> {
        if self.work < self.grace {
            return Ok(());
        }
        self.control.stop(self.work).map_or(Ok(()), Err)
    }

    /// The first placement and bound, from no prices at all.
    pub(super) fn begin(&mut self) -> Result<(), Stop> {
        self.grace = GRACE;
        let begun = self.offer_all([&|_| 0, &|_| 0, &|_| 0], true);
        self.grace = 0;
        begun.and_then(|()| self.look())
    }

    /// Learns what posts' prices in units of `2^-scale` prove, and whom they place.
    pub(super) fn offer(&mut self, scale: u32, price: impl Fn(usize) -> i64) -> Result<(), Stop> {
        self.offer_all([&|post| price(post) >> scale, &|_| 0, &|_| 0], false)
    }

    /// [`offer`](Self::offer), unless the last one was not long ago.
    pub(super) fn offer_at_times(&mut self, scale: u32, price: impl Fn(usize) -> i64) -> Result<(), Stop> {
        if self.is_due() { self.offer(scale, price) } else { Ok(()) }
    }

    /// Whether the best that is known is kept.
    pub(super) fn keeps(&self) -> bool {
        self.incumbent.is_some()
    }

    /// Whether prices were last offered long ago.
    pub(super) fn is_due(&self) -> bool {
        let due = |(problem, _): &(&Problem, _)| self.work - self.offered >= DUE * problem.graph().pairs() as u64;
        self.incumbent.as_ref().is_some_and(due)
    }

    /// [`offer`](Self::offer) of multipliers of posts, demand and supply quotas.
    pub(super) fn offer_quotas(&mut self, prices: [&dyn Fn(usize) -> i64; 3]) -> Result<(), Stop> {
        self.offer_all(prices, false)
    }

    /// Shows a feasible matching, if the best that is known is kept.
    pub(super) fn offer_matching(&mut self, matching: &Matching) {
        if let Some((problem, incumbent)) = &mut self.incumbent {
            incumbent.keep(problem, matching);
        }
    }

    fn offer_all(&mut self, prices: [&dyn Fn(usize) -> i64; 3], first: bool) -> Result<(), Stop> {
        let Some((problem, incumbent)) = self.incumbent.take() else { return Ok(()) };
        let ended = incumbent.learn(problem, prices, first, self);
        self.offered = self.work;
        self.incumbent = Some((problem, incumbent));
        ended
    }

    /// After a stop: whether the problem is so small that a last pass takes hardly any time. If so, nothing stops it.
    pub(super) fn grant(&mut self) -> bool {
        let small = self.incumbent.as_ref().is_some_and(|(problem, _)| problem.graph().pairs() as u64 <= GRACE);
        if small {
            self.grace = u64::MAX;
        }
        small
    }

    /// Pairs visited so far.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// Tells the caller's observer.
    pub(super) fn report(&mut self, phase: Phase, done: u64, total: u64) {
        self.last = Progress::new(phase, done, total);
        self.close();
    }

    /// Tells the observer once more how far the run has come, and how much work it was: at the end of a run, in all.
    pub(super) fn close(&self) {
        let (placed, gap) = self.incumbent.as_ref().map_or((0, None), |(_, incumbent)| incumbent.standing());
        self.control.report(self.last.with_work(self.work).with_standing(placed, gap));
    }

    /// Tells the observer that a best placement, of `placed` people, is found.
    pub(super) fn close_best(&self, placed: u64) {
        self.control.report(self.last.with_work(self.work).with_standing(placed, Some(0)));
    }
}

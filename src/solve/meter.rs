//! Work done so far, and whether to stop.

use crate::control::{Control, Phase, Progress, Stop};

/// Pair visits between two looks at the clock and the cancel token: well below a millisecond.
const LOOK: u64 = 1 << 15;

/// Counts pair visits against the caller's limits, and passes progress on.
pub(super) struct Meter<'a> {
    control: &'a Control<'a>,
    work: u64,
    look: u64,
    /// What was reported last.
    last: Progress,
}

impl<'a> Meter<'a> {
    pub(super) fn new(control: &'a Control<'a>) -> Self {
        Self { control, work: 0, look: 0, last: Progress::new(Phase::Place, 0, 0) }
    }

    /// Adds `pairs` visited pairs; an error if the run should stop now.
    pub(super) fn spend(&mut self, pairs: usize) -> Result<(), Stop> {
        self.work += pairs as u64;
        // The work limit is looked at every time, or its answer would depend on when it is looked at.
        let limited = self.control.limits.work.is_some_and(|limit| self.work >= limit);
        if limited || self.work >= self.look {
            self.look = self.work + LOOK;
            return self.control.stop(self.work).map_or(Ok(()), Err);
        }
        Ok(())
    }

    /// Tells the caller's observer.
    pub(super) fn report(&mut self, phase: Phase, done: u64, total: u64) {
        self.last = Progress::new(phase, done, total);
        self.control.report(self.last.with_work(self.work));
    }

    /// Tells the observer how much work it was in all, at the end of a run.
    pub(super) fn close(&self) {
        self.control.report(self.last.with_work(self.work));
    }
}

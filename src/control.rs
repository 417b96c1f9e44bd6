//! What the caller lends: threads, limits, a way to cancel, and somebody to tell about progress.
//!
//! Nothing here is ambient: without a [`Control`] the library starts no pool, reads no clock and prints nothing.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Which threads a stage may use. The answer never depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Threads {
    /// The rayon pool the call is made from (the global one outside any pool).
    #[default]
    Inherit,
    /// A pool of exactly this many threads, made for the call and dropped after it; the inherited one if the system
    /// refuses to make it.
    Exactly(NonZeroUsize),
}

impl Threads {
    /// `count` threads, or [`Threads::Inherit`] for zero.
    #[must_use]
    pub fn from_count(count: usize) -> Self {
        NonZeroUsize::new(count).map_or(Self::Inherit, Self::Exactly)
    }
}

/// Asks a running call to stop; clones share one flag.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// A token nobody has cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks every call holding this token to stop at its next check.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether [`cancel`](Self::cancel) was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// When to stop early. The default never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Stop after about this many pair visits of the solver, those for keeping a bound included. Deterministic: the same limit gives the same answer.
    pub work: Option<u64>,
    /// Stop at this moment. Not deterministic; a result stopped by it says so.
    pub deadline: Option<Instant>,
}

impl Limits {
    /// No limit at all.
    pub const NONE: Self = Self { work: None, deadline: None };

    /// These limits with a work limit of `pair_visits`.
    #[must_use]
    pub const fn with_work(self, pair_visits: u64) -> Self {
        Self { work: Some(pair_visits), ..self }
    }

    /// These limits with a wall-clock deadline.
    #[must_use]
    pub const fn with_deadline(self, deadline: Instant) -> Self {
        Self { deadline: Some(deadline), ..self }
    }
}

/// Why a run ended before its optimum was proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The caller cancelled.
    Cancelled,
    /// The deadline passed.
    Deadline,
    /// The work limit was used up.
    Work,
}

/// The stages of a round, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Phase {
    /// Hard rules decide which pairs are acceptable.
    Screen,
    /// Criteria say how good each acceptable pair is.
    Score,
    /// Scores and rules become integers.
    Formulate,
    /// Approximate prices are found by bidding.
    Price,
    /// Exact placement on those prices.
    Place,
    /// The first of all optima is chosen.
    Choose,
    /// Certificate and audit are checked.
    Verify,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The stage at work.
    pub phase: Phase,
    /// Steps of this stage done; the unit is the stage's own (people placed for [`Phase::Place`]).
    pub done: u64,
    /// Steps of this stage in all, as known now.
    pub total: u64,
    /// Pairs that this call of the solver has visited so far, as [`Limits::work`] counts them; 0 where no solver is at
    /// work. The last report of a call carries the total. Deterministic: it never depends on threads.
    pub work: u64,
    /// People in the best placement known so far; 0 before there is one.
    pub placed: u64,
    /// By how much any placement can be worth more than that one at most, in units of the problem's value; `None` while no
    /// bound has been completed.
    pub gap: Option<i128>,
}

impl Progress {
    /// `done` of `total` steps of `phase`.
    #[must_use]
    pub const fn new(phase: Phase, done: u64, total: u64) -> Self {
        Self { phase, done, total, work: 0, placed: 0, gap: None }
    }

    /// The same after `pair_visits`.
    #[must_use]
    pub const fn with_work(self, pair_visits: u64) -> Self {
        Self { work: pair_visits, ..self }
    }

    /// The same with the best placement known so far: its people, and its gap if a bound is known.
    #[must_use]
    pub const fn with_standing(self, placed: u64, gap: Option<i128>) -> Self {
        Self { placed, gap, ..self }
    }
}

/// Somebody to tell about progress. Called from one thread at a time, at most a few hundred times a stage; with
/// [`Threads::Exactly`] that may be a thread of the pool made for the call.
pub trait Observer: Sync {
    /// Takes note of `progress`; must not block for long.
    fn observe(&self, progress: Progress);
}

/// Everything the caller lends to one call.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct Control<'a> {
    /// Threads to use.
    pub threads: Threads,
    /// When to stop early.
    pub limits: Limits,
    /// A token that stops the call.
    pub cancel: Option<&'a CancelToken>,
    /// Who hears about progress.
    pub observer: Option<&'a dyn Observer>,
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control")
            .field("threads", &self.threads)
            .field("limits", &self.limits)
            .field("cancel", &self.cancel)
            .field("observer", &self.observer.is_some())
            .finish()
    }
}

impl<'a> Control<'a> {
    /// Inherited threads, no limits, nobody listening.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with `threads`.
    #[must_use]
    pub const fn with_threads(self, threads: Threads) -> Self {
        Self { threads, ..self }
    }

    /// The same with `limits`.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same, stoppable through `token`.
    #[must_use]
    pub const fn with_cancel(self, token: &'a CancelToken) -> Self {
        Self { cancel: Some(token), ..self }
    }

    /// The same with `observer` listening.
    #[must_use]
    pub const fn with_observer(self, observer: &'a dyn Observer) -> Self {
        Self { observer: Some(observer), ..self }
    }

    /// Tells the observer, if there is one.
    pub fn report(&self, progress: Progress) {
        if let Some(observer) = self.observer {
            observer.observe(progress);
        }
    }

    /// Whether to stop now, having visited `work` pairs so far. Cancelling outranks the deadline, that the work limit.
    #[must_use]
    pub fn stop(&self, work: u64) -> Option<Stop> {
        if self.cancel.is_some_and(CancelToken::is_cancelled) {
            Some(Stop::Cancelled)
        } else if self.limits.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            Some(Stop::Deadline)
        } else if self.limits.work.is_some_and(|limit| work >= limit) {
            Some(Stop::Work)
        } else {
            None
        }
    }
}

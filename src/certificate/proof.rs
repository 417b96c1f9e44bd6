//! What the verifier found.

use super::condition::{Claim, Condition};
use super::fault::Fault;

/// Most faults listed for one condition; the rest are counted.
pub const LISTED: usize = 100;

/// The faults of one condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    listed: Vec<Fault>,
    total: u64,
}

impl Faults {
    /// The first [`LISTED`] faults.
    #[must_use]
    pub fn listed(&self) -> &[Fault] {
        &self.listed
    }

    /// How many faults there are in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    pub(super) fn push(&mut self, fault: Fault) {
        self.total += 1;
        if self.listed.len() < LISTED {
            self.listed.push(fault);
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        self.total += other.total;
        let room = LISTED - self.listed.len();
        self.listed.extend(other.listed.into_iter().take(room));
    }
}

/// How a condition stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It was checked and holds.
    Holds,
    /// It was checked and does not hold.
    Fails(Faults),
    /// It was not asked of this result.
    #[default]
    NotAsked,
}

impl From<Faults> for State {
    fn from(faults: Faults) -> Self {
        if faults.total == 0 { Self::Holds } else { Self::Fails(faults) }
    }
}

/// What a matching is worth, what its prices bound, and how each condition stands. Only
/// [`verify`](super::verify) and [`verify_searched`](super::verify_searched) make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    value: i128,
    bound: i128,
    states: [State; Condition::ALL.len()],
}

impl Proof {
    pub(super) fn new(value: i128, bound: i128, claim: Claim, faults: [Faults; 6]) -> Self {
        let mut states: [State; Condition::ALL.len()] = Default::default();
        for (state, found) in states.iter_mut().zip(faults) {
            *state = found.into();
        }
        if claim != Claim::Optimal {
            states[Condition::Sign as usize] = State::NotAsked;
            states[Condition::Rent as usize] = State::NotAsked;
        }
        Self { value, bound, states }
    }

    /// The same for a search, with the bound that its cases prove and what is wrong with prices, gap and cases.
    pub(super) fn searched(mut self, bound: i128, claim: Claim, rent: Faults, gap: Faults, cases: Faults) -> Self {
        if claim == Claim::Optimal {
            self.states[Condition::Rent as usize] = rent.into();
        }
        self.states[Condition::Gap as usize] = gap.into();
        self.states[Condition::Cases as usize] = cases.into();
        Self { bound, ..self }
    }

    /// What the matching is worth, added up from its placements.
    #[must_use]
    pub fn value(&self) -> i128 {
        self.value
    }

    /// `D(y)`: no feasible matching is worth more than this.
    #[must_use]
    pub fn bound(&self) -> i128 {
        self.bound
    }

    /// Bound less value; negative only for a matching that is not feasible.
    #[must_use]
    pub fn gap(&self) -> i128 {
        self.bound - self.value
    }

    /// How `condition` stands.
    #[must_use]
    pub fn state(&self, condition: Condition) -> &State {
        &self.states[condition as usize]
    }

    /// Each condition with its state, in reporting order.
    #[must_use]
    pub fn conditions(&self) -> impl ExactSizeIterator<Item = (Condition, &State)> {
        Condition::ALL.into_iter().zip(&self.states)
    }

    /// The conditions that fail.
    pub fn failed(&self) -> impl Iterator<Item = Condition> {
        self.conditions().filter(|(_, state)| matches!(state, State::Fails(_))).map(|(condition, _)| condition)
    }

    /// Every listed fault, in the order of the conditions.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.states.iter().flat_map(|state| match state {
            State::Fails(faults) => faults.listed(),
            State::Holds | State::NotAsked => &[],
        })
    }

    /// Whether everything that was asked holds: the matching is feasible and as good as claimed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.failed().next().is_none()
    }

    /// Whether the matching is feasible and proven to be worth most.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.is_sound() && self.gap() == 0
    }
}

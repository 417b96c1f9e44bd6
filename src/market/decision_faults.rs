//! What must hold of decisions.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults};
use super::standing::Decided;
use super::validation::{find, is_name};
use super::{Decision, DecisionState, Placement, PostIx, SupplyIx, SupplyKind};

/// Finds the faults of the decisions in `draft`, whose tables are sorted, and resolves them.
pub(super) fn check(draft: &Draft, faults: &mut Faults) -> Decided {
    let mut reading = Reading { draft, faults, decided: Decided::default(), of_units: BTreeMap::new() };
    let mut at_posts = BTreeMap::<PostIx, u64>::new();
    for row in 0..draft.decisions.rows.len() {
        reading.words(row);
        reading.pair(row);
        reading.resolve(row, &mut at_posts);
    }
    // What is beyond the seats is a fault, so the numbers fit.
    let at_posts = at_posts.into_iter().map(|(post, people)| (post, u32::try_from(people).unwrap_or(u32::MAX)));
    Decided { at_posts: at_posts.collect(), ..reading.decided }
}

struct Reading<'a> {
    draft: &'a Draft,
    faults: &'a mut Faults,
    decided: Decided,
    /// People decided about so far.
    of_units: BTreeMap<SupplyIx, u64>,
}

impl<'a> Reading<'a> {
    fn decision(&self, row: usize) -> &'a Decision {
        &self.draft.decisions.rows[row].1
    }

    fn fault(&mut self, row: usize, field: &str, code: FaultCode, value: impl Display, allowed: &str) {
        self.faults.push(Fault::new(code, self.draft.decisions.place(row, field), value, allowed));
    }

    fn words(&mut self, row: usize) {
        let decision = self.decision(row);
        let state = decision.state.word();
        match &decision.reason {
            None if decision.state == DecisionState::Forbidden => {
                self.fault(row, "reason", FaultCode::KindNeeds, "", state);
            }
            Some(reason) if !is_name(reason) => self.fault(row, "reason", FaultCode::BadName, reason, ""),
            _ => {}
        }
        if decision.round == Some(0) {
            self.fault(row, "round", FaultCode::BadNumber, 0, &format!("1–{}", u32::MAX));
        }
        if decision.post.is_none() != (decision.state == DecisionState::Left) {
            self.fault(row, "post", FaultCode::DecisionPost, decision.post.as_deref().unwrap_or_default(), state);
        }
        if let Some(people) = decision.people.filter(|people| *people == 0 || decision.state.closes()) {
            self.fault(row, "people", FaultCode::DecisionPeople, people, state);
        }
    }

    /// Decisions on one pair follow each other: some people may stand beside others who were placed, or beside a refusal
    /// by others of their cohort.
    fn pair(&mut self, row: usize) {
        let decision = self.decision(row);
        let of_cohort = || {
            let unit = find(&self.draft.supply, &decision.unit, |unit| &unit.id);
            unit.is_some_and(|unit| self.draft.supply.rows[unit as usize].1.kind == SupplyKind::Cohort)
        };
        let earlier = (0..row).rev().map(|at| self.decision(at));
        let mut earlier = earlier.take_while(|at| (&at.unit, &at.post) == (&decision.unit, &decision.post));
        let other = earlier.find(|at| {
            let beside = match decision.state {
                DecisionState::Placed => true,
                DecisionState::Declined => of_cohort(),
                _ => false,
            };
            !(at.state.stands() && beside)
        });
        if let Some(other) = other {
            self.fault(row, "state", FaultCode::DecidedTwice, decision.state.word(), other.state.word());
        }
    }

    fn resolve(&mut self, row: usize, at_posts: &mut BTreeMap<PostIx, u64>) {
        let (draft, decision) = (self.draft, self.decision(row));
        let unit = find(&draft.supply, &decision.unit, |unit| &unit.id);
        if unit.is_none() {
            self.fault(row, "unit", FaultCode::Dangling, &decision.unit, "supply");
        }
        let mut post = None;
        if let Some(id) = &decision.post {
            post = find(&draft.posts, id, |post| &post.id).map(PostIx::new);
            if post.is_none() {
                self.fault(row, "post", FaultCode::Dangling, id, "posts");
            }
        }
        let Some(unit) = unit else { return };
        let headcount = draft.supply.rows[unit as usize].1.headcount;
        let people = decision.people.unwrap_or(headcount);
        let unit = SupplyIx::new(unit);
        if !decision.state.closes() {
            if decision.people.is_none() && headcount == 0 {
                self.fault(row, "people", FaultCode::DecisionPeople, 0, decision.state.word());
            }
            let decided = self.of_units.entry(unit).or_default();
            *decided += u64::from(people);
            let decided = *decided;
            if decided > u64::from(headcount) {
                self.fault(row, "people", FaultCode::DecidedPeople, decided, &headcount.to_string());
            }
        }
        match (decision.state, post) {
            (DecisionState::Left, _) => self.decided.left.push((unit, people)),
            (DecisionState::Frozen | DecisionState::Signed, Some(post)) => {
                let taken = at_posts.entry(post).or_default();
                *taken += u64::from(people);
                let (taken, seats) = (*taken, draft.posts.rows[post.index()].1.seats_max);
                if taken > u64::from(seats) {
                    self.fault(row, "people", FaultCode::DecidedSeats, taken, &seats.to_string());
                }
                self.decided.standing.push(Placement { unit, post, people });
            }
            (DecisionState::Placed, Some(post)) => self.decided.placed.push(Placement { unit, post, people }),
            (DecisionState::Forbidden | DecisionState::Declined, Some(post)) => {
                self.decided.closed.push((unit, post, row as u32));
            }
            (_, None) => {}
        }
    }
}

//! From one round to the next: what became of the placements, as decisions of the market that follows.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::fault::{Fault, FaultCode, Faults, Place, Row};
use super::record::{Record, Table};
use super::validation::validate;
use super::{Decision, DecisionState, Market, Placements, PostIx, Round, SupplyIx};
use crate::language::vocabulary;

vocabulary! {
    /// What became of a placement.
    Said {
        /// Both sides signed.
        Accepted = "accepted", "accepted", "接受";
        /// The person or the post declined.
        Declined = "declined", "declined", "拒绝";
        /// The people have left, placed or not.
        Left = "left", "left", "离开";
    }
}

/// What became of some people of a supply unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The supply unit.
    pub unit: SupplyIx,
    /// The post they were placed at; none for people who left without having been placed.
    pub post: Option<PostIx>,
    /// How many.
    pub people: u32,
    /// What became of them.
    pub said: Said,
}

impl Market {
    /// The market of `round`, the `number`th, which follows this one with its result `placements` and the `replies` to it.
    ///
    /// Who accepted is `signed`, who declined frees the seat and closes the pair, who left is gone; everybody else was
    /// `placed` and may be moved, unless their pair was closed. People answer who were placed in this round first, then those
    /// whose placement stood already. What was frozen, signed, forbidden, declined or had left stays so. Indices must be of
    /// this market.
    ///
    /// # Errors
    /// A reply about nobody (M325), about more people than were placed there or than are left unplaced (M322), or that lacks its
    /// post (M324), named by its position in `replies`; every fault of the market that follows.
    pub fn next_round(
        &self,
        round: &Round,
        number: u32,
        placements: &Placements,
        replies: &[Reply],
    ) -> Result<Self, Faults> {
        let mut books = Books::of(self, number, placements);
        for (k, reply) in replies.iter().enumerate() {
            books.enter(k, reply);
        }
        let Books { decisions, faults, .. } = books.close();
        faults.or(())?;
        let mut draft = Draft::of(self);
        draft.round = table([round.clone()]);
        for decision in decisions.into_values() {
            draft.decisions.push(decision);
        }
        validate(draft)
    }
}

/// What is known of everybody while replies are entered.
struct Books<'a> {
    market: &'a Market,
    number: u32,
    /// Placed in this round and not yet heard of.
    placed: BTreeMap<(SupplyIx, PostIx), u32>,
    /// Not placed.
    unplaced: BTreeMap<SupplyIx, u64>,
    decisions: BTreeMap<(SupplyIx, Option<PostIx>, DecisionState), Decision>,
    faults: Faults,
}

impl<'a> Books<'a> {
    fn of(market: &'a Market, number: u32, placements: &Placements) -> Self {
        let mut unplaced: BTreeMap<SupplyIx, u64> =
            SupplyIx::all(market.supply().len()).map(|unit| (unit, market.open_headcount(unit).into())).collect();
        let mut placed = BTreeMap::new();
        for placement in placements.without_standing(market).all() {
            *placed.entry((placement.unit, placement.post)).or_default() += placement.people;
            let rest = unplaced.entry(placement.unit).or_default();
            *rest = rest.saturating_sub(placement.people.into());
        }
        let mut books =
            Self { market, number, placed, unplaced, decisions: BTreeMap::new(), faults: Faults::default() };
        for decision in market.decisions().iter().filter(|decision| decision.state != DecisionState::Placed) {
            let post = decision.post.as_deref().and_then(|post| market.find_post(post));
            if let Some(unit) = market.find_unit(&decision.unit) {
                let whole = Some(market.unit(unit).headcount).filter(|_| !decision.state.closes());
                let decision = Decision { people: decision.people.or(whole), ..decision.clone() };
                books.decisions.insert((unit, post, decision.state), decision);
            }
        }
        books
    }

    fn fault(&mut self, k: usize, reply: &Reply, field: &str, code: FaultCode, value: u64, allowed: &str) {
        let id = self.market.unit(reply.unit).id.clone();
        let place = Place { table: "replies".to_owned(), row: Some(Row::Item(k as u64)), id, field: field.to_owned() };
        self.faults.push(Fault::new(code, place, value, allowed));
    }

    fn enter(&mut self, k: usize, reply: &Reply) {
        if reply.people == 0 {
            return self.fault(k, reply, "people", FaultCode::DecisionPeople, 0, reply.said.word());
        }
        let Some(post) = reply.post else {
            let unplaced = self.unplaced.entry(reply.unit).or_default();
            let rest = unplaced.checked_sub(reply.people.into());
            match (rest, reply.said) {
                (Some(rest), Said::Left) => {
                    *unplaced = rest;
                    self.add(reply.unit, None, DecisionState::Left, Some(reply.people));
                }
                (None, Said::Left) => {
                    let allowed = unplaced.to_string();
                    self.fault(k, reply, "people", FaultCode::DecidedPeople, reply.people.into(), &allowed);
                }
                _ => self.fault(k, reply, "post", FaultCode::DecisionPost, reply.people.into(), reply.said.word()),
            }
            return;
        };
        let (unit, stands) = (reply.unit, [DecisionState::Frozen, DecisionState::Signed]);
        let placed = self.placed.get(&(unit, post)).copied().unwrap_or(0);
        let state = stands.into_iter().find(|state| self.decisions.contains_key(&(unit, Some(post), *state)));
        let standing = state.and_then(|state| self.decisions[&(unit, Some(post), state)].people).unwrap_or(0);
        // Who stands already has accepted.
        let standing_may = if reply.said == Said::Accepted { 0 } else { standing };
        let most = u64::from(placed) + u64::from(standing_may);
        if u64::from(reply.people) > most {
            return self.fault(k, reply, "people", FaultCode::DecidedPeople, reply.people.into(), &most.to_string());
        }
        let of_placed = placed.min(reply.people);
        self.placed.insert((unit, post), placed - of_placed);
        if let Some(state) = state.filter(|_| reply.people > of_placed) {
            let rest = standing - (reply.people - of_placed);
            if rest == 0 {
                self.decisions.remove(&(unit, Some(post), state));
            } else if let Some(decision) = self.decisions.get_mut(&(unit, Some(post), state)) {
                decision.people = Some(rest);
            }
        }
        match reply.said {
            Said::Accepted => {
                self.add(unit, Some(post), state.unwrap_or(DecisionState::Signed), Some(reply.people));
            }
            Said::Declined => self.add(unit, Some(post), DecisionState::Declined, None),
            Said::Left => self.add(unit, None, DecisionState::Left, Some(reply.people)),
        }
    }

    /// Adds `people` to a decision.
    fn add(&mut self, unit: SupplyIx, post: Option<PostIx>, state: DecisionState, people: Option<u32>) {
        let new = || Decision {
            unit: self.market.unit(unit).id.clone(),
            post: post.map(|post| self.market.post(post).id.clone()),
            state,
            people: None,
            reason: None,
            round: None,
        };
        let decision = self.decisions.entry((unit, post, state)).or_insert_with(new);
        decision.people = people.map(|people| decision.people.unwrap_or(0).saturating_add(people));
        decision.round = Some(self.number);
    }

    /// Whoever was placed and not heard of may be moved.
    fn close(mut self) -> Self {
        for ((unit, post), people) in std::mem::take(&mut self.placed) {
            if people > 0 && !self.decisions.contains_key(&(unit, Some(post), DecisionState::Declined)) {
                self.add(unit, Some(post), DecisionState::Placed, Some(people));
            }
        }
        self
    }
}

pub(super) fn table<T: Record>(rows: impl IntoIterator<Item = T>) -> Table<T> {
    let mut table = Table::default();
    rows.into_iter().for_each(|row| table.push(row));
    table
}

impl Draft {
    /// The tables of `market` as if they were given again, without its decisions.
    pub(super) fn of(market: &Market) -> Self {
        let catalogue = market.catalogue();
        Self {
            round: table([market.round().clone()]),
            schools: table(market.schools().iter().cloned()),
            programmes: table(market.programmes().iter().cloned()),
            enterprises: table(market.enterprises().iter().cloned()),
            agreements: table(market.agreements().iter().cloned()),
            posts: table(market.posts().iter().cloned()),
            supply: table(market.supply().iter().cloned()),
            quotas: table(market.quotas().iter().cloned()),
            mentors: table(market.mentors().iter().cloned()),
            bonds: table(market.bonds().iter().cloned()),
            decisions: Table::default(),
            targets: table(market.targets().iter().cloned()),
            investments: table(market.investments().iter().cloned()),
            regions: table(catalogue.regions().iter().cloned()),
            catalogue_programmes: table(catalogue.programmes().iter().cloned()),
            occupations: table(catalogue.occupations().iter().cloned()),
            programme_occupations: table(catalogue.trains_for().iter().cloned()),
        }
    }
}

//! Programmes over several rounds: which to add to, keep, warn or stop, with the evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::shortages::{Cause, Shortages};
use crate::language::vocabulary;
use crate::market::Dimension;

vocabulary! {
    /// What several rounds say of a programme.
    Signal {
        /// More people would find a place.
        Add = "add", "more people would find a place", "可扩大招生";
        /// Nothing calls for a change.
        Keep = "keep", "nothing calls for a change", "保持";
        /// Many are left for want of seats.
        Warn = "warn", "many are left for want of seats", "预警：较多人因席位不足未安置";
        /// Most are left for want of seats, round after round.
        Stop = "stop", "most are left for want of seats, round after round", "建议停招：连续多轮多数人因席位不足未安置";
        /// There are too few rounds to say anything.
        TooFew = "too_few", "too few rounds to say anything", "轮次过少，无法判断";
        /// There are too few people in one of them.
        TooFewPeople = "too_few_people", "too few people to say anything", "人数过少，无法判断";
    }
}

/// What one round says of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeFigures {
    /// Id of the round.
    pub round: String,
    /// Id of the programme.
    pub programme: String,
    /// People, less those who have left.
    pub people: u64,
    /// Those placed.
    pub placed: u64,
    /// Those left for want of seats: others have them, or there are none.
    pub crowded_out: u64,
    /// Free seats that are acceptable for somebody of the programme, at posts that are open: so many more people of this kind could
    /// come and nobody else would have to move, as far as seats are concerned.
    pub free: u64,
    /// Seats that are acceptable for somebody of the programme and have a price: somebody would gain from one more.
    pub priced: u64,
}

/// The numbers of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignalRules {
    /// How many of the last rounds are looked at, and are needed; at least 1. Default 3.
    pub rounds: u32,
    /// How many people of a programme each of these rounds needs. Default 10: one person is then no more than the smallest share asked.
    pub least_people: u32,
    /// Free seats in percent of the people from which more could come. Default 10.
    pub scarce_percent: u32,
    /// People left for want of seats in percent from which it is crowded. Default 25.
    pub crowded_percent: u32,
    /// The same from which it is nearly in vain. Default 50.
    pub vain_percent: u32,
}

impl Default for SignalRules {
    fn default() -> Self {
        Self { rounds: 3, least_people: 10, scarce_percent: 10, crowded_percent: 25, vain_percent: 50 }
    }
}

/// What is said of a programme, with the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeSignal {
    /// Id of the programme.
    pub programme: String,
    /// The word.
    pub signal: Signal,
    /// The figures it rests on, in the order of the rounds.
    pub evidence: Vec<ProgrammeFigures>,
}

/// One word for each programme from the figures of several rounds, the earliest first; by id. A round without people of a programme
/// says nothing of it.
///
/// A round leaves its figures of each programme ([`Shortages::programmes`]), just run or examined from its files
/// ([`Outlook`](crate::Outlook) puts saved rounds together). [`signals`] reads the figures of the last rounds and says one word by these
/// rules, every number of which is part of [`SignalRules`]:
///
/// | word | when |
/// |---|---|
/// | `add` | in every one of the rounds, seats were free for at least 10 in 100 of its people, and it was never crowded |
/// | `stop` | in every one of the rounds, at least 50 in 100 of its people were left for want of seats, and no seat was free for them |
/// | `warn` | it was crowded in the last round and in at least half of the rounds: 25 in 100 or more of its people were left for want of seats |
/// | `keep` | otherwise |
/// | `too_few` | there are not three rounds with its people |
/// | `too_few_people` | one of the rounds has fewer than 10 of its people |
#[must_use]
pub fn signals(rounds: &[Vec<ProgrammeFigures>], rules: SignalRules) -> Vec<ProgrammeSignal> {
    let mut of: BTreeMap<&str, Vec<&ProgrammeFigures>> = BTreeMap::new();
    for figures in rounds.iter().flatten().filter(|figures| figures.people > 0) {
        of.entry(&figures.programme).or_default().push(figures);
    }
    let looked_at = rules.rounds.max(1) as usize;
    let signal = |(programme, all): (&str, Vec<&ProgrammeFigures>)| {
        let last = &all[all.len().saturating_sub(looked_at)..];
        let reaches =
            |part: u64, percent: u32, people: u64| u128::from(part) * 100 >= u128::from(people) * u128::from(percent);
        let scarce = |one: &&&ProgrammeFigures| reaches(one.free, rules.scarce_percent, one.people);
        let crowded = |one: &&&ProgrammeFigures| reaches(one.crowded_out, rules.crowded_percent, one.people);
        let vain = |one: &&&ProgrammeFigures| one.free == 0 && reaches(one.crowded_out, rules.vain_percent, one.people);
        let count = |is: &dyn Fn(&&&ProgrammeFigures) -> bool| last.iter().filter(|one| is(one)).count();
        let signal = if last.len() < looked_at {
            Signal::TooFew
        } else if last.iter().any(|one| one.people < u64::from(rules.least_people)) {
            Signal::TooFewPeople
        } else if count(&scarce) == looked_at && count(&crowded) == 0 {
            Signal::Add
        } else if count(&vain) == looked_at {
            Signal::Stop
        } else if last.iter().next_back().is_some_and(|one| crowded(&one)) && 2 * count(&crowded) >= looked_at {
            Signal::Warn
        } else {
            Signal::Keep
        };
        let evidence = last.iter().map(|one| (*one).clone()).collect();
        ProgrammeSignal { programme: programme.to_owned(), signal, evidence }
    };
    of.into_iter().map(signal).collect()
}

impl Shortages<'_> {
    /// What this round says of each programme with people, by id. Cost: as [`surpluses`](Self::surpluses).
    #[must_use]
    pub fn programmes(&self) -> Vec<ProgrammeFigures> {
        let market = self.market();
        let figures = market.facets(Dimension::Programme).into_iter().map(|group| {
            let (free, priced) = self.seats_for(&group);
            let line = self.surplus(group);
            let want = line.causes.iter().filter(|line| matches!(line.cause, Cause::Outbid | Cause::NoSeats));
            ProgrammeFigures {
                round: market.round().id.clone(),
                programme: line.group.value,
                people: line.people,
                placed: line.placed,
                crowded_out: want.map(|line| line.count).sum(),
                free,
                priced,
            }
        });
        figures.filter(|figures| figures.people > 0).collect()
    }
}

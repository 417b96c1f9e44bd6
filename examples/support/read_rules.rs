//! Reads the rules of an instance, a rule a line; `benches/peers/README.md` describes the format.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use talent_match::graph::{Coupling, Opening, Problem, ProblemError, QuotaForest, SeatRange, Span};
use talent_match::index::{CouplingId, PairId, QuotaId, UnitId};

/// A line that is no rule of the instance, or no line: all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// From 1.
    pub(crate) line: Option<usize>,
    pub(crate) text: String,
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "line {line}: {}", self.text),
            None => formatter.write_str(&self.text),
        }
    }
}

/// `plain` with the rules of `text`, or all that is wrong with them.
pub(crate) fn read(text: &str, plain: Problem) -> Result<Problem, Vec<Fault>> {
    let mut rules = Rules {
        seats: vec![None; plain.graph().posts()],
        demand: Nodes::new("post", plain.graph().posts()),
        supply: Nodes::new("unit", plain.graph().units()),
        couplings: Vec::new(),
        plain: &plain,
    };
    let mut faults = Vec::new();
    for (line, words) in (1..).zip(text.lines()) {
        let words = words.split_once('#').map_or(words, |(words, _)| words);
        if let Err(text) = rules.line(line, words) {
            faults.push(Fault { line: Some(line), text });
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let Rules { seats, demand, supply, couplings, .. } = rules;
    let (demand, supply) = (demand.forest(), supply.forest());
    let (demand, supply) = match (demand, supply) {
        (Ok(demand), Ok(supply)) => (demand, supply),
        (demand, supply) => return Err([demand.err(), supply.err()].into_iter().flatten().collect()),
    };
    let (lines, couplings): (Vec<usize>, Vec<Coupling>) = couplings.into_iter().unzip();
    let coupled = |error: ProblemError| {
        let line = coupling_of(&error).and_then(|coupling| lines.get(coupling.index()).copied());
        vec![Fault { line, text: error.to_string() }]
    };
    let seats = seats.into_iter().zip(plain.seats()).map(|(own, &plain)| own.unwrap_or(plain)).collect();
    let quotas = plain.with_seats(seats).and_then(|made| match demand {
        Some(demand) => made.with_demand_quotas(demand),
        None => Ok(made),
    });
    let quotas = quotas.and_then(|made| match supply {
        Some(supply) => made.with_supply_quotas(supply),
        None => Ok(made),
    });
    quotas.and_then(|made| made.with_couplings(couplings)).map_err(coupled)
}

/// The rules read so far.
struct Rules<'a> {
    plain: &'a Problem,
    seats: Vec<Option<SeatRange>>,
    demand: Nodes,
    supply: Nodes,
    /// With the line each stands in.
    couplings: Vec<(usize, Coupling)>,
}

impl Rules<'_> {
    fn line(&mut self, line: usize, words: &str) -> Result<(), String> {
        let mut lists = words.split(':');
        let mut words = Words(lists.next().unwrap_or_default().split_whitespace().peekable());
        let Some(kind) = words.0.next() else {
            return if lists.next().is_none() { Ok(()) } else { Err("a list of nothing".to_owned()) };
        };
        let most = match kind {
            "seats" | "together" => 0,
            "demand" | "supply" => 1,
            "couple" => 2,
            _ => return Err(format!("`{kind}` is none of `seats`, `demand`, `supply`, `together` and `couple`")),
        };
        let lists: Vec<&str> = lists.collect();
        if lists.len() > most {
            return Err(format!("`{kind}` has {} lists after `:`, more than {most}", lists.len()));
        }
        match kind {
            "seats" => {
                let post = words.below("post", self.plain.graph().posts())?;
                let (range, penalty) = words.seat_range()?;
                if penalty.is_some() {
                    return Err("seats have no penalty; say `demand` instead".to_owned());
                }
                if self.seats[post as usize].replace(range).is_some() {
                    return Err(format!("post {post} has seats by an earlier line"));
                }
            }
            "together" => {
                let unit = UnitId::new(words.below("unit", self.plain.graph().units())?);
                words.end()?;
                let members = i64::from(self.plain.headcount(unit));
                if members > 1 {
                    let pairs = self.plain.graph().row(unit).map(|pair| PairId::new(pair as u32));
                    let whole = Span::new(members, members).or_closed();
                    self.couplings.extend(pairs.map(|pair| (line, Coupling::new(vec![pair], whole))));
                }
            }
            "couple" => {
                let (span, penalty) = words.span()?;
                let pairs = |list: Option<&&str>| -> Result<Vec<PairId>, String> {
                    let mut words = Words(list.copied().unwrap_or_default().split_whitespace().peekable());
                    let mut pairs = Vec::new();
                    while words.0.peek().is_some() {
                        pairs.push(PairId::new(words.below("pair", self.plain.graph().pairs())?));
                    }
                    Ok(pairs)
                };
                let coupling = Coupling::new(pairs(lists.first())?, span).against(pairs(lists.get(1))?);
                let coupling = penalty.map_or(coupling.clone(), |penalty| coupling.with_penalty(penalty));
                self.couplings.push((line, coupling));
            }
            side => {
                let nodes = if side == "demand" { &mut self.demand } else { &mut self.supply };
                nodes.line(line, &mut words, lists.first().copied().unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

/// The quota nodes of one side.
struct Nodes {
    /// What its leaves are called.
    leaf: &'static str,
    /// The line each node stands in.
    lines: Vec<usize>,
    parents: Vec<Option<QuotaId>>,
    ranges: Vec<SeatRange>,
    penalties: Vec<Option<i64>>,
    leaves: Vec<Option<QuotaId>>,
}

impl Nodes {
    fn new(leaf: &'static str, leaves: usize) -> Self {
        let leaves = vec![None; leaves];
        Self { leaf, lines: Vec::new(), parents: Vec::new(), ranges: Vec::new(), penalties: Vec::new(), leaves }
    }

    /// A node, with the leaves that hang below it at once.
    fn line(&mut self, line: usize, words: &mut Words<'_>, members: &str) -> Result<(), String> {
        let number: u32 = words.number("the node's number")?;
        let expected = self.parents.len();
        // Counted even if it is wrong, so that later nodes are not blamed for it.
        let node = QuotaId::new(expected as u32);
        self.lines.push(line);
        self.parents.push(None);
        self.ranges.push(SeatRange::up_to(0));
        self.penalties.push(None);
        if number as usize != expected {
            return Err(format!("this is node {expected}, not {number}: number them from 0, line by line"));
        }
        if words.0.next_if_eq(&"-").is_none() {
            let parent: u32 = words.number("the node above, or `-`")?;
            if parent as usize >= expected {
                return Err(format!("node {parent} comes no earlier: parents first"));
            }
            self.parents[expected] = Some(QuotaId::new(parent));
        }
        (self.ranges[expected], self.penalties[expected]) = words.seat_range()?;
        let mut members = Words(members.split_whitespace().peekable());
        while members.0.peek().is_some() {
            let leaf = members.below(self.leaf, self.leaves.len())?;
            if let Some(other) = self.leaves[leaf as usize].replace(node) {
                return Err(format!("{} {leaf} hangs below node {} already", self.leaf, other.get()));
            }
        }
        Ok(())
    }

    /// The forest, if it has a node.
    fn forest(self) -> Result<Option<QuotaForest>, Fault> {
        if self.parents.is_empty() {
            return Ok(None);
        }
        let forest = QuotaForest::new(self.parents, self.ranges, self.leaves);
        let soft = self.penalties.iter().any(Option::is_some);
        let forest = if soft { forest.and_then(|forest| forest.with_penalties(self.penalties)) } else { forest };
        forest.map(Some).map_err(|error| {
            let line = node_of(&error).and_then(|node| self.lines.get(node.index()).copied());
            Fault { line, text: error.to_string() }
        })
    }
}

/// The words of a line that are left.
struct Words<'a>(std::iter::Peekable<std::str::SplitWhitespace<'a>>);

impl Words<'_> {
    fn number<T: FromStr>(&mut self, what: &str) -> Result<T, String> {
        let word = self.0.next().ok_or_else(|| format!("{what} is missing"))?;
        word.parse().map_err(|_| format!("`{word}` is no number that {what} can be"))
    }

    /// The number of one of so many.
    fn below(&mut self, what: &str, count: usize) -> Result<u32, String> {
        let number: u32 = self.number(&format!("the {what}"))?;
        if (number as usize) < count {
            Ok(number)
        } else {
            Err(format!("there is no {what} {number}: there are {count}, from 0 on"))
        }
    }

    fn end(&mut self) -> Result<(), String> {
        self.0.next().map_or(Ok(()), |word| Err(format!("`{word}` is one word too many")))
    }

    /// A range, whether it may be closed, and a penalty, to the end of the line.
    fn span(&mut self) -> Result<(Span, Option<i64>), String> {
        let (min, max) = (self.number("the minimum")?, self.number("the maximum")?);
        if min > max {
            return Err(format!("the minimum {min} is above the maximum {max}"));
        }
        let span = Span::new(min, max);
        let read = match self.0.next() {
            None => (span, None),
            Some("closed") => (span.or_closed(), None),
            Some("penalty") => match self.number("the penalty")? {
                penalty if penalty < 1 => return Err(format!("the penalty {penalty} is below 1")),
                penalty => (span, Some(penalty)),
            },
            Some(word) => return Err(format!("`{word}` is neither `closed` nor `penalty`")),
        };
        self.end()?;
        Ok(read)
    }

    /// The same for people, of whom there are at least none.
    fn seat_range(&mut self) -> Result<(SeatRange, Option<i64>), String> {
        let (span, penalty) = self.span()?;
        let people = |number: i64| u32::try_from(number).map_err(|_| format!("{number} is no number of people"));
        let range = SeatRange::between(people(span.min())?, people(span.max())?).map_err(|error| error.to_string())?;
        Ok((if span.opening() == Opening::OrClosed { range.or_closed() } else { range }, penalty))
    }
}

/// The node an error is about.
fn node_of(error: &ProblemError) -> Option<QuotaId> {
    match *error {
        ProblemError::QuotaDepth { node } | ProblemError::Penalty { node, .. } => Some(node),
        _ => None,
    }
}

/// The coupling an error is about.
fn coupling_of(error: &ProblemError) -> Option<CouplingId> {
    match *error {
        ProblemError::CoupledPair { coupling, .. }
        | ProblemError::CouplingSpan { coupling, .. }
        | ProblemError::CouplingPenalty { coupling, .. } => Some(coupling),
        _ => None,
    }
}

//! What is possible if some demands hold, some may be broken at a price, and the others are not made.

use super::strict::{End, Limits, Side, Strict};
use crate::control::Control;
use crate::formulation::{Limit, Members, Standing, limited};
use crate::graph::{BipartiteGraph, Case, Cases, Load, Matching, Multipliers, Prices, Problem, Solution, Span};
use crate::index::{PairId, PostId, QuotaId, UnitId};
use crate::solve::{Outcome, Searched, search, solve};

/// Pair visits that one question of many may take.
const WORK: u64 = 1_000_000_000;

/// The same control, where a question takes so long at most that the reasons of a hard market are found as surely as those of an
/// easy one, if less sharply.
pub(crate) fn briefly<'a>(control: &Control<'a>) -> Control<'a> {
    let work = control.limits.work.unwrap_or(WORK).min(WORK);
    control.with_limits(control.limits.with_work(work))
}

/// What becomes of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is not made.
    Dropped,
    /// It holds.
    Held,
    /// Each person beyond it costs 1.
    Soft,
}

/// What there is to say.
pub(crate) enum Answer {
    /// The best that is possible, its worth, and the limits that the proof that nothing is better names.
    Best { matching: Matching, value: i128, named: Vec<usize> },
    /// Nothing is; the limits that the proof names.
    Impossible(Vec<usize>),
    /// The question took too long, or is too large.
    Unknown,
}

/// The limits of a question, each with the number it has in the market.
#[derive(Default)]
struct Asked {
    numbers: Vec<usize>,
    limits: Vec<Limit>,
}

impl Asked {
    fn push(&mut self, number: usize, members: Members, span: Span, penalty: Option<u32>) {
        self.numbers.push(number);
        self.limits.push(Limit { members, span, penalty });
    }
}

impl Limits {
    /// The best that is possible under demands in these states: nobody placed is worth anything but those placed by the pairs of
    /// `goal`, `goal.1` each.
    pub(crate) fn ask(
        &self,
        state: &dyn Fn(End) -> State,
        goal: Option<(&[PairId], i32)>,
        control: &Control<'_>,
    ) -> Answer {
        let Some((problem, standings, numbers)) = self.question(state, goal) else { return Answer::Unknown };
        // Whoever watches the round need not hear of each question.
        let quiet = Control::new().with_threads(control.threads).with_limits(control.limits);
        let quiet = control.cancel.map_or(quiet, |token| quiet.with_cancel(token));
        let named = |on: &dyn Fn(Standing) -> bool| -> Vec<usize> {
            let named = standings.iter().zip(&numbers).filter(|(standing, _)| on(**standing));
            named.map(|(_, number)| *number).collect()
        };
        let by_cases = |cases: &Cases| named(&|on| is_named(&problem, cases, on));
        let by_prices = |prices: &Prices| named(&|on| is_priced(prices, on));
        let best = |matching: Matching, named| Answer::Best { value: problem.value(&matching), matching, named };
        if problem.needs_search() {
            match search(&problem, &quiet) {
                Ok(Searched::Optimal { matching, cases }) => best(matching, by_cases(&cases)),
                Ok(Searched::Infeasible(cases)) => Answer::Impossible(by_cases(&cases)),
                _ => Answer::Unknown,
            }
        } else {
            match solve(&problem, &quiet) {
                Ok(Outcome::Optimal(Solution { matching, prices })) => best(matching, by_prices(&prices)),
                Ok(Outcome::Infeasible(witness)) => Answer::Impossible(by_prices(&witness.prices)),
                _ => Answer::Unknown,
            }
        }
    }

    /// The problem of a question, what its limits became, and their numbers.
    fn question(
        &self,
        state: &dyn Fn(End) -> State,
        goal: Option<(&[PairId], i32)>,
    ) -> Option<(Problem, Vec<Standing>, Vec<usize>)> {
        let (mut asked, mut slack) = (Asked::default(), Slack::of(&self.graph, &self.headcounts));
        for strict in &self.all {
            let state = |side| state(End { limit: strict.first, side });
            strict.ask(&state, &mut asked, &mut slack);
        }
        let mut weights = vec![0; self.graph.pairs()];
        if let Some((pairs, worth)) = goal {
            for pair in pairs {
                weights[pair.index()] = worth;
            }
        }
        weights.resize(slack.targets.len(), -1);
        let posts = self.graph.posts() + 1;
        let graph = BipartiteGraph::from_rows(posts, slack.offsets, slack.targets).ok()?;
        let (problem, standings) = limited(graph, weights, slack.headcounts, asked.limits).ok()?;
        Some((problem, standings, asked.numbers))
    }

    /// How many people `matching` places by the pairs of a limit.
    pub(crate) fn load(&self, limit: usize, matching: &Matching) -> i64 {
        self.all[limit].pairs.iter().map(|pair| matching.count(*pair)).sum()
    }
}

impl Strict {
    fn ask(&self, state: &dyn Fn(Side) -> State, asked: &mut Asked, slack: &mut Slack) {
        let (least, most, number) = (self.span.min(), self.span.max(), self.first);
        // No load exceeds it, so that it is as good as none.
        let open = self.most.max(most).max(least);
        let mut push = |span, penalty| asked.push(number, self.members.clone(), span, penalty);
        if self.is_bond() {
            if state(Side::Bond) != State::Dropped {
                push(self.span, None);
            }
            return;
        }
        let top = |wanted| if state(Side::Most) == wanted { most } else { open };
        if !self.span.has_gap() {
            let bottom = |wanted| if self.asks() && state(Side::Least) == wanted { least } else { 0 };
            push(Span::new(bottom(State::Held), top(State::Held)), None);
            if [Side::Least, Side::Most].map(state).contains(&State::Soft) {
                push(Span::new(bottom(State::Soft), top(State::Soft)), Some(1));
            }
            return;
        }
        let range = Span::new(if state(Side::Least) == State::Held { least } else { 0 }, top(State::Held));
        push(if range.min() > 0 { range.or_closed() } else { range }, None);
        if state(Side::Most) == State::Soft {
            push(Span::new(0, most), Some(1));
        }
        if state(Side::Least) == State::Soft {
            // People who are not there, at a price, to open the class with.
            let mut pairs = self.pairs.clone();
            pairs.push(slack.add(least - 1));
            asked.push(number, Members::Pairs(pairs, Vec::new()), Span::new(least, open + least).or_closed(), None);
        }
    }
}

/// The rows of a graph, with further ones for people who are not there, at a post of their own.
struct Slack {
    offsets: Vec<u32>,
    targets: Vec<PostId>,
    headcounts: Vec<u32>,
    post: PostId,
}

impl Slack {
    fn of(graph: &BipartiteGraph, headcounts: &[u32]) -> Self {
        let (offsets, targets) = (graph.offsets().to_vec(), graph.targets().to_vec());
        Self { offsets, targets, headcounts: headcounts.to_vec(), post: PostId::new(graph.posts() as u32) }
    }

    /// A pair for `people` of them.
    fn add(&mut self, people: i64) -> PairId {
        let pair = PairId::new(self.targets.len() as u32);
        self.targets.push(self.post);
        self.offsets.push(self.targets.len() as u32);
        self.headcounts.push(u32::try_from(people).unwrap_or(u32::MAX));
        pair
    }
}

/// Whether prices give a limit a multiplier.
fn is_priced(prices: &Prices, on: Standing) -> bool {
    let is = |multipliers: &[i64], node: QuotaId| multipliers.get(node.index()).is_some_and(|price| *price != 0);
    match on {
        Standing::Demand(node) => is(prices.demand(), node),
        Standing::Supply(node) => is(prices.supply(), node),
        Standing::Coupling(_) | Standing::Idle => false,
    }
}

/// Whether a tree of cases may need a limit: it is told apart by it, gives it a multiplier, or it says something of single
/// pairs, which is used without one.
fn is_named(problem: &Problem, cases: &Cases, on: Standing) -> bool {
    let load = match on {
        Standing::Demand(node) => Load::Demand(node),
        Standing::Supply(node) => Load::Supply(node),
        Standing::Coupling(id) => Load::Coupling(id),
        Standing::Idle => return false,
    };
    let price = |all: &Multipliers| match on {
        Standing::Demand(node) => all.prices.demand().get(node.index()).copied(),
        Standing::Supply(node) => all.prices.supply().get(node.index()).copied(),
        Standing::Coupling(id) => all.couplings.get(id.index()).copied(),
        Standing::Idle => None,
    };
    let of_pairs = || match on {
        Standing::Coupling(id) => {
            let coupling = &problem.couplings()[id.index()];
            coupling.pairs().len() == 1 || coupling.span().max() <= 0
        }
        _ => false,
    };
    let split = cases.cases().iter().any(|case| matches!(case, Case::Split { on, .. } if *on == load));
    split || of_pairs() || cases.multipliers().iter().any(|all| price(all).is_some_and(|price| price != 0))
}

/// The people of some units.
pub(crate) fn heads(headcounts: &[u32], units: &[UnitId]) -> u64 {
    units.iter().map(|unit| u64::from(headcounts[unit.index()])).sum()
}

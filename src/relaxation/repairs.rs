//! The cheapest changes that make a market possible.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Serialize;

use super::change::{Change, ChangeKind, changed};
use crate::audit::audit;
use crate::config::Config;
use crate::conflict::{Answer, End, LimitKind, LimitName, Limits, Side, Smallest, State, Subject, briefly, smallest};
use crate::control::Control;
use crate::docking::Docking;
use crate::engine::Engine;
use crate::error::Error;
use crate::formulation::Origin;
use crate::index::PairId;
use crate::insight::{GoalValue, goals};
use crate::market::{Amount, Base, Market, Mode, PostIx, Quota, Rule, SupplyIx, Waiver};
use crate::verified::Status;

/// Repairs that are tried.
const TRIED: usize = 12;

/// The rules that may be waived for somebody: those that the round or the post itself states. What the law asks is for nobody to
/// waive.
const WAIVED: [Rule; 5] = [Rule::RoundScope, Rule::Level, Rule::Reach, Rule::Qualification, Rule::Window];

/// Changes with which every limit can hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repair {
    /// What to change; all of it, and no less of any of it.
    pub changes: Vec<Change>,
    /// By how many people in all.
    pub heads: u64,
    /// What the round with these changes reaches, by goal; none if that was not found out.
    pub goals: Option<Vec<GoalValue>>,
}

impl Repair {
    /// `config` with the waivers among the changes.
    #[must_use]
    pub fn configure(&self, config: &Config) -> Config {
        waived(config, &self.changes)
    }

    /// `market` with the changes.
    ///
    /// # Errors
    /// Those of [`changed`].
    pub fn apply(&self, market: &Market) -> Result<Market, crate::market::Faults> {
        changed(market, &self.changes)
    }
}

/// What would make a market possible, the cheapest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repairs {
    /// By the people they change limits by, then by what the goals reach, best first. For each, a
    /// placement is known that keeps every limit of the changed market.
    pub repairs: Vec<Repair>,
    /// Further repairs of a single limit, no cheaper, that were not tried.
    pub further: usize,
    /// Whether every question was answered; otherwise there may be cheaper repairs.
    pub complete: bool,
}

/// The repairs of a market whose limits cannot all hold; none for one whose limits can.
///
/// - One for each limit that makes everything possible when it alone gives way, as far as it must: a minimum down, the maximum of a
///   post, of a quota or of mentors up, a class that opens with fewer.
/// - If several limits together can give way by fewer people in all, or none can alone, the one where the sum over all limits is
///   least: every strict limit is soft at 1 a person (the elastic programme of Chinneck and Dravnieks, *ORSA Journal on
///   Computing* 3, 1991). The same again with every minimum kept, if that can be.
/// - One for each rule that the round or a post itself states (R01, R03, R07, R12, R13), if it is enough not to apply it to some
///   people at some posts: the fewest.
///
/// Bonds never give way, and neither do seats that a quota takes a share of, since it would say something else then.
///
/// Each is tried on the changed market: a placement that keeps all of its limits is found and audited, and its round run, for
/// some seconds at most, for what it reaches.
///
/// Cost: a question for each demand of the contradiction ([`crate::conflict`]), and a question and a round for each repair, 12 at
/// most. `control` limits each of these.
///
/// # Errors
/// Those of [`Docking::prepare`].
pub fn repairs(engine: &Engine, market: &Market, control: &Control<'_>) -> Result<Repairs, Error> {
    let control = &briefly(control);
    let docking = Docking::prepare(market, engine.config(), control)?;
    let limits = Limits::of(&docking);
    let Some(Smallest { ends, irreducible }) = smallest(&limits, control) else {
        return Ok(Repairs { repairs: Vec::new(), further: 0, complete: true });
    };
    let bench = Bench { docking: &docking, limits: &limits, fixed: fixed(market), control };
    let mut asked = Asked { found: Vec::new(), complete: irreducible };
    for end in ends.into_iter().filter(|end| bench.gives_way(*end)) {
        asked.add(bench.alone(end));
    }
    for rule in WAIVED.iter().filter(|rule| engine.config().rules.mode(**rule) == Mode::Strict) {
        asked.add(bench.waive(*rule));
    }
    let Asked { mut found, mut complete } = asked;
    found.sort_by_key(|changes| heads(changes));
    let mut several = Asked { found: Vec::new(), complete };
    let least = found.iter().find(|changes| changes.iter().all(|change| change.kind != ChangeKind::Waive));
    let least = least.map_or(u64::MAX, |changes| heads(changes));
    several.add(bench.together(false).map(|changes| changes.filter(|changes| heads(changes) < least)));
    several.add(bench.together(true));
    several.found.dedup();
    several.found.retain(|changes| !found.contains(changes));
    complete &= several.complete;
    let further = (found.len() + several.found.len()).saturating_sub(TRIED);
    let mut repairs = Vec::new();
    for changes in several.found.into_iter().chain(found).take(TRIED) {
        let Ok(market) = changed(market, &changes) else { continue };
        let Ok(engine) = Engine::new(waived(engine.config(), &changes)) else { continue };
        match is_possible(&engine, &market, control) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(Unknown) => {
                complete = false;
                continue;
            }
        }
        repairs.push(Repair { heads: heads(&changes), changes, goals: reached(&engine, &market, control) });
    }
    repairs.sort_by(|a, b| a.heads.cmp(&b.heads).then_with(|| better(a.goals.as_deref(), b.goals.as_deref())));
    Ok(Repairs { repairs, further, complete })
}

/// Whether some placement keeps every limit of `market`: one that the audit finds nothing wrong with.
fn is_possible(engine: &Engine, market: &Market, control: &Control<'_>) -> Result<bool, Unknown> {
    let docking = Docking::prepare(market, engine.config(), control).map_err(|_| Unknown)?;
    let limits = Limits::of(&docking);
    match limits.ask(&|_| State::Held, None, control) {
        Answer::Best { matching, .. } => {
            let placements = limits.placements(&docking, &matching);
            Ok(audit(market, &engine.config().rules, &placements).is_clean())
        }
        Answer::Impossible(_) => Ok(false),
        Answer::Unknown => Err(Unknown),
    }
}

/// What the round of `market` reaches, if it is soon found.
fn reached(engine: &Engine, market: &Market, control: &Control<'_>) -> Option<Vec<GoalValue>> {
    let result = engine.run(market, control).ok()?;
    (result.status() == Status::Optimal).then(|| goals(&result))
}

/// Which of two is first: what reaches more of the goals by their importance, what is not known last.
fn better(a: Option<&[GoalValue]>, b: Option<&[GoalValue]>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none().cmp(&b.is_none()) };
    let amounts = |goals: &[GoalValue]| goals.iter().map(|goal| goal.amount).collect::<Vec<_>>();
    amounts(b).partial_cmp(&amounts(a)).unwrap_or(Ordering::Equal)
}

fn heads(changes: &[Change]) -> u64 {
    changes.iter().map(|change| change.by).sum()
}

/// The posts whose seats some strict quota takes a share of: with more seats, it would say something else.
fn fixed(market: &Market) -> BTreeSet<PostIx> {
    let asks = |quota: &Quota| {
        let mut bases = [quota.min, quota.max].into_iter().flatten().filter_map(Amount::base);
        quota.penalty.is_none() && bases.any(|base| base == Base::Seats)
    };
    let groups = market.quota_groups().into_iter().filter(|group| asks(market.quota(group.quota)));
    let posts = groups.flat_map(|group| match group.posts {
        Some(posts) => posts.to_vec(),
        None => PostIx::all(market.posts().len()).collect(),
    });
    posts.collect()
}

/// `config` with the waivers of `changes`.
fn waived(config: &Config, changes: &[Change]) -> Config {
    let mut config = config.clone();
    config.rules.waivers.extend(changes.iter().flat_map(|change| change.waivers.iter().cloned()));
    config
}

/// A question was not answered.
struct Unknown;

/// What the questions so far found.
struct Asked {
    found: Vec<Vec<Change>>,
    complete: bool,
}

impl Asked {
    fn add(&mut self, answer: Result<Option<Vec<Change>>, Unknown>) {
        match answer {
            Ok(changes) => self.found.extend(changes),
            Err(Unknown) => self.complete = false,
        }
    }
}

struct Bench<'a> {
    docking: &'a Docking<'a>,
    limits: &'a Limits,
    fixed: BTreeSet<PostIx>,
    control: &'a Control<'a>,
}

impl Bench<'_> {
    fn gives_way(&self, end: End) -> bool {
        match (end.side, &self.limits.all[end.limit].subject) {
            // A share of the staff at one time cannot be widened without what it is at others.
            (Side::Bond, _) | (_, Subject::Group(Origin::Quota { at: Some(_), .. })) => false,
            (Side::Most, Subject::Post(post)) => !self.fixed.contains(post),
            _ => true,
        }
    }

    /// The least by which one demand must give way for all the others to hold; none if that is not enough.
    fn alone(&self, end: End) -> Result<Option<Vec<Change>>, Unknown> {
        let state = |other: End| if other == end { State::Dropped } else { State::Held };
        let worth = if end.side == Side::Least { 1 } else { -1 };
        let goal = (self.limits.all[end.limit].pairs.as_slice(), worth);
        match self.limits.ask(&state, Some(goal), self.control) {
            Answer::Best { matching, .. } => {
                let change = self.change(end, self.limits.load(end.limit, &matching));
                Ok(change.map(|change| vec![change]))
            }
            Answer::Impossible(_) => Ok(None),
            Answer::Unknown => Err(Unknown),
        }
    }

    /// The changes of all limits that are least in sum, of the minimums too or `kept` as they are; none if these cannot be kept.
    fn together(&self, kept: bool) -> Result<Option<Vec<Change>>, Unknown> {
        let is_kept = |end: End| kept && end.side == Side::Least && self.limits.all[end.limit].asks();
        let gives_way = |end: End| self.gives_way(end) && !is_kept(end);
        let state = |end: End| if gives_way(end) { State::Soft } else { State::Held };
        match self.limits.ask(&state, None, self.control) {
            Answer::Best { matching, .. } => {
                let ends = self.limits.ends().into_iter().filter(|end| gives_way(*end));
                let changes = ends.filter_map(|end| self.change(end, self.limits.load(end.limit, &matching)));
                Ok(Some(changes.collect()))
            }
            Answer::Impossible(_) => Ok(None),
            Answer::Unknown => Err(Unknown),
        }
    }

    /// The fewest people to whom a rule must not be applied for every limit to hold; none if that is not enough.
    fn waive(&self, rule: Rule) -> Result<Option<Vec<Change>>, Unknown> {
        let (market, mut config) = (self.docking.market(), self.docking.config().clone());
        config.rules = config.rules.with_mode(rule, Mode::Off);
        let docking = Docking::prepare(market, &config, self.control).map_err(|_| Unknown)?;
        let limits = Limits::of(&docking);
        let cut = |unit: SupplyIx, post: PostIx| self.docking.acceptable().posts_of(unit).binary_search(&post).is_err();
        let of_pair = |pair: PairId| limits.pair(&docking, pair);
        let pairs: Vec<PairId> = PairId::all(limits.graph.pairs())
            .filter(|pair| {
                let (unit, post) = of_pair(*pair);
                cut(unit, post)
            })
            .collect();
        if pairs.is_empty() {
            return Ok(None);
        }
        let matching = match limits.ask(&|_| State::Held, Some((&pairs, -1)), self.control) {
            Answer::Best { matching, .. } => matching,
            Answer::Impossible(_) => return Ok(None),
            Answer::Unknown => return Err(Unknown),
        };
        let (mut by, mut waivers) = (0, Vec::new());
        for pair in pairs {
            let people = u64::try_from(matching.count(pair)).unwrap_or(0);
            let (unit, post) = of_pair(pair);
            if people > 0 {
                by += people;
                let (unit, post) = (market.unit(unit).id.clone(), market.post(post).id.clone());
                waivers.push(Waiver { rule, unit, post });
            }
        }
        waivers.sort_unstable();
        let change = Change { kind: ChangeKind::Waive, limit: LimitName::of_rule(rule), by, waivers };
        Ok((by > 0).then(|| vec![change]))
    }

    /// What a load needs of a demand.
    fn change(&self, end: End, load: i64) -> Option<Change> {
        let strict = &self.limits.all[end.limit];
        let limit = self.limits.name(end.limit, self.docking.market());
        let kind = match (end.side, limit.kind) {
            (Side::Least, LimitKind::Class) => ChangeKind::OpenWithFewer,
            (Side::Least, LimitKind::Quota) if !strict.asks() => ChangeKind::OpenWithFewer,
            (Side::Least, _) => ChangeKind::Lower,
            (_, LimitKind::Mentors) => ChangeKind::MoreMentors,
            _ => ChangeKind::Raise,
        };
        let by = match end.side {
            // A class that holds nobody is closed, and needs nothing.
            Side::Least if !strict.asks() && load == 0 => 0,
            Side::Least => strict.span.min() - load,
            _ => load - strict.span.max(),
        };
        u64::try_from(by).ok().filter(|by| *by > 0).map(|by| Change { kind, limit, by, waivers: Vec::new() })
    }
}

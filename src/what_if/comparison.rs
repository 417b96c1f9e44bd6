//! Two rounds side by side: who moves, who gains and loses, which classes open, and what of each goal.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::config::Config;
use crate::formulation::Goal;
use crate::insight::{PostName, classes, enterprises, goals, schools, to_a_millionth};
use crate::language::vocabulary;
use crate::market::{Market, Mode, Placements, PostIx, Rule};
use crate::start::kept;
use crate::verified::{Status, Verified};

vocabulary! {
    /// What becomes of people from one round to the other.
    Turn {
        /// They are at another post.
        Moves = "moves", "moves to another post", "改到其他岗位";
        /// They are placed who were not.
        Gains = "gains", "gets a place", "新获安置";
        /// They are not placed who were.
        Loses = "loses", "loses the place", "失去安置";
        /// They are new to the market, and placed.
        Comes = "comes", "comes and is placed", "新加入并获安置";
        /// They were placed, and have left the market.
        Leaves = "leaves", "was placed and leaves", "已安置者退出";
    }
}

vocabulary! {
    /// What people themselves would say to it, by their own wishes alone.
    View {
        /// They are placed who were not, or at a post they wish for more.
        Better = "better", "better for them", "对本人更好";
        /// The other way round.
        Worse = "worse", "worse for them", "对本人更差";
        /// Their wishes say nothing about it.
        Same = "same", "as good by their wishes", "按志愿无差别";
    }
}

/// What a goal reaches in both rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GoalChange {
    /// The goal.
    pub goal: Goal,
    /// Its amount before; none where only the other round has the goal.
    pub before: Option<f64>,
    /// Its amount after.
    pub after: Option<f64>,
    /// Whether both amounts are in one scale; points are not where the criteria, the steps of a point or what soft rules cost change.
    pub comparable: bool,
}

impl GoalChange {
    /// After less before, where both are known and comparable.
    #[must_use]
    pub fn by(&self) -> Option<f64> {
        self.comparable.then_some(())?;
        Some(to_a_millionth(self.after? - self.before?))
    }
}

/// What becomes of some people of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// What becomes of them.
    pub turn: Turn,
    /// What they would say to it.
    pub view: View,
    /// Id of the unit.
    pub unit: String,
    /// How many.
    pub people: u64,
    /// The post left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PostName>,
    /// The post taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PostName>,
}

/// People placed of a school, or seats filled of an enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyChange {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// People before.
    pub before: u64,
    /// People after.
    pub after: u64,
}

/// Two rounds side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What the changes are called.
    pub name: String,
    /// Whether both rounds are proven best, so that the differences of the goals are exact.
    pub exact: bool,
    /// Whether everybody whose place is still there could stay there: the placements before, of units and posts that are still there,
    /// keep every limit after and are worth as much as the round after. Then nobody moves unless the canonical answer is asked for.
    pub can_stay: bool,
    /// What each goal reaches.
    pub goals: Vec<GoalChange>,
    /// People by what becomes of them; those who stay are not among them.
    pub people: BTreeMap<Turn, u64>,
    /// The same people by what they would say to it.
    pub views: BTreeMap<View, u64>,
    /// What becomes of whom, by unit and post left. Where several rounds are best, some of these are as good as staying.
    pub transfers: Vec<Transfer>,
    /// Classes that open or not and are open after, at which nobody was before.
    pub opened: Vec<PostName>,
    /// Classes that were open before, at which nobody is after.
    pub closed: Vec<PostName>,
    /// Schools with more or fewer people placed.
    pub schools: Vec<PartyChange>,
    /// Enterprises with more or fewer seats filled.
    pub enterprises: Vec<PartyChange>,
}

impl Comparison {
    /// `before` and `after` side by side; units, posts and members are the same if they have the same ids. Cost: a pass over the
    /// placements of both, their [`classes`], [`schools`] and [`enterprises`], and an [`audit`](crate::audit::audit).
    #[must_use]
    pub fn of(name: &str, before: &Verified<'_>, after: &Verified<'_>) -> Self {
        let exact = |result: &Verified<'_>| !matches!(result.status(), Status::Feasible { gap: 1.., .. });
        let transfers = transfers(before, after);
        let (mut people, mut views) = (BTreeMap::new(), BTreeMap::new());
        for transfer in &transfers {
            *people.entry(transfer.turn).or_default() += transfer.people;
            *views.entry(transfer.view).or_default() += transfer.people;
        }
        let [opened, closed] = [(before, after), (after, before)].map(|(one, other)| {
            let taken = taken(one);
            open_classes(other).filter(|class| !taken.contains(class.id.as_str())).collect()
        });
        let of_schools = |result| schools(result).into_iter().map(|line| (line.id, (line.name, line.placed))).collect();
        let of_plants =
            |result| enterprises(result).into_iter().map(|line| (line.id, (line.name, line.filled))).collect();
        Self {
            name: name.to_owned(),
            exact: exact(before) && exact(after),
            can_stay: can_stay(before, after),
            goals: goal_changes(before, after),
            people,
            views,
            transfers,
            opened,
            closed,
            schools: parties(of_schools(before), of_schools(after)),
            enterprises: parties(of_plants(before), of_plants(after)),
        }
    }
}

fn can_stay(before: &Verified<'_>, after: &Verified<'_>) -> bool {
    let problem = after.docking().formulation().problem();
    kept(before, after.docking()).is_some_and(|kept| problem.value(&kept) >= problem.value(&after.solution().matching))
}

/// Whether a point of the one round is a point of the other.
fn same_points(before: &Config, after: &Config) -> bool {
    let cost = |config: &Config, rule| match config.rules.mode(rule) {
        Mode::Soft(points) => Some(points),
        Mode::Strict | Mode::Off => None,
    };
    before.criteria == after.criteria
        && before.objective.steps == after.objective.steps
        && Rule::ALL.iter().all(|rule| cost(before, *rule) == cost(after, *rule))
}

fn goal_changes(before: &Verified<'_>, after: &Verified<'_>) -> Vec<GoalChange> {
    let same_points = same_points(before.docking().config(), after.docking().config());
    let (before, after) = (goals(before), goals(after));
    let amount = |goals: &[crate::insight::GoalValue], goal| {
        goals.iter().find(|value| value.goal == goal).map(|value| value.amount)
    };
    let mut all: Vec<Goal> = after.iter().map(|value| value.goal).collect();
    all.extend(before.iter().map(|value| value.goal).filter(|goal| amount(&after, *goal).is_none()));
    let change = |goal| GoalChange {
        goal,
        before: amount(&before, goal),
        after: amount(&after, goal),
        comparable: goal != Goal::Score || same_points,
    };
    all.into_iter().map(change).collect()
}

fn open_classes(result: &Verified<'_>) -> impl Iterator<Item = PostName> {
    let open = classes(result).into_iter().filter(|class| class.placed > 0);
    open.map(|class| PostName { id: class.id, name: class.name, owner: class.owner })
}

/// The ids of the posts with people, whether they open with a minimum or not.
fn taken<'a>(result: &'a Verified<'_>) -> BTreeSet<&'a str> {
    let market = result.docking().market();
    let people = result.placements().all().iter().filter(|placement| placement.people > 0);
    people.map(|placement| market.post(placement.post).id.as_str()).collect()
}

type Parties = BTreeMap<String, (String, u64)>;

fn parties(before: Parties, mut after: Parties) -> Vec<PartyChange> {
    let mut all: BTreeMap<String, PartyChange> = BTreeMap::new();
    for (id, (name, people)) in before {
        let (name, now) = after.remove(&id).unwrap_or((name, 0));
        all.insert(id.clone(), PartyChange { id, name, before: people, after: now });
    }
    all.extend(
        after.into_iter().map(|(id, (name, now))| (id.clone(), PartyChange { id, name, before: 0, after: now })),
    );
    all.into_values().filter(|party| party.before != party.after).collect()
}

/// The people of each unit at each post, by ids.
fn places<'a>(market: &'a Market, placements: &Placements) -> BTreeMap<&'a str, BTreeMap<&'a str, (PostIx, u64)>> {
    let mut places: BTreeMap<&str, BTreeMap<&str, (PostIx, u64)>> = BTreeMap::new();
    for placement in placements.all() {
        let (unit, post) = (&market.unit(placement.unit).id, &market.post(placement.post).id);
        let here = places.entry(unit).or_default().entry(post).or_insert((placement.post, 0));
        here.1 += u64::from(placement.people);
    }
    places
}

fn transfers(before: &Verified<'_>, after: &Verified<'_>) -> Vec<Transfer> {
    let [old, new] = [before, after].map(|result| result.docking().market());
    let (was, is) = (places(old, before.placements()), places(new, after.placements()));
    let mut units: Vec<&str> = was.keys().chain(is.keys()).copied().collect();
    units.sort_unstable();
    units.dedup();
    let (nowhere, mut transfers) = (BTreeMap::new(), Vec::new());
    for unit in units {
        let (was, is) = (was.get(unit).unwrap_or(&nowhere), is.get(unit).unwrap_or(&nowhere));
        let fewer = |(id, (post, people)): (&&str, &(PostIx, u64))| {
            let still = is.get(*id).map_or(0, |(_, people)| *people);
            (*post, people.saturating_sub(still))
        };
        let more = |(id, (post, people)): (&&str, &(PostIx, u64))| {
            let already = was.get(*id).map_or(0, |(_, people)| *people);
            (*post, people.saturating_sub(already))
        };
        let mut left: Vec<(PostIx, u64)> = was.iter().map(fewer).filter(|(_, people)| *people > 0).collect();
        let mut taken: Vec<(PostIx, u64)> = is.iter().map(more).filter(|(_, people)| *people > 0).collect();
        let scene = Scene { old, new, unit };
        while let (Some(from), Some(to)) = (left.first_mut(), taken.first_mut()) {
            let people = from.1.min(to.1);
            (from.1, to.1) = (from.1 - people, to.1 - people);
            transfers.push(scene.transfer(people, Some(from.0), Some(to.0)));
            left.retain(|(_, people)| *people > 0);
            taken.retain(|(_, people)| *people > 0);
        }
        transfers.extend(left.into_iter().map(|(post, people)| scene.transfer(people, Some(post), None)));
        transfers.extend(taken.into_iter().map(|(post, people)| scene.transfer(people, None, Some(post))));
    }
    transfers
}

struct Scene<'a> {
    old: &'a Market,
    new: &'a Market,
    unit: &'a str,
}

impl Scene<'_> {
    fn transfer(&self, people: u64, from: Option<PostIx>, to: Option<PostIx>) -> Transfer {
        let (was, is) = (self.old.find_unit(self.unit).is_some(), self.new.find_unit(self.unit).is_some());
        let turn = match (from, to) {
            (Some(_), Some(_)) => Turn::Moves,
            (None, _) if was => Turn::Gains,
            (None, _) => Turn::Comes,
            (_, None) if is => Turn::Loses,
            (_, None) => Turn::Leaves,
        };
        let (from, to) = (from.map(|post| PostName::of(self.old, post)), to.map(|post| PostName::of(self.new, post)));
        // Their wishes of the later round, which they have seen both posts by.
        let rank = |post: &PostName| {
            let market = if is { self.new } else { self.old };
            market.wish_rank(market.find_unit(self.unit)?, market.find_post(&post.id)?)
        };
        let view = match (&from, &to) {
            (Some(from), Some(to)) => match (rank(from), rank(to)) {
                (Some(old), Some(new)) if new < old => View::Better,
                (Some(old), Some(new)) if new > old => View::Worse,
                (None, Some(_)) => View::Better,
                (Some(_), None) => View::Worse,
                _ => View::Same,
            },
            (None, _) => View::Better,
            (_, None) if is => View::Worse,
            _ => View::Same,
        };
        Transfer { turn, view, unit: self.unit.to_owned(), people, from, to }
    }
}

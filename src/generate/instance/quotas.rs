//! Quotas as a city has them, on top of any problem: enterprises in parks in sectors, and programmes in schools.

use super::draw::Draw;
use crate::graph::{Matching, Problem, ProblemError, QuotaForest, SeatRange};
use crate::index::QuotaId;

/// Streams of numbers of the demand and the supply side.
const STREAMS: [u64; 2] = [1 << 41, (1 << 41) + 1];

/// Sectors; on average so many posts in a park and in an enterprise; so many units in a school and in a programme.
const SECTORS: usize = 12;
const PARK: usize = 80;
const ENTERPRISE: usize = 4;
const SCHOOL: usize = 2_500;
const PROGRAMME: usize = 400;

/// How hard quotas press on a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Pressure {
    /// Every node has a range, and the best placement without quotas keeps to all of them.
    Loose,
    /// One node in twenty has a maximum of 60 to 110 per cent of its load without quotas, and one sector or school in ten
    /// asks for 103 to 105 per cent; the others are loose.
    Usual,
    /// The same for one node in three, and one sector or school in four.
    Tight,
}

impl Pressure {
    /// Every pressure.
    pub const ALL: [Self; 3] = [Self::Loose, Self::Usual, Self::Tight];

    /// The pressure's name in benchmarks and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loose => "loose",
            Self::Usual => "usual",
            Self::Tight => "tight",
        }
    }

    /// One node in how many is limited, and one outermost node in how many asks for people.
    const fn shares(self) -> Option<(usize, usize)> {
        match self {
            Self::Loose => None,
            Self::Usual => Some((20, 10)),
            Self::Tight => Some((3, 4)),
        }
    }
}

/// `problem` with a forest of quotas on either side, made from `plain`, a best placement without them.
///
/// Maxima are strict but for one in four; minimums cost a penalty, so that there is a placement within all quotas.
///
/// # Errors
/// None for a problem that is valid (see [`ProblemError`]).
///
/// ```
/// use talent_match::control::Control;
/// use talent_match::generate::instance::{Family, Pressure, Size, instance, with_quotas};
/// use talent_match::solve::solve;
///
/// let problem = instance(Family::City, Size { units: 300, posts: 30, degree: 8 }, 1)?;
/// let outcome = solve(&problem, &Control::new())?;
/// let plain = &outcome.solution().expect("nobody asks for people").matching;
/// let quotas = with_quotas(problem.clone(), plain, Pressure::Loose, 1)?;
/// assert_eq!(quotas.value(plain), problem.value(plain));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn with_quotas(problem: Problem, plain: &Matching, pressure: Pressure, seed: u64) -> Result<Problem, ProblemError> {
    let (mut posts, mut units) = (vec![0_u32; problem.seats().len()], vec![0_u32; problem.headcounts().len()]);
    for placement in plain.placements() {
        posts[problem.graph().post_of(placement.pair).index()] += placement.count;
        units[problem.graph().unit_of(placement.pair).index()] += placement.count;
    }
    let seats: Vec<u32> = problem.seats().iter().map(|seat| seat.max()).collect();
    let penalty = problem.weights().iter().fold(1, |most, weight| weight.abs().max(most));
    let side = |levels: &[usize], most: &[u32], loads: &[u32], stream: u64| {
        let mut tree = Tree::draw(levels, most, loads, Draw::new(seed, stream));
        let outermost = levels.first().map_or(0, |&nodes| nodes);
        tree.quotas(pressure, outermost, i64::from(penalty))
    };
    let parts = |leaves: usize, size: usize| leaves.div_ceil(size).max(1);
    let demand = [SECTORS, parts(seats.len(), PARK), parts(seats.len(), ENTERPRISE)];
    let supply = [parts(units.len(), SCHOOL), parts(units.len(), PROGRAMME)];
    let demand = side(&demand, &seats, &posts, STREAMS[0])?;
    let supply = side(&supply, problem.headcounts(), &units, STREAMS[1])?;
    problem.with_demand_quotas(demand)?.with_supply_quotas(supply)
}

/// Nodes level by level, from the outermost, every one below any node of the level before.
struct Tree {
    draw: Draw,
    parents: Vec<Option<QuotaId>>,
    leaves: Vec<Option<QuotaId>>,
    /// What is below each node: most people, and how many there are without quotas.
    most: Vec<u32>,
    loads: Vec<u32>,
}

impl Tree {
    fn draw(levels: &[usize], most: &[u32], loads: &[u32], mut draw: Draw) -> Self {
        let (mut parents, mut above) = (Vec::new(), 0..0);
        for &nodes in levels {
            let first = parents.len();
            parents.extend((0..nodes).map(|_| within(above.clone(), &mut draw)));
            above = first..parents.len();
        }
        let leaves: Vec<Option<QuotaId>> = most.iter().map(|_| within(above.clone(), &mut draw)).collect();
        let mut tree = Self { draw, most: vec![0; parents.len()], loads: vec![0; parents.len()], parents, leaves };
        for leaf in 0..tree.leaves.len() {
            tree.add(tree.leaves[leaf], most[leaf], loads[leaf]);
        }
        for node in (0..tree.parents.len()).rev() {
            tree.add(tree.parents[node], tree.most[node], tree.loads[node]);
        }
        tree
    }

    fn add(&mut self, node: Option<QuotaId>, most: u32, load: u32) {
        if let Some(node) = node {
            self.most[node.index()] += most;
            self.loads[node.index()] += load;
        }
    }

    /// The forest; only its first nodes, `outermost`, ask for people.
    fn quotas(&mut self, pressure: Pressure, outermost: usize, penalty: i64) -> Result<QuotaForest, ProblemError> {
        let (mut ranges, mut penalties) = (Vec::new(), Vec::new());
        for node in 0..self.parents.len() {
            let (load, draw) = (self.loads[node], &mut self.draw);
            let (percent, chance, soft) = (60 + draw.below(51), draw.below(60), draw.below(4) == 0);
            let of = |percent: usize| (u64::from(load) * percent as u64 / 100) as u32;
            let (limited, asking) = pressure.shares().unwrap_or((usize::MAX, usize::MAX));
            let (min, max, penalty) = if node < outermost && chance < 60 / asking {
                (of(100 + percent / 20).min(self.most[node]), self.most[node], Some(penalty))
            } else if chance >= 60 - 60 / limited {
                (0, of(percent), soft.then_some((penalty / 8).max(1)))
            } else {
                (of(percent / 2), of(percent + 50).max(load), None)
            };
            ranges.push(SeatRange::between(min, max)?);
            penalties.push(penalty);
        }
        QuotaForest::new(self.parents.clone(), ranges, self.leaves.clone())?.with_penalties(penalties)
    }
}

/// Any node of those `above`, if there is one.
fn within(above: std::ops::Range<usize>, draw: &mut Draw) -> Option<QuotaId> {
    (!above.is_empty()).then(|| QuotaId::new((above.start + draw.below(above.len())) as u32))
}

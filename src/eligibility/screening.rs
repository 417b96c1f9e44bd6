//! Which pairs are acceptable, and how many each rule cut.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::RULES;
use super::group::{Group, Groups};
use super::rule::{Pair, PairRule, Sight};
use crate::control::{Control, Phase, Progress};
use crate::index::index;
use crate::market::{Market, Mode, PostIx, Rule, RuleBook, SupplyIx};
use crate::parallel;

index! {
    /// A group of supply units that look the same to every rule about schools and programmes.
    GroupIx
}

/// Pairs of one group cut by each rule, counted in people times posts.
pub type Cuts = [u64; Rule::ALL.len()];

/// The acceptable pairs of a market in rows: one row a supply unit, posts ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptable {
    groups: Groups,
    candidates: Vec<Vec<PostIx>>,
    offsets: Vec<u64>,
    posts: Vec<PostIx>,
    cuts: Vec<Cuts>,
}

impl Acceptable {
    /// Number of acceptable pairs.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.posts.len()
    }

    /// The pair numbers of `unit`.
    #[must_use]
    pub fn row(&self, unit: SupplyIx) -> Range<usize> {
        self.offsets[unit.index()] as usize..self.offsets[unit.index() + 1] as usize
    }

    /// The posts acceptable for `unit`, ascending.
    #[must_use]
    pub fn posts_of(&self, unit: SupplyIx) -> &[PostIx] {
        &self.posts[self.row(unit)]
    }

    /// The groups of supply units.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        self.groups.all()
    }

    /// The group of `unit`.
    #[must_use]
    pub fn group_of(&self, unit: SupplyIx) -> GroupIx {
        self.groups.of(unit)
    }

    /// The posts no rule about groups keeps from the members of `group`, ascending; each row of a member is a part
    /// of them.
    #[must_use]
    pub fn candidates(&self, group: GroupIx) -> &[PostIx] {
        &self.candidates[group.index()]
    }

    /// How many pairs (people times posts) of `group` each rule cut; a pair counts for the first rule that cuts it.
    #[must_use]
    pub fn cuts(&self, group: GroupIx) -> &Cuts {
        &self.cuts[group.index()]
    }

    /// How many pairs (people times posts) each rule cut.
    #[must_use]
    pub fn all_cuts(&self) -> Cuts {
        self.cuts.iter().fold(Cuts::default(), |mut sum, cuts| {
            sum.iter_mut().zip(cuts).for_each(|(sum, cut)| *sum += cut);
            sum
        })
    }
}

/// What one piece of the supply contributes.
struct Piece {
    lengths: Vec<u32>,
    posts: Vec<PostIx>,
    cuts: BTreeMap<GroupIx, Cuts>,
}

/// Supply units screened together; only a matter of speed.
const PIECE: usize = 1024;

fn strict(book: &RuleBook, sight: Sight) -> Vec<&'static dyn PairRule> {
    let applied = RULES.iter().filter(|rule| rule.sight() == sight && book.mode(rule.rule()) == Mode::Strict);
    applied.copied().collect()
}

/// Finds the acceptable pairs of `market` under the strict rules of `book`.
///
/// Rules about groups are asked once a group and post, the others once a person and remaining post. Cost: groups ×
/// posts + people × candidates of their group, in parallel.
#[must_use]
pub fn screen(market: &Market, book: &RuleBook, control: &Control<'_>) -> Acceptable {
    parallel::with_threads(control.threads, || screen_here(market, book, control))
}

fn screen_here(market: &Market, book: &RuleBook, control: &Control<'_>) -> Acceptable {
    let groups = Groups::of_market(market);
    let total = market.supply().len() as u64;
    control.report(Progress::new(Phase::Screen, 0, total));
    let by_group = strict(book, Sight::Group);
    let waived = waived(market, book, &groups);
    let screened = parallel::map(groups.all().len(), |k| {
        let asked_later = |post| waived.contains(&(GroupIx::new(k as u32), post));
        screen_group(market, book, &groups.all()[k], &by_group, &asked_later)
    });
    let (candidates, mut cuts): (Vec<_>, Vec<_>) = screened.into_iter().unzip();
    let by_person = strict(book, Sight::Person);
    let pieces = parallel::map(market.supply().len().div_ceil(PIECE), |piece| {
        let end = market.supply().len().min((piece + 1) * PIECE);
        screen_piece(market, book, piece * PIECE..end, &groups, &candidates, [&by_group, &by_person], &waived)
    });
    let mut offsets = Vec::with_capacity(market.supply().len() + 1);
    offsets.push(0_u64);
    let mut posts = Vec::with_capacity(pieces.iter().map(|piece| piece.posts.len()).sum());
    for piece in pieces {
        offsets.extend(piece.lengths.iter().scan(posts.len() as u64, |end, length| {
            *end += u64::from(*length);
            Some(*end)
        }));
        posts.extend(piece.posts);
        for (group, counted) in piece.cuts {
            cuts[group.index()].iter_mut().zip(counted).for_each(|(sum, cut)| *sum += cut);
        }
    }
    control.report(Progress::new(Phase::Screen, total, total));
    Acceptable { groups, candidates, offsets, posts, cuts }
}

/// The groups and posts between which some pair has a waiver: there, every rule is asked once a person.
fn waived(market: &Market, book: &RuleBook, groups: &Groups) -> BTreeSet<(GroupIx, PostIx)> {
    let waivers = book.waivers.iter();
    waivers
        .filter_map(|waiver| Some((groups.of(market.find_unit(&waiver.unit)?), market.find_post(&waiver.post)?)))
        .collect()
}

fn screen_group(
    market: &Market,
    book: &RuleBook,
    group: &Group,
    rules: &[&'static dyn PairRule],
    asked_later: &dyn Fn(PostIx) -> bool,
) -> (Vec<PostIx>, Cuts) {
    let mut cuts = Cuts::default();
    let keeps = |post: &PostIx| {
        let pair = Pair { market, book, unit: group.first(), post: *post };
        match rules.iter().find(|rule| !rule.permits(&pair)) {
            Some(_) if asked_later(*post) => true,
            Some(rule) => {
                cuts[rule.rule() as usize] += group.people();
                false
            }
            None => true,
        }
    };
    let candidates = PostIx::all(market.posts().len()).filter(keeps).collect();
    (candidates, cuts)
}

fn screen_piece(
    market: &Market,
    book: &RuleBook,
    units: Range<usize>,
    groups: &Groups,
    candidates: &[Vec<PostIx>],
    [by_group, rules]: [&[&'static dyn PairRule]; 2],
    waived: &BTreeSet<(GroupIx, PostIx)>,
) -> Piece {
    let mut piece = Piece { lengths: Vec::with_capacity(units.len()), posts: Vec::new(), cuts: BTreeMap::new() };
    for unit in units.map(|k| SupplyIx::new(k as u32)) {
        let group = groups.of(unit);
        let cuts = piece.cuts.entry(group).or_default();
        let before = piece.posts.len();
        for post in &candidates[group.index()] {
            let pair = Pair { market, book, unit, post: *post };
            let cut = if waived.contains(&(group, *post)) {
                let mut all = by_group.iter().chain(rules);
                all.find(|rule| !rule.permits(&pair) && !pair.is_waived(rule.rule()))
            } else {
                rules.iter().find(|rule| !rule.permits(&pair))
            };
            match cut {
                Some(rule) => cuts[rule.rule() as usize] += u64::from(market.unit(unit).headcount),
                None => piece.posts.push(*post),
            }
        }
        piece.lengths.push((piece.posts.len() - before) as u32);
    }
    piece
}

//! Shortages and surpluses: seats that stay empty and people who stay without one, by group, with the cause split exactly.

mod classes;
mod flow;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::around::Insight;
use super::group_name::name_of;
use super::left::Left;
use super::post_name::PostName;
use crate::language::vocabulary;
use crate::market::{Dimension, Facet, Home, Market, PostIx, Rule, SupplyIx};
use crate::verified::Verified;
use classes::{Between, Class, Classes, Layer};
use flow::{Flow, Side};

/// What posts are grouped by.
pub const POSTS_BY: [Dimension; 4] = [Dimension::Kind, Dimension::Sector, Dimension::Occupation, Dimension::Place];

/// What people are grouped by.
pub const PEOPLE_BY: [Dimension; 2] = [Dimension::School, Dimension::Programme];

vocabulary! {
    /// Why seats are left, or people.
    Cause {
        /// A limit holds people or seats back, or the goals gain nothing.
        Held = "held", "held back by a quota, mentors or a bond, or of no gain to the goals", "受名额、导师或人员关系限制，或对目标没有增益";
        /// The people have a place that the goals gain more from.
        BetterUse = "better_use", "lost to a better use", "用于更优安排";
        /// Others have the seats.
        Outbid = "outbid", "their seats went to others", "席位已安排他人";
        /// Classes did not reach their minimum.
        Minimum = "minimum", "the minimum of a class was not reached", "未达开班人数";
        /// They were declined in an earlier round.
        Declined = "declined", "declined in an earlier round", "前轮已拒绝";
        /// A rule cut them.
        Rule = "rule", "cut by a rule", "被规则排除";
        /// There are not that many people.
        NoPeople = "no_people", "there are not that many people", "总人数不足";
        /// There are not that many seats.
        NoSeats = "no_seats", "there are not that many seats", "总席位不足";
    }
}

/// A part of what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CauseLine {
    /// The cause.
    pub cause: Cause,
    /// The rule, for what a rule cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Seats, or people.
    pub count: u64,
}

/// People of one programme or enterprise in a cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CutHome {
    /// Id of the programme or enterprise.
    pub id: String,
    /// Name of its school, or of the enterprise.
    pub name: String,
    /// People.
    pub people: u64,
}

/// Posts with more seats than people could come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortageCut {
    /// The posts, by id.
    pub posts: Vec<PostName>,
    /// Their seats, those of people whose placement stands left out.
    pub seats: u64,
    /// Everybody for whom one of them is acceptable and whose placement does not stand.
    pub people: u64,
    /// The same by programme or enterprise, by id.
    pub homes: Vec<CutHome>,
    /// Seats less people: what stays empty whoever is placed where.
    pub short: u64,
}

/// A group of posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortageLine {
    /// What the posts have in common, as quotas write it.
    #[serde(serialize_with = "super::fairness::as_text")]
    pub group: Facet,
    /// Its name, for an occupation or division.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Seats.
    pub demand: u64,
    /// People with an acceptable post among them, or whose placement at one stands.
    pub supply: u64,
    /// People placed.
    pub placed: u64,
    /// Seats left.
    pub unfilled: u64,
    /// Why, from what is nearest to being filled; adds up to the seats left.
    pub causes: Vec<CauseLine>,
    /// What stays empty whoever is placed where; none if all seats could be filled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<ShortageCut>,
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SurplusLine {
    /// What the people have in common, as quotas write it.
    #[serde(serialize_with = "super::fairness::as_text")]
    pub group: Facet,
    /// Its name, for a school or programme.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// People, less those who have left.
    pub people: u64,
    /// Seats of posts that are acceptable for one of them, or that they stand at.
    pub demand: u64,
    /// People placed.
    pub placed: u64,
    /// People left.
    pub unplaced: u64,
    /// Why, from what is nearest to being placed; adds up to the people left.
    pub causes: Vec<CauseLine>,
}

/// Shortages and surpluses of a result, ready to be asked about any group.
///
/// # What the causes are
/// For a group of posts, let `F` be **the most of its seats that could be filled** if everything else in the market gave way to it:
/// a largest flow from people to its seats under some conditions. The conditions are relaxed one after the other, so that `F` only
/// grows, from the people placed there to all of its seats; each step is a cause, and the steps add up to the seats left by
/// construction:
///
/// | cause | what is relaxed in this step |
/// |---|---|
/// | `held` | people not placed at other posts could come, to posts that are open. They do not because a quota, mentors or a bond is in the way, the goals would gain nothing, or the run was stopped; 0 in a round that is best, where people placed come first and no limits but seats hold |
/// | `better_use` | people placed elsewhere could come too: lost to a use the goals gain more from |
/// | `minimum` | classes that did not open could open with any number: their minimum was not reached |
/// | `declined` | pairs that were declined in an earlier round |
/// | `rule` | pairs that rule R cut first, for each rule from the last to the first: what could be filled without this rule and those after it, beyond what could be without those after it alone |
/// | `no_people` | nothing is left to relax: there are not that many people in the whole market |
///
/// For a group of people it is the same the other way round: the most of them who could be placed if the market gave way to them.
/// `outbid` stands in place of `better_use` (seats that others took) and `no_seats` in place of `no_people`. Placements that stand are
/// as they are, and people who have left are not there.
///
/// # The cut
/// Where `F` for acceptable pairs is below the seats, a **minimum cut** says why: some of the posts, and everybody who could be
/// there, who together are fewer than their seats (Hall, *Journal of the London Mathematical Society* 10, 1935). The difference is
/// exactly what stays empty whoever is placed where; all other posts of the group can be filled.
///
/// Cost of preparing: the rules for each group of the supply and post, and for each person and candidate post that is not
/// acceptable; and [`Insight::prices`](super::Insight::prices).
pub struct Shortages<'a> {
    result: &'a Verified<'a>,
    classes: Classes,
    closed: Vec<bool>,
    /// Whether somebody would gain from one more seat at each post.
    priced: Vec<bool>,
}

impl std::fmt::Debug for Shortages<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shortages").field("classes", &self.classes.all.len()).finish_non_exhaustive()
    }
}

impl<'a> Shortages<'a> {
    /// Prepares answers about `result`.
    #[must_use]
    pub fn of(result: &'a Verified<'a>) -> Self {
        let (market, left) = (result.docking().market(), Left::by(result));
        let values = Insight::of(result).seat_values();
        let gain = |post: PostIx| match &values {
            Some(values) => values.posts[result.docking().formulation().post_id(post).index()].more,
            None => Some(result.price(post)),
        };
        let posts = PostIx::all(market.posts().len());
        let closed: Vec<bool> = posts.clone().map(|post| left.seats(post) > 0 && !left.is_free(post)).collect();
        let priced = posts.zip(&closed).map(|(post, closed)| !closed && gain(post) > Some(0)).collect();
        Self { result, classes: Classes::of(result), closed, priced }
    }

    pub(super) fn market(&self) -> &'a Market {
        self.result.docking().market()
    }

    pub(super) const fn result(&self) -> &'a Verified<'a> {
        self.result
    }

    /// Whether somebody would gain from one more seat at `post`; a class that did not open has none to gain from.
    pub(super) fn is_priced(&self, post: PostIx) -> bool {
        self.priced[post.index()]
    }

    /// Every group of posts of [`POSTS_BY`], in this order, each by value.
    ///
    /// Cost, for each group: searches over its posts and all classes of people that are alike, one for each seat that a step fills.
    #[must_use]
    pub fn shortages(&self) -> Vec<ShortageLine> {
        let groups = POSTS_BY.into_iter().flat_map(|dimension| self.market().facets(dimension));
        groups.map(|group| self.shortage(group)).collect()
    }

    /// Every group of people of [`PEOPLE_BY`], in this order, each by value. Cost: as [`shortages`](Self::shortages).
    #[must_use]
    pub fn surpluses(&self) -> Vec<SurplusLine> {
        let groups = PEOPLE_BY.into_iter().flat_map(|dimension| self.market().facets(dimension));
        groups.map(|group| self.surplus(group)).filter(|line| line.people > 0).collect()
    }

    /// The posts of one group.
    #[must_use]
    pub fn shortage(&self, group: Facet) -> ShortageLine {
        let (market, classes) = (self.market(), &self.classes.all);
        let posts = market.posts_with(&group);
        let seats = |post: PostIx| u64::from(market.open_seats(post).max);
        let standing: u64 = posts.iter().map(|post| u64::from(market.frozen_at(*post))).sum();
        let mut steps =
            Steps::over(Between::of(posts.len(), classes.len(), |post, class| self.classes.layer(class, posts[post])));
        for (class, row) in classes.iter().enumerate() {
            let mut elsewhere = 0;
            for (at, people) in &row.placed {
                match posts.binary_search(at) {
                    Ok(post) => steps.flow.serve(post, class, *people),
                    Err(_) => elsewhere += people,
                }
            }
            steps.flow.allow_offer(class, row.people - elsewhere);
        }
        let placed = steps.flow.value();
        self.open(&posts, false).for_each(|post| steps.flow.allow_want(post, seats(posts[post])));
        steps.step(Cause::Held, None, Layer::ACCEPTABLE);
        classes.iter().enumerate().for_each(|(class, row)| steps.flow.allow_offer(class, row.people));
        steps.step(Cause::BetterUse, None, Layer::ACCEPTABLE);
        self.open(&posts, true).for_each(|post| steps.flow.allow_want(post, seats(posts[post])));
        let side = steps.step(Cause::Minimum, None, Layer::ACCEPTABLE);
        let all = posts.iter().map(|post| seats(*post)).sum::<u64>();
        steps.rules(all, Cause::NoPeople);
        let supply = classes.iter().zip(steps.between.offers_at(Layer::ACCEPTABLE));
        ShortageLine {
            name: name_of(market, &group).unwrap_or_default(),
            group,
            demand: all + standing,
            supply: supply.filter(|(_, fits)| *fits).map(|(class, _)| class.people).sum::<u64>() + standing,
            placed: placed + standing,
            unfilled: all - placed,
            causes: steps.causes,
            cut: self.cut(&posts, &side),
        }
    }

    /// The people of one group; they must be alike in kind, home and year as far as it says something of them.
    pub(super) fn surplus(&self, group: Facet) -> SurplusLine {
        let market = self.market();
        let units: BTreeSet<SupplyIx> = market.units_with(&group).into_iter().collect();
        let is_here = |class: &&Class| class.units.iter().any(|unit| units.contains(unit));
        let (classes, elsewhere): (Vec<&Class>, Vec<&Class>) = self.classes.all.iter().partition(is_here);
        let posts: Vec<PostIx> = PostIx::all(market.posts().len()).collect();
        let seats = |post: PostIx| u64::from(market.open_seats(post).max);
        let mut steps = Steps::over(Between::of(classes.len(), posts.len(), |class, post| {
            self.classes.layer_of(classes[class], posts[post])
        }));
        for (class, row) in classes.iter().enumerate() {
            row.placed.iter().for_each(|(post, people)| steps.flow.serve(class, post.index(), *people));
            steps.flow.allow_want(class, row.people);
        }
        let mut others = vec![0_u64; posts.len()];
        for (post, people) in elsewhere.iter().flat_map(|class| &class.placed) {
            others[post.index()] += people;
        }
        let placed = steps.flow.value();
        self.open(&posts, false).for_each(|post| steps.flow.allow_offer(post, seats(posts[post]) - others[post]));
        steps.step(Cause::Held, None, Layer::ACCEPTABLE);
        self.open(&posts, false).for_each(|post| steps.flow.allow_offer(post, seats(posts[post])));
        steps.step(Cause::Outbid, None, Layer::ACCEPTABLE);
        self.open(&posts, true).for_each(|post| steps.flow.allow_offer(post, seats(posts[post])));
        steps.step(Cause::Minimum, None, Layer::ACCEPTABLE);
        let all: u64 = classes.iter().map(|class| class.people).sum();
        steps.rules(all, Cause::NoSeats);
        let standing: u64 = units.iter().flat_map(|unit| market.frozen(*unit)).map(|at| u64::from(at.people)).sum();
        let demand = posts.iter().zip(steps.between.offers_at(Layer::ACCEPTABLE));
        SurplusLine {
            name: name_of(market, &group).unwrap_or_default(),
            group,
            people: all + standing,
            demand: demand.filter(|(_, fits)| *fits).map(|(post, _)| seats(*post)).sum::<u64>() + standing,
            placed: placed + standing,
            unplaced: all - placed,
            causes: steps.causes,
        }
    }

    /// Places among `posts` of those with seats to be had: of classes that did not open only where `closed` says so.
    fn open(&self, posts: &[PostIx], closed: bool) -> impl Iterator<Item = usize> {
        (0..posts.len()).filter(move |at| closed || !self.closed[posts[*at].index()])
    }

    /// Seats of posts that are acceptable for somebody of a group of people: those free at open posts, and those with a price.
    pub(super) fn seats_for(&self, group: &Facet) -> (u64, u64) {
        let (market, left) = (self.market(), Left::by(self.result));
        let units: BTreeSet<SupplyIx> = market.units_with(group).into_iter().collect();
        let posts: BTreeSet<PostIx> =
            units.iter().flat_map(|unit| self.result.docking().acceptable().posts_of(*unit)).copied().collect();
        let free = posts.iter().filter(|post| left.is_free(**post)).map(|post| left.seats(*post)).sum();
        let priced = posts.iter().filter(|post| self.is_priced(**post));
        (free, priced.map(|post| u64::from(market.post(*post).seats_max)).sum())
    }

    fn cut(&self, posts: &[PostIx], side: &Side) -> Option<ShortageCut> {
        let market = self.market();
        let here: Vec<PostIx> = side.wants.iter().map(|post| posts[*post]).collect();
        let seats: u64 = here.iter().map(|post| u64::from(market.open_seats(*post).max)).sum();
        let mut homes: BTreeMap<Home, u64> = BTreeMap::new();
        for class in &side.offers {
            let class = &self.classes.all[*class];
            let home = self.result.docking().acceptable().groups()[class.group.index()].home();
            *homes.entry(home).or_default() += class.people;
        }
        let people = homes.values().sum();
        let home = |(home, people): (Home, u64)| {
            let id = match home {
                Home::Programme(programme) => market.programme(programme).id.clone(),
                Home::Enterprise(enterprise) => market.enterprise(enterprise).id.clone(),
            };
            CutHome { id, name: market.name_of(market.party_of(home)).to_owned(), people }
        };
        (!here.is_empty()).then(|| ShortageCut {
            posts: here.iter().map(|post| PostName::of(market, *post)).collect(),
            seats,
            people,
            homes: homes.into_iter().map(home).collect(),
            short: seats.saturating_sub(people),
        })
    }
}

/// The steps by which a group's flow grows, with what each adds.
struct Steps {
    between: Between,
    flow: Flow,
    causes: Vec<CauseLine>,
}

impl Steps {
    /// Nobody placed so far.
    fn over(between: Between) -> Self {
        Self { flow: Flow::new(between.wants(), between.offers()), between, causes: Vec::new() }
    }

    /// Grows over pairs up to `layer`, as `cause`.
    fn step(&mut self, cause: Cause, rule: Option<Rule>, layer: Layer) -> Side {
        let before = self.flow.value();
        let between = &self.between;
        let side = self.flow.grow(|want, offer| between.layer(want, offer) <= layer);
        self.add(cause, rule, self.flow.value() - before);
        side
    }

    fn add(&mut self, cause: Cause, rule: Option<Rule>, count: u64) {
        self.causes.extend((count > 0).then_some(CauseLine { cause, rule, count }));
    }

    /// Grows over declined pairs and those that rules cut; what is missing to `all` then is `rest`.
    fn rules(&mut self, all: u64, rest: Cause) {
        let declined = (Cause::Declined, None, Layer::DECLINED);
        let rules = Layer::rules().map(|(rule, layer)| (Cause::Rule, Some(rule), layer));
        for (cause, rule, layer) in std::iter::once(declined).chain(rules) {
            // A layer without pairs between them allows nothing new.
            if self.flow.value() < all && self.between.has(layer) {
                self.step(cause, rule, layer);
            }
        }
        self.add(rest, None, all - self.flow.value());
    }
}

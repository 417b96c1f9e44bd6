//! People who are alike to every rule, and which rule cuts them from which post.

use std::collections::BTreeMap;

use crate::eligibility::{GroupIx, first_rule};
use crate::market::{DecisionState, PostIx, Rule, SupplyIx};
use crate::verified::Verified;

/// What keeps people from a post, from nothing to the first rule: pairs are allowed in this order.
///
/// 0: acceptable; 1: declined in an earlier round; then the rules from the last to the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Layer(u8);

impl Layer {
    pub(super) const ACCEPTABLE: Self = Self(0);
    pub(super) const DECLINED: Self = Self(1);
    const RULES: u8 = 2;

    pub(super) const fn of(rule: Rule) -> Self {
        Self(Self::RULES + (Rule::ALL.len() - 1 - rule as usize) as u8)
    }

    /// Every rule with its layer, from the last rule to the first.
    pub(super) fn rules() -> impl Iterator<Item = (Rule, Self)> {
        Rule::ALL.iter().rev().map(|rule| (*rule, Self::of(*rule)))
    }
}

/// Supply units that are alike.
pub(super) struct Class {
    pub(super) group: GroupIx,
    /// By candidate post of the group.
    layers: Vec<Layer>,
    pub(super) units: Vec<SupplyIx>,
    /// People who have not left and whose placement does not stand.
    pub(super) people: u64,
    /// Those of them placed, by post.
    pub(super) placed: BTreeMap<PostIx, u64>,
}

/// Everybody whose placement does not stand, by class.
pub(super) struct Classes {
    pub(super) all: Vec<Class>,
    /// Of each group, by post; empty for a group of nobody.
    of_group: Vec<Vec<Keeps>>,
}

/// What keeps the people of a group from a post.
#[derive(Clone, Copy)]
enum Keeps {
    /// The same for all of them.
    All(Layer),
    /// That of its class, at this place among the candidate posts of the group.
    Each(u32),
}

impl Classes {
    /// Cost: the rules for each group and post, and for each person and candidate post that is not acceptable.
    pub(super) fn of(result: &Verified<'_>) -> Self {
        let docking = result.docking();
        let (market, acceptable) = (docking.market(), docking.acceptable());
        let layer = |unit, post| {
            let Some(rule) = first_rule(market, &docking.config().rules, unit, post) else { return Layer::ACCEPTABLE };
            let declined = market.closed(unit, post).is_some_and(|decision| decision.state == DecisionState::Declined);
            if rule == Rule::Decided && declined { Layer::DECLINED } else { Layer::of(rule) }
        };
        let mut classes: BTreeMap<(GroupIx, Vec<Layer>), Class> = BTreeMap::new();
        let mut of_group = vec![Vec::new(); acceptable.groups().len()];
        let mut placed: BTreeMap<SupplyIx, Vec<(PostIx, u64)>> = BTreeMap::new();
        for placement in result.placements().without_standing(market).all() {
            placed.entry(placement.unit).or_default().push((placement.post, placement.people.into()));
        }
        for unit in SupplyIx::all(market.supply().len()).filter(|unit| market.open_headcount(*unit) > 0) {
            let group = acceptable.group_of(unit);
            let candidates = acceptable.candidates(group);
            if of_group[group.index()].is_empty() {
                let keeps = |post: PostIx| match candidates.binary_search(&post) {
                    Ok(at) => Keeps::Each(at as u32),
                    Err(_) => Keeps::All(layer(unit, post)),
                };
                of_group[group.index()] = PostIx::all(market.posts().len()).map(keeps).collect();
            }
            let mut own = acceptable.posts_of(unit).iter().peekable();
            let layers: Vec<Layer> = candidates
                .iter()
                .map(|post| if own.next_if_eq(&post).is_some() { Layer::ACCEPTABLE } else { layer(unit, *post) })
                .collect();
            let new = || Class { group, layers: layers.clone(), units: Vec::new(), people: 0, placed: BTreeMap::new() };
            let class = classes.entry((group, layers.clone())).or_insert_with(new);
            class.units.push(unit);
            class.people += u64::from(market.open_headcount(unit));
            for (post, people) in placed.get(&unit).into_iter().flatten() {
                *class.placed.entry(*post).or_default() += people;
            }
        }
        Self { all: classes.into_values().collect(), of_group }
    }

    /// What keeps the people of the class at `at` from `post`.
    pub(super) fn layer(&self, at: usize, post: PostIx) -> Layer {
        self.layer_of(&self.all[at], post)
    }

    /// What keeps the people of `class` from `post`.
    pub(super) fn layer_of(&self, class: &Class, post: PostIx) -> Layer {
        match self.of_group[class.group.index()][post.index()] {
            Keeps::All(layer) => layer,
            Keeps::Each(at) => class.layers[at as usize],
        }
    }
}

/// What keeps some people from some posts, seen from one of both sides.
pub(super) struct Between {
    wants: usize,
    offers: usize,
    /// Offer by offer for each want.
    layers: Vec<Layer>,
}

impl Between {
    pub(super) fn of(wants: usize, offers: usize, layer: impl Fn(usize, usize) -> Layer) -> Self {
        let mut layers = Vec::with_capacity(wants * offers);
        for want in 0..wants {
            layers.extend((0..offers).map(|offer| layer(want, offer)));
        }
        Self { wants, offers, layers }
    }

    pub(super) const fn wants(&self) -> usize {
        self.wants
    }

    pub(super) const fn offers(&self) -> usize {
        self.offers
    }

    pub(super) fn layer(&self, want: usize, offer: usize) -> Layer {
        self.layers[want * self.offers + offer]
    }

    /// Whether there are pairs of this layer.
    pub(super) fn has(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }

    /// Of each offer, whether it has a pair of this layer.
    pub(super) fn offers_at(&self, layer: Layer) -> Vec<bool> {
        let mut has = vec![false; self.offers];
        for of_want in self.layers.chunks_exact(self.offers.max(1)) {
            has.iter_mut().zip(of_want).for_each(|(has, kept)| *has |= *kept == layer);
        }
        has
    }
}

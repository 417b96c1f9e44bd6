//! What a rule is.

use crate::language::{Language, Words};
use crate::market::{Home, Market, Party, Post, PostIx, Reading, Rule, RuleBook, RuleNumbers, Supply, SupplyIx};

/// A supply unit and a post, seen by a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    /// The market both are of.
    pub(super) market: &'a Market,
    /// The rules in force.
    pub(super) book: &'a RuleBook,
    /// The supply unit.
    pub(super) unit: SupplyIx,
    /// The post.
    pub(super) post: PostIx,
}

impl<'a> Pair<'a> {
    pub(super) fn supply(&self) -> &'a Supply {
        self.market.unit(self.unit)
    }

    pub(super) fn offer(&self) -> &'a Post {
        self.market.post(self.post)
    }

    pub(super) fn home(&self) -> Home {
        self.market.home_of(self.unit)
    }

    pub(super) fn party(&self) -> Party {
        self.market.party_of(self.home())
    }

    /// Whether somebody has decided that `rule` is not applied to it.
    pub(super) fn is_waived(&self, rule: Rule) -> bool {
        self.book.waives(rule, &self.supply().id, &self.offer().id)
    }

    pub(super) fn numbers(&self) -> &'a RuleNumbers {
        &self.book.numbers
    }
}

/// What of the supply unit a rule may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sight {
    /// Only what all members of a [`Group`](super::Group) share: kind, programme or enterprise, grade.
    Group,
    /// Anything.
    Person,
}

/// Why a rule cuts a pair: what it asks and what it found, in the words of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) needed: String,
    pub(super) found: String,
}

impl Evidence {
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over numbers and text alike")]
    pub(super) fn new(needed: impl ToString, found: impl ToString) -> Self {
        Self { needed: needed.to_string(), found: found.to_string() }
    }
}

/// A hard rule of domain practice that looks at one pair.
pub(super) trait PairRule: Sync {
    /// Its name, code and source.
    fn rule(&self) -> Rule;

    /// What it may look at; rules that see only groups are asked once a group and post.
    fn sight(&self) -> Sight;

    /// Whether it asks anything of such a pair.
    fn concerns(&self, _: &Pair<'_>) -> bool {
        true
    }

    /// The number it looks at and what that must be; none for a rule that says yes or no.
    fn reading(&self, _: &Pair<'_>) -> Option<Reading> {
        None
    }

    /// Whether the pair keeps it.
    fn permits(&self, pair: &Pair<'_>) -> bool;

    /// What it asks of the pair and what it found.
    fn evidence(&self, pair: &Pair<'_>, language: Language) -> Evidence;

    /// One sentence for a pair that breaks it, with `{needed}` and `{found}`.
    fn words(&self) -> Words;
}

//! What people call a limit.

use serde::Serialize;

use super::strict::{Limits, Strict, Subject};
use crate::formulation::Origin;
use crate::language::vocabulary;
use crate::market::{Dimension, Market, Opening, Rule};

vocabulary! {
    /// What a limit is on.
    LimitKind {
        /// A post that is always open.
        Post = "post", "post", "岗位";
        /// A post that opens with enough people or not at all.
        Class = "class", "class", "班";
        /// A quota.
        Quota = "quota", "quota", "名额";
        /// Mentors.
        Mentors = "mentors", "mentors", "导师";
        /// A bond between people.
        Bond = "bond", "bond", "人员关系";
        /// A rule about who is acceptable where.
        Rule = "rule", "rule", "规则";
    }
}

/// A limit, with the names people know it by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LimitName {
    /// What it is on.
    pub kind: LimitKind,
    /// Id of a post; for the others as files call them: `cap[owner:plant]`, `mentors(plant)`, the id of a bond, the code of a rule.
    pub id: String,
    /// Name of the post or quota, or of whose mentors they are; the id of a bond, the word of a rule.
    pub name: String,
    /// Who offers the post, or the posts of the group where a quota goes by that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Where it comes from, in the words of its own row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl LimitName {
    /// A rule.
    pub(crate) fn of_rule(rule: Rule) -> Self {
        let (id, name) = (rule.code().to_owned(), rule.word().to_owned());
        Self { kind: LimitKind::Rule, id, name, owner: None, source: None }
    }
}

impl Strict {
    pub(crate) fn name(&self, market: &Market) -> LimitName {
        let origin = match &self.subject {
            Subject::Post(post) => {
                let row = market.post(*post);
                let kind = if row.opening == Opening::OrClosed { LimitKind::Class } else { LimitKind::Post };
                let owner = Some(market.name_of(market.owner_of(*post)).to_owned());
                return LimitName { kind, id: row.id.clone(), name: row.name.clone(), owner, source: None };
            }
            Subject::Group(origin) => origin,
        };
        let id = origin.label(market);
        match origin {
            Origin::Quota { quota, key, .. } => {
                let row = market.quota(*quota);
                let owner = key.iter().find(|facet| facet.dimension == Dimension::Owner);
                let owner = owner.map(|facet| party_name(market, &facet.value));
                LimitName { kind: LimitKind::Quota, id, name: row.name.clone(), owner, source: row.source.clone() }
            }
            Origin::Mentors { party, .. } => {
                let name = market.name_of(*party).to_owned();
                LimitName { kind: LimitKind::Mentors, id, name, owner: None, source: None }
            }
            Origin::Bond { bond, .. } => {
                let row = &market.bonds()[bond.index()];
                let (id, name, source) = (row.id.clone(), row.id.clone(), row.source.clone());
                LimitName { kind: LimitKind::Bond, id, name, owner: None, source }
            }
        }
    }
}

/// The name of the school or enterprise with `id`.
fn party_name(market: &Market, id: &str) -> String {
    let school = market.schools().iter().find(|school| school.id == id).map(|school| &school.name);
    let name = school.or_else(|| market.enterprises().iter().find(|row| row.id == id).map(|row| &row.name));
    name.map_or(id, String::as_str).to_owned()
}

impl Limits {
    pub(crate) fn name(&self, limit: usize, market: &Market) -> LimitName {
        self.all[limit].name(market)
    }
}

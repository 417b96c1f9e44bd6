//! Supply units that look the same to every rule about schools, programmes and grades.

use std::collections::BTreeMap;

use super::GroupIx;
use crate::market::{Home, Market, SupplyIx, SupplyKind};

/// Supply units of one kind, home and grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    home: Home,
    grade: Option<u8>,
    first: SupplyIx,
    people: u64,
}

impl Group {
    /// Programme or enterprise of the members.
    #[must_use]
    pub const fn home(&self) -> Home {
        self.home
    }

    /// Year of study of the members; none for employees.
    #[must_use]
    pub const fn grade(&self) -> Option<u8> {
        self.grade
    }

    /// The member with the smallest id, who stands for all.
    #[must_use]
    pub const fn first(&self) -> SupplyIx {
        self.first
    }

    /// People of all members together.
    #[must_use]
    pub const fn people(&self) -> u64 {
        self.people
    }
}

/// The groups of a market and the group of each supply unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Groups {
    groups: Vec<Group>,
    of: Vec<GroupIx>,
}

impl Groups {
    /// Groups the supply of `market`, in order of home, kind and grade.
    pub(super) fn of_market(market: &Market) -> Self {
        let key = |unit: SupplyIx| {
            let supply = market.unit(unit);
            (market.home_of(unit), supply.kind, supply.grade)
        };
        let mut members: BTreeMap<(Home, SupplyKind, Option<u8>), Group> = BTreeMap::new();
        for unit in SupplyIx::all(market.supply().len()) {
            let (home, kind, grade) = key(unit);
            let group = members.entry((home, kind, grade)).or_insert(Group { home, grade, first: unit, people: 0 });
            group.people += u64::from(market.unit(unit).headcount);
        }
        let rank: BTreeMap<_, _> = members.keys().zip((0..).map(GroupIx::new)).collect();
        let of = SupplyIx::all(market.supply().len()).map(|unit| rank[&key(unit)]).collect();
        Self { of, groups: members.into_values().collect() }
    }

    pub(super) fn all(&self) -> &[Group] {
        &self.groups
    }

    pub(super) fn of(&self, unit: SupplyIx) -> GroupIx {
        self.of[unit.index()]
    }
}

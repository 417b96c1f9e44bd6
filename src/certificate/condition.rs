//! The conditions a result must meet, by name.

/// A named condition; the [room's page](super) defines each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Every seat and quota range holds.
    Capacity,
    /// Every placement is an acceptable pair.
    Acceptability,
    /// No unit places more members than it has.
    Headcount,
    /// Multipliers are positive only at full maxima, negative only at tight minima.
    Sign,
    /// Placed members earn their unit's rent; units with unplaced members have rent 0.
    Rent,
    /// The proven gap is within the claimed one.
    Gap,
    /// The tree of cases of a search leaves nothing out and proves what it says.
    Cases,
    /// The result belongs to this market, configuration and seed.
    Digest,
}

impl Condition {
    /// All conditions, in the order they are reported.
    pub const ALL: [Self; 8] = [
        Self::Capacity,
        Self::Acceptability,
        Self::Headcount,
        Self::Sign,
        Self::Rent,
        Self::Gap,
        Self::Cases,
        Self::Digest,
    ];

    /// The condition's stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Acceptability => "acceptability",
            Self::Headcount => "headcount",
            Self::Sign => "sign",
            Self::Rent => "rent",
            Self::Gap => "gap",
            Self::Cases => "cases",
            Self::Digest => "digest",
        }
    }

    /// The condition called `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.name() == name)
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What a result says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// No matching is worth more.
    Optimal,
    /// No matching is worth more than this much above it.
    Within(i128),
}

impl Claim {
    /// The largest gap the claim allows.
    #[must_use]
    pub const fn gap(self) -> i128 {
        match self {
            Self::Optimal => 0,
            Self::Within(gap) => gap,
        }
    }
}

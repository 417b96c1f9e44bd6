//! Dense `u32` indices as types, so that a post cannot be used where a student is meant.
//!
//! External ids are strings in the market's words; inside the rooms every entity is a row number of one of these
//! types. They are ordered and hashed like the number they hold.

/// Declares a dense index type over `u32`.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The index of row `row`.
            #[must_use]
            pub const fn new(row: u32) -> Self {
                Self(row)
            }

            /// The row number as `u32`.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            /// The row number, to index a slice.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// All indices below `len`, in order. `len` is at most `u32::MAX` in every validated structure.
            pub fn all(len: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (0..len as u32).map(Self)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}
pub(crate) use index;

index! {
    /// A coupling of a [`Problem`](crate::graph::Problem).
    CouplingId
}
index! {
    /// A supply unit of a [`Problem`](crate::graph::Problem): one person, or a cohort of people who are alike.
    UnitId
}
index! {
    /// A post of a [`Problem`](crate::graph::Problem): seats of one kind.
    PostId
}
index! {
    /// An acceptable pair of a [`Problem`](crate::graph::Problem), numbered in row order.
    PairId
}
index! {
    /// A quota node of a [`QuotaForest`](crate::graph::QuotaForest).
    QuotaId
}

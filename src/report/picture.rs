//! How a table is drawn: which of its columns are names, lengths, places and amounts.

/// A picture of a table. Columns are named by their codes; what they hold is in the table alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Picture {
    /// A figure in large type a row, with what it is part of.
    Cards {
        /// What it is called.
        name: &'static str,
        /// The figure.
        number: &'static str,
        /// The whole it is part of.
        whole: &'static str,
        /// Its share of the whole.
        share: &'static str,
    },
    /// A bar a row, cut into parts that add up.
    Bars {
        /// What a bar is called.
        name: &'static str,
        /// Its parts, from the axis on.
        parts: &'static [&'static str],
    },
    /// A bar a row, a share of a whole.
    Rates {
        /// What a bar is called.
        name: &'static str,
        /// The share.
        share: &'static str,
    },
    /// A band a row between two sides.
    Flow {
        /// Where it comes from.
        from: &'static str,
        /// Where it goes.
        to: &'static str,
        /// Its width.
        people: &'static str,
    },
    /// A circle a row on a map.
    Map {
        /// What it is called.
        name: &'static str,
        /// Degrees east.
        longitude: &'static str,
        /// Degrees north.
        latitude: &'static str,
        /// Its area.
        size: &'static str,
        /// The number beside it.
        left: &'static str,
        /// Its colour, a share.
        share: &'static str,
    },
    /// Steps that go down, a curve a group.
    Curve {
        /// Which curve a row belongs to.
        group: &'static str,
        /// How long a step is.
        length: &'static str,
        /// How high it is.
        height: &'static str,
    },
    /// A line through points, one a group.
    Line {
        /// Which line a row belongs to.
        group: &'static str,
        /// Where its point is across.
        across: &'static str,
        /// How far up.
        up: &'static str,
    },
}

impl Picture {
    /// The columns it is drawn from.
    #[must_use]
    pub fn columns(&self) -> Vec<&'static str> {
        match *self {
            Self::Cards { name, number, whole, share } => vec![name, number, whole, share],
            Self::Bars { name, parts } => [&[name], parts].concat(),
            Self::Rates { name, share } => vec![name, share],
            Self::Flow { from, to, people } => vec![from, to, people],
            Self::Map { name, longitude, latitude, size, left, share } => {
                vec![name, longitude, latitude, size, left, share]
            }
            Self::Curve { group, length, height } => vec![group, length, height],
            Self::Line { group, across, up } => vec![group, across, up],
        }
    }

    /// The word that the page's script knows it by.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Cards { .. } => "cards",
            Self::Bars { .. } => "bars",
            Self::Rates { .. } => "rates",
            Self::Flow { .. } => "flow",
            Self::Map { .. } => "map",
            Self::Curve { .. } => "curve",
            Self::Line { .. } => "line",
        }
    }
}

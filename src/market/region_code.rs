//! Codes of administrative divisions.

use std::fmt;

use super::programme_code::{BadCode, code_as_text, digits};

/// A six-digit division code: two digits each of province, city and district. Source: GB/T 2260.
///
/// ```
/// use talent_match::market::RegionCode;
///
/// let district: RegionCode = "210213".parse()?;
/// let city: RegionCode = "210200".parse()?;
/// assert_eq!(district.parent(), Some(city));
/// assert!(city.contains(district));
/// # Ok::<(), talent_match::market::BadCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(u32);

impl RegionCode {
    /// The province.
    #[must_use]
    pub const fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The city (a province is its own).
    #[must_use]
    pub const fn city(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// The division one step up; none above a province.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        [self.city(), self.province()].into_iter().find(|up| *up != self)
    }

    /// Whether `other` is this division or lies in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self == other || self == other.city() || self == other.province()
    }
}

impl std::str::FromStr for RegionCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        digits(text, 6)
            .filter(|code| *code >= 110_000)
            .map(Self)
            .ok_or_else(|| BadCode::new(text, "pppppp (division, six digits)"))
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

code_as_text!(RegionCode, "^[1-9][0-9]{5}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_lie_in_cities_and_provinces() {
        let code = |text: &str| text.parse::<RegionCode>().expect("a valid code");
        assert_eq!(code("210200").parent(), Some(code("210000")));
        assert_eq!(code("210000").parent(), None);
        assert!(code("210000").contains(code("210213")));
        assert!(!code("210213").contains(code("210200")));
        assert!("12345".parse::<RegionCode>().is_err());
        assert!("012345".parse::<RegionCode>().is_err());
    }
}

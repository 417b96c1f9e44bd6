//! Codes of the national occupation classification.

use std::fmt;

use super::programme_code::{BadCode, code_as_text, digits};

/// An occupation code `d-dd-dd-dd`: major, middle and minor group, occupation; a group has zeros in its last places.
///
/// Source: Occupational Classification of China, 2022 edition.
///
/// ```
/// use talent_match::market::OccupationCode;
///
/// let miller: OccupationCode = "6-18-01-02".parse()?;
/// let turner: OccupationCode = "6-18-01-01".parse()?;
/// assert_eq!(miller.shared_groups(turner), 3);
/// # Ok::<(), talent_match::market::BadCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccupationCode(u32);

impl OccupationCode {
    /// How many steps of the tree both codes share: 0 (nothing), 1 (major), 2 (middle), 3 (minor group), 4 (the same).
    #[must_use]
    pub fn shared_groups(self, other: Self) -> u8 {
        [1_000_000, 10_000, 100, 1].into_iter().take_while(|step| self.0 / step == other.0 / step).count() as u8
    }

    /// The code of the group `depth` steps down: 1 major, 2 middle, 3 minor group, 4 (and more) the occupation itself.
    #[must_use]
    pub const fn group(self, depth: u8) -> Self {
        let step = match depth {
            0 | 1 => 1_000_000,
            2 => 10_000,
            3 => 100,
            _ => 1,
        };
        Self(self.0 / step * step)
    }
}

impl std::str::FromStr for OccupationCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let parts: Vec<&str> = text.split('-').collect();
        let code = (|| {
            let [major, middle, minor, last] = parts.as_slice() else { return None };
            let groups = digits(major, 1)? * 100 + digits(middle, 2)?;
            Some((groups * 100 + digits(minor, 2)?) * 100 + digits(last, 2)?)
        })();
        let code = code.filter(|code| *code >= 1_000_000).map(Self);
        code.ok_or_else(|| BadCode::new(text, "d-dd-dd-dd (occupation)"))
    }
}

impl fmt::Display for OccupationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.0;
        write!(f, "{}-{:02}-{:02}-{:02}", code / 1_000_000, code / 10_000 % 100, code / 100 % 100, code % 100)
    }
}

code_as_text!(OccupationCode, "^[1-9]-[0-9]{2}-[0-9]{2}-[0-9]{2}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_read_off_the_code() {
        let code = |text: &str| text.parse::<OccupationCode>().expect("a valid code");
        assert_eq!(code("6-18-01-02").to_string(), "6-18-01-02");
        assert_eq!(code("6-18-01-02").group(2), code("6-18-00-00"));
        let shared = [("6-18-01-02", 4), ("6-18-01-01", 3), ("6-18-02-02", 2), ("6-01-01-02", 1), ("5-18-01-02", 0)];
        for (other, steps) in shared {
            assert_eq!(code("6-18-01-02").shared_groups(code(other)), steps, "{other}");
        }
        for text in ["", "6-18-01", "6-18-01-02-03", "0-00-00-00", "6-18-1-02", "6 18 01 02"] {
            assert!(text.parse::<OccupationCode>().is_err(), "{text}");
        }
    }
}

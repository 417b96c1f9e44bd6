//! Codes of the national vocational programme catalogue.

use std::fmt;

use crate::language::vocabulary;

vocabulary! {
    /// A level of vocational education, in ascending order.
    Level {
        /// Secondary vocational school; programme codes 61 to 79.
        Secondary = "secondary", "secondary", "中职";
        /// Higher vocational college; programme codes 41 to 59.
        College = "college", "college", "高职专科";
        /// Vocational or academic bachelor; programme codes 21 to 39.
        Bachelor = "bachelor", "bachelor", "本科";
    }
}

vocabulary! {
    /// How far apart two programmes are, nearest first.
    ProgrammeDistance {
        /// The same programme.
        SameCode = "same_code", "same programme", "同专业";
        /// The same class (专业类), at any level.
        SameClass = "same_class", "same class", "同专业类";
        /// The same category (专业大类), at any level.
        SameCategory = "same_category", "same category", "同专业大类";
        /// Different categories.
        Across = "across", "across categories", "跨专业大类";
    }
}

/// A six-digit programme code: two digits of category, two of class, two of programme.
///
/// The 19 categories are numbered 21–39 for bachelor, 41–59 for college and 61–79 for secondary programmes, so the
/// category across levels is `code / 10000 mod 20` and the class across levels that category with digits 3 and 4.
/// Source: national vocational programme catalogue, 2021.
///
/// ```
/// use talent_match::market::{Level, ProgrammeCode, ProgrammeDistance};
///
/// let secondary: ProgrammeCode = "660301".parse()?;
/// let college: ProgrammeCode = "460305".parse()?;
/// assert_eq!(secondary.level(), Level::Secondary);
/// assert_eq!(secondary.distance(college), ProgrammeDistance::SameClass);
/// # Ok::<(), talent_match::market::BadCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProgrammeCode(u32);

impl ProgrammeCode {
    /// The level the code belongs to.
    #[must_use]
    pub const fn level(self) -> Level {
        match self.0 / 200_000 {
            1 => Level::Bachelor,
            2 => Level::College,
            _ => Level::Secondary,
        }
    }

    /// The category across levels: 1 (agriculture) to 19 (public administration).
    #[must_use]
    pub const fn category(self) -> u8 {
        (self.0 / 10_000 % 20) as u8
    }

    /// The class across levels: category and the class digits, as `category * 100 + class`.
    #[must_use]
    pub const fn class(self) -> u16 {
        self.category() as u16 * 100 + (self.0 / 100 % 100) as u16
    }

    /// How far this programme is from `other`; symmetric.
    #[must_use]
    pub fn distance(self, other: Self) -> ProgrammeDistance {
        if self == other {
            ProgrammeDistance::SameCode
        } else if self.class() == other.class() {
            ProgrammeDistance::SameClass
        } else if self.category() == other.category() {
            ProgrammeDistance::SameCategory
        } else {
            ProgrammeDistance::Across
        }
    }
}

/// A wanted programme: one code, a four-digit class or a two-digit category of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProgrammePattern {
    digits: u8,
    prefix: u32,
}

impl ProgrammePattern {
    /// The nearest a programme comes to this pattern: a member of a wanted class or category counts as the same
    /// programme, otherwise class and category are compared across levels.
    #[must_use]
    pub fn distance(self, code: ProgrammeCode) -> ProgrammeDistance {
        let covered = code.0 / 10_u32.pow(6 - u32::from(self.digits)) == self.prefix;
        let first = ProgrammeCode(self.prefix * 10_u32.pow(6 - u32::from(self.digits)));
        if covered {
            ProgrammeDistance::SameCode
        } else if self.digits > 2 && code.class() == first.class() {
            ProgrammeDistance::SameClass
        } else if code.category() == first.category() {
            ProgrammeDistance::SameCategory
        } else {
            ProgrammeDistance::Across
        }
    }
}

impl ProgrammePattern {
    /// The codes it covers, from the first to the last possible one.
    pub(super) const fn range(self) -> std::ops::RangeInclusive<ProgrammeCode> {
        let step = 10_u32.pow(6 - self.digits as u32);
        ProgrammeCode(self.prefix * step)..=ProgrammeCode(self.prefix * step + step - 1)
    }
}

impl From<ProgrammeCode> for ProgrammePattern {
    fn from(code: ProgrammeCode) -> Self {
        Self { digits: 6, prefix: code.0 }
    }
}

/// The text is not a code of its catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a code of the form {form}")]
pub struct BadCode {
    text: String,
    form: &'static str,
}

impl BadCode {
    pub(super) fn new(text: &str, form: &'static str) -> Self {
        Self { text: text.to_owned(), form }
    }

    /// The form that was expected.
    #[must_use]
    pub const fn form(&self) -> &'static str {
        self.form
    }
}

/// Parses exactly `digits` ASCII digits.
pub(super) fn digits(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Whether `category` is one of the 19 of some level.
const fn is_category(category: u32) -> bool {
    matches!(category, 21..=39 | 41..=59 | 61..=79)
}

impl std::str::FromStr for ProgrammeCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        digits(text, 6)
            .filter(|code| is_category(code / 10_000))
            .map(Self)
            .ok_or_else(|| BadCode::new(text, "cccccc (programme, categories 21-39, 41-59, 61-79)"))
    }
}

impl std::str::FromStr for ProgrammePattern {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let found = [2_u8, 4, 6].into_iter().find_map(|length| {
            let prefix = digits(text, usize::from(length))?;
            is_category(prefix / 10_u32.pow(u32::from(length) - 2)).then_some(Self { digits: length, prefix })
        });
        found.ok_or_else(|| BadCode::new(text, "cc, cccc or cccccc (category, class or programme)"))
    }
}

impl fmt::Display for ProgrammeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Display for ProgrammePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.prefix, width = usize::from(self.digits))
    }
}

/// Codes print as in the catalogue, in `Debug`, in files and in schemas.
macro_rules! code_as_text {
    ($name:ident, $pattern:literal) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}
pub(super) use code_as_text;

code_as_text!(ProgrammeCode, "^[2-7][0-9]{5}$");
code_as_text!(ProgrammePattern, "^[2-7][0-9]([0-9]{2}){0,2}$");

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ProgrammeCode {
        text.parse().expect("a valid code")
    }

    #[test]
    fn levels_and_classes_line_up_across_levels() {
        assert_eq!(code("210101").level(), Level::Bachelor);
        assert_eq!(code("390199").level(), Level::Bachelor);
        assert_eq!(code("410101").level(), Level::College);
        assert_eq!(code("590101").level(), Level::College);
        assert_eq!(code("610101").level(), Level::Secondary);
        assert_eq!(code("790101").level(), Level::Secondary);
        assert_eq!(code("590101").category(), 19);
        assert_eq!(code("460301").distance(code("660302")), ProgrammeDistance::SameClass);
        assert_eq!(code("460301").distance(code("260101")), ProgrammeDistance::SameCategory);
        assert_eq!(code("460301").distance(code("510201")), ProgrammeDistance::Across);
    }

    #[test]
    fn patterns_cover_what_they_name() {
        let class: ProgrammePattern = "4603".parse().expect("a class");
        assert_eq!(class.distance(code("460301")), ProgrammeDistance::SameCode);
        assert_eq!(class.distance(code("660301")), ProgrammeDistance::SameClass);
        assert_eq!(class.distance(code("460101")), ProgrammeDistance::SameCategory);
        let category: ProgrammePattern = "46".parse().expect("a category");
        assert_eq!(category.distance(code("460101")), ProgrammeDistance::SameCode);
        assert_eq!(category.distance(code("660101")), ProgrammeDistance::SameCategory);
        assert_eq!(category.to_string(), "46");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["", "46030", "4603011", "400101", "600101", "800101", "46030a", "４６０３０１", "+46030"] {
            assert!(text.parse::<ProgrammeCode>().is_err(), "{text}");
        }
        for text in ["4", "460", "40", "46030", "-4"] {
            assert!(text.parse::<ProgrammePattern>().is_err(), "{text}");
        }
    }
}

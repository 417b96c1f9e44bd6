//! Skill certificates with their grades.

use std::fmt;

/// A certificate of a kind and a grade, written `kind:grade`.
///
/// Grades ascend on the eight-step scale of skilled trades: 1 apprentice, 2 junior, 3 intermediate, 4 senior worker,
/// 5 technician, 6 senior technician, 7 special-grade technician, 8 chief technician. Certificates with three grades
/// of their own (the "1+X" certificates) use 1 to 3. A holder of a grade also meets every lower one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qualification {
    kind: Box<str>,
    grade: u8,
}

impl Qualification {
    /// The certificate `kind` at `grade`; none unless the grade is 1 to 8 and the kind a plain name.
    #[must_use]
    pub fn new(kind: &str, grade: u8) -> Option<Self> {
        let plain = |c: char| c.is_alphanumeric() || " ()（）·+-_/.".contains(c);
        let named = (1..=64).contains(&kind.chars().count()) && kind.trim() == kind && kind.chars().all(plain);
        (named && (1..=8).contains(&grade)).then(|| Self { kind: kind.into(), grade })
    }

    /// What it certifies.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Its grade, 1 to 8.
    #[must_use]
    pub const fn grade(&self) -> u8 {
        self.grade
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (kind, grade) = text.rsplit_once(':')?;
        let grade = (grade.len() == 1).then(|| grade.parse().ok()).flatten()?;
        Self::new(kind, grade)
    }
}

impl fmt::Display for Qualification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.grade)
    }
}

impl serde::Serialize for Qualification {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Qualification {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Qualification".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^.{1,64}:[1-8]$" })
    }
}

//! One value of a file or document: text of a CSV field or a JSON value, read into its type.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::Value;

use super::fault::FaultCode;
use super::programme_code::BadCode;
use super::{OccupationCode, ProgrammeCode, ProgrammePattern, Qualification, RegionCode};

/// A value as it stands in the input.
#[derive(Clone, Copy, Debug)]
pub(super) enum Raw<'a> {
    Text(&'a str),
    Json(&'a Value),
}

impl Raw<'_> {
    pub(super) fn is_empty(self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Json(value) => value.is_null(),
        }
    }

    /// The value as somebody would quote it.
    pub(super) fn quote(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Json(Value::String(text)) => text.clone(),
            Self::Json(value) => value.to_string(),
        }
    }
}

/// Why a value is refused.
#[derive(Debug)]
pub(super) struct BadCell {
    pub(super) code: FaultCode,
    pub(super) value: String,
    pub(super) allowed: Cow<'static, str>,
}

/// The JSON types a scalar may come as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonKind {
    String,
    Number,
    Bool,
    /// Text or a number.
    Either,
}

/// A scalar written as text in CSV and as one JSON value.
pub(super) trait Scalar: Sized {
    const JSON: JsonKind;

    fn parse(text: &str) -> Result<Self, BadCell>;
}

/// Anything a column can hold: a scalar, an optional one, or a list.
pub(super) trait Cell: Sized {
    /// The value of an empty field; none where the field is required.
    fn missing() -> Option<Self> {
        None
    }

    fn read(raw: Raw<'_>) -> Result<Self, BadCell>;

    /// Whether a file would leave it out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// For serde: whether a file would leave `cell` out.
pub(super) fn is_absent<T: Cell>(cell: &T) -> bool {
    cell.is_absent()
}

/// Reads a scalar from either form.
pub(super) fn scalar<T: Scalar>(raw: Raw<'_>) -> Result<T, BadCell> {
    match (raw, T::JSON) {
        (Raw::Text(text), _) => T::parse(text.trim()),
        (Raw::Json(Value::String(text)), JsonKind::String | JsonKind::Either) => T::parse(text),
        (Raw::Json(value @ Value::Number(_)), JsonKind::Number | JsonKind::Either)
        | (Raw::Json(value @ Value::Bool(_)), JsonKind::Bool) => T::parse(&value.to_string()),
        (raw, kind) => {
            let allowed = match kind {
                JsonKind::String => "string",
                JsonKind::Number => "number",
                JsonKind::Bool => "true/false",
                JsonKind::Either => "string, number",
            };
            Err(BadCell { code: FaultCode::JsonType, value: raw.quote(), allowed: allowed.into() })
        }
    }
}

macro_rules! cell_by_scalar {
    ($($scalar:ty),+) => {
        $(impl Cell for $scalar {
            fn read(raw: Raw<'_>) -> Result<Self, BadCell> {
                scalar(raw)
            }
        })+
    };
}

cell_by_scalar!(String, u8, u16, u32, u64, Date, Degrees, RegionCode, OccupationCode, ProgrammeCode);

impl<T: Scalar> Cell for Option<T> {
    fn missing() -> Option<Self> {
        Some(None)
    }

    fn read(raw: Raw<'_>) -> Result<Self, BadCell> {
        scalar(raw).map(Some)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Scalar> Cell for Vec<T> {
    fn missing() -> Option<Self> {
        Some(Self::new())
    }

    fn read(raw: Raw<'_>) -> Result<Self, BadCell> {
        match raw {
            Raw::Text(text) => text.split('|').map(|item| T::parse(item.trim())).collect(),
            Raw::Json(Value::Array(items)) => items.iter().map(|item| scalar(Raw::Json(item))).collect(),
            Raw::Json(_) => Err(BadCell { code: FaultCode::JsonType, value: raw.quote(), allowed: "array".into() }),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Cell for bool {
    fn missing() -> Option<Self> {
        Some(false)
    }

    fn read(raw: Raw<'_>) -> Result<Self, BadCell> {
        scalar(raw)
    }

    fn is_absent(&self) -> bool {
        !self
    }
}

impl Scalar for bool {
    const JSON: JsonKind = JsonKind::Bool;

    fn parse(text: &str) -> Result<Self, BadCell> {
        let refuse = || BadCell { code: FaultCode::BadFlag, value: text.to_owned(), allowed: "".into() };
        text.parse().map_err(|_| refuse())
    }
}

impl Scalar for String {
    const JSON: JsonKind = JsonKind::String;

    fn parse(text: &str) -> Result<Self, BadCell> {
        Ok(text.to_owned())
    }
}

macro_rules! whole_number {
    ($($number:ty),+) => {
        $(impl Scalar for $number {
            const JSON: JsonKind = JsonKind::Number;

            fn parse(text: &str) -> Result<Self, BadCell> {
                // `+1` and leading blanks are how spreadsheets smuggle text; only plain digits count.
                let plain = text.bytes().all(|b| b.is_ascii_digit());
                text.parse().ok().filter(|_| plain).ok_or_else(|| BadCell {
                    code: FaultCode::BadNumber,
                    value: text.to_owned(),
                    allowed: format!("0–{}", <$number>::MAX).into(),
                })
            }
        })+
    };
}

whole_number!(u8, u16, u32, u64);

impl Scalar for Date {
    const JSON: JsonKind = JsonKind::String;

    fn parse(text: &str) -> Result<Self, BadCell> {
        // Exactly yyyy-mm-dd: the date library alone would take times and week dates too.
        let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        text.parse().ok().filter(|_| shape).ok_or_else(|| BadCell {
            code: FaultCode::BadDate,
            value: text.to_owned(),
            allowed: "".into(),
        })
    }
}

/// An angle in millionths of a degree, read and written as decimal degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Degrees(i32);

impl Degrees {
    /// `microdegrees` millionths of a degree.
    #[must_use]
    pub const fn from_micro(microdegrees: i32) -> Self {
        Self(microdegrees)
    }

    /// Millionths of a degree.
    #[must_use]
    pub const fn micro(self) -> i32 {
        self.0
    }
}

impl serde::Serialize for Degrees {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1e6)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Degrees {
    fn schema_name() -> Cow<'static, str> {
        "Degrees".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "minimum": -180, "maximum": 180 })
    }
}

impl Scalar for Degrees {
    const JSON: JsonKind = JsonKind::Number;

    fn parse(text: &str) -> Result<Self, BadCell> {
        let degrees: f64 = text.parse().unwrap_or(f64::NAN);
        if (-180.0..=180.0).contains(&degrees) {
            Ok(Self((degrees * 1e6).round() as i32))
        } else {
            Err(BadCell { code: FaultCode::BadCoordinate, value: text.to_owned(), allowed: "".into() })
        }
    }
}

macro_rules! scalar_by_code {
    ($($code:ty),+) => {
        $(impl Scalar for $code {
            const JSON: JsonKind = JsonKind::String;

            fn parse(text: &str) -> Result<Self, BadCell> {
                text.parse().map_err(|bad: BadCode| BadCell {
                    code: FaultCode::BadCodeForm,
                    value: text.to_owned(),
                    allowed: bad.form().into(),
                })
            }
        })+
    };
}

scalar_by_code!(RegionCode, OccupationCode, ProgrammeCode, ProgrammePattern);

impl Scalar for Qualification {
    const JSON: JsonKind = JsonKind::String;

    fn parse(text: &str) -> Result<Self, BadCell> {
        Self::from_text(text).ok_or_else(|| BadCell {
            code: FaultCode::BadQualification,
            value: text.to_owned(),
            allowed: "".into(),
        })
    }
}

/// Vocabularies are read by their words; `optional` ones have a value for an empty field.
macro_rules! scalar_by_word {
    ($($name:ty $(= $missing:expr)?),+ $(,)?) => {
        $(impl $crate::market::cell::Scalar for $name {
            const JSON: $crate::market::cell::JsonKind = $crate::market::cell::JsonKind::String;

            fn parse(text: &str) -> Result<Self, $crate::market::cell::BadCell> {
                Self::ALL.iter().copied().find(|value| value.word() == text).ok_or_else(|| {
                    $crate::market::cell::BadCell {
                        code: $crate::market::FaultCode::UnknownWord,
                        value: text.to_owned(),
                        allowed: Self::ALL.iter().map(|value| value.word()).collect::<Vec<_>>().join(", ").into(),
                    }
                })
            }
        }

        impl $crate::market::cell::Cell for $name {
            $(fn missing() -> Option<Self> {
                Some($missing)
            }

            fn is_absent(&self) -> bool {
                *self == $missing
            })?

            fn read(
                raw: $crate::market::cell::Raw<'_>,
            ) -> Result<Self, $crate::market::cell::BadCell> {
                $crate::market::cell::scalar(raw)
            }
        })+
    };
}
pub(super) use scalar_by_word;

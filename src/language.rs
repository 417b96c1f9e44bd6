//! The two languages every word of the crate exists in.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A language of reports, reasons and errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// `items` as a list within a sentence.
    #[must_use]
    pub fn list(self, items: &[impl AsRef<str>]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join(Words::new(", ", "、").get(self))
    }
}

/// One thing said in both languages, as it stands in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// In English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
}

impl Words {
    /// The same thing in English and Chinese.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// The words in `language`.
    #[must_use]
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }

    /// The words in `language` with each `{name}` of `values` filled in, and of each `{name:one/many}` the first where that value is
    /// 1: `{people} {people:person/people}`.
    #[must_use]
    pub fn fill(self, language: Language, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let mut rest = self.get(language);
        while let Some(open) = rest.find('{') {
            let (before, after) = rest.split_at(open);
            text.push_str(before);
            let close = after.find('}').unwrap_or(after.len() - 1);
            let place = after.get(1..close).unwrap_or_default();
            let (name, forms) =
                place.split_once(':').map_or((place, None), |(name, forms)| (name, forms.split_once('/')));
            match (values.iter().find(|(key, _)| *key == name), forms) {
                (Some((_, value)), None) => text.push_str(value),
                (Some((_, value)), Some((one, many))) => text.push_str(if *value == "1" { one } else { many }),
                (None, _) => text.push_str(&after[..=close]),
            }
            rest = &after[close + 1..];
        }
        text.push_str(rest);
        text
    }
}

/// One thing said in both languages, with whatever was filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl Phrase {
    /// What `say` says in each language.
    pub fn each<T: Into<String>>(say: impl Fn(Language) -> T) -> Self {
        Self { en: say(Language::English).into(), zh: say(Language::Chinese).into() }
    }

    /// `words` with the same `values` filled in in both languages.
    #[must_use]
    pub fn fill(words: Words, values: &[(&str, &str)]) -> Self {
        Self::each(|language| words.fill(language, values))
    }

    /// The same in both languages, such as a name.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self::each(|_| name)
    }

    /// In `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

impl From<Words> for Phrase {
    fn from(words: Words) -> Self {
        Self::each(|language| words.get(language))
    }
}

/// Declares an enum whose every value has a stable word (used in files) and a label in both languages.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal, $en:literal, $zh:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $word)] $value,)+
        }

        impl $name {
            /// Every value, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word that stands for it in every file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// What people call it, in both languages.
            #[must_use]
            pub const fn words(self) -> $crate::language::Words {
                match self { $(Self::$value => $crate::language::Words::new($en, $zh)),+ }
            }

            /// What people call it.
            #[must_use]
            pub const fn label(self, language: $crate::language::Language) -> &'static str {
                self.words().get(language)
            }
        }
    };
}
pub(crate) use vocabulary;

/// Reads an object from words to values, refusing a word that stands twice: the last one would win silently.
pub(crate) fn entries<'de, K, V, D>(deserializer: D) -> Result<Vec<(K, V)>, D::Error>
where
    K: Deserialize<'de> + PartialEq,
    V: Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    struct Entries<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + PartialEq, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
        type Value = Vec<(K, V)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries: Vec<(K, V)> = Vec::new();
            while let Some((key, value)) = map.next_entry()? {
                if entries.iter().any(|(known, _)| *known == key) {
                    return Err(A::Error::custom("a field stands twice in one object"));
                }
                entries.push((key, value));
            }
            Ok(entries)
        }
    }

    deserializer.deserialize_map(Entries(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_left() {
        let words = Words::new("{a} before {b}, {c}", "{b}在{a}之后");
        assert_eq!(words.fill(Language::English, &[("a", "x"), ("b", "{a}")]), "x before {a}, {c}");
        assert_eq!(words.fill(Language::Chinese, &[("a", "x"), ("b", "y")]), "y在x之后");
        assert_eq!(Words::new("open {", "").fill(Language::English, &[]), "open {");
    }

    #[test]
    fn one_person_is_no_people() {
        let words = Words::new("{n} {n:person is/people are} at {n:a post/posts}, {x:y/z}", "{n} 人");
        let said = |n: &str| words.fill(Language::English, &[("n", n)]);
        assert_eq!(said("1"), "1 person is at a post, {x:y/z}");
        assert_eq!(said("1,001"), "1,001 people are at posts, {x:y/z}");
        assert_eq!(
            (said("0").as_str(), said("{n:a/b}").as_str()),
            ("0 people are at posts, {x:y/z}", "{n:a/b} people are at posts, {x:y/z}")
        );
        assert_eq!(words.fill(Language::Chinese, &[("n", "1")]), "1 人");
    }
}

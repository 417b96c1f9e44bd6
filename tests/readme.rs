//! The two READMEs say what the crate does: every command, version, example, table and code in them is held to the code.

#[path = "readme/markdown.rs"]
mod markdown;

#[path = "readme/commands.rs"]
mod commands;
#[path = "readme/files.rs"]
mod files;
#[path = "readme/rules.rs"]
mod rules;
#[path = "readme/tables.rs"]
mod tables;

use talent_match::Language;

/// A README in one language.
#[derive(Clone, Copy)]
struct Readme {
    name: &'static str,
    language: Language,
    text: &'static str,
}

const READMES: [Readme; 2] = [
    Readme { name: "README.md", language: Language::English, text: include_str!("../README.md") },
    Readme { name: "README.zh-CN.md", language: Language::Chinese, text: include_str!("../README.zh-CN.md") },
];

impl Readme {
    /// The English or the Chinese one of two values.
    fn either<T>(self, english: T, chinese: T) -> T {
        match self.language {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }
}

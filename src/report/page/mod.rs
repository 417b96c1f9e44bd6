//! The report as one HTML page with pictures, for anybody's browser.
//!
//! The page asks nothing of any network: styles, script and the library that draws (`charts/README.md`) stand in
//! it, and its content security policy lets nothing else in. It says everything in both languages and shows one of them; without
//! a script it shows the tables that the pictures are drawn from.

mod digest;
mod figure;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::digest::source;
use super::document::Document;
use super::page_words as w;
use super::section::{Part, Section};
use super::summary::Report;
use crate::language::{Language, Phrase, Words};

const CHARTS: &str = include_str!("charts/echarts.js");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("style.css");

/// `phrase` in both languages, of which the page shows one; once where they are the same. Whatever stands in it is text.
fn said(phrase: &Phrase) -> Markup {
    let [en, zh] = [Language::English, Language::Chinese].map(|language| phrase.get(language));
    html! {
        @if en == zh { bdi { (en) } } @else { span.said lang="en" { (en) } span.said lang="zh" { (zh) } }
    }
}

fn words(words: Words) -> Markup {
    said(&words.into())
}

fn section(section: &Section) -> Markup {
    let code = section.topic.word();
    html! {
        section id=(code) aria-labelledby={ (code) "-title" } {
            h2 id={ (code) "-title" } { (said(&section.heading)) }
            @for part in &section.parts {
                @match part {
                    Part::Sentence(sentence) => { p { (said(sentence)) } }
                    Part::Table(table) => { (figure::of(table, &section.heading)) }
                }
            }
        }
    }
}

impl Report {
    /// The report as one HTML page in UTF-8, which shows `language` first; the same bytes for the same report. It needs no network and
    /// no other file. Names of the market stand in it as text, whatever they hold.
    ///
    /// The page of a round with 10,000 people has about 1 MB, 0.6 MB of them what draws the pictures. Long tables are cut there; the CSV
    /// files have them whole. Cost: one pass over the tables.
    #[must_use]
    pub fn page(&self, language: Language) -> String {
        self.document().page(language)
    }
}

impl Document {
    pub(super) fn page(&self, language: Language) -> String {
        let sections: Vec<&Section> = self.sections.iter().filter(|section| !section.is_empty()).collect();
        let policy = format!(
            "default-src 'none'; script-src {} {}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            source(CHARTS),
            source(SCRIPT)
        );
        let (english, chinese) = (language == Language::English, language == Language::Chinese);
        let markup = html! {
            (DOCTYPE)
            html lang=(if english { "en" } else { "zh" }) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title.get(language)) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#report" { (words(w::SKIP)) }
                    div.banner {
                        header {
                            div {
                                h1 { (said(&self.title)) }
                                p.standing.open[self.open] { (said(&self.standing)) }
                            }
                            div.languages role="group" aria-label="Language · 语言" {
                                button type="button" lang="en" data-language="en" aria-pressed=(english) { "English" }
                                button type="button" lang="zh" data-language="zh" aria-pressed=(chinese) { "中文" }
                            }
                        }
                    }
                    nav aria-label="Sections · 目录" {
                        ul {
                            @for section in &sections {
                                @let code = section.topic.word();
                                li { a href={ "#" (code) } data-section=(code) { (words(section.topic.words())) } }
                            }
                        }
                    }
                    main id="report" tabindex="-1" {
                        noscript { p { (words(w::NO_SCRIPT)) } }
                        @for part in &sections { (section(part)) }
                    }
                    footer {
                        p { (words(w::PROPOSAL)) }
                        p { (words(w::DRAWN_BY)) }
                    }
                    script { (PreEscaped(CHARTS)) }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        markup.into_string()
    }
}

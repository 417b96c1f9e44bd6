//! The page: the figures of the tables, in both languages, harmless whatever the names, and no larger or slower than said.

use std::time::Instant;

use talent_match::Language::{self, Chinese, English};
use talent_match::Report;
use talent_match::report::{Cell, Part, Unit};

use crate::tables::{named, on_jinpu};

/// The page without what draws and styles it: what a browser shows, with its data.
fn content(page: &str) -> String {
    let head = page.split_once("</style>").expect("a style").1;
    let mut rest = head.split("<script>");
    let mut content = rest.next().unwrap_or_default().to_owned();
    rest.for_each(|script| content.push_str(script.split_once("</script>").expect("an end").1));
    content
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_holds_every_figure_of_the_tables_it_shows() {
    on_jinpu(|_, report| {
        let page = report.page(English);
        let content = content(&page);
        let mut shown = 0;
        for table in report.tables().iter().filter(|table| !table.rows.is_empty() && table.in_page > 0) {
            let marked = format!("data-table=\"{}\"", table.code);
            let html = content.split(&marked).nth(1).unwrap_or_else(|| panic!("{} is not there", table.code));
            let cards = table.code == "headline";
            let html = html.split(if cards { "</ul>" } else { "</table>" }).next().unwrap_or_default();
            let plain = |value: &str| {
                let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
                marks.iter().fold(value.to_owned(), |text, (mark, letter)| text.replace(mark, letter))
            };
            let found: Vec<String> = values(html, "data-value").into_iter().map(plain).collect();
            let ids = values(html, "data-column").contains(&"id");
            let kept = |at: usize| match table.columns[at].unit {
                Unit::Id => ids,
                Unit::Share | Unit::Text => !cards,
                _ => true,
            };
            let expected: Vec<String> = (table.rows.iter().take(table.in_page))
                .flat_map(|row| (0..row.len()).filter(|at| kept(*at)).map(|at| row[at].file()))
                .collect();
            assert_eq!(found, expected, "{}", table.code);
            shown += found.len();
        }
        assert!(shown > 3000, "{shown}");
    });
}

#[test]
fn the_page_says_every_heading_sentence_and_word_in_both_languages() {
    on_jinpu(|_, report| {
        let content = content(&report.page(English));
        let said = |language: Language, text: &str| {
            let tag = if language == English { "en" } else { "zh" };
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            content.contains(&format!("<span class=\"said\" lang=\"{tag}\">{text}</span>"))
        };
        for section in report.sections().iter().filter(|section| !section.is_empty()) {
            for language in [English, Chinese] {
                assert!(said(language, section.heading.get(language)), "{:?}", section.topic);
                assert!(said(language, section.topic.label(language)), "{:?}", section.topic);
                for part in &section.parts {
                    match part {
                        Part::Sentence(sentence) => assert!(said(language, sentence.get(language)), "{sentence:?}"),
                        Part::Table(table) => {
                            for cell in table.rows.iter().take(table.in_page).flatten() {
                                let Cell::Said { words, .. } = cell else { continue };
                                let same = words.get(English) == words.get(Chinese);
                                assert!(same || said(language, words.get(language)), "{words:?}");
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        // The same page, whichever language it shows first.
        let chinese = report.page(Chinese);
        assert!(chinese.contains("<html lang=\"zh\">") && report.page(English).contains("<html lang=\"en\">"));
        assert_eq!(values(&chinese, "data-value"), values(&report.page(English), "data-value"));
    });
}

#[test]
fn the_page_of_ten_thousand_people_is_small_and_quickly_made() {
    on_jinpu(|_, report| {
        let started = Instant::now();
        let page = report.page(English);
        let seconds = started.elapsed().as_secs_f64();
        assert!(page.len() < 2_000_000, "{} bytes", page.len());
        assert!(seconds < 1.0, "{seconds} s");
        assert_eq!(page, report.page(English));
    });
}

#[test]
fn the_page_lets_nothing_in() {
    let page = named("plain").page(English);
    let policy = values(&page, "content")[0];
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe-eval") && policy.matches("'unsafe-inline'").count() == 1);
    // Addresses in it are names of vocabularies, not places that are asked.
    for address in page.split("http").skip(1).filter(|rest| rest.starts_with("://") || rest.starts_with("s://")) {
        assert!(address.starts_with("://www.w3.org/"), "{}", &address[..40]);
    }
    for word in [" src=", "<link", "<img", "<iframe", "@import", "url(", "localStorage", "fetch("] {
        let own = page.replace(include_str!("../../src/report/page/charts/echarts.js"), "");
        assert!(!own.contains(word), "{word}");
    }
}

#[test]
fn names_stand_in_the_page_as_text_whatever_they_hold() {
    let tags = |page: &str| page.matches('<').count();
    let plain: Report = named("plain");
    let usual = content(&plain.page(English));
    for name in [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"onmouseover=\"alert(1)",
        "'quoted' & \"quoted\"",
        "]]><!--",
        "\u{202e}turned",
        "{{x}} ${x} {people}",
        "\u{2028}line",
    ] {
        let content = content(&named(name).page(Chinese));
        assert_eq!(tags(&content), tags(&usual), "{name}");
        assert_eq!(content.matches("</script>").count(), usual.matches("</script>").count(), "{name}");
        assert!(!content.contains("<img") && !content.contains(" onmouseover=") && !content.contains("<!--"));
        let data = content.split("<script type=\"application/json\">").skip(1);
        let mut seen = 0;
        for data in data.map(|rest| rest.split("</script>").next().unwrap_or_default()) {
            let data: serde_json::Value = serde_json::from_str(data).expect("data is JSON");
            let names = data["rows"].as_array().expect("rows").iter().filter(|row| row[0] == name);
            seen += names.count();
        }
        assert!(seen > 2, "{name}");
    }
}

#[test]
fn what_draws_is_the_file_that_its_readme_names() {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(include_bytes!("../../src/report/page/charts/echarts.js"));
    let readme = include_str!("../../src/report/page/charts/README.md");
    let stated = readme.rsplit('`').nth(1).expect("it ends with the digest in backquotes");
    let stated = (0..stated.len()).step_by(2).map(|at| u8::from_str_radix(&stated[at..at + 2], 16).expect("a byte"));
    assert!(stated.eq(digest.iter().copied()));
}

//! Shortages and surpluses, as text.

use std::fmt::Write as _;

use super::shortage_words as w;
use super::text::{SHOWN, Sheet, more};
use super::words::{APPLICANTS, GROUP, PEOPLE, PLACED};
use crate::insight::{CauseLine, ShortageCut, ShortageLine, SurplusLine, label_of};
use crate::language::Language;
use crate::market::Facet;

/// Names that a sentence lists.
const NAMED: usize = 3;

fn called<'a>(group: &'a Facet, name: &'a str, language: Language) -> &'a str {
    label_of(group, language).or(Some(name).filter(|name| !name.is_empty())).unwrap_or(&group.value)
}

fn causes(lines: &[CauseLine], language: Language) -> String {
    let said = lines.iter().map(|line| {
        let (cause, count) = (line.cause.label(language), line.count.to_string());
        match line.rule {
            Some(rule) => {
                let values = [("code", rule.code()), ("rule", rule.label(language)), ("count", &count)];
                w::BY_RULE.fill(language, &values)
            }
            None => w::CAUSE.fill(language, &[("cause", cause), ("count", &count)]),
        }
    });
    language.list(&said.collect::<Vec<_>>())
}

/// The first of `names`, and that there are more.
fn listed(names: impl Iterator<Item = String>, language: Language) -> String {
    let mut names: Vec<String> = names.take(NAMED + 1).collect();
    if let Some(last) = names.get_mut(NAMED) {
        "…".clone_into(last);
    }
    if names.is_empty() { w::NOBODY.get(language).to_owned() } else { language.list(&names) }
}

fn cut(text: &mut String, line: &ShortageLine, cut: &ShortageCut, language: Language) {
    let names = listed(cut.posts.iter().map(|post| post.name.clone()), language);
    let homes = cut.homes.iter().map(|home| {
        w::HOME.fill(language, &[("people", &home.people.to_string()), ("name", &home.name), ("id", &home.id)])
    });
    let homes = listed(homes, language);
    let numbers = [cut.seats, cut.posts.len() as u64, cut.people, cut.short].map(|number| number.to_string());
    let [seats, posts, people, short] = &numbers;
    let group = called(&line.group, &line.name, language);
    let (by, group) = (("by", line.group.dimension.label(language)), ("group", group));
    let numbers = [("seats", seats.as_str()), ("posts", posts), ("people", people), ("short", short)];
    let values = [[by, group].as_slice(), &numbers, &[("names", &names), ("homes", &homes)]].concat();
    let _ = writeln!(text, "{}", w::CUT.fill(language, &values));
}

/// The groups of posts with most seats left and those of people with most people left, with their causes, and what stays empty
/// whoever is placed where, in `language`; empty where nothing is left.
#[must_use]
pub fn scarcity(shortages: &[ShortageLine], surpluses: &[SurplusLine], language: Language) -> String {
    let mut text = String::new();
    let mut posts: Vec<&ShortageLine> = shortages.iter().filter(|line| line.unfilled > 0).collect();
    posts.sort_by(|a, b| b.unfilled.cmp(&a.unfilled).then_with(|| a.group.cmp(&b.group)));
    if !posts.is_empty() {
        let _ = writeln!(text, "{}", w::SHORTAGES.get(language));
        let header = [GROUP, w::CAUSES, w::SEATS, APPLICANTS, PLACED, w::LEFT];
        let mut sheet = Sheet::new(language, 2, &header);
        for line in posts.iter().take(SHOWN) {
            let (group, why) = (called(&line.group, &line.name, language), causes(&line.causes, language));
            sheet.row(&[&group, &why, &line.demand, &line.supply, &line.placed, &line.unfilled]);
        }
        sheet.write(&mut text);
        more(&mut text, posts.len(), language);
        let cuts: Vec<(&ShortageLine, &ShortageCut)> =
            posts.iter().filter_map(|line| Some((*line, line.cut.as_ref()?))).collect();
        if !cuts.is_empty() {
            let _ = writeln!(text, "\n{}", w::CUTS.get(language));
            for (line, found) in cuts.iter().take(SHOWN) {
                cut(&mut text, line, found, language);
            }
            more(&mut text, cuts.len(), language);
        }
    }
    let mut people: Vec<&SurplusLine> = surpluses.iter().filter(|line| line.unplaced > 0).collect();
    people.sort_by(|a, b| b.unplaced.cmp(&a.unplaced).then_with(|| a.group.cmp(&b.group)));
    if !people.is_empty() {
        let _ = writeln!(text, "\n{}", w::SURPLUSES.get(language));
        let mut sheet = Sheet::new(language, 2, &[GROUP, w::CAUSES, PEOPLE, w::SEATS, PLACED, w::LEFT]);
        for line in people.iter().take(SHOWN) {
            let (group, why) = (called(&line.group, &line.name, language), causes(&line.causes, language));
            sheet.row(&[&group, &why, &line.people, &line.demand, &line.placed, &line.unplaced]);
        }
        sheet.write(&mut text);
        more(&mut text, people.len(), language);
    }
    text
}

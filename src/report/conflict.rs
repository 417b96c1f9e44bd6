//! Why limits cannot all hold and what would make them, as text.

use std::fmt::Write as _;

use super::columns as c;
use super::conflict_words as w;
use super::text::{SHOWN, Sheet, amounts, grouped, more};
use super::words::{RULE_NAMED, UNKNOWN};
use crate::conflict::{Conflict, LimitKind, LimitName, Minimum};
use crate::language::{Language, Words};
use crate::market::Rule;
use crate::relaxation::Repairs;

fn say(text: &mut String, words: Words, language: Language, values: &[(&str, &str)]) {
    let _ = writeln!(text, "{}", words.fill(language, values));
}

fn named(limit: &LimitName, language: Language) -> String {
    let rule = Rule::ALL.iter().find(|rule| limit.kind == LimitKind::Rule && rule.code() == limit.id);
    if let Some(rule) = rule {
        return RULE_NAMED.fill(language, &[("code", rule.code()), ("rule", rule.label(language))]);
    }
    if limit.name == limit.id {
        return limit.id.clone();
    }
    w::NAMED.fill(language, &[("name", &limit.name), ("id", &limit.id)])
}

fn or_dash<T: ToString>(cell: Option<T>) -> String {
    cell.map_or_else(|| "–".to_owned(), |cell| cell.to_string())
}

impl Conflict {
    /// The contradiction in `language`, for people; empty if there is none.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        if self.minimums.is_empty() {
            return text;
        }
        say(&mut text, w::WHY, language, &[]);
        let needed = grouped(self.needed);
        match (self.at_most, self.missing) {
            (Some(most), Some(missing)) => {
                let (most, missing) = (grouped(most), grouped(missing));
                let values = [("needed", needed.as_str()), ("most", &most), ("missing", &missing)];
                say(&mut text, w::SUM, language, &values);
            }
            _ => say(&mut text, w::SUM_UNKNOWN, language, &[("needed", &needed)]),
        }
        if let Some(all) = self.missing_in_all.filter(|all| Some(*all) > self.missing) {
            say(&mut text, w::SUM_IN_ALL, language, &[("missing", &grouped(all))]);
        }
        say(&mut text, w::PEOPLE, language, &[("people", &grouped(self.people))]);
        say(&mut text, if self.irreducible { w::IRREDUCIBLE } else { w::REDUCIBLE }, language, &[]);
        text.push('\n');
        let header = [w::MINIMUM, w::KIND, c::OWNER.words, w::SOURCE, w::NEEDED, w::PRESENT, w::ACCEPTABLE];
        let mut sheet = Sheet::new(language, 4, &header);
        for Minimum { limit, least, present, reach } in self.minimums.iter().take(SHOWN) {
            let (kind, source) = (limit.kind.label(language), or_dash(limit.source.as_ref()));
            let (name, owner) = (named(limit, language), or_dash(limit.owner.as_ref()));
            sheet.row(&[&name, &kind, &owner, &source, &grouped(least), &grouped(present), &grouped(reach.people)]);
        }
        sheet.write(&mut text);
        more(&mut text, self.minimums.len(), SHOWN, language);
        for minimum in self.minimums.iter().take(SHOWN) {
            minimum.reachable(&mut text, language);
        }
        text.push('\n');
        if self.barriers.is_empty() {
            say(&mut text, w::NOTHING, language, &[]);
            return text;
        }
        say(&mut text, w::BETWEEN, language, &[]);
        let mut sheet =
            Sheet::new(language, 4, &[w::LIMIT, w::KIND, c::OWNER.words, w::SOURCE, w::MOST, w::OPENS_WITH]);
        for barrier in self.barriers.iter().take(SHOWN) {
            let limit = &barrier.limit;
            let (kind, source) = (limit.kind.label(language), or_dash(limit.source.as_ref()));
            let (name, owner) = (named(limit, language), or_dash(limit.owner.as_ref()));
            sheet.row(&[
                &name,
                &kind,
                &owner,
                &source,
                &or_dash(barrier.most.map(grouped)),
                &or_dash(barrier.opens_with.map(grouped)),
            ]);
        }
        sheet.write(&mut text);
        more(&mut text, self.barriers.len(), SHOWN, language);
        text
    }
}

impl Minimum {
    /// Who could be placed there, and what cut the others.
    fn reachable(&self, text: &mut String, language: Language) {
        let mut homes: Vec<String> = Vec::new();
        for home in self.reach.homes.iter().take(SHOWN) {
            let people = grouped(home.people);
            homes.push(w::HOME.fill(language, &[("people", &people), ("name", &home.name), ("id", &home.id)]));
        }
        if let Some(rest) = self.reach.homes.get(SHOWN..).filter(|rest| !rest.is_empty()) {
            let (people, count) = (grouped(rest.iter().map(|home| home.people).sum::<u64>()), grouped(rest.len()));
            homes.push(w::AND_MORE.fill(language, &[("people", &people), ("count", &count)]));
        }
        if homes.is_empty() {
            homes.push(w::NOBODY.get(language).to_owned());
        }
        let homes = language.list(&homes);
        say(text, w::HOMES, language, &[("name", &self.limit.name), ("id", &self.limit.id), ("homes", &homes)]);
        let cuts: Vec<String> = self
            .reach
            .cut
            .iter()
            .map(|line| {
                let (people, rule) = (grouped(line.people), line.rule.label(language));
                w::OBSTACLE.fill(language, &[("people", &people), ("code", line.code), ("rule", rule)])
            })
            .collect();
        if !cuts.is_empty() {
            say(text, w::CUT, language, &[("cuts", &language.list(&cuts))]);
        }
    }
}

impl Repairs {
    /// The repairs in `language`, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        if self.repairs.is_empty() {
            say(&mut text, w::NO_REPAIRS, language, &[]);
        } else {
            say(&mut text, w::REPAIRS, language, &[]);
            say(&mut text, w::REPAIRS_NOTE, language, &[]);
            let mut sheet = Sheet::new(language, 4, &[w::NUMBER, w::CHANGE, w::LIMIT, c::OWNER.words, w::BY, w::THEN]);
            for (number, repair) in (1..).zip(&self.repairs) {
                let reached = match &repair.goals {
                    Some(goals) => amounts(goals, language),
                    None => UNKNOWN.get(language).to_owned(),
                };
                for change in &repair.changes {
                    let (name, owner) = (named(&change.limit, language), or_dash(change.limit.owner.as_ref()));
                    sheet.row(&[&number, &change.kind.label(language), &name, &owner, &grouped(change.by), &reached]);
                }
            }
            sheet.write(&mut text);
            for waiver in self.repairs.iter().flat_map(|repair| &repair.changes).flat_map(|change| &change.waivers) {
                let values = [("rule", waiver.rule.code()), ("unit", &waiver.unit), ("post", &waiver.post)];
                say(&mut text, w::WAIVER, language, &values);
            }
        }
        if self.further > 0 {
            say(&mut text, w::FURTHER, language, &[("count", &grouped(self.further))]);
        }
        if !self.complete {
            say(&mut text, w::INCOMPLETE, language, &[]);
        }
        text
    }
}

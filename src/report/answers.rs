//! Answers about one placement, as text.

use std::fmt::Write as _;

use super::answer_words as w;
use super::text::{Sheet, amounts, grouped, number};
use crate::insight::{Basis, Chain, Forced, PostName, Stands, Why, WhyNot, Worth};
use crate::language::{Language, Words};

fn title(words: Words, language: Language, unit: &str, post: &PostName) -> String {
    words.fill(language, &[("unit", unit), ("name", &post.name), ("id", &post.id), ("owner", &post.owner)])
}

/// A post in a table, told apart from others of its name.
pub(super) fn named(post: &PostName, language: Language) -> String {
    w::NAMED.fill(language, &[("name", &post.name), ("id", &post.id)])
}

fn say(text: &mut String, words: Words, language: Language, values: &[(&str, &str)]) {
    let _ = writeln!(text, "{}", words.fill(language, values));
}

fn worth(worth: &Worth, language: Language) -> String {
    amounts(&worth.goals, language)
}

/// The line that says what the numbers rest on.
fn basis(text: &mut String, basis: Basis, language: Language) {
    let _ = writeln!(text, "{}", basis.label(language));
}

impl Stands {
    /// The answer in `language`, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = title(w::WHY, language, &self.unit, &self.post);
        text.push('\n');
        let people = grouped(self.people);
        say(&mut text, w::STANDS, language, &[("people", &people), ("decision", self.decision.get(language))]);
        text
    }
}

impl Why {
    /// The answer in `language`, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = title(w::WHY, language, &self.unit, &self.post);
        text.push('\n');
        basis(&mut text, self.basis, language);
        text.push('\n');
        let mut sheet = Sheet::new(language, 1, &[w::CRITERION, w::VALUE, w::POINTS]);
        for part in self.score.iter().filter(|part| part.points != 0.0) {
            sheet.row(&[&part.criterion.label(language), &number(part.value), &number(part.points)]);
        }
        if self.penalty != 0.0 {
            sheet.row(&[&w::PENALTY.get(language), &"", &number(-self.penalty)]);
        }
        sheet.row(&[&w::SUM.get(language), &"", &number(self.points)]);
        sheet.write(&mut text);
        text.push('\n');
        say(&mut text, w::ADDS, language, &[("value", &worth(&self.value, language))]);
        say(&mut text, w::COSTS, language, &[("price", &worth(&self.price, language))]);
        if self.charge.units != 0 {
            say(&mut text, w::CHARGED, language, &[("charge", &worth(&self.charge, language))]);
        }
        // What limits decide may be worth less to somebody than another post.
        let left = if self.basis == Basis::Optimal { w::LEFT } else { w::LEFT_AS_DECIDED };
        say(&mut text, left, language, &[("rent", &worth(&self.rent, language))]);
        if let Some(certain) = self.certain {
            say(&mut text, w::CERTAIN, language, &[("certain", certain.label(language))]);
        }
        if let Some(margin) = &self.margin {
            say(&mut text, w::WITHOUT, language, &[("margin", &worth(margin, language))]);
        }
        if !self.alternatives.is_empty() {
            text.push('\n');
            say(&mut text, w::ALTERNATIVES, language, &[("count", &grouped(self.acceptable))]);
            let mut sheet = Sheet::new(language, 2, &[w::POST, w::OWNER, w::ADDED, w::PRICE, w::BEHIND]);
            for other in &self.alternatives {
                let amounts = [&other.value, &other.price, &other.behind].map(|amount| worth(amount, language));
                let [value, price, behind] = &amounts;
                sheet.row(&[&named(&other.post, language), &other.post.owner, value, price, behind]);
            }
            sheet.write(&mut text);
        }
        text
    }
}

impl WhyNot {
    /// The answer in `language`, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = title(w::WHY_NOT, language, &self.unit, &self.post);
        text.push('\n');
        basis(&mut text, self.basis, language);
        say(&mut text, w::STATE, language, &[("verdict", self.verdict.label(language))]);
        if let Some(cut) = &self.cut {
            let (rule, reason) = (cut.rule.label(language), cut.reason.get(language));
            say(&mut text, w::RULE, language, &[("code", cut.code), ("rule", rule), ("reason", reason)]);
            say(&mut text, w::SOURCE, language, &[("source", cut.source.get(language))]);
            say(&mut text, w::REMEDY, language, &[("remedy", cut.remedy.get(language))]);
        }
        if let Some(forced) = &self.forced {
            forced.write(&mut text, language);
        }
        if let Some(seats) = self.seats {
            let words = if seats.needed.is_some() { w::SEATS } else { w::NO_SEATS };
            say(&mut text, words, language, &[("seats", &grouped(seats.needed.unwrap_or(seats.tried)))]);
        }
        if let Some(forced) = &self.forced {
            text.push('\n');
            chain(&mut text, &forced.chain, language);
        }
        text
    }
}

impl Forced {
    fn write(&self, text: &mut String, language: Language) {
        say(text, w::LOSS, language, &[("loss", &worth(&self.loss, language))]);
        if self.reduced_cost != self.loss {
            say(text, w::REDUCED, language, &[("part", &worth(&self.reduced_cost, language))]);
        }
        if let Some(points) = self.points {
            say(text, w::TURNS, language, &[("points", &number(points))]);
        }
    }
}

/// The steps of an exchange, and whom they leave out in numbers.
fn chain(text: &mut String, chain: &Chain, language: Language) {
    let _ = writeln!(text, "{}", w::CHAIN.get(language));
    let mut sheet = Sheet::new(language, 4, &[w::CHANGE, w::UNIT, w::FROM, w::TO]);
    let name = |post: &Option<PostName>| match post {
        Some(post) => named(post, language),
        None => w::NOWHERE.get(language).to_owned(),
    };
    for step in &chain.steps {
        sheet.row(&[&step.change.label(language), &step.unit, &name(&step.from), &name(&step.to)]);
    }
    sheet.write(text);
    if chain.steps.len() <= 1 && !chain.others.is_empty() {
        let _ = writeln!(text, "\n{}", w::OTHERS.get(language));
        let mut sheet = Sheet::new(language, 2, &[w::CHANGE, w::TRACK, w::PEOPLE]);
        for others in &chain.others {
            sheet.row(&[&others.change.label(language), &others.kind.label(language), &grouped(others.people)]);
        }
        sheet.write(text);
    }
}

/// The sentence for `unit` without a place and without a wish to ask about.
#[must_use]
pub fn not_placed(unit: &str, language: Language) -> String {
    w::UNPLACED.fill(language, &[("unit", unit)])
}

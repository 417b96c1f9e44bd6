//! Rounds with something changed, as text.

use std::fmt::Write as _;

use super::answer_words;
use super::answers;
use super::columns as c;
use super::text::{SHOWN, Sheet, amounts, grouped, more, number, share};
use super::what_if_words as w;
use super::words::NOTHING;
use crate::insight::{GoalValue, PostName, label_of};
use crate::language::{Language, Words};
use crate::market::Facet;
use crate::relaxation::{Floor, GroupRate, Leximin};
use crate::what_if::{Comparison, PartyChange, SweepPoint, View};

fn signed(amount: f64) -> String {
    // What is said of no change has no sign.
    if amount > 0.0 { format!("+{}", number(amount)) } else { number(amount + 0.0) }
}

fn or_dash<T>(amount: Option<T>, say: impl Fn(T) -> String) -> String {
    amount.map_or_else(|| "–".to_owned(), say)
}

fn difference(before: u64, after: u64) -> String {
    match after.checked_sub(before) {
        Some(0) => "0".to_owned(),
        Some(more) => format!("+{}", grouped(more)),
        None => format!("-{}", grouped(before - after)),
    }
}

fn named(text: &mut String, words: Words, classes: &[PostName], language: Language) {
    if !classes.is_empty() {
        let mut names: Vec<&str> = classes.iter().take(SHOWN).map(|class| class.name.as_str()).collect();
        names.extend((classes.len() > SHOWN).then_some("…"));
        let _ = writeln!(text, "{}", words.fill(language, &[("names", &language.list(&names))]));
    }
}

fn parties(text: &mut String, title: Words, parties: &[PartyChange], language: Language) {
    if parties.is_empty() {
        return;
    }
    let mut parties: Vec<&PartyChange> = parties.iter().collect();
    parties.sort_by(|a, b| b.after.abs_diff(b.before).cmp(&a.after.abs_diff(a.before)).then_with(|| a.id.cmp(&b.id)));
    text.push('\n');
    let mut sheet = Sheet::new(language, 1, &[title, w::BEFORE, w::AFTER, w::CHANGE]);
    for party in parties.iter().take(SHOWN) {
        sheet.row(&[
            &party.name,
            &grouped(party.before),
            &grouped(party.after),
            &difference(party.before, party.after),
        ]);
    }
    sheet.write(text);
    more(text, parties.len(), SHOWN, language);
}

impl Comparison {
    /// The comparison in `language`, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = if self.name.is_empty() {
            w::NAMELESS.get(language).to_owned()
        } else {
            w::TITLE.fill(language, &[("name", &self.name)])
        };
        let exact = if self.exact { w::EXACT } else { w::NOT_EXACT };
        let _ = writeln!(text, "\n{}", exact.get(language));
        if !self.are_comparable() {
            let _ = writeln!(text, "{}", w::OTHER_POINTS.get(language));
        }
        if let Some(stay) = self.stay() {
            let _ = writeln!(text, "{}", stay.get(language));
        }
        text.push('\n');
        let mut sheet = Sheet::new(language, 1, &[c::GOAL.words, w::BEFORE, w::AFTER, w::CHANGE]);
        for goal in &self.goals {
            let (before, after) = (or_dash(goal.before, number), or_dash(goal.after, number));
            sheet.row(&[&goal.goal.label(language), &before, &after, &or_dash(goal.by(), signed)]);
        }
        sheet.write(&mut text);
        text.push('\n');
        if self.people.is_empty() {
            let _ = writeln!(text, "{}", w::NOBODY.get(language));
        } else {
            let mut sheet = Sheet::new(language, 1, &[w::TURN, c::PEOPLE.words]);
            for (turn, people) in &self.people {
                sheet.row(&[&turn.label(language), &grouped(people)]);
            }
            sheet.write(&mut text);
            let views = [("better", View::Better), ("worse", View::Worse), ("same", View::Same)];
            let views = views.map(|(name, view)| (name, grouped(self.views.get(&view).copied().unwrap_or(0))));
            let values = views.each_ref().map(|(name, people)| (*name, people.as_str()));
            let _ = writeln!(text, "{}", w::BETTER.fill(language, &values));
        }
        named(&mut text, w::OPENED, &self.opened, language);
        named(&mut text, w::CLOSED, &self.closed, language);
        parties(&mut text, c::SCHOOL.words, &self.schools, language);
        parties(&mut text, c::ENTERPRISE.words, &self.enterprises, language);
        self.whom(&mut text, language);
        text
    }

    /// Whether every goal of both rounds is in one scale.
    pub(super) fn are_comparable(&self) -> bool {
        self.goals.iter().all(|goal| goal.comparable)
    }

    /// What is said where everybody can stay.
    pub(super) fn stay(&self) -> Option<Words> {
        self.can_stay.then_some(if self.exact { w::CAN_STAY } else { w::CAN_STAY_SO_FAR })
    }

    fn whom(&self, text: &mut String, language: Language) {
        if self.transfers.is_empty() {
            return;
        }
        text.push('\n');
        let header = [w::TURN, w::UNIT, w::FROM, w::TO, w::VIEW, c::PEOPLE.words];
        let mut sheet = Sheet::new(language, 5, &header);
        let name = |post: &Option<PostName>| or_dash(post.as_ref(), |post| answers::named(post, language));
        for one in self.transfers.iter().take(SHOWN) {
            let (turn, view) = (one.turn.label(language), one.view.label(language));
            sheet.row(&[&turn, &one.unit, &name(&one.from), &name(&one.to), &view, &grouped(one.people)]);
        }
        sheet.write(text);
        more(text, self.transfers.len(), SHOWN, language);
    }
}

/// A curve over one number, in `language`, for people.
#[must_use]
pub fn swept(curve: &[SweepPoint], language: Language) -> String {
    let mut text = String::new();
    let mut sheet = Sheet::new(language, 3, &[w::VALUE, w::KNOWN, w::CHANGE, w::MOVED]);
    for point in curve {
        let change = point.comparison.as_ref().map(|comparison| {
            let goals = comparison.goals.iter();
            let changes = goals.filter_map(|goal| Some(GoalValue { goal: goal.goal, amount: goal.by()? }));
            amounts(&changes.collect::<Vec<_>>(), language)
        });
        let people = point.comparison.as_ref().map(|comparison| comparison.people.values().sum::<u64>());
        let (change, people) = (or_dash(change, |said| said), or_dash(people, grouped));
        sheet.row(&[&grouped(point.value), &point.state.label(language), &change, &people]);
    }
    sheet.write(&mut text);
    if !curve.iter().filter_map(|point| point.comparison.as_ref()).all(Comparison::are_comparable) {
        let _ = writeln!(text, "{}", w::OTHER_POINTS.get(language));
    }
    for (value, why) in curve.iter().filter_map(|point| Some((point.value, point.why.as_ref()?))) {
        let _ = writeln!(text, "{}: {}", grouped(value), why.get(language));
    }
    text
}

/// A group, told apart from others of its name.
fn called(group: &Facet, name: &str, language: Language) -> String {
    match label_of(group, language) {
        Some(label) => label.to_owned(),
        None if name.is_empty() => {
            let values = [("dimension", group.dimension.label(language)), ("value", &group.value)];
            w::UNNAMED.fill(language, &values)
        }
        None => answer_words::NAMED.fill(language, &[("name", name), ("id", &group.value)]),
    }
}

/// The price of a fairness floor as a curve, in `language`, for people.
#[must_use]
pub fn floored(curve: &[Floor], language: Language) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", w::FLOORS.get(language));
    let mut sheet = Sheet::new(language, 4, &[w::FLOOR, w::KNOWN, w::COST, w::LEAST]);
    for floor in curve {
        let cost = if floor.goals.is_empty() { "–".to_owned() } else { amounts(&floor.cost, language) };
        let least = or_dash(floor.least(), |GroupRate { group, name, people, placed }: &GroupRate| {
            let (group, placed, people) = (called(group, name, language), grouped(placed), grouped(people));
            w::OF.fill(language, &[("group", &group), ("placed", &placed), ("people", &people)])
        });
        sheet.row(&[&format!("{} %", floor.percent), &floor.state.label(language), &cost, &least]);
    }
    sheet.write(&mut text);
    text
}

impl Leximin {
    /// The levels in `language`, for people.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "{}", w::LEXIMIN.get(language));
        let mut sheet = Sheet::new(language, 1, &[c::GROUP.words, c::PEOPLE.words, w::AT_LEAST, c::SHARE.words]);
        for level in &self.levels {
            let rate = share(level.placed, level.people);
            sheet.row(&[
                &called(&level.group, &level.name, language),
                &grouped(level.people),
                &grouped(level.placed),
                &rate,
            ]);
        }
        sheet.write(&mut text);
        let cost = if self.cost.is_empty() { NOTHING.get(language).to_owned() } else { amounts(&self.cost, language) };
        let _ = writeln!(text, "{}", w::FAIREST.fill(language, &[("cost", &cost)]));
        text
    }
}

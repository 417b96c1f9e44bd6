//! Several rounds together, in every form of a report.

use std::path::Path;

#[cfg(feature = "forecast")]
use super::ahead;
use super::columns as c;
use super::document::Document;
use super::outlook_words as w;
use super::picture::Picture;
use super::section::{Section, Topic};
use super::table::{Cell, FEW_IN_PAGE, IN_PAGE, SHOWN, Table, grouped};
use crate::insight::{ProgrammeFigures, Signal};
use crate::language::{Language, Phrase};
use crate::outlook::{DemandLine, Outlook, ProgrammeLine};

/// The words that call for something come first.
const BY_WEIGHT: [Signal; 6] =
    [Signal::Stop, Signal::Warn, Signal::Add, Signal::Keep, Signal::TooFewPeople, Signal::TooFew];

/// Occupations whose years are drawn as lines.
const LINES: usize = 6;

fn yes_or_no(yes: bool) -> Cell {
    if yes { Cell::term("yes", w::YES) } else { Cell::term("no", w::NO) }
}

/// A number a round, in the order of the rounds: `12|3|0` in files.
fn by_round(evidence: &[ProgrammeFigures], number: impl Fn(&ProgrammeFigures) -> u64) -> Cell {
    if let [one] = evidence {
        return number(one).into();
    }
    let numbers = || evidence.iter().map(&number);
    let code: Vec<String> = numbers().map(|number| number.to_string()).collect();
    let said: Vec<String> = numbers().map(grouped).collect();
    Cell::term(&code.join("|"), Phrase::each(|language| language.list(&said)))
}

fn rounds(outlook: &Outlook) -> Section {
    let rows = outlook.rounds.iter().map(|line| {
        vec![
            Cell::name(&line.round),
            Cell::name(&line.date.to_string()),
            Cell::name(&line.date.year().to_string()),
            yes_or_no(line.of_year),
            Cell::name(&line.digest),
        ]
    });
    let columns = [c::ROUND, c::DATE, c::YEAR, c::OF_YEAR, c::DIGEST];
    let table = Table::new("rounds", w::ROUNDS, &columns).with(rows);
    let section = Section::new(Topic::Rounds, w::ROUNDS).table(table);
    if outlook.missing.is_empty() {
        return section;
    }
    let years: Vec<String> = outlook.missing.iter().map(ToString::to_string).collect();
    section.say(Phrase::each(|language| w::MISSING.fill(language, &[("years", &language.list(&years))])))
}

/// How many programmes each word is said of, if any.
fn by_signal(outlook: &Outlook) -> impl Iterator<Item = (Signal, u64)> {
    let of = |signal| outlook.programmes.iter().filter(|line| line.said.signal == signal).count() as u64;
    BY_WEIGHT.into_iter().map(move |signal| (signal, of(signal))).filter(|(_, count)| *count > 0)
}

/// The same as a picture; the text has a sentence.
fn pictured(outlook: &Outlook) -> Table {
    let rows = by_signal(outlook).map(|(signal, count)| vec![Cell::term(signal.word(), signal.words()), count.into()]);
    let picture = Picture::Bars { name: c::SIGNAL.code, parts: &[c::PROGRAMMES.code] };
    let table = Table::new("signal_counts", w::BY_SIGNAL, &[c::SIGNAL, c::PROGRAMMES]);
    table.shown(0, IN_PAGE).with(rows).drawn(picture)
}

/// The same as a sentence.
fn counts(outlook: &Outlook, language: Language) -> String {
    let said = by_signal(outlook).map(|(signal, count)| {
        w::COUNT.fill(language, &[("signal", signal.label(language)), ("count", &grouped(count))])
    });
    w::COUNTS.fill(language, &[("counts", &language.list(&said.collect::<Vec<_>>()))])
}

fn signals(outlook: &Outlook) -> Section {
    let rules = outlook.rules;
    let looked_at = grouped(rules.rounds.max(1));
    let caption = Phrase::fill(w::SIGNALS, &[("rounds", &looked_at)]);
    let section = Section::new(Topic::Signals, caption.clone());
    let weight = |line: &&ProgrammeLine| BY_WEIGHT.iter().position(|signal| *signal == line.said.signal);
    let mut lines: Vec<&ProgrammeLine> = outlook.programmes.iter().collect();
    lines.sort_by_key(weight);
    let row = |line: &&ProgrammeLine| {
        let evidence = &line.said.evidence;
        vec![
            Cell::name(&line.said.programme),
            Cell::name(&line.called.name),
            Cell::name(&line.called.school),
            Cell::term(line.said.signal.word(), line.said.signal.words()),
            by_round(evidence, |figures| figures.crowded_out),
            by_round(evidence, |figures| figures.free),
            evidence.last().map_or(Cell::Nothing, |figures| figures.people.into()),
        ]
    };
    let columns = [c::ID, c::PROGRAMME, c::SCHOOL, c::SIGNAL, c::CROWDED, c::SPARE, c::PEOPLE];
    let table = Table::new("signals", caption, &columns).shown(2 * SHOWN, IN_PAGE).with(lines.iter().map(row));
    let evidence = lines.iter().flat_map(|line| line.said.evidence.iter().map(move |figures| (line, figures)));
    let evidence = evidence.map(|(line, figures)| {
        vec![
            Cell::name(&figures.programme),
            Cell::name(&line.called.name),
            Cell::name(&figures.round),
            figures.people.into(),
            figures.placed.into(),
            figures.crowded_out.into(),
            figures.free.into(),
            figures.priced.into(),
        ]
    });
    let columns = [c::ID, c::PROGRAMME, c::ROUND, c::PEOPLE, c::PLACED, c::CROWDED_OUT, c::FREE, c::PRICED];
    let evidence = Table::new("evidence", w::EVIDENCE, &columns).shown(0, IN_PAGE).folded().with(evidence);
    let pictured = pictured(outlook);
    if lines.is_empty() {
        return section.table(pictured).table(table).table(evidence);
    }
    let [least, scarce, crowded, vain] =
        [rules.least_people, rules.scarce_percent, rules.crowded_percent, rules.vain_percent].map(grouped);
    let shares = [("scarce", scarce.as_str()), ("crowded", &crowded), ("vain", &vain)];
    let numbers = [[("rounds", looked_at.as_str()), ("least", &least)].as_slice(), &shares].concat();
    let section = section.say(Phrase::each(|language| counts(outlook, language)));
    section.table(pictured).say(Phrase::fill(w::RULES, &numbers)).table(table).table(evidence)
}

fn called(line: &DemandLine) -> Cell {
    Cell::name(if line.name.is_empty() { &line.occupation } else { &line.name })
}

fn demand(outlook: &Outlook) -> Section {
    let year = outlook.in_a_row.last().map_or_else(String::new, ToString::to_string);
    let caption = Phrase::fill(w::DEMAND, &[("year", &year)]);
    let last = |line: &DemandLine| line.years.last().map_or(0, |year| year.demand);
    let mut lines: Vec<&DemandLine> = outlook.demand.iter().collect();
    lines.sort_by(|a, b| last(b).cmp(&last(a)).then_with(|| a.occupation.cmp(&b.occupation)));
    let row = |line: &&DemandLine| {
        let year = line.years.last();
        let number = |of: Option<u64>| of.map_or(Cell::Nothing, Cell::from);
        let row = vec![
            Cell::name(&line.occupation),
            called(line),
            number(year.map(|year| year.demand)),
            number(year.map(|year| year.placed)),
            number(year.map(|year| year.priced)),
        ];
        #[cfg(feature = "forecast")]
        let row = [row, ahead::cells(&line.ahead).to_vec()].concat();
        row
    };
    let columns = vec![c::ID, c::OCCUPATION, c::SEATS, c::PLACED, c::PRICED];
    #[cfg(feature = "forecast")]
    let columns = [columns, ahead::COLUMNS.to_vec()].concat();
    let table = Table::new("demand", caption.clone(), &columns).shown(SHOWN, FEW_IN_PAGE).with(lines.iter().map(row));
    let table = table.drawn(Picture::Bars { name: c::OCCUPATION.code, parts: &[c::SEATS.code] });
    let years = lines.iter().flat_map(|line| line.years.iter().map(move |year| (line, year)));
    let years = years.map(|(line, year)| {
        vec![
            Cell::name(&line.occupation),
            called(line),
            Cell::name(&year.year.to_string()),
            year.demand.into(),
            year.placed.into(),
            year.priced.into(),
        ]
    });
    let columns = [c::ID, c::OCCUPATION, c::YEAR, c::SEATS, c::PLACED, c::PRICED];
    // The lines of a few occupations can be told apart.
    let drawn = LINES * outlook.demand.first().map_or(0, |line| line.years.len());
    let picture = Picture::Line { group: c::OCCUPATION.code, across: c::YEAR.code, up: c::SEATS.code };
    let years = Table::new("demand_years", w::YEARS, &columns).shown(0, drawn).with(years).drawn(picture);
    let section = Section::new(Topic::Demand, caption);
    #[cfg(feature = "forecast")]
    let section = match ahead::sentence(outlook) {
        Some(sentence) => section.say(sentence),
        None => section,
    };
    section.table(table).table(years)
}

impl Outlook {
    fn document(&self) -> Document {
        let title = match (self.rounds.first(), self.rounds.last()) {
            (Some(first), Some(last)) => {
                let [count, from, to] = [grouped(self.rounds.len()), first.date.to_string(), last.date.to_string()];
                Phrase::fill(w::TITLE, &[("count", &count), ("from", &from), ("to", &to)])
            }
            _ => w::NO_ROUNDS.into(),
        };
        Document { title, standing: w::STANDING.into(), open: false, sections: self.sections(), rest: w::REST }
    }

    /// What it says, in reading order, empty sections too. Every form but JSON is drawn from these alone.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        if self.rounds.is_empty() { Vec::new() } else { vec![rounds(self), signals(self), demand(self)] }
    }

    /// Its tables, empty ones too, in reading order.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        self.document().into_tables()
    }

    /// The outlook in `language`, for a terminal or a text file, in UTF-8; the same bytes for the same outlook.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        self.document().text(language)
    }

    /// The outlook as JSON; the same bytes for the same outlook.
    #[must_use]
    pub fn json(&self) -> String {
        // Serialising plain data to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The words for every code in its CSV files, as [`Report::words_csv`](crate::Report::words_csv).
    #[must_use]
    pub fn words_csv(&self) -> String {
        self.document().words_csv()
    }

    /// Writes a CSV file for each table, named by its code, and `words.csv`, into `folder`, which is made if need be.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write_csv(&self, folder: impl AsRef<Path>) -> std::io::Result<()> {
        self.document().write_csv(folder.as_ref())
    }

    /// The outlook as one HTML page, as [`Report::page`](crate::Report::page).
    #[cfg(feature = "page")]
    #[must_use]
    pub fn page(&self, language: Language) -> String {
        self.document().page(language)
    }
}

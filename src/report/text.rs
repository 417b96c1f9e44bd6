//! The report as text for people.

use std::fmt::{Display, Write as _};

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::summary::{Report, StatusLine};
use super::words::{self as w};
use crate::audit::Check;
use crate::certificate::Condition;
use crate::formulation::Goal;
use crate::insight::{ClassLine, GoalValue, PostLine};
use crate::language::{Language, Words};
use crate::market::Mode;

/// Rows of a list that the text shows; the data has all.
pub(super) const SHOWN: usize = 10;

/// A rule under the header and nothing else.
const RULED: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

pub(super) fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

/// A table whose first `texts` columns are text and the rest numbers.
pub(super) struct Sheet {
    table: Table,
}

impl Sheet {
    pub(super) fn new(language: Language, texts: usize, header: &[Words]) -> Self {
        let mut table = Table::new();
        table.load_style(RULED).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(header.iter().map(|words| words.get(language)));
        for column in table.column_iter_mut().skip(texts) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        Self { table }
    }

    pub(super) fn row(&mut self, cells: &[&dyn Display]) {
        self.table.add_row(cells.iter().map(ToString::to_string));
    }

    pub(super) fn write(self, text: &mut String) {
        for line in self.table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
}

/// An amount without superfluous digits.
pub(super) fn number(amount: f64) -> String {
    let text = format!("{amount:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(super) fn amounts(values: &[GoalValue], language: Language) -> String {
    let say = |value: &GoalValue| {
        let words = match value.goal {
            Goal::Placed => w::PERSON_UNIT,
            Goal::InConsortium => w::INSIDE_UNIT,
            Goal::Score => w::POINTS_UNIT,
        };
        words.fill(language, &[("amount", &number(value.amount))])
    };
    let said: Vec<String> = values.iter().filter(|value| value.amount != 0.0).map(say).collect();
    if said.is_empty() { w::NOTHING.get(language).to_owned() } else { language.list(&said) }
}

impl Report {
    /// The report in `language`, for a terminal or a text file, in UTF-8; the same bytes for the same report.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        self.head(&mut text, language);
        self.key_figures(&mut text, language);
        self.tracks(&mut text, language);
        self.decided(&mut text, language);
        self.left_out(&mut text, language);
        self.classes(&mut text, language);
        self.limits(&mut text, language);
        self.compliance(&mut text, language);
        self.promises(&mut text, language);
        self.incentives(&mut text, language);
        self.contested(&mut text, language);
        self.vacant(&mut text, language);
        self.members(&mut text, language);
        self.fairness(&mut text, language);
        self.screening(&mut text, language);
        self.proof(&mut text, language);
        text
    }

    fn head(&self, text: &mut String, language: Language) {
        let title = w::TITLE.fill(language, &[("round", &self.round), ("date", &self.date)]);
        let status = match &self.status {
            StatusLine::Optimal => w::OPTIMAL.get(language).to_owned(),
            StatusLine::Feasible { gap_in_goals, .. } => {
                w::FEASIBLE.fill(language, &[("gap", &amounts(gap_in_goals, language))])
            }
        };
        let _ = writeln!(text, "{title}\n{status}");
        heading(text, w::OVERVIEW.get(language));
        let mut sheet = Sheet::new(language, 1, &[w::GOAL, w::REACHED]);
        for goal in &self.goals {
            sheet.row(&[&goal.goal.label(language), &number(goal.amount)]);
        }
        sheet.write(text);
        text.push('\n');
        let mut sheet = Sheet::new(language, 1, &[w::GROUP, w::PEOPLE, w::PLACED, w::SHARE]);
        for line in &self.people {
            let label = line.flag.map_or(w::EVERYBODY.get(language), |flag| flag.label(language));
            sheet.row(&[&label, &line.people, &line.placed, &share(line.placed, line.people)]);
        }
        sheet.write(text);
        let wishes = [
            ("people", self.wishes.people.to_string()),
            ("first", self.wishes.first.to_string()),
            ("any", self.wishes.any.to_string()),
        ];
        let wishes: Vec<(&str, &str)> = wishes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let _ = writeln!(text, "\n{}", w::WISHES.fill(language, &wishes));
    }

    fn tracks(&self, text: &mut String, language: Language) {
        heading(text, w::TRACKS.get(language));
        let header = [w::TRACK, w::POSTS, w::TAKEN, w::SEATS, w::APPLICANTS, w::FILLED, w::SHARE];
        let mut sheet = Sheet::new(language, 1, &header);
        for line in self.tracks.iter().filter(|line| line.posts > 0) {
            let filled = share(line.placed, line.seats);
            let label = line.kind.label(language);
            sheet.row(&[&label, &line.posts, &line.posts_taken, &line.seats, &line.applicants, &line.placed, &filled]);
        }
        sheet.write(text);
    }

    fn decided(&self, text: &mut String, language: Language) {
        let Some(decided) = &self.decided else { return };
        heading(text, w::DECIDED.get(language));
        let mut sheet = Sheet::new(language, 1, &[w::EARLIER, w::PEOPLE]);
        let rows = [
            (w::STANDING, decided.standing),
            (w::DEPARTED, decided.left),
            (w::STAYED, decided.stayed),
            (w::MOVED, decided.moved),
            (w::DISPLACED, decided.displaced),
            (w::NEW, decided.new),
        ];
        for (what, people) in rows {
            sheet.row(&[&what.get(language), &people]);
        }
        sheet.write(text);
    }

    fn left_out(&self, text: &mut String, language: Language) {
        if self.unplaced.people == 0 {
            return;
        }
        heading(text, &w::UNPLACED.fill(language, &[("people", &self.unplaced.people.to_string())]));
        let mut sheet = Sheet::new(language, 1, &[w::CAUSE, w::PEOPLE]);
        sheet.row(&[&w::OUTBID.get(language), &self.unplaced.outbid]);
        let rare = [
            (w::NO_GAIN, self.unplaced.no_gain),
            (w::LIMITED, self.unplaced.limited),
            (w::STOPPED, self.unplaced.stopped),
            (w::NO_POSTS, self.unplaced.no_posts),
        ];
        for (cause, people) in rare.iter().filter(|(_, people)| *people > 0) {
            sheet.row(&[&cause.get(language), people]);
        }
        for (rule, people) in &self.unplaced.by_rule {
            let rule = format!("{} {}", rule.code(), rule.label(language));
            sheet.row(&[&w::NO_POST.fill(language, &[("rule", &rule)]), people]);
        }
        sheet.write(text);
    }

    fn classes(&self, text: &mut String, language: Language) {
        let mut cancelled: Vec<&ClassLine> = self.classes.iter().filter(|class| class.placed == 0).collect();
        if self.classes.is_empty() {
            return;
        }
        let (all, opened) = (self.classes.len(), self.classes.len() - cancelled.len());
        heading(text, &w::CLASSES.fill(language, &[("all", &all.to_string()), ("opened", &opened.to_string())]));
        if cancelled.is_empty() {
            return;
        }
        // Those that came nearest to opening first.
        cancelled.sort_by(|a, b| (a.missing, &a.id).cmp(&(b.missing, &b.id)));
        let mut sheet = Sheet::new(language, 3, &[w::CLASS, w::OWNER, w::CAUSE, w::LEAST, w::APPLICANTS, w::MISSING]);
        for class in cancelled.iter().take(SHOWN) {
            let cause = class.state.label(language);
            sheet.row(&[&class.name, &class.owner, &cause, &class.least, &class.applicants, &class.missing]);
        }
        sheet.write(text);
        more(text, cancelled.len(), language);
    }

    fn limits(&self, text: &mut String, language: Language) {
        if self.limits.is_empty() {
            return;
        }
        heading(text, w::LIMITS.get(language));
        let header = [w::LIMIT, w::SOURCE, w::GROUPS, w::PRESSING, w::AT_LIMIT, w::CLOSED, w::EXCEEDED, w::BEYOND];
        let mut sheet = Sheet::new(language, 2, &header);
        for rule in &self.limits {
            let name = match (rule.name.is_empty(), rule.id.as_str()) {
                (false, _) => rule.name.as_str(),
                (true, "mentors") => w::MENTORS.get(language),
                (true, bond) => bond,
            };
            let source = rule.source.as_deref().unwrap_or("–");
            let (exceeded, beyond) = (&rule.exceeded, &rule.beyond);
            sheet.row(&[&name, &source, &rule.limits, &rule.pressing, &rule.at_limit, &rule.closed, exceeded, beyond]);
        }
        sheet.write(text);
    }

    fn contested(&self, text: &mut String, language: Language) {
        let mut posts: Vec<&PostLine> = self.posts.iter().filter(|post| post.price_units > 0).collect();
        if posts.is_empty() {
            return;
        }
        posts.sort_by(|a, b| b.price_units.cmp(&a.price_units).then_with(|| a.id.cmp(&b.id)));
        heading(text, w::CONTESTED.get(language));
        let searched = self.certificate.iter().any(|line| line.kind == Condition::Cases && line.state == "holds");
        let note = match self.status {
            StatusLine::Optimal if searched => w::CONTESTED_NOTE_DECIDED,
            StatusLine::Optimal => w::CONTESTED_NOTE,
            StatusLine::Feasible { .. } => w::CONTESTED_NOTE_STOPPED,
        };
        let _ = writeln!(text, "{}", note.get(language));
        let mut sheet = Sheet::new(language, 3, &[w::POST, w::OWNER, w::PRICE, w::SEATS, w::APPLICANTS]);
        for post in posts.iter().take(SHOWN) {
            sheet.row(&[&post.name, &post.owner, &amounts(&post.price, language), &post.seats, &post.applicants]);
        }
        sheet.write(text);
        more(text, posts.len(), language);
    }

    fn vacant(&self, text: &mut String, language: Language) {
        let left = |post: &PostLine| post.seats - post.placed;
        let mut posts: Vec<(&PostLine, &str)> =
            self.posts.iter().filter_map(|post| Some((post, post.vacancy?.label(language)))).collect();
        if posts.is_empty() {
            return;
        }
        posts.sort_by(|(a, _), (b, _)| left(b).cmp(&left(a)).then_with(|| a.id.cmp(&b.id)));
        heading(text, w::VACANT.get(language));
        let mut sheet = Sheet::new(language, 3, &[w::POST, w::OWNER, w::CAUSE, w::SEATS, w::LEFT, w::APPLICANTS]);
        for (post, cause) in posts.iter().take(SHOWN) {
            sheet.row(&[&post.name, &post.owner, cause, &post.seats, &left(post), &post.applicants]);
        }
        sheet.write(text);
        more(text, posts.len(), language);
    }

    fn members(&self, text: &mut String, language: Language) {
        heading(text, w::SCHOOLS.get(language));
        let mut sheet = Sheet::new(language, 1, &[w::SCHOOL, w::PEOPLE, w::WITH_CHOICE, w::PLACED, w::SHARE]);
        for line in &self.schools {
            sheet.row(&[&line.name, &line.people, &line.with_choice, &line.placed, &share(line.placed, line.people)]);
        }
        sheet.write(text);
        let mut enterprises: Vec<_> = self.enterprises.iter().filter(|line| line.filled < line.seats).collect();
        if enterprises.is_empty() {
            return;
        }
        enterprises.sort_by(|a, b| (b.seats - b.filled).cmp(&(a.seats - a.filled)).then_with(|| a.id.cmp(&b.id)));
        heading(text, w::ENTERPRISES.get(language));
        let mut sheet = Sheet::new(language, 2, &[w::ENTERPRISE, w::SECTOR, w::SEATS, w::FILLED, w::LEFT]);
        for line in enterprises.iter().take(SHOWN) {
            let sector = line.sector.as_deref().unwrap_or("–");
            sheet.row(&[&line.name, &sector, &line.seats, &line.filled, &(line.seats - line.filled)]);
        }
        sheet.write(text);
        more(text, enterprises.len(), language);
    }

    fn screening(&self, text: &mut String, language: Language) {
        heading(text, &w::RULES.fill(language, &[("pairs", &self.pairs.to_string())]));
        let mut sheet = Sheet::new(language, 3, &[w::RULE, w::SOURCE, w::MODE, w::CUT]);
        for line in &self.rules {
            let mode = mode(line.mode, language);
            let rule = format!("{} {}", line.code, line.rule.label(language));
            sheet.row(&[&rule, &line.rule.source(language), &mode, &line.pairs]);
        }
        sheet.write(text);
    }

    fn proof(&self, text: &mut String, language: Language) {
        heading(text, w::PROOF.get(language));
        let values = [("value", self.value.as_str()), ("bound", &self.bound)];
        let _ = writeln!(text, "{}", w::CERTIFICATE.fill(language, &values));
        let mut sheet = Sheet::new(language, 3, &[w::CONDITION, w::MEANING, w::STATE]);
        for line in self.certificate.iter().filter(|line| line.state == "holds") {
            sheet.row(&[&line.condition, &w::meaning(line.kind).get(language), &w::HOLDS.get(language)]);
        }
        sheet.write(text);
        let rules =
            self.audit.iter().filter(|line| line.state == "holds" && matches!(line.check, Check::Rule(_))).count();
        let _ = writeln!(text, "{}", w::AUDIT.fill(language, &[("count", &rules.to_string())]));
        let _ = writeln!(text, "{}", w::REPEAT.get(language));
        let short = |digest: &str| digest.get(..16).unwrap_or(digest).to_owned();
        let (whole, market, config) =
            (short(&self.digest.whole), short(&self.digest.market), short(&self.digest.config));
        let seed = self.digest.seed.to_string();
        let values = [("whole", whole.as_str()), ("market", &market), ("config", &config), ("seed", &seed)];
        let _ = writeln!(text, "{}", w::DIGEST.fill(language, &values));
    }
}

pub(super) fn mode(mode: Mode, language: Language) -> String {
    match mode {
        Mode::Strict => w::STRICT.get(language).to_owned(),
        Mode::Soft(points) => w::SOFT.fill(language, &[("points", &points.to_string())]),
        Mode::Off => w::OFF.get(language).to_owned(),
    }
}

pub(super) fn heading(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n{title}");
}

pub(super) fn more(text: &mut String, rows: usize, language: Language) {
    if rows > SHOWN {
        let _ = writeln!(text, "{}", w::MORE.fill(language, &[("count", &(rows - SHOWN).to_string())]));
    }
}

//! The sections of a report, in reading order.

use super::sections;
use super::summary::Report;
use super::table::Table;
use crate::language::{Phrase, vocabulary};

vocabulary! {
    /// What a section is about, in reading order.
    Topic {
        /// The round, its goals, and how good the result is known to be.
        Overview = "overview", "Overview", "总览";
        /// The key figures of the consortium, with their targets.
        KeyFigures = "key_figures", "Key figures", "关键指标";
        /// The tracks.
        Tracks = "tracks", "Tracks", "各类培养岗位";
        /// What became of earlier rounds.
        Decided = "decided", "After earlier rounds", "与前轮衔接";
        /// Who went where.
        Flows = "flows", "From programmes to sectors", "从专业到产业";
        /// The map.
        Places = "places", "Where the seats are", "席位分布";
        /// People not placed, by cause.
        Unplaced = "unplaced", "Not placed", "未安置";
        /// Seats left and people left, with causes.
        Shortages = "shortages", "Shortages and surpluses", "短缺与富余";
        /// Classes that open or not.
        Classes = "classes", "Classes", "开班情况";
        /// Quotas, mentors and bonds.
        Limits = "limits", "Quotas, mentors and bonds", "名额组、导师和人员关系";
        /// The compliance sheet.
        Compliance = "compliance", "Compliance", "合规情况";
        /// The promises to hire.
        Promises = "promises", "Promises", "录用承诺";
        /// The investment incentive.
        Incentives = "incentives", "Incentives", "投资抵免";
        /// Contested posts and what one more seat would add.
        Prices = "prices", "Contested posts", "竞争激烈的岗位";
        /// Posts with seats left.
        Vacant = "vacant", "Posts with seats left", "有空席的岗位";
        /// Placements that were decided among equals.
        Equals = "equals", "Decided among equals", "同等方案的取舍";
        /// Why somebody is placed somewhere, and why not.
        Answers = "answers", "Why, and why not", "为何如此安排";
        /// Rounds with something changed.
        WhatIf = "what_if", "What if", "假设方案";
        /// The schools.
        Schools = "schools", "Schools", "学校";
        /// The enterprises.
        Enterprises = "enterprises", "Enterprises", "企业";
        /// Rates and envy.
        Fairness = "fairness", "Fairness", "公平";
        /// What each rule cut.
        Screening = "screening", "Rules", "规则";
        /// Certificate and audit.
        Proof = "proof", "Proof", "证明";
        /// Of an outlook: the rounds it rests on.
        Rounds = "rounds", "Rounds", "各轮次";
        /// Of an outlook: what to do with each programme.
        Signals = "signals", "Programmes", "专业调整";
        /// Of an outlook: seats by occupation, and a year ahead.
        Demand = "demand", "Demand by occupation", "职业需求";
    }
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// A sentence.
    Sentence(Phrase),
    /// A table.
    Table(Table),
}

/// A section: a heading, sentences and tables.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Section {
    /// What it is about.
    pub topic: Topic,
    /// Its heading.
    pub heading: Phrase,
    /// What it says, in order.
    pub parts: Vec<Part>,
}

impl Section {
    pub(super) fn new(topic: Topic, heading: impl Into<Phrase>) -> Self {
        Self { topic, heading: heading.into(), parts: Vec::new() }
    }

    pub(super) fn say(mut self, sentence: impl Into<Phrase>) -> Self {
        self.parts.push(Part::Sentence(sentence.into()));
        self
    }

    pub(super) fn table(mut self, table: Table) -> Self {
        self.parts.push(Part::Table(table));
        self
    }

    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            Part::Sentence(_) => None,
        })
    }

    /// Whether it says nothing: no sentence, and no table with a row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Table(table) if table.rows.is_empty()))
    }
}

impl Report {
    /// Every section of the report, empty ones too, in reading order. What text, CSV and page show is drawn from these alone.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        sections::ALL.iter().map(|section| section(self)).collect()
    }

    /// Every table of the report, empty ones too, in reading order.
    ///
    /// ```
    /// # fn people_placed(report: &talent_match::Report) -> Option<String> {
    /// let tables = report.tables();
    /// let goals = tables.iter().find(|table| table.code == "goals")?;
    /// let reached = goals.column("reached")?;
    /// Some(goals.rows.first()?[reached].file())
    /// # }
    /// ```
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        self.document().into_tables()
    }
}

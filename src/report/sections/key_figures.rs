//! The key figures that have a target, or of which something was reached.

use super::columns as c;
use super::key_figure_words as w;
use super::measures::{bound, counted};
use super::section::{Section, Topic};
use super::table::{Cell, Table};
use super::words::RULE_NAMED;
use crate::insight::KeyFigure;
use crate::language::Phrase;
use crate::market::Bound;
use crate::report::Report;

pub(in crate::report) fn section(report: &Report) -> Section {
    let told = |figure: &&KeyFigure| figure.target.is_some() || figure.reached.amount() > 0;
    let rows = report.key_figures.iter().filter(told).map(|figure| {
        let name = Phrase::each(|language| {
            RULE_NAMED.fill(language, &[("code", figure.code), ("rule", figure.indicator.label(language))])
        });
        vec![
            Cell::term(figure.code, name),
            counted(figure.reached),
            figure.target.map_or(Cell::Nothing, |target| bound(Bound::Least(target))),
            figure
                .met
                .map_or(Cell::Nothing, |met| if met { Cell::term("yes", w::YES) } else { Cell::term("no", w::NO) }),
            Cell::name(figure.source.as_deref().unwrap_or_default()),
        ]
    });
    let columns = [c::FIGURE, c::ATTAINED, c::TARGET, c::MET, c::SOURCE];
    let table = Table::new("key_figures", w::KEY_FIGURES, &columns).with(rows);
    Section::new(Topic::KeyFigures, w::KEY_FIGURES).table(table)
}

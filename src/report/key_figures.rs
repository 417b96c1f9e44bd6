//! The key figures, as text.

use super::compliance::{limit, measure};
use super::key_figure_words as w;
use super::summary::Report;
use super::text::{Sheet, heading};
use super::words::{REACHED, SOURCE};
use crate::insight::KeyFigure;
use crate::language::Language;
use crate::market::Bound;

impl Report {
    /// The key figures that have a target, or of which something was reached.
    pub(super) fn key_figures(&self, text: &mut String, language: Language) {
        let told = |figure: &&KeyFigure| figure.target.is_some() || figure.reached.amount() > 0;
        let mut figures = self.key_figures.iter().filter(told).peekable();
        if figures.peek().is_none() {
            return;
        }
        heading(text, w::KEY_FIGURES.get(language));
        let mut sheet = Sheet::new(language, 5, &[w::FIGURE, REACHED, w::TARGET, w::MET, SOURCE]);
        for figure in figures {
            let name = format!("{} {}", figure.code, figure.indicator.label(language));
            let target = figure.target.map(|target| limit(Bound::Least(target), language));
            let met = figure.met.map(|met| if met { w::YES } else { w::NO }.get(language));
            let (target, source) = (target.as_deref().unwrap_or("–"), figure.source.as_deref().unwrap_or("–"));
            sheet.row(&[&name, &measure(figure.reached, language), &target, &met.unwrap_or("–"), &source]);
        }
        sheet.write(text);
    }
}

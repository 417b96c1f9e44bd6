//! The investment incentive, as text.

use super::pledge_words as w;
use super::summary::Report;
use super::text::{SHOWN, Sheet, heading, more};
use super::words::ENTERPRISE;
use crate::insight::IncentiveLine;
use crate::language::Language;

/// Fen as yuan.
fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

impl Report {
    /// The incentive of each enterprise and year: the latest years first, then those who set off most.
    pub(super) fn incentives(&self, text: &mut String, language: Language) {
        if self.incentives.is_empty() {
            return;
        }
        heading(text, w::INCENTIVES.get(language));
        let header = [
            ENTERPRISE,
            w::YEAR,
            w::INVESTED,
            w::BROUGHT,
            w::CREDIT,
            w::LAPSED,
            w::SURCHARGE,
            w::OFFSET,
            w::REPAID,
            w::CARRIED,
        ];
        let mut lines: Vec<&IncentiveLine> = self.incentives.iter().collect();
        let latest = |a: &IncentiveLine, b: &IncentiveLine| b.year.cmp(&a.year).then(b.offset.cmp(&a.offset));
        lines.sort_by(|a, b| latest(a, b).then_with(|| a.enterprise.cmp(&b.enterprise)));
        let mut sheet = Sheet::new(language, 1, &header);
        for line in lines.iter().take(SHOWN) {
            let amounts = [line.invested, line.brought, line.credit, line.lapsed, line.surcharge, line.offset];
            let [invested, brought, credit, lapsed, surcharge, offset] = amounts.map(yuan);
            let (repaid, carried) = (yuan(line.repaid), yuan(line.carried));
            sheet.row(&[
                &line.name, &line.year, &invested, &brought, &credit, &lapsed, &surcharge, &offset, &repaid, &carried,
            ]);
        }
        sheet.write(text);
        more(text, lines.len(), language);
    }
}

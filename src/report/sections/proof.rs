//! The certificate condition by condition, the audit check by check, and what the result belongs to.

use super::columns as c;
use super::section::{Section, Topic};
use super::table::{Cell, Table, grouped};
use super::words as w;
use crate::audit::Check;
use crate::language::Phrase;
use crate::report::{AuditLine, ConditionLine, Report};

pub(in crate::report) fn section(report: &Report) -> Section {
    let holds = |line: &&ConditionLine| line.state == "holds";
    let condition = |line: &ConditionLine| {
        vec![
            Cell::name(line.condition),
            Cell::term(line.condition, w::meaning(line.kind)),
            Cell::term(line.state, w::HOLDS),
        ]
    };
    let columns = [c::CONDITION, c::MEANING, c::STATE];
    let conditions = Table::new("certificate", w::CONDITIONS, &columns);
    let check = |line: &AuditLine| {
        let state = match line.state {
            "soft" => w::SOFT_RULE,
            "off" => w::OFF,
            _ => w::HOLDS,
        };
        let meaning = Phrase::each(|language| line.check.label(language));
        vec![Cell::name(line.code), Cell::term(line.code, meaning), Cell::term(line.state, state)]
    };
    let checks = Table::new("audit", w::CHECKS, &[c::CHECK, c::MEANING, c::STATE]).shown(0, usize::MAX).folded();
    let rules =
        report.audit.iter().filter(|line| line.state == "holds" && matches!(line.check, Check::Rule(_))).count();
    let short = |digest: &str| digest.get(..16).unwrap_or(digest).to_owned();
    let digests = [&report.digest.whole, &report.digest.market, &report.digest.config].map(|digest| short(digest));
    let seed = report.digest.seed.to_string();
    let [whole, market, config] = &digests;
    let digest = [("whole", whole.as_str()), ("market", market), ("config", config), ("seed", &seed)];
    Section::new(Topic::Proof, w::PROOF)
        .say(Phrase::fill(w::CERTIFICATE, &[("value", &report.value), ("bound", &report.bound)]))
        .table(conditions.with(report.certificate.iter().filter(holds).map(condition)))
        .say(Phrase::fill(w::AUDIT, &[("count", &grouped(rules))]))
        .table(checks.with(report.audit.iter().map(check)))
        .say(w::REPEAT)
        .say(Phrase::fill(w::DIGEST, &digest))
}

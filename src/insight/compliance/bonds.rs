//! Bonds: people who are placed whole, together or apart. The audit has recounted that they are.

use super::ComplianceLine;
use super::tally::Tally;
use crate::audit::Check;
use crate::language::Phrase;
use crate::market::{Bond, BondIx, BondKind, Market, Mode, Unit};

const fn check(bond: &Bond) -> Check {
    match bond.kind {
        BondKind::Whole => Check::Whole,
        BondKind::Together => Check::Together,
        BondKind::Apart => Check::Apart,
    }
}

/// The people each bond binds: those who have not left.
pub(super) fn bonds(market: &Market) -> Vec<(Check, Tally)> {
    let tally = |ix: BondIx| {
        let people = market.bound_by(ix).iter().map(|unit| u64::from(market.present(*unit)));
        (check(&market.bonds()[ix.index()]), Tally { looked: people.sum(), ..Tally::of(Unit::People) })
    };
    BondIx::all(market.bonds().len()).map(tally).collect()
}

/// Those of one kind.
pub(super) fn of_check(check: Check, bonds: &[(Check, Tally)]) -> Tally {
    Tally::sum(Unit::People, bonds.iter().filter(|(kind, _)| *kind == check).map(|(_, tally)| tally))
}

/// A line for each bond.
pub(super) fn lines(market: &Market, bonds: Vec<(Check, Tally)>) -> impl Iterator<Item = ComplianceLine> {
    market.bonds().iter().zip(bonds).map(|(bond, (_, tally))| {
        let name = Phrase::each(|language| bond.kind.label(language));
        let (id, source) = (bond.id.clone(), bond.source.as_deref().map(Phrase::name));
        ComplianceLine { id, source, ..ComplianceLine::new("L03", name, Mode::Strict, tally) }
    })
}

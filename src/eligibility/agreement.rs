//! R06: school and enterprise have agreed on it.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{AgreementIx, Home, Market, Party, PostIx, PostKind, ProgrammeCode, Rule};

pub(super) struct Agreement;

/// The agreements `school` has with the owner of `post` or one of its sponsors.
pub(crate) fn agreements(market: &Market, school: Party, post: PostIx) -> impl Iterator<Item = AgreementIx> + '_ {
    let partners = move |party: &Party| *party == market.owner_of(post) || market.sponsors_of(post).contains(party);
    let signed = market.agreements_of(school).iter().copied();
    signed
        .filter(move |agreement| market.parties_of(*agreement).iter().any(|party| *party != school && partners(party)))
}

/// Whether `agreement` covers `programme`: by code, class or category, or because it names none.
pub(crate) fn covers(market: &Market, agreement: AgreementIx, programme: ProgrammeCode) -> bool {
    let programmes = &market.agreements()[agreement.index()].programmes;
    let same = |wanted: &crate::market::ProgrammePattern| {
        wanted.distance(programme) == crate::market::ProgrammeDistance::SameCode
    };
    programmes.is_empty() || programmes.iter().any(same)
}

impl PairRule for Agreement {
    fn rule(&self) -> Rule {
        Rule::Agreement
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        let kind = pair.offer().kind;
        matches!(pair.home(), Home::Programme(_)) && matches!(kind, PostKind::Apprenticeship | PostKind::FieldEngineer)
    }

    /// Apprenticeships and field-engineer seats need an agreement that covers the programme.
    fn permits(&self, pair: &Pair<'_>) -> bool {
        let Home::Programme(programme) = pair.home() else { return true };
        let code = pair.market.programme(programme).code;
        !self.concerns(pair)
            || agreements(pair.market, pair.party(), pair.post).any(|agreement| covers(pair.market, agreement, code))
    }

    fn evidence(&self, pair: &Pair<'_>, _: Language) -> Evidence {
        Evidence::new(pair.market.name_of(pair.market.owner_of(pair.post)), pair.market.name_of(pair.party()))
    }

    fn words(&self) -> Words {
        Words::new(
            "{found} has no agreement with {needed} that covers the programme",
            "{found}与{needed}之间没有涵盖该专业的协议",
        )
    }
}

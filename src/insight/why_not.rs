//! Why somebody is not placed where they would like to be.

use serde::Serialize;

use super::around::{Basis, Insight, Worth};
use super::certainty::Decider;
use super::chain::Chain;
use super::post_name::PostName;
use super::remedy::remedy;
use crate::eligibility::first_cut;
use crate::formulation::Goal;
use crate::index::PairId;
use crate::language::{Phrase, vocabulary};
use crate::market::{PostIx, Rule, SupplyIx};

vocabulary! {
    /// Why a unit is not at a post.
    Verdict {
        /// It is there.
        Placed = "placed", "is placed there", "已安排在该岗位";
        /// All of it who are still there have a placement elsewhere that stands.
        Standing = "standing", "has a placement elsewhere that stands", "已有保持不变的安置";
        /// All of it have left.
        Left = "left", "has left", "已离开";
        /// A rule does not allow it.
        Cut = "cut", "is not acceptable there", "不符合该岗位条件";
        /// It is acceptable, but the goals would lose by it.
        Worse = "worse", "is acceptable there, but the round as a whole would lose by it", "符合条件，但会使本轮整体受损";
        /// It would be as good; the order of computation decided, which is the same in every run.
        Tied = "tied", "would be as good there; the order of computation decided, the same in every run", "安排在该岗位同样好，由计算顺序决定（每次运行相同）";
        /// It would be as good; the lottery decided, as the canonical answer has it.
        Drawn = "drawn", "would be as good there; the lottery decided", "安排在该岗位同样好，由抽签决定";
        /// It is acceptable, but the limits of the market leave no placement with it.
        Impossible = "impossible", "is acceptable there, but no placement with it keeps every limit", "符合条件，但任何如此安排都会违反限额";
        /// A limit that crosses others decides it, so that nothing is known of changes.
        Decided = "decided", "is acceptable there, but a limit that crosses others decides it", "符合条件，但由交叉限额决定";
        /// The result is not proven best, so that nothing is known of changes.
        Unproven = "unproven", "is acceptable there; the result is not proven best, so no more is known", "符合条件；结果尚未证明最优，无法进一步说明";
    }
}

/// The rule that does not allow a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// The rule's stable code.
    pub code: &'static str,
    /// The rule; the first in the order of checking.
    pub rule: Rule,
    /// Where it comes from.
    pub source: Phrase,
    /// What it asks and what it found.
    pub reason: Phrase,
    /// What would change it. Rules after it may have something to say then.
    pub remedy: Phrase,
}

/// What placing one member would take.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forced {
    /// By how much the best result with one member there is worth less: exactly.
    pub loss: Worth,
    /// How much of that is because the pair is worth less than the unit's rent and the price of the seat.
    pub reduced_cost: Worth,
    /// How many more points of this pair would turn the answer; none where points are no goal.
    pub points: Option<f64>,
    /// The exchange that would be set off.
    pub chain: Chain,
}

/// Why a unit is not at a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyNot {
    /// What the numbers rest on.
    pub basis: Basis,
    /// Id of the unit.
    pub unit: String,
    /// The post.
    pub post: PostName,
    /// In a word.
    pub verdict: Verdict,
    /// The rule, if it is not acceptable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// What it would take, if it is acceptable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<Forced>,
    /// How many more seats it would take, if that was asked, and no crossing limit decides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<Seats>,
}

/// How many more seats at the post turn the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Seats {
    /// From how many on some best result has somebody of the unit there; none if as many as were tried are not enough.
    pub needed: Option<u32>,
    /// How many were tried at most.
    pub tried: u32,
}

impl WhyNot {
    /// The same without other people's data.
    #[must_use]
    pub fn redacted(&self) -> Self {
        let forced = self.forced.as_ref().map(|forced| Forced { chain: forced.chain.redacted(), ..forced.clone() });
        Self { forced, ..self.clone() }
    }
}

impl Insight<'_> {
    /// Why nobody (more) of `unit` is at `post`, and how many more seats would turn that if at most `most_seats` are tried
    /// (0: not asked).
    ///
    /// Cost: a look at each rule, and a search for the exchange; two searches more for each seat tried.
    #[must_use]
    pub fn why_not(&self, unit: SupplyIx, post: PostIx, most_seats: u32) -> WhyNot {
        let market = self.result.docking().market();
        let cut = self.cut(unit, post);
        let forced = self.pair(unit, post).and_then(|pair| self.forced(pair));
        let verdict = match (&cut, &forced, &self.sensitivity, self.pair(unit, post)) {
            _ if self.placed(unit, post) > 0 || market.frozen_of(unit, post) > 0 => Verdict::Placed,
            _ if market.open_headcount(unit) == 0 && !market.frozen(unit).is_empty() => Verdict::Standing,
            _ if market.present(unit) == 0 && market.unit(unit).headcount > 0 => Verdict::Left,
            (Some(_), ..) | (.., None) => Verdict::Cut,
            (_, _, None, _) => Verdict::Unproven,
            (_, None, Some(known), Some(pair)) if known.is_decided(pair) => Verdict::Decided,
            (_, None, ..) => Verdict::Impossible,
            (_, Some(forced), ..) if forced.loss.units == 0 => match self.decider() {
                Decider::Order => Verdict::Tied,
                Decider::Lottery => Verdict::Drawn,
            },
            (_, Some(_), ..) => Verdict::Worse,
        };
        let asked = most_seats > 0 && matches!(verdict, Verdict::Worse | Verdict::Impossible);
        let seats = asked.then(|| self.turn(unit, post, most_seats)).flatten();
        let unit = market.unit(unit).id.clone();
        WhyNot { basis: self.basis(), unit, post: self.post_name(post), verdict, cut, forced, seats }
    }

    /// How many more seats it takes until some best result has somebody of `unit` at `post`; none if `most`, or as many as
    /// [`gains`](Self::gains) would tell of, are not enough, the pair is not acceptable, or the result is not proven best.
    ///
    /// Cost: two searches for each seat.
    #[must_use]
    pub fn seats_until(&self, unit: SupplyIx, post: PostIx, most: u32) -> Option<u32> {
        self.turn(unit, post, most)?.needed
    }

    fn turn(&self, unit: SupplyIx, post: PostIx, most: u32) -> Option<Seats> {
        let (known, tried) = self.more_seats(post, most)?;
        let pair = self.pair(unit, post).filter(|pair| !known.is_decided(*pair))?;
        Some(Seats { needed: known.seats_until(pair, tried), tried })
    }

    fn cut(&self, unit: SupplyIx, post: PostIx) -> Option<Cut> {
        let docking = self.result.docking();
        let (market, book) = (docking.market(), &docking.config().rules);
        let reason = |language| first_cut(market, book, unit, post, language);
        let rule = reason(crate::language::Language::English)?.rule;
        Some(Cut {
            code: rule.code(),
            rule,
            source: Phrase::each(|language| rule.source(language)),
            reason: Phrase::each(|language| reason(language).map(|reason| reason.sentence).unwrap_or_default()),
            remedy: Phrase::each(|language| remedy(rule).get(language)),
        })
    }

    fn forced(&self, pair: PairId) -> Option<Forced> {
        let known = self.sensitivity.as_ref()?;
        let exchange = known.one_more(pair)?;
        let docking = self.result.docking();
        let (scale, steps) = (docking.formulation().scale(Goal::Score), docking.config().objective.steps);
        // One step beyond a tie.
        let points = (scale > 0).then(|| (i128::from(exchange.loss) / scale.max(1) + 1) as f64 / f64::from(steps));
        Some(Forced {
            loss: self.worth(exchange.loss),
            reduced_cost: self.worth(known.reduced_cost(pair)),
            points,
            chain: self.chain(&exchange),
        })
    }
}

//! The most contested post of a round, in its report.

use std::cmp::Reverse;

use serde_json::json;
use talent_match::eligibility::first_cut;
use talent_match::insight::{Insight, PriceLine, Verdict, Why, WhyNot};
use talent_match::market::{PostIx, SupplyIx};
use talent_match::what_if::{Sweep, sweep};
use talent_match::{Control, Error, Language, Report, Verified};

/// How many people are asked about, each way.
const PEOPLE: usize = 3;

/// More seats that are tried.
const MORE: [i64; 6] = [0, 1, 2, 5, 10, 20];

/// `report` with the post of `result` where one more seat gains most, if it is proven best: why people are there, why others who wished for it are not, without other people's data,
/// and what more seats would do. Cost: a round for each number of seats.
///
/// # Errors
/// Those of a round.
pub(crate) fn with_contested(report: Report, result: &Verified<'_>, control: &Control<'_>) -> Result<Report, Error> {
    let market = result.docking().market();
    let insight = Insight::of(result);
    let prices = insight.prices().map_or_else(Vec::new, |prices| prices.posts);
    let worth = |line: &PriceLine| line.sides.more.as_ref().map_or(0, |more| more.units);
    let posts = PostIx::all(market.posts().len()).zip(prices.iter().map(worth));
    let dear = posts.filter(|(_, worth)| *worth > 0).max_by_key(|(post, worth)| (*worth, Reverse(*post)));
    let Some((post, _)) = dear else { return Ok(report) };
    let here = result.placements().all().iter().filter(|placement| placement.post == post);
    let why: Vec<Why> = here.filter_map(|placement| insight.why(placement.unit, post, PEOPLE)).take(PEOPLE).collect();
    let wished = SupplyIx::all(market.supply().len()).filter(|unit| market.wish_rank(*unit, post).is_some());
    let cut =
        |unit: SupplyIx| first_cut(market, &result.docking().config().rules, unit, post, Language::English).is_some();
    // Somebody whom a rule cut, and others who were outbid.
    let (cut, acceptable): (Vec<SupplyIx>, Vec<SupplyIx>) = wished.partition(|unit| cut(*unit));
    let answers = |units: Vec<SupplyIx>, most: usize| {
        let said = units.into_iter().map(|unit| insight.why_not(unit, post, 0));
        said.filter(|said| said.verdict != Verdict::Placed)
            .map(|said| said.redacted())
            .take(most)
            .collect::<Vec<WhyNot>>()
    };
    let why_not = [answers(acceptable, PEOPLE - 1), answers(cut, 1)].concat();
    let row = market.post(post);
    let more = Sweep {
        changes: serde_json::from_value(json!({
            "name": format!("{} ({}) +1", row.name, row.id),
            "put": {"posts": [{"id": row.id, "seats_max": row.seats_max}]},
        }))
        .unwrap_or_default(),
        at: "/put/posts/0/seats_max".to_owned(),
        values: MORE.map(|more| i64::from(row.seats_max) + more).to_vec(),
    };
    let points = sweep(result, &more, control)?;
    let one_more = points.get(1).and_then(|point| point.comparison.clone());
    let name = format!("{} ({})", row.name, row.id);
    Ok(report.with_answers(why, why_not).with_what_if(one_more.into_iter().collect()).with_curve(&name, points))
}

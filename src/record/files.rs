//! The text of the files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::SCHEMA;
use super::cases::{CasesFile, limit_prices};
use crate::config::Config;
use crate::market::{Home, PostIx, Side, lottery_draw};
use crate::verified::{Status, Verified};

/// `certificate.json`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CertificateFile {
    pub(super) schema: String,
    pub(super) digest: String,
    pub(super) config: Config,
    /// The proven gap in units of the problem's value; 0 for a proven optimum.
    pub(super) gap: String,
    /// The price of every post that has one, in the same units.
    pub(super) prices: BTreeMap<String, i64>,
    /// The price of every quota, and of mentors, that have one, by label.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) limits: BTreeMap<String, i64>,
    /// The tree of cases of a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cases: Option<CasesFile>,
}

impl CertificateFile {
    pub(super) fn of(result: &Verified<'_>) -> Self {
        let docking = result.docking();
        let market = docking.market();
        let gap = match result.status() {
            Status::Optimal => 0,
            Status::Feasible { gap, .. } => gap,
        };
        let posts = PostIx::all(market.posts().len());
        let prices = posts.map(|post| (market.post(post).id.clone(), result.price(post)));
        Self {
            schema: SCHEMA.to_owned(),
            digest: docking.digest().whole.clone(),
            config: docking.config().clone(),
            gap: gap.to_string(),
            prices: prices.filter(|(_, price)| *price != 0).collect(),
            limits: limit_prices(docking, &result.solution().prices),
            cases: result.cases().map(|cases| CasesFile::of(docking, cases)),
        }
    }
}

/// The columns of `placements.csv`; where decisions were taken before the round, one more says how many people stand.
const HEADER: [&str; 12] =
    ["unit", "post", "people", "kind", "from", "programme", "grade", "post_name", "owner", "wish", "points", "draw"];

/// A JSON file of the record.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // Serialising plain data to memory cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// `placements.csv`.
pub(super) fn placements_csv(result: &Verified<'_>) -> String {
    let docking = result.docking();
    let (market, explainer) = (docking.market(), docking.explainer());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |row: &[String]| writer.write_record(row).ok();
    let decided = !market.decisions().is_empty();
    let mut header = HEADER.map(str::to_owned).to_vec();
    header.extend(decided.then(|| "standing".to_owned()));
    write(&header);
    for placement in result.placements().all() {
        let (unit, post) = (market.unit(placement.unit), market.post(placement.post));
        let programme = match market.home_of(placement.unit) {
            Home::Programme(programme) => {
                let code = market.programme(programme).code;
                market.catalogue().programme(code).map_or_else(|| code.to_string(), |entry| entry.name.clone())
            }
            Home::Enterprise(_) => String::new(),
        };
        let wish = market.wish_rank(placement.unit, placement.post);
        let standing = market.frozen(placement.unit).iter().find(|standing| standing.post == placement.post);
        let mut row = vec![
            unit.id.clone(),
            post.id.clone(),
            placement.people.to_string(),
            post.kind.word().to_owned(),
            market.name_of(market.party_of(market.home_of(placement.unit))).to_owned(),
            programme,
            unit.grade.map_or_else(String::new, |grade| grade.to_string()),
            post.name.clone(),
            market.name_of(market.owner_of(placement.post)).to_owned(),
            wish.map_or_else(String::new, |rank| (rank + 1).to_string()),
            format!("{:.2}", explainer.explain(placement.unit, placement.post).total),
            format!("{:016x}", lottery_draw(docking.digest().seed, Side::Supply, &unit.id)),
        ];
        row.extend(decided.then(|| standing.map_or(0, |standing| standing.people).to_string()));
        write(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

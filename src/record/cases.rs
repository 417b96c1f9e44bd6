//! The tree of cases of a search, and the prices of limits, in the market's words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::docking::Docking;
use crate::formulation::Standing;
use crate::graph::{Case, Cases, Load, Multipliers, Part, Prices};
use crate::index::{CouplingId, PairId};
use crate::market::PostIx;

/// `cases` of `certificate.json`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CasesFile {
    cases: Vec<CaseFile>,
    multipliers: Vec<MultipliersFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CaseFile {
    /// What it is about; smallest and largest load and case of each part.
    Split(LoadFile, Vec<(i64, i64, u32)>),
    Bounded(u32),
    Empty(u32),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LoadFile {
    Post(String),
    Limit(String),
    Coupling(u32),
    /// Unit and post.
    Pair(String, String),
}

/// Multipliers other than 0.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MultipliersFile {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    posts: BTreeMap<String, i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    limits: BTreeMap<String, i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    couplings: BTreeMap<u32, i64>,
}

/// The limits that are nodes of forests, by label.
fn nodes(docking: &Docking<'_>) -> BTreeMap<String, Standing> {
    let limits = docking.formulation().limits().iter();
    let nodes = limits.filter(|(_, standing)| matches!(standing, Standing::Demand(_) | Standing::Supply(_)));
    nodes.map(|(origin, standing)| (origin.label(docking.market()), *standing)).collect()
}

/// The prices of limits other than 0, by label.
pub(super) fn limit_prices(docking: &Docking<'_>, prices: &Prices) -> BTreeMap<String, i64> {
    let price = |standing: Standing| match standing {
        Standing::Demand(node) => prices.demand().get(node.index()).copied(),
        Standing::Supply(node) => prices.supply().get(node.index()).copied(),
        Standing::Coupling(_) | Standing::Idle => None,
    };
    let prices = nodes(docking).into_iter().map(|(label, standing)| (label, price(standing).unwrap_or(0)));
    prices.filter(|(_, price)| *price != 0).collect()
}

/// Prices by ids of posts and labels of limits; the first word that names nothing otherwise.
pub(super) fn prices_of(
    docking: &Docking<'_>,
    posts: &BTreeMap<String, i64>,
    limits: &BTreeMap<String, i64>,
) -> Result<Prices, String> {
    let (market, formulation) = (docking.market(), docking.formulation());
    let problem = formulation.problem();
    let mut of_posts = vec![0; problem.seats().len()];
    for (id, price) in posts {
        let post = market.find_post(id).ok_or_else(|| id.clone())?;
        of_posts[formulation.post_id(post).index()] = *price;
    }
    let (mut demand, mut supply) = (vec![0; problem.demand_quotas().len()], vec![0; problem.supply_quotas().len()]);
    let nodes = if limits.is_empty() { BTreeMap::new() } else { nodes(docking) };
    for (label, price) in limits {
        match nodes.get(label) {
            Some(Standing::Demand(node)) => demand[node.index()] = *price,
            Some(Standing::Supply(node)) => supply[node.index()] = *price,
            _ => return Err(label.clone()),
        }
    }
    Ok(Prices::new(of_posts).with_quotas(demand, supply))
}

impl CasesFile {
    pub(super) fn of(docking: &Docking<'_>, cases: &Cases) -> Self {
        let (market, formulation) = (docking.market(), docking.formulation());
        let graph = formulation.problem().graph();
        let labels: BTreeMap<Load, String> = nodes(docking)
            .into_iter()
            .filter_map(|(label, standing)| match standing {
                Standing::Demand(node) => Some((Load::Demand(node), label)),
                Standing::Supply(node) => Some((Load::Supply(node), label)),
                Standing::Coupling(_) | Standing::Idle => None,
            })
            .collect();
        let load = |on: &Load| match on {
            Load::Post(post) => LoadFile::Post(market.post(formulation.post(*post)).id.clone()),
            Load::Coupling(coupling) => LoadFile::Coupling(coupling.get()),
            Load::Pair(pair) => LoadFile::Pair(
                market.unit(formulation.supply(graph.unit_of(*pair))).id.clone(),
                market.post(formulation.post(graph.post_of(*pair))).id.clone(),
            ),
            // Every node of a formulation's problem is one of its limits.
            node => LoadFile::Limit(labels.get(node).cloned().unwrap_or_default()),
        };
        let case = |case: &Case| match case {
            Case::Split { on, parts } => {
                CaseFile::Split(load(on), parts.iter().map(|part| (part.min, part.max, part.case)).collect())
            }
            Case::Bounded(multipliers) => CaseFile::Bounded(*multipliers),
            Case::Empty(multipliers) => CaseFile::Empty(*multipliers),
        };
        let multipliers = |multipliers: &Multipliers| {
            let posts = PostIx::all(market.posts().len()).map(|post| {
                let price = multipliers.prices.price(formulation.post_id(post)).unwrap_or(0);
                (market.post(post).id.clone(), price)
            });
            let couplings = (0..).zip(multipliers.couplings.iter().copied());
            MultipliersFile {
                posts: posts.filter(|(_, price)| *price != 0).collect(),
                limits: limit_prices(docking, &multipliers.prices),
                couplings: couplings.filter(|(_, price)| *price != 0).collect(),
            }
        };
        Self {
            cases: cases.cases().iter().map(case).collect(),
            multipliers: cases.multipliers().iter().map(multipliers).collect(),
        }
    }

    /// The tree; the first word that names nothing otherwise.
    pub(super) fn read(&self, docking: &Docking<'_>) -> Result<Cases, String> {
        let (market, formulation) = (docking.market(), docking.formulation());
        let nodes = nodes(docking);
        let load = |on: &LoadFile| match on {
            LoadFile::Post(id) => {
                market.find_post(id).map(|post| Load::Post(formulation.post_id(post))).ok_or_else(|| id.clone())
            }
            LoadFile::Limit(label) => match nodes.get(label) {
                Some(Standing::Demand(node)) => Ok(Load::Demand(*node)),
                Some(Standing::Supply(node)) => Ok(Load::Supply(*node)),
                _ => Err(label.clone()),
            },
            LoadFile::Coupling(number) => Ok(Load::Coupling(CouplingId::new(*number))),
            LoadFile::Pair(unit, post) => {
                let pair: Option<PairId> =
                    market.find_unit(unit).zip(market.find_post(post)).and_then(|(unit, post)| {
                        formulation.problem().graph().find(formulation.unit_id(unit), formulation.post_id(post))
                    });
                pair.map(Load::Pair).ok_or_else(|| format!("{unit}, {post}"))
            }
        };
        let case = |case: &CaseFile| {
            Ok(match case {
                CaseFile::Split(on, parts) => {
                    let parts = parts.iter().map(|&(min, max, case)| Part { min, max, case }).collect();
                    Case::Split { on: load(on)?, parts }
                }
                CaseFile::Bounded(multipliers) => Case::Bounded(*multipliers),
                CaseFile::Empty(multipliers) => Case::Empty(*multipliers),
            })
        };
        let multipliers = |file: &MultipliersFile| {
            let prices = prices_of(docking, &file.posts, &file.limits)?;
            let mut couplings = vec![0; formulation.problem().couplings().len()];
            for (number, price) in &file.couplings {
                *couplings.get_mut(*number as usize).ok_or_else(|| number.to_string())? = *price;
            }
            Ok(Multipliers { prices, couplings })
        };
        let cases = self.cases.iter().map(case).collect::<Result<_, String>>()?;
        Ok(Cases::new(cases, self.multipliers.iter().map(multipliers).collect::<Result<_, String>>()?))
    }
}

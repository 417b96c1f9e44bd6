//! The linear relaxation: everything that flows and couplings say, where people may be parted.
//!
//! A linear program of a network with some rows beside it, solved by the simplex method (`simplex`) over those pairs that may
//! matter; others join as they gain (`columns`). It begins from a flow, or from the basis of a larger case, of which little
//! changes. In floating point: the charges for couplings that come of it tell the flow where its bound is lowest, and what it
//! holds says what to decide next, but it proves nothing itself.

mod basis;
mod columns;
mod factors;
mod frame;
mod simplex;
mod tree;
mod values;

use std::sync::Arc;

use super::view::View;
use crate::control::Stop;
use crate::graph::{Problem, Solution};
use crate::index::PairId;
use crate::solve::meter::Meter;
pub(super) use basis::Basis;
use basis::{first_basis, first_pairs};
use columns::{Columns, PairSet, Wanted};
pub(super) use frame::Frame;
use simplex::{End, Simplex};
use values::Values;

/// What is no more than rounding: in a gain where pairs are worth nothing, and in a number of people.
const NOTHING: f64 = 1e-6;
const WHOLE: f64 = 1e-5;

/// Pairs of one unit that join at a time.
const MORE: usize = 4;

/// What the linear relaxation of a case says.
pub(super) struct Relaxation {
    /// What couplings charge.
    pub(super) charges: Vec<f64>,
    /// The pairs that place people, or parts of people, with how many.
    pub(super) placements: Vec<(PairId, f64)>,
    /// Where the next one may begin.
    pub(super) basis: Arc<Basis>,
}

/// What it comes to.
pub(super) enum Verdict {
    Best(Relaxation),
    /// Nobody can keep everything; charges that prove it, up to rounding.
    Empty(Vec<f64>),
    /// Nothing: rounding stands in the way.
    Lost,
}

/// Solves the linear relaxation of the case of `view`, beginning from the basis of a larger case, or from a flow.
pub(super) fn relax(
    problem: &Problem,
    frame: &Frame,
    view: &View,
    start: Result<&Basis, &Solution>,
    meter: &mut Meter<'_>,
) -> Result<Verdict, Stop> {
    let (mut columns, basis) = match start {
        Ok(basis) => (Columns::of(problem, frame, view, Arc::clone(&basis.values), &basis.pairs), basis.clone()),
        Err(flow) => {
            let held = flow.matching.placements().iter().map(|placement| placement.pair);
            let values = Arc::new(Values::of(problem, frame, PairSet::of(problem, held)));
            let columns = Columns::of(problem, frame, view, Arc::clone(&values), &[]);
            let pairs = first_pairs(problem, frame, &columns, flow, meter)?;
            let columns = Columns::of(problem, frame, view, values, &pairs);
            let basis = first_basis(problem, frame, &columns, flow);
            (columns, basis)
        }
    };
    let mut known = PairSet::of(problem, basis.pairs.iter().copied());
    let mut simplex = Simplex::new(&mut columns, basis);
    loop {
        let (empty, prices, worth, least) = match simplex.run(meter)? {
            End::Best => (None, simplex.prices.clone(), 1.0, simplex.rounding()),
            End::Empty(prices) => (Some(prices.rows.clone()), prices, 0.0, NOTHING),
            End::Lost => return Ok(Verdict::Lost),
        };
        let wanted = Wanted { prices: &prices, worth, paid: frame.most_paid(&prices), least, known: &known };
        let more = simplex.columns.wanted(MORE, &wanted, meter)?;
        if more.is_empty() {
            return Ok(match empty {
                Some(charges) => Verdict::Empty(charges),
                None => Verdict::Best(found(simplex)),
            });
        }
        for pair in more {
            known.add(pair);
            simplex.join(pair);
        }
    }
}

fn found(simplex: Simplex<'_, '_>) -> Relaxation {
    let levels = simplex.levels();
    let columns = &simplex.columns;
    let pairs = columns.pairs.iter().enumerate().map(|(at, &pair)| (pair, levels[columns.number(at)]));
    let mut placements: Vec<(PairId, f64)> = pairs.filter(|&(_, people)| people > WHOLE).collect();
    placements.sort_unstable_by_key(|&(pair, _)| pair);
    for (_, people) in &mut placements {
        let whole = people.round();
        if (*people - whole).abs() <= WHOLE {
            *people = whole;
        }
    }
    let charges = simplex.prices.rows.iter().map(|charge| charge / columns.values.scale).collect();
    let basis = Basis { pairs: columns.pairs.clone(), ..simplex.basis };
    Relaxation { charges, placements, basis: Arc::new(basis) }
}

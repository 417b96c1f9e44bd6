//! Is this answer right? Proofs, and the verb that makes them: [`verify`].
//!
//! # What is checked
//! A solution is a matching `x` and prices `y`, one multiplier for each post and each quota node. Write `v_e` for the
//! value of pair `e` (weight plus placement bonus), `price_p` and `price_i` for the sum of the multipliers above a
//! post and above a unit, `b_i` for a unit's headcount. The *rent* of unit `i` is what its members can earn at most:
//!
//! ```text
//! r_i  = max(0, max over its pairs of (v_e - price_p - price_i))
//! D(y) = sum of b_i r_i + sum over ranges [l, u] of (u max(y, 0) + l min(y, 0))
//! ```
//!
//! For any `y` at all, `D(y)` is at least the value of every feasible matching (weak duality), so the *gap*
//! `D(y) - value` proves how far from best the matching can be, and a gap of 0 that it is a best one. The gap is the sum of
//! exactly the violations of two conditions, which say where it comes from:
//!
//! | condition | holds when |
//! |---|---|
//! | `capacity` | every seat and quota range holds, counted from the placements |
//! | `acceptability` | every placement is a pair of the problem |
//! | `headcount` | no unit places more members than it has |
//! | `sign` | a multiplier is positive only at a full maximum, negative only at a tight minimum |
//! | `rent` | a placed member earns its unit's rent; a unit with unplaced members has rent 0 |
//! | `gap` | the gap is within what is claimed |
//! | `cases` | of a search: the tree of cases leaves nothing out; [`verify_searched`] asks it |
//! | `digest` | the result belongs to this market; checked by whoever knows the market, never here |
//!
//! A range `[l, u]` with a penalty `c` for each person beyond it takes off the value what its load costs, and adds to the
//! bound the most that any load earns: `max over x of (x y - c * people beyond [l, u])`. Its `sign` holds where its own
//! load is one that earns most.
//!
//! That no matching is feasible has a proof of the same kind, which [`refute`] checks: multipliers under which the bound is
//! below 0 although every pair is worth nothing.
//!
//! # Why it can be trusted
//! The verifier shares no code with any solver and believes nothing that a file may say: it reads the pairs as they
//! were given, takes every number wide, and lists each fault with its evidence instead of stopping at the first.
//!
//! ```
//! use talent_match::certificate::{Claim, Condition, verify};
//! use talent_match::control::Control;
//! use talent_match::graph::{BipartiteGraph, Matching, Placement, Prices, Problem, SeatRange, Solution};
//! use talent_match::index::{PairId, PostId};
//!
//! // Two people want the one seat of post 0.
//! let graph = BipartiteGraph::from_rows(1, vec![0, 1, 2], vec![PostId::new(0); 2])?;
//! let problem = Problem::new(graph, vec![5, 7], vec![1, 1], vec![SeatRange::up_to(1)])?;
//! let place = |pair| Matching::new(vec![Placement { pair: PairId::new(pair), count: 1 }]);
//!
//! let best = Solution { matching: place(1), prices: Prices::new(vec![6]) };
//! assert!(verify(&problem, &best, Claim::Optimal, &Control::new()).is_optimal());
//!
//! let worse = Solution { matching: place(0), prices: Prices::new(vec![6]) };
//! let proof = verify(&problem, &worse, Claim::Optimal, &Control::new());
//! assert_eq!((proof.value(), proof.bound(), proof.gap()), (5, 7, 2));
//! let failed: Vec<&str> = proof.failed().map(Condition::name).collect();
//! assert_eq!(failed, ["rent", "gap"]);
//! # Ok::<(), talent_match::graph::ProblemError>(())
//! ```

mod cases;
mod condition;
mod fault;
mod proof;
mod ranges;
mod rents;
mod scene;
mod searched;
mod verify;
mod witness;

pub use cases::{CaseFault, CaseProof, verify_cases};
pub use condition::{Claim, Condition};
pub use fault::Fault;
pub use proof::{Faults, LISTED, Proof, State};
pub use searched::verify_searched;
pub use verify::verify;
pub use witness::{Refutation, refute};

//! The mathematics' own nouns: a bipartite graph, what its pairs are worth, and how many may be placed where.
//!
//! | noun | what it is |
//! |---|---|
//! | [`BipartiteGraph`] | which supply unit may be placed at which post: compressed rows of acceptable pairs |
//! | [`SeatRange`] | how many people one post, or one quota node, may hold |
//! | [`QuotaForest`] | nested ranges over the posts, or over the units |
//! | [`Coupling`] | a range over any pairs: quotas that cross, people who go together or stay apart |
//! | [`Problem`] | graph, weights, headcounts, seats, quotas and couplings: everything a solver reads |
//! | [`Matching`] | how many members of which unit are placed at which post |
//! | [`Prices`] | one multiplier for each range: the proof that goes with a matching |
//! | [`Solution`] | a matching and its prices |
//! | [`Cases`] | the proof of a search: every case there is, with prices for each |
//!
//! Nothing here knows a student, an enterprise or a rule. Everything is checked once, in a constructor, and immutable
//! afterwards, so that the rooms behind it cannot meet an index out of range or a sum that does not fit.
//!
//! ```
//! use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
//! use talent_match::index::PostId;
//!
//! // Two units and two posts: unit 0 may go to either post, unit 1 to post 0 only.
//! let posts = [0, 1, 0].map(PostId::new).to_vec();
//! let graph = BipartiteGraph::from_rows(2, vec![0, 2, 3], posts)?;
//! let problem = Problem::new(graph, vec![5, 3, 4], vec![1, 1], vec![SeatRange::up_to(1); 2])?;
//! assert_eq!(problem.graph().pairs(), 3);
//! # Ok::<(), talent_match::graph::ProblemError>(())
//! ```

mod bipartite;
mod cases;
mod coupling;
mod decided;
mod error;
mod matching;
mod prices;
mod problem;
mod quota;
mod seats;
mod span;
mod view;

pub use bipartite::BipartiteGraph;
pub use cases::{Case, Cases, Load, Multipliers, Part};
pub use coupling::{Coupling, MAX_COUPLED, MAX_COUPLING_PENALTIES};
pub use error::{ProblemError, Side};
pub use matching::{Matching, Placement};
pub use prices::{Prices, Solution, Witness};
pub use problem::{MAX_BONUS, MAX_RANGES, MAX_TOTAL, MAX_WEIGHT, Problem};
pub use quota::{MAX_DEPTH, MAX_PENALTIES, QuotaForest};
pub use seats::{Opening, SeatRange};
pub use span::Span;
pub use view::{Edge, Edges, Neighbours, Node, Nodes, PetgraphView, Row, Seen};

//! What the tests share.

pub(crate) mod brute_force;
pub(crate) mod first_optimum;
pub(crate) mod instances;
pub(crate) mod listing;
pub(crate) mod min_cost_flow;
pub(crate) mod nested;
pub(crate) mod random;

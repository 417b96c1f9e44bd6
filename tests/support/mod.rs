//! What the tests share.

pub(crate) mod brute_force;
pub(crate) mod instances;
pub(crate) mod random;

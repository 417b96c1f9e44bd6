//! Does the solver find the optimum, prove it, and keep its promises? One binary, a module a question.

mod agreement;
#[path = "../support/mod.rs"]
mod support;

//! Does the solver find the optimum, prove it, and keep its promises? One binary, a module a question.

mod agreement;
mod branch;
mod canonical;
mod certificates;
mod corpus;
mod generated;
mod graphs;
mod hard;
mod instance_files;
mod laws;
mod milp;
mod nearest;
mod nested;
mod promises;
mod ranges;
mod sensitivity;
#[path = "../support/mod.rs"]
mod support;
mod warm;
mod work;

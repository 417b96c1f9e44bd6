//! Writes the rules of an instance, a rule a line; `benches/peers/README.md` describes the format.

use std::fmt::{self, Write};

use talent_match::graph::{Opening, Problem, SeatRange, Span};
use talent_match::index::QuotaId;

/// The rules of `problem`, so that reading them adds the same to the problem without them.
pub(crate) fn rules(problem: &Problem) -> String {
    let mut text = String::new();
    for (post, &seat) in problem.seats().iter().enumerate() {
        if seat != SeatRange::up_to(seat.max()) {
            rule(&mut text, format_args!("seats {post}"), Span::from(seat), None);
            text.push('\n');
        }
    }
    for (side, forest) in [("demand", problem.demand_quotas()), ("supply", problem.supply_quotas())] {
        let mut members = vec![Vec::new(); forest.len()];
        for (leaf, node) in forest.leaves().iter().enumerate() {
            if let Some(node) = node {
                members[node.index()].push(leaf);
            }
        }
        for (node, members) in QuotaId::all(forest.len()).zip(members) {
            let parent = forest.parents()[node.index()].map_or("-".to_owned(), |parent| parent.get().to_string());
            let span = Span::from(forest.ranges()[node.index()]);
            rule(&mut text, format_args!("{side} {} {parent}", node.get()), span, forest.penalty(node));
            list(&mut text, members.into_iter());
            text.push('\n');
        }
    }
    for coupling in problem.couplings() {
        rule(&mut text, format_args!("couple"), coupling.span(), coupling.penalty());
        list(&mut text, coupling.pairs().iter().map(|pair| pair.index()));
        if !coupling.pairs_against().is_empty() {
            text.push_str(if coupling.pairs().is_empty() { " : :" } else { " :" });
            text.extend(coupling.pairs_against().iter().map(|pair| format!(" {}", pair.get())));
        }
        text.push('\n');
    }
    text
}

/// What a rule is about, and its range.
fn rule(text: &mut String, about: fmt::Arguments<'_>, span: Span, penalty: Option<i64>) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{about} {} {}", span.min(), span.max());
    if span.opening() == Opening::OrClosed {
        text.push_str(" closed");
    }
    if let Some(penalty) = penalty {
        let _ = write!(text, " penalty {penalty}");
    }
}

/// A list of numbers, if there is any.
fn list(text: &mut String, numbers: impl ExactSizeIterator<Item = usize>) {
    if numbers.len() > 0 {
        text.push_str(" :");
        text.extend(numbers.map(|number| format!(" {number}")));
    }
}

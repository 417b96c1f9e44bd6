//! What every optimum has in common.
//!
//! Two optima differ by cycles of length 0. So another one has more people at a pair exactly if an arc of length 0 leads
//! along it and back by others, which is to say that its ends are in one strongly connected component; and fewer if there
//! is a way of length 0 from the unit to the post that is not the pair's own arc. A unit that is at one post as a whole has
//! no such arc, so that components answer here too; for others a search does.

use super::arcs::Arcs;
use super::groups::Groups;
use super::landmarks::Landmarks;
use super::network::{Network, ROOT};
use super::residual::Flow;

/// Whether the optima agree on a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Nobody of the unit is at the post in any optimum.
    None,
    /// Nobody of the unit is there in this optimum, somebody is in another one.
    Other,
    /// Those of the unit who are there are so in this optimum; in another one they are fewer.
    Some,
    /// Those of the unit who are there are so in every optimum.
    Every,
}

/// In no component yet.
const NEW: u32 = u32::MAX;

/// For each node its strongly connected component of the arcs of length 0.
pub(super) fn ties(network: &Network<'_>, flow: &Flow, landmarks: &Landmarks, arcs: &Arcs) -> Vec<u32> {
    // Who is at no distance from the root and back is in its component, and only others need a search.
    let at_root: Vec<bool> = (0..network.len()).map(|node| landmarks.around(node) == [0, 0]).collect();
    let mut zero: Vec<(u32, u32)> = Vec::new();
    for node in (0..network.len()).filter(|&node| !at_root[node]) {
        flow.entering(network, arcs, node, |far, length| {
            if length == 0 && !at_root[far] {
                zero.push((node as u32, far as u32));
            }
        });
    }
    // Turned round, arcs have the same components.
    components(&Groups::new(network.len(), || zero.iter().map(|&(node, far)| (node as usize, far))))
        .into_iter()
        .zip(at_root)
        .map(|(class, at_root)| if at_root { ROOT as u32 } else { class })
        .collect()
}

/// For each node a node of its strongly connected component, the same for all of it (Tarjan 1972).
fn components(arcs: &Groups<u32>) -> Vec<u32> {
    let mut found = vec![NEW; arcs.len()];
    // The first node met that a node is known to lead back to, by number of being met.
    let mut lowest = vec![NEW; arcs.len()];
    let mut met = 0;
    // Nodes met whose component is not complete; and the way to where the search is, with the arcs seen of each node.
    let (mut open, mut way): (Vec<u32>, Vec<(u32, u32, usize)>) = (Vec::new(), Vec::new());
    for start in 0..arcs.len() as u32 {
        let mut next = (lowest[start as usize] == NEW).then_some(start);
        loop {
            if let Some(node) = next.take() {
                lowest[node as usize] = met;
                way.push((node, met, 0));
                open.push(node);
                met += 1;
            }
            let Some((node, number, seen)) = way.last_mut() else { break };
            let (node, number) = (*node, *number);
            if let Some(&far) = arcs.of(node as usize).get(*seen) {
                *seen += 1;
                if lowest[far as usize] == NEW {
                    next = Some(far);
                } else if found[far as usize] == NEW {
                    lowest[node as usize] = lowest[node as usize].min(lowest[far as usize]);
                }
                continue;
            }
            way.pop();
            if lowest[node as usize] == number {
                while let Some(member) = open.pop() {
                    found[member as usize] = node;
                    if member == node {
                        break;
                    }
                }
            }
            if let Some(&(before, ..)) = way.last() {
                lowest[before as usize] = lowest[before as usize].min(lowest[node as usize]);
            }
        }
    }
    found
}

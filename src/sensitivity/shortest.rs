//! The shortest way between two nodes, from both ends at once (Pohl 1971).
//!
//! What the landmarks say keeps the search from where no shorter way can be. Of the ways of one length that it finds, it
//! takes one with the fewest arcs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::arcs::Arcs;
use super::landmarks::Landmarks;
use super::network::Network;
use super::residual::Flow;
use super::search::{FAR, NONE};

/// What is asked: the way from `start` to `target`, not by the arc `avoided`, if it is shorter than `below`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    pub(super) start: usize,
    pub(super) target: usize,
    pub(super) avoided: Option<[usize; 2]>,
    pub(super) below: i64,
}

/// How far something is: length, then number of arcs.
type Distance = (i64, u32);

/// How a post or quota was reached: from which one of them, and through which unit.
#[derive(Clone, Copy)]
struct Label {
    distance: Distance,
    node: u32,
    unit: u32,
}

const UNSEEN: Label = Label { distance: (FAR, u32::MAX), node: NONE, unit: NONE };

/// What one end has reached.
struct Side {
    /// For each post or quota the place of its label.
    places: Vec<u32>,
    /// The first is that of all that were not reached.
    labels: Vec<Label>,
    queue: BinaryHeap<Reverse<(Distance, u32)>>,
}

impl Side {
    fn new(nodes: usize) -> Self {
        Self { places: vec![0; nodes], labels: vec![UNSEEN], queue: BinaryHeap::new() }
    }

    fn label(&self, node: usize) -> Label {
        self.labels[self.places[node] as usize]
    }

    fn reach(&mut self, node: usize, label: Label) {
        match &mut self.places[node] {
            place @ 0 => {
                *place = self.labels.len() as u32;
                self.labels.push(label);
            }
            place => self.labels[*place as usize] = label,
        }
        self.queue.push(Reverse((label.distance, node as u32)));
    }

    fn top(&self) -> Option<Distance> {
        self.queue.peek().map(|&Reverse((distance, _))| distance)
    }

    /// The nodes from `node` to this end, without `node` itself.
    fn way(&self, node: usize) -> Vec<usize> {
        let mut way = Vec::new();
        let mut label = self.label(node);
        loop {
            way.extend((label.unit != NONE).then_some(label.unit as usize));
            if label.node == NONE {
                return way;
            }
            way.push(label.node as usize);
            label = self.label(label.node as usize);
        }
    }
}

struct Search<'a> {
    network: &'a Network<'a>,
    flow: &'a Flow,
    landmarks: &'a Landmarks,
    arcs: &'a Arcs,
    question: Question,
    /// Whether nothing but `arcs` matters, so that both ends can go on; otherwise only the start does, by all arcs.
    both: bool,
    /// From the start, and from the target.
    sides: [Side; 2],
    /// Only what is below matters.
    best: Distance,
    /// Where the best way meets.
    meeting: Option<usize>,
}

/// The shortest way that is asked for and its length; none if there is none.
pub(super) fn shortest(
    network: &Network<'_>,
    flow: &Flow,
    landmarks: &Landmarks,
    arcs: &Arcs,
    question: Question,
) -> Option<(i64, Vec<usize>)> {
    let Question { start, target, avoided, below } = question;
    let by_landmark = landmarks.most(start, target).map(|length| (length, without_loops(landmarks.way(start, target))));
    let allowed = |way: &[usize]| way.windows(2).all(|arc| avoided.is_none_or(|avoided| arc != avoided));
    let known = by_landmark.as_ref().filter(|(_, way)| allowed(way));
    // Only if that way avoids the arc too are others by arcs that are longer of no use.
    let both = by_landmark.is_none() || known.is_some();
    let best = (known.map_or(below, |&(length, _)| below.min(length)), 0);
    let sides = [(); 2].map(|()| Side::new(network.first_unit));
    let mut search = Search { network, flow, landmarks, arcs, question, both, sides, best, meeting: None };
    search.run();
    search.found().or(by_landmark.filter(|(length, way)| *length < below && allowed(way)))
}

impl Search<'_> {
    fn run(&mut self) {
        let Question { start, target, .. } = self.question;
        for (side, end) in [start, target].into_iter().enumerate() {
            match self.network.unit_at(end) {
                Some(_) => self.pass(side, NONE, end, (0, 0)),
                None => self.reach(side, NONE, NONE, end, (0, 0)),
            }
        }
        while let [Some(here), there] = [self.sides[0].top(), self.sides[1].top()] {
            let side = match there {
                _ if !self.both => 0,
                None => break,
                Some(there) if (here.0.saturating_add(there.0), here.1 + there.1) >= self.best => break,
                _ => usize::from(self.sides[1].queue.len() < self.sides[0].queue.len()),
            };
            self.step(side);
        }
    }

    fn step(&mut self, side: usize) {
        let Some(Reverse((distance, node))) = self.sides[side].queue.pop() else { return };
        if distance > self.sides[side].label(node as usize).distance || distance >= self.best {
            return;
        }
        let (network, flow, arcs) = (self.network, self.flow, self.arcs);
        let leaving = self.both.then_some(arcs);
        let next = |far: usize, length: i64| {
            let distance = (distance.0.saturating_add(length), distance.1 + 1);
            if network.unit_at(far).is_none() {
                self.reach(side, node, NONE, far, distance);
            } else if distance < self.best && self.may_use(side, node as usize, far) {
                self.pass(side, node, far, distance);
            }
        };
        match side {
            0 => flow.leaving(network, leaving, node as usize, next),
            _ => flow.entering(network, arcs, node as usize, next),
        }
    }

    /// Goes on from `unit`, to which `node` led.
    fn pass(&mut self, side: usize, node: u32, unit: usize, distance: Distance) {
        let (network, flow, arcs) = (self.network, self.flow, self.arcs);
        let leaving = self.both.then_some(arcs);
        let next = |far: usize, length: i64| {
            let distance = (distance.0.saturating_add(length), distance.1 + 1);
            if distance < self.best && self.may_use(side, unit, far) {
                self.reach(side, node, unit as u32, far, distance);
            }
        };
        match side {
            0 => flow.leaving(network, leaving, unit, next),
            _ => flow.entering(network, arcs, unit, next),
        }
    }

    fn may_use(&self, side: usize, near: usize, far: usize) -> bool {
        self.question.avoided != Some(if side == 0 { [near, far] } else { [far, near] })
    }

    fn reach(&mut self, side: usize, node: u32, unit: u32, far: usize, distance: Distance) {
        if distance >= self.sides[side].label(far).distance {
            return;
        }
        let Question { start, target, .. } = self.question;
        let rest = if side == 0 { self.landmarks.least(far, target) } else { self.landmarks.least(start, far) };
        if rest.is_none_or(|rest| (distance.0.saturating_add(rest), distance.1) >= self.best) {
            return;
        }
        self.sides[side].reach(far, Label { distance, node, unit });
        let (length, arcs) = self.sides[1 - side].label(far).distance;
        let whole = (distance.0.saturating_add(length), distance.1.saturating_add(arcs));
        if whole < self.best {
            (self.best, self.meeting) = (whole, Some(far));
        }
    }

    /// The best way that was found, and its length.
    fn found(&self) -> Option<(i64, Vec<usize>)> {
        let meeting = self.meeting?;
        let mut way = self.sides[0].way(meeting);
        way.reverse();
        way.push(meeting);
        way.extend(self.sides[1].way(meeting));
        Some((self.best.0, way))
    }
}

/// A shortest way without the loops of length 0 it may have where two parts of it were put together.
fn without_loops(way: Vec<usize>) -> Vec<usize> {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut simple: Vec<usize> = Vec::with_capacity(way.len());
    for node in way {
        if let Some(&place) = places.get(&node) {
            simple.drain(place + 1..).for_each(|looped| {
                places.remove(&looped);
            });
        } else {
            places.insert(node, simple.len());
            simple.push(node);
        }
    }
    simple
}

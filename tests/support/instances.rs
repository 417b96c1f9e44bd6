//! Problems to ask: from a plain list of numbers, and random ones of many shapes.

use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
use talent_match::index::PostId;

use super::random::Random;

/// A problem as plain numbers, easy to change and to look at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    /// For each unit its pairs: post and weight, ascending by post.
    pub(crate) rows: Vec<Vec<(u32, i32)>>,
    pub(crate) headcounts: Vec<u32>,
    pub(crate) seats: Vec<u32>,
    pub(crate) bonus: i64,
}

impl Plain {
    pub(crate) fn problem(&self) -> Problem {
        let mut offsets = vec![0];
        let (mut posts, mut weights) = (Vec::new(), Vec::new());
        for row in &self.rows {
            posts.extend(row.iter().map(|&(post, _)| PostId::new(post)));
            weights.extend(row.iter().map(|&(_, weight)| weight));
            offsets.push(posts.len() as u32);
        }
        let graph = BipartiteGraph::from_rows(self.seats.len(), offsets, posts).unwrap();
        let seats = self.seats.iter().map(|&seats| SeatRange::up_to(seats)).collect();
        Problem::new(graph, weights, self.headcounts.clone(), seats).unwrap().with_placement_bonus(self.bonus).unwrap()
    }

    /// A full matrix of weights, one person and one seat each.
    pub(crate) fn square(weights: &[Vec<i32>]) -> Self {
        let row = |row: &Vec<i32>| row.iter().enumerate().map(|(post, &weight)| (post as u32, weight)).collect();
        Self {
            rows: weights.iter().map(row).collect(),
            headcounts: vec![1; weights.len()],
            seats: vec![1; weights.first().map_or(0, Vec::len)],
            bonus: 0,
        }
    }
}

/// How random problems are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) units: (i64, i64),
    pub(crate) posts: (i64, i64),
    pub(crate) degree: (i64, i64),
    pub(crate) weights: (i64, i64),
    pub(crate) headcount: (i64, i64),
    pub(crate) seats: (i64, i64),
    pub(crate) bonus: (i64, i64),
}

impl Shape {
    pub(crate) const SMALL: Self = Self {
        units: (0, 6),
        posts: (0, 5),
        degree: (0, 5),
        weights: (-3, 12),
        headcount: (0, 1),
        seats: (0, 2),
        bonus: (0, 0),
    };

    /// One shape for each thing that has ever gone wrong in a solver of this kind.
    pub(crate) fn small_families() -> Vec<(&'static str, Self)> {
        let small = Self::SMALL;
        let extreme = i64::from(talent_match::graph::MAX_WEIGHT);
        vec![
            ("plain", small),
            ("ties", Self { weights: (1, 2), units: (3, 7), ..small }),
            ("equal", Self { weights: (1, 1), units: (3, 7), ..small }),
            ("cohorts", Self { headcount: (0, 4), seats: (0, 5), units: (0, 4), posts: (0, 3), ..small }),
            (
                "scarce",
                Self { units: (4, 7), posts: (1, 3), degree: (1, 3), weights: (1, 100), seats: (0, 1), ..small },
            ),
            ("plenty", Self { seats: (2, 9), weights: (-20, 100), ..small }),
            ("negative", Self { weights: (-9, -1), bonus: (0, 8), ..small }),
            ("bonus", Self { weights: (-100, 100), bonus: (0, 1 << 53), ..small }),
            ("extreme", Self { weights: (-extreme, extreme), bonus: (0, 1 << 53), ..small }),
        ]
    }

    pub(crate) fn draw(&self, random: &mut Random) -> Plain {
        let mut draw = |(low, high): (i64, i64)| random.within(low, high);
        let (units, posts, bonus) = (draw(self.units), draw(self.posts), draw(self.bonus));
        let headcounts = (0..units).map(|_| draw(self.headcount) as u32).collect();
        let seats = (0..posts).map(|_| draw(self.seats) as u32).collect();
        let rows = (0..units)
            .map(|_| {
                let degree = draw(self.degree).min(posts);
                let mut row: Vec<(u32, i32)> =
                    (0..degree).map(|_| (draw((0, posts - 1)) as u32, draw(self.weights) as i32)).collect();
                row.sort_by_key(|&(post, _)| post);
                row.dedup_by_key(|&mut (post, _)| post);
                row
            })
            .collect();
        Plain { rows, headcounts, seats, bonus }
    }
}

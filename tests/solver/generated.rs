//! Generated instances are what they always were, on any number of threads.

use sha2::{Digest as _, Sha256};
use talent_match::generate::instance::{Family, Size, instance};
use talent_match::graph::Problem;

use crate::promises::rayon_pool;

/// Of each family, how 2,500 units with 7 of 60 posts begin to hash, and 300 with 20 of 700.
const RECORDED: [(Family, &str, &str); 10] = [
    (Family::City, "d2aeb511435e29a2", "ab8167079a61f0cc"),
    (Family::Alike, "fdc058595275c4be", "3d6b1c754345f316"),
    (Family::Uniform, "49ceb6534b72ba67", "7b8263e3ec40fcae"),
    (Family::LowRange, "6c4009ab4d007f4c", "9e6131dde5d5577c"),
    (Family::OneToOne, "77a103d160ed88b5", "7b8263e3ec40fcae"),
    (Family::Dense, "5708ad7cfc620af9", "117efa732186b372"),
    (Family::Scarce, "9ff0ee75cdeff229", "3eacaed8110da265"),
    (Family::Euclid, "ce86121bdd1c581d", "254d36cd3402a8d8"),
    (Family::Near, "e1a3f301b951e514", "611a088badcb9d1b"),
    (Family::TieScarce, "b2ac6c930f0e26d5", "4b22453cf9d87fd8"),
];

/// How offsets, posts, weights and seats begin to hash.
fn digest(problem: &Problem) -> String {
    let mut hash = Sha256::new();
    let graph = problem.graph();
    graph.offsets().iter().for_each(|offset| hash.update(offset.to_le_bytes()));
    graph.targets().iter().for_each(|post| hash.update(post.get().to_le_bytes()));
    problem.weights().iter().for_each(|weight| hash.update(weight.to_le_bytes()));
    problem.seats().iter().for_each(|seats| hash.update(seats.max().to_le_bytes()));
    let first = hash.finalize().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    format!("{first:016x}")
}

#[test]
fn instances_are_those_recorded_for_any_number_of_threads() {
    for (family, many, few) in RECORDED {
        for (size, recorded) in
            [(Size { units: 2500, posts: 60, degree: 7 }, many), (Size { units: 300, posts: 700, degree: 20 }, few)]
        {
            for threads in [1, 2, 5] {
                let problem = rayon_pool(threads).install(|| instance(family, size, 5).unwrap());
                assert_eq!(digest(&problem), recorded, "{} {size:?}, {threads} threads", family.name());
            }
        }
    }
    assert!(RECORDED.iter().map(|(family, ..)| *family).eq(Family::ALL));
}

#[test]
fn instances_beyond_what_can_be_numbered_are_refused_before_they_are_made() {
    for (units, posts, degree) in [(1 << 30, 5, 4), (1 << 40, 5, 1), (5, 1 << 32, 1), (usize::MAX, 9, 9)] {
        let refused = instance(Family::City, Size { units, posts, degree }, 1).unwrap_err();
        assert_eq!(refused.code(), "P104", "{units} {posts} {degree}");
    }
}

#[test]
fn instances_of_nothing_are_empty() {
    for family in Family::ALL {
        for (units, posts, degree) in [(0, 0, 3), (5, 0, 3), (0, 4, 2), (5, 4, 0)] {
            let problem = instance(family, Size { units, posts, degree }, 1).unwrap();
            let expected = if family == Family::Dense { units * posts } else { 0 };
            assert_eq!(problem.graph().pairs(), expected, "{} {units} {posts}", family.name());
            assert_eq!((problem.graph().units(), problem.seats().len()), (units, posts));
        }
    }
}

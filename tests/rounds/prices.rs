//! The lowest prices say exactly what one more seat is worth, and still prove the optimum.

use talent_match::certificate::{Claim, verify};
use talent_match::control::Control;
use talent_match::graph::{BipartiteGraph, Problem, SeatRange, Solution};
use talent_match::index::PostId;
use talent_match::solve::{Outcome, lowest_prices, solve};

use crate::random::Random;
use crate::random_markets::Pick;

#[derive(Clone, Debug)]
struct Plain {
    rows: Vec<Vec<(PostId, i32)>>,
    headcounts: Vec<u32>,
    seats: Vec<u32>,
    bonus: i64,
}

impl Plain {
    /// A random problem; `tight` ones have few weights and few seats, so that ties and prices abound.
    fn draw(random: &mut Random) -> Self {
        let tight = random.pick(&[true, false]);
        let weights = if tight { (1, 3) } else { (-20, 100) };
        let posts = random.within(0, 5) as u32;
        let units = random.within(0, 8);
        let row = |random: &mut Random| {
            let posts = (0..posts).filter(|_| random.within(0, 2) > 0).collect::<Vec<_>>();
            posts.into_iter().map(|post| (PostId::new(post), random.within(weights.0, weights.1) as i32)).collect()
        };
        Self {
            rows: (0..units).map(|_| row(random)).collect(),
            headcounts: (0..units).map(|_| random.within(0, 3) as u32).collect(),
            seats: (0..posts).map(|_| random.within(0, if tight { 2 } else { 4 }) as u32).collect(),
            bonus: random.pick(&[0, 0, 50, 1_000]),
        }
    }

    fn problem(&self) -> Problem {
        let mut offsets = vec![0];
        offsets.extend(self.rows.iter().scan(0, |end, row| {
            *end += row.len() as u32;
            Some(*end)
        }));
        let (posts, weights) = self.rows.iter().flatten().copied().unzip();
        let graph = BipartiteGraph::from_rows(self.seats.len(), offsets, posts).expect("the rows are sorted");
        let seats = self.seats.iter().map(|seats| SeatRange::up_to(*seats)).collect();
        let problem = Problem::new(graph, weights, self.headcounts.clone(), seats).expect("the numbers are small");
        problem.with_placement_bonus(self.bonus).expect("the bonus is small")
    }
}

fn optimum(problem: &Problem) -> (i128, Solution) {
    match solve(problem, &Control::new()) {
        Ok(Outcome::Optimal(solution)) => (problem.value(&solution.matching), solution),
        other => panic!("no limit was set: {other:?}"),
    }
}

#[test]
fn are_what_one_more_seat_adds() {
    let (mut positive, mut lowered) = (0, 0);
    for seed in 0..1_500 {
        let plain = Plain::draw(&mut Random::new(seed));
        let problem = plain.problem();
        let (value, solution) = optimum(&problem);
        let lowest = lowest_prices(&problem, &solution);
        for (post, (price, own)) in lowest.posts().iter().zip(solution.prices.posts()).enumerate() {
            let mut more = plain.clone();
            more.seats[post] += 1;
            let gain = optimum(&more.problem()).0 - value;
            assert_eq!(i128::from(*price), gain, "post {post} of problem {seed}: {plain:?}");
            assert!(price <= own, "post {post} of problem {seed}");
            positive += usize::from(*price > 0);
            lowered += usize::from(price < own);
        }
        let proven = Solution { prices: lowest.clone(), ..solution.clone() };
        let proof = verify(&problem, &proven, Claim::Optimal, &Control::new());
        assert!(proof.is_optimal(), "problem {seed}: {:?}", proof.faults().collect::<Vec<_>>());
        assert_eq!(lowest_prices(&problem, &proven), lowest, "they cannot fall further");
    }
    assert!(positive > 300 && lowered > 50, "{positive} positive, {lowered} lowered");
}

//! Laws every optimum obeys, on random problems of every family.

use crate::agreement::proven_value;
use crate::support::instances::{Plain, Shape};
use crate::support::random::Random;

fn value(plain: &Plain) -> i128 {
    proven_value(&plain.problem())
}

/// Runs `law` on many problems, with randomness of its own.
fn on_many(law: impl Fn(&Plain, &mut Random)) {
    for (_, shape) in Shape::small_families() {
        let shape = Shape { units: (4, 25), posts: (2, 9), degree: (0, 7), ..shape };
        for seed in 0..40 {
            let mut random = Random::new(seed);
            let plain = shape.draw(&mut random);
            law(&plain, &mut random);
        }
    }
}

#[test]
fn another_seat_or_member_never_hurts() {
    on_many(|plain, random| {
        let before = value(plain);
        let mut more = plain.clone();
        let post = random.within(0, plain.seats.len().cast_signed() as i64 - 1) as usize;
        more.seats[post] += 1;
        let with_seat = value(&more);
        assert!(with_seat >= before);
        let unit = random.within(0, plain.rows.len().cast_signed() as i64 - 1) as usize;
        more.headcounts[unit] += 1;
        assert!(value(&more) >= with_seat);
    });
}

#[test]
fn another_seat_is_worth_at_most_its_price() {
    on_many(|plain, _| {
        let problem = plain.problem();
        let outcome = talent_match::solve::solve(&problem, &talent_match::control::Control::new()).unwrap();
        let solution = outcome.solution().unwrap();
        let before = problem.value(&solution.matching);
        for (post, &price) in solution.prices.posts().iter().enumerate() {
            let mut more = plain.clone();
            more.seats[post] += 1;
            // A post without seats is full at any price, which then need not bound what a first seat is worth above.
            assert!(value(&more) <= before + i128::from(price), "post {post}");
        }
    });
}

#[test]
fn scaling_weights_and_bonus_scales_the_value() {
    on_many(|plain, _| {
        let mut scaled = plain.clone();
        let weights: Option<Vec<Vec<(u32, i32)>>> = plain
            .rows
            .iter()
            .map(|row| row.iter().map(|&(post, weight)| Some((post, weight.checked_mul(3)?))).collect())
            .collect();
        if let Some(rows) = weights
            && plain.bonus < 1 << 50
            && rows.iter().flatten().all(|&(_, weight)| weight.abs() <= 1 << 30)
        {
            scaled.rows = rows;
            scaled.bonus *= 3;
            assert_eq!(value(&scaled), 3 * value(plain));
        }
    });
}

#[test]
fn a_bonus_is_a_weight_on_every_pair() {
    on_many(|plain, _| {
        let moved = plain.bonus.min(1000);
        let mut same = plain.clone();
        same.bonus -= moved;
        for (_, weight) in same.rows.iter_mut().flatten() {
            *weight = (*weight).min((1 << 30) - 1000);
        }
        let mut other = same.clone();
        same.bonus += moved;
        for (_, weight) in other.rows.iter_mut().flatten() {
            *weight += moved as i32;
        }
        assert_eq!(value(&same), value(&other));
    });
}

#[test]
fn other_numbers_for_units_and_posts_change_no_value() {
    on_many(|plain, random| {
        let posts = permutation(plain.seats.len(), random);
        let units = permutation(plain.rows.len(), random);
        let mut renamed = plain.clone();
        for (old, &new) in posts.iter().enumerate() {
            renamed.seats[new] = plain.seats[old];
        }
        for (old, &new) in units.iter().enumerate() {
            renamed.headcounts[new] = plain.headcounts[old];
            renamed.rows[new] =
                plain.rows[old].iter().map(|&(post, weight)| (posts[post as usize] as u32, weight)).collect();
            renamed.rows[new].sort_unstable();
        }
        assert_eq!(value(&renamed), value(plain));
    });
}

#[test]
fn pairs_that_can_only_lose_make_no_difference() {
    on_many(|plain, _| {
        let mut without = plain.clone();
        for row in &mut without.rows {
            row.retain(|&(_, weight)| i64::from(weight) + plain.bonus > 0);
        }
        assert_eq!(value(&without), value(plain));
    });
}

#[test]
fn a_cohort_is_worth_what_its_members_are_one_by_one() {
    on_many(|plain, _| {
        let mut apart = plain.clone();
        apart.rows.clear();
        for (row, &headcount) in plain.rows.iter().zip(&plain.headcounts) {
            apart.rows.extend(std::iter::repeat_n(row.clone(), headcount as usize));
        }
        apart.headcounts = vec![1; apart.rows.len()];
        assert_eq!(value(&apart), value(plain));
    });
}

#[test]
fn parts_that_do_not_touch_add_up() {
    on_many(|plain, random| {
        let other = Shape::SMALL.draw(random);
        let mut both = plain.clone();
        let shift = plain.seats.len() as u32;
        // One bonus rules both parts, so the second part is asked with the first one's.
        let other = Plain { bonus: plain.bonus, ..other };
        both.rows
            .extend(other.rows.iter().map(|row| row.iter().map(|&(post, weight)| (post + shift, weight)).collect()));
        both.headcounts.extend(&other.headcounts);
        both.seats.extend(&other.seats);
        assert_eq!(value(&both), value(plain) + value(&other));
    });
}

fn permutation(len: usize, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    for at in (1..len).rev() {
        order.swap(at, random.within(0, at.cast_signed() as i64) as usize);
    }
    order
}

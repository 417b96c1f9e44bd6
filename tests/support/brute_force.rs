//! The oracle: every feasible matching of a small problem, one unit member after the other. Shares nothing with the crate.

use super::instances::Plain;

/// The value of the best matching.
pub(crate) fn best_value(plain: &Plain) -> i128 {
    let members: Vec<usize> =
        plain.headcounts.iter().enumerate().flat_map(|(unit, &count)| vec![unit; count as usize]).collect();
    place(plain, &members, &mut plain.seats.clone())
}

fn place(plain: &Plain, members: &[usize], seats: &mut [u32]) -> i128 {
    let Some((&unit, rest)) = members.split_first() else { return 0 };
    let mut best = place(plain, rest, seats);
    for &(post, weight) in &plain.rows[unit] {
        if seats[post as usize] > 0 {
            seats[post as usize] -= 1;
            best = best.max(i128::from(weight) + i128::from(plain.bonus) + place(plain, rest, seats));
            seats[post as usize] += 1;
        }
    }
    best
}

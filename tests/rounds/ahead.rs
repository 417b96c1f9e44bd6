//! A year ahead: what must follow from the years, beside a fit by trying every weight, and how often the interval holds.

use proptest::prelude::*;
use talent_match::outlook::{Ahead, AheadState, INTERVAL, LEAST_YEARS, Model, Projection, ahead};

use crate::random::Random;

fn projection(years: &[u64]) -> Projection {
    ahead(years).projection.unwrap_or_else(|| panic!("nothing was projected from {years:?}"))
}

/// A projection without any doubt.
fn exactly(number: u64, model: Model) -> Projection {
    Projection { expected: number, low: number, high: number, level: INTERVAL, model }
}

/// About normal: the sum of twelve numbers from 0 to 1, less 6.
fn normal(random: &mut Random) -> f64 {
    (0..12).map(|_| random.within(0, 1_000_000) as f64 / 1e6).sum::<f64>() - 6.0
}

#[test]
fn too_few_years_are_said_to_be_too_few() {
    for years in 0..LEAST_YEARS {
        let expected = Ahead { state: AheadState::TooFew, years, projection: None };
        assert_eq!(ahead(&vec![40; years]), expected);
    }
    assert_eq!(ahead(&[40; LEAST_YEARS]).state, AheadState::Projected);
    assert_eq!(LEAST_YEARS, 5);
}

#[test]
fn what_never_changed_is_expected_not_to() {
    for years in LEAST_YEARS..25 {
        for number in [0, 1, 7, 40, 999, 123_456] {
            let expected = exactly(number, Model::Level);
            assert_eq!(projection(&vec![number; years]), expected, "{years} years of {number}");
        }
    }
}

#[test]
fn a_line_is_continued() {
    for years in 7..25_u64 {
        for (first, step) in [(10, 7), (0, 1), (500, 120), (3_000, 2)] {
            let line = |year: u64| first + step * year;
            let rising: Vec<u64> = (0..years).map(line).collect();
            let next = line(years);
            let expected = exactly(next, Model::Trend);
            assert_eq!(projection(&rising), expected, "{rising:?}");
            let falling: Vec<u64> = (0..years).map(|year| 10_000 - line(year)).collect();
            assert_eq!(projection(&falling).expected, 10_000 - next, "{falling:?}");
        }
    }
    // A line that would go below nothing ends there.
    let out: Vec<u64> = (0..10).map(|year| 90 - 10 * year).collect();
    assert_eq!(projection(&out), exactly(0, Model::Trend));
}

/// Simple exponential smoothing by trying weights from 0.0001 to 0.9999; of each the first level of least squares. The number expected
/// and the square root of the least sum of squares.
fn smoothed(years: &[u64]) -> (f64, f64) {
    let fit = |weight: f64| {
        // The error of each year is `a - b * level` in the first level: both by the same recursion.
        let (mut fixed, mut of_level) = (0.0, 1.0);
        let mut errors = Vec::new();
        for year in years {
            errors.push((*year as f64 - fixed, of_level));
            (fixed, of_level) = (fixed + weight * (*year as f64 - fixed), of_level * (1.0 - weight));
        }
        let level = errors.iter().map(|(a, b)| a * b).sum::<f64>() / errors.iter().map(|(_, b)| b * b).sum::<f64>();
        let squares: f64 = errors.iter().map(|(a, b)| (a - b * level).powi(2)).sum();
        (squares.sqrt(), fixed + of_level * level)
    };
    let weights = (0..=4_000).map(|k| 0.0001 + 0.9998 * f64::from(k) / 4_000.0);
    let best = weights.map(fit).reduce(|best, next| if next.0 < best.0 { next } else { best });
    best.map(|(squares, next)| (next, squares)).expect("there are weights")
}

#[test]
fn the_level_is_that_of_the_best_weight() {
    let mut random = Random::new(5);
    for round in 0..300 {
        // Fewer than seven years: the level alone is fitted.
        let years: Vec<u64> = (0..5 + round % 2).map(|_| random.within(50, 150) as u64).collect();
        let (next, squares) = smoothed(&years);
        let told = projection(&years);
        assert_eq!(told.model, Model::Level);
        // The library divides the squares by the years less four, and 80 % of a normal error are within 1.2816 deviations.
        let half = 1.281_551_6 * squares / (years.len() as f64 - 4.0).sqrt();
        let apart = (told.high as f64 - (next + half)).abs().max((told.expected as f64 - next).abs());
        assert!(apart <= 1.5 + 0.02 * half, "{years:?}: {told:?} beside {next} + {half}");
        let apart = (told.low as f64 - (next - half).max(0.0)).abs();
        assert!(apart <= 1.5 + 0.02 * half, "{years:?}: {told:?} beside {next} - {half}");
    }
}

#[test]
fn the_interval_holds_about_as_often_as_it_says() {
    // The trend a year, and whether the level walks with its errors.
    let kinds =
        [("noise", 0.0, false), ("a walk", 0.0, true), ("a trend", 8.0, false), ("a trend that walks", 8.0, true)];
    for (kind, trend, walks) in kinds {
        for years in [5, 6, 8, 12] {
            let (mut random, mut held) = (Random::new(years), 0_u32);
            for _ in 0..500 {
                let mut level = 300.0;
                let series: Vec<u64> = (0..=years)
                    .map(|_| {
                        let error = 10.0 * normal(&mut random);
                        let seen = level + trend + error;
                        level = if walks { seen } else { level + trend };
                        seen.max(0.0).round() as u64
                    })
                    .collect();
                let (next, past) = series.split_last().expect("a year");
                let told = projection(past);
                held += u32::from((told.low..=told.high).contains(next));
            }
            let percent = held / 5;
            assert!((INTERVAL - 8..=INTERVAL + 16).contains(&percent), "{kind}, {years} years: {percent} %");
        }
    }
}

proptest! {
    /// No years break it, and what it tells is in order.
    #[test]
    fn any_years_are_answered(years in prop_oneof![
        prop::collection::vec(0_u64..200, 0..30),
        prop::collection::vec(any::<u64>(), 0..30),
        prop::collection::vec(prop_oneof![Just(0), Just(1), Just(u64::MAX)], 0..30),
    ]) {
        let told = ahead(&years);
        prop_assert_eq!(told.years, years.len());
        prop_assert_eq!(told.state == AheadState::TooFew, years.len() < LEAST_YEARS);
        prop_assert_eq!(told.projection.is_some(), told.state == AheadState::Projected);
        if let Some(Projection { low, expected, high, .. }) = told.projection {
            prop_assert!(low <= expected && expected <= high);
        }
        prop_assert_eq!(ahead(&years), told);
    }
}

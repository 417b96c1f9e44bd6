//! Cases kept as data, and published ones with a known optimum.

use serde_json::Value;

use crate::agreement::{lp_value, proven_value};
use crate::support::instances::Plain;

#[test]
fn every_case_reaches_its_objective() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../data/corpus.json")).unwrap();
    assert!(cases.len() >= 16);
    for case in cases {
        let name = &case["name"];
        let value = proven_value(&read(&case).problem());
        assert_eq!(value, i128::from(case["objective"].as_i64().unwrap()), "{name}");
    }
}

fn read(case: &Value) -> Plain {
    let number = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
    let pair = |pair: &Value| (number(&pair[0]), i32::try_from(pair[1].as_i64().unwrap()).unwrap());
    let units = case["units"].as_array().unwrap();
    Plain {
        rows: units.iter().map(|unit| unit["pairs"].as_array().unwrap().iter().map(pair).collect()).collect(),
        headcounts: units.iter().map(|unit| number(&unit["headcount"])).collect(),
        seats: case["seats"].as_array().unwrap().iter().map(number).collect(),
        bonus: case["bonus"].as_i64().unwrap(),
    }
}

#[test]
fn assign100_of_the_or_library_costs_305() {
    let mut numbers =
        include_str!("../data/orlib_assign100.txt").split_whitespace().map(|word| word.parse::<i32>().unwrap());
    let size = numbers.next().unwrap();
    // A reward beyond every cost makes everybody take part, and then the costs decide.
    let reward = 1000;
    let rows: Vec<Vec<i32>> =
        (0..size).map(|_| (0..size).map(|_| reward - numbers.next().unwrap()).collect()).collect();
    assert_eq!(proven_value(&Plain::square(&rows).problem()), i128::from(size * reward - 305));
}

#[test]
fn students_of_agh_get_the_courses_an_lp_gives_them() {
    let mut plain = Plain { rows: Vec::new(), headcounts: Vec::new(), seats: vec![17; 9], bonus: 0 };
    for line in include_str!("../data/preflib_agh_00009001.soc").lines().filter(|line| !line.starts_with('#')) {
        let (count, order) = line.split_once(": ").unwrap();
        let courses = order.split(',').map(|course| course.trim().parse::<u32>().unwrap());
        let mut row: Vec<(u32, i32)> =
            courses.zip((1..=9).rev()).map(|(course, points)| (course - 1, points * points)).collect();
        row.sort_unstable();
        plain.rows.push(row);
        plain.headcounts.push(count.parse().unwrap());
    }
    assert_eq!(plain.headcounts.iter().sum::<u32>(), 146);
    let value = proven_value(&plain.problem());
    assert!((value as f64 - lp_value(&plain)).abs() < 1e-3);
}

//! The investment incentive against accounts kept fen by fen, and what must add up whatever is invested.

use std::collections::BTreeMap;

use talent_match::insight::{IncentiveLine, incentives};
use talent_match::market::Investment;
use talent_match::{Config, Language, Report};

use crate::random::Random;
use crate::random_markets::{engine, run};
use crate::world::World;

fn invested(rows: &[(&str, u16, u64, u64, u64)]) -> World {
    let mut world = World::of_two();
    for id in ["works", "yard"] {
        let mut more = world.enterprises[0].clone();
        (more.id, more.name) = (id.to_owned(), id.to_owned());
        world.enterprises.push(more);
    }
    let row = |&(enterprise, year, invested, withdrawn, surcharge): &(&str, u16, u64, u64, u64)| {
        let mut row = Investment::new(enterprise, year, invested, surcharge);
        row.withdrawn = Some(withdrawn).filter(|yuan| *yuan > 0);
        row
    };
    world.investments = rows.iter().map(row).collect();
    world
}

/// Enterprise and year with offset, repaid and carried in fen.
fn short(lines: &[IncentiveLine]) -> Vec<(&str, u16, [u64; 3])> {
    lines.iter().map(|line| (line.enterprise.as_str(), line.year, [line.offset, line.repaid, line.carried])).collect()
}

#[test]
fn what_is_not_set_off_is_carried_on_and_what_is_withdrawn_comes_back() {
    let world = invested(&[
        // 300 of credit: 200, then all of the rest although the surcharges are more.
        ("plant", 2024, 1_000, 0, 200),
        ("plant", 2025, 0, 0, 150),
        // Half is withdrawn, and all of it has been set off.
        ("plant", 2027, 0, 500, 80),
        // A third of a yuan: 30 % of one yuan are 30 fen, and no rounding.
        ("works", 2025, 1, 0, 0),
        ("works", 2026, 1, 0, 5),
        // Withdrawn before it was used: 90 lapse, and only what was used is repaid.
        ("yard", 2025, 300, 0, 50),
        ("yard", 2026, 0, 300, 50),
    ]);
    let market = world.market();
    let lines = incentives(&market);
    let expected = [
        ("plant", 2024, [20_000, 0, 10_000]),
        ("plant", 2025, [10_000, 0, 0]),
        ("plant", 2027, [0, 15_000, 0]),
        ("works", 2025, [0, 0, 30]),
        ("works", 2026, [60, 0, 0]),
        ("yard", 2025, [5_000, 0, 4_000]),
        ("yard", 2026, [0, 5_000, 0]),
    ];
    assert_eq!(short(&lines), expected);
    assert_eq!(lines[6].lapsed, 4_000);
    let engine = engine(&Config::default());
    let report = Report::of(&run(&engine, &market));
    assert_eq!(report.incentives, lines);
    for (language, name) in [(Language::English, "Investment incentive"), (Language::Chinese, "投资抵免")] {
        let text = report.text(language);
        assert!(text.contains(name) && text.contains("0.60") && text.contains("150.00"), "{text}");
    }
}

/// Credits of one enterprise, each fen on its own.
#[derive(Default)]
struct Purse {
    unused: Vec<()>,
    used: Vec<()>,
}

impl Purse {
    /// Offset, lapsed, repaid and carried of a year.
    fn year(&mut self, row: &Investment) -> [u64; 4] {
        let [mut offset, mut lapsed, mut repaid] = [0; 3];
        (0..row.invested * 3 * 10).for_each(|_| self.unused.push(()));
        for _ in 0..row.withdrawn.unwrap_or(0) * 3 * 10 {
            if self.unused.pop().is_some() {
                lapsed += 1;
            } else {
                self.used.pop().expect("nobody withdraws more than was invested");
                repaid += 1;
            }
        }
        for _ in 0..row.surcharge * 100 {
            if let Some(fen) = self.unused.pop() {
                self.used.push(fen);
                offset += 1;
            }
        }
        [offset, lapsed, repaid, self.unused.len() as u64]
    }
}

#[test]
fn random_accounts_agree_with_those_kept_fen_by_fen_and_nothing_is_lost() {
    let mut seen = [0_u64; 4];
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let mut rows = Vec::new();
        for enterprise in ["plant", "works", "yard"] {
            let mut left: i64 = 0;
            let mut year = 2019;
            for _ in 0..random.within(0, 6) {
                let invested = random.within(0, 2) * random.within(0, 30);
                left += invested;
                let withdrawn = if random.within(0, 2) == 0 { random.within(0, left) } else { 0 };
                left -= withdrawn;
                let number = |amount: i64| u64::try_from(amount).expect("not below 0");
                let surcharge = number(random.within(0, 9));
                rows.push((enterprise, year, number(invested), number(withdrawn), surcharge));
                year += random.within(1, 3) as u16;
            }
        }
        let market = invested(&rows).market();
        let lines = incentives(&market);
        assert_eq!(lines.len(), rows.len());
        let mut purses: BTreeMap<&str, Purse> = BTreeMap::new();
        for (line, row) in lines.iter().zip(market.investments()) {
            let expected = purses.entry(&row.enterprise).or_default().year(row);
            let found = [line.offset, line.lapsed, line.repaid, line.carried];
            assert_eq!(found, expected, "{seed}: {line:?}");
            seen.iter_mut().zip(found).for_each(|(seen, found)| *seen += u64::from(found > 0));
        }
        for enterprise in ["plant", "works", "yard"] {
            let own: Vec<&IncentiveLine> = lines.iter().filter(|line| line.enterprise == enterprise).collect();
            let sum = |of: fn(&IncentiveLine) -> u64| own.iter().map(|line| of(line)).sum::<u64>();
            let last = own.last().map_or(0, |line| line.carried);
            // Three tenths of what was invested and not withdrawn are set off and not repaid, or carried on.
            assert_eq!(sum(|line| line.credit), sum(|line| line.offset) + sum(|line| line.lapsed) + last);
            assert_eq!(sum(|line| line.withdrawn) * 3, (sum(|line| line.lapsed) + sum(|line| line.repaid)) * 10);
            assert_eq!(sum(|line| line.invested) * 3, sum(|line| line.credit) * 10);
            for line in &own {
                assert!(
                    line.offset <= line.surcharge && (line.carried == 0 || line.offset == line.surcharge),
                    "{line:?}"
                );
            }
            assert!(own.windows(2).all(|years| years[0].carried == years[1].brought));
        }
    }
    assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
}

#[test]
fn the_largest_amounts_of_every_year_are_counted() {
    let most = 1_000_000_000_000;
    let rows: Vec<_> =
        (2019..=2100).map(|year| ("plant", year, most, if year == 2100 { 82 * most } else { 0 }, 0)).collect();
    let world = invested(&rows);
    let error = {
        let mut builder = talent_match::market::Market::builder(world.round.clone());
        for row in &world.enterprises {
            builder = builder.enterprise(row.clone());
        }
        for row in &world.investments {
            builder = builder.investment(row.clone());
        }
        builder.build().expect_err("more than may be withdrawn in a year")
    };
    assert_eq!(error.all().len(), 1, "{error}");
    let rows: Vec<_> = (2019..=2100).map(|year| ("plant", year, most, 0, 0)).collect();
    let lines = incentives(&invested(&rows).market());
    assert_eq!(lines.last().map(|line| line.carried), Some(82 * most * 30));
}

//! Files of instances: what is written is read again, and every fault of the rules is told with its line.

use std::io::Write;

use talent_match::graph::{Coupling, Opening, Problem, QuotaForest, SeatRange, Span};
use talent_match::index::{PairId, QuotaId};
use talent_match::solve::{Outcome, solve};

use super::branch::draw;
use crate::support::instances::{Plain, Shape};

#[path = "../../examples/support/mwb.rs"]
mod mwb;
#[path = "../../examples/support/read_rules.rs"]
mod read_rules;
#[path = "../../examples/support/write_rules.rs"]
mod write_rules;

/// The binary file of a problem, without its rules.
fn file(problem: &Problem) -> Vec<u8> {
    let graph = problem.graph();
    let mut file = b"TSDMWB01".to_vec();
    let mut word = |word: u32| file.write_all(&word.to_le_bytes()).unwrap();
    for count in [graph.units(), graph.posts(), graph.pairs()] {
        word(count as u32);
    }
    (0..11).for_each(|_| word(0));
    problem.headcounts().iter().for_each(|&heads| word(heads));
    problem.seats().iter().for_each(|seat| word(seat.max()));
    graph.offsets().iter().for_each(|&offset| word(offset));
    graph.targets().iter().for_each(|post| word(post.get()));
    problem.weights().iter().for_each(|weight| word(weight.cast_unsigned()));
    file
}

fn plain(problem: &Problem) -> Problem {
    mwb::Arrays::read(&mut file(problem).as_slice()).and_then(mwb::Arrays::problem).unwrap()
}

/// Everything a forest says, with one penalty a node.
fn said(forest: &QuotaForest) -> impl PartialEq + std::fmt::Debug {
    let penalties: Vec<_> = QuotaId::all(forest.len()).map(|node| forest.penalty(node)).collect();
    let leaves: Vec<_> = forest.leaves().iter().flatten().copied().collect();
    (forest.parents().to_vec(), forest.ranges().to_vec(), leaves, penalties)
}

#[test]
fn what_is_written_is_read_again() {
    let (mut quotas, mut couplings) = (0, 0);
    for (name, shape) in Shape::small_families().into_iter().filter(|(_, shape)| shape.bonus == (0, 0)) {
        for seed in 0..200 {
            let problem = draw(&shape, seed);
            let text = write_rules::rules(&problem);
            let read = read_rules::read(&text, plain(&problem)).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
            assert_eq!(read.graph(), problem.graph(), "{name} {seed}");
            assert_eq!((read.weights(), read.headcounts()), (problem.weights(), problem.headcounts()));
            assert_eq!((read.seats(), read.couplings()), (problem.seats(), problem.couplings()), "{text}");
            assert_eq!(said(read.demand_quotas()), said(problem.demand_quotas()), "{text}");
            assert_eq!(said(read.supply_quotas()), said(problem.supply_quotas()), "{text}");
            quotas += read.demand_quotas().len() + read.supply_quotas().len();
            couplings += read.couplings().len();
        }
    }
    assert!(quotas > 1000 && couplings > 500, "{quotas} {couplings}");
}

/// Units 0 and 1 of two and one people at posts 0 and 1: pairs 0 and 1 of unit 0, pair 2 of unit 1 at post 1.
fn small() -> Problem {
    let rows = vec![vec![(0, 5), (1, -2)], vec![(1, 3)]];
    Plain { rows, headcounts: vec![2, 1], seats: vec![2, 2], bonus: 0 }.problem()
}

#[test]
fn rules_mean_what_the_format_says() {
    let text = "# a comment\n\nseats 1 1 2\nsupply 0 - 0 9 penalty 4 : 1 0  # two units\ndemand 0 - 2 3\n\
                demand 1 0 2 3 closed : 1\ntogether 0\ntogether 1\ncouple -1 1 : : 0 1\ncouple 0 3 penalty 7 : 2 0\n";
    let read = read_rules::read(text, small()).unwrap();
    let range = |min, max| SeatRange::between(min, max).unwrap();
    assert_eq!(read.seats(), [range(0, 2), range(1, 2)]);
    assert_eq!(read.supply_quotas().leaves(), [Some(QuotaId::new(0)); 2]);
    assert_eq!(read.supply_quotas().penalty(QuotaId::new(0)), Some(4));
    assert_eq!(read.demand_quotas().parents(), [None, Some(QuotaId::new(0))]);
    assert_eq!(read.demand_quotas().ranges(), [range(2, 3), range(2, 3).or_closed()]);
    assert_eq!(read.demand_quotas().ranges()[1].opening(), Opening::OrClosed);
    let pairs = |pairs: &[u32]| pairs.iter().copied().map(PairId::new).collect::<Vec<_>>();
    let whole = Span::new(2, 2).or_closed();
    // Unit 1 is one person, who always goes together.
    assert_eq!(
        read.couplings(),
        [
            Coupling::new(pairs(&[0]), whole),
            Coupling::new(pairs(&[1]), whole),
            Coupling::new(vec![], Span::new(-1, 1)).against(pairs(&[0, 1])),
            Coupling::new(pairs(&[0, 2]), Span::new(0, 3)).with_penalty(7),
        ]
    );
}

#[test]
fn a_minimum_fetches_pairs_worth_less_than_nothing() {
    let solved = |text| {
        let problem = read_rules::read(text, plain(&small())).unwrap();
        let outcome = solve(&problem, &talent_match::control::Control::new()).unwrap();
        if let Outcome::Infeasible(_) = outcome {
            return None;
        }
        outcome.solution().map(|solution| problem.value(&solution.matching))
    };
    assert_eq!(solved(""), Some(13));
    assert_eq!(solved("seats 1 2 2\n"), Some(6));
    assert_eq!(solved("demand 0 - 2 2 penalty 3 : 1"), Some(10));
    assert_eq!(solved("seats 1 2 2\nseats 0 2 2\n"), None);
}

#[test]
fn every_fault_is_told_with_its_line() {
    let cases = [
        ("seat 1 0 1", "`seat` is none of"),
        ("seats 2 0 1", "there is no post 2: there are 2, from 0 on"),
        ("seats 1 0", "the maximum is missing"),
        ("seats 1 3 2", "the minimum 3 is above the maximum 2"),
        ("seats 1 -1 2", "-1 is no number of people"),
        ("seats 1 0 5000000000", "5000000000 is no number of people"),
        ("seats 1 0 1 shut", "`shut` is neither `closed` nor `penalty`"),
        ("seats 1 0 1 closed now", "`now` is one word too many"),
        ("seats 1 0 1 penalty 3", "seats have no penalty"),
        ("seats 1 0 1 : 0", "has 1 lists"),
        ("seats one 0 1", "`one` is no number that the post can be"),
        ("supply 1 - 0 9", "this is node 0, not 1"),
        ("supply 1 1 0 9", "node 1 comes no earlier"),
        ("supply 2 0 0 9 : 1 2", "there is no unit 2: there are 2, from 0 on"),
        ("supply 3 0 0 9 : 1", "unit 1 hangs below node 2 already"),
        ("supply 4 0 0 9 penalty 0", "the penalty 0 is below 1"),
        ("supply 5 0 0 9 : 0 : 1", "has 2 lists"),
        ("together 2", "there is no unit 2"),
        ("together 0 1", "`1` is one word too many"),
        ("couple 0 1 : 0 3", "there is no pair 3: there are 3, from 0 on"),
        (": 0", "a list of nothing"),
    ];
    let text = cases.map(|(line, _)| line).join("\n# a comment\n");
    let faults = read_rules::read(&text, small()).unwrap_err();
    for ((number, (line, expected)), fault) in (0..).zip(cases).zip(&faults) {
        assert_eq!(fault.line, Some(2 * number + 1), "{line}: {fault}");
        assert!(fault.text.contains(expected), "{line}: {fault}");
    }
    assert_eq!(faults.len(), cases.len());
    // What only the whole shows, with the line it is about.
    for (text, line, expected) in [
        ("\nseats 1 0 1\nseats 1 0 1", 3, "post 1 has seats by an earlier line"),
        ("couple 0 1 : 2\ncouple 0 1 : 1 : 1", 2, "P119"),
        ("demand 0 - 0 1\n\ndemand 1 - 0 1 penalty 9000000000000000000", 3, "P116"),
        ("\ncouple 0 1 penalty 9000000000000000000 : 2", 2, "P121"),
    ] {
        let faults = read_rules::read(text, small()).unwrap_err();
        assert!(faults[0].line == Some(line) && faults[0].to_string().contains(expected), "{faults:?}");
        assert_eq!(faults.len(), 1);
    }
}

#[test]
fn a_file_cut_anywhere_says_where() {
    let whole = file(&small());
    let said = |bytes: &[u8]| match mwb::Arrays::read(&mut &*bytes) {
        Ok(_) => "read".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(said(&whole), "read");
    for cut in 0..whole.len() {
        let arrays = [(64, "the header"), (72, "the headcounts"), (80, "the seats"), (92, "the row offsets")];
        let array = arrays.into_iter().find(|(end, _)| cut < *end).map(|(_, array)| array);
        let array = array.unwrap_or(if cut < 104 { "the posts of the pairs" } else { "the weights" });
        assert!(said(&whole[..cut]).starts_with(&format!("in {array}: ")), "{cut}: {}", said(&whole[..cut]));
    }
    let mut other = whole;
    other[7] = b'9';
    assert!(said(&other).contains("not an instance"));
}

//! What the caller lends is used as promised: limits, cancelling, an observer, a workspace.

use std::sync::Mutex;
use std::time::Instant;

use talent_match::certificate::Condition;
use talent_match::control::{CancelToken, Limits, Observer, Phase, Progress, Stop};
use talent_match::docking::Docking;
use talent_match::market::Market;
use talent_match::{Config, Control, Record, Report, Status};

use crate::random_markets::{Size, engine, jinpu_market, world};

/// A result that was stopped is feasible, proven within its gap, recorded and examinable.
fn assert_feasible(market: &Market, control: &Control<'_>, expected: Stop) -> i128 {
    let engine = engine(&Config::default());
    let result = engine.run(market, control).expect("a stopped round is no error");
    let Status::Feasible { stop, gap } = result.status() else { panic!("{:?}", result.status()) };
    assert_eq!(stop, Some(expected));
    assert!(gap > 0 && result.audit().is_clean() && result.proof().is_sound());
    assert_eq!(result.proof().gap(), gap);
    assert_eq!(result.proof().bound() - result.proof().value(), gap);

    let record = Record::of(&result);
    let folder = tempfile::tempdir().expect("a temporary folder");
    record.write(folder.path()).expect("the folder can be written");
    let read = Record::read(folder.path()).expect("the files can be read");
    assert_eq!(read, record);
    let config = read.config().expect("the configuration is in the certificate");
    let docking = Docking::prepare(market, &config, &Control::new()).expect("the question can be asked");
    let examination = read.examine(docking, &Control::new());
    let failed: Vec<_> = examination.failed().collect();
    assert!(failed.is_empty(), "{failed:?}");
    let again = examination.verified().expect("nothing failed");
    assert_eq!(again.status(), result.status());
    assert_eq!(again.placements(), result.placements());
    let lines = examination.lines();
    let not_asked = |condition: Condition| lines.iter().any(|l| l.name == condition.name() && l.faults.is_none());
    assert!(not_asked(Condition::Sign) && not_asked(Condition::Rent));
    gap
}

#[test]
fn a_cancelled_round_is_feasible() {
    let token = CancelToken::new();
    token.cancel();
    let control = Control::new().with_cancel(&token);
    let market = jinpu_market(200, 4);
    assert_feasible(&market, &control, Stop::Cancelled);
}

/// Where the first placement is the best one and its prices prove it, being stopped changes nothing.
#[test]
fn a_cancelled_round_without_a_gap_is_optimal() {
    let token = CancelToken::new();
    token.cancel();
    let control = Control::new().with_cancel(&token);
    let (mut optimal, mut feasible) = (0, 0);
    for seed in 0..60 {
        let market = world(seed, Size::USUAL).market();
        let engine = engine(&Config::default());
        let result = engine.run(&market, &control).expect("a stopped round is no error");
        if result.proof().gap() == 0 {
            assert_eq!(result.status(), Status::Optimal);
            assert!(result.proof().is_optimal() && Record::of(&result).config().is_ok());
            optimal += 1;
        } else {
            assert_feasible(&market, &control, Stop::Cancelled);
            feasible += 1;
        }
    }
    assert!(optimal > 0 && feasible > 0, "{optimal} optimal, {feasible} feasible");
}

#[test]
fn a_round_out_of_work_is_feasible_and_the_same_every_time() {
    let market = jinpu_market(300, 4);
    let mut gaps = Vec::new();
    for work in [0, 1, 5_000, 20_000] {
        let control = Control::new().with_limits(Limits::NONE.with_work(work));
        let gap = assert_feasible(&market, &control, Stop::Work);
        assert_eq!(assert_feasible(&market, &control, Stop::Work), gap);
        gaps.push(gap);
    }
    assert!(gaps.is_sorted_by(|a, b| a >= b), "more work closes the gap: {gaps:?}");
}

#[test]
fn a_round_past_its_deadline_says_so() {
    let control = Control::new().with_limits(Limits::NONE.with_deadline(Instant::now()));
    assert_feasible(&jinpu_market(200, 4), &control, Stop::Deadline);
}

#[test]
fn a_limit_that_is_not_reached_changes_nothing() {
    let market = jinpu_market(200, 4);
    let engine = engine(&Config::default());
    let free = engine.run(&market, &Control::new()).expect("the round can be run");
    let control = Control::new().with_limits(Limits::NONE.with_work(u64::MAX));
    let limited = engine.run(&market, &control).expect("the round can be run");
    assert_eq!(limited.status(), Status::Optimal);
    assert_eq!(Record::of(&limited), Record::of(&free));
}

#[derive(Default)]
struct Heard(Mutex<Vec<Progress>>);

impl Observer for Heard {
    fn observe(&self, progress: Progress) {
        self.0.lock().expect("nobody panics while listening").push(progress);
    }
}

#[test]
fn an_observer_hears_every_phase_in_order() {
    let market = jinpu_market(300, 4);
    let heard = Heard::default();
    let engine = engine(&Config::default());
    let result = engine.run(&market, &Control::new().with_observer(&heard)).expect("the round can be run");
    assert_eq!(result.status(), Status::Optimal);
    let heard = heard.0.into_inner().expect("nobody panicked while listening");
    let mut phases: Vec<Phase> = heard.iter().map(|progress| progress.phase).collect();
    assert!(phases.is_sorted(), "{phases:?}");
    phases.dedup();
    assert_eq!(phases, [Phase::Screen, Phase::Score, Phase::Formulate, Phase::Price, Phase::Place, Phase::Verify]);
    assert!(heard.iter().all(|progress| progress.done <= progress.total), "{heard:?}");
    for phase in phases {
        let of_phase: Vec<&Progress> = heard.iter().filter(|progress| progress.phase == phase).collect();
        let ended = of_phase.last().is_some_and(|last| last.done == last.total);
        assert!(ended && of_phase.len() < 1_000, "{phase:?}: {of_phase:?}");
    }
}

#[test]
fn the_report_of_a_stopped_round_says_so_in_both_languages() {
    let token = CancelToken::new();
    token.cancel();
    let market = jinpu_market(200, 4);
    let engine = engine(&Config::default());
    let result = engine.run(&market, &Control::new().with_cancel(&token)).expect("a stopped round is no error");
    let report = Report::of(&result);
    let english = report.text(talent_match::Language::English);
    assert!(english.contains("Stopped early. Proven: no other placement reaches more than this plus "), "{english}");
    let chinese = report.text(talent_match::Language::Chinese);
    assert!(chinese.contains("提前停止。已证明：任何其他安排最多再提高 "), "{chinese}");
    let json = serde_json::to_value(&report).expect("a report is plain data");
    assert_eq!((&json["status"], &json["stop"]), (&"feasible".into(), &"cancelled".into()));
}

#[test]
fn prices_of_a_stopped_round_are_said_to_be_about_the_bound() {
    let market = jinpu_market(300, 4);
    let engine = engine(&Config::default());
    let stopped = |work| {
        let control = Control::new().with_limits(Limits::NONE.with_work(work));
        let result = engine.run(&market, &control).expect("a stopped round is no error");
        (result.status() != Status::Optimal).then(|| Report::of(&result))
    };
    let priced = |report: &Report| report.posts.iter().any(|post| post.price_units > 0);
    let report = (0..100).filter_map(|k| stopped(k * 1_000)).find(priced).expect("prices rise before the end");
    let text = report.text(talent_match::Language::English);
    assert!(text.contains("what one more seat there would add to what is proven to be possible at most"), "{text}");
    assert!(!text.contains("add to the round"), "{text}");
}

//! A docking round from outside: which pairs are acceptable, what they score, what becomes of them, and whether the
//! files of a round can be trusted. One binary, a module a question.

#[path = "rounds/ahead.rs"]
mod ahead;
#[path = "rounds/answers.rs"]
mod answers;
#[path = "rounds/asked.rs"]
mod asked;
#[path = "rounds/audit.rs"]
mod audit;
#[path = "rounds/both_sides.rs"]
mod both_sides;
#[path = "rounds/canonical.rs"]
mod canonical;
#[path = "rounds/changes.rs"]
mod changes;
#[path = "rounds/classes.rs"]
mod classes;
#[path = "rounds/compliance.rs"]
mod compliance;
#[path = "rounds/conflict.rs"]
mod conflict;
#[path = "rounds/decisions.rs"]
mod decisions;
#[path = "rounds/determinism.rs"]
mod determinism;
#[path = "rounds/eligibility.rs"]
mod eligibility;
#[path = "rounds/engine.rs"]
mod engine;
#[path = "rounds/envy.rs"]
mod envy;
#[path = "rounds/equals.rs"]
mod equals;
#[path = "rounds/errors.rs"]
mod errors;
#[path = "rounds/floors.rs"]
mod floors;
#[path = "rounds/formulation.rs"]
mod formulation;
#[path = "rounds/incentives.rs"]
mod incentives;
#[path = "rounds/insight.rs"]
mod insight;
#[path = "rounds/key_figures.rs"]
mod key_figures;
#[path = "rounds/limits.rs"]
mod limits;
#[path = "rounds/more_seats.rs"]
mod more_seats;
#[path = "rounds/next_round.rs"]
mod next_round;
#[path = "rounds/outlook.rs"]
mod outlook;
#[path = "rounds/page.rs"]
mod page;
#[path = "rounds/prices.rs"]
mod prices;
#[path = "rounds/promises.rs"]
mod promises;
#[path = "support/random.rs"]
mod random;
#[path = "rounds/random_markets.rs"]
mod random_markets;
#[path = "rounds/record.rs"]
mod record;
#[path = "rounds/repairs.rs"]
mod repairs;
#[path = "rounds/report.rs"]
mod report;
#[path = "rounds/rule_cases.rs"]
mod rule_cases;
#[path = "rounds/rule_neighbours.rs"]
mod rule_neighbours;
#[path = "rounds/rules.rs"]
mod rules;
#[path = "rounds/scoring.rs"]
mod scoring;
#[path = "rounds/screening.rs"]
mod screening;
#[path = "rounds/shortages.rs"]
mod shortages;
#[path = "rounds/standing_answers.rs"]
mod standing_answers;
#[path = "rounds/standing_classes.rs"]
mod standing_classes;
#[path = "rounds/standing_limits.rs"]
mod standing_limits;
#[path = "rounds/staying.rs"]
mod staying;
#[path = "rounds/tables.rs"]
mod tables;
#[path = "rounds/tampering.rs"]
mod tampering;
#[path = "rounds/what_if.rs"]
mod what_if;
#[path = "rounds/world.rs"]
mod world;

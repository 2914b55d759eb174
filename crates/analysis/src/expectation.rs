//! What a run does not meet of what its scenario expects.

use crate::order::{AdoptionCounts, first_adoptions};
use crate::{Standing, attributions, links, pattern, waves};
use normwave_network_model::{ActorId, NetworkError};
use normwave_plan::{Draws, Plan, Position, Tick, Trajectory};
use normwave_scenario::{ExpectedPattern, Range, Scenario};

/// What a run without noise does not meet of what is expected of it, in words; empty if all is met.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of waves")]
pub fn unmet(scenario: &Scenario, plan: &Plan, run: &Trajectory) -> Vec<String> {
    let expect = &scenario.expect;
    let positions = run.positions_before(plan.n_actors(), Tick::MAX, 0);
    let mut unmet = Vec::new();
    if let Some(expected) = expect.adopters {
        let found = adopters_at_end(plan, &positions);
        if !expected.contains(f64::from(found)) {
            unmet.push(format!("{found} adopters at the end, expected {expected}"));
        }
    }
    let shares = plan.shares(run);
    for &(tick, expected) in &expect.adopters_by {
        let found = shares.present(tick) - shares.holders(tick, 0);
        if !expected.contains(f64::from(found)) {
            let when = scenario.calendar.label(tick);
            unmet.push(format!("{found} adopters at the end of {when}, expected {expected}"));
        }
    }
    for &(actor, expected) in &expect.holds {
        let held = positions[actor.idx()];
        if held != expected {
            let name = |position: Position| &scenario.norm.positions[usize::from(position)].name;
            let id = id(scenario, actor);
            unmet.push(format!("{id} holds \"{}\" at the end, expected \"{}\"", name(held), name(expected)));
        }
    }
    let first = first_moves(plan, run);
    for pair in expect.order.iter().flat_map(|order| order.windows(2)) {
        // Whoever never adopts comes last.
        let place = |actor: ActorId| first[actor.idx()].unwrap_or((Tick::MAX, 0)).0;
        if place(pair[0]) >= place(pair[1]) {
            let when = |actor: ActorId| match first[actor.idx()] {
                Some((tick, _)) => format!("in {}", scenario.calendar.label(tick)),
                None => "never".to_owned(),
            };
            let [a, b] = [id(scenario, pair[0]), id(scenario, pair[1])];
            unmet.push(format!(
                "{a} adopts {} and {b} {}, expected {a} before {b}",
                when(pair[0]),
                when(pair[1])
            ));
        }
    }
    if let Some(expected) = expect.waves {
        let adopted = first_adoptions(plan, run, 1);
        let counts = AdoptionCounts::new(plan, &adopted);
        let found = waves(&counts.new, &counts.at_risk).len();
        if !expected.contains(found as f64) {
            unmet.push(format!("{found} waves, expected {expected}"));
        }
    }
    if let Some(expected) = &expect.pattern {
        match spread(scenario, expected, plan, run) {
            Ok(found) if found == expected.is => {}
            Ok(found) => unmet.push(format!("the pattern is {found}, expected {}", expected.is)),
            Err(problem) => unmet.push(format!("the pattern cannot be read: {problem}")),
        }
    }
    unmet
}

// The pattern of position 1, as a run of the scenario prints it.
fn spread(
    scenario: &Scenario,
    expected: &ExpectedPattern,
    plan: &Plan,
    run: &Trajectory,
) -> Result<&'static str, NetworkError> {
    let adopted = first_adoptions(plan, run, 1);
    let standing =
        Standing::before(scenario, &adopted, expected.layer.as_deref(), expected.power.as_deref())?;
    // Draws change margins, not shares in the pressure.
    let mut moved = attributions(scenario, plan, run, &Draws::new(0, 0))?;
    moved.retain(|moved| plan.adopts(moved.to, 1));
    Ok(pattern(&standing.input(&adopted, &links(&moved))).pattern.name())
}

/// What replicates do not meet of what is expected of them, in words; empty if all is met.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of replicates")]
pub fn unmet_over_replicates(scenario: &Scenario, plan: &Plan, runs: &[Trajectory]) -> Vec<String> {
    let expect = &scenario.expect;
    let n = runs.len().max(1) as f64;
    let ends: Vec<Vec<Position>> =
        runs.iter().map(|run| run.positions_before(plan.n_actors(), Tick::MAX, 0)).collect();
    let mut unmet = Vec::new();
    let mut judge = |what: String, found: f64, expected: Range| {
        if !expected.contains(found) {
            unmet.push(format!("{what} {found:.4} over {} replicates, expected {expected}", runs.len()));
        }
    };
    if let Some(expected) = expect.mean_adopters {
        let all: f64 = ends.iter().map(|positions| f64::from(adopters_at_end(plan, positions))).sum();
        judge("mean adopters at the end".to_owned(), all / n, expected);
    }
    for &(actor, expected) in &expect.probability {
        let times = ends.iter().filter(|positions| positions[actor.idx()] > 0).count();
        judge(format!("probability that {} adopts", id(scenario, actor)), times as f64 / n, expected);
    }
    unmet
}

fn id(scenario: &Scenario, actor: ActorId) -> &str {
    &scenario.network.actor(actor).id
}

/// How many of those to whom the norm applies at the last tick hold a new position.
#[must_use]
pub fn adopters_at_end(plan: &Plan, positions: &[Position]) -> u32 {
    let present = plan.present_at(plan.n_ticks - 1);
    let adopters = positions.iter().zip(present).filter(|(held, present)| **present && **held > 0);
    u32::try_from(adopters.count()).unwrap_or(u32::MAX)
}

// The tick and rank of each actor's first move to a new position.
fn first_moves(plan: &Plan, run: &Trajectory) -> Vec<Option<(Tick, u32)>> {
    let mut first = vec![None; plan.n_actors()];
    for (rank, step) in run.ranked().filter(|(_, step)| step.to() > 0) {
        first[step.actor as usize].get_or_insert((step.tick, rank));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_plan::{Cause, Engine};
    use normwave_scenario::{InMemory, Overrides, Registries, lower};
    use std::sync::Arc;

    const TEXT: &str = r#"
schema = 1
title = "A row of three"
period = { start = 2000-01-01, until = 2004-01-01, tick = "year" }
first-adopters = [{ who = "A" }]
network.actor = [{ id = "A" }, { id = "B" }, { id = "C" }]
"#;

    // A adopts in 2000, B in 2001, C never.
    fn judged(expect: &str) -> Vec<String> {
        let text = format!("{TEXT}{expect}");
        let files = InMemory::default();
        let read =
            Scenario::read("row.toml", &text, &files, &Registries::default(), &Overrides::default()).unwrap();
        let scenario = Arc::new(read);
        let plan = lower(&scenario, None).unwrap();
        let mut run = Trajectory::default();
        run.record(0, 0, 0, 1, Cause::Set);
        run.record(1, 1, 0, 1, Cause::Decided);
        let mut other = run.clone();
        other.record(2, 2, 0, 1, Cause::Decided);
        let mut all = unmet(&scenario, &plan, &run);
        all.extend(unmet_over_replicates(&scenario, &plan, &[run.clone(), run.clone(), run, other]));
        all
    }

    #[test]
    fn what_came_out_as_expected_is_not_mentioned() {
        let met = r#"
expect.adopters = 2
expect.adopters-by = { 2000 = 1, 2001-06 = { least = 2 } }
expect.holds = { A = "adopted", C = "status quo" }
expect.order = [["A", "B", "C"]]
expect.mean-adopters = 2.25
expect.probability = { B = 1, C = { least = 0.2, most = 0.3 } }
"#;
        assert_eq!(judged(met), Vec::<String>::new());
    }

    #[test]
    fn what_came_out_otherwise_is_said() {
        let wrong = r#"
expect.adopters = { most = 1 }
expect.adopters-by = { 2001 = 3 }
expect.holds = { C = "adopted" }
expect.order = [["B", "A"], ["C", "B"]]
expect.mean-adopters = { least = 2.5 }
expect.probability = { C = 0 }
"#;
        assert_eq!(
            judged(wrong),
            [
                "2 adopters at the end, expected 1 or less",
                "2 adopters at the end of 2001, expected 3",
                "C holds \"status quo\" at the end, expected \"adopted\"",
                "B adopts in 2001 and A in 2000, expected B before A",
                "C adopts never and B in 2001, expected C before B",
                "mean adopters at the end 2.2500 over 4 replicates, expected 2.5 or more",
                "probability that C adopts 0.2500 over 4 replicates, expected 0",
            ]
        );
    }

    #[test]
    fn an_expected_pattern_is_read_with_who_moved_whom() {
        // The hub pleads and comes last: by order alone that is peripheral.
        let text = r#"
schema = 1
title = "The hub pleads"
period = { start = 2000-01-01, until = 2004-01-01, tick = "year" }
network.generate.star = { leaves = 8 }
decision.threshold = 0.5
factor.plea = { type = "moral", layer = "ties" }
[advocacy]
vigour = [0.0, 0.0]
schedule = [
    { who = "HUB", position = "adopted", level = 1 },
    { who = "L1", position = "adopted", steps = [["2001", 1.0]] },
]
[expect]
adopters = 9
pattern.is = "peripheral"
"#;
        let files = InMemory::default();
        let registries = Registries::default();
        let read = Scenario::read("hub.toml", text, &files, &registries, &Overrides::default()).unwrap();
        let scenario = Arc::new(read);
        let plan = lower(&scenario, None).unwrap();
        let run = normwave_engine::Sparse.prepare(&plan).run(1, 0);
        let adopted = first_adoptions(&plan, &run, 1);
        let standing = Standing::before(&scenario, &adopted, None, None).unwrap();
        assert_eq!(pattern(&standing.input(&adopted, &[])).pattern.name(), "peripheral");
        assert_eq!(unmet(&scenario, &plan, &run), ["the pattern is mixed, expected peripheral"]);
    }

    #[test]
    fn two_who_adopt_together_are_in_no_order() {
        let together = judged("expect.order = [[\"A\", \"A\"]]");
        assert_eq!(together, ["A adopts in 2000 and A in 2000, expected A before A"]);
    }
}

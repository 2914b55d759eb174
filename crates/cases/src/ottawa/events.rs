//! What each of five events did to the ban, alone and together.

use super::EvidenceError;
use super::variant::{Base, Model, Variant};
use normwave_analysis::{Parts, TickState, shapley};
use normwave_engine::Sparse;
use normwave_plan::{Engine, Plan};
use rayon::prelude::*;

/// The events, in order of their dates.
const EVENTS: [&str; 5] = ["ottawa", "labour", "french-socialists", "brussels", "diana"];
/// Those of them that change only who says what, each with its month.
const SAID: [(&str, &str); 3] = [("ottawa", "1996-10"), ("brussels", "1997-06"), ("diana", "1997-08")];
/// Those of them that change weights in a selectorate.
const WEIGHED: [&str; 2] = ["labour", "french-socialists"];
/// When the United Kingdom is looked at, and when all states are.
const MONTHS: (&str, &str) = ("1997-11", "1997-12");

/// What each event did, shared out over all combinations of events in runs without noise, with the
/// three governments opened.
#[derive(Clone, Debug)]
pub struct EventParts {
    /// The events.
    pub events: [&'static str; 5],
    /// The lead of the total ban over the stronger of the other positions in the United Kingdom in
    /// November 1997, in pressure units.
    pub lead: Outcome,
    /// The share of states that has decided for the total ban by the end of 1997.
    pub share: Outcome,
}

/// One outcome, shared out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// With none of the events.
    pub none: f64,
    /// With all of them.
    pub all: f64,
    /// Shapley values and interactions.
    pub parts: Parts,
}

// Events by bits, in the order of `EVENTS`.
fn has(set: usize, event: &str) -> bool {
    EVENTS.iter().position(|known| *known == event).is_some_and(|bit| set >> bit & 1 == 1)
}

/// Runs all combinations of the events.
pub(super) fn parts(base: &Base, step: &(dyn Fn(&str) -> bool + Sync)) -> Result<EventParts, EvidenceError> {
    let weighed: Vec<usize> = (0..1 << WEIGHED.len()).collect();
    let of = |bits: &usize| {
        if !step("which event did what") {
            return Err(EvidenceError::Stopped);
        }
        let off = (0..WEIGHED.len()).filter(|bit| bits >> bit & 1 == 0).map(|bit| WEIGHED[bit]);
        let variant = Variant { opened: true, without: off.collect(), ..Variant::default() };
        let mut model = base.model(&variant, true)?;
        let mut found = Vec::new();
        let same =
            |set: &usize| (0..WEIGHED.len()).all(|bit| has(*set, WEIGHED[bit]) == (bits >> bit & 1 == 1));
        let said = model.plan.stances.scheduled.clone();
        for set in (0..1 << EVENTS.len()).filter(same) {
            model.plan.stances.scheduled.clone_from(&said);
            unsay(&mut model, set);
            found.push((set, outcome(&model)?));
        }
        Ok(found)
    };
    let found: Result<Vec<_>, EvidenceError> = weighed.par_iter().map(of).collect();
    let mut values = vec![(0.0, 0.0); 1 << EVENTS.len()];
    for (set, value) in found?.into_iter().flatten() {
        values[set] = value;
    }
    let shared_out = |of: &dyn Fn(usize) -> f64| {
        let set = |on: &[bool]| (0..on.len()).filter(|&bit| on[bit]).map(|bit| 1 << bit).sum();
        let parts = shapley(EVENTS.len(), 0, |on| Ok::<_, EvidenceError>(of(set(on))))?;
        Ok::<_, EvidenceError>(Outcome { none: of(0), all: of(values.len() - 1), parts })
    };
    Ok(EventParts {
        events: EVENTS,
        lead: shared_out(&|set| values[set].0)?,
        share: shared_out(&|set| values[set].1)?,
    })
}

// Takes out what is said from the months of the events that are off. No other stance begins in them,
// so that nothing has to be read anew.
fn unsay(model: &mut Model, set: usize) {
    let off = SAID.iter().filter(|(event, _)| !has(set, event));
    let off: Vec<_> = off.map(|(_, month)| model.tick(month)).collect();
    model.plan.stances.scheduled.retain(|stance| !off.contains(&stance.from));
}

fn outcome(model: &Model) -> Result<(f64, f64), EvidenceError> {
    let plan: &Plan = &model.plan;
    let run = Sparse.prepare(plan).run(0, 0);
    let tick = model.tick(MONTHS.0);
    let positions = TickState::at_decisions(&run, plan.n_actors(), tick).start;
    let pressures = plan.pressures_of_state(tick, &positions, &plan.persuaded_at(&run, tick));
    let gbr = model.scenario.network.actor_id("GBR")?.idx() * plan.n_positions;
    let lead = pressures[gbr + 2] - pressures[gbr].max(pressures[gbr + 1]);
    Ok((lead, plan.shares(&run).share(model.tick(MONTHS.1), 2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ottawa::EvidenceOptions;
    use normwave_scenario::Overrides;

    #[test]
    fn events_taken_out_of_the_plan_are_as_if_they_had_not_been_read() {
        let options = EvidenceOptions { replicates: 1, seed: 1, threads: 1, overrides: Overrides::default() };
        let base = Base::read(&options).unwrap();
        let model = |without: Vec<&'static str>| {
            base.model(&Variant { opened: true, without, ..Variant::default() }, true).unwrap()
        };
        let mut taken_out = model(Vec::new());
        let said = taken_out.plan.stances.scheduled.clone();
        let mut without = |events: &[&str]| {
            let bits = EVENTS.iter().enumerate().filter(|(_, event)| !events.contains(event));
            taken_out.plan.stances.scheduled.clone_from(&said);
            unsay(&mut taken_out, bits.map(|(bit, _)| 1 << bit).sum());
            let (lead, share) = outcome(&taken_out).unwrap();
            (lead.to_bits(), share.to_bits())
        };
        let all: Vec<&str> = SAID.iter().map(|(event, _)| *event).collect();
        let read = outcome(&model(all.clone())).unwrap();
        assert_eq!(without(&all), (read.0.to_bits(), read.1.to_bits()));
        let with_all = without(&[]);
        for event in all {
            assert_ne!(without(&[event]), with_all, "{event} does something");
        }
    }
}

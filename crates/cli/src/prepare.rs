//! From a scenario's text to a plan, with the quantum that a counterfactual shares with its base.

use crate::{Failure, Input, output};
use normwave_plan::{Plan, Rule, Schedule};
use normwave_scenario::{Overrides, Scenario, lower};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A scenario that is ready to run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Where it comes from.
    pub input: Input,
    /// What was changed in it.
    pub overrides: Overrides,
    /// The scenario, with the changes.
    pub scenario: Arc<Scenario>,
    /// The plan.
    pub plan: Plan,
    /// Whose quantum the plan has.
    pub quantum: Quantum,
    /// BLAKE3 hashes of the scenario file and its tables, by name.
    pub hashes: BTreeMap<String, String>,
}

/// Whose quantum a plan has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantum {
    /// Its own.
    Own,
    /// That of the scenario without changes, so that rounding cannot differ between the two.
    OfBase,
}

/// A counterfactual by `--set` takes a quantum of its own where that of its base would round so
/// many times more coarsely: the base of unit strengths has a quantum of 1, which knows no 1.001.
const COARSER: f64 = 1024.0;

impl Prepared {
    /// Reads and lowers a scenario.
    ///
    /// A counterfactual inherits the quantum of its base, so that both are the same, bit for bit,
    /// up to the date of an event that is switched off. It gets its own if the base's is refused,
    /// or if values that were set would lose by it.
    ///
    /// # Errors
    /// [`Failure::BadInput`] with what is wrong.
    pub fn read(input: &Input, overrides: &Overrides) -> Result<Self, Failure> {
        let base = if overrides.is_empty() { None } else { Some(input.read(&Overrides::default())?.0) };
        let base = base.map(|scenario| lower(&Arc::new(scenario), None)).transpose()?;
        Prepared::beside(input, overrides, base.as_ref().map(|plan| plan.quantum))
    }

    /// As [`Prepared::read`], where the base's quantum is at hand.
    ///
    /// # Errors
    /// [`Failure::BadInput`] with what is wrong.
    pub fn beside(input: &Input, overrides: &Overrides, quantum: Option<f64>) -> Result<Self, Failure> {
        let (scenario, hashes) = input.read(overrides)?;
        let scenario = Arc::new(scenario);
        let (plan, quantum) = match quantum {
            None => (lower(&scenario, None)?, Quantum::Own),
            Some(quantum) => {
                lowered(&scenario, quantum, !overrides.set.is_empty() || overrides.variant.is_some())?
            }
        };
        Ok(Prepared { input: input.clone(), overrides: overrides.clone(), scenario, plan, quantum, hashes })
    }

    /// Reads a counterfactual of this scenario: these changes on top of those that it has.
    ///
    /// # Errors
    /// [`Failure::BadInput`] with what is wrong.
    pub fn counterfactual(&self, changes: &Overrides) -> Result<Self, Failure> {
        let mut overrides = self.overrides.clone();
        overrides.set.extend(changes.set.iter().cloned());
        overrides.without.extend(changes.without.iter().cloned());
        Prepared::beside(&self.input, &overrides, Some(self.plan.quantum))
    }

    /// The plan without noise: the same pressures under the strict rule, or the scenario's own rule
    /// if that has no noise, or is all chance.
    #[must_use]
    pub fn noise_free_plan(&self) -> Plan {
        match self.plan.rule {
            Rule::Noisy { rate, .. } => {
                Plan { rule: Rule::Strict, reviews_per_year: rate, ..self.plan.clone() }
            }
            Rule::Strict | Rule::AtLeast | Rule::Hazard { .. } | Rule::Trials => self.plan.clone(),
        }
    }

    /// Whether replicates can differ.
    #[must_use]
    pub fn has_chance(&self) -> bool {
        matches!(self.plan.rule, Rule::Noisy { .. } | Rule::Hazard { .. } | Rule::Trials)
            || self.plan.schedule != Schedule::Synchronous
            || self.plan.threshold_draw.is_some()
    }

    /// What is shown where a scenario without chance has one run.
    #[must_use]
    pub fn shown_run(&self) -> ShownRun {
        match self.plan.rule {
            Rule::Hazard { .. } | Rule::Trials => ShownRun::FirstReplicate,
            Rule::Strict | Rule::AtLeast if self.plan.threshold_draw.is_some() => ShownRun::FirstReplicate,
            Rule::Strict | Rule::AtLeast | Rule::Noisy { .. } => ShownRun::WithoutNoise,
        }
    }
}

/// The run that stands for a scenario where one is shown: that of [`Prepared::noise_free_plan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownRun {
    /// The run without noise.
    WithoutNoise,
    /// The first replicate, where nothing would be left without chance.
    FirstReplicate,
}

impl ShownRun {
    /// As the head of a column.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            ShownRun::WithoutNoise => "without noise",
            ShownRun::FirstReplicate => "first replicate",
        }
    }

    /// After a comma or a noun.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            ShownRun::WithoutNoise => "without noise",
            ShownRun::FirstReplicate => "in the first replicate",
        }
    }

    /// As a noun.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            ShownRun::WithoutNoise => "the run without noise",
            ShownRun::FirstReplicate => "the first replicate",
        }
    }
}

fn lowered(scenario: &Arc<Scenario>, quantum: f64, values_set: bool) -> Result<(Plan, Quantum), Failure> {
    let inherited = match lower(scenario, Some(quantum)) {
        Ok(plan) if !values_set => return Ok((plan, Quantum::OfBase)),
        Ok(plan) => Some(plan),
        Err(_) => None,
    };
    let own = lower(scenario, None)?;
    let Some(inherited) = inherited else {
        output::note(
            "the change makes pressures too strong for the quantum of the scenario without it; this run has its \
             own, so that decisions that hang on rounding may differ before the change",
        );
        return Ok((own, Quantum::Own));
    };
    let coarsest = |plan: &Plan| plan.rounding.iter().copied().fold(0.0, f64::max);
    if coarsest(&inherited) > COARSER * coarsest(&own) {
        Ok((own, Quantum::Own))
    } else {
        Ok((inherited, Quantum::OfBase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(case: &str, set: &[&str]) -> Prepared {
        let set = set.iter().map(|&set| set.to_owned()).collect();
        let input = Input::find(case).unwrap();
        Prepared::read(&input, &Overrides { set, ..Overrides::default() }).unwrap()
    }

    #[test]
    fn a_value_that_the_base_cannot_count_gets_its_own_quantum() {
        let fine = prepared("ego", &["network.layer.ties.ties.2.strength=1.001"]);
        assert_eq!(fine.quantum, Quantum::Own);
        assert!(fine.plan.rounding.iter().all(|&bound| bound < 1e-9));
        let whole = prepared("ego", &["network.layer.ties.ties.2.strength=2.0"]);
        assert_eq!(whole.quantum, Quantum::OfBase);
    }

    #[test]
    fn a_scenario_that_is_all_chance_shows_its_first_replicate() {
        let shown = |set: &[&str]| {
            let prepared = prepared("ego", set);
            (prepared.has_chance(), prepared.shown_run())
        };
        assert_eq!(shown(&[]), (false, ShownRun::WithoutNoise));
        for rule in ["hazard", "trials"] {
            assert_eq!(shown(&[&format!("decision.rule={rule}")]), (true, ShownRun::FirstReplicate));
        }
        let drawn = "decision.threshold={ uniform = [0, 1] }";
        assert_eq!(shown(&[drawn]), (true, ShownRun::FirstReplicate));
        for noisy in ["decision.rule=noisy", "decision.schedule=continuous"] {
            assert_eq!(shown(&[noisy]), (true, ShownRun::WithoutNoise));
        }
    }

    #[test]
    fn without_noise_reviews_come_as_often_as_with_it() {
        let noisy = prepared("ego", &["decision={ rule = \"noisy\", rate = 3, schedule = \"continuous\" }"]);
        let without = noisy.noise_free_plan();
        assert_eq!(without.rule, Rule::Strict);
        assert!((without.reviews_per_tick() - 3.0).abs() < 1e-12);
    }
}

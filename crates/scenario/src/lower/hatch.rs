//! The hatch for mechanisms that may read anything: the domain is asked again at every tick.

use super::quantum::Quantum;
use super::{raw_values, source_of};
use crate::Scenario;
use normwave_moderators::Pressure;
use normwave_network_model::Tick;
use normwave_plan::{Hatch, Position, SIGNAL_ONE, Source, Weights};
use normwave_pressure_factors::{Scope, SystemView};
use std::sync::Arc;

/// One factor toward one position.
#[derive(Debug)]
pub(super) struct FactorHatch {
    scenario: Arc<Scenario>,
    factor: usize,
    position: Position,
    quantum: Quantum,
}

impl FactorHatch {
    pub(super) fn new(scenario: Arc<Scenario>, factor: usize, position: Position, quantum: Quantum) -> Self {
        FactorHatch { scenario, factor, position, quantum }
    }
}

impl Hatch for FactorHatch {
    /// # Panics
    /// If a derived layer cannot be computed at this tick, which reading the scenario has checked
    /// at every change; or if a pressure is too strong for the quantum.
    fn weights(&self, tick: Tick, positions: &[Position], advocacy: &[u32]) -> Weights {
        let scenario = &*self.scenario;
        let network = scenario.network_at(tick).expect("the network was checked at every change");
        let mut norm = scenario.norm_state(tick, positions);
        norm.advocacy = advocacy.iter().map(|&x| f64::from(x) / f64::from(SIGNAL_ONE)).collect();
        scenario.expose(&network, &mut norm);
        let view = SystemView { network: &network, norm: &norm };
        let raw = raw_values(scenario, self.factor, &view);
        let spec = &scenario.factors[self.factor];
        let n_k = scenario.n_positions();
        let ties = match spec.mechanism.scope() {
            Scope::Ties { layer, .. } => Some(view.ties(layer)),
            Scope::Actors => None,
        };
        let values: Vec<f64> = match ties {
            Some(_) => raw,
            None => raw.into_iter().skip(usize::from(self.position)).step_by(n_k).collect(),
        };
        let pressure = Pressure { factor: &spec.name, toward: self.position, ties, raw: &values };
        let mut gain = vec![1.0; values.len()];
        for active in scenario.moderators_of(self.factor) {
            active.moderator.moderate(&pressure, &view, &mut gain);
        }
        match (source_of(scenario, self.factor), ties) {
            (Source::Internal, _) | (_, None) => {
                let own = values.iter().zip(&gain).map(|(value, gain)| self.quantum.own(value * gain));
                Weights::Internal(own.collect())
            }
            (Source::Ties(_), Some(ties)) => {
                let weight = |value: f64| self.quantum.weight(value).expect("pressures fit the quantum");
                let weights = ties.iter().zip(values.iter().zip(&gain));
                let triples =
                    weights.map(|(tie, (value, gain))| (tie.from.0, tie.to.0, weight(value * gain)));
                Weights::from_ties(network.n_actors(), triples.collect())
            }
        }
    }
}

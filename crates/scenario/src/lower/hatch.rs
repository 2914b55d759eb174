//! The hatch for mechanisms that may read anything: the domain is asked again at every tick.

use super::quantum::Quantum;
use super::{raw_values, source_of};
use crate::Scenario;
use normwave_moderators::Pressure;
use normwave_network_model::Tick;
use normwave_plan::{Hatch, Position, SIGNAL_ONE, Source, Weights};
use normwave_pressure_factors::{Scope, SystemView};
use std::sync::{Arc, Mutex, PoisonError};

/// One factor toward one position.
#[derive(Debug)]
pub(super) struct FactorHatch {
    domain: Arc<Domain>,
    // Its place among the hatched factors.
    place: usize,
    position: Position,
}

/// What all hatches of a plan share: they are asked one after the other about the same state, and
/// the network and the norm in it are worked out once.
#[derive(Debug)]
pub(super) struct Domain {
    scenario: Arc<Scenario>,
    quantum: Quantum,
    factors: Vec<usize>,
    last: Mutex<Option<Answer>>,
}

// The weights of every hatched factor toward every position in one state.
#[derive(Clone, Debug)]
struct Answer {
    tick: Tick,
    positions: Vec<Position>,
    advocacy: Vec<u32>,
    weights: Arc<Vec<Weights>>,
}

impl FactorHatch {
    pub(super) fn new(domain: &Arc<Domain>, place: usize, position: Position) -> Self {
        FactorHatch { domain: Arc::clone(domain), place, position }
    }
}

impl Hatch for FactorHatch {
    /// # Panics
    /// If a derived layer cannot be computed at this tick, which reading the scenario has checked
    /// at every change; or if a pressure is too strong for the quantum.
    fn weights(&self, tick: Tick, positions: &[Position], advocacy: &[u32]) -> Weights {
        let n_k = self.domain.scenario.n_positions();
        self.domain.weights(tick, positions, advocacy)[self.place * n_k + usize::from(self.position)].clone()
    }
}

impl Domain {
    pub(super) fn new(scenario: &Arc<Scenario>, quantum: &Quantum, factors: Vec<usize>) -> Self {
        Domain { scenario: Arc::clone(scenario), quantum: quantum.clone(), factors, last: Mutex::new(None) }
    }

    fn weights(&self, tick: Tick, positions: &[Position], advocacy: &[u32]) -> Arc<Vec<Weights>> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |answer: &Answer| {
            (answer.tick, &*answer.positions, &*answer.advocacy) == (tick, positions, advocacy)
        };
        if let Some(answer) = last().as_ref().filter(|answer| same(answer)) {
            return Arc::clone(&answer.weights);
        }
        // Not under the lock: other threads run other replicates.
        let weights = Arc::new(self.ask(tick, positions, advocacy));
        let (positions, advocacy) = (positions.to_vec(), advocacy.to_vec());
        *last() = Some(Answer { tick, positions, advocacy, weights: Arc::clone(&weights) });
        weights
    }

    fn ask(&self, tick: Tick, positions: &[Position], advocacy: &[u32]) -> Vec<Weights> {
        let scenario = &*self.scenario;
        let network = scenario.network_at(tick).expect("the network was checked at every change");
        let mut norm = scenario.norm_state(tick, positions);
        norm.advocacy = advocacy.iter().map(|&x| f64::from(x) / f64::from(SIGNAL_ONE)).collect();
        scenario.expose(&network, &mut norm);
        let view = SystemView { network: &network, norm: &norm };
        let all = self.factors.iter().flat_map(|&factor| self.ask_factor(factor, &view));
        all.collect()
    }

    // The weights of one factor toward every position.
    fn ask_factor(&self, factor: usize, view: &SystemView<'_>) -> Vec<Weights> {
        let scenario = &*self.scenario;
        let spec = &scenario.factors[factor];
        let n_k = scenario.n_positions();
        let raw = raw_values(scenario, factor, view);
        let ties = match spec.mechanism.scope() {
            Scope::Ties { layer, .. } => Some(view.ties(layer)),
            Scope::Actors => None,
        };
        let toward = (0u8..).take(n_k).map(|k| {
            let values: Vec<f64> = match ties {
                Some(_) => raw.clone(),
                None => raw.iter().skip(usize::from(k)).step_by(n_k).copied().collect(),
            };
            let pressure = Pressure { factor: &spec.name, toward: k, ties, raw: &values };
            let mut gain = vec![1.0; values.len()];
            for active in scenario.moderators_of(factor) {
                active.moderator.moderate(&pressure, view, &mut gain);
            }
            let turned = values.iter().zip(&gain).map(|(value, gain)| value * gain);
            match (source_of(scenario, factor), ties) {
                (Source::Internal, _) | (_, None) => {
                    Weights::Internal(turned.map(|value| self.quantum.own(value)).collect())
                }
                (Source::Ties(_), Some(ties)) => {
                    let weight = |value: f64| self.quantum.weight(value).expect("pressures fit the quantum");
                    let triples = ties.iter().zip(turned);
                    let triples = triples.map(|(tie, value)| (tie.from.0, tie.to.0, weight(value)));
                    Weights::from_ties(view.network.n_actors(), triples.collect())
                }
            }
        });
        toward.collect()
    }
}

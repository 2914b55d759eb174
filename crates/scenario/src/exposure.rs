//! The raw pressure of factors to which others answer.

use crate::Scenario;
use crate::lower::raw_values;
use normwave_network_model::{ActorId, NetworkView};
use normwave_pressure_factors::{NormState, Scope, Signal, SystemView};
use std::collections::{BTreeMap, BTreeSet};

impl Scenario {
    /// Fills [`NormState::exposures`] from the positions and the advocacy in `norm`, where some
    /// factor asks for the pressures of others; else leaves it empty.
    pub fn expose(&self, network: &NetworkView<'_>, norm: &mut NormState) {
        let asked = self.factors.iter().flat_map(|factor| factor.mechanism.reads_factors());
        let asked: BTreeSet<&String> = asked.collect();
        let place = |name: &String| self.factors.iter().position(|factor| factor.name == *name);
        let exposures: BTreeMap<String, Vec<f64>> = asked
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.raw_pressure(place(name)?, network, norm))))
            .collect();
        norm.exposures = exposures;
    }

    // Σ_j raw_f(j→i, k) at `i * K + k`.
    fn raw_pressure(&self, factor: usize, network: &NetworkView<'_>, norm: &NormState) -> Vec<f64> {
        let n_k = self.n_positions();
        let view = SystemView { network, norm };
        let values = raw_values(self, factor, &view);
        let Scope::Ties { layer, signal } = self.factors[factor].mechanism.scope() else { return values };
        let mut sums = vec![0.0; network.n_actors() * n_k];
        for (tie, value) in view.ties(layer).iter().zip(values) {
            for k in 0..n_k {
                sums[tie.to.idx() * n_k + k] += value * self.heard(norm, signal, tie.from, k);
            }
        }
        sums
    }

    // ŷ_jk = Σ_m s_mk · y_jm.
    fn heard(&self, norm: &NormState, signal: Signal, sender: ActorId, k: usize) -> f64 {
        let n_k = self.n_positions();
        let support = |m: usize| self.norm.support[m * n_k + k];
        match signal {
            Signal::Adoption => norm.positions[sender.idx()].map_or(0.0, |held| support(usize::from(held))),
            Signal::Advocacy => {
                let x = &norm.advocacy[sender.idx() * n_k..][..n_k];
                x.iter().enumerate().map(|(m, x)| support(m) * x).sum()
            }
        }
    }
}

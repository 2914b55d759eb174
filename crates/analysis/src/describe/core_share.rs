//! Adoption in the core and outside of it.

use super::Diffusion;
use crate::{PatternInput, centrality, core_members};
use normwave_network_model::NetworkError;
use normwave_plan::Tick;
use normwave_scenario::Scenario;
use serde::Serialize;

/// Share of the actors that is the core.
const CORE: f64 = 0.2;

/// Who holds the position in the core and in the periphery at the end of a tick.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CoreShare {
    /// Living members of the core.
    pub core: usize,
    /// Those of them who hold the position.
    pub core_adopters: usize,
    /// Living governments outside of it.
    pub periphery: usize,
    /// Those of them who hold the position.
    pub periphery_adopters: usize,
}

/// The core: the fifth of the population that was most central before the first adoption in the
/// period, by place. Central is who has strong ties in the layers that pressure factors run over, see
/// [`centrality`]; without factors, in all layers alike. Who did not live then is outside.
///
/// # Errors
/// [`NetworkError`] if a derived layer cannot be computed.
pub fn core_of(scenario: &Scenario, diffusion: &Diffusion) -> Result<Vec<bool>, NetworkError> {
    let first = diffusion.adopters().map(|(_, tick)| tick).min().unwrap_or(0);
    let before = first.saturating_sub(1);
    let mut central = centrality(scenario, None, before)?;
    if central.iter().flatten().all(|value| *value <= 0.0) {
        central = over_all_layers(scenario, before)?;
    }
    let input = PatternInput { adopted: &[], centrality: &central, power: None, links: &[], core: CORE };
    let members = core_members(&input);
    Ok(diffusion.population.actors().iter().map(|actor| members[actor.idx()]).collect())
}

#[expect(clippy::cast_precision_loss, reason = "a number of layers")]
fn over_all_layers(scenario: &Scenario, tick: Tick) -> Result<Vec<Option<f64>>, NetworkError> {
    let layers = scenario.network.layers();
    let mut sums: Vec<Option<f64>> = Vec::new();
    for layer in layers {
        let of_layer = centrality(scenario, Some(&layer.name), tick)?;
        if sums.is_empty() {
            sums = of_layer;
            continue;
        }
        for (sum, value) in sums.iter_mut().zip(of_layer) {
            *sum = sum.zip(value).map(|(sum, value)| sum + value);
        }
    }
    let n = layers.len().max(1) as f64;
    if sums.is_empty() {
        sums = vec![None; scenario.network.actors().len()];
    }
    Ok(sums.into_iter().map(|sum| sum.map(|sum| sum / n)).collect())
}

/// Adoption in the core and outside of it, tick by tick.
#[must_use]
pub fn core_shares(core: &[bool], diffusion: &Diffusion) -> Vec<CoreShare> {
    let ticks = diffusion.holds.iter().zip(&diffusion.present);
    let of_tick = |(holds, present): (&Vec<bool>, &Vec<bool>)| {
        let count = |of: &[bool], inside: bool| {
            of.iter().zip(core).filter(|(counts, core)| **counts && **core == inside).count()
        };
        CoreShare {
            core: count(present, true),
            core_adopters: count(holds, true),
            periphery: count(present, false),
            periphery_adopters: count(holds, false),
        }
    };
    ticks.map(of_tick).collect()
}

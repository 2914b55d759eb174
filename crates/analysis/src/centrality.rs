//! Centrality of governments before a norm spreads.

use normwave_network_model::measure::{Direction, Flow, LayerGraph, Reading, Strengths, strength};
use normwave_network_model::{LayerId, NetworkError};
use normwave_plan::Tick;
use normwave_pressure_factors::Scope;
use normwave_scenario::Scenario;
use std::collections::BTreeSet;

/// How central each government is at a tick: the strength of all its ties with other governments,
/// sent and received, relative to the mean of the layer, and the mean over layers.
///
/// `c_i = (1/L) Σ_ℓ s_iℓ / mean(s_ℓ)` over the layer that is named, else over all layers that
/// pressure factors run over; layers without ties among governments are left out, so that 1 is the
/// average government. `None` for actors to whom the norm does not apply at that tick.
///
/// The tick for [`crate::pattern`] is the one before the first adoption, or the first.
///
/// # Errors
/// [`NetworkError`] if the layer is unknown or a derived layer cannot be computed.
///
/// ```
/// use normwave_analysis::centrality;
/// use normwave_scenario::{InMemory, Overrides, Registries, Scenario};
/// let text = r#"
/// schema = 1
/// title = "A hub"
/// period = { start = 2000-01-01, until = 2002-01-01, tick = "year" }
/// network.generate.star = { leaves = 3 }
/// factor.peers = { type = "emulation", layer = "ties" }
/// "#;
/// let files = InMemory::default();
/// let hub = Scenario::read("hub.toml", text, &files, &Registries::default(), &Overrides::default())?;
/// let central: Vec<f64> = centrality(&hub, None, 0)?.into_iter().flatten().collect();
/// assert!(central.iter().zip([2.0, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0]).all(|(a, b)| (a - b).abs() < 1e-12));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[expect(clippy::cast_precision_loss, reason = "counts of actors and layers")]
pub fn centrality(
    scenario: &Scenario,
    layer: Option<&str>,
    tick: Tick,
) -> Result<Vec<Option<f64>>, NetworkError> {
    let view = scenario.network_at(tick)?;
    let layers: BTreeSet<LayerId> = match layer {
        Some(name) => [scenario.network.layer_id(name)?].into(),
        None => layers_of_factors(scenario),
    };
    let reading =
        Reading { strengths: Strengths::Used, direction: Direction::Directed, ..Reading::default() };
    let mut sums = vec![0.0; view.n_actors()];
    let mut n_layers = 0;
    for layer in layers {
        let graph = LayerGraph::new(&view, layer, reading);
        let strengths = strength(&graph, Flow::Both);
        let mean = strengths.iter().sum::<f64>() / graph.n_actors().max(1) as f64;
        if mean > 0.0 {
            n_layers += 1;
            for (actor, strength) in graph.actors().iter().zip(strengths) {
                sums[actor.idx()] += strength / mean;
            }
        }
    }
    let own = |actor| scenario.present(actor, view.date());
    let all = (0u32..).map(normwave_network_model::ActorId).zip(sums);
    Ok(all.map(|(actor, sum)| own(actor).then(|| sum / f64::from(n_layers.max(1)))).collect())
}

fn layers_of_factors(scenario: &Scenario) -> BTreeSet<LayerId> {
    let layer = |factor: &normwave_scenario::Factor| match factor.mechanism.scope() {
        Scope::Ties { layer, .. } => scenario.network.layer_id(layer).ok(),
        Scope::Actors => None,
    };
    scenario.factors.iter().filter_map(layer).collect()
}

//! What is measured of one layer.

use normwave_network_model::measure::{
    Flow, LayerGraph, Reading, Strengths, degree, density, eigenvector_centrality, mean_local_clustering,
    normalised_betweenness, strength, transitivity,
};
use normwave_network_model::{ActorId, LayerId, NetworkView};
use normwave_report::compact;
use normwave_scenario::Scenario;
use serde_json::{Value, json};

/// How many of the most central are named.
const TOP: usize = 5;

/// Measures of one layer on one date.
pub(super) struct LayerReport {
    pub(super) name: String,
    pub(super) n_actors: usize,
    pub(super) n_ties: usize,
    pub(super) density: f64,
    pub(super) transitivity: f64,
    pub(super) clustering: f64,
    /// By measure.
    pub(super) tops: Vec<(&'static str, Top)>,
}

/// The most central by one measure, or why it has no value.
pub(super) enum Top {
    Of(Vec<(ActorId, f64)>),
    NotDefined(String),
}

impl LayerReport {
    #[expect(clippy::cast_precision_loss, reason = "degrees")]
    pub(super) fn new(view: &NetworkView<'_>, layer: LayerId, reading: Reading) -> Self {
        let graph = LayerGraph::new(view, layer, reading);
        let weighted = LayerGraph::new(view, layer, Reading { strengths: Strengths::Used, ..reading });
        let top = |values: Vec<f64>| {
            let mut ranked: Vec<(ActorId, f64)> = graph.actors().iter().copied().zip(values).collect();
            ranked.retain(|(_, value)| *value > 0.0);
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            ranked.truncate(TOP);
            Top::Of(ranked)
        };
        let degrees = degree(&graph, Flow::Both).into_iter().map(|degree| degree as f64).collect();
        let eigenvector = match eigenvector_centrality(&graph) {
            Ok(values) => top(values),
            Err(error) => Top::NotDefined(error.to_string()),
        };
        LayerReport {
            name: view.network().layers()[layer.idx()].name.clone(),
            n_actors: graph.n_actors(),
            n_ties: graph.n_ties(),
            density: density(&graph),
            transitivity: transitivity(&graph),
            clustering: mean_local_clustering(&graph),
            tops: vec![
                ("degree", top(degrees)),
                ("strength", top(strength(&weighted, Flow::Both))),
                ("betweenness", top(normalised_betweenness(&graph))),
                ("eigenvector", eigenvector),
            ],
        }
    }

    pub(super) fn to_json(&self, scenario: &Scenario) -> Value {
        let tops = self.tops.iter().map(|(measure, top)| ((*measure).to_owned(), top.to_json(scenario)));
        json!({
            "layer": self.name,
            "actors": self.n_actors,
            "ties": self.n_ties,
            "density": self.density,
            "transitivity": self.transitivity,
            "clustering": self.clustering,
            "top": tops.collect::<serde_json::Map<_, _>>(),
        })
    }
}

impl Top {
    pub(super) fn to_text(&self, scenario: &Scenario) -> String {
        match self {
            Top::NotDefined(why) => why.clone(),
            Top::Of(ranked) if ranked.is_empty() => "none".to_owned(),
            Top::Of(ranked) => {
                let word = |(actor, value): &(ActorId, f64)| {
                    format!("{} {}", scenario.network.actor(*actor).id, rounded(*value))
                };
                ranked.iter().map(word).collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn to_json(&self, scenario: &Scenario) -> Value {
        match self {
            Top::NotDefined(why) => json!({ "undefined": why }),
            Top::Of(ranked) => {
                let entry = |(actor, value): &(ActorId, f64)| json!({ "actor": scenario.network.actor(*actor).id, "value": value });
                ranked.iter().map(entry).collect()
            }
        }
    }
}

/// Four decimals below 1, as centralities are printed; else three digits.
pub(super) fn rounded(value: f64) -> String {
    if value < 1.0 { normwave_report::fixed(value, 4) } else { compact(value) }
}

//! What is measured of one layer.

use normwave_network_model::measure::{
    Communities, Flow, LayerGraph, Reading, Strengths, betweenness_centralisation, closeness, communities,
    constraint, core_numbers, degree, degree_assortativity, degree_centralisation, density,
    eigenvector_centrality, mean_local_clustering, normalised_betweenness, strength, transitivity,
};
use normwave_network_model::{ActorId, LayerId, NetworkView};
use normwave_report::{compact, fixed};
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
    /// The least constrained.
    free: Top,
    core: Core,
    communities: Communities,
    /// In the order of the communities' numbers.
    actors: Vec<ActorId>,
    assortativity: Option<f64>,
    /// Of degree, of betweenness.
    centralisation: [f64; 2],
}

/// The deepest core.
struct Core {
    number: usize,
    members: Vec<ActorId>,
}

/// The most central by one measure, or why it has no value.
pub(super) enum Top {
    Of(Vec<(ActorId, f64)>),
    NotDefined(String),
}

impl LayerReport {
    #[expect(clippy::cast_precision_loss, reason = "degrees")]
    pub(super) fn new(view: &NetworkView<'_>, layer: LayerId, reading: Reading, seed: u64) -> Self {
        let graph = LayerGraph::new(view, layer, reading);
        let weighted = LayerGraph::new(view, layer, Reading { strengths: Strengths::Used, ..reading });
        let top = |values| top(&graph, values);
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
                ("closeness", top(closeness(&graph))),
            ],
            free: least_constrained(&graph),
            core: Core::new(&graph),
            communities: communities(&graph, seed),
            actors: graph.actors().to_vec(),
            assortativity: degree_assortativity(&graph),
            centralisation: [degree_centralisation(&graph, Flow::Both), betweenness_centralisation(&graph)],
        }
    }

    /// One line for each measure: its name, and what was found.
    pub(super) fn lines(&self, scenario: &Scenario) -> Vec<(&'static str, String)> {
        let mut lines: Vec<_> = self.tops.iter().map(|(name, top)| (*name, top.to_text(scenario))).collect();
        let id = |actor: &ActorId| scenario.network.actor(*actor).id.as_str();
        lines.push(("constraint", format!("least: {}", self.free.to_text(scenario))));
        let Core { number, members } = &self.core;
        let named: Vec<_> = members.iter().take(TOP).map(id).collect();
        let more = if members.len() > TOP { ", …" } else { "" };
        lines.push(("core", format!("the {number}-core has {}: {}{more}", members.len(), named.join(", "))));
        let Communities { sizes, modularity, .. } = &self.communities;
        let shown: Vec<_> = sizes.iter().take(TOP).map(usize::to_string).collect();
        let more = if sizes.len() > TOP { ", …" } else { "" };
        let of = format!("{} of {}{more}", sizes.len(), shown.join(", "));
        lines.push(("communities", format!("{of}; modularity {}", fixed(*modularity, 4))));
        let assortativity = self.assortativity.map_or("undefined".to_owned(), |value| fixed(value, 4));
        let [degree, betweenness] = self.centralisation.map(|value| fixed(value, 4));
        lines.push((
            "whole",
            format!("centralisation {degree} by degree, {betweenness} by betweenness; assortativity {assortativity}"),
        ));
        lines
    }

    pub(super) fn to_json(&self, scenario: &Scenario) -> Value {
        let tops = self.tops.iter().map(|(measure, top)| ((*measure).to_owned(), top.to_json(scenario)));
        let id = |actor: &ActorId| scenario.network.actor(*actor).id.as_str();
        let members = |community: usize| {
            let inside =
                self.actors.iter().zip(&self.communities.of).filter(move |(_, of)| **of == community);
            inside.map(|(actor, _)| id(actor)).collect::<Vec<_>>()
        };
        json!({
            "layer": self.name,
            "actors": self.n_actors,
            "ties": self.n_ties,
            "density": self.density,
            "transitivity": self.transitivity,
            "clustering": self.clustering,
            "assortativity": self.assortativity,
            "centralisation": { "degree": self.centralisation[0], "betweenness": self.centralisation[1] },
            "top": tops.collect::<serde_json::Map<_, _>>(),
            "least_constrained": self.free.to_json(scenario),
            "core": {
                "number": self.core.number,
                "actors": self.core.members.iter().map(id).collect::<Vec<_>>(),
            },
            "communities": {
                "modularity": self.communities.modularity,
                "members": (0..self.communities.sizes.len()).map(members).collect::<Vec<_>>(),
            },
        })
    }
}

/// The actors with the largest values above 0.
pub(super) fn top(graph: &LayerGraph<'_>, values: Vec<f64>) -> Top {
    let mut ranked: Vec<(ActorId, f64)> = graph.actors().iter().copied().zip(values).collect();
    ranked.retain(|(_, value)| *value > 0.0);
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(TOP);
    Top::Of(ranked)
}

fn least_constrained(graph: &LayerGraph<'_>) -> Top {
    let values = graph.actors().iter().copied().zip(constraint(graph));
    let mut ranked: Vec<(ActorId, f64)> =
        values.filter_map(|(actor, value)| value.map(|value| (actor, value))).collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    ranked.truncate(TOP);
    Top::Of(ranked)
}

impl Core {
    fn new(graph: &LayerGraph<'_>) -> Self {
        let numbers = core_numbers(graph);
        let number = numbers.iter().copied().max().unwrap_or(0);
        let deepest = graph.actors().iter().zip(&numbers).filter(|(_, of)| **of == number);
        Core { number, members: deepest.map(|(actor, _)| *actor).collect() }
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

    pub(super) fn to_json(&self, scenario: &Scenario) -> Value {
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
    if value < 1.0 { fixed(value, 4) } else { compact(value) }
}

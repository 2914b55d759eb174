//! Where the core group stands in each layer, as one and beside random groups of its size.

use super::variant::{Base, Variant};
use super::{CORE_GROUP, EvidenceError};
use normwave_network_model::ActorId;
use normwave_network_model::measure::{LayerGraph, Reading, group_betweenness_rank, normalised_betweenness};
use normwave_plan::{Draws, Stream, key_of};

/// The core group's betweenness in one layer (Everett and Borgatti 1999), when the Ottawa
/// conference met.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreGroupStanding {
    /// The layer, read without directions or strengths.
    pub layer: &'static str,
    /// Normalised betweenness of the group.
    pub group: f64,
    /// The state with the highest betweenness of its own, and that.
    pub best: (String, f64),
    /// Percentage of 200 random groups of eleven below it; equal ones count half.
    pub percentile: f64,
}

pub(super) fn standings(base: &Base) -> Result<Vec<CoreGroupStanding>, EvidenceError> {
    let model = base.model(&Variant::default(), true)?;
    let view = model.scenario.network_at(model.tick("1996-10"))?;
    let group: Result<Vec<ActorId>, _> = CORE_GROUP.iter().map(|id| view.network().actor_id(id)).collect();
    let group = group?;
    let mut standings = Vec::new();
    for layer in ["diplomatic", "defence", "contiguity", "trade"] {
        let graph = LayerGraph::new(&view, view.network().layer_id(layer)?, Reading::default());
        let others: Vec<Vec<ActorId>> =
            (0..200).map(|no| random_eleven(&graph, base.options.seed, no)).collect();
        let rank = group_betweenness_rank(&graph, &group, &others)?;
        let single = graph.actors().iter().zip(normalised_betweenness(&graph));
        let best = single.max_by(|a, b| a.1.total_cmp(&b.1));
        let best = best.map(|(id, value)| (view.network().actor(*id).id.clone(), value));
        standings.push(CoreGroupStanding {
            layer,
            group: rank.betweenness.normalised,
            best: best.unwrap_or_default(),
            percentile: rank.percentile,
        });
    }
    Ok(standings)
}

fn random_eleven(graph: &LayerGraph<'_>, seed: u64, no: u64) -> Vec<ActorId> {
    let draws = Draws::new(seed, no);
    let mut actors = graph.actors().to_vec();
    actors.sort_by_cached_key(|id| draws.bits(0, key_of(&graph.network().actor(*id).id), Stream::Order, 1));
    actors.truncate(CORE_GROUP.len());
    actors
}

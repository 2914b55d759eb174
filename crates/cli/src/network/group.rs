//! A group of governments measured as one, beside random groups and single actors.

use crate::network::measures::rounded;
use normwave_network_model::measure::{
    Flow, LayerGraph, Reading, group_betweenness_rank, group_degree, normalised_betweenness,
};
use normwave_network_model::{ActorId, LayerId, NetworkError, NetworkView};
use normwave_plan::{Draws, Stream, key_of};
use normwave_report::fixed;
use normwave_scenario::Scenario;
use serde_json::{Value, json};
use std::fmt::Write;

/// Random groups with which a group is compared.
const OTHERS: u64 = 200;

/// Where a group stands in one layer.
pub(super) struct GroupReport {
    size: usize,
    degree: Standing,
    betweenness: Standing,
    n_reached: usize,
}

/// One measure of a group: a share in [0, 1].
struct Standing {
    value: f64,
    /// Percentage of random groups of the same size below it; equal ones count half.
    percentile: f64,
    /// The actor with the largest value of its own, and that.
    best: Option<(ActorId, f64)>,
}

impl GroupReport {
    /// Measures a group.
    ///
    /// # Errors
    /// [`NetworkError`] if somebody in it is no government of that date, or is named twice.
    #[expect(clippy::cast_precision_loss, reason = "degrees")]
    pub(super) fn new(
        view: &NetworkView<'_>,
        layer: LayerId,
        reading: Reading,
        group: &[ActorId],
        seed: u64,
    ) -> Result<Self, NetworkError> {
        let graph = LayerGraph::new(view, layer, reading);
        let own = group_degree(&graph, group, Flow::Both)?;
        let others: Vec<Vec<ActorId>> =
            (0..OTHERS).map(|no| random_group(&graph, group.len(), seed, no)).collect();
        let mut shares = Vec::new();
        for other in &others {
            shares.push(group_degree(&graph, other, Flow::Both)?.share);
        }
        let ranked = group_betweenness_rank(&graph, group, &others)?;
        let alone = graph.n_actors().saturating_sub(1).max(1) as f64;
        let reached = |actor: &ActorId| group_degree(&graph, &[*actor], Flow::Both).map(|of| of.n_actors);
        let single = graph.actors().iter().map(reached).collect::<Result<Vec<usize>, _>>()?;
        Ok(GroupReport {
            size: group.len(),
            n_reached: own.n_actors,
            degree: Standing {
                value: own.share,
                percentile: percentile(own.share, &shares),
                best: best(&graph, single.into_iter().map(|n| n as f64 / alone).collect()),
            },
            betweenness: Standing {
                value: ranked.betweenness.normalised,
                percentile: ranked.percentile,
                best: best(&graph, normalised_betweenness(&graph)),
            },
        })
    }

    pub(super) fn to_text(&self, scenario: &Scenario) -> String {
        let mut out = format!("  group of {}, tied to {} others\n", self.size, self.n_reached);
        for (name, standing) in [("degree", &self.degree), ("betweenness", &self.betweenness)] {
            let _ = writeln!(out, "    {name:12}{}", standing.to_text(scenario));
        }
        out
    }

    pub(super) fn to_json(&self, scenario: &Scenario) -> Value {
        json!({
            "size": self.size,
            "reached": self.n_reached,
            "random_groups": OTHERS,
            "degree": self.degree.to_json(scenario),
            "betweenness": self.betweenness.to_json(scenario),
        })
    }
}

impl Standing {
    fn exceeds_best(&self) -> bool {
        self.best.is_none_or(|(_, best)| self.value > best)
    }

    fn to_text(&self, scenario: &Scenario) -> String {
        let best = self.best.map_or(String::new(), |(actor, best)| {
            let verb = if self.exceeds_best() { "above" } else { "not above" };
            format!("; {verb} the best single actor, {} {}", scenario.network.actor(actor).id, rounded(best))
        });
        format!("{}, percentile {}{best}", rounded(self.value), fixed(self.percentile, 1))
    }

    fn to_json(&self, scenario: &Scenario) -> Value {
        json!({
            "value": self.value,
            "percentile": self.percentile,
            "best_single": self.best.map(|(actor, value)| {
                json!({ "actor": scenario.network.actor(actor).id, "value": value })
            }),
            "exceeds_best_single": self.exceeds_best(),
        })
    }
}

fn best(graph: &LayerGraph<'_>, values: Vec<f64>) -> Option<(ActorId, f64)> {
    let actors = graph.actors().iter().copied().zip(values);
    actors.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

#[expect(clippy::cast_precision_loss, reason = "200 groups")]
fn percentile(own: f64, others: &[f64]) -> f64 {
    let below = others.iter().filter(|&&other| other < own).count();
    let above = others.iter().filter(|&&other| other > own).count();
    50.0 * (others.len() + below - above) as f64 / others.len() as f64
}

// The actors with the smallest random numbers, each keyed by its id.
fn random_group(graph: &LayerGraph<'_>, size: usize, seed: u64, no: u64) -> Vec<ActorId> {
    let draws = Draws::new(seed, no);
    let mut actors = graph.actors().to_vec();
    let key = |actor: &ActorId| {
        let key = key_of(&graph.network().actor(*actor).id);
        (draws.bits(0, key, Stream::Order, 0), key)
    };
    actors.sort_by_cached_key(key);
    actors.truncate(size);
    actors
}

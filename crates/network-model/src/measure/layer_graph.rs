//! One layer on one date, read as a graph.

use crate::{ActorId, LayerId, Network, NetworkView};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

/// Whether it matters which way a tie points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Two actors are tied if either reaches the other; the strength is the larger of the two.
    #[default]
    Undirected,
    /// A tie goes from its sender to its target only.
    Directed,
}

/// Whether it matters how strong a tie is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strengths {
    /// Every tie counts 1.
    #[default]
    Ignored,
    /// A tie counts its strength; on paths its length is `1 / strength`.
    Used,
}

/// Whose ties are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Among {
    /// Living governments.
    #[default]
    Governments,
    /// All living actors.
    AllActors,
}

/// How a layer is read as a graph. The default reads who is tied to whom among governments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reading {
    /// Whether direction counts.
    pub direction: Direction,
    /// Whether strength counts.
    pub strengths: Strengths,
    /// Who takes part.
    pub among: Among,
}

/// One layer on one date, read as a graph. Actors without ties belong to it; ties of strength 0
/// do not.
#[derive(Clone, Debug)]
pub struct LayerGraph<'a> {
    network: &'a Network,
    reading: Reading,
    actors: Vec<ActorId>,
    // By index of the actor in its network.
    places: Vec<Option<u32>>,
    // An undirected tie is its two directions.
    graph: DiGraph<ActorId, f64>,
}

impl<'a> LayerGraph<'a> {
    /// Reads a layer of a view.
    #[must_use]
    pub fn new(view: &NetworkView<'a>, layer: LayerId, reading: Reading) -> Self {
        let actors: Vec<ActorId> = match reading.among {
            Among::Governments => view.governments().collect(),
            Among::AllActors => view.living_actors().collect(),
        };
        let mut places = vec![None; view.n_actors()];
        let mut graph = DiGraph::new();
        for (place, &actor) in (0u32..).zip(&actors) {
            places[actor.idx()] = Some(place);
            graph.add_node(actor);
        }
        // Sorted by pair, so that sums over ties do not depend on how the layer was filled.
        let mut pairs: Vec<(u32, u32, f64)> = Vec::new();
        for tie in view.ties(layer).iter().filter(|tie| tie.strength > 0.0) {
            let (Some(from), Some(to)) = (places[tie.from.idx()], places[tie.to.idx()]) else { continue };
            let strength = match reading.strengths {
                Strengths::Ignored => 1.0,
                Strengths::Used => tie.strength,
            };
            pairs.push((from, to, strength));
            if reading.direction == Direction::Undirected {
                pairs.push((to, from, strength));
            }
        }
        // Of ties between the same two, the strongest.
        pairs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        pairs.dedup_by_key(|&mut (from, to, _)| (from, to));
        graph.reserve_exact_edges(pairs.len());
        for (from, to, strength) in pairs {
            graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), strength);
        }
        LayerGraph { network: view.network(), reading, actors, places, graph }
    }

    /// The network of the layer.
    #[must_use]
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// How the layer was read.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// Who takes part, in order of their ids.
    #[must_use]
    pub fn actors(&self) -> &[ActorId] {
        &self.actors
    }

    /// Number of actors, those without ties included.
    #[must_use]
    pub fn n_actors(&self) -> usize {
        self.actors.len()
    }

    /// An actor's place in [`LayerGraph::actors`] and in what measures return.
    #[must_use]
    pub fn place(&self, actor: ActorId) -> Option<usize> {
        self.places.get(actor.idx()).copied().flatten().map(|place| place as usize)
    }

    /// Number of ties; an undirected tie counts once.
    #[must_use]
    pub fn n_ties(&self) -> usize {
        self.graph.edge_count() / self.directions_per_tie()
    }

    /// Number of actors that are tied to nobody.
    #[must_use]
    pub fn n_isolates(&self) -> usize {
        self.graph.externals(petgraph::Incoming).filter(|&v| self.graph.edges(v).next().is_none()).count()
    }

    pub(super) fn graph(&self) -> &DiGraph<ActorId, f64> {
        &self.graph
    }

    // The same with every tie turned round.
    pub(super) fn turned(&self) -> Self {
        let mut turned = self.clone();
        turned.graph.reverse();
        turned
    }

    // 1 or 2: how often a tie, or a pair of actors, is met when all directions are gone through.
    pub(super) fn directions_per_tie(&self) -> usize {
        match self.reading.direction {
            Direction::Directed => 1,
            Direction::Undirected => 2,
        }
    }

    // Number of pairs among n actors: ordered if direction counts.
    pub(super) fn n_pairs(&self, n: usize) -> f64 {
        (n * n.saturating_sub(1) / self.directions_per_tie()) as f64
    }

    // Targets and strengths of the ties that an actor sends.
    pub(crate) fn sent(&self, place: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.graph.edges(NodeIndex::new(place)).map(|edge| (edge.target().index(), *edge.weight()))
    }

    // Senders and strengths of the ties that reach an actor.
    pub(super) fn received(&self, place: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let edges = self.graph.edges_directed(NodeIndex::new(place), petgraph::Incoming);
        edges.map(|edge| (edge.source().index(), *edge.weight()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, ActorKind, LayerSource, Network, Spell, TieSpell, parse_date};

    #[test]
    fn an_undirected_tie_takes_the_stronger_direction_and_zero_is_no_tie() {
        let mut network = Network::default();
        let [a, b, c] = ["A", "B", "C"].map(|id| {
            let kind = if id == "C" { ActorKind::Ngo } else { ActorKind::Government };
            network.add_actor(Actor::new(id, kind)).unwrap()
        });
        let layer = network.add_layer("ties", LayerSource::Stored(vec![])).unwrap();
        for (from, to, strength) in [(a, b, 0.25), (b, a, 0.5), (b, c, 2.0), (c, a, 0.0)] {
            network.add_tie(layer, TieSpell { from, to, strength, spell: Spell::ALWAYS }).unwrap();
        }
        let view = network.at(parse_date("1997").unwrap()).unwrap();
        let read = |direction, among| {
            LayerGraph::new(&view, layer, Reading { direction, strengths: Strengths::Used, among })
        };
        let governments = read(Direction::Undirected, Among::Governments);
        assert_eq!((governments.n_actors(), governments.n_ties(), governments.place(c)), (2, 1, None));
        assert_eq!(governments.sent(0).collect::<Vec<_>>(), [(1, 0.5)]);
        let all = read(Direction::Directed, Among::AllActors);
        assert_eq!((all.n_actors(), all.n_ties(), all.n_isolates()), (3, 3, 0));
        assert_eq!(all.received(2).collect::<Vec<_>>(), [(1, 2.0)]);
        assert_eq!(all.sent(2).count(), 0);
    }
}

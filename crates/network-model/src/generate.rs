//! Small networks of known shape: governments that always exist, and one stored layer, [`TIES`].

mod complete;
mod florentine;
mod island_chain;
mod star;

pub use complete::complete;
pub use florentine::florentine;
pub use island_chain::{IslandChain, island_chain};
pub use star::star;

use crate::{Actor, ActorId, ActorKind, LayerId, LayerSource, Network, NetworkError, Spell, TieSpell};

/// Name of the layer in generated networks.
pub const TIES: &str = "ties";

/// The names `A1`, `A2`, … `An`.
#[must_use]
pub fn names(n: usize) -> Vec<String> {
    (1..=n).map(|no| format!("A{no}")).collect()
}

// A network of governments with an empty layer.
fn governments(
    ids: impl IntoIterator<Item = String>,
) -> Result<(Network, Vec<ActorId>, LayerId), NetworkError> {
    let mut network = Network::default();
    let add = |id| network.add_actor(Actor::new(id, ActorKind::Government));
    let actors = ids.into_iter().map(add).collect::<Result<Vec<_>, _>>()?;
    let layer = network.add_layer(TIES, LayerSource::Stored(Vec::new()))?;
    Ok((network, actors, layer))
}

// A tie that always holds, in both directions.
fn join(
    network: &mut Network,
    layer: LayerId,
    [a, b]: [ActorId; 2],
    strength: f64,
) -> Result<(), NetworkError> {
    network.add_tie(layer, TieSpell { from: a, to: b, strength, spell: Spell::ALWAYS })?;
    network.add_tie(layer, TieSpell { from: b, to: a, strength, spell: Spell::ALWAYS })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn every_tie_of_a_generated_network_has_its_way_back() {
        let shape = IslandChain { n_islands: 3, size: 4, bridge_width: 2, inside: 1.0, between: 0.5 };
        for (network, n_ties) in [
            (star("hub", names(5)).unwrap(), 5),
            (complete(names(5)).unwrap(), 10),
            (florentine().unwrap(), 20),
            (island_chain(&shape).unwrap(), 3 * 6 + 2 * 4),
        ] {
            let view = network.at(day("1997")).unwrap();
            let layer = network.layer_id(TIES).unwrap();
            let ties = view.ties(layer);
            assert_eq!(ties.len(), 2 * n_ties);
            assert!(ties.iter().all(|t| (view.strength(layer, t.to, t.from) - t.strength).abs() < 1e-12));
        }
    }

    #[test]
    fn a_name_cannot_be_given_twice() {
        let refused = star("A1", names(2)).unwrap_err();
        assert_eq!(refused, NetworkError::ActorTwice { id: "A1".to_owned() });
    }
}

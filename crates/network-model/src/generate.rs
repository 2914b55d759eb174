//! Networks of known shape: governments that always exist, and one stored layer, [`TIES`].
//!
//! Unless a generator says otherwise, actors are `A1`, `A2`, …, and ties go in both directions with
//! strength 1. Random generators take a seed: the same seed gives the same network on every
//! platform and in every version.
//!
//! What would have more than [`MAX_ACTORS`](crate::MAX_ACTORS) or, as is to be expected, more than
//! [`MAX_TIES`](crate::MAX_TIES), is refused before memory is taken.
//!
//! | shape | generator |
//! |---|---|
//! | everybody tied to everybody | [`complete`] |
//! | a hub and its leaves | [`star`] |
//! | tight islands in a chain | [`island_chain`] |
//! | neighbours on a circle | [`ring_lattice`] |
//! | neighbours on a plane without edges | [`torus_lattice`] |
//! | a circle with some long ties | [`watts_strogatz`] |
//! | any of these, rewired at equal degrees | [`swap_ties`] |
//! | every pair tied with one probability | [`erdos_renyi`] |
//! | given degrees, else random | [`configuration`] |
//! | probabilities by block | [`stochastic_block`], [`core_periphery`] |
//! | newcomers choose the well-tied | [`barabasi_albert`] |
//! | ties that form over time | [`grow`] |
//! | the families of Florence | [`florentine`] |

mod barabasi_albert;
mod complete;
mod configuration;
mod core_periphery;
mod erdos_renyi;
mod florentine;
mod grow;
mod island_chain;
mod ring_lattice;
mod star;
mod stochastic_block;
mod swap_ties;
mod torus_lattice;
mod watts_strogatz;

pub use barabasi_albert::barabasi_albert;
pub use complete::complete;
pub use configuration::configuration;
pub use core_periphery::{CorePeriphery, core_periphery};
pub use erdos_renyi::erdos_renyi;
pub use florentine::florentine;
pub use grow::{Growth, grow};
pub use island_chain::{Bridges, IslandChain, island_chain};
pub use ring_lattice::ring_lattice;
pub use star::star;
pub use stochastic_block::stochastic_block;
pub use swap_ties::swap_ties;
pub use torus_lattice::{Neighbourhood, torus_lattice};
pub use watts_strogatz::watts_strogatz;

use crate::limits::check_actors;
use crate::{Actor, ActorId, ActorKind, LayerId, LayerSource, Network, NetworkError, Spell, TieSpell};

/// Name of the layer in generated networks.
pub const TIES: &str = "ties";

/// The names `A1`, `A2`, … `An`.
pub fn names(n: usize) -> impl ExactSizeIterator<Item = String> + Clone {
    (0..n).map(|place| format!("A{}", place + 1))
}

fn check_probability(what: &str, p: f64) -> Result<(), NetworkError> {
    if (0.0..=1.0).contains(&p) {
        return Ok(());
    }
    Err(NetworkError::Argument(format!("{what} is {p}; give a number from 0 to 1")))
}

// Ordered pairs among n actors.
fn n_directed_pairs(n: usize) -> f64 {
    n as f64 * (n as f64 - 1.0).max(0.0)
}

// A network of governments with an empty layer; too many are refused before they are made.
fn governments(
    ids: impl IntoIterator<Item = String>,
) -> Result<(Network, Vec<ActorId>, LayerId), NetworkError> {
    let ids = ids.into_iter();
    check_actors(ids.size_hint().0)?;
    let mut network = Network::default();
    let add = |id| network.add_actor(Actor::new(id, ActorKind::Government));
    let actors = ids.map(add).collect::<Result<Vec<_>, _>>()?;
    let layer = network.add_layer(TIES, LayerSource::Stored(Vec::new()))?;
    Ok((network, actors, layer))
}

// A1 to An, joined in these pairs of places with strength 1.
fn joined(
    n: usize,
    pairs: impl IntoIterator<Item = [usize; 2]>,
) -> Result<(Network, Vec<ActorId>), NetworkError> {
    let (mut network, actors, layer) = governments(names(n))?;
    for pair in pairs {
        join(&mut network, layer, pair.map(|place| actors[place]), 1.0)?;
    }
    Ok((network, actors))
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
    use crate::measure::{Flow, degree};
    use crate::support::*;

    #[test]
    fn every_tie_of_a_generated_network_has_its_way_back() {
        let shape = IslandChain {
            n_islands: 3,
            size: 4,
            bridge_width: 2,
            bridges: Bridges::Wide,
            inside: 1.0,
            between: 0.5,
        };
        let blocks = CorePeriphery { core: 3, periphery: 4, inside: 1.0, across: 1.0, outside: 0.0 };
        for (network, n_ties) in [
            (star("hub", names(5)).unwrap(), 5),
            (complete(names(5)).unwrap(), 10),
            (florentine().unwrap(), 20),
            (island_chain(&shape).unwrap(), 3 * 6 + 2 * 4),
            (ring_lattice(10, 4).unwrap(), 20),
            (torus_lattice(4, 5, Neighbourhood::Moore, 1).unwrap(), 80),
            (watts_strogatz(20, 4, 0.3, 1).unwrap(), 40),
            (erdos_renyi(5, 1.0, 1).unwrap(), 10),
            (barabasi_albert(10, 2, 1).unwrap(), 3 + 7 * 2),
            (configuration(&[3, 2, 2, 2, 1], 1).unwrap(), 5),
            (stochastic_block(&[2, 3], &[vec![1.0, 0.0], vec![0.0, 1.0]], 1).unwrap(), 1 + 3),
            (core_periphery(&blocks, 1).unwrap(), 3 + 12),
        ] {
            let view = network.at(day("1997")).unwrap();
            let layer = network.layer_id(TIES).unwrap();
            let ties = view.ties(layer);
            assert_eq!(ties.len(), 2 * n_ties);
            assert!(ties.iter().all(|t| (view.strength(layer, t.to, t.from) - t.strength).abs() < 1e-12));
        }
    }

    #[test]
    fn a_seed_is_one_network_and_another_seed_another() {
        let ties = |network: Result<Network, NetworkError>| {
            let network = network.unwrap();
            let view = network.at(day("1997")).unwrap();
            view.ties(network.layer_id(TIES).unwrap()).to_vec()
        };
        let degrees = [3; 20];
        let blocks = CorePeriphery { core: 8, periphery: 12, inside: 0.8, across: 0.3, outside: 0.1 };
        type Make<'a> = &'a dyn Fn(u64) -> Result<Network, NetworkError>;
        let all: [Make<'_>; 6] = [
            &|seed| watts_strogatz(20, 4, 0.3, seed),
            &|seed| erdos_renyi(20, 0.3, seed),
            &|seed| barabasi_albert(20, 2, seed),
            &|seed| configuration(&degrees, seed),
            &|seed| stochastic_block(&[10, 10], &[vec![0.5, 0.1], vec![0.1, 0.5]], seed),
            &|seed| core_periphery(&blocks, seed),
        ];
        for (no, make) in all.iter().enumerate() {
            assert_eq!(ties(make(1)), ties(make(1)), "generator {no}");
            assert_ne!(ties(make(1)), ties(make(2)), "generator {no}");
        }
    }

    #[test]
    fn a_billion_actors_are_refused_before_memory_is_taken() {
        let n = 1_000_000_000;
        let shape = IslandChain {
            n_islands: n,
            size: 6,
            bridge_width: 1,
            bridges: Bridges::Wide,
            inside: 1.0,
            between: 1.0,
        };
        let blocks = CorePeriphery { core: 5, periphery: n, inside: 1.0, across: 0.0, outside: 0.0 };
        for refused in [
            star("hub", names(n)),
            complete(names(n)),
            island_chain(&shape),
            ring_lattice(n, 2),
            torus_lattice(n, 10, Neighbourhood::VonNeumann, 1),
            watts_strogatz(n, 2, 0.1, 1),
            erdos_renyi(n, 0.0, 1),
            barabasi_albert(n, 1, 1),
            stochastic_block(&[n, 1], &[vec![0.0, 0.0], vec![0.0, 0.0]], 1),
            core_periphery(&blocks, 1),
        ] {
            let text = refused.unwrap_err().to_string();
            assert!(text.contains("actors; at most 10000000 are possible"), "{text}");
        }
        let refused = island_chain(&IslandChain { n_islands: usize::MAX, ..shape }).unwrap_err().to_string();
        assert_eq!(refused, "18446744073709551615 actors; at most 10000000 are possible");
    }

    #[test]
    fn too_many_ties_are_refused_before_memory_is_taken() {
        let text = "9999900000 ties in one layer, each direction counted; at most 100000000 are possible";
        assert_eq!(complete(names(100_000)).unwrap_err().to_string(), text);
        assert_eq!(erdos_renyi(100_000, 1.0, 1).unwrap_err().to_string(), text);
        for refused in [
            ring_lattice(1_000_000, 200),
            barabasi_albert(1_000_000, 60, 1),
            configuration(&vec![60_000; 100_000], 1),
            stochastic_block(&[100_000, 1], &[vec![0.5, 0.0], vec![0.0, 0.0]], 1),
            torus_lattice(2000, 2000, Neighbourhood::Moore, 3),
        ] {
            let text = refused.unwrap_err().to_string();
            assert!(
                text.contains("ties in one layer, each direction counted; at most 100000000 are possible"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_cannot_be_given_twice() {
        let refused = star("A1", names(2)).unwrap_err();
        assert_eq!(refused, NetworkError::ActorTwice { id: "A1".to_owned() });
    }

    #[test]
    fn names_count_from_one() {
        assert_eq!(names(3).collect::<Vec<_>>(), ["A1", "A2", "A3"]);
        let degrees = in_ties(&ring_lattice(7, 2).unwrap(), undirected(), |graph| degree(graph, Flow::Both));
        assert_eq!(degrees, [2; 7]);
    }
}

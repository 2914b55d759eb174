//! Tight islands, each joined to the next by a bridge.

use super::{governments, join, n_directed_pairs, names};
use crate::limits::check_size;
use crate::{Network, NetworkError, Timeline, Value};

/// How the ends of a bridge are tied. A bridge of width 1 is a single tie either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Bridges {
    /// All at one end are tied to all at the other: w² ties, so that w adopters reach each actor of
    /// the next island's end.
    #[default]
    Wide,
    /// Each actor at one end is tied to one at the other, no two to the same: w ties, so that one
    /// adopter reaches each of them.
    Disjoint,
}

/// The shape of a chain of islands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IslandChain {
    /// Number of islands, 1 or more.
    pub n_islands: usize,
    /// Actors on each island, 1 or more.
    pub size: usize,
    /// Width w of a bridge, 0 to `size`: it joins the last w actors of an island and the first w of
    /// the next.
    pub bridge_width: usize,
    /// How these are tied.
    pub bridges: Bridges,
    /// Strength of ties on an island, 0 or more.
    pub inside: f64,
    /// Strength of ties on a bridge, 0 or more.
    pub between: f64,
}

/// A chain of islands: all actors of an island are tied to each other, and bridges of a given
/// width join each island to the next; ties go in both directions. Actors are `A1`, `A2`, … island
/// by island; the attribute `island` (a category) numbers the islands from 1.
///
/// A wide bridge of width w carries a norm onward only if w adopters suffice for an actor of the next
/// island, a disjoint one only if one does, which is why wide bridges matter to contested norms. In a
/// disjoint bridge the last actor is tied to the first of the next island, the last but one to the
/// second, and so on.
///
/// Source: D. Centola and M. Macy, "Complex contagions and the weakness of long ties", American
/// Journal of Sociology 113 (2007), for the width of bridges.
///
/// ```
/// use normwave_network_model::generate::{Bridges, IslandChain, island_chain};
/// let shape = IslandChain {
///     n_islands: 3,
///     size: 5,
///     bridge_width: 2,
///     bridges: Bridges::Wide,
///     inside: 1.0,
///     between: 0.5,
/// };
/// assert_eq!(island_chain(&shape)?.actors().len(), 15);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if a bridge is wider than an island or there is no actor;
/// [`NetworkError::TooLarge`] if there would be too many actors or ties;
/// [`NetworkError::Strength`] if a strength is negative or not finite.
pub fn island_chain(shape: &IslandChain) -> Result<Network, NetworkError> {
    let IslandChain { n_islands, size, bridge_width, bridges, inside, between } = *shape;
    if n_islands == 0 || size == 0 {
        let why = format!("{n_islands} islands of {size} actors; give at least one of each");
        return Err(NetworkError::Argument(why));
    }
    if bridge_width > size {
        let why = format!("bridges of width {bridge_width} between islands of {size}; give {size} at most");
        return Err(NetworkError::Argument(why));
    }
    let n = n_islands.saturating_mul(size);
    let per_bridge = match bridges {
        Bridges::Wide => bridge_width as f64 * bridge_width as f64,
        Bridges::Disjoint => bridge_width as f64,
    };
    let in_bridges = 2.0 * (n_islands - 1) as f64 * per_bridge;
    check_size(n, n_islands as f64 * n_directed_pairs(size) + in_bridges)?;
    let (mut network, actors, layer) = governments(names(n))?;
    let islands: Vec<_> = actors.chunks_exact(size).collect();
    for (no, island) in islands.iter().enumerate() {
        for (place, &a) in island.iter().enumerate() {
            let number = Value::Category((no + 1).to_string());
            *network.attribute_mut("island").of_mut(a) = Timeline::constant(number);
            for &b in &island[place + 1..] {
                join(&mut network, layer, [a, b], inside)?;
            }
        }
    }
    for pair in islands.windows(2) {
        for (from_end, &a) in pair[0].iter().rev().take(bridge_width).enumerate() {
            let reached = match bridges {
                Bridges::Wide => &pair[1][..bridge_width],
                Bridges::Disjoint => &pair[1][from_end..=from_end],
            };
            for &b in reached {
                join(&mut network, layer, [a, b], between)?;
            }
        }
    }
    Ok(network)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    fn chain(n_islands: usize, size: usize, bridge_width: usize) -> IslandChain {
        IslandChain { n_islands, size, bridge_width, bridges: Bridges::Wide, inside: 1.0, between: 1.0 }
    }

    #[test]
    fn a_disjoint_bridge_ties_each_actor_of_its_ends_once() {
        let network = island_chain(&IslandChain { bridges: Bridges::Disjoint, ..chain(2, 4, 3) }).unwrap();
        let view = network.at(day("1997")).unwrap();
        let ties = view.ties_of("ties").unwrap().iter();
        let across: Vec<_> = ties
            .filter(|tie| tie.from.0 < 4 && tie.to.0 >= 4)
            .map(|tie| [tie.from, tie.to].map(|actor| network.actor(actor).id.as_str()))
            .collect();
        assert_eq!(across, [["A4", "A5"], ["A3", "A6"], ["A2", "A7"]]);
        let single = |bridges| {
            let network = island_chain(&IslandChain { bridges, ..chain(5, 4, 1) }).unwrap();
            network.at(day("1997")).unwrap().ties_of("ties").unwrap().to_vec()
        };
        assert_eq!(single(Bridges::Disjoint), single(Bridges::Wide));
    }

    #[test]
    fn the_last_of_an_island_are_tied_to_the_first_of_the_next() {
        let shape = IslandChain { inside: 1.0, between: 0.25, ..chain(3, 3, 2) };
        let network = island_chain(&shape).unwrap();
        let view = network.at(day("1997")).unwrap();
        let layer = network.layer_id("ties").unwrap();
        let strength = |a: &str, b: &str| {
            view.strength(layer, network.actor_id(a).unwrap(), network.actor_id(b).unwrap())
        };
        assert_close(strength("A1", "A3"), 1.0);
        for (a, b) in [("A2", "A4"), ("A2", "A5"), ("A3", "A4"), ("A3", "A5"), ("A6", "A7")] {
            assert_close(strength(a, b), 0.25);
            assert_close(strength(b, a), 0.25);
        }
        for (a, b) in [("A1", "A4"), ("A3", "A6"), ("A3", "A7"), ("A1", "A9")] {
            assert_close(strength(a, b), 0.0);
        }
        let island = view.value("island", network.actor_id("A4").unwrap());
        assert_eq!(island, Some(&Value::Category("2".to_owned())));
    }

    #[test]
    fn impossible_shapes_are_refused() {
        let shape = chain(2, 3, 4);
        let text = "bridges of width 4 between islands of 3; give 3 at most";
        assert_eq!(island_chain(&shape).unwrap_err().to_string(), text);
        let text = "0 islands of 3 actors; give at least one of each";
        assert_eq!(island_chain(&IslandChain { n_islands: 0, ..shape }).unwrap_err().to_string(), text);
        let weak = IslandChain { bridge_width: 1, between: -1.0, ..shape };
        assert!(matches!(island_chain(&weak), Err(NetworkError::Strength { .. })));
    }
}

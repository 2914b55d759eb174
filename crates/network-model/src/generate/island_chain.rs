//! Tight islands, each joined to the next by a bridge.

use super::{governments, join, names};
use crate::{Network, NetworkError, Timeline, Value};

/// The shape of a chain of islands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IslandChain {
    /// Number of islands, 1 or more.
    pub n_islands: usize,
    /// Actors on each island, 1 or more.
    pub size: usize,
    /// Width w of a bridge, 0 to `size`: the last w actors of an island are all tied to the first
    /// w of the next, w² ties in each direction.
    pub bridge_width: usize,
    /// Strength of ties on an island, 0 or more.
    pub inside: f64,
    /// Strength of ties on a bridge, 0 or more.
    pub between: f64,
}

/// A chain of islands: all actors of an island are tied to each other, and bridges of a given
/// width join each island to the next; ties go in both directions. Actors are `A1`, `A2`, … island
/// by island; the attribute `island` (a category) numbers the islands from 1.
///
/// A bridge of width w carries a norm onward only if w adopters suffice for an actor of the next
/// island, which is why wide bridges matter to contested norms.
///
/// Source: D. Centola and M. Macy, "Complex contagions and the weakness of long ties", American
/// Journal of Sociology 113 (2007), for the width of bridges.
///
/// ```
/// use normwave_network_model::generate::{IslandChain, island_chain};
/// let shape = IslandChain { n_islands: 3, size: 5, bridge_width: 2, inside: 1.0, between: 0.5 };
/// assert_eq!(island_chain(&shape)?.actors().len(), 15);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if a bridge is wider than an island or there is no actor;
/// [`NetworkError::Strength`] if a strength is negative or not finite.
pub fn island_chain(shape: &IslandChain) -> Result<Network, NetworkError> {
    let IslandChain { n_islands, size, bridge_width, inside, between } = *shape;
    if n_islands == 0 || size == 0 {
        let why = format!("{n_islands} islands of {size} actors; give at least one of each");
        return Err(NetworkError::Argument(why));
    }
    if bridge_width > size {
        let why = format!("bridges of width {bridge_width} between islands of {size}; give {size} at most");
        return Err(NetworkError::Argument(why));
    }
    let (mut network, actors, layer) = governments(names(n_islands * size))?;
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
        for &a in &pair[0][size - bridge_width..] {
            for &b in &pair[1][..bridge_width] {
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

    #[test]
    fn the_last_of_an_island_are_tied_to_the_first_of_the_next() {
        let shape = IslandChain { n_islands: 3, size: 3, bridge_width: 2, inside: 1.0, between: 0.25 };
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
        let shape = IslandChain { n_islands: 2, size: 3, bridge_width: 4, inside: 1.0, between: 1.0 };
        let text = "bridges of width 4 between islands of 3; give 3 at most";
        assert_eq!(island_chain(&shape).unwrap_err().to_string(), text);
        let text = "0 islands of 3 actors; give at least one of each";
        assert_eq!(island_chain(&IslandChain { n_islands: 0, ..shape }).unwrap_err().to_string(), text);
        let weak = IslandChain { bridge_width: 1, between: -1.0, ..shape };
        assert!(matches!(island_chain(&weak), Err(NetworkError::Strength { .. })));
    }
}

//! A dense core, and a periphery that looks to it.

use super::stochastic_block::{blocks, name_blocks};
use crate::{Network, NetworkError};

/// The shape of a core–periphery network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorePeriphery {
    /// Number of actors in the core.
    pub core: usize,
    /// Number of actors in the periphery.
    pub periphery: usize,
    /// Probability that two of the core are tied, 0 to 1.
    pub inside: f64,
    /// Probability that one of the core and one of the periphery are tied, 0 to 1.
    pub across: f64,
    /// Probability that two of the periphery are tied, 0 to 1.
    pub outside: f64,
}

/// A core–periphery network: actors of the core are tied to each other and to some of the
/// periphery, whose actors have few ties with each other. The core comes first; the attribute `block`
/// is `core` or `periphery`.
///
/// The ideal type has `inside` 1 and `outside` 0. Large `outside` makes the dense periphery from which
/// few norms spread.
///
/// Source: S. P. Borgatti and M. G. Everett, "Models of core/periphery structures", Social Networks 21
/// (2000).
///
/// ```
/// use normwave_network_model::generate::{CorePeriphery, core_periphery};
/// let shape = CorePeriphery { core: 5, periphery: 45, inside: 1.0, across: 0.3, outside: 0.02 };
/// assert_eq!(core_periphery(&shape, 1)?.actors().len(), 50);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if a number is no probability;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn core_periphery(shape: &CorePeriphery, seed: u64) -> Result<Network, NetworkError> {
    let CorePeriphery { core, periphery, inside, across, outside } = *shape;
    let sizes = [core, periphery];
    let (mut network, actors) = blocks(&sizes, &[vec![inside, across], vec![across, outside]], seed)?;
    let names = ["core", "periphery"].map(str::to_owned);
    name_blocks(&mut network, &actors, &sizes, names.into_iter());
    Ok(network)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Flow, core_numbers, degree};
    use crate::support::*;

    #[test]
    fn the_ideal_type_is_a_clique_with_hangers_on() {
        let shape = CorePeriphery { core: 4, periphery: 6, inside: 1.0, across: 1.0, outside: 0.0 };
        let network = core_periphery(&shape, 1).unwrap();
        in_ties(&network, undirected(), |graph| {
            assert_eq!(degree(graph, Flow::Both), [9, 9, 9, 9, 4, 4, 4, 4, 4, 4]);
            assert_eq!(core_numbers(graph), [4; 10]);
        });
        let view = network.at(day("1997")).unwrap();
        let block = |id| view.value("block", network.actor_id(id).unwrap()).unwrap().category().unwrap();
        assert_eq!((block("A4"), block("A5")), ("core", "periphery"));
    }

    #[test]
    fn a_loose_periphery_leaves_the_core_more_ties() {
        let shape = CorePeriphery { core: 20, periphery: 80, inside: 0.9, across: 0.3, outside: 0.02 };
        // Expected degrees: 19 · 0.9 + 80 · 0.3 = 41.1, and 20 · 0.3 + 79 · 0.02 = 7.58.
        let mut means = [0.0; 2];
        for seed in 1..=10 {
            let network = core_periphery(&shape, seed).unwrap();
            let degrees = in_ties(&network, undirected(), |graph| degree(graph, Flow::Both));
            means[0] += degrees[..20].iter().sum::<usize>() as f64 / 200.0;
            means[1] += degrees[20..].iter().sum::<usize>() as f64 / 800.0;
        }
        assert!((means[0] - 41.1).abs() < 1.2 && (means[1] - 7.58).abs() < 0.4, "{means:?}");
    }
}

//! How many ties an actor has, and how strong they are together.

use super::{Direction, LayerGraph};

/// Which of an actor's ties count where direction does. In an undirected reading all three are
/// the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    /// Ties that reach the actor.
    In,
    /// Ties that the actor sends.
    Out,
    /// Both: an actor tied in both directions counts twice.
    Both,
}

/// Degree of each actor: its number of ties, 0 to n − 1 (2(n − 1) for [`Flow::Both`] in a directed
/// reading).
#[must_use]
pub fn degree(graph: &LayerGraph<'_>, flow: Flow) -> Vec<usize> {
    each(graph, flow, |ties| ties.count())
}

/// Strength of each actor: the sum of the strengths of its ties; its degree if strengths are
/// ignored.
#[must_use]
pub fn strength(graph: &LayerGraph<'_>, flow: Flow) -> Vec<f64> {
    each(graph, flow, |ties| ties.map(|(_, strength)| strength).sum())
}

fn each<T: std::ops::Add<Output = T>>(
    graph: &LayerGraph<'_>,
    flow: Flow,
    total: impl Fn(&mut dyn Iterator<Item = (usize, f64)>) -> T,
) -> Vec<T> {
    let of = |place| match (graph.reading().direction, flow) {
        (Direction::Directed, Flow::In) => total(&mut graph.received(place)),
        (Direction::Directed, Flow::Both) => {
            total(&mut graph.received(place)) + total(&mut graph.sent(place))
        }
        (Direction::Directed, Flow::Out) | (Direction::Undirected, _) => total(&mut graph.sent(place)),
    };
    (0..graph.n_actors()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn the_medici_have_six_marriages() {
        let degrees = in_ties(&joined_families(), undirected(), |graph| degree(graph, Flow::Both));
        assert_eq!(degrees, [1, 3, 2, 3, 3, 1, 4, 1, 6, 1, 3, 3, 2, 4, 3]);
    }

    #[test]
    fn the_leaders_of_the_karate_club_have_the_most_ties() {
        let degrees = in_ties(&karate(), undirected(), |graph| degree(graph, Flow::In));
        assert_eq!((degrees[0], degrees[33], degrees.iter().sum::<usize>()), (16, 17, 2 * 78));
    }

    #[test]
    fn direction_and_strength_count_when_they_are_asked_for() {
        let network = network(3, &[(0, 1, 0.5), (1, 0, 2.0), (2, 0, 3.0)]);
        let degrees = |reading, flow| in_ties(&network, reading, |graph| degree(graph, flow));
        assert_eq!(degrees(directed(), Flow::In), [2, 1, 0]);
        assert_eq!(degrees(directed(), Flow::Out), [1, 1, 1]);
        assert_eq!(degrees(directed(), Flow::Both), [3, 2, 1]);
        assert_eq!(degrees(undirected(), Flow::Both), [2, 1, 1]);
        let strengths = |reading, flow| in_ties(&network, reading, |graph| strength(graph, flow));
        assert_all_close(&strengths(weighted(Direction::Directed), Flow::In), &[5.0, 0.5, 0.0]);
        assert_all_close(&strengths(weighted(Direction::Directed), Flow::Both), &[5.5, 2.5, 3.0]);
        assert_all_close(&strengths(weighted(Direction::Undirected), Flow::In), &[5.0, 2.0, 3.0]);
        assert_all_close(&strengths(directed(), Flow::In), &[2.0, 1.0, 0.0]);
    }
}

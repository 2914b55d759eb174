//! How many outsiders a group is tied to.

use super::group::Group;
use super::{Direction, Flow, LayerGraph};
use crate::{ActorId, NetworkError};

/// The ties of a group with actors outside of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupDegree {
    /// Number of outside actors that are tied to at least one member.
    pub n_actors: usize,
    /// That number as a share of all outside actors, 0 to 1; 0 if there are none.
    pub share: f64,
    /// Sum of the strengths of all ties between members and outsiders; their number if strengths
    /// are ignored.
    pub strength: f64,
}

/// Degree of a group. If direction counts, [`Flow::Out`] looks at whom the group reaches,
/// [`Flow::In`] at who reaches it, [`Flow::Both`] at either; an outsider counts once.
///
/// Source: M. G. Everett and S. P. Borgatti, "The centrality of groups and classes", Journal of
/// Mathematical Sociology 23 (1999).
///
/// # Errors
/// [`NetworkError::Argument`] if the group is empty, or names an actor that is not in the graph or
/// is named twice.
pub fn group_degree(
    graph: &LayerGraph<'_>,
    group: &[ActorId],
    flow: Flow,
) -> Result<GroupDegree, NetworkError> {
    let group = Group::new(graph, group)?;
    let flow = match graph.reading().direction {
        Direction::Directed => flow,
        Direction::Undirected => Flow::Out,
    };
    let mut reached = vec![false; graph.n_actors()];
    let mut strength = 0.0;
    for member in (0..graph.n_actors()).filter(|&place| group.members[place]) {
        let sent = graph.sent(member).filter(|_| flow != Flow::In);
        let received = graph.received(member).filter(|_| flow != Flow::Out);
        for (other, amount) in sent.chain(received).filter(|&(other, _)| !group.members[other]) {
            reached[other] = true;
            strength += amount;
        }
    }
    let n_actors = reached.into_iter().filter(|&tied| tied).count();
    let n_outside = graph.n_actors() - group.size;
    Ok(GroupDegree { n_actors, share: n_actors as f64 / n_outside.max(1) as f64, strength })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn families_of_florence_reach_others_as_a_group() {
        // Reference: networkx 3.6.1, by the definition.
        let network = joined_families();
        for (ids, n_actors, share) in [
            (&["Medici"][..], 6, 6.0 / 14.0),
            (&["Medici", "Guadagni"], 8, 8.0 / 13.0),
            (&["Medici", "Strozzi"], 9, 9.0 / 13.0),
            (&["Guadagni", "Strozzi"], 7, 7.0 / 13.0),
            (&["Medici", "Guadagni", "Strozzi"], 10, 10.0 / 12.0),
        ] {
            let group = actors(&network, ids);
            let found =
                in_ties(&network, undirected(), |graph| group_degree(graph, &group, Flow::Both).unwrap());
            assert_eq!(found.n_actors, n_actors, "{ids:?}");
            assert_close(found.share, share);
        }
        let club = karate();
        let leaders = actors(&club, &["A1", "A34"]);
        let found = in_ties(&club, undirected(), |graph| group_degree(graph, &leaders, Flow::In).unwrap());
        assert_eq!(found.n_actors, 29);
    }

    #[test]
    fn an_outsider_counts_once_and_its_ties_each_with_their_strength() {
        let ties = [(0, 2, 0.5), (1, 2, 0.25), (2, 0, 4.0), (3, 1, 1.0), (0, 1, 9.0), (4, 3, 1.0)];
        let network = network(5, &ties);
        let group = actors(&network, &["A1", "A2"]);
        let of = |direction, flow| {
            let degree = |graph: &LayerGraph<'_>| group_degree(graph, &group, flow).unwrap();
            in_ties(&network, weighted(direction), degree)
        };
        let expect = |found: GroupDegree, n_actors: usize, strength: f64| {
            assert_eq!(found.n_actors, n_actors);
            assert_close(found.share, n_actors as f64 / 3.0);
            assert_close(found.strength, strength);
        };
        expect(of(Direction::Directed, Flow::Out), 1, 0.75);
        expect(of(Direction::Directed, Flow::In), 2, 5.0);
        expect(of(Direction::Directed, Flow::Both), 2, 5.75);
        // The stronger direction stands for both.
        expect(of(Direction::Undirected, Flow::Out), 2, 5.25);
    }

    #[test]
    fn a_group_of_everybody_has_nobody_to_reach() {
        let network = network(2, &[(0, 1, 1.0)]);
        let group = actors(&network, &["A1", "A2"]);
        let found = in_ties(&network, undirected(), |graph| group_degree(graph, &group, Flow::Both).unwrap());
        assert_eq!(found, GroupDegree { n_actors: 0, share: 0.0, strength: 0.0 });
    }
}

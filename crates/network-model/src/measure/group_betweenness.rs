//! How often a group lies between others.

use super::LayerGraph;
use super::group::Group;
use super::shortest_paths::ShortestPaths;
use crate::{ActorId, NetworkError};

/// Betweenness of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupBetweenness {
    /// Number of pairs of outsiders whose shortest paths all pass the group; a pair counts in part
    /// if some of them do.
    pub raw: f64,
    /// The same as a share of all pairs of outsiders, 0 to 1; 0 if there are fewer than two.
    pub normalised: f64,
}

/// Where a group stands among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupRank {
    /// The group's betweenness.
    pub betweenness: GroupBetweenness,
    /// Percentage of the other groups with less betweenness, 0 to 100; one with the same
    /// betweenness counts half.
    pub percentile: f64,
}

/// Betweenness of a group C: `b(C) = Σ_{s,t∉C} σ_st(C) / σ_st`, with σ_st the number of shortest
/// paths from s to t and σ_st(C) the number of those through at least one member. If direction
/// counts the sum runs over ordered pairs, else each pair counts once; pairs without a path count 0.
///
/// Normalised by the number of pairs outside: `(n − |C|)(n − |C| − 1)`, or half of that if
/// direction does not count. Tie lengths are those of [`betweenness`](super::betweenness).
///
/// Source: M. G. Everett and S. P. Borgatti, "The centrality of groups and classes", Journal of
/// Mathematical Sociology 23 (1999).
///
/// # Errors
/// [`NetworkError::Argument`] if the group is empty, or names an actor that is not in the graph or
/// is named twice.
pub fn group_betweenness(
    graph: &LayerGraph<'_>,
    group: &[ActorId],
) -> Result<GroupBetweenness, NetworkError> {
    Ok(scores(graph, &[Group::new(graph, group)?])[0])
}

/// [`group_betweenness`] of many groups, for which shortest paths are sought only once.
///
/// # Errors
/// As [`group_betweenness`].
pub fn group_betweenness_of_each<G: AsRef<[ActorId]>>(
    graph: &LayerGraph<'_>,
    groups: &[G],
) -> Result<Vec<GroupBetweenness>, NetworkError> {
    let groups =
        groups.iter().map(|group| Group::new(graph, group.as_ref())).collect::<Result<Vec<_>, _>>()?;
    Ok(scores(graph, &groups))
}

/// Percentile of a group's betweenness among other groups of the same size, which the caller draws.
///
/// # Errors
/// As [`group_betweenness`]; also if there is no other group, or one of another size.
pub fn group_betweenness_rank<G: AsRef<[ActorId]>>(
    graph: &LayerGraph<'_>,
    group: &[ActorId],
    others: &[G],
) -> Result<GroupRank, NetworkError> {
    let refused = |why: String| Err(NetworkError::Argument(why));
    if others.is_empty() {
        return refused("there are no groups to compare with; draw at least one".to_owned());
    }
    if let Some(other) = others.iter().map(|other| other.as_ref().len()).find(|&size| size != group.len()) {
        let size = group.len();
        return refused(format!("a group of {size} is compared with one of {other}; draw groups of {size}"));
    }
    let all: Vec<&[ActorId]> = std::iter::once(group).chain(others.iter().map(AsRef::as_ref)).collect();
    let scores = group_betweenness_of_each(graph, &all)?;
    let (own, rest) = (scores[0], &scores[1..]);
    let below = rest.iter().filter(|other| other.raw < own.raw).count();
    let above = rest.iter().filter(|other| other.raw > own.raw).count();
    let percentile = 50.0 * (rest.len() + below - above) as f64 / rest.len() as f64;
    Ok(GroupRank { betweenness: own, percentile })
}

// σ_st(C) = σ_st less the paths that avoid the group, which are counted along the same paths.
fn scores(graph: &LayerGraph<'_>, groups: &[Group]) -> Vec<GroupBetweenness> {
    let mut raw = vec![0.0; groups.len()];
    let mut n_avoiding = vec![0.0; graph.n_actors()];
    for source in 0..graph.n_actors() {
        let paths = ShortestPaths::from(graph, source);
        for (group, raw) in groups.iter().zip(&mut raw).filter(|(group, _)| !group.members[source]) {
            n_avoiding[source] = 1.0;
            for &far in &paths.reached[1..] {
                if group.members[far] {
                    n_avoiding[far] = 0.0;
                } else {
                    n_avoiding[far] = paths.before[far].iter().map(|&near| n_avoiding[near]).sum();
                    *raw += 1.0 - n_avoiding[far] / paths.n_paths[far];
                }
            }
        }
    }
    let score = |(group, raw): (&Group, f64)| {
        let raw = raw / graph.directions_per_tie() as f64;
        let n_pairs = graph.n_pairs(graph.n_actors() - group.size);
        GroupBetweenness { raw, normalised: if n_pairs > 0.0 { raw / n_pairs } else { 0.0 } }
    };
    groups.iter().zip(raw).map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{names, star};
    use crate::measure::{Direction, betweenness};
    use crate::support::*;
    use proptest::prelude::*;

    fn families(ids: &[&str]) -> GroupBetweenness {
        let network = joined_families();
        in_ties(&network, undirected(), |graph| group_betweenness(graph, &actors(&network, ids)).unwrap())
    }

    #[test]
    fn families_of_florence_lie_between_together_as_all_paths_counted_say() {
        // Every shortest path enumerated with networkx 3.6.1. Its own `group_betweenness_centrality`
        // agrees but for the trio of Albizzi, Guadagni and Tornabuoni, where it finds 23.91666….
        for (ids, raw, normalised) in [
            (&["Medici"][..], 47.5, 0.521_978_021_978_022),
            (&["Medici", "Guadagni"], 59.0, 0.756_410_256_410_256_4),
            (&["Medici", "Strozzi"], 49.5, 0.634_615_384_615_384_6),
            (&["Guadagni", "Strozzi"], 29.5, 0.378_205_128_205_128_2),
            (&["Medici", "Guadagni", "Strozzi"], 58.0, 0.878_787_878_787_878_8),
            (&["Albizzi", "Guadagni", "Tornabuoni"], 23.0 + 2.0 / 3.0, 0.358_585_858_585_858_6),
            (&["Strozzi", "Peruzzi", "Castellani"], 3.0 + 1.0 / 3.0, 0.050_505_050_505_050_5),
        ] {
            let found = families(ids);
            assert_close(found.raw, raw);
            assert_close(found.normalised, normalised);
        }
    }

    #[test]
    fn the_two_leaders_of_the_karate_club_lie_between_most_others() {
        let network = karate();
        let groups = [actors(&network, &["A1", "A34"]), actors(&network, &["A1", "A2", "A3"])];
        let found =
            in_ties(&network, undirected(), |graph| group_betweenness_of_each(graph, &groups).unwrap());
        assert_close(found[0].raw, 339.540_476_190_5);
        assert_close(found[0].normalised, 0.684_557_411_7);
        assert_close(found[1].raw, 267.561_904_761_9);
        assert_close(found[1].normalised, 0.575_401_945_7);
    }

    #[test]
    fn a_leaf_adds_nothing_to_its_hub_but_leaves_fewer_pairs() {
        let network = star("hub", names(6)).unwrap();
        let group = actors(&network, &["hub", "A1"]);
        let found = in_ties(&network, undirected(), |graph| group_betweenness(graph, &group).unwrap());
        assert_close(found.raw, 10.0);
        assert_close(found.normalised, 1.0);
    }

    #[test]
    fn the_percentile_counts_lesser_groups_whole_and_equal_ones_half() {
        let network = joined_families();
        let group = actors(&network, &["Medici"]);
        let others = ["Medici", "Strozzi", "Pazzi", "Guadagni"].map(|id| actors(&network, &[id]));
        let rank =
            in_ties(&network, undirected(), |graph| group_betweenness_rank(graph, &group, &others).unwrap());
        assert_close(rank.betweenness.raw, 47.5);
        assert_close(rank.percentile, 87.5);
        let least = actors(&network, &["Pazzi"]);
        let rank =
            in_ties(&network, undirected(), |graph| group_betweenness_rank(graph, &least, &others).unwrap());
        assert_close(rank.percentile, 12.5);
    }

    #[test]
    fn impossible_groups_are_refused_with_a_remedy() {
        let network = joined_families();
        let says = |group: &[&str], text: &str| {
            let group = actors(&network, group);
            let refused =
                in_ties(&network, undirected(), |graph| group_betweenness(graph, &group).unwrap_err());
            assert_eq!(refused.to_string(), text);
        };
        says(&[], "the group is empty; name at least one actor");
        says(&["Medici", "Medici"], "actor `Medici` of the group is named twice; name it once");
        says(
            &["Pucci"],
            "actor `Pucci` of the group is not a living government; leave it out or read all actors",
        );
        let (pair, one) = (actors(&network, &["Medici", "Strozzi"]), actors(&network, &["Pazzi"]));
        let none: [Vec<ActorId>; 0] = [];
        in_ties(&network, undirected(), |graph| {
            let refused = group_betweenness_rank(graph, &pair, std::slice::from_ref(&one)).unwrap_err();
            assert_eq!(refused.to_string(), "a group of 2 is compared with one of 1; draw groups of 2");
            let refused = group_betweenness_rank(graph, &pair, &none).unwrap_err();
            assert_eq!(refused.to_string(), "there are no groups to compare with; draw at least one");
        });
    }

    proptest! {
        #[test]
        fn a_group_lies_between_as_all_shortest_paths_walked_one_by_one_say(
            (lengths, network) in small_network(), members in prop::collection::btree_set(0..6_usize, 1..4),
        ) {
            let members: Vec<_> = members.into_iter().filter(|&v| v < lengths.len()).collect();
            prop_assume!(!members.is_empty());
            let group: Vec<_> = members.iter().map(|&v| ActorId(u32::try_from(v).unwrap())).collect();
            let n_outside = lengths.len() - members.len();
            for (reading, lengths) in [
                (weighted(Direction::Directed), lengths.clone()),
                (weighted(Direction::Undirected), mutual(&lengths)),
                (directed(), unit(&lengths)),
                (undirected(), unit(&mutual(&lengths))),
            ] {
                let found = in_ties(&network, reading, |graph| group_betweenness(graph, &group).unwrap());
                let counted = if reading.direction == Direction::Directed { 1.0 } else { 2.0 };
                let expected = pairs_between(&lengths, &members) / counted;
                prop_assert!((found.raw - expected).abs() < 1e-9, "{}, not {expected}", found.raw);
                let n_pairs = (n_outside * n_outside.saturating_sub(1)) as f64 / counted;
                let share = if n_pairs > 0.0 { expected / n_pairs } else { 0.0 };
                prop_assert!((found.normalised - share).abs() < 1e-9);
            }
        }

        #[test]
        fn a_group_of_one_lies_between_as_its_member_does((_, network) in small_network()) {
            for reading in [undirected(), directed(), weighted(Direction::Undirected)] {
                in_ties(&network, reading, |graph| {
                    let groups: Vec<_> = graph.actors().iter().map(|&actor| [actor]).collect();
                    let of_groups = group_betweenness_of_each(graph, &groups).unwrap();
                    let raw: Vec<_> = of_groups.into_iter().map(|score| score.raw).collect();
                    assert_all_close(&raw, &betweenness(graph));
                });
            }
        }
    }
}

//! The influence forest: for every adopter its strongest sender.

use crate::attribution::Attribution;
use crate::order::Adoption;
use crate::sender::Sender;
use normwave_network_model::ActorId;
use std::collections::{BTreeMap, HashMap};

/// One adopter in the forest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForestNode {
    /// The adopter.
    pub actor: ActorId,
    /// When it adopted.
    pub adopted: Adoption,
    /// Its strongest sender; `None` if its position was given, or if nobody pressed.
    pub strongest: Option<Sender>,
    /// That sender's share of the pressure, 0 to 1; 0 if there is none.
    pub share: f64,
    /// Index of that sender's node, if it had adopted before.
    pub parent: Option<usize>,
    /// Index of the first mover of its tree; its own if it has no parent.
    pub root: usize,
    /// Steps from the first mover.
    pub depth: u32,
}

/// Adopters, each linked to the sender that pressed most; trees are rooted in first movers.
///
/// A sender that had not adopted before, such as an organisation, a group at home, or the
/// government itself, is named at the adopter and starts no link: the adopter is then the first
/// mover of a tree. Of equally strong senders the one that adopted first is taken, then the one of
/// the lowest id.
///
/// ```
/// use normwave_analysis::{Adoption, InfluenceForest};
/// use normwave_network_model::ActorId;
/// let given = Adoption { tick: 0, decided: false };
/// let forest = InfluenceForest::new(&[(ActorId(4), given)], &[]);
/// assert_eq!(forest.roots().count(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InfluenceForest {
    /// The adopters, in order of adoption, then of their ids.
    pub nodes: Vec<ForestNode>,
}

impl InfluenceForest {
    /// Links each adopter to its strongest sender, given when each adopted and the attributions of
    /// the moves by which they did; others are ignored.
    #[must_use]
    pub fn new(adoptions: &[(ActorId, Adoption)], attributions: &[Attribution]) -> Self {
        let mut adoptions = adoptions.to_vec();
        adoptions.sort_by_key(|&(actor, adopted)| (adopted, actor));
        let places: HashMap<ActorId, usize> =
            adoptions.iter().enumerate().map(|(place, (actor, _))| (*actor, place)).collect();
        let by_move: HashMap<_, &Attribution> =
            attributions.iter().map(|moved| ((moved.actor, moved.tick), moved)).collect();
        let mut nodes: Vec<ForestNode> = Vec::with_capacity(adoptions.len());
        for (place, &(actor, adopted)) in adoptions.iter().enumerate() {
            let moved = by_move.get(&(actor, adopted.tick)).filter(|_| adopted.decided);
            let earlier = |sender: Sender| {
                let place = places.get(&sender.actor()?).copied()?;
                (adoptions[place].1 < adopted).then_some(place)
            };
            let strongest = moved.and_then(|moved| {
                let first = moved.contributions.first()?;
                let most = moved.contributions.iter().take_while(|cause| equal(cause.share, first.share));
                most.min_by_key(|cause| (earlier(cause.sender).unwrap_or(usize::MAX), cause.sender))
            });
            let parent = strongest.and_then(|cause| earlier(cause.sender));
            let (root, depth) = parent.map_or((place, 0), |up| (nodes[up].root, nodes[up].depth + 1));
            nodes.push(ForestNode {
                actor,
                adopted,
                strongest: strongest.map(|cause| cause.sender),
                share: strongest.map_or(0.0, |cause| cause.share),
                parent,
                root,
                depth,
            });
        }
        InfluenceForest { nodes }
    }

    /// The first movers.
    pub fn roots(&self) -> impl Iterator<Item = &ForestNode> {
        self.nodes.iter().filter(|node| node.parent.is_none())
    }

    /// The trees, as indices of their roots with the number of adopters in each: the largest first,
    /// equals in order of adoption.
    #[must_use]
    pub fn trees(&self) -> Vec<(usize, usize)> {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        self.nodes.iter().for_each(|node| *sizes.entry(node.root).or_default() += 1);
        let mut trees: Vec<(usize, usize)> = sizes.into_iter().collect();
        trees.sort_by_key(|&(root, size)| (std::cmp::Reverse(size), root));
        trees
    }
}

// Shares that differ by rounding alone are equal.
fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Contribution;

    fn moved(actor: u32, tick: u32, senders: &[(Sender, f64)]) -> Attribution {
        let cause = |&(sender, share): &(Sender, f64)| Contribution { sender, pressure: share, share };
        Attribution {
            actor: ActorId(actor),
            tick,
            to: 1,
            margin: 1.0,
            chance: false,
            contributions: senders.iter().map(cause).collect(),
            changes: Vec::new(),
        }
    }

    fn actor(id: u32) -> Sender {
        Sender::Actor(ActorId(id))
    }

    fn adopters(when: &[(u32, u32, bool)]) -> Vec<(ActorId, Adoption)> {
        when.iter().map(|&(id, tick, decided)| (ActorId(id), Adoption { tick, decided })).collect()
    }

    #[test]
    fn a_chain_is_one_tree_of_growing_depth() {
        let forest = InfluenceForest::new(
            &adopters(&[(3, 2, true), (5, 0, false), (1, 1, true)]),
            &[moved(1, 1, &[(actor(5), 0.9)]), moved(3, 2, &[(actor(1), 0.6), (actor(5), 0.4)])],
        );
        let depths: Vec<_> = forest.nodes.iter().map(|node| (node.actor.0, node.depth, node.share)).collect();
        assert_eq!(depths, [(5, 0, 0.0), (1, 1, 0.9), (3, 2, 0.6)]);
        assert_eq!(forest.trees(), [(0, 3)]);
    }

    #[test]
    fn whom_an_organisation_or_its_own_gain_moves_starts_a_tree() {
        let forest = InfluenceForest::new(
            &adopters(&[(0, 0, true), (1, 0, true), (2, 1, true)]),
            &[
                moved(0, 0, &[(actor(9), 1.0)]),
                moved(1, 0, &[(Sender::Own, 1.0)]),
                moved(2, 1, &[(actor(1), 1.0)]),
            ],
        );
        assert_eq!(forest.trees(), [(1, 2), (0, 1)]);
        assert_eq!(forest.nodes[0].strongest, Some(actor(9)));
        assert_eq!(forest.roots().count(), 2);
    }

    #[test]
    fn of_equals_the_earliest_adopter_is_the_parent() {
        let forest = InfluenceForest::new(
            &adopters(&[(2, 0, false), (0, 1, false), (4, 2, true)]),
            &[moved(4, 2, &[(actor(0), 0.5), (actor(2), 0.5)])],
        );
        assert_eq!(forest.nodes[2].parent, Some(0));
        assert_eq!(forest.nodes[0].actor, ActorId(2));
    }

    #[test]
    fn who_adopts_in_the_same_moment_is_no_parent() {
        let both = adopters(&[(0, 1, true), (1, 1, true)]);
        let forest = InfluenceForest::new(&both, &[moved(0, 1, &[(actor(1), 1.0)])]);
        assert_eq!(forest.nodes[0].parent, None);
    }
}

//! Net flow of influence between groups of actors.

use crate::attribution::Attribution;
use crate::sender::Sender;
use normwave_network_model::ActorId;
use normwave_plan::Tick;

/// A share that one sender has in one move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// When.
    pub tick: Tick,
    /// Who moved.
    pub target: ActorId,
    /// Who pressed.
    pub sender: Sender,
    /// Its share in the pressure toward what was taken; those of a move sum to 1.
    pub share: f64,
}

/// The links of some moves. Those that chance decided have none.
#[must_use]
pub fn links(attributions: &[Attribution]) -> Vec<Link> {
    let of = |moved: &Attribution| {
        let (tick, target) = (moved.tick, moved.actor);
        let link = move |sender, share| Link { tick, target, sender, share };
        moved.contributions.iter().map(|cause| link(cause.sender, cause.share)).collect::<Vec<_>>()
    };
    attributions.iter().filter(|moved| !moved.chance).flat_map(of).collect()
}

/// Influence between groups: entry (from, to) is the sum of the shares that senders of one group
/// have in the moves of another, counted in moves.
///
/// ```
/// use normwave_analysis::{FlowTable, Link, Sender};
/// use normwave_network_model::ActorId;
/// let link = |sender, target, share| Link {
///     tick: 0, target: ActorId(target), sender: Sender::Actor(ActorId(sender)), share,
/// };
/// let table = FlowTable::new(&[link(0, 2, 0.75), link(3, 1, 0.5)], 2, |actor| Some(actor.idx() / 2));
/// assert_eq!((table.from_to(0, 1), table.net(0, 1)), (0.75, 0.25));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FlowTable {
    n_groups: usize,
    sums: Vec<f64>,
}

impl FlowTable {
    /// Sums up links between groups; `group_of` gives an actor's group, below `n_groups`. Senders
    /// and targets without a group are left out, as are self and system.
    #[must_use]
    pub fn new(links: &[Link], n_groups: usize, group_of: impl Fn(ActorId) -> Option<usize>) -> Self {
        let mut sums = vec![0.0; n_groups * n_groups];
        for link in links {
            let from = link.sender.actor().and_then(&group_of);
            if let (Some(from), Some(to)) = (from, group_of(link.target)) {
                sums[from * n_groups + to] += link.share;
            }
        }
        FlowTable { n_groups, sums }
    }

    /// Influence of one group on another.
    #[must_use]
    pub fn from_to(&self, from: usize, to: usize) -> f64 {
        self.sums[from * self.n_groups + to]
    }

    /// What flows from one group to another less what flows back.
    #[must_use]
    pub fn net(&self, from: usize, to: usize) -> f64 {
        self.from_to(from, to) - self.from_to(to, from)
    }
}

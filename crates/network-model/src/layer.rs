//! Layers of directed, weighted ties with spells, stored or derived.

use crate::derive::Derivation;
use crate::{ActorId, Spell};

/// Index of a layer in its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerId(pub u32);

impl LayerId {
    /// The index as a slice index.
    #[must_use]
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// A tie that holds for a spell: `from` reaches `to` with some strength.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieSpell {
    /// The sender, j.
    pub from: ActorId,
    /// The target, i.
    pub to: ActorId,
    /// w_ji, 0 or more.
    pub strength: f64,
    /// When it holds.
    pub spell: Spell,
}

/// A tie as it stands on one date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The sender, j.
    pub from: ActorId,
    /// The target, i.
    pub to: ActorId,
    /// w_ji, 0 or more.
    pub strength: f64,
}

/// Where a layer's ties come from.
#[derive(Clone, Debug)]
pub enum LayerSource {
    /// They are given.
    Stored(Vec<TieSpell>),
    /// They are computed from the rest of the network at each date.
    Derived(Derivation),
}

/// One kind of relation among all actors.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its name in files.
    pub name: String,
    /// Its ties, or how to compute them.
    pub source: LayerSource,
}

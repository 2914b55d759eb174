//! Layers of directed, weighted ties with spells, stored or derived.

use crate::derive::Derivation;
use crate::{ActorId, Spell, StandingTies};
use std::sync::Arc;

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
    /// They are given and always hold, each pair once: an eighth of the memory of stored ties, and
    /// nothing to do on a date. [`Network::ties_mut`](crate::Network::ties_mut) makes stored ties of
    /// them.
    Standing(Arc<StandingTies>),
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

impl Layer {
    /// The ties that are given, each with its spell; `None` for a derived layer.
    #[must_use]
    pub fn given(&self) -> Option<impl Iterator<Item = TieSpell> + '_> {
        let (stored, standing) = match &self.source {
            LayerSource::Stored(ties) => (&ties[..], &[][..]),
            LayerSource::Standing(ties) => (&[][..], ties.by_target()),
            LayerSource::Derived(_) => return None,
        };
        Some(stored.iter().copied().chain(standing.iter().map(|tie| tie.always())))
    }
}

impl Tie {
    pub(crate) fn always(&self) -> TieSpell {
        TieSpell { from: self.from, to: self.to, strength: self.strength, spell: Spell::ALWAYS }
    }
}

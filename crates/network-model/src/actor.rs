//! Who takes part: governments, domestic groups, NGOs and international organisations.

use crate::Spell;
use serde::{Deserialize, Serialize};

/// Index of an actor in its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

impl ActorId {
    /// The index as a slice index.
    #[must_use]
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// What an actor is. Only governments decide; every kind can advocate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    /// Decides for a state.
    Government,
    /// Part of one government's selectorate: military, public, party, industry, domestic NGO.
    DomesticGroup,
    /// A non-governmental organisation.
    Ngo,
    /// An intergovernmental organisation.
    Igo,
}

/// One actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Short unique id, as in files: `GBR`, `ICBL`, `GBR/military`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// The government to which a domestic group belongs.
    pub home: Option<ActorId>,
    /// When it exists, in order; for a government, its membership in the state system.
    pub lives: Vec<Spell>,
    /// The actor whose position it takes over when it comes into being.
    pub predecessor: Option<ActorId>,
}

impl Actor {
    /// An actor that always exists and is named by its id.
    #[must_use]
    pub fn new(id: impl Into<String>, kind: ActorKind) -> Self {
        let id = id.into();
        Actor { name: id.clone(), id, kind, home: None, lives: vec![Spell::ALWAYS], predecessor: None }
    }

    /// Whether it exists on `date`.
    #[must_use]
    pub fn lives_on(&self, date: jiff::civil::Date) -> bool {
        self.lives.iter().any(|spell| spell.contains(date))
    }
}

//! Who takes part: governments, domestic groups, NGOs and international organisations.

use crate::Spell;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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
    /// What it is.
    pub kind: ActorKind,
    /// The government to which a domestic group belongs.
    pub home: Option<ActorId>,
    /// When it exists, in order; for a government, its membership in the state system.
    pub lives: Cow<'static, [Spell]>,
    /// The actor whose position it takes over when it comes into being.
    pub predecessor: Option<ActorId>,
    // `None` if it is called by its id, as in networks of millions.
    name: Option<Box<str>>,
}

impl Actor {
    /// An actor that always exists and is named by its id.
    #[must_use]
    pub fn new(id: impl Into<String>, kind: ActorKind) -> Self {
        let lives = Cow::Borrowed(&[Spell::ALWAYS][..]);
        Actor { id: id.into(), kind, home: None, lives, predecessor: None, name: None }
    }

    /// The same actor with a name for people.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = (name != self.id).then(|| name.into());
        self
    }

    /// Name for people: its id unless it was given one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Whether it exists on `date`.
    #[must_use]
    pub fn lives_on(&self, date: jiff::civil::Date) -> bool {
        self.lives.iter().any(|spell| spell.contains(date))
    }
}

//! Membership of actors in organisations, from which co-membership ties are projected.

use crate::{ActorId, Spell};

/// One actor's membership in one organisation for a spell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Membership {
    /// The member.
    pub actor: ActorId,
    /// Index of the organisation in [`Affiliation::organisations`].
    pub organisation: u32,
    /// When it is a member.
    pub spell: Spell,
}

/// Who belongs to which organisation, and when.
#[derive(Clone, Debug, Default)]
pub struct Affiliation {
    /// Its name in files.
    pub name: String,
    /// Ids of the organisations.
    pub organisations: Vec<String>,
    /// The memberships.
    pub memberships: Vec<Membership>,
}

impl Affiliation {
    /// The index of an organisation, added if it is new.
    pub fn organisation(&mut self, id: &str) -> u32 {
        let idx = self.organisations.iter().position(|known| known == id).unwrap_or_else(|| {
            self.organisations.push(id.to_owned());
            self.organisations.len() - 1
        });
        u32::try_from(idx).unwrap_or(u32::MAX)
    }
}

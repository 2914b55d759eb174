//! The building blocks: primitive changes, put together in the words of an intervention.

use crate::file::{Change, Names, PositionName, Toward, Who};
use toml::Spanned;

impl Change {
    /// The gain on the pressures of some factors: on everybody, from all, in both directions,
    /// until said otherwise.
    #[must_use]
    pub fn gain(factors: &Spanned<Names>, multiply: f64) -> Self {
        Change { gain: Some(factors.clone()), multiply: Some(multiply), ..Change::default() }
    }

    /// The ties of a stored layer: of all senders, to everybody, until said otherwise.
    #[must_use]
    pub fn ties(layer: &Spanned<String>) -> Self {
        Change { layer: Some(layer.clone()), ..Change::default() }
    }

    /// A numeric attribute of some actors.
    #[must_use]
    pub fn attribute(name: &Spanned<String>, who: &Spanned<Who>) -> Self {
        Change { attribute: Some(name.clone()), ..Change::default() }.on(who)
    }

    /// Thresholds.
    #[must_use]
    pub fn threshold(who: &Spanned<Who>) -> Self {
        Change { threshold: true, ..Change::default() }.on(who)
    }

    /// How hard some actors advocate a position, 0 to 1.
    #[must_use]
    pub fn advocacy(position: &Spanned<PositionName>, who: &Spanned<Who>, level: f64) -> Self {
        Change { advocacy: Some(position.clone()), set: Some(level), ..Change::default() }.on(who)
    }

    /// A position that comes on offer, to everybody until said otherwise.
    #[must_use]
    pub fn offer(position: &Spanned<PositionName>) -> Self {
        Change { offer: Some(position.clone()), ..Change::default() }
    }

    /// On whom.
    #[must_use]
    pub fn on(mut self, who: &Spanned<Who>) -> Self {
        self.who = Some(who.clone());
        self
    }

    /// From which senders; from all if there is no answer.
    #[must_use]
    pub fn sent_by<'s>(mut self, senders: impl Into<Option<&'s Spanned<Who>>>) -> Self {
        self.from = senders.into().cloned();
        self
    }

    /// In which direction a gain works.
    #[must_use]
    pub fn toward(mut self, direction: Toward) -> Self {
        self.toward = Some(direction);
        self
    }

    /// Multiplies the value.
    #[must_use]
    pub fn times(mut self, by: f64) -> Self {
        self.multiply = Some(by);
        self
    }

    /// Adds to the value.
    #[must_use]
    pub fn plus(mut self, more: f64) -> Self {
        self.add = Some(more);
        self
    }
}

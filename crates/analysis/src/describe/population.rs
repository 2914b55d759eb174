//! Whom descriptives describe.

use normwave_network_model::ActorId;

/// The actors who are described, in the order of their ids; each has a place, from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Population {
    actors: Vec<ActorId>,
    // By actor.
    places: Vec<Option<usize>>,
}

impl Population {
    /// These actors.
    #[must_use]
    pub fn new(mut actors: Vec<ActorId>) -> Self {
        actors.sort_unstable();
        actors.dedup();
        let mut places = vec![None; actors.last().map_or(0, |last| last.idx() + 1)];
        actors.iter().enumerate().for_each(|(place, actor)| places[actor.idx()] = Some(place));
        Population { actors, places }
    }

    /// Number of actors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.actors.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    /// Who they are.
    #[must_use]
    pub fn actors(&self) -> &[ActorId] {
        &self.actors
    }

    /// An actor's place.
    #[must_use]
    pub fn place(&self, actor: ActorId) -> Option<usize> {
        self.places.get(actor.idx()).copied().flatten()
    }
}

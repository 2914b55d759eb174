//! A set of actors whose position is measured as one.

use super::{Among, LayerGraph};
use crate::{ActorId, NetworkError};

// Who belongs to the group, by place in the graph.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) members: Vec<bool>,
    pub(super) size: usize,
}

impl Group {
    // Refuses an empty group, actors that do not take part, and actors named twice.
    pub(super) fn new(graph: &LayerGraph<'_>, actors: &[ActorId]) -> Result<Self, NetworkError> {
        if actors.is_empty() {
            return Err(NetworkError::Argument("the group is empty; name at least one actor".to_owned()));
        }
        let mut members = vec![false; graph.n_actors()];
        for &actor in actors {
            let refused = |why| {
                let id = &graph.network().actor(actor).id;
                Err(NetworkError::Argument(format!("actor `{id}` of the group {why}")))
            };
            let Some(place) = graph.place(actor) else {
                return refused(match graph.reading().among {
                    Among::Governments => "is not a living government; leave it out or read all actors",
                    Among::AllActors => "does not live on this date; leave it out",
                });
            };
            if std::mem::replace(&mut members[place], true) {
                return refused("is named twice; name it once");
            }
        }
        Ok(Group { members, size: actors.len() })
    }
}

//! Who or what presses: an actor, the government itself, or the system as a whole.

use crate::sheet::Row;
use normwave_network_model::ActorId;
use normwave_pressure_factors::Mechanism;

/// Where a pressure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sender {
    /// An actor of any kind, groups at home included.
    Actor(ActorId),
    /// The government itself: what it would gain or lose.
    Own,
    /// All together: competition and learning without a single sender.
    System,
}

impl Sender {
    /// The sender of a row. Rows without one are the system's if their mechanism is competition or
    /// learning, else the government's own.
    #[must_use]
    pub fn of(row: &Row) -> Self {
        match (row.source, row.mechanism) {
            (Some(actor), _) => Sender::Actor(actor),
            (None, Mechanism::Competition | Mechanism::Learning) => Sender::System,
            (None, _) => Sender::Own,
        }
    }

    /// The actor, if it is one.
    #[must_use]
    pub fn actor(self) -> Option<ActorId> {
        match self {
            Sender::Actor(actor) => Some(actor),
            Sender::Own | Sender::System => None,
        }
    }
}

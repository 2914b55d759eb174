//! What was adopted in truth.

use normwave_network_model::{ActorId, Spell};
use normwave_pressure_factors::Position;

/// An observed adoption: from when until when an actor held a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// Who.
    pub actor: ActorId,
    /// Which position; never the status quo.
    pub position: Position,
    /// From the date of adoption until the first day after a withdrawal. Spells of one actor do not
    /// overlap. They may lie outside the scenario's period, in whole or in part.
    pub spell: Spell,
}

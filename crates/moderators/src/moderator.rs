//! The trait of moderators.

use normwave_gain_shape::Shape;
use normwave_network_model::{ActorId, Tie};
use normwave_pressure_factors::{Needs, Position, Reads, SystemView};
use std::fmt::Debug;

/// At which level a moderator works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The same for all, whatever their raw values: one tie or actor is asked for all others.
    Systemic,
    /// For a sender and a target; an error on a factor without senders.
    Dyadic,
    /// For a target.
    State,
}

/// The pressures of one factor toward one position, which a moderator turns up or down.
#[derive(Clone, Copy, Debug)]
pub struct Pressure<'a> {
    /// The factor's name in the scenario.
    pub factor: &'a str,
    /// Toward which position; 0 is the status quo.
    pub toward: Position,
    /// The ties along which it runs, sorted by target, then sender; `None` where the factor has no
    /// senders. Gains are then one per actor.
    pub ties: Option<&'a [Tie]>,
    /// Raw values: one per tie, or one per actor.
    pub raw: &'a [f64],
}

impl Pressure<'_> {
    /// The shape that holds in this pressure's direction.
    #[must_use]
    pub fn dial<'s>(&self, toward_status_quo: &'s Shape, toward_new: &'s Shape) -> &'s Shape {
        if self.toward == 0 { toward_status_quo } else { toward_new }
    }

    /// Multiplies each gain by that of its target.
    pub fn turn_targets(&self, gain: &mut [f64], of: impl Fn(ActorId) -> f64) {
        match self.ties {
            None => gain.iter_mut().zip((0u32..).map(ActorId)).for_each(|(gain, actor)| *gain *= of(actor)),
            Some(ties) => {
                // Ties are sorted by target: each target is asked for once.
                let mut last = None;
                for (gain, tie) in gain.iter_mut().zip(ties) {
                    let value = match last {
                        Some((target, value)) if target == tie.to => value,
                        _ => of(tie.to),
                    };
                    last = Some((tie.to, value));
                    *gain *= value;
                }
            }
        }
    }

    /// Multiplies each gain by that of its tie; nothing where there are no senders.
    pub fn turn_ties(&self, gain: &mut [f64], of: impl Fn(&Tie) -> f64) {
        gain.iter_mut().zip(self.ties.unwrap_or(&[])).for_each(|(gain, tie)| *gain *= of(tie));
    }
}

/// What an [`AdoptionProgram`] reads from the positions held: a share in [0, 1].
#[derive(Clone, Debug, PartialEq)]
pub enum AdoptionDriver {
    /// The share of adopters among all to whom the norm applies.
    Share {
        /// Numeric attribute (0 or more) by which actors are weighted.
        weight: Option<String>,
    },
    /// The share of adopters among the target's partners in a layer, by tie strength.
    Exposure {
        /// The layer.
        layer: String,
    },
}

/// A gain that depends on the positions held, said in words that every engine can run fast.
#[derive(Clone, Debug, PartialEq)]
pub struct AdoptionProgram {
    /// What it reads.
    pub driver: AdoptionDriver,
    /// The gain toward the status quo.
    pub toward_status_quo: Shape,
    /// The gain toward new positions.
    pub toward_new: Shape,
}

/// A condition that turns some pressures up or down (MODEL §5).
pub trait Moderator: Debug + Send + Sync {
    /// At which level it works.
    fn level(&self) -> Level;

    /// Multiplies `gain`, one value per tie or actor of `pressure`. Dimensionless, 0 to 11; 1 is
    /// neutral.
    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]);

    /// What the gains depend on; the default is never wrong, only slow.
    fn reads(&self) -> Reads {
        Reads::Everything
    }

    /// Where [`Moderator::reads`] is [`Reads::NetworkAndProgram`]: the whole gain as a program,
    /// which must agree with [`Moderator::moderate`].
    fn program(&self) -> Option<AdoptionProgram> {
        None
    }

    /// The groups that block a government, for a moderator that knows a veto; balance sheets name
    /// them.
    fn blockers(&self, _target: ActorId, _view: &SystemView<'_>) -> Vec<ActorId> {
        Vec::new()
    }

    /// What it must find in the network.
    fn needs(&self) -> Needs {
        Needs::default()
    }
}

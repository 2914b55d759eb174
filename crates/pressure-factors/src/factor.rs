//! The trait of pressure factors.

use crate::SystemView;
use std::fmt::Debug;

/// What a relational factor hears of its senders (MODEL §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// How hard they advocate each position: what they say.
    Advocacy,
    /// Which position they hold: what they did.
    Adoption,
}

/// Over which ties a factor runs, or that it has no sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Along the ties of a layer. [`PressureFactor::fill`] gets one value per tie, in the order of
    /// [`SystemView::ties`]: pressure per unit of the sender's signal.
    Ties {
        /// Name of the layer.
        layer: &'a str,
        /// What is heard.
        signal: Signal,
    },
    /// From within, or from the system as a whole. [`PressureFactor::fill`] gets one value per
    /// actor and position, at `actor * n_positions + position`.
    Actors,
}

/// What a mechanism's values depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reads {
    /// Anything: the values are asked for anew at every tick. Never wrong, only slow.
    Everything,
    /// The network, the forums and the norm's description, but neither the positions held, nor
    /// advocacy, nor the date as such: the values are asked for when one of those changes.
    Network,
    /// As [`Reads::Network`], and the positions held, through a program that the mechanism names.
    NetworkAndProgram,
}

/// The four mechanisms of the diffusion literature (Stuster 2023, §2), by which ledgers can be
/// grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mechanism {
    /// Incentives and disincentives set by others.
    Coercion,
    /// What others do changes what pays.
    Competition,
    /// What others do changes what is believed to pay.
    Learning,
    /// Identity, status and the sense of what is proper.
    Socialisation,
    /// Interests at home, which the four leave out.
    Domestic,
}

impl Mechanism {
    /// Its name in ledgers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mechanism::Coercion => "coercion",
            Mechanism::Competition => "competition",
            Mechanism::Learning => "learning",
            Mechanism::Socialisation => "socialisation",
            Mechanism::Domestic => "domestic",
        }
    }
}

/// What a mechanism must find in the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Layers, beside the one of its scope.
    pub layers: Vec<String>,
    /// Numeric attributes that every living government must have.
    pub attributes: Vec<String>,
    /// Numeric attributes that every sender of the layer of its scope must have, too.
    pub sender_attributes: Vec<String>,
    /// Attributes of any kind that must be defined, whoever has them.
    pub known_attributes: Vec<String>,
    /// Affiliations, each with an organisation in it.
    pub organisations: Vec<(String, String)>,
    /// Forums.
    pub forums: Vec<String>,
}

/// A mechanism that presses governments toward a position (MODEL §5).
pub trait PressureFactor: Debug + Send + Sync {
    /// Over which ties it runs and what it hears there, or that it has no sender.
    fn scope(&self) -> Scope<'_>;

    /// Fills `out` with pressure at κ = 1, 0 or more: one value per tie or per actor and position,
    /// as [`PressureFactor::scope`] says. `out` comes filled with 0.
    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]);

    /// Whether pressure at κ = 1 is the strength of each tie, w_ji, and nothing else: a scenario of
    /// millions of ties is then lowered without asking for each.
    fn is_strength(&self) -> bool {
        false
    }

    /// What the values depend on; the default is never wrong, only slow.
    fn reads(&self) -> Reads {
        Reads::Everything
    }

    /// The factors, by their names in the scenario, whose pressures it finds in
    /// [`NormState::exposures`](crate::NormState::exposures); one that names any is asked at every
    /// tick. A factor that is named may not name others itself.
    fn reads_factors(&self) -> &[String] {
        &[]
    }

    /// What it must find in the network, so that its absence is an error before a run.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// Under which of the four mechanisms ledgers group it.
    fn mechanism(&self) -> Mechanism {
        Mechanism::Socialisation
    }
}

//! What mechanisms see: the network on a date, and the state of the norm in it.

use normwave_network_model::{ActorId, NetworkView, Tie};
use std::collections::BTreeMap;

/// A position on the norm; 0 is the status quo.
pub type Position = u8;

/// The state of the norm at the start of a tick's decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NormState {
    /// K.
    pub n_positions: usize,
    /// Whether versions are graded: then holding more than k counts as adopting k.
    pub graded: bool,
    /// How strongly each position binds, in [0, 1]; 0 for the status quo.
    pub bindingness: Vec<f64>,
    /// The position of each actor; `None` for those that are not living governments to which the
    /// norm applies.
    pub positions: Vec<Option<Position>>,
    /// x_jk at `j * n_positions + k`, in [0, 1].
    pub advocacy: Vec<f64>,
    /// The forums in session.
    pub sessions: Vec<Session>,
    /// For the factors that another one reads ([`crate::PressureFactor::reads_factors`]): the raw
    /// pressure on each actor toward each position, κ and signals in it and gains not, at
    /// `i * n_positions + k`.
    pub exposures: BTreeMap<String, Vec<f64>>,
}

/// A forum in session.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its name.
    pub name: String,
    /// Who sits in it, one flag per actor.
    pub members: Vec<bool>,
    /// Whether debate is public.
    pub public: bool,
    /// Whether one state has one vote, so that resources do not count.
    pub one_vote: bool,
}

impl NormState {
    /// The raw pressure of a factor on an actor toward a position; 0 where nobody asked for it.
    #[must_use]
    pub fn exposure(&self, factor: &str, actor: ActorId, k: Position) -> f64 {
        let at = actor.idx() * self.n_positions + usize::from(k);
        self.exposures.get(factor).and_then(|all| all.get(at)).copied().unwrap_or(0.0)
    }

    /// Whether holding `held` counts as adopting `k`: for k ≥ 1 holding k (or more, where versions
    /// are graded); for k = 0 holding anything new.
    #[must_use]
    pub fn adopts(&self, held: Position, k: Position) -> bool {
        if k == 0 { held > 0 } else { held == k || (self.graded && held > k) }
    }
}

/// The network on a date and the state of the norm in it, read-only.
#[derive(Clone, Copy, Debug)]
pub struct SystemView<'a> {
    /// The network.
    pub network: &'a NetworkView<'a>,
    /// The norm.
    pub norm: &'a NormState,
}

impl<'a> SystemView<'a> {
    /// The ties of a layer on this date, sorted by target, then sender; none if there is no such
    /// layer (a scenario checks that before).
    #[must_use]
    pub fn ties(&self, layer: &str) -> &'a [Tie] {
        self.network.ties_of(layer).unwrap_or(&[])
    }

    /// Fills `out` with one value per tie of a layer.
    pub fn fill_ties(&self, layer: &str, out: &mut [f64], value: impl Fn(&Tie) -> f64) {
        out.iter_mut().zip(self.ties(layer)).for_each(|(out, tie)| *out = value(tie));
    }

    /// An actor's numeric attribute, 0 where it has none (a scenario checks what is needed before).
    #[must_use]
    pub fn number(&self, attribute: &str, actor: ActorId) -> f64 {
        self.network.number(attribute, actor).unwrap_or(0.0)
    }

    /// Whether the two sit in a forum in session that gives one state one vote.
    #[must_use]
    pub fn one_vote(&self, a: ActorId, b: ActorId) -> bool {
        let both =
            |session: &Session| session.one_vote && session.members[a.idx()] && session.members[b.idx()];
        self.norm.sessions.iter().any(both)
    }
}

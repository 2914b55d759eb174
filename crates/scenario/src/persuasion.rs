//! Who can be persuaded, and by whom, on the domain side (MODEL §7).

use crate::Scenario;
use normwave_network_model::{ActorId, Date, Tick};
use normwave_plan::Steps;
use normwave_pressure_factors::{NormState, Position};

/// To whom a persuadable actor listens, and how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Hearing {
    /// s_j, in [0, 1], a multiple of 2⁻²⁴.
    pub stubbornness: f64,
    /// Who reaches it, and how strongly, itself included if it has a weight of its own. Strengths
    /// are whole numbers: those of the layer if they are whole themselves, else in steps of 2⁻³⁰ of
    /// the largest. u_lj is a strength divided by the sum of all.
    pub sources: Vec<(ActorId, u32)>,
}

impl Hearing {
    /// u_lj of all who reach the actor; nobody where all strengths are 0.
    pub fn shares(&self) -> impl Iterator<Item = (ActorId, f64)> + '_ {
        let all: f64 = self.sources.iter().map(|source| f64::from(source.1)).sum();
        let heard = self.sources.iter().filter(|source| source.1 > 0);
        heard.map(move |&(from, strength)| (from, f64::from(strength) / all))
    }

    // s·x⁰ + (1 − s)·Σ_l u_l·x_l to the nearest 2⁻¹², halves up; in whole numbers, so that nothing
    // else is rounded.
    fn next(&self, own: f64, said: impl Fn(ActorId) -> f64) -> f64 {
        let stubborn = whole(self.stubbornness, 24);
        let (mut heard, mut all) = (0, 0);
        for &(from, strength) in &self.sources {
            heard += u128::from(strength) * whole(said(from), 12);
            all += u128::from(strength);
        }
        if all == 0 {
            return own;
        }
        let sum = stubborn * all * whole(own, 12) + ((1 << 24) - stubborn) * heard;
        let one = all << 24;
        let rounded = u32::try_from((2 * sum + one) / (2 * one)).unwrap_or(1 << 12);
        f64::from(rounded) / 4096.0
    }
}

// In units of 2^−bits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in [0, 1] times 2²⁴ at most")]
fn whole(x: f64, bits: u32) -> u128 {
    (x * f64::from(1u32 << bits)).round() as u128
}

/// An actor whose advocacy is moved by that of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Persuadable {
    /// Who.
    pub actor: ActorId,
    /// To whom it listens, by tick.
    pub hears: Steps<Hearing>,
}

/// A group whose way to its own government is closed for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Which group.
    pub group: ActorId,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Option<Date>,
}

impl Scenario {
    /// x of the persuadable actors in the first tick, at `p * K + k`: what their own rules say
    /// while `positions` are held.
    #[must_use]
    pub fn unpersuaded(&self, positions: &[Position]) -> Vec<f64> {
        self.own_stances(0, positions)
    }

    /// x⁰ of the persuadable actors at `p * K + k`: what their own rules say at a tick.
    #[must_use]
    pub fn own_stances(&self, tick: Tick, positions: &[Position]) -> Vec<f64> {
        self.persuadable_rows(&self.norm_state(tick, positions).advocacy)
    }

    /// x of the persuadable actors in the tick after `tick`, in which decisions began from
    /// `positions` and the persuadable said `persuaded`.
    ///
    /// `x_jk(t+1) = s_j·x⁰_jk(t) + (1 − s_j)·Σ_l u_lj·x_lk(t)` (Friedkin and Johnsen 1990), rounded to
    /// 2⁻¹². Whoever nobody reaches keeps x⁰.
    #[must_use]
    pub fn persuade(&self, tick: Tick, positions: &[Position], persuaded: &[f64]) -> Vec<f64> {
        let n_k = self.n_positions();
        let own = self.own_stances(tick, positions);
        let said = self.norm_state_with(tick, positions, persuaded).advocacy;
        let mut next = own.clone();
        for (one, next) in self.advocacy.persuadable.iter().zip(next.chunks_exact_mut(n_k)) {
            if let Some(hearing) = one.hears.at(tick) {
                for (k, x) in next.iter_mut().enumerate() {
                    *x = hearing.next(*x, |from| said[from.idx() * n_k + k]);
                }
            }
        }
        next
    }

    /// As [`Scenario::norm_state`], in which the persuadable say `persuaded`.
    #[must_use]
    pub fn norm_state_with(&self, tick: Tick, positions: &[Position], persuaded: &[f64]) -> NormState {
        let mut norm = self.norm_state(tick, positions);
        let n_k = self.n_positions();
        for (one, said) in self.advocacy.persuadable.iter().zip(persuaded.chunks_exact(n_k)) {
            norm.advocacy[one.actor.idx() * n_k..][..n_k].copy_from_slice(said);
        }
        norm
    }

    fn persuadable_rows(&self, advocacy: &[f64]) -> Vec<f64> {
        let n_k = self.n_positions();
        let rows = self.advocacy.persuadable.iter().map(|one| &advocacy[one.actor.idx() * n_k..][..n_k]);
        rows.flatten().copied().collect()
    }
}

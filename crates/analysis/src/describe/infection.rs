//! Infection and susceptibility: whose adoption was followed by that of others.

use super::{Diffusion, Onset, Weights};
use normwave_plan::Tick;
use serde::Serialize;
use std::sync::Arc;

/// How less it counts what came k ticks later.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discount {
    /// Divided by k.
    Linear,
    /// Divided by (1 + r)^(k − 1).
    Exponential(f64),
}

impl Discount {
    fn of(self, k: Tick) -> f64 {
        match self {
            Discount::Linear => 1.0 / f64::from(k),
            Discount::Exponential(rate) => libm::pow(1.0 + rate, 1.0 - f64::from(k)),
        }
    }
}

/// What counts as infection.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Infecting {
    /// K: within how many ticks; at least 1.
    pub ticks: Tick,
    /// What later ticks count.
    pub discount: Discount,
    /// Whether it is divided by the (discounted) number of all who adopt in these ticks, tied or not.
    pub normalised: bool,
}

impl Default for Infecting {
    /// The next tick, normalised: the defaults of netdiffuseR.
    fn default() -> Self {
        Infecting { ticks: 1, discount: Discount::Linear, normalised: true }
    }
}

/// Infection by each actor, by place: of those upon whom it bears and who had not adopted when it did,
/// the share that adopts within K ticks after it.
///
/// `I_i = Σ_k d_k n_i(t_i + k) / Σ_k d_k m_i(t_i + k)`, k = 1 … K, with n_i(t) the number of those tied
/// to i at t who adopt at t, m_i(t) of those who adopt at t or later within the period, and d_k the
/// discount; normalised, divided by `Σ_k d_k N(t_i + k)` with N(t) the number of all who adopt at t.
/// Actors who never adopt do not count as having resisted, as in netdiffuseR; strengths do not enter.
///
/// `None` for those who did not adopt in the period, and for those who adopted in its last tick, after
/// whom nothing is seen. 0 for those after whom nobody is left (netdiffuseR has 0 for both).
///
/// Source: D. J. Myers, "The diffusion of collective violence", American Journal of Sociology 106
/// (2000); T. W. Valente, S. R. Dyal, K.-H. Chu, H. Wipfli and K. Fujimoto, "Diffusion of innovations
/// theory applied to global tobacco control treaty ratification", Social Science & Medicine 145 (2015).
#[must_use]
pub fn infection(diffusion: &Diffusion, weights: &[Arc<Weights>], settings: Infecting) -> Vec<Option<f64>> {
    let last = diffusion.n_ticks();
    let turned = Turned::new(weights);
    score(diffusion, settings, |tick, k| {
        let at = tick + k;
        (at < last).then(|| Look { at, later: true, ties: &turned.by_tick[at as usize] })
    })
}

/// Susceptibility of each actor, by place: of those who bear upon it and had adopted before it did, the
/// share that did so in the K ticks before it.
///
/// As [`infection`], looking back: `S_i = Σ_k d_k n_i(t_i − k) / Σ_k d_k m_i(t_i − k)`, with n_i(t) the
/// number of those who are tied to i at t + 1 and adopt at t, m_i(t) of those who adopt at t or before
/// it within the period. `None` for those who did not adopt in the period or adopted in its first
/// tick.
///
/// Source: as for [`infection`].
#[must_use]
pub fn susceptibility(
    diffusion: &Diffusion,
    weights: &[Arc<Weights>],
    settings: Infecting,
) -> Vec<Option<f64>> {
    score(diffusion, settings, |tick, k| {
        let at = tick.checked_sub(k)?;
        Some(Look { at, later: false, ties: &weights[at as usize + 1] })
    })
}

// At what the sums look for one k: the tick of the others' adoption, on which side of it the others
// may lie that count below the line, and the ties.
struct Look<'a> {
    at: Tick,
    later: bool,
    ties: &'a Weights,
}

// Weights by those upon whom actors bear; equal ticks share theirs.
struct Turned {
    by_tick: Vec<Arc<Weights>>,
}

impl Turned {
    fn new(weights: &[Arc<Weights>]) -> Self {
        let mut by_tick: Vec<Arc<Weights>> = Vec::new();
        for (tick, own) in weights.iter().enumerate() {
            let same = tick > 0 && Arc::ptr_eq(own, &weights[tick - 1]);
            let turned = if same { Arc::clone(&by_tick[tick - 1]) } else { Arc::new(own.turned()) };
            by_tick.push(turned);
        }
        Turned { by_tick }
    }
}

fn score<'a>(
    diffusion: &Diffusion,
    settings: Infecting,
    look: impl Fn(Tick, Tick) -> Option<Look<'a>>,
) -> Vec<Option<f64>> {
    let mut adopting = vec![0.0; diffusion.holds.len()];
    diffusion.adopters().for_each(|(_, tick)| adopting[tick as usize] += 1.0);
    let of = |(place, onset): (usize, &Onset)| {
        let tick = onset.tick()?;
        let (mut hit, mut could, mut all) = (0.0, 0.0, 0.0);
        let mut looked = false;
        for k in 1..=settings.ticks.max(1) {
            let Some(Look { at, later, ties }) = look(tick, k) else { continue };
            looked = true;
            let weight = settings.discount.of(k);
            for &(other, _) in ties.of(place) {
                let Some(their) = diffusion.onsets[other].tick() else { continue };
                hit += if their == at { weight } else { 0.0 };
                could += if if later { their >= at } else { their <= at } { weight } else { 0.0 };
            }
            all += weight * adopting[at as usize];
        }
        let share = if could > 0.0 { hit / could } else { 0.0 };
        let divisor = if settings.normalised && all > 0.0 { all } else { 1.0 };
        looked.then(|| share / divisor)
    };
    diffusion.onsets.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Eight actors: 5 names 1 to 4, and 6 to 8 name 5. A name is a tie from the one who is named.
    // They adopt at 1, 2, 5, 5, 3, 4, 5 and 5, counted from 1.
    fn example() -> (Diffusion, Vec<Arc<Weights>>) {
        let names = [(5, 1), (5, 2), (5, 3), (5, 4), (6, 5), (7, 5), (8, 5)];
        let ties = names.map(|(from, to)| (to - 1, from - 1, 1.0));
        let onsets = [1, 2, 5, 5, 3, 4, 5, 5].map(|time| Onset::At(time - 1)).to_vec();
        let weights = Arc::new(Weights::new(8, ties));
        (Diffusion::of_onsets(onsets, 5), vec![weights; 5])
    }

    fn close(found: Option<f64>, expected: f64) {
        let found = found.expect("it is defined");
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    fn within(ticks: Tick, discount: Discount, normalised: bool) -> Infecting {
        Infecting { ticks, discount, normalised }
    }

    #[test]
    fn an_adopter_infects_those_who_follow_it() {
        let (diffusion, weights) = example();
        let of_five = |settings| infection(&diffusion, &weights, settings)[4];
        // Three name 5: one adopts one tick after it, two after two.
        close(of_five(within(1, Discount::Linear, false)), 1.0 / 3.0);
        close(of_five(within(2, Discount::Linear, false)), 2.0 / 4.0);
        close(of_five(within(2, Discount::Exponential(0.1), false)), (1.0 + 2.0 / 1.1) / (3.0 + 2.0 / 1.1));
        // One adopts after one tick in all; four after two, which count half.
        close(of_five(Infecting::default()), 1.0 / 3.0);
        close(of_five(within(2, Discount::Linear, true)), 0.5 / (1.0 + 4.0 / 2.0));
    }

    #[test]
    fn an_adopter_was_susceptible_to_those_before_it() {
        let (diffusion, weights) = example();
        let of_five = |settings| susceptibility(&diffusion, &weights, settings)[4];
        // 1 and 2 had adopted, 2 in the tick before.
        close(of_five(within(1, Discount::Linear, false)), 1.0 / 2.0);
        close(of_five(within(2, Discount::Linear, false)), (1.0 + 0.5) / (2.0 + 0.5));
        close(of_five(within(2, Discount::Linear, true)), 0.6 / (1.0 + 0.5));
    }

    #[test]
    fn nothing_is_said_of_whom_nothing_is_seen_after_or_before() {
        let (diffusion, weights) = example();
        let infecting = infection(&diffusion, &weights, Infecting::default());
        assert_eq!([infecting[2], infecting[7]], [None, None], "they adopt in the last tick");
        close(infecting[5], 0.0);
        let susceptible = susceptibility(&diffusion, &weights, Infecting::default());
        assert_eq!(susceptible[0], None, "it adopts in the first tick");
        let mut never = diffusion;
        never.onsets[4] = Onset::Never;
        assert_eq!(infection(&never, &weights, Infecting::default())[4], None);
    }
}

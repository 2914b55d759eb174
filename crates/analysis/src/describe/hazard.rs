//! The discrete hazard rate.

use super::Diffusion;
use normwave_plan::Tick;
use serde::Serialize;

/// Adoptions in one tick, and who could have adopted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HazardPoint {
    /// The tick.
    pub tick: Tick,
    /// Who had not adopted when it began, and lived through it or adopted in it.
    pub at_risk: usize,
    /// Who adopted in it.
    pub adopted: usize,
    /// Who had adopted by its end, those of before the period included, whether they went back or
    /// ended since.
    pub ever_adopted: usize,
    /// Who holds the position at its end.
    pub holding: usize,
    /// Who lives at its end.
    pub present: usize,
    /// `adopted / at_risk`: the chance to adopt of those who had not, 0 to 1; `None` if nobody was at
    /// risk.
    pub hazard: Option<f64>,
}

/// The hazard rate tick by tick: `λ(t) = q_t / r_t`, with q_t who adopt in t and r_t who are at risk.
///
/// Who never adopts is at risk to the end of the period, or to its own, and then censored. (netdiffuseR,
/// given the last period as the time of those who never adopted, has them adopt in it.)
///
/// Source: P. D. Allison, Event History Analysis (1984), ch. 2; Valente 1995.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub fn hazards(diffusion: &Diffusion) -> Vec<HazardPoint> {
    let n = diffusion.onsets.len();
    let mut ever_adopted = diffusion.count(super::Onset::Before);
    let ticks = (0..diffusion.n_ticks()).map(|tick| {
        let at_risk = (0..n).filter(|&place| diffusion.is_at_risk(tick, place)).count();
        let adopted = diffusion.onsets.iter().filter(|onset| onset.tick() == Some(tick)).count();
        ever_adopted += adopted;
        let of = |flags: &[Vec<bool>]| flags[tick as usize].iter().filter(|flag| **flag).count();
        HazardPoint {
            tick,
            at_risk,
            adopted,
            ever_adopted,
            holding: of(&diffusion.holds),
            present: of(&diffusion.present),
            hazard: (at_risk > 0).then(|| adopted as f64 / at_risk as f64),
        }
    });
    ticks.collect()
}

#[cfg(test)]
mod tests {
    use super::super::Onset;
    use super::*;

    #[test]
    fn those_of_before_the_period_and_those_who_ended_are_not_at_risk() {
        let onsets = vec![Onset::Before, Onset::At(0), Onset::At(2), Onset::Never, Onset::Never];
        let mut diffusion = Diffusion::of_onsets(onsets, 4);
        // The fourth ends after the second tick; the fifth comes into being in the third.
        for tick in 2..4 {
            diffusion.present[tick][3] = false;
        }
        for tick in 0..2 {
            diffusion.present[tick][4] = false;
        }
        let found = hazards(&diffusion);
        let risk: Vec<_> = found.iter().map(|point| (point.at_risk, point.adopted)).collect();
        assert_eq!(risk, [(3, 1), (2, 0), (2, 1), (1, 0)]);
        assert_eq!(found[2].hazard, Some(0.5));
        let ever: Vec<_> = found.iter().map(|point| point.ever_adopted).collect();
        assert_eq!(ever, [2, 2, 3, 3]);
        assert_eq!((diffusion.n_ended(), diffusion.n_born()), (1, 1));
    }

    #[test]
    fn who_adopts_in_the_tick_in_which_it_ends_was_at_risk_in_it() {
        let mut diffusion = Diffusion::of_onsets(vec![Onset::At(1)], 3);
        diffusion.present[1][0] = false;
        diffusion.present[2][0] = false;
        let risk: Vec<_> = hazards(&diffusion).iter().map(|point| (point.at_risk, point.adopted)).collect();
        assert_eq!(risk, [(1, 0), (1, 1), (0, 0)]);
        assert_eq!(hazards(&diffusion)[2].hazard, None);
    }
}

//! The worth of doing as one's partners do.

use crate::dial::{DIRECTION_ONLY, UNTURNED, rising};
use crate::share::share_of_adopters;
use crate::{AdoptionDriver, AdoptionProgram, Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Strategic complementarity: a position is worth more, the more of a government's partners hold
/// it, as with standards or open markets.
///
/// Driver: the share of adopters among the target's partners in `layer`, by the strength of their
/// ties to it; who counts as an adopter is said in `legitimacy`. By default the gain toward new
/// positions is `1 + share`.
///
/// Source: Stuster 2023, §4.2.2; Simmons and Elkins 2004.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StrategicComplementarity {
    /// The layer that joins partners.
    pub layer: String,
    /// Gain toward the status quo over the share.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the share.
    #[serde(default = "rising")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

impl Moderator for StrategicComplementarity {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        let ties = view.ties(&self.layer);
        pressure.turn_targets(gain, |target| {
            let first = ties.partition_point(|tie| tie.to < target);
            let partners = ties[first..].iter().take_while(|tie| tie.to == target);
            let weighted = partners.map(|tie| (tie.from, tie.strength));
            shape.gain(share_of_adopters(view, weighted, pressure.toward))
        });
    }

    fn reads(&self) -> Reads {
        Reads::NetworkAndProgram
    }

    fn program(&self) -> Option<AdoptionProgram> {
        Some(AdoptionProgram {
            driver: AdoptionDriver::Exposure { layer: self.layer.clone() },
            toward_status_quo: self.toward_status_quo.clone(),
            toward_new: self.toward_new.clone(),
        })
    }

    fn needs(&self) -> Needs {
        Needs { layers: vec![self.layer.clone()], ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn only_ones_own_partners_under_the_norm_count() {
        let linear = "{ linear = { at-zero = 0, slope = 1 } }";
        let complement: StrategicComplementarity =
            read(&format!("layer = \"ties\"\ntoward-new = {linear}\ntoward-status-quo = {linear}"));
        // B and C are A's partners, of strength 1 each; N, to whom the norm does not apply, counts
        // neither way.
        let at = |held_by, k| gain(&complement, &network(), &held(held_by, false), [3, 0], k);
        assert_near(at([0, 1, 0], 1), 0.5);
        assert_near(at([1, 2, 1], 1), 0.5);
        assert_near(at([1, 2, 1], 0), 1.0);
        assert_near(at([1, 0, 0], 1), 0.0);
    }
}

//! Information from abroad.

use crate::dial::UNTURNED;
use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Information: social learning and mimicry grow with what a government hears of others.
///
/// Driver: the sum of the target's ties in an information `layer`. Material and moral pressures are
/// turned apart by two tables, each with its own `acts-on` and shapes: facts about costs may
/// sharpen the first while images sharpen the second.
///
/// Source: Stuster 2023, §4.2.2 (social learning and mimicry as amplification by information).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Information {
    /// The layer along which information comes.
    pub layer: String,
    /// Gain toward the status quo over the sum.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the sum.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_new: Shape,
}

impl Moderator for Information {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        let mut heard = vec![0.0; view.network.n_actors()];
        view.ties(&self.layer).iter().for_each(|tie| heard[tie.to.idx()] += tie.strength);
        pressure.turn_targets(gain, |target| shape.gain(heard[target.idx()]));
    }

    fn reads(&self) -> Reads {
        Reads::Network
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
    fn what_all_senders_tell_adds_up() {
        let informed: Information =
            read("layer = \"ties\"\ntoward-new = { linear = { at-zero = 1, slope = 0.5 } }");
        // Two governments and the NGO reach A.
        assert_near(own_gain(&informed, &network(), 0, 1), 2.5);
        assert_near(own_gain(&informed, &network(), 3, 1), 1.0);
        assert_near(own_gain(&informed, &network(), 0, 0), 1.0);
    }
}

//! Regime and other standing conditions of a state.

use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Regime: how open a government's institutions are decides how loud some pressures are.
///
/// Driver: one numeric attribute of the target, such as electoral democracy in [0, 1].
///
/// Source: Stuster 2023, §4.2.2 (conditions specific to each state).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Regime {
    /// The attribute.
    pub attribute: String,
    /// Gain toward the status quo over the attribute.
    #[serde(default)]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the attribute.
    #[serde(default)]
    pub toward_new: Shape,
}

impl Moderator for Regime {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        pressure.turn_targets(gain, |target| shape.gain(view.number(&self.attribute, target)));
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: vec![self.attribute.clone()], ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn the_target_hears_and_not_the_sender() {
        let mut network = network();
        give(&mut network, "democracy", &[number(0, 0.9), number(1, 0.2)]);
        let open: Regime =
            read("attribute = \"democracy\"\ntoward-new = { linear = { at-zero = 0, slope = 2 } }");
        let norm = held([0; 3], false);
        assert_near(gain(&open, &network, &norm, [1, 0], 1), 1.8);
        assert_near(gain(&open, &network, &norm, [0, 1], 1), 0.4);
        assert_near(gain(&open, &network, &norm, [0, 1], 0), 1.0);
    }
}

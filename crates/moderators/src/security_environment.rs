//! The security environment.

use crate::dial::{DIRECTION_ONLY, UNTURNED, rising};
use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Security environment: a government under threat weighs what it would give up more heavily.
/// Threat enters the model once, here.
///
/// Driver: threat, `Σ weight · attribute_i`. By default status-quo pressure is turned to
/// `1 + threat` and pressure toward new positions is left alone.
///
/// Source: Stuster 2023, §4.2.2 and §6.2.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecurityEnvironment {
    /// Numeric attributes that make up threat, each with its weight.
    pub threat: BTreeMap<String, f64>,
    /// Gain toward the status quo over threat.
    #[serde(default = "rising")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over threat.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_new: Shape,
}

impl Moderator for SecurityEnvironment {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        pressure.turn_targets(gain, |target| {
            shape.gain(self.threat.iter().map(|(name, weight)| weight * view.number(name, target)).sum())
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: self.threat.keys().cloned().collect(), ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn threat_adds_up_and_raises_what_would_be_given_up() {
        let mut network = network();
        give(&mut network, "border", &[number(0, 2.0)]);
        give(&mut network, "rivals", &[number(0, 1.0), number(1, 4.0)]);
        let threat: SecurityEnvironment = read("threat = { border = 0.5, rivals = 0.25 }");
        assert_near(own_gain(&threat, &network, 0, 0), 2.25);
        assert_near(own_gain(&threat, &network, 1, 0), 2.0);
        assert_near(own_gain(&threat, &network, 0, 1), 1.0);
    }
}

//! Templates that fit, or do not.

use crate::dial::{DIRECTION_ONLY, UNTURNED, as_it_is};
use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView, checked};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Fit: a template made elsewhere takes where conditions are those for which it was made.
///
/// Driver: the target's fit, `Π exp(−|x_i − value| / scale)` over the attributes of the `template`,
/// in (0, 1]. By default the gain toward new positions is the fit, and 1 toward the status quo.
///
/// Source: Stuster 2023, §4.2.2 (localisation); Acharya 2004.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fit {
    /// What the template takes for granted, by numeric attribute.
    pub template: BTreeMap<String, Assumed>,
    /// Gain toward the status quo over fit.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over fit.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

/// A condition that a template takes for granted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Assumed {
    /// The value for which it was made.
    pub value: f64,
    /// The distance from it at which 1/e of its force is left, more than 0.
    #[serde(deserialize_with = "checked::positive")]
    #[schemars(range(min = 0))]
    pub scale: f64,
}

impl Moderator for Fit {
    fn level(&self) -> Level {
        Level::State
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        pressure.turn_targets(gain, |target| {
            let off = |(name, assumed): (&String, &Assumed)| {
                (view.number(name, target) - assumed.value).abs() / assumed.scale
            };
            shape.gain(libm::exp(-self.template.iter().map(off).sum::<f64>()))
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { attributes: self.template.keys().cloned().collect(), ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn a_template_loses_force_with_every_condition_that_it_misses() {
        let mut network = network();
        give(&mut network, "income", &[number(0, 0.9), number(1, 0.4), number(2, 1.4)]);
        give(&mut network, "courts", &[number(0, 0.5), number(1, 0.5), number(2, 0.0)]);
        let fit: Fit = read(
            "template = { income = { value = 0.9, scale = 0.5 }, courts = { value = 0.5, scale = 0.25 } }",
        );
        assert_near(own_gain(&fit, &network, 0, 1), 1.0);
        assert_near(own_gain(&fit, &network, 1, 1), (-1.0f64).exp());
        assert_near(own_gain(&fit, &network, 2, 1), (-3.0f64).exp());
        assert_near(own_gain(&fit, &network, 2, 0), 1.0);
        let refused = toml::from_str::<Fit>("template.a = { value = 1, scale = 0 }").unwrap_err();
        assert!(refused.message().contains("must be more than 0"), "{refused}");
    }
}

//! Stickiness of the status quo.

use crate::dial::{DIRECTION_ONLY, falling, rising};
use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Reads, SystemView, checked};
use schemars::JsonSchema;
use serde::Deserialize;

/// Stickiness: a status quo that is embedded in institutions and practice withstands change.
///
/// Driver: `embeddedness`, in [0, 1], the same for all. Two shapes: by default adoption pressure
/// falls to `1 − e` and status-quo pressure rises to `1 + e`.
///
/// Source: Stuster 2023, §4.2.2; Deitelhoff and Zimmermann 2019.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stickiness {
    /// How embedded the status quo is, in [0, 1].
    #[serde(deserialize_with = "checked::unit")]
    #[schemars(range(min = 0, max = 1))]
    pub embeddedness: f64,
    /// Gain toward the status quo over embeddedness.
    #[serde(default = "rising")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over embeddedness.
    #[serde(default = "falling")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

impl Moderator for Stickiness {
    fn level(&self) -> Level {
        Level::Systemic
    }

    fn moderate(&self, pressure: &Pressure<'_>, _: &SystemView<'_>, gain: &mut [f64]) {
        let value = pressure.dial(&self.toward_status_quo, &self.toward_new).gain(self.embeddedness);
        gain.iter_mut().for_each(|gain| *gain *= value);
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn it_lowers_adoption_and_raises_the_status_quo() {
        let sticky: Stickiness = read("embeddedness = 0.4");
        let network = network();
        assert_near(own_gain(&sticky, &network, 0, 0), 1.4);
        assert_near(own_gain(&sticky, &network, 0, 1), 0.6);
        assert_near(gain(&sticky, &network, &held([0; 3], false), [1, 0], 2), 0.6);
        assert!(toml::from_str::<Stickiness>("embeddedness = 1.1").is_err());
    }
}

//! Cultural homophily.

use crate::dial::{DIRECTION_ONLY, as_it_is};
use crate::similarity::moderate_by_similarity;
use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView, checked};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Cultural homophily: pressure from those who share language, religion or outlook is better understood.
///
/// Driver: the similarity of sender and target, `Π exp(−|x_j − x_i| / scale)` over numeric
/// attributes (language, religion, region, ideal point …), 1 or 0 for equal or different categories; a
/// pair of which one lacks an attribute is not moderated. Without shapes the gain is the
/// similarity itself, in both directions.
///
/// Source: Stuster 2023, §4.2.2; Linos 2011; Goddard 2009; Acharya 2004.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CulturalHomophily {
    /// Attributes, each with its scale (more than 0; not used for categories).
    #[serde(deserialize_with = "checked::positive_each")]
    pub attributes: BTreeMap<String, f64>,
    /// Gain toward the status quo over similarity.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over similarity.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

impl Moderator for CulturalHomophily {
    fn level(&self) -> Level {
        Level::Dyadic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        moderate_by_similarity(&self.attributes, shape, pressure, view, gain);
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { known_attributes: self.attributes.keys().cloned().collect(), ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn likeness_multiplies_over_attributes() {
        let mut network = network();
        give(&mut network, "outlook", &[number(0, 1.0), number(1, 0.4), number(2, 1.0)]);
        give(&mut network, "region", &[category(0, "north"), category(1, "north"), category(2, "south")]);
        let alike: CulturalHomophily = read("attributes = { outlook = 0.6, region = 1 }");
        let at = |pair| gain(&alike, &network, &held([0; 3], false), pair, 1);
        assert_near(at([1, 0]), (-1.0f64).exp());
        assert_near(at([0, 1]), (-1.0f64).exp());
        assert_near(at([2, 0]), 0.0);
        // N has neither, and is heard as it is.
        assert_near(at([3, 0]), 1.0);
    }

    #[test]
    fn each_direction_has_its_own_shape() {
        let mut network = network();
        give(&mut network, "region", &[category(0, "north"), category(1, "south")]);
        let shaped: CulturalHomophily = read(
            "attributes = { region = 1 }\ntoward-new = { linear = { at-zero = 0.25, slope = 0.5 } }\ntoward-status-quo = 3",
        );
        let norm = held([0; 3], false);
        assert_near(gain(&shaped, &network, &norm, [0, 1], 1), 0.25);
        assert_near(gain(&shaped, &network, &norm, [0, 1], 0), 3.0);
    }
}

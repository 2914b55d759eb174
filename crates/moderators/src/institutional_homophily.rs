//! Institutional homophily.

use crate::dial::{DIRECTION_ONLY, as_it_is};
use crate::similarity::moderate_by_similarity;
use crate::{Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView, checked};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Institutional homophily: pressure from those with like institutions is easier to act on.
///
/// Driver: the similarity of sender and target, `Π exp(−|x_j − x_i| / scale)` over numeric
/// attributes (regime, economy, union …), 1 or 0 for equal or different categories; a
/// pair of which one lacks an attribute is not moderated. Without shapes the gain is the
/// similarity itself, in both directions.
///
/// Source: Stuster 2023, §4.2.2; DiMaggio and Powell 1991; Holzinger and Knill 2005.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InstitutionalHomophily {
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

impl Moderator for InstitutionalHomophily {
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

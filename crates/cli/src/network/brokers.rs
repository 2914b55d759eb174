//! Who mediates between groups.

use super::measures::{Top, top};
use normwave_network_model::measure::{Brokerage, LayerGraph, Reading, brokerage};
use normwave_network_model::{LayerId, NetworkError, NetworkView};
use normwave_scenario::Scenario;
use serde_json::{Value, json};

/// Brokerage roles in one layer.
pub(super) struct BrokerReport {
    attribute: String,
    /// By role.
    pub(super) roles: Vec<(&'static str, Top)>,
}

impl BrokerReport {
    /// Counts brokerage between the groups of an attribute.
    ///
    /// # Errors
    /// [`NetworkError`] if nobody has the attribute, or it is a number.
    #[expect(clippy::cast_precision_loss, reason = "counts of triads")]
    pub(super) fn new(
        view: &NetworkView<'_>,
        layer: LayerId,
        reading: Reading,
        attribute: &str,
    ) -> Result<Self, NetworkError> {
        let graph = LayerGraph::new(view, layer, reading);
        let found = brokerage(view, layer, reading, attribute)?;
        let of = |role: fn(&Brokerage) -> usize| {
            top(&graph, found.iter().map(|roles| role(roles) as f64).collect())
        };
        Ok(BrokerReport {
            attribute: attribute.to_owned(),
            roles: vec![
                ("coordinator", of(|roles| roles.coordinator)),
                ("itinerant", of(|roles| roles.itinerant)),
                ("gatekeeper", of(|roles| roles.gatekeeper)),
                ("representative", of(|roles| roles.representative)),
                ("liaison", of(|roles| roles.liaison)),
                ("all roles", of(Brokerage::total)),
            ],
        })
    }

    pub(super) fn to_json(&self, scenario: &Scenario) -> Value {
        let roles = self.roles.iter().map(|(role, top)| ((*role).to_owned(), top.to_json(scenario)));
        json!({ "by": self.attribute, "roles": roles.collect::<serde_json::Map<_, _>>() })
    }
}

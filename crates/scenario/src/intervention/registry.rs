//! The interventions that scenario files can name.

use super::{
    AccessionOffer, Benchmarks, CapacityBuilding, CivicEducation, Conditionality, Coordination, EarlyWarning,
    ElectionObservation, EntryIntoForce, FactFinding, Funding, Intervention, LeadershipChange, Mediation,
    Monitoring, OfficialsNetwork, ParticipationTemplates, Praise, PrivateDiplomacy, ProtectionOfDefenders,
    PublicOpinionShock, RapidResponse, Recognition, Redress, RegionalConference, Reservation, Sanctions,
    Scandal, Shaming, SocialMediaCampaign, Spoiling, Standards, TargetedCampaign, VetoThreat,
};
use normwave_pressure_factors::Catalogue;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::ops::Deref;

/// Interventions by their name in scenario files; the default holds the built-in ones.
#[derive(Clone, Debug)]
pub struct InterventionRegistry {
    catalogue: Catalogue<dyn Intervention>,
}

impl InterventionRegistry {
    /// Adds an intervention under a name, or replaces what stood there.
    pub fn register<I>(&mut self, name: &str)
    where
        I: Intervention + DeserializeOwned + JsonSchema + 'static,
    {
        self.catalogue
            .insert::<I>(name, |table| I::deserialize(table).map(|intervention| Box::new(intervention) as _));
    }
}

impl Deref for InterventionRegistry {
    type Target = Catalogue<dyn Intervention>;

    fn deref(&self) -> &Self::Target {
        &self.catalogue
    }
}

impl Default for InterventionRegistry {
    fn default() -> Self {
        let mut registry = InterventionRegistry { catalogue: Catalogue::default() };
        registry.register::<AccessionOffer>("accession-offer");
        registry.register::<Benchmarks>("benchmarks");
        registry.register::<CapacityBuilding>("capacity-building");
        registry.register::<CivicEducation>("civic-education");
        registry.register::<Conditionality>("conditionality");
        registry.register::<Coordination>("coordination");
        registry.register::<EarlyWarning>("early-warning");
        registry.register::<ElectionObservation>("election-observation");
        registry.register::<EntryIntoForce>("entry-into-force");
        registry.register::<FactFinding>("fact-finding");
        registry.register::<Funding>("funding");
        registry.register::<LeadershipChange>("leadership-change");
        registry.register::<Mediation>("mediation");
        registry.register::<Monitoring>("monitoring");
        registry.register::<OfficialsNetwork>("officials-network");
        registry.register::<ParticipationTemplates>("participation-templates");
        registry.register::<Praise>("praise");
        registry.register::<PrivateDiplomacy>("private-diplomacy");
        registry.register::<ProtectionOfDefenders>("protection-of-defenders");
        registry.register::<PublicOpinionShock>("public-opinion-shock");
        registry.register::<RapidResponse>("rapid-response");
        registry.register::<Recognition>("recognition");
        registry.register::<Redress>("redress");
        registry.register::<RegionalConference>("regional-conference");
        registry.register::<Reservation>("reservation");
        registry.register::<Sanctions>("sanctions");
        registry.register::<Scandal>("scandal");
        registry.register::<Shaming>("shaming");
        registry.register::<SocialMediaCampaign>("social-media-campaign");
        registry.register::<Spoiling>("spoiling");
        registry.register::<Standards>("standards");
        registry.register::<TargetedCampaign>("targeted-campaign");
        registry.register::<VetoThreat>("veto-threat");
        registry
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Registries, json_schema};

    #[test]
    fn every_type_says_what_it_changes_and_where_that_comes_from() {
        let schema = json_schema(&Registries::default());
        let events = schema["properties"]["event"]["additionalProperties"]["anyOf"].as_array().unwrap();
        for name in InterventionRegistry::default().names() {
            let own = events.iter().find(|event| event["title"] == name).unwrap();
            let text = own["description"].as_str().unwrap();
            assert!(text.contains("\n\nChanges ") && text.contains("\n\nSource: "), "{name}: {text}");
            for (key, rules) in own["properties"].as_object().unwrap() {
                let said = rules["description"].as_str().is_some() || key == "type";
                assert!(said, "{name}: {key}: {rules}");
            }
            assert_eq!(own["properties"]["type"]["const"], name);
            let required = own["required"].as_array().unwrap();
            assert!(["type", "date"].iter().all(|key| required.contains(&(*key).into())), "{name}");
            assert_eq!(own["additionalProperties"], false, "{name}");
        }
    }
}

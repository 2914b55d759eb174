//! The moderators that scenario files can name.

use crate::{
    AidDependence, BureaucraticFriction, Capacity, Credibility, CulturalHomophily, Fit, Forum, Grafting,
    Information, InstitutionalHomophily, Legitimacy, Moderator, MultivocalBrokerage, Proximity, Regime,
    SecurityEnvironment, SelectorateSalience, Stickiness, StrategicComplementarity, StructuralEquivalence,
    Veto,
};
use normwave_pressure_factors::Catalogue;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::ops::Deref;

/// Moderators by their name in scenario files; the default holds the built-in ones.
#[derive(Clone, Debug)]
pub struct ModeratorRegistry {
    catalogue: Catalogue<dyn Moderator>,
}

impl ModeratorRegistry {
    /// Adds a moderator type under a name, or replaces what stood there.
    pub fn register<M>(&mut self, name: &str)
    where
        M: Moderator + DeserializeOwned + JsonSchema + 'static,
    {
        self.catalogue
            .insert::<M>(name, |table| M::deserialize(table).map(|moderator| Box::new(moderator) as _));
    }
}

impl Deref for ModeratorRegistry {
    type Target = Catalogue<dyn Moderator>;

    fn deref(&self) -> &Self::Target {
        &self.catalogue
    }
}

impl Default for ModeratorRegistry {
    fn default() -> Self {
        let mut registry = ModeratorRegistry { catalogue: Catalogue::default() };
        registry.register::<AidDependence>("aid-dependence");
        registry.register::<BureaucraticFriction>("bureaucratic-friction");
        registry.register::<Capacity>("capacity");
        registry.register::<Credibility>("credibility");
        registry.register::<CulturalHomophily>("cultural-homophily");
        registry.register::<Fit>("fit");
        registry.register::<Forum>("forum");
        registry.register::<Grafting>("grafting");
        registry.register::<Information>("information");
        registry.register::<InstitutionalHomophily>("institutional-homophily");
        registry.register::<Legitimacy>("legitimacy");
        registry.register::<MultivocalBrokerage>("multivocal-brokerage");
        registry.register::<Proximity>("proximity");
        registry.register::<Regime>("regime");
        registry.register::<SecurityEnvironment>("security-environment");
        registry.register::<SelectorateSalience>("selectorate-salience");
        registry.register::<Stickiness>("stickiness");
        registry.register::<StrategicComplementarity>("strategic-complementarity");
        registry.register::<StructuralEquivalence>("structural-equivalence");
        registry.register::<Veto>("veto");
        registry
    }
}

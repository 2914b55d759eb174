//! The factors that scenario files can name.

use crate::{
    Backlash, CapacitySupport, Catalogue, Competition, DomesticAdvocacy, Emulation, ImplicitConditionality,
    Learning, MaterialIncentive, MaterialSanction, Moral, NamingAndPraising, OwnInterest, PressureFactor,
    Reputation, RisingPower, SecurityUtility, SovereigntyCost, Status,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::ops::Deref;

/// Factors by their name in scenario files; the default holds the built-in ones.
#[derive(Clone, Debug)]
pub struct FactorRegistry {
    catalogue: Catalogue<dyn PressureFactor>,
}

impl FactorRegistry {
    /// Adds a factor type under a name, or replaces what stood there.
    pub fn register<F>(&mut self, name: &str)
    where
        F: PressureFactor + DeserializeOwned + JsonSchema + 'static,
    {
        self.catalogue.insert::<F>(name, |table| F::deserialize(table).map(|factor| Box::new(factor) as _));
    }
}

impl Deref for FactorRegistry {
    type Target = Catalogue<dyn PressureFactor>;

    fn deref(&self) -> &Self::Target {
        &self.catalogue
    }
}

impl Default for FactorRegistry {
    fn default() -> Self {
        let mut registry = FactorRegistry { catalogue: Catalogue::default() };
        registry.register::<Backlash>("backlash");
        registry.register::<CapacitySupport>("capacity-support");
        registry.register::<Competition>("competition");
        registry.register::<DomesticAdvocacy>("domestic-advocacy");
        registry.register::<Emulation>("emulation");
        registry.register::<ImplicitConditionality>("implicit-conditionality");
        registry.register::<Learning>("learning");
        registry.register::<MaterialIncentive>("material-incentive");
        registry.register::<MaterialSanction>("material-sanction");
        registry.register::<Moral>("moral");
        registry.register::<NamingAndPraising>("naming-and-praising");
        registry.register::<OwnInterest>("own-interest");
        registry.register::<Reputation>("reputation");
        registry.register::<RisingPower>("rising-power");
        registry.register::<SecurityUtility>("security-utility");
        registry.register::<SovereigntyCost>("sovereignty-cost");
        registry.register::<Status>("status");
        registry
    }
}

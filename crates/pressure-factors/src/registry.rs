//! The factors that scenario files can name.

use crate::{
    Catalogue, DomesticAdvocacy, Emulation, MaterialIncentive, Moral, OwnInterest, PressureFactor,
    Reputation, SecurityUtility, SovereigntyCost, Status,
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
        registry.register::<DomesticAdvocacy>("domestic-advocacy");
        registry.register::<Emulation>("emulation");
        registry.register::<MaterialIncentive>("material-incentive");
        registry.register::<Moral>("moral");
        registry.register::<OwnInterest>("own-interest");
        registry.register::<Reputation>("reputation");
        registry.register::<SecurityUtility>("security-utility");
        registry.register::<SovereigntyCost>("sovereignty-cost");
        registry.register::<Status>("status");
        registry
    }
}

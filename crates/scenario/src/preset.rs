//! Presets: classic models of diffusion by name (MODEL §11).
//!
//! A preset stands for tables of the scenario file: factors, moderators, the decision rule. They
//! are written in the file's own language and read as if they stood in the file, so that a classic
//! is a special case and nothing else.

mod bass;
mod complex_contagion;
mod degroot;
mod friedkin_johnsen;
mod granovetter;
mod independent_cascade;
mod linear_threshold;
mod majority;
mod si;
mod voter;
mod watts;

use bass::Bass;
use complex_contagion::ComplexContagion;
use degroot::Degroot;
use friedkin_johnsen::FriedkinJohnsen;
use granovetter::Granovetter;
use independent_cascade::IndependentCascade;
use linear_threshold::LinearThreshold;
use majority::Majority;
use normwave_pressure_factors::Catalogue;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use si::Si;
use std::fmt::Debug;
use std::ops::Deref;
use voter::Voter;
use watts::Watts;

/// A model that stands for tables of a scenario file.
pub trait Preset: Debug + Send + Sync {
    /// The tables, as TOML. What the file sets beside them must be other keys.
    fn tables(&self) -> String;
}

/// Presets by their name in scenario files; the default holds the built-in ones.
#[derive(Clone, Debug)]
pub struct PresetRegistry {
    catalogue: Catalogue<dyn Preset>,
}

impl PresetRegistry {
    /// Adds a preset under a name, or replaces what stood there.
    pub fn register<P>(&mut self, name: &str)
    where
        P: Preset + DeserializeOwned + JsonSchema + 'static,
    {
        self.catalogue.insert::<P>(name, |table| P::deserialize(table).map(|preset| Box::new(preset) as _));
    }
}

impl Deref for PresetRegistry {
    type Target = Catalogue<dyn Preset>;

    fn deref(&self) -> &Self::Target {
        &self.catalogue
    }
}

impl Default for PresetRegistry {
    fn default() -> Self {
        let mut registry = PresetRegistry { catalogue: Catalogue::default() };
        registry.register::<Bass>("bass");
        registry.register::<ComplexContagion>("complex-contagion");
        registry.register::<Degroot>("degroot");
        registry.register::<FriedkinJohnsen>("friedkin-johnsen");
        registry.register::<Granovetter>("granovetter");
        registry.register::<IndependentCascade>("independent-cascade");
        registry.register::<LinearThreshold>("linear-threshold");
        registry.register::<Majority>("majority");
        registry.register::<Si>("si");
        registry.register::<Voter>("voter");
        registry.register::<Watts>("watts");
        registry
    }
}

// ---- What several presets share.

fn ties() -> String {
    "ties".to_owned()
}

// A string as TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// How the adopters among a government's partners add up.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Exposure {
    /// The sum of the strengths of their ties.
    #[default]
    Sum,
    /// That sum divided by the strengths of all ties.
    Mean,
}

impl Exposure {
    // The key's value in a scenario file.
    fn name(self) -> &'static str {
        match self {
            Exposure::Sum => "sum",
            Exposure::Mean => "mean",
        }
    }
}

// Adopters press with the strength of their ties, those who have not adopted do not: g⁺ = 1, g⁻ = 0.
fn adopters_alone(layer: &str, kappa: f64, exposure: Exposure) -> String {
    format!(
        r#"[factor.adopters]
type = "emulation"
layer = {}
kappa = {kappa:?}
exposure = "{exposure}"

[moderator.bystanders]
type = "stickiness"
acts-on = "adopters"
embeddedness = 0
toward-new = 1
toward-status-quo = 0
"#,
        quoted(layer),
        exposure = exposure.name()
    )
}

// Adopters are counted, and a government follows once there are as many as its threshold.
fn counting(layer: &str, threshold: &toml::Value) -> String {
    format!(
        "{}\n[decision]\nrule = \"at-least\"\nthreshold = {threshold}\n",
        adopters_alone(layer, 1.0, Exposure::Sum)
    )
}

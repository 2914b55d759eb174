//! Friedkin and Johnsen's social influence.

use super::{Preset, ties};
use crate::file::{NumberOr, Who};
use schemars::JsonSchema;
use serde::Deserialize;

/// Social influence: what each advocates drifts toward what those advocate to whom it listens, and
/// is held back by what it stood for at the outset.
///
/// `x_j(t+1) = s_j x⁰_j + (1 − s_j) Σ_l u_lj x_l(t)`, where x⁰ is what schedules and positions say
/// and u the strengths into j divided by their sum. Positions move only if a factor hears
/// advocacy.
///
/// Source: N. E. Friedkin and E. C. Johnsen, "Social influence and opinions", Journal of
/// Mathematical Sociology 15 (1990).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FriedkinJohnsen {
    /// The layer along which they listen.
    #[serde(default = "ties")]
    layer: String,
    /// Who listens; every government if left out.
    #[serde(default = "all")]
    #[schemars(with = "Who")]
    who: toml::Value,
    /// s: from 0 (says only what it hears) to 1 (is never persuaded).
    #[schemars(with = "NumberOr")]
    stubbornness: toml::Value,
    /// The strength with which each hears itself, 0 or more.
    #[serde(default)]
    self_weight: f64,
}

pub(super) fn all() -> toml::Value {
    toml::Value::from("all")
}

impl Preset for FriedkinJohnsen {
    fn tables(&self) -> String {
        listening(&self.layer, &self.who, &self.stubbornness, self.self_weight)
    }
}

// Those who listen along a layer.
pub(super) fn listening(
    layer: &str,
    who: &toml::Value,
    stubbornness: &toml::Value,
    self_weight: f64,
) -> String {
    let layer = super::quoted(layer);
    format!(
        "[[advocacy.persuadable]]\nwho = {who}\nlayer = {layer}\nstubbornness = {stubbornness}\nself-weight = {self_weight:?}\n"
    )
}

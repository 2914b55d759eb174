//! Watts's fractional thresholds.

use super::{Preset, quoted, ties};
use schemars::JsonSchema;
use serde::Deserialize;

/// Global cascades: a government adopts once the share of adopters among its partners reaches φ.
///
/// `(1 − φ_i) A_i ≥ φ_i N_i`, with A_i and N_i the adopters and the others among i's partners, which
/// is A_i / (A_i + N_i) ≥ φ_i without a quotient that would have to be rounded. Who has no partners
/// never adopts.
///
/// Source: D. J. Watts, "A simple model of global cascades on random networks", PNAS 99 (2002).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Watts {
    /// The layer.
    #[serde(default = "ties")]
    layer: String,
    /// φ: a share from 0 to 1, or the name of the attribute that holds each one's own.
    threshold: Share,
}

/// A share from 0 to 1, or the name of an attribute.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Share {
    /// The same for all.
    Number(f64),
    /// Each one's own.
    Attribute(String),
}

impl Preset for Watts {
    fn tables(&self) -> String {
        let dial = match &self.threshold {
            Share::Number(share) => format!("type = \"stickiness\"\nembeddedness = {share:?}"),
            Share::Attribute(name) => format!("type = \"regime\"\nattribute = {}", quoted(name)),
        };
        let layer = quoted(&self.layer);
        format!(
            r#"[factor.partners]
type = "emulation"
layer = {layer}

[moderator.fraction]
{dial}
acts-on = "partners"
toward-new = {{ linear = {{ at-zero = 1, slope = -1 }} }}
toward-status-quo = {{ linear = {{ at-zero = 0, slope = 1 }} }}

[decision]
rule = "at-least"
threshold = 0

[[norm.position]]
name = "status quo"

[[norm.position]]
name = "adopted"
offered = [{{ to = {{ tied = {layer} }} }}]
"#
        )
    }
}

//! Resistance to being pressed.

use crate::{Confidence, Design, Mechanism, Needs, PressureFactor, Scope, SystemView, checked, evidence};
use normwave_network_model::ActorId;
use schemars::JsonSchema;
use serde::Deserialize;

/// Backlash: a government that is jealous of its sovereignty digs in when it is pressed too hard.
///
/// `raw(i, 0) = κ · s_i · max(0, E_i − T_i)`, with E the raw pressure (κ and signals in it, gains
/// not) that the factors named in `against` exert on i toward a new position, the largest if there
/// are several; s its `sensitivity`, 1 if none is named; T its `tolerance`. Pressure up to T works
/// as it would without backlash; beyond T each unit more also raises the status quo by κ·s. With
/// κ·s > 1 there is a dose of pressure that works best.
///
/// The factors named may not be backlashes themselves.
///
/// Source: Stuster 2023, §4.2.1 (sovereignty); on shaming that provokes, R. Terman, "The Geopolitics
/// of Shaming" (2023), and J. Snyder, "Backlash against human rights shaming: emotions in groups",
/// International Theory 12 (2020). The straight line above a tolerance is ours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Backlash {
    /// The factors that provoke it, by their names in the scenario.
    pub against: Vec<String>,
    /// Numeric attribute (0 or more) of how sensitive a government is to being told.
    #[serde(default)]
    pub sensitivity: Option<String>,
    /// How much pressure is borne, 0 or more and in the units of the factors named, or the name of
    /// a numeric attribute that says so of each government.
    #[serde(default)]
    #[schemars(extend("x-evidence" = evidence(
        "nothing is borne: the line starts at the origin", Design::Convention, Confidence::Low)))]
    pub tolerance: Tolerance,
}

/// How much pressure is borne.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a tolerance is a number, 0 or more, or the name of an attribute")]
pub enum Tolerance {
    /// The same by all.
    Same(
        #[serde(deserialize_with = "checked::not_negative")]
        #[schemars(range(min = 0))]
        f64,
    ),
    /// As an attribute says.
    Attribute(String),
}

impl Default for Tolerance {
    fn default() -> Self {
        Tolerance::Same(0.0)
    }
}

impl PressureFactor for Backlash {
    fn scope(&self) -> Scope<'_> {
        Scope::Actors
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let n_k = view.norm.n_positions.max(1);
        for (i, row) in (0u32..).map(ActorId).zip(out.chunks_exact_mut(n_k)) {
            let pressed = |k| self.against.iter().map(|factor| view.norm.exposure(factor, i, k)).sum();
            let most = (1u8..).take(n_k - 1).map(pressed).fold(0.0, f64::max);
            let sensitivity = self.sensitivity.as_ref().map_or(1.0, |name| view.number(name, i).max(0.0));
            let tolerance = match &self.tolerance {
                Tolerance::Same(tolerance) => *tolerance,
                Tolerance::Attribute(name) => view.number(name, i).max(0.0),
            };
            row[0] = sensitivity * (most - tolerance).max(0.0);
        }
    }

    fn reads_factors(&self) -> &[String] {
        &self.against
    }

    fn needs(&self) -> Needs {
        let tolerance = match &self.tolerance {
            Tolerance::Same(_) => None,
            Tolerance::Attribute(name) => Some(name.clone()),
        };
        Needs { attributes: self.sensitivity.iter().cloned().chain(tolerance).collect(), ..Needs::default() }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Domestic
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NormState;
    use crate::support::*;

    // What presses A and B, of sensitivity 2 and 0, toward the status quo.
    fn backlash(text: &str, shaming: [f64; 2], reports: f64) -> [f64; 2] {
        let mut network = network();
        give(&mut network, "pride", &[(0, 2.0), (1, 0.0)]);
        give(&mut network, "patience", &[(0, 2.5), (1, 0.0)]);
        let backlash: Backlash = read(text);
        let toward_new = |exposed: [f64; 2]| {
            let mut exposures = vec![0.0; 12];
            for i in 0..4 {
                exposures[3 * i] = 9.0;
                exposures[3 * i + 1..][..2].copy_from_slice(&exposed);
            }
            exposures
        };
        let exposures =
            [("shaming".to_owned(), toward_new(shaming)), ("reports".to_owned(), toward_new([reports; 2]))];
        let norm = NormState { exposures: exposures.into(), ..norm(&[0.0, 1.0, 1.0]) };
        let out = filled(&backlash, &network, &norm, "1997");
        assert!(out.iter().enumerate().all(|(at, value)| at % 3 == 0 || *value <= 0.0), "{out:?}");
        [out[0], out[3]]
    }

    #[test]
    fn pressure_beyond_what_is_borne_comes_back() {
        let found = |shaming| backlash("against = [\"shaming\"]\ntolerance = 1.5", shaming, 7.0)[0];
        assert_near(found([1.5, 0.0]), 0.0);
        assert_near(found([1.0, 2.0]), 0.5);
        assert_near(found([4.0, 2.0]), 2.5);
    }

    #[test]
    fn the_sensitive_dig_in_and_the_others_do_not() {
        let text = "against = [\"shaming\", \"reports\"]\nsensitivity = \"pride\"\ntolerance = \"patience\"";
        let [proud, meek] = backlash(text, [1.0, 2.0], 3.0);
        assert_near(proud, 2.0 * (5.0 - 2.5));
        assert_near(meek, 0.0);
    }

    #[test]
    fn a_tolerance_is_a_number_or_a_name() {
        let refused = toml::from_str::<Backlash>("against = [\"s\"]\ntolerance = -1").unwrap_err();
        assert!(refused.message().contains("0 or more, or the name of an attribute"), "{refused}");
    }
}

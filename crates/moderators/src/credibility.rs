//! The sender's credit.

use crate::dial::{DIRECTION_ONLY, as_it_is};
use crate::{Level, Moderator, Pressure, Shape};
use normwave_network_model::ActorId;
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Credibility: a sender that holds all to the same standard, enforces it, includes those whom it
/// binds and decides in the open is listened to.
///
/// Driver: `mean(enforcement, inclusiveness, transparency) · (1 − selectivity)` of the sender, each
/// an attribute cut to [0, 1]. The mean is over those that are named, 1 if none is; selectivity
/// counts if it is named. By default the gain is the driver, in both directions. A sender that
/// lacks one of them is not moderated. A scandal is an event that raises selectivity.
///
/// Source: Stuster 2023, §4.2.1 (organisations as senders); A. Buchanan and R. O. Keohane, "The
/// legitimacy of global governance institutions", Ethics and International Affairs 20 (2006). The
/// formula is ours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Credibility {
    /// Attribute of how well the sender enforces what it asks.
    #[serde(default)]
    pub enforcement: Option<String>,
    /// Attribute of how far those who are bound have a say in it.
    #[serde(default)]
    pub inclusiveness: Option<String>,
    /// Attribute of how openly it decides.
    #[serde(default)]
    pub transparency: Option<String>,
    /// Attribute of how far it spares the powerful.
    #[serde(default)]
    pub selectivity: Option<String>,
    /// Gain toward the status quo over the driver.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the driver.
    #[serde(default = "as_it_is")]
    #[schemars(extend("x-evidence" = DIRECTION_ONLY))]
    pub toward_new: Shape,
}

impl Credibility {
    fn merits(&self) -> impl Iterator<Item = &String> {
        [&self.enforcement, &self.inclusiveness, &self.transparency].into_iter().flatten()
    }

    fn of(&self, view: &SystemView<'_>, sender: ActorId) -> Option<f64> {
        let unit = |name: &String| view.network.number(name, sender).map(|number| number.clamp(0.0, 1.0));
        let (mut sum, mut n) = (0.0, 0.0);
        for name in self.merits() {
            sum += unit(name)?;
            n += 1.0;
        }
        let spared = self.selectivity.as_ref().map_or(Some(0.0), unit)?;
        Some(if n > 0.0 { sum / n } else { 1.0 } * (1.0 - spared))
    }
}

impl Moderator for Credibility {
    fn level(&self) -> Level {
        Level::Dyadic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let shape = pressure.dial(&self.toward_status_quo, &self.toward_new);
        pressure.turn_ties(gain, |tie| self.of(view, tie.from).map_or(1.0, |credit| shape.gain(credit)));
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs {
            known_attributes: self.merits().chain(&self.selectivity).cloned().collect(),
            ..Needs::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    // The gain on N, with these merits and this selectivity.
    fn credit(merits: [f64; 3], selectivity: f64) -> f64 {
        let mut network = network();
        for (name, value) in ["force", "voice", "light"].into_iter().zip(merits) {
            give(&mut network, name, &[number(3, value)]);
        }
        give(&mut network, "spares", &[number(3, selectivity)]);
        let credibility: Credibility = read(
            "enforcement = \"force\"\ninclusiveness = \"voice\"\ntransparency = \"light\"\nselectivity = \"spares\"",
        );
        assert_near(gain(&credibility, &network, &held([0; 3], false), [1, 0], 1), 1.0);
        gain(&credibility, &network, &held([0; 3], false), [3, 0], 1)
    }

    #[test]
    fn each_merit_raises_it_and_selectivity_lowers_it() {
        let base = credit([0.5, 0.5, 0.5], 0.25);
        assert_near(base, 0.375);
        for merit in 0..3 {
            let mut better = [0.5; 3];
            better[merit] = 0.75;
            assert!(credit(better, 0.25) > base, "merit {merit}");
        }
        assert!(credit([0.5, 0.5, 0.5], 0.5) < base);
        assert_near(credit([1.0, 1.0, 1.0], 1.0), 0.0);
    }

    #[test]
    fn what_is_not_named_does_not_count() {
        let mut network = network();
        give(&mut network, "spares", &[number(3, 0.25)]);
        let selective: Credibility = read("selectivity = \"spares\"");
        assert_near(gain(&selective, &network, &held([0; 3], false), [3, 0], 1), 0.75);
    }
}

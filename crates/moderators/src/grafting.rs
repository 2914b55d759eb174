//! Grafting onto a norm that is accepted.

use crate::dial::UNTURNED;
use crate::share::share_of_all;
use crate::{AdoptionDriver, AdoptionProgram, Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Confidence, Design, Reads, SystemView, checked, evidence};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

/// Grafting: a new norm that is presented as part of an accepted one (land mines as indiscriminate
/// weapons) is heard more readily while it is young.
///
/// Driver: the share of adopters, as in `legitimacy`. The gain toward new positions falls in a
/// straight line from `1 + boost` where nobody has adopted to 1 where the share is `fades-at`, and
/// stays there: it starts a cascade and adds nothing to one that runs. A boost that ends on a date
/// is an event that multiplies gains until then.
///
/// Source: Stuster 2023, §4.2.2, note 4; Price 1998. The straight line is ours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Grafting {
    /// What grafting adds to the gain at first, 0 to 10.
    #[serde(deserialize_with = "boost")]
    #[schemars(range(min = 0, max = 10))]
    pub boost: f64,
    /// The share of adopters at which nothing is left of it, more than 0.
    #[serde(default = "a_third", deserialize_with = "checked::positive")]
    #[schemars(range(min = 0))]
    #[schemars(extend("x-evidence" = evidence(
        "Finnemore and Sikkink 1998, p. 901: norms rarely tip before a third of states have adopted",
        Design::CaseStudy, Confidence::Low)))]
    pub fades_at: f64,
    /// Gain toward the status quo over the share.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_status_quo: Shape,
}

fn a_third() -> f64 {
    1.0 / 3.0
}

fn boost<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let boost = f64::deserialize(deserializer)?;
    if (0.0..=10.0).contains(&boost) {
        return Ok(boost);
    }
    Err(serde::de::Error::custom(format!("{boost} is out of range; it must be 0 to 10, as gains end at 11")))
}

impl Grafting {
    fn toward_new(&self) -> Shape {
        Shape::Table(vec![(0.0, 1.0 + self.boost), (self.fades_at, 1.0)])
    }
}

impl Moderator for Grafting {
    fn level(&self) -> Level {
        Level::Systemic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let share = share_of_all(view, None, pressure.toward);
        let value = pressure.dial(&self.toward_status_quo, &self.toward_new()).gain(share);
        gain.iter_mut().for_each(|gain| *gain *= value);
    }

    fn reads(&self) -> Reads {
        Reads::NetworkAndProgram
    }

    fn program(&self) -> Option<AdoptionProgram> {
        Some(AdoptionProgram {
            driver: AdoptionDriver::Share { weight: None },
            toward_status_quo: self.toward_status_quo.clone(),
            toward_new: self.toward_new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn the_boost_is_gone_once_enough_have_adopted() {
        let grafted: Grafting = read("boost = 2\nfades-at = 0.5");
        let at = |held_by, k| gain(&grafted, &network(), &held(held_by, false), [1, 0], k);
        assert_near(at([0, 0, 0], 1), 3.0);
        // A third of three: two thirds of the way.
        assert_near(at([1, 0, 0], 1), 1.0 + 2.0 / 3.0);
        assert_near(at([1, 1, 0], 1), 1.0);
        assert_near(at([0, 0, 0], 0), 1.0);
        assert!(toml::from_str::<Grafting>("boost = 10.5").unwrap_err().message().contains("end at 11"));
    }
}

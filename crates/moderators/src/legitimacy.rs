//! Legitimacy grows with adoption.

use crate::dial::UNTURNED;
use crate::share::share_of_all;
use crate::{AdoptionDriver, AdoptionProgram, Level, Moderator, Pressure, Shape};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Legitimacy: the more governments have adopted, the more pressures toward adoption weigh.
///
/// Driver: the share of adopters among all to whom the norm applies, weighted by an attribute if
/// one is named. Toward position k ≥ 1 those count who hold k (or more, where versions are
/// graded); toward the status quo, those who hold any new position.
///
/// Source: Stuster 2023, §4.2.2 (status and moral pressures in particular); Finnemore and Sikkink
/// 1998.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Legitimacy {
    /// Gain toward the status quo over the share.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions over the share.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_new: Shape,
    /// Numeric attribute (0 or more) by which adopters count.
    #[serde(default)]
    pub weight: Option<String>,
}

impl Moderator for Legitimacy {
    fn level(&self) -> Level {
        Level::Systemic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let share = share_of_all(view, self.weight.as_deref(), pressure.toward);
        let value = pressure.dial(&self.toward_status_quo, &self.toward_new).gain(share);
        gain.iter_mut().for_each(|gain| *gain *= value);
    }

    fn reads(&self) -> Reads {
        Reads::NetworkAndProgram
    }

    fn program(&self) -> Option<AdoptionProgram> {
        Some(AdoptionProgram {
            driver: AdoptionDriver::Share { weight: self.weight.clone() },
            toward_status_quo: self.toward_status_quo.clone(),
            toward_new: self.toward_new.clone(),
        })
    }

    fn needs(&self) -> Needs {
        Needs { attributes: self.weight.iter().cloned().collect(), ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    // The gain toward each position is the share that it reads.
    fn shares(text: &str, positions: [u8; 3], graded: bool) -> [f64; 3] {
        let linear = "{ linear = { at-zero = 0, slope = 1 } }";
        let legitimacy: Legitimacy =
            read(&format!("toward-new = {linear}\ntoward-status-quo = {linear}\n{text}"));
        let mut network = network();
        give(&mut network, "power", &[number(0, 6.0), number(1, 3.0), number(2, -1.0)]);
        [0, 1, 2].map(|k| gain(&legitimacy, &network, &held(positions, graded), [1, 0], k))
    }

    #[test]
    fn those_who_hold_more_count_where_versions_are_graded() {
        let third = 1.0 / 3.0;
        for (graded, expected) in
            [(false, [2.0 * third, third, third]), (true, [2.0 * third, 2.0 * third, third])]
        {
            let found = shares("", [0, 1, 2], graded);
            found.iter().zip(expected).for_each(|(found, expected)| assert_near(*found, expected));
        }
    }

    #[test]
    fn adopters_weigh_as_much_as_they_are_worth() {
        let found = shares("weight = \"power\"", [1, 0, 1], false);
        // 6 of 9; a negative weight counts nothing.
        assert_near(found[1], 2.0 / 3.0);
        assert_near(found[2], 0.0);
    }

    #[test]
    fn its_program_says_the_same() {
        let legitimacy: Legitimacy = read("toward-new = 2\nweight = \"power\"");
        let program = legitimacy.program().unwrap();
        assert_eq!(program.driver, AdoptionDriver::Share { weight: Some("power".to_owned()) });
        assert_eq!((program.toward_new, program.toward_status_quo), (Shape::Constant(2.0), Shape::NEUTRAL));
    }
}

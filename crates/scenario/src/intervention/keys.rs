//! Keys that interventions share: their defaults and ranges.

use crate::file::{Names, PositionName, Who};
use normwave_pressure_factors::checked;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use toml::Spanned;

/// The largest gain.
const MAX_GAIN: f64 = normwave_moderators::MAX_GAIN;

// A value that stands nowhere in the file.
fn nowhere<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

pub(super) fn factor(name: &str) -> Spanned<Names> {
    nowhere(Names::from(name))
}

pub(super) fn name(name: &str) -> Spanned<String> {
    nowhere(name.to_owned())
}

pub(super) fn all() -> Spanned<Who> {
    nowhere(Who::All)
}

/// Position 1.
pub(super) fn adoption() -> Spanned<PositionName> {
    nowhere(PositionName::Number(1))
}

/// Position 0.
pub(super) fn status_quo() -> Spanned<PositionName> {
    nowhere(PositionName::Number(0))
}

/// Whether a factor of 1 leaves everything as it is.
pub(super) fn is_neutral(by: f64) -> bool {
    (by - 1.0).abs() < f64::EPSILON
}

/// A gain, 0 to 11.
pub(super) fn gain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if (0.0..=MAX_GAIN).contains(&number) {
        Ok(number)
    } else {
        Err(D::Error::custom(format!("{number} is out of range; a gain is 0 to 11, 1 changes nothing")))
    }
}

/// A number, 0 or more.
pub(super) fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    checked::not_negative(deserializer)
}

/// Weights of groups; at least one.
pub(super) fn weights<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Spanned<String>, f64>, D::Error> {
    let weights = BTreeMap::deserialize(deserializer)?;
    if weights.is_empty() {
        Err(D::Error::custom("name at least one group, as GOV/role"))
    } else {
        Ok(weights)
    }
}

/// A share, 0 to 1.
pub(super) fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    checked::unit(deserializer)
}

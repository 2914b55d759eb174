//! Ranges of parameters, checked where they are read so that an error points at the value.
//!
//! For `#[serde(deserialize_with = "…")]` on the fields of a mechanism.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A number from 0 to 1.
///
/// # Errors
/// If it is outside.
pub fn unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err(out_of_range(number, "0 to 1")) }
}

/// A finite number, 0 or more.
///
/// # Errors
/// If it is not.
pub fn not_negative<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if number >= 0.0 && number.is_finite() { Ok(number) } else { Err(out_of_range(number, "0 or more")) }
}

/// As [`not_negative`], for a number that may be left out.
///
/// # Errors
/// If it is not.
pub fn not_negative_if_given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    not_negative(deserializer).map(Some)
}

/// A finite number, more than 0.
///
/// # Errors
/// If it is not.
pub fn positive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if number > 0.0 && number.is_finite() { Ok(number) } else { Err(out_of_range(number, "more than 0")) }
}

/// Named finite numbers, each 0 or more.
///
/// # Errors
/// If one is not.
pub fn not_negative_each<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, f64>, D::Error> {
    each(deserializer, "0 or more", |number| number >= 0.0)
}

/// Named finite numbers, each more than 0; at least one.
///
/// # Errors
/// If one is not, or there is none.
pub fn positive_each<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, f64>, D::Error> {
    let numbers = each(deserializer, "more than 0", |number| number > 0.0)?;
    if numbers.is_empty() { Err(Error::custom("name at least one attribute")) } else { Ok(numbers) }
}

fn each<'de, D: Deserializer<'de>>(
    deserializer: D,
    range: &str,
    fits: impl Fn(f64) -> bool,
) -> Result<BTreeMap<String, f64>, D::Error> {
    let numbers = BTreeMap::<String, f64>::deserialize(deserializer)?;
    match numbers.iter().find(|(_, number)| !(fits(**number) && number.is_finite())) {
        Some((name, number)) => Err(Error::custom(format!("`{name}` is {number}; it must be {range}"))),
        None => Ok(numbers),
    }
}

fn out_of_range<E: Error>(number: f64, range: &str) -> E {
    E::custom(format!("{number} is out of range; it must be {range}"))
}

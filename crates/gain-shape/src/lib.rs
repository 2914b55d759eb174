//! Gain shapes: how a driver turns a pressure up or down.
//!
//! Moderators use them on the domain side and plans on the side of the engines; that is why they
//! have a floor of their own. A gain is dimensionless, from 0 (muted) through 1 (neutral) to 11.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest gain: the dial turned "to 11" (Stuster 2023, §4.2.2).
pub const MAX_GAIN: f64 = 11.0;

/// A function from a driver x to a gain in [0, 11]; what falls outside is cut off.
///
/// In files a bare number is a constant gain; the other shapes are named:
/// `{ linear = { at-zero = 1.0, slope = 2.0 } }`.
///
/// ```
/// use normwave_gain_shape::Shape;
/// let shape: Shape = toml::Value::try_from(0.5)?.try_into()?;
/// assert_eq!(shape, Shape::Constant(0.5));
/// let growing = Shape::Linear { at_zero: 1.0, slope: 2.0 };
/// assert_eq!(growing.gain(0.25), 1.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(with = "ShapeFile")]
pub enum Shape {
    /// The same gain whatever the driver.
    Constant(f64),
    /// `at_zero + slope · x`.
    Linear {
        /// Gain where the driver is 0.
        at_zero: f64,
        /// Change of the gain per unit of the driver.
        slope: f64,
    },
    /// `scale · x^exponent`; a negative driver counts as 0.
    Power {
        /// Gain where the driver is 1.
        scale: f64,
        /// Exponent, 0 or more.
        exponent: f64,
    },
    /// `low + (high − low) / (1 + exp(−steepness · (x − midpoint)))`.
    Logistic {
        /// Gain far below the midpoint (for positive steepness).
        low: f64,
        /// Gain far above it.
        high: f64,
        /// Driver at which the gain is halfway.
        midpoint: f64,
        /// Steepness per unit of the driver.
        steepness: f64,
    },
    /// Straight lines between points (driver, gain) in rising order of the driver; flat beyond.
    Table(Vec<(f64, f64)>),
}

impl Default for Shape {
    fn default() -> Self {
        Shape::NEUTRAL
    }
}

impl Shape {
    /// Gain 1 everywhere.
    pub const NEUTRAL: Shape = Shape::Constant(1.0);

    /// The gain at driver `x`, in [0, 11].
    #[must_use]
    pub fn gain(&self, x: f64) -> f64 {
        let raw = match self {
            Shape::Constant(value) => *value,
            Shape::Linear { at_zero, slope } => at_zero + slope * x,
            Shape::Power { scale, exponent } => scale * libm::pow(x.max(0.0), *exponent),
            Shape::Logistic { low, high, midpoint, steepness } => {
                low + (high - low) / (1.0 + libm::exp(-steepness * (x - midpoint)))
            }
            Shape::Table(points) => interpolate(points, x),
        };
        raw.clamp(0.0, MAX_GAIN)
    }

    /// Whether the gain does not depend on the driver.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        match self {
            Shape::Constant(_) => true,
            Shape::Table(points) => points.len() == 1,
            _ => false,
        }
    }

    /// The largest gain at any driver from 0 to 1.
    #[must_use]
    pub fn largest_over_shares(&self) -> f64 {
        // Every shape is monotone between these.
        let corners: Vec<f64> = match self {
            Shape::Table(points) => points.iter().map(|point| point.0.clamp(0.0, 1.0)).collect(),
            _ => Vec::new(),
        };
        corners.iter().chain(&[0.0, 1.0]).map(|&x| self.gain(x)).fold(0.0, f64::max)
    }

    /// The most that the gain at a driver from 0 to 1 changes when the driver changes by `off`: the
    /// modulus of continuity.
    #[must_use]
    pub fn change_over_shares(&self, off: f64) -> f64 {
        let change = match self {
            Shape::Constant(_) => 0.0,
            Shape::Linear { slope, .. } => slope.abs() * off,
            // Steepest at 1 where convex, at 0 where concave.
            Shape::Power { scale, exponent } if *exponent >= 1.0 => scale.abs() * exponent * off,
            Shape::Power { scale, exponent } => scale.abs() * off.powf(*exponent),
            Shape::Logistic { low, high, steepness, .. } => (high - low).abs() * steepness.abs() / 4.0 * off,
            Shape::Table(points) => {
                let slopes = points.windows(2).map(|p| ((p[1].1 - p[0].1) / (p[1].0 - p[0].0)).abs());
                slopes.fold(0.0, f64::max) * off
            }
        };
        if off > 0.0 { change.min(MAX_GAIN) } else { 0.0 }
    }

    /// What is wrong with the numbers, if anything.
    ///
    /// # Errors
    /// A sentence for the user.
    pub fn check(&self) -> Result<(), String> {
        let finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        let ok = match self {
            Shape::Constant(value) => {
                if !(0.0..=MAX_GAIN).contains(value) {
                    return Err(format!("gain {value} is outside 0 to 11"));
                }
                true
            }
            Shape::Linear { at_zero, slope } => finite(&[*at_zero, *slope]),
            Shape::Power { scale, exponent } => {
                if *exponent < 0.0 {
                    return Err(format!("exponent {exponent} is negative; it is 0 or more"));
                }
                finite(&[*scale, *exponent])
            }
            Shape::Logistic { low, high, midpoint, steepness } => {
                finite(&[*low, *high, *midpoint, *steepness])
            }
            Shape::Table(points) => {
                if points.is_empty() {
                    return Err("a table needs at least one [driver, gain] point".to_owned());
                }
                if points.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
                    return Err("the drivers of a table must rise from point to point".to_owned());
                }
                points.iter().all(|&(x, gain)| finite(&[x, gain]))
            }
        };
        if ok { Ok(()) } else { Err("the numbers of a gain shape must be finite".to_owned()) }
    }
}

fn interpolate(points: &[(f64, f64)], x: f64) -> f64 {
    let after = points.partition_point(|point| point.0 <= x);
    match (after.checked_sub(1).map(|idx| points[idx]), points.get(after)) {
        (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
        (Some((_, y)), None) => y,
        (None, Some(&(_, y))) => y,
        (None, None) => 1.0,
    }
}

// How a shape is written in files.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename = "Shape", rename_all = "kebab-case")]
#[schemars(rename = "NamedShape")]
enum NamedShape {
    Linear(LinearFile),
    Power(PowerFile),
    Logistic(LogisticFile),
    Table(Vec<(f64, f64)>),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LinearFile {
    at_zero: f64,
    slope: f64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PowerFile {
    scale: f64,
    exponent: f64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LogisticFile {
    low: f64,
    high: f64,
    midpoint: f64,
    steepness: f64,
}

/// A gain shape: a number, or one of the named shapes.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum ShapeFile {
    /// The same gain whatever the driver, 0 to 11.
    Constant(f64),
    /// A gain that depends on the driver.
    Named(NamedShape),
}

// As it is written in files; schemas show defaults so.
impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = match self {
            Shape::Constant(value) => return value.serialize(serializer),
            &Shape::Linear { at_zero, slope } => NamedShape::Linear(LinearFile { at_zero, slope }),
            &Shape::Power { scale, exponent } => NamedShape::Power(PowerFile { scale, exponent }),
            &Shape::Logistic { low, high, midpoint, steepness } => {
                NamedShape::Logistic(LogisticFile { low, high, midpoint, steepness })
            }
            Shape::Table(points) => NamedShape::Table(points.clone()),
        };
        named.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Shape {
    // By hand, because an untagged enum would report every mistake at the table's head.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Shape;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a gain (0 to 11) or one of { linear, power, logistic, table }")
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Shape, E> {
                Ok(Shape::Constant(value))
            }

            #[expect(clippy::cast_precision_loss, reason = "gains are small")]
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Shape, E> {
                Ok(Shape::Constant(value as f64))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Shape, A::Error> {
                let named = NamedShape::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(match named {
                    NamedShape::Linear(LinearFile { at_zero, slope }) => Shape::Linear { at_zero, slope },
                    NamedShape::Power(PowerFile { scale, exponent }) => Shape::Power { scale, exponent },
                    NamedShape::Logistic(LogisticFile { low, high, midpoint, steepness }) => {
                        Shape::Logistic { low, high, midpoint, steepness }
                    }
                    NamedShape::Table(points) => Shape::Table(points),
                })
            }
        }
        let shape = deserializer.deserialize_any(Visitor)?;
        shape.check().map_err(serde::de::Error::custom)?;
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Shape, String> {
        #[derive(Deserialize)]
        struct File {
            gain: Shape,
        }
        toml::from_str::<File>(text).map(|file| file.gain).map_err(|error| error.to_string())
    }

    #[test]
    fn every_shape_is_read_from_a_file() {
        assert_eq!(read("gain = 2"), Ok(Shape::Constant(2.0)));
        assert_eq!(
            read("gain = { linear = { at-zero = 1, slope = -0.5 } }"),
            Ok(Shape::Linear { at_zero: 1.0, slope: -0.5 })
        );
        let table = read("gain = { table = [[0, 1], [1, 3]] }").unwrap();
        assert!((table.gain(0.25) - 1.5).abs() < 1e-15);
        let logistic = read("gain.logistic = { low = 0, high = 2, midpoint = 0.3, steepness = 9 }").unwrap();
        assert!((logistic.gain(0.3) - 1.0).abs() < 1e-15);
        assert!((read("gain.power = { scale = 2, exponent = 2 }").unwrap().gain(0.5) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn what_is_written_reads_as_the_same_shape() {
        for text in [
            "gain = 2.5",
            "gain = { linear = { at-zero = 1, slope = -0.5 } }",
            "gain = { power = { scale = 2, exponent = 2 } }",
            "gain.logistic = { low = 0, high = 2, midpoint = 0.3, steepness = 9 }",
            "gain = { table = [[0, 1], [1, 3]] }",
        ] {
            let shape = read(text).unwrap();
            let written = toml::Value::try_from(&shape).unwrap();
            assert_eq!(written.try_into::<Shape>(), Ok(shape));
        }
    }

    #[test]
    fn a_wrong_key_is_shown_where_it_stands() {
        let message = read("gain = { linear = { at-zero = 1, slop = 2 } }").unwrap_err();
        assert!(message.contains("unknown field `slop`"), "{message}");
        assert!(read("gain = 12").unwrap_err().contains("outside 0 to 11"));
        assert!(read("gain = { table = [[1, 1], [0, 3]] }").unwrap_err().contains("must rise"));
    }

    #[test]
    fn the_largest_gain_over_shares_is_found_at_a_corner() {
        let most = |text| read(text).unwrap().largest_over_shares();
        assert!((most("gain = { linear = { at-zero = 2, slope = -1 } }") - 2.0).abs() < 1e-15);
        assert!((most("gain = { power = { scale = 3, exponent = 2 } }") - 3.0).abs() < 1e-15);
        assert!(
            (most("gain = { table = [[-1, 9], [0.5, 4], [2, 1]] }") - (9.0 - 5.0 * 2.0 / 3.0)).abs() < 1e-12
        );
        assert!((most("gain = { table = [[0.5, 4], [2, 1]] }") - 4.0).abs() < 1e-15);
    }

    #[test]
    fn no_gain_changes_more_than_it_is_said_to() {
        let shapes = [
            "gain = 2.5",
            "gain = { linear = { at-zero = 2, slope = -1.5 } }",
            "gain = { power = { scale = 3, exponent = 2 } }",
            "gain = { power = { scale = 3, exponent = 0.5 } }",
            "gain = { power = { scale = 3, exponent = 0 } }",
            "gain = { logistic = { low = 0, high = 3, midpoint = 0.4, steepness = 9 } }",
            "gain = { table = [[0, 1], [0.5, 4], [1, 0.25]] }",
        ];
        for text in shapes {
            let shape = read(text).unwrap();
            let off = 1.0 / 64.0;
            let most = shape.change_over_shares(off);
            let at = |no: u32| shape.gain(f64::from(no) / 1024.0);
            let seen = (0..=1008u32).map(|no| (at(no + 16) - at(no)).abs()).fold(0.0, f64::max);
            assert!(seen <= most + 1e-12 && most <= 1.3 * seen + 3.0, "{text}: {seen} of {most}");
            assert!(shape.change_over_shares(0.0) <= 0.0);
        }
    }

    #[test]
    fn gains_never_leave_zero_to_eleven() {
        let steep = Shape::Linear { at_zero: 1.0, slope: 100.0 };
        assert_eq!(steep.gain(1.0).to_bits(), 11.0f64.to_bits());
        assert_eq!(steep.gain(-1.0).to_bits(), 0.0f64.to_bits());
    }
}

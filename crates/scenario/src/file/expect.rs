//! `[expect]` and `[variant.NAME]`: what must come out.

use super::PositionName;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// What must come out: of a run without noise, or (where it says so) of many replicates.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExpectFile {
    /// How many hold position 1 or more at the end.
    #[serde(default)]
    #[schemars(with = "Option<RangeFile>")]
    pub(crate) adopters: Option<Spanned<RangeFile>>,
    /// How many hold position 1 or more at the end of the tick of a date, by date.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RangeFile>")]
    pub(crate) adopters_by: BTreeMap<Spanned<String>, Spanned<RangeFile>>,
    /// Positions at the end, by actor.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, PositionName>")]
    pub(crate) holds: BTreeMap<Spanned<String>, Spanned<PositionName>>,
    /// Lists of actors, each of whom first takes a new position before the next; one who never
    /// does comes after all others.
    #[serde(default)]
    #[schemars(with = "Vec<Vec<String>>")]
    pub(crate) order: Vec<Vec<Spanned<String>>>,
    /// The pattern in which position 1 spreads, by the order of adoption and by who moved whom, as
    /// `run` prints it.
    #[serde(default)]
    pub(crate) pattern: Option<PatternFile>,
    /// In how many waves position 1 spreads.
    #[serde(default)]
    #[schemars(with = "Option<RangeFile>")]
    pub(crate) waves: Option<Spanned<RangeFile>>,
    /// Over how many replicates, with seed 1, the two keys below are judged; 200 if left out.
    #[serde(default)]
    #[schemars(with = "Option<u64>")]
    pub(crate) replicates: Option<Spanned<u64>>,
    /// The mean over replicates of how many hold position 1 or more at the end.
    #[serde(default)]
    #[schemars(with = "Option<RangeFile>")]
    pub(crate) mean_adopters: Option<Spanned<RangeFile>>,
    /// The share of replicates in which an actor holds position 1 or more at the end, by actor.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RangeFile>")]
    pub(crate) probability: BTreeMap<Spanned<String>, Spanned<RangeFile>>,
}

/// A pattern, and by what core and periphery are told.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PatternFile {
    /// hegemonic, peripheral, mixed or none.
    pub(crate) is: PatternKind,
    /// The layer whose ties make central; all layers along which pressure runs if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) layer: Option<Spanned<String>>,
    /// A numeric attribute that makes powerful.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) power: Option<Spanned<String>>,
}

/// A pattern of diffusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PatternKind {
    /// From the core outward.
    Hegemonic,
    /// From the periphery inward.
    Peripheral,
    /// First the one, then the other.
    Mixed,
    /// In no order that chance would not give.
    None,
}

/// The scenario with some changes, and what must come out then: `--variant NAME` runs it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct VariantFile {
    /// What it shows.
    #[serde(default)]
    pub(crate) title: String,
    /// Values that differ, as `--set` takes them: `"decision.threshold=0.9"`.
    #[serde(default)]
    pub(crate) set: Vec<String>,
    /// Events that do not happen.
    #[serde(default)]
    pub(crate) without: Vec<String>,
    /// What must come out.
    #[serde(default)]
    pub(crate) expect: ExpectFile,
}

/// A number, or the least and the most that it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RangeFile {
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl JsonSchema for RangeFile {
    fn schema_name() -> Cow<'static, str> {
        "Range".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let bounds = serde_json::json!({ "least": { "type": "number" }, "most": { "type": "number" } });
        json_schema!({
            "description": "A number, or { least = …, most = … }, of which one may be left out.",
            "anyOf": [{ "type": "number" }, { "type": "object", "properties": bounds, "additionalProperties": false }]
        })
    }
}

impl<'de> Deserialize<'de> for RangeFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RangeVisitor;
        impl<'de> Visitor<'de> for RangeVisitor {
            type Value = RangeFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or { least = …, most = … }")
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<RangeFile, E> {
                Ok(RangeFile { least: number, most: number })
            }

            #[expect(clippy::cast_precision_loss, reason = "counts in files are small")]
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<RangeFile, E> {
                self.visit_f64(number as f64)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RangeFile, A::Error> {
                let mut range = RangeFile { least: f64::NEG_INFINITY, most: f64::INFINITY };
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "least" => range.least = map.next_value()?,
                        "most" => range.most = map.next_value()?,
                        _ => return Err(de::Error::unknown_field(&key, &["least", "most"])),
                    }
                }
                if range.least <= range.most {
                    Ok(range)
                } else {
                    Err(de::Error::custom(format!("least {} is more than most {}", range.least, range.most)))
                }
            }
        }
        deserializer.deserialize_any(RangeVisitor)
    }
}

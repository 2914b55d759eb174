//! Small values that are written in more than one way.

use crate::ThresholdDraw;
use normwave_network_model::{Date, parse_date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// A date: `1997-12-03`, `"1997-12"` or `"1997"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateValue(pub(crate) Date);

impl JsonSchema for DateValue {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date: YYYY-MM-DD, YYYY-MM or YYYY; the shorter forms name the first day.",
            "anyOf": [
                { "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" },
                { "type": "integer", "minimum": 1000, "maximum": 9999 }
            ]
        })
    }
}

impl<'de> Deserialize<'de> for DateValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl<'de> Visitor<'de> for DateVisitor {
            type Value = DateValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 1997-12-03, \"1997-12\" or \"1997\"")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<DateValue, E> {
                parse_date(text).map(DateValue).map_err(E::custom)
            }

            fn visit_i64<E: de::Error>(self, year: i64) -> Result<DateValue, E> {
                self.visit_str(&year.to_string())
            }

            // TOML's own dates come as a map with one private key.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DateValue, A::Error> {
                match map.next_entry::<String, String>()? {
                    Some((_, text)) => self.visit_str(&text),
                    None => Err(de::Error::custom("an empty table is not a date")),
                }
            }
        }
        deserializer.deserialize_any(DateVisitor)
    }
}

/// A position, by name or number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PositionName {
    /// Its number, 0 for the status quo.
    Number(u8),
    /// Its name.
    Name(String),
}

impl JsonSchema for PositionName {
    fn schema_name() -> Cow<'static, str> {
        "PositionName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A position of the norm, by its name or its number (0 is the status quo).",
            "anyOf": [{ "type": "string" }, { "type": "integer", "minimum": 0, "maximum": 254 }]
        })
    }
}

impl<'de> Deserialize<'de> for PositionName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PositionVisitor;
        impl Visitor<'_> for PositionVisitor {
            type Value = PositionName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position, by name or number")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<PositionName, E> {
                Ok(PositionName::Name(name.to_owned()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<PositionName, E> {
                let number =
                    u8::try_from(number).map_err(|_| E::custom("a position is a number from 0 to 254"))?;
                Ok(PositionName::Number(number))
            }
        }
        deserializer.deserialize_any(PositionVisitor)
    }
}

/// Some actors: an id, a list of ids, `"all"`, or a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// All to whom the context can apply.
    All,
    /// These.
    Ids(Vec<Spanned<String>>),
    /// Those that pass.
    Filter(WhoFilter),
}

/// Actors that pass every condition given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoFilter {
    /// Only of this kind: government (if left out), domestic-group, ngo or igo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub kind: Option<normwave_network_model::ActorKind>,
    /// Only with these values of categorical attributes (at the period's start).
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
    /// Only members of this organisation at the date concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberOf>,
    /// Only those whom somebody reaches in this stored layer at the date concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub tied: Option<Spanned<String>>,
    /// Not these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub except: Vec<Spanned<String>>,
    /// Not those whom this means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Who>")]
    pub not: Option<Box<Who>>,
}

/// Membership in an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberOf {
    /// The affiliation.
    #[schemars(with = "String")]
    pub affiliation: Spanned<String>,
    /// The organisation in it.
    #[schemars(with = "String")]
    pub organisation: Spanned<String>,
}

impl JsonSchema for Who {
    fn schema_name() -> Cow<'static, str> {
        "Who".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let filter = generator.subschema_for::<WhoFilter>();
        json_schema!({
            "description": "Some actors: an id, a list of ids, \"all\", or a filter.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }, filter]
        })
    }
}

impl Serialize for Who {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Who::All => serializer.serialize_str("all"),
            Who::Ids(ids) => one_or_several(ids, serializer),
            Who::Filter(filter) => filter.serialize(serializer),
        }
    }
}

impl From<&str> for Who {
    fn from(id: &str) -> Self {
        if id == "all" { Who::All } else { Who::Ids(vec![Spanned::new(0..0, id.to_owned())]) }
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WhoVisitor;
        impl<'de> Visitor<'de> for WhoVisitor {
            type Value = Who;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an actor's id, a list of ids, \"all\", or a table of conditions")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Who, E> {
                Ok(Who::from(id))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Who, A::Error> {
                let mut ids = Vec::new();
                while let Some(id) = seq.next_element::<Spanned<String>>()? {
                    ids.push(id);
                }
                Ok(Who::Ids(ids))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Who, A::Error> {
                WhoFilter::deserialize(de::value::MapAccessDeserializer::new(map)).map(Who::Filter)
            }
        }
        deserializer.deserialize_any(WhoVisitor)
    }
}

/// One name or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<Spanned<String>>);

impl JsonSchema for Names {
    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One name or a list of names.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        })
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        one_or_several(&self.0, serializer)
    }
}

impl From<&str> for Names {
    fn from(name: &str) -> Self {
        Names(vec![Spanned::new(0..0, name.to_owned())])
    }
}

// As they are read: a single name stands alone.
fn one_or_several<S: Serializer>(names: &[Spanned<String>], serializer: S) -> Result<S::Ok, S::Error> {
    match names {
        [name] => name.get_ref().serialize(serializer),
        names => names.serialize(serializer),
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Names, E> {
                Ok(Names::from(name))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = seq.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}

/// A number for all, or a numeric attribute that gives each actor its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NumberOr {
    /// The same for all.
    Number(f64),
    /// Weighted attributes: Σ weight · attribute.
    Attributes(BTreeMap<Spanned<String>, f64>),
}

impl JsonSchema for NumberOr {
    fn schema_name() -> Cow<'static, str> {
        "NumberOr".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A number for all, or { attribute = weight, … } for a weighted sum of each actor's own attributes.",
            "anyOf": [{ "type": "number" }, { "type": "object", "additionalProperties": { "type": "number" } }]
        })
    }
}

impl<'de> Deserialize<'de> for NumberOr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl<'de> Visitor<'de> for NumberVisitor {
            type Value = NumberOr;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or { attribute = weight, … }")
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<NumberOr, E> {
                if value.is_finite() {
                    Ok(NumberOr::Number(value))
                } else {
                    Err(E::custom("the number must be finite"))
                }
            }

            #[expect(clippy::cast_precision_loss, reason = "numbers in files are small")]
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<NumberOr, E> {
                Ok(NumberOr::Number(value as f64))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NumberOr, A::Error> {
                let mut attributes = BTreeMap::new();
                while let Some((name, weight)) = map.next_entry::<Spanned<String>, f64>()? {
                    attributes.insert(name.clone(), finite_weight(&name, weight)?);
                }
                Ok(NumberOr::Attributes(attributes))
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}

fn finite_weight<E: de::Error>(name: &Spanned<String>, weight: f64) -> Result<f64, E> {
    if weight.is_finite() {
        Ok(weight)
    } else {
        Err(E::custom(format!("the weight of `{}` must be finite", name.get_ref())))
    }
}

/// θ: a number, weighted attributes, and what is drawn, added up.
#[derive(Clone, Debug, Default)]
pub(crate) struct ThresholdFile {
    /// The number for all.
    pub(crate) number: f64,
    /// Weighted attributes.
    pub(crate) attributes: BTreeMap<Spanned<String>, f64>,
    /// What is drawn once per replicate and actor.
    pub(crate) draw: Option<ThresholdDraw>,
}

impl ThresholdFile {
    /// Whether there is any threshold but 0.
    pub(crate) fn is_given(&self) -> bool {
        self.number.abs() > 0.0 || !self.attributes.is_empty() || self.draw.is_some()
    }
}

impl JsonSchema for ThresholdFile {
    fn schema_name() -> Cow<'static, str> {
        "ThresholdFile".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let pair =
            json_schema!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 });
        json_schema!({
            "description": "A number for all, or { attribute = weight, … } for a weighted sum of each actor's own attributes; with uniform = [low, high] or normal = [mean, sd] among them, a draw per replicate and actor is added.",
            "anyOf": [
                { "type": "number" },
                {
                    "type": "object",
                    "properties": { "uniform": pair, "normal": pair },
                    "additionalProperties": { "type": "number" }
                }
            ]
        })
    }
}

impl<'de> Deserialize<'de> for ThresholdFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a number, or two numbers for uniform and normal")]
        enum Entry {
            Number(f64),
            Pair([f64; 2]),
        }

        struct ThresholdVisitor;
        impl<'de> Visitor<'de> for ThresholdVisitor {
            type Value = ThresholdFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a number, { attribute = weight, … }, { uniform = [low, high] } or { normal = [mean, sd] }",
                )
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<ThresholdFile, E> {
                if value.is_finite() {
                    Ok(ThresholdFile { number: value, ..ThresholdFile::default() })
                } else {
                    Err(E::custom("the number must be finite"))
                }
            }

            #[expect(clippy::cast_precision_loss, reason = "numbers in files are small")]
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<ThresholdFile, E> {
                self.visit_f64(value as f64)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ThresholdFile, A::Error> {
                let mut file = ThresholdFile::default();
                while let Some((name, entry)) = map.next_entry::<Spanned<String>, Entry>()? {
                    let draw = match entry {
                        Entry::Number(weight) => {
                            file.attributes.insert(name.clone(), finite_weight(&name, weight)?);
                            continue;
                        }
                        Entry::Pair([low, high]) if name.get_ref() == "uniform" => {
                            ThresholdDraw::Uniform { low, high }
                        }
                        Entry::Pair([mean, sd]) if name.get_ref() == "normal" => {
                            ThresholdDraw::Normal { mean, sd }
                        }
                        Entry::Pair(_) => {
                            let problem =
                                format!("`{name}` takes one number; only uniform and normal take two");
                            return Err(de::Error::custom(problem));
                        }
                    };
                    if !draw.is_sound() {
                        return Err(de::Error::custom(
                            "uniform goes from the least to the most, normal has a spread of 0 or more",
                        ));
                    }
                    if file.draw.replace(draw).is_some() {
                        return Err(de::Error::custom("a threshold is drawn from one law"));
                    }
                }
                Ok(file)
            }
        }
        deserializer.deserialize_any(ThresholdVisitor)
    }
}

/// A share as a fraction: a number from 0 to 1, or "a/b".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShareValue {
    /// Numerator.
    pub(crate) of: u32,
    /// Denominator.
    pub(crate) out_of: u32,
}

impl ShareValue {
    fn new(of: u32, out_of: u32) -> Result<Self, &'static str> {
        if of > out_of || out_of == 0 {
            return Err("a share is from 0 to 1");
        }
        Ok(ShareValue { of, out_of })
    }

    // 0.75 is 3/4, exactly.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 2²⁰")]
    fn from_number(share: f64) -> Result<Self, &'static str> {
        if !(0.0..=1.0).contains(&share) {
            return Err("a share is from 0 to 1");
        }
        let denominator = crate::lower::denominator(share).and_then(|d| u32::try_from(d).ok());
        let out_of = denominator.ok_or("write this share as a fraction, such as \"2/3\"")?;
        ShareValue::new((share * f64::from(out_of)).round() as u32, out_of)
    }
}

impl JsonSchema for ShareValue {
    fn schema_name() -> Cow<'static, str> {
        "ShareValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A share from 0 to 1: a number, or a fraction such as \"2/3\".",
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 1 },
                { "type": "string", "pattern": "^[0-9]+/[0-9]+$" }
            ]
        })
    }
}

impl<'de> Deserialize<'de> for ShareValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShareVisitor;
        impl Visitor<'_> for ShareVisitor {
            type Value = ShareValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share from 0 to 1, such as 0.75 or \"2/3\"")
            }

            fn visit_f64<E: de::Error>(self, share: f64) -> Result<ShareValue, E> {
                ShareValue::from_number(share).map_err(E::custom)
            }

            #[expect(clippy::cast_precision_loss, reason = "refused but for 0 and 1")]
            fn visit_i64<E: de::Error>(self, share: i64) -> Result<ShareValue, E> {
                self.visit_f64(share as f64)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ShareValue, E> {
                let parts =
                    text.split_once('/').map(|(of, out_of)| (of.trim().parse(), out_of.trim().parse()));
                match parts {
                    Some((Ok(of), Ok(out_of))) => ShareValue::new(of, out_of).map_err(E::custom),
                    _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(ShareVisitor)
    }
}

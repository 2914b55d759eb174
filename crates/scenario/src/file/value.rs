//! Small values that are written in more than one way.

use normwave_network_model::{Date, parse_date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PositionName {
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
#[derive(Clone, Debug)]
pub(crate) enum Who {
    /// All to whom the context can apply.
    All,
    /// These.
    Ids(Vec<Spanned<String>>),
    /// Those that pass.
    Filter(WhoFilter),
}

/// Actors that pass every condition given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhoFilter {
    /// Only of this kind.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) kind: Option<normwave_network_model::ActorKind>,
    /// Only with these values of categorical attributes (at the period's start).
    #[serde(default, rename = "where")]
    pub(crate) with: BTreeMap<String, String>,
    /// Only members of this organisation at the date concerned.
    #[serde(default)]
    pub(crate) member: Option<MemberFile>,
    /// Only those whom somebody reaches in this stored layer at the date concerned.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) tied: Option<Spanned<String>>,
    /// Not these.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) except: Vec<Spanned<String>>,
}

/// Membership in an organisation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberFile {
    /// The affiliation.
    #[schemars(with = "String")]
    pub(crate) affiliation: Spanned<String>,
    /// The organisation in it.
    #[schemars(with = "String")]
    pub(crate) organisation: Spanned<String>,
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

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WhoVisitor;
        impl<'de> Visitor<'de> for WhoVisitor {
            type Value = Who;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an actor's id, a list of ids, \"all\", or a table of conditions")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Who, E> {
                let id = Spanned::new(0..0, id.to_owned());
                Ok(if id.get_ref() == "all" { Who::All } else { Who::Ids(vec![id]) })
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
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(pub(crate) Vec<Spanned<String>>);

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

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Names, E> {
                Ok(Names(vec![Spanned::new(0..0, name.to_owned())]))
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
    Attributes(BTreeMap<String, f64>),
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
                while let Some((name, weight)) = map.next_entry()? {
                    attributes.insert(name, weight);
                }
                Ok(NumberOr::Attributes(attributes))
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}

//! Attributes of nodes and ties, and what kind of value they have.

use std::collections::BTreeMap;

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number; finite.
    Number(f64),
    /// A text, which may be empty.
    Text(String),
}

/// Attributes by name. What has no value is not there.
pub type Attributes = BTreeMap<String, Value>;

/// What kind of value a column holds, from narrow to wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Flag,
    Integer,
    Number,
    Text,
}

impl Kind {
    /// The narrowest kind that holds both.
    pub(crate) fn with(self, other: Kind) -> Kind {
        match (self, other) {
            (a, b) if a == b => a,
            (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Number,
            _ => Kind::Text,
        }
    }

    /// In the words of a message.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Kind::Flag => "truth values",
            Kind::Integer => "whole numbers",
            Kind::Number => "numbers",
            Kind::Text => "texts",
        }
    }
}

impl Value {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Value::Flag(_) => Kind::Flag,
            Value::Integer(_) => Kind::Integer,
            Value::Number(_) => Kind::Number,
            Value::Text(_) => Kind::Text,
        }
    }

    /// As text. A number has a decimal point or an exponent, so that it is told from a whole one.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Value::Flag(flag) => flag.to_string(),
            Value::Integer(integer) => integer.to_string(),
            Value::Number(number) => format!("{number:?}"),
            Value::Text(text) => text.clone(),
        }
    }
}

/// The narrowest kind that holds every value of each attribute.
pub(crate) fn kinds<'a>(all: impl Iterator<Item = &'a Attributes>) -> BTreeMap<&'a str, Kind> {
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    for (name, value) in all.flatten() {
        kinds.entry(name).and_modify(|kind| *kind = kind.with(value.kind())).or_insert_with(|| value.kind());
    }
    kinds
}

/// A text as a value: `true` and `false`, whole numbers as they are usually written, other numbers, and
/// else text. `007` and ` 1` are texts.
pub(crate) fn guess(text: &str) -> Value {
    match text {
        "true" | "True" | "TRUE" => return Value::Flag(true),
        "false" | "False" | "FALSE" => return Value::Flag(false),
        _ => {}
    }
    if let Ok(integer) = text.parse::<i64>()
        && integer.to_string() == text
    {
        return Value::Integer(integer);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let begins = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let padded = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && begins && !padded && text.contains(['.', 'e', 'E']) => {
            Value::Number(number)
        }
        _ => Value::Text(text.to_owned()),
    }
}

/// The kind of all texts of a column: one text among numbers makes all of them texts.
pub(crate) fn column_kind<'a>(texts: impl Iterator<Item = &'a str>) -> Kind {
    let mut kind: Option<Kind> = None;
    for text in texts {
        let own = guess(text).kind();
        kind = Some(kind.map_or(own, |kind| kind.with(own)));
        if kind == Some(Kind::Text) {
            break;
        }
    }
    kind.unwrap_or(Kind::Text)
}

/// A text as a value of a kind; `None` if it is none.
pub(crate) fn value_of(text: &str, kind: Kind) -> Option<Value> {
    let trimmed = text.trim();
    match kind {
        Kind::Flag => match trimmed {
            "true" | "True" | "TRUE" | "1" => Some(Value::Flag(true)),
            "false" | "False" | "FALSE" | "0" => Some(Value::Flag(false)),
            _ => None,
        },
        Kind::Integer => trimmed.parse().ok().map(Value::Integer),
        Kind::Number => trimmed.parse().ok().map(Value::Number),
        Kind::Text => Some(Value::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_only_looks_like_a_number_stays_text() {
        for text in ["007", "1 ", "+1", "1_000", "0x10", "inf", "NaN", "-", ".", "1e", "", "1e999", "-007.5"]
        {
            assert_eq!(guess(text), Value::Text(text.to_owned()));
        }
        assert_eq!(guess("-12"), Value::Integer(-12));
        assert_eq!(guess("0.5"), Value::Number(0.5));
        assert_eq!(guess("1e-7"), Value::Number(1e-7));
        assert_eq!(guess("True"), Value::Flag(true));
    }

    #[test]
    fn a_column_is_as_wide_as_its_widest_text() {
        assert_eq!(column_kind(["1", "2"].into_iter()), Kind::Integer);
        assert_eq!(column_kind(["1", "2.5"].into_iter()), Kind::Number);
        assert_eq!(column_kind(["1", "x", "2.5"].into_iter()), Kind::Text);
        assert_eq!(column_kind(["true", "1"].into_iter()), Kind::Text);
    }
}

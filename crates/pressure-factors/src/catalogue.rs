//! Names in scenario files and the constructors behind them.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::de::{Error, ValueDeserializer};

/// How a mechanism of a registered name is made and described.
pub struct Entry<T: ?Sized> {
    /// Makes it from its table in a scenario file; errors point at the wrong key.
    pub make: fn(ValueDeserializer<'_>) -> Result<Box<T>, Error>,
    /// The JSON Schema of its table, with its documentation.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl<T: ?Sized> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Entry { make: self.make, schema: self.schema }
    }
}

impl<T: ?Sized> std::fmt::Debug for Entry<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entry")
    }
}

/// Mechanisms by name. A value, not a global: a program may hold several.
#[derive(Debug)]
pub struct Catalogue<T: ?Sized> {
    entries: BTreeMap<String, Entry<T>>,
}

impl<T: ?Sized> Clone for Catalogue<T> {
    fn clone(&self) -> Self {
        Catalogue { entries: self.entries.clone() }
    }
}

impl<T: ?Sized> Default for Catalogue<T> {
    fn default() -> Self {
        Catalogue { entries: BTreeMap::new() }
    }
}

impl<T: ?Sized> Catalogue<T> {
    /// Adds a name, or replaces what stood under it.
    pub fn insert<M: JsonSchema + DeserializeOwned>(
        &mut self,
        name: &str,
        make: fn(ValueDeserializer<'_>) -> Result<Box<T>, Error>,
    ) {
        let schema = |generator: &mut SchemaGenerator| generator.subschema_for::<M>();
        self.entries.insert(name.to_owned(), Entry { make, schema });
    }

    /// What stands under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entry<T>> {
        self.entries.get(name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// All entries, sorted by name.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry<T>)> {
        self.entries.iter().map(|(name, entry)| (name.as_str(), entry))
    }
}

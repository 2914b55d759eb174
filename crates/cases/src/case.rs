//! A case: a bundled scenario.

use crate::bundle::{BUNDLES, Bundle};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, ScenarioError};

/// A bundled scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// What theory says should happen, and why; the first sentence sums it up.
    pub theory: String,
    /// The scenario file.
    pub text: &'static str,
    /// The tables that it names: (path, text).
    pub files: &'static [(&'static str, &'static str)],
}

/// All cases, the smallest first.
#[must_use]
pub fn cases() -> Vec<Case> {
    BUNDLES.iter().map(Case::from_bundle).collect()
}

/// The case of this name.
#[must_use]
pub fn case(name: &str) -> Option<Case> {
    BUNDLES.iter().find(|bundle| bundle.name == name).map(Case::from_bundle)
}

impl Case {
    fn from_bundle(bundle: &Bundle) -> Self {
        let Bundle { name, text, files } = *bundle;
        let table: toml::Table = text.parse().unwrap_or_default();
        let string = |key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        Case { name, title: string("title"), theory: string("theory"), text, files }
    }

    /// The name of the scenario file in messages.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}/scenario.toml", self.name)
    }

    /// The tables that it names, for [`Scenario::read`].
    #[must_use]
    pub fn tables(&self) -> InMemory {
        InMemory(self.files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    /// Reads it, with the built-in factors and moderators.
    ///
    /// # Errors
    /// [`ScenarioError`] if the overrides do not fit; without any there is none.
    pub fn read(&self, overrides: &Overrides) -> Result<Scenario, ScenarioError> {
        Scenario::read(&self.file_name(), self.text, &self.tables(), &Registries::default(), overrides)
    }

    /// What it shows, in one sentence: the first of [`Case::theory`].
    #[must_use]
    pub fn shows(&self) -> &str {
        let end = self.theory.find(". ").map_or(self.theory.len(), |at| at + 1);
        self.theory[..end].trim()
    }
}

//! Where a scenario finds the tables that it names.

use std::path::PathBuf;

/// The files beside a scenario.
pub trait Files {
    /// The text of a file, by the path that the scenario gives.
    ///
    /// # Errors
    /// What keeps it from being read.
    fn read(&self, path: &str) -> std::io::Result<String>;
}

/// Files in a folder; paths in the scenario are relative to it.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> std::io::Result<String> {
        std::fs::read_to_string(self.0.join(path))
    }
}

/// Files in memory: (path, text).
#[derive(Clone, Debug, Default)]
pub struct InMemory(pub Vec<(String, String)>);

impl Files for InMemory {
    fn read(&self, path: &str) -> std::io::Result<String> {
        let found = self.0.iter().find(|(name, _)| name == path);
        found.map(|(_, text)| text.clone()).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
    }
}

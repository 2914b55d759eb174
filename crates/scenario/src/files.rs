//! Where a scenario finds the tables that it names.

use crate::text::{MAX_TABLE_BYTES, read_text};
use std::path::PathBuf;

/// The files beside a scenario.
pub trait Files {
    /// The text of a file, by the path that the scenario gives.
    ///
    /// # Errors
    /// What keeps it from being read; a [`TextError`](crate::TextError) inside of the error is shown
    /// with its place.
    fn read(&self, path: &str) -> std::io::Result<String>;

    /// Where a file is on disk, by the path that the scenario gives, for tables of ties that are no
    /// text; `None` (the default) where nothing is on disk.
    fn locate(&self, path: &str) -> Option<PathBuf> {
        let _ = path;
        None
    }
}

/// Files in a folder; paths in the scenario are relative to it. Files above
/// [`MAX_TABLE_BYTES`] are refused unread.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> std::io::Result<String> {
        read_text(&self.0.join(path), MAX_TABLE_BYTES)
    }

    fn locate(&self, path: &str) -> Option<PathBuf> {
        Some(self.0.join(path))
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

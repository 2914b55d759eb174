//! Bytes of a file: mapped into memory, or read whole where that fails.
//!
//! A file that is mapped can be changed by others. So every number is put together from bytes by
//! value, and whatever is used as an index is compared with a length at its use. We ourselves never
//! write into a file that may be mapped: `write` replaces it whole.

use crate::TieFileError;
use normwave_memory::{Mapped, map};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The bytes of a file, or of a table that was made in memory.
#[derive(Debug)]
pub(crate) enum Bytes {
    Mapped(Mapped),
    Owned(Vec<u8>),
}

impl Bytes {
    pub(crate) fn of(path: &Path) -> Result<Self, TieFileError> {
        let mut file = File::open(path).map_err(|error| TieFileError::io(&error))?;
        let about = file.metadata().map_err(|error| TieFileError::io(&error))?;
        if about.is_dir() {
            return Err(TieFileError::Io { reason: "it is a folder".to_owned() });
        }
        if about.is_file()
            && let Some(mapped) = map(&file)
        {
            return Ok(Bytes::Mapped(mapped));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| TieFileError::io(&error))?;
        Ok(Bytes::Owned(bytes))
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Mapped(mapped) => mapped,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

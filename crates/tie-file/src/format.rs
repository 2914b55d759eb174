//! Which format a file has, and reading and writing by it.

use crate::{Direction, TieFileError, TieTable, text_file};
use std::fs::File;
use std::path::Path;

/// The formats, by the extension of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.csv`: text between commas; semicolons or tabs are read, too.
    Csv,
    /// `.tsv`: text between tabs.
    Tsv,
    /// `.parquet`.
    Parquet,
    /// `.ties`: the tie file.
    Ties,
}

impl Format {
    /// The format of a path; capitals make no difference.
    ///
    /// # Errors
    /// [`TieFileError::Extension`] if the extension is none of the four.
    pub fn of(path: &Path) -> Result<Self, TieFileError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref().unwrap_or_default() {
            "csv" => Ok(Format::Csv),
            "tsv" => Ok(Format::Tsv),
            "parquet" => Ok(Format::Parquet),
            "ties" => Ok(Format::Ties),
            other => Err(TieFileError::Extension { extension: other.to_owned() }),
        }
    }
}

/// The columns of a table in CSV or Parquet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// That of the sender.
    pub from: String,
    /// That of the target.
    pub to: String,
    /// That of the strength. When it is read: `None` is a column `strength` if there is one; without it
    /// all strengths are 1.
    pub strength: Option<String>,
    /// Whether other columns are passed over. Else they are refused, since one of them may be a
    /// misspelt `strength`.
    pub ignore_others: bool,
}

impl Default for Columns {
    fn default() -> Self {
        Columns { from: "from".to_owned(), to: "to".to_owned(), strength: None, ignore_others: false }
    }
}

/// The columns that a header has, by number: sender, target, strength.
pub(crate) type Found = (usize, usize, Option<usize>);

impl Columns {
    pub(crate) fn strength_name(&self) -> &str {
        self.strength.as_deref().unwrap_or("strength")
    }

    /// Finds the columns in a header; capitals make no difference.
    pub(crate) fn find(&self, header: &[String]) -> Result<Found, TieFileError> {
        let refuse = |problem: String, remedy: String| Err(TieFileError::Columns { problem, remedy });
        let place = |name: &str| {
            let mut all = header.iter().enumerate().filter(|(_, column)| column.eq_ignore_ascii_case(name));
            (all.next().map(|(place, _)| place), all.next().is_some())
        };
        let wanted = [self.from.as_str(), self.to.as_str(), self.strength_name()];
        if let Some(twice) = wanted.iter().find(|name| place(name).1) {
            return refuse(format!("there are two columns `{twice}`"), "Rename one of them.".to_owned());
        }
        let [from, to, strength] = wanted.map(|name| place(name).0);
        let list = || header.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
        let required = [(from, &self.from, "--from"), (to, &self.to, "--to")];
        if let Some((_, name, flag)) = required.into_iter().find(|(place, _, _)| place.is_none()) {
            return refuse(
                format!("there is no column `{name}`"),
                format!("The columns are {}; name the one that is meant: {flag} COLUMN.", list()),
            );
        }
        if let (None, Some(name)) = (strength, &self.strength) {
            return refuse(format!("there is no column `{name}`"), format!("The columns are {}.", list()));
        }
        let taken = |place: usize| Some(place) == from || Some(place) == to || Some(place) == strength;
        let other = header.iter().enumerate().find(|(place, _)| !taken(*place));
        if let Some((_, other)) = other.filter(|_| !self.ignore_others) {
            return refuse(
                format!("the column `{other}` is not used"),
                format!(
                    "If it holds strengths: --strength \"{other}\"; to pass over columns like it: --ignore-others. \
                     Files of large networks hold no dates."
                ),
            );
        }
        Ok((from.unwrap_or(0), to.unwrap_or(0), strength))
    }
}

/// Told how far the work is: done and of how much, in bytes or rows. Returns whether to go on.
pub type Watch<'a> = dyn FnMut(u64, u64) -> bool + 'a;

pub(crate) fn tell(watch: &mut Watch<'_>, done: u64, all: u64) -> Result<(), TieFileError> {
    if watch(done, all) { Ok(()) } else { Err(TieFileError::Stopped) }
}

/// Reads a file of ties by its extension.
///
/// A tie file says itself how its ties go; of the others, `direction` says it. Actors are in the order
/// of their ids: plain numbers by size, then all else by bytes.
///
/// # Errors
/// [`TieFileError`].
pub fn read(
    path: &Path,
    columns: &Columns,
    direction: Direction,
    watch: &mut Watch<'_>,
) -> Result<TieTable, TieFileError> {
    match Format::of(path)? {
        Format::Ties => TieTable::open(path),
        Format::Csv => text_file::read(path, None, columns, direction, watch),
        Format::Tsv => text_file::read(path, Some(b'\t'), columns, direction, watch),
        #[cfg(feature = "parquet")]
        Format::Parquet => crate::parquet_file::read(path, columns, direction, watch),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(TieFileError::NoParquet),
    }
}

/// Writes a file of ties by its extension: a draft beside it, which takes its name at the end. If
/// anything goes wrong before, nothing is left.
///
/// CSV and Parquet have a row for each direction, and none for actors without ties.
///
/// # Errors
/// [`TieFileError::Exists`] if there is such a file and `replace` is false; [`TieFileError`] if it cannot
/// be written.
pub fn write(
    path: &Path,
    table: &TieTable,
    columns: &Columns,
    replace: bool,
    watch: &mut Watch<'_>,
) -> Result<(), TieFileError> {
    let format = Format::of(path)?;
    if !replace && std::fs::symlink_metadata(path).is_ok() {
        return Err(TieFileError::Exists);
    }
    if path.is_dir() {
        return Err(TieFileError::Io { reason: "it is a folder".to_owned() });
    }
    let io = |error: std::io::Error| TieFileError::io(&error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(TieFileError::Io { reason: format!("there is no folder `{}`", folder.display()) });
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".normwave-");
    #[cfg(unix)]
    {
        // As any other file: what the umask leaves.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut draft = builder.tempfile_in(folder).map_err(io)?;
    let file: &mut File = draft.as_file_mut();
    match format {
        Format::Ties => text_file::write_bytes(file, table.as_bytes(), watch)?,
        Format::Csv => text_file::write(file, table, b',', columns, watch)?,
        Format::Tsv => text_file::write(file, table, b'\t', columns, watch)?,
        #[cfg(feature = "parquet")]
        Format::Parquet => crate::parquet_file::write(file, table, columns, watch)?,
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => return Err(TieFileError::NoParquet),
    }
    let kept = if replace { draft.persist(path) } else { draft.persist_noclobber(path) };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Err(TieFileError::Exists),
        Err(error) => Err(io(error.error)),
    }
}

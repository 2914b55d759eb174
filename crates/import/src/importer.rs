//! What an importer is, and the ones that are known.

use crate::error::{did_you_mean, some_of};
use crate::log::ImportLog;
use crate::settings::Settings;
use crate::states::States;
use crate::table::Table;
use crate::text::TextFile;
use crate::{ImportError, files};
use std::path::Path;

/// What an importer says of itself.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// What the files are.
    pub what: &'static str,
    /// What the files are usually called.
    pub usual: &'static str,
    /// How to cite the data.
    pub citation: &'static str,
    /// The sets of columns by which a file is known; one that has all of a set is taken for it.
    pub known_by: &'static [&'static [&'static str]],
    /// What is made of them.
    pub makes: &'static str,
}

/// Reads one family of files.
pub trait Importer: Send + Sync {
    /// Its name, its files and how they are known.
    fn about(&self) -> About;

    /// Reads a file to its end.
    ///
    /// # Errors
    /// [`ImportError`] if a column is missing or a row is wrong.
    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError>;
}

/// A file that is being read, and the account of it.
#[derive(Debug)]
pub struct Reading<'s> {
    /// The file.
    pub file: TextFile,
    /// What the user asks for.
    pub settings: &'s Settings,
    /// Who the codes are.
    pub states: States,
    /// The account.
    pub log: ImportLog,
}

impl Reading<'_> {
    /// The columns to be turned into tables: those asked for, else those of `usual` that are there.
    ///
    /// # Errors
    /// [`ImportError::File`] if one that is asked for is not there, or none is.
    pub fn measures(&self, usual: &[&str]) -> Result<Vec<(usize, String)>, ImportError> {
        let name = |column: usize| (column, self.file.header()[column].clone());
        if self.settings.measures.is_empty() {
            let found: Vec<_> = usual.iter().filter_map(|usual| self.file.find(usual)).map(name).collect();
            if found.is_empty() {
                self.file.column(usual.first().copied().unwrap_or_default())?;
            }
            return Ok(found);
        }
        self.settings.measures.iter().map(|measure| self.file.column(measure).map(name)).collect()
    }

    /// Which of an importer's own ways of reading is asked for; the first if none is.
    ///
    /// # Errors
    /// [`ImportError::Asked`] if another is.
    pub fn way<'w>(&self, ways: &[&'w str]) -> Result<Vec<&'w str>, ImportError> {
        if self.settings.measures.is_empty() {
            return Ok(ways.iter().take(1).copied().collect());
        }
        let of = |asked: &String| {
            ways.iter().find(|way| way.eq_ignore_ascii_case(asked)).copied().ok_or_else(|| {
                ImportError::asked(
                    format!(
                        "{} is not read by `{asked}`{}",
                        self.file.path(),
                        did_you_mean(asked, ways.iter().copied())
                    ),
                    format!("Known: {}.", ways.join(", ")),
                )
            })
        };
        self.settings.measures.iter().map(of).collect()
    }
}

/// The tables of a file, and the account of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The tables.
    pub tables: Vec<Table>,
    /// The account.
    pub log: ImportLog,
}

impl Imported {
    /// The table of a name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// The importers that are known.
///
/// ```
/// use normwave_import::Registry;
/// let registry = Registry::default();
/// let columns = ["ccode1", "ccode2", "year", "DR_at_1", "DR_at_2", "DE", "version"];
/// let found = registry.detect(&columns.map(String::from)).unwrap();
/// assert_eq!(found.about().name, "cow-diplomatic");
/// ```
pub struct Registry {
    importers: Vec<Box<dyn Importer>>,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.importers.iter().map(|importer| importer.about().name)).finish()
    }
}

impl Default for Registry {
    fn default() -> Self {
        Registry { importers: files::all() }
    }
}

impl Registry {
    /// Adds an importer of your own.
    pub fn register(&mut self, importer: Box<dyn Importer>) {
        self.importers.push(importer);
    }

    /// All of them.
    pub fn importers(&self) -> impl Iterator<Item = &dyn Importer> {
        self.importers.iter().map(AsRef::as_ref)
    }

    /// The one of a name.
    ///
    /// # Errors
    /// [`ImportError::Asked`] if there is none.
    pub fn named(&self, name: &str) -> Result<&dyn Importer, ImportError> {
        let names: Vec<&str> = self.importers().map(|importer| importer.about().name).collect();
        self.importers().find(|importer| importer.about().name == name).ok_or_else(|| {
            ImportError::asked(
                format!("there is no importer `{name}`{}", did_you_mean(name, names.iter().copied())),
                format!("Known: {}.", names.join(", ")),
            )
        })
    }

    /// The one that knows a header: of several the one that asks for most columns.
    #[must_use]
    pub fn detect(&self, header: &[String]) -> Option<&dyn Importer> {
        let known = self
            .importers()
            .flat_map(|importer| importer.about().known_by.iter().map(move |columns| (importer, columns)));
        let fits = known.filter(|(_, columns)| missing(header, columns).is_empty());
        // The first of equals.
        fits.min_by_key(|(_, columns)| std::cmp::Reverse(columns.len())).map(|(importer, _)| importer)
    }

    /// Reads a file as what its header says, or as what a user says.
    ///
    /// # Errors
    /// [`ImportError`] if the kind is not known, or the file is wrong.
    pub fn import(
        &self,
        path: &Path,
        named: Option<&str>,
        settings: &Settings,
    ) -> Result<Imported, ImportError> {
        let named = named.map(|name| self.named(name)).transpose()?;
        let file = TextFile::open(path)?;
        let importer = match named {
            Some(importer) => importer,
            None => self.detect(file.header()).ok_or_else(|| self.unknown(&file))?,
        };
        let about = importer.about();
        let log = ImportLog {
            file: file.path().to_owned(),
            importer: about.name.to_owned(),
            what: about.what.to_owned(),
            citation: about.citation.to_owned(),
            notes: file.remarks(),
            ..ImportLog::default()
        };
        let mut reading = Reading { file, settings, states: States::default(), log };
        let tables = importer.read(&mut reading)?;
        let mut log = reading.log;
        log.rows = reading.file.n_rows();
        log.unresolved = reading.states.unresolved().clone();
        tables.iter().for_each(|table| log.table(table));
        if tables.iter().all(Table::is_empty) {
            return Err(ImportError::file(
                reading.file.path(),
                format!(
                    "nothing was kept of {}: {} are of other years, {} name no actor",
                    crate::error::count(log.rows, "row", "rows"),
                    log.other_years,
                    log.unresolved_rows
                ),
                "Look at the years and the codes of states.",
            ));
        }
        Ok(Imported { tables, log })
    }

    // The nearest kind and what it lacks, and what else there is.
    fn unknown(&self, file: &TextFile) -> ImportError {
        let sets = self.importers().flat_map(|importer| {
            importer.about().known_by.iter().map(move |columns| (importer.about(), columns))
        });
        let lack = |columns: &[&str]| missing(file.header(), columns).len();
        let nearest = sets
            .filter(|(_, columns)| lack(columns) < columns.len())
            .min_by_key(|(_, columns)| (100 * lack(columns)) / columns.len().max(1));
        let mut text = match nearest {
            Some((about, columns)) => format!(
                "Nearest: {} ({}), which also has {}.\n",
                about.name,
                about.what,
                missing(file.header(), columns).join(", ")
            ),
            None => String::new(),
        };
        text += &format!("Its columns are {}.\nKnown files:\n", some_of(file.header(), 20));
        for about in self.importers().map(Importer::about) {
            text += &format!("  {:<16} {} ({})\n", about.name, about.what, about.usual);
        }
        text += "If it is one of them, say so with its name.";
        ImportError::UnknownKind { path: file.path().to_owned(), nearest: text }
    }
}

fn missing<'c>(header: &[String], columns: &[&'c str]) -> Vec<&'c str> {
    columns
        .iter()
        .filter(|column| !header.iter().any(|name| name.eq_ignore_ascii_case(column)))
        .copied()
        .collect()
}

//! `normwave import`.

use crate::folder::{RunFolder, Target};
use crate::{Failure, ImportArgs, output, words};
use normwave_import::{ImportError, Registry, Settings};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Turns standard files into tables of scenarios, or lists what is known.
///
/// # Errors
/// [`Failure::BadInput`] if a file is not known or wrong; [`Failure::Other`] if nothing can be written.
pub(crate) fn import(args: &ImportArgs) -> Result<(), Failure> {
    let registry = Registry::default();
    let Some(out) = args.out.as_ref().filter(|_| !args.list) else {
        return output::answer(&list(&registry));
    };
    if std::fs::symlink_metadata(out).is_ok() {
        let out = out.display();
        return Err(Failure::BadInput(format!("{out} exists\nGive a new folder with --out.")));
    }
    let settings = Settings { from: args.from, until: args.until, measures: args.measure.clone() };
    if let (Some(from), Some(until)) = (args.from, args.until)
        && until <= from
    {
        return Err(Failure::BadInput(format!(
            "no year is from {from} and before {until}\n--until is the first year that is no longer read."
        )));
    }
    let folder = RunFolder::begin(Target::Named { path: out.clone(), force: false })?;
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    let (mut short, mut full) = (String::new(), String::new());
    for path in &args.files {
        let imported = registry.import(path, args.kind.as_deref(), &settings).map_err(wrong)?;
        for table in imported.tables.iter().filter(|table| !table.is_empty()) {
            let this = path.display().to_string();
            if let Some(other) = written.insert(table.file(), this.clone()) {
                return Err(Failure::BadInput(format!(
                    "both {other} and {this} make {}\nImport them into two folders.",
                    table.file()
                )));
            }
            folder.write(&table.file(), &table.to_csv())?;
        }
        short += &imported.log.short();
        let line = if full.is_empty() { "" } else { "\n" };
        let _ = write!(full, "{line}{}", imported.log.full());
    }
    folder.write("import.log", &full)?;
    let out = folder.finish()?;
    let tables = words::count(written.len(), "table", "tables");
    output::answer(&format!("{short}{}: {tables} and import.log", out.display()))
}

fn list(registry: &Registry) -> String {
    let mut text = String::new();
    for about in registry.importers().map(|importer| importer.about()) {
        let _ = writeln!(text, "{}: {}", about.name, about.what);
        text += &words::wrapped(about.usual, "    ", 100);
        text += &words::wrapped(&format!("gives {}", about.makes), "    ", 100);
    }
    text
}

fn wrong(error: ImportError) -> Failure {
    let said = error.to_string();
    Failure::BadInput(match error {
        ImportError::UnknownKind { .. } => format!("{} with --as NAME.", said.trim_end_matches('.')),
        _ => said,
    })
}

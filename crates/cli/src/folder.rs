//! The run folder: written whole or not at all.

use crate::Failure;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Where a run folder goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Here; an earlier run is replaced only if told.
    Named {
        /// The folder.
        path: PathBuf,
        /// Whether to replace an earlier run.
        force: bool,
    },
    /// At the first free of `parent/stem-1`, `parent/stem-2`, …
    Numbered {
        /// The folder around it.
        parent: PathBuf,
        /// What it is called.
        stem: String,
    },
}

/// The file by which a run folder is known.
const MARK: &str = "manifest.json";

/// A run folder in the making: a hidden folder beside its target, which is renamed at the end. If
/// it is dropped before, nothing is left.
#[derive(Debug)]
pub(crate) struct RunFolder {
    target: Target,
    // Dropped in this order: first the files, then the folders made around them.
    draft: TempDir,
    _around: Around,
}

// Folders that had to be made; taken away again if they are left empty.
#[derive(Debug)]
struct Around(Vec<PathBuf>);

impl Drop for Around {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Fails where something was put inside, as it should.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

impl RunFolder {
    /// Begins a folder.
    ///
    /// # Errors
    /// [`Failure::BadInput`] if the target exists and may not be replaced; [`Failure::Other`] if
    /// nothing can be written there.
    pub(crate) fn begin(target: Target) -> Result<Self, Failure> {
        let parent = match &target {
            Target::Named { path, force } => {
                check_free(path, *force)?;
                path.parent().unwrap_or(Path::new(""))
            }
            Target::Numbered { parent, .. } => parent,
        };
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let missing: Vec<PathBuf> =
            parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        let around = Around(missing.into_iter().filter(|folder| !folder.as_os_str().is_empty()).collect());
        std::fs::create_dir_all(parent).map_err(|error| Failure::io(parent, &error))?;
        let draft = draft_in(parent).map_err(|error| Failure::io(parent, &error))?;
        Ok(RunFolder { target, draft, _around: around })
    }

    /// Writes a file at a path inside the folder.
    ///
    /// # Errors
    /// [`Failure::Other`] if it cannot be written.
    pub(crate) fn write(&self, path: &str, contents: &str) -> Result<(), Failure> {
        let path = self.draft.path().join(path);
        let folder = path.parent().unwrap_or(self.draft.path());
        std::fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
        std::fs::write(&path, contents).map_err(|error| Failure::io(&path, &error))
    }

    /// Puts the folder in its place, and says where that is.
    ///
    /// # Errors
    /// [`Failure`] if something has come into its way.
    pub(crate) fn finish(self) -> Result<PathBuf, Failure> {
        let path = match &self.target {
            Target::Named { path, force } => {
                check_free(path, *force)?;
                path.clone()
            }
            Target::Numbered { parent, stem } => first_free(parent, stem),
        };
        let failed = |error: std::io::Error| Failure::io(&path, &error);
        if path.exists() {
            // The old folder steps aside, so that it can come back if the new one cannot be put in place.
            let aside =
                draft_in(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))
                    .map_err(failed)?;
            let old = aside.path().join("old");
            std::fs::rename(&path, &old).map_err(failed)?;
            if let Err(error) = std::fs::rename(self.draft.path(), &path) {
                std::fs::rename(&old, &path).map_err(failed)?;
                return Err(failed(error));
            }
        } else {
            std::fs::rename(self.draft.path(), &path).map_err(failed)?;
        }
        // It is not where it was, so there is nothing to take away.
        let _ = self.draft.keep();
        Ok(path)
    }
}

fn first_free(parent: &Path, stem: &str) -> PathBuf {
    let numbered = (1u32..).map(|no| parent.join(format!("{stem}-{no}")));
    let mut free = numbered.skip_while(|path| path.exists());
    free.next().unwrap_or_else(|| parent.join(stem))
}

// Refuses what exists, unless it is a run folder (or empty) and may be replaced.
fn check_free(path: &Path, force: bool) -> Result<(), Failure> {
    if path.file_name().is_none() {
        return Err(Failure::BadInput(format!(
            "{}: a run cannot be written there; name a new folder",
            path.display()
        )));
    }
    if std::fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    let is_run = path.is_dir() && path.join(MARK).is_file();
    let is_empty = path.read_dir().is_ok_and(|mut entries| entries.next().is_none());
    match (force, is_run || is_empty) {
        (true, true) => Ok(()),
        (true, false) => Err(Failure::BadInput(format!(
            "{} exists and is no run folder, so that it is not replaced\nGive another folder with --out.",
            path.display()
        ))),
        (false, _) => Err(Failure::BadInput(format!(
            "{} exists\nGive another folder with --out, or replace an earlier run with --force.",
            path.display()
        ))),
    }
}

fn draft_in(parent: &Path) -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".normwave-");
    #[cfg(unix)]
    {
        // As any other folder: what the umask leaves.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_that_is_given_up_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let target = Target::Numbered { parent: home.path().join("a/b"), stem: "star".to_owned() };
        let folder = RunFolder::begin(target).unwrap();
        folder.write("figures/one.svg", "<svg/>").unwrap();
        assert_eq!(names(home.path()), ["a"]);
        drop(folder);
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn numbers_count_up_and_names_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let target = Target::Numbered { parent: home.path().join("runs"), stem: "star".to_owned() };
        for no in 1..=2 {
            let folder = RunFolder::begin(target.clone()).unwrap();
            folder.write(MARK, "{}").unwrap();
            assert_eq!(folder.finish().unwrap(), home.path().join(format!("runs/star-{no}")));
        }
        assert_eq!(names(&home.path().join("runs")), ["star-1", "star-2"]);
    }

    #[test]
    fn only_an_earlier_run_is_replaced_and_only_if_told() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run");
        let named = |force| Target::Named { path: path.clone(), force };
        let write = |force, text: &str| {
            let folder = RunFolder::begin(named(force))?;
            folder.write(MARK, text)?;
            folder.finish()
        };
        write(false, "one").unwrap();
        assert!(
            matches!(write(false, "two"), Err(Failure::BadInput(message)) if message.contains("--force"))
        );
        write(true, "two").unwrap();
        assert_eq!(std::fs::read_to_string(path.join(MARK)).unwrap(), "two");
        std::fs::rename(path.join(MARK), path.join("thesis.tex")).unwrap();
        assert!(
            matches!(write(true, "three"), Err(Failure::BadInput(message)) if message.contains("no run folder"))
        );
        assert_eq!(names(home.path()), ["run"]);
    }
}

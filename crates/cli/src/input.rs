//! The scenario that is meant: a bundled case or a file.

use crate::Failure;
use normwave_cases::{Case, case, cases};
use normwave_scenario::{Files, Folder, InMemory, Overrides, Registries, Scenario};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A scenario's text, and where its tables are.
#[derive(Clone, Debug)]
pub struct Input {
    /// The bundled case, if it is one.
    pub case: Option<&'static str>,
    /// The file's name in messages.
    pub file: String,
    /// A short name, such as for a folder.
    pub stem: String,
    /// The scenario file.
    pub text: String,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Bundled(InMemory),
    Folder(Folder),
}

impl Input {
    /// Finds what an argument means. The name of a case beats that of a file, unless the argument
    /// has a path separator or ends in `.toml`.
    ///
    /// # Errors
    /// [`Failure::BadInput`] if there is neither such a case nor such a file.
    pub fn find(argument: &str) -> Result<Self, Failure> {
        let path = Path::new(argument);
        let is_path = argument.contains(['/', '\\']) || argument.to_ascii_lowercase().ends_with(".toml");
        match case(argument).filter(|_| !is_path) {
            Some(case) => Ok(Input::bundled(&case)),
            None if is_path || path.is_file() => Input::file(path),
            None => Err(unknown_case(argument)),
        }
    }

    /// A bundled case.
    #[must_use]
    pub fn bundled(case: &Case) -> Self {
        Input {
            case: Some(case.name),
            file: case.file_name(),
            stem: case.name.to_owned(),
            text: case.text.to_owned(),
            place: Place::Bundled(case.tables()),
        }
    }

    fn file(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let why = match error.kind() {
                std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
                std::io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
                std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
                _ => error.to_string(),
            };
            Failure::BadInput(format!(
                "{}: {why}\nGive the path of a scenario file, or the name of a case: {}.",
                path.display(),
                case_names()
            ))
        })?;
        let stem = path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy());
        Ok(Input {
            case: None,
            file: path.display().to_string(),
            stem: stem.into_owned(),
            text,
            place: Place::Folder(Folder(path.parent().map_or_else(PathBuf::new, Path::to_path_buf))),
        })
    }

    fn files(&self) -> &dyn Files {
        match &self.place {
            Place::Bundled(files) => files,
            Place::Folder(folder) => folder,
        }
    }

    /// Reads the scenario, and takes down the BLAKE3 hashes of its file and of every table that it
    /// names.
    ///
    /// # Errors
    /// [`Failure::BadInput`] with what is wrong.
    pub fn read(&self, overrides: &Overrides) -> Result<(Scenario, BTreeMap<String, String>), Failure> {
        let files = Recorded { inner: self.files(), hashes: RefCell::default() };
        let scenario = Scenario::read(&self.file, &self.text, &files, &Registries::default(), overrides)?;
        let mut hashes = files.hashes.into_inner();
        hashes.insert(self.file.clone(), hash(&self.text));
        Ok((scenario, hashes))
    }
}

// Files whose contents are hashed as they are read.
struct Recorded<'a> {
    inner: &'a dyn Files,
    hashes: RefCell<BTreeMap<String, String>>,
}

impl Files for Recorded<'_> {
    fn read(&self, path: &str) -> std::io::Result<String> {
        let text = self.inner.read(path)?;
        self.hashes.borrow_mut().insert(path.to_owned(), hash(&text));
        Ok(text)
    }
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn case_names() -> String {
    cases().iter().map(|case| case.name).collect::<Vec<_>>().join(", ")
}

fn unknown_case(name: &str) -> Failure {
    let all = cases();
    let near = crate::words::did_you_mean(name, all.iter().map(|case| case.name));
    Failure::BadInput(format!(
        "there is no case `{name}`{near}\nCases: {}. For a file of your own give its path, such as ./{name}.toml.",
        case_names()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_is_not_there_is_answered_with_those_that_are() {
        let failure = Input::find("stra").unwrap_err();
        assert_eq!(
            failure.to_string(),
            "there is no case `stra`; did you mean `star`?\nCases: CASES. For a file of your own give its path, such as \
             ./stra.toml."
                .replace("CASES", &case_names())
        );
        assert!(matches!(Input::find("./star"), Err(Failure::BadInput(_))), "a path is not a case");
    }

    #[test]
    fn every_file_that_is_read_is_hashed() {
        let input = Input::find("star").unwrap();
        let (_, hashes) = input.read(&Overrides::default()).unwrap();
        assert_eq!(hashes.keys().collect::<Vec<_>>(), ["star/scenario.toml"]);
        assert_eq!(hashes["star/scenario.toml"].len(), 64);
    }
}

//! The scenario that is meant: a bundled case or a file.

use crate::Failure;
use normwave_cases::{Case, case, cases};
use normwave_scenario::{
    Files, Folder, InMemory, MAX_SCENARIO_BYTES, Overrides, Registries, Scenario, TextError, read_text,
};
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
    /// has a path separator or ends in `.toml`. A folder stands for its `scenario.toml`.
    ///
    /// # Errors
    /// [`Failure::BadInput`] if there is neither such a case nor such a file.
    pub fn find(argument: &str) -> Result<Self, Failure> {
        let path = Path::new(argument);
        let is_path = argument.contains(['/', '\\']) || argument.to_ascii_lowercase().ends_with(".toml");
        match case(argument).filter(|_| !is_path) {
            Some(case) => Ok(Input::bundled(&case)),
            None if is_path || path.exists() => Input::file(path),
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
        let within = path.join("scenario.toml");
        if within.is_file() {
            let folder = path.file_name().map_or_else(|| "scenario".into(), |name| name.to_string_lossy());
            return Ok(Input { stem: folder.into_owned(), ..Input::file(&within)? });
        }
        let text = read_text(path, MAX_SCENARIO_BYTES).map_err(|error| unreadable(path, &error))?;
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

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let file = path.display();
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<TextError>()) {
        let line = error.place.as_ref().map_or(String::new(), |place| format!(":{}", place.line));
        let column = error.place.as_ref().map_or(String::new(), |place| format!(", column {}", place.column));
        return Failure::BadInput(format!("{file}{line}: {}{column}\n{}", error.problem, error.remedy));
    }
    let (why, remedy) = match error.kind() {
        std::io::ErrorKind::NotFound => ("there is no such file".to_owned(), scenarios_beside(path)),
        std::io::ErrorKind::IsADirectory => ("it is a folder".to_owned(), scenarios_in(path)),
        std::io::ErrorKind::PermissionDenied => ("it may not be read".to_owned(), None),
        _ => (error.to_string(), None),
    };
    let remedy = remedy.unwrap_or_else(|| {
        format!("Give the path of a scenario file, or the name of a case: {}.", case_names())
    });
    Failure::BadInput(format!("{file}: {why}\n{remedy}"))
}

// The scenario files in a folder, for who named the folder.
fn scenarios_in(folder: &Path) -> Option<String> {
    let files = toml_files(folder);
    let list = files.iter().take(8).map(|name| folder.join(name).display().to_string()).collect::<Vec<_>>();
    (!list.is_empty()).then(|| format!("Scenario files in it: {}.", list.join(", ")))
}

// Those of a similar name in the same folder, for who mistyped one.
fn scenarios_beside(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Some(format!("There is no folder `{}` either.", folder.display()));
    }
    let files = toml_files(folder);
    let near = crate::words::did_you_mean(path.file_name()?.to_str()?, files.iter().map(String::as_str));
    let near = near.strip_prefix("; d")?.to_owned();
    Some(format!("D{near}"))
}

fn toml_files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(1000);
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.to_ascii_lowercase().ends_with(".toml")).collect();
    names.sort_unstable();
    names
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

    fn locate(&self, path: &str) -> Option<PathBuf> {
        let place = self.inner.locate(path)?;
        // What cannot be read is complained of by who reads it.
        let mut hasher = blake3::Hasher::new();
        if std::fs::File::open(&place).and_then(|file| hasher.update_reader(file).map(|_| ())).is_ok() {
            self.hashes.borrow_mut().insert(path.to_owned(), hasher.finalize().to_hex().to_string());
        }
        Some(place)
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

//! A folder to work in, a scenario of one's own, and the command.
#![allow(dead_code, reason = "each test uses what it needs")]

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Ten noisy governments on a ring of ties from a CSV file; a summit in 2004 doubles the pressure.
pub(crate) const SUMMIT: &str = r#"
schema = 1
title = "A summit"
period = { start = 2000-01-01, until = 2008-01-01, tick = "quarter" }
first-adopters = [{ who = ["G0"] }]

[network]
actors = ["actors.csv"]
layer.ring = { file = "ring.csv", undirected = true }

[advocacy]
vigour = [0.5, 1.0]

[factor.moral]
layer = "ring"
kappa = 1.2

[factor.sovereignty-cost]
kappa = 2.0

[moderator.legitimacy]
acts-on = "moral"
toward-new = { linear = { at-zero = 0.8, slope = 1.0 } }

[decision]
rule = "noisy"
rate = 2.0
temperature = 0.7
noise = "fresh"

[event.summit]
title = "A summit"
date = "2004-04"
source = "invented"
change = [{ kappa = "moral", multiply = 2.0 }]
"#;

/// A temporary folder in which the command runs.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Home(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with [`SUMMIT`] and its tables.
    pub(crate) fn with_summit() -> Self {
        let home = Home::new();
        home.put("summit.toml", SUMMIT);
        home.put(
            "actors.csv",
            &(0..10).fold("id,name\n".to_owned(), |csv, i| csv + &format!("G{i},State {i}\n")),
        );
        let ring = (0..10).fold("from,to,strength\n".to_owned(), |csv, i| {
            csv + &format!("G{i},G{},1.0\nG{i},G{},0.37\n", (i + 1) % 10, (i + 2) % 10)
        });
        home.put("ring.csv", &ring);
        home
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// All files inside, sorted, as paths from here.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        collect(self.0.path(), self.0.path(), &mut files);
        files.sort();
        files
    }

    /// `normwave` with these arguments, in this folder.
    pub(crate) fn normwave(&self, arguments: &[&str]) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("normwave");
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    /// What it prints; it must succeed, and say nothing beside its answer.
    pub(crate) fn answer(&self, arguments: &[&str]) -> String {
        let output = self.normwave(arguments).output().expect("it runs");
        let stderr = String::from_utf8(output.stderr).expect("text");
        assert!(output.status.success() && stderr.is_empty(), "{arguments:?}: {:?} {stderr}", output.status);
        String::from_utf8(output.stdout).expect("text")
    }

    /// Its answer as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.answer(arguments)).expect("JSON")
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in folder.read_dir().expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).expect("inside").display().to_string());
        }
    }
}

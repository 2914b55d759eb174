//! The house has floors: a crate may use those above it, never those below (`docs/ARCHITECTURE.md`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

// From top to bottom: (folder, which of ours it may use, what of others it must not use).
const FLOORS: [(&str, &[&str], &[&str]); 18] = [
    ("memory", &[], FILES),
    ("gain-shape", &[], FILES),
    ("network-model", &[], &[]),
    ("tie-file", &["memory", "network-model"], &["csv", "toml", "serde_json", "clap", "indicatif"]),
    ("network-file", &["network-model", "tie-file"], &["csv", "toml", "clap", "indicatif"]),
    ("world", &["network-model"], &[]),
    ("import", &["network-model", "tie-file", "world"], &["toml", "clap", "indicatif"]),
    ("scaffold", &["network-model", "world", "import"], &["clap", "indicatif", "toml", "serde_json"]),
    ("pressure-factors", &["gain-shape", "network-model"], &["csv", "serde_json"]),
    ("moderators", &["gain-shape", "network-model", "pressure-factors"], FILES),
    ("plan", &["memory", "gain-shape"], FILES),
    ("engine", &["memory", "plan"], FILES),
    (
        "scenario",
        &[
            "memory",
            "gain-shape",
            "network-model",
            "tie-file",
            "network-file",
            "world",
            "pressure-factors",
            "moderators",
            "plan",
        ],
        &["clap", "indicatif", "plotters"],
    ),
    (
        "analysis",
        &["gain-shape", "network-model", "world", "pressure-factors", "moderators", "plan", "scenario"],
        &["clap", "indicatif", "plotters"],
    ),
    (
        "cases",
        &[
            "gain-shape",
            "network-model",
            "world",
            "pressure-factors",
            "moderators",
            "plan",
            "engine",
            "scenario",
            "analysis",
        ],
        &["clap", "indicatif", "plotters"],
    ),
    ("report", &[], &["clap", "indicatif"]),
    ("cli", ALL.split_at(16).0, &[]),
    ("normwave", ALL, &[]),
];

const FILES: &[&str] = &["csv", "toml", "serde_json"];
const ALL: &[&str] = &[
    "memory",
    "gain-shape",
    "network-model",
    "tie-file",
    "network-file",
    "world",
    "import",
    "scaffold",
    "pressure-factors",
    "moderators",
    "plan",
    "engine",
    "scenario",
    "analysis",
    "cases",
    "report",
    "cli",
];

// Crates that must not say the engines' name, not even in a comment that compiles.
const DOMAIN: [&str; 11] = [
    "memory",
    "gain-shape",
    "network-model",
    "tie-file",
    "network-file",
    "world",
    "import",
    "scaffold",
    "pressure-factors",
    "moderators",
    "scenario",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn manifest(folder: &str) -> toml::Table {
    let path = root().join("crates").join(folder).join("Cargo.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

// Packages on which a manifest depends to be built, also for some platforms only. Tests may use
// what they like.
fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let platforms = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    let tables = platforms.filter_map(|(_, platform)| platform.as_table()).chain([manifest]);
    let mut found = BTreeSet::new();
    for table in tables {
        for section in ["dependencies", "build-dependencies"] {
            for (name, spec) in table.get(section).and_then(toml::Value::as_table).into_iter().flatten() {
                let package = spec.get("package").and_then(toml::Value::as_str);
                found.insert(package.unwrap_or(name).to_owned());
            }
        }
    }
    found
}

// What a floor uses and must not.
fn offences(folder: &str, manifest: &toml::Table) -> Vec<String> {
    let Some((_, ours, others)) = FLOORS.iter().find(|floor| floor.0 == folder) else {
        return vec![format!(
            "crates/{folder} has no floor: add it to tests/floors.rs and docs/ARCHITECTURE.md"
        )];
    };
    let mut offences = Vec::new();
    for package in dependencies(manifest) {
        let own = package.strip_prefix("normwave-").or((package == "normwave").then_some("normwave"));
        let allowed = own.map_or(!others.contains(&package.as_str()), |own| ours.contains(&own));
        if !allowed {
            offences.push(format!("crates/{folder} must not depend on {package}"));
        }
    }
    offences
}

#[test]
fn no_floor_depends_on_one_that_it_must_not_know() {
    let mut offending = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().file_name().into_string().unwrap();
        if root().join("crates").join(&folder).is_dir() {
            offending.extend(offences(&folder, &manifest(&folder)));
        }
    }
    assert!(offending.is_empty(), "{}", offending.join("\n"));
}

#[test]
fn every_floor_is_there() {
    for (folder, _, _) in FLOORS {
        let name = manifest(folder)["package"]["name"].as_str().unwrap().to_owned();
        let expected = if folder == "normwave" { folder.to_owned() } else { format!("normwave-{folder}") };
        assert_eq!(name, expected);
    }
}

#[test]
fn a_floor_uses_those_above_it_only() {
    for (idx, (folder, ours, _)) in FLOORS.iter().enumerate() {
        let above: Vec<&str> = FLOORS[..idx].iter().map(|floor| floor.0).collect();
        assert!(ours.iter().all(|own| above.contains(own)), "{folder}");
    }
}

#[test]
fn the_domain_never_names_an_engine() {
    let mut named = Vec::new();
    let mut folders: Vec<PathBuf> =
        DOMAIN.iter().map(|folder| root().join("crates").join(folder).join("src")).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("normwave_engine")) {
                named.push(path);
            }
        }
    }
    assert!(named.is_empty(), "{named:?}");
}

fn offences_of(folder: &str, text: &str) -> Vec<String> {
    offences(folder, &text.parse().unwrap())
}

#[test]
fn a_floor_that_looks_down_is_caught() {
    let caught = |folder, text| offences_of(folder, text);
    assert_eq!(
        caught("moderators", "[dependencies]\nnormwave-engine.workspace = true"),
        ["crates/moderators must not depend on normwave-engine"]
    );
    assert_eq!(
        caught(
            "plan",
            "[dependencies]\ncsv = \"1\"\nlibm = \"0.2\"\n[build-dependencies]\nnormwave-world = { path = \"..\" }"
        ),
        ["crates/plan must not depend on csv", "crates/plan must not depend on normwave-world"]
    );
    assert_eq!(
        caught("engine", "[dependencies]\nx = { package = \"normwave-scenario\", path = \"..\" }"),
        ["crates/engine must not depend on normwave-scenario"]
    );
    assert_eq!(
        caught("scenario", "[target.'cfg(unix)'.dependencies]\nnormwave-engine = \"1\""),
        ["crates/scenario must not depend on normwave-engine"]
    );
    assert_eq!(
        caught("analysis", "[dependencies]\nnormwave = \"1\""),
        ["crates/analysis must not depend on normwave"]
    );
    assert_eq!(
        caught("attic", ""),
        ["crates/attic has no floor: add it to tests/floors.rs and docs/ARCHITECTURE.md"]
    );
}

#[test]
fn tests_may_depend_on_anything() {
    assert!(offences_of("plan", "[dev-dependencies]\nnormwave-cli = \"1\"\ntoml = \"1\"").is_empty());
}

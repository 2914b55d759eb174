//! Each mechanism decides something: through the command, a small scenario in which a government
//! does what it would not do without it.

use std::path::Path;
use std::process::{Command, Output};

// The file in `flips/`, and the table that makes the difference.
const FLIPS: [(&str, &str, &str); 38] = [
    ("material-incentive", "factor", "promise"),
    ("status", "factor", "standing"),
    ("status-club", "factor", "accession"),
    ("reputation", "factor", "opinion"),
    ("moral", "factor", "plea"),
    ("sovereignty-cost", "factor", "sovereignty"),
    ("security-utility", "factor", "utility"),
    ("emulation", "factor", "example"),
    ("own-interest", "factor", "relief"),
    ("domestic-advocacy", "factor", "home"),
    ("material-sanction", "factor", "threat"),
    ("competition", "factor", "market"),
    ("learning", "factor", "evidence"),
    ("capacity-support", "factor", "help"),
    ("implicit-conditionality", "factor", "signal"),
    ("rising-power", "factor", "rise"),
    ("naming-and-praising", "factor", "praise"),
    ("backlash", "factor", "backlash"),
    ("legitimacy", "moderator", "legitimacy"),
    ("stickiness", "moderator", "stickiness"),
    ("forum", "moderator", "debate"),
    ("cultural-homophily", "moderator", "culture"),
    ("institutional-homophily", "moderator", "institutions"),
    ("security-environment", "moderator", "threat"),
    ("selectorate-salience", "moderator", "salience"),
    ("regime", "moderator", "openness"),
    ("strategic-complementarity", "moderator", "network"),
    ("grafting", "moderator", "grafting"),
    ("structural-equivalence", "moderator", "equivalence"),
    ("proximity", "moderator", "distance"),
    ("multivocal-brokerage", "moderator", "brokerage"),
    ("information", "moderator", "news"),
    ("aid-dependence", "moderator", "reliance"),
    ("capacity", "moderator", "capacity"),
    ("bureaucratic-friction", "moderator", "friction"),
    ("veto", "moderator", "chiefs"),
    ("credibility", "moderator", "credit"),
    ("fit", "moderator", "fit"),
];

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("flips").join(format!("{name}.toml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

// `normwave check` of a scenario.
fn check(name: &str, text: &str) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("{name}.toml"));
    std::fs::write(&path, text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_normwave-command")).arg("check").arg(&path).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn with_its_mechanism_each_scenario_ends_as_theory_says() {
    for (name, _, _) in FLIPS {
        let output = check(name, &text(name));
        assert!(output.status.success(), "{name}: {}", printed(&output));
        assert!(printed(&output).contains("expected outcome: met"), "{name}: {}", printed(&output));
    }
}

#[test]
fn without_its_mechanism_it_does_not() {
    for (name, section, table) in FLIPS {
        let mut file: toml::Table = text(name).parse().unwrap();
        let removed = file[section].as_table_mut().unwrap().remove(table);
        assert!(removed.is_some(), "{name} has no {section}.{table}");
        let output = check(&format!("{name}-without"), &toml::to_string(&file).unwrap());
        assert_eq!(output.status.code(), Some(1), "{name}: {}", printed(&output));
        assert!(printed(&output).contains("NOT met"), "{name}: {}", printed(&output));
    }
}

#[test]
fn every_built_in_mechanism_has_its_flip() {
    let registries = normwave_scenario::Registries::default();
    let types: Vec<String> = FLIPS
        .iter()
        .map(|(name, section, table)| {
            let file: toml::Table = text(name).parse().unwrap();
            file[*section][*table].get("type").map_or(*table, |kind| kind.as_str().unwrap()).to_owned()
        })
        .collect();
    for name in registries.factors.names().chain(registries.moderators.names()) {
        assert!(types.iter().any(|kind| kind == name), "no flip for `{name}`");
    }
}

#[test]
fn every_flip_says_what_theory_it_shows() {
    for (name, _, _) in FLIPS {
        let file: toml::Table = text(name).parse().unwrap();
        assert!(file["theory"].as_str().unwrap().contains("Stuster 2023, §"), "{name}");
    }
}

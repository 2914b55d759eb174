//! Run folders: the same for all engines and threads, whole or not at all, never overwritten unasked.

mod common;

use common::Home;

const TABLES: [&str; 6] =
    ["adoptions.csv", "shares.csv", "ledger.csv", "waves.csv", "influence.csv", "indicators.csv"];

#[test]
fn tables_are_the_same_for_all_engines_and_threads() {
    for schedule in ["synchronous", "random-sequential"] {
        let home = Home::with_summit();
        let schedule = format!("decision.schedule={schedule}");
        let run = |engine: &str, threads: &str| {
            let out = format!("{engine}-{threads}");
            let how = ["--replicates", "20", "--engine", engine, "--threads", threads, "--set", &schedule];
            home.answer(&[&["run", "summit.toml", "--out", &out], &how[..]].concat());
            TABLES.map(|table| home.read(&format!("{out}/{table}")))
        };
        let first = run("sparse", "1");
        assert!(first[0].lines().count() > 50, "something happens: {}", first[0]);
        assert!(first == run("sparse", "2"), "threads");
        assert!(first == run("reference", "1"), "engines");
        assert!(first == run("reference", "2"), "engines and threads");
    }
}

#[test]
fn a_run_without_an_event_is_the_same_until_its_date() {
    let home = Home::with_summit();
    // With the event the quantum must hold 2.4, without it 1.2.
    for (out, without) in [("with", &[][..]), ("without", &["--without", "summit"][..])] {
        home.answer(&[&["run", "summit.toml", "--replicates", "40", "--out", out], without].concat());
    }
    let moves = |out: &str, before: bool| -> Vec<String> {
        let text = home.read(&format!("{out}/adoptions.csv"));
        let date = |line: &str| line.split(',').nth(5).unwrap_or_default().to_owned();
        text.lines()
            .skip(1)
            .filter(|line| (date(line).as_str() < "2004-04") == before)
            .map(str::to_owned)
            .collect()
    };
    assert!(moves("with", true).len() > 40, "something happens before");
    assert_eq!(moves("with", true), moves("without", true));
    assert_ne!(moves("with", false), moves("without", false));
    let shares = |out: &str| home.read(&format!("{out}/shares.csv"));
    let until = |text: &str| text.lines().take_while(|line| !line.starts_with("2004-04")).count();
    let (with, without) = (shares("with"), shares("without"));
    let n = until(&with);
    assert!(n > 60 && with.lines().take(n).eq(without.lines().take(n)));
}

#[test]
fn a_folder_is_replaced_only_if_told() {
    let home = Home::with_summit();
    let run = ["run", "summit.toml", "--replicates", "2", "--out", "a/b/run"];
    home.answer(&run);
    let before = home.read("a/b/run/adoptions.csv");
    let refused = home.normwave(&[&run[..], &["--seed", "2"]].concat()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    assert_eq!(home.read("a/b/run/adoptions.csv"), before);
    home.answer(&[&run[..], &["--seed", "2", "--force"]].concat());
    assert_ne!(home.read("a/b/run/adoptions.csv"), before);
    let around: Vec<_> = home.path("a/b").read_dir().unwrap().collect();
    assert_eq!(around.len(), 1, "{around:?}");
}

#[test]
fn a_report_needs_nothing_else() {
    let home = Home::with_summit();
    home.answer(&["run", "summit.toml", "--replicates", "3", "--out", "r"]);
    let html = home.read("r/report.html");
    for word in ["A summit", "State 9", "invented", "legitimacy", "BLAKE3", "<svg"] {
        assert!(html.contains(word), "{word}");
    }
    for outside in ["<script", "<link", "src=", "@import"] {
        assert!(!html.contains(outside), "{outside}");
    }
    for file in home.files().iter().filter(|file| file.ends_with(".svg")) {
        assert!(home.read(file).starts_with("<svg"), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let home = Home::with_summit();
    let before = home.files();
    let mut run = Command::new(assert_cmd::cargo::cargo_bin!("normwave"))
        .args(["run", "summit.toml", "--replicates", "1000000"])
        .current_dir(home.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It has begun once its hidden folder is there.
    let started = Instant::now();
    while !home.path("runs").exists() && started.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(300));
    let killed = Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let status = run.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert_eq!(home.files(), before);
    assert!(!home.path("runs").exists());
}

//! From a table of adoption dates to a report: `new`, `check`, `run`.

#![allow(clippy::print_stdout, reason = "tests against real data say what they compared")]

mod common;

use common::Home;
use std::path::{Path, PathBuf};

// Invented dates. Names in several spellings, a state that is none, one that ended, one adoption before
// the state was in the system, one withdrawal.
const DATES: &str = "\
Country,Ratified,Withdrawn
Norway,1986-05-01,
Sweden,1987-02-11,
Ivory Coast,1991-06-30,
U.S.A.,1994-01-01,1999-01-01
East Germany,1989-03-01,
Soviet Union,1995-03-01,
Atlantis,1996-04-01,
Slovak Republic,1990-10-10,
\"Korea, Rep.\",1997-07-01,
Frence,1998-01-01,
";

fn new(home: &Home, args: &[&str]) -> String {
    let fixed = ["--from", "1985", "--to", "2000"];
    home.answer(&[&["new"], args, &fixed[..]].concat())
}

#[test]
fn a_table_of_dates_ends_in_a_report() {
    let home = Home::new();
    home.put("dates.csv", DATES);
    let told = new(&home, &["my-norm", "--history", "dates.csv"]);
    assert!(told.starts_with("my-norm: 7 adoptions by states, 7 of them within the period"), "{told}");
    let history = home.read("my-norm/history.csv");
    assert_eq!(
        history,
        "actor,from,until\nNOR,1986-05-01,\nSWE,1987-02-11,\nDDR,1989-03-01,\nCIV,1991-06-30,\nSVK,1993-01-01,\n\
         USA,1994-01-01,1999-01-01\nKOR,1997-07-01,\n"
    );
    // Nothing is dropped without a word.
    let left_out = home.read("my-norm/left-out.csv");
    for (unit, why) in
        [("Atlantis", "no state goes by"), ("Frence", "France"), ("Soviet Union", "until before 1991-12-26")]
    {
        let row = left_out.lines().find(|line| line.contains(unit)).unwrap_or_default();
        assert!(row.contains(why), "{unit}: {left_out}");
        assert!(told.contains(unit), "{told}");
    }
    let readme = home.read("my-norm/README.md");
    assert!(readme.contains("SVK (1990-10-10)"), "{readme}");
    let checked = home.answer(&["check", "my-norm/"]);
    assert!(checked.contains("contiguity") && checked.contains("trade"), "{checked}");
    home.answer(&["run", "my-norm/", "--replicates", "5", "--out", "run"]);
    assert!(home.read("run/report.html").contains("my-norm"));
    assert!(home.read("run/adoptions.csv").lines().count() > 20);
    // What happened stands beside what came out.
    assert!(home.read("run/figures/adoption.svg").contains("adopted: observed"));
}

#[test]
fn states_of_the_united_states_are_a_world_of_their_own() {
    let home = Home::new();
    home.put("dates.csv", "state,year\nNH,1964\nNY,1967\nNJ,1970\nPA,1972\nMA,1972\nMI,1972\nMD,1973\n");
    let told = home.answer(&["new", "lottery", "--history", "dates.csv", "--from", "1960", "--to", "1990"]);
    assert!(told.contains("7 adoptions by states of the United States"), "{told}");
    home.answer(&["run", "lottery/", "--replicates", "5", "--no-report", "--out", "run"]);
    let adopters = home.read("run/adoptions.csv");
    assert!(adopters.contains("VT") || adopters.contains("ME"), "{adopters}");
}

#[test]
fn a_period_beyond_the_packaged_ties_is_said_to_be() {
    let home = Home::new();
    home.put("dates.csv", "country,year\nNew Zealand,1893\nFinland,1906\nSwitzerland,1971\n");
    let told = home.answer(&["new", "vote", "--history", "dates.csv", "--from", "1960", "--to", "2020"]);
    assert!(told.contains("begin in 1980") && told.contains("end in 2016"), "{told}");
    assert!(home.read("vote/README.md").contains("begin in 1980"));
    // New Zealand was no member of the state system in 1893; it holds the norm from its first day.
    assert!(told.contains("counted from their first day: NZL"), "{told}");
    assert!(home.read("vote/scenario.toml").contains("first-adopters = [{ who = ["), "{told}");
}

#[test]
fn what_cannot_be_read_leaves_no_folder_behind() {
    let home = Home::new();
    home.put("strangers.csv", "country,year\nAtlantis,1990\nMordor,1991\nNorway,1992\n");
    home.put("late.csv", "country,year\nNorway,2012\n");
    home.put(
        "two.csv",
        "country,event,date\nNorway,signature,1990\nNorway,ratification,1992\nFrance,signature,1991\n",
    );
    for (file, expected) in [
        ("strangers.csv", "only 1 of 3 units are known"),
        ("late.csv", "nobody adopted before 2001-01-01"),
        ("two.csv", "--event"),
        ("none.csv", "none.csv"),
    ] {
        let told = refusal(&home, &["new", "norm", "--history", file, "--from", "1985", "--to", "2000"]);
        assert!(told.contains(expected), "{file}: {told}");
        assert!(!home.path("norm").exists(), "{file}");
    }
    home.put("dates.csv", DATES);
    let told = refusal(&home, &["new", "norm", "--history", "dates.csv", "--from", "2000", "--to", "1985"]);
    assert!(told.contains("ends on 1986-01-01 before it begins"), "{told}");
    new(&home, &["norm", "--history", "dates.csv"]);
    let told = refusal(&home, &["new", "norm", "--history", "dates.csv", "--from", "1985", "--to", "2000"]);
    assert!(told.contains("norm exists"), "{told}");
}

// The real histories beside the project, if they are there.
#[test]
fn real_histories_become_scenarios_that_run() {
    let Some(norms) = norms() else {
        println!("skipped: ../shared/data/norms is not there");
        return;
    };
    let treaty = |only: &'static str, events: &[&'static str]| {
        let events = events.iter().flat_map(|event| ["--event", event]);
        ["treaties.csv", "--only", only].into_iter().chain(events).collect::<Vec<_>>()
    };
    let joined = ["ratification", "accession"];
    let cases = [
        ("rome", treaty("treaty=rome_statute", &joined), ("1998", "2014"), 100),
        ("torture", treaty("treaty=cat", &joined), ("1984", "2014"), 130),
        (
            "paris",
            treaty("treaty=paris_agreement", &["ratification", "accession", "acceptance", "approval"]),
            ("2015", "2016"),
            90,
        ),
        ("suffrage", vec!["suffrage_pipe.csv", "--event", "women_vote_first"], ("1980", "2008"), 60),
        ("death-penalty", vec!["death_penalty_cdpd.csv", "--event", "abolished_all"], ("1980", "2014"), 70),
        ("us-lottery", vec!["us_state_policies.csv", "--only", "policy=lott"], ("1964", "2000"), 30),
    ];
    for (name, history, (from, to), least) in cases {
        let home = Home::new();
        let file = norms.join(history[0]).display().to_string();
        let args = [&["new", name, "--history", &file, "--from", from, "--to", to], &history[1..]].concat();
        let told = home.answer(&args);
        let n: usize = told.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
        println!("{told}");
        assert!(n >= least, "{name}: {told}");
        home.answer(&["run", &format!("{name}/"), "--replicates", "3", "--no-report", "--out", "run"]);
        assert!(home.read("run/shares.csv").lines().count() > 2, "{name}");
    }
}

fn norms() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/norms");
    path.is_dir().then_some(path)
}

// What a refused command says; it must end with 2.
fn refusal(home: &Home, arguments: &[&str]) -> String {
    let output = home.normwave(arguments).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

//! `normwave describe`: what it prints and writes, and what it refuses.

mod common;

use common::Home;

const SCENARIO: &str = r#"
schema = 1
title = "Five states"
history = "history.csv"
period = { start = 2000-01-01, until = 2008-01-01, tick = "year" }
norm.position = [{ name = "none" }, { name = "signed" }, { name = "ratified" }]
norm.versions = "graded"

[network]
actor = [{ id = "A" }, { id = "B" }, { id = "C" }, { id = "D" }, { id = "E", until = 2003-01-01 }]
attribute.wealth = { values = { A = 1, B = 2, C = 3, D = 4 } }
layer.ties.ties = [
  { from = "A", to = "B" }, { from = "B", to = "C" }, { from = "C", to = "D", strength = 3 },
  { from = "A", to = "D" },
]
layer.none.ties = []
"#;

const HISTORY: &str =
    "actor,from,position\nA,1999,ratified\nB,2001,signed\nB,2003,ratified\nC,2005,ratified\n";

fn home() -> Home {
    let home = Home::new();
    std::fs::create_dir(home.path("five")).unwrap();
    home.put("five/scenario.toml", SCENARIO);
    home.put("five/history.csv", HISTORY);
    home
}

#[test]
fn a_folder_is_described_by_its_history() {
    let text = home().answer(&["describe", "./five"]);
    assert!(text.starts_with("Five states\nObserved adoptions of “ratified”, 2000 to 2007"), "{text}");
    assert!(text.contains("5 governments: 1 adopted before the period, 2 in it, 2 did not."), "{text}");
    assert!(
        text.contains("Not within the period: 2. Their times are censored, 1 of them at the end"),
        "{text}"
    );
    assert!(text.contains("Layers without a tie between two of these governments in the period"), "{text}");
    assert!(text.contains("Bass model: no fit, since"), "{text}");
}

#[test]
fn holding_more_counts_for_less_where_versions_are_graded() {
    let home = home();
    let adopted = |position: &str| {
        let all = home.json(&["describe", "./five", "--position", position, "--json"]);
        let of = |no: usize| all["governments"][no]["adopted"].as_str().unwrap_or("-").to_owned();
        (all["describes"]["adopted"].as_str().unwrap().to_owned(), of(1), of(2))
    };
    assert_eq!(adopted("signed"), ("signed or more".into(), "2001".into(), "2005".into()));
    assert_eq!(adopted("2"), ("ratified".into(), "2003".into(), "2005".into()));
}

#[test]
fn json_has_everything_that_was_computed() {
    let all = home().json(&["describe", "./five", "--unweighted", "--permutations", "49", "--json"]);
    assert_eq!(all["describes"]["origin"], "observed");
    assert_eq!(all["hazard"][3]["at_risk"], 3);
    // B, C and D at risk in 2003, of whom B adopts; D hears of C by 3 and of A by 1.
    assert!((all["kaplan_meier"][3]["share"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-12);
    let ties = all["layers"].as_array().unwrap().iter().find(|layer| layer["name"] == "ties").unwrap();
    let exposure = &ties["exposure"]["cohesion"];
    assert_eq!(
        exposure["lagged_threshold"]["by_government"],
        serde_json::json!([null, 1.0, 1.0, null, null])
    );
    assert!(ties["ticks"][5]["moran"]["p"].as_f64().is_some_and(|p| (0.02..=1.0).contains(&p)));
    assert_eq!(all["rates"][0]["attribute"], "wealth");
    assert!(all["missing"].as_array().unwrap().len() >= 3);
}

#[test]
fn a_folder_with_tables_figures_and_a_page_is_written() {
    let home = home();
    let text = home.answer(&["describe", "./five", "--out", "told"]);
    assert!(text.trim_end().ends_with("Wrote told"), "{text}");
    let files = home.files();
    for file in [
        "manifest.json",
        "governments.csv",
        "course.csv",
        "layers.csv",
        "exposure.csv",
        "thresholds.csv",
        "categories.csv",
        "rates.csv",
        "report.html",
        "figures/adopters.svg",
        "figures/kaplan-meier.svg",
        "figures/hazard.svg",
        "figures/moran.svg",
        "figures/thresholds-ties.svg",
    ] {
        assert!(files.contains(&format!("told/{file}")), "{file} in {files:?}");
    }
    let governments = home.read("told/governments.csv");
    assert!(governments.contains("\nB,B,within,2003,early majority,"), "{governments}");
    assert!(governments.contains("\nA,A,before,,before the period,"), "{governments}");
    // E is gone from 2003 on: three years of eight in each of two kinds of two layers.
    let exposure = home.read("told/exposure.csv");
    assert_eq!(exposure.lines().filter(|line| line.contains(",E,")).count(), 3 * 4);
    let again = home.normwave(&["describe", "./five", "--out", "told"]).output().unwrap();
    assert_eq!(again.status.code(), Some(2));
    home.answer(&["describe", "./five", "--out", "told", "--force"]);
}

#[test]
fn without_a_history_the_run_is_described_and_that_is_said() {
    let text = Home::new().answer(&["describe", "star"]);
    assert!(
        text.contains("Simulated, not observed: adoptions of “adopted” in the run without noise"),
        "{text}"
    );
    assert!(text.contains("The scenario names no history."), "{text}");
    let home = home();
    let simulated = home.answer(&["describe", "./five", "--simulated"]);
    assert!(simulated.contains("The scenario's history is left aside."), "{simulated}");
}

#[test]
fn a_layer_or_position_that_is_not_there_is_refused() {
    let home = home();
    for (flag, name) in [("--layer", "trade"), ("--position", "singed")] {
        let output = home.normwave(&["describe", "./five", flag, name]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(name), "{said}");
    }
}

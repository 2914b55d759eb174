//! Files of ties: converting them, and scenarios that name them.

mod common;

use common::Home;

// Who follows whom, more and less strongly; Z follows nobody and is followed.
const TIES: &str = "from,to,strength\n\
    A,B,1\nA,C,0.5\nB,C,1\nC,D,2\nD,E,1\nB,E,0.25\nE,F,1\nF,A,1\nF,Z,1\n10,A,1\n9,10,1\nA,9,1\n";

const SCENARIO: &str = r#"
schema = 1
title = "A network from a file"
period = { start = 2000, until = 2020, tick = "year" }
first-adopters = [{ who = ["A"] }]

[network]
actors = { ties = "FILE" }
layer.ties.file = "FILE"

[factor.moral]
layer = "ties"
exposure = "mean"

[decision]
rule = "at-least"
threshold = 0.25
"#;

fn with_ties() -> Home {
    let home = Home::new();
    home.put("net.csv", TIES);
    home
}

#[track_caller]
fn refused(home: &Home, arguments: &[&str], words: &[&str]) {
    let before = home.files();
    let output = home.normwave(arguments).output().expect("it runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
    for word in words {
        assert!(stderr.contains(word), "{arguments:?}: `{word}` in: {stderr}");
    }
    assert_eq!(home.files(), before, "{arguments:?} left something behind");
}

#[test]
fn a_scenario_ends_the_same_from_every_format() {
    let home = with_ties();
    home.answer(&["network", "convert", "net.csv", "net.ties"]);
    home.answer(&["network", "convert", "net.ties", "net.parquet"]);
    home.answer(&["network", "convert", "net.parquet", "again.tsv"]);
    home.answer(&["network", "convert", "again.tsv", "again.ties"]);
    let bytes = |path| std::fs::read(home.path(path)).expect("a file");
    assert!(bytes("net.ties") == bytes("again.ties"));
    for extension in ["csv", "ties", "parquet"] {
        home.put("large.toml", &SCENARIO.replace("FILE", &format!("net.{extension}")));
        home.answer(&["run", "large.toml", "--out", extension]);
    }
    let adoptions = home.read("ties/adoptions.csv");
    assert!(adoptions.lines().count() > 5, "{adoptions}");
    for table in ["adoptions.csv", "shares.csv", "ledger.csv", "influence.csv"] {
        let [csv, ties, parquet] = ["csv", "ties", "parquet"].map(|run| home.read(&format!("{run}/{table}")));
        assert!(csv == ties && ties == parquet, "{table} differs");
    }
    let manifest: serde_json::Value = serde_json::from_str(&home.read("ties/manifest.json")).expect("JSON");
    assert_eq!(manifest["blake3"]["net.ties"], blake3::hash(&bytes("net.ties")).to_hex().as_str());
}

#[test]
fn undirected_ties_press_in_both_directions_wherever_it_is_said() {
    let home = with_ties();
    home.answer(&["network", "convert", "net.csv", "both.ties", "--undirected"]);
    home.answer(&["network", "convert", "net.csv", "net.ties"]);
    let inside = [
        ("csv", "layer.ties = { file = \"net.csv\", undirected = true }"),
        ("layer", "layer.ties = { file = \"net.ties\", undirected = true }"),
        ("file", "layer.ties.file = \"both.ties\""),
    ];
    for (run, layer) in inside {
        let scenario = SCENARIO.replace("layer.ties.file = \"FILE\"", layer).replace("FILE", "net.csv");
        home.put("large.toml", &scenario);
        home.answer(&["run", "large.toml", "--out", run]);
    }
    let [csv, layer, file] = ["csv", "layer", "file"].map(|run| home.read(&format!("{run}/ledger.csv")));
    assert!(csv == layer && layer == file);
    // Without `undirected` nobody listens to Z.
    assert!(csv.contains(",Z,"), "{csv}");
}

#[test]
fn ties_of_a_file_go_beside_others_of_the_layer_and_events_change_them() {
    let home = with_ties();
    home.answer(&["network", "convert", "net.csv", "net.ties"]);
    let more = "layer.ties.ties = [{ from = \"Z\", to = \"B\", strength = 3 }]\n\n[factor";
    let event = "\n[event.end]\ndate = 2003\nsource = \"invented\"\nchange = [{ layer = \"ties\", who = \"D\", set = 0 }]\n";
    for extension in ["csv", "ties"] {
        let scenario =
            SCENARIO.replace("FILE", &format!("net.{extension}")).replacen("\n[factor", more, 1) + event;
        home.put("large.toml", &scenario);
        home.answer(&["run", "large.toml", "--out", extension]);
    }
    let [csv, ties] = ["csv", "ties"].map(|run| home.read(&format!("{run}/ledger.csv")));
    assert_eq!(csv, ties);
    let twice = SCENARIO.replace("FILE", "net.ties").replacen(
        "\n[factor",
        "layer.ties.ties = [{ from = \"A\", to = \"B\" }]\n\n[factor",
        1,
    );
    home.put("twice.toml", &twice);
    refused(
        &home,
        &["check", "twice.toml"],
        &["the tie A -> B is given twice for the same time: also by net.ties"],
    );
}

#[test]
fn convert_says_what_it_wrote() {
    let home = with_ties();
    assert_eq!(home.answer(&["network", "convert", "net.csv", "net.ties"]), "net.ties: 9 actors, 12 ties\n");
    let json = home.json(&["network", "convert", "net.csv", "und.ties", "--undirected", "--json"]);
    assert_eq!(json["ties"], 12);
    assert_eq!(json["undirected"], true);
    assert_eq!(
        home.answer(&["network", "convert", "und.ties", "und.csv"]),
        "und.csv: 9 actors, 12 undirected ties, a row for each direction\n"
    );
    assert_eq!(home.read("und.csv").lines().count(), 25);
    home.put("plain.csv", "source,target,year\n0,1,1990\n1,2,1990\n");
    let columns = ["--from", "source", "--to", "target", "--ignore-others"];
    let plain = [&["network", "convert", "plain.csv", "plain.ties"][..], &columns].concat();
    assert_eq!(home.answer(&plain), "plain.ties: 3 actors, 2 ties, all of strength 1\n");
    home.answer(&["network", "convert", "plain.ties", "plain.tsv"]);
    assert_eq!(home.read("plain.tsv"), "from\tto\n0\t1\n1\t2\n");
}

#[test]
fn convert_refuses_what_is_wrong_and_leaves_everything_as_it_was() {
    let home = with_ties();
    let convert = |from, to, more: &[&str], words: &[&str]| {
        refused(&home, &[&["network", "convert", from, to][..], more].concat(), words);
    };
    convert("none.csv", "x.ties", &[], &["none.csv: there is no such file"]);
    convert("net.csv", "x.xlsx", &[], &["x.xlsx", "`.xlsx`", ".csv, .tsv", "--to-format FORMAT"]);
    convert("net.csv", "none/x.ties", &[], &["there is no folder `none`"]);
    convert("net.csv", "x.ties", &["--from", "sender"], &["no column `sender`", "`from`, `to`, `strength`"]);
    home.put("bad.csv", "from,to\nA,B\nB,B\n");
    convert("bad.csv", "x.ties", &[], &["bad.csv: line 3: B is tied to itself"]);
    home.put("net.ties", "from,to\nA,B\n");
    convert(
        "net.ties",
        "x.csv",
        &[],
        &["net.ties: this is no tie file: it is text", "normwave network convert"],
    );
    convert("net.csv", "net.ties", &[], &["net.ties: the file exists", "--force"]);
    home.answer(&["network", "convert", "net.csv", "net.ties", "--force"]);
    convert("net.ties", "x.csv", &["--undirected"], &["--undirected does not go with net.ties"]);
    let mut cut = std::fs::read(home.path("net.ties")).expect("a file");
    cut.pop();
    std::fs::write(home.path("net.ties"), cut).expect("written");
    convert("net.ties", "x.csv", &[], &["cut short", "Copy it again"]);
}

#[test]
fn a_scenario_says_what_is_wrong_with_its_file_of_ties() {
    let home = with_ties();
    let wrong = |scenario: &str, words: &[&str]| {
        home.put("large.toml", scenario);
        refused(&home, &["check", "large.toml"], words);
    };
    let scenario = SCENARIO.replace("FILE", "net.ties");
    wrong(&scenario, &["large.toml:8: [network] actors", "`net.ties`: there is no such file"]);
    home.put("net.ties", "from,to\nA,B\n");
    wrong(&scenario, &["`net.ties`: this is no tie file: it is text"]);
    home.answer(&["network", "convert", "net.csv", "net.ties", "--force"]);
    let few =
        scenario.replace("actors = { ties = \"net.ties\" }", "actor = [{ id = \"A\" }, { id = \"B\" }]");
    wrong(&few, &["`net.ties`: there is no actor `9`", "actors = { ties = \"net.ties\" }"]);
    wrong(&scenario.replace("{ ties =", "{ tie ="), &["unknown key `tie`; did you mean `ties`?"]);
    let both = scenario.replace("layer.ties.file = ", "layer.ties.undirected = true\nlayer.ties.file = ");
    home.put("pair.csv", "from,to\nA,B\nB,A\n");
    home.answer(&["network", "convert", "pair.csv", "net.ties", "--force"]);
    wrong(&both, &["is given twice", "leave `undirected` out"]);
}

//! The calls that must work, on cases small enough to know the answers.

mod common;

use common::{Home, SUMMIT};

#[test]
fn cases_are_listed() {
    let home = Home::new();
    let text = home.answer(&["cases"]);
    for name in ["ego", "star", "islands", "florentine"] {
        assert!(text.contains(&format!("\n{name} ")) || text.starts_with(&format!("{name} ")), "{text}");
    }
    let all = home.json(&["cases", "--json"]);
    let star = all.as_array().unwrap().iter().find(|case| case["name"] == "star").unwrap();
    assert_eq!(star["expect"]["adopters"], 9);
    assert_eq!(star["expect"]["holds"]["HUB"], "adopted");
}

#[test]
fn the_packaged_world_is_listed_shown_and_cited() {
    let home = Home::new();
    let list = home.answer(&["world"]);
    assert!(list.contains("\ndefence ") && list.contains("1980–2012") && list.contains("1017"), "{list}");
    assert!(list.contains("\npolyarchy ") && list.contains("Not packaged:\n"), "{list}");
    let of_1997 = home.json(&["world", "--json"]);
    assert_eq!(of_1997["figures"]["igo >= 50"]["ties"], 768);
    assert_eq!(of_1997["figures"]["defence"]["degree"][0], serde_json::json!(["USA", 52]));
    let polity = home.json(&["world", "polity2", "--year", "1997", "--json"]);
    assert_eq!(polity["coverage"].as_array().unwrap().len(), 1);
    assert_eq!(polity["coverage"][0]["states"], 187);
    let shown = home.answer(&["world", "un-agreement", "--year", "1997"]);
    assert!(shown.contains("YUG 1993–1999") || shown.contains("YUG 1997"), "{shown}");
    let cited = home.answer(&["world", "cite", "ottawa"]);
    assert_eq!(cited.matches("@article{cow-trade,").count(), 1, "{cited}");
}

#[test]
fn a_run_writes_its_folder_and_a_summary_of_one_screen() {
    let home = Home::new();
    for case in ["ego", "star", "islands", "florentine"] {
        let text = home.answer(&["run", case]);
        assert!(text.contains("Expected outcome: met"), "{text}");
        assert!(text.contains(&format!("runs/{case}-1/report.html")), "{text}");
        assert!(text.lines().count() <= 24 && text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    home.answer(&["run", "star"]);
    let of_star: Vec<String> = home
        .files()
        .into_iter()
        .filter_map(|file| file.strip_prefix("runs/star-2/").map(str::to_owned))
        .collect();
    for file in [
        "adoptions.csv",
        "indicators.csv",
        "influence.csv",
        "ledger.csv",
        "manifest.json",
        "report.html",
        "shares.csv",
        "waves.csv",
        "figures/adoption.svg",
        "figures/forest.svg",
        "figures/order.svg",
        "figures/process.svg",
        "figures/waves.svg",
    ] {
        assert!(of_star.iter().any(|known| known == file), "{file} in {of_star:?}");
    }
}

#[test]
fn the_summary_can_be_had_as_json() {
    let home = Home::with_summit();
    let run = home.json(&["run", "./summit.toml", "--replicates", "5", "--out", "here", "--json"]);
    assert_eq!((&run["folder"], &run["replicates"]), (&"here".into(), &5.into()));
    let shares: f64 =
        run["shares"].as_array().unwrap().iter().map(|k| k["decided"]["mean"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-12);
}

#[test]
fn a_manifest_names_what_a_run_needs_to_be_made_again() {
    let home = Home::with_summit();
    home.answer(&[
        "run",
        "summit.toml",
        "--replicates",
        "2",
        "--seed",
        "7",
        "--out",
        "r",
        "--set",
        "period.tick=year",
    ]);
    let manifest: serde_json::Value = serde_json::from_str(&home.read("r/manifest.json")).unwrap();
    assert_eq!(manifest["seed"], 7);
    assert_eq!(manifest["set"][0], "period.tick=year");
    assert_eq!(manifest["command"][2], "summit.toml");
    let hashed: Vec<&String> = manifest["blake3"].as_object().unwrap().keys().collect();
    assert_eq!(hashed, ["actors.csv", "ring.csv", "summit.toml"]);
    for (file, about) in manifest["files"].as_object().unwrap() {
        let header = home.read(&format!("r/{file}"));
        let columns: Vec<&str> = header.lines().next().unwrap().split(',').collect();
        let documented: Vec<&String> = about["columns"].as_object().unwrap().keys().collect();
        assert_eq!(columns, documented, "{file}");
    }
}

#[test]
fn the_ego_of_figure_one_stands_at_two_against_two() {
    let home = Home::new();
    let sheet = home.json(&["explain", "ego", "--actor", "A", "--at", "2001", "--json"]);
    assert_eq!((&sheet["actor"], &sheet["at"]), (&"A".into(), &"2001".into()));
    assert_eq!((&sheet["margin"], &sheet["threshold"]), (&0.0.into(), &0.0.into()));
    assert_eq!(sheet["position"], 1);
    let toward = |k: u64| {
        let rows = sheet["rows"].as_array().unwrap().iter().filter(|row| row["toward"] == k);
        rows.map(|row| row["pressure"].as_f64().unwrap()).sum::<f64>()
    };
    assert_eq!((toward(0), toward(1)), (2.0, 2.0));
    let tipped = [
        "explain",
        "ego",
        "--actor",
        "A",
        "--at",
        "2000",
        "--json",
        "--set",
        "network.layer.ties.ties.2.strength=1.001",
    ];
    let tipped = home.json(&tipped);
    assert!((tipped["margin"].as_f64().unwrap() - 0.001).abs() < 1e-9);
    assert_eq!(tipped["took"], 1);
}

#[test]
fn explain_groups_compares_and_draws() {
    let home = Home::with_summit();
    for by in ["factor", "source", "channel", "mechanism"] {
        let at = ["explain", "./summit.toml", "--actor", "G1", "--at", "2004-07", "--versus", "2004-01"];
        let text = home.answer(&[&at[..], &["--by", by, "--svg", "g1.svg"]].concat());
        for word in ["G1", "2004-07", "2004-01", "margin", "flips", "change", "legitimacy"] {
            assert!(text.contains(word), "{word} in {text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        let value = home.json(&[&at[..], &["--by", by, "--json"]].concat());
        let change: f64 =
            value["changes"].as_array().unwrap().iter().map(|group| group["change"].as_f64().unwrap()).sum();
        assert!((change - value["margin_change"].as_f64().unwrap()).abs() < 1e-9, "{value}");
    }
    assert!(home.read("g1.svg").starts_with("<svg"));
    let noisy =
        home.json(&["explain", "summit.toml", "--actor", "G1", "--at", "2001", "--replicate", "3", "--json"]);
    assert_eq!(noisy["replicate"], 3);
}

#[test]
fn what_explain_says_of_a_replicate_is_what_run_wrote() {
    let home = Home::with_summit();
    home.answer(&["run", "summit.toml", "--replicates", "4", "--seed", "5", "--out", "r"]);
    let adoptions = home.read("r/adoptions.csv");
    let decided: Vec<Vec<&str>> = adoptions
        .lines()
        .map(|line| line.split(',').collect())
        .filter(|row: &Vec<&str>| row[7] == "decided")
        .collect();
    assert!(!decided.is_empty());
    for row in decided.iter().take(5) {
        let of = [
            "explain",
            "summit.toml",
            "--actor",
            row[1],
            "--at",
            row[5],
            "--replicate",
            row[0],
            "--seed",
            "5",
            "--json",
        ];
        let moment = home.json(&of);
        assert_eq!(moment["took"].to_string(), row[3], "{row:?}");
        assert_eq!(moment["cause"], "decided");
        // The noise is what tipped it: utility of what was taken exceeds that of what was held.
        let side = |k: &serde_json::Value| {
            let k = k.as_u64().unwrap() as usize;
            moment["noise"][k].as_f64().unwrap() + moment["positions"][k]["pressure"].as_f64().unwrap()
        };
        assert!(side(&moment["took"]) > side(&moment["held"]), "{moment}");
    }
}

#[test]
fn the_medici_stand_in_the_middle() {
    let home = Home::new();
    let call = ["network", "florentine", "--at", "1430", "--layer", "ties"];
    assert!(home.answer(&call).contains("Medici 0.4524"));
    let grouped = [&call[..], &["--group", "Medici,Strozzi", "--json"]].concat();
    let value = home.json(&grouped);
    let layer = &value["layers"][0];
    assert_eq!((&layer["actors"], &layer["ties"]), (&16.into(), &20.into()));
    assert!((layer["transitivity"].as_f64().unwrap() - 0.191_489_361_7).abs() < 1e-9);
    let group = &layer["group"];
    // 59 of the pairs of fourteen others; reference §6 without Pucci: 9 others, raw betweenness 49.5.
    assert_eq!(group["reached"], 9);
    assert!((group["betweenness"]["value"].as_f64().unwrap() - 49.5 / 91.0).abs() < 1e-9);
    assert_eq!(group["betweenness"]["best_single"]["actor"], "Medici");
    assert_eq!(group["betweenness"]["exceeds_best_single"], true);
    assert!(group["degree"]["percentile"].as_f64().unwrap() > 90.0);
    assert_eq!(home.json(&grouped), value, "the random groups are seeded");
}

#[test]
fn the_network_page_names_holes_cores_and_communities() {
    let home = Home::new();
    let call = ["network", "florentine", "--at", "1430", "--layer", "ties"];
    let text = home.answer(&call);
    // Reference §6; with Pucci, closeness is 14/15 of .56 and degree centralisation 4/15.
    for words in [
        "closeness    Medici 0.5227",
        "constraint   least: Medici 0.2099, Guadagni 0.2500",
        "core         the 2-core has 10: Albizzi, Barbadori, Bischeri, Castellani,",
        "communities  4 of 6, 5, 4, 1; modularity 0.39",
        "centralisation 0.2667 by degree",
        "assortativity -0.3748",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(text.lines().count() <= 24, "{text}");
    let layer = home.json(&[&call[..], &["--json"]].concat())["layers"][0].clone();
    assert!((layer["communities"]["modularity"].as_f64().unwrap() - 0.398_75).abs() < 1e-9);
    assert_eq!(layer["communities"]["members"][3], serde_json::json!(["Pucci"]));
    assert_eq!(layer["core"]["number"], 2);
    assert_eq!(layer["least_constrained"][0]["actor"], "Medici");
    assert!((layer["assortativity"].as_f64().unwrap() + 0.374_837_872_9).abs() < 1e-9);
    assert!(layer["brokerage"].is_null());
}

#[test]
fn brokers_are_counted_between_the_groups_of_an_attribute() {
    let home = Home::new();
    home.put(
        "core.toml",
        r#"
schema = 1
title = "A hub between leaves"
period = { start = 2000-01-01, until = 2001-01-01, tick = "year" }
network.generate.core-periphery = { core = 1, periphery = 4, core-core = 1, core-periphery = 1, periphery-periphery = 0 }
factor.emulation.layer = "ties"
"#,
    );
    let call = ["network", "core.toml", "--at", "2000", "--by", "block"];
    assert!(home.answer(&call).contains("itinerant       A1 12\n"), "{}", home.answer(&call));
    let value = home.json(&[&call[..], &["--json"]].concat());
    let brokerage = &value["layers"][0]["brokerage"];
    assert_eq!(brokerage["by"], "block");
    assert_eq!(brokerage["roles"]["itinerant"], serde_json::json!([{ "actor": "A1", "value": 12.0 }]));
    assert_eq!(brokerage["roles"]["coordinator"], serde_json::json!([]));
}

#[test]
fn check_says_what_a_scenario_holds_and_whether_it_comes_out() {
    let home = Home::with_summit();
    let text = home.answer(&["check", "summit.toml"]);
    for word in ["governments 10", "ring 40", "legitimacy", "summit", "32 ticks of a quarter", "rounding"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    assert!(home.answer(&["check", "ego"]).contains("expected outcome: met"));
    home.put("wrong.toml", &format!("{}\n[expect]\nadopters = 99\n", common::SUMMIT));
    let refused = home.normwave(&["check", "wrong.toml"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("expected 99"));
    let value = home.json(&["check", "star", "--json"]);
    assert_eq!(value["expectations"]["met"], true);
}

#[test]
fn check_writes_an_intervention_as_the_changes_for_which_it_stands() {
    let home = Home::new();
    home.put(
        "summit.toml",
        r#"
schema = 1
title = "A summit of leaves"
period = { start = 2000-01-01, until = 2004-01-01, tick = "year" }
network.generate.star = { leaves = 3 }
factor.peers = { type = "emulation", layer = "ties" }

[event.plain]
date = 2000-01-01

[event.summit]
type = "regional-conference"
date = 2001-01-01
until = 2003-01-01
cost = 1.5
members = ["L1", "L2"]
layer = "ties"
"#,
    );
    assert_eq!(
        home.answer(&["check", "summit.toml", "--expand"]),
        r#"[event.plain]
title = "plain"
date = 2000-01-01

# regional-conference
[event.summit]
title = "summit"
date = 2001-01-01
until = 2003-01-01
cost = 1.5
change = [
    { layer = "ties", who = ["L1", "L2"], from = ["L1", "L2"], multiply = 2.0 },
    { layer = "ties", who = ["L1", "L2"], from = { not = ["L1", "L2"] }, multiply = 0.5 },
]
"#
    );
}

#[test]
fn the_schema_is_a_json_schema() {
    let schema = Home::new().json(&["schema"]);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema["properties"]["factor"].is_object());
}

#[test]
fn help_has_examples() {
    let home = Home::new();
    for command in [
        &["--help"][..],
        &["run", "--help"],
        &["explain", "--help"],
        &["network", "--help"],
        &["picture", "--help"],
        &["check", "--help"],
    ] {
        assert!(home.answer(command).contains("Examples:"), "{command:?}");
    }
}

#[test]
fn explain_names_the_path_of_the_boomerang() {
    let home = Home::new();
    let at = ["explain", "boomerang", "--actor", "HOME", "--at", "2000-07"];
    let text = home.answer(&at);
    assert!(text.contains("100 % HOME/dissidents → NGO → ABROAD → HOME"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let value = home.json(&[&at[..], &["--json"]].concat());
    let found = &value["persuasions"][0];
    assert_eq!((&found["sender"], &found["toward"]), (&"ABROAD".into(), &1.into()));
    let origin = &found["origins"][0];
    assert_eq!(origin["route"], serde_json::json!(["HOME/dissidents", "NGO", "ABROAD"]));
    assert!((origin["share"].as_f64().unwrap() - 1.0).abs() < 1e-12, "{origin}");
    // What is said at first has not been heard from anybody.
    let first = home.answer(&["explain", "boomerang", "--actor", "HOME", "--at", "2000-01"]);
    assert!(!first.contains("came from"), "{first}");
}

#[test]
fn check_lists_whom_a_missing_value_leaves_out() {
    let home = Home::new();
    let gap = "schema = 1\ntitle = \"A gap\"\nperiod = { start = \"2000\", until = \"2002\", tick = \"year\" }\n\
               [network]\nactor = [{ id = \"USA\" }, { id = \"GBR\" }, { id = \"NOR\" }]\n\
               attribute.gdp = { values = { NOR = 1 }, missing = \"drop\" }\n\
               [factor.interest]\ntype = \"security-utility\"\nattributes = { gdp = 1 }\n";
    home.put("gap.toml", gap);
    let words = home.answer(&["check", "gap.toml"]).split_whitespace().collect::<Vec<_>>().join(" ");
    let expected =
        "left out 2 governments without a value of `gdp`, so that the norm does not apply: USA, GBR";
    assert!(words.contains(expected), "{words}");
    assert_eq!(
        home.json(&["check", "gap.toml", "--json"])["left-out"]["gdp"],
        serde_json::json!(["USA", "GBR"])
    );
}

// Ten states on the map, in two regions.
fn with_places(home: &Home) {
    let rows = |header: &str, value: &dyn Fn(i32) -> String| {
        (0..10).fold(format!("{header}\n"), |csv, i| csv + &format!("G{i},{}\n", value(i)))
    };
    home.put("lat.csv", &rows("actor,value", &|i| (i * 12 - 50).to_string()));
    home.put("lng.csv", &rows("actor,value", &|i| (i * 35 - 170).to_string()));
    home.put("region.csv", &rows("actor,value", &|i| if i < 5 { "West" } else { "East" }.to_owned()));
    let places =
        "attribute = { lat.file = \"lat.csv\", lng.file = \"lng.csv\", region.file = \"region.csv\" }\n";
    home.put("summit.toml", &SUMMIT.replace("layer.ring", &format!("{places}layer.ring")));
}

#[test]
fn every_kind_of_picture_is_drawn_and_says_where_it_is() {
    let home = Home::with_summit();
    with_places(&home);
    for (kind, words) in [
        ("map", "ring: 20 tied pairs"),
        ("rings", "From core to periphery, 2007-10"),
        ("multiples", ", 0 new"),
        ("regions", "West"),
        ("matrix", "strength in ring"),
    ] {
        let file = format!("{kind}.svg");
        let said = home.answer(&["picture", "summit.toml", "--kind", kind, "-o", &file]);
        assert_eq!(said.trim(), file);
        let svg = home.read(&file);
        assert!(svg.starts_with("<svg") && svg.contains(words), "{kind}: no `{words}`");
        assert_eq!(home.answer(&["picture", "summit.toml", "--kind", kind, "-o", &file]).trim(), file);
        assert_eq!(home.read(&file), svg, "{kind}: other bytes the second time");
    }
}

#[test]
fn a_picture_is_of_the_date_and_the_replicate_that_are_asked_for() {
    let home = Home::with_summit();
    with_places(&home);
    let drawn = |arguments: &[&str]| {
        let fixed = ["picture", "summit.toml", "--kind", "map", "-o", "map.svg"];
        home.answer(&[&fixed[..], arguments].concat());
        home.read("map.svg")
    };
    let first = drawn(&["--date", "2000"]);
    assert!(first.contains("A summit: 2000-01") && first.contains("the run without noise"));
    assert!(drawn(&["--replicate", "3"]).contains("positions in replicate 3"));
    assert_ne!(drawn(&["--replicate", "3"]), drawn(&["--replicate", "4"]));
}

#[test]
fn a_picture_of_the_history_shows_who_adopted_in_truth() {
    let home = Home::with_summit();
    with_places(&home);
    home.put("history.csv", "actor,from,until\nG0,2000-03-01,\nG7,2002-05-01,2004-05-01\nG8,2005-01-01,\n");
    let with_history =
        home.read("summit.toml").replace("schema = 1", "schema = 1\nhistory = \"history.csv\"");
    home.put("summit.toml", &with_history);
    let fixed = ["picture", "summit.toml", "--kind", "multiples", "--of", "history", "-o", "dates.svg"];
    home.answer(&[&fixed[..], &["--dates", "2000-01,2002-06,2005-03"]].concat());
    let svg = home.read("dates.svg");
    // The tick of a date is looked at on its last day.
    for words in ["positions in truth", ">1 of 10<", ">2 of 10, 1 new<"] {
        assert!(svg.contains(words), "no `{words}`");
    }
    assert_eq!(svg.matches(">2 of 10, 1 new<").count(), 2, "G7 withdrew, G8 came");
}

#[test]
fn a_run_of_actors_with_coordinates_has_the_map_on_its_page() {
    let home = Home::with_summit();
    home.answer(&["run", "summit.toml", "--replicates", "2", "--out", "flat"]);
    assert!(!home.path("flat/figures/map.svg").exists());
    with_places(&home);
    home.answer(&["run", "summit.toml", "--replicates", "2", "--out", "placed"]);
    assert!(!home.read("placed/figures/map.svg").contains("without coordinates"));
    assert!(home.read("placed/report.html").contains("<figure class=\"wide\">"));
    assert!(home.path("placed/figures/multiples.svg").exists());
}

#[test]
#[cfg(feature = "png")]
fn a_png_is_as_wide_as_asked_or_says_that_there_is_no_font() {
    let home = Home::new();
    let arguments = ["picture", "ego", "--kind", "rings", "-o", "ego.png", "--width", "300"];
    let output = home.normwave(&arguments).output().expect("it runs");
    if output.status.success() {
        let png = std::fs::read(home.path("ego.png")).expect("written");
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..20], [0, 0, 1, 44], "300 pixels");
    } else {
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(said.contains("no font") && said.contains("fonts-liberation"), "{said}");
    }
}

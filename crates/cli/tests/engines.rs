//! The CSV tables of a run are the same, byte for byte, from every engine and on any number of threads.

mod common;

use common::Home;

// Every table of a run, with its name.
fn tables(home: &Home, run: &str) -> Vec<(String, String)> {
    let tables = home.files().into_iter().filter(|file| file.starts_with(run) && file.ends_with(".csv"));
    let tables: Vec<_> = tables.map(|file| (file[run.len()..].to_owned(), home.read(&file))).collect();
    assert_eq!(tables.len(), 6, "{tables:?}");
    tables
}

#[track_caller]
fn same(home: &Home, scenario: &[&str], engines: &[&str]) {
    let mut first: Option<Vec<(String, String)>> = None;
    for engine in engines {
        for threads in ["1", "2"] {
            let run = format!("{engine}-{threads}");
            let mut arguments = vec!["run"];
            arguments.extend(scenario);
            arguments.extend(["--no-report", "--engine", engine, "--threads", threads]);
            arguments.extend(["--force", "--out", &run]);
            home.answer(&arguments);
            let tables = tables(home, &run);
            assert!(
                tables.iter().any(|(name, text)| name.ends_with("adoptions.csv") && text.lines().count() > 2)
            );
            match &first {
                None => first = Some(tables),
                Some(first) => {
                    for (known, found) in first.iter().zip(&tables) {
                        assert!(known == found, "{scenario:?}: {run} has another {}", known.0);
                    }
                }
            }
        }
    }
}

// A number that looks drawn, from 0 to `below`.
fn drawn(seed: u64, below: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x ^ (x >> 27)) % below
}

const ALL: [&str; 2] = ["reference", "sparse"];

fn scenario(who: &str, layers: &[&str], decision: &str) -> String {
    let mut text = format!(
        "schema = 1\ntitle = \"A workload\"\nperiod = {{ start = 2000, until = 2040, tick = \"year\" }}\n\
         first-adopters = [{{ who = [{who}] }}]\n[network]\nactors = {{ ties = \"{}.csv\" }}\n",
        layers[0]
    );
    for layer in layers {
        text += &format!("layer.{layer}.file = \"{layer}.csv\"\n");
    }
    for layer in layers {
        text += &format!("[factor.{layer}]\ntype = \"emulation\"\nlayer = \"{layer}\"\n");
    }
    let names: Vec<String> = layers.iter().map(|layer| format!("\"{layer}\"")).collect();
    text += &format!(
        "[moderator.bystanders]\ntype = \"stickiness\"\nacts-on = [{}]\nembeddedness = 0\ntoward-new = 1\n\
         toward-status-quo = 0\n[decision]\nrule = \"at-least\"\nthreshold = {decision}\n",
        names.join(", ")
    );
    text
}

// As W1: a dense system of states in several layers, many draws of thresholds.
fn states(home: &Home, n: u64) {
    let layers = ["a", "b", "c", "d"];
    for (no, layer) in (0u64..).zip(layers) {
        let mut text = "from,to,strength\n".to_owned();
        for (from, to) in (0..n).flat_map(|from| (0..n).map(move |to| (from, to))).filter(|(a, b)| a != b) {
            let place = (no * n + from) * n + to;
            if drawn(place, 100) < 16 || (no == 0 && to == (from + 1) % n) {
                text += &format!("{from},{to},{}\n", 1 + drawn(place + 7_000_000, 255));
            }
        }
        home.put(&format!("{layer}.csv"), &text);
    }
    let need = 80 * n;
    home.put(
        "states.toml",
        &scenario("\"0\", \"1\", \"2\"", &layers, &format!("{{ normal = [{}, {}] }}", need / 5, need / 10)),
    );
}

// As W2: a ring of neighbours with short cuts, in which two adopters are needed.
fn ring(home: &Home, n: u64) {
    let mut text = "from,to\n".to_owned();
    for (from, step) in (0..n).flat_map(|from| (1..=3).map(move |step| (from, step))) {
        let place = from * 3 + step;
        let to =
            if drawn(place, 100) < 5 { (from + 4 + drawn(place + 1, n - 8)) % n } else { (from + step) % n };
        text += &format!("{from},{to}\n{to},{from}\n");
    }
    let rows: std::collections::BTreeSet<&str> = text.lines().skip(1).collect();
    home.put("ring.csv", &format!("from,to\n{}\n", rows.into_iter().collect::<Vec<_>>().join("\n")));
    home.put("ring.toml", &scenario("\"0\", \"1\", \"2\", \"3\"", &["ring"], "2"));
}

#[test]
fn many_runs_of_states_are_the_same_from_every_engine_on_any_threads() {
    let home = Home::new();
    states(&home, 24);
    same(&home, &["states.toml", "--replicates", "40"], &ALL);
}

#[test]
fn a_cascade_is_the_same_from_every_engine_on_any_threads() {
    let home = Home::new();
    ring(&home, 400);
    same(&home, &["ring.toml"], &ALL);
}

#[test]
fn noise_is_the_same_from_every_engine_on_any_threads() {
    let home = Home::new();
    states(&home, 12);
    let noisy = [
        "states.toml",
        "--replicates",
        "12",
        "--set",
        "decision={ rule = \"noisy\", rate = 1, temperature = 300 }",
    ];
    same(&home, &noisy, &ALL);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "large: for release builds")]
fn ottawa_is_the_same_from_every_engine_on_any_threads() {
    same(&Home::new(), &["ottawa", "--replicates", "4"], &ALL);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "large: for release builds")]
fn workloads_of_full_size_are_the_same_on_any_threads() {
    let home = Home::new();
    states(&home, 193);
    same(&home, &["states.toml", "--replicates", "300"], &["sparse"]);
    same(&home, &["states.toml", "--replicates", "3"], &ALL);
    ring(&home, 20_000);
    same(&home, &["ring.toml"], &["sparse"]);
}

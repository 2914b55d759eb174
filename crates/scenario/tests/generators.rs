//! The generators that scenario files name, and what is refused.

use normwave_network_model::measure::{
    Flow, LayerGraph, Reading, degree, degree_centralisation, transitivity,
};
use normwave_network_model::{Network, parse_date};
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, json_schema};

fn read(network: &str) -> Result<Scenario, String> {
    let text = format!(
        "schema = 1\ntitle = \"t\"\nperiod = {{ start = 1990-01-01, until = 2000-01-01, tick = \"year\" }}\n\
         [network]\n{network}\n[factor.emulation]\nlayer = \"ties\"\n"
    );
    let files = InMemory(Default::default());
    Scenario::read("t.toml", &text, &files, &Registries::default(), &Overrides::default())
        .map_err(|error| error.to_string())
}

fn measured<T>(network: &Network, date: &str, measure: impl Fn(&LayerGraph<'_>) -> T) -> T {
    let view = network.at(parse_date(date).unwrap()).unwrap();
    measure(&LayerGraph::new(&view, network.layer_id("ties").unwrap(), Reading::default()))
}

#[track_caller]
fn has(network: &str, n_actors: usize, n_ties: usize) {
    let scenario = read(network).unwrap_or_else(|error| panic!("{error}"));
    let found = measured(&scenario.network, "1995", |graph| (graph.n_actors(), graph.n_ties()));
    assert_eq!(found, (n_actors, n_ties), "{network}");
}

#[test]
fn every_generator_can_be_named() {
    has("generate.star = { leaves = 8 }", 9, 8);
    has("generate.complete = { actors = 5 }", 5, 10);
    has("generate.florentine = {}", 16, 20);
    has("generate.island-chain = { islands = 3, size = 4, bridge = 2 }", 12, 18 + 2 * 4);
    has(
        "generate.island-chain = { islands = 3, size = 4, bridge = 2, bridges = \"disjoint\" }",
        12,
        18 + 2 * 2,
    );
    has("generate.ring = { actors = 100, degree = 6 }", 100, 300);
    has("generate.torus = { rows = 5, columns = 6 }", 30, 120);
    has("generate.torus = { rows = 5, columns = 6, neighbourhood = \"von-neumann\", radius = 2 }", 30, 180);
    has("generate.watts-strogatz = { actors = 100, degree = 6, rewired = 0.2, seed = 3 }", 100, 300);
    has("generate.barabasi-albert = { actors = 50, ties = 2, seed = 3 }", 50, 3 + 47 * 2);
    has("generate.erdos-renyi = { actors = 9, probability = 1.0 }", 9, 36);
    has("generate.configuration = { degrees = [3, 2, 2, 2, 1], seed = 4 }", 5, 5);
    has("generate.stochastic-block = { sizes = [2, 3], probability = [[1, 0], [0, 1]] }", 5, 4);
    has(
        "generate.core-periphery = { core = 3, periphery = 7, core-core = 1, core-periphery = 1, periphery-periphery = 0 }",
        10,
        3 + 21,
    );
}

#[test]
fn a_seed_can_be_changed_and_is_one_if_left_out() {
    let ties = |seed: &str| {
        let scenario =
            read(&format!("generate.erdos-renyi = {{ actors = 30, probability = 0.2{seed} }}")).unwrap();
        let view = scenario.network.at(parse_date("1995").unwrap()).unwrap();
        view.ties_of("ties").unwrap().to_vec()
    };
    assert_eq!(ties(""), ties(", seed = 1"));
    assert_ne!(ties(""), ties(", seed = 2"));
}

#[test]
fn rewiring_keeps_degrees_and_breaks_triangles() {
    let scenario =
        read("generate.ring = { actors = 200, degree = 8 }\nrewired = { share = 0.5, seed = 2 }").unwrap();
    measured(&scenario.network, "1995", |graph| {
        assert_eq!(degree(graph, Flow::Both), [8; 200]);
        // Of the ring's 9/14, some e^(-0.5 · 3) stays.
        assert!((0.08..0.25).contains(&transitivity(graph)), "{}", transitivity(graph));
    });
}

#[test]
fn ties_form_at_the_start_of_every_tick_but_the_first() {
    let scenario =
        read("generate.erdos-renyi = { actors = 20, probability = 0 }\ngrowth = { ties = 3 }").unwrap();
    let counts: Vec<usize> = ["1990-12-31", "1991-01-01", "1995-06-30", "1999-12-31"]
        .map(|date| measured(&scenario.network, date, |graph| graph.n_ties()))
        .into();
    assert_eq!(counts, [0, 3, 15, 27]);
}

#[test]
fn hubs_of_a_growing_network_become_more_central() {
    let centralisation = |attachment: f64, seed: u64| {
        let scenario = read(&format!(
            "generate.erdos-renyi = {{ actors = 40, probability = 0 }}\n\
             growth = {{ ties = 8, attachment = {attachment:?}, seed = {seed} }}"
        ));
        measured(&scenario.unwrap().network, "1999", |graph| degree_centralisation(graph, Flow::Both))
    };
    let mean = |attachment| (1..=10).map(|seed| centralisation(attachment, seed)).sum::<f64>() / 10.0;
    assert!(mean(1.0) > mean(0.0) + 0.05, "{} against {}", mean(1.0), mean(0.0));
}

#[test]
fn given_ties_grow_too() {
    let network = "actor = [{ id = \"A\" }, { id = \"B\" }, { id = \"C\" }]\n\
                   layer.ties = { ties = [{ from = \"A\", to = \"B\" }], undirected = true }\ngrowth = { ties = 1 }";
    has(network, 3, 3);
    let refused = read(&network.replace("{ ties = 1 }", "{ layer = \"tie\", ties = 1 }")).unwrap_err();
    assert!(refused.contains("[network] growth: there is no layer `tie`; known: ties"), "{refused}");
}

#[test]
fn wendts_conditions_are_derived_from_given_layers() {
    let scenario = read(
        "actor = [{ id = \"A\" }, { id = \"B\" }, { id = \"C\" }]\n\
         layer.ties.ties = [{ from = \"A\", to = \"B\" }, { from = \"B\", to = \"A\", strength = 3 }, { from = \"C\", \
         to = \"A\" }, { from = \"C\", to = \"B\", strength = 3 }]\n\
         layer.bound.interdependence = \"ties\"\nlayer.fate.common-fate = \"ties\"\n\
         layer.restraint.self-restraint = { hostility = \"ties\", contact = \"ties\" }",
    )
    .unwrap();
    let network = &scenario.network;
    let view = network.at(parse_date("1995").unwrap()).unwrap();
    let [a, b, c] = ["A", "B", "C"].map(|id| network.actor_id(id).unwrap());
    let strength = |layer, from, to| view.strength(network.layer_id(layer).unwrap(), from, to);
    // B has 1 of its 4 from A, A has 3 of its 4 from B; C threatens A with 1 and B with 3.
    assert!((strength("bound", a, b) - 0.25).abs() < 1e-12);
    assert!((strength("fate", a, b) - 1.0 / 3.0).abs() < 1e-12);
    assert!((strength("restraint", a, c) - 2.0 / 3.0).abs() < 1e-12);
    assert!(strength("restraint", a, b).abs() < 1e-12);
}

#[track_caller]
fn refuses(network: &str, message: &str) {
    let found = read(network).expect_err("this network is wrong");
    assert!(found.contains(message), "\n--- found\n{found}\n--- expected\n{message}");
}

#[test]
fn a_billion_actors_are_refused_at_once() {
    let n = 1_000_000_000;
    for network in [
        format!("star = {{ leaves = {n} }}"),
        format!("complete = {{ actors = {n} }}"),
        format!("island-chain = {{ islands = {n}, size = 1000, bridge = 1 }}"),
        format!("ring = {{ actors = {n}, degree = 2 }}"),
        format!("torus = {{ rows = {n}, columns = {n} }}"),
        format!("watts-strogatz = {{ actors = {n}, degree = 2, rewired = 0.5 }}"),
        format!("barabasi-albert = {{ actors = {n}, ties = 1 }}"),
        format!("erdos-renyi = {{ actors = {n}, probability = 0 }}"),
        format!("stochastic-block = {{ sizes = [{n}, {n}], probability = [[0, 0], [0, 0]] }}"),
        format!(
            "core-periphery = {{ core = {n}, periphery = 1, core-core = 0, core-periphery = 0, periphery-periphery = 0 }}"
        ),
    ] {
        refuses(&format!("generate.{network}"), "actors; at most 10000000 are possible");
    }
    refuses(
        "generate.complete = { actors = 1000000 }",
        "t.toml:5: [network] generate: 999999000000 ties in one layer, each direction counted; \
         at most 100000000 are possible\n  \
         5 | generate.complete = { actors = 1000000 }\n",
    );
}

#[test]
fn impossible_shapes_are_pointed_at() {
    refuses(
        "generate.ring = { actors = 10, degree = 3 }",
        "t.toml:5: [network] generate: degree 3 on a ring of 10 actors; give an even number from 2 to 9\n",
    );
    refuses("generate.erdos-renyi = { actors = 9, probability = 1.5 }", "the probability is 1.5");
    refuses("generate.configuration = { degrees = [1, 1, 1] }", "odd sum");
    refuses("generate.ring = { actors = 10, degree = 2, sed = 3 }", "sed");
    refuses("generate.rings = { actors = 10, degree = 2 }", "rings");
    refuses("actor = [{ id = \"A\" }]\nrewired = { share = 0.1 }", "only generated ties can be rewired");
    refuses(
        "generate.star = { leaves = 5 }\nrewired = { share = 0.5 }",
        "[network] rewired: after 0 exchanges",
    );
}

#[test]
fn the_schema_knows_the_generators() {
    let schema = json_schema(&Registries::default()).to_string();
    for key in ["watts-strogatz", "core-periphery", "periphery-periphery", "rewired", "attachment"] {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
}

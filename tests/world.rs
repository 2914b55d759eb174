//! The packaged international system gives the figures that were computed elsewhere, from the
//! same sources, with networkx: 187 states in 1997, unweighted.

use normwave_network_model::measure::{
    Direction, Flow, LayerGraph, Reading, component_sizes, degree, density, mean_local_clustering,
    normalised_betweenness, transitivity,
};
use normwave_network_model::{CoMembership, Derivation, LayerSource, Network, parse_date};
use normwave_world as world;
use std::collections::BTreeSet;

fn network() -> Network {
    let mut network = Network::default();
    world::add_states(&mut network).unwrap();
    for name in world::LAYERS {
        let ties = world::layer(name, &network).unwrap();
        network.add_layer(name, LayerSource::Stored(ties)).unwrap();
    }
    network
}

fn with_shared_membership() -> Network {
    let mut network = Network::default();
    world::add_states(&mut network).unwrap();
    let igo = world::affiliation("igo", &network).unwrap();
    network.add_affiliation(igo);
    for at_least in [1, 30, 40, 50] {
        let weighting = CoMembership::Thresholded { at_least };
        let shared = Derivation::Projection { affiliation: "igo".to_owned(), weighting };
        network.add_layer(&format!("igo-{at_least}"), LayerSource::Derived(shared)).unwrap();
    }
    network
}

fn in_1997<T>(
    network: &Network,
    layer: &str,
    reading: Reading,
    measure: impl FnOnce(&LayerGraph<'_>) -> T,
) -> T {
    let view = network.at(parse_date("1997-07-01").unwrap()).unwrap();
    measure(&LayerGraph::new(&view, network.layer_id(layer).unwrap(), reading))
}

// What the reference has of an undirected network.
struct Figures {
    ties: usize,
    density: f64,
    isolates: usize,
    giant: usize,
    transitivity: f64,
    clustering: f64,
    degrees: &'static [(&'static str, usize)],
    betweenness: &'static [(&'static str, f64)],
}

#[track_caller]
fn near(found: f64, expected: f64, within: f64, what: &str) {
    assert!((found - expected).abs() <= within, "{what}: found {found}, expected {expected}");
}

fn assert_figures(network: &Network, layer: &str, expected: &Figures) {
    in_1997(network, layer, Reading::default(), |graph| {
        assert_eq!(graph.n_actors(), 187);
        assert_eq!(graph.n_ties(), expected.ties, "{layer}: ties");
        near(density(graph), expected.density, 5.1e-6, layer);
        assert_eq!(graph.n_isolates(), expected.isolates, "{layer}: isolates");
        assert_eq!(component_sizes(graph).iter().max(), Some(&expected.giant), "{layer}: giant");
        near(transitivity(graph), expected.transitivity, 5.1e-6, layer);
        near(mean_local_clustering(graph), expected.clustering, 5.1e-6, layer);
        let place = |id: &str| graph.place(network.actor_id(id).unwrap()).unwrap();
        let degrees = degree(graph, Flow::In);
        for &(id, n) in expected.degrees {
            assert_eq!(degrees[place(id)], n, "{layer}: degree of {id}");
        }
        let between = normalised_betweenness(graph);
        for &(id, share) in expected.betweenness {
            near(between[place(id)], share, 5.1e-5, &format!("{layer}: betweenness of {id}"));
        }
    });
}

#[test]
fn layers_have_the_reference_figures_of_1997() {
    let network = network();
    let defence = Figures {
        ties: 1017,
        density: 0.05848,
        isolates: 80,
        giant: 66,
        transitivity: 0.94890,
        clustering: 0.48617,
        degrees: &[("USA", 52), ("CAN", 47), ("BHS", 33), ("HTI", 33), ("DOM", 33), ("JAM", 33)],
        betweenness: &[("USA", 0.0431), ("TUR", 0.0370), ("AZE", 0.0345), ("CAN", 0.0251), ("FRA", 0.0037)],
    };
    assert_figures(&network, "defence", &defence);
    let atop = Figures {
        ties: 1044,
        density: 0.06003,
        isolates: 75,
        giant: 105,
        transitivity: 0.95029,
        clustering: 0.49128,
        degrees: &[("USA", 56), ("BHS", 32), ("TTO", 32)],
        betweenness: &[("USA", 0.1578), ("FRA", 0.1489), ("SEN", 0.0573), ("DJI", 0.0368)],
    };
    assert_figures(&network, "defence-atop", &atop);
    let diplomatic = Figures {
        ties: 4254,
        density: 0.24461,
        isolates: 0,
        giant: 187,
        transitivity: 0.54137,
        clustering: 0.76046,
        degrees: &[("USA", 168), ("BEL", 159), ("FRA", 157), ("CHN", 151), ("RUS", 149), ("GBR", 148)],
        betweenness: &[("USA", 0.0973), ("BEL", 0.0716), ("GBR", 0.0592), ("FRA", 0.0591), ("CHN", 0.0565)],
    };
    assert_figures(&network, "diplomatic", &diplomatic);
    let land = Figures {
        ties: 304,
        density: 0.01748,
        isolates: 33,
        giant: 128,
        transitivity: 0.36294,
        clustering: 0.40491,
        degrees: &[("RUS", 14), ("CHN", 14), ("BRA", 9), ("DEU", 9), ("SDN", 9), ("TUR", 9)],
        betweenness: &[("ISR", 0.1426), ("EGY", 0.1418), ("SDN", 0.1349), ("RUS", 0.1266)],
    };
    assert_figures(&network, "land-contiguity", &land);
}

#[test]
fn shared_membership_has_the_reference_figures_of_1997() {
    let network = with_shared_membership();
    for (at_least, ties, isolates, giant, transitivity_, clustering, top) in [
        (1, 17_375, 0, 187, 0.99915, 0.99915, ("USA", 186)),
        (30, 6_570, 14, 173, 0.76790, 0.76029, ("NGA", 138)),
        (40, 2_224, 47, 140, 0.66806, 0.55757, ("EGY", 87)),
        (50, 768, 87, 97, 0.71454, 0.39355, ("ESP", 37)),
    ] {
        in_1997(&network, &format!("igo-{at_least}"), Reading::default(), |graph| {
            assert_eq!(graph.n_ties(), ties, "{at_least}");
            assert_eq!(graph.n_isolates(), isolates, "{at_least}");
            assert_eq!(component_sizes(graph).iter().max(), Some(&giant), "{at_least}");
            near(transitivity(graph), transitivity_, 5.1e-6, "transitivity");
            near(mean_local_clustering(graph), clustering, 5.1e-6, "clustering");
            let place = graph.place(network.actor_id(top.0).unwrap()).unwrap();
            assert_eq!(degree(graph, Flow::In)[place], top.1, "{}", top.0);
        });
    }
}

#[test]
fn missions_go_from_sender_to_host() {
    let network = network();
    let directed = Reading { direction: Direction::Directed, ..Reading::default() };
    in_1997(&network, "diplomatic", directed, |graph| {
        assert_eq!(graph.n_ties(), 7113);
        near(density(graph), 0.2045, 5.1e-5, "density");
        let place = |id: &str| graph.place(network.actor_id(id).unwrap()).unwrap();
        let (hosted, sent) = (degree(graph, Flow::In), degree(graph, Flow::Out));
        for (id, n) in [("USA", 166), ("BEL", 158), ("GBR", 143), ("FRA", 139), ("DEU", 127), ("JPN", 113)] {
            assert_eq!(hosted[place(id)], n, "hosted by {id}");
        }
        for (id, n) in [("USA", 161), ("FRA", 150), ("CHN", 147), ("DEU", 145), ("GBR", 143), ("JPN", 116)] {
            assert_eq!(sent[place(id)], n, "sent by {id}");
        }
        let between = normalised_betweenness(graph);
        for (id, share) in [("USA", 0.1355), ("GBR", 0.0864), ("FRA", 0.0626), ("RUS", 0.0506)] {
            near(between[place(id)], share, 5.1e-5, id);
        }
    });
}

#[test]
fn states_come_and_go_on_their_days() {
    let network = network();
    let lives = |id: &str, date: &str| {
        network.actor(network.actor_id(id).unwrap()).lives_on(parse_date(date).unwrap())
    };
    for (id, last_without, first_with) in [
        ("ERI", "1993-05-23", "1993-05-24"),
        ("CZE", "1992-12-31", "1993-01-01"),
        ("SVK", "1992-12-31", "1993-01-01"),
        ("UKR", "1991-12-25", "1991-12-26"),
        ("EST", "1991-09-05", "1991-09-06"),
        ("HRV", "1992-01-14", "1992-01-15"),
        ("SVN", "1992-01-14", "1992-01-15"),
        ("BIH", "1992-04-06", "1992-04-07"),
        ("MKD", "1993-04-07", "1993-04-08"),
    ] {
        assert!(!lives(id, last_without) && lives(id, first_with), "{id}");
    }
    for (id, last_with, first_without) in [
        ("CSK", "1992-12-31", "1993-01-01"),
        ("DDR", "1990-10-02", "1990-10-03"),
        ("YAR", "1990-05-21", "1990-05-22"),
    ] {
        assert!(lives(id, last_with) && !lives(id, first_without), "{id}");
    }
    // The Soviet Union and Russia, and both Yugoslavias, are one state in this list.
    assert!(lives("RUS", "1990-01-01") && lives("RUS", "1997-12-31") && network.actor_id("SUN").is_err());
    assert!(lives("YUG", "1990-01-01") && lives("YUG", "1997-12-31"));
    let before = |id: &str| network.actor(network.actor_id(id).unwrap()).predecessor;
    assert_eq!(before("CZE"), Some(network.actor_id("CSK").unwrap()));
    assert_eq!(before("SVK"), before("CZE"));
}

#[test]
fn there_are_as_many_states_as_the_correlates_of_war_count() {
    let network = network();
    let states = |date: &str| network.at(parse_date(date).unwrap()).unwrap().governments().count();
    assert_eq!(states("1997-07-01"), 187);
    // One less by unification in Yemen and Germany, then the new states of Europe and Asia.
    let by_year: Vec<usize> = (1990..=1997).map(|year| states(&format!("{year}-12-31"))).collect();
    assert!(by_year.is_sorted_by(|a, b| a <= b), "{by_year:?}");
    assert_eq!(by_year[0] - states("1989-12-31"), 0, "{by_year:?}");
}

#[test]
fn what_states_did_is_known_of_states_and_each_state_of_1997_has_a_fold() {
    let network = network();
    let facts = world::mine_ban_facts().unwrap();
    let outside = facts.iter().filter(|fact| network.actor_id(&fact.state).is_err());
    let outside: BTreeSet<&str> = outside.map(|fact| fact.state.as_str()).collect();
    // Three that are in no list of the Correlates of War, and states that came into being later.
    assert_eq!(Vec::from_iter(outside), ["COK", "MNE", "NIU", "PSE", "SRB", "SSD", "TLS", "VAT"]);
    let signed =
        facts.iter().filter(|fact| fact.event == "signature" && fact.date < parse_date("1998").unwrap());
    assert_eq!(signed.count(), 123);
    let folds = world::folds();
    let view = network.at(parse_date("1997-12-03").unwrap()).unwrap();
    for state in view.governments() {
        let id = &network.actor(state).id;
        assert_eq!(folds.iter().filter(|(known, _)| known == id).count(), 1, "{id}");
    }
    let sizes: Vec<usize> = (0..10).map(|fold| folds.iter().filter(|(_, f)| *f == fold).count()).collect();
    assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 2, "{sizes:?}");
}

#[test]
fn what_the_world_does_not_have_is_said_with_what_it_has() {
    let refused = world::layer("alliance", &network()).unwrap_err().to_string();
    assert_eq!(
        refused,
        "the packaged world has no layer `alliance`; it has: contiguity, defence, defence-atop, diplomatic, \
         land-contiguity, trade"
    );
}

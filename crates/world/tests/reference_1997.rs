//! The packaged international system gives the figures of 1997 that were computed elsewhere from
//! the same sources, with networkx: 187 states, unweighted, betweenness normalised.
//!
//! Origin of the table: reference figures that came with the source tables of this project (their
//! `FORMATS.md`, §3, of November 2026), here to the digits that are printed there.

use normwave_network_model::measure::{
    Direction, Flow, LayerGraph, Reading, degree, eigenvector_centrality, strength,
};
use normwave_network_model::{CoMembership, Derivation, LayerSource, Network, parse_date};
use normwave_world::{Figures, add_states, affiliation, layer, yearly_figures};

struct Row {
    network: &'static str,
    ties: usize,
    density: f64,
    isolates: usize,
    giant: usize,
    transitivity: f64,
    clustering: f64,
    assortativity: f64,
    degree: &'static [(&'static str, usize)],
    betweenness: &'static [(&'static str, f64)],
}

#[rustfmt::skip]
const REFERENCE: [Row; 11] = [
    Row {
        network: "alliance", ties: 1116, density: 0.06417, isolates: 62, giant: 121,
        transitivity: 0.92299, clustering: 0.52073, assortativity: 0.6488,
        degree: &[("USA", 53), ("CAN", 48), ("MRT", 34), ("BHS", 33), ("HTI", 33), ("DOM", 33)],
        betweenness: &[("USA", 0.1700), ("FRA", 0.1005), ("LBR", 0.0858), ("LBY", 0.0822), ("CAN", 0.0711), ("RUS", 0.0656)],
    },
    Row {
        network: "defence", ties: 1017, density: 0.05848, isolates: 80, giant: 66,
        transitivity: 0.94890, clustering: 0.48617, assortativity: 0.7131,
        degree: &[("USA", 52), ("CAN", 47), ("BHS", 33), ("HTI", 33), ("DOM", 33), ("JAM", 33)],
        betweenness: &[("USA", 0.0431), ("TUR", 0.0370), ("AZE", 0.0345), ("CAN", 0.0251), ("MRT", 0.0148), ("FRA", 0.0037)],
    },
    Row {
        network: "defence-atop", ties: 1044, density: 0.06003, isolates: 75, giant: 105,
        transitivity: 0.95029, clustering: 0.49128, assortativity: 0.6552,
        degree: &[("USA", 56), ("BHS", 32), ("HTI", 32), ("DOM", 32), ("JAM", 32), ("TTO", 32)],
        betweenness: &[("USA", 0.1578), ("FRA", 0.1489), ("SEN", 0.0573), ("TUR", 0.0546), ("AZE", 0.0497), ("DJI", 0.0368)],
    },
    Row {
        network: "diplomatic", ties: 4254, density: 0.24461, isolates: 0, giant: 187,
        transitivity: 0.54137, clustering: 0.76046, assortativity: -0.3495,
        degree: &[("USA", 168), ("BEL", 159), ("FRA", 157), ("CHN", 151), ("RUS", 149), ("GBR", 148)],
        betweenness: &[("USA", 0.0973), ("BEL", 0.0716), ("GBR", 0.0592), ("FRA", 0.0591), ("CHN", 0.0565), ("RUS", 0.0375)],
    },
    Row {
        network: "igo >= 1", ties: 17_375, density: 0.99908, isolates: 0, giant: 187,
        transitivity: 0.99915, clustering: 0.99915, assortativity: -0.0151,
        degree: &[], betweenness: &[],
    },
    Row {
        network: "igo >= 30", ties: 6570, density: 0.37778, isolates: 14, giant: 173,
        transitivity: 0.76790, clustering: 0.76029, assortativity: -0.0285,
        degree: &[("NGA", 138), ("CMR", 134), ("GBR", 133), ("SEN", 133), ("TUN", 132), ("FRA", 131)],
        betweenness: &[("RUS", 0.0243), ("TUR", 0.0217), ("MYS", 0.0165), ("MAR", 0.0150)],
    },
    Row {
        network: "igo >= 40", ties: 2224, density: 0.12788, isolates: 47, giant: 140,
        transitivity: 0.66806, clustering: 0.55757, assortativity: 0.1397,
        degree: &[("EGY", 87), ("TUN", 80), ("NGA", 72), ("FRA", 69), ("ESP", 68), ("BEL", 67)],
        betweenness: &[("EGY", 0.0520), ("NGA", 0.0492), ("TUN", 0.0375), ("SEN", 0.0294)],
    },
    Row {
        network: "igo >= 50", ties: 768, density: 0.04416, isolates: 87, giant: 97,
        transitivity: 0.71454, clustering: 0.39355, assortativity: 0.4319,
        degree: &[("ESP", 37), ("BEL", 36), ("FRA", 36), ("ITA", 35), ("FIN", 35), ("NLD", 33)],
        betweenness: &[("EGY", 0.0720), ("IND", 0.0441), ("NGA", 0.0426), ("BRA", 0.0337)],
    },
    Row {
        network: "land-contiguity", ties: 304, density: 0.01748, isolates: 33, giant: 128,
        transitivity: 0.36294, clustering: 0.40491, assortativity: -0.0712,
        degree: &[("RUS", 14), ("CHN", 14), ("BRA", 9), ("DEU", 9), ("SDN", 9), ("TUR", 9)],
        betweenness: &[("ISR", 0.1426), ("EGY", 0.1418), ("SDN", 0.1349), ("RUS", 0.1266)],
    },
    Row {
        network: "contiguity-400", ties: 536, density: 0.03082, isolates: 5, giant: 182,
        transitivity: 0.43934, clustering: 0.57292, assortativity: -0.0181,
        degree: &[("RUS", 22), ("CHN", 18), ("DEU", 16), ("TUR", 16), ("ITA", 15), ("FRA", 14)],
        betweenness: &[("RUS", 0.4646), ("USA", 0.2925), ("TUR", 0.2520), ("LBY", 0.1996)],
    },
    Row {
        network: "trade-flow", ties: 7171, density: 0.41234, isolates: 8, giant: 179,
        transitivity: 0.65042, clustering: 0.77208, assortativity: -0.3852,
        degree: &[("GBR", 177), ("USA", 176), ("DEU", 176), ("NLD", 174)],
        betweenness: &[("KOR", 0.0253), ("GBR", 0.0217), ("USA", 0.0215)],
    },
];

fn network(name: &str) -> Network {
    let mut network = Network::default();
    add_states(&mut network).unwrap();
    let source = LayerSource::Stored(layer(name, &network, 1997..=1997).unwrap());
    network.add_layer(name, source).unwrap();
    network
}

fn in_1997<T>(
    network: &Network,
    name: &str,
    reading: Reading,
    measure: impl FnOnce(&LayerGraph<'_>) -> T,
) -> T {
    let view = network.at(parse_date("1997-07-01").unwrap()).unwrap();
    measure(&LayerGraph::new(&view, network.layer_id(name).unwrap(), reading))
}

#[track_caller]
fn near(found: f64, expected: f64, within: f64, what: &str) {
    assert!((found - expected).abs() <= within, "{what}: found {found}, expected {expected}");
}

#[test]
fn every_network_of_1997_has_its_reference_figures() {
    let of_1997 = yearly_figures(1997).unwrap();
    for row in &REFERENCE {
        let name = row.network;
        let figures = &of_1997.iter().find(|(known, _)| known == name).unwrap().1;
        assert_eq!(figures.n_actors, 187, "{name}: states");
        assert_eq!(figures.n_ties, row.ties, "{name}: ties");
        near(figures.density, row.density, 5.1e-6, name);
        assert_eq!(figures.n_isolates, row.isolates, "{name}: isolates");
        assert_eq!(figures.giant, row.giant, "{name}: giant component");
        near(figures.transitivity, row.transitivity, 5.1e-6, name);
        near(figures.mean_local_clustering, row.clustering, 5.1e-6, name);
        near(figures.degree_assortativity.unwrap(), row.assortativity, 5.1e-5, name);
        // The named are the top ones: their degrees are those of the first places.
        for (place, &(id, n)) in row.degree.iter().enumerate() {
            assert!(figures.degree.contains(&(id.to_owned(), n)), "{name}: degree of {id}");
            assert_eq!(figures.degree[place].1, n, "{name}: place {place}");
        }
        for (place, &(id, share)) in row.betweenness.iter().enumerate() {
            let found = figures.betweenness.iter().position(|(known, _)| known == id).unwrap();
            near(figures.betweenness[found].1, share, 5.1e-5, &format!("{name}: betweenness of {id}"));
            near(figures.betweenness[place].1, share, 5.1e-5, &format!("{name}: place {place}"));
        }
    }
}

#[test]
fn missions_go_from_sender_to_host() {
    let network = network("diplomatic");
    let directed = Reading { direction: Direction::Directed, ..Reading::default() };
    let view = network.at(parse_date("1997-07-01").unwrap()).unwrap();
    let figures = Figures::of(&view, network.layer_id("diplomatic").unwrap(), directed);
    assert_eq!(figures.n_ties, 7113);
    near(figures.density, 0.2045, 5.1e-5, "density");
    let between = |id: &str| figures.betweenness.iter().find(|(known, _)| known == id).unwrap().1;
    for (id, share) in [("USA", 0.1355), ("GBR", 0.0864), ("FRA", 0.0626), ("RUS", 0.0506)] {
        near(between(id), share, 5.1e-5, id);
    }
    in_1997(&network, "diplomatic", directed, |graph| {
        let place = |id: &str| graph.place(network.actor_id(id).unwrap()).unwrap();
        let (hosted, sent) = (degree(graph, Flow::In), degree(graph, Flow::Out));
        for (id, n) in [
            ("USA", 166),
            ("BEL", 158),
            ("GBR", 143),
            ("FRA", 139),
            ("RUS", 139),
            ("DEU", 127),
            ("CHN", 118),
            ("JPN", 113),
        ] {
            assert_eq!(hosted[place(id)], n, "hosted by {id}");
        }
        for (id, n) in [
            ("USA", 161),
            ("FRA", 150),
            ("CHN", 147),
            ("DEU", 145),
            ("GBR", 143),
            ("RUS", 141),
            ("ITA", 118),
            ("JPN", 116),
        ] {
            assert_eq!(sent[place(id)], n, "sent by {id}");
        }
    });
    in_1997(&network, "diplomatic", Reading::default(), |graph| {
        let place = |id: &str| graph.place(network.actor_id(id).unwrap()).unwrap();
        let central = eigenvector_centrality(graph).unwrap();
        for (id, share) in [
            ("FRA", 0.1516),
            ("DEU", 0.1509),
            ("RUS", 0.1505),
            ("BEL", 0.1503),
            ("USA", 0.1496),
            ("CHN", 0.1465),
        ] {
            near(central[place(id)], share, 5.1e-5, &format!("eigenvector of {id}"));
        }
    });
}

#[test]
fn missions_of_other_waves_number_as_in_the_reference() {
    let mut network = Network::default();
    add_states(&mut network).unwrap();
    // States that were born after a wave have the missions of the next one: look where none was.
    for (year, arcs) in [(1985, 6322), (2000, 7431)] {
        let ties = layer("diplomatic", &network, year..=year).unwrap();
        let mut network = network.clone();
        let id = network.add_layer("diplomatic", LayerSource::Stored(ties)).unwrap();
        let view = network.at(parse_date(&format!("{year}-12-31")).unwrap()).unwrap();
        assert_eq!(view.n_ties(id), arcs, "{year}");
    }
}

#[test]
fn shared_organisations_are_counted_as_in_the_reference() {
    let mut network = Network::default();
    add_states(&mut network).unwrap();
    network.add_affiliation(affiliation("igo", &network, 1997..=1997).unwrap());
    let shared = Derivation::Projection { affiliation: "igo".to_owned(), weighting: CoMembership::Count };
    network.add_layer("igo", LayerSource::Derived(shared)).unwrap();
    let weighted =
        Reading { strengths: normwave_network_model::measure::Strengths::Used, ..Reading::default() };
    in_1997(&network, "igo", weighted, |graph| {
        let place = |id: &str| graph.place(network.actor_id(id).unwrap()).unwrap();
        let strengths = strength(graph, Flow::In);
        for (id, sum) in [
            ("FRA", 7454.0),
            ("BEL", 7302.0),
            ("ESP", 7263.0),
            ("ITA", 7252.0),
            ("NLD", 7220.0),
            ("FIN", 7181.0),
            ("NOR", 6852.0),
            ("AUT", 6724.0),
            ("CAN", 6696.0),
            ("ZAF", 5797.0),
            ("MOZ", 5245.0),
        ] {
            near(strengths[place(id)], sum, 1e-9, id);
        }
        let pairs = 187.0 * 186.0 / 2.0;
        near(strengths.iter().sum::<f64>() / 2.0 / pairs, 27.85, 0.005, "mean");
    });
    let view = network.at(parse_date("1997-07-01").unwrap()).unwrap();
    let id = network.layer_id("igo").unwrap();
    let of = |a: &str, b: &str| view.strength(id, network.actor_id(a).unwrap(), network.actor_id(b).unwrap());
    near(of("NLD", "FRA"), 102.0, 1e-9, "the Netherlands and France");
    near(of("BEL", "FRA"), 98.0, 1e-9, "Belgium and France");
    near(of("SWE", "DNK"), 97.0, 1e-9, "Sweden and Denmark");
}

#[test]
fn trade_of_1997_sums_to_the_reference() {
    let network = network("trade-flow");
    let view = network.at(parse_date("1997-07-01").unwrap()).unwrap();
    let ties = view.ties_of("trade-flow").unwrap();
    for (id, sum) in [
        ("USA", 1_625_307.0),
        ("DEU", 918_601.0),
        ("JPN", 759_445.0),
        ("FRA", 542_847.0),
        ("GBR", 537_704.0),
        ("CAN", 428_559.0),
    ] {
        let actor = network.actor_id(id).unwrap();
        let both: f64 =
            ties.iter().filter(|tie| tie.from == actor || tie.to == actor).map(|tie| tie.strength).sum();
        near(both, sum, 0.5, id);
    }
}

#[test]
fn defence_pacts_of_1997_fall_into_the_reference_components() {
    let network = network("defence");
    in_1997(&network, "defence", Reading::default(), |graph| {
        let mut sizes = normwave_network_model::measure::component_sizes(graph);
        sizes.retain(|&size| size > 1);
        sizes.sort_unstable();
        assert_eq!(sizes, [2, 2, 2, 2, 33, 66]);
    });
}

#[test]
fn a_year_that_is_not_packaged_is_refused() {
    let refused = yearly_figures(1979).unwrap_err().to_string();
    assert_eq!(refused, "1979 is not among the packaged years; give one from 1980 to 2016");
}

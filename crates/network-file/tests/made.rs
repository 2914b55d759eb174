//! Files that networkx and igraph wrote (`made/make.py`) say what they should.

use normwave_network_file::{Attributes, Format, Found, Graph, LeftOut, Reading, Tie, Value, read};
use std::path::Path;

// What a format makes of values.
#[derive(Clone, Copy, PartialEq)]
enum Types {
    // All as they were.
    All,
    // No truth values: 0 and 1.
    Bits,
    // No whole numbers, either; as igraph's GraphML.
    Numbers,
    // No truth values, and whole numbers wherever a number is one; as igraph's GML.
    Whole,
}

fn found(name: &str) -> Found {
    found_as(name, &Reading::default())
}

fn found_as(name: &str, reading: &Reading) -> Found {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made").join(name);
    read(&path, Format::of(&path).unwrap(), reading).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn attributes(given: &[(&str, Value)]) -> Attributes {
    given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn typed(value: Value, types: Types) -> Value {
    match (value, types) {
        (Value::Flag(flag), Types::Bits | Types::Whole) => Value::Integer(flag.into()),
        (Value::Integer(integer), Types::Numbers) => Value::Number(integer as f64),
        (Value::Number(number), Types::Whole) if number.fract() == 0.0 => Value::Integer(number as i64),
        (value, _) => value,
    }
}

// (population, gdp, member, region) by id.
const NODES: [(&str, i64, f64, bool, &str); 4] = [
    ("Österreich", 7_968_000, 1.5, true, "Europe"),
    ("Côte d'Ivoire", 14_500_000, 0.25, false, "Africa & <more>"),
    ("日本", 126_000_000, 4.0, true, "the \"East\""),
    ("Nauru", 10_000, 1e-7, false, ""),
];

const TIES: [(usize, usize, f64, &str, i64); 3] =
    [(0, 1, 0.5, "trade", 1990), (1, 2, 2.0, "aid", 1991), (2, 0, 3.25, "trade", 1992)];

fn check_nodes(name: &str, graph: &Graph, types: Types) {
    assert_eq!(graph.nodes().len(), 4, "{name}");
    for (id, population, gdp, member, region) in NODES {
        let node = &graph.nodes()[graph.place_of(id).unwrap_or_else(|| panic!("{name}: {id}"))];
        let expected = [
            ("population", Value::Integer(population)),
            ("gdp", Value::Number(gdp)),
            ("member", Value::Flag(member)),
            ("region", Value::Text(region.to_owned())),
        ];
        let expected = expected.map(|(name, value)| (name, typed(value, types)));
        assert_eq!(node.attributes, attributes(&expected), "{name}: {id}");
        assert_eq!(node.label, None, "{name}: {id}");
    }
}

// The ties, among nodes of these ids; `with` says which attributes they have.
fn check_ties(name: &str, graph: &Graph, directed: bool, ids: [&str; 4], with: &[&str], types: Types) {
    assert_eq!(graph.is_directed(), directed, "{name}");
    assert_eq!(graph.ties().len(), 3, "{name}");
    for (from, to, strength, kind, since) in TIES {
        let [from, to] =
            [from, to].map(|no| graph.place_of(ids[no]).unwrap_or_else(|| panic!("{name}: {}", ids[no])));
        let joins =
            |tie: &&Tie| (tie.from, tie.to) == (from, to) || (!directed && (tie.to, tie.from) == (from, to));
        let tie = graph.ties().iter().find(joins).unwrap_or_else(|| panic!("{name}: {from} {to}"));
        assert!((tie.strength - strength).abs() < 1e-12, "{name}");
        let all = [("kind", Value::Text(kind.to_owned())), ("since", typed(Value::Integer(since), types))];
        let expected: Vec<_> = all.into_iter().filter(|(name, _)| with.contains(name)).collect();
        assert_eq!(tie.attributes, attributes(&expected), "{name}");
        assert_eq!((tie.start, tie.end), (None, None), "{name}");
    }
}

const IDS: [&str; 4] = ["Österreich", "Côte d'Ivoire", "日本", "Nauru"];
const ALL: [&str; 2] = ["kind", "since"];

#[test]
fn networks_of_networkx_come_with_all_that_they_have() {
    for (way, directed) in [("directed", true), ("undirected", false)] {
        for (rest, types) in [
            (".graphml", Types::All),
            (".gexf", Types::All),
            ("-1.3.gexf", Types::All),
            (".json", Types::All),
            ("-links.json", Types::All),
            (".gml", Types::Bits),
        ] {
            let name = format!("networkx-{way}{rest}");
            let Found { graph, passed_over } = found(&name);
            assert_eq!(passed_over, [], "{name}");
            check_nodes(&name, &graph, types);
            check_ties(&name, &graph, directed, IDS, &ALL, types);
        }
    }
}

#[test]
fn networks_of_igraph_are_known_by_their_names() {
    for (way, directed) in [("directed", true), ("undirected", false)] {
        let name = format!("igraph-{way}.graphml");
        let (graph, named) = found(&name).graph.with_names_for_numbers();
        assert!(named, "{name} numbers its nodes");
        check_nodes(&name, &graph, Types::Numbers);
        check_ties(&name, &graph, directed, IDS, &ALL, Types::Numbers);
        let name = format!("igraph-{way}.gml");
        let graph = found(&name).graph;
        check_nodes(&name, &graph, Types::Whole);
        check_ties(&name, &graph, directed, IDS, &ALL, Types::Whole);
    }
}

#[test]
fn pajek_networks_have_labels_for_ids_and_coordinates() {
    for (way, directed) in [("directed", true), ("undirected", false)] {
        for (program, with) in [("networkx", &["kind"][..]), ("igraph", &[])] {
            let name = format!("{program}-{way}.net");
            let Found { graph, passed_over } = found(&name);
            assert_eq!(passed_over, [], "{name}");
            check_ties(&name, &graph, directed, IDS, with, Types::All);
            for (place, node) in graph.nodes().iter().enumerate() {
                assert_eq!(node.attributes["x"], Value::Number(place as f64 / 8.0), "{name}");
                assert_eq!(node.attributes["y"], Value::Number(0.25), "{name}");
                assert_eq!(node.attributes.contains_key("shape"), program == "networkx", "{name}");
            }
        }
    }
}

#[test]
fn edge_lists_have_strengths_or_data() {
    for (way, directed) in [("directed", true), ("undirected", false)] {
        let reading = Reading { undirected: !directed, ..Reading::default() };
        for (rest, ids, with) in [
            ("networkx-WAY.edgelist", IDS, &[][..]),
            ("networkx-WAY-data.edgelist", IDS, &ALL[..]),
            ("igraph-WAY.ncol", ["A", "B", "C", "D"], &[][..]),
        ] {
            let name = rest.replace("WAY", way);
            let Found { graph, passed_over } = found_as(&name, &reading);
            assert_eq!(passed_over, [], "{name}");
            assert_eq!(graph.nodes().len(), 3, "{name}: the fourth has no ties");
            check_ties(&name, &graph, directed, ids, with, Types::All);
        }
    }
}

#[test]
fn parallel_ties_of_networkx_stay_apart() {
    for extension in ["graphml", "gexf", "gml", "json"] {
        let name = format!("networkx-parallel.{extension}");
        let graph = found(&name).graph;
        assert!(graph.has_parallel_ties(), "{name}");
        let ties: Vec<_> = graph
            .ties()
            .iter()
            .map(|tie| (tie.from, tie.to, tie.strength.to_string(), tie.attributes["kind"].clone()))
            .collect();
        let kind = |kind: &str| Value::Text(kind.to_owned());
        let expected = [(0, 1, "1", kind("trade")), (0, 1, "2", kind("aid")), (1, 1, "3", kind("self"))];
        assert_eq!(
            ties,
            expected.map(|(from, to, strength, kind)| (from, to, strength.to_owned(), kind)),
            "{name}"
        );
    }
}

#[test]
fn spells_of_networkx_become_dates_and_the_last_day_belongs_to_the_tie() {
    let Found { graph, passed_over } = found("networkx-dated.gexf");
    let dates: Vec<String> = graph
        .ties()
        .iter()
        .map(|tie| format!("{}-{} {} {}", tie.from, tie.to, tie.start.unwrap(), tie.end.unwrap()))
        .collect();
    assert_eq!(
        dates,
        ["0-1 1990-01-01 1996-01-01", "1-2 1949-04-04 1966-03-11", "1-2 2009-04-04 2021-01-01"]
    );
    let left = |what: &str| LeftOut { what: what.to_owned(), n: 1 };
    assert_eq!(passed_over, [left("`start` of nodes"), left("`end` of nodes")]);
}

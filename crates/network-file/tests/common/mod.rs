//! Random graphs, and when two are the same.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]

use jiff::ToSpan;
use normwave_network_file::{Attributes, Format, Graph, Node, Tie, Value};
use proptest::prelude::*;

/// The formats that are text.
pub const TEXTS: [Format; 10] = [
    Format::GraphMl,
    Format::Gexf,
    Format::Pajek,
    Format::Gml,
    Format::Dl,
    Format::NodeLink,
    Format::EdgeList,
    Format::Csv,
    Format::Tsv,
    Format::Matrix,
];

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Flag),
        prop_oneof![Just(0), Just(1), Just(1990), any::<i64>()].prop_map(Value::Integer),
        prop_oneof![Just(0.0), Just(2.0), Just(-0.5), Just(1e300), Just(1e-7), Just(1e16)]
            .prop_map(Value::Number),
        prop::num::f64::NORMAL.prop_map(Value::Number),
        text().prop_map(Value::Text),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("007".to_owned()),
        Just("1990".to_owned()),
        Just("true".to_owned()),
        Just(" spaces ".to_owned()),
        Just("a & b <c> \"d\" 'e' &amp; ]]>".to_owned()),
        Just("line\nend\r\n\ttab".to_owned()),
        Just("bell \u{7} and \u{fffe}".to_owned()),
        "[ -~]{0,8}",
        "\\PC{0,6}",
    ]
}

fn attributes(names: &'static [&'static str]) -> impl Strategy<Value = Attributes> {
    prop::collection::btree_map(prop::sample::select(names).prop_map(str::to_owned), value(), 0..4)
}

// Attributes of one type for each name, as most files have them.
fn plain_attributes() -> impl Strategy<Value = Attributes> {
    let number = prop::num::f64::NORMAL;
    (any::<Option<bool>>(), any::<Option<i64>>(), prop::option::of(number), prop::option::of("[a-z]{2,6}é?"))
        .prop_map(|(flag, integer, number, text)| {
            let values = [
                flag.map(|flag| ("member", Value::Flag(flag))),
                integer.map(|integer| ("population", Value::Integer(integer))),
                number.map(|number| ("x", Value::Number(number))),
                text.map(|text| ("region", Value::Text(text))),
            ];
            values.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect()
        })
}

const OF_NODES: &[&str] = &[
    "x",
    "y",
    "z",
    "shape",
    "GDP per head",
    "population",
    "Population",
    "größe",
    "n",
    "start",
    "weight",
    "nan",
    "a\"b",
    "_",
];
const OF_TIES: &[&str] =
    &["label", "kind", "Kind", "since (year)", "id", "name", "strength_", "edge", "a,b", "l", "inf"];

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Z]{3}",
        1 => "[0-9]{1,3}",
        1 => "n[0-9]",
        2 => prop::sample::select(vec![
            "Côte d'Ivoire", "日本", "a,b", "a;b", "#x", "*Arcs", "data:", "labels:", "format", "say \"hi\"", "back\\slash",
            "x{1}", "{", "&amp;", "<a>", "]", "[", "%", "true", "007", "embedded:", "a = b", "row", "\"", "\\\"",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,5}".prop_filter_map("an id", |id| {
            let id: String = id.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
            let id = id.trim().to_owned();
            (!id.is_empty() && !id.chars().any(char::is_control)).then_some(id)
        }),
    ]
}

/// Any graph that there can be.
pub fn graph() -> impl Strategy<Value = Graph> {
    graph_of(
        prop_oneof![attributes(OF_NODES), plain_attributes(), Just(Attributes::new())],
        prop_oneof![attributes(OF_TIES), plain_attributes(), Just(Attributes::new())],
    )
}

fn graph_of(
    of_nodes: impl Strategy<Value = Attributes>,
    of_ties: impl Strategy<Value = Attributes>,
) -> impl Strategy<Value = Graph> {
    let label = prop_oneof![3 => Just(None), 1 => text().prop_map(Some)];
    let nodes = prop::collection::vec((id(), label, of_nodes), 0..7);
    let strength = prop_oneof![3 => Just(1.0), 1 => Just(0.0), 1 => Just(0.5), 1 => prop::num::f64::POSITIVE | prop::num::f64::NORMAL];
    let day = prop_oneof![2 => Just(None), 1 => (0..4000i64).prop_map(Some)];
    let tie =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), strength, day.clone(), day, of_ties);
    let few = prop_oneof![Just(0usize), 1..8usize];
    let ties = few.prop_flat_map(move |n| {
        prop::collection::vec((0u8..1).prop_map(|_| ()), n).prop_map(|all| all.len())
    });
    let ties = (ties, prop::collection::vec(tie, 7)).prop_map(|(n, mut ties)| {
        ties.truncate(n);
        ties
    });
    (any::<bool>(), nodes, ties, any::<[bool; 4]>()).prop_map(
        |(directed, nodes, ties, [labels, dates, weights, plain])| {
            let mut graph = Graph::new(directed);
            for (id, label, attributes) in nodes {
                if graph.place_of(&id).is_none() {
                    let attributes = if plain { Attributes::new() } else { attributes };
                    graph.add_node(Node { id, label: label.filter(|_| labels), attributes }).unwrap();
                }
            }
            let first = jiff::civil::date(1990, 1, 1);
            for (from, to, strength, start, end, attributes) in ties {
                if graph.nodes().is_empty() {
                    break;
                }
                let [from, to] = [from, to].map(|end| end.index(graph.nodes().len()));
                let start = start.filter(|_| dates).map(|start| first + start.days());
                let end = end.filter(|_| dates).map(|end| start.unwrap_or(first) + (end + 1).days());
                let strength = if weights { f64::abs(strength) } else { 1.0 };
                let attributes = if plain { Attributes::new() } else { attributes };
                graph.add_tie(Tie { from, to, strength, start, end, attributes }).unwrap();
            }
            graph
        },
    )
}

/// A graph in an order of its own: two are the same if this is.
pub fn sorted(graph: &Graph) -> (bool, Vec<Node>, Vec<String>) {
    let mut nodes = graph.nodes().to_vec();
    nodes.sort_by(|a, b| a.id.cmp(&b.id));
    let id = |place: usize| graph.nodes()[place].id.clone();
    let mut ties: Vec<String> = graph
        .ties()
        .iter()
        .map(|tie| {
            let mut ends = [id(tie.from), id(tie.to)];
            if !graph.is_directed() {
                ends.sort();
            }
            format!("{ends:?} {:?} {:?} {:?} {:?}", tie.strength, tie.start, tie.end, tie.attributes)
        })
        .collect();
    ties.sort();
    (graph.is_directed(), nodes, ties)
}

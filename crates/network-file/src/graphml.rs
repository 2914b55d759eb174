//! GraphML, by the primer and schema at <http://graphml.graphdrawing.org>.
//!
//! Read: `key` with types and defaults, `node`, `edge` with `directed`, `data`. A type that is not given is
//! a string. The strength is the data `weight` of an edge, its dates are `start` and `end`; the label of a
//! node is the data `label` or `name`. Nested graphs and hyperedges are refused; data that is XML itself,
//! as yEd writes it, and ports are passed over.
//!
//! Written: a key for each attribute, one type each; ids stand as they are.

use crate::build::{Builder, End};
use crate::format::Written;
use crate::left_out::Tally;
use crate::place::shown;
use crate::value::{Kind, kinds, value_of};
use crate::xml::{Element, Xml, can_hold, escaped, xml_text};
use crate::{Attributes, FileError, Found, Graph, Value};
use std::collections::HashMap;
use std::fmt::Write as _;

// A declared key.
struct Key {
    name: String,
    kind: Kind,
    nodes: bool,
    edges: bool,
    default: Option<Value>,
}

pub(crate) fn read(text: &str) -> Result<Found, FileError> {
    let mut xml = Xml::new(text);
    let mut built = Builder::new(text);
    let root = xml.root("graphml", "GraphML")?;
    let mut keys: HashMap<String, Key> = HashMap::new();
    let mut directed = None;
    while let Some(element) = xml.child()? {
        match element.name.as_str() {
            "key" => key(&mut xml, &mut built, &element, &mut keys)?,
            "graph" if directed.is_none() => {
                directed = Some(graph(&mut xml, &mut built, &element, &keys)?);
            }
            "graph" => {
                return Err(built.wrong(element.at, "this is a second graph", "Keep one graph in a file."));
            }
            other => {
                if other != "desc" {
                    built.passed_over.add(format!("<{}> beside the graph", shown(other)));
                }
                xml.skip()?;
            }
        }
    }
    xml.end()?;
    let Some(directed) = directed else {
        return Err(built.wrong(
            root.at,
            "there is no <graph> in it",
            "Check that this is the file you mean.",
        ));
    };
    built.finish(directed)
}

fn key(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    keys: &mut HashMap<String, Key>,
) -> Result<(), FileError> {
    let Some(id) = element.get("id") else {
        return Err(built.wrong(element.at, "a <key> has no id", "Give it one."));
    };
    let kind = match element.get("attr.type").unwrap_or("string") {
        "boolean" => Kind::Flag,
        "int" | "integer" | "long" | "short" => Kind::Integer,
        "float" | "double" => Kind::Number,
        "string" => Kind::Text,
        other => {
            return Err(built.wrong(
                element.at,
                format!("the key `{}` has the unknown type `{}`", shown(id), shown(other)),
                "Types are boolean, int, long, float, double and string.",
            ));
        }
    };
    let (nodes, edges) = match element.get("for").unwrap_or("all") {
        "node" => (true, false),
        "edge" => (false, true),
        "all" => (true, true),
        _ => (false, false),
    };
    let name = element.get("attr.name").unwrap_or(id).to_owned();
    let mut own = Key { name, kind, nodes, edges, default: None };
    while let Some(child) = xml.child()? {
        if child.name == "default" {
            own.default = value(xml, built, &child, &own)?;
        } else {
            xml.skip()?;
        }
    }
    if keys.insert(id.to_owned(), own).is_some() {
        return Err(built.wrong(
            element.at,
            format!("the key `{}` is declared twice", shown(id)),
            "Keep one of the two.",
        ));
    }
    Ok(())
}

// The value in an element whose key is known; `None` if it is XML.
fn value(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    key: &Key,
) -> Result<Option<Value>, FileError> {
    let (text, others) = xml.text()?;
    if others {
        built.passed_over.add(format!("data of the key `{}` that is XML itself", shown(&key.name)));
        return Ok(None);
    }
    if text.trim().is_empty() && key.kind != Kind::Text {
        return Ok(None);
    }
    value_of(&text, key.kind).map(Some).ok_or_else(|| {
        built.wrong(
            element.at,
            format!(
                "`{}` is not what the key `{}` declares: {}",
                shown(text.trim()),
                shown(&key.name),
                key.kind.words()
            ),
            "Correct the value, or declare another type.",
        )
    })
}

// The graph; returns whether its edges are directed where they do not say it.
fn graph(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    keys: &HashMap<String, Key>,
) -> Result<bool, FileError> {
    let directed = match element.get("edgedefault") {
        Some("directed") => true,
        Some("undirected") => false,
        Some(other) => {
            return Err(built.wrong(
                element.at,
                format!("edgedefault is `{}`", shown(other)),
                "It is `directed` or `undirected`.",
            ));
        }
        None => {
            return Err(built.wrong(
                element.at,
                "the graph does not say whether its edges are directed",
                "Give edgedefault=\"directed\" or edgedefault=\"undirected\".",
            ));
        }
    };
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "node" => node(xml, built, &child, keys)?,
            "edge" => edge(xml, built, &child, keys)?,
            "hyperedge" => {
                return Err(built.wrong(
                    child.at,
                    "this is a hyperedge, which joins more than two nodes",
                    "Write a tie for each pair, or a node for the hyperedge with a tie to each member.",
                ));
            }
            "data" => {
                built.passed_over.add("data of the graph itself");
                xml.skip()?;
            }
            "desc" => xml.skip()?,
            other => {
                return Err(built.wrong(
                    child.at,
                    format!("<{}> is nothing that a graph has", shown(other)),
                    "A graph has nodes and edges.",
                ));
            }
        }
    }
    Ok(directed)
}

fn node(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    keys: &HashMap<String, Key>,
) -> Result<(), FileError> {
    let Some(id) = element.get("id") else {
        return Err(built.wrong(element.at, "a <node> has no id", "Give it one."));
    };
    let given = data(xml, built, keys, true)?;
    built.node(element.at, id.to_owned(), None, given).map(|_| ())
}

fn edge(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    keys: &HashMap<String, Key>,
) -> Result<(), FileError> {
    let end = |name: &str| match element.get(name) {
        Some(id) => Ok(End::Id(id.to_owned())),
        None => Err(built.wrong(
            element.at,
            format!("an <edge> has no {name}"),
            "An edge has a source and a target.",
        )),
    };
    let (from, to) = (end("source")?, end("target")?);
    let directed = match element.get("directed") {
        None => None,
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        Some(other) => {
            let problem = format!("directed is `{}`", shown(other));
            return Err(built.wrong(element.at, problem, "It is `true` or `false`."));
        }
    };
    built.id_of_tie(element.get("id"));
    for port in ["sourceport", "targetport"] {
        if element.get(port).is_some() {
            built.passed_over.add("ports of edges");
        }
    }
    let given = data(xml, built, keys, false)?;
    built.tie(element.at, from, to, directed, given).map(|_| ())
}

// The data of a node or an edge, with the defaults of keys for which it has none.
fn data(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    keys: &HashMap<String, Key>,
    of_node: bool,
) -> Result<Vec<(String, Value)>, FileError> {
    let mut given: Vec<(String, Value)> = Vec::new();
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "data" => {
                let id = child.get("key").unwrap_or_default();
                let Some(key) = keys.get(id) else {
                    return Err(built.wrong(
                        child.at,
                        format!("the key `{}` is not declared", shown(id)),
                        "Declare it before the graph: <key id=... for=... attr.name=... attr.type=.../>.",
                    ));
                };
                if let Some(value) = value(xml, built, &child, key)? {
                    if given.iter().any(|(name, _)| *name == key.name) {
                        built.passed_over.add(format!("a second value of `{}`", shown(&key.name)));
                    } else {
                        given.push((key.name.clone(), value));
                    }
                }
            }
            "graph" => {
                return Err(built.wrong(
                    child.at,
                    "this graph is nested in a node",
                    "Write its nodes and edges beside the others.",
                ));
            }
            other => {
                if other != "desc" {
                    built.passed_over.add(format!("<{}>", shown(other)));
                }
                xml.skip()?;
            }
        }
    }
    let mut defaults: Vec<&Key> = keys
        .values()
        .filter(|key| if of_node { key.nodes } else { key.edges })
        .filter(|key| key.default.is_some())
        .collect();
    defaults.sort_by(|a, b| a.name.cmp(&b.name));
    for key in defaults {
        if let Some(value) = key.default.clone().filter(|_| !given.iter().any(|(name, _)| *name == key.name))
        {
            given.push((key.name.clone(), value));
        }
    }
    Ok(given)
}

pub(crate) fn write(graph: &Graph) -> Written {
    let mut left_out = Tally::default();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n         \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n         \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    let of_nodes = kinds(graph.nodes().iter().map(|node| &node.attributes));
    let of_ties = kinds(graph.ties().iter().map(|tie| &tie.attributes));
    let mut declare = |id: &str, of: &str, name: &str, kind: Kind| {
        let kind = match kind {
            Kind::Flag => "boolean",
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Text => "string",
        };
        let name = escaped(name);
        let _ = writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    };
    if graph.nodes().iter().any(|node| node.label.is_some()) {
        declare("label", "node", "label", Kind::Text);
    }
    for (no, (name, kind)) in of_nodes.iter().enumerate() {
        declare(&format!("n{no}"), "node", name, *kind);
    }
    let strengths = graph.has_strengths();
    if strengths {
        declare("weight", "edge", "weight", Kind::Number);
    }
    for (name, there) in [
        ("start", graph.ties().iter().any(|tie| tie.start.is_some())),
        ("end", graph.ties().iter().any(|tie| tie.end.is_some())),
    ] {
        if there {
            declare(name, "edge", name, Kind::Text);
        }
    }
    for (no, (name, kind)) in of_ties.iter().enumerate() {
        declare(&format!("e{no}"), "edge", name, *kind);
    }
    let default = if graph.is_directed() { "directed" } else { "undirected" };
    let _ = writeln!(out, "  <graph edgedefault=\"{default}\">");
    let mut data = |out: &mut String,
                    attributes: &Attributes,
                    kinds: &std::collections::BTreeMap<&str, Kind>,
                    prefix: char| {
        for (no, (name, kind)) in kinds.iter().enumerate() {
            if let Some(value) = attributes.get(*name) {
                let text = xml_text(value, name, *kind, &mut left_out);
                let _ = writeln!(out, "      <data key=\"{prefix}{no}\">{text}</data>");
            }
        }
    };
    let mut controls = 0;
    for node in graph.nodes() {
        let _ = writeln!(out, "    <node id=\"{}\">", escaped(&node.id));
        if let Some(label) = &node.label {
            controls += usize::from(!label.chars().all(can_hold));
            let _ = writeln!(out, "      <data key=\"label\">{}</data>", escaped(label));
        }
        data(&mut out, &node.attributes, &of_nodes, 'n');
        out.push_str("    </node>\n");
    }
    for tie in graph.ties() {
        let [from, to] = [tie.from, tie.to].map(|place| escaped(&graph.nodes()[place].id));
        let _ = writeln!(out, "    <edge source=\"{from}\" target=\"{to}\">");
        if strengths {
            let _ = writeln!(out, "      <data key=\"weight\">{:?}</data>", tie.strength);
        }
        for (name, date) in [("start", tie.start), ("end", tie.end)] {
            if let Some(date) = date {
                let _ = writeln!(out, "      <data key=\"{name}\">{date}</data>");
            }
        }
        data(&mut out, &tie.attributes, &of_ties, 'e');
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    left_out.add_n("control characters in labels", controls);
    Written { text: out, left_out: left_out.into_vec() }
}

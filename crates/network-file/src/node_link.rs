//! JSON node-link, as networkx and D3 write it.
//!
//! Read: `directed`, `multigraph`, `nodes` with `id` (or only `name`, with ties that count nodes from 0),
//! `links` or `edges` with `source` and `target`. Numbers are ids as they are written. Lists and objects
//! inside of nodes and ties are passed over.
//!
//! Written: `edges`, which networkx reads from version 3.4 on.

use crate::build::{Builder, End};
use crate::format::Written;
use crate::left_out::Tally;
use crate::place::shown;
use crate::{Attributes, FileError, Found, Graph, Value};
use serde_json::{Map, Value as Json, json};

/// Largest text, in bytes: whole in memory, it can take thirty times as much.
const LARGEST: usize = 64 << 20;

pub(crate) fn read(text: &str) -> Result<Found, FileError> {
    let mut built = Builder::new(text);
    if text.len() > LARGEST {
        let problem = format!("the file is larger than {} MiB, which is much for JSON", LARGEST >> 20);
        return Err(FileError::whole(problem, "Write it as GraphML or CSV."));
    }
    let json: Json = serde_json::from_str(text).map_err(|error| {
        let at = offset(text, error.line(), error.column());
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        built.wrong(
            at,
            format!("this is no JSON: {reason}"),
            "The file is cut short or damaged; get it anew.",
        )
    })?;
    let Json::Object(mut file) = json else {
        return Err(not_node_link(&built, "it is no object"));
    };
    let flag = |name: &str, file: &Map<String, Json>| match file.get(name) {
        None | Some(Json::Null) => Ok(false),
        Some(Json::Bool(flag)) => Ok(*flag),
        Some(_) => Err(not_node_link(&built, &format!("`{name}` is neither true nor false"))),
    };
    let directed = flag("directed", &file)?;
    flag("multigraph", &file)?;
    let list = |name: &str, file: &mut Map<String, Json>| match file.remove(name) {
        None => Ok(None),
        Some(Json::Array(list)) => Ok(Some(list)),
        Some(_) => Err(not_node_link(&built, &format!("`{name}` is no list"))),
    };
    let Some(nodes) = list("nodes", &mut file)? else {
        return Err(not_node_link(&built, "it has no `nodes`"));
    };
    let (links, edges) = (list("links", &mut file)?, list("edges", &mut file)?);
    let (key, ties) = match (links, edges) {
        (Some(links), None) => ("links", links),
        (None, Some(edges)) => ("edges", edges),
        (None, None) => return Err(not_node_link(&built, "it has neither `links` nor `edges`")),
        (Some(_), Some(_)) => return Err(not_node_link(&built, "it has both `links` and `edges`")),
    };
    for (name, value) in &file {
        let empty = matches!(value, Json::Object(map) if map.is_empty());
        if !matches!(name.as_str(), "directed" | "multigraph") && !empty {
            built.passed_over.add(format!("`{}` beside the nodes", shown(name)));
        }
    }
    // D3 counts nodes where they have no ids.
    let by_place = !nodes.is_empty() && nodes.iter().all(|node| node.get("id").is_none());
    let places = starts(text, "nodes");
    for (no, node) in nodes.into_iter().enumerate() {
        self::node(&mut built, places.get(no).copied().unwrap_or(0), no, node)?;
    }
    let places = starts(text, key);
    for (no, tie) in ties.into_iter().enumerate() {
        self::tie(&mut built, places.get(no).copied().unwrap_or(0), no, tie, by_place)?;
    }
    built.finish(directed)
}

fn not_node_link(built: &Builder<'_>, why: &str) -> FileError {
    built.wrong(
        0,
        format!("this is no node-link JSON: {why}"),
        "It is an object with `directed`, a list `nodes`, and a list `links` or `edges`.",
    )
}

fn node(built: &mut Builder<'_>, at: usize, no: usize, node: Json) -> Result<(), FileError> {
    let Json::Object(mut node) = node else {
        return Err(built.wrong(at, format!("node {no} is no object"), "Write: { \"id\": … }."));
    };
    let id = match node.shift_remove("id").or_else(|| node.shift_remove("name")).as_ref().map(id_of) {
        Some(Some(id)) => id,
        Some(None) => {
            let problem = format!("the id of node {no} is neither a text nor a number");
            return Err(built.wrong(at, problem, "Write: { \"id\": \"AUT\" }."));
        }
        None => {
            return Err(built.wrong(at, format!("node {no} has no id"), "Write: { \"id\": … }."));
        }
    };
    let given = attributes(built, node, "nodes");
    built.node(at, id, None, given).map(|_| ())
}

fn tie(built: &mut Builder<'_>, at: usize, no: usize, tie: Json, by_place: bool) -> Result<(), FileError> {
    let Json::Object(mut tie) = tie else {
        return Err(built.wrong(
            at,
            format!("tie {no} is no object"),
            "Write: { \"source\": …, \"target\": … }.",
        ));
    };
    let mut end = |name: &str| {
        let Some(value) = tie.shift_remove(name) else {
            return Err(built.wrong(
                at,
                format!("tie {no} has no {name}"),
                "Write: { \"source\": …, \"target\": … }.",
            ));
        };
        let place =
            if by_place { value.as_u64().and_then(|place| usize::try_from(place).ok()) } else { None };
        let found = match (place, id_of(&value)) {
            (Some(place), _) if place < built.n_nodes() => Ok(place),
            (_, Some(id)) => built.place_of(&id).ok_or(id),
            (_, None) => Err(value.to_string()),
        };
        found.map_err(|id| {
            built.wrong(
                at,
                format!("a tie joins `{}`, and there is no such node", shown(&id)),
                "List every node.",
            )
        })
    };
    let (from, to) = (end("source")?, end("target")?);
    // With what networkx tells parallel ties apart.
    match tie.shift_remove("key") {
        None | Some(Json::Number(_)) => {}
        Some(_) => built.passed_over.add("keys of ties"),
    }
    let given = attributes(built, tie, "ties");
    built.tie(at, End::Place(from), End::Place(to), None, given).map(|_| ())
}

fn id_of(value: &Json) -> Option<String> {
    match value {
        Json::String(id) => Some(id.clone()),
        Json::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn attributes(built: &mut Builder<'_>, object: Map<String, Json>, of: &str) -> Vec<(String, Value)> {
    let mut given = Vec::with_capacity(object.len());
    for (name, value) in object {
        let value = match value {
            Json::Null => continue,
            Json::Bool(flag) => Value::Flag(flag),
            Json::String(text) => Value::Text(text),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => Value::Integer(integer),
                (None, Some(number)) => Value::Number(number),
                (None, None) => continue,
            },
            Json::Array(_) | Json::Object(_) => {
                built.passed_over.add(format!("the list or object `{}` of {of}", shown(&name)));
                continue;
            }
        };
        given.push((name, value));
    }
    given
}

// The byte of a line and column, from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let begin: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (begin + column.saturating_sub(1)).min(text.len())
}

// Where each element of a list of the outermost object begins. The text is JSON; of two lists of one name
// the last counts, as for the reader.
fn starts(text: &str, list: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, 0usize);
    let (mut found, mut expected) = (false, false);
    let mut starts = Vec::new();
    while at < bytes.len() {
        let byte = bytes[at];
        if found && depth == 2 && expected && !byte.is_ascii_whitespace() {
            starts.push(at);
            expected = false;
        }
        match byte {
            b'"' => {
                let begin = at + 1;
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let after = text.get(at + 1..).unwrap_or_default().trim_start();
                if depth == 1 && after.starts_with(':') {
                    found = text.get(begin..at) == Some(list);
                    if found {
                        starts.clear();
                    }
                }
            }
            b'[' | b'{' => {
                depth += 1;
                expected = found && depth == 2;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if found && depth == 2 => expected = true,
            _ => {}
        }
        at += 1;
    }
    starts
}

pub(crate) fn write(graph: &Graph) -> Written {
    let mut out = format!(
        "{{\n  \"directed\": {},\n  \"multigraph\": {},\n  \"graph\": {{}},\n  \"nodes\": [",
        graph.is_directed(),
        graph.has_parallel_ties()
    );
    // A line each, written as they come: as one value, 400 000 ties took more than a gigabyte.
    for (no, node) in graph.nodes().iter().enumerate() {
        let mut fields = vec![field("id", &json!(node.id))];
        fields.extend(node.label.as_ref().map(|label| field("label", &json!(label))));
        put(&mut out, no, fields, &node.attributes);
    }
    out.push_str("\n  ],\n  \"edges\": [");
    let strengths = graph.has_strengths();
    for (no, tie) in graph.ties().iter().enumerate() {
        let id = |place: usize| json!(graph.nodes()[place].id);
        let mut fields = vec![field("source", &id(tie.from)), field("target", &id(tie.to))];
        fields.extend(strengths.then(|| field("weight", &json!(tie.strength))));
        for (name, date) in [("start", tie.start), ("end", tie.end)] {
            fields.extend(date.map(|date| field(name, &json!(date.to_string()))));
        }
        put(&mut out, no, fields, &tie.attributes);
    }
    out.push_str("\n  ]\n}\n");
    Written { text: out, left_out: Tally::default().into_vec() }
}

fn field(name: &str, value: &Json) -> String {
    format!("{}: {value}", json!(name))
}

// Adds an element of a list.
fn put(out: &mut String, no: usize, mut fields: Vec<String>, attributes: &Attributes) {
    fields.extend(attributes.iter().map(|(name, value)| {
        let value = match value {
            Value::Flag(flag) => json!(flag),
            Value::Integer(integer) => json!(integer),
            Value::Number(number) => json!(number),
            Value::Text(text) => json!(text),
        };
        field(name, &value)
    }));
    out.push_str(if no == 0 { "\n    {" } else { ",\n    {" });
    out.push_str(&fields.join(", "));
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_found_in_its_own_list() {
        let text = r#"{"x": {"nodes": [1]}, "a\"": [9, 9], "nodes": [ {"id": ["]"]}, {"id": "b,"},"c"], "links": [7]}"#;
        let begins = |list: &str, no: usize| &text[starts(text, list)[no]..];
        assert!(begins("nodes", 0).starts_with(r#"{"id": ["]"]}"#));
        assert!(begins("nodes", 1).starts_with(r#"{"id": "b,"}"#));
        assert!(begins("nodes", 2).starts_with(r#""c""#));
        assert!(begins("links", 0).starts_with("7]"));
    }
}

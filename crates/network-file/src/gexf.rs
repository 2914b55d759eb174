//! GEXF 1.2 and 1.3 (and 1.1 in what they share), by the primer and schema at <https://gexf.net>.
//!
//! Read: `attributes` of nodes and edges with types and defaults, `node` with label, `edge` with type,
//! weight, label, `start`, `end`, `spells` and, of 1.3, `intervals`. Ends are the last day with the tie,
//! unless they are open (1.2). A tie with several spells becomes one for each. Times that are whole numbers
//! are years. Positions, sizes and colours, spells of nodes, and values that change in time are passed
//! over; nested nodes are refused.
//!
//! Written: version 1.3, times as dates.

use crate::build::{Builder, End};
use crate::format::Written;
use crate::left_out::Tally;
use crate::place::shown;
use crate::value::{Kind, kinds, value_of};
use crate::xml::{Element, Xml, can_hold, escaped, xml_text};
use crate::{Attributes, FileError, Found, Graph, Value};
use jiff::ToSpan;
use jiff::civil::Date;
use normwave_network_model::parse_date;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

// A declared attribute.
struct Declared {
    title: String,
    kind: Kind,
    default: Option<Value>,
}

// What the file declares.
#[derive(Default)]
struct Keys {
    nodes: HashMap<String, Declared>,
    edges: HashMap<String, Declared>,
}

// A tie's first day, and the first without it.
type Spell = (Option<Date>, Option<Date>);

pub(crate) fn read(text: &str) -> Result<Found, FileError> {
    let mut xml = Xml::new(text);
    let mut built = Builder::new(text);
    let root = xml.root("gexf", "GEXF")?;
    let mut directed = None;
    while let Some(element) = xml.child()? {
        match element.name.as_str() {
            "graph" if directed.is_none() => directed = Some(graph(&mut xml, &mut built, &element)?),
            "graph" => {
                return Err(built.wrong(element.at, "this is a second graph", "Keep one graph in a file."));
            }
            _ => xml.skip()?,
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

fn graph(xml: &mut Xml<'_>, built: &mut Builder<'_>, element: &Element) -> Result<bool, FileError> {
    let directed = match element.get("defaultedgetype") {
        Some("directed" | "mutual") => true,
        // As the schema has it.
        Some("undirected") | None => false,
        Some(other) => {
            let problem = format!("defaultedgetype is `{}`", shown(other));
            return Err(built.wrong(element.at, problem, "It is `directed`, `undirected` or `mutual`."));
        }
    };
    let mutual = element.get("defaultedgetype") == Some("mutual");
    let mut keys = Keys::default();
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "attributes" => declarations(xml, built, &child, &mut keys)?,
            "nodes" => {
                promised(built, &child)?;
                while let Some(child) = xml.child()? {
                    node(xml, built, &child, &keys)?;
                }
            }
            "edges" => {
                while let Some(child) = xml.child()? {
                    edge(xml, built, &child, &keys, mutual)?;
                }
            }
            other => {
                built.passed_over.add(format!("<{}> of the graph", shown(other)));
                xml.skip()?;
            }
        }
    }
    Ok(directed)
}

// A count of nodes that nothing could hold.
fn promised(built: &Builder<'_>, element: &Element) -> Result<(), FileError> {
    let most = normwave_network_model::MAX_ACTORS;
    match element.get("count").map(str::parse::<u64>) {
        Some(Ok(n)) if n > most as u64 => Err(built.wrong(
            element.at,
            format!("the file promises {n} nodes; at most {most} are possible"),
            "Keep only the nodes and ties that are needed.",
        )),
        _ => Ok(()),
    }
}

fn declarations(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    keys: &mut Keys,
) -> Result<(), FileError> {
    let of = match element.get("class") {
        Some("node") => &mut keys.nodes,
        Some("edge") => &mut keys.edges,
        other => {
            let problem = format!("attributes are of the class `{}`", shown(other.unwrap_or_default()));
            return Err(built.wrong(element.at, problem, "The class is `node` or `edge`."));
        }
    };
    while let Some(child) = xml.child()? {
        let id = child.get("id").unwrap_or_default().to_owned();
        if child.name != "attribute" || id.is_empty() {
            return Err(built.wrong(child.at, "only <attribute> with an id can stand here", ""));
        }
        let kind = match child.get("type").unwrap_or("string") {
            "boolean" => Kind::Flag,
            "integer" | "long" | "short" | "byte" | "biginteger" => Kind::Integer,
            "float" | "double" | "bigdecimal" => Kind::Number,
            "string" | "anyURI" | "char" => Kind::Text,
            list if list.starts_with("list") => Kind::Text,
            other => {
                return Err(built.wrong(
                    child.at,
                    format!("the attribute `{}` has the unknown type `{}`", shown(&id), shown(other)),
                    "Types are boolean, integer, long, float, double, string, and lists.",
                ));
            }
        };
        let mut own = Declared { title: child.get("title").unwrap_or(&id).to_owned(), kind, default: None };
        while let Some(inner) = xml.child()? {
            if inner.name == "default" {
                let (text, _) = xml.text()?;
                own.default = Some(valued(built, &inner, &text, &own)?);
            } else {
                xml.skip()?;
            }
        }
        if of.insert(id.clone(), own).is_some() {
            return Err(built.wrong(
                child.at,
                format!("the attribute `{}` is declared twice", shown(&id)),
                "Keep one of the two.",
            ));
        }
    }
    Ok(())
}

fn valued(built: &Builder<'_>, element: &Element, text: &str, key: &Declared) -> Result<Value, FileError> {
    value_of(text, key.kind).ok_or_else(|| {
        built.wrong(
            element.at,
            format!("`{}` is not what `{}` declares: {}", shown(text), shown(&key.title), key.kind.words()),
            "Correct the value, or declare another type.",
        )
    })
}

fn node(xml: &mut Xml<'_>, built: &mut Builder<'_>, element: &Element, keys: &Keys) -> Result<(), FileError> {
    let id = element.get("id").unwrap_or_default();
    if element.name != "node" || id.is_empty() {
        return Err(built.wrong(
            element.at,
            "only <node> with an id can stand here",
            "Give each node an id.",
        ));
    }
    for name in ["start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals"] {
        if element.get(name).is_some() {
            built.passed_over.add(format!("`{name}` of nodes"));
        }
    }
    if element.get("pid").is_some() {
        built.passed_over.add("parents of nodes");
    }
    let mut given = Vec::new();
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "attvalues" => given.extend(values(xml, built, &keys.nodes)?),
            "nodes" | "edges" => {
                return Err(built.wrong(
                    child.at,
                    format!("<{}> is nested in a node", child.name),
                    "Write nodes and edges beside the others.",
                ));
            }
            other => {
                built.passed_over.add(format!("<{}> of nodes", shown(other)));
                xml.skip()?;
            }
        }
    }
    with_defaults(&mut given, &keys.nodes);
    let label = element.get("label").map(str::to_owned);
    built.node(element.at, id.to_owned(), label, given).map(|_| ())
}

fn with_defaults(given: &mut Vec<(String, Value)>, keys: &HashMap<String, Declared>) {
    let mut defaults: Vec<_> = keys
        .values()
        .filter_map(|key| key.default.clone().map(|default| (key.title.clone(), default)))
        .collect();
    defaults.sort_by(|a, b| a.0.cmp(&b.0));
    for (title, default) in defaults {
        if !given.iter().any(|(name, _)| *name == title) {
            given.push((title, default));
        }
    }
}

fn values(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    keys: &HashMap<String, Declared>,
) -> Result<Vec<(String, Value)>, FileError> {
    let mut given: Vec<(String, Value)> = Vec::new();
    while let Some(child) = xml.child()? {
        xml.skip()?;
        // `id` is what version 1.1 had.
        let id = child.get("for").or_else(|| child.get("id")).unwrap_or_default();
        let Some(key) = keys.get(id) else {
            return Err(built.wrong(
                child.at,
                format!("the attribute `{}` is not declared", shown(id)),
                "Declare it before the nodes: <attributes class=...><attribute id=... title=... type=.../></attributes>.",
            ));
        };
        let value = valued(built, &child, child.get("value").unwrap_or_default(), key)?;
        if child.names().any(|name| matches!(name, "start" | "end" | "timestamp")) {
            built.passed_over.add(format!("times of values of `{}`", shown(&key.title)));
        }
        if given.iter().any(|(name, _)| *name == key.title) {
            built.passed_over.add(format!("a second value of `{}`", shown(&key.title)));
        } else {
            given.push((key.title.clone(), value));
        }
    }
    Ok(given)
}

fn edge(
    xml: &mut Xml<'_>,
    built: &mut Builder<'_>,
    element: &Element,
    keys: &Keys,
    mutual: bool,
) -> Result<(), FileError> {
    let (from, to) = (element.get("source").unwrap_or_default(), element.get("target").unwrap_or_default());
    if element.name != "edge" || from.is_empty() || to.is_empty() {
        return Err(built.wrong(
            element.at,
            "only <edge> with a source and a target can stand here",
            "Give each edge both.",
        ));
    }
    let (directed, both) = match element.get("type") {
        None => (None, mutual),
        Some("directed") => (Some(true), false),
        Some("undirected") => (Some(false), false),
        Some("mutual") => (Some(true), true),
        Some(other) => {
            let problem = format!("the type of an edge is `{}`", shown(other));
            return Err(built.wrong(element.at, problem, "It is `directed`, `undirected` or `mutual`."));
        }
    };
    built.id_of_tie(element.get("id"));
    let mut given = Vec::new();
    let mut spells: Vec<Spell> = Vec::new();
    let own = spell_of(built, element);
    if own != (None, None) {
        spells.push(own);
    }
    if let Some(intervals) = element.get("intervals") {
        spells.extend(intervals_of(built, intervals));
    }
    for name in ["timestamp", "timestamps", "kind"] {
        if element.get(name).is_some() {
            built.passed_over.add(format!("`{name}` of edges"));
        }
    }
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "attvalues" => given.extend(values(xml, built, &keys.edges)?),
            "spells" => {
                while let Some(spell) = xml.child()? {
                    spells.push(spell_of(built, &spell));
                    xml.skip()?;
                }
            }
            other => {
                built.passed_over.add(format!("<{}> of edges", shown(other)));
                xml.skip()?;
            }
        }
    }
    with_defaults(&mut given, &keys.edges);
    if let Some(weight) = element.get("weight") {
        // It goes before an attribute of that name.
        given.insert(0, ("weight".to_owned(), Value::Text(weight.to_owned())));
    }
    if let Some(label) = element.get("label") {
        given.push(("label".to_owned(), Value::Text(label.to_owned())));
    }
    if spells.is_empty() {
        spells.push((None, None));
    }
    for (start, end) in spells {
        for (from, to) in [Some((from, to)), both.then_some((to, from))].into_iter().flatten() {
            let (from, to) = (End::Id(from.to_owned()), End::Id(to.to_owned()));
            let tie = built.tie(element.at, from, to, directed, given.clone())?;
            (tie.start, tie.end) = (start.or(tie.start), end.or(tie.end));
        }
    }
    Ok(())
}

fn spell_of(built: &mut Builder<'_>, element: &Element) -> Spell {
    let mut day = |closed: &str, open: &str, is_end: bool| {
        let (text, is_open) = match (element.get(closed), element.get(open)) {
            // In 1.1 `startopen` says whether the start is open.
            (Some(text), Some("true")) => (text, true),
            (Some(text), _) => (text, false),
            (None, Some(text)) if !matches!(text, "true" | "false") => (text, true),
            (None, _) => return None,
        };
        day_of(built, text, is_end != is_open)
    };
    (day("start", "startopen", false), day("end", "endopen", true))
}

// `<[1990-01-01,1995-12-31]; ]1997-01-01,...[>`, each with its brackets open or closed.
fn intervals_of(built: &mut Builder<'_>, text: &str) -> Vec<Spell> {
    let inside = text.trim().trim_start_matches('<').trim_end_matches('>');
    let mut spells = Vec::new();
    for interval in inside.split(';').map(str::trim).filter(|interval| !interval.is_empty()) {
        let open = [interval.starts_with([']', '(']), interval.ends_with(['[', ')'])];
        let mut parts = interval.trim_matches(['[', ']', '(', ')']).split(',').map(str::trim);
        let (start, end) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        spells.push((day_of(built, start, open[0]), day_of(built, end, !open[1])));
    }
    spells
}

// The day that a time says, or the one after it; `None`, and a note, if it says none.
fn day_of(built: &mut Builder<'_>, text: &str, after: bool) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() || text.to_ascii_lowercase().contains("infinity") {
        return None;
    }
    // A time of day follows a `T`; whole numbers are often written as `1990.0`.
    let (date, hours) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let date = date.strip_suffix(".0").unwrap_or(date);
    if hours.chars().any(|c| c.is_ascii_digit() && c != '0') {
        built.passed_over.add("times of day");
    }
    let Ok(first) = parse_date(date) else {
        built.passed_over.add("times that are no dates and no years");
        return None;
    };
    if !after {
        return Some(first);
    }
    let step = match date.len() {
        4 => 1.year(),
        7 => 1.month(),
        _ => 1.day(),
    };
    first.checked_add(step).ok()
}

pub(crate) fn write(graph: &Graph) -> Written {
    let mut left_out = Tally::default();
    let of_nodes = kinds(graph.nodes().iter().map(|node| &node.attributes));
    let of_ties = kinds(graph.ties().iter().map(|tie| &tie.attributes));
    let dated = graph.ties().iter().any(|tie| tie.start.is_some() || tie.end.is_some());
    let default = if graph.is_directed() { "directed" } else { "undirected" };
    let mode = if dated { "mode=\"dynamic\" timeformat=\"date\"" } else { "mode=\"static\"" };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <graph defaultedgetype=\"{default}\" {mode}>\n"
    );
    for (class, kinds) in [("node", &of_nodes), ("edge", &of_ties)] {
        if kinds.is_empty() {
            continue;
        }
        let _ = writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">");
        for (no, (title, kind)) in kinds.iter().enumerate() {
            let kind = match kind {
                Kind::Flag => "boolean",
                Kind::Integer => "long",
                Kind::Number => "double",
                Kind::Text => "string",
            };
            let _ =
                writeln!(out, "      <attribute id=\"{no}\" title=\"{}\" type=\"{kind}\"/>", escaped(title));
        }
        out.push_str("    </attributes>\n");
    }
    out.push_str("    <nodes>\n");
    let mut controls = 0;
    for node in graph.nodes() {
        let label = node.label.as_ref().unwrap_or(&node.id);
        controls += usize::from(!label.chars().all(can_hold));
        let _ = write!(out, "      <node id=\"{}\" label=\"{}\"", escaped(&node.id), escaped(label));
        attvalues(&mut out, &node.attributes, &of_nodes, "node", &mut left_out);
    }
    out.push_str("    </nodes>\n    <edges>\n");
    let strengths = graph.has_strengths();
    for (no, tie) in graph.ties().iter().enumerate() {
        let [from, to] = [tie.from, tie.to].map(|place| escaped(&graph.nodes()[place].id));
        let _ = write!(out, "      <edge id=\"{no}\" source=\"{from}\" target=\"{to}\"");
        if strengths {
            let _ = write!(out, " weight=\"{:?}\"", tie.strength);
        }
        if let Some(start) = tie.start {
            let _ = write!(out, " start=\"{start}\"");
        }
        // The last day of the tie.
        if let Some(last) = tie.end.and_then(|end| end.yesterday().ok()) {
            let _ = write!(out, " end=\"{last}\"");
        }
        attvalues(&mut out, &tie.attributes, &of_ties, "edge", &mut left_out);
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    left_out.add_n("control characters in labels", controls);
    Written { text: out, left_out: left_out.into_vec() }
}

// The attributes of an element whose tag is open, and its end.
fn attvalues(
    out: &mut String,
    attributes: &Attributes,
    kinds: &BTreeMap<&str, Kind>,
    element: &str,
    left_out: &mut Tally,
) {
    if attributes.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n        <attvalues>\n");
    for (no, (name, kind)) in kinds.iter().enumerate() {
        if let Some(value) = attributes.get(*name) {
            let text = xml_text(value, name, *kind, left_out);
            let _ = writeln!(out, "          <attvalue for=\"{no}\" value=\"{text}\"/>");
        }
    }
    let _ = writeln!(out, "        </attvalues>\n      </{element}>");
}

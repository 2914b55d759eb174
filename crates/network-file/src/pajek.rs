//! Pajek `.net`, by the program's own page, *Pajek NET format*
//! (<http://mrvar.fdv.uni-lj.si/pajek/DrawEPS.htm>).
//!
//! Read: `*Vertices` with labels, coordinates, shape and further settings, `*Arcs`, `*Edges`, `*Arcslist`,
//! `*Edgeslist`, `*Matrix`, comments after `%`. The label is the id where all labels differ, else the
//! number is; a vertex without a line has its number for an id. Further settings in pairs become
//! attributes. Names of relations and time in brackets are passed over; two-mode networks and several
//! relations are refused.
//!
//! Written: labels in quotes (with `\` before `"` and `\`), the attributes `x`, `y`, `z` and `shape` of
//! nodes, and `label` of ties.

use crate::build::{Builder, End, MOST_UNSEEN};
use crate::fields::{Field, Line, Quotes, lines, words};
use crate::format::Written;
use crate::left_out::Tally;
use crate::place::shown;
use crate::value::guess;
use crate::{Attributes, FileError, Found, Graph, Value};
use std::collections::HashSet;
use std::fmt::Write as _;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Vertices,
    Arcs,
    Edges,
    ArcsList,
    EdgesList,
    Matrix,
    Passed,
}

// A vertex as its line has it.
#[derive(Clone, Default)]
struct Vertex {
    at: usize,
    label: Option<String>,
    given: Vec<(String, Value)>,
    seen: bool,
}

// The file as far as it is read.
struct Pajek<'t> {
    built: Builder<'t>,
    // Vertices before they are nodes; none after.
    vertices: Vec<Vertex>,
    n: Option<usize>,
    made: bool,
    arcs: bool,
    edges: bool,
    rows: usize,
    relation: Option<String>,
}

pub(crate) fn read(text: &str) -> Result<Found, FileError> {
    let mut file = Pajek {
        built: Builder::new(text),
        vertices: Vec::new(),
        n: None,
        made: false,
        arcs: false,
        edges: false,
        rows: 0,
        relation: None,
    };
    let mut section = None;
    for line in lines(text) {
        let trimmed = line.text.trim_start();
        if trimmed.is_empty() || trimmed.starts_with('%') {
            continue;
        }
        if trimmed.starts_with('*') {
            section = Some(file.section(line)?);
            continue;
        }
        // Time in brackets comes last.
        let text = match line.text.rfind('[') {
            Some(begin) if line.text.trim_end().ends_with(']') && !line.text[begin..].contains('"') => {
                file.built.passed_over.add("time in brackets");
                &line.text[..begin]
            }
            _ => line.text,
        };
        let fields = words(&file.built.source, Line { text, at: line.at }, &[], Quotes::Escaped)?;
        let Some(first) = fields.first() else { continue };
        match section {
            None => {
                return Err(file.built.wrong(
                    first.at,
                    "this is no Pajek network: it does not begin with *Vertices",
                    "Check the format of the file.",
                ));
            }
            Some(Section::Vertices) => file.vertex(&fields)?,
            Some(Section::Arcs) => file.tie(&fields, true)?,
            Some(Section::Edges) => file.tie(&fields, false)?,
            Some(Section::ArcsList) => file.list(&fields, true)?,
            Some(Section::EdgesList) => file.list(&fields, false)?,
            Some(Section::Matrix) => file.row(&fields)?,
            Some(Section::Passed) => {}
        }
    }
    file.finish()
}

impl Pajek<'_> {
    fn section(&mut self, line: Line<'_>) -> Result<Section, FileError> {
        let at = line.at + (line.text.len() - line.text.trim_start().len());
        let fields = words(&self.built.source, line, &[], Quotes::Escaped)?;
        let (word, number) = fields.first().map_or((String::new(), None), |first| {
            // A number of a relation may follow at once: `*Arcs :1 "aid"`.
            let word = first.text.to_ascii_lowercase();
            let word = word.split(':').next().unwrap_or_default().to_owned();
            (word, fields.get(1))
        });
        if word == "*vertices" {
            if self.n.is_some() {
                return Err(self.built.wrong(at, "*Vertices comes twice", "Keep one network in a file."));
            }
            if fields.len() > 2 {
                return Err(self.built.wrong(
                    fields[2].at,
                    "this is a two-mode network: *Vertices has two numbers",
                    "Project it on one kind of node first.",
                ));
            }
            let n = number.and_then(|number| number.text.parse::<u64>().ok());
            let Some(n) = n else {
                return Err(self.built.wrong(
                    at,
                    "*Vertices does not say how many there are",
                    "Write: *Vertices 12.",
                ));
            };
            let most = normwave_network_model::MAX_ACTORS;
            match usize::try_from(n) {
                Ok(n) if n <= most => self.n = Some(n),
                _ => {
                    let problem = format!("the file promises {n} nodes; at most {most} are possible");
                    return Err(self.built.wrong(
                        at,
                        problem,
                        "Keep only the nodes and ties that are needed.",
                    ));
                }
            }
            return Ok(Section::Vertices);
        }
        let section = match word.as_str() {
            "*arcs" => Section::Arcs,
            "*edges" => Section::Edges,
            "*arcslist" => Section::ArcsList,
            "*edgeslist" => Section::EdgesList,
            "*matrix" => Section::Matrix,
            "*network" => return Ok(Section::Passed),
            "*partition" | "*vector" | "*cluster" | "*permutation" | "*hierarchy" => {
                self.built.passed_over.add(word);
                return Ok(Section::Passed);
            }
            _ => {
                return Err(self.built.wrong(
                    at,
                    format!("`{}` is no section of a Pajek network", shown(&word)),
                    "Sections are *Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist and *Matrix.",
                ));
            }
        };
        if self.n.is_none() {
            return Err(self.built.wrong(
                at,
                format!("{word} comes before *Vertices"),
                "Begin with *Vertices and their number.",
            ));
        }
        self.one_relation(at, &fields)?;
        match section {
            Section::Edges | Section::EdgesList => self.edges = true,
            _ => self.arcs = true,
        }
        self.make()?;
        Ok(section)
    }

    // `*Arcs :2 "aid"`: ties of another relation cannot be told apart from these.
    fn one_relation(&mut self, at: usize, fields: &[Field]) -> Result<(), FileError> {
        let named = fields.iter().flat_map(|field| field.text.split_inclusive(':').skip(1)).next();
        let named = named.or_else(|| {
            fields.iter().find(|field| field.text.starts_with(':')).map(|field| &field.text[1..])
        });
        let Some(named) = named else { return Ok(()) };
        match &self.relation {
            Some(before) if before != named => Err(self.built.wrong(
                at,
                format!(
                    "the ties of this section are of relation {}, those before of {}",
                    shown(named),
                    shown(before)
                ),
                "Write each relation into a file of its own.",
            )),
            Some(_) => Ok(()),
            None => {
                self.relation = Some(named.to_owned());
                self.built.passed_over.add("the name of the relation");
                Ok(())
            }
        }
    }

    // The number of a vertex, from 0.
    fn place(&self, field: &Field) -> Result<usize, FileError> {
        let n = self.n.unwrap_or(0);
        match field.text.parse::<usize>() {
            Ok(number) if (1..=n).contains(&number) => Ok(number - 1),
            Ok(number) => Err(self.built.wrong(
                field.at,
                format!("there is no vertex {number}; there are {n}, counted from 1"),
                "Correct it, or the number after *Vertices.",
            )),
            Err(_) => Err(self.built.wrong(
                field.at,
                format!("`{}` is no number of a vertex", shown(&field.text)),
                "Ties name vertices by their number, from 1.",
            )),
        }
    }

    fn vertex(&mut self, fields: &[Field]) -> Result<(), FileError> {
        let place = self.place(&fields[0])?;
        let at = fields[0].at;
        if place >= self.vertices.len() {
            if place > self.vertices.len() + MOST_UNSEEN {
                return Err(self.too_many_unseen(at));
            }
            self.vertices.resize(place + 1, Vertex::default());
        }
        if self.vertices[place].seen {
            let (line, _) = self.built.source.place(self.vertices[place].at);
            return Err(self.built.wrong(
                at,
                format!("vertex {} is given twice: also in line {line}", place + 1),
                "Keep one of the two.",
            ));
        }
        let mut given = Vec::new();
        let mut rest = fields.get(2..).unwrap_or_default();
        for axis in ["x", "y", "z"] {
            let Some(number) = rest.first().and_then(|field| field.text.parse::<f64>().ok()) else { break };
            given.push((axis.to_owned(), Value::Number(number)));
            rest = &rest[1..];
        }
        if let Some((shape, pairs)) = rest.split_first().filter(|_| rest.len() % 2 == 1) {
            given.push(("shape".to_owned(), Value::Text(shape.text.clone())));
            rest = pairs;
        }
        given.extend(pairs(rest));
        let label = fields.get(1).map(|field| field.text.clone()).filter(|label| !label.is_empty());
        self.vertices[place] = Vertex { at, label, given, seen: true };
        Ok(())
    }

    fn too_many_unseen(&self, at: usize) -> FileError {
        self.built.wrong(
            at,
            format!("the file promises {} nodes, and gives most of them no line", self.n.unwrap_or(0)),
            format!("At most {MOST_UNSEEN} can go without a line; correct the number after *Vertices."),
        )
    }

    // Makes nodes of the vertices, before the first ties.
    fn make(&mut self) -> Result<(), FileError> {
        if self.made {
            return Ok(());
        }
        self.made = true;
        let n = self.n.unwrap_or(0);
        let mut vertices = std::mem::take(&mut self.vertices);
        let seen = vertices.iter().filter(|vertex| vertex.seen).count();
        if n - seen > MOST_UNSEEN {
            return Err(self.too_many_unseen(0));
        }
        vertices.resize(n, Vertex::default());
        // Labels are ids if each has one that no other has; numbers stand for those without.
        let mut ids = HashSet::with_capacity(n);
        let own = |no: usize, vertex: &Vertex| vertex.label.clone().unwrap_or_else(|| (no + 1).to_string());
        let labels_differ = vertices.iter().enumerate().all(|(no, vertex)| {
            let id = own(no, vertex);
            crate::graph::bad_id(&id).is_none() && ids.insert(id)
        });
        drop(ids);
        for (no, vertex) in vertices.into_iter().enumerate() {
            let (id, label) =
                if labels_differ { (own(no, &vertex), None) } else { ((no + 1).to_string(), vertex.label) };
            self.built.node(vertex.at, id, label, vertex.given)?;
        }
        if !labels_differ {
            self.built
                .passed_over
                .add("labels as ids, since some are the same: ids are the numbers of the vertices");
        }
        Ok(())
    }

    fn tie(&mut self, fields: &[Field], directed: bool) -> Result<(), FileError> {
        let [from, to, rest @ ..] = fields else {
            return Err(self.built.wrong(fields[0].at, "a tie has two vertices", "Write: 1 2 0.5."));
        };
        let (from, to) = (self.place(from)?, self.place(to)?);
        let (strength, rest) = match rest.split_first() {
            Some((strength, rest)) => (self.built.strength(strength.at, &strength.text)?, rest),
            None => (1.0, rest),
        };
        if rest.len() % 2 == 1 {
            let last = rest.last().map_or(fields[0].at, |last| last.at);
            return Err(self.built.wrong(
                last,
                "a setting of this tie has no value",
                "Settings come in pairs.",
            ));
        }
        let given = pairs(rest).into_iter().map(|(name, value)| match (name.as_str(), &value) {
            ("l", _) => ("label".to_owned(), Value::Text(value.to_text())),
            _ => (name, value),
        });
        let given = given.collect();
        let tie = self.built.tie(fields[0].at, End::Place(from), End::Place(to), Some(directed), given)?;
        tie.strength = strength;
        Ok(())
    }

    fn list(&mut self, fields: &[Field], directed: bool) -> Result<(), FileError> {
        let from = self.place(&fields[0])?;
        for field in &fields[1..] {
            let to = self.place(field)?;
            self.built.tie(field.at, End::Place(from), End::Place(to), Some(directed), Vec::new())?;
        }
        Ok(())
    }

    fn row(&mut self, fields: &[Field]) -> Result<(), FileError> {
        let n = self.n.unwrap_or(0);
        if self.rows >= n || fields.len() != n {
            let (what, has) =
                if self.rows >= n { ("rows", self.rows + 1) } else { ("numbers in this row", fields.len()) };
            return Err(self.built.wrong(
                fields[0].at,
                format!("the matrix has {has} {what}, and there are {n} vertices"),
                "A matrix has a row and a column for each vertex.",
            ));
        }
        for (to, field) in fields.iter().enumerate() {
            let strength = self.built.strength(field.at, &field.text)?;
            if strength != 0.0 {
                let tie = self.built.tie(
                    field.at,
                    End::Place(self.rows),
                    End::Place(to),
                    Some(true),
                    Vec::new(),
                )?;
                tie.strength = strength;
            }
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Found, FileError> {
        let Some(n) = self.n else {
            return Err(self.built.wrong(
                0,
                "this is no Pajek network: it has no *Vertices",
                "Check the format of the file.",
            ));
        };
        if (1..n).contains(&self.rows) {
            let end = self.built.source.text.len();
            let problem = format!("the matrix ends after {} of {n} rows", self.rows);
            return Err(self.built.wrong(end, problem, "The file is cut short; get it anew."));
        }
        self.make()?;
        // Where there are no ties, the section that would have them says how they go.
        let directed = self.arcs || !self.edges;
        self.built.finish(directed)
    }
}

// Settings in pairs of a name and a value.
fn pairs(fields: &[Field]) -> Vec<(String, Value)> {
    let pair = |pair: &[Field]| {
        let value = if pair[1].quoted { Value::Text(pair[1].text.clone()) } else { guess(&pair[1].text) };
        (pair[0].text.clone(), value)
    };
    fields.chunks_exact(2).map(pair).collect()
}

// A text in quotes. A line end inside of it becomes a space.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['\n', '\r'], " ").replace('\\', "\\\\").replace('"', "\\\""))
}

const KEPT_OF_NODES: [&str; 4] = ["x", "y", "z", "shape"];

pub(crate) fn write(graph: &Graph) -> Written {
    let mut left_out = Tally::default();
    let mut out = format!("*Vertices {}\n", graph.nodes().len());
    for (no, node) in graph.nodes().iter().enumerate() {
        let _ = write!(out, "{} {}", no + 1, quoted(&node.id));
        coordinates(&mut out, &node.attributes, &mut left_out);
        left_out.add_n("labels of nodes", usize::from(node.label.is_some()));
        for name in node.attributes.keys().filter(|name| !KEPT_OF_NODES.contains(&name.as_str())) {
            left_out.add(format!("the attribute `{name}` of nodes"));
        }
        out.push('\n');
    }
    let strengths = graph.has_strengths();
    out.push_str(if graph.is_directed() { "*Arcs\n" } else { "*Edges\n" });
    for tie in graph.ties() {
        let _ = write!(out, "{} {}", tie.from + 1, tie.to + 1);
        let label = match tie.attributes.get("label") {
            Some(Value::Text(label)) if !label.contains(['\n', '\r']) => Some(label),
            _ => None,
        };
        if strengths || label.is_some() {
            let _ = write!(out, " {:?}", tie.strength);
        }
        if let Some(label) = label {
            let _ = write!(out, " l {}", quoted(label));
        }
        for name in tie.attributes.keys().filter(|name| *name != "label" || label.is_none()) {
            left_out.add(format!("the attribute `{name}` of ties"));
        }
        left_out.add_n("dates of ties", usize::from(tie.start.is_some() || tie.end.is_some()));
        out.push('\n');
    }
    Written { text: out, left_out: left_out.into_vec() }
}

// Coordinates stand in their order, so that there is no y without an x; the shape comes after them.
fn coordinates(out: &mut String, attributes: &Attributes, left_out: &mut Tally) {
    let mut going = true;
    for axis in ["x", "y", "z"] {
        match attributes.get(axis) {
            Some(Value::Number(number)) if going => {
                let _ = write!(out, " {number:?}");
            }
            Some(_) => {
                left_out.add(format!("the attribute `{axis}` of nodes"));
                going = false;
            }
            None => going = false,
        }
    }
    match attributes.get("shape") {
        Some(Value::Text(shape)) if can_be_shape(shape) => {
            let _ = write!(out, " {shape}");
        }
        Some(_) => left_out.add("the attribute `shape` of nodes"),
        None => {}
    }
}

// A word that is not taken for a coordinate.
fn can_be_shape(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text.parse::<f64>().is_err()
}

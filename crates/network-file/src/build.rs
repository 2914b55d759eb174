//! Making a graph of what a reader meets.

use crate::graph::free_name;
use crate::left_out::Tally;
use crate::place::{Source, did_you_mean, shown};
use crate::{Attributes, FileError, Found, Graph, Node, Tie, Value};
use jiff::civil::Date;
use normwave_network_model::parse_date;

/// Most nodes that a file may promise without a line for each.
pub(crate) const MOST_UNSEEN: usize = 1_000_000;

/// An end of a tie.
#[derive(Debug)]
pub(crate) enum End {
    /// A node by its place.
    Place(usize),
    /// A node by its id, which may come later in the file.
    Id(String),
}

// A tie whose ends are not yet looked up.
#[derive(Debug)]
struct Pending {
    at: usize,
    from: End,
    to: End,
    tie: Tie,
    directed: Option<bool>,
}

/// A graph in the making, with where its parts stand.
#[derive(Debug)]
pub(crate) struct Builder<'t> {
    pub(crate) source: Source<'t>,
    pub(crate) passed_over: Tally,
    graph: Graph,
    places: Vec<usize>,
    pending: Vec<Pending>,
}

impl<'t> Builder<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Builder {
            source: Source { text },
            passed_over: Tally::default(),
            graph: Graph::new(true),
            places: Vec::new(),
            pending: Vec::new(),
        }
    }

    pub(crate) fn wrong(
        &self,
        at: usize,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> FileError {
        self.source.wrong(at, problem, remedy)
    }

    pub(crate) fn n_nodes(&self) -> usize {
        self.graph.nodes().len()
    }

    pub(crate) fn place_of(&self, id: &str) -> Option<usize> {
        self.graph.place_of(id)
    }

    /// Adds a node. Attributes that mean its label, or whose names cannot stand, find another place.
    pub(crate) fn node(
        &mut self,
        at: usize,
        id: String,
        label: Option<String>,
        given: Vec<(String, Value)>,
    ) -> Result<usize, FileError> {
        let mut node =
            Node { label: label.filter(|label| !label.is_empty() && *label != id), ..Node::new(id) };
        for (name, value) in given {
            let label = name.eq_ignore_ascii_case("label") || name.eq_ignore_ascii_case("name");
            match value {
                Value::Text(text) if label && (text.is_empty() || text == node.id) => {}
                Value::Text(text) if label && node.label.is_none() => node.label = Some(text),
                Value::Text(text) if label && node.label.as_deref() == Some(&text) => {}
                value => self.keep(&mut node.attributes, name, value, true),
            }
        }
        if let Some(before) = self.graph.place_of(&node.id) {
            let (line, _) = self.source.place(self.places[before]);
            return Err(self.wrong(
                at,
                format!("two nodes have the id `{}`: also in line {line}", node.id),
                "Give each node an id of its own.",
            ));
        }
        self.places.push(at);
        self.graph.add_node(node).map_err(|error| self.source.wrong_at(at, error))
    }

    /// The place of a node that is made when it is first met.
    pub(crate) fn met(&mut self, at: usize, id: &str) -> Result<usize, FileError> {
        match self.graph.place_of(id) {
            Some(place) => Ok(place),
            None => self.node(at, id.to_owned(), None, Vec::new()),
        }
    }

    // Keeps an attribute under a name that can stand.
    fn keep(&mut self, attributes: &mut Attributes, name: String, value: Value, of_node: bool) {
        if let Value::Number(number) = value
            && !number.is_finite()
        {
            let of = if of_node { "nodes" } else { "ties" };
            self.passed_over.add(format!("values of `{name}` of {of} that are {number}"));
            return;
        }
        let plain: String =
            name.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        let plain = plain.trim().to_owned();
        let free = free_name(&plain, of_node, attributes);
        if free != name {
            let of = if of_node { "of nodes" } else { "of ties" };
            self.passed_over.add(format!("the name `{}` of an attribute {of}, now `{free}`", shown(&name)));
        }
        attributes.insert(free, value);
    }

    /// Adds a tie. Attributes that mean its strength or dates become those; of several strengths, the first.
    pub(crate) fn tie(
        &mut self,
        at: usize,
        from: End,
        to: End,
        directed: Option<bool>,
        given: Vec<(String, Value)>,
    ) -> Result<&mut Tie, FileError> {
        let mut tie = Tie::new(0, 0);
        let mut strong = false;
        for (name, value) in given {
            match name.to_ascii_lowercase().as_str() {
                "weight" | "strength" if !strong => {
                    tie.strength = self.strength(at, &value.to_text())?;
                    strong = true;
                }
                "start" if tie.start.is_none() && date_of(&value).is_some() => tie.start = date_of(&value),
                "end" if tie.end.is_none() && date_of(&value).is_some() => tie.end = date_of(&value),
                _ => self.keep(&mut tie.attributes, name, value, false),
            }
        }
        self.pending.push(Pending { at, from, to, tie, directed });
        match self.pending.last_mut() {
            Some(last) => Ok(&mut last.tie),
            None => Err(FileError::whole("a tie was lost", "")),
        }
    }

    /// Says so if a tie has an id that does more than count.
    pub(crate) fn id_of_tie(&mut self, id: Option<&str>) {
        let digits = id.unwrap_or("0").trim_start_matches(|c: char| c.is_ascii_alphabetic());
        if digits.is_empty() || digits.bytes().any(|byte| !byte.is_ascii_digit()) {
            self.passed_over.add("ids of ties");
        }
    }

    /// The strength in a text.
    pub(crate) fn strength(&self, at: usize, text: &str) -> Result<f64, FileError> {
        let text = text.trim();
        match text.parse::<f64>() {
            Ok(strength) if strength.is_finite() && strength >= 0.0 => Ok(strength),
            Ok(strength) if strength < 0.0 => Err(self.wrong(
                at,
                format!("strength {text} is negative; strengths are 0 or more"),
                "To model opposition, give the sender advocacy for position 0.",
            )),
            Ok(_) => Err(self.wrong(
                at,
                format!("strength {text} is not a finite number"),
                "Leave the tie out where its strength is not known.",
            )),
            Err(_) => Err(self.wrong(
                at,
                format!("strength `{}` is not a number", shown(text)),
                "Write numbers with a decimal point.",
            )),
        }
    }

    /// The graph: `directed` is what is said of ties that do not say it themselves. A single directed tie
    /// makes the graph directed, and undirected ones a tie each way.
    pub(crate) fn finish(mut self, directed: bool) -> Result<Found, FileError> {
        let pending = std::mem::take(&mut self.pending);
        let any_directed = pending.iter().any(|tie| tie.directed.unwrap_or(directed));
        let directed_graph = if pending.is_empty() { directed } else { any_directed };
        let nodes = std::mem::replace(&mut self.graph, Graph::new(directed_graph));
        let (nodes, places) = nodes.into_nodes();
        self.graph.take_nodes(nodes, places);
        let mut both_ways = 0;
        for Pending { at, from, to, mut tie, directed: own } in pending {
            tie.from = self.end(at, from)?;
            tie.to = self.end(at, to)?;
            let back = directed_graph && !own.unwrap_or(directed) && tie.from != tie.to;
            let reverse = back.then(|| Tie { from: tie.to, to: tie.from, ..tie.clone() });
            for tie in [Some(tie), reverse].into_iter().flatten() {
                self.graph.add_tie(tie).map_err(|error| self.source.wrong_at(at, error))?;
            }
            both_ways += usize::from(back);
        }
        self.passed_over.add_n("an undirected tie among directed ones, now a tie each way", both_ways);
        Ok(Found { graph: self.graph, passed_over: self.passed_over.into_vec() })
    }

    fn end(&self, at: usize, end: End) -> Result<usize, FileError> {
        match end {
            End::Place(place) if place < self.n_nodes() => Ok(place),
            End::Place(place) => Err(self.wrong(at, format!("there is no node {}", place + 1), "")),
            End::Id(id) => self.graph.place_of(&id).ok_or_else(|| {
                let known = self.graph.nodes().iter().map(|node| node.id.as_str());
                let hint = did_you_mean(&id, known);
                self.wrong(
                    at,
                    format!("a tie joins `{}`, and there is no such node{hint}", shown(&id)),
                    "List every node.",
                )
            }),
        }
    }
}

/// The date that a value of an attribute says: `1990-05-01`, `1990-05` or `1990`, also as a number.
pub(crate) fn date_of(value: &Value) -> Option<Date> {
    match value {
        Value::Text(text) => parse_date(text.trim()).ok(),
        Value::Integer(year) if (1000..=9999).contains(year) => parse_date(&year.to_string()).ok(),
        _ => None,
    }
}

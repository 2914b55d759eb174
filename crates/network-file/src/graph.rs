//! What stands between the formats: nodes, and ties with attributes.

use crate::{Attributes, FileError};
use jiff::civil::Date;
use normwave_network_model::{MAX_ACTORS, MAX_TIES};
use std::collections::{HashMap, HashSet};

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its id: 1 to 200 characters, no control characters, no spaces around them.
    pub id: String,
    /// What people read, where that is not the id.
    pub label: Option<String>,
    /// Everything else; `id`, `label` and `name` are no names of attributes.
    pub attributes: Attributes,
}

impl Node {
    /// A node with nothing but its id.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Node { id: id.into(), label: None, attributes: Attributes::new() }
    }
}

/// A tie between two nodes, or of one with itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The sender, by its place among the nodes.
    pub from: usize,
    /// The target, by its place among the nodes.
    pub to: usize,
    /// Strength; finite, 0 or more. 1 where nothing is said.
    pub strength: f64,
    /// First day of the tie, if it has one.
    pub start: Option<Date>,
    /// First day on which there is no tie any more, if it ends.
    pub end: Option<Date>,
    /// Everything else; the names in [`RESERVED`] are no names of attributes.
    pub attributes: Attributes,
}

impl Tie {
    /// A tie of strength 1 that holds always.
    #[must_use]
    pub fn new(from: usize, to: usize) -> Self {
        Tie { from, to, strength: 1.0, start: None, end: None, attributes: Attributes::new() }
    }
}

/// Names that no attribute of a tie can have, in capitals or not: formats use them for what a [`Tie`] has
/// fields for.
pub const RESERVED: [&str; 10] =
    ["from", "to", "source", "target", "strength", "weight", "start", "end", "directed", "key"];

const RESERVED_OF_NODES: [&str; 3] = ["id", "label", "name"];

/// A graph as files hold it: more than a network of actors can be, with ties to itself and several ties
/// of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    directed: bool,
    nodes: Vec<Node>,
    ties: Vec<Tie>,
    places: HashMap<String, usize>,
}

fn is_reserved(name: &str, reserved: &[&str]) -> bool {
    reserved.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// The name under which an attribute can stand: reserved ones, and those that are taken, get an
/// underscore.
pub(crate) fn free_name(name: &str, of_nodes: bool, taken: &Attributes) -> String {
    let reserved: &[&str] = if of_nodes { &RESERVED_OF_NODES } else { &RESERVED };
    let mut free = if name.trim().is_empty() { "unnamed".to_owned() } else { name.to_owned() };
    while is_reserved(&free, reserved) || taken.contains_key(&free) {
        free.push('_');
    }
    free
}

/// Why a text can be no id.
pub(crate) fn bad_id(id: &str) -> Option<&'static str> {
    match id.chars().count() {
        0 => Some("it is empty"),
        n if n > 200 => Some("it is longer than 200 characters"),
        _ if id.trim() != id => Some("it has spaces around it"),
        _ if id.chars().any(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) => {
            Some("it has control characters")
        }
        _ => None,
    }
}

fn bad_attributes(attributes: &Attributes, reserved: &[&str]) -> Option<String> {
    attributes.iter().find_map(|(name, value)| {
        let strange = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        if name.is_empty() || name.chars().any(strange) || name.trim() != name {
            return Some(format!("`{}` is no name of an attribute", name.escape_debug()));
        }
        if is_reserved(name, reserved) {
            return Some(format!("`{name}` is a field, and no name of an attribute"));
        }
        match value {
            crate::Value::Number(number) if !number.is_finite() => {
                Some(format!("the attribute `{name}` is {number}, which is no finite number"))
            }
            _ => None,
        }
    })
}

impl Graph {
    /// A graph without nodes, whose ties go one way or both.
    #[must_use]
    pub fn new(directed: bool) -> Self {
        Graph { directed, nodes: Vec::new(), ties: Vec::new(), places: HashMap::new() }
    }

    /// Whether each tie stands for one direction; else for both.
    #[must_use]
    pub fn is_directed(&self) -> bool {
        self.directed
    }

    /// The nodes.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The ties.
    #[must_use]
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// The place of a node among the nodes.
    #[must_use]
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Adds a node and returns its place. A label that is empty or says the same as the id is none.
    ///
    /// # Errors
    /// [`FileError::Whole`] if its id or an attribute is bad, it is there already, or there are too many.
    pub fn add_node(&mut self, mut node: Node) -> Result<usize, FileError> {
        if let Some(reason) = bad_id(&node.id) {
            return Err(FileError::whole(
                format!("`{}` is no id: {reason}", node.id.escape_debug()),
                "Ids have 1 to 200 characters, no line ends or other control characters, and no spaces around them.",
            ));
        }
        if let Some(problem) = bad_attributes(&node.attributes, &RESERVED_OF_NODES) {
            return Err(FileError::whole(format!("node `{}`: {problem}", node.id), "Rename or drop it."));
        }
        if self.places.contains_key(&node.id) {
            let problem = format!("two nodes have the id `{}`", node.id);
            return Err(FileError::whole(problem, "Give each node an id of its own."));
        }
        if self.nodes.len() >= MAX_ACTORS {
            return Err(FileError::whole(
                format!("there are more than {MAX_ACTORS} nodes"),
                "Keep only the nodes and ties that are needed.",
            ));
        }
        node.label = node.label.filter(|label| !label.is_empty() && *label != node.id);
        let place = self.nodes.len();
        self.places.insert(node.id.clone(), place);
        self.nodes.push(node);
        Ok(place)
    }

    /// Adds a tie.
    ///
    /// # Errors
    /// [`FileError::Whole`] if a node is missing, the strength, the dates or an attribute are bad, or
    /// there are too many.
    pub fn add_tie(&mut self, tie: Tie) -> Result<(), FileError> {
        let n = self.nodes.len();
        if let Some(place) = [tie.from, tie.to].into_iter().find(|&place| place >= n) {
            return Err(FileError::whole(format!("a tie joins node {place}, and there are {n}"), ""));
        }
        let between = || format!("{} -> {}", self.nodes[tie.from].id, self.nodes[tie.to].id);
        if !tie.strength.is_finite() || tie.strength < 0.0 {
            return Err(FileError::whole(
                format!(
                    "the strength of {} is {}; strengths are finite numbers, 0 or more",
                    between(),
                    tie.strength
                ),
                "To model opposition, give the sender advocacy for position 0.",
            ));
        }
        if [tie.start, tie.end].into_iter().flatten().any(|date| date.year() < 1) {
            return Err(FileError::whole(format!("the tie {} has a date before the year 1", between()), ""));
        }
        let first = jiff::civil::date(1, 1, 1);
        if tie.end.is_some_and(|end| end <= tie.start.unwrap_or(first)) {
            return Err(FileError::whole(
                format!("the tie {} ends before it starts", between()),
                "The end is the first day without the tie.",
            ));
        }
        if let Some(problem) = bad_attributes(&tie.attributes, &RESERVED) {
            return Err(FileError::whole(format!("the tie {}: {problem}", between()), "Rename or drop it."));
        }
        if self.ties.len() >= MAX_TIES {
            return Err(FileError::whole(
                format!("there are more than {MAX_TIES} ties"),
                "Keep only the nodes and ties that are needed.",
            ));
        }
        self.ties.push(tie);
        Ok(())
    }

    /// Whether some pair has more than one tie in a direction.
    #[must_use]
    pub fn has_parallel_ties(&self) -> bool {
        let mut seen = HashSet::with_capacity(self.ties.len());
        self.ties.iter().any(|tie| !seen.insert(self.pair(tie)))
    }

    /// Whether some strength is other than 1.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "exactly 1 is what is meant where nothing is said")]
    pub fn has_strengths(&self) -> bool {
        self.ties.iter().any(|tie| tie.strength != 1.0)
    }

    /// The nodes and where they are found, for another graph of the same nodes.
    pub(crate) fn into_nodes(self) -> (Vec<Node>, HashMap<String, usize>) {
        (self.nodes, self.places)
    }

    pub(crate) fn take_nodes(&mut self, nodes: Vec<Node>, places: HashMap<String, usize>) {
        (self.nodes, self.places) = (nodes, places);
    }

    // The pair that a tie joins, lower end first if ties are undirected.
    pub(crate) fn pair(&self, tie: &Tie) -> (usize, usize) {
        if self.directed { (tie.from, tie.to) } else { (tie.from.min(tie.to), tie.from.max(tie.to)) }
    }

    /// The pairs, as places, that a tie is in a list of directed ones.
    pub(crate) fn both_ways(&self, tie: &Tie) -> Vec<(usize, usize)> {
        if self.directed || tie.from == tie.to {
            vec![(tie.from, tie.to)]
        } else {
            vec![(tie.from, tie.to), (tie.to, tie.from)]
        }
    }

    /// The ties that are the first of their pair, and how many others there are.
    pub(crate) fn simple(&self) -> (Vec<&Tie>, usize) {
        let mut seen = HashSet::with_capacity(self.ties.len());
        let first: Vec<&Tie> = self.ties.iter().filter(|tie| seen.insert(self.pair(tie))).collect();
        let others = self.ties.len() - first.len();
        (first, others)
    }

    /// This graph with other ids, of which there is one for each node; what was the id is dropped where it
    /// was a number of the file, and becomes the attribute `former_id` where it was not.
    ///
    /// # Errors
    /// [`FileError::Whole`] if an id is bad or given twice.
    fn with_ids(self, ids: Vec<String>, keep: bool) -> Result<Self, FileError> {
        let mut graph = Graph::new(self.directed);
        for (mut node, id) in self.nodes.into_iter().zip(ids) {
            if keep && node.id != id {
                let name = free_name("former_id", true, &node.attributes);
                node.attributes.insert(name, crate::Value::Text(node.id));
            }
            node.id = id;
            graph.add_node(node)?;
        }
        graph.ties = self.ties;
        Ok(graph)
    }

    /// This graph with ids from an attribute of its nodes, or from `label`. What was the id becomes the
    /// attribute `former_id`.
    ///
    /// # Errors
    /// [`FileError::Whole`] if a node has no such attribute, or two have the same.
    pub fn with_ids_from(mut self, attribute: &str) -> Result<Self, FileError> {
        let mut ids = Vec::with_capacity(self.nodes.len());
        for node in &mut self.nodes {
            let id = match attribute {
                "label" | "name" => Some(node.label.take().unwrap_or_else(|| node.id.clone())),
                _ => node.attributes.remove(attribute).map(|value| value.to_text()),
            };
            let Some(id) = id else {
                let known = crate::value::kinds(self.nodes.iter().map(|node| &node.attributes));
                let known: Vec<String> = known.keys().take(20).map(|name| format!("`{name}`")).collect();
                return Err(FileError::whole(
                    format!("not every node has the attribute `{attribute}`"),
                    format!(
                        "Nodes have `label`{}{}.",
                        if known.is_empty() { "" } else { ", " },
                        known.join(", ")
                    ),
                ));
            };
            ids.push(id);
        }
        self.with_ids(ids, true)
    }

    /// This graph with labels for ids if its ids only number the nodes (0, 1, …; 1, 2, …; n0, n1, …), as
    /// programs do that have no ids of their own, and every node has a label that can be an id and no other
    /// has. Returns whether it was so.
    #[must_use]
    pub fn with_names_for_numbers(self) -> (Self, bool) {
        let counts = |prefix: &str, first: usize| {
            let mut numbered = self.nodes.iter().zip(first..);
            numbered.all(|(node, no)| node.id.strip_prefix(prefix).is_some_and(|rest| rest == no.to_string()))
        };
        let numbered = counts("n", 0) || counts("", 0) || counts("", 1);
        let labels: Option<Vec<String>> = self.nodes.iter().map(|node| node.label.clone()).collect();
        let Some(labels) = labels.filter(|labels| numbered && !labels.is_empty()) else {
            return (self, false);
        };
        let different: HashSet<&String> = labels.iter().collect();
        if different.len() < labels.len() || labels.iter().any(|label| bad_id(label).is_some()) {
            return (self, false);
        }
        match self.clone().with_ids(labels, false) {
            Ok(named) => (named, true),
            Err(_) => (self, false),
        }
    }

    /// This graph with strengths from an attribute of its ties; ties without it have strength 1. What was
    /// the strength becomes the attribute `former_strength`, if it was other than 1 anywhere.
    ///
    /// # Errors
    /// [`FileError::Whole`] if no tie has it, or a value is no strength.
    pub fn with_strengths_from(mut self, attribute: &str) -> Result<Self, FileError> {
        if matches!(attribute, "weight" | "strength") {
            return Ok(self);
        }
        if !self.ties.is_empty() && self.ties.iter().all(|tie| !tie.attributes.contains_key(attribute)) {
            let known = crate::value::kinds(self.ties.iter().map(|tie| &tie.attributes));
            let known: Vec<String> = known.keys().take(20).map(|name| format!("`{name}`")).collect();
            let remedy =
                if known.is_empty() { String::new() } else { format!("Ties have {}.", known.join(", ")) };
            return Err(FileError::whole(format!("no tie has the attribute `{attribute}`"), remedy));
        }
        let had_strengths = self.has_strengths();
        let ties = std::mem::take(&mut self.ties);
        for mut tie in ties {
            if had_strengths {
                let name = free_name("former_strength", false, &tie.attributes);
                tie.attributes.insert(name, crate::Value::Number(tie.strength));
            }
            tie.strength = 1.0;
            if let Some(value) = tie.attributes.remove(attribute) {
                tie.strength = value.to_text().parse().map_err(|_| {
                    let between = format!("{} -> {}", self.nodes[tie.from].id, self.nodes[tie.to].id);
                    let problem =
                        format!("the `{attribute}` of {between} is `{}`, no number", value.to_text());
                    FileError::whole(problem, "Name an attribute that holds numbers.")
                })?;
            }
            self.add_tie(tie)?;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> Graph {
        let mut graph = Graph::new(true);
        graph.add_node(Node { label: Some("Austria".to_owned()), ..Node::new("n0") }).unwrap();
        graph.add_node(Node { label: Some("Belgium".to_owned()), ..Node::new("n1") }).unwrap();
        graph.add_tie(Tie::new(0, 1)).unwrap();
        graph
    }

    #[test]
    fn labels_become_ids_where_ids_are_numbers_only() {
        let (named, changed) = pair().with_names_for_numbers();
        assert!(changed);
        assert_eq!(named.place_of("Belgium"), Some(1));
        assert_eq!(named.nodes()[1].label, None);
        let mut others = Graph::new(true);
        others.add_node(Node { label: Some("Austria".to_owned()), ..Node::new("AUT") }).unwrap();
        assert!(!others.with_names_for_numbers().1);
    }

    #[test]
    fn what_cannot_be_a_graph_is_refused() {
        let mut graph = pair();
        let refused = |result: Result<(), FileError>, words: &str| {
            let error = result.unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        };
        refused(graph.add_node(Node::new("n0")).map(|_| ()), "two nodes have the id `n0`");
        refused(graph.add_node(Node::new(" x")).map(|_| ()), "spaces around");
        refused(graph.add_tie(Tie::new(0, 2)), "joins node 2");
        refused(graph.add_tie(Tie { strength: f64::NAN, ..Tie::new(0, 1) }), "NaN");
        refused(graph.add_tie(Tie { strength: -1.0, ..Tie::new(0, 1) }), "-1");
        let day = jiff::civil::date(1990, 1, 1);
        refused(
            graph.add_tie(Tie { start: Some(day), end: Some(day), ..Tie::new(0, 1) }),
            "ends before it starts",
        );
        let mut tie = Tie::new(0, 1);
        tie.attributes.insert("Weight".to_owned(), crate::Value::Integer(1));
        refused(graph.add_tie(tie), "`Weight` is a field");
    }

    #[test]
    fn strengths_and_ids_are_taken_from_attributes_that_are_there() {
        let mut graph = pair();
        let mut tie = Tie::new(1, 0);
        tie.attributes.insert("value".to_owned(), crate::Value::Integer(3));
        graph.add_tie(tie).unwrap();
        let strong = graph.clone().with_strengths_from("value").unwrap();
        assert_eq!(strong.ties().iter().map(|tie| tie.strength).collect::<Vec<_>>(), [1.0, 3.0]);
        let error = graph.clone().with_strengths_from("volume").unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.remedy()),
            ("no tie has the attribute `volume`", "Ties have `value`.")
        );
        let named = graph.clone().with_ids_from("label").unwrap();
        assert_eq!(named.nodes()[0].id, "Austria");
        assert_eq!(named.nodes()[0].attributes["former_id"], crate::Value::Text("n0".to_owned()));
        assert!(graph.with_ids_from("iso").unwrap_err().to_string().contains("`iso`"));
    }
}

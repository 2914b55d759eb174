//! What a format could not say, or a reader did not take.

use crate::value::Kind;
use crate::{Graph, Tie, Value};
use std::fmt;

/// Something that was left out, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What, in words.
    pub what: String,
    /// How often.
    pub n: usize,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.n {
            1 => write!(f, "{}", self.what),
            n => write!(f, "{} ({n} times)", self.what),
        }
    }
}

/// Most different things that are listed.
const MOST: usize = 100;

/// Counts what is left out, in the order in which it was met.
#[derive(Debug, Default)]
pub(crate) struct Tally(Vec<LeftOut>);

impl Tally {
    pub(crate) fn add(&mut self, what: impl Into<String>) {
        self.add_n(what, 1);
    }

    pub(crate) fn add_n(&mut self, what: impl Into<String>, n: usize) {
        let what = what.into();
        if n == 0 {
            return;
        }
        let place = self.0.iter().position(|left| left.what == what);
        // What is different each time, such as names of attributes, is not listed without end.
        match place.or((self.0.len() >= MOST).then_some(MOST)) {
            Some(place) if place < self.0.len() => self.0[place].n += n,
            Some(_) => self.0.push(LeftOut { what: "others".to_owned(), n }),
            None => self.0.push(LeftOut { what, n }),
        }
    }

    pub(crate) fn into_vec(self) -> Vec<LeftOut> {
        self.0
    }
}

/// Says so if a value is written as another kind than it is.
pub(crate) fn note_kind(value: &Value, name: &str, kind: Kind, left_out: &mut Tally) {
    if value.kind() != kind {
        left_out.add(format!(
            "that some values of `{name}` are {}: all are written as {}",
            value.kind().words(),
            kind.words()
        ));
    }
}

/// Says so if nodes have labels or attributes, where there is no place for them.
pub(crate) fn note_nodes(graph: &Graph, left_out: &mut Tally) {
    for node in graph.nodes() {
        left_out.add_n("labels of nodes", usize::from(node.label.is_some()));
        for name in node.attributes.keys() {
            left_out.add(format!("the attribute `{name}` of nodes"));
        }
    }
}

/// Says so if a tie has dates or attributes, where there is no place for them.
pub(crate) fn note_ties(tie: &Tie, left_out: &mut Tally) {
    left_out.add_n("dates of ties", usize::from(tie.start.is_some() || tie.end.is_some()));
    for name in tie.attributes.keys() {
        left_out.add(format!("the attribute `{name}` of ties"));
    }
}

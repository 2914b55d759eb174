//! A matrix as CSV: the ids in the first row and the first column, strengths in the cells.
//!
//! Read: an empty cell or 0 is no tie. Rows are senders, columns targets, each in any order. Ties go one
//! way, unless the caller says that they go both; then the matrix must be symmetric.
//!
//! Written: a row and a column for each node.

use crate::build::{Builder, End};
use crate::fields::{csv_field, lines, separated};
use crate::format::Written;
use crate::left_out::{Tally, note_nodes, note_ties};
use crate::place::shown;
use crate::{FileError, Found, Graph};
use std::collections::HashMap;

/// Most nodes of a matrix that is written: its cells would be 400 million at the next step.
const MOST: usize = 10_000;

pub(crate) fn read(text: &str, undirected: bool) -> Result<Found, FileError> {
    let mut built = Builder::new(text);
    let mut all = lines(text).filter(|line| !line.text.trim().is_empty());
    let Some(first) = all.next() else {
        return Err(built.wrong(0, "the file is empty", "Its first row has the ids of the nodes."));
    };
    let separator = separator_of(first.text);
    let header = separated(&built.source, first, separator)?;
    let n = header.len() - 1;
    for label in &header[1..] {
        built.node(label.at, label.text.clone(), None, Vec::new())?;
    }
    let mut cells: HashMap<(usize, usize), (usize, f64)> = HashMap::new();
    let mut rows = vec![false; n];
    for line in all {
        let row = separated(&built.source, line, separator)?;
        if row.len() != n + 1 {
            return Err(built.wrong(
                line.at,
                format!("this row has {} fields, the first one has {}", row.len(), n + 1),
                "A row has the id of its node and a cell for each column.",
            ));
        }
        let Some(from) = built.place_of(&row[0].text) else {
            return Err(built.wrong(
                row[0].at,
                format!("the row `{}` has no column", shown(&row[0].text)),
                "A matrix of ties has the same ids in its rows and columns.",
            ));
        };
        if std::mem::replace(&mut rows[from], true) {
            let problem = format!("there are two rows `{}`", shown(&row[0].text));
            return Err(built.wrong(row[0].at, problem, "Keep one of the two."));
        }
        for (to, cell) in row[1..].iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            let strength = built.strength(cell.at, &cell.text)?;
            if strength > 0.0 {
                cells.insert((from, to), (cell.at, strength));
            }
        }
    }
    if let Some(missing) = rows.iter().position(|row| !row) {
        return Err(built.wrong(
            text.len(),
            format!("there is no row `{}`", shown(&header[missing + 1].text)),
            "The file is cut short, or its rows and columns differ.",
        ));
    }
    let mut places: Vec<_> = cells.iter().map(|(&pair, &(at, strength))| (pair, at, strength)).collect();
    places.sort_unstable_by_key(|(pair, _, _)| *pair);
    for ((from, to), at, strength) in places {
        if undirected {
            if cells.get(&(to, from)).map(|cell| cell.1) != Some(strength) {
                return Err(built.wrong(
                    at,
                    "the matrix is not symmetric: the cell on the other side of the diagonal differs",
                    "Ties of such a matrix go one way.",
                ));
            }
            if to < from {
                continue;
            }
        }
        let tie = built.tie(at, End::Place(from), End::Place(to), None, Vec::new())?;
        tie.strength = strength;
    }
    built.finish(!undirected)
}

// What comes after the first cell.
fn separator_of(row: &str) -> char {
    let mut quoted = false;
    let mut outside = row.chars().filter(|c| {
        quoted ^= *c == '"';
        !quoted
    });
    outside.find(|c| matches!(c, ',' | ';' | '\t')).unwrap_or(',')
}

pub(crate) fn write(graph: &Graph) -> Result<Written, FileError> {
    let n = graph.nodes().len();
    if n > MOST {
        return Err(FileError::whole(
            format!(
                "a matrix of {n} nodes would have {n} times {n} cells; at most {MOST} nodes are written so"
            ),
            "Choose another format, such as an edge list.",
        ));
    }
    let mut left_out = Tally::default();
    let ids: Vec<String> = graph.nodes().iter().map(|node| csv_field(&node.id, ',')).collect();
    let (ties, others) = graph.simple();
    left_out.add_n("a second tie of the same pair", others);
    let mut rows: Vec<HashMap<usize, f64>> = vec![HashMap::new(); n];
    for tie in ties {
        if tie.strength > 0.0 {
            for (from, to) in graph.both_ways(tie) {
                rows[from].insert(to, tie.strength);
            }
        } else {
            left_out.add("ties of strength 0");
        }
        note_ties(tie, &mut left_out);
    }
    let mut out = String::from("\"\"");
    for id in &ids {
        out.push(',');
        out.push_str(id);
    }
    out.push('\n');
    for (id, row) in ids.iter().zip(rows) {
        out.push_str(id);
        for to in 0..n {
            out.push(',');
            match row.get(&to) {
                Some(strength) => out.push_str(&strength.to_string()),
                None => out.push('0'),
            }
        }
        out.push('\n');
    }
    if !graph.is_directed() {
        left_out.add("that ties go both ways: the matrix is symmetric");
    }
    note_nodes(graph, &mut left_out);
    Ok(Written { text: out, left_out: left_out.into_vec() })
}

//! UCINET DL, by the program's help page *DL language*
//! (<http://www.analytictech.com/ucinet/help/hs5000.htm>).
//!
//! Read: `n`, `format` with `fullmatrix`, `lowerhalf`, `upperhalf`, `edgelist1` and `nodelist1`, `diagonal
//! absent`, `labels:` and `labels embedded:`. Ties go one way, but for the halves. Two-mode data and
//! several matrices are refused.
//!
//! Written: `edgelist1` with a list of labels, so that nodes without ties are there. Labels with spaces or
//! commas stand in quotes; one with a quote cannot be written.

use crate::build::{Builder, End, MOST_UNSEEN};
use crate::fields::{Field, Line, Quotes, lines, words};
use crate::format::Written;
use crate::left_out::{Tally, note_ties};
use crate::place::shown;
use crate::{FileError, Found, Graph};
use std::fmt::Write as _;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    FullMatrix,
    LowerHalf,
    UpperHalf,
    EdgeList,
    NodeList,
}

// What the head of a file says.
struct Head {
    n: Option<usize>,
    shape: Shape,
    diagonal: bool,
    embedded: bool,
    labels: Vec<Field>,
}

// The lines of the data, cut into fields; none is empty.
type Rows<'r> = &'r mut dyn Iterator<Item = Result<Vec<Field>, FileError>>;

const BETWEEN: [char; 2] = [',', '='];

pub(crate) fn read(text: &str) -> Result<Found, FileError> {
    let mut built = Builder::new(text);
    let mut all = lines(text);
    let mut head_fields: Vec<Field> = Vec::new();
    let mut rest = None;
    for line in all.by_ref() {
        let fields = words(&built.source, line, &BETWEEN, Quotes::Doubled)?;
        let is_data = |field: &Field| !field.quoted && field.text.to_ascii_lowercase().starts_with("data:");
        let data = fields.iter().position(is_data);
        let n_head = data.unwrap_or(fields.len());
        // Data may begin on the line of the word.
        rest = data.map(|place| {
            let begin = fields[place].at + "data:".len();
            Line { text: &line.text[begin - line.at..], at: begin }
        });
        head_fields.extend(fields.into_iter().take(n_head));
        if rest.is_some() {
            break;
        }
    }
    let head = head(&mut built, &head_fields)?;
    let Some(rest) = rest else {
        return Err(built.wrong(
            text.len(),
            "there is no `data:` in this file",
            "It is cut short, or no UCINET DL.",
        ));
    };
    let source = built.source;
    let mut rows = std::iter::once(rest)
        .chain(all)
        .map(move |line| words(&source, line, &[','], Quotes::Doubled))
        .filter(|row| !row.as_ref().is_ok_and(Vec::is_empty));
    let Some(n) = head.n else {
        return Err(built.wrong(0, "the file does not say how many nodes there are", "Write: DL n=12."));
    };
    if !head.embedded {
        if head.labels.is_empty() {
            if n > MOST_UNSEEN && n > text.len() {
                let problem = format!("the file promises {n} nodes, and gives them no labels");
                return Err(built.wrong(
                    0,
                    problem,
                    format!("At most {MOST_UNSEEN} can go without; correct n."),
                ));
            }
            for no in 1..=n {
                built.node(0, no.to_string(), None, Vec::new())?;
            }
        } else if head.labels.len() != n {
            let at = head.labels.last().map_or(0, |label| label.at);
            let problem = format!("there are {} labels, and n = {n}", head.labels.len());
            return Err(built.wrong(at, problem, "Give one label for each node; quote labels with spaces."));
        }
        for label in &head.labels {
            built.node(label.at, label.text.clone(), None, Vec::new())?;
        }
    }
    let directed = match head.shape {
        Shape::EdgeList => edge_list(&mut built, &head, n, &mut rows)?,
        Shape::NodeList => node_list(&mut built, &head, n, &mut rows)?,
        Shape::FullMatrix | Shape::LowerHalf | Shape::UpperHalf => matrix(&mut built, &head, n, &mut rows)?,
    };
    if built.n_nodes() < n {
        built.passed_over.add_n("a node that n counts, but no label names", n - built.n_nodes());
    }
    built.finish(directed)
}

fn head(built: &mut Builder<'_>, fields: &[Field]) -> Result<Head, FileError> {
    // What stands in quotes is no word of the language.
    let plain = |field: &Field| if field.quoted { "\"".to_owned() } else { field.text.to_ascii_lowercase() };
    let lower: Vec<String> = fields.iter().map(plain).collect();
    if lower.first().is_none_or(|first| first != "dl") {
        return Err(built.wrong(
            0,
            "this is no UCINET DL: it does not begin with `dl`",
            "Check the format of the file.",
        ));
    }
    let mut head =
        Head { n: None, shape: Shape::FullMatrix, diagonal: true, embedded: false, labels: Vec::new() };
    let mut no = 1;
    let word = |no: usize| lower.get(no).map_or("", String::as_str);
    while no < fields.len() {
        let at = fields[no].at;
        let number = |no: usize| {
            let text = word(no);
            text.parse::<u64>().map_err(|_| {
                built.wrong(
                    at,
                    format!("`{}` is no number of nodes or matrices", shown(text)),
                    "Write: n = 12.",
                )
            })
        };
        match word(no) {
            key @ ("n" | "nr" | "nc") => {
                let n = number(no + 1)?;
                let most = normwave_network_model::MAX_ACTORS as u64;
                if n > most {
                    let problem = format!("the file promises {n} nodes; at most {most} are possible");
                    return Err(built.wrong(at, problem, "Keep only the nodes and ties that are needed."));
                }
                let n = usize::try_from(n).unwrap_or(usize::MAX);
                if key != "n" && head.n.is_some_and(|before| before != n) {
                    return Err(built.wrong(
                        at,
                        "rows and columns differ: this is two-mode data",
                        "Project it on one kind of node first.",
                    ));
                }
                head.n = Some(n);
                no += 2;
            }
            "nm" => {
                let n = number(no + 1)?;
                if n != 1 {
                    let problem = format!("there are {n} matrices in this file");
                    return Err(built.wrong(at, problem, "Write each into a file of its own."));
                }
                no += 2;
            }
            "format" => {
                head.shape = match word(no + 1) {
                    "fullmatrix" | "fm" => Shape::FullMatrix,
                    "lowerhalf" | "lh" => Shape::LowerHalf,
                    "upperhalf" | "uh" => Shape::UpperHalf,
                    "edgelist1" | "edgelist" | "el1" => Shape::EdgeList,
                    "nodelist1" | "nodelist" | "nl1" => Shape::NodeList,
                    other => {
                        return Err(built.wrong(
                            at,
                            format!("the format `{}` is not read", shown(other)),
                            "Read are fullmatrix, lowerhalf, upperhalf, edgelist1 and nodelist1.",
                        ));
                    }
                };
                no += 2;
            }
            "diagonal" => {
                head.diagonal = word(no + 1) != "absent";
                no += 2;
            }
            "row" | "column" | "col" | "matrix" | "level" if matches!(word(no + 1), "labels" | "labels:") => {
                if matches!(word(no), "matrix" | "level") {
                    return Err(built.wrong(
                        at,
                        "labels of matrices are not read",
                        "Keep one matrix in a file.",
                    ));
                }
                // The labels of columns are those of rows in one-mode data.
                let seen = !head.labels.is_empty() || head.embedded;
                no = labels(&mut head, fields, &lower, no + 1, seen);
            }
            "labels" | "labels:" => no = labels(&mut head, fields, &lower, no, false),
            "title" => no += 2,
            other => {
                return Err(built.wrong(
                    at,
                    format!("`{}` is nothing that the head of a DL file has", shown(other)),
                    "Known are n, format, diagonal, labels: and data:; quote labels with spaces.",
                ));
            }
        }
    }
    Ok(head)
}

// Takes the labels from the word `labels`, and returns the place after them.
fn labels(head: &mut Head, fields: &[Field], lower: &[String], begin: usize, drop: bool) -> usize {
    let mut no = begin + 1;
    if matches!(lower.get(no).map(String::as_str), Some("embedded" | "embedded:")) {
        head.embedded = true;
        return no + 1;
    }
    let mut found = Vec::new();
    while let Some(field) = fields.get(no) {
        let is_word = !field.quoted
            && (matches!(lower[no].as_str(), "labels:" | "format")
                || (matches!(lower[no].as_str(), "row" | "column" | "col")
                    && matches!(lower.get(no + 1).map(String::as_str), Some("labels" | "labels:"))));
        if is_word || (head.n.is_some_and(|n| found.len() >= n)) {
            break;
        }
        found.push(field.clone());
        no += 1;
    }
    if !drop {
        head.labels = found;
    }
    no
}

// The place of a node that a field names: by its label if labels are embedded, else by its number.
fn place(built: &mut Builder<'_>, head: &Head, n: usize, field: &Field) -> Result<usize, FileError> {
    if head.embedded {
        let place = built.met(field.at, &field.text)?;
        if built.n_nodes() > n {
            return Err(built.wrong(
                field.at,
                format!("`{}` is the label of one node more than n = {n}", shown(&field.text)),
                "Correct n, or the label.",
            ));
        }
        return Ok(place);
    }
    match field.text.parse::<usize>() {
        Ok(number) if (1..=n).contains(&number) => Ok(number - 1),
        _ => {
            let remedy = if built.place_of(&field.text).is_some() {
                "To name nodes by their labels, write `labels embedded:` in place of the list."
            } else {
                "Nodes are named by their number, from 1, unless labels are embedded."
            };
            let problem = format!("`{}` is none of the {n} nodes", shown(&field.text));
            Err(built.wrong(field.at, problem, remedy))
        }
    }
}

fn edge_list(built: &mut Builder<'_>, head: &Head, n: usize, rows: Rows<'_>) -> Result<bool, FileError> {
    for row in rows {
        let row = row?;
        let (from, to, strength) = match row.as_slice() {
            [from, to] => (from, to, None),
            [from, to, strength] => (from, to, Some(strength)),
            _ => {
                return Err(built.wrong(
                    row[0].at,
                    format!("a tie has two nodes and perhaps a strength; this line has {} fields", row.len()),
                    "Quote labels with spaces.",
                ));
            }
        };
        let strength = strength.map(|field| built.strength(field.at, &field.text)).transpose()?;
        let ends = (End::Place(place(built, head, n, from)?), End::Place(place(built, head, n, to)?));
        let tie = built.tie(from.at, ends.0, ends.1, Some(true), Vec::new())?;
        tie.strength = strength.unwrap_or(1.0);
    }
    Ok(true)
}

fn node_list(built: &mut Builder<'_>, head: &Head, n: usize, rows: Rows<'_>) -> Result<bool, FileError> {
    for row in rows {
        let row = row?;
        let from = place(built, head, n, &row[0])?;
        for field in &row[1..] {
            let to = place(built, head, n, field)?;
            built.tie(field.at, End::Place(from), End::Place(to), Some(true), Vec::new())?;
        }
    }
    Ok(true)
}

// A matrix, of which a row can go over several lines.
fn matrix(built: &mut Builder<'_>, head: &Head, n: usize, rows: Rows<'_>) -> Result<bool, FileError> {
    let full = head.shape == Shape::FullMatrix;
    let mut row_cells = Vec::new().into_iter();
    let mut cells = || -> Result<Option<Field>, FileError> {
        loop {
            if let Some(cell) = row_cells.next() {
                return Ok(Some(cell));
            }
            match rows.next() {
                Some(row) => row_cells = row?.into_iter(),
                None => return Ok(None),
            }
        }
    };
    let end = built.source.text.len();
    let mut next = |built: &Builder<'_>, row: usize| {
        cells()?.ok_or_else(|| {
            let problem = format!("the matrix ends in row {} of {n}", row + 1);
            built.wrong(end, problem, "The file is cut short, or n is wrong.")
        })
    };
    if head.embedded {
        for _ in 0..n {
            let label = next(built, 0)?;
            built.node(label.at, label.text, None, Vec::new())?;
        }
    }
    for row in 0..n {
        if head.embedded {
            let label = next(built, row)?;
            if built.place_of(&label.text) != Some(row) {
                return Err(built.wrong(
                    label.at,
                    format!(
                        "row {} begins with `{}`, and column {} does not",
                        row + 1,
                        shown(&label.text),
                        row + 1
                    ),
                    "Rows have the labels of the columns, in the same order.",
                ));
            }
        }
        let columns = match head.shape {
            Shape::LowerHalf => 0..row + 1,
            Shape::UpperHalf => row..n,
            _ => 0..n,
        };
        for column in columns {
            if column == row && !head.diagonal {
                continue;
            }
            let cell = next(built, row)?;
            if matches!(cell.text.to_ascii_lowercase().as_str(), "." | "na" | "?") {
                built.passed_over.add("a missing value");
                continue;
            }
            let strength = built.strength(cell.at, &cell.text)?;
            if strength > 0.0 {
                let tie = built.tie(cell.at, End::Place(row), End::Place(column), Some(full), Vec::new())?;
                tie.strength = strength;
            }
        }
    }
    match cells()? {
        None => Ok(full),
        Some(cell) => Err(built.wrong(
            cell.at,
            format!("the matrix goes on after row {n}"),
            "Correct n; say so if the diagonal is absent, or labels are embedded.",
        )),
    }
}

pub(crate) fn write(graph: &Graph) -> Result<Written, FileError> {
    let mut left_out = Tally::default();
    let mut out = format!("DL n={}\nformat = edgelist1\n", graph.nodes().len());
    if !graph.nodes().is_empty() {
        out.push_str("labels:\n");
    }
    for node in graph.nodes() {
        if node.id.contains('"') {
            return Err(FileError::whole(
                format!("UCINET DL cannot hold the id `{}`, which has a quote in it", node.id),
                "Give the node another id, or choose another format.",
            ));
        }
        let lower = node.id.to_ascii_lowercase();
        let plain = !node.id.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '='))
            && !lower.starts_with("data:")
            && !matches!(
                lower.as_str(),
                "labels:" | "format" | "row" | "column" | "col" | "embedded" | "embedded:"
            );
        let _ = if plain { writeln!(out, "{}", node.id) } else { writeln!(out, "\"{}\"", node.id) };
        left_out.add_n("labels of nodes", usize::from(node.label.is_some()));
        for name in node.attributes.keys() {
            left_out.add(format!("the attribute `{name}` of nodes"));
        }
    }
    out.push_str("data:\n");
    if !graph.is_directed() {
        left_out.add("that ties go both ways: there is a line for each direction");
    }
    let (ties, others) = graph.simple();
    left_out.add_n("a second tie of the same pair", others);
    let strengths = graph.has_strengths();
    for tie in ties {
        for (from, to) in graph.both_ways(tie) {
            let _ = write!(out, "{} {}", from + 1, to + 1);
            if strengths {
                let _ = write!(out, " {:?}", tie.strength);
            }
            out.push('\n');
        }
        note_ties(tie, &mut left_out);
    }
    Ok(Written { text: out, left_out: left_out.into_vec() })
}

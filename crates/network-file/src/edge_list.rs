//! Lists of ties, a line each: two ids and perhaps a strength, between tabs or spaces.
//!
//! Read: fields between tabs where a line has one, else between spaces; a field with spaces stands in
//! double quotes. A third field is the strength, or what networkx writes: `{'weight': 0.5}`. A line with
//! one id is a node without ties. Lines after `#` are comments, but `# undirected` says that ties go both
//! ways.
//!
//! Written: fields between tabs, so that ids may have spaces.

use crate::build::{Builder, End};
use crate::fields::{Field, Line, Quotes, csv_field, lines, separated, words};
use crate::format::Written;
use crate::left_out::{Tally, note_ties};
use crate::value::guess;
use crate::{FileError, Found, Graph, Value};
use std::fmt::Write as _;

pub(crate) fn read(text: &str, undirected: bool) -> Result<Found, FileError> {
    let mut built = Builder::new(text);
    let mut directed = !undirected;
    for line in lines(text) {
        let trimmed = line.text.trim();
        if let Some(comment) = trimmed.strip_prefix('#') {
            if comment.trim() == "undirected" {
                directed = false;
            }
            continue;
        }
        if trimmed.is_empty() {
            continue;
        }
        let (line, dictionary) = match line.text.find('{') {
            Some(begin) if trimmed.ends_with('}') => {
                let rest = Line { text: &line.text[begin..], at: line.at + begin };
                (Line { text: line.text[..begin].trim_end(), ..line }, Some(rest))
            }
            _ => (line, None),
        };
        let fields = if line.text.contains('\t') {
            separated(&built.source, line, '\t')?
        } else {
            words(&built.source, line, &[], Quotes::Doubled)?
        };
        row(&mut built, &fields, dictionary)?;
    }
    if built.n_nodes() == 0 && !text.trim_start().starts_with('#') {
        return Err(built.wrong(0, "the file is empty", "Each line has two ids and perhaps a strength."));
    }
    built.finish(directed)
}

fn row(built: &mut Builder<'_>, fields: &[Field], dictionary: Option<Line<'_>>) -> Result<(), FileError> {
    let (from, to, strength) = match (fields, dictionary) {
        ([only], None) => return built.met(only.at, &only.text).map(|_| ()),
        ([from, to], _) => (from, to, None),
        ([from, to, strength], None) => (from, to, Some(strength)),
        _ => {
            let at = fields.first().map_or(0, |first| first.at);
            return Err(built.wrong(
                at,
                format!("this line has {} fields: a tie has two ids and perhaps a strength", fields.len()),
                "Separate fields with tabs where ids have spaces; for a table with named columns, the format is csv or tsv.",
            ));
        }
    };
    let at = from.at;
    let strength = strength.map(|field| built.strength(field.at, &field.text)).transpose()?;
    let given = dictionary.map(|line| python(built, line)).transpose()?.unwrap_or_default();
    let from = End::Place(built.met(from.at, &from.text)?);
    let to = End::Place(built.met(to.at, &to.text)?);
    let tie = built.tie(at, from, to, None, given)?;
    if let Some(strength) = strength {
        tie.strength = strength;
    }
    Ok(())
}

// `{'weight': 0.5, 'kind': "aid", 'since': 1990, 'member': True}`.
fn python(built: &Builder<'_>, line: Line<'_>) -> Result<Vec<(String, Value)>, FileError> {
    let wrong = |rest: &str| {
        let at = line.at + (line.text.trim_end().len().saturating_sub(rest.len()));
        built.wrong(
            at,
            "these data of a tie cannot be read",
            "Read are texts in quotes, numbers, True and False: {'weight': 0.5, 'kind': 'aid'}.",
        )
    };
    let mut given = Vec::new();
    let whole = line.text.trim_end();
    let mut rest = whole[1..].trim_start();
    while rest != "}" {
        let (name, after) = literal(rest).ok_or_else(|| wrong(rest))?;
        let Some(after) = after.trim_start().strip_prefix(':') else { return Err(wrong(after)) };
        let (value, after) = literal(after.trim_start()).ok_or_else(|| wrong(after))?;
        if let Some(value) = value {
            given.push((name.map_or(String::new(), |name| name.to_text()), value));
        }
        rest = match after.trim_start() {
            "}" => "}",
            more => more.strip_prefix(',').ok_or_else(|| wrong(more))?.trim_start(),
        };
    }
    Ok(given)
}

// A literal of Python at the start of a text, and what follows; `None` for a value is `None`.
fn literal(text: &str) -> Option<(Option<Value>, &str)> {
    let quote = text.chars().next()?;
    if matches!(quote, '\'' | '"') {
        let mut out = String::new();
        let mut chars = text.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next()?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' => out.push('\r'),
                    c @ ('\\' | '\'' | '"') => out.push(c),
                    _ => return None,
                },
                c if c == quote => return Some((Some(Value::Text(out)), &text[at + 1..])),
                c => out.push(c),
            }
        }
        return None;
    }
    let end = text.find([',', '}', ':']).unwrap_or(text.len());
    let word = text[..end].trim_end();
    let value = match guess(word) {
        Value::Text(word) if word == "None" => None,
        // Two words that Python has for what is no number; a strength cannot be such.
        Value::Text(word) if matches!(word.as_str(), "nan" | "inf" | "-inf") => {
            Some(Value::Number(word.parse().ok()?))
        }
        Value::Text(_) => return None,
        value => Some(value),
    };
    Some((value, &text[end..]))
}

pub(crate) fn write(graph: &Graph) -> Written {
    let mut left_out = Tally::default();
    let mut out = String::from(if graph.is_directed() { "# directed\n" } else { "# undirected\n" });
    let ids: Vec<String> = graph.nodes().iter().map(|node| field(&node.id, false)).collect();
    let mut tied = vec![false; ids.len()];
    let strengths = graph.has_strengths();
    for tie in graph.ties() {
        tied[tie.from] = true;
        tied[tie.to] = true;
        let _ = write!(out, "{}\t{}", ids[tie.from], ids[tie.to]);
        if strengths {
            let _ = write!(out, "\t{:?}", tie.strength);
        }
        out.push('\n');
        note_ties(tie, &mut left_out);
    }
    for (node, tied) in graph.nodes().iter().zip(tied) {
        if !tied {
            let _ = writeln!(out, "{}", field(&node.id, true));
        }
        left_out.add_n("labels of nodes", usize::from(node.label.is_some()));
        for name in node.attributes.keys() {
            left_out.add(format!("the attribute `{name}` of nodes"));
        }
    }
    Written { text: out, left_out: left_out.into_vec() }
}

// An id alone on its line has no tab to tell that its spaces are its own; a brace could begin data.
fn field(id: &str, alone: bool) -> String {
    if (alone && id.contains(char::is_whitespace)) || id.contains(['{', '}']) {
        return format!("\"{}\"", id.replace('"', "\"\""));
    }
    csv_field(id, '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_ties_are_read_as_networkx_writes_them() {
        let found = read(
            "a b {'weight': 0.5, 'kind': \"Côte d'Ivoire\", 'since': 1990, 'on': True, 'no': None}\n",
            false,
        );
        let graph = found.unwrap().graph;
        let tie = &graph.ties()[0];
        assert!((tie.strength - 0.5).abs() < 1e-12);
        assert_eq!(tie.attributes["kind"], Value::Text("Côte d'Ivoire".to_owned()));
        assert_eq!(tie.attributes["since"], Value::Integer(1990));
        assert_eq!(tie.attributes["on"], Value::Flag(true));
        assert_eq!(tie.attributes.len(), 3);
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_place() {
        for (text, problem) in [
            ("a b\nc d e f\n", "line 2, column 1: this line has 4 fields"),
            ("a b nan\n", "line 1, column 5: strength nan is not a finite number"),
            ("a b {'weight': [1]}\n", "cannot be read"),
            ("a b {'weight': nan}\n", "strength NaN is not a finite number"),
            ("a \"b\n", "line 1, column 3: a quote is opened"),
            ("", "the file is empty"),
        ] {
            let error = read(text, false).unwrap_err().to_string();
            assert!(error.contains(problem), "{text}: {error}");
        }
    }
}

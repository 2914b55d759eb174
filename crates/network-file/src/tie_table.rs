//! Tables of ties with named columns, as CSV or between tabs: those of scenarios, with attributes.
//!
//! Read: `from`, `to`, `strength` (or else `weight`), `start`, `end` (the first day without the tie), and attributes in
//! all other columns. What all values of a column are, its values are: truth values, whole numbers, numbers,
//! else texts. An empty field is no value.
//!
//! Written: a row for each direction of an undirected tie, as `normwave network convert` does for CSV.

use crate::build::{Builder, End};
use crate::fields::{Line, csv_field, lines, separated};
use crate::format::{Reading, Written};
use crate::left_out::{Tally, note_kind, note_nodes};
use crate::place::{Source, shown};
use crate::value::{Kind, column_kind, guess, kinds, value_of};
use crate::{FileError, Found, Graph, Value};
use std::collections::HashSet;
use std::fmt::Write as _;

pub(crate) fn read(text: &str, separator: Option<char>, reading: &Reading) -> Result<Found, FileError> {
    let mut built = Builder::new(text);
    let mut all = lines(text).filter(|line| !line.text.trim().is_empty());
    let wanted = [reading.from.as_str(), reading.to.as_str()];
    let Some(first) = all.next() else {
        let remedy = format!("Its first line names the columns: {}, {}.", wanted[0], wanted[1]);
        return Err(built.wrong(0, "the file is empty", remedy));
    };
    let separator = match separator {
        Some(separator) => separator,
        None => {
            let found = |separator: char| {
                let fields = separated(&built.source, first, separator).unwrap_or_default();
                wanted
                    .iter()
                    .filter(|name| fields.iter().any(|field| field.text.eq_ignore_ascii_case(name)))
                    .count()
            };
            ['\t', ';', ','].into_iter().max_by_key(|&separator| found(separator)).unwrap_or(',')
        }
    };
    let header = separated(&built.source, first, separator)?;
    let mut seen = HashSet::new();
    if let Some(twice) = header.iter().find(|field| !seen.insert(field.text.to_lowercase())) {
        let problem = format!("there are two columns `{}`", shown(&twice.text));
        return Err(built.wrong(twice.at, problem, "Rename one of them."));
    }
    let place = |name: &str| header.iter().position(|field| field.text.eq_ignore_ascii_case(name));
    let names: Vec<String> = header.iter().map(|field| format!("`{}`", shown(&field.text))).collect();
    let required = |name: &str, flag: &str| {
        place(name).ok_or_else(|| {
            built.wrong(
                first.at,
                format!("there is no column `{name}`"),
                format!("The columns are {}; name the one that is meant: {flag} COLUMN.", names.join(", ")),
            )
        })
    };
    let (from, to) = (required(&reading.from, "--from")?, required(&reading.to, "--to")?);
    let strength = match &reading.strength {
        None => place("strength").or_else(|| place("weight")),
        Some(name) => Some(place(name).ok_or_else(|| {
            let problem = format!("there is no column `{name}`");
            built.wrong(first.at, problem, format!("The columns are {}.", names.join(", ")))
        })?),
    };
    let others: Vec<usize> =
        (0..header.len()).filter(|no| ![Some(from), Some(to), strength].contains(&Some(*no))).collect();
    // Once to see what the values of each column are, and again to take them: rows are not kept.
    let row = |source: &Source<'_>, line: Line<'_>| {
        let row = separated(source, line, separator)?;
        if row.len() == header.len() {
            return Ok(row);
        }
        Err(source.wrong(
            line.at,
            format!("this row has {} fields, the header has {}", row.len(), header.len()),
            "Give every row one field for each column; quote fields that hold the separator.",
        ))
    };
    let mut kinds: Vec<Option<Kind>> = vec![None; header.len()];
    for line in all.clone() {
        let row = row(&built.source, line)?;
        for &no in others.iter().filter(|&&no| !row[no].text.is_empty()) {
            let own = guess(&row[no].text).kind();
            kinds[no] = Some(kinds[no].map_or(own, |kind| kind.with(own)));
        }
    }
    for (field, kind) in header.iter().zip(&mut kinds) {
        // Dates stay texts, so that a year is one.
        if matches!(field.text.to_ascii_lowercase().as_str(), "start" | "end") {
            *kind = Some(Kind::Text);
        }
    }
    for line in all {
        let row = row(&built.source, line)?;
        let at = row[from].at;
        let mut given: Vec<(String, Value)> = Vec::with_capacity(others.len() + 1);
        if let Some(field) = strength.map(|no| &row[no]).filter(|field| !field.text.is_empty()) {
            given.push(("strength".to_owned(), Value::Number(built.strength(field.at, &field.text)?)));
        }
        for &no in &others {
            let text = &row[no].text;
            let value = kinds[no].and_then(|kind| value_of(text, kind)).filter(|_| !text.is_empty());
            given.extend(value.map(|value| (header[no].text.clone(), value)));
        }
        let ends =
            (End::Place(built.met(at, &row[from].text)?), End::Place(built.met(row[to].at, &row[to].text)?));
        built.tie(at, ends.0, ends.1, None, given)?;
    }
    built.finish(!reading.undirected)
}

pub(crate) fn write(graph: &Graph, separator: char) -> Written {
    let mut left_out = Tally::default();
    let simple = |text: &str| text.replace(['\n', '\r'], " ");
    // Columns are told apart without regard to capitals.
    let mut taken = HashSet::new();
    let of_ties = kinds(graph.ties().iter().map(|tie| &tie.attributes));
    let mut columns: Vec<(&str, String)> = Vec::new();
    for name in of_ties.keys() {
        let mut own = (*name).to_owned();
        while !taken.insert(own.to_lowercase()) {
            own.push('_');
        }
        if own != *name {
            left_out.add(format!("the name `{name}` of an attribute, now `{own}`"));
        }
        columns.push((name, own));
    }
    let strengths = graph.has_strengths();
    let dates = [
        graph.ties().iter().any(|tie| tie.start.is_some()),
        graph.ties().iter().any(|tie| tie.end.is_some()),
    ];
    let mut head = vec!["from".to_owned(), "to".to_owned()];
    head.extend(strengths.then(|| "strength".to_owned()));
    head.extend(dates[0].then(|| "start".to_owned()));
    head.extend(dates[1].then(|| "end".to_owned()));
    head.extend(columns.iter().map(|(_, own)| csv_field(own, separator)));
    let between = separator.to_string();
    let mut out = head.join(&between) + "\n";
    // What a reader takes each column for, now that types are not written.
    let read_as: Vec<Kind> = columns
        .iter()
        .map(|(name, _)| {
            let texts: Vec<String> =
                graph.ties().iter().filter_map(|tie| tie.attributes.get(*name)).map(Value::to_text).collect();
            column_kind(texts.iter().map(String::as_str).filter(|text| !text.is_empty()))
        })
        .collect();
    let ids: Vec<String> = graph.nodes().iter().map(|node| csv_field(&node.id, separator)).collect();
    let mut tied = vec![false; ids.len()];
    for tie in graph.ties() {
        let mut rest = Vec::new();
        rest.extend(strengths.then(|| format!("{}", tie.strength)));
        rest.extend(dates[0].then(|| tie.start.map_or(String::new(), |date| date.to_string())));
        rest.extend(dates[1].then(|| tie.end.map_or(String::new(), |date| date.to_string())));
        for ((name, _), kind) in columns.iter().zip(&read_as) {
            let Some(value) = tie.attributes.get(*name) else {
                rest.push(String::new());
                continue;
            };
            note_kind(value, name, *kind, &mut left_out);
            let text = value.to_text();
            let kept = simple(&text);
            if kept != text {
                left_out.add(format!("line ends in `{name}`"));
            }
            if text.is_empty() {
                left_out.add(format!("empty texts in `{name}`"));
                rest.push(String::new());
            } else {
                rest.push(csv_field(&kept, separator));
            }
        }
        for (from, to) in graph.both_ways(tie) {
            (tied[from], tied[to]) = (true, true);
            let _ = writeln!(
                out,
                "{}",
                [&[ids[from].clone(), ids[to].clone()], rest.as_slice()].concat().join(&between)
            );
        }
    }
    if !graph.is_directed() {
        left_out.add("that ties go both ways: there is a row for each direction");
    }
    left_out.add_n("a node without ties", tied.iter().filter(|tied| !**tied).count());
    note_nodes(graph, &mut left_out);
    Written { text: out, left_out: left_out.into_vec() }
}

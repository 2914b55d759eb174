//! GML, by Himsolt's *GML: A portable Graph File Format* (1997).
//!
//! Read: `graph [ directed 1 node [ id 0 label "…" … ] edge [ source 0 target 1 … ] ]`, comments after
//! `#`, characters as entities. The label is the id of a node where all labels differ, else `name`, else
//! the number. Lists inside of nodes and edges (`graphics`) are passed over; nested graphs are refused.
//!
//! Written: 7-bit text, the id as `label`, the label as `name`. There are no truth values: they become 0
//! and 1. Names of attributes have letters, digits and `_`.

use crate::build::{Builder, End};
use crate::format::Written;
use crate::left_out::{Tally, note_kind};
use crate::place::{Source, shown};
use crate::value::{Kind, kinds};
use crate::{Attributes, FileError, Found, Graph, Value};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

/// Deepest nesting of lists.
const DEEPEST: usize = 100;

// One step of a file.
#[derive(Debug)]
enum Token {
    Word(String),
    Value(Value),
    Open,
    Close,
}

struct Tokens<'t> {
    source: Source<'t>,
    at: usize,
}

impl Tokens<'_> {
    // The next token and where it stands.
    fn next(&mut self) -> Result<Option<(usize, Token)>, FileError> {
        let text = self.source.text;
        loop {
            let rest = &text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if !text[self.at..].starts_with('#') {
                break;
            }
            self.at += text[self.at..].find('\n').unwrap_or(text.len() - self.at);
        }
        let (at, rest) = (self.at, &text[self.at..]);
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let token = match first {
            '[' => Token::Open,
            ']' => Token::Close,
            '"' => {
                let Some(end) = rest[1..].find('"') else {
                    return Err(self.source.wrong(
                        at,
                        "a text begins here and does not end",
                        "Close it with \".",
                    ));
                };
                self.at += end + 2;
                return Ok(Some((at, Token::Value(Value::Text(unescaped(&rest[1..=end]))))));
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"'))
                    .unwrap_or(rest.len());
                self.at += end;
                return self.word(at, &rest[..end]).map(|token| Some((at, token)));
            }
        };
        self.at += 1;
        Ok(Some((at, token)))
    }

    fn word(&self, at: usize, word: &str) -> Result<Token, FileError> {
        let begins = word.trim_start_matches(['+', '-']);
        if begins.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            if let Ok(integer) = word.parse::<i64>() {
                return Ok(Token::Value(Value::Integer(integer)));
            }
            if let Ok(number) = word.parse::<f64>() {
                return Ok(Token::Value(Value::Number(number)));
            }
        } else if matches!(begins.to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity")
            && word.len() > begins.len()
        {
            return Ok(Token::Value(Value::Number(word.parse().unwrap_or(f64::NAN))));
        } else if word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Ok(Token::Word(word.to_owned()));
        }
        Err(self.source.wrong(
            at,
            format!("`{}` is neither a name nor a value", shown(word)),
            "Write texts in quotes, and numbers with a decimal point.",
        ))
    }
}

// What a list of a node or an edge says.
struct List {
    at: usize,
    given: Vec<(String, Value)>,
}

impl List {
    fn take(&mut self, name: &str) -> Option<Value> {
        let place = self.given.iter().position(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(self.given.remove(place).1)
    }
}

pub(crate) fn read(text: &str) -> Result<Found, FileError> {
    let mut tokens = Tokens { source: Source { text }, at: 0 };
    let mut built = Builder::new(text);
    let mut seen = false;
    let mut directed = false;
    while let Some((at, token)) = tokens.next()? {
        let Token::Word(name) = token else {
            return Err(not_gml(&built, at));
        };
        let (value_at, value) = tokens.next()?.ok_or_else(|| not_gml(&built, at))?;
        match (name.to_ascii_lowercase().as_str(), value) {
            ("graph", Token::Open) if !seen => {
                seen = true;
                directed = graph(&mut tokens, &mut built)?;
            }
            ("graph", Token::Open) => {
                return Err(built.wrong(at, "this is a second graph", "Keep one graph in a file."));
            }
            // What the program says of itself, as `Creator` and `Version`.
            (_, Token::Value(_)) => {}
            (_, Token::Open) => skip(&mut tokens, at)?,
            // A name with `nan` after it, or nothing at all.
            (_, Token::Word(_) | Token::Close) => return Err(not_gml(&built, value_at)),
        }
    }
    if !seen {
        return Err(not_gml(&built, 0));
    }
    built.finish(directed)
}

fn not_gml(built: &Builder<'_>, at: usize) -> FileError {
    built.wrong(at, "this is no GML: a file is `graph [ … ]`", "Check the format of the file.")
}

fn cut_short(tokens: &Tokens<'_>) -> FileError {
    let end = tokens.source.text.len();
    tokens.source.wrong(end, "the file ends before all lists are closed", "It is cut short; get it anew.")
}

// Passes over a list that is open.
fn skip(tokens: &mut Tokens<'_>, at: usize) -> Result<(), FileError> {
    let mut depth = 1usize;
    while depth > 0 {
        match tokens.next()?.ok_or_else(|| cut_short(tokens))?.1 {
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            Token::Word(_) | Token::Value(_) => {}
        }
        if depth > DEEPEST {
            let problem = format!("lists are nested more than {DEEPEST} deep");
            return Err(tokens.source.wrong(at, problem, ""));
        }
    }
    Ok(())
}

fn graph(tokens: &mut Tokens<'_>, built: &mut Builder<'_>) -> Result<bool, FileError> {
    let mut directed = false;
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    loop {
        let (at, token) = tokens.next()?.ok_or_else(|| cut_short(tokens))?;
        let name = match token {
            Token::Close => break,
            Token::Word(name) => name,
            Token::Open | Token::Value(_) => {
                return Err(built.wrong(
                    at,
                    "a value stands here without a name",
                    "A graph has names with values.",
                ));
            }
        };
        let (value_at, value) = tokens.next()?.ok_or_else(|| cut_short(tokens))?;
        match (name.to_ascii_lowercase().as_str(), value) {
            ("node", Token::Open) => nodes.push(list(tokens, built, at, "node")?),
            ("edge", Token::Open) => edges.push(list(tokens, built, at, "edge")?),
            ("directed", Token::Value(Value::Integer(flag @ (0 | 1)))) => directed = flag == 1,
            ("directed", _) => {
                return Err(built.wrong(value_at, "`directed` is neither 0 nor 1", "Write: directed 1."));
            }
            ("graph", Token::Open) => {
                return Err(built.wrong(
                    at,
                    "this graph is nested",
                    "Write its nodes and edges beside the others.",
                ));
            }
            ("multigraph" | "label" | "name" | "comment" | "creator" | "version" | "id", Token::Value(_)) => {
            }
            (_, Token::Value(_)) => built.passed_over.add(format!("`{}` of the graph", shown(&name))),
            (_, Token::Open) => {
                built.passed_over.add(format!("`{}` of the graph", shown(&name)));
                skip(tokens, at)?;
            }
            (_, Token::Word(_) | Token::Close) => {
                return Err(built.wrong(
                    value_at,
                    format!("`{}` has no value", shown(&name)),
                    "Give it one.",
                ));
            }
        }
    }
    let places = make_nodes(built, nodes)?;
    for mut edge in edges {
        let mut end = |name: &str| {
            let number = match edge.take(name) {
                Some(Value::Integer(number)) => number,
                _ => {
                    return Err(built.wrong(
                        edge.at,
                        format!("this edge has no {name} that is a whole number"),
                        "An edge names its source and target by the ids of nodes.",
                    ));
                }
            };
            places.get(&number).copied().ok_or_else(|| {
                built.wrong(
                    edge.at,
                    format!("a tie joins node {number}, and there is no such node"),
                    "List every node.",
                )
            })
        };
        let (from, to) = (End::Place(end("source")?), End::Place(end("target")?));
        // With what programs tell parallel edges apart.
        edge.take("key");
        built.tie(edge.at, from, to, None, edge.given)?;
    }
    Ok(directed)
}

// A list of names with values that is open.
fn list(tokens: &mut Tokens<'_>, built: &mut Builder<'_>, at: usize, of: &str) -> Result<List, FileError> {
    let mut list = List { at, given: Vec::new() };
    loop {
        let (at, token) = tokens.next()?.ok_or_else(|| cut_short(tokens))?;
        let name = match token {
            Token::Close => return Ok(list),
            Token::Word(name) => name,
            Token::Open | Token::Value(_) => {
                let problem = format!("a value stands in this {of} without a name");
                return Err(built.wrong(at, problem, "Write names with values."));
            }
        };
        let (value_at, value) = tokens.next()?.ok_or_else(|| cut_short(tokens))?;
        match value {
            Token::Value(value) if list.given.iter().any(|(own, _)| *own == name) => {
                let _ = value;
                built.passed_over.add(format!("a second value of `{}`", shown(&name)));
            }
            Token::Value(value) => list.given.push((name, value)),
            Token::Open if matches!(name.to_ascii_lowercase().as_str(), "graph" | "node" | "edge") => {
                return Err(built.wrong(
                    at,
                    format!("a {} is nested in this {of}", name.to_ascii_lowercase()),
                    "Write its nodes and edges beside the others.",
                ));
            }
            Token::Open => {
                built.passed_over.add(format!("the list `{}` of {of}s", shown(&name)));
                skip(tokens, at)?;
            }
            Token::Word(word) if matches!(word.to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity") => {
                list.given.push((name, Value::Number(word.parse().unwrap_or(f64::NAN))));
            }
            Token::Word(_) | Token::Close => {
                return Err(built.wrong(
                    value_at,
                    format!("`{}` has no value", shown(&name)),
                    "Give it one; texts stand in quotes.",
                ));
            }
        }
    }
}

// Makes nodes, and returns their places by number.
fn make_nodes(built: &mut Builder<'_>, nodes: Vec<List>) -> Result<HashMap<i64, usize>, FileError> {
    let text_of = |node: &List, name: &str| {
        let (_, value) = node.given.iter().find(|(own, _)| own == name)?;
        Some(value.to_text()).filter(|text| crate::graph::bad_id(text).is_none())
    };
    let differ = |name: &str| {
        let mut seen = HashSet::with_capacity(nodes.len());
        nodes.iter().all(|node| text_of(node, name).is_some_and(|text| seen.insert(text)))
    };
    let ids = ["label", "name"].into_iter().find(|name| differ(name));
    let mut places = HashMap::with_capacity(nodes.len());
    for mut node in nodes {
        let Some(Value::Integer(number)) = node.take("id") else {
            return Err(built.wrong(node.at, "this node has no id that is a whole number", "Give it one."));
        };
        let id = ids.and_then(|name| {
            let id = text_of(&node, name);
            node.take(name);
            id
        });
        let place = built.node(node.at, id.unwrap_or_else(|| number.to_string()), None, node.given)?;
        if places.insert(number, place).is_some() {
            return Err(built.wrong(
                node.at,
                format!("two nodes have the id {number}"),
                "Give each node an id of its own.",
            ));
        }
    }
    Ok(places)
}

// The characters that stand as entities; other ampersands stand for themselves.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find('&') {
        out.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let entity = rest[1..].find(';').filter(|&end| end <= 10).map(|end| &rest[1..=end]);
        match entity.and_then(character) {
            Some((c, entity)) => {
                out.push(c);
                rest = &rest[entity.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

// The characters of ISO 8859-1 from U+00A0, by the names that HTML and GML give them.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc \
    Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
    Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml \
    aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde \
    ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

fn character(entity: &str) -> Option<(char, &str)> {
    let c = match entity {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        _ => match entity.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)?
            }
            None => {
                let no = (0xa0u32..).zip(LATIN.split_whitespace()).find(|(_, name)| *name == entity)?.0;
                char::from_u32(no)?
            }
        },
    };
    Some((c, entity))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '&' => out.push_str("&amp;"),
            ' '..='~' => out.push(c),
            c => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
        }
    }
    out
}

// A number as GML has it: with a point before the exponent.
fn number(number: f64) -> String {
    let text = format!("{number:?}");
    match text.split_once('e') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0e{exponent}"),
        _ => text,
    }
}

// Names as GML can have them, no two the same.
fn names<'a>(
    kinds: &BTreeMap<&'a str, Kind>,
    own: &[&str],
    left_out: &mut Tally,
) -> BTreeMap<&'a str, String> {
    let fits = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !own.contains(&name.to_ascii_lowercase().as_str())
            && !matches!(
                name.to_ascii_lowercase().as_str(),
                "nan" | "inf" | "infinity" | "graph" | "node" | "edge"
            )
    };
    let mut taken: HashSet<String> =
        kinds.keys().filter(|name| fits(name)).map(|name| (*name).to_owned()).collect();
    let mut names = BTreeMap::new();
    for name in kinds.keys() {
        if fits(name) {
            names.insert(*name, (*name).to_owned());
            continue;
        }
        let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let mut plain =
            if plain.starts_with(|c: char| c.is_ascii_alphabetic()) { plain } else { format!("a{plain}") };
        while taken.contains(&plain) || !fits(&plain) {
            plain.push('_');
        }
        left_out.add(format!("the name `{name}` of an attribute, now `{plain}`"));
        taken.insert(plain.clone());
        names.insert(*name, plain);
    }
    names
}

pub(crate) fn write(graph: &Graph) -> Written {
    let mut left_out = Tally::default();
    let of_nodes = kinds(graph.nodes().iter().map(|node| &node.attributes));
    let of_ties = kinds(graph.ties().iter().map(|tie| &tie.attributes));
    let node_names = names(&of_nodes, &["id", "label", "name"], &mut left_out);
    let tie_names = names(&of_ties, &[], &mut left_out);
    let mut out = format!("graph [\n  directed {}\n", u8::from(graph.is_directed()));
    if graph.has_parallel_ties() {
        out.push_str("  multigraph 1\n");
    }
    let mut put = |out: &mut String, attributes: &Attributes, names: &BTreeMap<&str, String>| {
        for (name, value) in attributes {
            let text = match value {
                Value::Flag(flag) => {
                    note_kind(value, name, Kind::Integer, &mut left_out);
                    u8::from(*flag).to_string()
                }
                Value::Integer(integer) => integer.to_string(),
                Value::Number(value) => number(*value),
                Value::Text(text) => format!("\"{}\"", escaped(text)),
            };
            let _ = writeln!(out, "    {} {text}", names.get(name.as_str()).unwrap_or(name));
        }
    };
    for (no, node) in graph.nodes().iter().enumerate() {
        let _ = writeln!(out, "  node [\n    id {no}\n    label \"{}\"", escaped(&node.id));
        if let Some(label) = &node.label {
            let _ = writeln!(out, "    name \"{}\"", escaped(label));
        }
        put(&mut out, &node.attributes, &node_names);
        out.push_str("  ]\n");
    }
    let strengths = graph.has_strengths();
    for tie in graph.ties() {
        let _ = writeln!(out, "  edge [\n    source {}\n    target {}", tie.from, tie.to);
        if strengths {
            let _ = writeln!(out, "    weight {}", number(tie.strength));
        }
        for (name, date) in [("start", tie.start), ("end", tie.end)] {
            if let Some(date) = date {
                let _ = writeln!(out, "    {name} \"{date}\"");
            }
        }
        put(&mut out, &tie.attributes, &tie_names);
        out.push_str("  ]\n");
    }
    out.push_str("]\n");
    Written { text: out, left_out: left_out.into_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stand_as_entities_and_come_back() {
        for text in ["Côte d'Ivoire", "a & b; \"c\" <d>", "日本", "&amp;", "&#65", "line\nend", "\u{1f600}"]
        {
            let written = escaped(text);
            assert!(written.is_ascii());
            assert_eq!(unescaped(&written), text);
        }
        assert_eq!(
            unescaped("&Ouml;sterreich &auml;&yuml;&nbsp;& &foo; &#xe9;"),
            "Österreich äÿ\u{a0}& &foo; é"
        );
        assert_eq!(LATIN.split_whitespace().count(), 96);
    }
}

//! From text to the keys of a scenario file, with overrides.

use crate::error::{Source, did_you_mean, known};
use crate::file::{SCHEMA_VERSION, ScenarioFile};
use crate::{PresetRegistry, ScenarioError};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// What the command line changes in a scenario before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `KEY=VALUE`, such as `factor.moral.kappa=0.8`; keys are paths in the file.
    pub set: Vec<String>,
    /// Events that are switched off.
    pub without: Vec<String>,
    /// The variant of the scenario that is meant; the others come on top of it.
    pub variant: Option<String>,
}

impl Overrides {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.beyond_variant() && self.variant.is_none()
    }

    /// Whether something is changed beside what the variant changes.
    #[must_use]
    pub fn beyond_variant(&self) -> bool {
        !self.set.is_empty() || !self.without.is_empty()
    }
}

/// One `[factor.NAME]` or `[moderator.NAME]` table, or an `[event.NAME]` table with a `type`.
pub(crate) struct MechanismTable<'a> {
    pub(crate) name: String,
    pub(crate) name_span: Range<usize>,
    pub(crate) table: Spanned<DeTable<'a>>,
}

/// The parsed file: mechanisms apart, since their keys depend on their type.
pub(crate) struct Parsed<'a> {
    pub(crate) file: ScenarioFile,
    pub(crate) factors: Vec<MechanismTable<'a>>,
    pub(crate) moderators: Vec<MechanismTable<'a>>,
    /// Events with a `type`.
    pub(crate) interventions: Vec<MechanismTable<'a>>,
}

/// The source text with the overrides appended, so that messages can point at either.
pub(crate) fn with_overrides(name: &str, text: &str, overrides: &Overrides) -> Source {
    let mut source = Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
    source.overrides_from = source.text.len() + 1;
    for set in &overrides.set {
        source.text.push('\n');
        source.text.push_str(&set.replace(['\n', '\r'], " "));
    }
    source
}

pub(crate) fn parse<'a>(source: &'a Source) -> Result<Parsed<'a>, ScenarioError> {
    let mut root = overridden(source)?;
    root.get_mut().remove("preset");
    if let Some(text) = source.text.get(source.preset_from..) {
        let mut tables = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let at = source.preset_from + span.start..source.preset_from + span.end;
            source.error(at, "", error.message(), "")
        })?;
        shift_table(tables.get_mut(), source.preset_from);
        let beside = Beside { source, preset: &source.preset };
        beside.merge(root.get_mut(), tables.into_inner(), "")?;
    }
    let factors = mechanisms(source, root.get_mut(), "factor")?;
    let moderators = mechanisms(source, root.get_mut(), "moderator")?;
    let interventions = typed_events(root.get_mut());
    if root.get_ref().get("schema").is_none() {
        return Err(source.error(
            0..0,
            "",
            "`schema` is missing: this is no scenario file",
            format!(
                "Begin with schema = {SCHEMA_VERSION}, title and period; `normwave schema` prints all keys."
            ),
        ));
    }
    if let Some(version) = root.get_ref().get("schema").filter(|value| value.get_ref().is_integer()) {
        let found = source.text[version.span()].trim().to_owned();
        if found != SCHEMA_VERSION.to_string() {
            return Err(source.error(
                version.span(),
                "schema",
                format!("this file is of schema version {found}; this program reads version {SCHEMA_VERSION}"),
                "Use the release of normwave that wrote the file, or bring the file up to date with `normwave schema`.",
            ));
        }
    }
    let span = root.span();
    let value = Spanned::new(span, DeValue::Table(root.into_inner()));
    let file = ScenarioFile::deserialize(ValueDeserializer::from(value)).map_err(|error| {
        let top = error.span().is_some_and(|span| enclosing_table(source, span.start).is_empty());
        toml_error(source, &error, "", if top { &["factor", "moderator", "preset"] } else { &[] })
    })?;
    Ok(Parsed { file, factors, moderators, interventions })
}

// The file with the values of the command line.
fn overridden(source: &Source) -> Result<Spanned<DeTable<'_>>, ScenarioError> {
    let mut root = DeTable::parse(source.file()).map_err(|error| syntax_error(source, &error))?;
    let mut at = source.overrides_from;
    for line in source.overrides().lines() {
        override_value(source, root.get_mut(), at, line)?;
        at += line.len() + 1;
    }
    Ok(root)
}

/// Writes the tables of the preset that the file names, if it names one, below the overrides.
pub(crate) fn with_preset(mut source: Source, presets: &PresetRegistry) -> Result<Source, ScenarioError> {
    let Some((name, tables)) = preset(&source, presets)? else { return Ok(source) };
    source.text.push('\n');
    source.preset_from = source.text.len();
    source.text.push_str(&tables);
    source.preset = name;
    Ok(source)
}

fn preset(source: &Source, presets: &PresetRegistry) -> Result<Option<(String, String)>, ScenarioError> {
    let mut root = overridden(source)?;
    let mut named = mechanisms(source, root.get_mut(), "preset")?.into_iter();
    let Some(MechanismTable { name, name_span, table }) = named.next() else { return Ok(None) };
    if let Some(second) = named.next() {
        let problem = format!("a scenario has one preset; this one has `{name}` and `{}`", second.name);
        return Err(source.error(
            second.name_span,
            "",
            problem,
            "Write one of the two out in tables of its own.",
        ));
    }
    let Some(entry) = presets.get(&name) else {
        let problem = format!("unknown preset `{name}`{}", did_you_mean(&name, presets.names()));
        return Err(source.error(name_span, "", problem, known(presets.names())));
    };
    let value = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let made = (entry.make)(ValueDeserializer::from(value));
    let made = made.map_err(|error| toml_error(source, &error, &format!("[preset.{name}]"), &[]))?;
    Ok(Some((name, made.tables())))
}

// What a preset sets goes beside what the file sets, and never in its place.
struct Beside<'s> {
    source: &'s Source,
    preset: &'s str,
}

impl Beside<'_> {
    fn merge<'a>(
        &self,
        root: &mut DeTable<'a>,
        tables: DeTable<'a>,
        path: &str,
    ) -> Result<(), ScenarioError> {
        for (key, value) in tables {
            let path =
                if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
            let span = value.span();
            match (root.get_mut(key.get_ref().as_ref()), value.into_inner()) {
                (None, value) => {
                    root.insert(key, Spanned::new(span, value));
                }
                (Some(there), value) => match (there.get_mut(), value) {
                    (DeValue::Table(there), DeValue::Table(more)) => self.merge(there, more, &path)?,
                    _ => {
                        let problem = format!("`{path}` is set by the preset `{}`, too", self.preset);
                        let remedy =
                            "Leave it out, or write the preset's tables into the file and change them there.";
                        return Err(self.source.error(there.span(), "", problem, remedy));
                    }
                },
            }
        }
        Ok(())
    }
}

// What is no TOML; the most frequent reason has a remedy of its own.
fn syntax_error(source: &Source, error: &toml::de::Error) -> ScenarioError {
    let ScenarioError::At(mut problem) = toml_error(source, error, "", &[]) else {
        return toml_error(source, error, "", &[]);
    };
    if problem.remedy.is_empty() {
        let line = problem.source_line.as_bytes();
        let comma =
            line.windows(3).any(|at| at[1] == b',' && at[0].is_ascii_digit() && at[2].is_ascii_digit());
        problem.remedy = if comma {
            "Numbers have a decimal point: 0.5, not 0,5.".to_owned()
        } else if problem.problem.contains("key") {
            "A scenario is a TOML file: `key = value` on each line, below headers such as [network]."
                .to_owned()
        } else {
            String::new()
        };
    }
    ScenarioError::At(problem)
}

// A TOML error, at its place. The key is named where the message does not; `more` are keys that
// are known beside those that the message lists.
pub(crate) fn toml_error(
    source: &Source,
    error: &toml::de::Error,
    key: &str,
    more: &[&str],
) -> ScenarioError {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().trim_end_matches('\n').replace('\n', " ");
    let key = if key.is_empty() { enclosing_table(source, span.start) } else { key.to_owned() };
    let (problem, remedy) = match unknown_field(&message) {
        Some((found, listed)) => {
            let all = || more.iter().copied().chain(listed.iter().map(String::as_str));
            let near = did_you_mean(&found, all());
            (format!("unknown key `{found}`{near}"), known(all()))
        }
        None => match message.as_str() {
            "duplicate key" => duplicate_key(source, &span),
            _ => match message.strip_prefix("missing field ") {
                Some(field) => {
                    (format!("{field} is missing"), "`normwave schema` prints all keys.".to_owned())
                }
                None => {
                    let near = near_variant(&message);
                    (message, near)
                }
            },
        },
    };
    source.error(span, key, problem, remedy)
}

// What is set twice, and what to do.
fn duplicate_key(source: &Source, span: &Range<usize>) -> (String, String) {
    let before = set_before(source, span);
    if let Some((what, name)) = named_table(source, span.start) {
        let first = before.map_or(String::new(), |(_, line)| format!(": the first on line {line}"));
        let remedy = "Give each its own name, or make one of the two.";
        return (format!("two {what}s are called `{name}`{first}"), remedy.to_owned());
    }
    match before {
        Some((what, line)) => (
            format!("`{what}` stands here again: first on line {line}"),
            "Give one of the two another name, or make one of both.".to_owned(),
        ),
        None => ("duplicate key".to_owned(), "It is set before; keep one of the two.".to_owned()),
    }
}

// What a duplicate key sets, and the line on which it is set before, if that is written alike.
fn set_before(source: &Source, span: &Range<usize>) -> Option<(String, usize)> {
    let text = &source.text;
    let key = text.get(span.clone())?;
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next()?.trim();
    let lines = || text[..start].lines().enumerate();
    if line.starts_with('[') {
        let before = lines().find(|(_, other)| other.trim() == line)?;
        return Some((line.to_owned(), before.0 + 1));
    }
    let sets = |other: &str| {
        other.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let table = lines().filter(|(_, other)| other.trim_start().starts_with('[')).last();
    let from = table.map_or(0, |(no, _)| no + 1);
    let before = lines().skip(from).find(|(_, other)| sets(other))?;
    Some((key.to_owned(), before.0 + 1))
}

// The field and the known ones, where serde says so.
fn unknown_field(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (found, rest) = rest.split_once('`')?;
    Some((found.to_owned(), rest.split('`').skip(1).step_by(2).map(str::to_owned).collect()))
}

// serde lists the variants that it expected; a near miss is worth naming.
fn near_variant(message: &str) -> String {
    let Some((found, rest)) = message.split_once("`, expected ") else { return String::new() };
    let found = found.rsplit('`').next().unwrap_or_default();
    let near = did_you_mean(found, rest.split('`').skip(1).step_by(2));
    if near.is_empty() { near } else { format!("D{}", near.trim_start_matches("; d")) }
}

// The `[table]` header above a place.
fn enclosing_table(source: &Source, at: usize) -> String {
    let at = source.text.floor_char_boundary(at);
    let before = &source.text[..at];
    if at >= source.overrides_from {
        return String::new();
    }
    let line = source.text[at..].lines().next().unwrap_or_default();
    // On a header the message shows it.
    if before.lines().next_back().unwrap_or_default().trim_start().starts_with('[') && line.ends_with(']') {
        return String::new();
    }
    let headers =
        before.lines().rev().map(str::trim).filter(|line| line.starts_with('[') && line.ends_with(']'));
    headers.into_iter().next().unwrap_or_default().to_owned()
}

fn mechanisms<'a>(
    source: &Source,
    root: &mut DeTable<'a>,
    section: &str,
) -> Result<Vec<MechanismTable<'a>>, ScenarioError> {
    let Some(value) = root.remove(section) else { return Ok(Vec::new()) };
    let span = value.span();
    let DeValue::Table(table) = value.into_inner() else {
        return Err(source.error(
            span,
            section,
            format!("`{section}` must be a table"),
            format!("Write one table for each, as [{section}.my-name]."),
        ));
    };
    let mut found = Vec::new();
    for (name, value) in table {
        let (name_span, span) = (name.span(), value.span());
        let name = name.into_inner().into_owned();
        let DeValue::Table(table) = value.into_inner() else {
            return Err(source.error(
                span,
                format!("{section}.{name}"),
                format!("`{section}.{name}` must be a table"),
                format!("Write [{section}.{name}] and its keys below."),
            ));
        };
        found.push(MechanismTable { name, name_span, table: Spanned::new(span, table) });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

// Events that are written as a named intervention: their keys depend on its type.
fn typed_events<'a>(root: &mut DeTable<'a>) -> Vec<MechanismTable<'a>> {
    let Some(DeValue::Table(events)) = root.get_mut("event").map(Spanned::get_mut) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, value) in std::mem::take(events) {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) if table.contains_key("type") => {
                let (name_span, name) = (name.span(), name.into_inner().into_owned());
                found.push(MechanismTable { name, name_span, table: Spanned::new(span, table) });
            }
            plain => {
                events.insert(name, Spanned::new(span, plain));
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

// `[event.NAME]` at a place where a table's header stands: what it is, and its name.
fn named_table(source: &Source, at: usize) -> Option<(&str, &str)> {
    let line_start = source.text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = source.text[line_start..].lines().next()?.trim();
    let path = line.strip_prefix('[')?.strip_suffix(']')?;
    let (what, name) = path.split_once('.')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let known = ["factor", "moderator", "event", "forum", "variant"].contains(&what) && !name.contains('.');
    known.then_some((what, name))
}

// ---- Overrides.

// Most parts of a key; what is nested deeper could not be taken apart on one stack. The parser of
// TOML has the same limit for files.
const DEEPEST: usize = 80;

fn override_value<'a>(
    source: &'a Source,
    root: &mut DeTable<'a>,
    at: usize,
    line: &'a str,
) -> Result<(), ScenarioError> {
    let whole = at..at + line.len();
    let Some((path, value)) = line.split_once('=') else {
        return Err(source.error(
            whole,
            "",
            "an override is written KEY=VALUE",
            "For example: --set factor.moral.kappa=0.8",
        ));
    };
    let value_at = at + path.len() + 1;
    let value = parse_value(source, value_at, value);
    let path_span = at..at + path.len();
    let steps: Vec<&str> = path.trim().split('.').collect();
    if steps.iter().any(|step| step.is_empty()) {
        return Err(source.error(
            whole,
            "",
            "a part of the key is empty",
            "For example: --set factor.moral.kappa=0.8",
        ));
    }
    if steps.len() > DEEPEST {
        let problem = format!("the key has {} parts; {DEEPEST} are possible", steps.len());
        return Err(source.error(path_span, "", problem, "No key of a scenario is so deep."));
    }
    // A table of a name that is not there would be a new mechanism or event, not an override.
    if let [section @ ("factor" | "moderator" | "event" | "forum"), name, _, ..] = steps.as_slice() {
        let tables = root.get(*section).and_then(|value| value.get_ref().as_table());
        let names = || tables.into_iter().flatten().map(|(name, _)| name.get_ref().as_ref());
        if !names().any(|known| known == *name) {
            return Err(source.error(
                path_span,
                "",
                format!("there is no {section} `{name}`{}", did_you_mean(name, names())),
                format!("{} To add one, set all of it: {section}.{name}={{ … }}.", known(names())),
            ));
        }
    }
    let refused = |problem: String| {
        source.error(
            path_span.clone(),
            "",
            problem,
            "Keys are the dotted path of a value in the scenario file.",
        )
    };
    put(root, &steps, &path_span, value).map_err(refused)
}

// Puts a value at a dotted path; arrays are entered by number from 0.
fn put<'a>(
    table: &mut DeTable<'a>,
    steps: &[&str],
    span: &Range<usize>,
    value: Spanned<DeValue<'a>>,
) -> Result<(), String> {
    let key = |name: &str| Spanned::new(span.clone(), std::borrow::Cow::Owned(name.to_owned()));
    let (step, rest) = (steps[0], &steps[1..]);
    if rest.is_empty() {
        table.remove(step);
        table.insert(key(step), value);
        return Ok(());
    }
    let entry =
        table.entry(key(step)).or_insert_with(|| Spanned::new(span.clone(), DeValue::Table(DeTable::new())));
    match entry.get_mut() {
        DeValue::Table(inner) => put(inner, rest, span, value),
        DeValue::Array(array) => {
            let n = array.len();
            let item = rest[0].parse().ok().and_then(|idx: usize| array.get_mut(idx));
            let item =
                item.ok_or_else(|| format!("`{step}` is a list of {n}; name one by its number from 0"))?;
            match (rest.len(), item.get_mut()) {
                (1, _) => {
                    *item = value;
                    Ok(())
                }
                (_, DeValue::Table(inner)) => put(inner, &rest[1..], span, value),
                _ => Err(format!("`{step}.{}` is not a table, so nothing in it can be set", rest[0])),
            }
        }
        _ => Err(format!("`{step}` is not a table, so nothing in it can be set")),
    }
}

// A TOML value, or else a plain string; its spans are where it stands in the source.
fn parse_value<'a>(source: &'a Source, at: usize, value: &'a str) -> Spanned<DeValue<'a>> {
    let span = at..at + value.len();
    match DeValue::parse(value) {
        Ok(mut parsed) => {
            shift(&mut parsed, at);
            parsed
        }
        Err(_) => {
            Spanned::new(span.clone(), DeValue::String(std::borrow::Cow::Borrowed(source.text[span].trim())))
        }
    }
}

fn shift(value: &mut Spanned<DeValue<'_>>, by: usize) {
    let span = value.span();
    let inner = std::mem::replace(value.get_mut(), DeValue::Boolean(false));
    let inner = match inner {
        DeValue::Array(mut array) => {
            array.iter_mut().for_each(|item| shift(item, by));
            DeValue::Array(array)
        }
        DeValue::Table(mut table) => {
            shift_table(&mut table, by);
            DeValue::Table(table)
        }
        other => other,
    };
    *value = Spanned::new(span.start + by..span.end + by, inner);
}

fn shift_table(table: &mut DeTable<'_>, by: usize) {
    let entries = std::mem::take(table).into_iter().map(|(key, mut item)| {
        shift(&mut item, by);
        let span = key.span();
        (Spanned::new(span.start + by..span.end + by, key.into_inner()), item)
    });
    *table = entries.collect();
}

//! XML as GraphML and GEXF use it, read piece by piece, and escaped when it is written.

use crate::left_out::{Tally, note_kind};
use crate::place::{Source, shown};
use crate::value::Kind;
use crate::{FileError, Value};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// Deepest nesting of elements. No format needs more than ten.
const DEEPEST: usize = 200;

/// An element as it opens.
#[derive(Debug)]
pub(crate) struct Element {
    /// Its name without a prefix.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// Where it stands.
    pub(crate) at: usize,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The names of its attributes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }
}

/// Reads a text from element to element.
#[derive(Debug)]
pub(crate) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    source: Source<'t>,
    depth: usize,
}

// What is met inside of an element.
enum Part {
    Open(Element),
    Text(String),
    Close,
}

impl<'t> Xml<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, source: Source { text }, depth: 0 }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn wrong(&self, at: usize, problem: impl Into<String>, remedy: impl Into<String>) -> FileError {
        self.source.wrong(at, problem, remedy)
    }

    /// Goes into the root, which must have this name.
    pub(crate) fn root(&mut self, name: &str, format: &str) -> Result<Element, FileError> {
        let no = |what: String| format!("this is no {format}: {what}");
        loop {
            return match self.part()? {
                Part::Open(element) if element.name == name => Ok(element),
                Part::Open(element) => {
                    let what = format!("it begins with <{}>, not with <{name}>", shown(&element.name));
                    Err(self.wrong(element.at, no(what), "Check the format of the file."))
                }
                Part::Text(text) if text.trim().is_empty() => continue,
                Part::Text(_) => {
                    Err(self.wrong(0, no("it is no XML".to_owned()), "Check the format of the file."))
                }
                Part::Close => {
                    Err(self.wrong(0, no("it is empty".to_owned()), "Check that this is the file you mean."))
                }
            };
        }
    }

    /// The next element inside of the present one, which it closes if there is none. Text between
    /// elements is refused.
    pub(crate) fn child(&mut self) -> Result<Option<Element>, FileError> {
        loop {
            let at = self.position();
            match self.part()? {
                Part::Open(element) => return Ok(Some(element)),
                Part::Close => return Ok(None),
                Part::Text(text) if text.trim().is_empty() => {}
                Part::Text(text) => {
                    let at = at + (text.len() - text.trim_start().len());
                    return Err(self.wrong(
                        at,
                        format!("there is text between elements: `{}`", shown(text.trim())),
                        "Close the tags around it, or take it out.",
                    ));
                }
            }
        }
    }

    /// The text of the present element, which is closed, and whether elements in it were passed over.
    pub(crate) fn text(&mut self) -> Result<(String, bool), FileError> {
        let (mut text, mut others) = (String::new(), false);
        loop {
            match self.part()? {
                Part::Text(more) => text.push_str(&more),
                Part::Close => return Ok((text, others)),
                Part::Open(_) => {
                    others = true;
                    self.skip()?;
                }
            }
        }
    }

    /// Passes over what is left of the present element.
    pub(crate) fn skip(&mut self) -> Result<(), FileError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.part()?;
        }
        Ok(())
    }

    /// That nothing comes after the root.
    pub(crate) fn end(&mut self) -> Result<(), FileError> {
        loop {
            let at = self.position();
            match self.part()? {
                Part::Close => return Ok(()),
                Part::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.wrong(at, "something comes after the end", "Take it out.")),
            }
        }
    }

    fn part(&mut self) -> Result<Part, FileError> {
        loop {
            let at = self.position();
            let event = self.reader.read_event().map_err(|error| {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(at);
                self.source.wrong(at, error.to_string(), "The file is cut short or damaged; get it anew.")
            })?;
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    let element = self.element(at, &start)?;
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.wrong(
                            at,
                            format!("elements are nested more than {DEEPEST} deep"),
                            "",
                        ));
                    }
                    return Ok(Part::Open(element));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Part::Close);
                }
                Event::Text(text) => return Ok(Part::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Part::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => return self.resolve(at, &reference).map(Part::Text),
                Event::DocType(text) if text.contains(['[', '<']) => {
                    return Err(self.wrong(
                        at,
                        "the file declares a document type of its own",
                        "Take the declaration <!DOCTYPE ...> out; entities of its own are not read.",
                    ));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Eof if self.depth > 0 => {
                    return Err(self.wrong(
                        self.source.text.len(),
                        "the file ends before all elements are closed",
                        "It is cut short; get it anew.",
                    ));
                }
                Event::Eof => return Ok(Part::Close),
            }
        }
    }

    // One of the five entities that XML has, or a character by its number. None expands to more.
    fn resolve(&self, at: usize, reference: &BytesRef<'_>) -> Result<String, FileError> {
        let bad = || {
            self.wrong(
                at,
                format!("the entity `&{};` is not declared in XML", shown(reference)),
                "Write the character itself, or &amp; for an ampersand.",
            )
        };
        if reference.is_char_ref() {
            return match reference.resolve_char_ref() {
                Ok(Some(character)) => Ok(character.to_string()),
                _ => Err(bad()),
            };
        }
        let name: &str = reference;
        match quick_xml::escape::resolve_xml_entity(name) {
            Some(text) => Ok(text.to_owned()),
            None => Err(bad()),
        }
    }

    fn element(&self, at: usize, start: &BytesStart<'_>) -> Result<Element, FileError> {
        let name = start.local_name().as_ref().to_owned();
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| {
                self.wrong(
                    at,
                    format!("in <{}>: {error}", shown(&name)),
                    "Quote values; give each attribute once.",
                )
            })?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| {
                self.wrong(
                    at,
                    format!("in <{}>: {error}", shown(&name)),
                    "Write &amp; for an ampersand; entities of its own are not read.",
                )
            })?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Element { name, attributes, at })
    }
}

/// A text with everything escaped that XML would take for something else; characters that XML cannot hold
/// become U+FFFD.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if can_hold(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    out
}

/// Whether XML can hold a character.
pub(crate) fn can_hold(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// A value of an attribute, written as a kind, and what it loses by that.
pub(crate) fn xml_text(value: &Value, name: &str, kind: Kind, left_out: &mut Tally) -> String {
    note_kind(value, name, kind, left_out);
    let text = value.to_text();
    if text.chars().any(|c| !can_hold(c)) {
        left_out.add(format!("control characters in `{name}`"));
    }
    escaped(&text)
}

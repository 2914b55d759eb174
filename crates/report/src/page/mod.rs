//! The report as one HTML document that needs nothing else.

pub(crate) mod prose;
pub(crate) mod section;
pub(crate) mod table;

use std::fmt::Write;

use crate::escape::escape;
use crate::page::prose::{Prose, Tone};
use crate::page::section::Section;

const STYLE: &str = include_str!("style.css");
/// From this many sections on, the page opens with a list of them.
const WITH_CONTENTS: usize = 4;

/// A self-contained HTML page: no script, no font, no picture from elsewhere.
///
/// It follows the reader's light or dark setting, fits a phone and prints.
///
/// ```
/// use normwave_report::{Card, Page, Section};
/// let page = Page::new("Ottawa")
///     .subtitle("1990 to 2000, monthly")
///     .card(Card::new("signed by the end of 1997", "64 %").note("band 51 to 77 %"))
///     .section(Section::new("Method").paragraph("200 noisy replicates."))
///     .footer("normwave 0.1.0");
/// assert!(page.to_html().starts_with("<!DOCTYPE html>"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Title of the document and its main heading.
    pub title: String,
    /// A line under the title; may be empty.
    pub subtitle: Prose,
    /// The figures that sum it up.
    pub cards: Vec<Card>,
    /// The sections.
    pub sections: Vec<Section>,
    /// Lines at the end, such as version, seed and command.
    pub footer: Vec<Prose>,
}

/// One figure that sums something up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What it is.
    pub label: String,
    /// How much it is, short.
    pub value: String,
    /// An interval, a comparison; may be empty.
    pub note: String,
    /// Colour.
    pub tone: Tone,
}

impl Card {
    /// A card without note or colour.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), note: String::new(), tone: Tone::Plain }
    }

    /// The same card with a note.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same card in another colour.
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    fn to_html(&self) -> String {
        let note = if self.note.is_empty() {
            String::new()
        } else {
            format!("<span class=\"small\">{}</span>", escape(&self.note))
        };
        format!(
            "<div class=\"card {}\"><span class=\"small\">{}</span><strong>{}</strong>{note}</div>\n",
            self.tone.class(),
            escape(&self.label),
            escape(&self.value)
        )
    }
}

impl Page {
    /// A page without content.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            subtitle: Prose::default(),
            cards: Vec::new(),
            sections: Vec::new(),
            footer: Vec::new(),
        }
    }

    /// The same page with a line under the title.
    pub fn subtitle(self, words: impl Into<Prose>) -> Self {
        Self { subtitle: words.into(), ..self }
    }

    /// Adds a card.
    pub fn card(mut self, card: Card) -> Self {
        self.cards.push(card);
        self
    }

    /// Adds a section.
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }

    /// Adds a line at the end.
    pub fn footer(mut self, words: impl Into<Prose>) -> Self {
        self.footer.push(words.into());
        self
    }

    /// The whole document.
    pub fn to_html(&self) -> String {
        let title = escape(&self.title);
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header>\n<h1>{title}</h1>\n"
        );
        let subtitle = self.subtitle.to_html();
        if !subtitle.is_empty() {
            let _ = writeln!(out, "<p class=\"subtitle\">{subtitle}</p>");
        }
        out.push_str("</header>\n");
        self.write_cards(&mut out);
        self.write_contents(&mut out);
        out.push_str("<main>\n");
        for (i, section) in self.sections.iter().enumerate() {
            out.push_str(&section.to_html(&section_id(i, section)));
        }
        out.push_str("</main>\n");
        if !self.footer.is_empty() {
            let lines: Vec<String> = self.footer.iter().map(Prose::to_html).collect();
            let _ = writeln!(out, "<footer>{}</footer>", lines.join("<br>\n"));
        }
        out.push_str("</body>\n</html>\n");
        out
    }

    fn write_cards(&self, out: &mut String) {
        if !self.cards.is_empty() {
            let cards: String = self.cards.iter().map(Card::to_html).collect();
            let _ = writeln!(out, "<div class=\"cards\">\n{cards}</div>");
        }
    }

    fn write_contents(&self, out: &mut String) {
        let titled = self.sections.iter().enumerate().filter(|(_, s)| !s.title.is_empty());
        let links: Vec<String> = titled
            .map(|(i, s)| format!("<a href=\"#{}\">{}</a>", section_id(i, s), escape(&s.title)))
            .collect();
        if links.len() >= WITH_CONTENTS {
            let _ = writeln!(out, "<nav aria-label=\"Contents\">{}</nav>", links.join("\n"));
        }
    }
}

/// A unique id that stays readable in a link.
fn section_id(i: usize, section: &Section) -> String {
    let mut slug = String::new();
    for c in section.title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    format!("{}-{}", i + 1, slug.trim_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Column;
    use crate::page::table::PageTable;

    fn page() -> Page {
        let mut table = PageTable::new([Column::left("state"), Column::right("p")]);
        (0..40).for_each(|i| {
            table.row([format!("state {i}"), "0.5".into()]);
        });
        Page::new("A <b> & c")
            .subtitle("since 1990")
            .card(Card::new("share", "64 %").note("51 to 77 %").tone(Tone::Good))
            .section(
                Section::new("One & one")
                    .heading("h")
                    .paragraph("<script>alert(1)</script>")
                    .list(["a", "b"])
                    .definitions([("seed", "1")])
                    .note(Tone::Bad, "careful")
                    .preformatted("a < b\n  c")
                    .figure("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "cap"),
            )
            .section(Section::new("One & one").folded_table("All states", table))
            .section(Section::new("Three"))
            .section(Section::new("Four"))
            .footer("end")
    }

    /// The document is written so that an XML parser accepts its body too.
    fn parse_body(html: &str) -> String {
        let from = html.find("<body>").expect("body");
        let to = html.find("</body>").expect("end of body") + "</body>".len();
        html[from..to].replace("<br>", "<br/>")
    }

    #[test]
    fn every_element_is_closed_and_ids_are_unique() {
        let html = page().to_html();
        let body = parse_body(&html);
        let document = roxmltree::Document::parse(&body).expect("well-formed body");
        let mut ids: Vec<_> = document.descendants().filter_map(|n| n.attribute("id")).collect();
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((n_ids, ids.len()), (4, 4));
        for link in document.descendants().filter(|n| n.has_tag_name("a")) {
            let target = link.attribute("href").expect("href").trim_start_matches('#');
            assert!(ids.contains(&target), "{target}");
        }
    }

    #[test]
    fn nothing_is_loaded_and_no_script_runs() {
        let html = page().to_html();
        for forbidden in ["<script", "<link", "src=", "url(", "@import"] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        assert!(html.contains("&lt;script&gt;"));
    }

    #[test]
    fn a_long_table_is_folded_and_keeps_its_headings() {
        let html = page().to_html();
        assert!(html.contains("<details><summary>All states</summary>\n<div class=\"scroll tall\""));
        assert!(STYLE.contains("position: sticky"));
    }

    #[test]
    fn line_breaks_survive_in_preformatted_text() {
        assert!(page().to_html().contains("a &lt; b\n  c</pre>"));
    }
}

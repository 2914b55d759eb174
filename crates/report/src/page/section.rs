//! A section of the page and what can stand in it.

use std::fmt::Write;

use crate::canvas::is_wide;
use crate::escape::escape;
use crate::page::prose::{Prose, Tone};
use crate::page::table::PageTable;

/// A part of the page under its own heading.
///
/// ```
/// use normwave_report::Section;
/// let section = Section::new("What came out")
///     .paragraph("The share of signers lies inside the band.")
///     .definitions([("replicates", "200"), ("seed", "1")]);
/// assert_eq!(section.blocks.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Heading; an empty one is not shown.
    pub title: String,
    /// The content, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A piece of a [`Section`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// A smaller heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Prose),
    /// A list with bullets.
    List(Vec<Prose>),
    /// Terms and what they mean or amount to.
    Definitions(Vec<(String, Prose)>),
    /// A table.
    Table(PageTable),
    /// Figures; several stand side by side where the screen is wide enough.
    Figures(Vec<FigureBlock>),
    /// A remark set off from the text.
    Note {
        /// Colour.
        tone: Tone,
        /// Words.
        words: Prose,
    },
    /// Text as it is, in a fixed-width font, such as a terminal's table.
    Preformatted(String),
    /// Content behind a summary that opens on demand.
    Folded {
        /// What is seen while it is closed.
        summary: String,
        /// What opens.
        blocks: Vec<Block>,
    },
}

/// A figure with its caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureBlock {
    /// SVG as a `to_svg` of this crate returns it; it goes into the page unescaped.
    pub svg: String,
    /// Words below.
    pub caption: Prose,
}

impl Section {
    /// A section without content.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), blocks: Vec::new() }
    }

    /// Adds a smaller heading.
    pub fn heading(self, title: impl Into<String>) -> Self {
        self.block(Block::Heading(title.into()))
    }

    /// Adds a paragraph.
    pub fn paragraph(self, words: impl Into<Prose>) -> Self {
        self.block(Block::Paragraph(words.into()))
    }

    /// Adds a list with bullets.
    pub fn list<P: Into<Prose>>(self, items: impl IntoIterator<Item = P>) -> Self {
        self.block(Block::List(items.into_iter().map(Into::into).collect()))
    }

    /// Adds terms with what they mean or amount to.
    pub fn definitions<S: Into<String>, P: Into<Prose>>(
        self,
        items: impl IntoIterator<Item = (S, P)>,
    ) -> Self {
        let items = items.into_iter().map(|(term, words)| (term.into(), words.into()));
        self.block(Block::Definitions(items.collect()))
    }

    /// Adds a table.
    pub fn table(self, table: PageTable) -> Self {
        self.block(Block::Table(table))
    }

    /// Adds a table behind a summary that opens on demand.
    pub fn folded_table(self, summary: impl Into<String>, table: PageTable) -> Self {
        self.folded(summary, Self::new("").table(table))
    }

    /// Adds a figure; `svg` as a `to_svg` of this crate returns it.
    pub fn figure(self, svg: impl Into<String>, caption: impl Into<Prose>) -> Self {
        self.figures([(svg, caption)])
    }

    /// Adds figures that stand side by side where the screen is wide enough.
    pub fn figures<S: Into<String>, P: Into<Prose>>(self, figures: impl IntoIterator<Item = (S, P)>) -> Self {
        let figures = figures
            .into_iter()
            .map(|(svg, caption)| FigureBlock { svg: svg.into(), caption: caption.into() });
        self.block(Block::Figures(figures.collect()))
    }

    /// Adds a remark set off from the text.
    pub fn note(self, tone: Tone, words: impl Into<Prose>) -> Self {
        self.block(Block::Note { tone, words: words.into() })
    }

    /// Adds text in a fixed-width font.
    pub fn preformatted(self, text: impl Into<String>) -> Self {
        self.block(Block::Preformatted(text.into()))
    }

    /// Adds the content of `inner` behind a summary that opens on demand.
    pub fn folded(self, summary: impl Into<String>, inner: Self) -> Self {
        self.block(Block::Folded { summary: summary.into(), blocks: inner.blocks })
    }

    /// Adds any block.
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    pub(crate) fn to_html(&self, id: &str) -> String {
        let mut out = format!("<section id=\"{id}\">\n");
        if !self.title.is_empty() {
            let _ = writeln!(out, "<h2>{}</h2>", escape(&self.title));
        }
        self.blocks.iter().for_each(|block| block.write(&mut out));
        out.push_str("</section>\n");
        out
    }
}

impl Block {
    fn write(&self, out: &mut String) {
        let _ = match self {
            Self::Heading(title) => writeln!(out, "<h3>{}</h3>", escape(title)),
            Self::Paragraph(words) => writeln!(out, "<p>{}</p>", words.to_html()),
            Self::List(items) => {
                let items: String =
                    items.iter().map(|item| format!("<li>{}</li>\n", item.to_html())).collect();
                writeln!(out, "<ul>\n{items}</ul>")
            }
            Self::Definitions(items) => {
                let items: String = items
                    .iter()
                    .map(|(term, words)| {
                        format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(term), words.to_html())
                    })
                    .collect();
                writeln!(out, "<dl>\n{items}</dl>")
            }
            Self::Table(table) => writeln!(out, "{}", table.to_html()),
            Self::Figures(figures) => writeln!(out, "{}", figures_html(figures)),
            Self::Note { tone, words } => {
                let class = tone.class();
                writeln!(out, "<p class=\"note {class}\">{}</p>", words.to_html())
            }
            Self::Preformatted(text) => {
                let lines: Vec<String> = text.lines().map(escape).collect();
                writeln!(out, "<pre tabindex=\"0\">{}</pre>", lines.join("\n"))
            }
            Self::Folded { summary, blocks } => {
                let _ = writeln!(out, "<details><summary>{}</summary>", escape(summary));
                blocks.iter().for_each(|block| block.write(out));
                writeln!(out, "</details>")
            }
        };
    }
}

fn figures_html(figures: &[FigureBlock]) -> String {
    let several = if figures.len() > 1 { " several" } else { "" };
    let mut out = format!("<div class=\"figures{several}\">\n");
    for figure in figures {
        let caption = figure.caption.to_html();
        // Maps and matrices take the whole width.
        let wide = if is_wide(&figure.svg) { " class=\"wide\"" } else { "" };
        let _ = write!(out, "<figure{wide}>\n{}", figure.svg);
        if !caption.is_empty() {
            let _ = writeln!(out, "<figcaption>{caption}</figcaption>");
        }
        out.push_str("</figure>\n");
    }
    out.push_str("</div>");
    out
}

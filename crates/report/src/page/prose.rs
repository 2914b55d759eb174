//! Text of a page with a little markup.

use crate::escape::escape;

/// A run of text with emphasis, code, links and badges; everything is escaped.
///
/// ```
/// use normwave_report::Prose;
/// let prose = Prose::from("See ").code("ledger.csv").text(" and ").link("the paper", "https://example.org/");
/// assert!(prose.to_html().contains("<code>ledger.csv</code>"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    spans: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Span {
    Text(String),
    Strong(String),
    Code(String),
    Link { words: String, address: String },
    Badge { words: String, tone: Tone },
}

/// What a row, note, card or badge tells by its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// It came out, or it is the one that matters.
    Good,
    /// It did not come out, or needs care.
    Bad,
    /// It is said beside the main line.
    Quiet,
}

impl Prose {
    /// Adds plain text.
    pub fn text(self, words: impl Into<String>) -> Self {
        self.with(Span::Text(words.into()))
    }

    /// Adds emphasised text.
    pub fn strong(self, words: impl Into<String>) -> Self {
        self.with(Span::Strong(words.into()))
    }

    /// Adds a name from a file or a command.
    pub fn code(self, words: impl Into<String>) -> Self {
        self.with(Span::Code(words.into()))
    }

    /// Adds a link. Only `https:`, `http:`, `mailto:` and `#` addresses become
    /// links; of others the words remain.
    pub fn link(self, words: impl Into<String>, address: impl Into<String>) -> Self {
        self.with(Span::Link { words: words.into(), address: address.into() })
    }

    /// Adds a small coloured label.
    pub fn badge(self, words: impl Into<String>, tone: Tone) -> Self {
        self.with(Span::Badge { words: words.into(), tone })
    }

    /// The text as HTML, without an element around it.
    pub fn to_html(&self) -> String {
        self.spans.iter().map(Span::to_html).collect()
    }

    fn with(mut self, span: Span) -> Self {
        self.spans.push(span);
        self
    }
}

impl From<&str> for Prose {
    fn from(words: &str) -> Self {
        Self::default().text(words)
    }
}

impl From<String> for Prose {
    fn from(words: String) -> Self {
        Self::default().text(words)
    }
}

impl Span {
    fn to_html(&self) -> String {
        match self {
            Self::Text(words) => escape(words),
            Self::Strong(words) => format!("<strong>{}</strong>", escape(words)),
            Self::Code(words) => format!("<code>{}</code>", escape(words)),
            Self::Link { words, address } if is_harmless(address) => {
                format!("<a href=\"{}\">{}</a>", escape(address), escape(words))
            }
            Self::Link { words, .. } => escape(words),
            Self::Badge { words, tone } => {
                format!("<span class=\"badge {}\">{}</span>", tone.class(), escape(words))
            }
        }
    }
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Quiet => "quiet",
        }
    }
}

fn is_harmless(address: &str) -> bool {
    ["https://", "http://", "mailto:", "#"].iter().any(|scheme| address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_words_is_not_markup() {
        let prose = Prose::from("<b>").strong("&").badge("\"", Tone::Bad);
        assert_eq!(prose.to_html(), "&lt;b&gt;<strong>&amp;</strong><span class=\"badge bad\">&quot;</span>");
    }

    #[test]
    fn a_script_address_is_not_a_link() {
        assert_eq!(Prose::default().link("x", "javascript:alert(1)").to_html(), "x");
        let quoted = Prose::default().link("x", "https://e.org/\"onclick=\"y").to_html();
        assert!(!quoted.contains("\"onclick"));
    }
}

//! Text that is safe inside SVG and HTML.

/// Escapes `text` for the content or a quoted attribute of SVG and HTML.
///
/// The five markup characters become entities, line breaks and tabs become
/// spaces, and control characters that XML forbids are dropped.
///
/// ```
/// assert_eq!(
///     normwave_report::escape("A & B <script>"),
///     "A &amp; B &lt;script&gt;"
/// );
/// ```
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_and_quotes_become_entities() {
        assert_eq!(escape(r#"<a href="x">'&'</a>"#), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    }

    #[test]
    fn characters_that_xml_forbids_are_dropped() {
        assert_eq!(escape("a\u{0}b\u{1b}c\u{ffff}\nd"), "abc d");
    }
}

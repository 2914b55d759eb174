//! A sheet to draw on, which becomes one standalone SVG.
//!
//! No element has an id and no style reaches beyond its element, so that many
//! figures can stand in one page. Every text is one line with its own
//! position, which lets a test see whether two of them collide.

use std::fmt::Write;

use crate::escape::escape;
use crate::palette::{INK, MUTED, PANEL};
use crate::text_width::{text_width, wrap};

/// Width of a figure in user units; at 360 pixels the smallest text is 9 pixels high.
pub(crate) const WIDTH: f64 = 480.0;
/// Width of maps and matrices, which fill a page: on 16 cm the smallest text is 7.5 points high.
pub(crate) const WIDE: f64 = 720.0;
/// Space between the edge and the content.
pub(crate) const PAD: f64 = 14.0;
/// Font size of labels.
pub(crate) const TEXT: f64 = 13.0;
/// Font size of annotations.
pub(crate) const SMALL: f64 = 12.0;
const TITLE: f64 = 15.5;

const FONT: &str = "Helvetica, Arial, 'Liberation Sans', sans-serif";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text and how it looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) fill: &'static str,
    pub(crate) anchor: Anchor,
    /// A light outline, for text over lines.
    pub(crate) halo: bool,
}

impl Text {
    pub(crate) const LABEL: Self =
        Self { size: TEXT, bold: false, fill: INK, anchor: Anchor::Start, halo: false };
    pub(crate) const NOTE: Self = Self { size: SMALL, fill: MUTED, ..Self::LABEL };

    pub(crate) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) const fn haloed(self) -> Self {
        Self { halo: true, ..self }
    }

    pub(crate) const fn filled(self, fill: &'static str) -> Self {
        Self { fill, ..self }
    }

    pub(crate) fn width(self, text: &str) -> f64 {
        text_width(text, self.size, self.bold)
    }

    /// `text` cut so that it is at most `max` wide.
    pub(crate) fn fit(self, text: &str, max: f64) -> String {
        crate::text_width::fit(text, self.size, self.bold, max)
    }

    pub(crate) fn wrap(self, text: &str, max: f64, max_lines: usize) -> Vec<String> {
        wrap(text, self.size, self.bold, max, max_lines)
    }

    /// Distance of two lines of this text.
    pub(crate) fn leading(self) -> f64 {
        self.size * 1.25
    }
}

#[derive(Debug)]
pub(crate) struct Canvas {
    body: String,
    width: f64,
}

impl Canvas {
    pub(crate) fn new() -> Self {
        Self { body: String::new(), width: WIDTH }
    }

    /// A sheet for a figure that fills a page.
    pub(crate) fn wide() -> Self {
        Self { body: String::new(), width: WIDE }
    }

    pub(crate) fn width(&self) -> f64 {
        self.width
    }

    /// Title and subtitle on top; returns where the content may begin.
    pub(crate) fn heading(&mut self, title: &str, subtitle: &str) -> f64 {
        let style = Text { size: TITLE, ..Text::LABEL.bold() };
        let mut y = PAD;
        for line in style.wrap(title, self.width - 2.0 * PAD, 3) {
            y += style.leading();
            self.text(PAD, y - 4.0, &line, style);
        }
        for line in Text::NOTE.wrap(subtitle, self.width - 2.0 * PAD, 4) {
            y += Text::NOTE.leading();
            self.text(PAD, y - 2.0, &line, Text::NOTE);
        }
        y + 12.0
    }

    pub(crate) fn text(&mut self, x: f64, y: f64, text: &str, style: Text) {
        if text.is_empty() {
            return;
        }
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if style.bold { " font-weight=\"700\"" } else { "" };
        let halo = if style.halo {
            format!(
                " stroke=\"{PANEL}\" stroke-width=\"3.5\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            )
        } else {
            String::new()
        };
        let _ = writeln!(
            self.body,
            r#"<text x="{}" y="{}" font-size="{}" fill="{}"{anchor}{weight}{halo}>{}</text>"#,
            n(x),
            n(y),
            n(style.size),
            style.fill,
            escape(text)
        );
    }

    pub(crate) fn rect(&mut self, [x, y, w, h]: [f64; 4], fill: &str, extra: &str) {
        let _ = writeln!(
            self.body,
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{fill}"{}/>"#,
            n(x),
            n(y),
            n(w.max(0.0)),
            n(h.max(0.0)),
            spaced(extra)
        );
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, extra: &str) {
        let _ = writeln!(
            self.body,
            r#"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{stroke}"{}/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1),
            spaced(extra)
        );
    }

    pub(crate) fn circle(&mut self, (x, y): (f64, f64), r: f64, fill: &str, extra: &str) {
        let _ = writeln!(
            self.body,
            r#"<circle cx="{}" cy="{}" r="{}" fill="{fill}"{}/>"#,
            n(x),
            n(y),
            n(r),
            spaced(extra)
        );
    }

    /// A polyline through `points`; nothing for fewer than two.
    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], stroke: &str, extra: &str) {
        if points.len() >= 2 {
            let _ = writeln!(
                self.body,
                r#"<polyline points="{}" fill="none" stroke="{stroke}"{}/>"#,
                joined(points),
                spaced(extra)
            );
        }
    }

    /// A filled area; nothing for fewer than three corners.
    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], fill: &str, extra: &str) {
        if points.len() >= 3 {
            let _ = writeln!(
                self.body,
                r#"<polygon points="{}" fill="{fill}"{}/>"#,
                joined(points),
                spaced(extra)
            );
        }
    }

    /// A stroked path with the given commands; nothing for none.
    pub(crate) fn path(&mut self, commands: &str, stroke: &str, extra: &str) {
        if !commands.is_empty() {
            let _ = writeln!(
                self.body,
                r#"<path d="{commands}" fill="none" stroke="{stroke}"{}/>"#,
                spaced(extra)
            );
        }
    }

    /// Elements that share a tooltip; closed by [`Canvas::end_group`].
    pub(crate) fn group(&mut self, tooltip: &str) {
        let _ = writeln!(self.body, "<g><title>{}</title>", escape(tooltip));
    }

    pub(crate) fn end_group(&mut self) {
        self.body.push_str("</g>\n");
    }

    /// The document: panel, title and description around what was drawn.
    pub(crate) fn finish(self, height: f64, title: &str, description: &str) -> String {
        let (w, h) = (n(self.width), n(height.ceil()));
        let title = escape(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             role=\"img\" aria-label=\"{title}\" font-family=\"{FONT}\">\n\
             <title>{title}</title>\n<desc>{}</desc>\n\
             <rect width=\"{w}\" height=\"{h}\" rx=\"6\" fill=\"{PANEL}\"/>\n{}</svg>\n",
            escape(description),
            self.body
        )
    }
}

/// Whether a figure was drawn on a [`Canvas::wide`].
pub(crate) fn is_wide(svg: &str) -> bool {
    let head = svg.split_once('>').map_or(svg, |(head, _)| head);
    head.contains(&format!("width=\"{}\"", n(WIDE)))
}

/// A coordinate with at most two decimals.
pub(crate) fn n(value: f64) -> String {
    let text = format!("{:.2}", if value.is_finite() { value } else { 0.0 });
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

fn joined(points: &[(f64, f64)]) -> String {
    points.iter().map(|&(x, y)| format!("{},{}", n(x), n(y))).collect::<Vec<_>>().join(" ")
}

fn spaced(extra: &str) -> String {
    if extra.is_empty() { String::new() } else { format!(" {extra}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_is_a_standalone_labelled_svg() {
        let mut canvas = Canvas::new();
        canvas.text(1.0, 2.5, "a < b", Text::LABEL);
        insta::assert_snapshot!(canvas.finish(30.0, "T & T", "d"), @r##"
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 30" width="480" height="30" role="img" aria-label="T &amp; T" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">
        <title>T &amp; T</title>
        <desc>d</desc>
        <rect width="480" height="30" rx="6" fill="#ffffff"/>
        <text x="1" y="2.5" font-size="13" fill="#1f2328">a &lt; b</text>
        </svg>
        "##);
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(n(1.0), "1");
        assert_eq!(n(-0.001), "0");
        assert_eq!(n(10.256), "10.26");
        assert_eq!(n(100.0), "100");
    }
}

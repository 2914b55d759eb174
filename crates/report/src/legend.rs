//! The key of a figure: swatches with words, flowing over lines.

use crate::canvas::{Canvas, PAD, Text};
use crate::palette::INK;

/// What stands before the words.
#[derive(Debug, Clone)]
pub(crate) enum Swatch {
    /// A filled node with an outline.
    Node { fill: String, stroke: String },
    /// A line, perhaps with a band behind it.
    Line { stroke: String, band: bool },
    /// A dashed line.
    Dashed { stroke: String },
    /// An open point.
    Point { stroke: String },
    /// An open square.
    Square { stroke: String },
    /// A filled node in a ring.
    Ringed { fill: String, stroke: String },
    /// An actor, with a dot if its position lies between the first and the last.
    Actor { fill: String, stroke: String, dot: bool },
    /// An actor that is new in its position.
    New { fill: String },
    /// A light line.
    Thin { stroke: String },
    /// A line that ends in a dot.
    Hairline,
    /// A stripe, with a line if its position lies between the first and the last.
    Stripe { fill: String, dot: bool },
    /// A cell or bar.
    Area { fill: String },
    /// Words alone.
    None,
}

const SWATCH: f64 = 22.0;

/// Draws the entries from `y` on; returns where they end.
pub(crate) fn draw_legend(canvas: &mut Canvas, mut y: f64, entries: &[(Swatch, String)]) -> f64 {
    if entries.is_empty() {
        return y;
    }
    let style = Text::NOTE.filled(INK);
    let right = canvas.width() - PAD;
    let mut x = PAD;
    y += 13.0;
    for (swatch, words) in entries {
        let lead = if matches!(swatch, Swatch::None) { 0.0 } else { SWATCH + 6.0 };
        let words = style.fit(words, right - PAD - lead);
        let width = lead + style.width(&words);
        if x > PAD && x + width > right {
            x = PAD;
            y += 18.0;
        }
        draw_swatch(canvas, swatch, x, y - 4.0);
        canvas.text(x + lead, y, &words, style);
        x += width + 16.0;
    }
    y + 5.0
}

fn draw_swatch(canvas: &mut Canvas, swatch: &Swatch, x: f64, mid: f64) {
    let (left, right, centre) = ((x, mid), (x + SWATCH, mid), (x + SWATCH / 2.0, mid));
    match swatch {
        Swatch::Node { fill, stroke } => {
            canvas.circle(centre, 6.0, fill, &format!("stroke=\"{stroke}\""));
        }
        Swatch::Line { stroke, band } => {
            if *band {
                let area = [x, mid - 6.0, SWATCH, 12.0];
                canvas.rect(area, stroke, "fill-opacity=\"0.24\"");
            }
            canvas.line(left, right, stroke, "stroke-width=\"2.4\"");
        }
        Swatch::Dashed { stroke } => {
            let dash = "stroke-width=\"1.6\" stroke-dasharray=\"4 3\"";
            canvas.line(left, right, stroke, dash);
        }
        Swatch::Point { stroke } => {
            let line = format!("stroke=\"{stroke}\" stroke-width=\"1.6\"");
            canvas.circle(centre, 4.0, "#ffffff", &line);
        }
        Swatch::Square { stroke } => {
            let line = format!("stroke=\"{stroke}\" stroke-width=\"1.6\"");
            canvas.rect([centre.0 - 4.0, mid - 4.0, 8.0, 8.0], "#ffffff", &line);
        }
        Swatch::Ringed { fill, stroke } => {
            let line = format!("stroke=\"{stroke}\" stroke-width=\"1.4\"");
            canvas.circle(centre, 6.4, "#ffffff", &line);
            canvas.circle(centre, 3.2, fill, &line);
        }
        Swatch::Actor { fill, stroke, dot } => {
            canvas.circle(centre, 5.5, fill, &format!("stroke=\"{stroke}\" stroke-width=\"0.7\""));
            if *dot {
                canvas.circle(centre, 2.0, "#0b3c5d", "");
            }
        }
        Swatch::New { fill } => {
            canvas.circle(centre, 5.2, fill, &format!("stroke=\"{INK}\" stroke-width=\"1.1\""));
            canvas.circle(centre, 2.4, "#ffffff", "");
        }
        Swatch::Thin { stroke } => canvas.line(left, right, stroke, "stroke-width=\"1\""),
        Swatch::Hairline => {
            canvas.line((x + 5.0, mid), right, INK, "stroke-width=\"0.6\"");
            canvas.circle((x + 5.0, mid), 1.2, INK, "");
        }
        Swatch::Stripe { fill, dot } => {
            canvas.rect([x, mid - 3.0, SWATCH, 6.0], fill, "");
            if *dot {
                canvas.line(left, right, "#0b3c5d", "stroke-width=\"1\"");
            }
        }
        Swatch::Area { fill } => {
            canvas.rect([x + 3.0, mid - 6.0, SWATCH - 6.0, 12.0], fill, "rx=\"2\"");
        }
        Swatch::None => {}
    }
}

//! A sweep: how results change as one setting changes.

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH, n};
use crate::legend::{Swatch, draw_legend};
use crate::number::compact;
use crate::palette::{INK, MUTED, OKABE_ITO};
use crate::plot::{Frame, draw_band, draw_line, stretches};
use crate::scale::{Scale, range};

/// Named lines of y over x, each with an optional band.
///
/// ```
/// use normwave_report::{Sweep, SweepLine, SweepPoint};
/// let line = SweepLine {
///     name: "United Kingdom".into(),
///     points: (0..5).map(|k| SweepPoint { x: f64::from(k), y: 0.2 * f64::from(k), band: None }).collect(),
/// };
/// let figure = Sweep {
///     title: "Strength of domestic advocacy".into(),
///     subtitle: String::new(),
///     x_label: "κ".into(),
///     y_label: "probability of signing".into(),
///     lines: vec![line],
///     x_mark: Some((2.0, "fitted".into())),
///     y_mark: None,
/// };
/// assert!(figure.to_svg().contains("fitted"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// What is varied, with its unit.
    pub x_label: String,
    /// What results, with its unit.
    pub y_label: String,
    /// The lines; from the ninth on, colours repeat with dashes.
    pub lines: Vec<SweepLine>,
    /// A value of x to mark, such as the one fitted, with a word.
    pub x_mark: Option<(f64, String)>,
    /// A value of y to mark, such as zero, with a word.
    pub y_mark: Option<(f64, String)>,
}

/// One line of a [`Sweep`].
#[derive(Debug, Clone, PartialEq)]
pub struct SweepLine {
    /// Name in the legend.
    pub name: String,
    /// Its points, in order of x; those that are not finite leave a gap.
    pub points: Vec<SweepPoint>,
}

/// One point of a [`SweepLine`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SweepPoint {
    /// The setting.
    pub x: f64,
    /// The result.
    pub y: f64,
    /// Lower and upper end of its interval.
    pub band: Option<(f64, f64)>,
}

const PLOT_HEIGHT: f64 = 250.0;

impl Sweep {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &self.legend());
        let y_label = Text::NOTE.fit(&self.y_label, WIDTH - 2.0 * PAD);
        canvas.text(PAD, top + 16.0, &y_label, Text::NOTE);
        let has_x_mark = self.x_mark.as_ref().is_some_and(|mark| mark.0.is_finite());
        let top = top + 28.0 + if has_x_mark { 16.0 } else { 0.0 };
        let frame = Frame {
            left: Frame::left_for(&self.y_scale(0.0, 1.0).ticks()),
            right: WIDTH - PAD - 8.0,
            top,
            bottom: top + PLOT_HEIGHT,
        };
        let x = self.x_scale(frame.left, frame.right);
        let y = self.y_scale(frame.bottom, frame.top);
        frame.draw_y_ticks(&mut canvas, &y.ticks());
        frame.draw_x_ticks(&mut canvas, &x.ticks());
        for (i, line) in self.lines.iter().enumerate() {
            draw_sweep_line(&mut canvas, line, i, &x, &y);
        }
        self.draw_marks(&mut canvas, &frame, &x, &y);
        frame.draw_border(&mut canvas);
        let x_label = Text::NOTE.fit(&self.x_label, WIDTH - 2.0 * PAD);
        let half = Text::NOTE.width(&x_label) / 2.0;
        let middle = ((frame.left + frame.right) / 2.0).clamp(PAD + half, WIDTH - PAD - half);
        canvas.text(middle, frame.bottom + 34.0, &x_label, Text::NOTE.at(Anchor::Middle));
        canvas.finish(frame.bottom + 34.0 + PAD, &self.title, &self.description())
    }

    fn draw_marks(&self, canvas: &mut Canvas, frame: &Frame, x: &Scale, y: &Scale) {
        let line = "stroke-width=\"1.3\" stroke-dasharray=\"5 4\"";
        let style = Text::NOTE.filled(INK).haloed();
        if let Some((value, words)) = self.x_mark.as_ref().filter(|mark| mark.0.is_finite()) {
            let at = x.at(*value);
            canvas.line((at, frame.top), (at, frame.bottom), MUTED, line);
            let words = style.fit(words, frame.right - frame.left);
            let half = style.width(&words) / 2.0;
            let centre = at.clamp(frame.left + half, (frame.right - half).max(frame.left + half));
            canvas.text(centre, frame.top - 6.0, &words, style.at(Anchor::Middle));
        }
        if let Some((value, words)) = self.y_mark.as_ref().filter(|mark| mark.0.is_finite()) {
            let at = y.at(*value);
            canvas.line((frame.left, at), (frame.right, at), MUTED, line);
            let words = style.fit(words, frame.right - frame.left - 8.0);
            let above = if at - frame.top > 18.0 { -5.0 } else { 14.0 };
            canvas.text(frame.right - 4.0, at + above, &words, style.at(Anchor::End));
        }
    }

    fn x_scale(&self, from: f64, to: f64) -> Scale {
        let points = self.lines.iter().flat_map(|line| line.points.iter().map(|p| p.x));
        let mark = self.x_mark.as_ref().map(|mark| mark.0);
        let (lo, hi) = range(points.chain(mark)).unwrap_or((0.0, 1.0));
        if hi > lo { Scale::exact(lo, hi, 6, from, to) } else { Scale::nice([lo], 4, from, to) }
    }

    fn y_scale(&self, from: f64, to: f64) -> Scale {
        let points = self.lines.iter().flat_map(|line| &line.points).flat_map(|p| {
            let (low, high) = p.band.unwrap_or((p.y, p.y));
            [low, p.y, high]
        });
        Scale::nice(points.chain(self.y_mark.as_ref().map(|mark| mark.0)), 5, from, to)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let entry = |(i, line): (usize, &SweepLine)| {
            let stroke = colour(i).to_owned();
            let band = line.points.iter().any(|p| p.band.is_some());
            let swatch =
                if i < OKABE_ITO.len() { Swatch::Line { stroke, band } } else { Swatch::Dashed { stroke } };
            (swatch, line.name.clone())
        };
        self.lines.iter().enumerate().map(entry).collect()
    }

    fn description(&self) -> String {
        let ends = self.lines.iter().filter_map(|line| {
            let (first, last) = (line.points.first()?, line.points.last()?);
            Some(format!(
                "{}: from {} at {} to {} at {}",
                line.name,
                compact(first.y),
                compact(first.x),
                compact(last.y),
                compact(last.x)
            ))
        });
        let ends = ends.collect::<Vec<_>>().join("; ");
        format!("{} over {}. {ends}.", self.y_label, self.x_label)
    }
}

fn colour(i: usize) -> &'static str {
    OKABE_ITO[i % OKABE_ITO.len()]
}

fn draw_sweep_line(canvas: &mut Canvas, line: &SweepLine, i: usize, x: &Scale, y: &Scale) {
    let bands = line.points.iter().map(|p| {
        let (low, high) = p.band?;
        let drawn = p.x.is_finite() && low.is_finite() && high.is_finite();
        drawn.then(|| (x.at(p.x), y.at(low), y.at(high)))
    });
    for band in stretches(bands) {
        draw_band(canvas, &band, colour(i));
    }
    let spots = line.points.iter().map(|p| {
        let drawn = p.x.is_finite() && p.y.is_finite();
        drawn.then(|| (x.at(p.x), y.at(p.y)))
    });
    let dash = if i < OKABE_ITO.len() {
        "stroke-width=\"2.2\" stroke-linejoin=\"round\"".to_owned()
    } else {
        format!("stroke-width=\"2.2\" stroke-dasharray=\"{}\"", n(6.0))
    };
    for stretch in stretches(spots) {
        draw_line(canvas, &stretch, colour(i), &dash);
        if stretch.len() > 1 && line.points.len() <= 24 {
            for spot in stretch {
                canvas.circle(spot, 2.8, colour(i), "");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count};

    fn sweep(values: &[f64], n_lines: usize, name: &str) -> Sweep {
        let points: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(i, &y)| SweepPoint { x: i as f64, y, band: Some((y - 0.1, y + 0.1)) })
            .collect();
        let line = SweepLine { name: name.into(), points };
        Sweep {
            title: "Sweep".into(),
            subtitle: String::new(),
            x_label: name.into(),
            y_label: name.into(),
            lines: vec![line; n_lines],
            x_mark: Some((1.0, name.into())),
            y_mark: Some((0.0, "zero".into())),
        }
    }

    #[test]
    fn a_gap_splits_line_and_band() {
        let svg = sweep(&[1.0, 2.0, f64::NAN, 3.0, 1.0], 1, "κ").to_svg();
        assert_clean(&svg);
        assert_eq!(count(&svg, "polygon"), 2);
    }

    #[test]
    fn extreme_values_and_many_lines_stay_legible() {
        for values in
            [vec![], vec![5.0], vec![0.0, 0.0], vec![-1e9, 1e9, 3.0], vec![f64::NAN; 2], vec![1e-9, 3e-9]]
        {
            for n_lines in [0, 1, 12] {
                assert_clean(&sweep(&values, n_lines, LONG).to_svg());
            }
        }
        let mut far = sweep(&[1.0, 2.0], 1, "κ");
        far.x_mark = Some((f64::NAN, "nowhere".into()));
        assert!(!far.to_svg().contains("nowhere"));
    }
}

//! Values of several things side by side, with intervals.

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::number::{ABSENT, compact, fixed, with_minus};
use crate::palette::{FAINT, INK, MUTED, OKABE_ITO};
use crate::plot::Frame;
use crate::scale::{Scale, range};

/// One value per row, with an interval: scores of forecasts, effects, shares.
///
/// ```
/// use normwave_report::{DotChart, DotRow, Mark};
/// let row = |label: &str, value| DotRow {
///     label: label.into(), value, interval: Some((value - 0.05, value + 0.05)), highlight: false,
/// };
/// let chart = DotChart {
///     title: "Brier score, out of fold".into(),
///     subtitle: "lower is better".into(),
///     x_label: "Brier score".into(),
///     rows: vec![row("model", 0.164), row("region only", 0.181)],
///     mark: Mark::Dot,
///     digits: Some(3),
///     reference: Some((0.23, "base rate".into())),
/// };
/// assert!(chart.to_svg().contains("0.164"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DotChart {
    /// Heading.
    pub title: String,
    /// Second line, such as which end is better; may be empty.
    pub subtitle: String,
    /// What is measured, with its unit.
    pub x_label: String,
    /// The rows, from top to bottom.
    pub rows: Vec<DotRow>,
    /// How a value is drawn.
    pub mark: Mark,
    /// Decimals of the values; `None` shows about three significant digits.
    pub digits: Option<usize>,
    /// A value to compare with, and its name.
    pub reference: Option<(f64, String)>,
}

/// One row of a [`DotChart`].
#[derive(Debug, Clone, PartialEq)]
pub struct DotRow {
    /// Name.
    pub label: String,
    /// Value; one that is not finite is shown as absent.
    pub value: f64,
    /// Lower and upper end of its interval.
    pub interval: Option<(f64, f64)>,
    /// Whether the row is the one that matters.
    pub highlight: bool,
}

/// How the values of a [`DotChart`] are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A dot; the axis covers the values.
    Dot,
    /// A bar from zero; the axis covers zero and the values.
    Bar,
}

const ROW: f64 = 30.0;

impl DotChart {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let names = self.rows.iter().map(|row| Text::LABEL.bold().width(&row.label));
        let name_room = names.fold(0.0, f64::max).clamp(40.0, 170.0);
        let value_room = self
            .rows
            .iter()
            .map(|row| Text::LABEL.bold().width(&self.number(row.value)))
            .fold(20.0, f64::max);
        let reference = self.reference.as_ref().filter(|mark| mark.0.is_finite());
        let top = if reference.is_some() { top + 16.0 } else { top };
        let frame = Frame {
            left: PAD + name_room + 16.0,
            right: WIDTH - PAD - value_room - 14.0,
            top,
            bottom: top + ROW * self.rows.len().max(1) as f64 + 4.0,
        };
        let x = self.scale(&frame);
        frame.draw_x_ticks(&mut canvas, &x.ticks());
        canvas.line((frame.left, frame.bottom), (frame.right, frame.bottom), MUTED, "");
        if let Some((value, words)) = reference {
            let at = x.at(*value);
            let dashed = "stroke-width=\"1.4\" stroke-dasharray=\"5 4\"";
            canvas.line((at, frame.top), (at, frame.bottom), INK, dashed);
            let words = Text::NOTE.fit(words, WIDTH - 2.0 * PAD);
            let half = Text::NOTE.width(&words) / 2.0;
            let centre = at.clamp(PAD + half, WIDTH - PAD - half);
            canvas.text(centre, frame.top - 5.0, &words, Text::NOTE.filled(INK).at(Anchor::Middle));
        }
        for (i, row) in self.rows.iter().enumerate() {
            let middle = frame.top + ROW * (i as f64 + 0.5) + 2.0;
            self.draw_row(&mut canvas, row, middle, name_room, &x);
        }
        let x_label = Text::NOTE.fit(&self.x_label, WIDTH - 2.0 * PAD);
        let half = Text::NOTE.width(&x_label) / 2.0;
        let middle = ((frame.left + frame.right) / 2.0).clamp(PAD + half, WIDTH - PAD - half);
        canvas.text(middle, frame.bottom + 34.0, &x_label, Text::NOTE.at(Anchor::Middle));
        canvas.finish(frame.bottom + 34.0 + PAD, &self.title, &self.description())
    }

    fn draw_row(&self, canvas: &mut Canvas, row: &DotRow, y: f64, name_room: f64, x: &Scale) {
        let style = if row.highlight { Text::LABEL.bold() } else { Text::LABEL };
        let colour = if row.highlight { OKABE_ITO[0] } else { "#7f8c99" };
        canvas.group(&format!("{}: {}", row.label, self.number(row.value)));
        let lines = style.wrap(&row.label, name_room, 2);
        let first = y + 4.5 - (lines.len() as f64 - 1.0) * 7.0;
        for (i, line) in lines.iter().enumerate() {
            canvas.text(PAD, first + 14.0 * i as f64, line, style);
        }
        if row.value.is_finite() {
            let at = x.at(row.value);
            if self.mark == Mark::Bar {
                let zero = x.at(0.0);
                let bar = [zero.min(at), y - 7.5, (at - zero).abs().max(1.0), 15.0];
                canvas.rect(bar, colour, "rx=\"1.5\"");
            }
            if let Some((low, high)) = row.interval
                && low.is_finite()
                && high.is_finite()
            {
                let stroke = if self.mark == Mark::Bar { INK } else { colour };
                let (low, high) = (x.at(low), x.at(high));
                canvas.line((low, y), (high, y), stroke, "stroke-width=\"2\"");
                for end in [low, high] {
                    canvas.line((end, y - 4.0), (end, y + 4.0), stroke, "stroke-width=\"2\"");
                }
            }
            if self.mark == Mark::Dot {
                canvas.circle((at, y), 5.5, colour, "stroke=\"#ffffff\"");
            }
        }
        let number = with_minus(&self.number(row.value));
        canvas.text(WIDTH - PAD, y + 4.5, &number, style.at(Anchor::End));
        canvas.end_group();
        if !row.value.is_finite() {
            let (from, to) = x.ends();
            canvas.line((from, y), (to, y), FAINT, "stroke-dasharray=\"2 4\"");
        }
    }

    fn number(&self, value: f64) -> String {
        match self.digits {
            _ if !value.is_finite() => ABSENT.into(),
            Some(digits) if value.abs() < 1e6 => fixed(value, digits),
            _ => compact(value),
        }
    }

    fn scale(&self, frame: &Frame) -> Scale {
        let rows = self.rows.iter().flat_map(|row| {
            let (low, high) = row.interval.unwrap_or((row.value, row.value));
            [row.value, low, high]
        });
        let zero = (self.mark == Mark::Bar).then_some(0.0);
        let extra = self.reference.as_ref().map(|mark| mark.0);
        let values: Vec<f64> = rows.chain(zero).chain(extra).collect();
        let inset = if range(values.iter().copied()).is_some() { 3.0 } else { 0.0 };
        Scale::nice(values, 4, frame.left + inset, frame.right - inset)
    }

    fn description(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("{}: {}", row.label, self.number(row.value)));
        format!("{}. {}.", self.x_label, rows.collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};

    fn chart(values: &[f64], label: &str, mark: Mark) -> DotChart {
        DotChart {
            title: "Brier score".into(),
            subtitle: "lower is better".into(),
            x_label: "Brier score".into(),
            rows: values
                .iter()
                .map(|&value| DotRow {
                    label: label.into(),
                    value,
                    interval: Some((value - 0.05, value + 0.05)),
                    highlight: value > 0.0,
                })
                .collect(),
            mark,
            digits: Some(3),
            reference: Some((0.23, label.into())),
        }
    }

    #[test]
    fn an_absent_value_has_no_dot() {
        let svg = chart(&[0.1, f64::NAN], "x", Mark::Dot).to_svg();
        assert_eq!(count(&svg, "circle"), 1);
        assert!(words(&svg).contains(&"n/a".into()));
    }

    #[test]
    fn long_names_and_extreme_values_fit() {
        let worlds = [
            vec![],
            vec![0.0; 3],
            vec![-2.5, 1e9, f64::NAN],
            vec![f64::INFINITY],
            vec![1e-9; 2],
            vec![0.5; 25],
            vec![123_456.1, 123_457.4],
        ];
        for values in worlds {
            for mark in [Mark::Dot, Mark::Bar] {
                assert_clean(&chart(&values, LONG, mark).to_svg());
                assert_clean(&chart(&values, "AUC", mark).to_svg());
            }
        }
    }
}

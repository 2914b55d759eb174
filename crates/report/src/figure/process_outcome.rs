//! Process indicators beside outcome indicators.

use jiff::civil::Date;

use crate::canvas::{Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::number::compact;
use crate::palette::{ADOPTION, INK, OKABE_ITO};
use crate::plot::{Frame, draw_line, stretches};
use crate::scale::{Scale, range};
use crate::time_axis::TimeAxis;

/// Panels over one time axis: what is done for a norm, and what comes of it.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{IndicatorLine, IndicatorPanel, ProcessOutcome};
/// let line = |label: &str, values| IndicatorLine { label: label.into(), values, outcome: false };
/// let figure = ProcessOutcome {
///     title: "Process and outcome".into(),
///     subtitle: String::new(),
///     dates: vec![date(1996, 1, 1), date(1997, 1, 1)],
///     panels: vec![IndicatorPanel {
///         title: "aware".into(), share: true, lines: vec![line("aware", vec![0.2, 0.9])],
///     }],
/// };
/// assert!(figure.to_svg().contains("aware"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessOutcome {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// The dates of all lines, in order.
    pub dates: Vec<Date>,
    /// The panels, from top to bottom.
    pub panels: Vec<IndicatorPanel>,
}

/// A panel of [`ProcessOutcome`].
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorPanel {
    /// What it shows, with its unit.
    pub title: String,
    /// Whether values are shares in [0, 1]; else the axis runs from 0 to the largest.
    pub share: bool,
    /// The lines.
    pub lines: Vec<IndicatorLine>,
}

/// A line of an [`IndicatorPanel`].
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorLine {
    /// Words in the legend.
    pub label: String,
    /// One value per date; what is not finite leaves a gap.
    pub values: Vec<f64>,
    /// Whether it is an outcome; else it is a process.
    pub outcome: bool,
}

const PANEL_HEIGHT: f64 = 74.0;
const GAP: f64 = 30.0;

impl ProcessOutcome {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let mut y = draw_legend(&mut canvas, top - 4.0, &self.legend());
        let left =
            self.panels.iter().map(|panel| Frame::left_for(&panel.ticks(0.0, 1.0))).fold(40.0, f64::max);
        let right = WIDTH - PAD - 8.0;
        let Some(axis) = TimeAxis::over(self.dates.iter().copied(), left, right) else {
            canvas.text(PAD, y + 36.0, "no dates to show", Text::LABEL);
            return canvas.finish(y + 60.0, &self.title, &self.description());
        };
        let last = self.panels.len().saturating_sub(1);
        for (i, panel) in self.panels.iter().enumerate() {
            let title = Text::NOTE.filled(INK).fit(&panel.title, WIDTH - 2.0 * PAD);
            canvas.text(PAD, y + 17.0, &title, Text::NOTE.filled(INK));
            let frame = Frame { left, right, top: y + 28.0, bottom: y + 28.0 + PANEL_HEIGHT };
            frame.draw_y_ticks(&mut canvas, &panel.ticks(frame.bottom, frame.top));
            if i == last {
                axis.draw(&mut canvas, frame.top, frame.bottom);
            }
            self.draw_lines(&mut canvas, panel, &axis, &frame);
            frame.draw_border(&mut canvas);
            y = frame.bottom + GAP - 28.0 + 14.0;
        }
        canvas.finish(y + PAD, &self.title, &self.description())
    }

    fn draw_lines(&self, canvas: &mut Canvas, panel: &IndicatorPanel, axis: &TimeAxis, frame: &Frame) {
        let y = panel.scale(frame.bottom, frame.top);
        for (place, line) in panel.lines.iter().enumerate() {
            let spots = self.dates.iter().zip(&line.values);
            let spots = spots.map(|(day, value)| value.is_finite().then(|| (axis.at(*day), y.at(*value))));
            let dash = if place == 0 { "" } else { " stroke-dasharray=\"5 3\"" };
            for points in stretches(spots) {
                let extra = format!("stroke-width=\"2.2\" stroke-linejoin=\"round\"{dash}");
                draw_line(canvas, &points, colour(line.outcome), &extra);
            }
        }
    }

    // Panels have titles: the legend tells process from outcome, and lines of one panel apart.
    fn legend(&self) -> Vec<(Swatch, String)> {
        let line = |outcome| Swatch::Line { stroke: colour(outcome).to_owned(), band: false };
        let any = |outcome| self.panels.iter().flat_map(|panel| &panel.lines).any(|l| l.outcome == outcome);
        let sides = [(false, "process"), (true, "outcome")].into_iter().filter(|(outcome, _)| any(*outcome));
        let mut entries: Vec<_> = sides.map(|(outcome, name)| (line(outcome), name.to_owned())).collect();
        for panel in self.panels.iter().filter(|panel| panel.lines.len() > 1) {
            for (place, own) in panel.lines.iter().enumerate() {
                let stroke = colour(own.outcome).to_owned();
                let swatch = if place == 0 { line(own.outcome) } else { Swatch::Dashed { stroke } };
                entries.push((swatch, own.label.clone()));
            }
        }
        entries
    }

    fn description(&self) -> String {
        let lines = self.panels.iter().flat_map(|panel| &panel.lines);
        let ends = lines.map(|line| {
            let last = line.values.last().copied().unwrap_or(f64::NAN);
            format!("{} {}", line.label, compact(last))
        });
        format!("At the end: {}.", ends.collect::<Vec<_>>().join("; "))
    }
}

impl IndicatorPanel {
    fn scale(&self, from: f64, to: f64) -> Scale {
        if self.share {
            return Scale::exact(0.0, 1.0, 2, from, to);
        }
        let values = self.lines.iter().flat_map(|line| line.values.iter().copied());
        let high = range(values.chain([0.0])).map_or(1.0, |(_, high)| high);
        Scale::nice([0.0, if high > 0.0 { high } else { 1.0 }], 2, from, to)
    }

    fn ticks(&self, from: f64, to: f64) -> Vec<(f64, String)> {
        let scale = self.scale(from, to);
        if self.share { scale.percent_ticks() } else { scale.ticks() }
    }
}

// Process is the bluish green of Okabe and Ito, outcome the blue of adoption.
fn colour(outcome: bool) -> &'static str {
    if outcome { ADOPTION } else { OKABE_ITO[2] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count};
    use jiff::civil::date;

    fn figure(top: f64, label: &str) -> ProcessOutcome {
        let values = |size: f64| (0..20).map(|i| size * f64::from(i) / 19.0).collect::<Vec<_>>();
        let line = |outcome, size| IndicatorLine { label: label.into(), values: values(size), outcome };
        let panel = |share, lines| IndicatorPanel { title: label.into(), share, lines };
        ProcessOutcome {
            title: "Process and outcome".into(),
            subtitle: String::new(),
            dates: (0..20).map(|i| date(1990 + i, 1, 1)).collect(),
            panels: vec![
                panel(true, vec![line(false, 1.0)]),
                panel(false, vec![line(false, top)]),
                panel(true, vec![line(true, 0.6), line(true, 0.5)]),
            ],
        }
    }

    #[test]
    fn panels_of_any_size_stay_clear_of_each_other() {
        for top in [0.0, 1e-6, 1.0, 12_345.0, 1e12, f64::NAN] {
            assert_clean(&figure(top, "aware").to_svg());
            assert_clean(&figure(top, LONG).to_svg());
        }
    }

    #[test]
    fn a_gap_splits_a_line() {
        let lines = |figure: &ProcessOutcome| count(&figure.to_svg(), "polyline");
        let mut broken = figure(3.0, "aware");
        let whole = lines(&broken);
        broken.panels[0].lines[0].values[9] = f64::NAN;
        assert_eq!(lines(&broken), whole + 1);
    }

    #[test]
    fn without_dates_there_is_nothing_to_show() {
        assert_clean(&ProcessOutcome { dates: vec![], ..figure(1.0, "aware") }.to_svg());
    }
}

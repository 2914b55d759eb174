//! Adoption over time: the model's band, history, and dated events.

use jiff::civil::Date;

use crate::canvas::{Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::palette::Positions;
use crate::plot::{Frame, draw_band, draw_line, stretches};
use crate::scale::{Scale, range};
use crate::time_axis::{EventMark, Events, TimeAxis};

/// How many hold each position as time passes, in the model and in history.
///
/// Values that are not finite leave a gap. Events outside the period are not drawn.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{AdoptionCurve, AdoptionPoint, AdoptionSeries, Positions, Quantity};
/// let point = |month, centre| AdoptionPoint {
///     date: date(1997, month, 1), centre, band: Some((centre - 0.1, centre + 0.1)),
/// };
/// let figure = AdoptionCurve {
///     title: "Signers of the ban".into(),
///     subtitle: String::new(),
///     y_label: "share of states".into(),
///     quantity: Quantity::Share,
///     positions: Positions::new(["status quo", "total ban"]),
///     series: vec![AdoptionSeries {
///         position: 1,
///         label: "total ban, median and 5–95 % band".into(),
///         points: vec![point(1, 0.2), point(12, 0.6)],
///     }],
///     history: vec![],
///     events: vec![],
/// };
/// assert!(figure.to_svg().starts_with("<svg"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptionCurve {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// What the y axis counts, with its unit.
    pub y_label: String,
    /// Whether values are shares or counts.
    pub quantity: Quantity,
    /// Names of the positions.
    pub positions: Positions,
    /// The model, one line per position.
    pub series: Vec<AdoptionSeries>,
    /// What was observed.
    pub history: Vec<HistorySeries>,
    /// What happened when.
    pub events: Vec<EventMark>,
}

/// What the values of an [`AdoptionCurve`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Shares in [0, 1]; the axis runs from 0 to 100 %.
    Share,
    /// Counts from 0 up.
    Count,
}

/// A line of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptionSeries {
    /// Position that it counts, which gives its colour.
    pub position: usize,
    /// Words in the legend.
    pub label: String,
    /// The line, in order of date.
    pub points: Vec<AdoptionPoint>,
}

/// One date of an [`AdoptionSeries`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdoptionPoint {
    /// The date.
    pub date: Date,
    /// Median or mean.
    pub centre: f64,
    /// Lower and upper end of the band, such as the 5 % and 95 % quantile.
    pub band: Option<(f64, f64)>,
}

/// What history says about one position.
#[derive(Debug, Clone, PartialEq)]
pub struct HistorySeries {
    /// Position that it counts, which gives its colour.
    pub position: usize,
    /// Words in the legend.
    pub label: String,
    /// Dates and values, in order of date.
    pub points: Vec<(Date, f64)>,
    /// How it is drawn.
    pub style: HistoryStyle,
}

/// How a [`HistorySeries`] is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HistoryStyle {
    /// Open points, for a few known dates.
    Points,
    /// A dashed step line, for a value known at all times.
    Step,
}

const PLOT_HEIGHT: f64 = 250.0;

impl AdoptionCurve {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &self.legend());
        let y_label = Text::NOTE.fit(&self.y_label, WIDTH - 2.0 * PAD);
        canvas.text(PAD, top + 15.0, &y_label, Text::NOTE);
        let end = match TimeAxis::over(self.dates(), 0.0, 1.0) {
            Some(_) => self.draw_plot(&mut canvas, top + 24.0),
            None => {
                canvas.text(PAD, top + 60.0, "no dates to show", Text::LABEL);
                top + 80.0
            }
        };
        canvas.finish(end + PAD, &self.title, &self.description())
    }

    fn draw_plot(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let probe = self.ticks(&self.y_scale(0.0, 1.0));
        let left = Frame::left_for(&probe);
        let right = WIDTH - PAD - 8.0;
        let Some(axis) = TimeAxis::over(self.dates(), left, right) else {
            return top;
        };
        let events = Events::within(&self.events, &axis);
        let frame = Frame {
            left,
            right,
            top: top + events.height() + 4.0,
            bottom: top + events.height() + 4.0 + PLOT_HEIGHT,
        };
        let y = self.y_scale(frame.bottom, frame.top);
        frame.draw_y_ticks(canvas, &self.ticks(&y));
        axis.draw(canvas, frame.top, frame.bottom);
        events.draw_marks(canvas, &axis, frame.top, frame.bottom);
        for series in &self.series {
            self.draw_series(canvas, series, &axis, &y);
        }
        for history in &self.history {
            self.draw_history(canvas, history, &axis, &y);
        }
        frame.draw_border(canvas);
        events.draw_key(canvas, frame.bottom + 22.0)
    }

    fn draw_series(&self, canvas: &mut Canvas, series: &AdoptionSeries, axis: &TimeAxis, y: &Scale) {
        let bands = series.points.iter().map(|point| {
            point
                .band
                .filter(|(low, high)| low.is_finite() && high.is_finite())
                .map(|(low, high)| (axis.at(point.date), y.at(low), y.at(high)))
        });
        for band in stretches(bands) {
            draw_band(canvas, &band, &self.positions.fill(series.position));
        }
        let centres = series
            .points
            .iter()
            .map(|point| point.centre.is_finite().then(|| (axis.at(point.date), y.at(point.centre))));
        let stroke = self.line_colour(series.position);
        for line in stretches(centres) {
            draw_line(canvas, &line, &stroke, "stroke-width=\"2.4\" stroke-linejoin=\"round\"");
        }
    }

    fn draw_history(&self, canvas: &mut Canvas, history: &HistorySeries, axis: &TimeAxis, y: &Scale) {
        let stroke = self.positions.stroke(history.position);
        let spots = history
            .points
            .iter()
            .map(|(date, value)| value.is_finite().then(|| (axis.at(*date), y.at(*value))));
        match history.style {
            HistoryStyle::Points => {
                for (x, y) in spots.flatten() {
                    let ring = format!("stroke=\"{stroke}\" stroke-width=\"1.8\"");
                    canvas.circle((x, y), 4.0, "#ffffff", &ring);
                }
            }
            HistoryStyle::Step => {
                for line in stretches(spots) {
                    let dashed = "stroke-width=\"1.6\" stroke-dasharray=\"4 3\"";
                    draw_line(canvas, &stairs(&line), &stroke, dashed);
                }
            }
        }
    }

    fn line_colour(&self, position: usize) -> String {
        self.positions.stroke(position)
    }

    fn dates(&self) -> impl Iterator<Item = Date> {
        let model = self.series.iter().flat_map(|s| s.points.iter().map(|p| p.date));
        let history = self.history.iter().flat_map(|h| h.points.iter().map(|p| p.0));
        model.chain(history)
    }

    fn y_scale(&self, from: f64, to: f64) -> Scale {
        match self.quantity {
            Quantity::Share => Scale::exact(0.0, 1.0, 5, from, to),
            Quantity::Count => {
                let model = self.series.iter().flat_map(|s| &s.points).flat_map(|p| {
                    let (low, high) = p.band.unwrap_or((p.centre, p.centre));
                    [low, p.centre, high]
                });
                let history = self.history.iter().flat_map(|h| h.points.iter().map(|p| p.1));
                let (lo, hi) = range(model.chain(history).chain([0.0])).unwrap_or((0.0, 1.0));
                let hi = if hi - lo > 0.0 { hi } else { 1.0 };
                Scale::nice([lo, hi], 5, from, to)
            }
        }
    }

    fn ticks(&self, y: &Scale) -> Vec<(f64, String)> {
        match self.quantity {
            Quantity::Share => y.percent_ticks(),
            Quantity::Count => y.ticks(),
        }
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let model = self.series.iter().map(|series| {
            let stroke = self.line_colour(series.position);
            let band = series.points.iter().any(|p| p.band.is_some());
            (Swatch::Line { stroke, band }, series.label.clone())
        });
        let history = self.history.iter().map(|history| {
            let stroke = self.positions.stroke(history.position);
            let swatch = match history.style {
                HistoryStyle::Points => Swatch::Point { stroke },
                HistoryStyle::Step => Swatch::Dashed { stroke },
            };
            (swatch, history.label.clone())
        });
        model.chain(history).collect()
    }

    fn description(&self) -> String {
        let last = self.series.iter().filter_map(|series| {
            let point = series.points.last()?;
            let value = match self.quantity {
                Quantity::Share => crate::number::percent(point.centre, 0),
                Quantity::Count => crate::number::compact(point.centre),
            };
            Some(format!("{}: {value} on {}", series.label, point.date))
        });
        format!("{}. At the end: {}.", self.y_label, last.collect::<Vec<_>>().join("; "))
    }
}

/// The corners of a step line that holds each value until the next point.
fn stairs(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut corners = Vec::with_capacity(points.len() * 2);
    for &(x, y) in points {
        if let Some(&(_, before)) = corners.last() {
            corners.push((x, before));
        }
        corners.push((x, y));
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};
    use jiff::civil::date;

    fn curve(values: &[f64]) -> AdoptionCurve {
        let points = values
            .iter()
            .enumerate()
            .map(|(i, &centre)| AdoptionPoint {
                date: date(1990 + i as i16, 1, 1),
                centre,
                band: Some((centre - 0.1, centre + 0.1)),
            })
            .collect();
        AdoptionCurve {
            title: "Signers".into(),
            subtitle: "200 replicates".into(),
            y_label: "share of living states".into(),
            quantity: Quantity::Share,
            positions: Positions::new(["status quo", "partial", "total ban"]),
            series: vec![AdoptionSeries {
                position: 2,
                label: "total ban, median and 5–95 % band".into(),
                points,
            }],
            history: vec![],
            events: vec![],
        }
    }

    #[test]
    fn a_value_that_is_absent_leaves_a_gap() {
        assert_eq!(count(&curve(&[0.1, 0.2, 0.3, 0.4, 0.5]).to_svg(), "polygon"), 1);
        let broken = curve(&[0.1, 0.2, f64::NAN, 0.4, 0.5]).to_svg();
        assert_clean(&broken);
        assert_eq!(count(&broken, "polygon"), 2);
    }

    #[test]
    fn a_step_holds_its_value_until_the_next() {
        assert_eq!(stairs(&[(0.0, 1.0), (2.0, 5.0)]), [(0.0, 1.0), (2.0, 1.0), (2.0, 5.0)]);
    }

    #[test]
    fn events_on_the_same_day_are_numbered_side_by_side() {
        for n in [1, 2, 12, 30, 80] {
            let mut figure = curve(&[0.1, 0.5, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]);
            figure.events = (0..n)
                .map(|i| EventMark { date: date(1996, 1 + (i % 2) as i8, 3), label: LONG.into() })
                .collect();
            let svg = figure.to_svg();
            assert_clean(&svg);
            assert_eq!(words(&svg).iter().filter(|w| w.contains("Demo")).count(), n);
        }
    }

    #[test]
    fn an_event_outside_the_period_is_not_drawn() {
        let mut figure = curve(&[0.1, 0.5]);
        figure.events = vec![EventMark { date: date(2022, 6, 21), label: "far away".into() }];
        assert!(!figure.to_svg().contains("far away"));
    }

    #[test]
    fn counts_of_any_size_fit() {
        for values in [vec![], vec![0.0], vec![1e9, 1e9], vec![-5.0, 3.0], vec![f64::NAN; 3]] {
            let mut figure = curve(&values);
            figure.quantity = Quantity::Count;
            figure.history = vec![HistorySeries {
                position: 2,
                label: LONG.into(),
                points: vec![(date(1991, 6, 1), 7.0), (date(1992, 6, 1), f64::NAN)],
                style: HistoryStyle::Points,
            }];
            assert_clean(&figure.to_svg());
        }
        assert_clean(&curve(&[]).to_svg());
    }
}

//! Several quantities over time.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::number::compact;
use crate::palette::{INK, MUTED, OKABE_ITO};
use crate::plot::{Frame, draw_band, draw_line, stretches};
use crate::scale::Scale;
use crate::time_axis::TimeAxis;

/// Named lines over dates, each with an optional band: hazards, exposure by layer, Moran's I.
///
/// Values that are not finite leave a gap. The y axis covers the values and is labelled with numbers.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{TimeLine, TimeLines, TimePoint};
/// let point = |year, value| TimePoint { date: date(year, 1, 1), value, band: None };
/// let figure = TimeLines {
///     title: "Moran's I of adoption".into(),
///     subtitle: String::new(),
///     y_label: "I".into(),
///     lines: vec![TimeLine { name: "trade".into(), points: vec![point(1990, 0.1), point(1991, 0.3)] }],
///     y_mark: Some((0.0, "by chance".into())),
/// };
/// assert!(figure.to_svg().contains("by chance"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TimeLines {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// What the y axis shows, with its unit.
    pub y_label: String,
    /// The lines; from the ninth on, colours repeat with dashes.
    pub lines: Vec<TimeLine>,
    /// A value of y to mark, such as what chance gives, with a word.
    pub y_mark: Option<(f64, String)>,
}

/// One line of [`TimeLines`].
#[derive(Debug, Clone, PartialEq)]
pub struct TimeLine {
    /// Name in the legend.
    pub name: String,
    /// Its points, in order of date.
    pub points: Vec<TimePoint>,
}

/// One point of a [`TimeLine`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimePoint {
    /// The date.
    pub date: Date,
    /// The value.
    pub value: f64,
    /// Lower and upper end of its interval.
    pub band: Option<(f64, f64)>,
}

const PLOT_HEIGHT: f64 = 230.0;

impl TimeLines {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &self.legend());
        let y_label = Text::NOTE.fit(&self.y_label, WIDTH - 2.0 * PAD);
        canvas.text(PAD, top + 15.0, &y_label, Text::NOTE);
        let end = self.draw_plot(&mut canvas, top + 24.0);
        canvas.finish(end + PAD, &self.title, &self.description())
    }

    fn draw_plot(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let left = Frame::left_for(&self.y_scale(0.0, 1.0).ticks());
        let right = WIDTH - PAD - 8.0;
        let dates = self.lines.iter().flat_map(|line| line.points.iter().map(|point| point.date));
        let Some(axis) = TimeAxis::over(dates, left, right) else {
            canvas.text(PAD, top + 36.0, "no dates to show", Text::LABEL);
            return top + 56.0;
        };
        let frame = Frame { left, right, top: top + 4.0, bottom: top + 4.0 + PLOT_HEIGHT };
        let y = self.y_scale(frame.bottom, frame.top);
        frame.draw_y_ticks(canvas, &y.ticks());
        axis.draw(canvas, frame.top, frame.bottom);
        for (i, line) in self.lines.iter().enumerate() {
            draw_time_line(canvas, line, i, &axis, &y);
        }
        self.draw_mark(canvas, &frame, &y);
        frame.draw_border(canvas);
        frame.bottom + 24.0
    }

    fn draw_mark(&self, canvas: &mut Canvas, frame: &Frame, y: &Scale) {
        let Some((value, words)) = self.y_mark.as_ref().filter(|mark| mark.0.is_finite()) else { return };
        let at = y.at(*value);
        let dashed = "stroke-width=\"1.3\" stroke-dasharray=\"5 4\"";
        canvas.line((frame.left, at), (frame.right, at), MUTED, dashed);
        let style = Text::NOTE.filled(INK).haloed();
        let words = style.fit(words, frame.right - frame.left - 8.0);
        let above = if at - frame.top > 18.0 { -5.0 } else { 14.0 };
        canvas.text(frame.right - 4.0, at + above, &words, style.at(Anchor::End));
    }

    fn y_scale(&self, from: f64, to: f64) -> Scale {
        let points = self.lines.iter().flat_map(|line| &line.points).flat_map(|point| {
            let (low, high) = point.band.unwrap_or((point.value, point.value));
            [low, point.value, high]
        });
        Scale::nice(points.chain(self.y_mark.as_ref().map(|mark| mark.0)), 5, from, to)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let entry = |(i, line): (usize, &TimeLine)| {
            let stroke = colour(i).to_owned();
            let band = line.points.iter().any(|point| point.band.is_some());
            let swatch =
                if i < OKABE_ITO.len() { Swatch::Line { stroke, band } } else { Swatch::Dashed { stroke } };
            (swatch, line.name.clone())
        };
        self.lines.iter().enumerate().map(entry).collect()
    }

    fn description(&self) -> String {
        let ends = self.lines.iter().filter_map(|line| {
            let known = || line.points.iter().filter(|point| point.value.is_finite());
            let (first, last) = (known().next()?, known().next_back()?);
            Some(format!(
                "{}: from {} on {} to {} on {}",
                line.name,
                compact(first.value),
                first.date,
                compact(last.value),
                last.date
            ))
        });
        let ends = ends.collect::<Vec<_>>().join("; ");
        format!("{} over time. {ends}.", self.y_label)
    }
}

fn colour(i: usize) -> &'static str {
    OKABE_ITO[i % OKABE_ITO.len()]
}

fn draw_time_line(canvas: &mut Canvas, line: &TimeLine, i: usize, axis: &TimeAxis, y: &Scale) {
    let bands = line.points.iter().map(|point| {
        let (low, high) = point.band?;
        (low.is_finite() && high.is_finite()).then(|| (axis.at(point.date), y.at(low), y.at(high)))
    });
    for band in stretches(bands) {
        draw_band(canvas, &band, colour(i));
    }
    let spots = line.points.iter().map(|point| {
        let spot = (axis.at(point.date), y.at(point.value));
        point.value.is_finite().then_some(spot)
    });
    let dash = if i < OKABE_ITO.len() { "" } else { " stroke-dasharray=\"6 4\"" };
    let extra = format!("stroke-width=\"2\" stroke-linejoin=\"round\"{dash}");
    for stretch in stretches(spots) {
        draw_line(canvas, &stretch, colour(i), &extra);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count};

    fn lines(values: &[f64], n_lines: usize, name: &str) -> TimeLines {
        let date = |i: usize| Date::constant(1990 + i as i16, 1, 1);
        let points = values.iter().enumerate().map(|(i, &value)| TimePoint {
            date: date(i),
            value,
            band: Some((value - 0.1, value + 0.1)),
        });
        let line = TimeLine { name: name.into(), points: points.collect() };
        TimeLines {
            title: "Over time".into(),
            subtitle: String::new(),
            y_label: name.into(),
            lines: vec![line; n_lines],
            y_mark: Some((0.0, name.into())),
        }
    }

    #[test]
    fn a_gap_splits_line_and_band() {
        let svg = lines(&[1.0, 2.0, f64::NAN, 3.0, 1.0], 1, "I").to_svg();
        assert_clean(&svg);
        assert_eq!(count(&svg, "polygon"), 2);
    }

    #[test]
    fn extreme_values_many_lines_and_none_stay_legible() {
        for values in
            [vec![], vec![5.0], vec![0.0, 0.0], vec![-1e9, 1e9, 3.0], vec![f64::NAN; 2], vec![1e-9, 3e-9]]
        {
            for n_lines in [0, 1, 12] {
                assert_clean(&lines(&values, n_lines, LONG).to_svg());
            }
        }
        assert!(lines(&[], 1, "I").to_svg().contains("no dates to show"));
    }

    #[test]
    fn the_description_gives_the_known_ends() {
        let svg = lines(&[f64::NAN, 2.0, 3.0], 1, "I").to_svg();
        assert!(svg.contains("from 2 on 1991-01-01 to 3 on 1992-01-01"), "{svg}");
    }
}

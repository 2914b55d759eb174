//! Adoption over time with its waves shaded and its stages named.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::number::percent;
use crate::palette::{ADOPTION, INK, MUTED, OKABE_ITO};
use crate::plot::{Frame, draw_line, stretches};
use crate::scale::Scale;
use crate::time_axis::TimeAxis;

/// The share that has adopted as time passes, with periods of fast adoption shaded and the stages
/// of the life cycle named above.
///
/// Values that are not finite leave a gap; waves and stages outside the period are not drawn.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{StageMark, WaveCurve, WaveSpan};
/// let figure = WaveCurve {
///     title: "Waves of adoption".into(),
///     subtitle: String::new(),
///     y_label: "share of governments".into(),
///     points: vec![(date(1990, 1, 1), 0.0), (date(1995, 1, 1), 0.2), (date(2000, 1, 1), 0.8)],
///     waves: vec![WaveSpan { from: date(1994, 1, 1), until: date(1998, 1, 1), adopters: 60 }],
///     stages: vec![StageMark { date: date(1994, 1, 1), name: "cascade".into() }],
/// };
/// assert!(figure.to_svg().contains("cascade"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct WaveCurve {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// What the y axis shows.
    pub y_label: String,
    /// Dates and shares in [0, 1], in order of date.
    pub points: Vec<(Date, f64)>,
    /// The waves, in order.
    pub waves: Vec<WaveSpan>,
    /// The stages, in any order.
    pub stages: Vec<StageMark>,
}

/// A wave of a [`WaveCurve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaveSpan {
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Date,
    /// How many adopt in it.
    pub adopters: u32,
}

/// A stage of a [`WaveCurve`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageMark {
    /// Its first day.
    pub date: Date,
    /// Its name.
    pub name: String,
}

const PLOT_HEIGHT: f64 = 220.0;
const LANE: f64 = 17.0;

impl WaveCurve {
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
        let left = Frame::left_for(&Scale::exact(0.0, 1.0, 5, 0.0, 1.0).percent_ticks());
        let Some(axis) = TimeAxis::over(self.points.iter().map(|p| p.0), left, WIDTH - PAD - 8.0) else {
            canvas.text(PAD, top + 36.0, "no dates to show", Text::LABEL);
            return top + 56.0;
        };
        let stages = self.placed_stages(&axis);
        let n_lanes = stages.iter().map(|stage| stage.lane + 1).max().unwrap_or(0);
        let plot_top = top + LANE * n_lanes as f64 + 6.0;
        let frame = Frame { left, right: WIDTH - PAD - 8.0, top: plot_top, bottom: plot_top + PLOT_HEIGHT };
        let y = Scale::exact(0.0, 1.0, 5, frame.bottom, frame.top);
        self.draw_waves(canvas, &axis, &frame);
        frame.draw_y_ticks(canvas, &y.percent_ticks());
        axis.draw(canvas, frame.top, frame.bottom);
        for stage in &stages {
            let words_y = top + LANE * stage.lane as f64 + 12.0;
            let dashed = "stroke-width=\"1\" stroke-dasharray=\"3 3\"";
            canvas.line((stage.x, words_y + 3.0), (stage.x, frame.bottom), MUTED, dashed);
            canvas.text(stage.words_x, words_y, stage.name, Text::NOTE.filled(INK).haloed());
        }
        let spots =
            self.points.iter().map(|(day, share)| share.is_finite().then(|| (axis.at(*day), y.at(*share))));
        for line in stretches(spots) {
            draw_line(canvas, &line, ADOPTION, "stroke-width=\"2.4\" stroke-linejoin=\"round\"");
        }
        frame.draw_border(canvas);
        frame.bottom + 24.0
    }

    fn draw_waves(&self, canvas: &mut Canvas, axis: &TimeAxis, frame: &Frame) {
        let mut clear_from = frame.left;
        let shown = self.waves.iter().filter(|wave| axis.contains(wave.from) || axis.contains(wave.until));
        for wave in shown {
            let (from, until) = (axis.at(wave.from), axis.at(wave.until));
            let width = (until - from).max(2.0);
            canvas.group(&format!("{} to {}: {} adopt", wave.from, wave.until, wave.adopters));
            let extra = "fill-opacity=\"0.4\"";
            canvas.rect([from, frame.top, width, frame.bottom - frame.top], OKABE_ITO[4], extra);
            canvas.end_group();
            let label = format!("+{}", wave.adopters);
            let style = Text::NOTE.bold().filled(INK).at(Anchor::Middle).haloed();
            let half = style.width(&label) / 2.0;
            let middle = (from + width / 2.0).clamp(frame.left + half + 2.0, frame.right - half - 2.0);
            if middle - half >= clear_from {
                canvas.text(middle, frame.bottom - 7.0, &label, style);
                clear_from = middle + half + 4.0;
            }
        }
    }

    /// Stages within the period, each in the first lane in which its name is clear.
    fn placed_stages(&self, axis: &TimeAxis) -> Vec<Placed<'_>> {
        let mut stages: Vec<&StageMark> = self.stages.iter().filter(|s| axis.contains(s.date)).collect();
        stages.sort_by_key(|stage| stage.date);
        let mut lanes: Vec<f64> = Vec::new();
        let mut placed = Vec::new();
        // From the right, so that a line runs down beside its words and crosses none to the left.
        for stage in stages.into_iter().rev() {
            let x = axis.at(stage.date);
            let width = Text::NOTE.width(&stage.name);
            let words_x = if x + 4.0 + width <= WIDTH - PAD { x + 4.0 } else { x - 4.0 - width };
            let (left, right) = (words_x.min(x), (words_x + width).max(x));
            let lane = lanes.iter().position(|&free| right + 6.0 <= free).unwrap_or(lanes.len());
            match lanes.get_mut(lane) {
                Some(free) => *free = left,
                None => lanes.push(left),
            }
            placed.push(Placed { x, words_x, lane, name: &stage.name });
        }
        // Lanes grow upward from the plot: the last lane in use is the topmost.
        let n_lanes = lanes.len();
        placed.iter_mut().for_each(|stage| stage.lane = n_lanes - 1 - stage.lane);
        placed
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let mut entries = vec![(
            Swatch::Line { stroke: ADOPTION.into(), band: false },
            "has adopted, without noise".into(),
        )];
        if !self.waves.is_empty() {
            entries.push((Swatch::Area { fill: "#bbe1f6".into() }, "wave, with its adopters".into()));
        }
        if !self.stages.is_empty() {
            entries.push((Swatch::Dashed { stroke: MUTED.into() }, "a stage begins".into()));
        }
        entries
    }

    fn description(&self) -> String {
        let waves: Vec<String> = self
            .waves
            .iter()
            .map(|wave| format!("{} to {} ({} adopters)", wave.from, wave.until, wave.adopters))
            .collect();
        let stages: Vec<String> =
            self.stages.iter().map(|stage| format!("{} {}", stage.name, stage.date)).collect();
        let last = self
            .points
            .last()
            .map_or("nothing to show".into(), |p| format!("{} at the end", percent(p.1, 0)));
        let or_none = |list: Vec<String>| if list.is_empty() { "none".into() } else { list.join("; ") };
        format!("{}: {last}. Waves: {}. Stages: {}.", self.y_label, or_none(waves), or_none(stages))
    }
}

struct Placed<'a> {
    x: f64,
    words_x: f64,
    lane: usize,
    name: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, words};
    use jiff::civil::date;

    fn curve(n_waves: i16, stages: &[(i16, &str)]) -> WaveCurve {
        WaveCurve {
            title: "Waves".into(),
            subtitle: "invented".into(),
            y_label: "share".into(),
            points: (0..40).map(|i| (date(1960 + i, 1, 1), f64::from(i) / 40.0)).collect(),
            waves: (0..n_waves)
                .map(|i| WaveSpan { from: date(1961 + i, 1, 1), until: date(1962 + i, 1, 1), adopters: 10 })
                .collect(),
            stages: stages
                .iter()
                .map(|&(year, name)| StageMark { date: date(year, 1, 1), name: name.into() })
                .collect(),
        }
    }

    #[test]
    fn stages_that_fall_together_stand_in_lanes() {
        let names = ["emergence", "tipping", "cascade", "internalisation"];
        for years in [[1960, 1960, 1960, 1960], [1999, 1999, 1999, 1999], [1960, 1964, 1970, 1999]] {
            let stages: Vec<_> = years.into_iter().zip(names).collect();
            let svg = curve(3, &stages).to_svg();
            assert_clean(&svg);
            assert!(names.iter().all(|name| words(&svg).contains(&(*name).to_owned())));
        }
    }

    #[test]
    fn any_number_of_waves_and_no_point_are_drawn() {
        for n_waves in [0, 1, 5, 37] {
            assert_clean(&curve(n_waves, &[]).to_svg());
        }
        let empty = WaveCurve { points: vec![], title: LONG.into(), ..curve(2, &[(1970, "cascade")]) };
        assert_clean(&empty.to_svg());
    }

    #[test]
    fn a_stage_outside_the_period_is_not_drawn() {
        assert!(!words(&curve(0, &[(1800, "emergence")]).to_svg()).contains(&"emergence".to_owned()));
    }
}

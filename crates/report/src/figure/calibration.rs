//! Calibration: do events forecast at 70 % happen in 70 % of cases?

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::number::percent;
use crate::palette::{FAINT, INK, MUTED, OKABE_ITO};
use crate::plot::Frame;
use crate::scale::{Scale, range};
use crate::spread::spread;

/// Forecast against observed share, in bins, with the number of cases below.
///
/// ```
/// use normwave_report::{Calibration, CalibrationBin};
/// let figure = Calibration {
///     title: "Signed by the end of 1997".into(),
///     subtitle: "out of fold".into(),
///     bins: vec![CalibrationBin { forecast: 0.8, observed: 0.75, interval: Some((0.6, 0.9)), n: 40 }],
/// };
/// assert!(figure.to_svg().contains("40"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// The bins; empty ones and those with values that are not finite are left out.
    pub bins: Vec<CalibrationBin>,
}

/// The cases with about the same forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationBin {
    /// Mean forecast in [0, 1].
    pub forecast: f64,
    /// Share in which it happened, in [0, 1].
    pub observed: f64,
    /// Interval of the observed share.
    pub interval: Option<(f64, f64)>,
    /// Number of cases.
    pub n: usize,
}

const SIDE: f64 = 300.0;
const COUNTS: f64 = 56.0;

impl Calibration {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &legend());
        canvas.text(PAD, top + 16.0, "observed share", Text::NOTE);
        let frame =
            Frame { left: PAD + 44.0, right: WIDTH - PAD - 10.0, top: top + 28.0, bottom: top + 28.0 + SIDE };
        let x = Scale::exact(0.0, 1.0, 5, frame.left, frame.right);
        let y = Scale::exact(0.0, 1.0, 5, frame.bottom, frame.top);
        frame.draw_y_ticks(&mut canvas, &y.percent_ticks());
        frame.draw_x_ticks(&mut canvas, &x.percent_ticks());
        canvas.line(
            (frame.left, frame.bottom),
            (frame.right, frame.top),
            MUTED,
            "stroke-width=\"1.4\" stroke-dasharray=\"5 4\"",
        );
        frame.draw_border(&mut canvas);
        for bin in self.shown() {
            draw_bin(&mut canvas, bin, &x, &y);
        }
        let middle = (frame.left + frame.right) / 2.0;
        canvas.text(middle, frame.bottom + 33.0, "forecast probability", Text::NOTE.at(Anchor::Middle));
        let end = self.draw_counts(&mut canvas, &x, frame.bottom + 46.0);
        canvas.finish(end + PAD, &self.title, &self.description())
    }

    fn shown(&self) -> Vec<&CalibrationBin> {
        let mut bins: Vec<_> = self
            .bins
            .iter()
            .filter(|bin| bin.n > 0 && bin.forecast.is_finite() && bin.observed.is_finite())
            .collect();
        bins.sort_by(|a, b| a.forecast.total_cmp(&b.forecast));
        bins
    }

    fn draw_counts(&self, canvas: &mut Canvas, x: &Scale, top: f64) -> f64 {
        let bins = self.shown();
        let largest = bins.iter().map(|bin| bin.n).max().unwrap_or(1) as f64;
        let base = top + 18.0 + COUNTS;
        canvas.text(PAD, top + 8.0, "cases", Text::NOTE);
        canvas.line((x.at(0.0), base), (x.at(1.0), base), FAINT, "stroke-width=\"1\"");
        let labels: Vec<String> = bins.iter().map(|bin| bin.n.to_string()).collect();
        let sizes: Vec<f64> = labels.iter().map(|l| Text::NOTE.width(l) + 4.0).collect();
        let targets: Vec<f64> = bins.iter().map(|bin| x.at(bin.forecast)).collect();
        let fits = sizes.iter().sum::<f64>() <= WIDTH - x.at(0.0);
        let spots = spread(&targets, &sizes, x.at(0.0) - 20.0, WIDTH - 4.0);
        for ((bin, label), spot) in bins.iter().zip(&labels).zip(spots) {
            let height = bin.n as f64 / largest * (COUNTS - 14.0);
            let bar = [x.at(bin.forecast) - 6.0, base - height, 12.0, height];
            canvas.rect(bar, "#9fb3c4", "rx=\"1.5\"");
            if fits {
                canvas.text(spot, base + 14.0, label, Text::NOTE.at(Anchor::Middle));
            }
        }
        base + 18.0
    }

    fn description(&self) -> String {
        let bins = self.shown().into_iter().map(|bin| {
            format!(
                "forecast {}: observed {} of {} cases",
                percent(bin.forecast, 0),
                percent(bin.observed, 0),
                bin.n
            )
        });
        format!("{}.", bins.collect::<Vec<_>>().join("; "))
    }
}

fn draw_bin(canvas: &mut Canvas, bin: &CalibrationBin, x: &Scale, y: &Scale) {
    let at = x.at(bin.forecast);
    canvas.group(&format!(
        "forecast {}, observed {}, {} cases",
        percent(bin.forecast, 0),
        percent(bin.observed, 0),
        bin.n
    ));
    if let Some((low, high)) = bin.interval
        && range([low, high]).is_some_and(|_| low.is_finite() && high.is_finite())
    {
        let (low, high) = (y.at(low), y.at(high));
        canvas.line((at, low), (at, high), INK, "stroke-width=\"1.4\"");
        for end in [low, high] {
            canvas.line((at - 4.0, end), (at + 4.0, end), INK, "stroke-width=\"1.4\"");
        }
    }
    canvas.circle((at, y.at(bin.observed)), 5.5, OKABE_ITO[0], "stroke=\"#ffffff\"");
    canvas.end_group();
}

fn legend() -> Vec<(Swatch, String)> {
    let node = Swatch::Node { fill: OKABE_ITO[0].into(), stroke: "#ffffff".into() };
    let dashed = Swatch::Dashed { stroke: MUTED.into() };
    vec![(node, "bin with interval".into()), (dashed, "perfect calibration".into())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_clean, count};

    fn bin(forecast: f64, observed: f64, n: usize) -> CalibrationBin {
        CalibrationBin { forecast, observed, interval: Some((observed - 0.1, observed + 0.1)), n }
    }

    fn figure(bins: Vec<CalibrationBin>) -> Calibration {
        Calibration { title: "Signed by the end of 1997".into(), subtitle: "out of fold".into(), bins }
    }

    #[test]
    fn empty_and_absent_bins_are_left_out() {
        let svg =
            figure(vec![bin(0.5, 0.4, 10), bin(0.7, 0.6, 0), bin(f64::NAN, 0.6, 3), bin(0.2, f64::NAN, 3)])
                .to_svg();
        assert_clean(&svg);
        // One point, and one in the legend.
        assert_eq!(count(&svg, "circle"), 2);
    }

    #[test]
    fn counts_do_not_collide_when_bins_do() {
        for n_bins in [0, 1, 10, 20, 40] {
            for n in [1, 1_000_000] {
                let bins = (0..n_bins).map(|i| bin(0.9 + 0.001 * f64::from(i), 1.2, n));
                assert_clean(&figure(bins.collect()).to_svg());
            }
        }
    }
}

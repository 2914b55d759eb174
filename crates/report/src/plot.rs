//! What the figures with axes share: grid lines, bands, lines with gaps.

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::palette::{FAINT, MUTED};

/// The rectangle of a plot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Frame {
    /// Room on the left for the labels of `ticks`.
    pub(crate) fn left_for(ticks: &[(f64, String)]) -> f64 {
        let widest = ticks.iter().map(|(_, label)| Text::NOTE.width(label)).fold(0.0, f64::max);
        PAD + widest + 7.0
    }

    /// Horizontal grid lines with their labels.
    pub(crate) fn draw_y_ticks(&self, canvas: &mut Canvas, ticks: &[(f64, String)]) {
        for (y, label) in ticks {
            canvas.line((self.left, *y), (self.right, *y), FAINT, "stroke-width=\"1\"");
            canvas.text(self.left - 6.0, y + 4.2, label, Text::NOTE.at(Anchor::End));
        }
    }

    /// Vertical grid lines with their labels, leaving out labels that would touch.
    pub(crate) fn draw_x_ticks(&self, canvas: &mut Canvas, ticks: &[(f64, String)]) {
        let mut clear_from = 0.0;
        for (x, label) in ticks {
            canvas.line((*x, self.top), (*x, self.bottom), FAINT, "stroke-width=\"1\"");
            let half = Text::NOTE.width(label) / 2.0;
            let x = x.clamp(half + 3.0, WIDTH - half - 3.0);
            if x - half >= clear_from {
                canvas.text(x, self.bottom + 16.0, label, Text::NOTE.at(Anchor::Middle));
                clear_from = x + half + 4.0;
            }
        }
    }

    /// The two axes.
    pub(crate) fn draw_border(&self, canvas: &mut Canvas) {
        let corners = [(self.left, self.top), (self.left, self.bottom), (self.right, self.bottom)];
        canvas.polyline(&corners, MUTED, "stroke-width=\"1\"");
    }
}

/// The unbroken stretches of `points`, split where a coordinate is absent.
pub(crate) fn stretches<T: Copy>(points: impl IntoIterator<Item = Option<T>>) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    for point in points {
        match point {
            Some(point) => {
                if let Some(last) = all.last_mut() {
                    last.push(point);
                }
            }
            None => all.push(Vec::new()),
        }
    }
    all.retain(|stretch| !stretch.is_empty());
    all
}

/// An area between the lower and upper ends of `band`: (x, low, high).
pub(crate) fn draw_band(canvas: &mut Canvas, band: &[(f64, f64, f64)], fill: &str) {
    let upper = band.iter().map(|&(x, _, high)| (x, high));
    let lower = band.iter().rev().map(|&(x, low, _)| (x, low));
    let corners: Vec<_> = upper.chain(lower).collect();
    canvas.polygon(&corners, fill, "fill-opacity=\"0.24\"");
}

/// Draws a line; a single point becomes a dot.
pub(crate) fn draw_line(canvas: &mut Canvas, points: &[(f64, f64)], stroke: &str, extra: &str) {
    if let [only] = points {
        canvas.circle(*only, 2.2, stroke, "");
    } else {
        canvas.polyline(points, stroke, extra);
    }
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn a_gap_splits_a_line() {
        let parts = stretches([Some(1), Some(2), None, None, Some(3)]);
        assert_eq!(parts, [vec![1, 2], vec![3]]);
    }
}

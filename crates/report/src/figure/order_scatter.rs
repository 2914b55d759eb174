//! When each adopted against how central it was.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::number::compact;
use crate::palette::{FAINT, INK, MUTED, OKABE_ITO};
use crate::plot::Frame;
use crate::time_axis::{EventMark, TimeAxis};

/// Order of adoption against a rank: a cloud that falls to the right is hegemonic, one that rises
/// is peripheral.
///
/// Those who never adopt stand in a column of their own at the right.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{OrderDot, OrderScatter, RankAxis};
/// let dot = |label: &str, day, rank, core| OrderDot { label: label.into(), adopted: day, rank, core };
/// let figure = OrderScatter {
///     title: "Hegemonic".into(),
///     subtitle: String::new(),
///     y_label: "rank by centrality".into(),
///     y_axis: RankAxis::Ends,
///     first: date(1990, 1, 1),
///     last: date(2000, 1, 1),
///     dots: vec![dot("Hub", Some(date(1991, 1, 1)), 1.0, true), dot("Leaf", None, 0.0, false)],
///     switch: None,
///     n_labels: 2,
/// };
/// assert!(figure.to_svg().contains("Leaf"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OrderScatter {
    /// Heading.
    pub title: String,
    /// Second line, such as the correlations; may be empty.
    pub subtitle: String,
    /// What the y axis shows.
    pub y_label: String,
    /// How the y axis is labelled.
    pub y_axis: RankAxis,
    /// First day of the period.
    pub first: Date,
    /// Last day of the period.
    pub last: Date,
    /// The actors.
    pub dots: Vec<OrderDot>,
    /// When the lead changed sides, if it did.
    pub switch: Option<EventMark>,
    /// How many names are tried: the first to adopt and the highest in rank, in turns.
    pub n_labels: usize,
}

/// How the y axis of an [`OrderScatter`] is labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RankAxis {
    /// Its ends as lowest and highest, for ranks.
    Ends,
    /// Numbers from 0 to 1, for shares.
    Numbers,
}

/// An actor of an [`OrderScatter`].
#[derive(Debug, Clone, PartialEq)]
pub struct OrderDot {
    /// Its name.
    pub label: String,
    /// When it adopted, if it did.
    pub adopted: Option<Date>,
    /// Its rank or share from 0, the lowest, to 1, the highest; not drawn if not finite.
    pub rank: f64,
    /// Whether it belongs to the core.
    pub core: bool,
}

const PLOT_HEIGHT: f64 = 230.0;
const NEVER: f64 = 62.0;

impl OrderScatter {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &self.legend());
        let y_label = Text::NOTE.fit(&self.y_label, WIDTH - 2.0 * PAD);
        canvas.text(PAD, top + 15.0, &y_label, Text::NOTE);
        let left = PAD + Text::NOTE.width("highest") + 7.0;
        let mut taken = Vec::new();
        let top = match &self.switch {
            Some(mark) => {
                let words = Text::NOTE.filled(INK).fit(&mark.label, WIDTH - 2.0 * PAD);
                canvas.text(PAD, top + 33.0, &words, Text::NOTE.filled(INK));
                top + 18.0
            }
            None => top,
        };
        let frame =
            Frame { left, right: WIDTH - PAD - NEVER, top: top + 28.0, bottom: top + 28.0 + PLOT_HEIGHT };
        let y = |rank: f64| frame.bottom - 6.0 - rank.clamp(0.0, 1.0) * (frame.bottom - frame.top - 12.0);
        let ticks = match self.y_axis {
            RankAxis::Ends => vec![(y(1.0), "highest".to_owned()), (y(0.0), "lowest".to_owned())],
            RankAxis::Numbers => [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (y(share), compact(share))).into(),
        };
        frame.draw_y_ticks(&mut canvas, &ticks);
        let never_x = WIDTH - PAD - NEVER / 2.0 + 4.0;
        canvas.line((never_x, frame.top), (never_x, frame.bottom), FAINT, "stroke-width=\"1\"");
        canvas.text(WIDTH - PAD, frame.bottom + 32.0, "not by the end", Text::NOTE.at(Anchor::End));
        if let Some(axis) = TimeAxis::over([self.first, self.last], frame.left + 6.0, frame.right - 6.0) {
            axis.draw(&mut canvas, frame.top, frame.bottom);
            if let Some(mark) = self.switch.as_ref().filter(|mark| axis.contains(mark.date)) {
                let x = axis.at(mark.date);
                let dashed = "stroke-width=\"1.4\" stroke-dasharray=\"5 4\"";
                canvas.line((x, frame.top - 6.0), (x, frame.bottom), INK, dashed);
            }
            let at = |dot: &OrderDot| (dot.adopted.map_or(never_x, |day| axis.at(day)), y(dot.rank));
            for dot in self.dots.iter().filter(|dot| dot.rank.is_finite()) {
                canvas.group(&dot.label);
                let colour = colour(dot.core);
                let extra = format!("stroke=\"{colour}\" stroke-width=\"1.2\" fill-opacity=\"0.55\"");
                canvas.circle(at(dot), 3.6, colour, &extra);
                canvas.end_group();
            }
            self.draw_labels(&mut canvas, &at, &frame, &mut taken);
        }
        frame.draw_border(&mut canvas);
        canvas.finish(frame.bottom + 36.0 + PAD / 2.0, &self.title, &self.description())
    }

    // The first to adopt and the highest in rank, in turns, where there is room.
    fn draw_labels(
        &self,
        canvas: &mut Canvas,
        at: &dyn Fn(&OrderDot) -> (f64, f64),
        frame: &Frame,
        taken: &mut Vec<[f64; 4]>,
    ) {
        let shown: Vec<&OrderDot> = self.dots.iter().filter(|dot| dot.rank.is_finite()).collect();
        let (mut early, mut high) = (shown.clone(), shown);
        early.sort_by_key(|dot| dot.adopted.map_or((true, self.last), |day| (false, day)));
        high.sort_by(|a, b| b.rank.total_cmp(&a.rank));
        let mut order: Vec<&OrderDot> = Vec::new();
        for dot in early.into_iter().zip(high).flat_map(|(a, b)| [a, b]) {
            if !order.iter().any(|known| std::ptr::eq(*known, dot)) {
                order.push(dot);
            }
        }
        let places: Vec<(f64, f64)> = order.iter().map(|dot| at(dot)).collect();
        for dot in order.into_iter().take(self.n_labels) {
            let (x, y) = at(dot);
            let words = Text::NOTE.fit(&dot.label, 90.0);
            let width = Text::NOTE.width(&words);
            for left in [x + 6.0, x - 6.0 - width] {
                let spot = [left, y - 6.0, left + width, y + 7.0];
                let inside = spot[0] > frame.left && spot[2] < WIDTH - PAD / 2.0;
                let free = |other: &[f64; 4]| {
                    spot[0] > other[2] + 2.0
                        || other[0] > spot[2] + 2.0
                        || spot[1] > other[3]
                        || other[1] > spot[3]
                };
                // No more than a corner of another dot is hidden.
                let hides = |(x, y): &(f64, f64)| {
                    *x > spot[0] - 2.0 && *x < spot[2] + 2.0 && *y > spot[1] && *y < spot[3]
                };
                if inside && taken.iter().all(free) && !places.iter().any(hides) {
                    canvas.text(left, y + 4.2, &words, Text::NOTE.filled(INK).haloed());
                    taken.push(spot);
                    break;
                }
            }
        }
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let n_core = self.dots.iter().filter(|dot| dot.core).count();
        let swatch = |core| Swatch::Node { fill: colour(core).into(), stroke: colour(core).into() };
        let mut entries = vec![
            (swatch(true), format!("core ({n_core})")),
            (swatch(false), format!("periphery ({})", self.dots.len() - n_core)),
        ];
        if self.switch.is_some() {
            entries.push((Swatch::Dashed { stroke: MUTED.into() }, "the lead changes sides".into()));
        }
        entries
    }

    fn description(&self) -> String {
        let adopted = self.dots.iter().filter(|dot| dot.adopted.is_some()).count();
        format!("{} of {} actors adopt; {}.", adopted, self.dots.len(), self.y_label)
    }
}

fn colour(core: bool) -> &'static str {
    if core { OKABE_ITO[1] } else { OKABE_ITO[4] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count};
    use jiff::civil::date;

    fn scatter(n_dots: usize, label: &str, switch: bool) -> OrderScatter {
        let dot = |i: usize| OrderDot {
            label: format!("{label}{i}"),
            adopted: (!i.is_multiple_of(4)).then(|| date(1990 + (i % 9) as i16, 3, 1)),
            rank: i as f64 / n_dots as f64,
            core: i.is_multiple_of(5),
        };
        OrderScatter {
            title: "Mixed".into(),
            subtitle: "τ with centrality +0.3".into(),
            y_label: "rank by centrality before the first adoption".into(),
            y_axis: if switch { RankAxis::Ends } else { RankAxis::Numbers },
            first: date(1990, 1, 1),
            last: date(2001, 1, 1),
            dots: (0..n_dots).map(dot).collect(),
            switch: switch
                .then(|| EventMark { date: date(1995, 1, 1), label: "1995: the periphery leads".into() }),
            n_labels: 30,
        }
    }

    #[test]
    fn any_number_of_dots_is_drawn_without_colliding_names() {
        for n_dots in [0, 1, 2, 9, 60, 200] {
            for label in ["S", LONG] {
                assert_clean(&scatter(n_dots, label, false).to_svg());
                assert_clean(&scatter(n_dots, label, true).to_svg());
            }
        }
    }

    #[test]
    fn a_rank_that_is_absent_is_not_drawn() {
        let mut figure = scatter(9, "S", false);
        let all = count(&figure.to_svg(), "circle");
        figure.dots[3].rank = f64::NAN;
        assert_eq!(count(&figure.to_svg(), "circle"), all - 1);
    }
}

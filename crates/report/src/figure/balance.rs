//! The balance of pressure on one government (the paper's Figures 3 and 4).

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::number::{compact, fixed, signed, with_minus};
use crate::palette::{ADOPTION, FAINT, INK, MUTED, STATUS_QUO};
use crate::scale::range;

/// Everything that presses on one government at one time, on its two sides.
///
/// Bars grow outward from the spine, to the left for the position against which
/// the change is weighed, most often the status quo, and to the right for
/// adoption. Below, the totals are compared: adoption must exceed the other
/// position by more than the threshold. The caller keeps it to about twenty rows
/// and sums up what is left as "other (n)", so that the totals remain right.
///
/// ```
/// use normwave_report::{Balance, BalanceRow, Side};
/// let row = |side, label: &str, value| BalanceRow {
///     side, label: label.into(), group: String::new(), value, gains: vec![],
/// };
/// let balance = Balance {
///     title: "United Kingdom, September 1997".into(),
///     subtitle: String::new(),
///     status_quo: "status quo".into(),
///     adoption: "total ban".into(),
///     rows: vec![row(Side::StatusQuo, "Military", 1.0), row(Side::Adoption, "Public", 3.5)],
///     threshold: 0.5,
///     verdict: String::new(),
/// };
/// assert!((balance.margin() - 2.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// Heading, such as the government and the month.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Name of what is pressed for on the left: the position that the government holds, which is
    /// another than the status quo if it has moved before.
    pub status_quo: String,
    /// Name of what is pressed for on the right.
    pub adoption: String,
    /// The pressures; within a side they are drawn in this order.
    pub rows: Vec<BalanceRow>,
    /// θ (with exit cost, if any), in units of pressure; ≥ 0.
    pub threshold: f64,
    /// A sentence under the totals; if empty, the figure states whether the margin is positive.
    pub verdict: String,
}

/// One pressure in a [`Balance`].
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceRow {
    /// The side that it counts for.
    pub side: Side,
    /// Who or what presses.
    pub label: String,
    /// What it belongs to, such as its factor; may be empty.
    pub group: String,
    /// Moderated pressure. A negative one counts against its own side and is
    /// drawn as an open bar; one that is not finite is shown as absent and counts nothing.
    pub value: f64,
    /// The moderators and their gains, in order; a gain of 1 is not drawn.
    pub gains: Vec<(String, f64)>,
}

/// A side of the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Against the change.
    StatusQuo,
    /// For the change.
    Adoption,
}

const SPINE: f64 = WIDTH / 2.0;
/// Half the space between the columns.
const GAP: f64 = 9.0;
const COLUMN: f64 = WIDTH / 2.0 - GAP - PAD;
const BAR: f64 = 11.0;

impl Balance {
    /// Sum of the finite pressures on `side`.
    pub fn total(&self, side: Side) -> f64 {
        self.on(side).map(|row| row.value).filter(|value| value.is_finite()).sum()
    }

    /// Adoption minus status quo minus threshold: positive if the government would adopt.
    pub fn margin(&self) -> f64 {
        self.total(Side::Adoption) - self.total(Side::StatusQuo) - self.threshold
    }

    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let mut bottom = top;
        for (side, name) in [(Side::StatusQuo, &self.status_quo), (Side::Adoption, &self.adoption)] {
            let column = Column::of(side);
            let style = Text::LABEL.bold().filled(column.ink).at(column.anchor);
            canvas.text(column.edge, top + 12.0, &style.fit(name, COLUMN), style);
            let mut y = top + 22.0;
            for row in self.on(side) {
                y = self.draw_row(&mut canvas, row, &column, y);
            }
            if self.on(side).next().is_none() {
                canvas.text(column.edge, y + 16.0, "no pressure", Text::NOTE.at(column.anchor));
                y += 24.0;
            }
            bottom = bottom.max(y);
        }
        canvas.line((SPINE, top + 2.0), (SPINE, bottom), FAINT, "stroke-width=\"2\"");
        let end = self.draw_totals(&mut canvas, bottom + 10.0);
        canvas.finish(end + PAD, &self.title, &self.description())
    }

    /// All numbers of a sheet have the same decimals, unless they are very large or small.
    fn number(&self, value: f64) -> String {
        let largest = range(self.rows.iter().map(|r| r.value.abs())).map_or(0.0, |(_, hi)| hi);
        let text = if value.is_finite() && (0.1..1e4).contains(&largest) && value.abs() < 1e5 {
            fixed(value, 2)
        } else {
            compact(value)
        };
        with_minus(&text)
    }

    fn on(&self, side: Side) -> impl Iterator<Item = &BalanceRow> {
        self.rows.iter().filter(move |row| row.side == side)
    }

    fn draw_row(&self, canvas: &mut Canvas, row: &BalanceRow, column: &Column, top: f64) -> f64 {
        let largest = range(self.rows.iter().map(|r| r.value.abs())).map_or(0.0, |(_, hi)| hi);
        let label = Text::LABEL.at(column.anchor);
        canvas.group(&format!("{}: {}", row.label, compact(row.value)));
        let mut y = top;
        for line in label.wrap(&row.label, COLUMN, 2) {
            y += 15.5;
            canvas.text(column.edge, y, &line, label);
        }
        y += 5.0;
        let value = self.number(row.value);
        let room = COLUMN - Text::NOTE.width(&value) - 5.0;
        let length = if row.value.is_finite() && largest > 0.0 {
            (row.value.abs() / largest * room).max(1.0)
        } else {
            0.0
        };
        let x = column.edge.min(column.edge + column.outward * length);
        if row.value < 0.0 {
            let open = format!("stroke=\"{}\" stroke-dasharray=\"3 2\"", column.colour);
            canvas.rect([x, y, length, BAR], "#ffffff", &open);
        } else if row.value > 0.0 {
            canvas.rect([x, y, length, BAR], column.colour, "rx=\"1.5\"");
        } else {
            canvas.rect([x, y, length, BAR], MUTED, "");
        }
        let end = column.edge + column.outward * (length + 5.0);
        canvas.text(end, y + BAR - 1.2, &value, Text::NOTE.filled(INK).at(column.anchor));
        y += BAR;
        for line in Text::NOTE.wrap(&annotation(row), COLUMN, 2) {
            y += 14.0;
            canvas.text(column.edge, y, &line, Text::NOTE.at(column.anchor));
        }
        canvas.end_group();
        y + 7.0
    }

    /// The two totals from a common start, and the mark that adoption must pass.
    fn draw_totals(&self, canvas: &mut Canvas, top: f64) -> f64 {
        canvas.line((PAD, top), (WIDTH - PAD, top), FAINT, "stroke-width=\"1\"");
        let sides = [(Side::StatusQuo, &self.status_quo), (Side::Adoption, &self.adoption)];
        let needed = self.total(Side::StatusQuo) + self.threshold;
        let totals = sides.map(|(side, _)| self.total(side));
        let (lo, hi) = range(totals.into_iter().chain([needed, 0.0])).unwrap_or((0.0, 1.0));
        let (left, right) = (PAD, WIDTH - PAD - 62.0);
        let span = if hi - lo > 0.0 { hi - lo } else { 1.0 };
        let at = |value: f64| left + (value - lo) / span * (right - left);
        let mut y = top + 8.0;
        for ((side, name), total) in sides.into_iter().zip(totals) {
            let column = Column::of(side);
            y += 15.0;
            let words = Text::NOTE.filled(INK).fit(&format!("All pressure for: {name}"), WIDTH - 2.0 * PAD);
            canvas.text(left, y, &words, Text::NOTE.filled(INK));
            y += 5.0;
            let (from, to) = (at(total.min(0.0)), at(total.max(0.0)));
            canvas.rect([from, y, (to - from).max(1.0), 15.0], column.colour, "rx=\"1.5\"");
            let number = Text::LABEL.bold().filled(column.ink);
            let shown = self.number(total);
            let width = number.width(&shown);
            let mark = at(needed);
            let hits_mark = (to..to + width + 10.0).contains(&mark);
            if side == Side::StatusQuo || !hits_mark {
                canvas.text(to + 5.0, y + 12.0, &shown, number);
            } else if to - from > width + 10.0 {
                let inside = number.filled("#ffffff").at(Anchor::End);
                canvas.text(to - 5.0, y + 12.0, &shown, inside);
            } else {
                canvas.text(mark + 6.0, y + 12.0, &shown, number);
            }
            y += 18.0;
        }
        if needed.is_finite() {
            // From the status-quo bar through the bar of adoption: the mark to pass.
            let mark = at(needed);
            canvas.line((mark, y - 20.5), (mark, y + 3.0), INK, "stroke-width=\"2\"");
            self.draw_threshold(canvas, mark, y + 16.0);
            y += 22.0;
        }
        self.draw_verdict(canvas, y + 17.0)
    }

    fn draw_threshold(&self, canvas: &mut Canvas, mark: f64, y: f64) {
        let start = "▲ to pass: ";
        let end = format!(" + threshold {}", self.number(self.threshold));
        let room = WIDTH - 2.0 * PAD - Text::NOTE.width(start) - Text::NOTE.width(&end);
        let words = format!("{start}{}{end}", Text::NOTE.fit(&self.status_quo, room));
        let half = Text::NOTE.width(&words) / 2.0;
        let x = mark.clamp(PAD + half, WIDTH - PAD - half);
        canvas.text(x, y, &words, Text::NOTE.at(Anchor::Middle));
    }

    fn draw_verdict(&self, canvas: &mut Canvas, mut y: f64) -> f64 {
        let margin = self.margin();
        let shown = if margin.abs() < 1e6 { signed(margin, 2) } else { compact(margin) };
        let verdict = if !self.verdict.is_empty() {
            self.verdict.clone()
        } else if !margin.is_finite() {
            "cannot be told".into()
        } else if margin > 0.0 {
            format!("enough for: {}", self.adoption)
        } else {
            format!("not enough for: {}", self.adoption)
        };
        let style = Text::LABEL.bold().filled(if margin > 0.0 { ADOPTION } else { "#a86200" });
        let words = format!("Margin {}: {verdict}", with_minus(&shown));
        for line in style.wrap(&words, WIDTH - 2.0 * PAD, 3) {
            canvas.text(PAD, y, &line, style);
            y += style.leading();
        }
        y - style.leading()
    }

    fn description(&self) -> String {
        format!(
            "Pressure for {}: {}; for {}: {}; threshold {}; margin {}.",
            self.status_quo,
            compact(self.total(Side::StatusQuo)),
            self.adoption,
            compact(self.total(Side::Adoption)),
            compact(self.threshold),
            compact(self.margin())
        )
    }
}

/// Where the rows of one side stand.
struct Column {
    edge: f64,
    outward: f64,
    anchor: Anchor,
    colour: &'static str,
    ink: &'static str,
}

impl Column {
    fn of(side: Side) -> Self {
        match side {
            Side::StatusQuo => Self {
                edge: SPINE - GAP,
                outward: -1.0,
                anchor: Anchor::End,
                colour: STATUS_QUO,
                ink: "#a86200",
            },
            Side::Adoption => Self {
                edge: SPINE + GAP,
                outward: 1.0,
                anchor: Anchor::Start,
                colour: ADOPTION,
                ink: ADOPTION,
            },
        }
    }
}

/// Group and gains, as in `domestic · ×1.50 salience`.
fn annotation(row: &BalanceRow) -> String {
    let gains = row
        .gains
        .iter()
        .filter(|(_, gain)| (gain - 1.0).abs() > 5e-3 || !gain.is_finite())
        .map(|(name, gain)| format!("×{}\u{a0}{name}", fixed(*gain, 2)));
    let group = (!row.group.is_empty()).then(|| row.group.clone());
    group.into_iter().chain(gains).collect::<Vec<_>>().join("\u{a0}· ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, words};

    fn row(side: Side, label: &str, value: f64) -> BalanceRow {
        BalanceRow {
            side,
            label: label.into(),
            group: "domestic advocacy".into(),
            value,
            gains: vec![("salience".into(), 1.5), ("neutral".into(), 1.0)],
        }
    }

    fn balance(rows: Vec<BalanceRow>) -> Balance {
        Balance {
            title: "United Kingdom, September 1997".into(),
            subtitle: "pressure per month".into(),
            status_quo: "status quo".into(),
            adoption: "total ban".into(),
            rows,
            threshold: 0.5,
            verdict: String::new(),
        }
    }

    #[test]
    fn the_margin_is_what_is_left_after_the_threshold() {
        let sheet = balance(vec![
            row(Side::StatusQuo, "Military", 2.0),
            row(Side::Adoption, "Public", 3.0),
            row(Side::Adoption, "Unknown", f64::NAN),
        ]);
        assert!((sheet.margin() - 0.5).abs() < 1e-12);
        let words = words(&sheet.to_svg());
        assert!(words.contains(&"Margin +0.50: enough for: total ban".into()), "{words:?}");
        assert!(words.contains(&"n/a".into()));
    }

    #[test]
    fn what_must_be_passed_is_the_position_that_the_government_holds() {
        let mut sheet =
            balance(vec![row(Side::StatusQuo, "Military", 2.0), row(Side::Adoption, "Public", 3.0)]);
        sheet.status_quo = "partial ban".into();
        let svg = sheet.to_svg();
        assert!(words(&svg).contains(&"▲ to pass: partial ban + threshold 0.50".into()), "{:?}", words(&svg));
        assert!(!svg.contains("status quo"));
    }

    #[test]
    fn a_neutral_gain_is_not_drawn() {
        assert_eq!(
            annotation(&row(Side::Adoption, "x", 1.0)),
            "domestic advocacy\u{a0}· ×1.50\u{a0}salience"
        );
    }

    #[test]
    fn nothing_collides_with_long_names_and_extreme_values() {
        let values = [0.0, 1e9, -3.0, f64::NAN, 1e-9, 2.0, f64::NEG_INFINITY];
        for n in [0, 1, 2, 7, 20, 30] {
            for scale in [0.0, 1.0, -1.0] {
                let rows = (0..n)
                    .map(|i| {
                        let side = if i % 3 == 0 { Side::StatusQuo } else { Side::Adoption };
                        row(side, LONG, values[i % 7] * scale)
                    })
                    .collect();
                let mut sheet = balance(rows);
                assert_clean(&sheet.to_svg());
                sheet.status_quo = LONG.into();
                assert_clean(&sheet.to_svg());
            }
        }
    }

    #[test]
    fn a_threshold_that_is_not_finite_draws_no_mark() {
        let mut sheet = balance(vec![row(Side::Adoption, "Public", 3.0)]);
        sheet.threshold = f64::NAN;
        let svg = sheet.to_svg();
        assert_clean(&svg);
        assert!(words(&svg).iter().any(|w| w.starts_with("Margin n/a")));
    }
}

//! Who held which position when, a row for each state.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::palette::{INK, Positions};
use crate::time_axis::{EventMark, Events, TimeAxis};

/// States by region over time, coloured by the position that each holds.
///
/// Up to 60 rows carry their names; more are drawn as thin rows under the
/// names of their regions.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{HeatStrip, HeatStripGroup, HeatStripRow, Positions};
/// let figure = HeatStrip {
///     title: "Who banned when".into(),
///     subtitle: String::new(),
///     positions: Positions::new(["status quo", "total ban"]),
///     dates: vec![date(1996, 1, 1), date(1997, 1, 1), date(1998, 1, 1)],
///     groups: vec![HeatStripGroup {
///         name: "Europe".into(),
///         rows: vec![HeatStripRow { label: "Norway".into(), positions: vec![Some(0), Some(1)] }],
///     }],
///     events: vec![],
/// };
/// assert!(figure.to_svg().contains("Norway"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatStrip {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Names of the positions.
    pub positions: Positions,
    /// The borders of the columns in ascending order: column c lasts from `dates[c]` to `dates[c + 1]`.
    pub dates: Vec<Date>,
    /// The regions, from top to bottom.
    pub groups: Vec<HeatStripGroup>,
    /// What happened when.
    pub events: Vec<EventMark>,
}

/// A region of a [`HeatStrip`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatStripGroup {
    /// Name of the region.
    pub name: String,
    /// Its states, from top to bottom.
    pub rows: Vec<HeatStripRow>,
}

/// A state of a [`HeatStrip`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatStripRow {
    /// Name of the state.
    pub label: String,
    /// Position held in each column; `None` where the state does not live.
    pub positions: Vec<Option<usize>>,
}

/// More rows than this lose their names.
const MAX_NAMED: usize = 60;

impl HeatStrip {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &self.legend());
        let named = self.n_rows() <= MAX_NAMED;
        let left = if named { self.name_room() } else { PAD };
        let end = match TimeAxis::over(self.dates.iter().copied(), left, WIDTH - PAD) {
            Some(axis) => self.draw_rows(&mut canvas, &axis, top, left, named),
            None => {
                canvas.text(PAD, top + 30.0, "no dates to show", Text::LABEL);
                top + 40.0
            }
        };
        canvas.finish(end + PAD, &self.title, &self.description())
    }

    fn draw_rows(&self, canvas: &mut Canvas, axis: &TimeAxis, top: f64, left: f64, named: bool) -> f64 {
        let events = Events::within(&self.events, axis);
        let row_height = if named { 16.0 } else { 5.0 };
        let first = top + events.height() + 4.0;
        let n_headed = self.groups.iter().filter(|g| !g.name.is_empty()).count() as f64;
        let bottom =
            first + n_headed * 19.0 + self.groups.len() as f64 * 4.0 + self.n_rows() as f64 * row_height;
        axis.draw(canvas, first, bottom + 2.0);
        let mut y = first;
        for group in &self.groups {
            if !group.name.is_empty() {
                let style = Text::NOTE.bold().filled(INK).haloed();
                canvas.text(PAD, y + 14.0, &style.fit(&group.name, WIDTH - 2.0 * PAD), style);
                y += 19.0;
            }
            for row in &group.rows {
                self.draw_row(canvas, row, axis, y, row_height);
                if named {
                    let name = Text::NOTE.fit(&row.label, left - PAD - 6.0);
                    let style = Text::NOTE.filled(INK).at(Anchor::End);
                    canvas.text(left - 6.0, y + 12.0, &name, style);
                }
                y += row_height;
            }
            y += 4.0;
        }
        events.draw_marks(canvas, axis, first, bottom + 2.0);
        events.draw_key(canvas, bottom + 24.0)
    }

    /// One cell for each stretch of months with the same position.
    fn draw_row(&self, canvas: &mut Canvas, row: &HeatStripRow, axis: &TimeAxis, y: f64, height: f64) {
        canvas.group(&row.label);
        let gap = if height > 8.0 { 1.5 } else { 0.6 };
        let n_columns = row.positions.len().min(self.dates.len().saturating_sub(1));
        let mut from = 0;
        while from < n_columns {
            let held = row.positions[from];
            let mut to = from + 1;
            while to < n_columns && row.positions[to] == held {
                to += 1;
            }
            if let Some(k) = held {
                let (x0, x1) = (axis.at(self.dates[from]), axis.at(self.dates[to]));
                canvas.rect([x0, y, x1 - x0, height - gap], &self.positions.fill(k), "");
            }
            from = to;
        }
        canvas.end_group();
    }

    fn n_rows(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }

    fn name_room(&self) -> f64 {
        let names = self.groups.iter().flat_map(|group| &group.rows);
        let widest = names.map(|row| Text::NOTE.width(&row.label)).fold(30.0, f64::max);
        PAD + widest.min(140.0) + 6.0
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        (0..self.positions.len())
            .map(|k| {
                let fill = self.positions.fill(k);
                (Swatch::Area { fill }, self.positions.name(k))
            })
            .collect()
    }

    fn description(&self) -> String {
        format!("{} states in {} regions over {} dates.", self.n_rows(), self.groups.len(), self.dates.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};
    use jiff::civil::date;

    fn strip(n_groups: usize, n_rows: usize) -> HeatStrip {
        let row = |i: usize| HeatStripRow {
            label: format!("{i} {LONG}"),
            positions: vec![Some(0), Some(0), Some(1), None, Some(7), Some(1), Some(1)],
        };
        HeatStrip {
            title: "Who banned when".into(),
            subtitle: String::new(),
            positions: Positions::new(["status quo", "total ban"]),
            dates: (1..=7).map(|month| date(1997, month, 1)).collect(),
            groups: (0..n_groups)
                .map(|_| HeatStripGroup { name: LONG.into(), rows: (0..n_rows).map(row).collect() })
                .collect(),
            events: vec![EventMark { date: date(1997, 5, 1), label: LONG.into() }],
        }
    }

    #[test]
    fn equal_months_are_one_cell_and_a_dead_state_has_none() {
        // Panel, two legend swatches, and the stretches 0-0, 1, 7, 1; the seventh has no column.
        assert_eq!(count(&strip(1, 1).to_svg(), "rect"), 1 + 2 + 4);
    }

    #[test]
    fn many_states_lose_their_names_and_keep_their_regions() {
        let svg = strip(5, 40).to_svg();
        assert_clean(&svg);
        let named = |svg: &str| words(svg).iter().filter(|w| w.starts_with("3 ")).count();
        assert_eq!(named(&svg), 0);
        assert_eq!(named(&strip(5, 10).to_svg()), 5);
    }

    #[test]
    fn nothing_collides_at_any_size() {
        for (n_groups, n_rows) in [(0, 0), (1, 0), (1, 1), (4, 12), (9, 30)] {
            assert_clean(&strip(n_groups, n_rows).to_svg());
        }
        let mut undated = strip(2, 2);
        undated.dates.clear();
        assert_clean(&undated.to_svg());
    }
}

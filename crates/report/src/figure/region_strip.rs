//! How far each region has come, over time.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas, PAD, Text};
use crate::legend::{Swatch, draw_legend};
use crate::number::percent;
use crate::palette::{INK, share_fill, share_ink};
use crate::time_axis::{EventMark, Events, TimeAxis};

/// The share of states that have adopted, a row for each region, a column for each stretch of time,
/// with the counts.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{RegionRow, RegionStrip};
/// let figure = RegionStrip {
///     title: "Who signed, by region".into(),
///     subtitle: String::new(),
///     dates: vec![date(1996, 1, 1), date(1997, 1, 1), date(1998, 1, 1)],
///     rows: vec![RegionRow { name: "Europe".into(), adopted: vec![0, 39], present: vec![44, 44] }],
///     events: vec![],
/// };
/// assert!(figure.to_svg().contains("39/44"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionStrip {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// The borders of the columns in ascending order: column c lasts from `dates[c]` to `dates[c + 1]`.
    pub dates: Vec<Date>,
    /// The regions, from top to bottom; a last row for all of them is added.
    pub rows: Vec<RegionRow>,
    /// What happened when.
    pub events: Vec<EventMark>,
}

/// A region of a [`RegionStrip`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionRow {
    /// Name of the region.
    pub name: String,
    /// How many have adopted at the end of each column.
    pub adopted: Vec<usize>,
    /// How many live then; a column in which nobody does is left white.
    pub present: Vec<usize>,
}

const ROW: f64 = 27.0;
/// Words of the key, from nobody to all.
const KEY: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

impl RegionStrip {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::wide();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &legend());
        let mut rows = self.rows.clone();
        if rows.len() > 1 {
            rows.push(self.all());
        }
        let names = rows.iter().map(|row| Text::NOTE.bold().width(&row.name)).fold(30.0, f64::max);
        let left = PAD + names.min(170.0) + 8.0;
        // Room for the counts at the end of a row, where they do not fit into the cells.
        let widest = rows.iter().flat_map(RegionRow::counts).map(|words| Text::NOTE.width(&words));
        let widest = widest.fold(0.0, f64::max);
        let n_columns = self.n_columns();
        let fits = |right: f64| self.narrowest(left, right) >= widest + 3.0;
        let inside = fits(canvas.width() - PAD);
        let right = if inside { canvas.width() - PAD } else { canvas.width() - PAD - widest - 8.0 };
        let end = match TimeAxis::over(self.dates.iter().copied(), left, right).filter(|_| n_columns > 0) {
            Some(axis) => {
                let beside = (!inside).then_some(right);
                self.draw_rows(&mut canvas, &axis, &rows, (left, top), beside)
            }
            None => {
                canvas.text(PAD, top + 30.0, "no dates to show", Text::LABEL);
                top + 40.0
            }
        };
        canvas.finish(end + PAD, &self.title, &self.description())
    }

    fn n_columns(&self) -> usize {
        self.dates.len().saturating_sub(1)
    }

    /// Width of the narrowest column.
    fn narrowest(&self, left: f64, right: f64) -> f64 {
        let Some(axis) = TimeAxis::over(self.dates.iter().copied(), left, right) else { return 0.0 };
        let widths = self.dates.windows(2).map(|pair| axis.at(pair[1]) - axis.at(pair[0]));
        widths.fold(f64::INFINITY, f64::min)
    }

    /// The rows from `top` on; counts stand in the cells, or `beside` the last.
    fn draw_rows(
        &self,
        canvas: &mut Canvas,
        axis: &TimeAxis,
        rows: &[RegionRow],
        (left, top): (f64, f64),
        beside: Option<f64>,
    ) -> f64 {
        let events = Events::within(&self.events, axis);
        let first = top + events.height() + 4.0;
        let gap = if rows.len() > 1 { 6.0 } else { 0.0 };
        let bottom = first + rows.len() as f64 * ROW + gap;
        let is_all = |no: usize| rows.len() > 1 && no + 1 == rows.len();
        let top_of = |no: usize| first + no as f64 * ROW + if is_all(no) { gap } else { 0.0 };
        let ends = |column: usize| (axis.at(self.dates[column]), axis.at(self.dates[column + 1]));
        axis.draw(canvas, first, bottom + 2.0);
        for (no, row) in rows.iter().enumerate() {
            let style = if is_all(no) { Text::NOTE.bold() } else { Text::NOTE }.filled(INK);
            let name = style.fit(&row.name, left - PAD - 6.0);
            canvas.text(left - 6.0, top_of(no) + 17.0, &name, style.at(Anchor::End));
            for column in 0..self.n_columns() {
                if let Some(share) = row.share(column) {
                    let (from, until) = ends(column);
                    let cell = [from, top_of(no), until - from - 0.8, ROW - 2.0];
                    canvas.rect(cell, &share_fill(share), "");
                }
            }
        }
        // Counts are written over the lines of events.
        events.draw_marks(canvas, axis, first, bottom + 2.0);
        for (no, row) in rows.iter().enumerate() {
            let y = top_of(no) + 16.8;
            if let Some(right) = beside {
                let last = self.n_columns().saturating_sub(1);
                canvas.text(right + 5.0, y, &row.count(last), Text::NOTE.filled(INK));
                continue;
            }
            for column in 0..self.n_columns() {
                if let Some(share) = row.share(column) {
                    let (from, until) = ends(column);
                    let style = Text::NOTE.filled(share_ink(share)).at(Anchor::Middle);
                    canvas.text((from + until) / 2.0, y, &row.count(column), style);
                }
            }
        }
        events.draw_key(canvas, bottom + 24.0)
    }

    /// All regions together.
    fn all(&self) -> RegionRow {
        let sum = |of: fn(&RegionRow) -> &Vec<usize>| {
            let of_column = |c: usize| self.rows.iter().map(|row| of(row).get(c).copied().unwrap_or(0)).sum();
            (0..self.n_columns()).map(of_column).collect()
        };
        RegionRow { name: "all".into(), adopted: sum(|row| &row.adopted), present: sum(|row| &row.present) }
    }

    fn description(&self) -> String {
        let all = self.all();
        let last = self.n_columns().saturating_sub(1);
        format!(
            "{} regions over {} stretches of time; {} at the end.",
            self.rows.len(),
            self.n_columns(),
            all.count(last)
        )
    }
}

impl RegionRow {
    fn count(&self, column: usize) -> String {
        let of = |counts: &[usize]| counts.get(column).copied().unwrap_or(0);
        format!("{}/{}", of(&self.adopted), of(&self.present))
    }

    fn counts(&self) -> impl Iterator<Item = String> {
        (0..self.present.len()).map(|column| self.count(column))
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of states")]
    fn share(&self, column: usize) -> Option<f64> {
        let present = self.present.get(column).copied().unwrap_or(0);
        let adopted = self.adopted.get(column).copied().unwrap_or(0);
        (present > 0).then(|| (adopted as f64 / present as f64).min(1.0))
    }
}

fn legend() -> Vec<(Swatch, String)> {
    let entry = |share: f64| (Swatch::Area { fill: share_fill(share) }, percent(share, 0));
    let mut entries: Vec<_> = KEY.into_iter().map(entry).collect();
    entries.push((Swatch::None, "have adopted".into()));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};
    use jiff::civil::date;

    fn strip(n_rows: usize, n_columns: i16) -> RegionStrip {
        let n = usize::try_from(n_columns).unwrap();
        RegionStrip {
            title: "Who signed".into(),
            subtitle: LONG.into(),
            dates: (0..=n_columns).map(|i| date(1900 + i, 1, 1)).collect(),
            rows: (0..n_rows)
                .map(|i| RegionRow {
                    name: format!("{i} {LONG}"),
                    adopted: (0..n).map(|c| c * i).collect(),
                    present: (0..n).map(|c| if c == 1 { 0 } else { 60 + i }).collect(),
                })
                .collect(),
            events: vec![EventMark { date: date(1901, 5, 1), label: LONG.into() }],
        }
    }

    #[test]
    fn nothing_collides_at_any_size() {
        for n_rows in [0, 1, 5, 22] {
            for n_columns in [0, 1, 2, 11, 60] {
                assert_clean(&strip(n_rows, n_columns).to_svg());
            }
        }
    }

    #[test]
    fn all_regions_are_summed_in_a_last_row_and_empty_columns_have_no_cell() {
        let svg = strip(2, 3).to_svg();
        assert!(words(&svg).contains(&"2/121".to_owned()), "{:?}", words(&svg));
        // Panel, five shades of the key, and two columns of three rows.
        assert_eq!(count(&svg, "rect"), 1 + 5 + 2 * 3);
    }

    #[test]
    fn narrow_columns_have_their_counts_at_the_end() {
        let counts = |svg: &str| words(svg).iter().filter(|words| words.contains('/')).count();
        assert_eq!(counts(&strip(1, 60).to_svg()), 1);
        assert_eq!(counts(&strip(1, 4).to_svg()), 3, "one column is empty");
    }
}

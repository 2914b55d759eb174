//! A time axis with calendar ticks, and dated events above it.

use jiff::civil::{Date, date};

use crate::canvas::{Anchor, Canvas, PAD, Text};
use crate::palette::{FAINT, INK, MUTED};
use crate::spread::spread;

/// Something that happened on a day, marked in a figure over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMark {
    /// The day.
    pub date: Date,
    /// What happened, a few words.
    pub label: String,
}

/// Days since 1 January 1970.
fn day_number(day: Date) -> f64 {
    (date(1970, 1, 1).duration_until(day).as_hours() / 24) as f64
}

/// A linear map from days to x.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeAxis {
    first: Date,
    last: Date,
    left: f64,
    right: f64,
}

impl TimeAxis {
    /// An axis over all `dates`; `None` if there is no date.
    pub(crate) fn over(dates: impl IntoIterator<Item = Date>, left: f64, right: f64) -> Option<Self> {
        let mut dates = dates.into_iter();
        let start = dates.next()?;
        let (first, last) = dates.fold((start, start), |(a, b), d| (a.min(d), b.max(d)));
        Some(Self { first, last, left, right })
    }

    pub(crate) fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    pub(crate) fn at(&self, date: Date) -> f64 {
        let (first, last) = (day_number(self.first), day_number(self.last));
        if last <= first {
            return (self.left + self.right) / 2.0;
        }
        let share = (day_number(date) - first) / (last - first);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Round dates and their labels, so few that the labels do not touch.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let days = day_number(self.last) - day_number(self.first);
        let room = self.right - self.left;
        // Steps in months; labels of years are 32 wide, of months 58, of days 76.
        const STEPS: [(i32, f64); 14] = [
            (1, 58.0),
            (2, 58.0),
            (3, 58.0),
            (6, 58.0),
            (12, 40.0),
            (24, 40.0),
            (60, 40.0),
            (120, 40.0),
            (240, 40.0),
            (600, 40.0),
            (1200, 40.0),
            (2400, 40.0),
            (12_000, 46.0),
            (60_000, 46.0),
        ];
        if days < 75.0 {
            return self.day_ticks(days, room);
        }
        let months = days / 30.44;
        let &(step, _) = STEPS
            .iter()
            .find(|(step, width)| room / (months / f64::from(*step)) >= *width)
            .unwrap_or(&STEPS[13]);
        let start = i32::from(self.first.year()) * 12 + i32::from(self.first.month()) - 1;
        let mut ticks = Vec::new();
        let mut month = start.div_euclid(step) * step;
        loop {
            let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12) + 1);
            let Some(date) = i16::try_from(year).ok().and_then(|y| Date::new(y, of_year as i8, 1).ok())
            else {
                break;
            };
            if date > self.last {
                break;
            }
            if date >= self.first {
                let label = if step >= 12 { year.to_string() } else { format!("{year}-{of_year:02}") };
                ticks.push((self.at(date), label));
            }
            month += step;
        }
        ticks
    }

    fn day_ticks(&self, days: f64, room: f64) -> Vec<(f64, String)> {
        let fits = (room / 80.0).floor().max(1.0);
        let step = (days / fits).ceil().max(1.0) as usize;
        self.first
            .series(jiff::Span::new().days(step as i64))
            .take_while(|date| *date <= self.last)
            .map(|date| (self.at(date), date.to_string()))
            .collect()
    }

    /// Ticks and labels under `bottom`, faint lines up to `top`.
    pub(crate) fn draw(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        for (x, label) in self.ticks() {
            canvas.line((x, top), (x, bottom), FAINT, "stroke-width=\"1\"");
            canvas.line((x, bottom), (x, bottom + 4.0), MUTED, "stroke-width=\"1\"");
            let half = Text::NOTE.width(&label) / 2.0;
            let x = x.clamp(PAD + half - 6.0, canvas.width() - PAD / 2.0 - half);
            canvas.text(x, bottom + 17.0, &label, Text::NOTE.at(Anchor::Middle));
        }
    }
}

const BADGE: f64 = 8.5;
const LANE: f64 = 21.0;

/// Numbered marks of events over a plot. The numbers stand in lanes above it,
/// the names in a key below, so that no number of events can collide.
#[derive(Debug)]
pub(crate) struct Events<'a> {
    marks: Vec<&'a EventMark>,
    n_lanes: usize,
}

impl<'a> Events<'a> {
    /// Those of `events` that lie within `axis`, in order of date.
    pub(crate) fn within(events: &'a [EventMark], axis: &TimeAxis) -> Self {
        let mut marks: Vec<_> = events.iter().filter(|e| axis.contains(e.date)).collect();
        marks.sort_by_key(|event| event.date);
        let per_lane = ((axis.right - axis.left) / (BADGE * 2.0 + 2.0)).floor().max(1.0);
        let n_lanes = (marks.len() as f64 / per_lane).ceil() as usize;
        Self { marks, n_lanes }
    }

    /// Height of the lanes above the plot.
    pub(crate) fn height(&self) -> f64 {
        if self.n_lanes == 0 { 0.0 } else { self.n_lanes as f64 * LANE + 8.0 }
    }

    pub(crate) fn draw_marks(&self, canvas: &mut Canvas, axis: &TimeAxis, top: f64, bottom: f64) {
        for lane in (0..self.n_lanes).rev() {
            let members: Vec<_> = (lane..self.marks.len()).step_by(self.n_lanes).collect();
            let targets: Vec<_> = members.iter().map(|&i| axis.at(self.marks[i].date)).collect();
            let sizes = vec![BADGE * 2.0 + 2.0; members.len()];
            let spots = spread(&targets, &sizes, axis.left - 6.0, axis.right + 6.0);
            let y = top - 8.0 - LANE * lane as f64 - BADGE;
            for ((&i, &x), &target) in members.iter().zip(&spots).zip(&targets) {
                let path =
                    [(x, y + BADGE), (x, top - 6.0 - LANE * lane as f64), (target, top), (target, bottom)];
                canvas.polyline(
                    &path,
                    MUTED,
                    "stroke-width=\"1\" stroke-dasharray=\"3 3\" stroke-opacity=\"0.75\"",
                );
                canvas.circle((x, y), BADGE, "#ffffff", &format!("stroke=\"{INK}\""));
                let number = Text { size: 11.0, ..Text::LABEL.at(Anchor::Middle) };
                canvas.text(x, y + 4.0, &(i + 1).to_string(), number);
            }
        }
    }

    /// The key below the plot; returns where it ends.
    pub(crate) fn draw_key(&self, canvas: &mut Canvas, mut y: f64) -> f64 {
        if self.marks.is_empty() {
            return y;
        }
        let date_x = PAD + 26.0;
        let label_x = date_x + 76.0;
        y += 6.0;
        for (i, event) in self.marks.iter().enumerate() {
            y += 17.0;
            let number = Text::NOTE.bold().filled(INK).at(Anchor::End);
            canvas.text(PAD + 18.0, y, &(i + 1).to_string(), number);
            canvas.text(date_x, y, &event.date.to_string(), Text::NOTE);
            let style = Text::NOTE.filled(INK);
            for (row, line) in style.wrap(&event.label, canvas.width() - PAD - label_x, 2).iter().enumerate()
            {
                if row > 0 {
                    y += style.leading();
                }
                canvas.text(label_x, y, line, style);
            }
        }
        y
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert!((day_number(date(1970, 1, 1))).abs() < 0.5);
        assert!((day_number(date(2000, 3, 1)) - 11_017.0).abs() < 0.5);
        assert!((day_number(date(1969, 12, 31)) + 1.0).abs() < 0.5);
    }

    #[test]
    fn a_decade_is_ticked_by_years() {
        let axis = TimeAxis::over([date(1990, 1, 1), date(2000, 12, 1)], 50.0, 460.0).unwrap();
        let labels: Vec<_> = axis.ticks().into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels[0], "1990");
        assert!(labels.contains(&"1998".into()));
    }

    #[test]
    fn a_month_is_ticked_by_days() {
        let axis = TimeAxis::over([date(1997, 12, 1), date(1997, 12, 31)], 50.0, 460.0).unwrap();
        assert_eq!(axis.ticks()[0].1, "1997-12-01");
    }

    proptest! {
        #[test]
        fn tick_labels_never_touch(year in 1500i16..2200, span in 0i64..400_000) {
            let first = date(year, 2, 11);
            let last = first.saturating_add(jiff::Span::new().days(span));
            let axis = TimeAxis::over([first, last], 50.0, 460.0).unwrap();
            for pair in axis.ticks().windows(2) {
                let need = Text::NOTE.width(&pair[0].1) / 2.0 + Text::NOTE.width(&pair[1].1) / 2.0;
                prop_assert!(pair[1].0 - pair[0].0 > need, "{pair:?}");
            }
        }
    }
}

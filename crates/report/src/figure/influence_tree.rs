//! The influence forest: who moved whom, and when.

use jiff::civil::Date;

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH, n};
use crate::legend::{Swatch, draw_legend};
use crate::number::percent;
use crate::palette::{INK, MUTED, Positions};
use crate::time_axis::TimeAxis;

/// Adopters over time, one row each, linked to the sender that pressed most.
///
/// Trees stand one below the other in the order given; within a tree every adopter stands below
/// the one that moved it. A row may be a sender that does not adopt, such as an organisation, or
/// several adopters at once. Up to 60 rows carry their names; of more, only first movers and those
/// who moved others do, where there is room.
///
/// ```
/// use jiff::civil::date;
/// use normwave_report::{InfluenceTrees, Positions, TreeNode};
/// let node = |label: &str, year, parent| TreeNode {
///     label: label.into(), date: date(year, 1, 1), parent, share: 0.5, mover: String::new(),
///     adopters: 1,
/// };
/// let figure = InfluenceTrees {
///     title: "Who moved whom".into(),
///     subtitle: String::new(),
///     positions: Positions::new(["status quo", "adopted"]),
///     position: 1,
///     nodes: vec![node("Norway", 1995, None), node("Denmark", 1997, Some(0))],
///     first: date(1990, 1, 1),
///     last: date(2000, 1, 1),
/// };
/// assert!(figure.to_svg().contains("Denmark"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct InfluenceTrees {
    /// Heading.
    pub title: String,
    /// Second line, such as what is left out; may be empty.
    pub subtitle: String,
    /// Names of the positions.
    pub positions: Positions,
    /// The position that is adopted, which gives the colour.
    pub position: usize,
    /// The rows, parents before their children.
    pub nodes: Vec<TreeNode>,
    /// First day of the period.
    pub first: Date,
    /// Last day of the period.
    pub last: Date,
}

/// A row of [`InfluenceTrees`]: an adopter, several of them, or a sender that does not adopt.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeNode {
    /// Its name.
    pub label: String,
    /// When it adopted; of a sender that does not adopt, when it first moved somebody.
    pub date: Date,
    /// Index of the row that pressed most; `None` for a first mover.
    pub parent: Option<usize>,
    /// Its share of the pressure, 0 to 1: the width of the link.
    pub share: f64,
    /// Who or what moved a first mover, such as an organisation; may be empty.
    pub mover: String,
    /// How many adopters the row stands for; 0 for a sender that does not adopt.
    pub adopters: usize,
}

const NAMED: usize = 60;
const ROOM: f64 = 150.0;

impl InfluenceTrees {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let top = draw_legend(&mut canvas, top - 4.0, &self.legend()) + 8.0;
        let rows = self.rows();
        let named = rows.len() <= NAMED;
        let step = if named { 15.0 } else { (900.0 / rows.len() as f64).clamp(3.0, 8.0) };
        let bottom = top + step * rows.len().max(1) as f64 + 6.0;
        let right = WIDTH - PAD - if rows.is_empty() { 8.0 } else { self.room() };
        let Some(axis) = TimeAxis::over([self.first, self.last], PAD + 16.0, right) else {
            return canvas.finish(bottom + PAD, &self.title, &self.description());
        };
        axis.draw(&mut canvas, top, bottom);
        if rows.is_empty() {
            canvas.text(PAD, top + 14.0, "nobody adopts", Text::LABEL);
        }
        let mut place = vec![(0.0, 0.0); self.nodes.len()];
        for (row, &i) in rows.iter().enumerate() {
            place[i] = (axis.at(self.nodes[i].date), top + step * (row as f64 + 0.5) + 3.0);
        }
        for &i in &rows {
            self.draw_link(&mut canvas, i, &place);
        }
        for &i in &rows {
            self.draw_node(&mut canvas, i, place[i], if named { 3.6 } else { 2.2 });
        }
        self.draw_labels(&mut canvas, &rows, &place, named);
        canvas.finish(bottom + 24.0 + PAD / 2.0, &self.title, &self.description())
    }

    fn draw_link(&self, canvas: &mut Canvas, i: usize, place: &[(f64, f64)]) {
        let node = &self.nodes[i];
        let Some(parent) = self.parent(i) else { return };
        let (from, to) = (place[parent], place[i]);
        let share = if node.share.is_finite() { node.share.clamp(0.0, 1.0) } else { 0.0 };
        let words =
            format!("{} to {}: {} of the pressure", self.nodes[parent].label, node.label, percent(share, 0));
        canvas.group(&words);
        let extra = format!("stroke-width=\"{}\" stroke-opacity=\"0.75\"", n(0.6 + 2.6 * share));
        // Down from the parent, then across to the row.
        canvas.polyline(&[from, (from.0, to.1), to], "#8f99a5", &extra);
        canvas.end_group();
    }

    fn draw_node(&self, canvas: &mut Canvas, i: usize, at: (f64, f64), radius: f64) {
        let node = &self.nodes[i];
        let stroke = self.positions.stroke(self.position);
        let first = self.parent(i).is_none();
        let fill = if first { "#ffffff".to_owned() } else { self.positions.fill(self.position) };
        let line = format!("stroke=\"{stroke}\" stroke-width=\"1.4\"");
        canvas.group(&format!("{}, {}", node.label, node.date));
        let open = if first { radius + 0.8 } else { radius };
        match node.adopters {
            0 => canvas.rect(
                [at.0 - radius, at.1 - radius, 2.0 * radius, 2.0 * radius],
                "#ffffff",
                &format!("stroke=\"{MUTED}\" stroke-width=\"1.6\""),
            ),
            1 => canvas.circle(at, open, &fill, &line),
            // A ring around the dot.
            _ => {
                canvas.circle(at, open + 2.6, "#ffffff", &line);
                canvas.circle(at, open - 0.6, &fill, &line);
            }
        }
        canvas.end_group();
    }

    fn draw_labels(&self, canvas: &mut Canvas, rows: &[usize], place: &[(f64, f64)], named: bool) {
        let mut clear_from = f64::NEG_INFINITY;
        for &i in rows {
            let node = &self.nodes[i];
            let (x, y) = place[i];
            let first = self.parent(i).is_none();
            let moves_others = self.nodes.iter().any(|other| other.parent == Some(i));
            let y = y + 4.0;
            if !(named || first || moves_others) || y - 12.0 < clear_from {
                continue;
            }
            let mut words = node.label.clone();
            if first && !node.mover.is_empty() {
                words = match node.adopters {
                    0 | 1 => format!("{words} ({})", node.mover),
                    // Before the names, which may be cut.
                    _ => format!("({}) {words}", node.mover),
                };
            }
            let style = if first { Text::NOTE.bold() } else { Text::NOTE }.filled(INK).haloed();
            let x = x + if node.adopters > 1 { 11.0 } else { 8.0 };
            let words = style.fit(&words, WIDTH - PAD - x);
            canvas.text(x, y, &words, style.at(Anchor::Start));
            clear_from = if named { f64::NEG_INFINITY } else { y + 2.5 };
        }
    }

    // Room for names right of the last date.
    fn room(&self) -> f64 {
        let widest = self.nodes.iter().map(|node| {
            let mover = if node.mover.is_empty() { 0.0 } else { Text::NOTE.bold().width(&node.mover) + 12.0 };
            Text::NOTE.bold().width(&node.label) + mover
        });
        widest.fold(20.0, f64::max).min(ROOM) + 13.0
    }

    // A parent that comes before its child; others are ignored, so that there is no circle.
    fn parent(&self, i: usize) -> Option<usize> {
        self.nodes[i].parent.filter(|&parent| parent < i)
    }

    // Tree by tree, every adopter below its parent, brothers in the order given.
    fn rows(&self) -> Vec<usize> {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        let mut roots = Vec::new();
        for i in 0..self.nodes.len() {
            match self.parent(i) {
                Some(parent) => children[parent].push(i),
                None => roots.push(i),
            }
        }
        let mut rows = Vec::with_capacity(self.nodes.len());
        let mut open: Vec<usize> = roots.into_iter().rev().collect();
        while let Some(i) = open.pop() {
            rows.push(i);
            open.extend(children[i].iter().rev());
        }
        rows
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let (stroke, fill) = (self.positions.stroke(self.position), self.positions.fill(self.position));
        let any = |of: fn(usize) -> bool| self.nodes.iter().any(|node| of(node.adopters));
        let mut entries = Vec::new();
        if any(|adopters| adopters == 0) {
            entries.push((Swatch::Square { stroke: MUTED.into() }, "sender that had not adopted".into()));
        }
        let first = |i: usize| self.nodes[i].adopters > 0 && self.parent(i).is_none();
        if (0..self.nodes.len()).any(first) {
            entries.push((Swatch::Point { stroke: stroke.clone() }, "first mover (moved by)".into()));
        }
        entries.push((
            Swatch::Node { fill: fill.clone(), stroke: stroke.clone() },
            "moved by the one above".into(),
        ));
        if any(|adopters| adopters > 1) {
            entries.push((Swatch::Ringed { fill, stroke }, "several at once".into()));
        }
        let line = Swatch::Line { stroke: MUTED.into(), band: false };
        entries.push((line, "strongest sender, wider: larger share".into()));
        entries
    }

    fn description(&self) -> String {
        let n_roots = (0..self.nodes.len()).filter(|&i| self.parent(i).is_none()).count();
        let adopters: usize = self.nodes.iter().map(|node| node.adopters).sum();
        format!("{adopters} adopters in {n_roots} trees, each linked to its strongest sender.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};
    use jiff::civil::date;

    fn trees(n_nodes: usize, label: &str, parent: impl Fn(usize) -> Option<usize>) -> InfluenceTrees {
        let node = |i: usize| TreeNode {
            label: format!("{label}{i}"),
            date: date(1990 + (i % 10) as i16, 1, 1),
            parent: parent(i),
            share: 1.0 / (i + 1) as f64,
            mover: if i.is_multiple_of(7) { "ICBL".into() } else { String::new() },
            adopters: if i.is_multiple_of(9) { 0 } else { 1 + i % 3 },
        };
        InfluenceTrees {
            title: "Who moved whom".into(),
            subtitle: String::new(),
            positions: Positions::new(["status quo", "ban"]),
            position: 1,
            nodes: (0..n_nodes).map(node).collect(),
            first: date(1989, 1, 1),
            last: date(2001, 1, 1),
        }
    }

    #[test]
    fn any_forest_is_drawn_without_colliding_names() {
        for n_nodes in [0, 1, 2, 9, 60, 61, 200] {
            for label in ["S", LONG] {
                assert_clean(&trees(n_nodes, label, |i| i.checked_sub(1)).to_svg());
                assert_clean(&trees(n_nodes, label, |i| (i > 4).then_some(i % 5)).to_svg());
                assert_clean(&trees(n_nodes, label, |_| None).to_svg());
            }
        }
    }

    #[test]
    fn senders_that_do_not_adopt_are_squares_and_count_as_no_adopters() {
        let mut figure = trees(3, "S", |i| i.checked_sub(1));
        let with = count(&figure.to_svg(), "rect");
        assert!(figure.description().starts_with("5 adopters in 1 trees"), "{}", figure.description());
        figure.nodes[0].adopters = 1;
        // The row and its entry in the legend.
        assert_eq!(count(&figure.to_svg(), "rect"), with - 2);
        assert!(figure.description().starts_with("6 adopters"), "{}", figure.description());
    }

    #[test]
    fn a_parent_that_comes_later_is_no_parent() {
        let one = trees(3, "S", |i| (i == 0).then_some(2));
        assert_eq!(count(&one.to_svg(), "polyline"), 0);
        assert_eq!(count(&trees(3, "S", |i| i.checked_sub(1)).to_svg(), "polyline"), 2);
    }

    #[test]
    fn a_first_mover_names_what_moved_it() {
        assert!(words(&trees(2, "S", |_| None).to_svg()).contains(&"S0 (ICBL)".to_owned()));
    }
}

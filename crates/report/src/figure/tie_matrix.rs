//! Who is tied to whom, as a matrix.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::canvas::{Anchor, Canvas, PAD, Text, n};
use crate::figure::core_periphery::NetworkTie;
use crate::legend::{Swatch, draw_legend};
use crate::marker::has_dot;
use crate::number::compact;
use crate::palette::{FAINT, INK, MUTED, Positions};
use crate::seriation::seriate;
use crate::spread::spread;

/// A matrix of ties, such as the organisations that two states share, darker for stronger ties.
///
/// Groups, such as regions or communities, stand together; inside a group alike rows do. The
/// stripes above and to the left show who has adopted. Shades are fifths of the ties, so that each
/// shade has about as many of them.
///
/// ```
/// use normwave_report::{MatrixNode, NetworkTie, Positions, TieMatrix};
/// let node = |label: &str, position| MatrixNode {
///     label: label.into(), group: "Europe".into(), position: Some(position),
/// };
/// let figure = TieMatrix {
///     title: "Shared organisations, 1997".into(),
///     subtitle: String::new(),
///     positions: Positions::new(["status quo", "adopted"]),
///     nodes: vec![node("FRA", 0), node("NOR", 1)],
///     ties: vec![NetworkTie { from: 0, to: 1, strength: 58.0 }],
///     strength_name: "shared organisations".into(),
/// };
/// assert!(figure.to_svg().contains("shared organisations"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TieMatrix {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Names of the positions.
    pub positions: Positions,
    /// The actors.
    pub nodes: Vec<MatrixNode>,
    /// The ties; a row is a sender, a column a receiver. Those that name no node are left out.
    pub ties: Vec<NetworkTie>,
    /// What strengths count, for the legend.
    pub strength_name: String,
}

/// One actor of a [`TieMatrix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixNode {
    /// Name or code, shown where there are few.
    pub label: String,
    /// Group with which it stands; may be empty. Groups stand in the order of their names, and of
    /// the numbers in which these end.
    pub group: String,
    /// Position that it holds; `None` for actors that hold none.
    pub position: Option<usize>,
}

/// More rows than this lose their names.
const MAX_NAMED: usize = 34;
/// How many shades there are.
const SHADES: usize = 5;
/// Width of the stripes that show positions.
const STRIPE: f64 = 8.0;

impl TieMatrix {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::wide();
        let top = canvas.heading(&self.title, &self.subtitle);
        if self.nodes.is_empty() {
            canvas.text(PAD, top + 20.0, "nobody to show", Text::LABEL);
            return canvas.finish(top + 40.0, &self.title, &self.description());
        }
        let order = self.order();
        let named = order.len() <= MAX_NAMED;
        let left = PAD + self.name_room(named) + STRIPE + 10.0;
        let room = canvas.width() - PAD - left;
        let cell = (room / order.len() as f64).min(26.0);
        let side = cell * order.len() as f64;
        let first = top + STRIPE + 6.0;
        let cuts = self.cuts();

        canvas.rect([left, first, side, side], "#f6f8fa", "");
        self.draw_cells(&mut canvas, &order, (left, first), cell, &cuts);
        self.draw_blocks(&mut canvas, &order, (left, first), cell);
        self.draw_stripes(&mut canvas, &order, (left, first), cell);
        let edge = format!("stroke=\"{MUTED}\" stroke-width=\"0.8\"");
        canvas.rect([left, first, side, side], "none", &edge);
        let labels: Vec<(String, f64)> = if named {
            let middle = |row: usize| first + (row as f64 + 0.5) * cell;
            order.iter().enumerate().map(|(row, &i)| (self.nodes[i].label.clone(), middle(row))).collect()
        } else {
            blocks(&self.nodes, &order)
                .into_iter()
                .map(|(from, until)| {
                    let name = self.nodes[order[from]].group.clone();
                    let words = if name.is_empty() { "no group".into() } else { name };
                    (words, first + (from + until) as f64 / 2.0 * cell)
                })
                .collect()
        };
        let bottom = self.draw_names(&mut canvas, &labels, left - STRIPE - 10.0, (first, first + side));
        let end = draw_legend(&mut canvas, bottom + 8.0, &self.legend(&cuts));
        canvas.finish(end + 10.0, &self.title, &self.description())
    }

    /// The nodes as they stand in the matrix.
    fn order(&self) -> Vec<usize> {
        let n_nodes = self.nodes.len();
        let mut rows = vec![vec![0.0; n_nodes]; n_nodes];
        // Ranks rather than strengths, so that a few strong ties do not decide.
        let ranks = self.ranks();
        for (tie, rank) in self.drawn().zip(ranks) {
            rows[tie.from][tie.to] = rank;
        }
        let mut groups: BTreeMap<(&str, u64, &str), Vec<usize>> = BTreeMap::new();
        for (i, node) in self.nodes.iter().enumerate() {
            groups.entry(natural(&node.group)).or_default().push(i);
        }
        groups.values().flat_map(|members| seriate(&rows, members)).collect()
    }

    fn drawn(&self) -> impl Iterator<Item = &NetworkTie> {
        let n_nodes = self.nodes.len();
        self.ties.iter().filter(move |tie| {
            tie.from < n_nodes && tie.to < n_nodes && tie.strength.is_finite() && tie.strength > 0.0
        })
    }

    /// Share of the ties that are weaker, of each tie that is drawn; above 0.
    fn ranks(&self) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.drawn().map(|tie| tie.strength).collect();
        sorted.sort_by(f64::total_cmp);
        let n_ties = sorted.len().max(1) as f64;
        let rank = |strength: f64| sorted.partition_point(|&other| other < strength) as f64 / n_ties;
        self.drawn().map(|tie| 0.2 + 0.8 * rank(tie.strength)).collect()
    }

    /// The least strength of each shade, fifths of the ties; fewer if ties are equal.
    fn cuts(&self) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.drawn().map(|tie| tie.strength).collect();
        sorted.sort_by(f64::total_cmp);
        let mut cuts: Vec<f64> =
            (0..SHADES).filter_map(|i| sorted.get(i * sorted.len() / SHADES)).copied().collect();
        cuts.dedup_by(|a, b| a.total_cmp(b).is_eq());
        cuts
    }

    fn draw_cells(
        &self,
        canvas: &mut Canvas,
        order: &[usize],
        (left, top): (f64, f64),
        cell: f64,
        cuts: &[f64],
    ) {
        let mut place = vec![0; order.len()];
        for (row, &i) in order.iter().enumerate() {
            place[i] = row;
        }
        let shade = |strength: f64| cuts.partition_point(|&cut| cut <= strength).saturating_sub(1);
        let mut cells: Vec<BTreeMap<(usize, usize), ()>> = vec![BTreeMap::new(); cuts.len()];
        for tie in self.drawn() {
            cells[shade(tie.strength)].insert((place[tie.from], place[tie.to]), ());
        }
        // Cells beside each other become one stroke, a row high.
        for (shade, cells) in cells.iter().enumerate() {
            let mut commands = String::new();
            let mut run: Option<(usize, usize, usize)> = None;
            for &(row, column) in cells.keys() {
                match &mut run {
                    Some((at, _, until)) if *at == row && *until == column => *until += 1,
                    _ => {
                        flush(&mut commands, run, (left, top), cell);
                        run = Some((row, column, column + 1));
                    }
                }
            }
            flush(&mut commands, run, (left, top), cell);
            // A little more than a cell, so that no light shines through between rows.
            let width = format!("stroke-width=\"{}\"", n(cell + 0.15));
            canvas.path(&commands, &shade_fill(shade, cuts.len()), &width);
        }
    }

    /// Lines between groups.
    fn draw_blocks(&self, canvas: &mut Canvas, order: &[usize], (left, top): (f64, f64), cell: f64) {
        let side = cell * order.len() as f64;
        let extra = "stroke-width=\"1.2\"";
        for (from, _) in blocks(&self.nodes, order).into_iter().skip(1) {
            let at = from as f64 * cell;
            canvas.line((left, top + at), (left + side, top + at), "#ffffff", extra);
            canvas.line((left + at, top), (left + at, top + side), "#ffffff", extra);
        }
    }

    /// Who holds which position, above and to the left.
    fn draw_stripes(&self, canvas: &mut Canvas, order: &[usize], (left, top): (f64, f64), cell: f64) {
        let mut from = 0;
        while from < order.len() {
            let held = self.nodes[order[from]].position;
            let until = (from..order.len()).find(|&i| self.nodes[order[i]].position != held);
            let until = until.unwrap_or(order.len());
            let (at, long) = (from as f64 * cell, (until - from) as f64 * cell);
            if let Some(k) = held {
                let fill = self.positions.fill(k);
                let wide = STRIPE - 2.0;
                canvas.rect([left - STRIPE, top + at, wide, long], &fill, "");
                canvas.rect([left + at, top - STRIPE, long, wide], &fill, "");
                if has_dot(&self.positions, held) {
                    let middle = STRIPE / 2.0 + 1.0;
                    let ink = "stroke-width=\"1\"";
                    canvas.line((left - middle, top + at), (left - middle, top + at + long), "#0b3c5d", ink);
                    canvas.line((left + at, top - middle), (left + at + long, top - middle), "#0b3c5d", ink);
                }
            }
            from = until;
        }
    }

    /// Names beside the rows, moved apart where they would touch; returns where they end.
    fn draw_names(
        &self,
        canvas: &mut Canvas,
        labels: &[(String, f64)],
        right: f64,
        (top, bottom): (f64, f64),
    ) -> f64 {
        let targets: Vec<f64> = labels.iter().map(|label| label.1).collect();
        let sizes = vec![Text::NOTE.leading(); labels.len()];
        let most = bottom.max(top + Text::NOTE.leading() * labels.len() as f64);
        for ((words, target), y) in labels.iter().zip(spread(&targets, &sizes, top, most)) {
            let style = Text::NOTE.filled(INK).at(Anchor::End);
            canvas.text(right, y + 4.0, &style.fit(words, right - PAD), style);
            if (y - target).abs() > 3.0 {
                canvas.line((right + 2.0, y), (right + 9.0, *target), FAINT, "stroke-width=\"1\"");
            }
        }
        most
    }

    fn name_room(&self, named: bool) -> f64 {
        let names = self.nodes.iter().map(|node| if named { &node.label } else { &node.group });
        let widest = names.map(|name| Text::NOTE.width(name)).fold(20.0, f64::max);
        let no_group = if named { 0.0 } else { Text::NOTE.width("no group") };
        widest.max(no_group).min(150.0)
    }

    fn legend(&self, cuts: &[f64]) -> Vec<(Swatch, String)> {
        let mut entries = vec![(Swatch::None, format!("{}:", self.strength_name))];
        for (shade, cut) in cuts.iter().enumerate() {
            let fill = shade_fill(shade, cuts.len());
            entries.push((Swatch::Area { fill }, format!("from {}", compact(*cut))));
        }
        entries.push((Swatch::Area { fill: "#f6f8fa".into() }, "none".into()));
        for k in 0..self.positions.len() {
            let n_held = self.nodes.iter().filter(|node| node.position == Some(k)).count();
            let words = format!("{} ({n_held})", self.positions.name(k));
            let (fill, dot) = (self.positions.fill(k), has_dot(&self.positions, Some(k)));
            entries.push((Swatch::Stripe { fill, dot }, words));
        }
        entries
    }

    fn description(&self) -> String {
        format!("{} actors with {} ties: {}.", self.nodes.len(), self.drawn().count(), self.strength_name)
    }
}

/// What sorts `island 2` before `island 10`: the words, the number at the end, the whole.
fn natural(name: &str) -> (&str, u64, &str) {
    let words = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (words, name[words.len()..].parse().unwrap_or(0), name)
}

/// Where each group begins and ends in the order.
fn blocks(nodes: &[MatrixNode], order: &[usize]) -> Vec<(usize, usize)> {
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    for (row, &i) in order.iter().enumerate() {
        match blocks.last_mut() {
            Some((from, until)) if nodes[order[*from]].group == nodes[i].group => *until = row + 1,
            _ => blocks.push((row, row + 1)),
        }
    }
    blocks
}

/// Shades of ties: from light grey to black, which no position is coloured with.
fn shade_fill(shade: usize, n_shades: usize) -> String {
    let share = if n_shades <= 1 { 0.75 } else { shade as f64 / (n_shades - 1) as f64 };
    let level = (214.0 - share * 180.0).round() as u8;
    format!("#{level:02x}{level:02x}{:02x}", level.saturating_add(6))
}

fn flush(commands: &mut String, run: Option<(usize, usize, usize)>, (left, top): (f64, f64), cell: f64) {
    if let Some((row, from, until)) = run {
        let y = top + (row as f64 + 0.5) * cell;
        let _ = write!(
            commands,
            "M{} {}h{}",
            n(left + from as f64 * cell),
            n(y),
            n((until - from) as f64 * cell)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};

    fn matrix(n_nodes: usize, strength: impl Fn(usize, usize) -> f64) -> TieMatrix {
        let pairs = (0..n_nodes).flat_map(|i| (0..n_nodes).map(move |j| (i, j))).filter(|(i, j)| i != j);
        TieMatrix {
            title: "Shared organisations".into(),
            subtitle: LONG.into(),
            positions: Positions::new(["status quo", "partial", "total"]),
            nodes: (0..n_nodes)
                .map(|i| MatrixNode {
                    label: format!("{i} {LONG}"),
                    group: ["Africa", "Asia", LONG, ""][i % 4].into(),
                    position: [None, Some(0), Some(1), Some(2)][i % 4],
                })
                .collect(),
            ties: pairs.map(|(from, to)| NetworkTie { from, to, strength: strength(from, to) }).collect(),
            strength_name: "shared organisations".into(),
        }
    }

    #[test]
    fn nothing_collides_at_any_size() {
        for n_nodes in [0, 1, 2, 8, 34, 35, 190] {
            assert_clean(&matrix(n_nodes, |i, j| ((i * j) % 17) as f64).to_svg());
        }
    }

    #[test]
    fn equal_negative_and_absent_strengths_are_drawn_or_left_out() {
        for (strength, shades) in [(1.0, 1), (0.0, 0), (-2.0, 0), (f64::NAN, 0)] {
            let svg = matrix(6, |_, _| strength).to_svg();
            assert_clean(&svg);
            assert_eq!(count(&svg, "path"), shades, "{strength}");
        }
    }

    #[test]
    fn groups_stand_together_in_the_order_of_their_names() {
        let order = matrix(12, |i, j| (i + j) as f64).order();
        let groups: Vec<usize> = order.iter().map(|i| i % 4).collect();
        assert_eq!(groups, [3, 3, 3, 0, 0, 0, 1, 1, 1, 2, 2, 2], "the one without a name first");
    }

    #[test]
    fn groups_that_end_in_numbers_are_counted() {
        let mut names = ["island 10", "island 2", "Asia", "island 1", ""];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["", "Asia", "island 1", "island 2", "island 10"]);
    }

    #[test]
    fn a_large_matrix_stays_small_as_a_file() {
        let svg = matrix(190, |i, j| ((i * 7 + j * 13) % 60) as f64).to_svg();
        assert!(svg.len() < 900_000, "{}", svg.len());
        assert!(words(&svg).iter().all(|words| !words.starts_with("7 ")), "no names of rows");
    }
}

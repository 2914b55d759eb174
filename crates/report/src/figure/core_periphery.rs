//! The network at one date, from core to periphery.

use std::collections::BTreeMap;

use crate::canvas::{Anchor, Canvas, PAD, SMALL, Text, WIDTH, n};
use crate::figure::ring_layout::{Disc, RingLayout, ring_layout};
use crate::label::LabelBox;
use crate::legend::{Swatch, draw_legend};
use crate::number::compact;
use crate::palette::{FAINT, INK, MUTED, Positions};
use crate::scale::range;

/// Actors on rings: the most central in the middle, the periphery outside.
///
/// The size of a node shows its power, its colour the position that it holds;
/// actors of one group (such as a region) stand in one sector. The layout is
/// deterministic and nodes never overlap. Ties are light lines; the caller
/// thins them, as more than a few hundred say nothing.
///
/// ```
/// use normwave_report::{CorePeriphery, NetworkNode, NetworkTie, Positions};
/// let node = |label: &str, centrality, position| NetworkNode {
///     label: label.into(), group: "Europe".into(), centrality, power: centrality, position: Some(position),
/// };
/// let figure = CorePeriphery {
///     title: "Diplomatic exchange, June 1997".into(),
///     subtitle: String::new(),
///     positions: Positions::new(["status quo", "adopted"]),
///     nodes: vec![node("FRA", 0.9, 0), node("NOR", 0.2, 1)],
///     ties: vec![NetworkTie { from: 0, to: 1, strength: 1.0 }],
///     n_labels: 10,
///     centrality_name: "in-strength".into(),
///     power_name: "capabilities".into(),
/// };
/// assert!(figure.to_svg().contains("NOR"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CorePeriphery {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Names of the positions.
    pub positions: Positions,
    /// The actors.
    pub nodes: Vec<NetworkNode>,
    /// The ties to draw; those that name no node are left out.
    pub ties: Vec<NetworkTie>,
    /// How many of the most powerful get a label, where there is room.
    pub n_labels: usize,
    /// What centrality measures, for the legend.
    pub centrality_name: String,
    /// What power measures, for the legend.
    pub power_name: String,
}

/// One actor of a [`CorePeriphery`].
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkNode {
    /// Name or code; codes leave room for more labels.
    pub label: String,
    /// Group whose sector it stands in, such as a region; may be empty.
    pub group: String,
    /// Any measure of centrality; what is not finite stands outermost.
    pub centrality: f64,
    /// Any measure of power, ≥ 0; what is not finite is drawn smallest.
    pub power: f64,
    /// Position that it holds; `None` for actors that hold none.
    pub position: Option<usize>,
}

/// One tie of a [`CorePeriphery`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetworkTie {
    /// Index of the sender in `nodes`.
    pub from: usize,
    /// Index of the receiver in `nodes`.
    pub to: usize,
    /// Strength, which gives the line's width; what is not finite is not drawn.
    pub strength: f64,
}

/// Largest radius of the whole ring figure.
pub(crate) const REACH: f64 = 182.0;
const CENTRE: f64 = WIDTH / 2.0;

impl CorePeriphery {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = canvas.heading(&self.title, &self.subtitle);
        let (layout, radii) = self.layout();
        let with_groups = self.group_names().len() > 1;
        let margin = if with_groups { 34.0 } else { 8.0 };
        let reach = layout.radius.max(40.0);
        let middle = top + margin + reach;
        let at = |i: usize| (CENTRE + layout.places[i].0, middle + layout.places[i].1);

        self.draw_rings(&mut canvas, &layout, middle);
        self.draw_ties(&mut canvas, &at);
        for (i, node) in self.nodes.iter().enumerate() {
            self.draw_node(&mut canvas, node, at(i), radii[i]);
        }
        let mut taken = Vec::new();
        if with_groups {
            self.draw_group_names(&mut canvas, &layout, middle, &mut taken);
        }
        self.draw_labels(&mut canvas, &at, &radii, &mut taken);
        let end = draw_legend(&mut canvas, middle + reach + margin, &self.legend());
        canvas.finish(end + 10.0, &self.title, &self.description())
    }

    /// The layout and the nodes' radii, scaled so that all fit.
    pub(crate) fn layout(&self) -> (RingLayout, Vec<f64>) {
        let groups = self.group_names();
        let largest = range(self.nodes.iter().map(|node| node.power))
            .map_or(1.0, |(_, hi)| if hi > 0.0 { hi } else { 1.0 });
        let radius = |node: &NetworkNode, scale: f64| {
            let share = (node.power / largest).clamp(0.0, 1.0);
            let share = if share.is_finite() { share } else { 0.0 };
            scale * (0.24 + 0.76 * share.sqrt())
        };
        let with_scale = |scale: f64| {
            let discs: Vec<Disc> = self
                .nodes
                .iter()
                .map(|node| Disc {
                    centrality: node.centrality,
                    radius: radius(node, scale),
                    group: groups.get(node.group.as_str()).copied().unwrap_or(0),
                })
                .collect();
            let layout = ring_layout(&discs);
            (layout, discs.into_iter().map(|disc| disc.radius).collect())
        };
        // The reach grows with the scale: halve the interval to the largest that fits.
        let (mut lo, mut hi) = (0.5, 22.0);
        for _ in 0..24 {
            let middle = (lo + hi) / 2.0;
            let (layout, _): (RingLayout, Vec<f64>) = with_scale(middle);
            if layout.radius <= REACH {
                lo = middle;
            } else {
                hi = middle;
            }
        }
        with_scale(lo)
    }

    /// Groups in alphabetical order, with their indices.
    fn group_names(&self) -> BTreeMap<&str, usize> {
        let mut names: Vec<&str> = self.nodes.iter().map(|node| node.group.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().enumerate().map(|(i, name)| (name, i)).collect()
    }

    fn draw_rings(&self, canvas: &mut Canvas, layout: &RingLayout, middle: f64) {
        for ring in &layout.rings {
            let line = format!("stroke=\"{FAINT}\" stroke-width=\"1\"");
            canvas.circle((CENTRE, middle), *ring, "none", &line);
        }
    }

    fn draw_ties(&self, canvas: &mut Canvas, at: &dyn Fn(usize) -> (f64, f64)) {
        let drawn = self.ties.iter().filter(|tie| {
            tie.from < self.nodes.len() && tie.to < self.nodes.len() && tie.strength.is_finite()
        });
        let largest = range(self.ties.iter().map(|tie| tie.strength.abs()))
            .map_or(1.0, |(_, hi)| if hi > 0.0 { hi } else { 1.0 });
        let opacity = (7.0 / (self.ties.len().max(1) as f64).sqrt()).clamp(0.2, 0.7);
        for tie in drawn {
            let width = 0.4 + 1.4 * tie.strength.abs() / largest;
            let extra = format!("stroke-width=\"{}\" stroke-opacity=\"{}\"", n(width), n(opacity));
            canvas.line(at(tie.from), at(tie.to), "#8f99a5", &extra);
        }
    }

    fn draw_node(&self, canvas: &mut Canvas, node: &NetworkNode, at: (f64, f64), radius: f64) {
        let (fill, stroke) = self.colours(node.position);
        let held = node.position.map_or_else(|| "no position".into(), |k| self.positions.name(k));
        canvas.group(&format!(
            "{} ({held}): {} {}, {} {}",
            node.label,
            self.centrality_name,
            compact(node.centrality),
            self.power_name,
            compact(node.power)
        ));
        canvas.circle(at, radius, &fill, &format!("stroke=\"{stroke}\" stroke-width=\"0.8\""));
        canvas.end_group();
    }

    fn colours(&self, position: Option<usize>) -> (String, String) {
        match position {
            Some(k) => (self.positions.fill(k), self.positions.stroke(k)),
            None => ("#ffffff".into(), MUTED.into()),
        }
    }

    /// Names of the sectors, outside the outermost ring.
    fn draw_group_names(
        &self,
        canvas: &mut Canvas,
        layout: &RingLayout,
        middle: f64,
        taken: &mut Vec<LabelBox>,
    ) {
        for (name, i) in self.group_names() {
            let Some(angle) = layout.sectors.get(i).copied().flatten() else {
                continue;
            };
            let (dx, dy) = (angle.sin(), -angle.cos());
            let (x, y) = (CENTRE + dx * (layout.radius + 8.0), middle + dy * (layout.radius + 8.0));
            let anchor = match dx {
                dx if dx > 0.25 => Anchor::Start,
                dx if dx < -0.25 => Anchor::End,
                _ => Anchor::Middle,
            };
            let style = Text::NOTE.bold().at(anchor).haloed();
            let room = match anchor {
                Anchor::Start => WIDTH - 4.0 - x,
                Anchor::End => x - 4.0,
                Anchor::Middle => WIDTH / 2.0,
            };
            let lines = style.wrap(name, room, 3);
            let first = y + 4.0 + (dy - 1.0) / 2.0 * (lines.len() as f64 - 1.0) * style.leading();
            let boxes: Vec<LabelBox> = lines
                .iter()
                .enumerate()
                .map(|(row, line)| LabelBox::of(line, style, x, first + row as f64 * style.leading()))
                .collect();
            if boxes.iter().any(|b| taken.iter().any(|t| t.touches(b))) {
                continue;
            }
            for (row, line) in lines.iter().enumerate() {
                canvas.text(x, first + row as f64 * style.leading(), line, style);
            }
            taken.extend(boxes);
        }
    }

    /// Labels of the most powerful, each where it is free and hides the fewest nodes.
    fn draw_labels(
        &self,
        canvas: &mut Canvas,
        at: &dyn Fn(usize) -> (f64, f64),
        radii: &[f64],
        taken: &mut Vec<LabelBox>,
    ) {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        let power = |i: usize| {
            let p = self.nodes[i].power;
            if p.is_finite() { p } else { f64::NEG_INFINITY }
        };
        order.sort_by(|&a, &b| power(b).total_cmp(&power(a)));
        for i in order.into_iter().take(self.n_labels) {
            let (x, y) = at(i);
            let r = radii[i];
            let label = Text::NOTE.fit(&self.nodes[i].label, 90.0);
            let over = Text::NOTE.filled(INK).bold().haloed();
            let middle = over.at(Anchor::Middle);
            let mut places = vec![
                (x + r + 3.0, y + 4.0, over),
                (x - r - 3.0, y + 4.0, over.at(Anchor::End)),
                (x, y - r - 3.5, middle),
                (x, y + r + SMALL * 0.8 + 2.5, middle),
            ];
            if over.width(&label) <= 2.0 * r - 3.0 {
                let dark = self.nodes[i].position.is_some_and(|k| k + 1 >= self.positions.len());
                let inside = Text::NOTE.bold().at(Anchor::Middle);
                let fill = if dark && self.nodes[i].position != Some(0) { "#ffffff" } else { INK };
                places.insert(0, (x, y + 4.2, inside.filled(fill)));
            }
            let hidden = |spot: &LabelBox| {
                let others = (0..radii.len()).filter(|&j| j != i);
                others.map(|j| spot.depth_over(at(j), radii[j])).sum::<f64>()
            };
            let free = places.into_iter().filter_map(|(x, y, style)| {
                let spot = LabelBox::of(&label, style, x, y);
                let inside = spot.left >= PAD / 2.0 && spot.right <= WIDTH - PAD / 2.0;
                let is_free = inside && !taken.iter().any(|other| other.touches(&spot));
                is_free.then(|| (hidden(&spot), (x, y, style)))
            });
            if let Some((_, (x, y, style))) = free.min_by(|a, b| a.0.total_cmp(&b.0)) {
                canvas.text(x, y, &label, style);
                taken.push(LabelBox::of(&label, style, x, y));
            }
        }
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let mut entries: Vec<_> = (0..self.positions.len())
            .map(|k| {
                let (fill, stroke) = self.colours(Some(k));
                let n_held = self.nodes.iter().filter(|node| node.position == Some(k)).count();
                let words = format!("{} ({n_held})", self.positions.name(k));
                (Swatch::Node { fill, stroke }, words)
            })
            .collect();
        if self.nodes.iter().any(|node| node.position.is_none()) {
            let (fill, stroke) = self.colours(None);
            entries.push((Swatch::Node { fill, stroke }, "no position".into()));
        }
        entries.push((Swatch::None, format!("centre: highest {}", self.centrality_name)));
        entries.push((Swatch::None, format!("size: {}", self.power_name)));
        entries
    }

    fn description(&self) -> String {
        let held = (0..self.positions.len()).map(|k| {
            let n_held = self.nodes.iter().filter(|node| node.position == Some(k)).count();
            format!("{n_held} hold {}", self.positions.name(k))
        });
        format!(
            "{} actors on rings by {}: {}.",
            self.nodes.len(),
            self.centrality_name,
            held.collect::<Vec<_>>().join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count};

    fn figure(n_nodes: usize, power: impl Fn(usize) -> f64, label: &str) -> CorePeriphery {
        CorePeriphery {
            title: "Diplomatic exchange, June 1997".into(),
            subtitle: String::new(),
            positions: Positions::new(["status quo", "partial", "total ban"]),
            nodes: (0..n_nodes)
                .map(|i| NetworkNode {
                    label: format!("{label}{i}"),
                    group: ["Africa", "Americas", "Asia", LONG, ""][i % 5].into(),
                    centrality: power(i),
                    power: power(n_nodes - i),
                    position: Some(i % 3),
                })
                .collect(),
            ties: (1..n_nodes).map(|to| NetworkTie { from: 0, to, strength: power(to) }).collect(),
            n_labels: 30,
            centrality_name: "in-strength".into(),
            power_name: "capabilities".into(),
        }
    }

    #[test]
    fn any_number_of_actors_fits_without_colliding_labels() {
        for n_nodes in [0, 1, 2, 3, 10, 60, 190, 400] {
            assert_clean(&figure(n_nodes, |i| 1.0 / (i + 1) as f64, "S").to_svg());
            assert_clean(&figure(n_nodes, |i| i as f64 * 1e9, LONG).to_svg());
        }
    }

    #[test]
    fn equal_zero_negative_and_absent_values_are_drawn() {
        for value in [0.0, 1.0, -4.0, 1e9, f64::NAN, f64::INFINITY] {
            let svg = figure(40, |_| value, "S").to_svg();
            assert_clean(&svg);
            assert!(count(&svg, "circle") >= 40);
        }
    }

    #[test]
    fn a_tie_to_nobody_is_left_out() {
        let mut two = figure(2, |i| i as f64, "S");
        assert_eq!(count(&two.to_svg(), "line"), 1);
        two.ties[0].to = 99;
        assert_eq!(count(&two.to_svg(), "line"), 0);
    }
}

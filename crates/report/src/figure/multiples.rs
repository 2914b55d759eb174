//! The same network at several dates, side by side.

use crate::canvas::{Anchor, Canvas, PAD, Text};
use crate::figure::core_periphery::{CorePeriphery, NetworkNode, REACH};
use crate::label::LabelBox;
use crate::legend::{Swatch, draw_legend};
use crate::map_frame::MapFrame;
use crate::marker::{Sizes, colours, draw_marker, has_dot};
use crate::palette::{INK, Positions};
use crate::repel::repel;

/// Small pictures of who holds what at several dates, everybody always at the same place; who has
/// taken a new position since the picture before has a white middle.
///
/// ```
/// use normwave_report::{Ground, MultipleNode, Multiples, Panel, Positions};
/// let figure = Multiples {
///     title: "The ban spreads".into(),
///     subtitle: String::new(),
///     positions: Positions::new(["status quo", "adopted"]),
///     ground: Ground::Map(vec![(48.9, 2.3), (59.9, 10.7)]),
///     nodes: ["FRA", "NOR"].map(|label| MultipleNode { label: label.into(), power: 1.0 }).into(),
///     panels: vec![
///         Panel { label: "1996".into(), positions: vec![Some(0), Some(0)] },
///         Panel { label: "1997".into(), positions: vec![Some(0), Some(1)] },
///     ],
///     power_name: "capability".into(),
/// };
/// assert!(figure.to_svg().contains("1 of 2, 1 new"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Names of the positions.
    pub positions: Positions,
    /// Where the actors stand.
    pub ground: Ground,
    /// The actors.
    pub nodes: Vec<MultipleNode>,
    /// The dates, in order; 4 to 12 fit a page.
    pub panels: Vec<Panel>,
    /// What power measures, for the legend.
    pub power_name: String,
}

/// Where the actors of [`Multiples`] stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// At these latitudes and longitudes, in degrees; who has none that is finite is not drawn.
    Map(Vec<(f64, f64)>),
    /// On rings, from the most central to the least; those of a group in one sector.
    Rings {
        /// Any measure of centrality of each actor.
        centrality: Vec<f64>,
        /// The group of each actor; may be empty.
        groups: Vec<String>,
    },
}

/// One actor of [`Multiples`].
#[derive(Debug, Clone, PartialEq)]
pub struct MultipleNode {
    /// Name or code.
    pub label: String,
    /// Any measure of power, ≥ 0; what is not finite is drawn smallest.
    pub power: f64,
}

/// One date of [`Multiples`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The date in words.
    pub label: String,
    /// The position of each actor; `None` for who does not live then, or holds none, and is not drawn.
    pub positions: Vec<Option<usize>>,
}

/// Space between two pictures.
const GUTTER: f64 = 14.0;
/// Height of the words above a picture.
const HEAD: f64 = 22.0;

/// So few actors need no large picture.
const FEW: usize = 20;
/// More actors lose their names.
const MAX_NAMED: usize = 40;

/// Where the discs of one picture are, from its upper left corner.
struct Cell {
    frame: Option<MapFrame>,
    size: (f64, f64),
    places: Vec<Option<(f64, f64)>>,
    radii: Vec<f64>,
    names: Vec<(String, f64, f64, Text)>,
}

impl Multiples {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::wide();
        let top = canvas.heading(&self.title, &self.subtitle);
        let columns = self.n_columns();
        let width = (canvas.width() - 2.0 * PAD - GUTTER * (columns as f64 - 1.0)) / columns as f64;
        let mut cell = self.cell(width);
        cell.names = self.names(&cell);
        let mut bottom = top;
        for no in 0..self.panels.len() {
            let left = PAD + (no % columns) as f64 * (width + GUTTER);
            let y = top + (no / columns) as f64 * (cell.size.1 + HEAD + GUTTER);
            self.draw_panel(&mut canvas, no, &cell, (left, y + HEAD), width);
            bottom = y + HEAD + cell.size.1;
        }
        let end = draw_legend(&mut canvas, bottom + 8.0, &self.legend(&cell));
        canvas.finish(end + 10.0, &self.title, &self.description())
    }

    fn n_columns(&self) -> usize {
        match (self.panels.len(), &self.ground) {
            (2..=9, Ground::Rings { .. }) if self.nodes.len() <= FEW => 3,
            (0..=1, Ground::Map(_)) => 1,
            (0..=4, _) | (5..=6, Ground::Map(_)) => 2,
            (5..=9, _) | (_, Ground::Map(_)) => 3,
            (_, Ground::Rings { .. }) => 4,
        }
    }

    fn cell(&self, width: f64) -> Cell {
        match &self.ground {
            Ground::Map(places) => self.map_cell(places, width),
            Ground::Rings { centrality, groups } => self.ring_cell(centrality, groups, width),
        }
    }

    fn map_cell(&self, places: &[(f64, f64)], width: f64) -> Cell {
        let known = |i: &usize| places.get(*i).is_some_and(|p| p.0.abs() <= 90.0 && p.1.abs() <= 360.0);
        let placed: Vec<usize> = (0..self.nodes.len()).filter(known).collect();
        let all: Vec<(f64, f64)> = placed.iter().map(|&i| places[i]).collect();
        let frame = MapFrame::over(&all, (0.0, 0.0), width, width * 0.8);
        let sizes = Sizes::over(
            placed.iter().map(|&i| self.nodes[i].power),
            (width * 0.0085).clamp(1.6, 4.0),
            width * 0.026,
        );
        let radii: Vec<f64> = self.nodes.iter().map(|node| sizes.radius(node.power)).collect();
        let anchors: Vec<_> = all.iter().map(|&(lat, lng)| frame.at(lat, lng)).collect();
        let own: Vec<f64> = placed.iter().map(|&i| radii[i]).collect();
        let area = frame.area();
        let mut found = vec![None; self.nodes.len()];
        for (&i, place) in placed.iter().zip(repel(&anchors, &own, 0.6, area)) {
            found[i] = Some(place);
        }
        Cell { frame: Some(frame), size: (width, area[3]), places: found, radii, names: Vec::new() }
    }

    fn ring_cell(&self, centrality: &[f64], groups: &[String], width: f64) -> Cell {
        let node = |(i, node): (usize, &MultipleNode)| NetworkNode {
            label: String::new(),
            group: groups.get(i).cloned().unwrap_or_default(),
            centrality: centrality.get(i).copied().unwrap_or(f64::NAN),
            power: node.power,
            position: None,
        };
        let rings = CorePeriphery {
            title: String::new(),
            subtitle: String::new(),
            positions: self.positions.clone(),
            nodes: self.nodes.iter().enumerate().map(node).collect(),
            ties: Vec::new(),
            n_labels: 0,
            centrality_name: String::new(),
            power_name: String::new(),
        };
        let (layout, radii) = rings.layout();
        // Room for names below and beside.
        let margin = if self.nodes.len() <= MAX_NAMED { 16.0 } else { 2.0 };
        let scale = (width / 2.0 - margin) / layout.radius.clamp(40.0, REACH.max(layout.radius));
        let middle = width / 2.0;
        let places = layout.places.iter().map(|&(x, y)| Some((middle + scale * x, middle + scale * y)));
        // Smaller discs leave room for names between them.
        let share = if self.nodes.len() <= MAX_NAMED { 0.55 } else { 1.0 };
        let radii = radii.iter().map(|radius| radius * scale * share).collect();
        Cell { frame: None, size: (width, width), places: places.collect(), radii, names: Vec::new() }
    }

    fn draw_panel(&self, canvas: &mut Canvas, no: usize, cell: &Cell, at: (f64, f64), width: f64) {
        let panel = &self.panels[no];
        let before = no.checked_sub(1).map(|before| &self.panels[before]);
        let held = |i: usize| panel.positions.get(i).copied().flatten();
        let is_new = |i: usize| {
            let then = before.and_then(|panel| panel.positions.get(i).copied().flatten());
            before.is_some() && held(i).is_some_and(|k| k > 0 && then.is_none_or(|then| then < k))
        };
        let drawn: Vec<usize> =
            (0..self.nodes.len()).filter(|&i| held(i).is_some() && cell.places[i].is_some()).collect();
        let n_held = drawn.iter().filter(|&&i| held(i) > Some(0)).count();
        let n_new = drawn.iter().filter(|&&i| is_new(i)).count();
        let mut words = format!("{n_held} of {}", drawn.len());
        if before.is_some() {
            words += &format!(", {n_new} new");
        }
        let date = Text::LABEL.bold();
        let room = width - Text::NOTE.width(&words) - 12.0;
        let label = date.fit(&panel.label, room);
        canvas.text(at.0, at.1 - 7.0, &label, date);
        canvas.text(at.0 + date.width(&label) + 8.0, at.1 - 7.0, &words, Text::NOTE);

        if let Some(frame) = &cell.frame {
            frame.moved_by(at).draw_ground(canvas);
        } else {
            canvas.rect([at.0, at.1, width, cell.size.1], "#f6f8fa", "rx=\"3\"");
        }
        // The largest first, the new on top.
        let mut order = drawn;
        order.sort_by(|&a, &b| is_new(a).cmp(&is_new(b)).then(cell.radii[b].total_cmp(&cell.radii[a])));
        for i in order {
            if let Some((x, y)) = cell.places[i] {
                canvas.group(&self.nodes[i].label);
                let place = (at.0 + x, at.1 + y);
                draw_marker(canvas, &self.positions, held(i), place, cell.radii[i], is_new(i));
                canvas.end_group();
            }
        }
        for (label, x, y, style) in &cell.names {
            canvas.text(at.0 + x, at.1 + y, label, *style);
        }
    }

    /// Where the names of few actors stand, from the corner of a picture: beside their discs, the
    /// largest first, where they hide nobody.
    fn names(&self, cell: &Cell) -> Vec<(String, f64, f64, Text)> {
        let mut names: Vec<(String, f64, f64, Text)> = Vec::new();
        if self.nodes.len() > MAX_NAMED {
            return names;
        }
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by(|&a, &b| cell.radii[b].total_cmp(&cell.radii[a]));
        let mut taken: Vec<LabelBox> = Vec::new();
        for i in order {
            let Some((x, y)) = cell.places[i] else { continue };
            let (r, style) = (cell.radii[i], Text::NOTE.filled(INK).haloed());
            let label = style.fit(&self.nodes[i].label, 80.0);
            let middle = style.at(Anchor::Middle);
            let beside = [
                (x, y + r + 11.5, middle),
                (x, y - r - 3.5, middle),
                (x + r + 2.5, y + 4.0, style),
                (x - r - 2.5, y + 4.0, style.at(Anchor::End)),
            ];
            let free = beside.into_iter().find_map(|(x, y, style)| {
                let spot = LabelBox::of(&label, style, x, y);
                let hides = (0..self.nodes.len())
                    .filter(|&j| j != i)
                    .any(|j| cell.places[j].is_some_and(|at| spot.depth_over(at, cell.radii[j]) > 0.5));
                let is_free = spot.is_inside([0.0, 0.0, cell.size.0, cell.size.1])
                    && !hides
                    && !taken.iter().any(|other| other.touches(&spot));
                is_free.then_some((spot, x, y, style))
            });
            if let Some((spot, x, y, style)) = free {
                taken.push(spot);
                names.push((label, x, y, style));
            }
        }
        names
    }

    fn legend(&self, cell: &Cell) -> Vec<(Swatch, String)> {
        let mut entries: Vec<(Swatch, String)> = (0..self.positions.len())
            .map(|k| {
                let (fill, stroke) = colours(&self.positions, Some(k));
                let dot = has_dot(&self.positions, Some(k));
                (Swatch::Actor { fill, stroke, dot }, self.positions.name(k))
            })
            .collect();
        let fill = self.positions.fill(self.positions.len().saturating_sub(1));
        entries.push((Swatch::New { fill }, "new since the picture before".into()));
        entries.push((Swatch::None, format!("area: {}", self.power_name)));
        entries.push((Swatch::None, "numbers: who holds a new position".into()));
        let n_placeless = cell.places.iter().filter(|place| place.is_none()).count();
        if n_placeless > 0 {
            entries.push((Swatch::None, format!("without coordinates, not drawn: {n_placeless}")));
        }
        entries
    }

    fn description(&self) -> String {
        let panels = self.panels.iter().map(|panel| {
            let n_held = panel.positions.iter().filter(|held| **held > Some(0)).count();
            format!("{}: {n_held}", panel.label)
        });
        format!("How many hold a new position. {}.", panels.collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};

    fn figure(n_nodes: usize, n_panels: usize, on_map: bool) -> Multiples {
        let ground = if on_map {
            let place = |i: usize| ((i * 37 % 130) as f64 - 60.0, (i * 71 % 360) as f64 - 180.0);
            Ground::Map((0..n_nodes).map(place).collect())
        } else {
            Ground::Rings {
                centrality: (0..n_nodes).map(|i| i as f64).collect(),
                groups: (0..n_nodes).map(|i| format!("{}", i % 3)).collect(),
            }
        };
        let panel = |no: usize| Panel {
            label: format!("{} {LONG}", 1990 + no),
            positions: (0..n_nodes)
                .map(|i| Some(usize::from(i < no * 10) + usize::from(i < no * 4)))
                .collect(),
        };
        Multiples {
            title: LONG.into(),
            subtitle: LONG.into(),
            positions: Positions::new(["status quo", "partial", "total"]),
            ground,
            nodes: (0..n_nodes)
                .map(|i| MultipleNode { label: format!("S{i}"), power: 1.0 / (i + 1) as f64 })
                .collect(),
            panels: (0..n_panels).map(panel).collect(),
            power_name: "capability".into(),
        }
    }

    #[test]
    fn any_number_of_actors_and_dates_fits_without_colliding_words() {
        for on_map in [true, false] {
            for n_nodes in [0, 1, 2, 40, 190] {
                for n_panels in [0, 1, 2, 4, 5, 12] {
                    assert_clean(&figure(n_nodes, n_panels, on_map).to_svg());
                }
            }
        }
    }

    #[test]
    fn who_took_a_position_since_the_picture_before_is_counted_and_marked() {
        let mut two = figure(3, 0, true);
        two.positions = Positions::new(["no", "yes"]);
        let panel = |label: &str, positions: [Option<usize>; 3]| Panel {
            label: label.into(),
            positions: positions.into(),
        };
        two.panels = vec![
            panel("a", [Some(0), Some(1), None]),
            panel("b", [Some(1), Some(1), Some(1)]),
            panel("c", [Some(0), Some(1), Some(1)]),
        ];
        let svg = two.to_svg();
        let said = words(&svg);
        for expected in ["1 of 2", "3 of 3, 2 new", "2 of 3, 0 new"] {
            assert!(said.iter().any(|words| words == expected), "{expected} in {said:?}");
        }
        assert_eq!(svg.matches("stroke=\"#1f2328\"").count(), 2 + 1, "two discs and the legend");
    }

    #[test]
    fn who_has_no_coordinates_is_counted_and_not_drawn() {
        let mut one = figure(3, 1, true);
        one.ground = Ground::Map(vec![(10.0, 10.0), (f64::NAN, 0.0)]);
        let svg = one.to_svg();
        assert!(svg.contains("without coordinates, not drawn: 2"));
        assert_eq!(count(&svg, "g"), 1);
    }

    #[test]
    fn few_actors_are_named_in_every_picture_and_many_in_none() {
        let named = |n_nodes: usize| {
            let mut figure = figure(n_nodes, 3, false);
            figure.nodes.iter_mut().for_each(|node| node.power = 1.0);
            words(&figure.to_svg()).iter().filter(|words| *words == "S3").count()
        };
        assert_eq!((named(8), named(60)), (3, 0));
    }
}

//! The network on a date as a map.

use crate::canvas::{Anchor, Canvas, PAD, SMALL, Text, n};
use crate::figure::core_periphery::NetworkTie;
use crate::label::LabelBox;
use crate::legend::{Swatch, draw_legend};
use crate::map_frame::MapFrame;
use crate::marker::{Sizes, colours, draw_marker, has_dot};
use crate::number::compact;
use crate::palette::{INK, MUTED, Positions};
use crate::repel::repel;
use crate::thinning::Thinned;

/// Actors at their capitals, sized by power and coloured by position, with the ties of a layer.
///
/// The projection is Natural Earth. There are no coastlines: the graticule, the names of the
/// groups and the codes of the states tell where one is. Discs make room for each other; a
/// hairline leads from a disc that had to move to its capital. On a world map Europe, the
/// Caribbean and West Africa are enlarged below the map, where the states there have their discs;
/// on the map they are dots.
///
/// Ties are thinned to the strongest of each actor, and the figure says how many are drawn. They
/// go over the edge of the map where that is shorter.
///
/// ```
/// use normwave_report::{MapNode, NetworkMap, NetworkTie, Positions};
/// let state = |label: &str, lat, lng, position| MapNode {
///     label: label.into(), group: "Europe".into(), lat, lng, power: 1.0, position: Some(position),
/// };
/// let figure = NetworkMap {
///     title: "Who banned mines, June 1997".into(),
///     subtitle: String::new(),
///     positions: Positions::new(["status quo", "adopted"]),
///     nodes: vec![state("FRA", 48.9, 2.3, 0), state("NOR", 59.9, 10.7, 1)],
///     ties: vec![NetworkTie { from: 0, to: 1, strength: 1.0 }],
///     n_ties: 300,
///     layer_name: "trade".into(),
///     power_name: "capability".into(),
/// };
/// assert!(figure.to_svg().contains("NOR"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkMap {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Names of the positions.
    pub positions: Positions,
    /// The actors.
    pub nodes: Vec<MapNode>,
    /// All ties of the layer; those that name no node are left out.
    pub ties: Vec<NetworkTie>,
    /// How many tied pairs are drawn at most.
    pub n_ties: usize,
    /// Name of the layer, for the legend; empty if no ties are to be drawn.
    pub layer_name: String,
    /// What power measures, for the legend.
    pub power_name: String,
}

/// One actor of a [`NetworkMap`].
#[derive(Debug, Clone, PartialEq)]
pub struct MapNode {
    /// Name or code; codes leave room for more labels.
    pub label: String,
    /// Group whose name stands on the map, such as a region; may be empty.
    pub group: String,
    /// Latitude of its capital in degrees, north is positive; who has none is not drawn.
    pub lat: f64,
    /// Longitude of its capital in degrees, east is positive; who has none is not drawn.
    pub lng: f64,
    /// Any measure of power, ≥ 0; what is not finite is drawn smallest.
    pub power: f64,
    /// Position that it holds; `None` for actors that hold none.
    pub position: Option<usize>,
}

impl MapNode {
    fn place(&self) -> Option<(f64, f64)> {
        let on_globe = self.lat.abs() <= 90.0 && self.lng.abs() <= 360.0;
        on_globe.then_some((self.lat, self.lng))
    }
}

/// A part of the world that is enlarged, because more capitals lie in it than a map of the world
/// has room for.
struct Window {
    name: &'static str,
    lat: (f64, f64),
    lng: (f64, f64),
}

const WINDOWS: [Window; 3] = [
    Window { name: "Europe and around", lat: (33.2, 61.8), lng: (-11.5, 46.0) },
    Window { name: "Caribbean", lat: (7.6, 26.4), lng: (-92.5, -57.5) },
    Window { name: "West Africa", lat: (-1.0, 16.5), lng: (-25.0, 13.0) },
];
/// A window is opened for at least so many.
const CROWD: usize = 6;
/// Room around a disc.
const GAP: f64 = 1.0;
/// Radius of the smallest and the largest disc.
const SIZES: [f64; 2] = [3.8, 16.0];
/// Discs of which a label may hide more than a rim.
const FIRST_LABELS: usize = 12;

/// A frame with the discs that are drawn in it.
struct Sheet {
    frame: MapFrame,
    /// Whose disc stands here.
    members: Vec<usize>,
    places: Vec<(f64, f64)>,
}

impl NetworkMap {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::wide();
        let top = canvas.heading(&self.title, &self.subtitle);
        let placed: Vec<usize> = (0..self.nodes.len()).filter(|&i| self.nodes[i].place().is_some()).collect();
        if placed.is_empty() {
            canvas.text(PAD, top + 20.0, "no coordinates to show", Text::LABEL);
            return canvas.finish(top + 40.0, &self.title, &self.description());
        }
        let sizes = Sizes::over(placed.iter().map(|&i| self.nodes[i].power), SIZES[0], SIZES[1]);
        let radii: Vec<f64> = self.nodes.iter().map(|node| sizes.radius(node.power)).collect();
        let sheets = self.sheets(&placed, &radii, top, canvas.width());
        let thinned = Thinned::new(&self.ties, self.nodes.len(), self.n_ties);

        let mut taken = Vec::new();
        for (no, sheet) in sheets.iter().enumerate() {
            sheet.frame.draw_ground(&mut canvas);
            if no == 0 {
                sheet.frame.draw_degrees(&mut canvas, &mut taken);
            }
        }
        self.draw_windows(&mut canvas, &sheets, &mut taken);
        self.draw_ties(&mut canvas, &sheets, &thinned);
        let discs = self.draw_discs(&mut canvas, &sheets, &radii);
        self.draw_group_names(&mut canvas, &sheets[0], &discs, &mut taken);
        self.draw_labels(&mut canvas, &sheets, &radii, &discs, &mut taken);

        let bottom = sheets.iter().map(|sheet| sheet.frame.bottom()).fold(top, f64::max);
        let bottom = bottom.max(sheets[0].frame.bottom() + 16.0);
        let legend = self.legend(&sheets, &radii, &sizes, &thinned, self.nodes.len() - placed.len());
        let end = draw_legend(&mut canvas, bottom + 6.0, &legend);
        canvas.finish(end + 10.0, &self.title, &self.description())
    }

    /// The map and the windows that are opened.
    fn sheets(&self, placed: &[usize], radii: &[f64], top: f64, width: f64) -> Vec<Sheet> {
        let place = |i: usize| (self.nodes[i].lat, self.nodes[i].lng);
        let all: Vec<(f64, f64)> = placed.iter().map(|&i| place(i)).collect();
        let room = width - 2.0 * PAD;
        let map = MapFrame::over(&all, (PAD, top), room, 460.0);
        let mut members = placed.to_vec();
        let mut opened: Vec<(&Window, Vec<usize>)> = Vec::new();
        for window in WINDOWS.iter().filter(|_| map.is_world()) {
            let (inside, outside): (Vec<usize>, Vec<usize>) =
                members.iter().partition(|&&i| window.holds(place(i)));
            if inside.len() >= CROWD {
                opened.push((window, inside));
                members = outside;
            }
        }
        let mut sheets = vec![self.sheet(map, members, radii)];
        // The first on the left, the others below each other on its right.
        let first = if opened.len() > 1 { 448.0 } else { 520.0 };
        let mut corner = (PAD, map.bottom() + 42.0);
        for (no, (window, inside)) in opened.into_iter().enumerate() {
            let wide = if no == 0 { first } else { room - first - 12.0 };
            let frame = MapFrame::window(window.lat, window.lng, corner, wide);
            corner = if no == 0 { (PAD + first + 12.0, corner.1) } else { (corner.0, frame.bottom() + 22.0) };
            sheets.push(self.sheet(frame, inside, radii));
        }
        sheets
    }

    fn sheet(&self, frame: MapFrame, members: Vec<usize>, radii: &[f64]) -> Sheet {
        let anchors: Vec<_> =
            members.iter().map(|&i| frame.at(self.nodes[i].lat, self.nodes[i].lng)).collect();
        let own: Vec<f64> = members.iter().map(|&i| radii[i]).collect();
        let [left, top, right, bottom] = frame.area();
        let places = repel(&anchors, &own, GAP, [left + 1.0, top + 1.0, right - 1.0, bottom - 1.0]);
        Sheet { frame, members, places }
    }

    /// Names of the enlarged windows, and where they are on the map.
    fn draw_windows(&self, canvas: &mut Canvas, sheets: &[Sheet], taken: &mut Vec<LabelBox>) {
        for sheet in &sheets[1..] {
            let Some(window) = WINDOWS.iter().find(|w| sheet.members.iter().all(|&i| w.holds(self.at(i))))
            else {
                continue;
            };
            let outline = sheets[0].frame.outline(window.lat, window.lng);
            canvas.polygon(
                &outline,
                "none",
                "stroke=\"#8f99a5\" stroke-width=\"0.9\" stroke-dasharray=\"3 2\"",
            );
            let [left, top, ..] = sheet.frame.area();
            let style = Text::NOTE.bold();
            canvas.text(left + 2.0, top - 5.0, window.name, style);
            taken.push(LabelBox::of(window.name, style, left + 2.0, top - 5.0));
        }
    }

    fn at(&self, i: usize) -> (f64, f64) {
        (self.nodes[i].lat, self.nodes[i].lng)
    }

    fn draw_ties(&self, canvas: &mut Canvas, sheets: &[Sheet], thinned: &Thinned) {
        // Where each node is drawn, and in which sheet.
        let mut where_drawn = vec![None; self.nodes.len()];
        for (no, sheet) in sheets.iter().enumerate() {
            for (&i, &place) in sheet.members.iter().zip(&sheet.places) {
                where_drawn[i] = Some((no, place));
            }
        }
        let map = &sheets[0].frame;
        let (weakest, strongest) =
            crate::scale::range(thinned.drawn.iter().map(|tie| tie.strength)).unwrap_or((0.0, 0.0));
        let opacity = (5.0 / (thinned.drawn.len().max(1) as f64).sqrt()).clamp(0.22, 0.6);
        for tie in &thinned.drawn {
            let (Some(from), Some(to)) = (where_drawn[tie.from], where_drawn[tie.to]) else { continue };
            let share = if strongest > weakest { tie.strength / strongest } else { 0.3 };
            let extra =
                format!("stroke-width=\"{}\" stroke-opacity=\"{}\"", n(0.4 + 1.2 * share), n(opacity));
            if from.0 == to.0 && from.0 > 0 {
                canvas.line(from.1, to.1, TIE, &extra);
                continue;
            }
            let ends = [(tie.from, from), (tie.to, to)];
            let drawn = ends.map(
                |(i, (no, place))| {
                    if no == 0 { place } else { map.at(self.nodes[i].lat, self.nodes[i].lng) }
                },
            );
            for piece in map.way([self.at(tie.from), self.at(tie.to)], drawn) {
                canvas.line(piece[0], piece[1], TIE, &extra);
            }
        }
    }

    /// Draws all discs, dots and hairlines; returns where the discs and dots are, with radii.
    fn draw_discs(&self, canvas: &mut Canvas, sheets: &[Sheet], radii: &[f64]) -> Vec<((f64, f64), f64)> {
        let mut discs = Vec::new();
        let map = &sheets[0].frame;
        for &i in sheets[1..].iter().flat_map(|sheet| &sheet.members) {
            let at = map.at(self.nodes[i].lat, self.nodes[i].lng);
            let (fill, stroke) = colours(&self.positions, self.nodes[i].position);
            canvas.circle(at, 1.7, &fill, &format!("stroke=\"{stroke}\" stroke-width=\"0.6\""));
            discs.push((at, 1.7));
        }
        for sheet in sheets {
            for (&i, &place) in sheet.members.iter().zip(&sheet.places) {
                let node = &self.nodes[i];
                let capital = sheet.frame.at(node.lat, node.lng);
                if is_moved(capital, place, radii[i]) {
                    canvas.line(capital, place, INK, "stroke-width=\"0.6\" stroke-opacity=\"0.7\"");
                    canvas.circle(capital, 0.9, INK, "");
                }
            }
            for (&i, &place) in sheet.members.iter().zip(&sheet.places) {
                let node = &self.nodes[i];
                let held = node.position.map_or_else(|| "no position".into(), |k| self.positions.name(k));
                canvas.group(&format!(
                    "{} ({held}): {} {}",
                    node.label,
                    self.power_name,
                    compact(node.power)
                ));
                draw_marker(canvas, &self.positions, node.position, place, radii[i], false);
                canvas.end_group();
                discs.push((place, radii[i]));
            }
        }
        discs
    }

    /// The names of the groups, each near the middle of its members where it hides the least.
    fn draw_group_names(
        &self,
        canvas: &mut Canvas,
        map: &Sheet,
        discs: &[((f64, f64), f64)],
        taken: &mut Vec<LabelBox>,
    ) {
        let mut groups: Vec<&str> = self.nodes.iter().map(|node| node.group.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        let style = Text { fill: MUTED, ..Text::LABEL.bold() }.at(Anchor::Middle).haloed();
        for name in groups.into_iter().filter(|name| !name.is_empty()) {
            let of = self.nodes.iter().filter(|node| node.group == name && node.place().is_some());
            let spots: Vec<(f64, f64)> = of.map(|node| map.frame.at(node.lat, node.lng)).collect();
            if spots.len() < 3 {
                continue;
            }
            let middle = (median(spots.iter().map(|p| p.0)), median(spots.iter().map(|p| p.1)));
            let words = style.fit(name, 150.0);
            let mut best: Option<(f64, (f64, f64), LabelBox)> = None;
            for (row, column) in (-8i32..=8).flat_map(|row| (-10i32..=10).map(move |column| (row, column))) {
                let away = (f64::from(column) * 10.0, f64::from(row) * 8.0);
                let (x, y) = (middle.0 + away.0, middle.1 + away.1);
                let spot = LabelBox::of(&words, style, x, y);
                if !spot.is_inside(map.frame.area()) || taken.iter().any(|other| other.touches(&spot)) {
                    continue;
                }
                let hidden: f64 = discs.iter().map(|&(at, r)| spot.depth_over(at, r + 2.0)).sum();
                let cost = 12.0 * hidden + away.0.hypot(away.1);
                if best.as_ref().is_none_or(|best| cost < best.0) {
                    best = Some((cost, (x, y), spot));
                }
            }
            if let Some((_, (x, y), spot)) = best {
                canvas.text(x, y, &words, style);
                taken.push(spot);
            }
        }
    }

    /// Codes of the states, the most powerful first, each where it is free and hides nobody.
    fn draw_labels(
        &self,
        canvas: &mut Canvas,
        sheets: &[Sheet],
        radii: &[f64],
        discs: &[((f64, f64), f64)],
        taken: &mut Vec<LabelBox>,
    ) {
        let mut order: Vec<(usize, usize, (f64, f64))> = Vec::new();
        for (no, sheet) in sheets.iter().enumerate() {
            order.extend(sheet.members.iter().zip(&sheet.places).map(|(&i, &place)| (no, i, place)));
        }
        order.sort_by(|a, b| radii[b.1].total_cmp(&radii[a.1]));
        for (rank, (no, i, (x, y))) in order.into_iter().enumerate() {
            let (r, node) = (radii[i], &self.nodes[i]);
            let label = Text::NOTE.fit(&node.label, 90.0);
            let over = Text::NOTE.filled(INK).haloed();
            let middle = over.at(Anchor::Middle);
            let (near, up, down) = (r + 2.0, y - r - 2.5, y + r + SMALL * 0.8 + 1.5);
            let mut places = vec![
                (x + near, y + 4.0, over),
                (x - near, y + 4.0, over.at(Anchor::End)),
                (x, up, middle),
                (x, down, middle),
                (x + r * 0.7, up + 3.0, over),
                (x - r * 0.7, up + 3.0, over.at(Anchor::End)),
                (x + r * 0.7, down - 3.0, over),
                (x - r * 0.7, down - 3.0, over.at(Anchor::End)),
            ];
            if Text::NOTE.width(&label) <= 2.0 * r - 1.0 && !has_dot(&self.positions, node.position) {
                let dark = node.position.is_some_and(|k| k > 0 && k + 1 >= self.positions.len());
                let inside = Text::NOTE.at(Anchor::Middle);
                places.insert(0, (x, y + 4.2, inside.filled(if dark { "#ffffff" } else { INK })));
            }
            let area = sheets[no].frame.area();
            let others = |spot: &LabelBox| -> f64 {
                let near = discs.iter().filter(|(at, _)| (at.0 - x).hypot(at.1 - y) > 1e-9);
                near.map(|&(at, r)| spot.depth_over(at, r)).sum()
            };
            let may_hide = if rank < FIRST_LABELS { 6.0 } else { 0.6 };
            let free = places.into_iter().filter_map(|(x, y, style)| {
                let spot = LabelBox::of(&label, style, x, y);
                let is_free = spot.is_inside([area[0], area[1] - 4.0, area[2], area[3] + 3.0])
                    && !taken.iter().any(|other| other.touches(&spot));
                let hidden = others(&spot);
                (is_free && hidden <= may_hide).then_some((hidden, (x, y, style), spot))
            });
            if let Some((_, (x, y, style), spot)) = free.min_by(|a, b| a.0.total_cmp(&b.0)) {
                canvas.text(x, y, &label, style);
                taken.push(spot);
            }
        }
    }

    fn legend(
        &self,
        sheets: &[Sheet],
        radii: &[f64],
        sizes: &Sizes,
        thinned: &Thinned,
        n_placeless: usize,
    ) -> Vec<(Swatch, String)> {
        let drawn = || self.nodes.iter().filter(|node| node.place().is_some());
        let mut entries: Vec<(Swatch, String)> = Vec::new();
        for held in (0..self.positions.len()).map(Some).chain([None]) {
            let n_held = drawn().filter(|node| node.position == held).count();
            if n_held == 0 && held.is_none() {
                continue;
            }
            let (fill, stroke) = colours(&self.positions, held);
            let name = held.map_or_else(|| "no position".into(), |k| self.positions.name(k));
            let dot = has_dot(&self.positions, held);
            entries.push((Swatch::Actor { fill, stroke, dot }, format!("{name} ({n_held})")));
        }
        if sizes.largest > 0.0 {
            let words = format!("area: {}, the largest {}", self.power_name, compact(sizes.largest));
            entries.push((Swatch::None, words));
        }
        if !self.layer_name.is_empty() {
            let words = format!("{}: {}", self.layer_name, thinned.words());
            entries.push((Swatch::Thin { stroke: TIE.into() }, words));
        }
        let moved = sheets.iter().any(|sheet| {
            sheet.members.iter().zip(&sheet.places).any(|(&i, &place)| {
                is_moved(sheet.frame.at(self.nodes[i].lat, self.nodes[i].lng), place, radii[i])
            })
        });
        if moved {
            entries.push((Swatch::Hairline, "moved aside from its capital".into()));
        }
        if n_placeless > 0 {
            entries.push((Swatch::None, format!("without coordinates, not drawn: {n_placeless}")));
        }
        entries
    }

    fn description(&self) -> String {
        let held = (0..self.positions.len()).map(|k| {
            let n_held = self.nodes.iter().filter(|node| node.position == Some(k)).count();
            format!("{n_held} hold {}", self.positions.name(k))
        });
        format!("A map of {} actors: {}.", self.nodes.len(), held.collect::<Vec<_>>().join(", "))
    }
}

/// Lines of ties.
const TIE: &str = "#6f7b88";

impl Window {
    fn holds(&self, (lat, lng): (f64, f64)) -> bool {
        (self.lat.0..=self.lat.1).contains(&lat) && (self.lng.0..=self.lng.1).contains(&lng)
    }
}

/// Whether a disc no longer covers its capital.
fn is_moved(capital: (f64, f64), place: (f64, f64), radius: f64) -> bool {
    (capital.0 - place.0).hypot(capital.1 - place.1) > radius
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};

    // Capitals, from natural geography; enough of Europe to open its window.
    const CAPITALS: [(&str, &str, f64, f64); 26] = [
        ("USA", "Americas", 38.9, -77.0),
        ("CAN", "Americas", 45.4, -75.7),
        ("MEX", "Americas", 19.4, -99.1),
        ("BRA", "Americas", -15.8, -47.9),
        ("ARG", "Americas", -34.6, -58.4),
        ("GBR", "Europe", 51.5, -0.1),
        ("FRA", "Europe", 48.9, 2.3),
        ("BEL", "Europe", 50.8, 4.4),
        ("NLD", "Europe", 52.4, 4.9),
        ("LUX", "Europe", 49.6, 6.1),
        ("DEU", "Europe", 52.5, 13.4),
        ("AUT", "Europe", 48.2, 16.4),
        ("SVK", "Europe", 48.1, 17.1),
        ("HUN", "Europe", 47.5, 19.0),
        ("RUS", "Europe", 55.8, 37.6),
        ("ISL", "Europe", 64.1, -21.9),
        ("CHN", "Asia", 39.9, 116.4),
        ("JPN", "Asia", 35.7, 139.7),
        ("IND", "Asia", 28.6, 77.2),
        ("IDN", "Asia", -6.2, 106.8),
        ("ZAF", "Africa", -25.7, 28.2),
        ("KEN", "Africa", -1.3, 36.8),
        ("EGY", "Africa", 30.0, 31.2),
        ("AUS", "Oceania", -35.3, 149.1),
        ("NZL", "Oceania", -41.3, 174.8),
        ("WSM", "Oceania", -13.8, -171.8),
    ];

    fn node(label: &str, group: &str, lat: f64, lng: f64, power: f64, position: usize) -> MapNode {
        MapNode { label: label.into(), group: group.into(), lat, lng, power, position: Some(position) }
    }

    fn map(nodes: Vec<MapNode>) -> NetworkMap {
        let n_nodes = nodes.len();
        NetworkMap {
            title: "Who banned mines, June 1997".into(),
            subtitle: String::new(),
            positions: Positions::new(["status quo", "partial", "total ban"]),
            ties: (1..n_nodes).map(|to| NetworkTie { from: 0, to, strength: to as f64 }).collect(),
            nodes,
            n_ties: 300,
            layer_name: "trade".into(),
            power_name: "capability".into(),
        }
    }

    fn world() -> NetworkMap {
        let state = |(i, (id, region, lat, lng)): (usize, &(&str, &str, f64, f64))| {
            node(id, region, *lat, *lng, 1.0 / (i + 1) as f64, i % 3)
        };
        map(CAPITALS.iter().enumerate().map(state).collect())
    }

    #[test]
    fn any_number_of_actors_anywhere_fits_without_colliding_labels() {
        for n_nodes in [0, 1, 2, 30, 190, 400] {
            for (wide, label) in [(360.0, "S"), (30.0, "S"), (360.0, LONG), (0.0, "S")] {
                let nodes = (0..n_nodes).map(|i| {
                    let (lat, lng) = ((i * 37 % 100) as f64 / 100.0, (i * 71 % 100) as f64 / 100.0);
                    let group = ["Africa", "Asia", LONG, ""][i % 4];
                    let power = [1.0, f64::NAN, 0.0, -2.0][i % 4];
                    node(&format!("{label}{i}"), group, 60.0 * lat, wide * (lng - 0.5), power, i % 3)
                });
                assert_clean(&map(nodes.collect()).to_svg());
            }
        }
    }

    #[test]
    fn a_crowded_europe_is_enlarged_and_every_state_of_a_small_world_is_named() {
        let svg = world().to_svg();
        assert_clean(&svg);
        let said = words(&svg);
        assert!(said.contains(&"Europe and around".to_owned()));
        assert!(!said.contains(&"Caribbean".to_owned()), "nobody lives there");
        for (id, ..) in CAPITALS {
            assert!(said.contains(&id.to_owned()), "{id} is not named");
        }
    }

    #[test]
    fn a_map_of_one_part_of_the_world_has_no_windows() {
        let mut europe = world();
        europe.nodes.retain(|node| node.group == "Europe");
        assert!(!words(&europe.to_svg()).contains(&"Europe and around".to_owned()));
    }

    #[test]
    fn all_discs_lie_in_their_frame_and_order_is_kept_from_west_to_east() {
        let world = world();
        let placed: Vec<usize> = (0..world.nodes.len()).collect();
        let sizes = Sizes::over(world.nodes.iter().map(|node| node.power), SIZES[0], SIZES[1]);
        let radii: Vec<f64> = world.nodes.iter().map(|node| sizes.radius(node.power)).collect();
        for sheet in world.sheets(&placed, &radii, 50.0, 720.0) {
            let [left, top, right, bottom] = sheet.frame.area();
            for (&i, &(x, y)) in sheet.members.iter().zip(&sheet.places) {
                let r = radii[i];
                assert!(x - r >= left && x + r <= right && y - r >= top && y + r <= bottom);
            }
            for (a, &i) in sheet.members.iter().enumerate() {
                for (b, &j) in sheet.members.iter().enumerate() {
                    if world.nodes[i].lng + 3.0 < world.nodes[j].lng && world.nodes[i].lng > -170.0 {
                        let (west, east) = (sheet.places[a].0, sheet.places[b].0);
                        let near = (world.nodes[i].lat - world.nodes[j].lat).abs() < 4.0;
                        let names = (&world.nodes[i].label, &world.nodes[j].label);
                        assert!(!near || west < east, "{names:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_figure_says_how_many_ties_it_leaves_out() {
        let mut thinned = world();
        thinned.n_ties = 10;
        let svg = thinned.to_svg();
        let said = "trade: 10 of 25 tied pairs, everybody's strongest first";
        assert!(words(&svg).contains(&said.to_owned()), "{:?}", words(&svg));
    }

    #[test]
    fn who_has_no_coordinates_is_counted_and_not_drawn() {
        let mut world = world();
        let all = count(&world.to_svg(), "g");
        world.nodes[3].lat = f64::NAN;
        let svg = world.to_svg();
        assert_clean(&svg);
        assert_eq!(count(&svg, "g"), all - 1);
        assert!(words(&svg).contains(&"without coordinates, not drawn: 1".to_owned()));
        world.nodes.iter_mut().for_each(|node| node.lng = f64::NAN);
        assert!(words(&world.to_svg()).contains(&"no coordinates to show".to_owned()));
    }

    #[test]
    fn the_same_network_gives_the_same_bytes() {
        assert_eq!(world().to_svg(), world().to_svg());
    }
}

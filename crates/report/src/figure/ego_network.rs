//! One government and those who press on it (the paper's Figure 1).

use crate::canvas::{Anchor, Canvas, PAD, Text, WIDTH};
use crate::legend::{Swatch, draw_legend};
use crate::number::{compact, with_minus};
use crate::palette::{ADOPTION, INK, MUTED, NEUTRAL, Positions, STATUS_QUO};
use crate::scale::range;

/// The direct ties of one actor: who pushes it where, and how hard.
///
/// Those who push for the position against which adoption is weighed, most often
/// the status quo, stand on the left, those who push for adoption on the right; the width of an arrow is the strength of the push.
/// An alter without push stands on the shorter side with a grey arrow.
///
/// ```
/// use normwave_report::{Alter, EgoNetwork, Positions, Push, TieDirection};
/// let figure = EgoNetwork {
///     title: "Pressure on Government A".into(),
///     subtitle: String::new(),
///     ego: "A".into(),
///     ego_position: Some(0),
///     positions: Positions::new(["status quo", "adopted"]),
///     sides: [0, 1],
///     alters: vec![Alter {
///         label: "Country D".into(),
///         detail: "ally".into(),
///         strength: 1.0,
///         push: Push::Adoption,
///         position: Some(1),
///         direction: TieDirection::ToEgo,
///     }],
/// };
/// assert!(figure.to_svg().contains("Country D"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EgoNetwork {
    /// Heading.
    pub title: String,
    /// Second line, may be empty.
    pub subtitle: String,
    /// Name of the actor in the centre; a short name or code fits best.
    pub ego: String,
    /// Position that the ego holds; `None` for an actor that holds none.
    pub ego_position: Option<usize>,
    /// Names of the positions.
    pub positions: Positions,
    /// For which positions [`Push::StatusQuo`] and [`Push::Adoption`] push, by number: the one
    /// that the ego holds, and the one that it might move to.
    pub sides: [usize; 2],
    /// The others, in the order in which they stand from top to bottom.
    pub alters: Vec<Alter>,
}

/// One actor tied to the ego.
#[derive(Debug, Clone, PartialEq)]
pub struct Alter {
    /// Name.
    pub label: String,
    /// A few words under the name, such as the layer or factor; may be empty.
    pub detail: String,
    /// Size of the push, in any unit; 0 gives a dotted line. What is not finite has no arrow.
    pub strength: f64,
    /// Where it pushes.
    pub push: Push,
    /// Position that it holds; `None` for actors that hold none.
    pub position: Option<usize>,
    /// Which way the tie runs.
    pub direction: TieDirection,
}

/// The side on which an actor pushes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Push {
    /// To keep the position held, most often the status quo.
    StatusQuo,
    /// To adopt.
    Adoption,
    /// To neither.
    None,
}

/// The way in which a tie carries influence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TieDirection {
    /// From the alter to the ego.
    #[default]
    ToEgo,
    /// From the ego to the alter.
    FromEgo,
    /// Both ways.
    Both,
}

impl Push {
    pub(crate) fn colour(self) -> &'static str {
        match self {
            Self::StatusQuo => STATUS_QUO,
            Self::Adoption => ADOPTION,
            Self::None => NEUTRAL,
        }
    }
}

const CENTRE: f64 = WIDTH / 2.0;
const NODE: f64 = 7.5;
/// Half the opening of the arc on which a side stands, as an angle.
const OPENING: f64 = 1.15;
/// The same where the arrows arrive, wider so that their heads keep apart.
const ARRIVAL: f64 = 1.35;

impl EgoNetwork {
    /// The figure as a standalone SVG document.
    pub fn to_svg(&self) -> String {
        let mut canvas = Canvas::new();
        let top = self.draw_headings(&mut canvas);
        let (left, right) = self.sides();
        let rows = left.len().max(right.len()).max(1);
        let spacing = (300.0 / rows as f64).clamp(20.0, 84.0);
        let radius = self.ego_radius(rows);
        let height = (rows as f64 * spacing).max(2.0 * radius + 40.0);
        let middle = top + height / 2.0;
        let max_width = (110.0 / rows as f64).clamp(3.0, 10.0);
        for (side, members) in [(-1.0, &left), (1.0, &right)] {
            let arc = Arc {
                side,
                middle,
                spacing: spacing.max(height / (members.len().max(1) as f64 + 0.6)).min(84.0),
                n_members: members.len(),
                max_width,
                ego_radius: radius,
            };
            for (i, alter) in members.iter().enumerate() {
                self.draw_alter(&mut canvas, alter, i, &arc);
            }
        }
        self.draw_ego(&mut canvas, middle, radius);
        let end = draw_legend(&mut canvas, top + height + 8.0, &self.legend());
        canvas.finish(end + 10.0, &self.title, &self.description())
    }

    fn draw_headings(&self, canvas: &mut Canvas) -> f64 {
        let top = canvas.heading(&self.title, &self.subtitle);
        if !self.is_split() {
            return top;
        }
        let style = Text::NOTE.bold();
        let room = CENTRE - PAD - 6.0 - style.width("← push for: ");
        let [held, other] = self.sides.map(|k| style.fit(&self.positions.name(k), room));
        canvas.text(PAD, top + 12.0, &format!("← push for: {held}"), style.filled("#a86200"));
        let right = style.filled(ADOPTION).at(Anchor::End);
        canvas.text(WIDTH - PAD, top + 12.0, &format!("push for: {other} →"), right);
        top + 26.0
    }

    /// Whether both sides have somebody; otherwise the alters stand all around.
    fn is_split(&self) -> bool {
        let any = |push| self.alters.iter().any(|a| a.push == push);
        any(Push::StatusQuo) && any(Push::Adoption)
    }

    fn sides(&self) -> (Vec<&Alter>, Vec<&Alter>) {
        if !self.is_split() {
            let half = self.alters.len().div_ceil(2);
            let (left, right) = self.alters.split_at(half);
            return (left.iter().collect(), right.iter().collect());
        }
        let on = |push| -> Vec<&Alter> { self.alters.iter().filter(|a| a.push == push).collect() };
        let (mut left, mut right) = (on(Push::StatusQuo), on(Push::Adoption));
        for neutral in on(Push::None) {
            if left.len() < right.len() {
                left.push(neutral);
            } else {
                right.push(neutral);
            }
        }
        (left, right)
    }

    fn max_strength(&self) -> f64 {
        range(self.alters.iter().map(|a| a.strength.abs()))
            .map_or(1.0, |(_, hi)| if hi > 0.0 { hi } else { 1.0 })
    }

    fn draw_alter(&self, canvas: &mut Canvas, alter: &Alter, i: usize, arc: &Arc) {
        let (node, target) = (arc.node(i), arc.target(i));
        let strength = with_minus(&compact(alter.strength));
        canvas.group(&format!("{}: {} {strength}", alter.label, alter.detail));
        if alter.strength.is_finite() {
            let share = alter.strength.abs() / self.max_strength();
            draw_arrow(canvas, node, target, share * arc.max_width, alter);
        }
        let (fill, stroke) = self.node_colours(alter.position);
        canvas.circle(node, NODE, &fill, &format!("stroke=\"{stroke}\" stroke-width=\"1.4\""));
        draw_label(canvas, alter, node, arc);
        canvas.end_group();
    }

    /// Wide enough for the longest word of the name, within reason.
    fn ego_radius(&self, rows: usize) -> f64 {
        let style = Text::LABEL.bold();
        let widest = self.ego.split(' ').map(|word| style.width(word)).fold(0.0, f64::max);
        let at_least = if rows > 12 { 44.0 } else { 36.0 };
        (widest / 1.74).clamp(at_least, 50.0)
    }

    fn node_colours(&self, position: Option<usize>) -> (String, String) {
        match position {
            Some(k) => (self.positions.fill(k), self.positions.stroke(k)),
            None => ("#ffffff".into(), MUTED.into()),
        }
    }

    fn draw_ego(&self, canvas: &mut Canvas, middle: f64, radius: f64) {
        let (fill, stroke) = self.node_colours(self.ego_position);
        let outline = format!("stroke=\"{stroke}\" stroke-width=\"2\"");
        canvas.circle((CENTRE, middle), radius, &fill, &outline);
        let dark = self.ego_position.is_some_and(|k| k > 0 && k + 1 >= self.positions.len());
        let style = Text::LABEL.bold().at(Anchor::Middle).filled(if dark { "#ffffff" } else { INK });
        let lines = style.wrap(&self.ego, radius * 1.75, 3);
        let first = middle + 4.5 - (lines.len() as f64 - 1.0) * style.leading() / 2.0;
        for (i, line) in lines.iter().enumerate() {
            canvas.text(CENTRE, first + i as f64 * style.leading(), line, style);
        }
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let mut entries = Vec::new();
        let [held, other] = self.sides.map(|k| format!("pushes for: {}", self.positions.name(k)));
        let pushes =
            [(Push::StatusQuo, held), (Push::Adoption, other), (Push::None, "pushes for neither".to_owned())];
        for (push, words) in pushes {
            if self.alters.iter().any(|a| a.push == push) {
                let stroke = push.colour().to_owned();
                entries.push((Swatch::Line { stroke, band: false }, words));
            }
        }
        let held = |k| self.ego_position == Some(k) || self.alters.iter().any(|a| a.position == Some(k));
        for k in (0..self.positions.len()).filter(|&k| held(k)) {
            let (fill, stroke) = self.node_colours(Some(k));
            entries.push((Swatch::Node { fill, stroke }, format!("holds: {}", self.positions.name(k))));
        }
        if self.alters.iter().any(|a| a.position.is_none()) {
            let (fill, stroke) = self.node_colours(None);
            entries.push((Swatch::Node { fill, stroke }, "holds no position".into()));
        }
        entries.push((Swatch::None, "arrow width: strength".into()));
        entries
    }

    fn description(&self) -> String {
        let n = |push| self.alters.iter().filter(|a| a.push == push).count();
        format!(
            "{} has {} ties. Pushing for {}: {}; for {}: {}.",
            self.ego,
            self.alters.len(),
            self.positions.name(self.sides[0]),
            n(Push::StatusQuo),
            self.positions.name(self.sides[1]),
            n(Push::Adoption)
        )
    }
}

/// One side of the ring.
struct Arc {
    side: f64,
    middle: f64,
    spacing: f64,
    n_members: usize,
    max_width: f64,
    ego_radius: f64,
}

impl Arc {
    /// Place of member `i` as a share of the arc, from -1 (top) to 1.
    fn share(&self, i: usize) -> f64 {
        if self.n_members < 2 {
            return 0.0;
        }
        2.0 * i as f64 / (self.n_members as f64 - 1.0) - 1.0
    }

    fn node(&self, i: usize) -> (f64, f64) {
        let y = (i as f64 - (self.n_members as f64 - 1.0) / 2.0) * self.spacing;
        // Few alters stand further out; many need the room for their names.
        let (base, curve) = if self.spacing >= 40.0 { (80.0, 48.0) } else { (54.0, 58.0) };
        let bulge = base + curve * (self.share(i) * OPENING).cos();
        (CENTRE + self.side * bulge, self.middle + y)
    }

    /// Where the arrow of member `i` touches the ego.
    fn target(&self, i: usize) -> (f64, f64) {
        let opening = ARRIVAL.min(0.27 * self.n_members as f64);
        let angle = self.share(i) * opening;
        let r = self.ego_radius + 3.0;
        (CENTRE + self.side * r * angle.cos(), self.middle + r * angle.sin())
    }
}

fn draw_arrow(canvas: &mut Canvas, node: (f64, f64), target: (f64, f64), width: f64, alter: &Alter) {
    let colour = alter.push.colour();
    let (dx, dy) = (target.0 - node.0, target.1 - node.1);
    let length = dx.hypot(dy).max(1e-9);
    let (ux, uy) = (dx / length, dy / length);
    let start = (node.0 + ux * (NODE + 2.0), node.1 + uy * (NODE + 2.0));
    if width <= 0.0 {
        let dotted = "stroke-width=\"1.2\" stroke-dasharray=\"2 3\"";
        canvas.line(start, target, colour, dotted);
        return;
    }
    let width = width.max(0.8);
    let head = 5.0 + width * 1.1;
    let (to_ego, from_ego) = match alter.direction {
        TieDirection::ToEgo => (true, false),
        TieDirection::FromEgo => (false, true),
        TieDirection::Both => (true, true),
    };
    let inset = |at: (f64, f64), by: f64| (at.0 + ux * by, at.1 + uy * by);
    let shaft_from = if from_ego { inset(start, head) } else { start };
    let shaft_to = if to_ego { inset(target, -head) } else { target };
    canvas.line(
        shaft_from,
        shaft_to,
        colour,
        &format!("stroke-width=\"{}\" stroke-opacity=\"0.85\"", crate::canvas::n(width)),
    );
    let half = 2.6 + width * 0.75;
    for (tip, back, shown) in [(target, shaft_to, to_ego), (start, shaft_from, from_ego)] {
        if shown {
            let corners =
                [tip, (back.0 - uy * half, back.1 + ux * half), (back.0 + uy * half, back.1 - ux * half)];
            canvas.polygon(&corners, colour, "");
        }
    }
}

fn draw_label(canvas: &mut Canvas, alter: &Alter, node: (f64, f64), arc: &Arc) {
    let x = node.0 + arc.side * (NODE + 6.0);
    let anchor = if arc.side < 0.0 { Anchor::End } else { Anchor::Start };
    let room = if arc.side < 0.0 { x - PAD / 2.0 } else { WIDTH - PAD / 2.0 - x };
    let style = Text::LABEL.at(anchor);
    let has_detail = !alter.detail.is_empty() && arc.spacing >= 34.0;
    let n_lines = if arc.spacing >= 54.0 || (arc.spacing >= 38.0 && !has_detail) { 2 } else { 1 };
    let lines = style.wrap(&alter.label, room, n_lines);
    let rows = lines.len() as f64 + f64::from(u8::from(has_detail));
    let mut y = node.1 + 4.5 - (rows - 1.0) * 7.6;
    for line in &lines {
        canvas.text(x, y, line, style);
        y += 15.2;
    }
    if has_detail {
        let note = Text::NOTE.at(anchor);
        canvas.text(x, y, &note.fit(&alter.detail, room), note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{LONG, assert_clean, count, words};

    fn figure(alters: Vec<Alter>) -> EgoNetwork {
        EgoNetwork {
            title: "Pressure on Government A".into(),
            subtitle: "unit weights".into(),
            ego: "Government A".into(),
            ego_position: Some(0),
            positions: Positions::new(["status quo", "adopted"]),
            sides: [0, 1],
            alters,
        }
    }

    fn alter(label: &str, push: Push, strength: f64) -> Alter {
        Alter {
            label: label.into(),
            detail: "trade".into(),
            strength,
            push,
            position: Some(usize::from(push == Push::Adoption)),
            direction: TieDirection::ToEgo,
        }
    }

    #[test]
    fn each_alter_has_an_arrow_that_ends_in_a_head() {
        let sides = [Push::StatusQuo, Push::StatusQuo, Push::Adoption, Push::Adoption];
        let svg = figure(sides.map(|push| alter("Country", push, 1.0)).to_vec()).to_svg();
        assert_clean(&svg);
        assert_eq!(count(&svg, "polygon"), 4);
    }

    #[test]
    fn those_who_push_to_stay_are_said_to_push_for_the_position_that_the_ego_holds() {
        let mut network = figure(vec![alter("B", Push::StatusQuo, 1.0), alter("C", Push::Adoption, 1.0)]);
        network.positions = Positions::new(["nothing", "partial ban", "total ban"]);
        network.ego_position = Some(1);
        network.sides = [1, 2];
        let words = words(&network.to_svg());
        for said in ["← push for: partial ban", "push for: total ban →", "pushes for: partial ban"] {
            assert!(words.contains(&said.into()), "{said}: {words:?}");
        }
    }

    #[test]
    fn a_tie_both_ways_has_two_heads() {
        let mut both = alter("B", Push::Adoption, 1.0);
        both.direction = TieDirection::Both;
        assert_eq!(count(&figure(vec![both]).to_svg(), "polygon"), 2);
    }

    #[test]
    fn a_strength_that_is_not_finite_has_no_arrow() {
        let svg = figure(vec![
            alter("B", Push::Adoption, f64::NAN),
            alter("C", Push::StatusQuo, f64::INFINITY),
            alter("D", Push::StatusQuo, 1e9),
        ])
        .to_svg();
        assert_clean(&svg);
        assert_eq!(count(&svg, "polygon"), 1);
    }

    #[test]
    fn labels_do_not_collide_for_any_number_of_alters() {
        for n in [0, 1, 2, 3, 7, 12, 25, 40, 60] {
            for pushes in [1, 2, 3] {
                let alters = (0..n)
                    .map(|i| {
                        let push = [Push::Adoption, Push::StatusQuo, Push::None][i % pushes];
                        alter(&format!("{i} {LONG}"), push, i as f64)
                    })
                    .collect();
                let mut network = figure(alters);
                network.positions = Positions::new(["status quo", LONG]);
                let svg = network.to_svg();
                assert_clean(&svg);
                let whom = |w: &&String| w.contains("Demo") && !w.contains(": ");
                let named = words(&svg).iter().filter(whom).count();
                assert_eq!(named, n, "{n} alters, {pushes} pushes");
            }
        }
    }
}

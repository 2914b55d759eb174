//! An actor as a disc that shows its power and its position.

use crate::canvas::{Canvas, n};
use crate::palette::{INK, MUTED, Positions};

/// The area of a disc shows power, from a least radius on, at which it can still be seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) least: f64,
    pub(crate) most: f64,
    /// Power of the largest disc.
    pub(crate) largest: f64,
}

impl Sizes {
    /// Sizes for these powers; what is not finite is drawn smallest.
    pub(crate) fn over(powers: impl IntoIterator<Item = f64>, least: f64, most: f64) -> Self {
        let largest = crate::scale::range(powers).map_or(0.0, |(_, hi)| hi.max(0.0));
        Self { least, most, largest }
    }

    pub(crate) fn radius(&self, power: f64) -> f64 {
        let share = if self.largest > 0.0 { (power / self.largest).clamp(0.0, 1.0) } else { 0.0 };
        let share = if share.is_finite() { share } else { 0.0 };
        (self.most * share.sqrt()).max(self.least)
    }
}

/// Fill and outline of a position; white for actors that hold none.
pub(crate) fn colours(positions: &Positions, position: Option<usize>) -> (String, String) {
    match position {
        Some(k) => (positions.fill(k), positions.stroke(k)),
        None => ("#ffffff".into(), MUTED.into()),
    }
}

/// Whether a position lies between the status quo and the most demanding one; its discs carry a
/// dot, which tells it from the status quo without colour.
pub(crate) fn has_dot(positions: &Positions, position: Option<usize>) -> bool {
    position.is_some_and(|k| k > 0 && k + 1 < positions.len())
}

/// Draws an actor; who is `new` in its position has a white middle and a dark rim.
pub(crate) fn draw_marker(
    canvas: &mut Canvas,
    positions: &Positions,
    position: Option<usize>,
    at: (f64, f64),
    radius: f64,
    new: bool,
) {
    let (fill, stroke) = colours(positions, position);
    if new {
        canvas.circle(at, radius, &fill, &format!("stroke=\"{INK}\" stroke-width=\"{}\"", n(RIM)));
        canvas.circle(at, radius * 0.45, "#ffffff", "");
        return;
    }
    canvas.circle(at, radius, &fill, &format!("stroke=\"{stroke}\" stroke-width=\"0.7\""));
    if has_dot(positions, position) {
        canvas.circle(at, radius * 0.36, "#0b3c5d", "");
    }
}

/// Width of the dark rim of who is new.
const RIM: f64 = 1.1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_shows_power_and_nobody_vanishes() {
        let sizes = Sizes::over([0.0, 4.0, f64::NAN, 16.0], 2.0, 12.0);
        assert!((sizes.radius(16.0) - 12.0).abs() < 1e-12);
        assert!((sizes.radius(4.0) - 6.0).abs() < 1e-12);
        for power in [0.0, -3.0, f64::NAN] {
            assert!((sizes.radius(power) - 2.0).abs() < 1e-12);
        }
        assert!((Sizes::over([f64::NAN], 2.0, 12.0).radius(1.0) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn only_positions_in_between_carry_a_dot() {
        let positions = Positions::new(["no", "partly", "wholly"]);
        let dots: Vec<bool> = [None, Some(0), Some(1), Some(2)].map(|k| has_dot(&positions, k)).into();
        assert_eq!(dots, [false, false, true, false]);
    }
}

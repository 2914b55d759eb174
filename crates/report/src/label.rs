//! Labels that keep clear of each other.

use crate::canvas::{Anchor, Text};

/// The space that a label takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LabelBox {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl LabelBox {
    pub(crate) fn of(label: &str, style: Text, x: f64, y: f64) -> Self {
        let width = style.width(label);
        let left = match style.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Self { left, right: left + width, top: y - style.size * 0.78, bottom: y + style.size * 0.24 }
    }

    /// How deep the box reaches into a node, 0 if it does not.
    pub(crate) fn depth_over(&self, (x, y): (f64, f64), radius: f64) -> f64 {
        let dx = x - x.clamp(self.left, self.right);
        let dy = y - y.clamp(self.top, self.bottom);
        (radius - dx.hypot(dy)).max(0.0)
    }

    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether it lies wholly in an area (left, top, right, bottom).
    pub(crate) fn is_inside(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        self.left >= left && self.right <= right && self.top >= top && self.bottom <= bottom
    }
}

// What the dials of several moderators default to, and the evidence for it.

use crate::Shape;
use normwave_pressure_factors::{Confidence, Design, Evidence, evidence};

pub(crate) fn as_it_is() -> Shape {
    Shape::Linear { at_zero: 0.0, slope: 1.0 }
}

pub(crate) fn rising() -> Shape {
    Shape::Linear { at_zero: 1.0, slope: 1.0 }
}

pub(crate) fn falling() -> Shape {
    Shape::Linear { at_zero: 1.0, slope: -1.0 }
}

pub(crate) fn neutral() -> Shape {
    Shape::NEUTRAL
}

// For a dial that does nothing until a scenario turns it.
pub(crate) const UNTURNED: Evidence =
    evidence("gain 1: no effect is claimed", Design::Convention, Confidence::Low);

// For a dial of which the source gives the direction.
pub(crate) const DIRECTION_ONLY: Evidence = evidence(
    "the source gives a direction; the straight line of slope 1 is ours",
    Design::Theory,
    Confidence::Low,
);

// For the name of a layer.
pub(crate) const NAME: Evidence =
    evidence("the usual name of the layer", Design::Convention, Confidence::High);

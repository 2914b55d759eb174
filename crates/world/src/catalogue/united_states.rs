//! The second world.

use super::{Entry, PLAIN};

/// What is packaged of the fifty states of the United States.
pub const UNITED_STATES: &[Entry] = &[
    Entry {
        name: "us-contiguity",
        about: "Neighbours by land or river among the fifty states.",
        unit: "1",
        direction: "both ways",
        mutual: true,
        sources: &["us-states"],
        ..PLAIN
    },
    Entry {
        name: "us-states",
        about: "The fifty states from their admission on, with region, division and capital.",
        unit: "state",
        sources: &["us-states"],
        ..PLAIN
    },
];

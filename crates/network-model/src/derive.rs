//! Layers that are computed from the rest of the network.

use crate::{NetworkError, NetworkView, Tie};

mod homophily;
mod projection;
pub(crate) mod structural_equivalence;
mod visibility;

pub use projection::CoMembership;

/// How a derived layer is computed. All derived layers join living governments only.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Derivation {
    /// Co-membership in organisations: two actors are tied by what they share.
    Projection {
        /// Name of the affiliation.
        affiliation: String,
        /// What a shared membership counts.
        weighting: CoMembership,
    },
    /// Similarity in attributes. Numbers: `exp(-|x_j - x_i| / scale)`; categories: 1 if equal,
    /// else 0; several attributes multiply. An actor that lacks one has no tie.
    Homophily {
        /// Attribute names, each with its scale (> 0; ignored for categories).
        attributes: Vec<(String, f64)>,
    },
    /// Structural equivalence after Burt: `1 - d_ij / max d`, with d the Euclidean distance of
    /// the two actors' ties to and from all others, and with each other, in one layer.
    StructuralEquivalence {
        /// The layer whose tie profiles are compared; it must come earlier.
        layer: String,
    },
    /// Every pair sees each other: `base + raise * c / max c`, with c the stronger of the two
    /// directions in a layer of contact.
    Visibility {
        /// What joins any two actors, 0 or more.
        base: f64,
        /// Added in full for the strongest contact, 0 or more.
        raise: f64,
        /// The layer of contact, if any; it must come earlier.
        contact: Option<String>,
    },
}

impl Derivation {
    // The ties on the view's date; `layer` is the name of the layer being made.
    pub(crate) fn ties(&self, layer: &str, view: &NetworkView<'_>) -> Result<Vec<Tie>, NetworkError> {
        match self {
            Derivation::Projection { affiliation, weighting } => {
                projection::ties(layer, view, affiliation, *weighting)
            }
            Derivation::Homophily { attributes } => homophily::ties(layer, view, attributes),
            Derivation::StructuralEquivalence { layer: of } => structural_equivalence::ties(layer, view, of),
            Derivation::Visibility { base, raise, contact } => {
                visibility::ties(layer, view, *base, *raise, contact.as_deref())
            }
        }
    }
}

fn refused(layer: &str, reason: impl Into<String>) -> NetworkError {
    NetworkError::Derivation { layer: layer.to_owned(), reason: reason.into() }
}

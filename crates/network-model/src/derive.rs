//! Layers that are computed from the rest of the network.

use crate::{MAX_TIES, NetworkError, NetworkView, Tie};

mod common_fate;
mod homophily;
mod interdependence;
mod projection;
mod self_restraint;
pub(crate) mod structural_equivalence;
mod visibility;

pub use projection::CoMembership;

/// How a derived layer is computed. All derived layers join living governments only.
///
/// Four of them read A. Wendt's conditions of collective identity (Social Theory of International
/// Politics, 1999, ch. 7) from data: interdependence, common fate, homogeneity (which is
/// [`Derivation::Homophily`]) and self-restraint. The formulas are ours; Wendt gives none.
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
    /// Interdependence in a layer of exchange, such as trade: `min(d_ij, d_ji)`, 0 to 1, with
    /// `d_ij = w_ji / Σ_k w_ki` the share of what reaches i that comes from j. The less dependent of
    /// the two sets the bound: one-sided dependence is none (J. R. Oneal and B. M. Russett,
    /// International Studies Quarterly 41, 1997).
    Interdependence {
        /// The layer of exchange; it must come earlier.
        layer: String,
    },
    /// Common fate in a layer of threats: `Σ_k min(w_ki, w_kj) / Σ_k max(w_ki, w_kj)` over third parties
    /// k, 0 to 1: how far the same others threaten both, in the same strength. 0 if nobody does.
    CommonFate {
        /// The layer of threats, such as rivalry; it must come earlier.
        layer: String,
    },
    /// Self-restraint in a layer of hostility: `1 - max(h_ij, h_ji) / max h`, 0 to 1: how far both
    /// stay below the greatest hostility between any two. It shows what two did not do to each other, and
    /// not why; a layer of contact leaves out those who could not have done it.
    SelfRestraint {
        /// The layer of hostile acts; it must come earlier.
        hostility: String,
        /// The layer of contact, if any, such as contiguity; it must come earlier.
        contact: Option<String>,
    },
}

impl Derivation {
    // The ties on the view's date; `layer` is the name of the layer being made.
    pub(crate) fn ties(&self, layer: &str, view: &NetworkView<'_>) -> Result<Vec<Tie>, NetworkError> {
        // Governments in pairs; for structural equivalence, the ties of all actors in pairs.
        let n = match self {
            Derivation::StructuralEquivalence { .. } => view.n_actors(),
            // Not more than the layer itself has.
            Derivation::Interdependence { .. } => 0,
            _ => view.governments().count(),
        };
        if n.saturating_mul(n) > MAX_TIES {
            let reason =
                format!("it would join every pair of {n} actors; at most {MAX_TIES} ties are possible");
            return Err(refused(layer, reason));
        }
        match self {
            Derivation::Projection { affiliation, weighting } => {
                projection::ties(layer, view, affiliation, *weighting)
            }
            Derivation::Homophily { attributes } => homophily::ties(layer, view, attributes),
            Derivation::StructuralEquivalence { layer: of } => structural_equivalence::ties(layer, view, of),
            Derivation::Visibility { base, raise, contact } => {
                visibility::ties(layer, view, *base, *raise, contact.as_deref())
            }
            Derivation::Interdependence { layer: of } => interdependence::ties(layer, view, of),
            Derivation::CommonFate { layer: of } => common_fate::ties(layer, view, of),
            Derivation::SelfRestraint { hostility, contact } => {
                self_restraint::ties(layer, view, hostility, contact.as_deref())
            }
        }
    }
}

fn refused(layer: &str, reason: impl Into<String>) -> NetworkError {
    NetworkError::Derivation { layer: layer.to_owned(), reason: reason.into() }
}

//! Marriages among the families of Renaissance Florence.

use super::{governments, join};
use crate::{Network, NetworkError};

const FAMILIES: [&str; 16] = [
    "Acciaiuoli",
    "Albizzi",
    "Barbadori",
    "Bischeri",
    "Castellani",
    "Ginori",
    "Guadagni",
    "Lamberteschi",
    "Medici",
    "Pazzi",
    "Peruzzi",
    "Pucci",
    "Ridolfi",
    "Salviati",
    "Strozzi",
    "Tornabuoni",
];

const MARRIAGES: [[&str; 2]; 20] = [
    ["Acciaiuoli", "Medici"],
    ["Albizzi", "Ginori"],
    ["Albizzi", "Guadagni"],
    ["Albizzi", "Medici"],
    ["Barbadori", "Castellani"],
    ["Barbadori", "Medici"],
    ["Bischeri", "Guadagni"],
    ["Bischeri", "Peruzzi"],
    ["Bischeri", "Strozzi"],
    ["Castellani", "Peruzzi"],
    ["Castellani", "Strozzi"],
    ["Guadagni", "Lamberteschi"],
    ["Guadagni", "Tornabuoni"],
    ["Medici", "Ridolfi"],
    ["Medici", "Salviati"],
    ["Medici", "Tornabuoni"],
    ["Pazzi", "Salviati"],
    ["Peruzzi", "Strozzi"],
    ["Ridolfi", "Strozzi"],
    ["Ridolfi", "Tornabuoni"],
];

/// The 20 marriages among 16 leading families of Florence, about 1430, in both directions with
/// strength 1; Pucci married into none of the others. The families stand in for governments.
///
/// Whether Pucci is counted changes what is normalised by the number of actors: the Medici's
/// betweenness is .522 without and .452 with Pucci.
///
/// Source: J. F. Padgett and C. K. Ansell, "Robust action and the rise of the Medici, 1400–1434",
/// American Journal of Sociology 98 (1993), as coded by R. L. Breiger and P. E. Pattison, "Cumulated
/// social roles", Social Networks 8 (1986).
///
/// # Errors
/// None in practice; the type is that of all generators.
pub fn florentine() -> Result<Network, NetworkError> {
    let (mut network, _, layer) = governments(FAMILIES.map(str::to_owned))?;
    for [a, b] in MARRIAGES {
        let pair = [network.actor_id(a)?, network.actor_id(b)?];
        join(&mut network, layer, pair, 1.0)?;
    }
    Ok(network)
}

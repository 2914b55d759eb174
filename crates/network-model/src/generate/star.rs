//! A hub with leaves.

use super::{governments, join};
use crate::{Network, NetworkError};

/// A star: the hub comes first and is tied to every leaf, in both directions with strength 1; no
/// leaf is tied to another.
///
/// ```
/// use normwave_network_model::generate::{names, star};
/// let network = star("USA", names(8))?;
/// assert_eq!(network.actors().len(), 9);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::ActorTwice`] if two actors share a name; [`NetworkError::TooLarge`] if the network
/// would be too large.
pub fn star<S: Into<String>>(
    hub: &str,
    leaves: impl IntoIterator<Item = S>,
) -> Result<Network, NetworkError> {
    let ids = std::iter::once(hub.to_owned()).chain(leaves.into_iter().map(Into::into));
    let (mut network, actors, layer) = governments(ids)?;
    for &leaf in &actors[1..] {
        join(&mut network, layer, [actors[0], leaf], 1.0)?;
    }
    Ok(network)
}

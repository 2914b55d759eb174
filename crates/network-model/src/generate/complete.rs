//! Everybody tied to everybody.

use super::{governments, join, n_directed_pairs};
use crate::limits::check_size;
use crate::{Network, NetworkError};

/// A complete network: every actor is tied to every other with strength 1.
///
/// ```
/// use normwave_network_model::generate::complete;
/// let network = complete(["BEL", "LUX", "NLD"])?;
/// assert_eq!(network.actors().len(), 3);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::ActorTwice`] if two actors share a name; [`NetworkError::TooLarge`] above 10,000
/// actors.
pub fn complete<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Result<Network, NetworkError> {
    let names = names.into_iter();
    let n = names.size_hint().0;
    check_size(n, n_directed_pairs(n))?;
    let (mut network, actors, layer) = governments(names.map(Into::into))?;
    for (place, &a) in actors.iter().enumerate() {
        for &b in &actors[place + 1..] {
            join(&mut network, layer, [a, b], 1.0)?;
        }
    }
    Ok(network)
}

//! How large a network may be.

use crate::NetworkError;

/// Most actors of a network: ten million.
///
/// Beyond it a number is more likely a slip of the pen than a world, and is refused before memory
/// is taken. (Fuzzing has lower limits, so that what is allowed there is also quick.)
pub const MAX_ACTORS: usize = if cfg!(fuzzing) { 200 } else { 10_000_000 };

/// Most ties of one layer, over all time and counted in each direction: a hundred million.
///
/// So many take some gigabytes; more are refused before memory is taken.
pub const MAX_TIES: usize = if cfg!(fuzzing) { 10_000 } else { 100_000_000 };

/// Longest id or name that is compared with others in search of a similar one, in bytes.
pub(crate) const LONGEST_GUESS: usize = 100;

/// Refuses more actors than [`MAX_ACTORS`].
pub(crate) fn check_actors(n: usize) -> Result<(), NetworkError> {
    if n > MAX_ACTORS { Err(NetworkError::TooLarge { n, what: "actors", most: MAX_ACTORS }) } else { Ok(()) }
}

/// Refuses more ties than [`MAX_TIES`].
pub(crate) fn check_ties(n: usize) -> Result<(), NetworkError> {
    if n > MAX_TIES {
        let what = "ties in one layer, each direction counted";
        return Err(NetworkError::TooLarge { n, what, most: MAX_TIES });
    }
    Ok(())
}

/// Refuses too many actors or ties, before they are made; how many ties are to be expected need not
/// be a whole number.
pub(crate) fn check_size(n_actors: usize, n_ties: f64) -> Result<(), NetworkError> {
    check_actors(n_actors)?;
    // What is beyond `usize` becomes the largest, and not a number becomes 0.
    check_ties(n_ties.round() as usize)
}

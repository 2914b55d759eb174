//! Thresholds: exposure at the time of adoption.

use super::{Diffusion, Exposures, Lag};

/// How exposed each actor was when it adopted, 0 to 1, by place.
///
/// `None` for those who adopted before the period or never, for those without a tie when they did,
/// and with [`Lag::One`] for those who adopted in the first tick. A threshold of one who never adopts
/// is only known to lie above its last exposure.
///
/// Source: T. W. Valente, "Social network thresholds in the diffusion of innovations", Social
/// Networks 18 (1996); netdiffuseR's `threshold` has no lag unless told otherwise.
#[must_use]
pub fn thresholds(diffusion: &Diffusion, exposures: &Exposures, lag: Lag) -> Vec<Option<f64>> {
    let of = |(place, onset): (usize, &super::Onset)| exposures.of(onset.tick()?, place, lag);
    diffusion.onsets.iter().enumerate().map(of).collect()
}

//! Arrest and restart: stalls after a wave while many have not adopted (Stuster 2023, §5.2).

use crate::waves::Wave;

/// When a stall counts as an arrest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// Least number of ticks without a wave; 1 or more.
    pub ticks: u32,
    /// Least share that has not adopted when the wave ends, 0 to 1; default 0.25.
    pub waiting: f64,
    /// Least number of adopters of the wave that ends an arrest; default 2.
    pub restart: u32,
}

impl Plateau {
    /// Stalls of this many ticks, with a quarter or more of the governments still to adopt.
    #[must_use]
    pub fn of(ticks: u32) -> Self {
        Plateau { ticks, waiting: 0.25, restart: 2 }
    }
}

/// A stall after a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrest {
    /// First tick of the stall.
    pub from: u32,
    /// First tick of the wave by which the spread restarted; `None` if it did not.
    pub restart: Option<u32>,
    /// How many had not adopted when the stall began.
    pub waiting: u32,
}

/// The stalls after waves that count as arrests, in order.
///
/// A stall runs from the end of a wave to the next wave that is large enough to be a restart, or to
/// the end of the series. The share that waits is taken of the largest `at_risk`.
///
/// ```
/// use normwave_analysis::{Plateau, Wave, arrests};
/// let wave = |from, until| Wave { from, until, adopters: 20, rate: 0.1 };
/// let at_risk: Vec<u32> = (0..60).map(|t| if t < 10 { 100 } else if t < 50 { 80 } else { 60 }).collect();
/// let found = arrests(&[wave(5, 10), wave(40, 50)], &at_risk, &Plateau::of(12));
/// assert_eq!((found.len(), found[0].from, found[0].restart, found[0].waiting), (1, 10, Some(40), 80));
/// ```
#[must_use]
pub fn arrests(waves: &[Wave], at_risk: &[u32], plateau: &Plateau) -> Vec<Arrest> {
    let all = at_risk.iter().copied().max().unwrap_or(0);
    let end = u32::try_from(at_risk.len()).unwrap_or(u32::MAX);
    let mut arrests: Vec<Arrest> = Vec::new();
    for (idx, wave) in waves.iter().enumerate() {
        let overtaken = arrests.last().is_some_and(|last| last.restart.is_none_or(|next| next > wave.from));
        let waiting = at_risk.get(wave.until as usize).copied().unwrap_or(0);
        let next = waves[idx + 1..].iter().find(|next| next.adopters >= plateau.restart);
        let restart = next.map(|next| next.from);
        let long = restart.unwrap_or(end).saturating_sub(wave.until) >= plateau.ticks;
        let many = waiting > 0 && f64::from(waiting) >= plateau.waiting * f64::from(all);
        if long && many && !overtaken {
            arrests.push(Arrest { from: wave.until, restart, waiting });
        }
    }
    arrests
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(from: u32, until: u32, adopters: u32) -> Wave {
        Wave { from, until, adopters, rate: 0.1 }
    }

    fn of(waves: &[Wave], at_risk: &[u32], ticks: u32) -> Vec<(u32, Option<u32>)> {
        arrests(waves, at_risk, &Plateau::of(ticks)).iter().map(|stall| (stall.from, stall.restart)).collect()
    }

    #[test]
    fn a_stall_is_an_arrest_only_if_it_is_long_and_many_wait() {
        let at_risk = [100; 40];
        assert_eq!(of(&[wave(5, 10, 9), wave(20, 30, 9)], &at_risk, 10), [(10, Some(20)), (30, None)]);
        assert_eq!(of(&[wave(5, 10, 9), wave(20, 30, 9)], &at_risk, 11), []);
        let done: Vec<u32> = (0..40).map(|tick| if tick < 10 { 100 } else { 24 }).collect();
        assert_eq!(of(&[wave(5, 10, 76)], &done, 10), [], "fewer than a quarter wait");
    }

    #[test]
    fn a_single_adopter_is_no_restart() {
        let waves = [wave(5, 10, 9), wave(20, 21, 1), wave(30, 32, 9)];
        assert_eq!(of(&waves, &[100; 40], 12), [(10, Some(30))]);
    }
}

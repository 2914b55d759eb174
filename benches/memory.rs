//! The memory of this process, and of a plan.

use normwave_plan::{Driver, Plan, Steps, TieWeights, Weights};
use std::{fs, io};

/// Resident memory of this process, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Now.
    pub now: u64,
    /// At most, since the process began or [`Memory::forget_peak`].
    pub peak: u64,
}

impl Memory {
    /// What Linux says.
    ///
    /// # Errors
    /// On other systems.
    pub fn read() -> io::Result<Self> {
        let status = fs::read_to_string("/proc/self/status")?;
        let bytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
            kilobytes.map(|number| number * 1024).ok_or(io::ErrorKind::NotFound)
        };
        Ok(Memory { now: bytes("VmRSS:")?, peak: bytes("VmHWM:")? })
    }

    /// Begins the peak anew.
    ///
    /// # Errors
    /// On systems other than Linux.
    pub fn forget_peak() -> io::Result<()> {
        fs::write("/proc/self/clear_refs", "5")
    }
}

fn steps<T>(steps: &Steps<T>, of: impl Fn(&T) -> usize) -> usize {
    steps.steps().iter().map(|(_, value)| of(value)).sum()
}

fn weights(weights: &Weights) -> usize {
    match weights {
        Weights::Internal(own) => size_of_val(&own[..]),
        Weights::Ties { starts, targets, weights } => {
            let each = match weights {
                TieWeights::Same(_) => 0,
                TieWeights::Each(weights) => size_of_val(&weights[..]),
            };
            size_of_val(&starts[..]) + size_of_val(&targets[..]) + each
        }
    }
}

/// Bytes of what a plan says per actor and per tie.
#[must_use]
pub fn plan_bytes(plan: &Plan) -> usize {
    let driver = |driver: &Driver| match driver {
        Driver::Share { weights } => steps(weights, |weights| size_of_val(&weights[..])),
        Driver::Exposure { ties } => steps(ties, weights),
    };
    let numbers = |values: &Steps<Vec<f64>>| steps(values, |values| size_of_val(&values[..]));
    size_of_val(&plan.keys[..])
        + size_of_val(&plan.rounding[..])
        + steps(&plan.present, |present| size_of_val(&present[..]))
        + numbers(&plan.thresholds)
        + numbers(&plan.exits)
        + size_of_val(&plan.ensemble.thresholds[..])
        + plan.ensemble.adopters.iter().map(|first| size_of_val(&first[..])).sum::<usize>()
        + size_of_val(&plan.forced[..])
        + plan.blocks.iter().map(|block| steps(&block.weights, weights)).sum::<usize>()
        + plan.programs.iter().map(|program| driver(&program.driver)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::star;

    #[test]
    fn a_plan_takes_what_its_actors_and_ties_take() {
        // Per actor: key, rounding, threshold and exit cost of eight bytes, a start of four, a flag;
        // four bytes per tie; a start more, and an adopter of twelve bytes.
        assert_eq!(plan_bytes(&star(9)), 10 * (4 * 8 + 4 + 1) + 18 * 4 + 4 + 12);
    }
}

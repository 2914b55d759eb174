//! Whether a run comes back to a state.

use normwave_plan::{Cycle, Position, Tick, Trajectory};

/// The states at which decisions have begun, one after the other, each as a number that follows from
/// who holds what. What has the same number is looked up in the trajectory.
#[derive(Debug, Default)]
pub(super) struct StatesSeen {
    numbers: Vec<u64>,
}

impl StatesSeen {
    pub(super) fn forget(&mut self) {
        self.numbers.clear();
    }

    /// Takes the state of a tick, which follows that of the tick before and is another, and the moves
    /// that led to it; a cycle if it has been seen.
    #[inline(always)]
    pub(super) fn see(
        &mut self,
        tick: Tick,
        number: u64,
        positions: &[Position],
        trajectory: &Trajectory,
    ) -> Option<Cycle> {
        let alike = (0..).zip(&self.numbers).filter(|(_, seen)| **seen == number).map(|(first, _)| first);
        let first = alike.into_iter().find(|&first| was(trajectory, first, positions));
        self.numbers.push(number);
        first.map(|first| Cycle { first, period: tick - first })
    }
}

// Whether decisions of a tick began with these positions.
#[cold]
#[inline(never)]
fn was(trajectory: &Trajectory, tick: Tick, positions: &[Position]) -> bool {
    let mut same = false;
    trajectory.for_each_start(positions.len(), tick + 1, |_, held| same = held == positions);
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_plan::Cause;

    #[test]
    fn states_that_share_a_number_are_told_apart() {
        let mut trajectory = Trajectory::default();
        let mut seen = StatesSeen::default();
        assert_eq!(seen.see(0, 7, &[0, 0], &trajectory), None);
        trajectory.record(0, 0, 0, 1, Cause::Decided);
        assert_eq!(seen.see(1, 7, &[1, 0], &trajectory), None);
        trajectory.record(1, 1, 0, 1, Cause::Decided);
        assert_eq!(seen.see(2, 8, &[1, 1], &trajectory), None);
        trajectory.record(2, 1, 1, 0, Cause::Decided);
        assert_eq!(seen.see(3, 7, &[1, 0], &trajectory), Some(Cycle { first: 1, period: 2 }));
        seen.forget();
        assert_eq!(seen.see(4, 7, &[1, 0], &trajectory), None);
    }
}

//! Whether a run comes back to a state.

use normwave_plan::{Cycle, Tick};

/// The states at which decisions have begun, one after the other.
#[derive(Default)]
pub(super) struct StatesSeen {
    states: Vec<u64>,
    // A number of each, by which most are told apart.
    numbers: Vec<u64>,
}

impl StatesSeen {
    /// Takes the state of a tick, which follows that of the tick before and is another; a cycle if it
    /// has been seen.
    #[inline(always)]
    pub(super) fn see(&mut self, tick: Tick, state: &[u64]) -> Option<Cycle> {
        let number = state.iter().fold(0, |number: u64, &word| {
            (number ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
        });
        let before = (0..).zip(&self.numbers).zip(self.states.chunks_exact(state.len()));
        let first = before.filter(|((_, seen), _)| **seen == number).find(|(_, seen)| *seen == state);
        let first = first.map(|((first, _), _)| first);
        self.numbers.push(number);
        self.states.extend(state);
        first.map(|first| Cycle { first, period: tick - first })
    }
}

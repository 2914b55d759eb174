//! A value that is constant between ticks.

use crate::Tick;

/// A piecewise constant value over ticks; before its first step it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps<T> {
    steps: Vec<(Tick, T)>,
}

impl<T> Default for Steps<T> {
    fn default() -> Self {
        Steps { steps: Vec::new() }
    }
}

impl<T> Steps<T> {
    /// A value that holds throughout.
    pub fn constant(value: T) -> Self {
        Steps { steps: vec![(0, value)] }
    }

    /// Adds the value that holds from `tick` on.
    ///
    /// # Panics
    /// If `tick` is not after the last step.
    pub fn push(&mut self, tick: Tick, value: T) {
        assert!(self.steps.last().is_none_or(|last| last.0 < tick), "steps must rise");
        self.steps.push((tick, value));
    }

    /// The value at a tick.
    #[must_use]
    pub fn at(&self, tick: Tick) -> Option<&T> {
        self.index_at(tick).map(|idx| &self.steps[idx].1)
    }

    /// Which step holds at a tick.
    #[must_use]
    pub fn index_at(&self, tick: Tick) -> Option<usize> {
        self.steps.partition_point(|step| step.0 <= tick).checked_sub(1)
    }

    /// All steps: the tick from which each holds, and the value.
    #[must_use]
    pub fn steps(&self) -> &[(Tick, T)] {
        &self.steps
    }
}

impl<T: PartialEq> Steps<T> {
    /// As [`Steps::push`], unless the value is the one that already holds.
    pub fn push_change(&mut self, tick: Tick, value: T) {
        if self.steps.last().is_none_or(|last| last.1 != value) {
            self.push(tick, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_from_its_tick_until_the_next() {
        let mut steps = Steps::default();
        steps.push(2, 'a');
        steps.push(5, 'b');
        let seen: Vec<_> = (0..7).map(|tick| steps.at(tick).copied()).collect();
        let (a, b) = (Some('a'), Some('b'));
        assert_eq!(seen, [None, None, a, a, a, b, b]);
        assert_eq!(steps.index_at(1), None);
        assert_eq!(Steps::constant(7).at(Tick::MAX), Some(&7));
    }

    #[test]
    #[should_panic(expected = "steps must rise")]
    fn two_values_at_one_tick_are_refused() {
        let mut steps = Steps::constant(1);
        steps.push(0, 2);
    }

    #[test]
    fn a_change_to_the_same_value_is_none() {
        let mut steps = Steps::constant(1);
        steps.push_change(3, 1);
        steps.push_change(4, 2);
        assert_eq!(steps.steps(), [(0, 1), (4, 2)]);
    }
}

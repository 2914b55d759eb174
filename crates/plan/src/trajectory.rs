//! What a run brings back: the moves, in order.

use crate::{Position, Tick};
use std::collections::HashMap;

/// Why a position changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The government decided.
    Decided,
    /// The scenario forced it.
    Set,
    /// It took over its predecessor's position.
    Inherited,
}

/// One change of position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// When.
    pub tick: Tick,
    /// Place in the order of the tick's moves, from 0.
    pub rank: u32,
    /// When within the tick, in units of 2⁻³² of it; 0 unless time is continuous.
    pub offset: u32,
    /// Who.
    pub actor: u32,
    /// From which position.
    pub from: Position,
    /// To which position.
    pub to: Position,
    /// Why.
    pub cause: Cause,
}

/// A synchronous run that goes round in circles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The tick at which the state was first seen that came back.
    pub first: Tick,
    /// After how many ticks it came back, 2 or more.
    pub period: Tick,
}

/// All moves of one replicate, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Trajectory {
    /// The moves, by tick and rank.
    pub moves: Vec<Move>,
    /// The first cycle found, if any.
    pub cycle: Option<Cycle>,
}

impl Trajectory {
    /// Records a move at the end of the list.
    pub fn record(&mut self, tick: Tick, actor: u32, from: Position, to: Position, cause: Cause) {
        self.record_within(tick, 0, actor, (from, to), cause);
    }

    /// As [`Trajectory::record`], of a move from one position to another at a time within the tick.
    pub fn record_within(
        &mut self,
        tick: Tick,
        offset: u32,
        actor: u32,
        (from, to): (Position, Position),
        cause: Cause,
    ) {
        let rank = self.moves.last().filter(|last| last.tick == tick).map_or(0, |last| last.rank + 1);
        self.moves.push(Move { tick, rank, offset, actor, from, to, cause });
    }

    /// The position of every actor once tick `tick` has been recorded up to, but not with, its
    /// moves of rank `rank` and more. Rank 0 of a tick is before any move in it.
    #[must_use]
    pub fn positions_before(&self, n_actors: usize, tick: Tick, rank: u32) -> Vec<Position> {
        let mut positions = vec![0; n_actors];
        for step in self.moves.iter().take_while(|step| (step.tick, step.rank) < (tick, rank)) {
            positions[step.actor as usize] = step.to;
        }
        positions
    }

    /// The tick at which each actor first came to hold `position` or more.
    #[must_use]
    pub fn first_at_least(&self, n_actors: usize, position: Position) -> Vec<Option<Tick>> {
        let mut first = vec![None; n_actors];
        for step in self.moves.iter().filter(|step| step.to >= position) {
            first[step.actor as usize].get_or_insert(step.tick);
        }
        first
    }
}

/// Finds cycles: a state that comes back while nothing else changed.
///
/// Only states under the deterministic rules and the synchronous schedule repeat for ever; the
/// engine feeds no others.
#[derive(Clone, Debug, Default)]
pub struct CycleWatch {
    seen: HashMap<Vec<Position>, Tick>,
    last: Vec<Position>,
}

impl CycleWatch {
    /// Forgets all states, because something else changed.
    pub fn reset(&mut self) {
        self.seen.clear();
        self.last.clear();
    }

    /// Takes the state at the start of a tick; a cycle if it was seen before, with another state
    /// in between.
    pub fn see(&mut self, tick: Tick, positions: &[Position]) -> Option<Cycle> {
        if self.last == positions {
            return None;
        }
        self.last = positions.to_vec();
        match self.seen.get(positions) {
            Some(&first) => Some(Cycle { first, period: tick - first }),
            None => {
                self.seen.insert(positions.to_vec(), tick);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_state_that_was_left_and_comes_back_is_a_cycle() {
        let mut watch = CycleWatch::default();
        assert_eq!(watch.see(0, &[0, 1]), None);
        assert_eq!(watch.see(1, &[1, 1]), None);
        assert_eq!(watch.see(2, &[1, 1]), None, "at rest");
        assert_eq!(watch.see(3, &[0, 1]), Some(Cycle { first: 0, period: 3 }));
        watch.reset();
        assert_eq!(watch.see(4, &[1, 1]), None);
    }

    #[test]
    fn positions_are_replayed_up_to_any_rank() {
        let mut trajectory = Trajectory::default();
        trajectory.record(3, 0, 0, 1, Cause::Decided);
        trajectory.record(3, 1, 0, 2, Cause::Decided);
        trajectory.record(5, 0, 1, 2, Cause::Set);
        assert_eq!(trajectory.positions_before(2, 3, 0), [0, 0]);
        assert_eq!(trajectory.positions_before(2, 3, 1), [1, 0]);
        assert_eq!(trajectory.positions_before(2, 4, 0), [1, 2]);
        assert_eq!(trajectory.first_at_least(2, 2), [Some(5), Some(3)]);
    }
}

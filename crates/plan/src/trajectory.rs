//! What a run brings back: the moves, in order.

use crate::{Persuaded, Position, Tick};
use std::collections::HashMap;
use std::fmt;

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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Move {
    /// When.
    pub tick: Tick,
    /// When within the tick, in units of 2⁻³² of it; 0 unless time is continuous.
    pub offset: u32,
    /// Who.
    pub actor: u32,
    // Position left, position taken and cause, a byte each: four numbers of one width are written side
    // by side, many moves at a time.
    change: u32,
}

impl Move {
    /// A move at the start of a tick, or at any time of it where time is not continuous.
    #[must_use]
    #[inline(always)]
    pub fn new(tick: Tick, actor: u32, from: Position, to: Position, cause: Cause) -> Self {
        Move { tick, offset: 0, actor, change: u32::from_le_bytes([from, to, cause as u8, 0]) }
    }

    /// The same at the start of another tick.
    #[must_use]
    pub fn at(self, tick: Tick) -> Self {
        Move { tick, offset: 0, ..self }
    }

    /// From which position.
    #[must_use]
    #[inline(always)]
    pub fn from(&self) -> Position {
        self.change.to_le_bytes()[0]
    }

    /// To which position.
    #[must_use]
    #[inline(always)]
    pub fn to(&self) -> Position {
        self.change.to_le_bytes()[1]
    }

    /// Why.
    #[must_use]
    #[inline(always)]
    pub fn cause(&self) -> Cause {
        match self.change.to_le_bytes()[2] {
            0 => Cause::Decided,
            1 => Cause::Set,
            _ => Cause::Inherited,
        }
    }
}

impl fmt::Debug for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Move { tick, offset, actor, .. } = self;
        let (from, to, cause) = (self.from(), self.to(), self.cause());
        write!(
            f,
            "Move {{ tick: {tick}, offset: {offset}, actor: {actor}, from: {from}, to: {to}, {cause:?} }}"
        )
    }
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
    /// The moves, by tick and then in their order within it.
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
        self.moves.push(Move { offset, ..Move::new(tick, actor, from, to, cause) });
    }

    /// The moves, each with its rank: its place in the order of its tick's moves, from 0.
    pub fn ranked(&self) -> impl Iterator<Item = (u32, &Move)> {
        let mut last = None;
        self.moves.iter().map(move |step| {
            let rank = match last {
                Some((tick, rank)) if tick == step.tick => rank + 1,
                _ => 0,
            };
            last = Some((step.tick, rank));
            (rank, step)
        })
    }

    /// The position of every actor once tick `tick` has been recorded up to, but not with, its
    /// moves of rank `rank` and more. Rank 0 of a tick is before any move in it.
    #[must_use]
    pub fn positions_before(&self, n_actors: usize, tick: Tick, rank: u32) -> Vec<Position> {
        let mut positions = vec![0; n_actors];
        for (_, step) in self.ranked().take_while(|(other, step)| (step.tick, *other) < (tick, rank)) {
            positions[step.actor as usize] = step.to();
        }
        positions
    }

    /// Calls `each` with the positions in which the decisions of every tick before `until` began:
    /// after what was dated in it.
    pub fn for_each_start(&self, n_actors: usize, until: Tick, mut each: impl FnMut(Tick, &[Position])) {
        let mut positions = vec![0; n_actors];
        let mut moves = self.moves.iter().peekable();
        for tick in 0..until {
            let is_before =
                |step: &&Move| step.tick < tick || (step.tick == tick && step.cause() != Cause::Decided);
            while let Some(step) = moves.next_if(is_before) {
                positions[step.actor as usize] = step.to();
            }
            each(tick, &positions);
        }
    }

    /// The tick at which each actor first came to hold `position` or more.
    #[must_use]
    pub fn first_at_least(&self, n_actors: usize, position: Position) -> Vec<Option<Tick>> {
        let mut first = vec![None; n_actors];
        for step in self.moves.iter().filter(|step| step.to() >= position) {
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
    seen: HashMap<(Vec<Position>, Persuaded), Tick>,
    last: Option<(Vec<Position>, Persuaded)>,
}

impl CycleWatch {
    /// Forgets all states, because something else changed.
    pub fn reset(&mut self) {
        self.seen.clear();
        self.last = None;
    }

    /// Takes the state at the start of a tick; a cycle if it was seen before, with another state
    /// in between.
    pub fn see(&mut self, tick: Tick, positions: &[Position], persuaded: &Persuaded) -> Option<Cycle> {
        if self.last.as_ref().is_some_and(|last| last.0 == positions && last.1 == *persuaded) {
            return None;
        }
        let state = (positions.to_vec(), persuaded.clone());
        self.last = Some(state.clone());
        if let Some(&first) = self.seen.get(&state) {
            return Some(Cycle { first, period: tick - first });
        }
        self.seen.insert(state, tick);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_state_that_was_left_and_comes_back_is_a_cycle() {
        let mut watch = CycleWatch::default();
        let nobody = Persuaded::default();
        assert_eq!(watch.see(0, &[0, 1], &nobody), None);
        assert_eq!(watch.see(1, &[1, 1], &nobody), None);
        assert_eq!(watch.see(2, &[1, 1], &nobody), None, "at rest");
        assert_eq!(watch.see(3, &[0, 1], &nobody), Some(Cycle { first: 0, period: 3 }));
        watch.reset();
        assert_eq!(watch.see(4, &[1, 1], &nobody), None);
    }

    #[test]
    fn a_state_in_which_others_have_been_persuaded_is_another_state() {
        let mut watch = CycleWatch::default();
        let said = |level| Persuaded(vec![level]);
        assert_eq!(watch.see(0, &[0, 1], &said(1)), None);
        assert_eq!(watch.see(1, &[1, 1], &said(2)), None);
        assert_eq!(watch.see(2, &[0, 1], &said(3)), None);
        assert_eq!(watch.see(3, &[1, 1], &said(2)), Some(Cycle { first: 1, period: 2 }));
    }

    #[test]
    fn decisions_of_a_tick_begin_after_what_is_dated_in_it() {
        let mut trajectory = Trajectory::default();
        trajectory.record(1, 0, 0, 2, Cause::Set);
        trajectory.record(1, 1, 0, 1, Cause::Decided);
        trajectory.record(2, 0, 2, 1, Cause::Inherited);
        let mut starts = Vec::new();
        trajectory.for_each_start(2, 4, |tick, positions| starts.push((tick, positions.to_vec())));
        assert_eq!(starts, [(0, vec![0, 0]), (1, vec![2, 0]), (2, vec![1, 1]), (3, vec![1, 1])]);
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

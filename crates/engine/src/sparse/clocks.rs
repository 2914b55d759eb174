//! The clocks of the hazard rule, with the next to strike at hand.

use normwave_plan::{Draws, HazardClock, Plan, Time};
use std::collections::BTreeSet;

/// The clocks of all actors; none under other rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Clocks {
    clocks: Vec<HazardClock>,
    // (time, key, actor) of every clock that strikes.
    queue: BTreeSet<(Time, u64, usize)>,
}

impl Clocks {
    pub(super) fn new(plan: &Plan, draws: &Draws) -> Self {
        let clocks = plan.keys.iter().map(|&key| HazardClock::new(draws, key)).collect();
        Clocks { clocks, queue: BTreeSet::new() }
    }

    /// The hazard of an actor from `now` on.
    pub(super) fn turn(&mut self, plan: &Plan, actor: usize, now: Time, hazard: f64) {
        let before = self.clocks[actor].strikes();
        if self.clocks[actor].turn(now, hazard) {
            self.put(plan, actor, before);
        }
    }

    /// A new budget for an actor that moves; returns how many moves it has made before.
    pub(super) fn start_anew(&mut self, plan: &Plan, draws: &Draws, actor: usize, now: Time) -> u32 {
        let (before, moves) = (self.clocks[actor].strikes(), self.clocks[actor].moves());
        self.clocks[actor].start_anew(now, draws, plan.keys[actor]);
        self.put(plan, actor, before);
        moves
    }

    /// Who moves next, and when.
    pub(super) fn first(&self) -> Option<(Time, usize)> {
        self.queue.first().map(|&(time, _, actor)| (time, actor))
    }

    fn put(&mut self, plan: &Plan, actor: usize, before: Option<Time>) {
        let entry = |time| (time, plan.keys[actor], actor);
        if let Some(time) = before {
            self.queue.remove(&entry(time));
        }
        self.queue.extend(self.clocks[actor].strikes().map(entry));
    }
}

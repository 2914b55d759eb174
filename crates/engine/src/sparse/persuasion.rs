//! Persuasion: what the persuadable say now, and what they will say in the next tick.

use normwave_plan::{Persuaded, Plan, Tick};

/// What the persuadable say, row by row in the order of the plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Persuasion {
    /// What they would say of their own accord: x⁰.
    own: Vec<u32>,
    /// What they say in this tick.
    pub(super) now: Persuaded,
    /// What they will say in the next one.
    pub(super) next: Vec<u32>,
    /// Whether anything has changed from which `next` follows.
    pub(super) is_stale: bool,
    /// The last tick in which they spoke.
    pub(super) last: Option<Tick>,
}

impl Persuasion {
    /// In the first tick, where everybody holds the same position.
    pub(super) fn new(plan: &Plan, advocacy: &[u32]) -> Self {
        if !plan.persuades() {
            return Persuasion::default();
        }
        let n_k = plan.n_positions;
        let rows = plan.stances.persuadable.iter().map(|one| &advocacy[one.actor as usize * n_k..][..n_k]);
        let own: Vec<u32> = rows.flatten().copied().collect();
        Persuasion { now: Persuaded(own.clone()), next: own.clone(), own, is_stale: true, last: None }
    }

    /// Takes what one of them would say of its own accord from now on.
    pub(super) fn take_own(&mut self, place: usize, says: &[u32]) {
        let own = &mut self.own[place * says.len()..][..says.len()];
        self.is_stale |= own != says;
        own.copy_from_slice(says);
    }

    /// Nobody has persuaded anybody before the first tick.
    pub(super) fn begin(&mut self) {
        self.next.clone_from(&self.own);
    }

    /// Works out what they will say in the next tick.
    pub(super) fn look_ahead(&mut self, plan: &Plan, tick: Tick, advocacy: &[u32]) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        let n_k = plan.n_positions;
        let rows = self.own.chunks_exact(n_k).zip(self.next.chunks_exact_mut(n_k));
        for (one, (own, next)) in plan.stances.persuadable.iter().zip(rows) {
            match one.hears.at(tick) {
                Some(hearing) => hearing.next(own, advocacy, next),
                None => next.copy_from_slice(own),
            }
        }
    }

    /// Whether the next tick finds them saying what they say now.
    pub(super) fn is_settled(&self) -> bool {
        !self.is_stale && self.now.0 == self.next
    }
}

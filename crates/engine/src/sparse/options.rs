//! Options: what is open to each actor, by date, through forums and after reversal.

use super::actor_set::ActorSet;
use normwave_plan::{Plan, Position, Tick};

/// What is open in one replicate.
#[derive(Clone, Debug)]
pub(super) struct Options {
    // Both at i * K + k: what is offered, and what of it reversal allows.
    offered: Vec<bool>,
    open: Vec<bool>,
    // Which forums put their position on offer, and which offers stand.
    verdicts: Vec<bool>,
    stands: Vec<bool>,
    /// Actors who can move to each position.
    pub(super) to: Vec<ActorSet>,
    /// Actors who have something to choose.
    pub(super) able: ActorSet,
}

impl Options {
    pub(super) fn new(plan: &Plan) -> Self {
        let size = plan.n_actors() * plan.n_positions;
        Options {
            offered: vec![false; size],
            open: vec![false; size],
            verdicts: vec![false; plan.forums.len()],
            stands: vec![false; plan.offers.len()],
            to: vec![ActorSet::none(plan.n_actors()); plan.n_positions],
            able: ActorSet::none(plan.n_actors()),
        }
    }

    /// The open positions of an actor.
    pub(super) fn of(&self, actor: usize, n_positions: usize) -> &[bool] {
        &self.open[actor * n_positions..(actor + 1) * n_positions]
    }

    /// Takes the verdict of a forum; returns whether it is a new one.
    pub(super) fn hear_verdict(&mut self, forum: usize, offers: bool) -> bool {
        std::mem::replace(&mut self.verdicts[forum], offers) != offers
    }

    /// Looks whether the conditions of offers are met; returns whether that has changed for any.
    pub(super) fn hear_quotas(&mut self, plan: &Plan, tick: Tick, positions: &[Position]) -> bool {
        let mut changed = false;
        for (stands, offer) in self.stands.iter_mut().zip(&plan.offers).filter(|(_, o)| !o.when.is_empty()) {
            let now = plan.stands(offer, tick, positions);
            changed |= std::mem::replace(stands, now) != now;
        }
        changed
    }

    /// What is offered may have changed for anybody; returns for whom it has.
    pub(super) fn offer_anew(&mut self, plan: &Plan, tick: Tick, positions: &[Position]) -> Vec<usize> {
        let n_k = plan.n_positions;
        let before = std::mem::replace(&mut self.offered, plan.offered_apart_from_forums(tick, positions));
        for (forum, _) in plan.forums.iter().zip(&self.verdicts).filter(|(_, offers)| **offers) {
            let members = forum.members_at(tick).unwrap_or(&[]);
            for (row, _) in self.offered.chunks_exact_mut(n_k).zip(members).filter(|(_, member)| **member) {
                row[usize::from(forum.position)] = true;
            }
        }
        // Rows are too short for a call that compares.
        let both = before.iter().zip(&self.offered).enumerate();
        let mut changed: Vec<usize> =
            both.filter(|(_, (before, now))| before != now).map(|(place, _)| place / n_k).collect();
        changed.dedup();
        changed
    }

    /// What is open to an actor that holds a position.
    pub(super) fn consider(&mut self, plan: &Plan, actor: usize, held: Position, present: bool) {
        let n_k = plan.n_positions;
        let row = actor * n_k..(actor + 1) * n_k;
        let mut able = false;
        let (open, offered) = (&mut self.open[row.clone()], &self.offered[row]);
        for ((k, to), (open, offered)) in (0u8..).zip(&mut self.to).zip(open.iter_mut().zip(offered)) {
            *open = offered & plan.reversal.allows(held, k);
            let can = *open & (k != held);
            to.set(actor, can);
            able |= can;
        }
        self.able.set(actor, able && present);
    }
}

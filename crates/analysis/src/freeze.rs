//! A plan as it stands at one tick, for ever.

use normwave_plan::{Block, Driver, Forced, Hatch, Plan, Position, Rule, Steps, Tick, Weights};
use std::sync::Arc;

/// The plan in which all that is dated stays as it is at a tick, actors start from `positions`, and
/// nothing is left to chance: the noisy rule becomes the strict one.
///
/// Births, forced positions and events after the tick do not happen; the persuadable begin anew from
/// their own stances; what is on offer, in session or
/// scheduled at the tick stays so. The new plan's tick 0 is the tick after, and it has `n_ticks`.
#[must_use]
pub fn frozen_at(plan: &Plan, tick: Tick, positions: &[Position], n_ticks: Tick) -> Plan {
    let mut frozen = Plan { n_ticks, ..plan.clone() };
    frozen.present = held(&plan.present, tick);
    frozen.thresholds = held(&plan.thresholds, tick);
    frozen.exits = held(&plan.exits, tick);
    for block in &mut frozen.blocks {
        freeze_block(block, tick);
    }
    for program in &mut frozen.programs {
        match &mut program.driver {
            Driver::Share { weights } => *weights = held(weights, tick),
            Driver::Exposure { ties } => *ties = held(ties, tick),
        }
    }
    for follow in &mut frozen.stances.follows {
        *follow = held(follow, tick);
    }
    // The persuadable begin anew from what they would say of their own accord.
    for one in &mut frozen.stances.persuadable {
        one.hears = held(&one.hears, tick);
    }
    frozen.stances.scheduled.retain(|stance| stance.from <= tick && tick < stance.until);
    for stance in &mut frozen.stances.scheduled {
        (stance.from, stance.until) = (0, Tick::MAX);
    }
    frozen.offers.retain(|offer| offer.from <= tick && tick < offer.until);
    for offer in &mut frozen.offers {
        (offer.from, offer.until) = (0, Tick::MAX);
    }
    frozen.forums.retain(|forum| forum.from <= tick && tick < forum.until);
    for forum in &mut frozen.forums {
        (forum.from, forum.until) = (0, Tick::MAX);
        forum.members = held(&forum.members, tick);
    }
    frozen.heirs.clear();
    let start = (0u32..).zip(positions).filter(|(_, position)| **position > 0);
    frozen.forced = start.map(|(actor, &position)| Forced { tick: 0, actor, position }).collect();
    frozen.acts_from.iter_mut().for_each(|from| *from = from.saturating_sub(tick));
    if matches!(frozen.rule, Rule::Noisy { .. }) {
        frozen.rule = Rule::Strict;
    }
    frozen
}

fn held<T: Clone>(steps: &Steps<T>, tick: Tick) -> Steps<T> {
    steps.at(tick).cloned().map_or_else(Steps::default, Steps::constant)
}

fn freeze_block(block: &mut Block, tick: Tick) {
    block.weights = held(&block.weights, tick);
    block.hatch = block.hatch.take().map(|inner| -> Arc<dyn Hatch> { Arc::new(FrozenHatch { inner, tick }) });
}

// Asks as if it were always the same tick.
#[derive(Debug)]
struct FrozenHatch {
    inner: Arc<dyn Hatch>,
    tick: Tick,
}

impl Hatch for FrozenHatch {
    fn weights(&self, _: Tick, positions: &[Position], advocacy: &[u32]) -> Weights {
        self.inner.weights(self.tick, positions, advocacy)
    }
}

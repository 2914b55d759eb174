//! The calendar: what the scenario changes, by tick.

use normwave_plan::{Driver, Plan, Steps, Tick};
use std::collections::BTreeMap;

/// What changes at one tick other than by decision.
#[derive(Debug, Default)]
pub(super) struct Day {
    /// Blocks whose weights change.
    pub(super) blocks: Vec<usize>,
    /// Programs whose weights change.
    pub(super) programs: Vec<usize>,
    /// Actors who follow others, or whose scheduled stance changes.
    pub(super) stances: Vec<u32>,
    /// Whether a persuadable actor begins to listen to others.
    pub(super) hearings: bool,
    /// Whether presence changes.
    pub(super) presence: bool,
    /// Whether thresholds or exit costs change.
    pub(super) thresholds: bool,
    /// Whether an offer or a forum begins, ends or changes its members.
    pub(super) offers: bool,
}

/// The days of a plan, in order: all its change ticks.
pub(super) fn calendar(plan: &Plan) -> Vec<(Tick, Day)> {
    let ticks = plan.change_ticks().into_iter().take_while(|&tick| tick < plan.n_ticks);
    let mut days: BTreeMap<Tick, Day> = ticks.map(|tick| (tick, Day::default())).collect();
    let mut mark = |tick: Tick, change: &dyn Fn(&mut Day)| {
        if let Some(day) = days.get_mut(&tick) {
            change(day);
        }
    };
    each(&plan.present, |tick| mark(tick, &|day| day.presence = true));
    each(&plan.thresholds, |tick| mark(tick, &|day| day.thresholds = true));
    each(&plan.exits, |tick| mark(tick, &|day| day.thresholds = true));
    for (idx, block) in plan.blocks.iter().enumerate() {
        each(&block.weights, |tick| mark(tick, &|day| day.blocks.push(idx)));
    }
    for (idx, program) in plan.programs.iter().enumerate() {
        match &program.driver {
            Driver::Share { weights } => each(weights, |tick| mark(tick, &|day| day.programs.push(idx))),
            Driver::Exposure { ties } => each(ties, |tick| mark(tick, &|day| day.programs.push(idx))),
        }
    }
    for (actor, follow) in (0u32..).zip(&plan.stances.follows) {
        each(follow, |tick| mark(tick, &|day| day.stances.push(actor)));
    }
    for stance in &plan.stances.scheduled {
        [stance.from, stance.until]
            .into_iter()
            .for_each(|tick| mark(tick, &|day| day.stances.push(stance.actor)));
    }
    for one in &plan.stances.persuadable {
        each(&one.hears, |tick| mark(tick, &|day| day.hearings = true));
    }
    for offer in &plan.offers {
        [offer.from, offer.until].into_iter().for_each(|tick| mark(tick, &|day| day.offers = true));
    }
    for forum in &plan.forums {
        [forum.from, forum.until].into_iter().for_each(|tick| mark(tick, &|day| day.offers = true));
        each(&forum.members, |tick| mark(tick, &|day| day.offers = true));
    }
    days.into_iter().collect()
}

fn each<T>(steps: &Steps<T>, mut change: impl FnMut(Tick)) {
    steps.steps().iter().for_each(|step| change(step.0));
}

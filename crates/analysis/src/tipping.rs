//! Time to tip: from when a cascade carries itself (MODEL §10).

use crate::freeze::frozen_at;
use normwave_plan::{Engine, Plan, Position, Schedule, Tick, Trajectory};
use std::collections::BTreeSet;

/// When a cascade carried itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TippingPoint {
    /// The tick at whose end it did.
    pub tick: Tick,
    /// How many had adopted by then.
    pub adopters: u32,
    /// Their share of those to whom the norm applied, 0 to 1.
    pub share: f64,
}

/// The first tick from which a noise-free run without later events reaches 90 % of the final
/// adopters of `k`; `None` if nobody adopts in the end, or if it never would without later events.
///
/// The world is frozen at the end of the tick ([`frozen_at`]) and run by the engine for as many
/// ticks as the plan has. Between dated changes the run itself does what the frozen one would, so
/// that only ticks with such changes are tried; all are where pressures may depend on the date or
/// governments decide in random order. Takes one run per tick tried.
#[must_use]
pub fn time_to_tip(
    plan: &Plan,
    run: &Trajectory,
    engine: &dyn Engine,
    seed: u64,
    k: Position,
) -> Option<TippingPoint> {
    let n = plan.n_actors();
    let adopters = |tick: Tick, positions: &[Position]| {
        let present = plan.present_at(tick);
        let adopts =
            positions.iter().zip(present).filter(|(held, present)| **present && plan.adopts(**held, k));
        u32::try_from(adopts.count()).unwrap_or(u32::MAX)
    };
    let after = |tick: Tick| run.positions_before(n, tick.saturating_add(1), 0);
    let last = plan.n_ticks - 1;
    let in_the_end = adopters(last, &after(last));
    if in_the_end == 0 {
        return None;
    }
    let tips = |tick: Tick, positions: &[Position]| {
        let frozen = frozen_at(plan, tick, positions, plan.n_ticks);
        let end = engine.prepare(&frozen).run(seed, 0).positions_before(n, Tick::MAX, 0);
        10 * u64::from(adopters(tick, &end)) >= 9 * u64::from(in_the_end)
    };
    for tick in ticks_to_try(plan) {
        let positions = after(tick);
        if tips(tick, &positions) {
            let so_far = adopters(tick, &positions);
            let all = plan.present_at(tick).iter().filter(|present| **present).count();
            let all = u32::try_from(all).unwrap_or(u32::MAX);
            let share = f64::from(so_far) / f64::from(all.max(1));
            return Some(TippingPoint { tick, adopters: so_far, share });
        }
    }
    None
}

fn ticks_to_try(plan: &Plan) -> BTreeSet<Tick> {
    let dated = plan.blocks.iter().any(|block| block.hatch.is_some());
    if dated || plan.schedule != Schedule::Synchronous {
        return (0..plan.n_ticks).collect();
    }
    plan.change_ticks().into_iter().filter(|&tick| tick < plan.n_ticks).chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{complete, contagion, lot, star};
    use normwave_engine::engines;
    use normwave_plan::{Offer, Steps};

    // The same on every engine.
    fn tips(plan: &Plan) -> Option<TippingPoint> {
        let found: Vec<_> = engines()
            .iter()
            .map(|engine| time_to_tip(plan, &engine.prepare(plan).run(1, 0), engine.as_ref(), 1, 1))
            .collect();
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:?}");
        found[0]
    }

    #[test]
    fn a_star_tips_with_its_hub() {
        let found = tips(&contagion(&star(9), &[1.0; 10], &[0], 20)).unwrap();
        // The leaves follow in the same tick, so that all ten have adopted at its end.
        assert_eq!((found.tick, found.adopters, found.share), (0, 10, 1.0));
    }

    #[test]
    fn a_chain_that_carries_itself_has_tipped_at_the_start() {
        let chain: Vec<_> = (1..30).map(|i| (i - 1, i)).collect();
        let found = tips(&contagion(&chain, &[1.0; 30], &[0], 60)).unwrap();
        assert_eq!((found.tick, found.adopters), (0, 2));
    }

    #[test]
    fn a_cascade_that_needs_a_push_tips_with_the_push() {
        // Thresholds 0, 1, 2 … 9, but for a gap: actor 5 needs 6 instead of 5 (Granovetter 1978).
        let mut thresholds: Vec<f64> = (0..20).map(f64::from).collect();
        thresholds[5] = 6.0;
        let mut plan = contagion(&complete(20), &thresholds, &[], 60);
        assert_eq!(
            tips(&plan).map(|found| found.tick),
            Some(0),
            "it stops at five, which five are enough for"
        );
        plan.forced.push(normwave_plan::Forced { tick: 12, actor: 19, position: 1 });
        let found = tips(&plan).unwrap();
        // By then five had adopted; the sixth is pushed, and the two who need six follow at once.
        assert_eq!((found.tick, found.adopters), (12, 8));
    }

    #[test]
    fn what_waits_for_an_offer_tips_when_it_is_made() {
        let mut plan = contagion(&complete(6), &[1.0; 6], &[0], 30);
        plan.offers = vec![Offer { position: 1, from: 9, until: Tick::MAX, to: None, when: Vec::new() }];
        assert_eq!(tips(&plan).map(|found| found.tick), Some(9));
    }

    #[test]
    fn a_fall_of_thresholds_is_what_tips() {
        let mut plan = contagion(&complete(6), &[9.0; 6], &[0], 30);
        let unit = plan.unit();
        plan.thresholds.push(14, vec![1.0 / unit; 6]);
        assert_eq!(tips(&plan).map(|found| found.tick), Some(14));
        plan.thresholds = Steps::constant(vec![9.0 / unit; 6]);
        let alone = tips(&plan).unwrap();
        assert_eq!((alone.tick, alone.adopters), (0, 1), "the one adopter there will be");
    }

    #[test]
    fn islands_tip_when_the_first_bridge_can_be_crossed() {
        // Two cliques of five with a bridge two wide; threshold 2. The second of the two first
        // adopters comes in tick 7.
        let mut ties: Vec<_> =
            complete(5).into_iter().chain(complete(5).iter().map(|(a, b)| (a + 5, b + 5))).collect();
        ties.extend([(3, 5), (3, 6), (4, 5), (4, 6)]);
        let mut plan = contagion(&ties, &[2.0; 10], &[0], 40);
        plan.forced.push(normwave_plan::Forced { tick: 7, actor: 1, position: 1 });
        let found = tips(&plan).unwrap();
        assert_eq!((found.tick, found.adopters), (7, 5));
    }

    #[test]
    fn no_tick_that_is_left_out_tips_earlier() {
        // Thresholds fall and rise by lot; every tick is tried, literally.
        for seed in 0..30 {
            let mut plan = contagion(&complete(12), &[0.0; 12], &[0], 24);
            let unit = plan.unit();
            plan.thresholds = Steps::default();
            for change in 0..4 {
                let threshold = |i| (lot(seed, change, i) * 9.0).floor() / unit;
                plan.thresholds.push(change * 6, (0..12).map(threshold).collect());
            }
            let engine = &engines()[0];
            let run = engine.prepare(&plan).run(1, 0);
            let end = run.positions_before(12, Tick::MAX, 0).iter().filter(|held| **held > 0).count();
            let literal = (0..24).find(|&tick| {
                let frozen = frozen_at(&plan, tick, &run.positions_before(12, tick + 1, 0), 24);
                let reached = engine.prepare(&frozen).run(1, 0).positions_before(12, Tick::MAX, 0);
                10 * reached.iter().filter(|held| **held > 0).count() >= 9 * end
            });
            assert_eq!(tips(&plan).map(|found| found.tick), literal, "{seed}");
        }
    }

    #[test]
    fn what_nobody_adopts_never_tips() {
        assert_eq!(tips(&contagion(&complete(4), &[9.0; 4], &[], 10)), None);
    }
}

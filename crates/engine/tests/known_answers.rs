//! Small worlds whose outcome is known exactly, on every engine.

mod small_worlds;

use normwave_plan::{
    Cause, Cycle, Forced, Forum, ForumRule, Hatch, Noise, Plan, Position, Reversal, Rule, SIGNAL_ONE,
    Schedule, Scheduled, Signal, Source, Steps, Tick, Weights,
};
use small_worlds::{
    Tie, adopt_at_first, bare, block, both_ways, final_positions, n_adopters, on_every_engine, push, star,
};
use std::sync::Arc;

// Adopts from a share of `of_adopters` of `out_of` neighbours on.
fn fractional_star(n_leaves: u32, of_adopters: i32, out_of: i32) -> Plan {
    let mut plan = bare(n_leaves + 1);
    push(&mut plan, &star(n_leaves), out_of - of_adopters, of_adopters);
    plan
}

on_every_engine!(a_hub_that_adopts_reaches_every_leaf_in_one_step, |engine| {
    for (n_leaves, q) in [(1, (1, 1)), (4, (1, 2)), (10, (1, 4)), (10, (1, 1)), (100, (9, 10))] {
        let mut plan = fractional_star(n_leaves, q.0, q.1);
        adopt_at_first(&mut plan, [0]);
        let trajectory = engine.prepare(&plan).run(1, 0);
        assert_eq!(trajectory.moves.len(), n_leaves as usize + 1);
        assert!(trajectory.moves.iter().all(|step| step.tick == 0));
    }
});

on_every_engine!(a_leaf_that_adopts_moves_nobody_unless_the_hub_needs_no_more, |engine| {
    for (n_leaves, q, reached) in [(10, (1, 4), 1), (10, (1, 2), 1), (10, (1, 10), 11), (10, (1, 11), 11)] {
        let mut plan = fractional_star(n_leaves, q.0, q.1);
        adopt_at_first(&mut plan, [1]);
        assert_eq!(n_adopters(engine, &plan), reached, "q = {q:?}");
    }
});

// `reference/README.md` §10: exactly ⌈qL⌉ leaves convert all.
on_every_engine!(the_share_of_leaves_that_turns_the_hub_is_exact, |engine| {
    for (q, needed) in [((1, 4), 3), ((1, 2), 5), ((1, 1), 10)] {
        for n_leaves in 1..=10u32 {
            let mut plan = fractional_star(10, q.0, q.1);
            adopt_at_first(&mut plan, 1..=n_leaves);
            let expected = if n_leaves >= needed { 11 } else { n_leaves as usize };
            assert_eq!(n_adopters(engine, &plan), expected, "q = {q:?}, {n_leaves} leaves");
        }
    }
});

on_every_engine!(one_adopter_of_k_neighbours_reaches_a_threshold_of_one_in_k, |engine| {
    for k in 2..=20 {
        let mut plan = fractional_star(k, 1, i32::try_from(k).unwrap());
        adopt_at_first(&mut plan, [1]);
        assert_eq!(n_adopters(engine, &plan), k as usize + 1, "1 of {k}");
        plan.rule = Rule::Strict;
        assert_eq!(n_adopters(engine, &plan), 1, "1 of {k} is not more than 1/{k}");
    }
});

on_every_engine!(a_strict_majority_of_leaves_turns_the_hub, |engine| {
    let after = |n_leaves, adopters, own: i64| {
        let mut plan = bare(n_leaves + 1);
        plan.rule = Rule::Strict;
        push(&mut plan, &star(n_leaves), 1, 1);
        let mut internal = vec![0; n_leaves as usize + 1];
        internal[0] = own;
        plan.blocks.push(block(Source::Internal, [true, false], Weights::Internal(internal)));
        adopt_at_first(&mut plan, 1..=adopters);
        n_adopters(engine, &plan)
    };
    assert_eq!([after(4, 2, 0), after(4, 3, 0), after(5, 3, 0)], [2, 5, 6]);
    assert_eq!([after(10, 5, 0), after(10, 6, 0)], [5, 11]);
    assert_eq!([after(10, 7, 4), after(10, 8, 4)], [7, 11]);
});

on_every_engine!(a_leaf_keeps_the_status_quo_at_a_tie, |engine| {
    for (hub_weight, own, moves) in [(1, 1, false), (3, 2, true)] {
        let mut plan = bare(2);
        plan.rule = Rule::Strict;
        push(&mut plan, &[(0, 1, hub_weight)], 1, 1);
        plan.blocks.push(block(Source::Internal, [true, false], Weights::Internal(vec![0, own])));
        adopt_at_first(&mut plan, [0]);
        assert_eq!(n_adopters(engine, &plan), 1 + usize::from(moves));
    }
});

fn majority(n_actors: u32, ties: &[Tie], adopters: &[u32]) -> Plan {
    let mut plan = bare(n_actors);
    plan.rule = Rule::Strict;
    plan.reversal = Reversal::On;
    push(&mut plan, ties, 1, 1);
    adopt_at_first(&mut plan, adopters.iter().copied());
    plan
}

// `reference/README.md` §5: synchronous strict majority, ties keep.
on_every_engine!(a_star_whose_hub_alone_adopted_flips_for_ever, |engine| {
    let plan = majority(5, &star(4), &[0]);
    let trajectory = engine.prepare(&plan).run(1, 0);
    // The clock starts anew after tick 0, whose state is set.
    assert_eq!(trajectory.cycle, Some(Cycle { first: 0, period: 2 }));
    assert_eq!(trajectory.positions_before(5, 1, 0), [0, 1, 1, 1, 1]);
    assert_eq!(trajectory.positions_before(5, 10, 0), [1, 0, 0, 0, 0]);
});

on_every_engine!(an_alternating_ring_flips_for_ever, |engine| {
    let ring = both_ways((0..6).map(|i| (i, (i + 1) % 6)));
    let trajectory = engine.prepare(&majority(6, &ring, &[0, 2, 4])).run(1, 0);
    assert_eq!(trajectory.cycle, Some(Cycle { first: 0, period: 2 }));
});

on_every_engine!(a_path_of_two_camps_is_frozen, |engine| {
    let path = both_ways([(0, 1), (1, 2), (2, 3)]);
    let trajectory = engine.prepare(&majority(4, &path, &[2, 3])).run(1, 0);
    assert_eq!(trajectory.cycle, None);
    assert!(trajectory.moves.iter().all(|step| step.cause() == Cause::Set));
});

on_every_engine!(a_change_from_outside_starts_the_watch_for_cycles_anew, |engine| {
    let mut plan = majority(5, &star(4), &[0]);
    // The same position again: nothing moves, but it is a date.
    plan.forced.push(Forced { tick: 1, actor: 1, position: 1 });
    let trajectory = engine.prepare(&plan).run(1, 0);
    assert_eq!(trajectory.cycle, Some(Cycle { first: 1, period: 2 }));
});

on_every_engine!(one_after_the_other_nobody_flips_for_ever, |engine| {
    let mut plan = majority(5, &star(4), &[0]);
    plan.schedule = Schedule::RandomSequential;
    let trajectory = engine.prepare(&plan).run(1, 0);
    assert_eq!(trajectory.cycle, None);
    assert!(trajectory.moves.last().unwrap().tick <= 1);
});

on_every_engine!(reviews_do_not_depend_on_the_length_of_the_tick, |engine| {
    for ticks_per_year in [1u32, 12, 52] {
        let n = 3000;
        let mut plan = bare(n);
        plan.n_ticks = ticks_per_year;
        plan.years_per_tick = 1.0 / f64::from(ticks_per_year);
        plan.rule = Rule::Noisy { rate: 0.5, temperature: f64::from(SIGNAL_ONE), noise: Noise::Persistent };
        // So strong a push that every review ends in adoption.
        plan.blocks.push(block(Source::Internal, [false, true], Weights::Internal(vec![1000; n as usize])));
        #[expect(clippy::cast_precision_loss, reason = "small")]
        let share = n_adopters(engine, &plan) as f64 / f64::from(n);
        let expected = 1.0 - (-0.5f64).exp();
        let error = (expected * (1.0 - expected) / f64::from(n)).sqrt();
        assert!((share - expected).abs() < 4.0 * error, "{ticks_per_year} a year: {share}, not {expected}");
    }
});

// A leaf that may decide from tick 3 on, and a hub that has adopted and goes at `until`.
fn hub_until(until: Tick, signal: Signal) -> Plan {
    let mut plan = bare(2);
    plan.rule = Rule::Strict;
    let weights = Weights::from_ties(2, vec![(0, 1, 1)]);
    plan.blocks.push(block(Source::Ties(signal), [false, true], weights));
    plan.offers[0].from = 3;
    adopt_at_first(&mut plan, [0]);
    plan.present.push(until, vec![false, true]);
    plan
}

on_every_engine!(one_who_has_left_is_heard_no_more, |engine| {
    for signal in [Signal::Adoption, Signal::Advocacy] {
        assert_eq!(final_positions(engine, &hub_until(3, signal)), [1, 0]);
        assert_eq!(final_positions(engine, &hub_until(4, signal)), [1, 1]);
    }
});

on_every_engine!(what_is_scheduled_is_heard_from_one_to_whom_the_norm_does_not_apply, |engine| {
    let mut plan = hub_until(3, Signal::Advocacy);
    let stance = Scheduled { from: 6, until: 7, actor: 0, position: 1, level: 1 };
    plan.stances.scheduled.push(stance);
    let trajectory = engine.prepare(&plan).run(1, 0);
    assert_eq!(trajectory.first_at_least(2, 1), [Some(0), Some(6)]);
});

#[derive(Debug)]
struct Thaw;

impl Hatch for Thaw {
    fn weights(&self, tick: Tick, _: &[Position], _: &[u32]) -> Weights {
        Weights::Internal(vec![1, if tick < 4 { -1 } else { 1 }])
    }
}

// Nothing but the hatch's weights changes at tick 4.
on_every_engine!(a_forum_meets_again_when_a_hatch_changes_its_weights, |engine| {
    let mut plan = bare(2);
    plan.blocks.push(block(Source::Internal, [false, true], Weights::Internal(vec![0, 0])));
    plan.blocks[0].hatch = Some(Arc::new(Thaw));
    plan.offers.clear();
    let members = Steps::constant(vec![true, true]);
    let rule = ForumRule::Consensus;
    plan.forums = vec![Forum { from: 0, until: Tick::MAX, position: 1, rule, members }];
    let trajectory = engine.prepare(&plan).run(1, 0);
    assert_eq!(trajectory.first_at_least(2, 1), [Some(4), Some(4)]);
});

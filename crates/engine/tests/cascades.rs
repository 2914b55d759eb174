//! Cascades of Kempe, Kleinberg and Tardos (2003): trials, and thresholds drawn at random.
//!
//! Figures are those of `reference/README.md` §4, exact spreads by enumeration of live ties.

mod small_worlds;

use normwave_plan::{Forced, Plan, Reversal, Rule, ThresholdDraw};
use small_worlds::{Tie, adopt_at_first, adopters_after, assert_mean, bare, hear, on_every_engine, sample};

// Ties with strengths in tenths.
const PATH: [Tie; 3] = [(0, 1, 5), (1, 2, 5), (2, 3, 5)];
const DIAMOND: [Tie; 4] = [(0, 1, 5), (0, 2, 5), (1, 3, 5), (2, 3, 5)];
const DIGRAPH: [Tie; 6] = [(0, 1, 5), (1, 2, 6), (2, 0, 4), (2, 3, 7), (3, 4, 3), (0, 3, 2)];

fn world(n: u32, ties: &[Tie], first: &[u32]) -> Plan {
    let mut plan = bare(n);
    plan.quantum = 0.1;
    hear(&mut plan, ties, [false, true]);
    adopt_at_first(&mut plan, first.iter().copied());
    plan
}

// Each tie carries with the probability that is its strength.
fn independent_cascade(n: u32, ties: &[Tie], first: &[u32]) -> Plan {
    let mut plan = world(n, ties, first);
    plan.rule = Rule::Trials;
    plan
}

// Adopts once the adopters' strength reaches a threshold drawn evenly from 0 to 1.
fn linear_threshold(n: u32, ties: &[Tie], first: &[u32]) -> Plan {
    let mut plan = world(n, ties, first);
    plan.threshold_draw = Some(ThresholdDraw::Uniform { low: 0.0, high: 1.0 / plan.unit() });
    plan
}

#[track_caller]
fn assert_spread(engine: &dyn normwave_plan::Engine, plan: &Plan, expected: f64) {
    let spread = sample(engine, plan, 6000, |run| adopters_after(plan, run, plan.n_ticks));
    assert_mean(&spread, expected);
}

on_every_engine!(a_path_carries_trials_and_drawn_thresholds_alike, |engine| {
    for (first, expected) in [(0, 1.875), (1, 1.75), (2, 1.5), (3, 1.0)] {
        assert_spread(engine, &independent_cascade(4, &PATH, &[first]), expected);
        assert_spread(engine, &linear_threshold(4, &PATH, &[first]), expected);
    }
});

on_every_engine!(a_diamond_tells_trials_from_drawn_thresholds, |engine| {
    assert_spread(engine, &independent_cascade(4, &DIAMOND, &[0]), 2.4375);
    assert_spread(engine, &linear_threshold(4, &DIAMOND, &[0]), 2.5);
});

on_every_engine!(spreads_on_a_digraph_are_those_of_live_ties, |engine| {
    let spreads =
        [(0, 2.2784, 2.333), (1, 2.404_72, 2.4484), (2, 2.5412, 2.614), (3, 1.3, 1.3), (4, 1.0, 1.0)];
    for (first, of_trials, of_thresholds) in spreads {
        assert_spread(engine, &independent_cascade(5, &DIGRAPH, &[first]), of_trials);
        assert_spread(engine, &linear_threshold(5, &DIGRAPH, &[first]), of_thresholds);
    }
    assert_spread(engine, &independent_cascade(5, &DIGRAPH, &[0, 2]), 3.488);
    assert_spread(engine, &linear_threshold(5, &DIGRAPH, &[0, 2]), 3.67);
});

on_every_engine!(a_tie_is_tried_in_the_tick_after_adoption_and_never_again, |engine| {
    let ties: Vec<Tie> = (1..400).map(|i| (0, i, 3)).collect();
    let mut plan = independent_cascade(400, &ties, &[]);
    plan.reversal = Reversal::On;
    plan.n_ticks = 30;
    plan.forced = vec![Forced { tick: 4, actor: 0, position: 1 }];
    let once = engine.prepare(&plan).run(1, 0);
    assert!(once.moves.len() > 50 && once.moves.iter().all(|step| step.tick == 4), "{}", once.moves.len());
    // Coming back tries the same coins, which have fallen.
    let back = [(9, 0), (12, 1)].map(|(tick, position)| Forced { tick, actor: 0, position });
    plan.forced.extend(back);
    assert_eq!(engine.prepare(&plan).run(1, 0).moves.len(), once.moves.len() + 2);
});

on_every_engine!(a_strength_of_one_always_carries_and_one_tick_apart, |engine| {
    let ties: Vec<Tie> = (1..6).map(|i| (i - 1, i, 10)).collect();
    let run = engine.prepare(&independent_cascade(6, &ties, &[0])).run(1, 0);
    let first: Vec<_> = run.first_at_least(6, 1).into_iter().flatten().collect();
    assert_eq!(first, [0, 0, 1, 2, 3, 4]);
});

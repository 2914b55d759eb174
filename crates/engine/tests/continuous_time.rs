//! Continuous time against closed forms: Bass, SI, SIS, voter, and reviews on clocks of their own.
//!
//! Figures are those of `reference/README.md` §5, exact solutions of the master equations.

mod small_worlds;

use normwave_gain_shape::Shape;
use normwave_plan::{
    Driver, Need, Offer, Plan, Program, Quota, Reversal, Rule, Schedule, Source, Steps, Tick, Weights,
};
use small_worlds::{
    Tie, adopt_at_first, adopters_after, assert_mean, assert_share, bare, block, both_ways, by_hazard,
    complete, hear, on_every_engine, path, press, sample, star, time_of_last_move,
};

// Each non-adopter adopts at the rate p + q · (adopters among its neighbours) / `share_of`, with
// p = 0.03 and q = 0.38.
fn bass(n: u32, ties: &[Tie], share_of: u32) -> Plan {
    let mut plan = by_hazard(n, 0.01 / f64::from(share_of), 20);
    press(&mut plan, [false, true], 3 * i64::from(share_of));
    let ties: Vec<Tie> = ties.iter().map(|&(j, i, _)| (j, i, 38)).collect();
    hear(&mut plan, &ties, [false, true]);
    plan
}

// The master equation of Bass (1969) with a finite number of actors, not its limit.
on_every_engine!(bass_on_the_complete_graph_has_the_mean_of_its_size, |engine| {
    for (n, runs, at_5, at_10) in
        [(10, 4000, 0.290_738_652_2, 0.677_066_367_6), (100, 400, 0.326_182_129_2, 0.799_372_080_1)]
    {
        let mut plan = bass(n, &complete(n), n - 1);
        plan.n_ticks = 10;
        for (ticks, expected) in [(5, at_5), (10, at_10)] {
            let shares = sample(engine, &plan, runs, |run| adopters_after(&plan, run, ticks) / f64::from(n));
            assert_mean(&shares, expected);
        }
    }
});

// Fibich and Gibori (2010), "Aggregate diffusion dynamics in agent-based models with a spatial
// structure": the same p and q go more slowly on a ring.
on_every_engine!(bass_on_a_one_sided_ring_is_slower, |engine| {
    for (n, at_10, at_20) in [(3, 0.485_273_291_2, 0.787_096_500_4), (10, 0.558_216_743_4, 0.915_875_650_8)] {
        let ring: Vec<Tie> = (0..n).map(|i| (i, (i + 1) % n, 1)).collect();
        let plan = bass(n, &ring, 1);
        for (ticks, expected) in [(10, at_10), (20, at_20)] {
            let shares = sample(engine, &plan, 4000, |run| adopters_after(&plan, run, ticks) / f64::from(n));
            assert_mean(&shares, expected);
        }
    }
});

// Each adopter moves each neighbour at the rate 0.5 / `share_of`.
fn contagion(n: u32, ties: &[Tie], share_of: u32, first: u32, n_ticks: Tick) -> Plan {
    let mut plan = by_hazard(n, 0.5 / f64::from(share_of), n_ticks);
    hear(&mut plan, ties, [false, true]);
    adopt_at_first(&mut plan, [first]);
    plan
}

on_every_engine!(simple_contagion_on_the_complete_graph_has_its_exact_mean_and_duration, |engine| {
    for (n, runs, ticks, expected, duration) in
        [(10, 4000, 5, 5.409_248_621_3, 10.184_285_714_3), (100, 300, 10, 49.501_545_537, 20.502_414_969_9)]
    {
        let plan = contagion(n, &complete(n), n - 1, 0, 200);
        let adopters = sample(engine, &plan, runs, |run| adopters_after(&plan, run, ticks));
        assert_mean(&adopters, expected);
        assert_mean(&sample(engine, &plan, runs, time_of_last_move), duration);
    }
});

// For simple contagion the advantage of the hub is time alone.
on_every_engine!(simple_contagion_from_a_leaf_of_a_star_is_late, |engine| {
    for (first, expected) in [(0, 7.321_205_588_3), (1, 4.010_290_617_7)] {
        let plan = contagion(11, &star(10), 1, first, 2);
        assert_mean(&sample(engine, &plan, 4000, |run| adopters_after(&plan, run, 2)), expected);
    }
});

// Adoption at the rate 1.5 · share, and back at the rate 0.5.
on_every_engine!(those_who_can_go_back_keep_the_balance_of_sis, |engine| {
    let n = 10;
    let mut plan = by_hazard(n, 0.5 / 9.0, 5);
    plan.reversal = Reversal::On;
    let ties: Vec<Tie> = complete(n).iter().map(|&(j, i, _)| (j, i, 3)).collect();
    hear(&mut plan, &ties, [false, true]);
    press(&mut plan, [true, false], 9);
    adopt_at_first(&mut plan, [0]);
    let adopters = sample(engine, &plan, 4000, |run| adopters_after(&plan, run, 5));
    assert_mean(&adopters, 3.996_646_390_3);
    assert_share(&adopters, |n| n < 0.5, 0.357_001_662);
});

// One actor with the rates a to adopt and b to go back: it adopts and repents for ever, holding the
// norm at t with probability a/(a + b) · (1 − e^(−(a + b)t)).
on_every_engine!(pressure_both_ways_makes_policy_oscillate_at_its_rates, |engine| {
    let mut plan = by_hazard(1, 0.25, 200);
    plan.reversal = Reversal::On;
    press(&mut plan, [false, true], 3);
    press(&mut plan, [true, false], 1);
    let held = |ticks| sample(engine, &plan, 4000, |run| adopters_after(&plan, run, ticks));
    assert_share(&held(1), |n| n > 0.5, 0.75 * (1.0 - (-1f64).exp()));
    assert_share(&held(200), |n| n > 0.5, 0.75);
    // In the long run it moves 2ab/(a + b) times a year; the start at 0 adds (a/(a + b) − b/(a +
    // b)) · a/(a + b) = 3/8 once.
    let moves = sample(engine, &plan, 400, |run| f64::from(u32::try_from(run.moves.len()).unwrap()));
    assert_mean(&moves, 200.0 * 2.0 * 0.75 * 0.25 / 1.0 + 0.375);
});

// Everybody takes up the position of a neighbour drawn at random, once a year.
fn voter(n: u32, ties: &[Tie], first: u32) -> Plan {
    let mut plan = by_hazard(n, 1.0 / 12.0, 400);
    plan.reversal = Reversal::On;
    let degree = |i: u32| i32::try_from(ties.iter().filter(|tie| tie.1 == i).count()).unwrap();
    let shares: Vec<Tie> = ties.iter().map(|&(j, i, _)| (j, i, 12 / degree(i))).collect();
    hear(&mut plan, &shares, [true, true]);
    adopt_at_first(&mut plan, [first]);
    plan
}

// The probability is the share of the adopters in all degrees. A step is one actor's choice, so
// that there are n of them a year.
on_every_engine!(a_voter_model_ends_at_one_position_as_often_as_degrees_say, |engine| {
    for (n, ties, first, probability, steps) in [
        (5, star(4), 0, 1.0 / 2.0, 8.333_333_3),
        (5, star(4), 1, 1.0 / 8.0, 5.833_333_3),
        (5, complete(5), 0, 1.0 / 5.0, 8.333_333_3),
        (4, path(4), 0, 1.0 / 6.0, 6.0),
        (4, path(4), 1, 1.0 / 3.0, 7.142_857),
    ] {
        let plan = voter(n, &ties, first);
        let adopters = sample(engine, &plan, 4000, |run| adopters_after(&plan, run, 400));
        assert!(adopters.iter().all(|&x| x < 0.5 || x > f64::from(n) - 0.5), "not at one position");
        assert_share(&adopters, |x| x > 0.5, probability);
        let years = sample(engine, &plan, 4000, time_of_last_move);
        assert_mean(&years.iter().map(|years| years * f64::from(n)).collect::<Vec<_>>(), steps);
    }
});

// Three in a row behind one who has adopted, each once its neighbour has: the last adopts after
// three exponential times, whatever the tick.
on_every_engine!(a_chain_of_reviews_takes_as_long_whatever_the_tick, |engine| {
    for ticks_per_year in [1u32, 12] {
        let mut plan = bare(4);
        plan.n_ticks = 40 * ticks_per_year;
        plan.years_per_tick = 1.0 / f64::from(ticks_per_year);
        plan.schedule = Schedule::Continuous;
        plan.rule = Rule::Strict;
        plan.reviews_per_year = 2.0;
        hear(&mut plan, &path(4), [false, true]);
        adopt_at_first(&mut plan, [0]);
        let years = |run: &normwave_plan::Trajectory| time_of_last_move(run) / f64::from(ticks_per_year);
        assert_mean(&sample(engine, &plan, 4000, years), 3.0 / 2.0);
    }
});

// Actor 0 adopts at the rate 1, then actor 1 at the rate 1: both have by t with probability
// 1 − e^(−t)·(1 + t), which a year as one tick allows only if what moves change is seen at once.
#[track_caller]
fn one_after_the_other(engine: &dyn normwave_plan::Engine, change: impl Fn(&mut Plan)) {
    let mut plan = by_hazard(2, 1.0, 1);
    press(&mut plan, [false, true], 1);
    change(&mut plan);
    let adopters = sample(engine, &plan, 4000, |run| adopters_after(&plan, run, 1));
    assert_share(&adopters, |n| n > 1.5, 1.0 - 2.0 / 1f64.exp());
}

on_every_engine!(gains_follow_each_move_within_a_tick, |engine| {
    one_after_the_other(engine, |plan| {
        // Actor 1 sees twice the share of adopters, which is 1/2 once actor 0 has adopted.
        plan.programs.push(Program {
            driver: Driver::Share { weights: Steps::constant(vec![1, 1]) },
            toward_status_quo: Shape::Constant(1.0),
            toward_new: Shape::Linear { at_zero: 0.0, slope: 2.0 },
        });
        plan.blocks[0].weights = Steps::constant(Weights::Internal(vec![1, 0]));
        let mut swayed = block(Source::Internal, [false, true], Weights::Internal(vec![0, 1]));
        swayed.gains = vec![0];
        plan.blocks.push(swayed);
    });
});

on_every_engine!(a_conditional_offer_opens_within_a_tick, |engine| {
    one_after_the_other(engine, |plan| {
        let of_first = Quota { position: 1, among: Some(vec![true, false]), need: Need::Count(1) };
        let offer = |to: [bool; 2], when| Offer {
            position: 1,
            from: 0,
            until: Tick::MAX,
            to: Some(to.to_vec()),
            when,
        };
        plan.offers = vec![offer([true, false], vec![]), offer([false, true], vec![of_first])];
    });
});

on_every_engine!(two_camps_that_flipped_at_once_settle_in_continuous_time, |engine| {
    let mut plan = bare(5);
    plan.schedule = Schedule::Continuous;
    plan.rule = Rule::Strict;
    plan.reversal = Reversal::On;
    plan.n_ticks = 50;
    small_worlds::push(&mut plan, &star(4), 1, 1);
    adopt_at_first(&mut plan, [0]);
    let last = sample(engine, &plan, 100, |run| {
        assert_eq!(run.cycle, None);
        let n = adopters_after(&plan, run, 50);
        assert!(!(0.5..=4.5).contains(&n), "{n} of 5 adopters");
        n
    });
    assert!(last.iter().any(|&n| n > 4.5) && last.iter().any(|&n| n < 0.5), "both camps win now and then");
});

on_every_engine!(moves_within_a_tick_are_in_order_of_time, |engine| {
    let plan = contagion(30, &both_ways((1..30).map(|i| (i / 2, i))), 1, 0, 10);
    let run = engine.prepare(&plan).run(1, 0);
    assert!(run.moves.iter().is_sorted_by_key(|step| (step.tick, step.offset)));
    assert!(run.moves.len() > 5 && run.moves[1..].iter().all(|step| step.offset > 0));
});

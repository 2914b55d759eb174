//! Ordered stages with thresholds of their own, entry into force, and conditional offers.

mod small_worlds;

use normwave_plan::{
    Block, Forced, Need, Offer, Plan, Position, Quota, Reversal, Rule, SIGNAL_ONE, Source, Steps, Support,
    Tick, Weights, key_of,
};
use small_worlds::{adopt_at_first, bare, on_every_engine, press};

fn internal(toward: [bool; 3], steps: Steps<Weights>) -> Block {
    Block {
        source: Source::Internal,
        toward: toward.to_vec(),
        gains: Vec::new(),
        weights: steps,
        hatch: None,
    }
}

// Signature needs a lead of more than 2, ratification one of more than 5 over signature.
on_every_engine!(stages_are_taken_one_after_the_other_as_pressure_grows, |engine| {
    let mut plan = Plan::bare(vec![key_of("A")], 3, 10);
    plan.graded = true;
    plan.support = Support::rival(3);
    plan.reversal = Reversal::OffGraded;
    plan.rule = Rule::Strict;
    plan.position_thresholds = [0.0, 2.0, 5.0].map(|units| units * f64::from(SIGNAL_ONE)).to_vec();
    let mut rising = Steps::default();
    (0..10).for_each(|tick| rising.push(tick, Weights::Internal(vec![2 * i64::from(tick)])));
    plan.blocks = vec![
        internal([false, true, false], Steps::constant(Weights::Internal(vec![4]))),
        internal([false, false, true], rising),
    ];
    plan.check().unwrap();
    let run = engine.prepare(&plan).run(1, 0);
    let moves: Vec<_> = run.moves.iter().map(|step| (step.tick, step.from(), step.to())).collect();
    // From 0 the most beyond its own threshold is 4 − 2 against −5; then 2t − 4 > 5 from tick 5 on.
    assert_eq!(moves, [(0, 0, 1), (5, 1, 2)]);
});

fn quota(among: &[bool], need: Need) -> Quota {
    Quota { position: 1, among: Some(among.to_vec()), need }
}

// Everybody is pressed to adopt; the last of three is offered to only while the first two have.
fn coy(first: &[(Tick, u32, Position)]) -> Plan {
    let mut plan = bare(3);
    plan.reversal = Reversal::On;
    press(&mut plan, [false, true], 1);
    let both = quota(&[true, true, false], Need::Share { of: 1, out_of: 1 });
    let to = Some(vec![false, false, true]);
    plan.offers = vec![Offer { position: 1, from: 0, until: Tick::MAX, to, when: vec![both] }];
    plan.forced = first.iter().map(|&(tick, actor, position)| Forced { tick, actor, position }).collect();
    plan
}

on_every_engine!(a_government_that_waits_for_others_adopts_once_they_have, |engine| {
    let adopts = |first: &[(Tick, u32, Position)]| {
        let run = engine.prepare(&coy(first)).run(1, 0);
        run.first_at_least(3, 1)[2]
    };
    assert_eq!(adopts(&[(2, 0, 1)]), None, "one of two is not both");
    assert_eq!(adopts(&[(2, 0, 1), (6, 1, 1)]), Some(6));
    assert_eq!(adopts(&[(2, 0, 1), (4, 1, 1), (4, 0, 0)]), None, "both at the same time");
});

// The proposal at Oslo that a ban should enter into force with 75 % of producers and all five
// permanent members: here three of four producers and two members.
on_every_engine!(entry_into_force_waits_for_both_classes, |engine| {
    let mut plan = bare(6);
    press(&mut plan, [false, true], 0);
    plan.offers.clear();
    adopt_at_first(&mut plan, [0, 1, 4]);
    plan.forced.push(Forced { tick: 3, actor: 2, position: 1 });
    plan.forced.push(Forced { tick: 7, actor: 5, position: 1 });
    let producers = [true, true, true, true, false, false];
    let members = [false, false, false, false, true, true];
    plan.in_force[1] = vec![
        quota(&producers, Need::Share { of: 3, out_of: 4 }),
        quota(&members, Need::Share { of: 1, out_of: 1 }),
    ];
    plan.check().unwrap();
    let run = engine.prepare(&plan).run(1, 0);
    assert_eq!(plan.possible_from(&run), [Some(0), Some(7)]);
    assert_eq!(plan.acted(&run), [Some(7); 5]);
    plan.in_force[1].pop();
    assert_eq!(plan.acted(&run), [Some(3), Some(3), Some(3), Some(3), Some(7)]);
});

//! Retention: what is left of a norm once its promoters are gone (Stuster 2023, §7).

use normwave_plan::{Engine, Follow, Lead, Plan, Position, Steps, Tick};

/// Who still holds a norm after its promoters have gone.
#[derive(Clone, Debug, PartialEq)]
pub struct Retention {
    /// The tick from whose start the promoters are gone.
    pub from: Tick,
    /// How many of the others had adopted before it.
    pub holders: u32,
    /// Share of those that still hold it at the end of each tick from `from` on, 0 to 1; all 0 if
    /// there were none.
    pub still: Vec<f64>,
}

impl Retention {
    /// The share that holds it at the end.
    #[must_use]
    pub fn at_the_end(&self) -> f64 {
        self.still.last().copied().unwrap_or(0.0)
    }

    /// After how many ticks fewer than half hold it; `None` if at least half always do.
    #[must_use]
    pub fn half_life(&self) -> Option<Tick> {
        self.still.iter().position(|share| *share < 0.5).and_then(|ticks| Tick::try_from(ticks).ok())
    }
}

/// Removes promoters from a tick on and follows the others to the end of the plan.
///
/// A promoter that is removed is absent: it neither decides, nor counts, nor advocates, whether by
/// following or on schedule, and is heard by nobody. The plan's own rule decides whether others go
/// back; where reversal is off, all stay. The same seed gives the same random numbers with and
/// without promoters.
///
/// ```
/// use normwave_analysis::retention;
/// use normwave_engine::Sparse;
/// use normwave_plan::{Forced, Plan};
/// let mut plan = Plan::bare(vec![1, 2, 3], 2, 10);
/// plan.forced = vec![Forced { tick: 0, actor: 0, position: 1 }, Forced { tick: 0, actor: 1, position: 1 }];
/// let kept = retention(&plan, &Sparse, 1, &[0], 4, 1);
/// assert_eq!((kept.holders, kept.at_the_end(), kept.half_life()), (1, 1.0, None));
/// ```
#[must_use]
pub fn retention(
    plan: &Plan,
    engine: &dyn Engine,
    seed: u64,
    promoters: &[u32],
    from: Tick,
    k: Position,
) -> Retention {
    let n = plan.n_actors();
    let run = engine.prepare(plan).run(seed, 0);
    let before = run.positions_before(n, from, 0);
    let present = plan.present_at(from);
    let held = |i: usize| plan.adopts(before[i], k) && present[i];
    let staying = |i: &usize| !promoters.iter().any(|&gone| gone as usize == *i);
    let holders: Vec<usize> = (0..n).filter(staying).filter(|&i| held(i)).collect();
    let after = engine.prepare(&without(plan, promoters, from)).run(seed, 0);
    let mut positions = before.clone();
    let mut moves = after.moves.iter().skip_while(|step| step.tick < from).peekable();
    let mut still = Vec::new();
    for tick in from..plan.n_ticks {
        while let Some(step) = moves.next_if(|step| step.tick == tick) {
            positions[step.actor as usize] = step.to();
        }
        let kept = holders.iter().filter(|&&i| plan.adopts(positions[i], k)).count();
        still.push(share(kept, holders.len()));
    }
    Retention { from, holders: u32::try_from(holders.len()).unwrap_or(u32::MAX), still }
}

#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

// The plan in which these actors are gone from a tick on.
fn without(plan: &Plan, gone: &[u32], from: Tick) -> Plan {
    let mut changed = plan.clone();
    let is_gone = |actor: usize| gone.iter().any(|&one| one as usize == actor);
    changed.present = from_then_on(&plan.present, from, |present: &mut Vec<bool>| {
        present.iter_mut().enumerate().filter(|(i, _)| is_gone(*i)).for_each(|(_, here)| *here = false);
    });
    changed.stances.spell_out(plan.n_actors(), plan.n_positions);
    for (_, follow) in changed.stances.follows.iter_mut().enumerate().filter(|(i, _)| is_gone(*i)) {
        *follow = from_then_on(follow, from, |follow: &mut Follow| follow.lead = Lead::Nobody);
    }
    for stance in &mut changed.stances.scheduled {
        if is_gone(stance.actor as usize) {
            stance.until = stance.until.min(from);
        }
    }
    changed.stances.scheduled.retain(|stance| stance.from < stance.until);
    changed
}

// Changes all values that hold from a tick on.
fn from_then_on<T: Clone>(steps: &Steps<T>, from: Tick, change: impl Fn(&mut T)) -> Steps<T> {
    let mut changed = Steps::default();
    steps
        .steps()
        .iter()
        .filter(|step| step.0 < from)
        .for_each(|(tick, value)| changed.push(*tick, value.clone()));
    let at_first = steps.at(from).map(|value| (from, value.clone()));
    let later = steps.steps().iter().filter(|step| step.0 > from).cloned();
    for (tick, mut value) in at_first.into_iter().chain(later) {
        change(&mut value);
        changed.push(tick, value);
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{complete, contagion, star};
    use normwave_engine::engines;
    use normwave_plan::{Block, Reversal, Rule, Source, Weights};

    // Each holds the norm while at least `need` neighbours do: 2 for each against 2 · need − 1.
    fn reversible(ties: &[(u32, u32)], n: usize, need: i64, first: &[u32]) -> Plan {
        let mut plan = contagion(&[ties, ties].concat(), &vec![0.0; n], first, 30);
        plan.rule = Rule::Strict;
        let own = Steps::constant(Weights::Internal(vec![2 * need - 1; n]));
        let toward = vec![true, false];
        plan.blocks.push(Block {
            source: Source::Internal,
            toward,
            gains: Vec::new(),
            weights: own,
            hatch: None,
        });
        plan.reversal = Reversal::On;
        plan
    }

    #[test]
    fn a_dense_network_keeps_what_a_star_loses_with_its_hub() {
        for engine in engines() {
            let kept = |plan: &Plan, gone: &[u32]| retention(plan, engine.as_ref(), 1, gone, 10, 1);
            let star = kept(&reversible(&star(8), 9, 1, &[0, 1]), &[0]);
            assert_eq!((star.holders, star.at_the_end(), star.half_life()), (8, 0.0, Some(0)));
            let dense = kept(&reversible(&complete(9), 9, 1, &[0, 1]), &[0]);
            assert_eq!((dense.holders, dense.at_the_end(), dense.half_life()), (8, 1.0, None));
        }
    }

    #[test]
    fn retention_grows_with_density_and_falls_with_who_is_removed() {
        // A ring in which each is tied to `reach` on either side and needs 4; 24 actors.
        let ring = |reach: u32| -> Vec<(u32, u32)> {
            (0..24).flat_map(|i| (1..=reach).map(move |step| (i, (i + step) % 24))).collect()
        };
        let kept = |reach: u32, gone: &[u32]| {
            let all: Vec<u32> = (0..24).collect();
            let plan = reversible(&ring(reach), 24, 4, &all);
            retention(&plan, engines()[0].as_ref(), 1, gone, 10, 1).at_the_end()
        };
        let curve: Vec<f64> = [2, 3, 4].iter().map(|&reach| kept(reach, &[0, 1, 2, 3])).collect();
        // Beside the gap three partners of six are left, or four of eight.
        assert_eq!(curve, [0.0, 0.0, 1.0]);
        assert!((kept(3, &[0, 1]) - 1.0).abs() < 1e-12, "a smaller gap leaves four");
    }

    #[test]
    fn without_reversal_all_stay() {
        let plan = contagion(&star(5), &[1.0; 6], &[0], 20);
        assert!((retention(&plan, engines()[0].as_ref(), 1, &[0], 5, 1).at_the_end() - 1.0).abs() < 1e-12);
    }
}

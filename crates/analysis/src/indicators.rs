//! Process indicators beside outcome indicators: engagement is not policy change.

use normwave_plan::{Cause, Move, Persuaded, Plan, Position, SIGNAL_ONE, Source, Tick, Trajectory};

/// One tick of a run, by what is done for the norm and by what comes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Indicator {
    /// The tick.
    pub tick: Tick,
    /// Awareness: share of governments that hear any pressure toward a new position from a sender.
    pub awareness: f64,
    /// Advocacy volume: Σ x_jk over all actors and new positions.
    pub advocacy: f64,
    /// Exposure: the mean over governments of the pressure that senders put on them toward the new
    /// position toward which it is strongest, in pressure units, without the gains that follow the
    /// adoption state.
    pub exposure: f64,
    /// Share that holds a new position, whether it decided for it or was given it.
    pub decided: f64,
    /// Share that holds a new position that it was given.
    pub given: f64,
    /// Share that holds a new position on which it can act.
    pub acted: f64,
}

/// The indicators of a run, one per tick.
///
/// Process (awareness, advocacy, exposure) is taken when the tick's decisions are, outcome (decided,
/// acted) at its end. Ticks in which nothing changed are not computed anew. Takes time in the order
/// of ties, for every tick with a move or a dated change.
///
/// Source: the demand to link process and outcome indicators, MODEL §10.
///
/// ```
/// use normwave_analysis::indicators;
/// use normwave_plan::{Plan, Trajectory};
/// let quiet = indicators(&Plan::bare(vec![1, 2], 2, 3), &Trajectory::default());
/// assert_eq!((quiet.len(), quiet[2].awareness, quiet[2].decided), (3, 0.0, 0.0));
/// ```
#[must_use]
pub fn indicators(plan: &Plan, run: &Trajectory) -> Vec<Indicator> {
    let mut acted: Vec<Move> =
        run.moves.iter().zip(plan.acted(run)).filter_map(|(step, acted)| Some(step.at(acted?))).collect();
    acted.sort_by_key(|step| step.tick);
    let changes = plan.change_ticks();
    let hatched = plan.blocks.iter().any(|block| block.hatch.is_some());
    let mut positions = vec![0; plan.n_actors()];
    let mut acting = positions.clone();
    let mut given = positions.clone();
    let mut moves = run.moves.iter().peekable();
    let mut acts = acted.iter().peekable();
    let mut all: Vec<Indicator> = Vec::with_capacity(plan.n_ticks as usize);
    let mut moved = true;
    let mut persuaded = Persuaded::default();
    for tick in 0..plan.n_ticks {
        while let Some(step) = moves.next_if(|step| step.tick == tick && step.cause() != Cause::Decided) {
            positions[step.actor as usize] = step.to();
            given[step.actor as usize] = step.to();
            moved = true;
        }
        if tick == 0 {
            persuaded = plan.unpersuaded(&positions);
        }
        let process = match all.last() {
            Some(last) if !moved && !hatched && !plan.persuades() && !changes.contains(&tick) => *last,
            _ => process(plan, tick, &positions, &persuaded),
        };
        persuaded = plan.persuade(tick, &positions, &persuaded);
        moved = false;
        while let Some(step) = moves.next_if(|step| step.tick == tick) {
            positions[step.actor as usize] = step.to();
            given[step.actor as usize] = 0;
            moved = true;
        }
        while let Some(step) = acts.next_if(|step| step.tick == tick) {
            acting[step.actor as usize] = step.to();
        }
        let share = |positions: &[Position]| share_of_new(plan, tick, positions);
        let (decided, acted, given) = (share(&positions), share(&acting), share(&given));
        all.push(Indicator { tick, decided, acted, given, ..process });
    }
    all
}

/// Whether there was much process and no outcome: at some tick at least half of the governments were
/// aware, yet at the end no more than a twentieth hold a new position that they decided for.
#[must_use]
pub fn much_process_no_outcome(indicators: &[Indicator]) -> bool {
    let aware = indicators.iter().any(|now| now.awareness >= 0.5);
    aware && indicators.last().is_some_and(|last| last.decided - last.given <= 0.05)
}

#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn share_of_new(plan: &Plan, tick: Tick, positions: &[Position]) -> f64 {
    let (mut new, mut all) = (0usize, 0usize);
    for (held, _) in positions.iter().zip(plan.present_at(tick)).filter(|(_, present)| **present) {
        all += 1;
        new += usize::from(*held > 0);
    }
    if all == 0 { 0.0 } else { new as f64 / all as f64 }
}

// What is said and heard: advocacy, and pressures from senders toward new positions.
#[expect(clippy::cast_precision_loss, reason = "sums are below 2⁵³, as `Plan::check` proves")]
fn process(plan: &Plan, tick: Tick, positions: &[Position], persuaded: &Persuaded) -> Indicator {
    let n_k = plan.n_positions;
    let present = plan.present_at(tick);
    let advocacy = plan.advocacy(tick, positions, persuaded);
    let hatched = plan.hatched(tick, positions, &advocacy);
    let mut sums = vec![0i64; plan.n_actors() * n_k];
    let mut heard = vec![0u32; n_k];
    for (block, hatched) in plan.blocks.iter().zip(&hatched) {
        let Source::Ties(signal) = block.source else { continue };
        let Some(weights) = hatched.as_ref().or_else(|| block.weights.at(tick)) else { continue };
        for (sender, j) in (0u32..).zip(0..plan.n_actors()) {
            plan.heard(signal, j, positions[j], present[j], &advocacy, &mut heard);
            if heard[1..].iter().all(|&y| y == 0) {
                continue;
            }
            for (target, weight) in weights.row(sender) {
                for k in (1..n_k).filter(|&k| block.toward[k]) {
                    sums[target as usize * n_k + k] += i64::from(weight) * i64::from(heard[k]);
                }
            }
        }
    }
    let (mut n, mut aware, mut pressure) = (0u32, 0u32, 0.0);
    for (row, _) in sums.chunks_exact(n_k).zip(present).filter(|(_, present)| **present) {
        let most = row[1..].iter().copied().max().unwrap_or(0).max(0);
        n += 1;
        aware += u32::from(most > 0);
        pressure += most as f64 * plan.unit();
    }
    let said = advocacy.chunks_exact(n_k).flat_map(|x| &x[1..]);
    let of_all = |sum: f64| if n == 0 { 0.0 } else { sum / f64::from(n) };
    Indicator {
        tick,
        awareness: of_all(f64::from(aware)),
        advocacy: said.map(|&x| f64::from(x) / f64::from(SIGNAL_ONE)).sum(),
        exposure: of_all(pressure),
        ..Indicator::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{contagion, star};
    use normwave_engine::Sparse;
    use normwave_plan::{Engine, Steps};

    #[test]
    fn a_star_is_aware_once_its_hub_adopts() {
        let plan = contagion(&star(4), &[1.0; 5], &[0], 3);
        let all = indicators(&plan, &Sparse.prepare(&plan).run(1, 0));
        // Before the decisions the four leaves hear the hub; after them everybody hears somebody.
        let awareness: Vec<f64> = all.iter().map(|now| now.awareness).collect();
        assert_eq!(awareness, [0.8, 1.0, 1.0]);
        assert_eq!((all[0].exposure, all[1].exposure), (0.8, 8.0 / 5.0));
        assert_eq!((all[0].advocacy, all[1].advocacy), (1.0, 5.0));
        assert_eq!((all[0].decided, all[2].acted), (1.0, 1.0));
    }

    #[test]
    fn much_is_said_and_nothing_done() {
        let deaf = contagion(&star(9), &[9.0; 10], &[0], 12);
        let all = indicators(&deaf, &Sparse.prepare(&deaf).run(1, 0));
        assert!((all[5].awareness - 0.9).abs() < 1e-12 && (all[11].decided - 0.1).abs() < 1e-12);
        assert!(much_process_no_outcome(&all));
        let plan = contagion(&star(9), &[1.0; 10], &[0], 12);
        let mut late = plan.clone();
        late.thresholds = Steps::constant(vec![9e9; 10]);
        late.thresholds.push(6, vec![0.0; 10]);
        assert!(!much_process_no_outcome(&indicators(&late, &Sparse.prepare(&late).run(1, 0))));
        let at_once = contagion(&star(9), &[1.0; 10], &[0], 12);
        assert!(!much_process_no_outcome(&indicators(&at_once, &Sparse.prepare(&at_once).run(1, 0))));
        assert!(!much_process_no_outcome(&[]));
    }

    #[test]
    fn what_is_decided_before_it_can_be_acted_on_is_acted_on_later() {
        let mut plan = contagion(&star(3), &[1.0; 4], &[0], 6);
        plan.acts_from = vec![0, 4];
        let all = indicators(&plan, &Sparse.prepare(&plan).run(1, 0));
        assert_eq!((all[3].decided, all[3].acted, all[4].acted), (1.0, 0.0, 1.0));
    }

    #[test]
    fn quiet_ticks_are_as_if_computed_anew() {
        let chain: Vec<_> = (1..12).map(|i| (i - 1, i)).collect();
        let plan = contagion(&chain, &[1.0; 12], &[0], 30);
        let run = Sparse.prepare(&plan).run(1, 0);
        for (tick, now) in (0u32..).zip(indicators(&plan, &run)) {
            let first =
                run.moves.iter().filter(|step| step.tick == tick && step.cause() != Cause::Decided).count();
            let state = run.positions_before(12, tick, u32::try_from(first).unwrap());
            let anew = process(&plan, tick, &state, &plan.persuaded_at(&run, tick));
            assert_eq!(
                (now.awareness, now.advocacy, now.exposure),
                (anew.awareness, anew.advocacy, anew.exposure)
            );
        }
    }
}

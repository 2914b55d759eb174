//! Who holds what over time, over all replicates.

use normwave_plan::{Plan, Position, Tick, Trajectory};

/// When a position counts as held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// From the decision on.
    Decided,
    /// From when the decision could be acted on.
    Acted,
}

impl Stage {
    /// Both stages.
    pub const ALL: [Stage; 2] = [Stage::Decided, Stage::Acted];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stage::Decided => "decided",
            Stage::Acted => "acted",
        }
    }
}

/// A number over replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Mean.
    pub mean: f64,
    /// 5 % quantile (linear between order statistics, as the other two).
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95 % quantile.
    pub p95: f64,
}

impl Band {
    /// The band of some values; all 0 if there are none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of replicates")]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        Band { mean, p05: quantile(&values, 0.05), p50: quantile(&values, 0.5), p95: quantile(&values, 0.95) }
    }
}

/// A quantile of sorted values, linear between order statistics; 0 if there are none.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a list"
)]
pub(crate) fn quantile(sorted: &[f64], q: f64) -> f64 {
    let place = q * sorted.len().saturating_sub(1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    match (sorted.get(below), sorted.get(above)) {
        (Some(low), Some(high)) => low + (high - low) * place.fract(),
        _ => 0.0,
    }
}

/// The share that holds each position at the end of each tick.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareTable {
    n_positions: usize,
    // At (tick · K + k), by stage.
    bands: [Vec<Band>; 2],
    noise_free: [Vec<f64>; 2],
}

impl ShareTable {
    /// The shares of some replicates, of which there are the bands of both stages, and of the run
    /// without noise.
    #[must_use]
    pub(crate) fn new(plan: &Plan, bands: [Vec<Band>; 2], noise_free: &Trajectory) -> Self {
        let noise_free = Stage::ALL.map(|stage| shares(plan, noise_free, stage));
        ShareTable { n_positions: plan.n_positions, bands, noise_free }
    }

    fn cell(&self, tick: Tick, k: Position) -> usize {
        tick as usize * self.n_positions + usize::from(k)
    }

    /// The share that holds exactly `k` at the end of a tick, over replicates.
    #[must_use]
    pub fn band(&self, stage: Stage, tick: Tick, k: Position) -> Band {
        self.bands[stage as usize][self.cell(tick, k)]
    }

    /// The same in the run without noise.
    #[must_use]
    pub fn noise_free(&self, stage: Stage, tick: Tick, k: Position) -> f64 {
        self.noise_free[stage as usize][self.cell(tick, k)]
    }
}

/// The shares of some replicates, tick by tick and position by position.
pub(crate) fn bands(plan: &Plan, replicates: &[Trajectory], stage: Stage) -> Vec<Band> {
    let runs: Vec<Vec<f64>> = replicates.iter().map(|run| shares(plan, run, stage)).collect();
    let cells = plan.n_ticks as usize * plan.n_positions;
    (0..cells).map(|cell| Band::of(runs.iter().map(|run| run[cell]).collect())).collect()
}

fn shares(plan: &Plan, trajectory: &Trajectory, stage: Stage) -> Vec<f64> {
    let acted;
    let shares = match stage {
        Stage::Decided => plan.shares(trajectory),
        Stage::Acted => {
            acted = as_acted(plan, trajectory);
            plan.shares(&acted)
        }
    };
    let ticks = 0..plan.n_ticks;
    ticks
        .flat_map(|tick| (0u8..).take(plan.n_positions).map(move |k| (tick, k)))
        .map(|(tick, k)| shares.share(tick, k))
        .collect()
}

/// The moves of a run at the ticks from which they could be acted on.
pub(crate) fn as_acted(plan: &Plan, trajectory: &Trajectory) -> Trajectory {
    let acted = plan.acted(trajectory);
    let moves = trajectory.moves.iter().zip(acted);
    let mut moves: Vec<_> = moves.filter_map(|(step, acted)| acted.map(|tick| step.at(tick))).collect();
    moves.sort_by_key(|step| step.tick);
    Trajectory { moves, cycle: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_plan::Cause;

    #[test]
    fn quantiles_lie_between_order_statistics() {
        let band = Band::of(vec![3.0, 1.0, 2.0, 4.0, 5.0]);
        assert_eq!((band.mean, band.p50), (3.0, 3.0));
        assert!((band.p05 - 1.2).abs() < 1e-12 && (band.p95 - 4.8).abs() < 1e-12);
        assert!(Band::of(vec![]).p95.abs() < 1e-12);
    }

    #[test]
    fn a_decision_counts_as_acted_on_once_the_position_opens() {
        let mut plan = Plan::bare(vec![1, 2], 2, 4);
        plan.acts_from = vec![0, 2];
        let mut run = Trajectory::default();
        run.record(1, 0, 0, 1, Cause::Decided);
        let bands = Stage::ALL.map(|stage| bands(&plan, std::slice::from_ref(&run), stage));
        let table = ShareTable::new(&plan, bands, &run);
        let series = |stage| (0..4).map(|tick| table.band(stage, tick, 1).mean).collect::<Vec<_>>();
        assert_eq!(series(Stage::Decided), [0.0, 0.5, 0.5, 0.5]);
        assert_eq!(series(Stage::Acted), [0.0, 0.0, 0.5, 0.5]);
        assert!((table.noise_free(Stage::Acted, 3, 0) - 0.5).abs() < 1e-12);
    }
}

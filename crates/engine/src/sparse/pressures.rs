//! Pressures, totalled anew only where a sum or a gain has changed.

use super::actor_set::{ActorSet, MANY, PER_WORD, in_whole_words, members};
use super::gains::Gains;
use super::sums::Sums;
use normwave_plan::Plan;
use pulp::{Arch, Simd, WithSimd};

/// P_ik of one replicate.
#[derive(Clone, Debug)]
pub(super) struct Pressures {
    // At i * K + k.
    rows: Vec<f64>,
    // The same position by position, each rounded up to whole words of actors, where they are asked for.
    planes: Vec<f64>,
    /// Actors whose row is out of date.
    pub(super) stale: ActorSet,
}

impl Pressures {
    /// `in_planes` has them kept position by position too.
    pub(super) fn new(plan: &Plan, in_planes: bool) -> Self {
        let n = plan.n_actors();
        let width = if in_planes { in_whole_words(n) } else { 0 };
        Pressures {
            rows: vec![0.0; n * plan.n_positions],
            planes: vec![0.0; width * plan.n_positions],
            stale: ActorSet::everybody(n),
        }
    }

    /// P_ik of all actors as last totalled, rounded up to whole words of actors, if they are kept so.
    pub(super) fn planes(&self) -> &[f64] {
        &self.planes
    }

    /// P_i as last totalled.
    pub(super) fn row(&self, actor: usize, n_positions: usize) -> &[f64] {
        &self.rows[actor * n_positions..(actor + 1) * n_positions]
    }

    /// Brings the wanted actors of one word up to date.
    ///
    /// Returns whose rows were brought up to date, which may be more than were wanted.
    pub(super) fn refresh(
        &mut self,
        plan: &Plan,
        sums: &[Sums],
        gains: &Gains<'_>,
        word: usize,
        wanted: u64,
    ) -> u64 {
        let stale = self.stale.take(word);
        let wanted = wanted & stale;
        if wanted.count_ones() >= MANY {
            Arch::new().dispatch(Total { pressures: self, plan, sums, gains, word });
            return stale;
        }
        self.stale.join(word, stale & !wanted);
        for actor in members(word, wanted) {
            self.total_one(plan, sums, gains, actor);
        }
        wanted
    }

    #[expect(clippy::cast_possible_truncation, reason = "sums are integers below 2⁵³")]
    fn total_one(&mut self, plan: &Plan, sums: &[Sums], gains: &Gains<'_>, actor: usize) {
        let n_k = plan.n_positions;
        for (k, pressure) in (0u8..).zip(&mut self.rows[actor * n_k..(actor + 1) * n_k]) {
            let component = usize::from(k);
            *pressure = plan.total(
                k,
                |block| sums[block].at(component, actor) as i64,
                |program| gains.of(program, component, actor),
            );
            if !self.planes.is_empty() {
                self.planes[component * in_whole_words(plan.n_actors()) + actor] = *pressure;
            }
        }
    }
}

/// The pressures of a whole word of actors, as [`Plan::total`] adds them up, side by side.
struct Total<'r, 'p> {
    pressures: &'r mut Pressures,
    plan: &'r Plan,
    sums: &'r [Sums],
    gains: &'r Gains<'p>,
    word: usize,
}

impl WithSimd for Total<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Total { pressures: Pressures { rows, planes, .. }, plan, sums, gains, word } = self;
        let n_k = plan.n_positions;
        let first = word * PER_WORD;
        let n = PER_WORD.min(plan.n_actors() - first);
        for k in 0..n_k {
            let mut totals = [0.0; PER_WORD];
            for (block, sums) in plan.blocks.iter().zip(sums) {
                if !block.toward[k] {
                    continue;
                }
                let sums = &sums.plane(k)[first..first + n];
                if block.gains.is_empty() {
                    for (total, sum) in totals.iter_mut().zip(sums) {
                        *total += sum;
                    }
                } else {
                    let mut product = [1.0; PER_WORD];
                    gains.multiply(block, k, first, &mut product[..n]);
                    for ((total, gain), sum) in totals.iter_mut().zip(&product).zip(sums) {
                        *total += gain * sum;
                    }
                }
            }
            for (row, total) in rows[first * n_k..].chunks_exact_mut(n_k).zip(&totals[..n]) {
                row[k] = *total;
            }
            if !planes.is_empty() {
                let plane = &mut planes[k * in_whole_words(plan.n_actors()) + first..];
                plane[..n].copy_from_slice(&totals[..n]);
            }
        }
    }
}

//! Who adopted before whom, and how that goes with a score (MODEL §10).

use normwave_plan::{Cause, Plan, Position, Tick, Trajectory};
use std::ops::Range;

/// When an actor adopted. What the scenario gives in a tick comes before what is decided in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Adoption {
    /// The tick.
    pub tick: Tick,
    /// Whether the actor decided; false for a position that was given or inherited.
    pub decided: bool,
}

/// When each actor first adopted `k`: held it, or more where versions are graded; for 0, any new
/// position.
#[must_use]
pub fn first_adoptions(plan: &Plan, run: &Trajectory, k: Position) -> Vec<Option<Adoption>> {
    let mut first = vec![None; plan.n_actors()];
    for step in run.moves.iter().filter(|step| plan.adopts(step.to(), k)) {
        let adoption = Adoption { tick: step.tick, decided: step.cause() == Cause::Decided };
        first[step.actor as usize].get_or_insert(adoption);
    }
    first
}

/// How many adopt in each tick, and how many could.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdoptionCounts {
    /// Adoptions that were decided, by tick.
    pub new: Vec<u32>,
    /// Adoptions that were given or inherited, by tick.
    pub given: Vec<u32>,
    /// Those who could decide to adopt, by tick: to whom the norm applies, who had never adopted, and
    /// who are not given the position in the tick.
    pub at_risk: Vec<u32>,
}

impl AdoptionCounts {
    /// Counts the adoptions of a plan's actors.
    #[must_use]
    pub fn new(plan: &Plan, adopted: &[Option<Adoption>]) -> Self {
        let mut counts = AdoptionCounts::default();
        let mut at_risk = 0;
        let mut by_tick = vec![(0, 0); plan.n_ticks as usize];
        for (actor, adoption) in adopted.iter().enumerate() {
            if let Some(adoption) = adoption.filter(|adoption| plan.present_at(adoption.tick)[actor]) {
                let (new, given) = &mut by_tick[adoption.tick as usize];
                *(if adoption.decided { new } else { given }) += 1;
            }
        }
        let mut presence = None;
        for (tick, (new, given)) in (0..plan.n_ticks).zip(by_tick) {
            if tick == 0 || plan.present.index_at(tick) != presence {
                presence = plan.present.index_at(tick);
                let waits = |(present, when): (&bool, &Option<Adoption>)| {
                    *present && when.is_none_or(|adoption| adoption.tick >= tick)
                };
                let waiting = plan.present_at(tick).iter().zip(adopted).filter(|pair| waits(*pair));
                at_risk = u32::try_from(waiting.count()).unwrap_or(u32::MAX);
            }
            counts.new.push(new);
            counts.given.push(given);
            at_risk = at_risk.saturating_sub(given);
            counts.at_risk.push(at_risk);
            at_risk = at_risk.saturating_sub(new);
        }
        counts
    }
}

/// One moment at which some adopt while others wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderStep {
    /// The tick.
    pub tick: Tick,
    /// Pairs of one who adopts now and one who waits in which the adopter has the higher score,
    /// less those in which it has the lower.
    pub lead: f64,
    /// Variance of `lead` if the adopters were drawn by lot from those who had not adopted.
    pub variance: f64,
}

/// The order of adoption against a score, within a window of time.
///
/// Kendall's S is the number of pairs in which the one with the higher score adopts first, less
/// those in which it adopts later. It is the sum of the steps' leads, so that any window has its
/// own, and windows that follow each other add up. Those who adopt after the window or never come
/// after everybody; those who adopted before it are left out.
///
/// `τ_b = S / √((n₀ − n₁)(n₀ − n₂))` with n₀ pairs, of which n₁ are tied in order and n₂ in score.
/// If order is a matter of chance, leads of different steps are uncorrelated, each with the variance
/// of a Mann–Whitney statistic, ties corrected; so `z = S / √Σ variance`.
///
/// Source: M. G. Kendall, "Rank Correlation Methods", 4th ed. 1970, ch. 3 and 5.
///
/// ```
/// use normwave_analysis::{Adoption, RankOrder};
/// let at = |tick| Some(Adoption { tick, decided: true });
/// let strongest_first = RankOrder::new(&[at(1), at(2), None], &[Some(9.0), Some(5.0), Some(1.0)], 0..10);
/// assert_eq!(strongest_first.tau_b(), Some(1.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RankOrder {
    steps: Vec<OrderStep>,
    // (n₀ − n₁)(n₀ − n₂)
    pairs: f64,
}

impl RankOrder {
    /// Compares adoption with a score; actors whose score is `None` or not finite take no part.
    /// Takes time in the order of n log n.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
    pub fn new(adopted: &[Option<Adoption>], score: &[Option<f64>], window: Range<Tick>) -> Self {
        let known = adopted.iter().zip(score).filter_map(|(&when, score)| Some((when, (*score)?)));
        let at_risk = known.filter(|(when, score)| {
            score.is_finite() && when.is_none_or(|adoption| adoption.tick >= window.start)
        });
        let within = |when: Option<Adoption>| when.filter(|adoption| adoption.tick < window.end);
        let mut actors: Vec<(Option<Adoption>, f64)> =
            at_risk.map(|(when, score)| (within(when), score)).collect();
        let ranks = dense_ranks(actors.iter().map(|(_, score)| *score));
        // Latest first: those who never adopt, then the moments from the last to the first.
        let mut order: Vec<usize> = (0..actors.len()).collect();
        let key = |&i: &usize| actors[i].0.map_or((true, None), |adoption| (false, Some(adoption)));
        order.sort_by_key(|i| std::cmp::Reverse(key(i)));
        let mut waiting = Waiting::new(ranks.iter().copied().max().map_or(0, |top| top + 1));
        let mut steps = Vec::new();
        let mut tied_in_order = 0.0;
        for moment in order.chunk_by(|&a, &b| actors[a].0 == actors[b].0) {
            let lead: f64 = moment.iter().map(|&i| waiting.below_less_above(ranks[i])).sum();
            moment.iter().for_each(|&i| waiting.add(ranks[i]));
            tied_in_order += pairs_among(moment.len() as f64);
            if let Some(adoption) = actors[moment[0]].0 {
                let variance = waiting.variance(moment.len() as f64);
                steps.push(OrderStep { tick: adoption.tick, lead, variance });
            }
        }
        steps.reverse();
        let n0 = pairs_among(actors.len() as f64);
        actors.sort_by(|a, b| a.1.total_cmp(&b.1));
        let tied_in_score = actors.chunk_by(|a, b| a.1.total_cmp(&b.1).is_eq());
        let tied_in_score: f64 = tied_in_score.map(|tied| pairs_among(tied.len() as f64)).sum();
        RankOrder { steps, pairs: (n0 - tied_in_order) * (n0 - tied_in_score) }
    }

    /// The moments at which somebody adopts, in order.
    #[must_use]
    pub fn steps(&self) -> &[OrderStep] {
        &self.steps
    }

    /// Kendall's τ_b, −1 to 1: positive if a high score goes with early adoption. `None` if all
    /// adopt at once or nobody does, or all scores are equal.
    #[must_use]
    pub fn tau_b(&self) -> Option<f64> {
        let s: f64 = self.steps.iter().map(|step| step.lead).sum();
        (self.pairs > 0.0).then(|| s / self.pairs.sqrt())
    }

    /// S in standard deviations of what chance would give; 0 where there is nothing to compare.
    #[must_use]
    pub fn z(&self) -> f64 {
        z_of(&self.steps)
    }
}

/// The leads of some steps in standard deviations.
pub(crate) fn z_of(steps: &[OrderStep]) -> f64 {
    let (lead, variance) = steps.iter().fold((0.0, 0.0), |(s, v), step| (s + step.lead, v + step.variance));
    if variance > 0.0 { lead / f64::sqrt(variance) } else { 0.0 }
}

fn pairs_among(n: f64) -> f64 {
    n * (n - 1.0) / 2.0
}

// 0 for the smallest value, equal values alike.
fn dense_ranks(values: impl Iterator<Item = f64>) -> Vec<usize> {
    let values: Vec<f64> = values.collect();
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup_by(|a, b| a.total_cmp(b).is_eq());
    values.iter().map(|value| sorted.partition_point(|known| known.total_cmp(value).is_lt())).collect()
}

// Those who wait, counted by the rank of their score: a Fenwick tree.
struct Waiting {
    tree: Vec<f64>,
    count: Vec<f64>,
    n: f64,
    // Σ (u³ − u) over groups of u with equal scores.
    ties: f64,
}

impl Waiting {
    fn new(n_ranks: usize) -> Self {
        Waiting { tree: vec![0.0; n_ranks + 1], count: vec![0.0; n_ranks], n: 0.0, ties: 0.0 }
    }

    fn add(&mut self, rank: usize) {
        let equal = self.count[rank];
        self.ties += 3.0 * equal * (equal + 1.0);
        self.count[rank] += 1.0;
        self.n += 1.0;
        let mut node = rank + 1;
        while node < self.tree.len() {
            self.tree[node] += 1.0;
            node += node & node.wrapping_neg();
        }
    }

    fn below(&self, rank: usize) -> f64 {
        let (mut node, mut sum) = (rank, 0.0);
        while node > 0 {
            sum += self.tree[node];
            node -= node & node.wrapping_neg();
        }
        sum
    }

    fn below_less_above(&self, rank: usize) -> f64 {
        let below = self.below(rank);
        below - (self.n - below - self.count[rank])
    }

    // Of the lead of `movers` out of all who are counted.
    fn variance(&self, movers: f64) -> f64 {
        let n = self.n;
        let cubes = n * n * n - n;
        let untied = if cubes > 0.0 { 1.0 - self.ties / cubes } else { 0.0 };
        movers * (n - movers) * (n + 1.0) / 3.0 * untied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{lot, shuffled};

    fn at(tick: Tick) -> Option<Adoption> {
        Some(Adoption { tick, decided: true })
    }

    fn scores(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().map(|&value| Some(value)).collect()
    }

    // Every pair, literally.
    fn by_pairs(order: &[f64], score: &[f64]) -> Option<f64> {
        let (mut s, mut in_order, mut in_score) = (0.0, 0.0, 0.0);
        for i in 0..order.len() {
            for j in 0..i {
                let (a, b) = (order[j] - order[i], score[i] - score[j]);
                s += if a * b > 0.0 {
                    1.0
                } else if a * b < 0.0 {
                    -1.0
                } else {
                    0.0
                };
                in_order += f64::from(u8::from(a.abs() > 0.0));
                in_score += f64::from(u8::from(b.abs() > 0.0));
            }
        }
        (in_order * in_score > 0.0).then(|| s / f64::sqrt(in_order * in_score))
    }

    #[test]
    fn tau_b_is_that_of_every_pair_however_many_ties_there_are() {
        for seed in 0..60 {
            let n = 2 + seed as usize % 23;
            let levels = 1.0 + f64::from(seed as u32 % 7);
            let draw = |what, i| (lot(seed, what, i) * levels).floor();
            let score: Vec<f64> = (0..n).map(|i| draw(0, i)).collect();
            let order: Vec<f64> = (0..n).map(|i| draw(1, i)).collect();
            // The last level never adopts.
            let adopted: Vec<_> =
                order.iter().map(|&when| if when + 1.0 < levels { at(when as Tick) } else { None }).collect();
            let found = RankOrder::new(&adopted, &scores(&score), 0..99).tau_b();
            let literal = by_pairs(&order, &score);
            assert_eq!(found.is_some(), literal.is_some(), "{seed}");
            assert!((found.unwrap_or(0.0) - literal.unwrap_or(0.0)).abs() < 1e-12, "{seed}");
        }
    }

    #[test]
    fn the_variance_is_kendalls_without_ties() {
        // n(n − 1)(2n + 5)/18, Kendall 1970, eq. 5.1.
        for n in [2_u32, 3, 10, 57] {
            let adopted: Vec<_> = (0..n).map(at).collect();
            let score: Vec<f64> = (0..n).map(f64::from).collect();
            let order = RankOrder::new(&adopted, &scores(&score), 0..n);
            let variance: f64 = order.steps().iter().map(|step| step.variance).sum();
            let n = f64::from(n);
            assert!((variance - n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).abs() < 1e-6 * variance);
            assert!((order.tau_b().unwrap() + 1.0).abs() < 1e-12, "the lowest first");
        }
    }

    #[test]
    fn chance_gives_z_a_mean_of_nothing_and_a_variance_of_one() {
        // Tied scores, several at a time, some never.
        let score: Vec<f64> = (0..40_u32).map(|i| f64::from(i / 4)).collect();
        let zs: Vec<f64> = (0..2000)
            .map(|seed| {
                let places = shuffled(40, seed);
                let adopted: Vec<_> = places
                    .iter()
                    .map(|&place| if place < 30 { at(place as Tick / 3) } else { None })
                    .collect();
                RankOrder::new(&adopted, &scores(&score), 0..99).z()
            })
            .collect();
        let mean = zs.iter().sum::<f64>() / 2000.0;
        let variance = zs.iter().map(|z| z * z).sum::<f64>() / 2000.0;
        // Standard errors: 0.022 of the mean, 0.032 of the variance.
        assert!(mean.abs() < 0.08 && (variance - 1.0).abs() < 0.11, "{mean} {variance}");
    }

    #[test]
    fn windows_add_up_and_leave_out_who_adopted_before() {
        let places = shuffled(30, 5);
        let adopted: Vec<_> = places.iter().map(|&place| at(place as Tick)).collect();
        let score = scores(&(0..30_u32).map(f64::from).collect::<Vec<_>>());
        let sum = |window| -> f64 {
            RankOrder::new(&adopted, &score, window).steps().iter().map(|step| step.lead).sum()
        };
        assert!((sum(0..30) - sum(0..11) - sum(11..30)).abs() < 1e-9);
        let late = RankOrder::new(&[at(1), at(5), at(6)], &scores(&[0.0, 1.0, 2.0]), 3..9);
        assert_eq!(late.tau_b(), Some(-1.0), "of the two that are left the lower goes first");
    }

    #[test]
    fn counts_follow_births() {
        let mut plan = Plan::bare(vec![1, 2, 3], 2, 5);
        plan.present = normwave_plan::Steps::constant(vec![true, true, false]);
        plan.present.push(3, vec![true; 3]);
        let counts = AdoptionCounts::new(&plan, &[at(1), None, at(3)]);
        assert_eq!((counts.new, counts.at_risk), (vec![0, 1, 0, 1, 0], vec![2, 2, 1, 2, 1]));
    }

    #[test]
    fn who_is_given_a_position_was_never_at_risk_of_it() {
        let given = Some(Adoption { tick: 1, decided: false });
        let counts = AdoptionCounts::new(&Plan::bare(vec![1, 2, 3], 2, 3), &[given, at(1), None]);
        assert_eq!((counts.new, counts.given, counts.at_risk), (vec![0, 1, 0], vec![0, 1, 0], vec![3, 2, 1]));
    }

    #[test]
    fn what_is_given_in_a_tick_comes_before_what_is_decided_in_it() {
        let given = Some(Adoption { tick: 0, decided: false });
        let star = RankOrder::new(&[given, at(0), at(0), at(0)], &scores(&[3.0, 1.0, 1.0, 1.0]), 0..9);
        assert_eq!(star.tau_b(), Some(1.0));
        assert_eq!(RankOrder::new(&[at(0); 4], &scores(&[3.0, 1.0, 2.0, 4.0]), 0..9).tau_b(), None);
    }
}

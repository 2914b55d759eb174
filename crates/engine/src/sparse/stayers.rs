//! Who surely stays: the decisions of a word of actors side by side, under taste that lasts.
//!
//! At most ticks most stay where they are. Each number is worked out as in
//! [`normwave_plan::decide`], so that whoever is found to stay does; all others decide by themselves.

use super::actor_set::{ActorSet, PER_WORD, in_whole_words};
use crate::bits::bits;
use normwave_plan::{Noise, Plan, Position, Reversal, Rule};
use pulp::{Simd, WithSimd};

/// What the actors of a word decide from; what lies behind the last actor is not read.
pub(super) struct Stayers<'r> {
    pub(super) plan: &'r Plan,
    /// The first of them.
    pub(super) first: usize,
    /// Of all actors: what they hold, the two parts of their thresholds, and what going back costs; the
    /// latter three are nothing where they are missing.
    pub(super) held: &'r [Position],
    pub(super) thresholds: &'r [f64],
    pub(super) drawn: &'r [f64],
    pub(super) exits: &'r [f64],
    /// To whom each position is open.
    pub(super) to: &'r [ActorSet],
    /// Of each position those of all actors, rounded up to whole words: pressures, and tastes, which
    /// are NaN until they are drawn.
    pub(super) pressures: &'r [f64],
    pub(super) tastes: &'r [f64],
}

impl WithSimd for Stayers<'_> {
    /// Those who surely stay where they are, as bits.
    type Output = u64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> u64 {
        let Stayers { plan, first, held, thresholds, drawn, exits, to, pressures, tastes } = self;
        let Rule::Noisy { temperature, noise: Noise::Persistent, .. } = plan.rule else { return 0 };
        let n_k = plan.n_positions;
        let width = in_whole_words(plan.n_actors());
        // Behind the last actor they hold what nobody can.
        let held = part(held, first, Position::MAX);
        let (mut threshold, drawn) = (part(thresholds, first, 0.0), part(drawn, first, 0.0));
        for (threshold, drawn) in threshold.iter_mut().zip(&drawn) {
            *threshold += drawn;
        }
        let mut downward = threshold;
        if plan.reversal == Reversal::On {
            for (downward, exit) in downward.iter_mut().zip(&part(exits, first, 0.0)) {
                *downward += exit;
            }
        }
        let mut own = [0.0; PER_WORD];
        for (k, number) in (0..n_k).zip(0u8..) {
            let (pressure, taste) =
                (part(pressures, k * width + first, 0.0), part(tastes, k * width + first, 0.0));
            for (((own, pressure), taste), held) in own.iter_mut().zip(&pressure).zip(&taste).zip(&held) {
                *own = if *held == number { *pressure / temperature + taste } else { *own };
            }
        }
        let mut may_move = 0;
        for (k, number) in (0..n_k).zip(0u8..) {
            let on_offer = to[k].word(first / PER_WORD);
            if on_offer == 0 {
                continue;
            }
            let step = plan.position_thresholds.get(k).copied().unwrap_or(0.0);
            let mut utility = part(pressures, k * width + first, 0.0);
            let taste = part(tastes, k * width + first, 0.0);
            let barriers = threshold.iter().zip(&downward).zip(&held);
            for ((utility, taste), ((threshold, downward), held)) in
                utility.iter_mut().zip(&taste).zip(barriers)
            {
                let beyond = if number < *held { downward } else { threshold };
                *utility = (*utility - (step + beyond)) / temperature + taste;
            }
            let mut not_more = 0;
            let both = S::as_simd_f64s(&utility).0.iter().zip(S::as_simd_f64s(&own).0);
            for (part, (utility, own)) in both.enumerate() {
                let mask = simd.less_than_or_equal_f64s(*utility, *own);
                not_more |= bits(&mask, S::F64_LANES) << (part * S::F64_LANES);
            }
            may_move |= on_offer & !not_more;
        }
        !may_move
    }
}

// The entries of a word of actors.
#[inline(always)]
fn part<T: Copy>(all: &[T], first: usize, none: T) -> [T; PER_WORD] {
    let all = all.get(first..).unwrap_or(&[]);
    if let Some(part) = all.first_chunk() {
        return *part;
    }
    let mut part = [none; PER_WORD];
    part[..all.len()].copy_from_slice(all);
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_plan::{Ballot, Steps, decide};
    use pulp::Arch;

    // Numbers that look random, from 0 to 1.
    fn numbers() -> impl FnMut() -> f64 {
        let mut state = 1u64;
        move || {
            // Marsaglia 2003, "Xorshift RNGs".
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f64::from((state >> 40) as u32) / f64::from(1 << 24)
        }
    }

    fn processors() -> Vec<Arch> {
        let mut all = vec![Arch::new(), Arch::Scalar];
        #[cfg(target_arch = "x86_64")]
        all.extend(pulp::x86::V3::try_new().map(Arch::V3));
        all
    }

    #[test]
    fn stayers_are_those_who_decide_to_stay() {
        // The last word is not full.
        let (n, n_k, temperature) = (150usize, 3usize, 0.7);
        let width = in_whole_words(n);
        let mut plan = Plan::bare((0..n as u64).collect(), n_k, 10);
        plan.rule = Rule::Noisy { rate: 1.0, temperature, noise: Noise::Persistent };
        plan.position_thresholds = vec![0.0, 0.1, 0.3];
        let mut number = numbers();
        for reversal in [Reversal::On, Reversal::OffGraded, Reversal::OffRival] {
            plan.reversal = reversal;
            let held: Vec<Position> = (0..n).map(|_| (number() * 3.0) as Position).collect();
            let mut some = |n: usize, most: f64| (0..n).map(|_| number() * most).collect::<Vec<f64>>();
            let (thresholds, drawn, exits) = (some(n, 0.4), some(n, 0.2), some(n, 0.4));
            let (pressures, mut tastes) = (some(width * n_k, 2.0), some(width * n_k, 1.5));
            let mut open = vec![[false; 3]; n];
            let mut to = vec![ActorSet::none(n); n_k];
            for (actor, open) in open.iter_mut().enumerate() {
                for (k, open) in (0u8..).zip(open) {
                    *open = number() < 0.8 && reversal.allows(held[actor], k);
                    to[usize::from(k)].set(actor, *open && k != held[actor]);
                }
            }
            tastes[7] = f64::NAN;
            plan.thresholds = Steps::constant(thresholds.clone());
            let (mut n_stay, mut n_move) = (0, 0);
            for arch in processors() {
                for (word, first) in (0..n).step_by(PER_WORD).enumerate() {
                    let stayers = arch.dispatch(Stayers {
                        plan: &plan,
                        first,
                        held: &held,
                        thresholds: &thresholds,
                        drawn: &drawn,
                        exits: &exits,
                        to: &to,
                        pressures: &pressures,
                        tastes: &tastes,
                    });
                    for actor in first..n.min(first + PER_WORD) {
                        let pressure: Vec<f64> = (0..n_k).map(|k| pressures[k * width + actor]).collect();
                        let ballot = Ballot {
                            held: held[actor],
                            pressure: &pressure,
                            open: &open[actor],
                            threshold: thresholds[actor] + drawn[actor],
                            exit: exits[actor],
                            steps: &plan.position_thresholds,
                        };
                        let taste = |k: Position| tastes[usize::from(k) * width + actor];
                        let stays = decide(plan.rule, &ballot, taste) == held[actor];
                        let found = stayers >> (actor % PER_WORD) & 1 == 1;
                        let drawn_all = (0..3).all(|k| !taste(k).is_nan());
                        let has_choice = to.iter().any(|to| to.word(word) >> (actor % PER_WORD) & 1 == 1);
                        if drawn_all || !has_choice {
                            assert_eq!(found, stays, "{actor} under {reversal:?} on {arch:?}");
                        }
                        n_stay += usize::from(found && has_choice);
                        n_move += usize::from(!found);
                    }
                }
            }
            assert!(n_stay > 50 && n_move > 50, "{n_stay} stay, {n_move} move");
        }
    }

    #[test]
    fn whose_taste_is_not_drawn_is_asked() {
        let n = 3;
        let mut plan = Plan::bare((0..n as u64).collect(), 2, 10);
        plan.rule = Rule::Noisy { rate: 1.0, temperature: 1.0, noise: Noise::Persistent };
        let mut to = vec![ActorSet::none(n); 2];
        (0..2).for_each(|actor| to[1].insert(actor));
        let mut tastes = vec![0.0; 2 * PER_WORD];
        (tastes[0], tastes[PER_WORD + 1]) = (f64::NAN, f64::NAN);
        for arch in processors() {
            let stayers = arch.dispatch(Stayers {
                plan: &plan,
                first: 0,
                held: &[0; 3],
                thresholds: &[],
                drawn: &[],
                exits: &[],
                to: &to,
                pressures: &[0.0; 2 * PER_WORD],
                tastes: &tastes,
            });
            assert_eq!(stayers & 0b111, 0b100, "{arch:?}");
        }
    }
}

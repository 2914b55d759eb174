//! Pressures as sums of tallies.

use super::Ties;
use super::lanes::Lane;
use super::screen::Part;
use normwave_plan::{Block, Plan, SIGNAL_ONE, Signal, Source, Weights};
use pulp::Simd;

// The largest gain of a program, as gain shapes have it.
const MAX_GAIN: f64 = 11.0;

/// What adds up to P_ik, in the order of [`Plan::total`].
///
/// Blocks that come before all gains and push toward the same positions are one term: their sums
/// are integers below 2⁵³, whose order does not matter.
#[derive(Debug)]
pub(super) struct Terms {
    width: usize,
    terms: Vec<Term>,
    // Of each position, whether its pressure ever changes.
    moving: Vec<bool>,
    // P_ik of those that do not, at `k * width + i`; 0 elsewhere.
    standing: Vec<f64>,
}

#[derive(Debug)]
struct Term {
    toward: Vec<bool>,
    gains: Vec<usize>,
    // Of each position, A_ik while nobody has moved.
    constant: Vec<Vec<f64>>,
    // The set of ties whose tallies count.
    ties: Option<usize>,
    // A bound on every |A_ik|.
    most: f64,
    // s_mk − s_0k at `k * (K − 1) + m − 1`: what a tie counts more toward k once its sender holds m.
    counts: Vec<f64>,
}

/// Toward which position which tally counts how much.
pub(super) type Count = (usize, usize, i64);

impl Terms {
    /// With the sets of ties whose tallies they count. `None` if blocks together leave 53 bits.
    pub(super) fn of(plan: &Plan, width: usize) -> Option<(Self, Vec<Ties>)> {
        let (n, n_k) = (plan.n_actors(), plan.n_positions);
        let heard = [Signal::Advocacy, Signal::Adoption].map(|signal| heard(plan, signal));
        // What senders are heard to say; nothing inside.
        let says = |block: &Block| match block.source {
            Source::Ties(signal) => heard[signal as usize].as_deref(),
            Source::Internal => Some(&[][..]),
        };
        if plan.blocks.iter().any(|block| says(block).is_none()) || !crate::cascade::is_exact(plan) {
            return None;
        }
        let n_before_gains = plan.blocks.iter().take_while(|block| block.gains.is_empty()).count();
        let (plain, rest) = plan.blocks.split_at(n_before_gains);
        let mut groups: Vec<Vec<&Block>> = Vec::new();
        for block in plain {
            let alike = |other: &Block| other.toward == block.toward && says(other) == says(block);
            match groups.iter_mut().find(|group| alike(group[0])) {
                Some(group) => group.push(block),
                None => groups.push(vec![block]),
            }
        }
        groups.extend(rest.iter().map(|block| vec![block]));
        let (mut terms, mut sets) = (Vec::new(), Vec::new());
        for group in groups {
            let says = says(group[0]).unwrap_or(&[]);
            let said = |m: usize, k: usize| says.get(m * n_k + k).copied().unwrap_or(0);
            let mut ties: Ties = Vec::new();
            let mut constant = vec![vec![0i64; n]; n_k];
            for block in &group {
                match (block.source, block.weights.at(0)) {
                    (Source::Internal, Some(Weights::Internal(own))) => {
                        for constant in &mut constant {
                            let both = constant.iter_mut().zip(own);
                            both.for_each(|(sum, own)| *sum += own * i64::from(SIGNAL_ONE));
                        }
                    }
                    (Source::Ties(_), Some(weights)) => {
                        for sender in (0u32..).take(n) {
                            ties.extend(
                                weights
                                    .row(sender)
                                    .map(|(target, weight)| (sender, target, i64::from(weight))),
                            );
                        }
                    }
                    _ => {}
                }
            }
            let mut most: Vec<u64> = constant[0].iter().map(|sum| sum.unsigned_abs()).collect();
            for &(_, target, weight) in &ties {
                most[target as usize] += weight.unsigned_abs() * u64::from(SIGNAL_ONE);
                for (k, constant) in constant.iter_mut().enumerate() {
                    constant[target as usize] += said(0, k) * weight;
                }
            }
            let counts = (0..n_k).flat_map(|k| (1..n_k).map(move |m| (m, k)));
            let set = (!ties.is_empty()).then_some(sets.len());
            sets.extend((!ties.is_empty()).then_some(ties));
            terms.push(Term {
                toward: group[0].toward.clone(),
                gains: group[0].gains.clone(),
                constant: constant.into_iter().map(|sums| in_vectors(&sums, width)).collect(),
                ties: set,
                most: most.into_iter().max().unwrap_or(0) as f64,
                counts: counts.map(|(m, k)| as_f64(said(m, k) - said(0, k))).collect(),
            });
        }
        let mut terms = Terms { width, terms, moving: Vec::new(), standing: vec![0.0; n_k * width] };
        terms.moving = (0..n_k).map(|k| terms.toward(k).any(|term| term.moves(k, n_k))).collect();
        terms.stand();
        Some((terms, sets))
    }

    fn toward(&self, k: usize) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.toward[k])
    }

    fn stand(&mut self) {
        let mut standing = std::mem::take(&mut self.standing);
        for (k, pressures) in standing.chunks_exact_mut(self.width).enumerate() {
            for term in self.toward(k).filter(|_| !self.moving[k]) {
                pressures.iter_mut().zip(&term.constant[k]).for_each(|(sum, constant)| *sum += constant);
            }
        }
        self.standing = standing;
    }

    /// A bound on every |P_ik|.
    pub(super) fn most(&self) -> f64 {
        let of_term = |term: &Term| {
            let gains = i32::try_from(term.gains.len()).unwrap_or(i32::MAX);
            MAX_GAIN.powi(gains) * term.most
        };
        self.terms.iter().map(of_term).sum()
    }

    /// P_ik of each position while nobody has moved, and as position, tally and count what tallies add
    /// to that; where there are no gains. Tallies are numbered through sets and positions up from 1.
    pub(super) fn in_whole_numbers(&self, n_k: usize) -> (Vec<Vec<i64>>, Vec<Count>) {
        let mut standing = vec![vec![0i64; self.width]; n_k];
        let mut counts = Vec::new();
        for (k, standing) in standing.iter_mut().enumerate() {
            for term in self.toward(k) {
                standing.iter_mut().zip(&term.constant[k]).for_each(|(sum, own)| *sum += as_whole(*own));
                for (m, &count) in
                    term.counts(k, n_k).iter().enumerate().filter(|(_, count)| count.abs() > 0.0)
                {
                    counts.extend(term.ties.map(|set| (k, set * (n_k - 1) + m, as_whole(count))));
                }
            }
        }
        (standing, counts)
    }

    /// What moves between two positions, and P_i1 − P_i0 of the rest.
    pub(super) fn in_parts(&self) -> (Vec<Part>, Vec<f64>) {
        let (old, new) = self.standing.split_at(self.width);
        let standing = new.iter().zip(old).map(|(new, old)| new - old).collect();
        let parts = (0..2).filter(|k| self.moving[*k]).flat_map(|k| {
            self.toward(k).map(move |term| Part {
                toward: k,
                gains: term.gains.clone(),
                own: in_single_precision(&term.constant[k]),
                tally: term.ties.map(|set| (set, in_single_precision(term.counts(k, 2))[0])),
                most: term.most,
            })
        });
        (parts.collect(), standing)
    }

    /// P_ik of one actor, as [`Terms::add_up`] would find it.
    pub(super) fn of_one<L: Lane>(
        &self,
        k: usize,
        n_k: usize,
        actor: usize,
        tallies: &[L],
        gains: &[f64],
    ) -> f64 {
        if !self.moving[k] {
            return self.standing[k * self.width + actor];
        }
        let of_term = |term: &Term| {
            let gain: f64 = term.gains.iter().map(|program| gains[program * n_k + k]).product();
            let tally = |set: usize, m: usize| tallies[(set * (n_k - 1) + m) * self.width + actor].into();
            let heard = term.ties.into_iter().flat_map(|set| {
                term.counts(k, n_k).iter().enumerate().map(move |(m, count)| (set, m, count))
            });
            gain * heard.fold(term.constant[k][actor], |sum, (set, m, count)| sum + count * tally(set, m))
        };
        self.toward(k).map(of_term).reduce(|sum, own| sum + own).unwrap_or(0.0)
    }

    /// P_ik at `k * width + i`, of the positions toward which pressure never changes.
    pub(super) fn standing(&self) -> Vec<f64> {
        self.standing.clone()
    }

    /// Works out the other pressures. `gains` are those of programs at `program * K + k`.
    #[inline(always)]
    pub(super) fn add_up<S: Simd, L: Lane>(
        &self,
        simd: S,
        n_k: usize,
        tallies: &[L],
        gains: &[f64],
        pressures: &mut [f64],
    ) {
        for (k, pressures) in
            pressures.chunks_exact_mut(self.width).enumerate().filter(|(k, _)| self.moving[*k])
        {
            for (nth, term) in self.toward(k).enumerate() {
                let gain: f64 = term.gains.iter().map(|program| gains[program * n_k + k]).product();
                if nth == 0 {
                    term.put(simd, k, n_k, gain, tallies, pressures, |_, own| own);
                } else {
                    term.put(simd, k, n_k, gain, tallies, pressures, |sum, own| sum + own);
                }
            }
        }
    }
}

impl Term {
    fn counts(&self, k: usize, n_k: usize) -> &[f64] {
        &self.counts[k * (n_k - 1)..][..n_k - 1]
    }

    // Whether what it adds toward a position changes.
    fn moves(&self, k: usize, n_k: usize) -> bool {
        let hears = self.ties.is_some() && self.counts(k, n_k).iter().any(|&count| count.abs() > 0.0);
        hears || !self.gains.is_empty()
    }

    // Puts `gain · A_ik` of all actors with what is there.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "one sum, with all that goes into it")]
    fn put<S: Simd, L: Lane>(
        &self,
        _: S,
        k: usize,
        n_k: usize,
        gain: f64,
        tallies: &[L],
        pressures: &mut [f64],
        with: impl Fn(f64, f64) -> f64,
    ) {
        let width = pressures.len();
        let per_set = (n_k - 1) * width;
        let tallies = self.ties.map_or(&[][..], |set| &tallies[set * per_set..][..per_set]);
        let constant = &self.constant[k][..];
        let counts = self.counts(k, n_k);
        match (tallies.is_empty(), counts) {
            (true, _) => {
                pressures.iter_mut().zip(constant).for_each(|(sum, own)| *sum = with(*sum, gain * own));
            }
            (false, [count]) => {
                for ((sum, own), &one) in pressures.iter_mut().zip(constant).zip(tallies) {
                    *sum = with(*sum, gain * (own + count * one.into()));
                }
            }
            (false, [count, next]) => {
                let (ones, twos) = tallies.split_at(width);
                let both = ones.iter().zip(twos);
                for ((sum, own), (&one, &two)) in pressures.iter_mut().zip(constant).zip(both) {
                    *sum = with(*sum, gain * (own + count * one.into() + next * two.into()));
                }
            }
            (false, counts) => {
                for (i, (sum, own)) in pressures.iter_mut().zip(constant).enumerate() {
                    let heard = counts.iter().zip(tallies[i..].iter().step_by(width));
                    let all = heard.fold(*own, |sum, (count, &tally)| sum + count * tally.into());
                    *sum = with(*sum, gain * all);
                }
            }
        }
    }
}

// ŷ_k of a sender that holds m, at `m * K + k`; `None` if senders differ in what they say.
fn heard(plan: &Plan, signal: Signal) -> Option<Vec<i64>> {
    let (n, n_k) = (plan.n_actors(), plan.n_positions);
    let mut out = Vec::new();
    let mut said = vec![0; n_k];
    for m in (0u8..).take(n_k) {
        let advocacy = plan.own_advocacy(0, &vec![m; n]);
        let mut of_sender = |j| {
            plan.heard(signal, j, m, true, &advocacy, &mut said);
            said.clone()
        };
        let first = of_sender(0);
        if (1..n).any(|j| of_sender(j) != first) {
            return None;
        }
        out.extend(first.into_iter().map(i64::from));
    }
    Some(out)
}

#[expect(clippy::cast_possible_truncation, reason = "for a screen that knows how far it may be off")]
fn in_single_precision(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|number| *number as f32).collect()
}

fn in_vectors(sums: &[i64], width: usize) -> Vec<f64> {
    let mut out: Vec<f64> = sums.iter().map(|&sum| as_f64(sum)).collect();
    out.resize(width, 0.0);
    out
}

#[expect(clippy::cast_possible_truncation, reason = "an integer below 2⁵³")]
fn as_whole(sum: f64) -> i64 {
    sum as i64
}

#[expect(clippy::cast_precision_loss, reason = "below 2⁵³, as `Plan::check` proves")]
fn as_f64(sum: i64) -> f64 {
    sum as f64
}

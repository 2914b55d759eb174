//! Balances between two positions that gains turn, in single precision: who surely moves, and who may.
//!
//! A balance that lies nearer to what it has to reach than any rounding is left to
//! [`normwave_plan::decide`].

use super::lanes::Lane;
use super::terms::Terms;
use crate::bits::bits;
use pulp::Simd;

/// What adds up to P_i1 − P_i0.
#[derive(Debug)]
pub(super) struct Screen {
    parts: Vec<Part>,
    /// What of it never changes.
    pub(super) standing: Vec<f64>,
    // A bound on every |P_ik|.
    most: f64,
}

/// What pushes toward one position: gains times a sum that follows one tally.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) toward: usize,
    pub(super) gains: Vec<usize>,
    pub(super) own: Vec<f32>,
    /// The tally, if any counts, and how much.
    pub(super) tally: Option<(usize, f32)>,
    /// A bound on the sum, whoever has adopted.
    pub(super) most: f64,
}

/// What a balance has to exceed to surely reach a bound, and to possibly reach it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    surely: f32,
    perhaps: f32,
}

/// Actors that are looked at together.
pub(super) const AT_ONCE: usize = 32;

impl Screen {
    pub(super) fn of(terms: &Terms) -> Self {
        let (parts, standing) = terms.in_parts();
        Screen { parts, standing, most: terms.most() }
    }

    pub(super) fn n_parts(&self) -> usize {
        self.parts.len()
    }

    /// The parts' gains, toward the new position less than nothing if toward the old one, and how far
    /// balances may be off. `gains` are those of programs at `program * 2 + k`.
    #[inline(always)]
    pub(super) fn weigh(&self, gains: &[f64], scales: &mut [f32]) -> Reach {
        let mut most = 0.0;
        for (scale, part) in scales.iter_mut().zip(&self.parts) {
            let gain: f64 = part.gains.iter().map(|program| gains[program * 2 + part.toward]).product();
            most += gain.abs() * part.most;
            #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
            let gain = gain as f32;
            *scale = if part.toward == 1 { gain } else { -gain };
        }
        // Each part takes six roundings of at most 2⁻²⁴ of twice its bound, their sum one per part, and
        // the bound that is compared one; of a sum in double precision, 2⁻⁵³ of what it may be at most.
        let n_parts = f64::from(u16::try_from(self.parts.len()).unwrap_or(u16::MAX));
        let off = most * (16.0 + n_parts) * 2f64.powi(-24) + self.most * 2f64.powi(-46);
        #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
        let off = off as f32;
        Reach { surely: off, perhaps: -off }
    }

    /// The balances of some actors but for what never changes.
    #[inline(always)]
    pub(super) fn balances<L: Lane>(&self, scales: &[f32], tallies: &[L], first: usize) -> [f32; AT_ONCE] {
        let width = self.standing.len();
        let mut sums = [0.0f32; AT_ONCE];
        for (part, scale) in self.parts.iter().zip(scales) {
            let own = &part.own[first..][..AT_ONCE];
            if let Some((tally, count)) = part.tally {
                let tally = &tallies[tally * width + first..][..AT_ONCE];
                for ((sum, own), tally) in sums.iter_mut().zip(own).zip(tally) {
                    #[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
                    let tally = tally.whole() as f32;
                    *sum = tally.mul_add(count, *own).mul_add(*scale, *sum);
                }
            } else {
                sums.iter_mut().zip(own).for_each(|(sum, own)| *sum = own.mul_add(*scale, *sum));
            }
        }
        sums
    }
}

impl Reach {
    /// Whether balances reach their bounds, or turned around where `sign` is −1: surely, and perhaps.
    #[inline(always)]
    pub(super) fn of<S: Simd>(
        self,
        simd: S,
        balances: &[f32; AT_ONCE],
        bounds: &[f32; AT_ONCE],
        sign: f32,
    ) -> (u64, u64) {
        let both = S::as_simd_f32s(balances).0.iter().zip(S::as_simd_f32s(bounds).0);
        let [surely, perhaps] = [self.surely, self.perhaps].map(|off| simd.splat_f32s(off));
        let sign = simd.splat_f32s(sign);
        let mut reached = (0, 0);
        for (lane, (balance, bound)) in (0..).step_by(S::F32_LANES).zip(both) {
            let beyond = simd.sub_f32s(simd.mul_f32s(*balance, sign), *bound);
            reached.0 |= bits(&simd.greater_than_f32s(beyond, surely), S::F32_LANES) << lane;
            reached.1 |= bits(&simd.greater_than_or_equal_f32s(beyond, perhaps), S::F32_LANES) << lane;
        }
        reached
    }
}

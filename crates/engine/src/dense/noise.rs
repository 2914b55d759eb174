//! Decisions between two positions with fresh noise: bounds first, exact shares where they do not
//! decide.
//!
//! A government moves if its throw lies below `p / (1 + w)` of all throws, with p the chance to review
//! and w the odds against moving, `e^((u_a − u_b) / τ)`. Odds are worked out in single precision
//! whenever pressures change, from tallies alone where there are no gains; a throw that is nearer to its bound than any rounding is left to
//! [`normwave_plan::decide`].

use super::gains::{Gains, Shares};
use super::lanes::Lane;
use super::terms::Terms;
use super::{Decide, Now, Ties, Votes, WORD, with_drawn};
use crate::bits::bits;
use normwave_plan::{Chance, Coins, Draws, Move, Noise, Plan, Position, Reversal, Rule, Stream, decide};
use pulp::Simd;

/// How all actors decide under noise.
#[derive(Debug)]
pub(super) struct Noisy<'p> {
    plan: &'p Plan,
    width: usize,
    terms: Terms,
    shares: Shares<'p>,
    per_temperature: f64,
    odds: Option<Odds>,
    // Throws that review.
    n_throws: f32,
    // The two halves of each actor's key.
    keys: [Vec<u32>; 2],
}

/// Exponents of the odds as sums of tallies in single precision.
#[derive(Debug)]
struct Odds {
    // P_i1 − P_i0 while nobody has adopted.
    standing: Vec<f64>,
    // Tallies, and how much each adds to the exponent of going back per unit.
    per_tally: Vec<(usize, f32)>,
}

/// Who holds what, and which throws make it move.
#[derive(Debug)]
pub(super) struct Waverers {
    n_holders: usize,
    // What has to be exceeded to adopt, and to go back.
    thresholds: Vec<f64>,
    exits: Vec<f64>,
    // The exponents of the odds against adopting and against going back while nobody has adopted, if
    // they are sums.
    adopting: Vec<f32>,
    leaving: Vec<f32>,
    gains: Gains,
    // P_ik at `k * width + i`.
    pressures: Vec<f64>,
    // 1 + w: a throw moves an actor if its product with this lies below all throws that review.
    against: Vec<f32>,
    // These products.
    throws: Vec<f32>,
    // Whether pressures are those before the last moves, and likewise the odds.
    is_old: bool,
    is_stale: bool,
}

impl<'p> Noisy<'p> {
    /// With the sets of ties that are tallied. `None` unless noise is fresh and between two positions.
    pub(super) fn of(plan: &'p Plan, width: usize) -> Option<(Self, Vec<Ties>)> {
        let Rule::Noisy { temperature, noise: Noise::Fresh, .. } = plan.rule else { return None };
        if plan.n_positions != 2 {
            return None;
        }
        let (terms, sets) = Terms::of(plan, width)?;
        if terms.most() > MOST_PRESSURE * temperature {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
        let n_throws = Chance::of(plan.review_probability()).largest().map_or(0.0, |most| most as f32 + 1.0);
        let half = |shift: u32| {
            #[expect(clippy::cast_possible_truncation, reason = "a half")]
            let mut half: Vec<u32> = plan.keys.iter().map(|key| (key >> shift) as u32).collect();
            half.resize(width, 0);
            half
        };
        let odds = Odds::of(plan, &terms, 1.0 / temperature);
        let noisy = Noisy {
            plan,
            width,
            odds,
            terms,
            shares: Shares::of(plan)?,
            per_temperature: 1.0 / temperature,
            n_throws,
            keys: [half(0), half(32)],
        };
        Some((noisy, sets))
    }

    // Whether an actor reviews and moves, as all engines find it.
    #[cold]
    #[inline(never)]
    fn moves(&self, waverers: &Waverers, now: &Now<'_>, actor: usize, held: Position) -> bool {
        let plan = self.plan;
        if actor >= plan.n_actors() || !plan.reviews(now.draws, now.tick, actor) {
            return false;
        }
        let pressure = [0, 1].map(|k| waverers.pressures[k * self.width + actor]);
        let open = [0, 1].map(|k| plan.reversal.allows(held, k));
        let drawn = plan.drawn_thresholds(now.draws);
        let ballot = plan.ballot(now.tick, actor, held, &pressure, &open, &drawn);
        decide(plan.rule, &ballot, |k| plan.noise(now.draws, now.tick, actor, k)) != held
    }

    // Works out pressures anew, where they are rarely asked for.
    #[cold]
    #[inline(never)]
    fn press<L: Lane>(&self, waverers: &mut Waverers, tallies: &[L]) {
        self.terms.add_up(pulp::Scalar, 2, tallies, &waverers.gains.now, &mut waverers.pressures);
    }

    // Works out anew how much stands against moving.
    #[inline(always)]
    fn weigh<const BACK: bool>(&self, held: &[Position], waverers: &mut Waverers) {
        let Waverers { thresholds, exits, pressures, against, .. } = waverers;
        let (old, new) = pressures.split_at(self.width);
        let barriers = thresholds.iter().zip(exits).zip(held);
        let scale = self.per_temperature * std::f64::consts::LOG2_E;
        for ((against, (old, new)), ((threshold, exit), held)) in
            against.iter_mut().zip(old.iter().zip(new)).zip(barriers)
        {
            let less = if BACK && *held == 1 { new - old + *exit } else { old - new + *threshold };
            #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
            let exponent = (less * scale).clamp(-110.0, 110.0) as f32;
            *against = 1.0 + exp2(exponent);
        }
    }
}

impl Odds {
    // `None` if there are gains, or if rounding might add up to more than bounds allow for.
    fn of(plan: &Plan, terms: &Terms, per_temperature: f64) -> Option<Self> {
        let without_gains = plan.blocks.iter().all(|block| block.gains.is_empty());
        let scale = per_temperature * std::f64::consts::LOG2_E;
        if !without_gains || 2.0 * terms.most() * scale > MOST_EXPONENT {
            return None;
        }
        let (standing, counts) = terms.in_whole_numbers(2);
        let mut per_tally: Vec<(usize, f32)> = Vec::new();
        for tally in 0..=counts.iter().map(|&(_, tally, _)| tally).max()? {
            let toward = |k: usize| {
                let of_this = counts.iter().filter(|count| (count.0, count.1) == (k, tally));
                of_this.map(|count| count.2).sum::<i64>()
            };
            #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
            per_tally.push((tally, (as_f64(toward(1) - toward(0)) * scale) as f32));
        }
        let balance = standing[0].iter().zip(&standing[1]).map(|(old, new)| as_f64(new - old));
        Some(Odds { standing: balance.collect(), per_tally })
            .filter(|odds| odds.per_tally.len() <= MOST_SUMMED)
    }

    #[inline(always)]
    fn weigh<const BACK: bool, L: Lane>(
        &self,
        held: &[Position],
        adopting: &[f32],
        leaving: &[f32],
        tallies: &[L],
        against: &mut [f32],
    ) {
        let n = against.len();
        against.fill(0.0);
        for &(tally, per_unit) in &self.per_tally {
            let tally = &tallies[tally * n..][..n];
            for (sum, tally) in against.iter_mut().zip(tally) {
                #[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
                let tally = tally.whole() as f32;
                *sum = tally.mul_add(per_unit, *sum);
            }
        }
        let rest = adopting.iter().zip(leaving).zip(held);
        for (against, ((adopting, leaving), held)) in against.iter_mut().zip(rest) {
            let exponent = if BACK && *held == 1 { leaving + *against } else { adopting - *against };
            *against = 1.0 + exp2(exponent.clamp(-110.0, 110.0));
        }
    }
}

// Exponents are sums of so many tallies at most, each of which is off by half of 2⁻²⁴ of at most
// `MOST_EXPONENT`, as are sums: far less than `OFF`.
const MOST_EXPONENT: f64 = 512.0;
const MOST_SUMMED: usize = 4;

#[expect(clippy::cast_precision_loss, reason = "below 2⁵³, as `Plan::check` proves")]
fn as_f64(sum: i64) -> f64 {
    sum as f64
}

// Sums of pressures beyond this, in units of τ, could round to more than the bounds allow for.
const MOST_PRESSURE: f64 = 1e9;

impl<L: Lane> Decide<L> for Noisy<'_> {
    type Electorate = Waverers;

    fn n_tallied(&self) -> usize {
        1
    }

    fn electorate(&self) -> Waverers {
        let width = self.width;
        Waverers {
            n_holders: 0,
            thresholds: vec![f64::INFINITY; width],
            exits: vec![f64::INFINITY; width],
            gains: self.shares.of_nobody(),
            pressures: self.terms.standing(),
            adopting: vec![f32::INFINITY; width],
            leaving: vec![f32::INFINITY; width],
            against: vec![0.0; width],
            throws: vec![0.0; width.next_multiple_of(WORD)],
            is_old: true,
            is_stale: true,
        }
    }

    #[inline(always)]
    fn begin(&self, waverers: &mut Waverers, draws: &Draws) {
        let Waverers { n_holders, thresholds, exits, adopting, leaving, gains, is_stale, is_old, .. } =
            waverers;
        *n_holders = 0;
        (*is_stale, *is_old) = (true, true);
        self.shares.forget(gains);
        let plan = self.plan;
        let own = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
        let costs = plan.exits.at(0).map_or(&[][..], Vec::as_slice);
        let [to_old, to_new] = [plan.position_thresholds[0], plan.position_thresholds[1]];
        let places = thresholds.iter_mut().zip(&mut *exits).zip(costs);
        with_drawn(plan, draws, own, places, |((place, exit), cost), threshold| {
            *place = to_new + threshold;
            *exit = to_old + (threshold + cost);
        });
        if let Some(odds) = &self.odds {
            let scale = self.per_temperature * std::f64::consts::LOG2_E;
            let barriers = thresholds.iter().zip(&*exits).zip(&odds.standing).take(plan.n_actors());
            for ((adopting, leaving), ((threshold, exit), standing)) in
                adopting.iter_mut().zip(leaving).zip(barriers)
            {
                #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
                let exponents = [(threshold - standing) * scale, (exit + standing) * scale].map(|x| x as f32);
                [*adopting, *leaving] = exponents;
            }
        }
    }

    #[inline(always)]
    fn take(&self, waverers: &mut Waverers, steps: &[Move], _: &[u64]) {
        let for_good = self.plan.reversal != Reversal::On;
        for step in steps {
            if for_good && step.to() == 1 {
                waverers.thresholds[step.actor as usize] = f64::INFINITY;
                waverers.adopting[step.actor as usize] = f32::INFINITY;
            }
            waverers.n_holders = waverers.n_holders + usize::from(step.to()) - usize::from(step.from());
        }
        waverers.is_stale |= !steps.is_empty();
        waverers.is_old |= !steps.is_empty();
        self.shares.count(&mut waverers.gains, steps);
    }

    fn rests(&self, waverers: &Waverers, _: &[Move]) -> bool {
        self.plan.reversal != Reversal::On && waverers.n_holders == self.plan.n_actors()
    }

    #[inline(always)]
    fn decide<S: Simd>(
        &self,
        simd: S,
        now: &Now<'_>,
        waverers: &mut Waverers,
        tallies: &[L],
        votes: &mut Votes,
    ) {
        let for_good = self.plan.reversal != Reversal::On;
        if std::mem::take(&mut waverers.is_stale) {
            if let Some(odds) = &self.odds {
                let Waverers { adopting, leaving, against, .. } = waverers;
                if for_good {
                    odds.weigh::<false, L>(now.held, adopting, leaving, tallies, against);
                } else {
                    odds.weigh::<true, L>(now.held, adopting, leaving, tallies, against);
                }
            } else {
                self.terms.add_up(simd, 2, tallies, &waverers.gains.now, &mut waverers.pressures);
                if for_good {
                    self.weigh::<false>(now.held, waverers);
                } else {
                    self.weigh::<true>(now.held, waverers);
                }
            }
        }
        let coins = now.draws.coins_at(now.tick, Stream::Review, 0);
        let [surely, perhaps] = [1.0 - OFF, 1.0 + OFF].map(|off| self.n_throws * off);
        let n_chunks = self.plan.n_actors().div_ceil(AT_ONCE);
        let [low, high] = [&self.keys[0], &self.keys[1]].map(|keys| keys.as_chunks().0.chunks(PER_WORD));
        let keys = low.zip(high);
        let held = now.held.as_chunks().0[..n_chunks].chunks(PER_WORD);
        let against = waverers.against.as_chunks().0.chunks(PER_WORD);
        let places = waverers.throws.as_chunks_mut().0.chunks_mut(PER_WORD);
        // First all throws and then those that may count, so that none waits for another.
        let words = votes.movers.iter_mut().zip(places).zip(held.zip(against).zip(keys));
        for ((movers, places), ((held, against), (low, high))) in words {
            let parts = places.iter_mut().zip(held.iter().zip(against).zip(low.iter().zip(high)));
            for (part, (place, ((held, against), (low, high)))) in parts.enumerate() {
                if for_good && u128::from_le_bytes(*held) == ALL_HOLD {
                    continue;
                }
                *place = throws(coins, low, high, against);
                let vectors = S::as_simd_f32s(place).0.iter();
                let may = (0..).step_by(S::F32_LANES).zip(vectors).fold(0, |may, (lane, throws)| {
                    may | bits(&simd.less_than_f32s(*throws, simd.splat_f32s(perhaps)), S::F32_LANES) << lane
                });
                *movers |= may << (part * AT_ONCE);
            }
        }
        for (word, movers) in votes.movers.iter_mut().enumerate() {
            let mut may = *movers;
            while may != 0 {
                let lane = may.trailing_zeros() as usize;
                let actor = word * WORD + lane;
                if waverers.throws[actor] >= surely {
                    if std::mem::take(&mut waverers.is_old) && self.odds.is_some() {
                        self.press(waverers, tallies);
                    }
                    if !self.moves(waverers, now, actor, now.held[actor]) {
                        *movers &= !(1 << lane);
                    }
                }
                may &= may - 1;
            }
        }
    }
}

const AT_ONCE: usize = 16;
const PER_WORD: usize = WORD / AT_ONCE;

// Sixteen who hold position 1.
const ALL_HOLD: u128 = u128::from_le_bytes([1; AT_ONCE]);

// Throws times what stands against moving, in single precision, which is off by far less than bounds.
#[inline(always)]
fn throws(
    coins: Coins,
    low: &[u32; AT_ONCE],
    high: &[u32; AT_ONCE],
    against: &[f32; AT_ONCE],
) -> [f32; AT_ONCE] {
    let mut throws = [0.0; AT_ONCE];
    for (((throw, &low), &high), against) in throws.iter_mut().zip(low).zip(high).zip(against) {
        #[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
        let counted = coins.throw_of_halves(low, high) as f32;
        *throw = (counted + 0.5) * against;
    }
    throws
}

// Bounds are off by less than this in proportion.
const OFF: f32 = 5e-4;

// 2^x for x from −126 to 126: the nearest whole number as exponent, and of the rest the polynomial
// through four Chebyshev points of the interval from −½ to ½.
#[inline(always)]
fn exp2(x: f32) -> f32 {
    // Adding it leaves a whole number in the low bits.
    const WHOLE: f32 = 12_582_912.0;
    let whole = x + WHOLE;
    let rest = x - (whole - WHOLE);
    let polynomial =
        0.055_838_283f32.mul_add(rest, 0.242_639_48).mul_add(rest, 0.693_136_75).mul_add(rest, 0.999_924_54);
    f32::from_bits((whole.to_bits() << 23).wrapping_add(0x3f80_0000)) * polynomial
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_are_as_exact_as_the_comparison_supposes() {
        for i in -115_000..=115_000 {
            let x = f64::from(i) / 1000.0;
            let off = f64::from(exp2(x as f32)) / x.exp2() - 1.0;
            assert!(off.abs() < f64::from(OFF) / 4.0, "{x} off by {off}");
        }
    }
}
